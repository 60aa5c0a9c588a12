"""Whole rows, one for each person, that together cost least: the master problem of column generation.

The relaxation prices cover and people; at these prices a search over rows finds rows worth adding. In whole numbers
it combines the rows there are into a roster.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

from optimiser.domain.letter_roster import FREE, LetterProblem, Letters
from optimiser.model.lp import Answer, Relaxation, solve_whole

Row = tuple[int, ...]
Prices = dict[tuple[int, int], float]
"""(day, letter) -> what one more person there saves at the prices of the relaxation, what too many cost included."""


@dataclass(frozen=True)
class Priced:
    """A solved relaxation: its cost, what cover is worth, what each person's row may cost at those prices, and how
    much of each row is used."""

    cost: float
    saves: Prices
    settled: tuple[float, ...]
    used: Mapping[tuple[int, Row], float]


@dataclass
class RowMaster:
    """The rows so far: ``rows[person]`` row -> its variable. Every person needs one before anything is solved."""

    problem: LetterProblem
    model: mathopt.Model = field(default_factory=mathopt.Model)
    rows: list[dict[Row, mathopt.Variable]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """The rows of the model: one for each person and each cover; short cover as variables."""
        self.rows = [{} for _ in self.problem.staff]
        self._one = [self.model.add_linear_constraint(lb=1.0, ub=1.0) for _ in self.problem.staff]
        self._cover: dict[tuple[int, int], list[mathopt.LinearConstraint]] = {}
        self._over: dict[tuple[int, int], float] = {}
        self._wish = [
            {(each.day, each.shift + 1): each for each in self.problem.requests if each.person == person}
            for person in range(len(self.problem.staff))
        ]
        self.model.objective.is_maximize = False
        for each in self.problem.cover:
            key = (each.day, each.shift + 1)
            short = self.model.add_variable(lb=0.0, ub=float(max(0, each.needed)))
            constraint = self.model.add_linear_constraint(lb=float(each.needed))
            constraint.set_coefficient(short, 1.0)
            self.model.objective.set_linear_coefficient(short, float(each.under + each.over))
            self._cover.setdefault(key, []).append(constraint)
            self._over[key] = self._over.get(key, 0.0) + each.over
            self.model.objective.offset -= each.over * each.needed
        self._relaxation = Relaxation(self.model)

    def add(self, person: int, row: Row) -> None:
        """Add a lawful row, if it is new."""
        if row in self.rows[person]:
            return
        variable = self.model.add_variable(lb=0.0)
        self.rows[person][row] = variable
        self._one[person].set_coefficient(variable, 1.0)
        cost: float = sum(
            each.weight for each in self.problem.requests
            if each.person == person and (row[each.day] == each.shift + 1) != each.wanted
        )  # fmt: skip
        for day, letter in enumerate(row):
            if letter != FREE:
                cost += self._over.get((day, letter), 0.0)
                for constraint in self._cover.get((day, letter), ()):
                    constraint.set_coefficient(variable, 1.0)
        self.model.objective.set_linear_coefficient(variable, float(cost))

    def fix(self, fixed: Mapping[int, Row]) -> None:
        """Only these rows for these people, any for the others."""
        for person, rows in enumerate(self.rows):
            for row, variable in rows.items():
                variable.lower_bound = float(fixed.get(person) == row)

    def relax(self, seconds: float, interrupter: SolveInterrupter | None = None) -> Priced | None:
        """The relaxation over the rows so far; None when it is not solved in time."""
        answer = self._relaxation.solve(seconds, interrupter)
        if not answer.proved or answer.prices is None or answer.values is None or answer.cost is None:
            return None
        saves = {key: sum(answer.prices[each] for each in some) - self._over[key] for key, some in self._cover.items()}
        used = {
            (person, row): answer.values[variable]
            for person, rows in enumerate(self.rows) for row, variable in rows.items()
            if answer.values[variable] > 1e-6
        }  # fmt: skip
        return Priced(answer.cost, saves, tuple(answer.prices[each] for each in self._one), used)

    def combine(self, seconds: float, interrupter: SolveInterrupter | None = None) -> Letters | None:
        """The cheapest roster of the rows so far that is found in the time."""
        variables = [variable for rows in self.rows for variable in rows.values()]
        for each in variables:
            each.integer = True
        answer = solve_whole(self.model, seconds, gap=1 - 2e-4, interrupter=interrupter)
        for each in variables:
            each.integer = False
        return None if answer.values is None else self._roster(answer)

    def _roster(self, answer: Answer) -> Letters:
        """Each person's row of a solution in whole numbers."""
        values = answer.values or {}
        return tuple(max(rows, key=lambda row: values[rows[row]]) for rows in self.rows)
