"""Parts of a roster with prices that are chosen anew while the rest stays: which people and which days."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from optimiser.domain.priced_roster import FREE, Letters, PricedRoster
from optimiser.model.priced_model import Free

Kind = Literal["days", "people", "alike", "short", "block"]
KINDS: tuple[Kind, ...] = ("days", "people", "alike", "short", "block")
START_CELLS: dict[Kind, int] = {"days": 180, "people": 140, "alike": 112, "short": 140, "block": 150}
"""Cells (person and day) that two processor seconds solved to the end from annealed rosters of 30 to 100 nurses."""
LEAST_CELLS = 40
GROWTH = 1.05
"""A kind that is solved to the end grows by so much, one that is not shrinks by its third power."""
PRIOR = 4.0
"""Tries that each kind is taken to have had, all equally good."""


@dataclass
class PricedNeighbourhoods:
    """Chooses neighbourhoods; keeps how many cells of each kind can be solved to the end, and what each kind gains for
    its time, so that the better ones come more often."""

    problem: PricedRoster
    random: Random
    cells: dict[Kind, float] = field(default_factory=lambda: {kind: float(START_CELLS[kind]) for kind in KINDS})
    gains: dict[Kind, list[float]] = field(default_factory=lambda: {kind: [1.0, PRIOR] for kind in KINDS})

    def choose(self, roster: Letters) -> tuple[Kind, Free]:
        """A kind, and the free days of the people in it."""
        kind = self.random.choices(KINDS, [gain / time for gain, time in self.gains.values()])[0]
        days, people = self.problem.days, len(self.problem.staff)
        if kind == "days":
            length = max(2, round(self.cells[kind] / people))
            count = people if length >= 4 else max(2, round(self.cells[kind] / 4))
            length = max(4, length)
        elif kind == "block":
            length = min(days, 14)
            count = round(self.cells[kind] / length)
        else:
            length, count = days, round(self.cells[kind] / days)
        length, count = min(days, length), min(people, max(2, count))
        day, letter = self._short(roster)
        middle = day if kind == "short" or self.random.random() < 0.5 else self.random.randrange(days)
        first = min(max(0, middle - self.random.randrange(length)), days - length)
        chosen = self._people(kind, count, day, letter)
        return kind, dict.fromkeys(chosen, frozenset(range(first, first + length)))

    def _people(self, kind: Kind, count: int, day: int, letter: int) -> list[int]:
        """Anybody; people whose letters are most like those of one of them; half of them people who may fill what is
        short, where all days are not free to all."""
        allowed, staff = self.problem.allowed, self.problem.staff
        order = list(range(len(staff)))
        self.random.shuffle(order)
        if kind == "alike" or (kind == "days" and count < len(staff)):
            may = staff[order[0]].may
            order.sort(key=lambda each: -len(may & staff[each].may) / len(may | staff[each].may or {FREE}))
        elif kind == "short":
            able = [each for each in order if letter in allowed[each][day]][: (count + 1) // 2]
            order = [*able, *(each for each in order if each not in able)]
        return sorted(order[:count])

    def _short(self, roster: Letters) -> tuple[int, int]:
        """A day and letter with fewer people than wanted, by how many are missing; any cover when none has."""
        there = Counter((day, letter) for row in roster for day, letter in enumerate(row))
        missing = [max(0, each.wanted - there[each.day, each.letter]) for each in self.problem.cover]
        if not missing:
            return self.random.randrange(self.problem.days), FREE
        each = self.random.choices(self.problem.cover, missing if any(missing) else None)[0]
        return each.day, each.letter

    def learn(self, kind: Kind, solved: bool, gain: float, seconds: float) -> None:
        """Adapt the size and the share of a kind: ``gain`` is how much cheaper the roster became, relative to what the
        searcher hopes for in one try, ``seconds`` the processor time relative to a usual try."""
        top = float(len(self.problem.staff) * self.problem.days)
        self.cells[kind] = min(top, max(float(LEAST_CELLS), self.cells[kind] * (GROWTH if solved else GROWTH**-3)))
        self.gains[kind] = [0.97 * self.gains[kind][0] + gain, 0.97 * self.gains[kind][1] + seconds]
