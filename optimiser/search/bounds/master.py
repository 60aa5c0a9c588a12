"""Where the bound's prices come from: a linear program over the routes met so far. It proves nothing itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from ortools.math_opt.python import mathopt

from optimiser.model.lp import Relaxation
from optimiser.search.bounds.routes import Prices, least_cover
from optimiser.search.bounds.tables import SCALE, BoundTables, DutyChoice

FIRST_PRICE = 15.0
"""Leaving work out costs no more than this in the first rounds: prices stay near what routes cost."""
GROWTH = 2.0
LEFT = 0.01


class Master:
    """Rows: work, hours, cover, one duty a day and lane. Columns: duties with a route, of one nurse and day."""

    def __init__(self, tables: BoundTables) -> None:
        self._tables = tables
        weights = tables.problem.instance.weights
        self._model = model = mathopt.Model()
        self._work = [model.add_linear_constraint(lb=1.0) for _ in tables.problem.jobs]
        self._hour = {key: model.add_linear_constraint(ub=float(target))
                      for key, target in np.ndenumerate(tables.targets)}  # fmt: skip
        self._cover = [model.add_linear_constraint(lb=float(max(row.minimum, row.wanted)))
                       for row in tables.problem.cover]  # fmt: skip
        self._one = {(nurse, day, lane): model.add_linear_constraint(ub=1.0)
                     for nurse, day in tables.days for lane in (0, 1)}  # fmt: skip
        self._left: list[tuple[mathopt.Variable, float]] = []
        for jobs, penalty in tables.units:
            left = self._variable(min(FIRST_PRICE * len(jobs), penalty / SCALE))
            self._left.append((left, penalty / SCALE))
            for job in jobs:
                self._work[job].set_coefficient(left, 1.0)
        for hours in self._hour.values():
            hours.set_coefficient(self._variable(float(weights.overtime)), -1.0)
        for row, constraint in zip(tables.problem.cover, self._cover, strict=True):
            constraint.set_coefficient(self._variable(float(weights.uncovered_minimum), row.minimum), 1.0)
            if row.standby:
                constraint.upper_bound = constraint.lower_bound
                constraint.set_coefficient(self._variable(float(weights.surplus_standby)), -1.0)
            if row.wanted > row.minimum:
                wanted = self._variable(float(weights.uncovered_wanted), row.wanted - row.minimum)
                constraint.set_coefficient(wanted, 1.0)
        # what all entries together cost when none is held; a column that holds one costs so much less
        self._entered = sum(
            sum(prices.values()) for (nurse, day, _), prices in tables.entries.items() if (nurse, day) in tables.days
        )
        self._seen: set[tuple[int, int, int, tuple[int, ...]]] = set()
        self._solver = Relaxation(model)

    def _variable(self, cost: float, most: float = float("inf")) -> mathopt.Variable:
        variable = self._model.add_variable(lb=0.0, ub=most)
        self._model.objective.set_linear_coefficient(variable, cost)
        return variable

    def add(self, nurse: int, day: int, choice: DutyChoice, jobs: Sequence[int], cost: float, minutes: int) -> bool:
        """One more column, ``minutes`` of work in standby with it; False when it is there."""
        key = (nurse, day, choice.kind, tuple(sorted(jobs)))
        if key in self._seen:
            return False
        self._seen.add(key)
        column = self._variable(cost)
        for job, times in Counter(jobs).items():
            self._work[job].set_coefficient(column, float(times))
        weeks = Counter(dict(choice.weeks))
        if minutes:
            weeks[min(day // 7, self._tables.targets.shape[1] - 1)] += minutes
        for week, length in weeks.items():
            self._hour[nurse, week].set_coefficient(column, float(length))
        for row in choice.cover:
            self._cover[row].set_coefficient(column, 1.0)
        self._one[nurse, day, choice.lane].set_coefficient(column, 1.0)
        return True

    def prices(self, seconds: float) -> tuple[Prices, float] | None:
        """Prices of the rows in whole hundredths, within what the bound allows, and the value that no more rounds can
        bring the bound above (infinite while leaving work is held cheap); None when time is up."""
        answer = self._solver.solve(seconds)
        if not answer.proved or answer.prices is None or answer.values is None:
            return None
        weights, prices, most_left = self._tables.problem.instance.weights, answer.prices, answer.bound
        for number, (left, most) in enumerate(self._left):
            cost = self._model.objective.get_linear_coefficient(left)
            if answer.values[left] > LEFT and cost < most:
                most_left = float("inf")
                self._model.objective.set_linear_coefficient(self._left[number][0], min(most, cost * GROWTH))
        hour = np.zeros(self._tables.targets.shape)
        for key, constraint in self._hour.items():
            hour[key] = -prices[constraint]
        return Prices(
            _whole(np.array([prices[each] for each in self._work]), 0.0, np.inf),
            _whole(hour, 0.0, weights.overtime),
            _whole(np.array([prices[each] for each in self._cover]), least_cover(self._tables) / SCALE, np.inf),
        ), SCALE * most_left + self._entered


def _whole(prices: np.ndarray, least: float | np.ndarray, most: float) -> np.ndarray:
    return np.rint(np.clip(prices, least, most) * SCALE).astype(np.int64)
