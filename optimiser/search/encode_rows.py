"""Row rules and fixed work of every nurse, as the arrays of the kernel."""

from __future__ import annotations

from collections.abc import Callable

from optimiser.domain.clock import DAY
from optimiser.domain.problem import Problem
from optimiser.domain.row_rules import (
    Exclusion,
    GapCount,
    Pauses,
    RestBlocks,
    RowRule,
    Series,
    WindowSum,
    WordCount,
)
from optimiser.search.encode import ints
from optimiser.search.kernel.data import Rows

LOOK_BACK = 16 * DAY
COUNTS = {"minutes": 0, "late_nights": 1, "standby": 2}
ENCODE: dict[type, Callable[..., list[int]]] = {
    GapCount: lambda rule: [1, rule.after, rule.low, rule.high, rule.most, rule.window, int(rule.within_day), 0],
    Series: lambda rule: [2, rule.member, rule.gap, rule.length, rule.rest_after, rule.holds, 0, 0],
    RestBlocks: lambda rule: [
        6,
        rule.short_window,
        rule.short_rest,
        rule.long_window,
        rule.long_rest,
        rule.block,
        0,
        0,
    ],
    WordCount: lambda rule: [7, rule.member, rule.most, rule.window, 0, 0, 0, 0],
    Pauses: lambda rule: [9, rule.after, rule.length, rule.long_after, rule.long_length, rule.part, 0, 0],
    Exclusion: lambda rule: [8, rule.before, rule.after, 0, 0, 0, 0, 0],
}


def encode_rule(rule: RowRule) -> list[int]:
    """One rule as [shape, seven parameters]. Raises KeyError on a shape the kernel does not know."""
    if isinstance(rule, WindowSum):
        if rule.per == "weeks":
            return [5, COUNTS[rule.counts], rule.most, rule.first_week, rule.last_week, 0, 0, 0]
        if rule.per == "day":
            return [4, rule.most, 0, 0, 0, 0, 0, 0]
        return [3, int(rule.per == "night"), rule.most, 0, 0, 0, 0, 0]
    return [int(value) for value in ENCODE[type(rule)](rule)]


def encode_rows(problem: Problem) -> Rows:
    """Rules and fixed blocks, nurse by nurse."""
    instance, law = problem.instance, problem.instance.rules
    clock = instance.clock
    nights = range(-LOOK_BACK // DAY - 1, instance.days + 2)
    fixed: list[list[int]] = []
    fixed_from, rule_from = [0], [0]
    rules: list[list[int]] = []
    for nurse in instance.nurses:
        for duty in instance.context:
            if duty.nurse == nurse.id and duty.end > -LOOK_BACK:
                wholly = duty.work_minutes >= duty.end - duty.start
                if duty.lane == "standby":
                    fixed.append([duty.start, duty.end, 0, 1, 0 if wholly else duty.work_minutes, 1])
                if duty.lane == "work" or wholly:  # on call at the workplace is work
                    fixed.append([duty.start, duty.end, duty.work_minutes, 0, 0, 1])
        for task in instance.tasks:
            if task.nurse == nurse.id and not task.in_route:
                day = clock.day_number(task.day)
                fixed.append([clock.at(day, task.from_time), clock.at(day, task.until_time), task.minutes, 0, 0, 1])
        fixed_from.append(len(fixed))
        rules += [encode_rule(rule) for rule in problem.rules if rule.id.nurse in ("", nurse.id)]
        rule_from.append(len(rules))
    return Rows(
        call_gap=law.call_gap.value,
        dienst_gap=law.dienst_gap.value,
        night_threshold=law.night_threshold.value,
        standby_counts=instance.settings.planned_work_in_standby == "work",
        band=ints(
            [
                [clock.at(day, each.value) for each in (law.night_from, law.night_until, law.late_night)]
                for day in nights
            ]
        ),
        fixed_from=ints(fixed_from),
        fixed=ints(fixed).reshape(-1, 6),
        rule_from=ints(rule_from),
        rules=ints(rules).reshape(-1, 8),
        week_start=ints([clock.midnight(7 * week) for week in range(instance.weeks + 1)]),
    )
