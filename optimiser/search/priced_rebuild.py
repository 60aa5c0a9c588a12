"""Which people of a roster with prices get new rows next, and how many: those whose rows the relaxation finds dear."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

import numpy as np

from optimiser.domain.priced_roster import Letters
from optimiser.model.priced_master import Row
from optimiser.model.row_states import FORBIDDEN
from optimiser.search.priced_part import PricedPart
from optimiser.search.pricing import Pricing

START_SHARE, START_LEAST = 0.35, 16
"""People chosen anew at first, of all and at least."""
FEWEST = 10
GROW, SHRINK = 1.12, 0.97
"""The number grows when the relaxation tells that there was nothing to find, and shrinks a little when a promising
relaxation led to nothing."""
ANYBODY = 15.0
"""People are chosen by what their row costs at the prices of the relaxation, plus this."""


class PricedRebuild:
    """One thread's column generation on parts of rosters, from the rows and prices of the whole relaxation."""

    def __init__(
        self, pricing: Pricing, known: Sequence[dict[Row, float]], worth: np.ndarray, seed: int
    ) -> None:
        self.problem, self.random, self.worth = pricing.problem, Random(seed), worth
        self.pricing = pricing
        self.part = PricedPart(self.pricing, [dict(each) for each in known], self.random)
        staff = len(self.problem.staff)
        self.size = min(float(staff), max(START_SHARE * staff, START_LEAST))
        self._least: list[float] = []

    def try_all(self, roster: Letters, cost: int, seconds_left: Callable[[], float]) -> Letters | None:
        """A roster cheaper than ``cost`` with new rows for everybody, or None."""
        return self._choose(roster, list(range(len(roster))), cost, seconds_left)

    def try_some(self, roster: Letters, cost: int, seconds_left: Callable[[], float]) -> Letters | None:
        """A roster cheaper than ``cost``, which this one costs, with new rows for some people, or None."""
        self._learn(roster)
        while len(self._least) < len(roster):
            if seconds_left() <= 0:
                return None
            self._least.append(self.pricing.cheapest(len(self._least), self.worth).least)
        keys = [
            self.random.random() ** (1 / (ANYBODY + max(0.0, self.part.reduced(person, row, self.worth) - least)))
            for person, (row, least) in enumerate(zip(roster, self._least, strict=True))
        ]  # fmt: skip
        order = sorted(range(len(roster)), key=lambda person: -keys[person])
        found = self._choose(roster, sorted(order[: round(self.size)]), cost, seconds_left)
        if found is None and seconds_left() > 0:
            change = GROW if self.part.hopeless else SHRINK
            self.size = min(float(len(roster)), max(float(min(FEWEST, len(roster))), self.size * change))
        return found

    def _choose(
        self, roster: Letters, free: list[int], cost: int, seconds_left: Callable[[], float]
    ) -> Letters | None:  # fmt: skip
        self._learn(roster)
        return self.part.choose(dict(enumerate(roster)), free, cost, self.worth, seconds_left)

    def _learn(self, roster: Letters) -> None:
        """What the rows of a roster cost; rows that the states of rows forbid stay dear."""
        for person, row in enumerate(roster):
            if row not in self.part.known[person]:
                self.part.known[person][row] = min(FORBIDDEN, self.pricing.cost(person, row))
