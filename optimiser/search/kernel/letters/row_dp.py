"""The cheapest lawful letters of one person on the days ``first`` to ``last``, the rest of the row as it is.

Exact in everything but the maximum of each shift, which the caller minds (for one kind of shifts it can be counted):
dynamic programming over days, with the node (see ``data``), a tally of the weekends worked and of that kind, and the
units so far. Only units between which the rest of the row can still end lawfully are looked at; costs of all days are
kept, so that the way back is found by what adds up.
"""

from __future__ import annotations

import numpy as np

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
from optimiser.search.kernel.letters.fast import fast
from optimiser.search.kernel.letters.row_trace import BAN, trace, weekend_step

EVEN_RUNS = 2
"""Longest runs of work that units may be away from even ones: the first row of a year takes a quarter of the time."""


@fast
def cheapest_row(
    data: LetterData, person: int, row: np.ndarray, first: int, last: int, scarce: int, most: int, evenly: bool,
    scratch: Scratch,
) -> bool:  # fmt: skip
    """Write the cheapest letters at ``scratch.price`` into the row; False, and the row as it was: there are none. Of
    the kind ``scarce`` (-1: of none) at most ``most``, which takes ``most`` + 1 times as long. ``evenly``: only rows
    whose units stay within ``EVEN_RUNS`` of what is least and most by then if each day had its share."""
    limits = data.limits[person]
    units, weekends = _outside(data, row, first, last)
    low, high = max(0, limits[LEAST_UNITS] - units), limits[MOST_UNITS] - units
    spare = limits[MOST_WEEKENDS] - weekends
    longest = _cheapest_kinds(data, person, first, last, scratch)
    wide, width, counted = _corridor(limits, first, last, low, high, spare, longest, evenly, scratch)
    if wide < 1 or width < 1:
        return False
    share = most + 1 if scarce >= 0 else 1
    wide *= share
    run, free = max(1, limits[MOST_RUN]), limits[LEAST_FREE]
    nodes = len(data.bars) * run + free
    scratch.alive[: last - first + 2, :nodes] = 0
    start = _node_before(data, limits, row, first)
    scratch.cost[start * wide * width : (start + 1) * wide * width] = BAN
    scratch.cost[start * wide * width] = 0.0
    scratch.alive[0, start] = 1
    for day in range(first, last + 1):
        _one_day(data, limits, row, day, first, last, wide, width, nodes, counted, scarce, share, scratch)
    return trace(data, limits, row, first, last, wide, width, nodes, counted, scarce, share, scratch)


