"""Shorter averages over 16 weeks for who has many nights (ATW 5:8 lid 2) or many nights on call (ATW 5:9 lid 5, 6)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from optimiser.domain.instance import Instance
from optimiser.domain.labour import Figure
from optimiser.domain.row_rules import RowRule, RuleId, WindowSum
from optimiser.patterns.known import Known, KnownWork, Weeks, counters, runs, with_counter
from optimiser.patterns.working_time import context_minutes_by_week

MOST_A_WEEK = 7


def averages(instance: Instance, known: KnownWork) -> list[RowRule]:
    """640 hours in 16 weeks that hold 16 nights; 640, or 720 with rest after night calls, with 16 nights on call."""
    law = instance.rules
    rested = instance.settings.rest_after_night_call
    on_call = law.max_16_weeks_on_call_rest if rested else law.max_16_weeks_on_call
    dropped = law.on_call_week.value + 1
    return [
        *_conditional(
            instance, known, "nights", law.nights_for_average, law.max_16_weeks_nights, "nights_16_weeks", MOST_A_WEEK,
            lambda one: one.nights,
        ),
        *_conditional(
            instance, known, "standby_nights", law.on_call_nights, on_call, "standby_nights_16_weeks", dropped,
            lambda one: one.standby_nights,
        ),
    ]  # fmt: skip


def _conditional(
    instance: Instance, known: KnownWork, when: Literal["nights", "standby_nights"], least: Figure, figure: Figure,
    counter: str, dropped: int, counted: Callable[[Known], Weeks],
) -> list[RowRule]:  # fmt: skip
    """One rule for each run of 16 weeks that can hold so many, and more work than the limit.

    Of a counter of sixteen weeks one week has dropped out, with at most ``dropped`` of them.
    """
    rules: list[RowRule] = []
    week = instance.rules.max_week.value
    minutes = context_minutes_by_week(instance)
    work, times = counters(instance, "work_minutes_15_weeks"), counters(instance, counter)
    family = "max_16_weeks_nights" if when == "nights" else "max_16_weeks_on_call"
    for nurse in (each.id for each in instance.nurses):
        before = with_counter(minutes[nurse], work.get(nurse, 0))
        often = with_counter(counted(known[nurse]), times.get(nurse, 0) - dropped)
        for run in runs(instance.weeks, 16, before):
            most, at_least = figure.value - run.count(before), least.value - run.count(often)
            if at_least > MOST_A_WEEK * run.room or most >= week * run.room:
                continue
            name = RuleId(family, figure.article, nurse, run.name)
            if most < 0 < at_least:
                # she worked more already: what the plan may not do is make the limit hold
                rules.append(WindowSum(name, when, "weeks", at_least - 1, run.first, run.last))
                continue
            rules.append(
                WindowSum(
                    name, "minutes", "weeks", most, run.first, run.last, when=when, at_least=max(0, at_least)
                )
            )  # fmt: skip
    return rules
