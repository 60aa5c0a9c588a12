"""Standby at the workplace (aanwezigheidsdienst, ATB 4.8): how often, hours on average, and rests of its own."""

from __future__ import annotations

from optimiser.domain.clock import WEEK
from optimiser.domain.instance import Instance
from optimiser.domain.row_rules import DutyClass, GapCount, RestParts, RowRule, RuleId, WindowSum
from optimiser.patterns.known import KnownWork, at_workplace, counters, runs, with_counter
from optimiser.patterns.working_time import context_minutes_by_week, minutes_over_weeks

HALF_YEAR = 26
MOST_A_WEEK = 7


def workplace(instance: Instance, known: KnownWork) -> list[RowRule]:
    """52 per 26 weeks, 48 hours on average over them, 11 hours before and after, 24 and six times 11 in 7 x 24 hours.

    No rules where nobody has such standby. The average holds for every nurse who may have it.
    """
    if not any(each.at_workplace for each in instance.shift_kinds) and not any(map(at_workplace, instance.context)):
        return []
    law, there = instance.rules, DutyClass.WORKPLACE
    rest, long = law.workplace_rest, law.workplace_rest_long
    rules: list[RowRule] = [
        GapCount(RuleId("workplace_rest_after", rest.article), there, 0, rest.value),
        GapCount(RuleId("workplace_rest_before", rest.article), DutyClass.WORK, 0, rest.value, then=there),
        RestParts(
            RuleId("workplace_rest_parts", law.workplace_rest_parts.article),
            there,
            WEEK,
            long.value,
            rest.value,
            law.workplace_rest_parts.value,
        ),
    ]
    minutes = context_minutes_by_week(instance)
    times, work = counters(instance, "workplace_26_weeks"), counters(instance, "work_minutes_15_weeks")
    figure = law.workplace_26_weeks
    for nurse in (each.id for each in instance.nurses):
        counted = times.get(nurse, 0) - law.on_call_week.value - 1
        before = with_counter(known[nurse].workplace, counted, HALF_YEAR - 1)
        for run in runs(instance.weeks, HALF_YEAR, before):
            most = figure.value - run.count(before)
            if most < MOST_A_WEEK * run.room:
                name = RuleId("workplace_26_weeks", figure.article, nurse, run.name)
                rules.append(WindowSum(name, "workplace", "weeks", most, run.first, run.last))
        longer = with_counter(minutes[nurse], work.get(nurse, 0))
        rules += minutes_over_weeks(
            instance, "workplace_max_26_weeks", nurse, longer, HALF_YEAR, law.workplace_max_26_weeks
        )
    return rules
