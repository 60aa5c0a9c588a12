"""Rows of some people chosen anew beside those of all others: column generation, the fullest rows settled step by
step, and the last people together in whole numbers.

Settling one after another loses most where few people are left, whose rows no longer fit: they are therefore combined
exactly from all rows that can still pay (reduced cost below what is to be gained).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from random import Random

import numpy as np

from optimiser.domain.priced_roster import HARD, PricedRoster
from optimiser.model.priced_columns import combine_columns
from optimiser.model.priced_master import PricedMaster, Prices, Row
from optimiser.model.row_states import FORBIDDEN
from optimiser.search.pricing import Pricing
from optimiser.search.row_generation import RowGeneration

POOL = 60
"""Rows of each person that column generation begins with."""
ROUNDS, LAST_ROUNDS = 15, 120
"""Times rows are added after each step, and before the last people are combined."""
TOGETHER, COLUMNS, EFFORT = 6, 90, 1.5
"""People who are combined in whole numbers, most rows of each, and deterministic seconds for it."""
FEWEST = 3
"""When that finds nothing, half as many are combined, and then one."""
FEW = 20
"""So few people are always solved to the end."""
CLOSE = 0.008
"""What is combined may cost so much more than the relaxation: else more people are settled first."""
RISE = 0.003
"""Where the relaxation rises by more after a step, it is solved to its end."""
TAIL = 3e-4
"""A relaxation that can fall by no more than this share is as good as solved."""
STEPS, HURRY, EASE = 30, 2.0, 0.4
"""One in so many of the people left is settled at a time, more where the time would not do: early, where it costs
least, so that half of the time is left for the few; the last steps are shorter ones."""
WHOLE = 0.97
STRAY = 0.15
KNOWN = 500
"""Rows that are remembered of each person."""
EVEN, WORTH = 1e-6, 1e-2
LAST_SHARE, LAST_SECONDS = 0.25, 1.0
"""Combining takes at most so much of the time that came before, or so long."""


class PricedPart:
    """``known[person]``: row -> its cost, read and added to. Not for several threads at once."""

    def __init__(self, pricing: Pricing, known: list[dict[Row, float]], random: Random):
        self.problem, self.pricing, self.known, self.random = pricing.problem, pricing, known, random
        self._days = np.arange(self.problem.days)
        self.hopeless = False

    def choose(
        self, rows: Mapping[int, Row], free: list[int], below: float, worth: np.ndarray,
        seconds_left: Callable[[], float],
    ) -> tuple[Row, ...] | None:  # fmt: skip
        """A roster that costs less than ``below``, people who are not ``free`` keeping their ``rows``; ``worth`` are
        prices to begin with. None: time is over or none was found; ``hopeless`` says whether the relaxation told
        so before anybody was settled."""
        fixed = {person: row for person, row in rows.items() if person not in free}
        begin, bar = seconds_left(), below - self.pricing.grid + EVEN
        left, together, self.hopeless, reached = list(free), TOGETHER, False, below
        while True:
            clock = seconds_left()
            sub, constant = self.rest(fixed)
            people = list(left)
            generation = RowGeneration(self.pricing, sub, people, self.known, worth)
            for at, person in enumerate(people):
                for row in self._pool(person, worth, rows.get(person)):
                    generation.master.add(at, row, self.known[person][row])
            last, most = len(left) <= together, below - constant
            usual = min(bar, reached * (1 + RISE)) - constant
            done = partial(self._done, generation, usual, bar - constant)
            prices = generation.run(LAST_ROUNDS, WORTH, seconds_left, done)
            if prices is None:
                return None
            worth, reached = generation.worth, prices.cost + constant
            if generation.least + constant > bar or reached * (1 - TAIL) > bar:
                self.hopeless = len(left) == len(free)
                return None
            if last:
                close = prices.cost + CLOSE * (prices.cost + constant) if together > 1 else most
                spent = max(LAST_SECONDS, LAST_SHARE * (begin - seconds_left()))
                seconds = min(seconds_left(), spent)
                found = self._last(sub, people, generation.master, prices, fixed, min(most, close), seconds)
                if found is not None or together == 1:
                    return found
                together = together // 2 if together > FEWEST else 1
            pace = (clock - seconds_left()) / max(EVEN, seconds_left())
            late = pace * (HURRY * (len(left) - FEW) if len(left) > FEW else EASE * len(left))
            count = max(1, len(left) // STEPS, math.ceil(min(late, len(left))))
            self._settle(prices, people, left, fixed, together, count)

    def rest(self, fixed: Mapping[int, Row]) -> tuple[PricedRoster, float]:
        """The problem of all who are not fixed, and what the fixed rows cost for themselves."""
        there = Counter((day, letter) for row in fixed.values() for day, letter in enumerate(row))
        cover, constant = [], sum(self.known[person][row] for person, row in fixed.items())
        for each in self.problem.cover:
            had = there[each.day, each.letter]
            constant += max(0, each.over) * max(0, had - each.wanted)
            if each.wanted > had or each.over != 0:
                cover.append(replace(each, minimum=max(0, each.minimum - had), wanted=max(0, each.wanted - had)))
        staff = tuple(each for person, each in enumerate(self.problem.staff) if person not in fixed)
        return replace(self.problem, staff=staff, requests=(), cover=tuple(cover)), constant

    def reduced(self, person: int, row: Row, worth: np.ndarray) -> float:
        """What a known row costs at prices."""
        return self.known[person][row] - float(worth[self._days, row].sum())

    def _pool(self, person: int, worth: np.ndarray, had: Row | None) -> list[Row]:
        """The best known rows at the prices, and the one she has; others are forgotten when there are too many."""
        known = self.known[person]
        table = np.array(list(known))
        costs = np.array(list(known.values())) - worth[self._days, table].sum(axis=1)
        order = np.argsort(costs, kind="stable")
        rows = list(known)
        if len(rows) > KNOWN:
            for at in order[KNOWN // 2 :]:
                if rows[at] != had:
                    del known[rows[at]]
        best = [rows[at] for at in order[:POOL]]
        return best if had is None or had in best else [*best, had]

    @staticmethod
    def _done(generation: RowGeneration, usual: float, bar: float, number: int, prices: Prices) -> bool:
        """Whether a relaxation is solved well enough: nothing below the ``bar`` can be found, or it can hardly fall.
        What seems to cost more than ``usual``, and few people, are solved further than others: with too few rows, what
        is settled next would be chosen badly."""
        if generation.least > bar or prices.cost - generation.least <= TAIL * bar:
            return True
        return number >= ROUNDS and len(generation.people) > FEW and prices.cost <= usual

    def _settle(
        self, prices: Prices, people: list[int], left: list[int], fixed: dict[int, Row], together: int,
        count: int,
    ) -> None:  # fmt: skip
        """Settle whole rows and the ``count`` fullest of the others, as long as enough are left."""
        values = [
            (value if value > WHOLE else value * self.random.uniform(1 - STRAY, 1), at, row)
            for (at, row), value in prices.used.items() if people[at] in left
        ]  # fmt: skip
        for value, at, row in sorted(values, reverse=True):
            if people[at] in left and (count > 0 or value > WHOLE) and len(left) > together:
                left.remove(people[at])
                fixed[people[at]] = row
                count -= 1

    def _last(
        self, sub: PricedRoster, people: list[int], master: PricedMaster, prices: Prices, fixed: Mapping[int, Row],
        below: float, seconds: float,
    ) -> tuple[Row, ...] | None:  # fmt: skip
        """The last people together, from the rows that may still pay; the last one alone, from all rows."""
        if len(people) == 1:
            worth = np.zeros_like(prices.worth)
            for each in sub.cover:
                needed = each.under if each.minimum == 0 else each.under_minimum
                value = needed if each.wanted > 0 else -each.over
                worth[each.day, each.letter] += value if value != HARD else FORBIDDEN if each.wanted > 0 else 0
            worth = self.pricing.rounded(worth)
            _, cost, row = self.pricing.cheapest(people[0], worth)
            if cost + float(worth[self._days, row].sum()) >= FORBIDDEN:
                return None
            self.known[people[0]][row] = self.pricing.cost(people[0], row)
            return self._roster({**fixed, people[0]: row})
        spare = below - self.pricing.grid - prices.cost + EVEN
        rows: list[dict[Row, int]] = []
        for at, person in enumerate(people):
            costs = {row: self.reduced(person, row, prices.worth) - prices.settled[at] for row in master.rows[at]}
            best = [row for row in sorted(costs, key=lambda row: costs[row]) if costs[row] <= spare][:COLUMNS]
            rows.append({row: round(self.known[person][row]) for row in best})
        most = int(np.ceil(below)) if np.isfinite(below) else None
        seed = self.random.randrange(1 << 30)
        found = combine_columns(sub, rows, most, seconds, seed, EFFORT)
        if found is None:
            return None
        return self._roster({**fixed, **dict(zip(people, found, strict=True))})

    def _roster(self, rows: Mapping[int, Row]) -> tuple[Row, ...]:
        """All rows in the order of the staff."""
        return tuple(rows[person] for person in range(len(self.problem.staff)))
