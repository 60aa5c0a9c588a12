"""The cheapest lawful letters of one person on the days ``first`` to ``last``, the rest of the row as it is.

Exact in everything but the maximum of each shift, which the caller minds: dynamic programming over days, with the
node (see ``data``), the weekends worked and the minutes so far.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from optimiser.search.kernel.letters.data import (
    LEAST_FREE,
    LEAST_RUN,
    LEAST_UNITS,
    MOST_RUN,
    MOST_UNITS,
    MOST_WEEKENDS,
    LetterData,
    Scratch,
)

BAN = np.float32(1e9)
"""A price that nobody pays; costs from half of it on stand for no row."""


@njit(cache=True)
def cheapest_row(data: LetterData, person: int, row: np.ndarray, first: int, last: int, scratch: Scratch) -> bool:
    """Write the cheapest letters at ``scratch.price`` into the row; False, and the row as it was: there are none."""
    limits = data.limits[person]
    units, weekends = _outside(data, row, first, last)
    low, high = limits[LEAST_UNITS] - units, limits[MOST_UNITS] - units
    longest = data.units.max()
    high = min(high, (last - first + 1) * longest)
    spare = limits[MOST_WEEKENDS] - weekends
    inside = _weekends_inside(row, first, last)
    counted = inside > spare
    wide = spare + 1 if counted else 1
    if high < 0 or low > high or wide < 1:
        return False
    low = max(low, 0)
    _cheapest_kinds(data, person, first, last, scratch)
    scratch.alive[0, :] = 0
    scratch.cost[0, :, :wide, : high + 1] = BAN
    start = _node_before(data, limits, row, first)
    scratch.cost[0, start, 0, 0] = 0.0
    scratch.alive[0, start] = 1
    for day in range(first, last + 1):
        floor = max(0, low - (last - day + 1) * longest)
        ceiling = min(high, (day - first) * longest)
        _one_day(data, limits, row, day, first, last, wide, counted, floor, ceiling, high, scratch)
    return _trace(data, limits, row, first, last, wide, counted, low, high, scratch)


@njit(cache=True)
def _outside(data: LetterData, row: np.ndarray, first: int, last: int) -> tuple[int, int]:
    """Units and weekends of the days that stay."""
    units = weekends = 0
    for day in range(len(row)):
        if (day < first or day > last) and row[day] > 0:
            units += data.units[data.kind_of[row[day]]]
            saturday = day % 7 == 6 and (day - 1 < first or day - 1 > last) and row[day - 1] > 0
            if day % 7 >= 5 and not saturday:
                weekends += 1
    return units, weekends


@njit(cache=True)
def _weekends_inside(row: np.ndarray, first: int, last: int) -> int:
    """Weekends with a day among those chosen."""
    count = 0
    for day in range(first, last + 1):
        if day % 7 == 5 or (day % 7 == 6 and day == first):
            count += 1
    return count


@njit(cache=True)
def _cheapest_kinds(data: LetterData, person: int, first: int, last: int, scratch: Scratch) -> None:
    """On each day the cheapest letter of each kind."""
    scratch.least[first : last + 1, :] = BAN
    for day in range(first, last + 1):
        for letter in range(1, len(data.kind_of)):
            kind = data.kind_of[letter]
            if data.allowed[person, day, letter] and scratch.price[day, letter] < scratch.least[day, kind]:
                scratch.least[day, kind] = scratch.price[day, letter]
                scratch.letter[day, kind] = letter


@njit(cache=True)
def _node_before(data: LetterData, limits: np.ndarray, row: np.ndarray, first: int) -> int:
    """The node after the day before the first; days off at the start of the horizon are never too few."""
    run, free = max(1, limits[MOST_RUN]), limits[LEAST_FREE]
    rest = len(data.bars) * run
    if first == 0:
        return rest + free - 1
    day, length = first - 1, 0
    works = row[day] > 0
    while day >= 0 and (row[day] > 0) == works:
        length += 1
        day -= 1
    if works:
        return data.kind_class[data.kind_of[row[first - 1]]] * run + min(length, run) - 1
    return rest + (free if day < 0 else min(length, free)) - 1


@njit(cache=True)
def _weekend_step(day: int, last: int, row: np.ndarray, was_free: bool) -> int:
    """What working on the day adds to the weekends; a Saturday leaves it to a Sunday that is worked and stays."""
    if day % 7 == 5:
        return 0 if day == last and day + 1 < len(row) and row[day + 1] > 0 else 1
    return 1 if day % 7 == 6 and was_free else 0


@njit(cache=True)
def _one_day(
    data: LetterData, limits: np.ndarray, row: np.ndarray, day: int, first: int, last: int, wide: int, counted: bool,
    floor: int, ceiling: int, high: int, scratch: Scratch,
) -> None:  # fmt: skip
    """All steps over one day."""
    side = (day - first) & 1
    run, free, classes, kinds = max(1, limits[MOST_RUN]), limits[LEAST_FREE], len(data.bars), len(data.units)
    rest = classes * run
    after, alive = scratch.cost[1 - side], scratch.alive[1 - side]
    after[: rest + free, :wide, : high + 1] = BAN
    alive[:] = 0
    for node in range(rest + free):
        if not scratch.alive[side, node]:
            continue
        off = node >= rest
        length = node - rest + 1 if off else node % run + 1
        code = node * (kinds + 1)
        # a run of as many days as went before began with the horizon and is never too short
        if off or length >= limits[LEAST_RUN] or length == day:
            target = rest + (min(length, free - 1) if off else 0)
            alive[target] = 1
            _relax(scratch, side, day, node, target, code + kinds, wide, 0, 0, floor, ceiling, high,
                   scratch.price[day, 0])  # fmt: skip
        if limits[MOST_RUN] < 1 or (length < free if off else length >= run):
            continue
        step = _weekend_step(day, last, row, off) if counted else 0
        for kind in range(kinds):
            if scratch.least[day, kind] >= BAN or (not off and data.bars[node // run, kind]):
                continue
            target = data.kind_class[kind] * run + (0 if off else length)
            alive[target] = 1
            _relax(scratch, side, day, node, target, code + kind, wide, step, data.units[kind], floor, ceiling, high,
                   scratch.least[day, kind])  # fmt: skip


@njit(cache=True)
def _relax(
    scratch: Scratch, side: int, day: int, node: int, target: int, code: int, wide: int, step: int, units: int,
    floor: int, ceiling: int, high: int, price: float,
) -> None:  # fmt: skip
    """One step between nodes, for all weekends and units."""
    for weekends in range(wide - step):
        before, after = scratch.cost[side, node, weekends], scratch.cost[1 - side, target, weekends + step]
        back = scratch.back[day, target, weekends + step]
        for at in range(floor, min(ceiling, high - units) + 1):
            value = before[at] + price
            if value < after[at + units]:
                after[at + units] = value
                back[at + units] = code


@njit(cache=True)
def _fits_after(limits: np.ndarray, row: np.ndarray, last: int, off: bool, length: int) -> bool:
    """Whether runs are lawful over the border to the days that stay behind the last. Successions: ``_trace``."""
    days = len(row)
    if last + 1 == days:
        return True
    works = row[last + 1] > 0
    day = last + 1
    while day < days and (row[day] > 0) == works:
        day += 1
    behind, open_end = day - last - 1, day == days
    if works and off:
        return length >= limits[LEAST_FREE] and (open_end or behind >= limits[LEAST_RUN])
    if works:
        whole = length + behind
        return whole <= limits[MOST_RUN] and (open_end or whole >= limits[LEAST_RUN] or length == last + 1)
    if off:
        return open_end or length + behind >= limits[LEAST_FREE]
    return (length >= limits[LEAST_RUN] or length == last + 1) and (open_end or behind >= limits[LEAST_FREE])


@njit(cache=True)
def _trace(
    data: LetterData, limits: np.ndarray, row: np.ndarray, first: int, last: int, wide: int, counted: bool, low: int,
    high: int, scratch: Scratch,
) -> bool:  # fmt: skip
    """The cheapest end, and from there back to the first day."""
    side = (last + 1 - first) & 1
    run, free, classes, kinds = max(1, limits[MOST_RUN]), limits[LEAST_FREE], len(data.bars), len(data.units)
    rest = classes * run
    best, node, weekends, units = BAN / 2, -1, 0, 0
    for each in range(rest + free):
        off = each >= rest
        length = each - rest + 1 if off else each % run + 1
        if not scratch.alive[side, each] or not _fits_after(limits, row, last, off, length):
            continue
        if not off and last + 1 < len(row) and row[last + 1] > 0 and \
                data.bars[each // run, data.kind_of[row[last + 1]]]:  # fmt: skip
            continue
        for some in range(wide):
            for at in range(low, high + 1):
                if scratch.cost[side, each, some, at] < best:
                    best, node, weekends, units = scratch.cost[side, each, some, at], each, some, at
    if node < 0:
        return False
    for day in range(last, first - 1, -1):
        code = scratch.back[day, node, weekends, units]
        before, kind = code // (kinds + 1), code % (kinds + 1)
        if kind == kinds:
            row[day] = 0
        else:
            # the day behind the last is still as it was, so the step is what it was on the way there
            weekends -= _weekend_step(day, last, row, before >= rest) if counted else 0
            units -= data.units[kind]
            row[day] = scratch.letter[day, kind]
        node = before
    return True
