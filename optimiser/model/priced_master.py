"""Whole rows with prices, one for each person, that together cost least: the master problem of column generation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

from optimiser.domain.priced_roster import FREE, HARD, Letters, PricedRoster
from optimiser.model.lp import Answer, Relaxation, solve_whole

Row = tuple[int, ...]
LACKING = 1000.0
"""What one person below a hard minimum costs here, so that any rows have a solution."""


@dataclass(frozen=True)
class Prices:
    """A solved relaxation: its cost, what one more person is worth at each ``worth[day, letter]``, what each person's
    row costs at those prices, and how much of each row is used."""

    cost: float
    worth: np.ndarray
    settled: np.ndarray
    used: Mapping[tuple[int, Row], float]


@dataclass
class PricedMaster:
    """The rows so far: ``rows[person]`` row -> its variable. Every person needs one before anything is solved."""

    problem: PricedRoster
    model: mathopt.Model = field(default_factory=mathopt.Model)
    rows: list[dict[Row, mathopt.Variable]] = field(default_factory=list)
    cover: dict[tuple[int, int], list[mathopt.LinearConstraint]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """One row for each person, and cover with what may be missing or too many."""
        self.rows = [{} for _ in self.problem.staff]
        self._one = [self.model.add_linear_constraint(lb=1.0, ub=1.0) for _ in self.problem.staff]
        self.model.objective.is_maximize = False
        for each in self.problem.cover:
            constraint = self.model.add_linear_constraint(lb=float(each.wanted))
            below = LACKING if each.under_minimum == HARD else float(each.under_minimum)
            under = LACKING if each.under == HARD else float(each.under)
            for most, price in ((each.wanted - each.minimum, under), (each.minimum, below)):
                if most:
                    missing = self.model.add_variable(lb=0.0, ub=float(most))
                    constraint.set_coefficient(missing, 1.0)
                    self.model.objective.set_linear_coefficient(missing, price)
            if each.over:
                constraint.upper_bound = float(each.wanted)
                many = self.model.add_variable(lb=0.0)
                constraint.set_coefficient(many, -1.0)
                self.model.objective.set_linear_coefficient(many, LACKING if each.over == HARD else float(each.over))
            self.cover.setdefault((each.day, each.letter), []).append(constraint)
        self._relaxation = Relaxation(self.model)

    def add(self, person: int, row: Row, cost: float) -> bool:
        """Add a row that costs so much beside cover; False when it is there already."""
        if row in self.rows[person]:
            return False
        variable = self.model.add_variable(lb=0.0)
        self.rows[person][row] = variable
        self._one[person].set_coefficient(variable, 1.0)
        self.model.objective.set_linear_coefficient(variable, float(cost))
        for day, letter in enumerate(row):
            if letter != FREE:
                for constraint in self.cover.get((day, letter), ()):
                    constraint.set_coefficient(variable, 1.0)
        return True

    def forget(self, kept: Mapping[tuple[int, Row], float]) -> None:
        """Drop all rows but these."""
        for person, rows in enumerate(self.rows):
            for row in [each for each in rows if (person, each) not in kept]:
                self.model.delete_variable(rows.pop(row))

    def fix(self, fixed: Mapping[int, Row]) -> None:
        """Only these rows for these people, any for the others."""
        for person, rows in enumerate(self.rows):
            for row, variable in rows.items():
                variable.lower_bound = float(fixed.get(person) == row)

    def relax(self, seconds: float, interrupter: SolveInterrupter | None = None) -> Prices | None:
        """The relaxation over the rows so far; None when it is not solved in time."""
        answer = self._relaxation.solve(seconds, interrupter)
        if not answer.proved or answer.prices is None or answer.values is None or answer.cost is None:
            return None
        worth = np.zeros((self.problem.days, len(self.problem.shift_of)))
        for key, constraints in self.cover.items():
            worth[key] = sum(answer.prices[each] for each in constraints)
        used = {
            (person, row): answer.values[variable]
            for person, rows in enumerate(self.rows) for row, variable in rows.items()
            if answer.values[variable] > 1e-6
        }  # fmt: skip
        return Prices(answer.cost, worth, np.array([answer.prices[each] for each in self._one]), used)

    def combine(self, seconds: float, interrupter: SolveInterrupter | None = None) -> Letters | None:
        """The cheapest roster of the rows so far that is found in the time."""
        variables = [variable for rows in self.rows for variable in rows.values()]
        for each in variables:
            each.integer = True
        answer = solve_whole(self.model, seconds, gap=0.99, interrupter=interrupter)
        for each in variables:
            each.integer = False
        return None if answer.values is None else self._roster(answer)

    def _roster(self, answer: Answer) -> Letters:
        """Each person's row of a solution in whole numbers."""
        values = answer.values or {}
        return tuple(max(rows, key=lambda row: values[rows[row]]) for rows in self.rows)
