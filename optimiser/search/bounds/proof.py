"""The bound of a problem within so many seconds: prices from the master, proof from ``priced``."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from math import inf

import numpy as np

from optimiser.domain.long_roster import is_long
from optimiser.domain.problem import Problem
from optimiser.search.bounds.ascent import Ascent
from optimiser.search.bounds.master import Master
from optimiser.search.bounds.prices import Priced, priced
from optimiser.search.bounds.routes import Prices, Routes, RouteSearch, reduced
from optimiser.search.bounds.tables import SCALE, BoundTables, tables_of
from optimiser.search.bounds.weeks import NurseRows

CLOSE = 0.002
"""Rounds end when the master says that less than this part of the bound can be won."""
PASSES = 16
"""Passes for first prices at most."""
END = 5
"""The end, with the rows of nurses, takes at most about as long as so many passes."""
LATE = 0.25
"""It is left out when more than this part of its time is gone."""
NEAR = 0.6
"""How much of the best prices so far stays in the next ones."""
LONG_ROUNDS = 2000
MARGIN = 40 * SCALE
"""Duties that cost so much more than the best of their day are told apart in the rows of nurses."""
CHOICES = 10
"""Duties of each nurse and day that become columns in a round."""
KEPT_FROM = 2
"""Routes of passes before this one are no columns."""


@dataclass(frozen=True)
class LowerBound:
    """No plan without violations costs less than ``value`` (minute-equivalents, ``Objective.scalar``)."""

    value: int
    rounds: int
    columns: int
    cpu_s: float
    parts: dict[str, int]


def lower_bound(
    problem: Problem, seconds: float | None = 60.0, rounds: int = 200, bucket: int = 5,
    should_stop: Callable[[], bool] | None = None,
) -> LowerBound | None:  # fmt: skip
    """The best bound that ``seconds`` (None: no limit) and ``rounds`` give, 0 at least; None: see ``tables_of``.
    Long rosters have a bound of their own."""

    if is_long(problem.instance):
        from optimiser.search.bounds.long_bound import long_bound

        return long_bound(problem, seconds, rounds=LONG_ROUNDS, should_stop=should_stop)
    tables = tables_of(problem, bucket)
    if tables is None:
        return None
    cpu, clock = time.process_time(), _Clock(seconds, should_stop)
    search, master = RouteSearch(tables), Master(tables)
    prices, columns = _first(tables, search, master, clock)
    best, centre, near, done = None, prices, NEAR, 0
    clock.longest = clock.end
    while done < rounds and not clock.over():
        done += 1
        with clock:
            found = _proved(tables, search, prices, best.value if best else 0)
            if best is None or found.value > best.value:
                best, centre = found, prices
            added = sum(_add_columns(tables, master, prices, found.routes, each) for each in tables.days)
            columns += added
            ahead = master.prices(clock.left())
        if ahead is None or best.value >= (1 - CLOSE) * ahead[1] or not (added or near):
            break
        # without new routes the prices between are of no use: the master's own are tried, then the rounds end
        near = NEAR if added or ahead[1] == inf else 0.0
        prices = _between(centre, ahead[0], near)
    best = best or priced(tables, centre, search.quick(centre))
    if not clock.late():
        best = _with_rows(tables, search, centre, best)
    value = max(0, -(-best.value // SCALE))
    return LowerBound(value, done, columns, round(time.process_time() - cpu, 2), best.parts)


class _Clock:
    """Time that is left for passes and rounds (``with`` notes what the ``longest`` took): the ``end`` is kept back."""

    def __init__(self, seconds: float | None, should_stop: Callable[[], bool] | None) -> None:
        self._until = inf if seconds is None else time.monotonic() + seconds
        self._stop, self._began, self.longest, self.end = should_stop, 0.0, 0.0, inf

    def left(self) -> float:
        """Seconds, without those of the end when that is known."""
        return min(1e9, self._until - time.monotonic() - (self.end if self.end < inf else 0.0))

    def over(self) -> bool:
        """Is there no time for one more like the longest so far?"""
        return self.left() <= self.longest or self._stopped()

    def late(self) -> bool:
        """Is there no time for the end either?"""
        return self.left() < (0.0 if self.end == inf else -self.end * LATE) or self._stopped()

    def _stopped(self) -> bool:
        return bool(self._stop and self._stop())

    def __enter__(self) -> None:
        self._began = time.monotonic()

    def __exit__(self, *_: object) -> None:
        self.longest = max(self.longest, time.monotonic() - self._began)


def _first(tables: BoundTables, search: RouteSearch, master: Master, clock: _Clock) -> tuple[Prices, int]:
    """Prices of the ascent; its routes in all but the first passes become columns."""
    ascent, columns, number = Ascent(tables, search), 0, 0

    def seen(nurse: int, day: int, prices: Prices, routes: Routes) -> None:
        nonlocal columns
        if number >= KEPT_FROM:
            columns += _add_columns(tables, master, prices, routes, (nurse, day))

    for number in range(PASSES):  # noqa: B007
        if clock.over():
            break
        with clock:
            if not ascent.run(clock.late, seen):
                break
        clock.end = END * clock.longest
    return ascent.mean(), columns


def _proved(tables: BoundTables, search: RouteSearch, prices: Prices, least: int = 0) -> Priced:
    """The bound at given prices; only as quick as it may be where real routes already keep it down."""
    found = priced(tables, prices, search.quick(prices))
    if found.quick > max(0, least):
        found = priced(tables, prices, search.exact(prices, found.routes))
    return found


def _with_rows(tables: BoundTables, search: RouteSearch, prices: Prices, best: Priced) -> Priced:
    """The bound at the best prices once more, with the cheapest whole row of each nurse for her days and hours."""
    routes = search.exact(prices, best.routes, margin=MARGIN)
    days, rows = priced(tables, prices, routes), NurseRows(tables).least(prices, routes)
    if rows is None:
        return days
    parts = {"work": days.parts["work"], "cover": days.parts["cover"], "rows": rows}
    value = sum(parts.values())
    return Priced(value, parts, routes, days.quick) if value > days.value else days


def _between(centre: Prices, ahead: Prices, near: float) -> Prices:
    """Prices between the best so far and the master's: its own swing too far."""
    return Prices(*(
        np.rint(near * old + (1 - near) * new).astype(np.int64)
        for old, new in ((centre.work, ahead.work), (centre.hour, ahead.hour), (centre.cover, ahead.cover))
    ))  # fmt: skip


def _add_columns(
    tables: BoundTables, master: Master, prices: Prices, found: Routes, each: tuple[int, int]
) -> int:  # fmt: skip
    """The cheapest duties of a nurse and day, with their routes at what they really cost."""
    (nurse, day), added = each, 0
    ranked = sorted(tables.days[each], key=lambda choice: reduced(tables, prices, nurse, day, choice, found.cost))
    for choice in ranked[:CHOICES]:
        cost = choice.price * SCALE - tables.entry_price(nurse, day, choice)
        jobs: list[int] = []
        for row in choice.segments:
            stops = found.path[row, : found.count[row]]
            minutes = sum(tables.problem.jobs[job].minutes for job in stops)
            cost += int(found.cost[row] + prices.work[stops].sum() - found.minute_price[row] * minutes)
            jobs += [int(job) for job in stops]
        standby = choice.lane == 1 and not choice.weeks
        minutes = sum(tables.problem.jobs[job].minutes for job in jobs) if standby else 0
        added += master.add(nurse, day, choice, jobs, cost / SCALE, minutes)
    return added
