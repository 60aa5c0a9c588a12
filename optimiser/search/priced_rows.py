"""Rosters with prices from whole rows: the relaxation, by column generation.

The relaxation over all rows of all people is what branch and price starts from; each set of prices on the way proves a
bound by itself. Prices are drawn towards those that proved most (Wentges 1997), which more than halves the rounds.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from optimiser.domain.priced_roster import Letters
from optimiser.model.priced_master import PricedMaster, Prices, Row
from optimiser.model.row_states import FORBIDDEN
from optimiser.search.pricing import Pricing

ROUNDS = 400
"""Times rows are added at new prices, at most."""
DRAWN = 0.7
"""How far prices are drawn towards the best ones."""
WORTH = 1e-5
"""Rows that save less than this at the prices are not added."""


class PricedRows:
    """The rows known so far. ``bound``: no roster costs less; ``settled`` says that the
    relaxation is solved. Not for several threads at once."""

    def __init__(self, pricing: Pricing) -> None:
        self.pricing, self.problem = pricing, pricing.problem
        problem = pricing.problem
        self.master = PricedMaster(problem)
        self.bound, self.settled = -math.inf, False
        self.known: list[dict[Row, float]] = [{} for _ in problem.staff]
        self._best = np.zeros((problem.days, len(problem.shift_of)))
        for person in range(len(problem.staff)):
            _, cost, row = self.pricing.cheapest(person, self._best)
            self._keep(person, row, cost)

    @property
    def worth(self) -> np.ndarray:
        """The prices that proved most: what one more person is worth at each ``[day, letter]``."""
        return self._best

    def learn(self, roster: Letters) -> None:
        """Keep the rows of a roster that may be."""
        for person, row in enumerate(roster):
            cost = self.pricing.cost(person, row)
            if cost < FORBIDDEN:
                self._keep(person, row, cost)

    def _keep(self, person: int, row: Row, cost: float) -> None:
        """A row for all masters."""
        self.known[person][row] = cost
        self.master.add(person, row, cost)

    def generate(self, seconds_left: Callable[[], float]) -> None:
        """Add rows until none helps the relaxation, or the time is over; ``bound`` rises on the way."""
        drawn = DRAWN
        for _ in range(ROUNDS):
            prices = self.master.relax(seconds_left())
            if prices is None:
                return
            share = drawn if self.bound > 0 else 0.0
            worth = self.pricing.rounded(share * self._best + (1 - share) * prices.worth)
            added = self._add_rows(prices, worth, seconds_left)
            if added is None:
                return
            if not added:
                if share == 0.0 or self.bound >= math.ceil(prices.cost - 1e-6):
                    self.settled = True
                    return
                drawn = drawn / 2 if drawn > 0.05 else 0.0

    def _add_rows(self, prices: Prices, worth: np.ndarray, seconds_left: Callable[[], float]) -> int | None:
        """Add the best row of each person at ``worth`` if it helps at the prices; how many, None when time is over.
        ``bound`` may rise."""
        added, least = 0, 0.0
        days = np.arange(self.problem.days)
        for person in range(len(self.problem.staff)):
            if seconds_left() <= 0:
                return None
            no_less, cost, row = self.pricing.cheapest(person, worth)
            least += no_less
            places = (days, list(row))
            own = cost + float(worth[places].sum())
            if own < FORBIDDEN and own - float(prices.worth[places].sum()) < prices.settled[person] - WORTH:
                added += self.master.add(person, row, own)
                self.known[person][row] = own
        bound = self.pricing.bound(worth, least)
        if bound > self.bound:
            self.bound, self._best = bound, worth
        return added
