"""A published roster of duties only, weeks before its routes, after something happened: who to ask for what fell away.

Nothing is planned anew: a duty is given to nobody without a nurse's word, and there are no routes to repair. The plan
keeps the event, and its duties and its cost as they are now.
"""

from __future__ import annotations

from dataclasses import replace

from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.problem import Problem
from optimiser.planning import prepare
from optimiser.search.repair import with_claims


def duties_problem(instance: Instance, parent: Plan) -> Problem:
    """The problem of a roster without routes. Visits are left out: who may do which of those of months takes long to
    say, and no duty asks it."""
    return prepare(instance.model_copy(update={"visits": (), "work_links": ()}), parent.contract, parent)


def duties_after(problem: Problem, instance: Instance, parent: Plan, base: Plan) -> Plan:
    """``base``, the duties of ``parent`` after the events, as its next version with its cost counted anew. Students go
    with their companions. What is against a rule in it is for the check to say."""
    held = {(duty.nurse, duty.kind, duty.day) for duty in base.duties}
    duties = tuple(
        duty for duty in base.duties if duty.follows is None or (duty.follows, duty.kind, duty.day) in held
    )  # fmt: skip
    own = {
        "duties": duties, "unserved": (), "parent": parent.identity, "version": parent.version + 1,
        "published": parent.published, "fingerprint": instance.fingerprint, "row_hashes": instance.row_hashes,
        "lower_bound": None, "phases": (),
    }  # fmt: skip
    return with_claims(replace(problem, parent=parent), base.model_copy(update=own))
