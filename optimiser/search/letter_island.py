"""One compiled search for rosters of letters: its own roster, its own chance, in slices that can be stopped."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import numpy as np

from optimiser.domain.letter_roster import LetterPerson, LetterProblem, Letters, LetterShift
from optimiser.search.kernel.letters.anneal import MOST_PEOPLE, anneal
from optimiser.search.kernel.letters.data import (
    NO_LETTER,
    LetterState,
    encode,
    full_cost,
    roster_of,
    scratch_for,
    state_of,
)
from optimiser.search.kernel.letters.rebuild import first_rows
from optimiser.search.kernel.random_state import seeded
from optimiser.search.letter_pricing import LetterPricing

SLICE_SECONDS = 0.1
MOST_STEPS = 50_000
LENGTHS = (7, 10, 14, 21, 28, 42)
"""Longest windows, taken in turn from slice to slice; whole rows as well."""


def compile_letters() -> None:
    """Have all machine code ready (40 seconds of one core, once for each version) before a clock runs."""
    person = LetterPerson("", (1,), 1, 0, 1, 1, 1, 1)
    problem = LetterProblem("", 1, (LetterShift("", 1),), (person,), (), (), ())
    island = Island(problem, 0)
    island.slice(1.0)
    LetterPricing(problem).cheapest(0, np.zeros((1, 2)))


class Island:
    """A roster that is always lawful, and the best that it has been. ``missing``: people for whom no first row was
    found, or none yet when time was over; ``seconds_each``: processor time of a row."""

    def __init__(self, problem: LetterProblem, seed: int, seconds_left: Callable[[], float] = lambda: math.inf) -> None:
        self.data = encode(problem)
        people, days, letters = self.data.allowed.shape
        self._scratch, self._random = scratch_for(self.data, MOST_PEOPLE), seeded(seed)
        cells = np.full((people, days), NO_LETTER, dtype=np.int64)
        self.state = LetterState(cells, np.zeros((days, letters), dtype=np.int64))
        order = np.random.default_rng(seed).permutation(people).astype(np.int64)
        begin, self.missing = time.thread_time(), []
        for person in order:
            one = np.array([person])
            if seconds_left() <= 0 or first_rows(self.data, self.state, one, self._random, self._scratch):
                self.missing.append(int(person))
        self.seconds_each = (time.thread_time() - begin) / people
        self.cost = full_cost(self.data, self.state) if self.lawful else 0
        self.best, self.best_cost = self.state.rows.copy(), self.cost
        self._lengths = (*(each for each in LENGTHS if each < days), days)
        self._steps = dict.fromkeys(self._lengths, 20)
        self._turn = 0

    @property
    def lawful(self) -> bool:
        """Whether everybody has a row."""
        return not self.missing

    def take(self, roster: Letters) -> None:
        """Go on from a lawful roster."""
        self.state = state_of(self.data, roster)
        self.cost = full_cost(self.data, self.state)
        self.best, self.best_cost = self.state.rows.copy(), self.cost
        self.missing = []

    def slice(self, hot: float) -> None:
        """A short time of annealing at one temperature, with the next length of windows."""
        length = self._lengths[self._turn % len(self._lengths)]
        self._turn += 1
        steps, begin = self._steps[length], time.thread_time()
        self.cost, self.best_cost = anneal(
            self.data, self.state, self.best, self.cost, self.best_cost, hot, steps, length, self._random,
            self._scratch,
        )  # fmt: skip
        used = max(1e-4, time.thread_time() - begin)
        self._steps[length] = max(1, min(MOST_STEPS, 2 * steps, round(steps * SLICE_SECONDS / used)))

    def cool(self, hot: float, cold: float, share: Callable[[], float], after: Callable[[float], None]) -> None:
        """Slices from hot to cold while ``share`` of the time is below one; ``after`` each the temperature."""
        while (done := share()) < 1:
            now = hot * (cold / hot) ** done
            self.slice(now)
            after(now)

    @property
    def now(self) -> Letters:
        """The roster that search is at."""
        return roster_of(self.state)

    @property
    def found(self) -> Letters:
        """The best roster since the start or the last one taken."""
        return roster_of(LetterState(self.best, self.state.there))
