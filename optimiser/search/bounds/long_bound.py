"""A lower bound of long rosters: cover has prices, and each nurse her cheapest row of the whole horizon at these."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from optimiser.domain.problem import Problem
from optimiser.search.bounds.long_ascent import Ascent, Effort
from optimiser.search.bounds.long_dual import THREADS, LongDual
from optimiser.search.bounds.long_tables import SCALE, LongBoundTables, long_bound_tables
from optimiser.search.bounds.proof import LowerBound
from optimiser.search.kernel.long_rows import Ints, compile_rows

FIRST = 50 * SCALE
"""At first each duty is worth so much."""
APART = (0.6, 0.5)
"""Of the effort that is left so much at most goes to steps in which each part of the nurses is by itself and prices of
shares stay: at first, and each time again."""
AHEAD, ENOUGH = (0.1, 0.05, 0.02), 0.001
"""Then all prices aim so far ahead (share of the bound) together; turn by turn until one brings next to nothing."""
WEEKS_SCALE, SHARES_SCALE = 0.5, 1.5
"""How far prices of weeks and of shares move where those of cover move one."""


@dataclass(frozen=True)
class LongPrices:
    """The bound, and what at its prices (hundredths) one duty more is worth to each cover row; ``rows``: the choices
    [N, D] of the cheapest rows in the last rounds."""

    bound: LowerBound
    worth: Ints
    tables: LongBoundTables
    rows: tuple[Ints, ...]


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
    """Prices by steps along the slope, and the bound that they prove; the problem has no jobs."""
    compile_rows()
    began, cpu = time.monotonic(), time.process_time()
    tables = long_bound_tables(problem)
    dual, stop = LongDual(problem, tables), should_stop or (lambda: False)
    first = np.clip(np.where(dual.of_cover, FIRST, 0), *dual.limits)
    scale = np.where(dual.of_cover, 1.0, np.where(dual.of_shares, SHARES_SCALE, WEEKS_SCALE))
    ascent = Ascent(dual, first)
    # where tables took most of the time, half of it is left all the same: prices of few rounds lead nowhere
    until = None if seconds is None else max(began + seconds, time.monotonic() + seconds / 2)
    effort = Effort(rounds, until, stop)
    with ThreadPoolExecutor(THREADS) as pool:
        turn, gained = 0, True
        while turn == 0 or (gained and ascent.possible and not effort.spent):
            before, last = ascent.best, min(turn, len(AHEAD) - 1)
            with_room = effort.part(APART[min(turn, 1)])
            ascent.climb(with_room, scale * ~dual.of_shares, 1.0 if turn == 0 else AHEAD[last], True, pool)
            effort.used += with_room.used
            ascent.climb(effort, scale, _ahead(ascent, AHEAD[last], price), False, pool)
            gained = turn < len(AHEAD) - 1 or ascent.best - before > ENOUGH * abs(before)
            turn += 1
    if not ascent.possible:
        return None
    bound = LowerBound(max(0, -(-ascent.best // SCALE)), effort.used, 0, round(time.process_time() - cpu, 2), {})
    return LongPrices(bound, ascent.prices[: dual.covers], tables, tuple(ascent.latest))


def _ahead(ascent: Ascent, ahead: float, price: int | None) -> float:
    """Not further ahead than the cost of a plan."""
    if price is None or ascent.best <= 0:
        return ahead
    return min(ahead, max(0.0, price * SCALE / ascent.best - 1))


def columns_of(prices: LongPrices) -> list[list[Ints]]:
    """For each nurse the different rows [days, 2] of kinds (-1: none) that were cheapest in the last rounds. They may
    break rules that the bound leaves out."""
    kinds = np.array(prices.tables.choices, dtype=np.int64)
    nurses = range(len(prices.tables.group))
    return [list(np.unique(np.stack([kinds[rows[nurse]] for rows in prices.rows]), axis=0)) for nurse in nurses]