@fast
def _corridor(
    limits: np.ndarray, first: int, last: int, low: int, high: int, spare: int, longest: int, evenly: bool,
    scratch: Scratch,
) -> tuple[int, int, bool]:  # fmt: skip
    """``scratch.between[at]``: least and most units before the window's day ``at``, and how many weekends can have
    been worked (at most ``spare``, plus one); see ``cheapest_row`` for ``evenly``. Most weekends and units over all
    days, plus one (below one: no row), and whether weekends can bind."""
    days, run = last - first + 1, limits[MOST_RUN]
    period = max(1, run + limits[LEAST_FREE])
    width, seen, weekends = 0, 1, 0
    for day in range(first, last + 1):
        weekends += 1 if day % 7 == 5 or (day % 7 == 6 and day == first) else 0
    wide = spare + 1 if weekends > spare else 1
    for at in range(days + 1):
        left = days - at
        # in so many days in a row nobody works more often: after each longest run come the least days off
        before = (at // period * run + min(at % period, run)) * longest
        behind = (left // period * run + min(left % period, run)) * longest
        scratch.between[at, 0] = max(0, low - behind)
        scratch.between[at, 1] = min(high, before)
        scratch.between[at, 2] = min(seen, wide)
        if evenly:
            scratch.between[at, 0] = max(scratch.between[at, 0], low * at // days - EVEN_RUNS * run * longest)
            scratch.between[at, 1] = min(scratch.between[at, 1], high * at // days + EVEN_RUNS * run * longest)
        wide_enough = scratch.between[at, 1] - scratch.between[at, 0] + 1
        if wide_enough < 1:
            return wide, 0, False
        width = max(width, wide_enough)
        day = first + at
        seen += 1 if day % 7 == 5 or (day % 7 == 6 and day == first) else 0
    return wide, width, weekends > spare


@fast
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


@fast
def _cheapest_kinds(data: LetterData, person: int, first: int, last: int, scratch: Scratch) -> int:
    """On each day the cheapest letter of each kind; the units of the longest that there is."""
    scratch.least[first : last + 1, :] = BAN
    longest = 0
    for day in range(first, last + 1):
        for letter in range(1, len(data.kind_of)):
            kind = data.kind_of[letter]
            if data.allowed[person, day, letter] and scratch.price[day, letter] < scratch.least[day, kind]:
                scratch.least[day, kind] = scratch.price[day, letter]
                scratch.letter[day, kind] = letter
                longest = max(longest, data.units[kind])
    return longest


@fast
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


@fast
def _one_day(
    data: LetterData, limits: np.ndarray, row: np.ndarray, day: int, first: int, last: int, wide: int, width: int,
    nodes: int, counted: bool, scarce: int, share: int, scratch: Scratch,
) -> None:  # fmt: skip
    """All steps over one day."""
    at, size = day - first, wide * width
    run, free, classes, kinds = max(1, limits[MOST_RUN]), limits[LEAST_FREE], len(data.bars), len(data.units)
    rest, here = classes * run, at * nodes * size
    there = here + nodes * size
    alive = scratch.alive[at]
    for node in range(nodes):
        if not alive[node]:
            continue
        length = node - rest if node >= rest else node % run + 1
        # a run of as many days as went before began with the horizon and is never too short
        if node >= rest or length >= limits[LEAST_RUN] or length == day:
            target = rest + (min(length + 1, free - 1) if node >= rest else 0)
            _relax(scratch, at, here + node * size, there + target * size, target, wide, width, 0, 0,
                   scratch.price[day, 0], share, False)  # fmt: skip
    if limits[MOST_RUN] < 1:
        return
    if alive[nodes - 1]:
        step = weekend_step(day, last, row, True) * share if counted else 0
        for kind in range(kinds):
            if scratch.least[day, kind] < BAN:
                target = data.kind_class[kind] * run
                _relax(scratch, at, here + (nodes - 1) * size, there + target * size, target, wide, width, step,
                       data.units[kind], scratch.least[day, kind], share, kind == scarce)  # fmt: skip
    step = weekend_step(day, last, row, False) * share if counted else 0
    for length in range(1, run):
        if not _gather(data, scratch, at, here, length, run, size):
            continue
        for kind in range(kinds):
            source = scratch.source[data.column_of[kind]]
            if source >= 0 and scratch.least[day, kind] < BAN:
                target = data.kind_class[kind] * run + length
                _relax(scratch, at, source, there + target * size, target, wide, width, step, data.units[kind],
                       scratch.least[day, kind], share, kind == scarce)  # fmt: skip


@fast
def _gather(data: LetterData, scratch: Scratch, at: int, here: int, length: int, run: int, size: int) -> bool:
    """Where the least costs of the classes that each column of kinds may follow lie, after runs of ``length`` days;
    -1: there are none. Whether there is any."""
    spare, some = len(scratch.cost) - len(scratch.source) * size, False
    for column in range(len(data.column_parent)):
        parent = data.column_parent[column]
        source, own = scratch.source[parent] if parent >= 0 else -1, spare + column * size
        for each in range(len(data.bars)):
            node = each * run + length - 1
            if not data.column_adds[column, each] or not scratch.alive[at, node]:
                continue
            if source < 0:
                source = here + node * size
                continue
            one, other = scratch.cost[source : source + size], scratch.cost[here + node * size :]
            least = scratch.cost[own : own + size]
            for cell in range(size):
                least[cell] = one[cell] if one[cell] < other[cell] else other[cell]
            source = own
        scratch.source[column] = source
        some = some or source >= 0
    return some


@fast
def _relax(
    scratch: Scratch, at: int, source: int, target: int, node: int, wide: int, width: int, step: int, units: int,
    price: float, share: int, scarce: bool,
) -> None:  # fmt: skip
    """One step from costs at ``source`` to a node's at ``target``, for all tallies (of ``share`` for each number of
    weekends the last has no room for one more that is ``scarce``) and units."""
    floor, floor_then = scratch.between[at, 0], scratch.between[at + 1, 0]
    begin = max(floor, floor_then - units)
    count = min(scratch.between[at, 1], scratch.between[at + 1, 1] - units) - begin + 1
    if count <= 0:
        return
    if not scratch.alive[at + 1, node]:
        scratch.alive[at + 1, node] = 1
        scratch.cost[target : target + wide * width] = BAN
    source += begin - floor
    step += scarce
    target += begin + units - floor_then + step * width
    for tally in range(min(scratch.between[at, 2] * share, wide - step)):
        if scarce and tally % share == share - 1:
            source += width
            target += width
            continue
        before, after = scratch.cost[source : source + count], scratch.cost[target : target + count]
        for cell in range(count):
            value = before[cell] + price
            after[cell] = value if value < after[cell] else after[cell]
        source += width
        target += width
