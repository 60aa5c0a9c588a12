"""The row of a run: who, what came out, what it cost, and whether the referee agrees."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from optimiser.check.checker import check
from optimiser.check.report import CheckReport
from optimiser.domain.objective import ObjectiveWeights, weigh
from optimiser.domain.plan import BREAK, Plan
from optimiser.domain.problem import Problem
from optimiser.report.incumbents import TOLD_TERMS, incumbents
from optimiser.report.kpis import summary
from optimiser.search.evaluate import count_terms
from optimiser.studies.variants import Outcome

OBJECTIVE_NAMES = {"unserved": "objective_unserved", "rest": "objective_rest"}
STEP_COLUMNS = (
    "phase", "seconds", "iterations", "hard", *OBJECTIVE_NAMES.values(), "scalar", *TOLD_TERMS,
)  # fmt: skip
"""What a study keeps of each incumbent of a run."""
RESULT_COLUMNS = (
    "status", "hard", "unserved", "uncovered", "objective_unserved", "objective_rest", "scalar", "scalar_usual",
    "travel", "home_legs", "waiting", "waiting_hours", "paid_minutes", "overtime", "faces_mean", "faces_most_14_days",
    "left_by_peer", "lost_in_translation", "put_back", "travel_both", "travel_own_both", "iterations", "cpu_s",
    "wall_s", "check",
)  # fmt: skip
"""What a run gives: counts of visits and duties, minutes, minute-equivalents, seconds. ``scalar_usual`` is the scalar
at the weights of the instance, also where the run had others. ``waiting`` is what is priced, ``waiting_hours`` all of
it. ``travel_both`` and ``travel_own_both``: travel of this plan and of our own of the same seed, when only the work
that both do is left in their routes. ``check`` is ``agrees``, or what differs."""


def measured(
    problem: Problem, outcome: Outcome, own: Plan | None = None, usual: ObjectiveWeights | None = None
) -> dict[str, Any]:
    """The result columns of a run; without a plan only its status and times. ``own`` is our plan of the same seed,
    ``usual`` the weights of the instance where the run had others."""
    row: dict[str, Any] = dict.fromkeys(RESULT_COLUMNS, "")
    row |= {"status": outcome.status, "cpu_s": round(outcome.cpu_s, 2), "wall_s": round(outcome.wall_s, 2)}
    plan, instance = outcome.plan, problem.instance
    if plan is None:
        return row
    report = check(instance, problem.contract, problem.travel, plan)
    figures = summary(instance, problem.travel, plan, report)
    counts, objective = report.counts, report.objective
    row |= {
        "hard": objective.hard, "unserved": figures["unserved_visits"], "uncovered": counts["uncovered_minimum"],
        "objective_unserved": objective.unserved, "objective_rest": objective.rest, "scalar": objective.scalar,
        "scalar_usual": weigh(counts, usual or instance.weights, objective.hard).scalar,
        "travel": counts["travel"], "home_legs": counts["home_leg"], "waiting": counts["waiting"],
        "waiting_hours": figures["waiting_hours"], "paid_minutes": round(60 * figures["paid_hours"]),
        "overtime": counts["overtime"],
        "faces_mean": figures["faces_mean"], "faces_most_14_days": figures["faces_most_14_days"],
        "iterations": iterations(plan) or "", "check": verdict(report),
    }  # fmt: skip
    if own is not None:
        row["travel_both"], row["travel_own_both"] = travel_on_both(problem, plan, own)
    if outcome.peer is not None:
        row |= dict(zip(("left_by_peer", "lost_in_translation", "put_back"), outcome.peer, strict=True))
    return row


def verdict(report: CheckReport) -> str:
    """``agrees``, or how many rules are broken and what the plan claims wrongly."""
    if not report.violations:
        return "agrees"
    broken = sorted({each.rule for each in report.violations})
    return f"{len(report.violations)} violations: {', '.join(broken)}" + "".join(f"; {each}" for each in report.claims)


def travel_on_both(problem: Problem, one: Plan, other: Plan) -> tuple[int, int]:
    """Travel minutes between stops of two plans, after all stops that only one of them has are taken out."""

    def stops(plan: Plan) -> set[tuple[str, int]]:
        return {(stop.id, stop.part) for duty in plan.duties for stop in duty.stops if stop.what != BREAK}

    both = stops(one) & stops(other)

    def travel(plan: Plan) -> int:
        duties = tuple(
            duty.model_copy(
                update={
                    "routes": tuple(
                        route.model_copy(
                            update={"stops": tuple(stop for stop in route.stops if (stop.id, stop.part) in both)}
                        )
                        for route in duty.routes
                    )
                }
            )
            for duty in plan.duties
        )
        return count_terms(problem, plan.model_copy(update={"duties": duties}))["travel"]

    return travel(one), travel(other)


def iterations(plan: Plan) -> int:
    """All iterations of a run: phases count up within each search, stand while routes are reassigned, and begin anew
    with the next."""
    counts = [phase.iterations for phase in plan.phases if phase.iterations]
    return sum(before for before, after in pairwise([*counts, 0]) if after < before)


def steps(plan: Plan | None) -> list[dict[str, Any]]:
    """The log of the run that made a plan, by the names of a study's columns; unknown minutes are empty."""
    return [
        {OBJECTIVE_NAMES.get(name, name): "" if value is None else value for name, value in each.items()}
        for each in incumbents(plan)
    ]


def log_of(plan: Plan) -> list[dict[str, str]]:
    """The log of one run with what a picture of it names: all columns that ``convergence_svg`` reads, as text."""
    named = {
        "instance": plan.instance, "scenario": plan.contract.name, "roster": "", "weights": "", "variant": "plan",
        "time_limit_s": "" if plan.time_limit_s is None else f"{plan.time_limit_s:g}", "seed": str(plan.seed),
    }  # fmt: skip
    return [named | {name: str(value) for name, value in step.items()} for step in steps(plan)]
