"""The bound at given prices: what every plan pays at least, in exact whole numbers (docs/explanation/bounds.md)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.objective import ObjectiveWeights
from optimiser.domain.problem import CoverDay
from optimiser.search.bounds.tables import SCALE, BoundTables, DutyChoice
from optimiser.search.kernel.bounds.cheapest_route import INFINITE, MOST_STOPS, cheapest_routes


@dataclass
class Prices:
    """Whole hundredths, all at least 0. ``work`` [jobs]: what serving a job is worth. ``hour`` [nurses, weeks]: what a
    minute of work costs, at most the weight of overtime. ``cover`` [cover rows]: what one duty more is worth."""

    work: NDArray[np.int64]
    hour: NDArray[np.int64]
    cover: NDArray[np.int64]


@dataclass(frozen=True)
class Priced:
    """``value`` (hundredths) is at most the price of any plan; ``parts`` splits it. ``routes`` and ``path`` are the
    cheapest routes of the segments, ``minute_price`` what a minute of their work cost besides."""

    value: int
    parts: dict[str, int]
    routes: NDArray[np.int64]
    path: NDArray[np.int64]
    minute_price: NDArray[np.int64]


def priced(tables: BoundTables, prices: Prices) -> Priced:
    """The Lagrangian value: rewards for work, cover and hours, plus the cheapest choice of each nurse and day."""
    weights = tables.problem.instance.weights
    worth = np.where(tables.price >= INFINITE, INFINITE, tables.price - prices.work[tables.node[:, 0]])
    segment = tables.segment.copy()
    found, path = _routes(tables, prices, worth, segment)
    parts = {
        "work": sum(min(penalty, int(prices.work[list(jobs)].sum())) for jobs, penalty in tables.units),
        "cover": sum(_cheapest_cover(row, int(price), weights)
                     for row, price in zip(tables.problem.cover, prices.cover, strict=True)),
        "hours": -int((prices.hour * tables.targets).sum()),
        "days": sum(_cheapest_day(tables, prices, nurse, day, found) for nurse, day in tables.days),
    }  # fmt: skip
    return Priced(sum(parts.values()), parts, found, path, segment[:, 11])


def _routes(
    tables: BoundTables, prices: Prices, worth: NDArray[np.int64], segment: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Cheapest routes of all segments; work in standby from home also costs its nurse's minutes."""
    instance = tables.problem.instance
    if instance.settings.planned_work_in_standby == "work":
        for (nurse, day), choices in tables.days.items():
            for choice in choices:
                if choice.lane == 1 and not instance.shift_kinds[choice.kind].at_workplace:
                    # its minutes may fall in the next week, and past the horizon in none
                    week = day // 7
                    late = prices.hour[nurse, week + 1] if week + 1 < instance.weeks else 0
                    border = instance.clock.midnight(7 * (week + 1))
                    here = prices.hour[nurse, week]
                    segment[list(choice.segments), 11] = here if choice.span[1] <= border else min(here, late)
    found = np.zeros((len(segment), 2), dtype=np.int64)
    path = np.zeros((len(segment), MOST_STOPS), dtype=np.int64)
    weights = instance.weights
    cheapest_routes(
        tables.bucket, instance.settings.slack_minutes, weights.travel, weights.home_leg, tables.minutes, tables.node,
        worth, segment, SCALE, found, path,
    )  # fmt: skip
    return found, path


def _cheapest_cover(row: CoverDay, price: int, weights: ObjectiveWeights) -> int:
    """Least of what a shortage costs plus what the duties that count cost, over their number."""
    return min(
        price * counted
        + SCALE * weights.uncovered_minimum * max(0, row.minimum - counted)
        + SCALE * weights.uncovered_wanted * max(0, row.wanted - max(row.minimum, counted))
        for counted in range(max(row.minimum, row.wanted) + 1)
    )


def reduced(
    tables: BoundTables, prices: Prices, nurse: int, day: int, choice: DutyChoice, routes: NDArray[np.int64]
) -> int:
    """What a duty costs with its cheapest routes, less what it is worth (as an entry that it holds too)."""
    cost = SCALE * choice.price - tables.entry_price(nurse, day, choice)
    cost += sum(int(prices.hour[nurse, week]) * minutes for week, minutes in choice.weeks)
    cost -= sum(int(prices.cover[row]) for row in choice.cover)
    return cost + sum(int(routes[row, 0]) for row in choice.segments)


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
