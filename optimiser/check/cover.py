"""Cover: what is short of the minimum and the wanted number. A shortfall is counted, never a violation."""

from __future__ import annotations

from dataclasses import dataclass

from optimiser.check.case import Case
from optimiser.domain.duty import Cover
from optimiser.domain.noun import WEEKDAYS
from optimiser.domain.plan import Duty


@dataclass(frozen=True)
class Need:
    """One cover row on one day, or equal pooled ones merged; ``organisation`` is empty when any nurse may fill it."""

    rows: tuple[str, ...]
    organisation: str
    row: Cover
    day: int
    minimum: int
    wanted: int


@dataclass(frozen=True)
class Shortfall:
    """One need on one day (horizon minutes ``start`` to ``end``) that is not filled."""

    rows: tuple[str, ...]
    day: int
    start: int
    end: int
    counted: int
    minimum: int
    wanted: int

    @property
    def below_minimum(self) -> int:
        """Duties missing to the minimum."""
        return max(0, self.minimum - self.counted)

    @property
    def below_wanted(self) -> int:
        """Duties missing from there to the wanted number."""
        return max(0, self.wanted - max(self.minimum, self.counted))


def needs(case: Case) -> list[Need]:
    """The rows day by day as the contract reads them: own rows one by one, equal pooled rows of a day merged."""
    pooled = case.contract.cover == "pooled"
    merged: dict[tuple[object, ...], list[Cover]] = {}
    for row in case.instance.cover:
        owner = ("", "") if pooled else (row.organisation, row.id)
        for day in _days(case, row):
            window = (row.from_time, row.until_time)
            same: tuple[object, ...] = (day, *owner, *window, row.lane, frozenset(row.skills), row.area)
            merged.setdefault(same, []).append(row)
    result = []
    for key, group in merged.items():
        minimum, wanted = sum(row.minimum for row in group), sum(row.wanted for row in group)
        if pooled and group[0].lane == "standby" and case.contract.pooled_standby is not None:
            minimum = wanted = case.contract.pooled_standby
        names = tuple(row.id for row in group)
        result.append(Need(names, "" if pooled else group[0].organisation, group[0], int(str(key[0])), minimum, wanted))
    return result


def _days(case: Case, row: Cover) -> tuple[int, ...]:
    """Day numbers in the horizon: the one date, else the weekdays (none named: all)."""
    if row.day is not None:
        day = case.clock.day_number(row.day)
        return (day,) if 0 <= day < case.instance.days else ()
    return tuple(
        day
        for day in range(case.instance.days)
        if not row.weekdays or WEEKDAYS[case.clock.weekday(day)] in row.weekdays
    )


def shortfalls(case: Case) -> list[Shortfall]:
    """Every need and day with fewer duties than wanted or than the minimum."""
    lanes: dict[str, list[Duty]] = {"work": [], "standby": []}
    for duty in case.duties:
        if case.nurse_of(duty).experience == "experienced" and duty.follows is None:
            lanes[duty.lane].append(duty)
    result = []
    for need in needs(case):
        start, end = case.clock.at(need.day, need.row.from_time), case.clock.at(need.day, need.row.until_time)
        counted = sum(1 for duty in lanes[need.row.lane] if _counts(case, duty, need, start, end))
        if counted < max(need.minimum, need.wanted):
            result.append(Shortfall(need.rows, need.day, start, end, counted, need.minimum, need.wanted))
    return result


def _counts(case: Case, duty: Duty, need: Need, start: int, end: int) -> bool:
    """Lane and experience agree; the interval holds the window, the skills are valid that day, the team is right."""
    if duty.start > start or duty.end < end:
        return False
    if need.organisation and case.nurse_of(duty).organisation != need.organisation:
        return False
    return all(case.has_skill(duty.nurse, skill, case.clock.date_of(need.day)) for skill in need.row.skills)
