"""Free weekends over the year, as agreed: priced, never forced (plan language 27)."""

from __future__ import annotations

from optimiser.domain.instance import Instance
from optimiser.domain.people import Nurse
from optimiser.domain.row_rules import RowRule, RuleId, WindowSum
from optimiser.patterns.known import KnownWork, counters

YEAR = 52


def weekends(instance: Instance, known: KnownWork) -> list[RowRule]:
    """One rule for each nurse who could work more weekends of the horizon than her agreed number leaves."""
    counted = counters(instance, "free_weekends_52_weeks")
    article, weeks = instance.rules.free_weekends.article, range(instance.weeks)
    rules: list[RowRule] = []
    for nurse in instance.nurses:
        agreed = agreed_weekends(instance, nurse)
        if agreed == 0:
            continue
        worked = known[nurse.id].weekends
        before = sum(worked[week] for week in range(len(weeks) - YEAR, 0))
        if nurse.id in counted:
            before = max(0, YEAR - counted[nurse.id] - len(weeks))
        most = max(0, YEAR - agreed - before) - sum(worked[week] for week in weeks)
        if most < len(weeks):
            name = RuleId("few_free_weekends", article, nurse.id)
            rules.append(WindowSum(name, "weekends", "weeks", most, 0, weeks[-1], term="few_free_weekends"))
    return rules


def agreed_weekends(instance: Instance, nurse: Nurse) -> int:
    """Free weekends in 52 weeks: her own number, at least the least, else the agreement's; 0 where none holds."""
    law = instance.rules
    if nurse.weekends_only or nurse.experience == "student" or law.free_weekends.value == 0:
        return 0
    return law.free_weekends.value if nurse.free_weekends is None else max(
        nurse.free_weekends, law.free_weekends_least.value
    )
