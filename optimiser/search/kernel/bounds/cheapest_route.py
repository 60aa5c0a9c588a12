"""The cheapest route of a duty segment at given prices of work, compiled: never dearer than any route it could have.

Time goes in buckets: a leg of ``d`` minutes takes ``d // bucket`` buckets, so every real route fits. A route may meet
the same work twice, but not with one stop between (two-cycles): for each place, moment and layer the best label is kept
and the best of those that came another way.
"""

from __future__ import annotations

import numpy as np
from numba import njit

import optimiser.search.kernel  # noqa: F401  sets the cache folder

INFINITE = np.int64(1) << 60
HOME = -1
NOWHERE = -2
MOST_STOPS = 512


@njit(cache=True, nogil=True)
def keep(value, origin, source, layer, stop, moment, values, origins, sources):
    """Keep a label if it is the best here, or the best of those that came from other work than the best did."""
    if value < values[layer, stop, moment, 0]:
        if origins[layer, stop, moment, 0] != origin:
            values[layer, stop, moment, 1] = values[layer, stop, moment, 0]
            origins[layer, stop, moment, 1] = origins[layer, stop, moment, 0]
            sources[layer, stop, moment, 1] = sources[layer, stop, moment, 0]
        values[layer, stop, moment, 0] = value
        origins[layer, stop, moment, 0] = origin
        sources[layer, stop, moment, 0] = source
    elif origins[layer, stop, moment, 0] != origin and value < values[layer, stop, moment, 1]:
        values[layer, stop, moment, 1] = value
        origins[layer, stop, moment, 1] = origin
        sources[layer, stop, moment, 1] = source


@njit(cache=True, nogil=True)
def push(stops, start, moment, before, layer, arrive, leg, gap, price, work, low, high, values, origins, sources):
    """From the labels of stop ``start`` at ``moment`` to every stop that can come next, in ``layer``."""
    buckets = values.shape[2]
    best, second = values[before, start, moment, 0], values[before, start, moment, 1]
    origin = origins[before, start, moment, 0]
    source = (((before * stops + start) * buckets) + moment) * 2
    for to in range(stops):
        if gap[start, to] < 0:
            continue
        at = max(moment + gap[start, to], low[to], arrive[to])
        if at > high[to]:
            continue
        rank = 1 if origin == work[to] else 0
        value = second if rank else best
        if value >= INFINITE:
            continue
        value += leg[start, to] + price[to]
        if value < values[layer, to, at, 1]:
            keep(value, work[start], source + rank, layer, to, at, values, origins, sources)


@njit(cache=True, nogil=True)
def wait(layer, stop, moment, values, origins, sources):
    """Let the labels of the moment before wait; True when there is something that was not there then."""
    for rank in range(2):
        if values[layer, stop, moment - 1, rank] < values[layer, stop, moment, 1]:
            keep(values[layer, stop, moment - 1, rank], origins[layer, stop, moment - 1, rank],
                 sources[layer, stop, moment - 1, rank], layer, stop, moment, values, origins, sources)  # fmt: skip
    return (values[layer, stop, moment, 0] != values[layer, stop, moment - 1, 0]
            or values[layer, stop, moment, 1] != values[layer, stop, moment - 1, 1])  # fmt: skip


@njit(cache=True, nogil=True)
def cheapest(stops, buckets, pause, low, high, begin, final, first, last, leg, gap, gap_break, leave, arrive, price,
             work, path):  # fmt: skip
    """(value, number of stops) of the cheapest route with at least one stop; its stops go to ``path``, last first.

    With a ``pause`` layer 1 holds routes that had it; only they, and routes of one stop, may end.
    """
    layers = 2 if pause else 1
    values = np.full((layers, stops, buckets, 2), INFINITE, dtype=np.int64)
    origins = np.full((layers, stops, buckets, 2), NOWHERE, dtype=np.int32)
    sources = np.empty((layers, stops, buckets, 2), dtype=np.int64)
    always = np.zeros(stops, dtype=np.int64)
    for stop in range(stops):
        if begin[stop] <= high[stop]:
            keep(first[stop] + price[stop], HOME, HOME, 0, stop, begin[stop], values, origins, sources)
    for moment in range(buckets):
        for stop in range(stops):
            if moment < low[stop] or moment > high[stop]:
                continue
            for layer in range(layers):
                if moment > low[stop]:
                    fresh = wait(layer, stop, moment, values, origins, sources)
                else:
                    fresh = values[layer, stop, moment, 0] < INFINITE
                if fresh:
                    push(stops, stop, moment, layer, layer, always, leg, gap, price, work, low, high, values, origins,
                         sources)  # fmt: skip
                    if pause and layer == 0 and moment <= leave[stop]:
                        push(stops, stop, moment, 0, 1, arrive, leg, gap_break, price, work, low, high, values,
                             origins, sources)  # fmt: skip
    best, end = INFINITE, HOME
    for stop in range(stops):
        if low[stop] > final[stop]:
            continue
        value = values[layers - 1, stop, final[stop], 0]
        if value < INFINITE and value + last[stop] < best:
            best, end = value + last[stop], (((layers - 1) * stops + stop) * buckets + final[stop]) * 2
        if pause and begin[stop] <= final[stop] and first[stop] + price[stop] + last[stop] < best:
            best, end = first[stop] + price[stop] + last[stop], -2 - stop
    return best, trace(end, stops, buckets, sources, path)


