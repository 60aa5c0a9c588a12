"""Rosters with prices and a bound: annealing by block moves, column generation with dives, parts chosen by CP-SAT."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass
from random import Random
from threading import Lock

import numpy as np

from optimiser.domain.priced_roster import Letters, PricedRoster
from optimiser.model.priced_model import refill_priced
from optimiser.model.priced_neighbourhoods import PricedNeighbourhoods
from optimiser.search.priced_island import PricedIsland, compile_priced
from optimiser.search.priced_rows import PricedRows
from optimiser.search.row_pricing import RowPricing

HOT, WARM, MILD, COLD = 0.6, 0.13, 0.08, 0.04
"""Temperatures, in typical prices: of the start, of coolings from the best roster, from one that was made of rows, and
of all ends."""
SHORT_SHARE, FIRST_SHARE, AGAIN_SHARE, SOON_SHARE = 0.12, 0.4, 0.1, 0.02
"""Of the time, for the first cooling of the thread that combines rows and of the others, for each one later, and after
rows were combined."""
ROWS_SHARE = 0.4
"""Of the time, at most, for the relaxation over rows."""
LOOSE = 1.02
"""Rows are combined to rosters that may cost so much more than the best: a short cooling makes them better."""
BETWEEN = 4
"""Parts chosen by CP-SAT between two coolings."""
PASSED = 20
"""Rosters that the ends of coolings passed through whose rows are learnt."""
EAR_SECONDS, USUAL_SECONDS = 0.2, 2.0
HOPED = 200
"""Choosing a part anew is hoped to save one in so many."""


@dataclass(frozen=True)
class PricedSettings:
    """``time_limit_s`` of the clock for all together; runs are not the same twice, whatever the seed."""

    time_limit_s: float = 60.0
    threads: int = 2
    seed: int = 0


@dataclass(frozen=True)
class PricedResult:
    """The best roster that breaks no hard limit (None: none found), its cost, and what no roster can cost less than."""

    roster: Letters | None
    cost: int | None
    bound: int

    @property
    def proved(self) -> bool:
        """Whether no roster is better."""
        return self.cost is not None and self.cost <= self.bound


def search_priced(
    problem: PricedRoster, settings: PricedSettings, should_stop: Callable[[], bool] | None = None
) -> PricedResult:
    """Search until the time is over, the roster is proved best, or ``should_stop``. The clock starts when the machine
    code is there, which takes a while only the first time."""
    compile_priced(problem)
    RowPricing(problem).cheapest(0, np.zeros((problem.days, len(problem.shift_of))))
    shared = _Shared(problem, settings)
    with ThreadPoolExecutor(settings.threads) as pool:
        running = [pool.submit(shared.work, number) for number in range(settings.threads)]
        try:
            while (answer := wait(running, EAR_SECONDS, FIRST_EXCEPTION)).not_done:
                failed = any(each.exception() for each in answer.done)
                if failed or shared.over() or (should_stop and should_stop()):
                    shared.stopped = True
        finally:
            shared.stopped = True
        for each in running:
            each.result()
    return PricedResult(shared.best, shared.cost, shared.bound)


class _Shared:
    """What the threads share: the best roster, the bound, the clock."""

    def __init__(self, problem: PricedRoster, settings: PricedSettings) -> None:
        self.problem, self.settings = problem, settings
        self.end = time.monotonic() + settings.time_limit_s
        self.lock, self.stopped = Lock(), False
        self.best: Letters | None = None
        self.cost: int | None = None
        self.bound = 0
        self.random = Random(settings.seed)
        self.choice = PricedNeighbourhoods(problem, self.random)
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
        """One thread: a long cooling; then the first combines rows, the others cool again and improve parts."""
        island = PricedIsland(self.problem, self.settings.seed * 1000 + number)
        self.cool(island, HOT, FIRST_SHARE if number else SHORT_SHARE)
        if number == 0 and self.best is not None:
            self.combine_rows(island)
        while not self.over():
            if self.best is not None:
                island.take(self.best)
            self.cool(island, WARM, AGAIN_SHARE)
            for _ in range(BETWEEN):
                self.improve()

    def cool(self, island: PricedIsland, hot: float, part: float) -> None:
        """One cooling for a part of the time; what it finds is offered, what it ends with is kept for the rows."""
        begin = time.monotonic()
        seconds = max(EAR_SECONDS, min(part * self.settings.time_limit_s, self.end - begin))

        def share() -> float:
            """How much of it is over."""
            return 1.0 if self.over() else (time.monotonic() - begin) / seconds

        def after() -> None:
            """What each slice leaves."""
            cost = island.best_cost
            if cost is not None and (self.cost is None or cost < self.cost):
                self.offer(island.found, cost)
            if share() > 0.8 and island.lawful:
                self.passed.append(island.now)

        island.cool(hot, COLD, share, after)

    def combine_rows(self, island: PricedIsland) -> None:
        """Column generation, its bound, and dives, whole or around most of the best roster, each cooled a little."""
        rows = PricedRows(self.problem, self.settings.seed)
        self.feed(rows)
        end = time.monotonic() + ROWS_SHARE * self.settings.time_limit_s
        rows.generate(lambda: min(self.left(), end - time.monotonic()))
        if math.isfinite(rows.bound):
            self.bound = max(0, math.ceil(rows.bound))
        free = staff = len(self.problem.staff)  # the first dive is of everybody: it ends lowest
        while not self.over():
            assert self.best is not None and self.cost is not None
            self.feed(rows)
            kept = self.random.sample(range(staff), max(0, staff - free))
            free = self.random.choice((staff, staff // 2, staff // 3, staff // 3, 12, 8))
            before = self.best
            found = rows.dive(self.left, self.cost * LOOSE, {each: before[each] for each in kept})
            if found is None:
                self.improve()
                continue
            rows.learn(found)
            island.take(found)
            self.cool(island, MILD, SOON_SHARE)

    def feed(self, rows: PricedRows) -> None:
        """Hand over the rows of rosters that coolings ended with, and of the best."""
        while self.passed and not self.over():
            rows.learn(self.passed.pop())
        if self.best is not None:
            rows.learn(self.best)

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
            again = PricedIsland(self.problem, 0, found).best_cost
            gain = max(0, cost - again) if again is not None else 0
            if again is not None:
                self.offer(found, again)
        with self.lock:
            if self.left() > 0:
                self.choice.learn(kind, solved, gain / max(1, cost) * HOPED, seconds / USUAL_SECONDS)

    def offer(self, roster: Letters, cost: int) -> None:
        """Take a roster that breaks nothing when it is the best of all, or new and as good."""
        with self.lock:
            if self.cost is None or cost <= self.cost:
                self.best, self.cost = roster, cost
