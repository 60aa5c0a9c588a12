"""From an Instance to a Problem, and from a Problem to a Result."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.instance import Instance
from optimiser.domain.long_roster import is_long
from optimiser.domain.plan import Plan, Unserved
from optimiser.domain.problem import Problem
from optimiser.domain.result import Result
from optimiser.domain.sharing import SharingContract
from optimiser.patterns.allowed import duty_allowed
from optimiser.patterns.prices import duty_prices
from optimiser.patterns.row_rules import row_rules
from optimiser.scenario.area_allowed import area_allowed
from optimiser.scenario.cover import cover_days
from optimiser.scenario.jobs import jobs_of, ties_of
from optimiser.scenario.may_serve import may_serve
from optimiser.scenario.response_prices import response_prices
from optimiser.scenario.unasked import unasked_prices
from optimiser.search.settings import Event, OnEvent, PlanSettings, ShouldStop
from optimiser.travel.engine import travel_matrix


def prepare(instance: Instance, contract: SharingContract, parent: Plan | None = None) -> Problem:
    """The Problem of an instance under a contract; ``parent`` prices changes against an earlier plan.

    Raises InputError when the travel engine misses something.
    """
    jobs = jobs_of(instance)
    travel = travel_matrix(instance)
    cover = cover_days(instance, contract)
    allowed = duty_allowed(instance) & area_allowed(instance, contract, travel)
    nurses = {each.id: number for number, each in enumerate(instance.nurses)}
    kinds = {each.id: number for number, each in enumerate(instance.shift_kinds)}
    given_as: dict[str, dict[tuple[int, int, int], int]] = {"published": {}, "base": {}, "entered": {}}
    for given in instance.duties_given:
        lane = int(instance.kind_by_id[given.kind].lane == "standby")
        day = instance.clock.day_number(given.day)
        table = given_as.get(given.status, given_as["entered"])
        table[nurses[given.nurse], day, lane] = kinds[given.kind]
    if parent is not None and parent.published is not None:
        given_as["published"] |= published_cells(instance, parent, allowed)
    return Problem(
        instance=instance,
        contract=contract,
        travel=travel,
        jobs=jobs,
        ties=ties_of(instance, jobs),
        may_serve=may_serve(instance, contract, jobs),
        duty_allowed=allowed,
        cover=cover,
        rules=row_rules(instance),
        pinned=given_as["published"],
        entered=given_as["entered"],
        base=given_as["base"],
        parent=parent,
        duty_prices=(
            duty_prices(instance) | unasked_prices(instance, cover) | response_prices(instance, contract, travel, cover)
        ),
    )


def published_cells(instance: Instance, plan: Plan, allowed: NDArray[np.bool_]) -> dict[tuple[int, int, int], int]:
    """(nurse, day, lane number) -> kind number of the published duties of a plan that may still be; students' duties
    follow those of their companions."""
    nurses = {each.id: number for number, each in enumerate(instance.nurses)}
    kinds = {each.id: number for number, each in enumerate(instance.shift_kinds)}
    keys = [
        (nurses[duty.nurse], instance.clock.day_number(duty.day), kinds[duty.kind], int(duty.lane == "standby"))
        for duty in plan.duties
        if duty.status == "published" and duty.follows is None
    ]
    return {(nurse, day, lane): kind for nurse, day, kind, lane in keys if allowed[nurse, day, kind]}


def plan(
    problem: Problem,
    settings: PlanSettings,
    start: Plan | None = None,
    on_event: OnEvent | None = None,
    should_stop: ShouldStop | None = None,
) -> Result:
    """Duties and routes for a problem, within the effort of ``settings``; ``start`` is an earlier plan to begin from.
    Of three weeks and more: duties only.

    The status says which of four answers it is: optimal, feasible, no_time or infeasible.
    """
    from optimiser.search.long_run import run_long
    from optimiser.search.narrowed import with_change_prices
    from optimiser.search.run import run
    from optimiser.search.run_in_caps import run_in_caps

    if not problem.instance.nurses:
        return Result(status="feasible", plan=_plan_of_nobody(problem, settings))
    if is_long(problem.instance):
        return run_long(problem, settings, start, on_event, should_stop)
    runs = run_in_caps if problem.contract.most_lent else run
    return runs(with_change_prices(problem), settings, start, on_event, should_stop)


def _plan_of_nobody(problem: Problem, settings: PlanSettings) -> Plan:
    """Where nobody works there is nothing to search: no duties, all work is open, counted as the checker counts it."""
    from optimiser.check.checker import check

    instance, open_work = problem.instance, sorted({job.id for job in problem.jobs})
    plan = Plan(
        instance=instance.name, fingerprint=instance.fingerprint, row_hashes=instance.row_hashes,
        contract=problem.contract, seed=settings.seed, time_limit_s=settings.time_limit_s,
        iterations=settings.iterations, duties=(), overrides=instance.overrides,
        unserved=tuple(Unserved(id=name, reason="nobody_may_serve") for name in open_work),
    )  # fmt: skip
    report = check(instance, problem.contract, problem.travel, plan)
    return plan.model_copy(update={"objective": report.objective, "objective_terms": report.counts})


__all__ = ["Event", "PlanSettings", "plan", "prepare"]
