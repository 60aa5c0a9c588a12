"""Rosters with prices from whole rows: column generation with the compiled search over rows, and dives.

The relaxation over all rows of all people is what branch and price starts from; each set of prices on the way proves a
bound by itself. Prices are drawn towards those that proved most (Wentges 1997), which more than halves the rounds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from random import Random

import numpy as np
from ortools.util.python.solve_interrupter import SolveInterrupter

from optimiser.domain.priced_roster import Letters, PricedRoster
from optimiser.model.priced_master import PricedMaster, Prices, Row
from optimiser.model.row_states import FORBIDDEN
from optimiser.search.row_pricing import RowPricing

ROUNDS, DIVE_ROUNDS = 400, 3
"""Times rows are added at new prices, at the start and after each step of a dive."""
DRAWN = 0.7
"""How far prices are drawn towards the best ones."""
STEPS = 12
"""A dive settles people in about so many steps; the last few are combined in whole numbers."""
TOGETHER = 5
LAST_SECONDS = 3.0
STRAY = 0.4
"""How much chance changes which rows are settled first."""
WORTH = 1e-5
"""Rows that save less than this at the prices are not added."""


class PricedRows:
    """The rows known so far, and the rosters they lead to. ``bound``: no roster costs less; ``settled`` says that the
    relaxation is solved. Not for several threads at once."""

    def __init__(self, problem: PricedRoster, seed: int, interrupter: SolveInterrupter | None = None) -> None:
        self.problem, self.interrupter, self.random = problem, interrupter, Random(seed)
        self.pricing, self.master = RowPricing(problem), PricedMaster(problem)
        self.bound, self.settled = -math.inf, False
        self._best = np.zeros((problem.days, len(problem.shift_of)))
        for person in range(len(problem.staff)):
            cost, row = self.pricing.cheapest(person, self._best)
            self.master.add(person, row, cost)

    def learn(self, roster: Letters) -> None:
        """Keep the rows of a roster that may be."""
        for person, row in enumerate(roster):
            cost = self.pricing.cost(person, row)
            if cost < FORBIDDEN:
                self.master.add(person, row, cost)

    def generate(self, seconds_left: Callable[[], float]) -> None:
        """Add rows until none helps the relaxation, or the time is over; ``bound`` rises on the way."""
        self.master.fix({})
        everyone = list(range(len(self.problem.staff)))
        drawn = DRAWN
        for _ in range(ROUNDS):
            prices = self.master.relax(seconds_left(), self.interrupter)
            if prices is None:
                return
            share = drawn if self.bound > 0 else 0.0
            worth = self.pricing.rounded(share * self._best + (1 - share) * prices.worth)
            added = self._add_rows(prices, worth, everyone, seconds_left)
            if added is None:
                return
            if not added:
                if share == 0.0 or self.bound >= math.ceil(prices.cost - 1e-6):
                    self.settled = True
                    return
                drawn = drawn / 2 if drawn > 0.05 else 0.0

    def dive(
        self, seconds_left: Callable[[], float], below: float, kept: Mapping[int, Row] | None = None
    ) -> Letters | None:
        """A roster with the ``kept`` rows that may cost less than ``below``: the clearest rows are settled, the others
        follow at new prices. None: time is over, or it would not."""
        fixed: dict[int, Row] = dict(kept or {})
        while True:
            self.master.fix(fixed)
            left = [person for person in range(len(self.problem.staff)) if person not in fixed]
            prices = None
            for _ in range(DIVE_ROUNDS):
                prices = self.master.relax(seconds_left(), self.interrupter)
                if prices is None:
                    return None
                if not self._add_rows(prices, self.pricing.rounded(prices.worth), left, seconds_left):
                    break
            else:
                prices = self.master.relax(seconds_left(), self.interrupter)
            if prices is None or seconds_left() <= 0 or (kept is not None and prices.cost > below - 1e-6):
                return None
            if len(left) <= TOGETHER:
                return self.master.combine(min(LAST_SECONDS, seconds_left()), self.interrupter)
            self._settle(prices, fixed, left)

    def _settle(self, prices: Prices, fixed: dict[int, Row], left: list[int]) -> None:
        """Settle whole rows, and the fullest of the others."""
        free = set(left)
        values = [
            (value if value > 0.999 else value * self.random.uniform(1 - STRAY, 1), person, row)
            for (person, row), value in prices.used.items() if person in free
        ]  # fmt: skip
        count = max(1, len(self.problem.staff) // STEPS)
        for value, person, row in sorted(values, reverse=True):
            if person not in fixed and (count > 0 or value > 0.999) and len(free) > TOGETHER:
                fixed[person] = row
                free.discard(person)
                count -= 1

    def _add_rows(
        self, prices: Prices, worth: np.ndarray, people: list[int], seconds_left: Callable[[], float]
    ) -> int | None:
        """Add the best row of each person at ``worth`` if it helps at the prices; how many, None when time is over.
        With everybody, ``bound`` may rise."""
        added, least = 0, 0.0
        days = np.arange(self.problem.days)
        for person in people:
            if seconds_left() <= 0:
                return None
            cost, row = self.pricing.cheapest(person, worth)
            least += cost
            places = (days, list(row))
            own = cost + float(worth[places].sum())
            if own < FORBIDDEN and own - float(prices.worth[places].sum()) < prices.settled[person] - WORTH:
                added += self.master.add(person, row, own)
        if len(people) == len(self.problem.staff):
            bound = self.pricing.bound(worth, least)
            if bound > self.bound:
                self.bound, self._best = bound, worth
        return added
