"""What the limits of one person cost: runs are counted anew only where they touch what changed, totals by change."""

from __future__ import annotations

import numpy as np
from numba import njit

from optimiser.search.kernel.blocks.data import (
    ASSIGNMENTS,
    FLAT,
    LEAST,
    MINUTES,
    MOST,
    OVER,
    POINTS,
    UNDER,
    UNIT,
    WEEKENDS,
    BlockData,
    BlockState,
)

OVER_COUNT = POINTS * UNIT
"""One day too many with a shift type."""
BROKEN = 1 << 16
"""Broken weekends are counted beside the worked ones, in one number."""


@njit(cache=True, nogil=True, _nrt=False, error_model="numpy")
def span_cost(data: BlockData, codes: np.ndarray, person: int, low: int, high: int) -> int:
    """Cost of runs and successions from ``low``, where a run starts, to ``high``, where one ends."""
    days, cost = codes.shape[1], 0
    longs = data.same.shape[2] > 1
    start = same = low
    before = codes[person, low]
    for day in range(low + 1, high + 2):
        now = codes[person, day] if day <= high else -1
        if now == before:
            continue
        if before > 0:
            cost += (day - same - 1) * data.follows[before, before]
            if longs:
                reaches = 1 if day == days else 0
                if same == 0:
                    cost += data.first_same[person, before, reaches, day]
                else:
                    cost += data.same[before, reaches, day - same]
            if now > 0:
                cost += data.follows[before, now]
        same = day
        if before <= 0 or now <= 0:
            where = (1 if start == 0 else 0) + (2 if day == days else 0)
            cost += data.runs[person, 1 if before > 0 else 0, where, day - start]
            start = day
        before = now
    return cost


@njit(cache=True, nogil=True, _nrt=False, error_model="numpy")
def total_cost(data: BlockData, person: int, which: int, value: int) -> int:
    """Cost of one total."""
    limit = data.totals[person, which]
    if value < limit[LEAST]:
        return (limit[LEAST] - value) * limit[UNDER] + (limit[FLAT] if limit[UNDER] >= UNIT else 0)
    if value > limit[MOST]:
        return (value - limit[MOST]) * limit[OVER] + (limit[FLAT] if limit[OVER] >= UNIT else 0)
    return 0


@njit(cache=True, nogil=True, _nrt=False, error_model="numpy")
def weekends(codes: np.ndarray, person: int, first: int, last: int) -> int:
    """Weekends with a day from ``first`` to ``last`` that have a shift, plus ``BROKEN`` for each with only one."""
    found, days = 0, codes.shape[1]
    begin = first - 1 if first % 7 == 6 else first - first % 7 + 5
    for saturday in range(begin, last + 1, 7):
        on = codes[person, saturday] > 0
        if saturday + 1 < days:
            also = codes[person, saturday + 1] > 0
            if on or also:
                found += 1 if on and also else 1 + BROKEN
        elif on:
            found += 1
    return found


@njit(cache=True, nogil=True, _nrt=False, error_model="numpy")
def row_change(
    data: BlockData, state: BlockState, person: int, first: int, last: int, fresh: np.ndarray
) -> int:  # fmt: skip
    """What it costs by the limits of a person to have the letters ``fresh[day]`` from ``first`` to ``last`` instead of
    hers. Nothing is left changed."""
    codes, days = state.codes, state.codes.shape[1]
    low, high = first, last
    while low > 0 and (low == first or (codes[person, low - 1] > 0) == (codes[person, low] > 0)):
        low -= 1
    while high + 1 < days and (high == last or (codes[person, high + 1] > 0) == (codes[person, high] > 0)):
        high += 1
    change = -span_cost(data, codes, person, low, high)
    ends = weekends(codes, person, first, last)
    shifts = minutes = 0
    for day in range(first, last + 1):
        old, new = codes[person, day], data.code_of[fresh[day]]
        if old == new:
            continue
        shifts += (1 if new > 0 else 0) - (1 if old > 0 else 0)
        minutes += data.minutes[new] - data.minutes[old]
        # counts are kept current, so that several days of one type are seen together
        if state.counts[person, old] > data.most_of[person, old]:
            change -= OVER_COUNT
        state.counts[person, old] -= 1
        if state.counts[person, new] >= data.most_of[person, new]:
            change += OVER_COUNT
        state.counts[person, new] += 1
    for day in range(first, last + 1):
        new = data.code_of[fresh[day]]
        state.counts[person, new] -= 1
        state.counts[person, codes[person, day]] += 1
        codes[person, day] = new
    change += span_cost(data, codes, person, low, high)
    ends = weekends(codes, person, first, last) - ends
    for day in range(first, last + 1):
        codes[person, day] = data.code_of[state.rows[person, day]]
    return change + _totals_change(data, state, person, shifts, minutes, ends)


@njit(cache=True, nogil=True, _nrt=False, error_model="numpy")
def _totals_change(
    data: BlockData, state: BlockState, person: int, shifts: int, minutes: int, ends: int
) -> int:  # fmt: skip
    """What so many more shifts, minutes and weekends (worked and broken) cost."""
    change, totals = 0, state.totals
    if shifts != 0:
        had = totals[person, ASSIGNMENTS]
        change += total_cost(data, person, ASSIGNMENTS, had + shifts) - total_cost(data, person, ASSIGNMENTS, had)
    if minutes != 0:
        had = totals[person, MINUTES]
        change += total_cost(data, person, MINUTES, had + minutes) - total_cost(data, person, MINUTES, had)
    if ends != 0:
        broken = (ends + (BROKEN >> 1)) >> 16
        had, more = totals[person, WEEKENDS], ends - broken * BROKEN
        change += total_cost(data, person, WEEKENDS, had + more) - total_cost(data, person, WEEKENDS, had)
        change += broken * data.broken[person]
    return change
