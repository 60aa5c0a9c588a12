"""Classes of days (plan language 22) as letters for the kernel: of each kind, and of what days hold anyhow."""

from __future__ import annotations

import numpy as np

from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.instance import Instance
from optimiser.domain.problem import Problem
from optimiser.domain.row_rules import DayClass, DayWord
from optimiser.search.kernel.data import Ints

ABSENT = frozenset({"leave", "sick", "absent", "training"})


def longest_word(problem: Problem) -> int:
    """How many days the longest word of the rules has."""
    return max([1, *(len(rule.word) for rule in problem.rules if isinstance(rule, DayWord))])


def kind_letters(instance: Instance) -> Ints:
    """[D, K] class of a day on which a duty of the kind starts."""
    table = np.zeros((instance.days, len(instance.shift_kinds)), dtype=np.int64)
    for day in range(instance.days):
        for number, kind in enumerate(instance.shift_kinds):
            bounds = segment_bounds(kind, instance.clock, day)
            table[day, number] = letter(instance, day, bounds[0][0], bounds[-1][1], kind.lane)
    return table


def letter(instance: Instance, day: int, start: int, end: int, lane: str) -> DayClass:
    """The class that one duty gives the day on which it starts."""
    if lane == "standby":
        return DayClass.STANDBY
    law, clock, found = instance.rules, instance.clock, DayClass.DUTY
    if start < clock.at(day, law.early_until.value):
        found |= DayClass.EARLY
    if clock.overlap_with_band(start, end, law.night_from.value, law.night_until.value) > law.night_threshold.value:
        return found | DayClass.NIGHT
    return found | DayClass.LATE if end > clock.at(day, law.late_from.value) else found


def day_letters(instance: Instance, longest: int) -> Ints:
    """[N, M + D + M, 2] class of each day when no duty of the plan starts on it, and what such a duty's class joins.

    M is one less than ``longest``. Days after the last known duty beyond the horizon have no class.
    """
    margin, days, clock = longest - 1, instance.days, instance.clock
    table = np.zeros((len(instance.nurses), margin + days + margin, 2), dtype=np.int64)
    number = {nurse.id: row for row, nurse in enumerate(instance.nurses)}
    table[:, : margin + days, 0] = DayClass.FREE
    for duty in instance.context:
        after = clock.day_of(duty.start) - days
        table[number[duty.nurse], : margin + days + max(0, min(margin, after + 1)), 0] = DayClass.FREE
    for row in instance.availability:
        if row.kind in ABSENT:
            first, last = (clock.day_number(day) + margin for day in (row.first, row.last))
            part = table[number[row.nurse], max(0, first) : max(0, last + 1), 0]
            part[part == DayClass.FREE] = DayClass.AWAY
    for duty in instance.context:
        place = clock.day_of(duty.start) + margin
        if 0 <= place < table.shape[1]:
            held = table[number[duty.nurse], place]
            if not duty.employer:
                held[1] |= letter(instance, place - margin, duty.start, duty.end, duty.lane)
            held[0] = held[1]
    return table
