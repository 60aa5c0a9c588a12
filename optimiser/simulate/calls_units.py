"""Duties of a plan as the dispatcher sees them: who can be sent, from when to when, from where, to whose clients."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

import numpy as np

from optimiser.check.case import Case
from optimiser.domain.clock import HOUR
from optimiser.domain.plan import Duty
from optimiser.domain.travel_matrix import TravelMatrix, day_part_of
from optimiser.scenario.whereabouts import turn_out_minutes, waiting_place
from optimiser.simulate.calls_planned import Planned, planned_of_route, planned_shares
from optimiser.simulate.calls_settings import CallSettings

Ways = list[list[float]]
Catchment = Callable[[Duty], Collection[int]]
"""Numbers of the call sources that a duty answers for."""
CARRY_OVER = 4 * HOUR
"""A nurse whose earlier duty ended so shortly before may still be at work for it."""


@dataclass(eq=False)
class Unit:
    """One duty that takes calls, or the telephone (line 0). ``ways[i][j]`` are minutes between places for her that
    day. ``before``: number of the same nurse's duty that ends shortly before."""

    duty: Duty
    line: int
    start: int
    end: int
    home: int
    ways: Ways
    turn_out: int
    standby: bool
    catchment: frozenset[int]
    skilled: frozenset[int]
    """Numbers of the call types that she may visit."""
    planned: tuple[Planned, ...] = ()
    assumed: float = 0.0
    """The share of planned work that is assumed, where the plan has no routes."""
    before: int | None = None
    number: int = -1


@dataclass
class Prepared:
    """Everything that the play needs, once for a plan: ``units`` in order of start, ``places`` of the sources (row of
    the travel matrix) and ``types`` of them (number)."""

    case: Case
    settings: CallSettings
    units: list[Unit]
    places: list[int]
    types: list[int]
    means: list[float]
    """Expected service minutes by type."""
    triage: list[float]
    """Telephone minutes by type."""
    shares: dict[str, float]
    """Kind -> assumed share of planned work, where the plan has no routes."""
    buckets: dict[tuple[int, int], list[Unit]] = field(default_factory=dict)
    """(line, hour of the horizon) -> units on duty then, or that begin before a call of that hour is lost."""
    found: dict[tuple[int, int, int, bool], list[Unit]] = field(default_factory=dict)

    def candidates(self, line: int, source: int, minute: float, skilled: bool) -> list[Unit]:
        """Units of a line that answer for a source around a minute, with the skills of its type or whatever they."""
        hour = int(minute // HOUR)
        key = (line, source, hour, skilled)
        if key not in self.found:
            kind = self.types[source]
            self.found[key] = [
                unit for unit in self.buckets.get((line, hour), ())
                if source in unit.catchment and (not skilled or kind in unit.skilled)
            ]  # fmt: skip
        return self.found[key]


def prepare_units(case: Case, catchment: Catchment, settings: CallSettings) -> Prepared:
    """Duties of experienced nurses of lines 1 and 2, and those that take the telephone, ready to be played."""
    instance, index = case.instance, case.place_index
    telephone, ways = triage_kinds(case, settings), WayTables(case.travel, settings)
    shares = planned_shares(case, settings)
    units: list[Unit] = []
    for duty in (each for each in case.duties if _counts(case, each, telephone)):
        units += _units(case, duty, catchment, ways, shares)
    units.sort(key=lambda unit: (unit.start, unit.duty.id))
    _join(units)
    numbers = {row.id: number for number, row in enumerate(instance.call_types)}
    prepared = Prepared(
        case, settings, units,
        places=[index[row.place] for row in instance.call_sources],
        types=[numbers[row.type] for row in instance.call_sources],
        means=[float(row.service_minutes) for row in instance.call_types],
        triage=[float(row.triage_minutes) for row in instance.call_types],
        shares=shares,
    )  # fmt: skip
    lost = instance.response.lost_minutes
    buckets: dict[tuple[int, int], list[Unit]] = defaultdict(list)
    for unit in units:
        for hour in range((unit.start - lost) // HOUR - 1, (unit.end - 1) // HOUR + 1):
            buckets[unit.line, hour].append(unit)
    prepared.buckets = dict(buckets)
    return prepared


def triage_kinds(case: Case, settings: CallSettings) -> frozenset[str]:
    """Kinds whose duties take the telephone for everybody; see ``CallSettings.triage_kinds``."""
    if settings.triage_kinds is not None:
        return frozenset(settings.triage_kinds)
    asked = defaultdict(set)
    for duty in case.duties:
        asked[duty.kind].add(case.has_skill(duty.nurse, settings.triage_skill, duty.day))
    kinds = case.instance.kind_by_id
    return frozenset(
        name for name, held in asked.items()
        if kinds[name].line == 0 and not kinds[name].carries_route and all(held)
    )  # fmt: skip


def _counts(case: Case, duty: Duty, telephone: Collection[str]) -> bool:
    experienced = case.nurse_of(duty).experience == "experienced" and duty.follows is None
    return experienced and (case.kind_of(duty).line > 0 or duty.kind in telephone)


class WayTables:
    """Travel minutes as lists, which are read faster one by one than arrays."""

    def __init__(self, travel: TravelMatrix, settings: CallSettings) -> None:
        self._travel, self._tables = travel, dict[tuple[str, str], Ways]()
        self._percent = settings.snow_percent if settings.stress == "snow" else 100

    def of(self, mode: str, part: str) -> Ways:
        """Minutes between places, in order of the matrix."""
        if (mode, part) not in self._tables:
            minutes = self._travel.minutes[mode, part].astype(np.float64)  # type: ignore[index]
            self._tables[mode, part] = (minutes * self._percent / 100).tolist()
        return self._tables[mode, part]


def _units(
    case: Case, duty: Duty, catchment: Catchment, ways: WayTables, shares: dict[str, float]
) -> list[Unit]:  # fmt: skip
    """One unit for each segment of a duty."""
    kind, instance = case.kind_of(duty), case.instance
    place, mode = waiting_place(instance, duty.nurse, kind, instance.clock.day_number(duty.day))
    part = case.travel.part(day_part_of(kind.category), duty.day, duty.nurse)
    skilled = frozenset(
        number for number, row in enumerate(instance.call_types)
        if all(case.has_skill(duty.nurse, skill, duty.day) for skill in row.skills)
    )  # fmt: skip
    sources = frozenset(catchment(duty))
    routes = {int(route.segment): planned_of_route(case, route) for route in duty.routes}
    return [
        Unit(
            duty, kind.line, low, high, case.place_index[place], ways.of(mode, part), turn_out_minutes(instance, kind),
            kind.lane == "standby" and not kind.at_workplace, sources, skilled, routes.get(segment, ()),
            shares.get(kind.id, 0.0),
        )
        for segment, (low, high) in enumerate(case.segments(duty))
    ]  # fmt: skip


def _join(units: list[Unit]) -> None:
    """Duties of one nurse that follow each other closely."""
    last: dict[str, Unit] = {}
    for number, unit in enumerate(units):
        unit.number = number
        earlier = last.get(unit.duty.nurse)
        if earlier is not None and unit.start - earlier.end < CARRY_OVER:
            unit.before = earlier.number
        last[unit.duty.nurse] = unit
