"""Rosters with prices and a bound: annealing by block moves, then parts by column generation and CP-SAT."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from random import Random

import numpy as np

from optimiser.domain.priced_roster import Letters, PricedRoster
from optimiser.model.priced_model import refill_priced
from optimiser.model.priced_neighbourhoods import PricedNeighbourhoods
from optimiser.search.priced_island import PricedIsland, compile_priced
from optimiser.search.pricing import Pricing
from optimiser.search.roster_runs import EAR_SECONDS, RosterResult, RosterSettings, side_by_side
from optimiser.search.roster_search import RosterSearch
from optimiser.search.row_pricing import RowPricing

HOT, COLD = 0.35, 0.035
"""Temperatures, in typical prices: costs fall most between, and earlier ones only shorten what matters."""
SHORT_SHARE, FIRST_SHARE, AGAIN_SHARE = 0.1, 0.3, 0.1
"""Of the time, for the first cooling of the thread that solves the relaxation and of the others, and for each later
one while nothing is lawful."""
SHORT_SECONDS = 15.0
"""The first thread's cooling is no longer than this: its roster is only there in case time is over soon."""
USUAL_SECONDS = 2.0
HOPED = 200
"""Choosing a part anew is hoped to save one in so many."""


def search_priced(
    problem: PricedRoster, settings: RosterSettings, should_stop: Callable[[], bool] | None = None
) -> RosterResult:
    """Search until the time is over, the roster is proved best, or ``should_stop``. The clock starts when the machine
    code is there, which takes a while only the first time."""
    compile_priced(problem)
    RowPricing(problem).cheapest(0, np.zeros((problem.days, len(problem.shift_of))))
    shared = _Shared(problem, settings)
    side_by_side(shared.work, settings.threads, shared.over, shared.stop, should_stop)
    return RosterResult(shared.best, shared.cost, shared.bound)


class _Shared(RosterSearch):
    """What the threads share: the best roster, the bound, the clock."""

    def __init__(self, problem: PricedRoster, settings: RosterSettings) -> None:
        super().__init__(settings)
        self.problem, self.random = problem, Random(settings.seed)
        self.choice = PricedNeighbourhoods(problem, self.random)

    def pricing(self) -> Pricing:
        """By the states of rows."""
        return RowPricing(self.problem)

    def work(self, number: int) -> None:
        """One thread: a cooling; then the first solves the relaxation over rows, and all choose parts anew."""
        island = PricedIsland(self.problem, self.settings.seed * 1000 + number)
        self.cool(island, FIRST_SHARE) if number else self.cool(island, SHORT_SHARE, SHORT_SECONDS)
        while not self.over() and (self.best is None or self.rows is None):
            if self.best is None:
                self.cool(island, AGAIN_SHARE)
            elif number == 0:
                self.relax_rows()
            else:
                self.improve(number)
        if not self.over():
            self.rebuild(number)

    def cool(self, island: PricedIsland, part: float, most: float = math.inf) -> None:
        """One cooling for a part of the time, or until there are rows to go on with; what it finds is offered, what it
        ends with is kept for the rows."""
        begin = time.monotonic()
        seconds = max(EAR_SECONDS, min(part * self.settings.time_limit_s, most, self.end - begin))

        def share() -> float:
            """How much of it is over."""
            return 1.0 if self.over() or self.rows is not None else (time.monotonic() - begin) / seconds

        def after() -> None:
            """What each slice leaves."""
            cost = island.best_cost
            if cost is not None and (self.cost is None or cost < self.cost):
                self.offer(island.found, cost)
            if share() > 0.8 and island.lawful:
                self.passed.append(island.now)

        island.cool(HOT, COLD, share, after)

    def judge(self, roster: Letters) -> int | None:
        """Offer a roster when it breaks nothing; its cost then."""
        cost = PricedIsland(self.problem, 0, roster).best_cost
        if cost is not None:
            self.offer(roster, cost)
        return cost

    def improve(self, number: int) -> None:
        """A part of the best roster chosen anew by CP-SAT."""
        with self.lock:
            before, cost = self.best, self.cost
            if before is None or cost is None or self.over():
                return
            kind, free = self.choice.choose(before)
            seed = self.random.randrange(2**30)
        begin = time.thread_time()
        found, solved = refill_priced(self.problem, before, free, self.left(), seed)
        seconds = time.thread_time() - begin
        gain = 0
        if found is not None and found != before:
            again = self.judge(found)
            gain = max(0, cost - again) if again is not None else 0
        with self.lock:
            if self.left() > 0:
                self.choice.learn(kind, solved, gain / max(1, cost) * HOPED, seconds / USUAL_SECONDS)