@njit(cache=True, nogil=True)
def trace(end, stops, buckets, sources, path):
    """Write the stops of the label ``end``, last first, and tell how many there are."""
    if end < HOME:
        path[0] = -2 - end
        return 1
    count = 0
    while end >= 0 and count < MOST_STOPS:
        rank, label = end % 2, end // 2
        moment, rest = label % buckets, label // buckets
        path[count] = rest % stops
        count += 1
        end = sources[rest // stops, rest % stops, moment, rank]
    return count


@njit(cache=True, nogil=True)
def cheapest_routes(bucket, slack, travel_weight, home_weight, minutes, node, worth, segment, prices, found, path):
    """The cheapest route of each segment, or 0 where every route costs more than none.

    ``node`` int64 [nodes, 6]: job, work, earliest and latest start, minutes, place (-1: none). ``worth`` int64
    [nurses, nodes]: price of the node at a nurse less what it is worth, scaled; INFINITE where she may not.
    ``segment`` int64 [segments, 12]: nurse, slice, open, close, handover, break, break from, break until, start place,
    end place, free home leg, price of a minute of work at stops. ``found`` int64 [segments, 2]: value, stops.
    """
    scale = prices
    for which in range(segment.shape[0]):
        nurse, part, opening, close, handover, pause = segment[which, :6]
        pause_from, pause_until, start_place, end_place, free, per_minute = segment[which, 6:12]
        buckets = (close - opening) // bucket + 1
        chosen = np.empty(node.shape[0], dtype=np.int64)
        stops = 0
        for number in range(node.shape[0]):
            fits = node[number, 2] <= close - node[number, 4] and node[number, 3] >= opening + handover
            if worth[nurse, number] < INFINITE and fits:
                chosen[stops] = number
                stops += 1
        found[which, 0], found[which, 1] = 0, 0
        if stops == 0:
            continue
        low, high = np.empty(stops, dtype=np.int64), np.empty(stops, dtype=np.int64)
        begin, first = np.empty(stops, dtype=np.int64), np.empty(stops, dtype=np.int64)
        last, price = np.empty(stops, dtype=np.int64), np.empty(stops, dtype=np.int64)
        final = np.empty(stops, dtype=np.int64)
        leave, arrive = np.empty(stops, dtype=np.int64), np.empty(stops, dtype=np.int64)
        work = np.empty(stops, dtype=np.int64)
        leg, gap = np.empty((stops, stops), dtype=np.int64), np.empty((stops, stops), dtype=np.int64)
        gap_break = np.empty((stops, stops), dtype=np.int64)
        nearest_end = minutes[part, start_place, end_place]
        for index in range(stops):
            place = node[chosen[index], 5]
            if place >= 0 and minutes[part, place, end_place] < nearest_end:
                nearest_end = minutes[part, place, end_place]
        for index in range(stops):
            number = chosen[index]
            place, length = node[number, 5], node[number, 4]
            out = minutes[part, start_place, place] if place >= 0 else 0
            back = minutes[part, place, end_place] if place >= 0 else nearest_end
            earliest = max(node[number, 2], opening + handover)
            latest = min(node[number, 3], close - length)
            low[index] = (earliest - opening) // bucket
            high[index] = (latest - opening) // bucket
            begin[index] = (max(earliest, opening + handover + max(0, out - free)) - opening) // bucket
            first[index], last[index] = home_weight * scale * out, home_weight * scale * back
            final[index] = min(high[index], (close - length - max(0, back - free) - opening) // bucket)
            price[index] = worth[nurse, number] + per_minute * length
            leave[index] = (pause_until - pause - length - opening) // bucket
            arrive[index] = max(0, (pause_from + pause - opening) // bucket)
            work[index] = node[number, 1]
        for to in range(stops):
            there = node[chosen[to], 5]
            shortest = INFINITE
            if there >= 0:
                shortest = minutes[part, start_place, there]
                for start in range(stops):
                    place = node[chosen[start], 5]
                    if place >= 0 and minutes[part, place, there] < shortest:
                        shortest = minutes[part, place, there]
            for start in range(stops):
                place = node[chosen[start], 5]
                way = 0
                if there >= 0:
                    way = minutes[part, place, there] if place >= 0 else shortest
                leg[start, to] = travel_weight * scale * way
                length = node[chosen[start], 4] + slack + way
                gap[start, to] = length // bucket
                gap_break[start, to] = (length + pause) // bucket
                if work[start] == work[to]:
                    gap[start, to], gap_break[start, to] = -1, -1
        value, count = cheapest(stops, buckets, pause > 0, low, high, begin, final, first, last, leg, gap, gap_break,
                                leave, arrive, price, work, path[which])  # fmt: skip
        if value < 0:
            found[which, 0], found[which, 1] = value, count
            for index in range(count):
                path[which, index] = node[chosen[path[which, index]], 0]
