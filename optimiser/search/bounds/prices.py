"""The bound at given prices: what every plan pays at least, in exact whole numbers (docs/explanation/bounds.md)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.objective import ObjectiveWeights
from optimiser.domain.problem import CoverDay
from optimiser.search.bounds.routes import Prices, Routes, reduced
from optimiser.search.bounds.tables import SCALE, BoundTables, DutyChoice


@dataclass(frozen=True)
class Priced:
    """``value`` (hundredths) is at most the price of any plan; ``parts`` splits it. ``quick`` is what the value would
    be, were the real ``routes`` found the cheapest: never lower."""

    value: int
    parts: dict[str, int]
    routes: Routes
    quick: int


def priced(tables: BoundTables, prices: Prices, routes: Routes) -> Priced:
    """The Lagrangian value: rewards for work, cover and hours, plus the cheapest choice of each nurse and day."""
    weights = tables.problem.instance.weights
    parts = {
        "work": sum(min(penalty, int(prices.work[list(jobs)].sum())) for jobs, penalty in tables.units),
        "cover": sum(_cheapest_cover(row, int(price), weights)
                     for row, price in zip(tables.problem.cover, prices.cover, strict=True)),
        "hours": -int((prices.hour * tables.targets).sum()),
        "days": sum(_cheapest_day(tables, prices, nurse, day, routes.least) for nurse, day in tables.days),
    }  # fmt: skip
    value = sum(parts.values())
    real = sum(_cheapest_day(tables, prices, nurse, day, routes.cost) for nurse, day in tables.days)
    return Priced(value, parts, routes, value - parts["days"] + real)


def _cheapest_cover(row: CoverDay, price: int, weights: ObjectiveWeights) -> int:
    """Least of what a shortage costs plus what the duties that count cost, over their number. Beyond the number asked
    for each costs its price and that of a duty too many, together never below 0."""
    return min(
        price * counted
        + SCALE * weights.uncovered_minimum * max(0, row.minimum - counted)
        + SCALE * weights.uncovered_wanted * max(0, row.wanted - max(row.minimum, counted))
        for counted in range(max(row.minimum, row.wanted) + 1)
    )


def _cheapest_day(
    tables: BoundTables, prices: Prices, nurse: int, day: int, found: NDArray[np.int64]
) -> int:  # fmt: skip
    """The cheapest duties of a nurse on a day, at most one per lane, with the wishes and entries they refuse."""
    problem = tables.problem
    lanes: dict[int, list[tuple[int, DutyChoice | None]]] = defaultdict(list)
    for lane in (0, 1):
        fixed = problem.pinned.get((nurse, day, lane))
        refused = sum(tables.entries.get((nurse, day, lane), {}).values())
        if fixed is None:
            lanes[lane].append((refused, None))
        for choice in tables.days[nurse, day]:
            if choice.lane == lane and fixed in (None, choice.kind):
                lanes[lane].append((reduced(tables, prices, nurse, day, choice, found) + refused, choice))
    return min(
        work_cost + watch_cost + _refused(tables, nurse, day, work, watch)
        for work_cost, work in lanes[0]
        for watch_cost, watch in lanes[1]
    )


def _refused(tables: BoundTables, nurse: int, day: int, work: DutyChoice | None, watch: DutyChoice | None) -> int:
    """Price of the wishes of this day that these duties refuse."""
    instance, price = tables.problem.instance, 0
    for wish in tables.wishes.get((nurse, day), ()):
        if wish.wish == "free":
            met = work is None and watch is None
        else:
            met = work is not None and wish.category in (None, instance.shift_kinds[work.kind].category)
        price += 0 if met else SCALE * instance.weights.wish_refused * wish.weight
    return price
