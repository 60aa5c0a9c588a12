"""Rosters of letters from whole rows: column generation with the compiled search over rows, and dives."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from random import Random

import numpy as np
from ortools.util.python.solve_interrupter import SolveInterrupter

from optimiser.domain.letter_roster import LetterProblem, Letters
from optimiser.model.row_master import Priced, Row, RowMaster
from optimiser.search.kernel.letters.data import LetterData, scratch_for
from optimiser.search.kernel.letters.rebuild import priced_row
from optimiser.search.kernel.random_state import seeded

ROUNDS, DIVE_ROUNDS = 120, 3
"""Times rows are added at new prices, at the start and after each step of a dive."""
STEPS = 12
"""A dive settles people in about so many steps; the last few are combined in whole numbers."""
TOGETHER = 5
LAST_SECONDS = 3.0
STRAY = 0.4
"""How much chance changes which rows are settled first."""
WORTH = 1e-3
"""Rows that save less than this at the prices are not added."""
ROUNDING = 2.5e-4
"""What one day of one person may be off in the compiled costs (32 bits)."""


class RowSearch:
    """The rows known so far, and the rosters they lead to. Not for several threads at once."""

    def __init__(self, problem: LetterProblem, data: LetterData, seed: int, interrupter: SolveInterrupter) -> None:
        self.data, self.interrupter = data, interrupter
        self.master, self.random = RowMaster(problem), Random(seed)
        self._state, self._scratch = seeded(seed), scratch_for(data, 1)
        self.bound = -math.inf

    @property
    def size(self) -> int:
        """How many rows there are."""
        return sum(len(rows) for rows in self.master.rows)

    def learn(self, roster: Letters) -> None:
        """Keep the rows of a lawful roster."""
        for person, row in enumerate(roster):
            self.master.add(person, row)

    def generate(self, seconds_left: Callable[[], float]) -> None:
        """Add rows until none helps the relaxation; ``bound`` rises on the way."""
        self.master.fix({})
        everyone = range(len(self.master.rows))
        for _ in range(ROUNDS):
            priced = self.master.relax(seconds_left(), self.interrupter)
            if priced is None or not self._add_rows(priced, list(everyone), seconds_left, whole=True):
                return

    def dive(
        self, seconds_left: Callable[[], float], below: float, kept: Mapping[int, Row] | None = None
    ) -> Letters | None:
        """A roster with the ``kept`` rows that may cost less than ``below``: the clearest rows are settled, the others
        follow at new prices. None: time is over, or it would not."""
        fixed: dict[int, Row] = dict(kept or {})
        everyone = len(self.master.rows)
        while True:
            self.master.fix(fixed)
            left = [person for person in range(everyone) if person not in fixed]
            for _ in range(DIVE_ROUNDS):
                priced = self.master.relax(seconds_left(), self.interrupter)
                if priced is None:
                    return None
                if not self._add_rows(priced, left, seconds_left):
                    break
            priced = self.master.relax(seconds_left(), self.interrupter)
            if priced is None or (kept and priced.cost > below - 1 + 1e-6) or seconds_left() <= 0:
                return None
            if len(left) <= TOGETHER:
                return self.master.combine(min(LAST_SECONDS, seconds_left()), self.interrupter)
            self._settle(priced, fixed, left)

    def _settle(self, priced: Priced, fixed: dict[int, Row], left: list[int]) -> None:
        """Settle whole rows, and the fullest of the others."""
        free = set(left)
        values = [
            (value if value > 0.999 else value * self.random.uniform(1 - STRAY, 1), person, row)
            for (person, row), value in priced.used.items() if person in free
        ]  # fmt: skip
        count = max(1, len(self.master.rows) // STEPS)
        for value, person, row in sorted(values, reverse=True):
            if person not in fixed and (count > 0 or value > 0.999) and len(free) > TOGETHER:
                fixed[person] = row
                free.discard(person)
                count -= 1

    def _add_rows(
        self, priced: Priced, people: list[int], seconds_left: Callable[[], float], whole: bool = False
    ) -> bool:  # fmt: skip
        """Add the best row of each person at the prices; False: none is worth it, or the time is over."""
        _, days, letters = self.data.allowed.shape
        worth = np.zeros((days, letters))
        for (day, letter), value in priced.saves.items():
            worth[day, letter] = value
        row = np.zeros(days, dtype=np.int64)
        before, bound = self.size, priced.cost
        for person in people:
            if seconds_left() <= 0:
                return False
            least, found = priced_row(self.data, person, worth, self._state, self._scratch, row)
            saved = priced.settled[person] - least
            bound -= max(0.0, saved)
            if found and saved > WORTH:
                self.master.add(person, tuple(int(letter) for letter in row))
        if whole:
            self.bound = max(self.bound, bound - ROUNDING * days * len(people))
        return self.size > before
