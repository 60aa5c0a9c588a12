"""The cheapest route of a segment that remembers what it did, in exact minutes: labels, first to start first.

A label is a partial route: last stop, start there, cost, whether the break was taken, and the work it remembers. At
each stop it forgets what is not in that stop's memory (ng-routes: Baldacci, Mingozzi and Roberti, Operations Research,
2011); what it remembers it may not do again. Starts are as early as can be; up to ``late`` a later one costs nothing,
since the stops before can start later too, and each minute beyond costs a minute of waiting. A label is dropped when
one at the same stop is no later, no dearer at any start and remembers no more, and when not even the cheapest end
(``ends``) brings it below the best route known.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from optimiser.search.kernel.bounds.stops import HOME, INFINITE, NONE, Ints, Stops, waiting

WORDS, BITS = 3, 62
"""Work remembered: so many words of so many bits; what is numbered higher is never remembered."""
DONE, TOO_MANY = 0, 1
QUICKER = 8
"""A quick search goes on only where the best may get better by a part of so many."""


class Labels(NamedTuple):
    """Working space: [most] of each label; ``late`` is the latest start at its cost (each
    minute later costs a minute of waiting), ``place`` layer * stops + stop, ``queue`` the next of the same minute,
    ``kept`` the next dearer one of the same place."""

    cost: Ints
    late: Ints
    place: NDArray[np.int32]
    memory: Ints
    source: NDArray[np.int32]
    queue: NDArray[np.int32]
    kept: NDArray[np.int32]


def room_for(most: int) -> Labels:
    """Space for so many labels."""
    small = [np.empty(most, dtype=np.int32) for _ in range(4)]
    cost, late = np.empty(most, dtype=np.int64), np.empty(most, dtype=np.int64)
    return Labels(cost, late, small[0], np.empty((most, WORDS), dtype=np.int64), *small[1:])


def less_room(labels: Labels, most: int) -> Labels:
    """The first part of some space."""
    cost, late, place, memory, source, queue, kept = labels
    return Labels(cost[:most], late[:most], place[:most], memory[:most], source[:most], queue[:most], kept[:most])


@njit(cache=True, nogil=True, inline="always")
def _holds(memory: Ints, work: int) -> bool:
    return work < WORDS * BITS and (memory[work // BITS] >> (work % BITS)) & 1 == 1


@njit(cache=True, nogil=True)
def _add(
    labels: Labels, used: int, cost: int, late: int, place: int, work: int, source: int, memory: Ints, at: int,
    queues: NDArray[np.int32],
) -> int:  # fmt: skip
    """One more label, which remembers ``memory`` and its own work; returns how many there are."""
    labels.cost[used], labels.place[used], labels.source[used] = cost, place, source
    for word in range(WORDS):
        labels.memory[used, word] = memory[word]
    if work < WORDS * BITS:
        labels.memory[used, work // BITS] |= np.int64(1) << (work % BITS)
    labels.late[used], labels.queue[used] = late, queues[at]
    queues[at] = used
    return used + 1


@njit(cache=True, nogil=True)
def _settle(labels: Labels, label: int, first: NDArray[np.int32], exact: int, wait: int) -> bool:
    """Put a label among those of its place, cheapest first; False when one of them is as good. ``exact`` 0: what
    they remember does not count."""
    place, value, mine = labels.place[label], labels.cost[label], labels.memory[label]
    before, other = np.int32(-1), first[place]
    while other >= 0 and labels.cost[other] <= value:
        theirs = labels.memory[other]
        if labels.cost[other] + wait * max(NONE, labels.late[label] - labels.late[other]) <= value and (
            exact == 0 or (theirs[0] & ~mine[0] == 0 and theirs[1] & ~mine[1] == 0 and theirs[2] & ~mine[2] == 0)
        ):
            return False
        before, other = other, labels.kept[other]
    labels.kept[label] = other
    if before < 0:
        first[place] = label
    else:
        labels.kept[before] = label
    return True


@njit(cache=True, nogil=True)
def _extend(
    each: Stops, labels: Labels, used: int, label: int, minute: int, after: int, bucket: int, sets: Ints, exact: int,
    values: Ints, nexts: NDArray[np.int32], bar: int, queues: NDArray[np.int32], memory: Ints,
) -> int:  # fmt: skip
    """Labels of every stop that may follow, in layer ``after``; those that cannot get below ``bar`` are left out.
    Returns how many there are."""
    stops = len(each.low)
    place = np.int64(labels.place[label])
    layer, stop = place // stops, place % stops
    pause, arrive = (each.pause, each.arrive) if after > layer else (0, 0)
    value, mine = labels.cost[label], labels.memory[label]
    for number in range(each.thens[stop]):
        to = each.then[stop, number]
        at = max(minute + each.gap[stop, to] + pause, each.low[to], arrive)
        if at > each.high[to] or _holds(mine, each.work[to]):
            continue
        more, late = waiting(each, stop, labels.late[label], to, at, pause)
        reached, moment = value + each.leg[stop, to] + each.price[to] + more, at // bucket
        if reached + values[after, to, moment, 0] >= bar:
            continue
        for word in range(WORDS):
            memory[word] = mine[word] & sets[to, word] if exact == 1 else mine[word]
        follows = nexts[after, to, moment, 0]
        # only the memory may decide: what the route before did differs between labels of which one stands for the other
        if follows >= 0 and _holds(memory, follows) and reached + values[after, to, moment, 1] >= bar:
            continue
        if used >= len(labels.cost):
            return used + 1
        used = _add(labels, used, reached, late, after * stops + to, each.work[to], label, memory, at, queues)
    return used


@njit(cache=True, nogil=True)
def cheapest(
    each: Stops, bucket: int, sets: Ints, exact: int, values: Ints, nexts: NDArray[np.int32], limit: int,
    labels: Labels, path: Ints,
) -> tuple[int, int, int]:  # fmt: skip
    """(DONE or TOO_MANY, cost, number of stops) of the cheapest route below ``limit`` (no stops: there is none, cost is
    the limit); its stops go to ``path``, last first. ``sets`` [stops, WORDS]: what each stop keeps in memory. ``exact``
    0: nothing is forgotten and much is dropped, so some real route, not the cheapest."""
    stops, layers = len(each.low), 2 if each.pause else 1
    queues, first = np.empty(max(each.high) + 1, dtype=np.int32), np.empty(layers * stops, dtype=np.int32)
    queues[:], first[:] = -1, -1
    memory, best, end, used = np.zeros(WORDS, dtype=np.int64), limit, HOME, NONE
    if stops > len(labels.cost):
        return TOO_MANY, limit, NONE
    for stop in range(stops):
        begin, value = each.begin[stop], each.first[stop] + each.price[stop]
        if begin <= each.final[stop] and value + each.last[stop] < best:
            best, end = value + each.last[stop], -2 - stop
        if begin <= each.high[stop] and value + values[0, stop, begin // bucket, 0] < best:
            used = _add(labels, used, value, each.high[stop], stop, each.work[stop], HOME, memory, begin, queues)
    for minute in range(len(queues)):
        label = np.int64(queues[minute])
        while label >= 0:
            place = np.int64(labels.place[label])
            layer, stop = place // stops, place % stops
            if _settle(labels, label, first, exact, each.wait):
                if layer == layers - 1 and minute <= each.final[stop] and labels.cost[label] + each.last[stop] < best:
                    best, end = labels.cost[label] + each.last[stop], np.int64(label)
                for after in range(layer, layers):
                    if after == layer or minute <= each.leave[stop]:
                        bar = best if exact == 1 else best + best // QUICKER
                        used = _extend(each, labels, used, label, minute, after, bucket, sets, exact, values, nexts,
                                       bar, queues, memory)  # fmt: skip
                        if used > len(labels.cost):
                            return TOO_MANY, best, _trace(end, stops, labels, path)
            label = np.int64(labels.queue[label])
    return DONE, best, _trace(end, stops, labels, path)


@njit(cache=True, nogil=True)
def _trace(end: int, stops: int, labels: Labels, path: Ints) -> int:
    """Write the stops of a route, last first, and tell how many there are (``end``: -2 - stop for a single one)."""
    if end < -1:
        path[0] = -2 - end
        return 1
    count = 0
    while end >= 0:
        path[count] = labels.place[end] % stops
        count += 1
        end = labels.source[end]
    return count


@njit(cache=True, nogil=True)
def near_sets(each: Stops, near: int, sets: Ints) -> None:
    """Fill ``sets`` [stops, WORDS]: the works that one could do before a stop and again after it, nearest first, at
    most ``near`` stops of them."""
    stops = len(each.low)
    cost = np.empty(stops, dtype=np.int64)
    for stop in range(stops):
        for word in range(WORDS):
            sets[stop, word] = 0
        for other in range(stops):
            out, back = each.gap[other, stop], each.gap[stop, other]
            arrival = max(each.low[other] + out, each.low[stop])
            possible = out >= 0 and arrival <= each.high[stop] and arrival + back <= each.high[other]
            cost[other] = each.leg[other, stop] + each.leg[stop, other] if possible else INFINITE
        for _ in range(min(near, stops)):
            closest = 0
            for other in range(1, stops):
                closest = other if cost[other] < cost[closest] else closest
            if cost[closest] >= INFINITE:
                break
            cost[closest] = INFINITE
            remember(sets[stop], each.work[closest])


@njit(cache=True, nogil=True)
def remember(memory: Ints, work: int) -> None:
    """Put a work in a memory."""
    if work < WORDS * BITS:
        memory[work // BITS] |= np.int64(1) << (work % BITS)


@njit(cache=True, nogil=True)
def grow(each: Stops, path: Ints, count: int, sets: Ints) -> bool:
    """Let the stops between two of the same work remember it; False when no work is done twice (dynamic ng-routes:
    Roberti and Mingozzi, Transportation Science 48, 2014)."""
    grown = False
    for index in range(count):
        for earlier in range(index):
            work = each.work[path[index]]
            if work == each.work[path[earlier]] and work < WORDS * BITS:
                grown = True
                for between in range(earlier + 1, index):
                    remember(sets[path[between]], work)
    return grown
