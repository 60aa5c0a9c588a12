"""Rosters with prices: annealing by block moves on islands, with neighbourhoods of CP-SAT between coolings."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass
from random import Random
from threading import Lock

from optimiser.domain.priced_roster import Letters, PricedRoster
from optimiser.search.priced_island import PricedIsland, compile_priced

HOT, WARM, COLD = 0.45, 0.12, 0.04
"""Temperatures, in typical prices: of the start, of coolings from a good roster, of all ends."""
FIRST_SHARE, AGAIN_SHARE = 0.6, 0.1
"""Of the time, for the first cooling and for each one later."""
EAR_SECONDS = 0.2


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

    def over(self) -> bool:
        """Whether there is nothing left to do."""
        proved = self.cost is not None and self.cost <= self.bound
        return self.stopped or proved or time.monotonic() >= self.end

    def work(self, number: int) -> None:
        """One thread: a long cooling, then short ones from the best roster of all."""
        island = PricedIsland(self.problem, self.settings.seed * 1000 + number)
        self.cool(island, HOT, FIRST_SHARE)
        while not self.over():
            with self.lock:
                if self.best is not None:
                    island.take(self.best)
            self.cool(island, WARM, AGAIN_SHARE)

    def cool(self, island: PricedIsland, hot: float, part: float) -> None:
        """One cooling for a part of the time; what it finds is offered."""
        begin = time.monotonic()
        seconds = max(EAR_SECONDS, min(part * self.settings.time_limit_s, self.end - begin))
        island.cool(
            hot, COLD, lambda: 1.0 if self.over() else (time.monotonic() - begin) / seconds,
            lambda: self.offer(island),
        )  # fmt: skip

    def offer(self, island: PricedIsland) -> None:
        """Take the best roster of an island when it is the best of all."""
        cost = island.best_cost
        with self.lock:
            if cost is not None and (self.cost is None or cost < self.cost):
                self.best, self.cost = island.found, cost
