"""The order's visits put one by one where routes that stand have room: what a repair begins from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from optimiser.daily.offer_candidates import able_nurses
from optimiser.domain.plan import Plan
from optimiser.domain.problem import Problem
from optimiser.domain.work import Visit
from optimiser.explain.asked import Asked
from optimiser.explain.in_route import cheapest_first, duties_then, judged
from optimiser.explain.present import Present

TRIES = 4
"""So many places of one visit are judged, cheapest first."""


def inserted(problem: Problem, plan: Plan, visits: Sequence[Visit], as_of: int) -> Plan:
    """The plan with those visits in it that have room without moving others out of their nurse's route, cheapest place
    first; a nurse who has one of them already is a known face. Visits for two nurses are left to the repair."""
    faces: Counter[str] = Counter()
    for visit in visits:
        if visit.nurses == 1:
            found = _with_visit(problem, plan, visit, as_of, faces)
            if found is not None:
                plan, nurse = found
                faces[nurse] += 1
    return plan


def _with_visit(
    problem: Problem, plan: Plan, visit: Visit, as_of: int, faces: Counter[str]
) -> tuple[Plan, str] | None:
    """The plan with the visit and who does it; None when it has room nowhere."""
    asked = Asked(Present(problem.instance, problem.contract, problem.travel, plan), visit, 1, as_of)
    new_face = problem.instance.weights.unfamiliar if faces else 0
    options = [
        (option.price + (0 if faces[nurse] else new_face), number, nurse, option)
        for nurse in sorted(able_nurses(asked))
        for number, option in enumerate(cheapest_first(asked, duties_then(asked, nurse), asked.tied_times(nurse)))
    ]
    for _, _, nurse, option in sorted(options, key=lambda each: each[:3])[:TRIES]:
        answer = judged(asked, nurse, option.duty())
        if answer is not None and answer.plan is not None:
            return answer.plan, nurse
    return None
