"""The way back from the cheapest end of a row: whatever adds up exactly to what stands there."""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.letters.data import LEAST_FREE, LEAST_RUN, MOST_RUN, LetterData, Scratch
from optimiser.search.kernel.letters.fast import fast

BAN = np.float32(1e9)
"""A price that nobody pays; costs from half of it on stand for no row."""


@fast
def weekend_step(day: int, last: int, row: np.ndarray, was_free: bool) -> int:
    """What working on the day adds to the weekends; a Saturday leaves it to a Sunday that is worked and stays."""
    if day % 7 == 5:
        return 0 if day == last and day + 1 < len(row) and row[day + 1] > 0 else 1
    return 1 if day % 7 == 6 and was_free else 0


@fast
def _fits_after(limits: np.ndarray, row: np.ndarray, last: int, off: bool, length: int) -> bool:
    """Whether runs are lawful over the border to the days that stay behind the last. Successions: ``trace``."""
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


@fast
def trace(
    data: LetterData, limits: np.ndarray, row: np.ndarray, first: int, last: int, wide: int, width: int, nodes: int,
    counted: bool, scarce: int, share: int, scratch: Scratch,
) -> bool:  # fmt: skip
    """Write the cheapest row that ends lawfully; False: there is none."""
    days, run, size = last - first + 1, max(1, limits[MOST_RUN]), wide * width
    rest = len(data.bars) * run
    best, node, tally, at = BAN / 2, -1, 0, 0
    for each in range(nodes):
        off = each >= rest
        length = each - rest + 1 if off else each % run + 1
        if not scratch.alive[days, each] or not _fits_after(limits, row, last, off, length):
            continue
        if not off and last + 1 < len(row) and row[last + 1] > 0 and \
                data.bars[each // run, data.kind_of[row[last + 1]]]:  # fmt: skip
            continue
        for some in range(wide):
            begin = (days * nodes + each) * size + some * width
            for unit in range(scratch.between[days, 1] - scratch.between[days, 0] + 1):
                if scratch.cost[begin + unit] < best:
                    best, node, tally, at = scratch.cost[begin + unit], each, some, unit
    if node < 0:
        return False
    units = at + scratch.between[days, 0]
    for day in range(last, first - 1, -1):
        value = scratch.cost[((day - first + 1) * nodes + node) * size + tally * width + units
                             - scratch.between[day - first + 1, 0]]  # fmt: skip
        if node >= rest:
            row[day] = 0
            node = _before_rest(limits, day, first, node, tally, units, run, rest, width, size, nodes, value, share,
                                scratch)  # fmt: skip
        else:
            node, kind = _before_work(data, row, day, first, last, node, tally, units, run, counted, width, size,
                                      nodes, value, scarce, share, scratch)  # fmt: skip
            # the day behind the last is still as it was, so the step is what it was on the way there
            tally -= (weekend_step(day, last, row, node >= rest) * share if counted else 0) + (kind == scarce)
            units -= data.units[kind]
            row[day] = scratch.letter[day, kind]
    return True


@fast
def _stands(
    scratch: Scratch, at: int, node: int, tally: int, units: int, width: int, size: int, nodes: int, price: float,
    value: float, share: int,
) -> bool:  # fmt: skip
    """Whether a cell before day ``at`` of the window costs what, with the price, is the value."""
    if tally < 0 or tally >= scratch.between[at, 2] * share or not scratch.alive[at, node]:
        return False
    if units < scratch.between[at, 0] or units > scratch.between[at, 1]:
        return False
    cell = (at * nodes + node) * size + tally * width + units - scratch.between[at, 0]
    return scratch.cost[cell] + price == value


@fast
def _before_rest(
    limits: np.ndarray, day: int, first: int, node: int, tally: int, units: int, run: int, rest: int, width: int,
    size: int, nodes: int, value: float, share: int, scratch: Scratch,
) -> int:  # fmt: skip
    """The node before a day off."""
    price = scratch.price[day, 0]
    if node > rest and _stands(scratch, day - first, node - 1, tally, units, width, size, nodes, price, value, share):
        return node - 1
    if node == nodes - 1 and _stands(scratch, day - first, node, tally, units, width, size, nodes, price, value, share):
        return node
    for each in range(rest if node == rest else 0):
        length = each % run + 1
        if (length >= limits[LEAST_RUN] or length == day) and \
                _stands(scratch, day - first, each, tally, units, width, size, nodes, price, value, share):  # fmt: skip
            return each
    return -1


@fast
def _before_work(
    data: LetterData, row: np.ndarray, day: int, first: int, last: int, node: int, tally: int, units: int, run: int,
    counted: bool, width: int, size: int, nodes: int, value: float, scarce: int, share: int, scratch: Scratch,
) -> tuple[int, int]:  # fmt: skip
    """The node before a working day, and its kind."""
    length, own = node % run, node // run
    earlier = tally - (weekend_step(day, last, row, length == 0) * share if counted else 0)
    for kind in range(len(data.units)):
        price = scratch.least[day, kind]
        if data.kind_class[kind] != own or price >= BAN:
            continue
        if kind == scarce and earlier % share == 0:
            continue
        some, before = earlier - (kind == scarce), units - data.units[kind]
        if length == 0:
            if _stands(scratch, day - first, nodes - 1, some, before, width, size, nodes, price, value, share):
                return nodes - 1, kind
            continue
        for each in range(len(data.bars)):
            there = each * run + length - 1
            if data.bars[each, kind]:
                continue
            if _stands(scratch, day - first, there, some, before, width, size, nodes, price, value, share):
                return there, kind
    return -1, 0
