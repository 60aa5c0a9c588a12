"""Maxima of working time: per dienst, per week, and over 4 and 16 weeks with what the weeks before hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from optimiser.domain.instance import Instance
from optimiser.domain.labour import Figure
from optimiser.domain.row_rules import DutyClass, RowRule, RuleId, WindowSum
from optimiser.patterns.known import at_workplace, counters, runs, with_counter

APART = DutyClass.WORKPLACE
"""A dienst that holds standby at the workplace has rests of its own (plan language 31)."""


def working_time(instance: Instance) -> list[RowRule]:
    """ATW 5:7 and 5:8, and the agreement's shorter dienst where it holds."""
    law = instance.rules
    rules: list[RowRule] = [
        WindowSum(RuleId("max_dienst", law.max_dienst.article), "minutes", "dienst", law.max_dienst.value, but=APART),
        WindowSum(
            RuleId("max_night_dienst", law.max_night_dienst.article),
            "minutes",
            "night",
            law.max_night_dienst.value,
            but=APART,
        ),
    ]
    before = context_minutes_by_week(instance)
    counted = counters(instance, "work_minutes_15_weeks")
    for nurse in instance.nurses:
        for length, figure in ((1, law.max_week), (4, law.max_4_weeks)):
            family = f"max_{length}_weeks" if length > 1 else "max_week"
            rules += minutes_over_weeks(instance, family, nurse.id, before[nurse.id], length, figure)
        longer = with_counter(before[nurse.id], counted.get(nurse.id, 0))
        rules += minutes_over_weeks(instance, "max_16_weeks", nurse.id, longer, 16, law.max_16_weeks)
    return rules


def minutes_over_weeks(
    instance: Instance, family: str, nurse: str, before: Mapping[int, int], length: int, figure: Figure
) -> list[RowRule]:
    """One rule for each run of ``length`` weeks with a week of the horizon, less what is known in it."""
    return [
        WindowSum(
            RuleId(family, figure.article, nurse, run.name),
            "minutes",
            "weeks",
            figure.value - run.count(before),
            run.first,
            run.last,
        )
        for run in runs(instance.weeks, length, before)
    ]


def context_minutes_by_week(instance: Instance) -> dict[str, dict[int, int]]:
    """Nurse -> week number -> counted minutes not in this plan's duties.

    Fixed work, tasks outside routes, and leave, sickness, absence and training as planned (ATW 5:2).
    A block over midnight of Sunday is cut there, its break comes off the first part (as in duty_work). Calls of past
    standby are work of the week in which it began.
    """
    clock = instance.clock
    minutes: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for duty in instance.context:
        week = clock.day_of(duty.start) // 7
        after = max(0, duty.end - clock.midnight(7 * (week + 1)))
        at_work = duty.lane == "work" or at_workplace(duty)
        share = min(duty.work_minutes, after) if at_work else 0
        minutes[duty.nurse][week] += duty.work_minutes - share
        if share:
            minutes[duty.nurse][week + 1] += share
    for task in instance.tasks:
        if not task.in_route and task.nurse:
            minutes[task.nurse][clock.day_number(task.day) // 7] += task.minutes
    for row in instance.availability:
        if row.kind in ("unavailable", "travel"):
            continue
        for ordinal in range(row.first.toordinal(), row.last.toordinal() + 1):
            week = (ordinal - instance.first_monday.toordinal()) // 7
            minutes[row.nurse][week] += row.minutes_per_day
    return minutes
