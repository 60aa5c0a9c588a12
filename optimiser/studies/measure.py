"""The row of a run: who, what came out, what it cost, and whether the referee agrees."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import Any

from optimiser.check.checker import check
from optimiser.check.report import CheckReport
from optimiser.domain.instance import Instance
from optimiser.domain.plan import BREAK, Plan
from optimiser.domain.problem import Problem
from optimiser.report.kpis import summary
from optimiser.search.evaluate import count_terms
from optimiser.studies.variants import Outcome

FACES_DAYS = 14
RESULT_COLUMNS = (
    "status", "hard", "unserved", "uncovered", "objective_unserved", "objective_rest", "scalar", "travel", "home_legs",
    "waiting", "waiting_hours", "paid_minutes", "overtime", "faces_mean", "faces_most_14_days", "left_by_peer",
    "lost_in_translation", "put_back", "travel_both", "travel_own_both", "iterations", "cpu_s", "wall_s",
    "check",
)  # fmt: skip
"""What a run gives: counts of visits and duties, minutes, minute-equivalents, seconds. ``waiting`` is what is priced,
``waiting_hours`` all of it. ``travel_both`` and ``travel_own_both``: travel of this plan and of our own of the same
seed, when only the work that both do is left in their routes. ``check`` is ``agrees``, or what differs."""


def measured(problem: Problem, outcome: Outcome, own: Plan | None = None) -> dict[str, Any]:
    """The result columns of a run; without a plan only its status and times. ``own`` is our plan of the same seed."""
    row: dict[str, Any] = dict.fromkeys(RESULT_COLUMNS, "")
    row |= {"status": outcome.status, "cpu_s": round(outcome.cpu_s, 2), "wall_s": round(outcome.wall_s, 2)}
    plan, instance = outcome.plan, problem.instance
    if plan is None:
        return row
    report = check(instance, problem.contract, problem.travel, plan)
    figures = summary(instance, problem.travel, plan, report)
    mean, most = faces(instance, plan)
    counts, objective = report.counts, report.objective
    row |= {
        "hard": objective.hard, "unserved": figures["unserved_visits"], "uncovered": counts["uncovered_minimum"],
        "objective_unserved": objective.unserved, "objective_rest": objective.rest, "scalar": objective.scalar,
        "travel": counts["travel"], "home_legs": counts["home_leg"], "waiting": counts["waiting"],
        "waiting_hours": figures["waiting_hours"], "paid_minutes": round(60 * figures["paid_hours"]),
        "overtime": counts["overtime"], "faces_mean": mean, "faces_most_14_days": most,
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


def faces(instance: Instance, plan: Plan) -> tuple[float, int]:
    """Different nurses of a client: the mean over served clients in the horizon, and the most that any client sees in
    14 days in a row that end in it (visits before the horizon included)."""
    seen: dict[str, set[tuple[int, str]]] = defaultdict(set)
    clock = instance.clock
    for duty in plan.duties:
        for stop in duty.stops:
            if stop.what == "visit":
                seen[instance.visit_by_id[stop.id].client].add((clock.day_of(stop.start), duty.nurse))
    if not seen:
        return 0.0, 0
    mean = sum(len({nurse for _, nurse in days}) for days in seen.values()) / len(seen)
    for past in instance.past_visits:
        seen[past.client].add((clock.day_number(past.day), past.nurse))
    most = max(
        len({nurse for day, nurse in days if last - FACES_DAYS < day <= last})
        for days in seen.values()
        for last in range(instance.days)
    )
    return round(mean, 2), most


def iterations(plan: Plan) -> int:
    """All iterations of a run: phases count up within each search and begin anew with the next."""
    counts = [phase.iterations for phase in plan.phases if phase.iterations]
    return sum(before for before, after in pairwise([*counts, 0]) if after <= before)


def incumbents(plan: Plan | None) -> list[dict[str, Any]]:
    """Each incumbent that the run told of: seconds since its start and the objective."""
    return [
        {
            "phase": phase.name, "seconds": phase.seconds, "iterations": phase.iterations,
            "hard": phase.objective.hard, "objective_unserved": phase.objective.unserved,
            "objective_rest": phase.objective.rest, "scalar": phase.objective.scalar,
        }
        for phase in (plan.phases if plan is not None else ())
        if phase.objective is not None
    ]  # fmt: skip
