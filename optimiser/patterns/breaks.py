"""Breaks: 30 minutes over 5.5 hours of work in a dienst, 45 over 10 hours, in parts of 15 (ATW 5:4 lid 2).

A shift kind brings its own break; this rule sees diensten that grow together, such as a meeting before a short evening.
"""

from __future__ import annotations

from optimiser.domain.instance import Instance
from optimiser.domain.row_rules import Pauses, RowRule, RuleId


def breaks(instance: Instance) -> list[RowRule]:
    """One rule for everybody."""
    law = instance.rules
    return [
        Pauses(
            RuleId("breaks", law.break_after.article),
            law.break_after.value,
            law.break_length.value,
            law.long_break_after.value,
            law.long_break_length.value,
            law.break_part.value,
        )
    ]
