"""The cheapest row of one person at given prices of cover, within the maxima of shifts.

The search over rows counts how often one scarce shift was had, where that is asked. Any other shift that comes too
often gets dearer until it no longer does (Lagrange's relaxation; its best price is found where the lines of too much
and of enough meet), so that rows are lawful and what no row costs less than is close to them.
"""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.letters.data import LetterData, Scratch
from optimiser.search.kernel.letters.fast import fast
from optimiser.search.kernel.letters.row_dp import cheapest_row

RUNS, PASSES = 24, 3
"""Searches over rows for one call, and times that each shift's price is looked for, at most."""
GRAIN = 1024.0
"""Prices are multiples of one in so many."""
BITS = 24
"""Of a number in 32 bits: sums of prices below 2 ** BITS / GRAIN = 16,384 are exact, larger ones lose the last bit."""
CLOSE = 0.5 / GRAIN
FIRST_STEP = 8.0
NEVER = 1e9


@fast
def priced_row(
    data: LetterData, person: int, worth: np.ndarray, dearer: np.ndarray, scarce: int, scratch: Scratch,
    row: np.ndarray,
) -> tuple[float, float]:  # fmt: skip
    """Write the cheapest row found into ``row`` when its cells save what they are ``worth``. What no lawful row costs
    less than (``NEVER``: there is none), and what this one costs (``NEVER``: none was found). ``dearer[letter]`` are
    the prices of the maxima to begin with, and then those at the end; the letter ``scarce`` (0: none) is counted."""
    days, letters = worth.shape
    least, found, _ = _one_run(data, person, worth, dearer, 0, 0, -NEVER, NEVER, scratch, row)
    runs = 1
    if scarce > 0 and found - least >= CLOSE and least < NEVER:
        least, found, _ = _one_run(data, person, worth, dearer, scarce, 0, least, found, scratch, row)
    for _ in range(PASSES):
        changed = False
        for letter in range(1, letters):
            if found - least < CLOSE or runs >= RUNS or least >= NEVER:
                return least, found
            most = data.most_of[person, letter]
            if 0 < most < days and letter != scarce:
                before = dearer[letter]
                least, found, runs = _best_price(data, person, worth, dearer, scarce, letter, least, found, runs,
                                                 scratch, row)  # fmt: skip
                changed = changed or dearer[letter] != before
        if not changed:
            break
    return least, found


@fast
def _best_price(
    data: LetterData, person: int, worth: np.ndarray, dearer: np.ndarray, scarce: int, letter: int, least: float,
    found: float, runs: int, scratch: Scratch, row: np.ndarray,
) -> tuple[float, float, int]:  # fmt: skip
    """The price of one shift's maximum at which the relaxation is highest, those of the others as they are."""
    low = high = low_value = high_value = 0.0
    low_slope, high_slope, step, at = 0, 0, FIRST_STEP, dearer[letter]
    best_value, best_at = -NEVER, at
    while runs < RUNS:
        dearer[letter] = at
        value, found, slope = _one_run(data, person, worth, dearer, scarce, letter, -NEVER, found, scratch, row)
        runs += 1
        least = max(least, value)
        if value > best_value:
            best_value, best_at = value, at
        if value >= NEVER or slope == 0 or (slope < 0 and at == 0.0) or found - least < CLOSE:
            break
        if slope > 0:
            low, low_value, low_slope = at, value, slope
        else:
            high, high_value, high_slope = at, value, slope
        if high_slope == 0 or low_slope == 0:
            at = at + step if slope > 0 else max(0.0, at - step)
            step *= 4.0
            continue
        meet = (high_value - high_slope * high - low_value + low_slope * low) / (low_slope - high_slope)
        at = np.floor(meet * GRAIN + 0.5) / GRAIN
        if at <= low or at >= high:
            break
    dearer[letter] = best_at
    return least, found, runs


@fast
def _one_run(
    data: LetterData, person: int, worth: np.ndarray, dearer: np.ndarray, scarce: int, letter: int, least: float,
    found: float, scratch: Scratch, row: np.ndarray,
) -> tuple[float, float, int]:  # fmt: skip
    """One search over rows: what is proved then, at least ``least`` (``NEVER``: no row), the cost of the best lawful
    row so far (then in ``row``), and by how much the shift ``letter`` is too frequent. What rounding may have cost is
    not counted as proved."""
    days, letters = worth.shape
    largest = 0.0
    for day in range(days):
        here = 0.0
        for each in range(letters):
            price = data.wish[person, day, each] - worth[day, each] + (dearer[each] if each > 0 else 0.0)
            scratch.price[day, each] = price
            here = max(here, abs(price))
        largest += here
    rounding = 0.0 if largest * GRAIN < 2.0**BITS else days * largest * 2.0 ** (1 - BITS)
    kind = data.kind_of[scarce] if scarce > 0 else -1
    if not cheapest_row(data, person, scratch.row, 0, days - 1, kind, data.most_of[person, scarce], False, scratch):
        return NEVER, found, 0
    cost, allowance, lawful, excess = 0.0, 0.0, True, 0
    for day in range(days):
        cost += data.wish[person, day, scratch.row[day]] - worth[day, scratch.row[day]]
    for each in range(1, letters):
        over = -data.most_of[person, each]
        for day in range(days):
            over += scratch.row[day] == each
        allowance += dearer[each] * over
        lawful = lawful and over <= 0
        if each == letter:
            excess = over
    if lawful and cost < found:
        found = cost
        for day in range(days):
            row[day] = scratch.row[day]
    return max(least, cost + allowance - rounding), found, excess
