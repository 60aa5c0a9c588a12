"""All row rules that hold for an instance, family by family."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from optimiser.domain.instance import Instance
from optimiser.domain.row_rules import RowRule
from optimiser.patterns.averages import averages
from optimiser.patterns.breaks import breaks
from optimiser.patterns.known import known_by_nurse
from optimiser.patterns.livable import livable
from optimiser.patterns.minors import minors
from optimiser.patterns.nights import nights
from optimiser.patterns.on_call import consignatie, on_call
from optimiser.patterns.pregnancy import pregnancy
from optimiser.patterns.rest import daily_rest
from optimiser.patterns.sundays import sundays
from optimiser.patterns.weekends import weekends
from optimiser.patterns.weekly_rest import weekly_rest
from optimiser.patterns.working_time import working_time
from optimiser.patterns.workplace import workplace

ALONE = (daily_rest, weekly_rest, working_time, breaks, consignatie, pregnancy, minors, livable)
COUNTING = (nights, averages, on_call, workplace, sundays, weekends)
"""Families that count what is known by week, besides minutes."""


def row_rules(instance: Instance) -> tuple[RowRule, ...]:
    """The rule instances of every family. Rules of one nurse come on top of those for everybody.

    Where nurses have rule sets of their own no rule is for everybody: each nurse has those of her set.
    """
    return tuple(
        mine
        for name, nurses in instance.rule_sets_in_use.items()
        for rule in _rules(instance.under(name))
        for mine in (_of(rule, nurses) if len(instance.rule_sets_in_use) > 1 else (rule,))
    )


def _of(rule: RowRule, nurses: tuple[str, ...]) -> Iterator[RowRule]:
    """A rule for everybody once for each of these nurses; a rule of one nurse when she is among them."""
    for nurse in nurses:
        if rule.id.nurse in ("", nurse):
            yield replace(rule, id=replace(rule.id, nurse=nurse))


def _rules(instance: Instance) -> tuple[RowRule, ...]:
    """The rules under the rule set of the instance."""
    known = known_by_nurse(instance)
    rules = [rule for family in ALONE for rule in family(instance)]
    return tuple(rules + [rule for counting in COUNTING for rule in counting(instance, known)])
