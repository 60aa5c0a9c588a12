"""On call from home (ATB 5.19 lid 3, ATW 5:9): how often, not around nights, and work in any 24 hours."""

from __future__ import annotations

from collections import Counter

from optimiser.domain.clock import WEEK
from optimiser.domain.instance import Instance
from optimiser.domain.row_rules import DutyClass, Exclusion, RowRule, RuleId, WindowSum, WordCount
from optimiser.patterns.working_time import with_counter


def on_call(instance: Instance) -> list[RowRule]:
    """3 per 7 x 24 h, 32 per 16 weeks, none around a night dienst, at most 13 h work in 24 h with expected calls."""
    law = instance.rules
    rules: list[RowRule] = [
        WordCount(RuleId("on_call_week", law.on_call_week.article), DutyClass.STANDBY, law.on_call_week.value, WEEK),
        Exclusion(
            RuleId("on_call_around_night", law.on_call_before_night.article),
            law.on_call_before_night.value,
            law.on_call_after_night.value,
        ),
        WindowSum(
            RuleId("on_call_work_day", law.on_call_work_24h.article), "minutes", "day", law.on_call_work_24h.value
        ),
    ]
    counted = {each.nurse: each.value for each in instance.counters if each.counter == "on_call_16_weeks"}
    for nurse in instance.nurses:
        weeks = Counter(
            instance.clock.day_of(each.start) // 7
            for each in instance.context
            if each.nurse == nurse.id and each.lane == "standby"
        )
        # Of a counter of sixteen weeks one week has dropped out, with at most one more than a week may hold.
        longer = with_counter(weeks, counted.get(nurse.id, 0) - law.on_call_week.value - 1)
        for last in range(instance.weeks):
            known = sum(longer.get(week, 0) for week in range(last - 15, last + 1))
            name = RuleId("on_call_16_weeks", law.on_call_16_weeks.article, nurse.id, f"w{last}")
            rules.append(
                WindowSum(name, "standby", "weeks", law.on_call_16_weeks.value - known, max(0, last - 15), last)
            )
    return rules
