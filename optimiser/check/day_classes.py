"""What each calendar day of a nurse holds (plan language 22): free, away, duty, early, late, night, standby."""

from __future__ import annotations

from datetime import timedelta
from enum import Flag, auto

from optimiser.check.case import Case
from optimiser.check.timeline import AS_IF_WORKED

LONGEST_WORD = 8


class Day(Flag):
    """The classes; a day has those of all duties that start on it."""

    FREE = auto()
    AWAY = auto()
    DUTY = auto()
    EARLY = auto()
    LATE = auto()
    NIGHT = auto()
    STANDBY = auto()
    TAKEN = auto()
    """Only a duty for another employer starts: not free, and nothing else."""


def day_classes(case: Case, nurse: str) -> dict[int, Day]:
    """Day number -> classes, for the days that any word of classes may touch. Unknown days are not in it."""
    clock, context = case.clock, case.context_of.get(nurse, ())
    known = max([case.instance.days - 1, *(clock.day_of(each.start) for each in context)])
    table: dict[int, Day] = {}
    for duty in case.duties_of.get(nurse, ()):
        day = clock.day_number(duty.day)
        table[day] = table.get(day, Day(0)) | _duty(case, day, duty.start, duty.end, duty.lane)
    for row in context:
        day = clock.day_of(row.start)
        found = Day.TAKEN if row.employer else _duty(case, day, row.start, row.end, row.lane)
        table[day] = table.get(day, Day(0)) | found
    away = _away(case, nurse)
    for day in range(-LONGEST_WORD, min(known, case.instance.days + LONGEST_WORD) + 1):
        if day not in table:
            table[day] = Day.AWAY if day in away else Day.FREE
    return {day: found for day, found in table.items() if day <= known}


def _duty(case: Case, day: int, start: int, end: int, lane: str) -> Day:
    if lane == "standby":
        return Day.STANDBY
    clock, rules, found = case.clock, case.rules, Day.DUTY
    if start < clock.at(day, rules.early_until.value):
        found |= Day.EARLY
    band = rules.night_from.value, rules.night_until.value
    if clock.overlap_with_band(start, end, *band) > rules.night_threshold.value:
        found |= Day.NIGHT
    elif end > clock.at(day, rules.late_from.value):
        found |= Day.LATE
    return found


def _away(case: Case, nurse: str) -> set[int]:
    """Days of leave, sickness, absence or training."""
    return {
        case.clock.day_number(row.first + timedelta(days=number))
        for row in case.availability_of.get(nurse, ())
        if row.kind in AS_IF_WORKED
        for number in range((row.last - row.first).days + 1)
    }
