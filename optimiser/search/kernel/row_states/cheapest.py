"""The cheapest row of one person at given costs of each day, by dynamic programming over states (compiled)."""

from __future__ import annotations

import numba
import numpy as np

NEVER = 1e18
FORBIDDEN = float(1 << 23)
"""What a step costs that is not to be (model.row_states)."""
SUNDAY, WEEK = 6, 7


@numba.njit(cache=True, nogil=True)
def cheapest_row(
    following: np.ndarray, price: np.ndarray, works: np.ndarray, first: int, costs: np.ndarray, totals: np.ndarray,
    values: np.ndarray, came: np.ndarray, row: np.ndarray,
) -> float:  # fmt: skip
    """What the cheapest row costs; its codes (0 free, else 1 + shift type) go to ``row``.

    ``following``, ``price``, ``works``: see model.row_states; ``costs[day, code]`` beside them. ``totals`` has two
    rows, assignments and weekends: number that can be told apart less one, number had before, least, most, price of
    each one below and above; and as last of the second row the price of a broken weekend. ``values[2, state, weekends,
    assignments]`` and ``came[day, state, weekends, assignments]`` are room to work in. Sums are exact when all costs
    are whole multiples of 1 / 1024.
    """
    days, codes = costs.shape
    states, weekend_count, count = values.shape[1:]
    values[:] = NEVER
    had = int(min(totals[0, 0], totals[0, 1]))
    values[0, first, int(min(totals[1, 0], totals[1, 1])), had] = 0.0
    for day in range(days):
        now, then = values[day % 2], values[(day + 1) % 2]
        then[:] = NEVER
        for state in range(states):
            for weekends in range(weekend_count):
                low, high = _reached(now[state, weekends], had, min(had + day, count - 1))
                for code in range(codes if low <= high else 0):
                    step = price[state, code] + costs[day, code]
                    if price[state, code] < FORBIDDEN and step < FORBIDDEN:
                        after, extra = _weekend(totals, day, days, works[state], code > 0, weekends)
                        _advance(
                            now[state, weekends], then[following[state, code], after],
                            came[day, following[state, code], after],
                            step + extra, int(code > 0), totals[0], (state * weekend_count + weekends) * count,
                            low, high,
                        )  # fmt: skip
    return _best(totals, values[days % 2], came, following, row)


@numba.njit(cache=True, nogil=True)
def _reached(values: np.ndarray, low: int, high: int) -> tuple[int, int]:
    """The numbers of assignments between two that can have been reached, the first above the second if none."""
    while low <= high and values[low] == NEVER:
        low += 1
    while low <= high and values[high] == NEVER:
        high -= 1
    return low, high


@numba.njit(cache=True, nogil=True)
def _weekend(
    totals: np.ndarray, day: int, days: int, worked: bool, works: bool, weekends: int
) -> tuple[int, float]:
    """Weekends after a day, and what that costs: settled on Sundays, and on a Saturday that is the last day."""
    limit = totals[1]
    if day % WEEK == SUNDAY:
        extra = limit[6] if worked != works else 0.0
        if worked or works:
            if weekends >= limit[3]:
                extra += limit[5]
            return int(min(weekends + 1, limit[0])), extra
        return weekends, extra
    if day == days - 1 and day % WEEK == SUNDAY - 1 and works:
        return int(min(weekends + 1, limit[0])), limit[5] if weekends >= limit[3] else 0.0
    return weekends, 0.0


@numba.njit(cache=True, nogil=True)
def _advance(
    now: np.ndarray, then: np.ndarray, came: np.ndarray, step: float, works: int, limit: np.ndarray, place: int,
    low: int, high: int,
) -> None:  # fmt: skip
    """One step for each number of assignments."""
    last = len(now) - 1
    for count in range(low, high + 1):
        value = now[count] + step
        if works and count >= limit[3]:
            value += limit[5]
        after = min(count + works, last)
        if value < then[after]:
            then[after] = value
            came[after] = place + count


@numba.njit(cache=True, nogil=True)
def _best(
    totals: np.ndarray, values: np.ndarray, came: np.ndarray, following: np.ndarray, row: np.ndarray
) -> float:
    """The cheapest end, totals that are too low priced, and the row that leads there."""
    states, weekend_count, count = values.shape
    best, place = NEVER, -1
    for state in range(states):
        for weekends in range(weekend_count):
            for had in range(count):
                value = values[state, weekends, had]
                value += max(0.0, totals[0, 2] - had) * totals[0, 4] + max(0.0, totals[1, 2] - weekends) * totals[1, 4]
                if value < best:
                    best, place = value, (state * weekend_count + weekends) * count + had
    if place < 0:
        return NEVER
    flat = came.reshape((came.shape[0], -1))
    for day in range(len(row) - 1, -1, -1):
        state = place // (weekend_count * count)
        place = flat[day, place]
        before = place // (weekend_count * count)
        for code in range(following.shape[1]):
            if following[before, code] == state:
                row[day] = code
    return best
