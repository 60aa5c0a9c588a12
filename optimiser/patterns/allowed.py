"""Which duties a nurse may hold at all: kinds, categories, availability, seniors without consent."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.duty import ShiftKind
from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.instance import Instance
from optimiser.domain.noun import WEEKDAYS
from optimiser.domain.people import Nurse


def duty_allowed(instance: Instance) -> NDArray[np.bool_]:
    """Bool [nurse, day, kind]: duties that nothing forbids by themselves."""
    allowed = np.zeros((len(instance.nurses), instance.days, len(instance.shift_kinds)), dtype=np.bool_)
    for row, nurse in enumerate(instance.nurses):
        busy = busy_intervals(instance, nurse.id)
        for day in range(instance.days):
            for column, kind in enumerate(instance.shift_kinds):
                if not usable(instance, nurse, kind, day):
                    continue
                bounds = segment_bounds(kind, instance.clock, day)
                free = all(end <= low or high <= start for start, end in bounds for low, high in busy)
                allowed[row, day, column] = free and not _too_old(instance, nurse, bounds)
    return allowed


def usable(instance: Instance, nurse: Nurse, kind: ShiftKind, day: int) -> bool:
    """Whether organisation, weekday, category and experience allow the kind."""
    if kind.organisations and nurse.organisation not in kind.organisations:
        return False
    if kind.weekdays and WEEKDAYS[instance.clock.weekday(day)] not in kind.weekdays:
        return False
    if nurse.categories and kind.category not in nurse.categories:
        return False
    return nurse.experience == "experienced" or kind.lane == "work"


def busy_intervals(instance: Instance, nurse: str) -> list[tuple[int, int]]:
    """Minutes in which no duty may lie: availability, context duties, tasks outside routes."""
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
    return busy


def _too_old(instance: Instance, nurse: Nurse, bounds: tuple[tuple[int, int], ...]) -> bool:
    """CAO-06: from 55 on, nothing between 23:00 and 07:00 without consent."""
    law, clock = instance.rules, instance.clock
    if nurse.night_consent:
        return False
    for start, end in bounds:
        first = clock.moment_of(start).date()
        age = first.year - nurse.born.year - ((first.month, first.day) < (nurse.born.month, nurse.born.day))
        night = clock.overlap_with_band(start, end, law.senior_from.value, law.senior_until.value)
        if age >= law.senior_age.value and night > 0:
            return True
    return False
