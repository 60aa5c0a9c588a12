"""What comes after a stop costs at least: backwards over buckets of time, for routes that may do work twice.

A leg of ``d`` minutes takes ``d // bucket`` buckets, so every real route fits. A way to end does no work twice with
only one stop between (two-cycles): for each stop, moment and layer the best is kept, and the best whose next work is
another. Layer 1 holds routes that had their break.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from optimiser.search.kernel.bounds.stops import HOME, INFINITE, NONE, ONE, Ints, Stops, waiting

NOWHERE = -2


@njit(cache=True, nogil=True)
def keep(
    value: int, follows: int, layer: int, stop: int, moment: int, values: Ints, nexts: NDArray[np.int32]
) -> None:  # fmt: skip
    """Keep a way to end if it is the best here, or the best of those whose next work is not that of the best."""
    if value < values[layer, stop, moment, 0]:
        if nexts[layer, stop, moment, 0] != follows:
            values[layer, stop, moment, 1] = values[layer, stop, moment, 0]
            nexts[layer, stop, moment, 1] = nexts[layer, stop, moment, 0]
        values[layer, stop, moment, 0] = value
        nexts[layer, stop, moment, 0] = follows
    elif nexts[layer, stop, moment, 0] != follows and value < values[layer, stop, moment, 1]:
        values[layer, stop, moment, 1] = value
        nexts[layer, stop, moment, 1] = follows


@njit(cache=True, nogil=True)
def pull(
    each: Stops, low: Ints, high: Ints, gap: Ints, leg: Ints, stop: int, moment: int, layer: int, after: int,
    arrive: int, values: Ints, nexts: NDArray[np.int32],
) -> None:  # fmt: skip
    """Ways to end after a stop at a moment by every stop that can come next, in layer ``after``."""
    for number in range(each.thens[stop]):
        to = each.then[stop, number]
        at = max(moment + gap[stop, to], low[to], arrive)
        if at > high[to]:
            continue
        rank = 1 if nexts[after, to, at, 0] == each.work[stop] else 0
        value = values[after, to, at, rank]
        if value >= INFINITE:
            continue
        value += leg[stop, to] + each.price[to]
        if value < values[layer, stop, moment, 1]:
            keep(value, each.work[to], layer, stop, moment, values, nexts)


@njit(cache=True, nogil=True)
def ends(each: Stops, bucket: int, buckets: int) -> tuple[Ints, NDArray[np.int32]]:
    """(cost, next work) [layers, stops, buckets, 2] of the cheapest ways to end after each stop."""
    stops, layers = len(each.low), 2 if each.pause else 1
    values, nexts = np.empty((layers, stops, buckets, 2), np.int64), np.empty((layers, stops, buckets, 2), np.int32)
    values[:], nexts[:] = INFINITE, NOWHERE
    low, high = np.empty(stops, dtype=np.int64), np.empty(stops, dtype=np.int64)
    gap, longer = np.empty((stops, stops), dtype=np.int64), np.empty((stops, stops), dtype=np.int64)
    leg, leg_longer = np.empty((stops, stops), dtype=np.int64), np.empty((stops, stops), dtype=np.int64)
    for stop in range(stops):
        low[stop], high[stop] = each.low[stop] // bucket, each.high[stop] // bucket
        for to in range(stops):
            gap[stop, to], longer[stop, to] = each.gap[stop, to] // bucket, (each.gap[stop, to] + each.pause) // bucket
            # at least the waiting that is left when the first starts as late as it may and the next as early
            leg[stop, to] = each.leg[stop, to] + waiting(each, stop, each.high[stop], to, each.low[to], NONE)[0]
            since = max(each.low[to], each.arrive)
            leg_longer[stop, to] = each.leg[stop, to] + waiting(each, stop, each.high[stop], to, since, each.pause)[0]
    arrive = each.arrive // bucket
    for moment in range(buckets - 1, -1, -1):
        for stop in range(stops):
            if moment > high[stop] or moment < low[stop]:
                continue
            final, leave = each.final[stop] // bucket, each.leave[stop] // bucket
            for layer in range(layers):
                if moment < high[stop]:
                    for rank in range(2):
                        values[layer, stop, moment, rank] = values[layer, stop, moment + 1, rank]
                        nexts[layer, stop, moment, rank] = nexts[layer, stop, moment + 1, rank]
                if layer == layers - 1 and moment <= final:
                    keep(each.last[stop], HOME, layer, stop, moment, values, nexts)
                pull(each, low, high, gap, leg, stop, moment, layer, layer, NONE, values, nexts)
                if layer < layers - 1 and moment <= leave:
                    pull(each, low, high, longer, leg_longer, stop, moment, NONE, ONE, arrive, values, nexts)
    return values, nexts


@njit(cache=True, nogil=True)
def least_of(each: Stops, bucket: int, values: Ints) -> int:
    """What every route with at least one stop costs at least. With a break, one of a single stop needs none."""
    least = INFINITE
    for stop in range(len(each.low)):
        if each.begin[stop] > each.high[stop]:
            continue
        out = each.first[stop] + each.price[stop]
        rest = values[0, stop, each.begin[stop] // bucket, 0]
        if rest < INFINITE:
            least = min(least, out + rest)
        if each.begin[stop] <= each.final[stop]:
            least = min(least, out + each.last[stop])
    return least
