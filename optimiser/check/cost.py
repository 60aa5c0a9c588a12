"""Every term of the objective, recomputed from the plan."""

from __future__ import annotations

from optimiser.check.case import Case
from optimiser.check.changes import changes
from optimiser.check.continuity import continuity
from optimiser.check.contract_hours import contract_hours
from optimiser.check.cover import Shortfall
from optimiser.check.fairness import fairness
from optimiser.check.legs import legs
from optimiser.check.livable import livable
from optimiser.check.response import response
from optimiser.check.surplus import surplus_standby
from optimiser.check.violation import Violation
from optimiser.check.wishes import wishes
from optimiser.domain.work import Task, Visit


def counts(case: Case, short: list[Shortfall], signals: list[Violation]) -> dict[str, int]:
    """Term name -> count before weights (optimiser/domain/objective.py). Route terms are 0 without routes."""
    return {
        **_unserved(case),
        "uncovered_minimum": sum(each.below_minimum for each in short),
        "uncovered_wanted": sum(each.below_wanted for each in short),
        "surplus_standby": surplus_standby(case),
        **_travel(case),
        **contract_hours(case),
        **continuity(case),
        **wishes(case),
        "fairness": fairness(case),
        **livable(signals),
        **changes(case),
        **response(case),
    }


def _unserved(case: Case) -> dict[str, int]:
    table = {"unserved_critical": 0, "unserved_high": 0, "unserved_normal": 0}
    if not case.plan.with_routes:
        return table
    works: list[Visit | Task] = [*case.instance.visits, *(task for task in case.instance.tasks if task.in_route)]
    for work in works:
        if not case.fully_served(work):
            table[f"unserved_{_priority(work)}"] += 1
    return table


def _priority(work: Visit | Task) -> str:
    if isinstance(work, Visit) and work.time_critical:
        return "critical"
    return work.priority


def _travel(case: Case) -> dict[str, int]:
    """Travel between stops, home legs, and waiting above what is free."""
    travel = home_leg = waiting = 0
    free = case.instance.settings.waiting_free_minutes
    for duty in case.duties if case.plan.with_routes else ():
        for route in duty.routes:
            for leg in legs(case, duty, route):
                if leg.before is None or leg.after is None:
                    home_leg += leg.minutes
                    continue
                travel += leg.minutes
                idle = leg.after.start - leg.before.end - leg.minutes - leg.break_minutes
                waiting += max(0, idle - free)
    return {"travel": travel, "home_leg": home_leg, "waiting": waiting}
