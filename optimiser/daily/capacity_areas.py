"""Areas that may be named: a CBS wijk, a municipality, the rest; none with so few clients that it points at one."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from optimiser.domain.instance import Instance
from optimiser.domain.place import District

BUURT = re.compile(r"BU(\d{6})\d{2}")
"""A CBS code of a buurt: municipality (four digits), wijk (two) and buurt (two)."""


@dataclass(frozen=True)
class Areas:
    """``places``: area -> places of its clients, one for each client. ``merged``: some areas were put together.
    ``hidden``: the clients of some are in no area, since even together they are too few."""

    places: dict[str, tuple[str, ...]]
    merged: bool
    hidden: bool


def areas_of(instance: Instance, least: int) -> Areas:
    """Areas with demand, each with at least ``least`` clients who are visited in the horizon: wijken, else the rest of
    the municipality, else the rest of all. Names are ``wijk:...``, ``rest:town``, a town or ``rest``."""
    districts = {each.id: each for each in instance.districts}
    names = _wijk_names(instance.districts)
    by_wijk: dict[tuple[str, str], list[str]] = defaultdict(list)
    visited = {visit.client for visit in instance.visits}
    for client in (each for each in instance.clients if each.id in visited):
        district = districts.get(instance.place_by_id[client.place].district)
        by_wijk["" if district is None else district.municipality, _wijk(district)].append(client.place)
    found: dict[str, list[str]] = defaultdict(list)
    rest: dict[str, list[str]] = defaultdict(list)
    for (town, wijk), places in sorted(by_wijk.items()):
        if wijk and len(places) >= least:
            found[f"wijk:{town}, {names[wijk]}"] += places
        else:
            rest[town] += places
    everywhere: list[str] = []
    whole = {town for town, _ in by_wijk} - {name.removeprefix("wijk:").split(", ")[0] for name in found}
    for town, places in sorted(rest.items()):
        if town and len(places) >= least:
            found[town if town in whole else f"rest:{town}"] += places
        else:
            everywhere += places
    if len(everywhere) >= least:
        found["rest"] = everywhere
    hidden = 0 < len(everywhere) < least
    return Areas({name: tuple(places) for name, places in found.items()}, bool(rest), hidden)


def _wijk(district: District | None) -> str:
    """The CBS wijk by the code of the buurt, else what the table says."""
    if district is None:
        return ""
    match = BUURT.fullmatch(district.id)
    return f"WK{match[1]}" if match else district.wijk


def _wijk_names(districts: tuple[District, ...]) -> dict[str, str]:
    """Each wijk by the name of its most populous buurt and its code: our tables hold no names of wijken."""
    largest: dict[str, District] = {}
    for each in sorted(districts, key=lambda district: (district.inhabitants, district.id)):
        largest[_wijk(each)] = each
    return {wijk: f"{each.name} ({wijk})" for wijk, each in largest.items()}
