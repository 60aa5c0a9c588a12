"""A run under a contract that caps the hours lent: under price first, then within the caps."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import Literal

from optimiser.domain.plan import Phase, Plan
from optimiser.domain.problem import Problem
from optimiser.domain.result import Result
from optimiser.search.lending import keeps_caps, within_caps
from optimiser.search.lending_price import lending_prices, with_lending_prices
from optimiser.search.run import run
from optimiser.search.settings import Event, OnEvent, PlanSettings, ShouldStop

Kind = Literal["free", "priced", "caps"]
ROUNDS: tuple[tuple[Kind, float, float], ...] = (
    ("free", 0.1, 100.0), ("priced", 0.2, 100.0), ("caps", 0.4, 100.0), ("caps", 0.3, 60.0),
)  # fmt: skip
"""Each round with its share of the effort and its temperature at the start (at most that of the settings). Prices thin
out what is lent before anything is closed, and the second round within the caps has back the hours that the first left
unused. Figures: docs/explanation/sharing.md."""


@dataclass
class _Rounds:
    """The rounds of one run so far, and the best plan that keeps the caps."""

    problem: Problem
    settings: PlanSettings
    on_event: OnEvent | None
    should_stop: ShouldStop | None
    began: float = field(default_factory=time.monotonic)
    spent: float = 0.0
    """Of all effort."""
    cpu_s: float = 0.0
    phases: list[Phase] = field(default_factory=list)
    best: Plan | None = None

    def run(self, kind: Kind, problem: Problem, share: float, start: Plan | None, hot: float) -> Result:
        """One round with a share of the effort."""
        seconds = time.monotonic() - self.began
        settings = self._settings(share, seconds, hot)

        def tell(event: Event) -> None:
            if self.on_event is not None:
                self.on_event(replace(event, seconds=event.seconds + seconds))

        result = run(problem, settings, start, tell, self.should_stop)
        plan, self.spent = result.plan, self.spent + share
        if plan is None:
            return result
        kept = keeps_caps(self.problem, plan)
        self._note(kind, plan, seconds, kept)
        if kept and (self.best is None or _vector(plan) < _vector(self.best)):
            self.best = plan
        return result

    def _settings(self, share: float, seconds: float, hot: float) -> PlanSettings:
        """A share of the iterations; of the time that is left the part that this round has in all that is to come."""
        limit, iterations = self.settings.time_limit_s, self.settings.iterations
        if limit is not None:
            limit = max(0.5, (limit - seconds) * min(1.0, share / max(share, 1 - self.spent)))
        if iterations is not None:
            iterations = max(1, int(iterations * share))
        return replace(self.settings, time_limit_s=limit, iterations=iterations, hot=hot)

    def _note(self, kind: Kind, plan: Plan, seconds: float, kept: bool) -> None:
        """Keep what the round did; what was cheaper beyond the caps is no incumbent of this run."""
        self.cpu_s += plan.cpu_s
        self.phases.append(Phase(name=f"lending {kind}", seconds=round(seconds, 2)))
        untold = {} if kept else {"objective": None, "terms": None}
        for each in plan.phases:
            self.phases.append(each.model_copy(update={"seconds": round(each.seconds + seconds, 2), **untold}))


def run_in_caps(
    problem: Problem, settings: PlanSettings, start: Plan | None = None, on_event: OnEvent | None = None,
    should_stop: ShouldStop | None = None,
) -> Result:  # fmt: skip
    """``run``, whose plan lends no more than ``contract.most_lent`` (see ``ROUNDS``).

    The first round plans as if nothing were capped. Where a lender goes beyond its hours, the second has a price for
    each minute that it lends. Then only visits that fit into the hours stay lendable, chosen anew each time by what
    they save. A ``start`` with routes that keeps the caps begins there. Routes that stand (``freeze_until``) stay lent
    whatever the caps say. The best plan that keeps the caps comes back; where what stands exceeds them, the last one.
    """
    rounds = _Rounds(problem, settings, on_event, should_stop)
    begun = start is not None and any(duty.stops for duty in start.duties) and keeps_caps(problem, start)
    todo = [(kind, share, hot) for kind, share, hot in ROUNDS if kind == "caps" or not begun]
    whole, plan, last = sum(share for _, share, _ in todo), start, Result(status="no_time")
    for kind, share, hot in todo:
        now = _problem_of(kind, problem, plan, settings)
        last = rounds.run(kind, now, share / whole, plan, min(settings.hot, hot))
        plan = last.plan or plan
        if last.plan is None and kind == "free":
            return last
    best = rounds.best or last.plan
    if best is None:
        return last
    spent = {"time_limit_s": settings.time_limit_s, "iterations": settings.iterations, "cpu_s": round(rounds.cpu_s, 2)}
    return Result(status="feasible", plan=best.model_copy(update={**spent, "phases": tuple(rounds.phases)}))


def _problem_of(kind: Kind, problem: Problem, plan: Plan | None, settings: PlanSettings) -> Problem:
    """The problem of a round that begins with a plan."""
    if kind == "priced":
        assert plan is not None
        return with_lending_prices(problem, lending_prices(problem, plan))
    stands = frozenset[str]() if plan is None else _standing(problem, plan, settings)
    if kind == "caps":
        return within_caps(problem, plan, stands)
    # caps of nothing need no plan to choose from, but what stands may lend all the same
    return problem if stands else within_caps(problem, None)


def _standing(problem: Problem, plan: Plan, settings: PlanSettings) -> frozenset[str]:
    """Ids of the duties whose routes stay as they are."""
    until, clock = settings.freeze_until, problem.instance.clock
    standing = set()
    for duty in plan.duties:
        cell = (problem.nurse_number[duty.nurse], clock.day_number(duty.day), int(duty.lane == "standby"))
        if cell in settings.frozen or (until is not None and duty.day < until):
            standing.add(duty.id)
    return frozenset(standing)


def _vector(plan: Plan) -> tuple[int, int, int]:
    found = plan.objective
    return (0, 0, 0) if found is None else (found.hard, found.unserved, found.rest)
