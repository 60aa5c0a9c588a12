"""What may be done in one duty segment, in minutes from its opening: windows, home legs, legs between, prices."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int64]
INFINITE = np.int64(1) << 60
HOME, NONE, ONE = np.int64(-1), np.int64(0), np.int64(1)
"""Typed: numba compiles a function again for each number that is written out in a call."""


class Stops(NamedTuple):
    """[stops], minutes from the opening: ``low`` to ``high`` the window of the start, ``begin`` the first start after
    home, ``final`` the last start before home, ``leave`` the last start after which the break still fits. ``first``
    and ``last`` home legs and ``price`` in cost. ``work`` numbers from 0 (stops of one piece of work have one). [stops,
    stops]: ``leg`` cost, ``gap`` minutes from start to start (-1: not after each other), ``then`` the stops that can
    follow, their number in ``thens``, ``idle`` minutes from start to start up to which waiting costs nothing (above it
    ``wait`` a minute). ``node`` where it came from; ``pause`` the break's minutes, ``arrive`` the start after it."""

    low: Ints
    high: Ints
    begin: Ints
    final: Ints
    leave: Ints
    first: Ints
    last: Ints
    price: Ints
    work: Ints
    leg: Ints
    gap: Ints
    then: Ints
    thens: Ints
    idle: Ints
    node: Ints
    pause: int
    arrive: int
    wait: int


@njit(cache=True, nogil=True)
def fitting(segment: Ints, node: Ints, worth: Ints) -> Ints:
    """The nodes that this nurse may do and that fit between the bounds of the segment."""
    opening, close, handover = segment[2], segment[3], segment[4]
    chosen, stops = np.empty(node.shape[0], dtype=np.int64), 0
    for number in range(node.shape[0]):
        fits = node[number, 2] <= close - node[number, 4] and node[number, 3] >= opening + handover
        if worth[number] < INFINITE and fits:
            chosen[stops] = number
            stops += 1
    return chosen[:stops]


@njit(cache=True, nogil=True)
def works_of(node: Ints, chosen: Ints) -> Ints:
    """Numbers from 0 for the pieces of work of these nodes."""
    work = np.empty(len(chosen), dtype=np.int64)
    works = 0
    for index in range(len(chosen)):
        work[index] = -1
        for other in range(index):
            if node[chosen[other], 1] == node[chosen[index], 1]:
                work[index] = work[other]
        if work[index] < 0:
            work[index] = works
            works += 1
    return work


@njit(cache=True, nogil=True)
def following(low: Ints, high: Ints, gap: Ints) -> tuple[Ints, Ints]:
    """For each stop those that can follow it in time, and how many they are."""
    stops = len(low)
    then, thens = np.zeros((stops, stops), dtype=np.int64), np.zeros(stops, dtype=np.int64)
    for start in range(stops):
        for to in range(stops):
            if gap[start, to] >= 0 and low[start] + gap[start, to] <= high[to]:
                then[start, thens[start]] = to
                thens[start] += 1
    return then, thens


@njit(cache=True, nogil=True)
def stops_of(
    segment: Ints, slack: int, costs: Ints, minutes: NDArray[np.int32], node: Ints, worth: Ints
) -> Stops:  # fmt: skip
    """The stops of a segment (``cheapest_routes`` says what the rows hold)."""
    travel_cost, home_cost, wait_cost, wait_free = costs[0], costs[1], costs[2], costs[3]
    opening, close, handover, pause = segment[2], segment[3], segment[4], segment[5]
    pause_from, pause_until, start_place, end_place = segment[6], segment[7], segment[8], segment[9]
    free, per_minute = segment[10], segment[11]
    way = minutes[segment[1]]
    chosen = fitting(segment, node, worth)
    stops = len(chosen)
    made = np.zeros((8, stops), dtype=np.int64)
    low, high, begin, final = made[0], made[1], made[2], made[3]
    leave, first, last, price = made[4], made[5], made[6], made[7]
    leg, gap = np.zeros((stops, stops), dtype=np.int64), np.zeros((stops, stops), dtype=np.int64)
    idle = np.zeros((stops, stops), dtype=np.int64)
    work, places = works_of(node, chosen), np.empty(stops, dtype=np.int64)
    for index in range(stops):
        places[index] = node[chosen[index], 5]
    nowhere_home = way[start_place, end_place]
    for place in places:
        if place >= 0:
            nowhere_home = min(nowhere_home, way[place, end_place])
    for index in range(stops):
        row = node[chosen[index]]
        place, length = row[5], row[4]
        out = way[start_place, place] if place >= 0 else 0
        back = way[place, end_place] if place >= 0 else nowhere_home
        low[index] = max(row[2], opening + handover) - opening
        high[index] = min(row[3], close - length) - opening
        begin[index] = max(low[index], handover + max(0, out - free))
        final[index] = min(high[index], close - opening - length - max(0, back - free))
        leave[index] = pause_until - pause - length - opening
        first[index], last[index] = home_cost * out, home_cost * back
        price[index] = worth[chosen[index]] + per_minute * length
    for to in range(stops):
        there = places[to]
        # after work without a place she comes from somewhere: from the nearest place, but waits as from the farthest
        shortest, longest = np.int64(0), np.int64(0)
        if there >= 0:
            shortest = longest = np.int64(way[start_place, there])
            for place in places:
                if place >= 0:
                    shortest, longest = min(shortest, way[place, there]), max(longest, way[place, there])
        for start in range(stops):
            here = places[start]
            along = way[here, there] if there >= 0 and here >= 0 else shortest
            leg[start, to] = travel_cost * along
            gap[start, to] = -1 if work[start] == work[to] else node[chosen[start], 4] + slack + along
            idle[start, to] = node[chosen[start], 4] + (along if here >= 0 else longest) + wait_free
    arrive = max(0, pause_from + pause - opening)
    then, thens = following(low, high, gap)
    return Stops(
        low, high, begin, final, leave, first, last, price, work, leg, gap, then, thens, idle, chosen, pause, arrive,
        wait_cost,
    )  # fmt: skip


@njit(cache=True, nogil=True)
def waiting(each: Stops, stop: int, late: int, to: int, at: int, pause: int) -> tuple[int, int]:
    """(cost, latest start that costs no more) of starting stop ``to`` at ``at``, when the stop before may start until
    ``late`` at no cost; ``pause``: the break between, or 0."""
    if pause:
        late = min(late, each.leave[stop])
    free = late + each.idle[stop, to] + pause
    return each.wait * max(NONE, at - free), min(each.high[to], max(at, free))
