"""Weekly rest: 36 h in each 7 x 24 h, or 72 h in each 14 x 24 h in blocks of at least 32 h (ATW 5:5 lid 2)."""

from __future__ import annotations

from optimiser.domain.clock import DAY
from optimiser.domain.instance import Instance
from optimiser.domain.row_rules import RestBlocks, RowRule, RuleId


def weekly_rest(instance: Instance) -> list[RowRule]:
    """The either/or, judged from each dienst start."""
    law = instance.rules
    return [
        RestBlocks(
            RuleId("weekly_rest", law.weekly_rest.article),
            7 * DAY,
            law.weekly_rest.value,
            14 * DAY,
            law.fortnight_rest.value,
            law.fortnight_block.value,
        )
    ]
