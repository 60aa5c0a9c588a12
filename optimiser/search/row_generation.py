"""Column generation: rows of some people beside what the others cover, until none helps the relaxation.

Each set of prices on the way proves by itself what the relaxation costs at least. Prices are drawn towards those that
proved most (Wentges 1997), which more than halves the rounds; where few people are left, whose prices swing most,
nothing else leads to an end.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from optimiser.domain.priced_roster import PricedRoster
from optimiser.model.priced_master import PricedMaster, Prices, Row
from optimiser.model.row_states import FORBIDDEN
from optimiser.search.pricing import Pricing

DRAWN = 0.7
"""How far prices are drawn towards the best ones."""
LEAST_DRAWN = 0.05
ROUNDING = 1e-6


class RowGeneration:
    """``people`` are those of ``problem``, by their numbers in the problem of ``pricing``, ``known[person]`` their rows
    (row -> cost), added to. ``least``: what the relaxation costs at least, proved at the prices ``worth``; ``settled``:
    it is solved."""

    def __init__(
        self, pricing: Pricing, problem: PricedRoster, people: Sequence[int], known: Sequence[dict[Row, float]],
        worth: np.ndarray | None = None,
    ) -> None:  # fmt: skip
        self.pricing, self.problem, self.people, self.known = pricing, problem, people, known
        self.master = PricedMaster(problem)
        self.least, self.settled = -math.inf, False
        self._drawn = worth is not None
        self.worth = np.zeros((problem.days, len(problem.shift_of))) if worth is None else worth
        self._days = np.arange(problem.days)

    def run(
        self, rounds: int, worthwhile: float, seconds_left: Callable[[], float],
        enough: Callable[[int, Prices], bool],
    ) -> Prices | None:  # fmt: skip
        """Add rows that save more than ``worthwhile`` at most so many times, until none does, or it is ``enough`` after
        so many rounds at these prices. The last prices; None: time is over."""
        share, prices, newest = DRAWN, self.master.relax(seconds_left()), True
        for number in range(rounds):
            if prices is None or seconds_left() <= 0:
                return None
            drawn = share if self._drawn else 0.0
            worth = self.pricing.rounded(drawn * self.worth + (1 - drawn) * prices.worth)
            added = self._add_rows(prices, worth, worthwhile, seconds_left)
            if added is None:
                return None
            if not added and (drawn == 0.0 or self.least >= prices.cost - ROUNDING):
                self.settled = newest
                return prices
            if enough(number, prices):
                return prices
            if not added:
                share = share / 2 if share > LEAST_DRAWN else 0.0
            else:
                again = self.master.relax(seconds_left())
                prices, newest = again or prices, again is not None
        return prices

    def _add_rows(
        self, prices: Prices, worth: np.ndarray, worthwhile: float, seconds_left: Callable[[], float]
    ) -> int | None:
        """Add the best row of each person at ``worth`` if it helps at the prices; how many, None when time is over.
        ``least`` may rise."""
        added, total = 0, 0.0
        for at, person in enumerate(self.people):
            if seconds_left() <= 0:
                return None
            least, cost, row = self.pricing.cheapest(person, worth)
            total += least
            own = cost + float(worth[self._days, row].sum())
            if own < FORBIDDEN and own - float(prices.worth[self._days, row].sum()) < prices.settled[at] - worthwhile:
                self.known[person][row] = own
                added += self.master.add(at, row, own)
        proved = self.pricing.proved(worth, total, self.problem.cover)
        if proved > self.least:
            self.least, self.worth, self._drawn = proved, worth, True
        return added
