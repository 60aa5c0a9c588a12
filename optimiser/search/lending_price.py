"""A price for each minute lent, at which a lender would lend about as much as it may."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from optimiser.domain.plan import Plan
from optimiser.domain.problem import FORBIDDEN, Problem
from optimiser.search.lending import held_units, lenders_nurses, limits, units_of_lender
from optimiser.search.lending_value import LentValue


def lending_prices(problem: Problem, plan: Plan) -> dict[str, float]:
    """Lending organisation -> minute-equivalents for a minute lent: what the first visit saves for each of its minutes
    that no longer fits into the hours, when those that save most go first. 0 where all fits; of several weeks the
    highest."""
    return {lender: _price(problem, plan, lender, most) for lender, most in limits(problem).items()}


def with_lending_prices(problem: Problem, prices: Mapping[str, float]) -> Problem:
    """The problem in which each visit that a lender may lend costs so much more, minute by minute."""
    tables = list(problem.may_serve)
    for lender, price in prices.items():
        if price <= 0:
            continue
        for unit in units_of_lender(problem, lender):
            cells = np.ix_(unit.windows, lenders_nurses(problem, lender))
            table = tables[unit.job].copy()
            table[cells] = np.where(table[cells] == FORBIDDEN, FORBIDDEN, table[cells] + round(price * unit.minutes))
            tables[unit.job] = table
    return replace(problem, may_serve=tuple(tables))


def _price(problem: Problem, plan: Plan, lender: str, most: int) -> float:
    units = units_of_lender(problem, lender)
    value = LentValue(problem, plan, lender, limits(problem).keys())
    by_week: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for number in held_units(problem, plan, lender, units):
        unit = units[number]
        worth = max(0, value.kept(unit.job)) / max(1, unit.minutes)
        for week in unit.weeks:
            by_week[week].append((worth, unit.minutes))
    return max((_at_the_border(rows, most) for rows in by_week.values()), default=0.0)


def _at_the_border(rows: list[tuple[float, int]], most: int) -> float:
    """The worth of the first row that no longer fits, dearest first; 0 when all do."""
    taken = 0
    for worth, minutes in sorted(rows, reverse=True):
        taken += minutes
        if taken > most:
            return worth
    return 0.0
