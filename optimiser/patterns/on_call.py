"""On call from home (ATB 5.19 lid 3, ATW 5:9): how often, not around nights, and work in any 24 hours."""

from __future__ import annotations

from optimiser.domain.clock import WEEK
from optimiser.domain.instance import Instance
from optimiser.domain.row_rules import DutyClass, Exclusion, RowRule, RuleId, WindowSum, WordCount


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
    for nurse in instance.nurses:
        starts = [
            instance.clock.day_of(each.start) // 7
            for each in instance.context
            if each.nurse == nurse.id and each.lane == "standby"
        ]
        for last in range(instance.weeks):
            known = sum(last - 16 < week <= last for week in starts)
            name = RuleId("on_call_16_weeks", law.on_call_16_weeks.article, nurse.id, f"w{last}")
            rules.append(
                WindowSum(name, "standby", "weeks", law.on_call_16_weeks.value - known, max(0, last - 15), last)
            )
    return rules
