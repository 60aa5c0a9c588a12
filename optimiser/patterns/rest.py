"""Daily rest: 11 hours in each 24 (ATW 5:3 lid 2); reductions only with planned tokens (ATB 5.19 lid 2)."""

from __future__ import annotations

from optimiser.domain.clock import DAY
from optimiser.domain.instance import Instance
from optimiser.domain.row_rules import DutyClass, GapCount, RowRule, RuleId


def daily_rest(instance: Instance) -> list[RowRule]:
    """Without tokens no rest below 11 h; with them nested counts per 7 x 24 h and none below 8 h."""
    law = instance.rules
    high, low = law.daily_rest.value, law.daily_rest_reduced.value

    def gaps(name: str, below: int, most: int) -> GapCount:
        rule = RuleId(f"rest_{name}", law.daily_rest.article)
        return GapCount(rule, DutyClass.WORK, 0, below, most, 7 * DAY, within_day=True, but=DutyClass.WORKPLACE)

    if not instance.settings.allow_planned_tokens:
        return [gaps("daily", high, 0)]
    nested: list[RowRule] = [gaps("daily_floor", low, 0), gaps("daily_tokens", high, law.daily_rest_reductions.value)]
    if law.daily_rest_reductions.value > 1:
        nested.append(gaps("daily_middle", law.daily_rest_middle.value, 1))
    return nested
