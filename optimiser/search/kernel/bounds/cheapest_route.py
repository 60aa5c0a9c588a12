"""The cheapest routes of duty segments at given prices of work, compiled: never dearer than any route they could have.

Each segment first gets what its routes cost at least when they may do work twice (``ends``). Where that leaves room
below its limit, labels look for a route: quickly for some real one, or exactly, with memories that grow until the
cheapest does nothing twice.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from optimiser.search.kernel.bounds.ends import ends, least_of
from optimiser.search.kernel.bounds.labels import DONE, Labels, cheapest, grow, near_sets
from optimiser.search.kernel.bounds.stops import NONE, ONE, Ints, stops_of

LEAST, COUNT, COST = range(3)
"""Columns of ``found``."""
QUICK, EXACT = 1, 2
"""Efforts; 0: no routes, only what they cost at least."""
GROWTHS = 10
MOST_STOPS = 512


@njit(cache=True, nogil=True)
def cheapest_routes(
    bucket: int, slack: int, costs: Ints, near: int, minutes: NDArray[np.int32], node: Ints,
    worth: Ints, segment: Ints, limit: Ints, effort: Ints, memory: Ints, labels: Labels, found: Ints, path: Ints,
) -> None:  # fmt: skip
    """The cheapest route of each segment; only routes below its limit are of use.

    ``costs``: of a minute of travel, of home legs, of waiting; minutes of waiting before each stop that are free.
    ``node`` [nodes, 6]: job, work, earliest and latest start, minutes, place (-1: none). ``worth`` [nurses, nodes]:
    price of the node at a nurse less what it is worth; INFINITE where she may not. ``segment`` [segments, 12]: nurse,
    slice, open, close, handover, break, break from, break until, start place, end place, free home leg, price of a
    minute of work at stops. ``effort`` [segments]. ``memory`` [segments, stops, WORDS], grown here; -1 in its first
    word: not filled yet. ``found`` [segments, 3]: all routes cost at least LEAST or the limit, whichever is less; COUNT
    stops in ``path`` (jobs, last first) of a route that costs COST (0 stops: none found).
    """
    other = np.empty(MOST_STOPS, dtype=np.int64)
    for which in range(segment.shape[0]):
        found[which, LEAST], found[which, COUNT], found[which, COST] = limit[which], 0, 0
        if effort[which] < 0:
            continue
        each = stops_of(segment[which], slack, costs, minutes, node, worth[segment[which, 0]])
        stops = len(each.low)
        if stops == 0:
            continue
        values, nexts = ends(each, bucket, (segment[which, 3] - segment[which, 2]) // bucket + 1)
        least = least_of(each, bucket, values)
        if least >= limit[which]:
            continue
        found[which, LEAST] = least
        if effort[which] == 0:
            continue
        sets, exact = memory[which, :stops], effort[which] == EXACT
        if sets[0, 0] < 0:
            near_sets(each, near, sets)
        status, cost, count = cheapest(each, bucket, sets, NONE, values, nexts, limit[which], labels, path[which])
        found[which, COUNT], found[which, COST] = count, cost
        for _ in range(GROWTHS if exact else 0):
            status, less, count = cheapest(each, bucket, sets, ONE, values, nexts, cost, labels, other)
            if status != DONE:
                break
            found[which, LEAST] = max(found[which, LEAST], less)
            if count == 0:
                break
            if not grow(each, other, count, sets):
                found[which, COUNT], found[which, COST] = count, less
                for index in range(count):
                    path[which, index] = other[index]
                break
        for index in range(found[which, COUNT]):
            path[which, index] = node[each.node[path[which, index]], 0]
