"""The plan of an instance in which nobody works: nothing is served, and what that costs is counted all the same."""

from __future__ import annotations

from optimiser.check.checker import check
from optimiser.domain.plan import Plan, Unserved
from optimiser.domain.problem import Problem
from optimiser.search.settings import PlanSettings


def plan_of_nobody(problem: Problem, settings: PlanSettings) -> Plan:
    """No duties; every visit and task in a route is left, since nobody may serve it."""
    instance, open_work = problem.instance, sorted({job.id for job in problem.jobs})
    plan = Plan(
        instance=instance.name, fingerprint=instance.fingerprint, row_hashes=instance.row_hashes,
        contract=problem.contract, seed=settings.seed, time_limit_s=settings.time_limit_s,
        iterations=settings.iterations, duties=(), overrides=instance.overrides,
        unserved=tuple(Unserved(id=name, reason="nobody_may_serve") for name in open_work),
    )  # fmt: skip
    report = check(instance, problem.contract, problem.travel, plan)
    return plan.model_copy(update={"objective": report.objective, "objective_terms": report.counts})
