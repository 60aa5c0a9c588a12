"""The shifts that calls need under a contract: equal cover rows put together, and who may do them on each day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.call_share import visits_per_week
from optimiser.domain.duty import Cover
from optimiser.domain.instance import Instance
from optimiser.domain.problem import CoverDay
from optimiser.domain.sharing import SharingContract
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.patterns.allowed import duty_allowed
from optimiser.scenario.area_allowed import area_allowed
from optimiser.scenario.catchment import Catchments
from optimiser.scenario.cover import cover_days

Choice = tuple[int, int, int]
"""Nurse number, day number on which her duty starts, kind number."""


@dataclass(frozen=True)
class ShiftDay:
    """One day of a shift: its window in horizon minutes, what the contract asks, and who may (a nurse once)."""

    start: int
    end: int
    asked: int
    may: tuple[Choice, ...]


@dataclass(frozen=True)
class Shift:
    """Equal rows of one line on all days of the horizon; ``catchment`` is bool [call source]."""

    name: str
    rows: tuple[str, ...]
    row: Cover
    line: int
    organisations: tuple[str, ...]
    catchment: NDArray[np.bool_]
    days: tuple[ShiftDay, ...]

    @property
    def asked(self) -> int:
        """The minimum, largest over the days."""
        return max(each.asked for each in self.days)

    @property
    def may(self) -> int:
        """Who may, on the day on which they are fewest."""
        return min(len(each.may) for each in self.days)


class ShiftTable:
    """All shifts of an instance under contracts; what hangs on the instance alone is worked out once."""

    def __init__(self, instance: Instance, travel: TravelMatrix, triage_skill: str = "triage") -> None:
        self.instance, self.travel, self._triage_skill = instance, travel, triage_skill
        self._allowed = duty_allowed(instance)
        self._lengths = [kind.last_end - kind.start for kind in instance.shift_kinds]

    def shifts(self, contract: SharingContract, members: Collection[str]) -> tuple[Shift, ...]:
        """The shifts whose rows are of ``members``: lines 1 and 2, and line 0 where rows ask the skill of triage; those
        of days outside the calls' hours as well."""
        instance = self.instance
        catchments = Catchments(instance, contract)
        allowed = self._allowed & area_allowed(instance, contract, self.travel)
        groups: defaultdict[tuple[object, ...], list[CoverDay]] = defaultdict(list)
        rows = {row.id: row for row in instance.cover}
        for each in cover_days(instance, contract):
            merged = [rows[name] for name in each.id.split("+")]
            if all(row.organisation in members for row in merged):
                groups[_key(merged)].append(each)
        found = []
        for days in groups.values():
            merged = [rows[name] for name in days[0].id.split("+")]
            for line in (0, 1, 2) if self._triage_skill in merged[0].skills else (1, 2):
                shift = self._shift(catchments, allowed, merged, days, line)
                if shift is not None:
                    found.append(shift)
        return tuple(found)

    def _shift(
        self, catchments: Catchments, allowed: NDArray[np.bool_], merged: list[Cover], days: list[CoverDay], line: int
    ) -> Shift | None:
        instance, row = self.instance, merged[0]
        made = [self._day(allowed, each, row, line) for each in sorted(days, key=lambda each: each.day)]
        first = next((choice for day in made for choice in day.may), None)
        if first is None:
            return None
        # who answers for most stands for all: who did not agree to share answers for her own clients only
        masks = [self._mask(catchments, choice) for day in made[:1] for choice in (day.may or (first,))]
        catchment = max(masks, key=lambda mask: int(mask.sum()))
        sources = [each for each, inside in zip(instance.call_sources, catchment, strict=True) if inside]
        names = tuple(dict.fromkeys(name for each in days for name in each.id.split("+")))
        owners = {each.organisation for each in sources}
        return Shift(
            name=f"{merged[0].id}/{line}", rows=names, row=row, line=line, catchment=catchment, days=tuple(made),
            organisations=tuple(each.id for each in instance.organisations if each.id in owners),
        )  # fmt: skip

    def _mask(self, catchments: Catchments, choice: Choice) -> NDArray[np.bool_]:
        nurse, day, kind = choice
        found = catchments.of(self.instance.nurses[nurse], self.instance.shift_kinds[kind], day)
        return catchments.mask(found)

    def _day(self, allowed: NDArray[np.bool_], cover: CoverDay, row: Cover, line: int) -> ShiftDay:
        """Each nurse with the shortest duty of the line that she may have for it."""
        instance, clock = self.instance, self.instance.clock
        duties = sorted(
            (each for each in cover.duties if instance.shift_kinds[each[1]].line == line),
            key=lambda each: (self._lengths[each[1]], each),
        )
        may = [
            next(((nurse, day, kind) for day, kind in duties if allowed[nurse, day, kind]), None)
            for nurse in sorted(cover.nurses)
        ]
        return ShiftDay(
            start=clock.at(cover.day, row.from_time), end=clock.at(cover.day, row.until_time), asked=cover.minimum,
            may=tuple(each for each in may if each is not None),
        )  # fmt: skip


def expected_visits(instance: Instance, shift: Shift) -> dict[int, float]:
    """Call source number -> visits in an average week of the horizon in the time of a shift; those with any."""
    shares: dict[str, float] = {}
    found = {}
    for number, source in enumerate(instance.call_sources):
        if not shift.catchment[number]:
            continue
        if source.type not in shares:
            parts = (instance.call_rates.share(source.type, day.start, day.end) for day in shift.days)
            shares[source.type] = float(sum(parts)) / instance.weeks
        visits = float(visits_per_week(instance, source.id)) * shares[source.type]
        if visits > 0:
            found[number] = visits
    return found


def _key(merged: list[Cover]) -> tuple[object, ...]:
    row = merged[0]
    owners = frozenset(each.organisation for each in merged)
    return row.from_time, row.until_time, row.lane, frozenset(row.skills), row.area, row.line, owners
