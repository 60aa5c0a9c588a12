"""Nights: rest after one and after a series, how long a series with a night may be, how many there may be (ATW 5:8)."""

from __future__ import annotations

from typing import Literal

from optimiser.domain.instance import Instance
from optimiser.domain.row_rules import DutyClass, GapCount, RowRule, RuleId, Series, WindowSum
from optimiser.patterns.known import Known, KnownWork, agreement_holds, counters, runs, with_counter

MOST_A_WEEK = 7
"""Nights that one week can hold: so many may have dropped out of a counter's window since it was made."""


def nights(instance: Instance, known: KnownWork) -> list[RowRule]:
    """14 h after a night that ends after 02:00; 46 h after three nights; seven diensten in a series; the one limit."""
    law = instance.rules
    longest = law.series_length
    if instance.settings.series_of_eight and agreement_holds(instance):
        longest = law.series_length_agreed
    rules: list[RowRule] = [
        GapCount(RuleId("night_rest", law.night_rest.article), DutyClass.LATE_NIGHT, 0, law.night_rest.value),
        Series(
            RuleId("night_series_rest", law.night_series_rest.article),
            DutyClass.NIGHT,
            gap=law.night_series_rest.value,
            length=law.night_series_length.value,
            rest_after=law.night_series_rest.value,
        ),
        Series(
            RuleId("night_series_length", longest.article),
            DutyClass.WORK,
            gap=law.series_gap.value,
            length=longest.value,
            holds=DutyClass.NIGHT,
        ),
    ]
    for nurse in instance.nurses:
        rules += _limit(instance, nurse.id, known[nurse.id])
    return rules


def _limit(instance: Instance, nurse: str, known: Known) -> list[RowRule]:
    """36 late nights in 16 weeks; by agreement 140 in 52, or 38 hours between 00:00 and 06:00 in 2.

    A run of weeks that cannot hold too many has no rule.
    """
    law = instance.rules
    chosen = instance.settings.night_limit if agreement_holds(instance) else "16_weeks"
    if chosen == "2_weeks":
        figure, length, before = law.night_minutes_2_weeks, 2, dict(known.night_minutes)
        counts: Literal["night_minutes", "late_nights"] = "night_minutes"
        family, most_a_week = "night_minutes_2_weeks", 7 * (law.night_until.value - law.night_from.value)
    else:
        figure, length, counter = law.nights_16_weeks, 16, "nights_16_weeks"
        if chosen == "52_weeks":
            figure, length, counter = law.nights_52_weeks, 52, "late_nights_52_weeks"
        counts, family, most_a_week = "late_nights", f"nights_{length}_weeks", MOST_A_WEEK
        counted = counters(instance, counter).get(nurse, 0) - MOST_A_WEEK
        before = with_counter(known.late_nights, counted, length - 1)
    rules: list[RowRule] = []
    for run in runs(instance.weeks, length, before):
        most = figure.value - run.count(before)
        if most < most_a_week * run.room:
            name = RuleId(family, figure.article, nurse, run.name)
            rules.append(WindowSum(name, counts, "weeks", most, run.first, run.last))
    return rules
