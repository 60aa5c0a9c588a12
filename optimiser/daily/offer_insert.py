"""The order's visits put one by one where routes that stand have room, by few faces: what a repair begins from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from optimiser.daily.offer_candidates import able_nurses
from optimiser.domain.plan import Plan
from optimiser.domain.problem import FORBIDDEN, Problem
from optimiser.domain.work import Visit
from optimiser.explain.asked import Asked
from optimiser.explain.in_route import cheapest_first, duties_then, judged
from optimiser.explain.present import Present

TRIES = 4
"""So many places of one visit are judged, cheapest first."""
FACE = 2
"""The price of a nurse beside the few that could do all, in times that of an unfamiliar face."""


def few_faces(problem: Problem, plan: Plan, visits: Sequence[Visit], as_of: int) -> frozenset[str]:
    """Nurses who together are able and on duty at every visit that anybody can do, chosen by most visits first."""
    present = Present(problem.instance, problem.contract, problem.travel, plan)
    left = []
    for visit in visits:
        asked = Asked(present, visit, 1, as_of)
        left.append({nurse for nurse in able_nurses(asked) if duties_then(asked, nurse)})
    chosen: set[str] = set()
    while any(left):
        most = Counter(nurse for there in left for nurse in sorted(there)).most_common()
        nurse = min(most, key=lambda each: (-each[1], each[0]))[0]
        chosen.add(nurse)
        left = [there for there in left if nurse not in there]
    return frozenset(chosen)


def preferring(problem: Problem, visits: Sequence[Visit], faces: Collection[str]) -> Problem:
    """The problem in which others than ``faces`` cost a little more at these visits, so that few nurses come."""
    price = FACE * problem.instance.weights.unfamiliar
    others = np.array([nurse.id not in faces for nurse in problem.instance.nurses])
    names = {visit.id for visit in visits}
    tables = tuple(
        np.where(others & (table != FORBIDDEN), table + price, table).astype(np.int32) if job.id in names else table
        for job, table in zip(problem.jobs, problem.may_serve, strict=True)
    )
    return replace(problem, may_serve=tables)


def inserted(problem: Problem, plan: Plan, visits: Sequence[Visit], as_of: int, faces: Collection[str]) -> Plan:
    """The plan with those visits in it that have room without moving others out of their nurse's route, cheapest place
    first; others than ``faces`` cost more. Visits for two nurses are left to the repair."""
    for visit in visits:
        if visit.nurses == 1:
            plan = _with_visit(problem, plan, visit, as_of, faces) or plan
    return plan


def _with_visit(problem: Problem, plan: Plan, visit: Visit, as_of: int, faces: Collection[str]) -> Plan | None:
    """The plan with the visit; None when it has room nowhere."""
    asked = Asked(Present(problem.instance, problem.contract, problem.travel, plan), visit, 1, as_of)
    new_face = FACE * problem.instance.weights.unfamiliar
    options = [
        (option.price + (0 if nurse in faces else new_face), number, nurse, option)
        for nurse in sorted(able_nurses(asked))
        for number, option in enumerate(cheapest_first(asked, duties_then(asked, nurse), asked.tied_times(nurse)))
    ]
    for _, _, nurse, option in sorted(options, key=lambda each: each[:3])[:TRIES]:
        answer = judged(asked, nurse, option.duty())
        if answer is not None and answer.plan is not None:
            return answer.plan
    return None
