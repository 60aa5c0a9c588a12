"""Rosters with prices from whole rows: the relaxation over all rows of all people, which branch and price starts
from, and the bound that it proves."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from optimiser.domain.priced_roster import Letters
from optimiser.model.priced_master import Prices, Row
from optimiser.model.row_states import FORBIDDEN
from optimiser.search.pricing import Pricing
from optimiser.search.row_generation import RowGeneration

ROUNDS = 400
"""Times rows are added at new prices, at most."""
WORTH = 1e-5
"""Rows that save less than this at the prices are not added."""
ROUNDING = 1e-9


class PricedRows:
    """The rows known so far; ``settled``: the relaxation, or its cost rounded up, is proved. Not for several threads at
    once."""

    def __init__(self, pricing: Pricing) -> None:
        self.pricing, problem = pricing, pricing.problem
        everybody = range(len(problem.staff))
        self.known: list[dict[Row, float]] = [{} for _ in everybody]
        self._generation = RowGeneration(pricing, problem, everybody, self.known)
        self.master, self.settled = self._generation.master, False

    @property
    def bound(self) -> float:
        """What no roster costs less than, in steps of what costs can be; minus infinity when nothing is known."""
        least, grid = self._generation.least, self.pricing.grid
        return grid * math.ceil(least / grid - ROUNDING) if math.isfinite(least) else least

    @property
    def worth(self) -> np.ndarray:
        """The prices that proved most: what one more person is worth at each ``[day, letter]``."""
        return self._generation.worth

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
        """Add rows until none helps the relaxation, its cost rounded up is proved, or the time is over."""
        for person in range(len(self.known)):
            if seconds_left() <= 0:
                return
            _, cost, row = self.pricing.cheapest(person, self.worth)
            if cost < FORBIDDEN:
                self._keep(person, row, cost)

        def proved(_: int, prices: Prices) -> bool:
            """Whether no roster costs less than the relaxation, rounded up."""
            self.settled = self.bound >= math.ceil(prices.cost - 1e-6)
            return self.settled

        self._generation.run(ROUNDS, WORTH, seconds_left, proved)
        self.settled = self.settled or self._generation.settled
