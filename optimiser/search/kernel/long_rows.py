"""The cheapest row of one nurse over the whole horizon at given prices, by dynamic programming.

A *choice* is what a nurse has on one day in both lanes; choice 0 is nothing. A *state* is what of the days before
matters to what may follow and what it costs (bounds/long_states.py); the first is that of somebody who had nothing.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
FAR = np.int64(1) << 40


@njit(cache=True, nogil=True, inline="always")
def _lower(best: Ints, here: int, rest: Ints, there: int, count: int, cost: int) -> None:
    """Each of ``count`` places to the least of itself and what follows it."""
    for unit in range(count):
        value = rest[there + unit] + cost
        best[here + unit] = value if value < best[here + unit] else best[here + unit]


@njit(cache=True, nogil=True)
def cheapest_row(
    price: Ints, near: Ints, idle: Ints, memory: Ints, after: Ints, low: Ints, high: Ints, minutes: Ints, hours: Ints,
    least: Ints, row: Ints,
) -> int:  # fmt: skip
    """Cost of the cheapest row (FAR: none is possible); ``row`` [D] gets its choices.

    ``price`` [2, D, C] of each choice (FAR: impossible), second where the day before is free; ``near`` [D, M, C] what
    it costs more after a memory; ``idle`` [M] 1 for memories of a free day; ``memory`` [S] and ``after`` [S, C] of each
    state: its memory, and the state that a choice leads to; ``low`` and ``high`` [D + 1, S] least and most units of the
    week that a state may begin a day with (low above high: it never does); ``minutes`` [D, C, 2] units of work in the
    week of the day and the one after; ``hours`` [weeks, U]: cost of so many units; ``least`` [D + 1, S, U] working
    space.
    """
    _, days, choices = price.shape
    states, units = len(memory), hours.shape[1]
    least[days] = 0
    flat, week = least.reshape(-1), hours.reshape(-1)
    for day in range(days - 1, -1, -1):
        for state in range(states):
            first, end = low[day, state], high[day, state] + 1
            if first >= end:
                continue
            prices = price[idle[memory[state]], day]
            place = (day * states + state) * units
            for unit in range(np.uint64(place + first), np.uint64(place + end)):
                flat[unit] = FAR
            for choice in range(choices):
                cost = prices[choice] + near[day, memory[state], choice]
                more, later = minutes[day, choice, 0], after[state, choice]
                if prices[choice] >= FAR or cost >= FAR or first + more >= units:
                    continue
                # numbers without a sign need no test for places from the end, which would keep these loops slow
                count, here = np.uint64(min(end, units - more) - first), np.uint64(place + first)
                if day % 7 == 6:
                    cost = cost + least[day + 1, later, minutes[day, choice, 1]]
                    _lower(flat, here, week, np.uint64(day // 7 * units + first + more), count, cost)
                else:
                    there = np.uint64(((day + 1) * states + later) * units + first + more)
                    _lower(flat, here, flat, there, count, cost)
    _follow(price, near, idle, memory, after, minutes, hours, least, row)
    return least[0, 0, 0]


@njit(cache=True, nogil=True)
def _follow(
    price: Ints, near: Ints, idle: Ints, memory: Ints, after: Ints, minutes: Ints, hours: Ints, least: Ints,
    row: Ints,
) -> None:  # fmt: skip
    """Walk along the least costs."""
    state, unit = 0, 0
    for day in range(price.shape[1]):
        for choice in range(price.shape[2]):
            later, more = after[state, choice], unit + minutes[day, choice, 0]
            own = price[idle[memory[state]], day, choice]
            if own >= FAR or more >= hours.shape[1]:
                continue
            cost = own + near[day, memory[state], choice]
            begun = minutes[day, choice, 1] if day % 7 == 6 else more
            rest = least[day + 1, later, begun] + (hours[day // 7, more] if day % 7 == 6 else 0)
            if cost < FAR and cost + rest == least[day, state, unit]:
                row[day], state, unit = choice, later, begun
                break


@njit(cache=True, nogil=True)
def reach(price: Ints, near: Ints, memory: Ints, after: Ints, minutes: Ints, units: int) -> tuple[Ints, Ints]:
    """``low`` and ``high`` of :func:`cheapest_row`; prices count only as possible or not."""
    days, choices = price.shape
    low = np.full((days + 1, len(memory)), units, dtype=np.int64)
    high = np.full((days + 1, len(memory)), -1, dtype=np.int64)
    low[0, 0], high[0, 0] = 0, 0
    for day in range(days):
        for state in range(len(memory)):
            if low[day, state] > high[day, state]:
                continue
            for choice in range(choices):
                later = after[state, choice]
                if price[day, choice] + near[day, memory[state], choice] >= FAR:
                    continue
                first, last = low[day, state] + minutes[day, choice, 0], high[day, state] + minutes[day, choice, 0]
                if day % 7 == 6:
                    first, last = minutes[day, choice, 1], minutes[day, choice, 1]
                low[day + 1, later] = min(low[day + 1, later], first)
                high[day + 1, later] = max(high[day + 1, later], min(last, units - 1))
    return low, high


def compile_rows() -> None:
    """Have the machine code ready before a clock runs: the first run on a machine makes it."""

    def nothing(*shape: int) -> Ints:
        return np.zeros(shape, dtype=np.int64)

    price, near, minutes, after = nothing(2, 1, 1), nothing(1, 1, 1), nothing(1, 1, 2), nothing(1, 1)
    low, high = reach(price[0], near, nothing(1), after, minutes, 1)
    cheapest_row(
        price, near, nothing(1), nothing(1), after, low, high, minutes, nothing(1, 1), nothing(2, 1, 1), nothing(1)
    )
