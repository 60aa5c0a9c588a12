"""Free Sundays: 13 in the 52 weeks that end with each week of the horizon (ATW 5:6 lid 3)."""

from __future__ import annotations

from optimiser.domain.instance import Instance
from optimiser.domain.row_rules import RowRule, RuleId, WindowSum
from optimiser.patterns.known import KnownWork, counters

YEAR = 52


def sundays(instance: Instance, known: KnownWork) -> list[RowRule]:
    """At most 39 worked, unless she agreed to more. Of the counter the oldest weeks drop out, taken as worked."""
    figure = instance.rules.free_sundays
    counted = counters(instance, "free_sundays_52_weeks")
    rules: list[RowRule] = []
    for nurse in (each.id for each in instance.nurses if not each.sunday_consent):
        worked = known[nurse].sundays
        for last in range(instance.weeks):
            first = last - YEAR + 1
            before = sum(worked[week] for week in range(first, 0))
            if nurse in counted:
                before = max(0, YEAR - counted[nurse] - (last + 1))
            inside = range(max(0, first), last + 1)
            most = YEAR - figure.value - before - sum(worked[week] for week in inside)
            if most < len(inside):
                name = RuleId("free_sundays", figure.article, nurse, f"w{last}")
                rules.append(WindowSum(name, "sundays", "weeks", most, max(0, first), last))
    return rules
