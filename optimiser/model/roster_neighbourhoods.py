"""Parts of a roster of letters that are chosen anew while the rest stays: which, and the best way to fill them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from ortools.sat.python import cp_model

from optimiser.domain.letter_roster import FREE, LetterProblem, Letters
from optimiser.model.letter_model import Free, build_letters

Kind = Literal["people", "alike", "short", "spare", "days", "block"]
KINDS: tuple[Kind, ...] = ("people", "alike", "short", "spare", "days", "block")
START_CELLS, LEAST_CELLS = 6 * 28, 40
BLUR = 25
"""Search takes what too few people cost for up to one in so many more or less, another in each neighbourhood: shifts
that stay short then wander to where they can be mended."""
GROWTH = 1.06
"""A kind that is solved to the end grows by so much, one that is not shrinks by its third power."""
EFFORT = 2.0
"""Deterministic seconds of CP-SAT for one neighbourhood."""


@dataclass
class Neighbourhoods:
    """Chooses neighbourhoods and keeps how many cells (person and day) of each kind can be solved to the end."""

    problem: LetterProblem
    random: Random
    cells: dict[Kind, float] = field(default_factory=lambda: dict.fromkeys(KINDS, float(START_CELLS)))

    def choose(self, roster: Letters) -> tuple[Kind, Free]:
        """A kind, and the free days of the people in it."""
        kind = self.random.choice(KINDS)
        days, staff = self.problem.days, range(len(self.problem.staff))
        count = min(len(staff), max(2, round(self.cells[kind] / days)))
        length = days
        if kind == "days":
            count, length = len(staff), round(self.cells[kind] / len(staff))
        elif kind == "block":
            count = min(len(staff), 2 * count)
            length = round(self.cells[kind] / count)
        length = min(days, max(4, length))
        middle = self._short(roster)[0] if self.random.random() < 0.5 else self.random.randrange(days)
        first = min(max(0, middle - self.random.randrange(length)), days - length)
        window = frozenset(range(first, first + length))
        return kind, dict.fromkeys(self._people(kind, count, roster), window)

    def _people(self, kind: Kind, count: int, roster: Letters) -> list[int]:
        """Who: anybody; first people with the same limits, or half of them people who could fill a shift that is short
        or who have minutes to spare, the others at random, so that they can make room."""
        staff = self.problem.staff
        order = list(range(len(staff)))
        self.random.shuffle(order)
        if kind == "alike":
            one = (staff[order[0]].most_minutes, staff[order[0]].most_run)
            order.sort(key=lambda each: (staff[each].most_minutes, staff[each].most_run) != one)
        elif kind in ("short", "spare"):
            if kind == "short":
                day, letter = self._short(roster)
                first = sorted(order, key=lambda each: letter not in self.problem.allowed[each][day])
            else:
                first = sorted(order, key=lambda each: -self._spare(each, roster) * self.random.random())
            chosen = first[: (count + 1) // 2]
            order = [*chosen, *(each for each in order if each not in chosen)]
        return sorted(order[:count])

    def _spare(self, person: int, roster: Letters) -> int:
        """Minutes that a person could work more."""
        worked = sum(self.problem.shifts[letter - 1].minutes for letter in roster[person] if letter != FREE)
        return self.problem.staff[person].most_minutes - worked

    def _short(self, roster: Letters) -> tuple[int, int]:
        """A day and letter whose cover costs something, by the cost; any cover when none does."""
        there = Counter((day, letter) for row in roster for day, letter in enumerate(row))
        costs = [cover_cost(each.needed - there[each.day, each.shift + 1], each.under, each.over)
                 for each in self.problem.cover]  # fmt: skip
        weights = costs if any(costs) else None
        each = self.random.choices(self.problem.cover, weights)[0]
        return each.day, each.shift + 1

    def learn(self, kind: Kind, solved: bool) -> None:
        """Adapt the size of a kind."""
        top = float(len(self.problem.staff) * self.problem.days)
        factor = GROWTH if solved else GROWTH**-3
        self.cells[kind] = min(top, max(float(LEAST_CELLS), self.cells[kind] * factor))


def cover_cost(lacking: int, under: int, over: int) -> int:
    """The cost of one cover row."""
    return under * lacking if lacking > 0 else -over * lacking


def letter_cost(problem: LetterProblem, roster: Letters) -> int:
    """What a roster costs, for search; the referee counts by itself."""
    there = Counter((day, letter) for row in roster for day, letter in enumerate(row) if letter != FREE)
    cover = sum(cover_cost(each.needed - there[each.day, each.shift + 1], each.under, each.over)
                for each in problem.cover)  # fmt: skip
    return cover + sum(
        each.weight for each in problem.requests if (roster[each.person][each.day] == each.shift + 1) != each.wanted
    )


def refill(
    problem: LetterProblem, roster: Letters, free: Free, seconds: float, seed: int, effort: float = EFFORT,
    blur: int = 0,
) -> tuple[Letters | None, bool]:  # fmt: skip
    """The roster with its free cells chosen as well as found, and whether that is proved best.

    None is nothing found; proved, that there is nothing. With ``blur``, best at prices that are a little off.
    """
    random = Random(seed)
    dearer = {
        (each.day, each.shift + 1): random.randint(-each.under // blur, each.under // blur)
        for each in (problem.cover if blur else ())
    }
    built = build_letters(problem, roster, free, dearer=dearer)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    # the relaxation of run rules is what guides here: without it the same time finds rosters half as good
    solver.parameters.linearization_level = 2
    solver.parameters.max_deterministic_time = effort
    solver.parameters.max_time_in_seconds = max(0.01, seconds)
    solver.parameters.catch_sigint_signal = False
    status = solver.solve(built.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None, status == cp_model.INFEASIBLE
    return built.letters(solver), status == cp_model.OPTIMAL
