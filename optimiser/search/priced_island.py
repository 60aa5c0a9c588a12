"""One annealing by block moves of a roster with prices: its own roster and chance, in slices that can be stopped."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import numpy as np

from optimiser.domain.priced_roster import Letters, PricedRoster
from optimiser.search.kernel.blocks.anneal import KINDS, anneal
from optimiser.search.kernel.blocks.data import POINTS, UNIT, UNIT_BITS, BlockState, blank_state
from optimiser.search.kernel.blocks.encode import encode
from optimiser.search.kernel.blocks.judge import recount
from optimiser.search.kernel.random_state import seeded

STEPS, SLICE_SECONDS = 20_000, 0.1
"""Moves between two looks at who breaks what; processor seconds between two looks at the clock."""
LONGEST = 28
"""Days of the longest window."""
DEAR = 4.0
"""What one hard limit broken by one costs at least, in typical prices; for people who stay in breach it grows."""
UP, DOWN, DEAREST = 1.1, 0.97, 10.0
MIX = (4.0, 2.0, 8.0, 1.0, 0.1, 0.1, 0.0, 0.0)
"""How often each kind of move is tried, in the order of ``kernel.blocks.anneal``."""


def typical_price(problem: PricedRoster) -> float:
    """The price that temperatures are measured in: one person too few, in the median."""
    return float(median([each.under for each in problem.cover if each.under > 0] or [1]))


def compile_priced(problem: PricedRoster) -> None:
    """Have all machine code ready before a clock runs."""
    island = PricedIsland(problem, 0)
    island.steps(1.0, 0)


class PricedIsland:
    """A roster that may break limits on the way, and the best that broke none."""

    def __init__(self, problem: PricedRoster, seed: int, roster: Letters | None = None) -> None:
        self.data = encode(problem)
        self.typical = typical_price(problem)
        self.state: BlockState = blank_state(self.data)
        self._random = seeded(seed)
        mix = np.array(MIX if len(problem.skills) > 1 else [0 if at == 3 else each for at, each in enumerate(MIX)])
        self._mix = np.cumsum(mix / mix.sum())
        self.tally = np.zeros((KINDS, 2), dtype=np.int64)
        self._least = DEAR * self.typical / POINTS
        self._point = np.full(len(problem.staff) + 1, self._least)
        recount(self.data, self.state)
        if roster is not None:
            self.take(roster)

    def take(self, roster: Letters) -> None:
        """Go on from a roster."""
        self.state.rows[:] = np.array(roster, dtype=np.int16)
        cost = recount(self.data, self.state)
        self.state.best[:] = self.state.rows
        self.state.sums[1] = cost if cost < UNIT else -1

    def steps(self, hot: float, count: int) -> None:
        """Moves at one temperature; afterwards whoever breaks a limit pays more for it, others less."""
        anneal(self.data, self.state, hot, self._point, count, LONGEST, self._mix, self.tally, self._random)
        rows = (self.state.row_cost + (UNIT >> 1)) >> UNIT_BITS
        others = (int(self.state.sums[0]) + (UNIT >> 1) >> UNIT_BITS) - int(rows.sum())
        grown = np.minimum(self._point * UP, self._least * DEAREST)
        self._point[:] = np.where(np.append(rows, others) > 0, grown, np.maximum(self._least, self._point * DOWN))

    def slice(self, hot: float) -> None:
        """A short time of annealing at one temperature."""
        begin = time.thread_time()
        while time.thread_time() - begin < SLICE_SECONDS:
            self.steps(hot, STEPS)

    def cool(self, hot: float, cold: float, share: Callable[[], float], after: Callable[[], None]) -> None:
        """Slices from hot to cold, both in typical prices, while ``share`` of the time is below one."""
        while (done := share()) < 1:
            self.slice(self.typical * hot * (cold / hot) ** done)
            after()

    @property
    def best_cost(self) -> int | None:
        """Cost of the best lawful roster since the start or the last one taken; None: there was none."""
        return int(self.state.sums[1]) if self.state.sums[1] >= 0 else None

    @property
    def lawful(self) -> bool:
        """Whether the roster that search is at breaks nothing."""
        return int(self.state.sums[0]) < UNIT

    @property
    def now(self) -> Letters:
        """The roster that search is at."""
        return tuple(tuple(int(letter) for letter in row) for row in self.state.rows)

    @property
    def found(self) -> Letters:
        """That roster."""
        return tuple(tuple(int(letter) for letter in row) for row in self.state.best)
