"""What a plan says of itself, against what it is: a different claim is a violation."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.check.case import Case
from optimiser.check.violation import Violation
from optimiser.domain.objective import Objective

NEWER_TERMS = frozenset({"surplus_standby", "late_calls", "call_travel"})
"""Terms of the level ``rest`` that came later: a plan whose terms do not name them was made and counted without."""


def judge(case: Case, counts: dict[str, int], objective: Objective) -> Iterator[Violation]:
    """Findings for each claimed term, the claimed vector and the claimed bound. No claim is no fault."""
    plan, end = case.plan, case.instance.horizon_end
    unknown = (NEWER_TERMS - plan.objective_terms.keys()) if plan.objective_terms else set()
    if plan.objective_terms:
        for name in sorted((counts.keys() | plan.objective_terms.keys()) - unknown):
            recomputed, claimed = counts.get(name), plan.objective_terms.get(name)
            # plans made before a term was known do not name it: that says it is nothing
            if (recomputed or 0) != (claimed or 0):
                yield case.found("claims.term", 0, end, subject=name, required=_shown(recomputed),
                                 found=_shown(claimed))  # fmt: skip
    added = sum(counts[name] * int(getattr(case.instance.weights, name)) for name in unknown)
    objective = objective.model_copy(update={"rest": objective.rest - added})
    if plan.objective is not None and plan.objective != objective:
        yield case.found("claims.objective", 0, end, required=str(objective.key()), found=str(plan.objective.key()))
    if plan.lower_bound is not None and plan.lower_bound > objective.scalar:
        yield case.found("claims.bound", 0, end, required=objective.scalar, found=plan.lower_bound)


def _shown(count: int | None) -> int | str:
    return "-" if count is None else count
