"""A run under a contract that caps the hours lent: first under price alone, then within the caps."""

from __future__ import annotations

import time
from dataclasses import replace

from optimiser.domain.plan import Phase, Plan
from optimiser.domain.problem import Problem
from optimiser.domain.result import Result
from optimiser.search.lending import keeps_caps, within_caps
from optimiser.search.run import run
from optimiser.search.settings import Event, OnEvent, PlanSettings, ShouldStop

FIRST_SHARE = 0.5
"""Of the effort so much goes to the plan that knows only the price of lending."""


def run_in_caps(
    problem: Problem, settings: PlanSettings, start: Plan | None = None, on_event: OnEvent | None = None,
    should_stop: ShouldStop | None = None,
) -> Result:  # fmt: skip
    """``run``, whose plan lends no more than ``contract.most_lent``; without caps it is ``run`` itself.

    Half of the effort goes to a plan in which lending only has its price. Then the lent visits that save most stay
    lendable as far as the hours go, and the other half plans on from there. What begins before ``freeze_until`` stays
    lent whatever the caps say.
    """
    if not problem.contract.most_lent:
        return run(problem, settings, start, on_event, should_stop)
    began = time.monotonic()
    stands = start is not None and bool(_standing(problem, start, settings))
    # caps of nothing need no plan to choose from, but what stands may lend all the same
    open_first = problem if stands else within_caps(problem, None)
    first = run(open_first, _share(settings, FIRST_SHARE, 0.0), start, on_event, should_stop)
    if first.plan is None:
        return first
    seconds = time.monotonic() - began

    def tell(event: Event) -> None:
        if on_event is not None:
            on_event(replace(event, seconds=event.seconds + seconds))

    inside = within_caps(problem, first.plan, _standing(problem, first.plan, settings))
    second = run(inside, _share(settings, 1 - FIRST_SHARE, seconds), first.plan, tell, should_stop)
    return _better(problem, settings, first, second, seconds)


def _share(settings: PlanSettings, share: float, seconds: float) -> PlanSettings:
    """The settings with a share of the iterations; of the time the first share, or what is left."""
    limit, iterations = settings.time_limit_s, settings.iterations
    if limit is not None:
        limit = max(0.5, limit - seconds) if seconds else limit * share
    if iterations is not None:
        iterations = max(1, int(iterations * share))
    return replace(settings, time_limit_s=limit, iterations=iterations)


def _standing(problem: Problem, plan: Plan, settings: PlanSettings) -> frozenset[str]:
    """Ids of the duties whose routes stay as they are."""
    until, clock = settings.freeze_until, problem.instance.clock
    standing = set()
    for duty in plan.duties:
        cell = (problem.nurse_number[duty.nurse], clock.day_number(duty.day), int(duty.lane == "standby"))
        if cell in settings.frozen or (until is not None and duty.day < until):
            standing.add(duty.id)
    return frozenset(standing)


def _better(problem: Problem, settings: PlanSettings, first: Result, second: Result, seconds: float) -> Result:
    """The second plan, or the first where it keeps the caps and is better; with what was spent on both."""
    assert first.plan is not None
    kept = keeps_caps(problem, first.plan)
    plans = [each for each in (second.plan, first.plan if kept else None) if each is not None]
    if not plans:
        return second
    best = min(plans, key=_vector)
    # what was cheaper beyond the caps is no incumbent of this run
    untold = {} if kept else {"objective": None, "terms": None}
    phases = [each.model_copy(update=untold) for each in first.plan.phases]
    cpu = first.plan.cpu_s
    if second.plan is not None:
        cpu += second.plan.cpu_s
        phases.append(Phase(name="caps", seconds=round(seconds, 2)))
        phases += [each.model_copy(update={"seconds": round(each.seconds + seconds, 2)}) for each in second.plan.phases]
    spent = {"time_limit_s": settings.time_limit_s, "iterations": settings.iterations, "cpu_s": round(cpu, 2)}
    return Result(status="feasible", plan=best.model_copy(update={**spent, "phases": tuple(phases)}))


def _vector(plan: Plan) -> tuple[int, int, int]:
    found = plan.objective
    return (0, 0, 0) if found is None else (found.hard, found.unserved, found.rest)
