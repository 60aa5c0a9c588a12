"""A lower bound of long rosters: cover has prices, and each nurse her cheapest row of the whole horizon at these."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from optimiser.domain.problem import Problem
from optimiser.search.bounds.long_tables import SCALE, LongBoundTables, long_bound_tables
from optimiser.search.bounds.proof import LowerBound
from optimiser.search.kernel.long_rows import FAR, Ints, cheapest_row

SHORTER, PATIENCE, CLOSE = 0.6, 4, 0.0005
"""Each step aims so far ahead of the best bound as the last ones reached; less after so many rounds without a better
one, until it is next to nothing."""
THREADS = 2
FIRST = 50 * SCALE


@dataclass
class _Rows:
    """The cheapest rows at some prices: their sum, and how often each cover row is counted."""

    cost: int
    counted: Ints


@dataclass(frozen=True)
class LongPrices:
    """The bound, and what at its prices (hundredths) one duty more is worth to each cover row."""

    bound: LowerBound
    worth: Ints
    tables: LongBoundTables


def long_bound(
    problem: Problem, seconds: float | None = 60.0, price: int | None = None, rounds: int = 2000,
    should_stop: Callable[[], bool] | None = None,
) -> LowerBound | None:  # fmt: skip
    """What no lawful roster costs less than, visits left out; None when no row of some nurse keeps the law.

    ``price`` is the cost of a plan, which only guides the search for prices.
    """
    bare = replace(problem, jobs=(), ties=(), may_serve=())
    found = long_prices(bare, seconds, price, rounds, should_stop)
    return None if found is None else found.bound


def least_uncovered(problem: Problem, seconds: float | None = 30.0, rounds: int = 400) -> int:
    """How many duties below the minimum of cover rows every lawful roster leaves open at least (none is proved: 0).

    The same bound with the weight of all other terms at 0.
    """
    weights = problem.instance.weights
    alone = weights.model_copy(update={**dict.fromkeys(type(weights).model_fields, 0), "uncovered_minimum": 1000})
    instance = problem.instance.model_copy(update={"weights": alone})
    found = long_bound(replace(problem, instance=instance, parent=None), seconds, rounds=rounds)
    return 0 if found is None else -(-found.value // 1000)


def long_prices(
    problem: Problem, seconds: float | None, price: int | None = None, rounds: int = 2000,
    should_stop: Callable[[], bool] | None = None,
) -> LongPrices | None:  # fmt: skip
    """Prices of cover by steps along the slope, and the bound that they prove; the problem has no jobs."""
    began, cpu = time.monotonic(), time.process_time()
    tables = long_bound_tables(problem)
    worth, limits = _first(tables), (-_surplus(problem), _most(problem))
    best, at, ahead, waited, done = 0, worth, 0.0, 0, 0
    with ThreadPoolExecutor(THREADS) as pool:
        for done in range(1, rounds + 1):
            rows = _rows(tables, worth, pool)
            if rows.cost >= FAR:
                return None
            short, wanted = _shortage(problem, worth)
            value, waited = rows.cost + short, waited + 1
            if done == 1:
                ahead = max(abs(value), SCALE) if price is None else max(SCALE, price * SCALE - value)
            if done == 1 or value > best:
                best, at, waited = value, worth, 0
            elif waited >= PATIENCE:
                ahead, waited, worth = ahead * SHORTER, 0, at
                continue
            slope = wanted - rows.counted
            size = int((slope * slope).sum())
            late = seconds is not None and time.monotonic() - began > seconds
            if ahead < CLOSE * abs(best) or size == 0 or late or (should_stop and should_stop()):
                break
            step = (best + ahead - value) / size
            worth = np.clip(worth + np.rint(step * slope).astype(np.int64), *limits)
    bound = LowerBound(max(0, -(-best // SCALE)), done, 0, round(time.process_time() - cpu, 2), {})
    return LongPrices(bound, at, tables)


def _first(tables: LongBoundTables) -> Ints:
    """At first each duty is worth the same."""
    return np.full(len(tables.problem.cover), FIRST, dtype=np.int64)


def _most(problem: Problem) -> Ints:
    """A duty is never worth more than its lack."""
    weights = problem.instance.weights
    return np.array([
        SCALE * (weights.uncovered_minimum if row.minimum else weights.uncovered_wanted if row.wanted else 0)
        for row in problem.cover
    ], dtype=np.int64)  # fmt: skip


def _surplus(problem: Problem) -> Ints:
    """A standby duty too many is worth no less than what it costs to have it."""
    price = SCALE * problem.instance.weights.surplus_standby
    return np.array([price if row.standby else 0 for row in problem.cover], dtype=np.int64)


def _shortage(problem: Problem, worth: Ints) -> tuple[int, Ints]:
    """For each cover row the number of duties at which shortage and what these are worth cost least: sum, numbers.

    Beyond what is wanted none costs less: there a duty is worth no less than its surplus costs.
    """
    weights = problem.instance.weights
    total, numbers = 0, np.zeros(len(problem.cover), dtype=np.int64)
    for index, row in enumerate(problem.cover):
        costs = []
        for count in range(max(row.minimum, row.wanted) + 1):
            lacks = weights.uncovered_minimum * max(0, row.minimum - count)
            lacks += weights.uncovered_wanted * max(0, row.wanted - max(row.minimum, count))
            costs.append(SCALE * lacks + int(worth[index]) * count)
        numbers[index] = int(np.argmin(costs))
        total += min(costs)
    return total, numbers


def _rows(tables: LongBoundTables, worth: Ints, pool: ThreadPoolExecutor) -> _Rows:
    """Every nurse's cheapest row when each duty that counts is worth so much."""
    nurses, days, choices = tables.price.shape
    price = tables.price.copy()
    for number, day, table in tables.counts:
        price[:, day] -= worth[number] * table
    price[tables.price >= FAR] = FAR
    rows = np.zeros((nurses, days), dtype=np.int64)

    def cheapest(part: int) -> int:
        least = np.empty((days + 1, 2 * choices, tables.hours.shape[2]), dtype=np.int64)
        cost = 0
        for nurse in range(part, nurses, THREADS):
            next_day, day_after = tables.together[tables.group[nurse]]
            cost += cheapest_row(
                price[nurse], next_day, day_after, tables.away[nurse], tables.minutes, tables.hours[nurse], least,
                rows[nurse],
            )  # fmt: skip
        return cost

    cost = sum(pool.map(cheapest, range(THREADS)))
    counted = np.zeros(len(tables.problem.cover), dtype=np.int64)
    everybody = np.arange(nurses)
    for number, day, table in tables.counts:
        counted[number] += int(table[everybody, rows[:, day]].sum())
    return _Rows(int(cost), counted)
