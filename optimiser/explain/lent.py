"""Caps on hours lent: the one rule of sharing that hangs on everybody's routes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from optimiser.check.case import Case
from optimiser.check.sharing import beyond_most, lent_minutes
from optimiser.check.violation import Violation
from optimiser.domain.plan import Duty
from optimiser.explain.present import Present, rebuilt

RULE = "sharing.most_lent"


def beyond_caps(present: Present, before: Iterable[Duty], after: Iterable[Duty]) -> Iterator[Violation]:
    """The caps on hours lent that the plan breaks, or breaks further, when the duties ``after`` stand in place of
    those ``before``."""
    if not present.contract.most_lent:
        return
    new = {duty.id: duty for duty in after}
    gone = {duty.id for duty in before} | new.keys()
    duties = (*(duty for duty in present.plan.duties if duty.id not in gone), *new.values())
    then = Case(present.instance, present.contract, present.travel, rebuilt(present.plan, duties=duties))
    more = Counter(lent_minutes(then))
    more.subtract(lent_minutes(present.case))
    for each in beyond_most(then):
        if more[each.subject, present.instance.clock.day_of(each.start) // 7] > 0:
            yield each
