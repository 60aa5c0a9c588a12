"""Rosters with prices from whole rows: column generation with the compiled search over rows, and dives.

The relaxation over all rows of all people is what branch and price starts from; each set of prices on the way proves a
bound by itself. Prices are drawn towards those that proved most (Wentges 1997), which more than halves the rounds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from random import Random

import numpy as np

from optimiser.domain.priced_roster import Letters, PricedRoster
from optimiser.model.priced_master import PricedMaster, Prices, Row
from optimiser.model.priced_model import refill_priced
from optimiser.model.row_states import FORBIDDEN
from optimiser.search.row_pricing import RowPricing

ROUNDS, DIVE_ROUNDS = 400, 30
"""Times rows are added at new prices, at most: for the bound, and after each step of a dive."""
DRAWN = 0.7
"""How far prices are drawn towards the best ones."""
POOL = 60
"""Rows of each person that a dive begins with, the best at the best prices."""
STEPS = 30
"""A dive settles one in so many of the people who are left at a time: more at once end far higher."""
TOGETHER, LAST_EFFORT = 3, 3.0
"""CP-SAT fills the rows of the last people of a dive, with so much effort."""
HARDLY = 0.01
"""A dive is given up when the relaxation costs so much more than what it should be below."""
STRAY = 0.1
"""How much chance changes which rows are settled first."""
WHOLE = 0.999
"""Rows that are used so much are settled at once."""
WORTH = 1e-5
"""Rows that save less than this at the prices are not added."""


class PricedRows:
    """The rows known so far, and the rosters they lead to. ``bound``: no roster costs less; ``settled`` says that the
    relaxation is solved. Not for several threads at once."""

    def __init__(self, problem: PricedRoster, seed: int) -> None:
        self.problem, self.random = problem, Random(seed)
        self.pricing, self.master = RowPricing(problem), PricedMaster(problem)
        self.bound, self.settled = -math.inf, False
        self.known: list[dict[Row, float]] = [{} for _ in problem.staff]
        self._best = np.zeros((problem.days, len(problem.shift_of)))
        for person in range(len(problem.staff)):
            cost, row = self.pricing.cheapest(person, self._best)
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
        everyone = list(range(len(self.problem.staff)))
        drawn = DRAWN
        for _ in range(ROUNDS):
            prices = self.master.relax(seconds_left())
            if prices is None:
                return
            share = drawn if self.bound > 0 else 0.0
            worth = self.pricing.rounded(share * self._best + (1 - share) * prices.worth)
            added = self._add_rows(self.master, prices, worth, everyone, seconds_left)
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
        """A roster with the ``kept`` rows that costs less than ``below`` or hardly more: the fullest rows are settled,
        the others follow at new prices, and CP-SAT fills the last ones. None: time is over, or it would cost more."""
        master, fixed = PricedMaster(self.problem), dict(kept or {})
        left = [person for person in range(len(self.problem.staff)) if person not in fixed]
        for person, row in fixed.items():
            master.add(person, row, self.pricing.cost(person, row))
            master.settle(person, row)
        for person in left:
            known = self.known[person]
            for row in sorted(known, key=lambda each: self._reduced(person, each))[:POOL]:
                master.add(person, row, known[row])
        while True:
            prices = None
            for _ in range(DIVE_ROUNDS):
                prices = master.relax(seconds_left())
                if prices is None or seconds_left() <= 0:
                    return None
                if not self._add_rows(master, prices, self.pricing.rounded(prices.worth), left, seconds_left):
                    break
            if prices is None or prices.cost > below * (1 + HARDLY):
                return None
            if len(left) <= TOGETHER:
                return self._last(master, prices, left, seconds_left)
            self._settle(master, prices, left)

    def _reduced(self, person: int, row: Row) -> float:
        """What a row costs at the best prices."""
        return self.known[person][row] - float(self._best[np.arange(self.problem.days), list(row)].sum())

    def _last(
        self, master: PricedMaster, prices: Prices, left: list[int], seconds_left: Callable[[], float]
    ) -> Letters | None:
        """The last people by CP-SAT, from their fullest rows."""
        rows = dict(master.settled)
        for _, person, row in sorted((value, person, row) for (person, row), value in prices.used.items()):
            rows[person] = row
        roster = tuple(rows[person] for person in range(len(self.problem.staff)))
        free = dict.fromkeys(left, frozenset(range(self.problem.days)))
        seed = self.random.randrange(1 << 30)
        filled, _ = refill_priced(self.problem, roster, free, seconds_left(), seed, LAST_EFFORT)
        return filled

    def _settle(self, master: PricedMaster, prices: Prices, left: list[int]) -> None:
        """Settle whole rows, and the fullest of the others; who is settled is no longer ``left``."""
        values = [
            (value if value > WHOLE else value * self.random.uniform(1 - STRAY, 1), person, row)
            for (person, row), value in prices.used.items() if person in left
        ]  # fmt: skip
        count = max(1, len(left) // STEPS)
        for value, person, row in sorted(values, reverse=True):
            if person in left and (count > 0 or value > WHOLE) and len(left) > TOGETHER:
                master.settle(person, row)
                left.remove(person)
                count -= 1

    def _add_rows(
        self, master: PricedMaster, prices: Prices, worth: np.ndarray, people: list[int],
        seconds_left: Callable[[], float],
    ) -> int | None:  # fmt: skip
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
                added += master.add(person, row, own)
                self.known[person][row] = own
        if not master.settled:
            bound = self.pricing.bound(worth, least)
            if bound > self.bound:
                self.bound, self._best = bound, worth
        return added
