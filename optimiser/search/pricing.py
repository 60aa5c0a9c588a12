"""What any search for cheapest rows shares: which prices of cover it takes, and what they prove about all rosters."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterable
from math import gcd
from typing import NamedTuple

import numpy as np

from optimiser.domain.priced_roster import HARD, PricedCover, PricedRoster
from optimiser.model.priced_master import Row
from optimiser.model.row_states import FORBIDDEN

GRAIN = 1024
"""Prices are rounded to one in so many, so that sums of them are exact."""


class Cheapest(NamedTuple):
    """``least``: no row of a person costs less, and what the cheapest one found costs; ``FORBIDDEN`` or more:
    none was found that may be."""

    least: float
    cost: float
    row: Row


class Pricing(ABC):
    """Rows of all people of a problem at given prices. ``grid``: costs are multiples of it. Not for several threads
    at once."""

    def __init__(self, problem: PricedRoster) -> None:
        self.problem = problem
        self.grid = _grid(problem)

    @abstractmethod
    def cheapest(self, person: int, worth: np.ndarray) -> Cheapest:
        """The cheapest row of a person when ``worth[day, letter]`` is saved."""

    @abstractmethod
    def cost(self, person: int, row: Row) -> float:
        """What a given row costs; ``FORBIDDEN`` or more when it may not be."""

    def bound(self, worth: np.ndarray, least: float) -> int:
        """What no roster costs less than, when rows cost ``least`` together at these prices; costs are multiples of
        ``grid``."""
        return self.grid * math.ceil(self.proved(worth, least, self.problem.cover) / self.grid - 1e-9)

    @staticmethod
    def proved(worth: np.ndarray, least: float, cover: Iterable[PricedCover]) -> float:
        """What rows that cost ``least`` together at these prices cost at least with cover: Lagrange's relaxation.
        ``worth`` holds whole multiples of 1 / ``GRAIN``, at least minus the price of too many."""
        total = least
        for each in cover:
            price = float(worth[each.day, each.letter])
            total += price * each.wanted
            if each.under != HARD:
                total -= max(0.0, price - each.under) * (each.wanted - each.minimum)
            if each.under_minimum != HARD:
                total -= max(0.0, price - each.under_minimum) * each.minimum
        return total

    def rounded(self, worth: np.ndarray) -> np.ndarray:
        """Prices as ``bound`` needs them."""
        lowest = np.zeros_like(worth)
        for each in self.problem.cover:
            lowest[each.day, each.letter] -= float(FORBIDDEN if each.over == HARD else each.over)
        return np.asarray(np.maximum(lowest, np.round(worth * GRAIN) / GRAIN))


def _grid(problem: PricedRoster) -> int:
    """The largest number that divides every price."""
    limits = [shift.run for shift in problem.shifts]
    for person in problem.staff:
        limits += [person.work_run, person.free_run, person.assignments, person.minutes, person.weekends]
    prices = [price for limit in limits for price in (limit.under, limit.over)]
    prices += [each.price for each in problem.requests] + [person.broken_weekend for person in problem.staff]
    prices += [price for each in problem.cover for price in (each.under_minimum, each.under, each.over)]
    return gcd(*(price for price in prices if price > 0)) or 1
