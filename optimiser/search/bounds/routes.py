"""The cheapest routes of all duties at given prices, with no more effort than their places in the bound need."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.search.bounds.tables import SCALE, BoundTables, DutyChoice
from optimiser.search.kernel.bounds.cheapest_route import EXACT, MOST_STOPS, QUICK, cheapest_routes
from optimiser.search.kernel.bounds.labels import WORDS, Labels, less_room, room_for
from optimiser.search.kernel.bounds.stops import INFINITE

NEAR = 8
"""So many stops nearby are remembered from the start."""
MOST_LABELS, FEW_LABELS = 400_000, 20_000
"""Partial routes of one segment at most: where prices are good, and where they are not and labels would be many."""


@dataclass
class Prices:
    """Whole hundredths. ``work`` [jobs]: what serving a job is worth, at least 0. ``hour`` [nurses, weeks]: what a
    minute of work costs, from 0 to the weight of overtime. ``cover`` [cover rows]: what one duty more is worth, from
    ``least_cover`` up."""

    work: NDArray[np.int64]
    hour: NDArray[np.int64]
    cover: NDArray[np.int64]


@dataclass(frozen=True)
class Routes:
    """``least`` [segments]: no route of the segment costs less, or it costs so much that it is of no use. ``cost`` and
    ``count`` [segments]: a real route and its number of stops in ``path`` (0: none found). ``minute_price``: what a
    minute of its work cost besides."""

    least: NDArray[np.int64]
    cost: NDArray[np.int64]
    count: NDArray[np.int64]
    path: NDArray[np.int64]
    minute_price: NDArray[np.int64]


class RouteSearch:
    """Looks for routes at one set of prices after another; what stops must remember is kept."""

    def __init__(self, tables: BoundTables) -> None:
        self._tables = tables
        fits = [_stops(tables, row) for row in tables.segment]
        self._memory = np.full((len(fits), max([1, *fits]), WORDS), -1, dtype=np.int64)
        self._labels = room_for(MOST_LABELS)
        self._few = less_room(self._labels, FEW_LABELS)

    def quick(self, prices: Prices) -> Routes:
        """A real route of each duty where one is soon found to be of use, and what its routes cost at least."""
        rows, limit = len(self._tables.segment), np.zeros(len(self._tables.segment), dtype=np.int64)
        for nurse, day in self._tables.days:
            self._limits(prices, nurse, day, limit)
        return self._run(prices, limit, np.full(rows, QUICK, dtype=np.int64), self._few)

    def of_day(self, prices: Prices, nurse: int, day: int) -> Routes:
        """The same for the duties of one nurse on one day; the others have none."""
        rows = len(self._tables.segment)
        limit, effort = np.zeros(rows, dtype=np.int64), np.full(rows, -1, dtype=np.int64)
        self._limits(prices, nurse, day, limit)
        for choice in self._tables.days[nurse, day]:
            effort[list(choice.segments)] = QUICK
        return self._run(prices, limit, effort, self._few)

    def _limits(self, prices: Prices, nurse: int, day: int, limit: NDArray[np.int64]) -> None:
        """Fill in for duties of one segment what a route must stay below to be of use."""
        tables = self._tables
        for choice in tables.days[nurse, day]:
            if len(choice.segments) == 1:
                own = without_routes(tables, prices, nurse, day, choice)
                limit[choice.segments[0]] = min(0, wished(tables, nurse, day) - own)

    def exact(self, prices: Prices, quick: Routes, thorough: bool = True, margin: int = 0) -> Routes:
        """What the routes of each duty cost at least, as far as it matters beside the best one of that day: up to
        ``margin`` more. Not ``thorough``: where that would take many labels it stays as it is."""
        tables = self._tables
        limit, effort = quick.least.copy(), np.full(len(quick.least), -1, dtype=np.int64)
        for (nurse, day), choices in tables.days.items():
            for lane in (0, 1):
                here = [(without_routes(tables, prices, nurse, day, choice), choice.segments)
                        for choice in choices if choice.lane == lane]  # fmt: skip
                best = min([0, *(own + int(quick.cost[list(rows)].sum()) for own, rows in here)])
                pinned = (nurse, day, lane) in tables.problem.pinned
                for own, rows in here:
                    spare = 0 if pinned else min(0, best + margin + wished(tables, nurse, day) - own)
                    for row in rows:
                        limit[row] = 0 if len(rows) > 1 else spare
                        effort[row] = EXACT if quick.least[row] < limit[row] else -1
        found = self._run(prices, limit, effort, self._labels if thorough else self._few)
        looked = effort == EXACT
        better = looked & (found.count > 0)
        return Routes(
            np.where(looked, np.maximum(found.least, quick.least), quick.least),
            np.where(better, found.cost, quick.cost),
            np.where(better, found.count, quick.count),
            np.where(better[:, None], found.path, quick.path),
            found.minute_price,
        )

    def _run(self, prices: Prices, limit: NDArray[np.int64], effort: NDArray[np.int64], labels: Labels) -> Routes:
        tables, instance = self._tables, self._tables.problem.instance
        worth = np.where(tables.price >= INFINITE, INFINITE, tables.price - prices.work[tables.node[:, 0]])
        segment = tables.segment.copy()
        segment[:, 11] = _minute_prices(tables, prices)
        found = np.zeros((len(segment), 3), dtype=np.int64)
        path = np.zeros((len(segment), MOST_STOPS), dtype=np.int64)
        weights, free = instance.weights, instance.settings.waiting_free_minutes
        costs = np.array([SCALE * weights.travel, SCALE * weights.home_leg, SCALE * weights.waiting, free])
        cheapest_routes(
            tables.bucket, instance.settings.slack_minutes, costs, NEAR, tables.minutes, tables.node, worth,
            segment, limit, effort, self._memory, labels, found, path,
        )  # fmt: skip
        least, count, cost = found.T
        return Routes(least, cost, count, path, segment[:, 11])


def _stops(tables: BoundTables, row: NDArray[np.int64]) -> int:
    node = tables.node
    fits = (node[:, 2] <= row[3] - node[:, 4]) & (node[:, 3] >= row[2] + row[4])
    return int((fits & (tables.price[row[0]] < INFINITE)).sum())


def _minute_prices(tables: BoundTables, prices: Prices) -> NDArray[np.int64]:
    """Work in standby from home also costs its nurse's minutes."""
    instance, price = tables.problem.instance, np.zeros(len(tables.segment), dtype=np.int64)
    if instance.settings.planned_work_in_standby == "work":
        for (nurse, day), choices in tables.days.items():
            for choice in choices:
                if choice.lane == 1 and not instance.shift_kinds[choice.kind].at_workplace:
                    # its minutes may fall in the next week, and past the horizon in none
                    week = day // 7
                    late = prices.hour[nurse, week + 1] if week + 1 < instance.weeks else 0
                    border = instance.clock.midnight(7 * (week + 1))
                    here = prices.hour[nurse, week]
                    price[list(choice.segments)] = here if choice.span[1] <= border else min(here, late)
    return price


