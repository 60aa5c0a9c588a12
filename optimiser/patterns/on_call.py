"""On call from home (ATB 5.19 lid 3, ATW 5:9): how often, not around nights, work in any 24 hours; consignatie."""

from __future__ import annotations

from optimiser.domain.clock import DAY, WEEK
from optimiser.domain.instance import Instance
from optimiser.domain.row_rules import DutyClass, Exclusion, FreePeriods, RowRule, RuleId, WindowSum, WordCount
from optimiser.patterns.known import KnownWork, counters, runs, with_counter

FOUR_WEEKS = 28 * DAY


def on_call(instance: Instance, known: KnownWork) -> list[RowRule]:
    """So many per 7 x 24 h and per 16 weeks, none around a night dienst, at most 13 h work in 24 h with expected calls.

    All forms count together (ATB 5.19 lid 4, 5.20:5): where the numbers differ, by the lower one for each form.
    """
    law = instance.rules
    most = min(law.on_call_week.value, law.on_call_together.value)
    rules: list[RowRule] = [
        WordCount(RuleId("on_call_week", law.on_call_week.article), DutyClass.STANDBY, most, WEEK),
        Exclusion(
            RuleId("on_call_around_night", law.on_call_before_night.article),
            law.on_call_before_night.value,
            law.on_call_after_night.value,
        ),
        WindowSum(
            RuleId("on_call_work_day", law.on_call_work_24h.article), "minutes", "day", law.on_call_work_24h.value
        ),
    ]
    counted = counters(instance, "on_call_16_weeks")
    for nurse in instance.nurses:
        # Of a counter of sixteen weeks one week has dropped out, with at most one more than a week may hold.
        before = with_counter(known[nurse.id].standby, counted.get(nurse.id, 0) - law.on_call_week.value - 1)
        for run in runs(instance.weeks, 16, before):
            name = RuleId("on_call_16_weeks", law.on_call_16_weeks.article, nurse.id, run.name)
            most = law.on_call_16_weeks.value - run.count(before)
            rules.append(WindowSum(name, "standby", "weeks", most, run.first, run.last))
    return rules


def consignatie(instance: Instance) -> list[RowRule]:
    """Per 28 x 24 hours 14 periods of 24 hours without consignatie and 2 of 48 hours without work too (ATW 5:9 lid 2).

    No rules where nobody has such standby.
    """
    if not any(each.consignatie for each in instance.shift_kinds) and not any(
        each.form == "consignatie" for each in instance.context
    ):
        return []
    law, there = instance.rules, DutyClass.CONSIGNATIE
    days, pairs = law.consignatie_free_days, law.consignatie_free_pairs
    return [
        FreePeriods(RuleId("consignatie_days", days.article), there, there, FOUR_WEEKS, DAY, days.value),
        FreePeriods(
            RuleId("consignatie_pairs", pairs.article), there, there | DutyClass.WORK, FOUR_WEEKS, 2 * DAY, pairs.value
        ),
    ]
