"""Which duties a nurse may hold at all: kinds, categories, availability, seniors, minors, pregnancy and birth."""

from __future__ import annotations

from calendar import isleap
from datetime import date

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.duty import ShiftKind
from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.instance import Instance
from optimiser.domain.labour import LabourRules
from optimiser.domain.noun import WEEKDAYS
from optimiser.domain.people import Nurse
from optimiser.patterns.minors import is_minor, minor_may
from optimiser.patterns.pregnancy import days_around_birth, is_protected


def duty_allowed(instance: Instance) -> NDArray[np.bool_]:
    """Bool [nurse, day, kind]: duties that nothing forbids by themselves."""
    allowed = np.zeros((len(instance.nurses), instance.days, len(instance.shift_kinds)), dtype=np.bool_)
    segments = [
        [segment_bounds(kind, instance.clock, day) for kind in instance.shift_kinds] for day in range(instance.days)
    ]
    for row, nurse in enumerate(instance.nurses):
        busy, law = busy_intervals(instance, nurse.id), instance.rules_of(nurse.id)
        minor, no_nights = is_minor(instance, nurse), is_protected(instance, nurse) and not nurse.night_consent
        for day in range(instance.days):
            for column, kind in enumerate(instance.shift_kinds):
                if not usable(instance, nurse, kind, day):
                    continue
                bounds = segments[day][column]
                free = all(end <= low or high <= start for start, end in bounds for low, high in busy)
                allowed[row, day, column] = (
                    free
                    and not _too_long(law, kind, bounds)
                    and not _too_old(instance, nurse, bounds)
                    and not (minor and not minor_may(instance, kind, bounds))
                    and not (no_nights and _is_night(instance, kind, bounds))
                )
    return allowed


def usable(instance: Instance, nurse: Nurse, kind: ShiftKind, day: int) -> bool:
    """Whether organisation, weekday, category, skills and experience allow the kind."""
    if kind.organisations and nurse.organisation not in kind.organisations:
        return False
    if kind.weekdays and WEEKDAYS[instance.clock.weekday(day)] not in kind.weekdays:
        return False
    if nurse.categories and kind.category not in nurse.categories:
        return False
    if not has_skills(instance, nurse, kind, day):
        return False
    return nurse.experience == "experienced" or kind.lane == "work"


def has_skills(instance: Instance, nurse: Nurse, kind: ShiftKind, day: int) -> bool:
    """Whether the nurse has what the kind asks, on the day number on which it starts."""
    when = instance.clock.date_of(day)
    return not kind.skills or {
        row.skill
        for row in instance.nurse_skills
        if row.nurse == nurse.id and (row.valid_from or date.min) <= when <= (row.valid_until or date.max)
    }.issuperset(kind.skills)


def busy_intervals(instance: Instance, nurse: str) -> list[tuple[int, int]]:
    """Minutes in which no duty may lie: availability, context duties, tasks outside routes, the weeks around birth."""
    clock = instance.clock
    busy = [(each.start, each.end) for each in instance.context if each.nurse == nurse]
    for task in instance.tasks:
        if task.nurse == nurse and not task.in_route:
            day = clock.day_number(task.day)
            busy.append((clock.at(day, task.from_time), clock.at(day, task.until_time)))
    for row in instance.availability:
        if row.nurse == nurse and row.kind != "travel":
            for day in range(clock.day_number(row.first), clock.day_number(row.last) + 1):
                busy.append((clock.at(day, row.from_time), clock.at(day, row.until_time)))
    around = days_around_birth(instance, instance.nurse_by_id[nurse])
    if around is not None:
        busy.append((clock.midnight(clock.day_number(around[0])), clock.midnight(clock.day_number(around[1]) + 1)))
    return busy


def _is_night(instance: Instance, kind: ShiftKind, bounds: tuple[tuple[int, int], ...]) -> bool:
    """Whether the duty alone is a night dienst; of standby from home only its turn-outs are work."""
    law = instance.rules
    worked = (
        instance.clock.overlap_with_band(start, end, law.night_from.value, law.night_until.value)
        for start, end in bounds
    )
    return (kind.lane == "work" or kind.at_workplace) and sum(worked) > law.night_threshold.value


def _too_long(law: LabourRules, kind: ShiftKind, bounds: tuple[tuple[int, int], ...]) -> bool:
    """Whether a standby lasts more than 24 hours by the clock, as one of 24 does when summer time ends (ATB 1:1)."""
    return kind.lane == "standby" and bounds[-1][1] - bounds[0][0] > law.on_call_length.value


def _too_old(instance: Instance, nurse: Nurse, bounds: tuple[tuple[int, int], ...]) -> bool:
    """CAO-06: from the midnight of her birthday on, nothing between 23:00 and 07:00 without consent."""
    law, clock = instance.rules_of(nurse.id), instance.clock
    if nurse.night_consent:
        return False
    year, born = nurse.born.year + law.senior_age.value, nurse.born
    no_such_day = (born.month, born.day) == (2, 29) and not isleap(year)
    birthday = clock.midnight(clock.day_number(date(year, 3, 1) if no_such_day else born.replace(year=year)))
    return any(
        end > birthday
        and clock.overlap_with_band(max(start, birthday), end, law.senior_from.value, law.senior_until.value) > 0
        for start, end in bounds
    )
