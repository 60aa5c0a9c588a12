"""Rosters with prices and a bound: annealing by block moves, then parts by column generation and CP-SAT."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable
from random import Random
from threading import Lock

import numpy as np

from optimiser.domain.priced_roster import Letters, PricedRoster
from optimiser.model.priced_model import refill_priced
from optimiser.model.priced_neighbourhoods import PricedNeighbourhoods
from optimiser.search.priced_island import PricedIsland, compile_priced
from optimiser.search.priced_rebuild import PricedRebuild
from optimiser.search.priced_rows import PricedRows
from optimiser.search.roster_runs import EAR_SECONDS, RosterResult, RosterSettings, side_by_side
from optimiser.search.row_pricing import RowPricing

HOT, COLD = 0.35, 0.035
"""Temperatures, in typical prices: costs fall most between, and earlier ones only shorten what matters."""
SHORT_SHARE, FIRST_SHARE, AGAIN_SHARE = 0.1, 0.3, 0.1
"""Of the time, for the first cooling of the thread that solves the relaxation and of the others, and for each later
one while nothing is lawful."""
SHORT_SECONDS = 15.0
"""The first thread's cooling is no longer than this: its roster is only there in case time is over soon."""
ROWS_SHARE = 0.6
"""Of the time, at most, for the relaxation over rows."""
WHOLE_TRIES = 3
"""Rows for everybody are tried so often at most, until once a roster is found."""
BETWEEN = 4
"""Parts chosen by column generation for one by CP-SAT."""
PASSED = 20
"""Rosters that the ends of coolings passed through whose rows are learnt."""
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


class _Shared:
    """What the threads share: the best roster, the bound, the clock."""

    def __init__(self, problem: PricedRoster, settings: RosterSettings) -> None:
        self.problem, self.settings = problem, settings
        self.end = time.monotonic() + settings.time_limit_s
        self.lock, self.stopped = Lock(), False
        self.best: Letters | None = None
        self.cost: int | None = None
        self.bound = 0
        self.random = Random(settings.seed)
        self.choice = PricedNeighbourhoods(problem, self.random)
        self.rows: PricedRows | None = None
        self.passed: deque[Letters] = deque(maxlen=PASSED)

    def left(self) -> float:
        """Seconds left; none once stopped."""
        return 0.0 if self.stopped else max(0.0, self.end - time.monotonic())

    def over(self) -> bool:
        """Whether there is nothing left to do."""
        return self.left() <= 0 or (self.cost is not None and self.cost <= self.bound)

    def stop(self) -> None:
        """End all threads soon."""
        self.stopped = True

    def work(self, number: int) -> None:
        """One thread: a cooling; then the first solves the relaxation over rows, and all choose parts anew."""
        island = PricedIsland(self.problem, self.settings.seed * 1000 + number)
        self.cool(island, FIRST_SHARE) if number else self.cool(island, SHORT_SHARE, SHORT_SECONDS)
        if number == 0 and self.best is not None:
            self.relax_rows()
        while not self.over() and (self.best is None or self.rows is None):
            if self.best is None:
                self.cool(island, AGAIN_SHARE)
            else:
                self.improve()
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

    def relax_rows(self) -> None:
        """Column generation for everybody, and the bound that it proves."""
        rows = PricedRows(self.problem)
        while self.passed and not self.over():
            rows.learn(self.passed.pop())
        assert self.best is not None
        rows.learn(self.best)
        end = time.monotonic() + ROWS_SHARE * self.settings.time_limit_s
        rows.generate(lambda: min(self.left(), end - time.monotonic()))
        if math.isfinite(rows.bound):
            self.bound = max(0, math.ceil(rows.bound))
        self.rows = rows

    def rebuild(self, number: int) -> None:
        """Rows for everybody once, then for some people at a time, and now and then a part by CP-SAT."""
        assert self.rows is not None
        maker = PricedRebuild(self.problem, self.rows.known, self.rows.worth, self.settings.seed * 1000 + number)
        tries, whole = 0, True
        while not self.over():
            with self.lock:
                before, cost = self.best, self.cost
            assert before is not None and cost is not None
            found = (maker.try_all if whole else maker.try_some)(before, cost, self.left)
            tries += 1
            whole = whole and found is None and not maker.part.hopeless and tries < WHOLE_TRIES
            if found is not None:
                self.judge(found)
            if tries % BETWEEN == 0:
                self.improve()

    def judge(self, roster: Letters) -> int | None:
        """Offer a roster when it breaks nothing; its cost then."""
        cost = PricedIsland(self.problem, 0, roster).best_cost
        if cost is not None:
            self.offer(roster, cost)
        return cost

    def improve(self) -> None:
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

    def offer(self, roster: Letters, cost: int) -> None:
        """Take a roster that breaks nothing when it is the best of all, or new and as good."""
        with self.lock:
            if self.cost is None or cost <= self.cost:
                self.best, self.cost = roster, cost
