"""From the relaxed flow to rosters: people get whole rows one after another, the most settled first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from random import Random

from ortools.sat.python import cp_model
from ortools.util.python.solve_interrupter import SolveInterrupter

from optimiser.domain.letter_roster import FREE, LetterProblem, Letters
from optimiser.model.letter_model import build_letters
from optimiser.model.lp import Answer, Relaxation, solve_whole
from optimiser.model.stint_flow import build_flow, roster_of

ROUNDS = 16
"""Relaxations solved in one dive at most; each settles an equal part of the people."""
TOGETHER = 5
"""The last people are chosen together in whole numbers: alone each would have to take what is left."""
LAST_SHARE, LAST_SECONDS = 0.2, 8.0
"""What of the time left, and how many seconds at most, that may take."""
SCALE = 1000
NEAR = 20.0
"""What keeping to the relaxation is worth, beside its prices, for a whole shift."""
ROW_EFFORT = 2.0
STRAY = 0.5
"""How much chance changes the order of people in a dive that is not the first."""


class Diver:
    """One relaxed flow that many dives use: rows of people are fixed in it and set free again."""

    def __init__(self, problem: LetterProblem, interrupter: SolveInterrupter | None = None) -> None:
        self.problem, self.interrupter = problem, interrupter
        self.flow = build_flow(problem, whole=False)
        self.relaxation = Relaxation(self.flow.model)

    def relax(self, seconds: float) -> Answer:
        """The relaxation with what is fixed now."""
        return self.relaxation.solve(seconds, self.interrupter)

    def dive(
        self, kept: Mapping[int, tuple[int, ...]], seconds_left: Callable[[], float],
        below: float = float("inf"), random: Random | None = None,
    ) -> Letters | None:  # fmt: skip
        """A lawful roster with the ``kept`` rows that costs less than ``below``.

        None: the time is over first, the relaxation climbs to ``below``, or no whole rows were found.
        """
        self._set_free(range(len(self.problem.staff)))
        for person, row in kept.items():
            self._fix(person, row)
        left = set(range(len(self.problem.staff))) - set(kept)
        step = max(1, len(left) // ROUNDS)
        while True:
            answer = self.relax(seconds_left())
            if answer.values is None or answer.cost is None or not answer.proved or answer.cost > below - 1 + 1e-6:
                return None
            if len(left) <= TOGETHER:
                return self._last(left, seconds_left())
            unsettled = self._unsettled(answer, random)
            for person in sorted(left, key=lambda each: (unsettled[each], each))[: min(step, len(left) - TOGETHER)]:
                found = self._row_near(person, answer)
                if found is None or seconds_left() <= 0:
                    return None
                self._fix(person, found)
                left.discard(person)

    def _last(self, left: set[int], seconds: float) -> Letters | None:
        """Whole rows for the last people together."""
        variables = [
            each for kind in (self.flow.letter, self.flow.arcs) for key, each in kind.items() if key[0] in left
        ]
        for each in variables:
            each.integer = True
        limit = min(LAST_SECONDS, LAST_SHARE * seconds)
        answer = solve_whole(self.flow.model, limit, gap=1 - 2e-4, interrupter=self.interrupter)
        for each in variables:
            each.integer = False
        return None if answer.values is None else roster_of(self.flow, answer.values)

    def _fix(self, person: int, row: tuple[int, ...]) -> None:
        """Only this row for a person."""
        for day, letter in enumerate(row):
            for each in self.problem.allowed[person][day]:
                if each != FREE:
                    variable = self.flow.letter[person, day, each]
                    variable.lower_bound = variable.upper_bound = float(each == letter)

    def _set_free(self, people: Iterable[int]) -> None:
        """Any row again."""
        chosen = set(people)
        for (person, _, _), variable in self.flow.letter.items():
            if person in chosen:
                variable.lower_bound, variable.upper_bound = 0.0, 1.0

    def _unsettled(self, answer: Answer, random: Random | None) -> dict[int, float]:
        """How far each person's stints and letters are from whole numbers, blurred by chance."""
        values = answer.values or {}
        total = dict.fromkeys(range(len(self.problem.staff)), 0.0)
        for weight, variables in ((1.0, self.flow.arcs), (0.1, self.flow.letter)):
            for (person, _, _), variable in variables.items():
                value = values[variable]
                total[person] += weight * min(value, 1 - value)
        if random is not None:
            total = {person: value * random.uniform(1 - STRAY, 1 + STRAY) for person, value in total.items()}
        return total

    def _row_near(self, person: int, answer: Answer) -> tuple[int, ...] | None:
        """The lawful row of one person that is worth most: by the prices of the relaxation, and near what it gives."""
        values, worth = answer.values or {}, self._worth(person, answer)
        free = {person: frozenset(range(self.problem.days))}
        built = build_letters(self.problem, None, free, priced=False)
        built.model.maximize(
            sum(
                round(SCALE * (worth[day, letter] + NEAR * values[self.flow.letter[person, day, letter]])) * literal
                for (_, day), cell in built.cells.items()
                for letter, literal in cell.items()
                if letter != FREE
            )
        )
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_deterministic_time = ROW_EFFORT
        solver.parameters.catch_sigint_signal = False
        if solver.solve(built.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        return built.letters(solver)[person]

    def _worth(self, person: int, answer: Answer) -> dict[tuple[int, int], float]:
        """(day, letter) -> what a shift of one person saves, at the prices of the relaxation."""
        prices = answer.prices or {}
        worth: dict[tuple[int, int], float] = defaultdict(float)
        for each in self.problem.cover:
            constraint = self.flow.cover.get((each.day, each.shift + 1))
            price = 0.0 if constraint is None else prices.get(constraint, 0.0)
            worth[each.day, each.shift + 1] += price - each.over
        for request in self.problem.requests:
            if request.person == person:
                worth[request.day, request.shift + 1] += request.weight if request.wanted else -request.weight
        return worth
