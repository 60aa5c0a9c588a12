"""Whole rows with prices, one for each person, that together cost least: the master problem of column generation.

By the linear solver's own binding: MathOpt takes twice as long to hand over a solution as GLOP takes to find it, when
there are thousands of rows and hundreds of solutions.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from ortools.linear_solver import pywraplp

from optimiser.domain.priced_roster import FREE, HARD, PricedCover, PricedRoster

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


class PricedMaster:
    """The rows so far: ``rows[person]`` row -> its variable; Every person needs one before anything is solved."""

    def __init__(self, problem: PricedRoster) -> None:
        self.problem = problem
        self.rows: list[dict[Row, pywraplp.Variable]] = [{} for _ in problem.staff]
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._objective = self._solver.Objective()
        self._afresh = pywraplp.MPSolverParameters()  # from where it left off, GLOP now and then ends in bad numbers
        self._afresh.SetIntegerParam(self._afresh.INCREMENTALITY, self._afresh.INCREMENTALITY_OFF)
        self._one = [self._solver.Constraint(1.0, 1.0) for _ in problem.staff]
        self._cover: dict[tuple[int, int], list[pywraplp.Constraint]] = {}
        for each in problem.cover:
            self._cover.setdefault((each.day, each.letter), []).append(self._needed(each))

    def _needed(self, cover: PricedCover) -> pywraplp.Constraint:
        """One cover, with what may be missing or too many."""
        never = self._solver.infinity()
        constraint = self._solver.Constraint(float(cover.wanted), float(cover.wanted) if cover.over else never)
        for most, price, side in (
            (cover.wanted - cover.minimum, cover.under, 1.0), (cover.minimum, cover.under_minimum, 1.0),
            (never if cover.over else 0, cover.over, -1.0),
        ):  # fmt: skip
            if most:
                off = self._solver.NumVar(0.0, float(most), "")
                constraint.SetCoefficient(off, side)
                self._objective.SetCoefficient(off, LACKING if price == HARD else float(price))
        return constraint

    def add(self, person: int, row: Row, cost: float) -> bool:
        """Add a row that costs so much beside cover; False when it is there already."""
        if row in self.rows[person]:
            return False
        variable = self._solver.NumVar(0.0, self._solver.infinity(), "")
        self.rows[person][row] = variable
        self._one[person].SetCoefficient(variable, 1.0)
        self._objective.SetCoefficient(variable, float(cost))
        for day, letter in enumerate(row):
            if letter != FREE:
                for constraint in self._cover.get((day, letter), ()):
                    constraint.SetCoefficient(variable, 1.0)
        return True

    def relax(self, seconds: float) -> Prices | None:
        """The relaxation over the rows so far; None when it is not solved in time."""
        end = time.monotonic() + seconds
        self._solver.SetTimeLimit(max(1, round(1000 * seconds)))
        if self._solver.Solve() != pywraplp.Solver.OPTIMAL:
            self._solver.SetTimeLimit(max(1, round(1000 * (end - time.monotonic()))))
            if self._solver.Solve(self._afresh) != pywraplp.Solver.OPTIMAL:
                return None
        worth = np.zeros((self.problem.days, len(self.problem.shift_of)))
        for key, constraints in self._cover.items():
            worth[key] = sum(each.dual_value() for each in constraints)
        used = {
            (person, row): value
            for person, rows in enumerate(self.rows) for row, variable in rows.items()
            if (value := variable.solution_value()) > 1e-6
        }  # fmt: skip
        return Prices(self._objective.Value(), worth, np.array([each.dual_value() for each in self._one]), used)
