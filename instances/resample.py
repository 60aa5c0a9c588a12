"""Another week from an instance's own clients: their care drawn again, with replacement, among alike clients."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from random import Random

from instances.copies import Copies
from instances.expand import expanded
from instances.units import Unit, units_of
from optimiser.domain.instance import Instance

LEAST = 5
"""A stratum of fewer is widened: from district to wijk, to municipality, to the whole organisation."""
CBS_DISTRICT = re.compile(r"BU([0-9]{6})[0-9]{2}")
Stratum = tuple[str, ...]
"""Organisation, main act, and the area (empty: the whole organisation)."""


def resampled(instance: Instance, number: int) -> Instance:
    """The instance with its clients drawn again; ``number`` is the seed.

    Each client comes back never, once or more often, with orders, edited visits, tied tasks, links, relations and past
    visits; from the second time on under new ids (``C-12-r2``). Each stratum keeps its number of clients, and every
    client is expected once, so that no kind of work grows or shrinks on average. Who comes twice lives, the second
    time, at the address of one who does not come: as many addresses have care as before, since clients on one spot
    would make travel look shorter than it is.
    """
    random = Random(f"{instance.fingerprint}/resample/{number}")
    units = units_of(instance)
    times: dict[int, int] = {}
    homes: dict[tuple[int, int], Unit] = {}
    for members in strata_of(instance, units).values():
        drawn = Counter(random.choices(members, k=len(members)))
        times |= {each: drawn[each] for each in members}
        empty = [each for each in members if not drawn[each]]
        random.shuffle(empty)
        again = [(each, copy) for each in members for copy in range(2, drawn[each] + 1)]
        homes |= {key: units[place] for key, place in zip(again, empty, strict=True)}
    return expanded(Copies(instance, units, times, homes).instance())


def strata_of(instance: Instance, units: list[Unit]) -> dict[Stratum, list[int]]:
    """Stratum -> numbers of its units. A stratum has one organisation and one main act, and the smallest area that
    leaves no unit among fewer than LEAST; what is left in a whole organisation joins the smallest stratum beside it,
    when there is one."""
    areas = _areas(instance)
    acts = _main_acts(instance)
    whole: dict[Stratum, list[int]] = defaultdict(list)
    for number, unit in enumerate(units):
        first = instance.client_by_id[unit.clients[0]]
        whole[first.organisation, acts(unit)].append(number)
    strata: dict[Stratum, list[int]] = {}
    for key, members in whole.items():
        parts: dict[Stratum, list[int]] = {}
        rest = members
        for level in range(3):  # district, wijk, municipality
            groups: dict[str, list[int]] = defaultdict(list)
            for number in rest:
                groups[areas[units[number].clients[0]][level]].append(number)
            parts |= {(*key, area): group for area, group in groups.items() if len(group) >= LEAST}
            rest = [number for group in groups.values() if len(group) < LEAST for number in group]
        if rest and len(rest) < LEAST and parts:
            smallest = min(parts, key=lambda area: (len(parts[area]), area))
            parts[smallest] = sorted([*parts[smallest], *rest])
        elif rest:
            parts[(*key, "")] = sorted(rest)
        strata |= parts
    return strata


def _areas(instance: Instance) -> dict[str, tuple[str, str, str]]:
    """Client -> district, wijk and municipality of the client's place, each with what it lies in."""
    districts = {each.id: each for each in instance.districts}
    areas = {}
    for client in instance.clients:
        name = instance.place_by_id[client.place].district
        known = districts.get(name)
        town = known.municipality if known else ""
        # the code of a CBS buurt begins with that of its wijk: BU 0599 05 15
        code = CBS_DISTRICT.fullmatch(name)
        wijk = code[1] if code else known.wijk if known else ""
        areas[client.id] = (f"{town}/{wijk}/{name}", f"{town}/{wijk}", town)
    return areas


def _main_acts(instance: Instance) -> Callable[[Unit], str]:
    """The first act of the most minutes of visits of a unit; empty for one without visits."""
    minutes: dict[str, Counter[str]] = defaultdict(Counter)
    for visit in instance.visits:
        minutes[visit.client][visit.acts[0]] += visit.minutes * visit.nurses

    def main(unit: Unit) -> str:
        total: Counter[str] = sum((minutes[each] for each in unit.clients), Counter())
        return min(total, key=lambda act: (-total[act], act), default="")

    return main
