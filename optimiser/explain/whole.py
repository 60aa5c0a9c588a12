"""The terms that hang on everybody's duties or on all cover, and the price of a difference of terms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from optimiser.check.case import Case
from optimiser.check.cover import shortfalls
from optimiser.check.fairness import fairness
from optimiser.check.response import response
from optimiser.domain.objective import TERMS, ObjectiveWeights
from optimiser.domain.plan import Duty
from optimiser.explain.present import Present, rebuilt


def whole_terms(present: Present, before: Iterable[Duty], after: Iterable[Duty]) -> dict[str, int]:
    """The differences of cover, fairness and calls between two rosters of everybody (counts; those that change)."""
    both = tuple(before), tuple(after)
    counts = []
    for duties, others in zip(both, both[::-1], strict=True):
        case = _case(present, duties)
        short, same = shortfalls(case), set(map(_key, others))
        # what calls cost is a sum over duties: only those that differ are looked at
        apart = [duty for duty in duties if present.instance.call_sources and _key(duty) not in same]
        counts.append({
            "uncovered_minimum": sum(each.below_minimum for each in short),
            "uncovered_wanted": sum(each.below_wanted for each in short),
            "fairness": fairness(case),
            **response(_case(present, apart)),
        })  # fmt: skip
    return {name: counts[1][name] - count for name, count in counts[0].items() if counts[1][name] != count}


def _case(present: Present, duties: Iterable[Duty]) -> Case:
    plan = rebuilt(present.plan, duties=tuple(duties), with_routes=False)
    return Case(present.instance, present.contract, present.travel, plan)


def _key(duty: Duty) -> tuple[str, str, date]:
    return duty.nurse, duty.kind, duty.day


def priced(terms: dict[str, int], weights: ObjectiveWeights) -> int:
    """The weighted sum of differences of terms."""
    return sum(terms.get(term.name, 0) * int(getattr(weights, term.name)) for term in TERMS)