def least_cover(tables: BoundTables) -> NDArray[np.int64]:
    """[cover rows] the least that one duty more may be worth: below 0 where one too many has a price."""
    surplus = SCALE * tables.problem.instance.weights.surplus_standby
    return np.array([-surplus if row.standby else 0 for row in tables.problem.cover], dtype=np.int64)


def without_routes(tables: BoundTables, prices: Prices, nurse: int, day: int, choice: DutyChoice) -> int:
    """What a duty costs without routes, less what it is worth (as an entry that it holds too)."""
    cost = SCALE * choice.price - tables.entry_price(nurse, day, choice)
    cost += sum(int(prices.hour[nurse, week]) * minutes for week, minutes in choice.weeks)
    return cost - sum(int(prices.cover[row]) for row in choice.cover)


def reduced(
    tables: BoundTables, prices: Prices, nurse: int, day: int, choice: DutyChoice, routes: NDArray[np.int64]
) -> int:
    """What a duty costs with routes at ``routes`` [segments], less what it is worth (as an entry that it holds too)."""
    own = without_routes(tables, prices, nurse, day, choice)
    return own + sum(int(routes[row]) for row in choice.segments)


def wished(tables: BoundTables, nurse: int, day: int) -> int:
    """What the wishes of a day can cost together."""
    weight = SCALE * tables.problem.instance.weights.wish_refused
    return sum(weight * wish.weight for wish in tables.wishes.get((nurse, day), ()))
