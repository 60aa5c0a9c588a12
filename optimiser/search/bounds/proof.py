"""The bound of a problem within so many seconds: prices from the master, proof from ``priced``."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from math import inf

import numpy as np

from optimiser.domain.long_roster import is_long
from optimiser.domain.problem import Problem
from optimiser.search.bounds.master import Master
from optimiser.search.bounds.prices import Priced, priced, reduced
from optimiser.search.bounds.routes import Prices, Routes, RouteSearch
from optimiser.search.bounds.tables import SCALE, BoundTables, tables_of
from optimiser.search.bounds.weeks import NurseRows

CLOSE = 0.002
"""Rounds end when the master says that less than this part of the bound can be won."""
FIRST_WORTH, FIRST_HOUR = 10 * SCALE, SCALE // 4
NEAR = 0.6
"""How much of the best prices so far stays in the next ones."""
LONG_ROUNDS = 2000
MARGIN = 40 * SCALE
"""Duties that cost so much more than the best of their day are told apart in the rows of nurses."""
CHOICES = 10
"""Duties of each nurse and day that become columns in a round."""


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
    began, cpu = time.monotonic(), time.process_time()
    search, master, best, centre = RouteSearch(tables), Master(tables), None, _first(tables)
    mixed, near, columns, done, settled = centre, NEAR, 0, 0, False
    for done in range(1, rounds + 1):  # noqa: B007
        found = priced(tables, mixed, search.quick(mixed))
        # prices whose value real routes already keep down need no proof
        if found.quick > max(0, best.value if best else 0):
            found = priced(tables, mixed, search.exact(mixed, found.routes, thorough=settled))
        if best is None or found.value > best.value:
            best, centre = found, mixed
        added = _add_columns(tables, master, mixed, found.routes)
        columns += added
        left = 1e9 if seconds is None else seconds - (time.monotonic() - began)
        ahead = None if left <= 0 or (should_stop and should_stop()) else master.prices(left)
        if ahead is None or best.value >= (1 - CLOSE) * ahead[1] or not (added or near):
            break
        # without new routes the prices between are of no use: the master's own are tried, then the rounds end
        near = NEAR if added or ahead[1] == inf else 0.0
        settled = ahead[1] < inf
        mixed = _between(centre, ahead[0], near)
    assert best is not None
    if best.value > 0:
        best = _with_rows(tables, search, centre, best)
    value = max(0, -(-best.value // SCALE))
    return LowerBound(value, done, columns, round(time.process_time() - cpu, 2), best.parts)


def _with_rows(tables: BoundTables, search: RouteSearch, prices: Prices, best: Priced) -> Priced:
    """The bound at the best prices once more, with the cheapest whole row of each nurse for her days and hours."""
    routes = search.exact(prices, best.routes, margin=MARGIN)
    rows = NurseRows(tables).least(prices, routes)
    if rows is None:
        return best
    parts = {"work": best.parts["work"], "cover": best.parts["cover"], "rows": rows}
    value = sum(parts.values())
    return Priced(value, parts, routes, best.quick) if value > best.value else best


def _first(tables: BoundTables) -> Prices:
    hour = min(FIRST_HOUR, SCALE * tables.problem.instance.weights.overtime)
    return Prices(
        np.full(len(tables.problem.jobs), FIRST_WORTH, dtype=np.int64),
        np.full(tables.targets.shape, hour, dtype=np.int64),
        np.zeros(len(tables.problem.cover), dtype=np.int64),
    )


def _between(centre: Prices, ahead: Prices, near: float) -> Prices:
    """Prices between the best so far and the master's: its own swing too far."""
    return Prices(*(
        np.rint(near * old + (1 - near) * new).astype(np.int64)
        for old, new in ((centre.work, ahead.work), (centre.hour, ahead.hour), (centre.cover, ahead.cover))
    ))  # fmt: skip


def _add_columns(tables: BoundTables, master: Master, prices: Prices, found: Routes) -> int:
    """The cheapest duties of each nurse and day, with their routes at what they really cost."""
    added = 0
    for (nurse, day), choices in tables.days.items():
        ranked = sorted(choices, key=lambda choice: reduced(tables, prices, nurse, day, choice, found.cost))
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
