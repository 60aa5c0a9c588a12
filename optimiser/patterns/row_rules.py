"""All row rules that hold for an instance, family by family."""

from __future__ import annotations

from optimiser.domain.instance import Instance
from optimiser.domain.row_rules import RowRule
from optimiser.patterns.breaks import breaks
from optimiser.patterns.nights import nights
from optimiser.patterns.on_call import on_call
from optimiser.patterns.rest import daily_rest
from optimiser.patterns.weekly_rest import weekly_rest
from optimiser.patterns.working_time import working_time

FAMILIES = (daily_rest, weekly_rest, nights, working_time, breaks, on_call)


def row_rules(instance: Instance) -> tuple[RowRule, ...]:
    """The rule instances of every family."""
    return tuple(rule for family in FAMILIES for rule in family(instance))
