"""Areas that figures by district may be told of: a CBS wijk, else a municipality, else the rest; never a few clients.

Figures by buurt say little (most have one client) and point at people; demand weeks move clients between them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from optimiser.domain.figure import FigureKind, Values
from optimiser.domain.instance import Instance
from optimiser.domain.place import District
from optimiser.report.compare_small import LEAST, OTHER
from optimiser.texts import Language, text

BUURT = re.compile(r"BU(\d{6})\d{2}")
"""A CBS code of a buurt: municipality (four digits), wijk (two) and buurt (two)."""


def area_of(instance: Instance, least: int = LEAST) -> dict[str, str]:
    """District code -> area: the wijk (``WK059910``) with at least ``least`` clients, else its municipality's name
    when its other wijken have so many, else ``other``. Every district of the table has one."""
    by_district = Counter(instance.place_by_id[each.place].district for each in instance.clients)
    by_wijk: Counter[str] = Counter()
    for each in instance.districts:
        by_wijk[_wijk(each)] += by_district[each.id]
    by_town: Counter[str] = Counter()
    for each in instance.districts:
        if by_wijk[_wijk(each)] < least:
            by_town[each.municipality] += by_district[each.id]
    areas = {}
    for each in instance.districts:
        town = each.municipality if by_town[each.municipality] >= least else OTHER
        areas[each.id] = _wijk(each) if by_wijk[_wijk(each)] >= least else town
    return _rest_large_enough(areas, by_district, least)


def _rest_large_enough(areas: dict[str, str], by_district: Counter[str], least: int) -> dict[str, str]:
    """The smallest areas join the rest until that has enough clients, so that it too points at nobody."""
    living: Counter[str] = Counter()
    for code, area in areas.items():
        living[area] += by_district[code]
    joining = sorted((area for area in living if area != OTHER), key=lambda area: (living[area], area))
    joined = {OTHER}
    while joining and 0 < sum(living[area] for area in joined) < least:
        joined.add(joining.pop(0))
    return {code: OTHER if area in joined else area for code, area in areas.items()}


def area_names(instance: Instance, areas: Mapping[str, str], language: Language = "nl") -> dict[str, str]:
    """Area -> its name: a wijk by its municipality and most populous buurt (our tables hold no names of wijken), a
    municipality with a word when some of its wijken stand apart, ``other`` by its word."""
    largest: dict[str, District] = {}
    for each in sorted(instance.districts, key=lambda district: (district.inhabitants, district.id)):
        largest[areas[each.id]] = each
    names, split = {}, {each.municipality for area, each in largest.items() if area == _wijk(each)}
    for area, each in largest.items():
        if area == OTHER:
            names[area] = text("compare.district.other", language)
        elif area == _wijk(each):
            names[area] = f"{each.municipality}: {each.name}"
        else:
            names[area] = text("compare.district.rest", language, town=area) if area in split else area
    return names


def clients_of_areas(instance: Instance, areas: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """Area -> organisation -> its clients there; a client in no known district counts in ``other``."""
    living: dict[str, Counter[str]] = defaultdict(Counter)
    for each in instance.clients:
        living[areas.get(instance.place_by_id[each.place].district, OTHER)][each.organisation] += 1
    return {area: dict(counts) for area, counts in living.items()}


def merged_areas(
    districts: Mapping[str, Values], areas: Mapping[str, str], kinds: Sequence[FigureKind]
) -> dict[str, Values]:
    """The figures of districts by area: those that add up are summed, others are not known where an
    area has several districts."""
    adding = {kind.name for kind in kinds if kind.adds}
    size = Counter(areas.values())
    members: dict[str, list[Values]] = defaultdict(list)
    for code, values in sorted(districts.items()):
        members[areas.get(code, OTHER)].append(values)
    return {area: rows[0] if size[area] == 1 else _summed(rows, adding) for area, rows in sorted(members.items())}


def _summed(rows: Sequence[Values], adding: set[str]) -> Values:
    merged: Values = {}
    for figure in dict.fromkeys(name for row in rows for name in row):
        known = [value for row in rows if (value := row.get(figure)) is not None]
        merged[figure] = round(sum(known), 4) if known and figure in adding else None
    return merged


def _wijk(district: District) -> str:
    match = BUURT.fullmatch(district.id)
    return f"WK{match[1]}" if match else district.wijk or district.id
