"""Home care days (routes, with visits by two at once or after another): annealing on several islands that exchange."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING

from optimiser.domain.home_care import HomeCareProblem, HomeCareSolution

if TYPE_CHECKING:
    from optimiser.search.home_care_island import HomeIsland

FIRST_SHARE = 0.5
"""Of the time, for the first cooling; the others share the rest."""
AGAIN = 2
"""Coolings after the first, each from the best solution of all islands."""
HOT, WARM, COLD = 1.2, 0.3, 0.03
"""Temperatures of the start and of coolings again, in mean ways between places; of all ends, in ways to a likely
neighbour. Starts at a fifth of HOT ended some 3 % dearer: caregivers stay with the areas that they got."""
EAR_SECONDS = 0.1


@dataclass(frozen=True)
class HomeCareSettings:
    """Seconds of the clock for all islands together; or ``iterations``, changes tried on each island, which give the
    same solution for the same seed and number of threads on every machine."""

    time_limit_s: float = 60.0
    threads: int = 2
    seed: int = 0
    iterations: int | None = None


@dataclass(frozen=True)
class HomeCareResult:
    """The best solution, its cost (travel + tardiness + largest tardiness, in ticks: three times the benchmark's), and
    how many changes were tried on all islands together."""

    solution: HomeCareSolution
    cost_ticks: int
    iterations: int


def search_home_care(
    problem: HomeCareProblem, settings: HomeCareSettings, should_stop: Callable[[], bool] | None = None
) -> HomeCareResult:
    """Search until the time is over, the iterations are done, or ``should_stop``. The clock starts when the machine
    code is there, which takes a while only the first time."""
    from optimiser.search.home_care_island import HomeIsland  # numba is slow to load

    islands = [HomeIsland(problem, settings.seed * 1000 + number) for number in range(settings.threads)]
    begin, stop = time.monotonic(), _Stop(should_stop)
    done = 0.0
    with ThreadPoolExecutor(settings.threads) as pool:
        for number in range(AGAIN + 1):
            share = FIRST_SHARE if number == 0 else (1 - FIRST_SHARE) / AGAIN
            hot = HOT if number == 0 else WARM
            clock = (begin + done * settings.time_limit_s, begin + (done + share) * settings.time_limit_s)
            steps = None if settings.iterations is None else max(1, round(share * settings.iterations))
            running = [pool.submit(each.cool, hot, COLD, clock, steps, stop) for each in islands]
            try:
                while (answer := wait(running, EAR_SECONDS, FIRST_EXCEPTION)).not_done:
                    if stop.heard() or any(each.exception() for each in answer.done):
                        stop.stopped = True
            finally:
                stop.stopped = stop.stopped or any(each.done() and each.exception() for each in running)
            for each in running:
                each.result()
            done += share
            _exchange(islands)
            if stop.stopped:
                break
    best = min(islands, key=lambda each: each.cost)
    return HomeCareResult(best.solution, best.cost, sum(each.tried for each in islands))


def _exchange(islands: list[HomeIsland]) -> None:
    """All go on from the best, of equals the first."""
    best = min(islands, key=lambda each: each.cost)
    for each in islands:
        each.take(best)


class _Stop:
    """What ends all islands soon."""

    def __init__(self, should_stop: Callable[[], bool] | None) -> None:
        self._should_stop, self.stopped = should_stop, False

    def heard(self) -> bool:
        """Whether somebody asks to stop."""
        return bool(self._should_stop and self._should_stop())

    def __call__(self) -> bool:
        return self.stopped
