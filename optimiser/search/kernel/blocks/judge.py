"""The whole cost of a roster, counted from its rows alone; and letters put in a row for good."""

from __future__ import annotations

import numpy as np
from numba import njit

from optimiser.search.kernel.blocks.data import ASSIGNMENTS, MINUTES, UNIT, UNIT_BITS, WEEKENDS, BlockData, BlockState
from optimiser.search.kernel.blocks.row_cost import BROKEN, OVER_COUNT, span_cost, total_cost, weekends


@njit(cache=True, nogil=True, _nrt=False, error_model="numpy")
def price_of(cost: int, point: float) -> float:
    """One number for a cost or a change of cost: its price, and its points at ``point`` each."""
    points = (cost + (UNIT >> 1)) >> UNIT_BITS
    return float(cost - points * UNIT) + point * points


@njit(cache=True, nogil=True, _nrt=False, error_model="numpy")
def row_cost(data: BlockData, state: BlockState, person: int) -> int:
    """Cost of a whole row by the limits of its person; her totals and counts are written anew."""
    days = state.rows.shape[1]
    state.totals[person, :] = 0
    state.counts[person, :] = 0
    for day in range(days):
        code = data.code_of[state.rows[person, day]]
        state.codes[person, day] = code
        state.counts[person, code] += 1
        state.totals[person, ASSIGNMENTS] += 1 if code > 0 else 0
        state.totals[person, MINUTES] += data.minutes[code]
    ends = weekends(state.codes, person, 0, days - 1)
    broken = ends >> 16
    state.totals[person, WEEKENDS] = ends - broken * BROKEN
    cost = span_cost(data, state.codes, person, 0, days - 1) + broken * data.broken[person]
    for which in range(3):
        cost += total_cost(data, person, which, state.totals[person, which])
    for code in range(len(data.minutes)):
        cost += max(0, state.counts[person, code] - data.most_of[person, code]) * OVER_COUNT
    return cost


@njit(cache=True, nogil=True, _nrt=False, error_model="numpy")
def recount(data: BlockData, state: BlockState) -> int:
    """Write everything that follows from the rows anew; the cost of the roster."""
    people, days = state.rows.shape
    state.there[:, :] = 0
    cost = 0
    for person in range(people):
        state.row_cost[person] = row_cost(data, state, person)
        cost += state.row_cost[person]
        for day in range(days):
            letter = state.rows[person, day]
            state.there[day, letter] += 1
            cost += data.wish[person, day, letter]
    for day in range(days):
        for letter in range(state.there.shape[1]):
            cost += data.cover[day, letter, state.there[day, letter]]
    state.sums[0] = cost
    return cost


@njit(cache=True, nogil=True, _nrt=False, error_model="numpy")
def put(
    data: BlockData, state: BlockState, person: int, first: int, last: int, fresh: np.ndarray, change: int
) -> None:  # fmt: skip
    """Give a person the letters ``fresh[day]`` from ``first`` to ``last``; her limits then cost ``change`` more."""
    ends = weekends(state.codes, person, first, last)
    for day in range(first, last + 1):
        old, new = state.rows[person, day], fresh[day]
        if old == new:
            continue
        state.there[day, old] -= 1
        state.there[day, new] += 1
        state.rows[person, day] = new
        before, after = data.code_of[old], data.code_of[new]
        state.codes[person, day] = after
        state.counts[person, before] -= 1
        state.counts[person, after] += 1
        state.totals[person, ASSIGNMENTS] += (1 if after > 0 else 0) - (1 if before > 0 else 0)
        state.totals[person, MINUTES] += data.minutes[after] - data.minutes[before]
    ends = weekends(state.codes, person, first, last) - ends
    state.totals[person, WEEKENDS] += ends - ((ends + (BROKEN >> 1)) >> 16) * BROKEN
    state.row_cost[person] += change
