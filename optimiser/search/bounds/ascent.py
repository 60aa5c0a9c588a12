"""First prices for the bound: every nurse and day in turn takes her cheapest duties, and prices follow at once.

An incremental subgradient method (Nedić and Bertsekas, SIAM Journal on Optimization 12, 2001). Work that one nurse has
taken is worth less to the next, so they do not all run for the same visit, as they do when all are priced together.
Prices need prove nothing, so routes are sought quickly; what they are worth is found by ``priced``.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from optimiser.search.bounds.routes import Prices, Routes, RouteSearch, least_cover, reduced
from optimiser.search.bounds.tables import SCALE, BoundTables, DutyChoice
from optimiser.search.kernel.bounds.stops import INFINITE

FIRST_WORTH, FIRST_HOUR = 10 * SCALE, SCALE // 4
STEP, HOUR_STEP = 4.0 * SCALE, SCALE / 4800
"""First change of a price for a job or duty too many, and of the price of a minute for a minute too many."""
LESS = 0.85
"""Steps of a pass as a part of those of the pass before."""
STAYS = 0.5
"""What the passes before weigh in the mean."""
ROUGH = 3
"""Passes that are left out of the mean."""

Seen = Callable[[int, int, Prices, Routes], None]


class Ascent:
    """Prices and their mean over passes; each pass is over all nurses and days in a new order."""

    def __init__(self, tables: BoundTables, search: RouteSearch) -> None:
        self._tables, self._search = tables, search
        self._most = np.zeros(len(tables.problem.jobs))
        for jobs, penalty in tables.units:
            self._most[list(jobs)] = penalty / len(jobs)
        self._jobs = {each: _jobs_of(tables, *each) for each in tables.days}
        self._shared = np.zeros(len(tables.problem.jobs))
        for held in self._jobs.values():
            self._shared[held] += 1
        hour = min(FIRST_HOUR, SCALE * tables.problem.instance.weights.overtime)
        # what nobody can serve is worth all that leaving it costs
        self._work = np.minimum(np.where(self._shared > 0, FIRST_WORTH, np.inf), self._most)
        self._hour = np.full(tables.targets.shape, float(hour))
        self._cover = np.zeros(len(tables.problem.cover))
        self._asked = np.array([max(row.minimum, row.wanted) for row in tables.problem.cover], dtype=np.int64)
        self._least = least_cover(tables)
        self._mean: list[NDArray[np.float64]] = [self._work.copy(), self._hour.copy(), self._cover.copy()]
        self._dice, self._passes = np.random.default_rng(0), 0

    def mean(self) -> Prices:
        """The mean of the prices in the last passes: nearer to the best ones than the last."""
        return Prices(*(np.rint(each).astype(np.int64) for each in self._mean))

    def run(self, enough: Callable[[], bool], seen: Seen) -> bool:
        """One pass; ``seen`` is shown the routes of each nurse and day at the prices of that moment. False when
        ``enough`` ended it before all had their turn."""
        part, days = LESS**self._passes, list(self._tables.days)
        total = [np.zeros_like(each) for each in self._mean]
        for number in self._dice.permutation(len(days)):
            if enough():
                return False
            self._turn(days[number], part, seen)
            for sums, now in zip(total, (self._work, self._hour, self._cover), strict=True):
                sums += now
        self._passes += 1
        stays = 0.0 if self._passes <= ROUGH else STAYS
        self._mean = [stays * old + (1 - stays) * sums / max(1, len(days))
                      for old, sums in zip(self._mean, total, strict=True)]  # fmt: skip
        return True

    def _turn(self, who: tuple[int, int], part: float, seen: Seen) -> None:
        """One nurse and day: her cheapest duties lower the prices of what they hold; all others rise by their share."""
        tables, (nurse, day) = self._tables, who
        now = Prices(*(np.rint(each).astype(np.int64) for each in (self._work, self._hour, self._cover)))
        routes = self._search.of_day(now, nurse, day)
        seen(nurse, day, now, routes)
        for lane in (0, 1):
            choice = _cheapest(tables, now, nurse, day, lane, routes)
            if choice is not None:
                for row in choice.segments:
                    np.subtract.at(self._work, routes.path[row, : routes.count[row]], part * STEP)
                for week, minutes in choice.weeks:
                    self._hour[nurse, week] += part * HOUR_STEP * minutes
                self._cover[list(choice.cover)] -= part * STEP
        jobs, week = self._jobs[nurse, day], min(day // 7, tables.targets.shape[1] - 1)
        self._work[jobs] += part * STEP / self._shared[jobs]
        self._hour[nurse, week] -= part * HOUR_STEP * tables.targets[nurse, week] / 7
        self._cover += part * STEP * self._asked / len(tables.days)
        np.clip(self._work, 0, self._most, out=self._work)
        np.clip(self._hour, 0, SCALE * tables.problem.instance.weights.overtime, out=self._hour)
        np.maximum(self._cover, self._least, out=self._cover)


def _cheapest(
    tables: BoundTables, prices: Prices, nurse: int, day: int, lane: int, routes: Routes
) -> DutyChoice | None:  # fmt: skip
    """The duty of a lane that costs least, None where having none is cheaper; the fixed one where there is one."""
    fixed = tables.problem.pinned.get((nurse, day, lane))
    cost, best = 0, None
    for choice in tables.days[nurse, day]:
        if choice.lane == lane and fixed in (None, choice.kind):
            value = reduced(tables, prices, nurse, day, choice, routes.cost)
            if value < cost or (fixed is not None and best is None):
                cost, best = value, choice
    return best


def _jobs_of(tables: BoundTables, nurse: int, day: int) -> NDArray[np.int64]:
    """The jobs that some duty of this nurse on this day could hold."""
    node, allowed = tables.node, tables.price[nurse] < INFINITE
    held = np.zeros(len(tables.problem.jobs), dtype=bool)
    for choice in tables.days[nurse, day]:
        for row in tables.segment[list(choice.segments)]:
            fits = (node[:, 2] <= row[3] - node[:, 4]) & (node[:, 3] >= row[2] + row[4]) & allowed
            held[node[fits, 0]] = True
    return np.flatnonzero(held)
