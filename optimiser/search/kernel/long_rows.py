"""The cheapest row of one nurse over the whole horizon at given prices, by dynamic programming. What the law forbids on
two days in a row, or with one free day between, is left out; all other rules are relaxed.

A *choice* is what a nurse has on one day in both lanes; choice 0 is nothing. A *memory* is the choice of the day before
(0 to C - 1), or C + the choice of two days before when the day between was free.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
FAR = np.int64(1) << 40


@njit(cache=True, nogil=True)
def cheapest_row(
    price: Ints, next_day: Ints, day_after: Ints, away: Flags, minutes: Ints, hours: Ints, least: Ints, row: Ints
) -> int:  # fmt: skip
    """Cost of the cheapest row; ``row`` [D] gets its choices.

    ``price`` [D, C] of each choice (FAR: impossible); ``next_day`` and ``day_after`` [D, C, C]: what the choice of a
    day costs more after that of the day before, or of two days before (prices of the latter only where the day between
    is not ``away``); ``minutes`` [D, C, 2] units of work in the week of the day and the one after; ``hours``
    [weeks, U]: cost of so many units; ``least`` [D + 1, 2 C, U] working space.
    """
    days, choices = price.shape
    units = hours.shape[1]
    reach = _reach(price, minutes)
    least[days, :, :] = 0
    for day in range(days - 1, -1, -1):
        ends = day % 7 == 6
        for memory in range(2 * choices):
            for unit in range(reach[day] + 1):
                least[day, memory, unit] = FAR
            if not _met(price, day, memory):
                continue
            for choice in range(choices):
                cost, after = _step(price, next_day, day_after, away, day, memory, choice)
                if cost >= FAR:
                    continue
                more, begun = minutes[day, choice, 0], minutes[day, choice, 1]
                for unit in range(min(reach[day] + 1, units - more)):
                    rest = hours[day // 7, unit + more] + least[day + 1, after, begun] if ends else (
                        least[day + 1, after, unit + more]
                    )
                    if cost + rest < least[day, memory, unit]:
                        least[day, memory, unit] = cost + rest
    memory, unit = 0, 0
    for day in range(days):
        ends = day % 7 == 6
        for choice in range(choices):
            cost, after = _step(price, next_day, day_after, away, day, memory, choice)
            more, begun = minutes[day, choice, 0], minutes[day, choice, 1]
            if cost >= FAR or unit + more >= units:
                continue
            rest = hours[day // 7, unit + more] + least[day + 1, after, begun] if ends else (
                least[day + 1, after, unit + more]
            )
            if cost + rest == least[day, memory, unit]:
                row[day], memory = choice, after
                unit = begun if ends else unit + more
                break
    return least[0, 0, 0]


@njit(cache=True, nogil=True, inline="always")
def _step(
    price: Ints, next_day: Ints, day_after: Ints, away: Flags, day: int, memory: int, choice: int
) -> tuple[int, int]:  # fmt: skip
    """What a choice costs after a memory, and the memory that it leaves."""
    choices = price.shape[1]
    cost = price[day, choice]
    if memory < choices:
        cost += next_day[day, memory, choice]
        return min(cost, FAR), choices + memory if choice == 0 and memory > 0 else choice
    if choice > 0:
        more = day_after[day, memory - choices, choice]
        cost += more if more >= FAR or not away[day - 1] else 0
    return min(cost, FAR), choice


@njit(cache=True, nogil=True)
def _reach(price: Ints, minutes: Ints) -> Ints:
    """[D] the most units of its week that can lie before each day."""
    days, choices = price.shape
    reach, begun = np.zeros(days, dtype=np.int64), 0
    for day in range(days):
        longest, later = 0, 0
        for choice in range(choices):
            if price[day, choice] < FAR:
                longest, later = max(longest, minutes[day, choice, 0]), max(later, minutes[day, choice, 1])
        if day % 7 == 0:
            reach[day] = begun
        if day + 1 < days:
            reach[day + 1] = reach[day] + longest
        begun = later
    return reach


@njit(cache=True, nogil=True, inline="always")
def _met(price: Ints, day: int, memory: int) -> bool:
    """Whether a memory can be there: its choice was possible on its day."""
    choices = price.shape[1]
    if memory == 0:
        return True
    if memory < choices:
        return day > 0 and price[day - 1, memory] < FAR
    return memory > choices and day > 1 and price[day - 2, memory - choices] < FAR
