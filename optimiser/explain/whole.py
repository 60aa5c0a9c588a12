"""The terms that hang on everybody's duties, and the price of a difference of terms."""

from __future__ import annotations

from collections.abc import Iterable

from optimiser.check.case import Case
from optimiser.check.cover import shortfalls
from optimiser.check.fairness import fairness
from optimiser.domain.objective import TERMS, ObjectiveWeights
from optimiser.domain.plan import Duty
from optimiser.explain.present import Present, rebuilt


def whole_terms(present: Present, before: Iterable[Duty], after: Iterable[Duty]) -> dict[str, int]:
    """The differences of cover and fairness between two rosters of everybody (counts; those that change)."""
    counts = []
    for duties in (before, after):
        case = Case(
            present.instance, present.contract, present.travel,
            rebuilt(present.plan, duties=tuple(duties), with_routes=False),
        )  # fmt: skip
        short = shortfalls(case)
        counts.append({
            "uncovered_minimum": sum(each.below_minimum for each in short),
            "uncovered_wanted": sum(each.below_wanted for each in short),
            "fairness": fairness(case),
        })  # fmt: skip
    return {name: counts[1][name] - count for name, count in counts[0].items() if counts[1][name] != count}


def priced(terms: dict[str, int], weights: ObjectiveWeights) -> int:
    """The weighted sum of differences of terms."""
    return sum(terms.get(term.name, 0) * int(getattr(weights, term.name)) for term in TERMS)
