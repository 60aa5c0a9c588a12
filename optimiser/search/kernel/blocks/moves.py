"""Moves judged and made: letters of one person over some days, or of two people who swap them.

What is cheap to count (requests and cover) is counted first. Limits of a person can give back no more than they cost
now, so a move whose cheap part is over the limit by more than that is given up at once. ``point[person]`` is what a
point of her limits costs, ``point[people]`` one of requests and cover.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from optimiser.search.kernel.blocks.data import BlockData, BlockState
from optimiser.search.kernel.blocks.judge import price_of, put
from optimiser.search.kernel.blocks.row_cost import row_change


@njit(cache=True, nogil=True, _nrt=False, error_model="numpy")
def change_one(
    data: BlockData, state: BlockState, person: int, first: int, last: int, limit: float, point: np.ndarray
) -> bool:  # fmt: skip
    """Give a person the letters ``fresh[0, day]`` when that costs at most ``limit`` more; whether it was done."""
    cost, fresh = 0, state.fresh[0]
    for day in range(first, last + 1):
        old, new = state.rows[person, day], fresh[day]
        if old == new:
            continue
        there = state.there[day]
        cost += data.wish[person, day, new] - data.wish[person, day, old]
        cost += data.cover[day, old, there[old] - 1] - data.cover[day, old, there[old]]
        cost += data.cover[day, new, there[new] + 1] - data.cover[day, new, there[new]]
    price, mine = price_of(cost, point[state.rows.shape[0]]), point[person]
    if price > limit + price_of(state.row_cost[person], mine):
        return False
    change = row_change(data, state, person, first, last, fresh)
    if price + price_of(change, mine) > limit:
        return False
    put(data, state, person, first, last, fresh, change)
    state.sums[0] += cost + change
    return True


@njit(cache=True, nogil=True, _nrt=False, error_model="numpy")
def swap_two(
    data: BlockData, state: BlockState, one: int, other: int, first: int, last: int, limit: float, point: np.ndarray
) -> bool:  # fmt: skip
    """Two people swap their letters when both may have them and that costs at most ``limit`` more."""
    cost, same = 0, True
    rows, wish, may, mine, theirs = state.rows, data.wish, data.may, state.fresh[0], state.fresh[1]
    for day in range(first, last + 1):
        old, new = rows[one, day], rows[other, day]
        mine[day], theirs[day] = new, old
        if old == new:
            continue
        if may[one, day, new] == 0 or may[other, day, old] == 0:
            return False
        same = False
        cost += wish[one, day, new] - wish[one, day, old] + wish[other, day, old] - wish[other, day, new]
    price = price_of(cost, point[rows.shape[0]])
    spare = limit - price + price_of(state.row_cost[other], point[other])
    if same or spare + price_of(state.row_cost[one], point[one]) < 0.0:
        return False
    change = row_change(data, state, one, first, last, mine)
    price += price_of(change, point[one])
    if price_of(change, point[one]) > spare:
        return False
    also = row_change(data, state, other, first, last, theirs)
    if price + price_of(also, point[other]) > limit:
        return False
    put(data, state, one, first, last, mine, change)
    put(data, state, other, first, last, theirs, also)
    state.sums[0] += cost + change + also
    return True
