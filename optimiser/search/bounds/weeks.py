"""The cheapest row of each nurse at given prices: her days, what two days cost together, and her hours as they are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optimiser.domain.problem import Problem
from optimiser.domain.row_rules import RowRule
from optimiser.search.bounds.long_tables import LongBoundTables, long_bound_tables
from optimiser.search.bounds.routes import Prices, Routes
from optimiser.search.bounds.tables import SCALE, BoundTables
from optimiser.search.kernel.long_rows import FAR, Ints, compile_rows

BEYOND = 10
"""Minutes past the most and the target that are looked at: from there on overtime only grows."""


class NurseRows:
    """The tables of a problem's rows. Of the row rules only those with a price are kept: what they cost is part of the
    objective by definition, and no hard rule as the search reads it can forbid what ``check`` accepts."""

    def __init__(self, tables: BoundTables) -> None:
        compile_rows()
        problem = tables.problem
        self._tables = tables
        self._rows: LongBoundTables = long_bound_tables(replace(problem, rules=tuple(filter(_priced, problem.rules))))
        self._turned_out = {
            nurse for (nurse, _), choices in tables.days.items()
            if _standby_is_work(problem) and any(choice.lane == 1 and choice.segments for choice in choices)
        }  # fmt: skip

    def least(self, prices: Prices, routes: Routes) -> int | None:
        """What all nurses' rows cost at least (hundredths), less what their work and cover are worth; None when some
        nurse's published duties leave her no row."""
        space, row = self._rows.space(), np.zeros(self._tables.problem.instance.days, dtype=np.int64)
        found = 0
        for nurse, person in enumerate(self._tables.problem.instance.nurses):
            if person.experience != "student":
                own = self._rows.price[nurse]
                price = np.where(own >= FAR, FAR, own + self._less_worth(nurse, prices, routes))
                rows = replace(self._rows, hours=self._hours(nurse, prices))
                cost = rows.cheapest(nurse, np.stack([price, price]), space, row)
                if cost >= FAR:
                    return None
                found += cost
        return found

    def _less_worth(self, nurse: int, prices: Prices, routes: Routes) -> Ints:
        """[D, C]: routes of the duties of each choice, less what cover pays for them."""
        choices = self._rows.choices
        worth = np.zeros((self._tables.problem.instance.days, len(choices)), dtype=np.int64)
        for day in range(len(worth)):
            duty = {choice.kind: sum(int(routes.least[row]) for row in choice.segments)
                    - sum(int(prices.cover[row]) for row in choice.cover)
                    for choice in self._tables.days[nurse, day]}  # fmt: skip
            for number, kinds in enumerate(choices):
                worth[day, number] = sum(duty.get(kind, 0) for kind in kinds)
        return worth

    def _hours(self, nurse: int, prices: Prices) -> Ints:
        """[N, weeks, U], of this nurse: minutes that routes in standby add were paid at the hour's price."""
        if nurse not in self._turned_out:
            return self._rows.hours
        problem, hours = self._tables.problem, self._rows.hours.copy()
        weights = problem.instance.weights
        for week in range(problem.instance.weeks):
            target, unit = int(self._tables.targets[nurse, week]), self._rows.unit
            minutes = np.arange(max(unit * hours.shape[2], target) + BEYOND)
            excess = minutes - target
            cost = np.maximum(0, excess) * weights.overtime + np.maximum(0, -excess) // 10 * weights.undertime
            rest = SCALE * cost - int(prices.hour[nurse, week]) * minutes
            least = np.minimum.accumulate(rest[::-1])[::-1] + int(prices.hour[nurse, week]) * minutes
            hours[nurse, week] = least[unit * np.arange(hours.shape[2])]
        return hours


def _priced(rule: RowRule) -> bool:
    return bool(getattr(rule, "term", ""))


def _standby_is_work(problem: Problem) -> bool:
    return problem.instance.settings.planned_work_in_standby == "work"
