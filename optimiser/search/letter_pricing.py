"""The cheapest row of each person at given prices of cover, where limits are hard: rosters of letters."""

from __future__ import annotations

import numpy as np

from optimiser.domain.letter_roster import FREE, LetterPerson, LetterProblem
from optimiser.domain.priced_letters import with_prices
from optimiser.model.priced_master import Row
from optimiser.search.kernel.letters.data import encode, room_of, scratch_for
from optimiser.search.kernel.letters.priced import priced_row
from optimiser.search.pricing import Cheapest, Pricing

MOST_COUNTED = 14
"""A shift that somebody may have so often at most is counted; others get dearer until they are few enough."""

MOST_ROOM = 1 << 28
"""Costs that one search may keep (1 GiB); where counting needs more, nothing is counted."""


class LetterPricing(Pricing):
    """Rows within all limits. Of each person's scarcest shift the maximum is counted; those of others are prices of
    their own, so that ``least`` may be below the cost of every row: the prices of the last call for a person are where
    her next one begins."""

    def __init__(self, problem: LetterProblem) -> None:
        super().__init__(with_prices(problem))
        self._scarce = [_scarcest(person, problem.days) for person in problem.staff]
        self.data = encode(problem, frozenset(self._scarce) - {FREE})
        people, days, letters = self.data.allowed.shape
        most = max(person.most_of[letter - 1] if letter else 0
                   for person, letter in zip(problem.staff, self._scarce, strict=True))  # fmt: skip
        if room_of(self.data, most) > MOST_ROOM:
            self._scarce, most = [FREE] * people, 0
        self._dearer = np.zeros((people, letters))
        self._scratch, self._row = scratch_for(self.data, 1, most), np.zeros(days, dtype=np.int64)
        self._days = np.arange(days)

    def cheapest(self, person: int, worth: np.ndarray) -> Cheapest:
        """By the compiled search over rows."""
        least, cost = priced_row(self.data, person, worth, self._dearer[person], self._scarce[person], self._scratch,
                                 self._row)  # fmt: skip
        return Cheapest(min(least, cost), cost, tuple(self._row.tolist()))

    def cost(self, person: int, row: Row) -> float:
        """What its requests cost; the row is taken to be lawful."""
        return float(self.data.wish[person, self._days, list(row)].sum())


def _scarcest(person: LetterPerson, days: int) -> int:
    """The letter of the shift that a person may have least often, if that is seldom; else ``FREE``."""
    some = [(most, number + 1) for number, most in enumerate(person.most_of) if 0 < most < min(days, MOST_COUNTED + 1)]
    return min(some)[1] if some else FREE
