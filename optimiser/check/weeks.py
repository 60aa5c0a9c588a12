"""Sums over consecutive calendar weeks (Monday 00:00 to Sunday 24:00)."""

from __future__ import annotations

from collections.abc import Iterator


def sums_over_weeks(values: dict[int, int], length: int, most: int) -> Iterator[tuple[int, int]]:
    """First week and sum of each ``length`` consecutive weeks whose sum is over ``most``.

    Weeks without data count as 0, so that a window that is only partly known is judged by what is known:
    more data could only make the sum larger.
    """
    if not values:
        return
    for first in range(min(values) - length + 1, max(values) + 1):
        total = sum(values.get(week, 0) for week in range(first, first + length))
        if total > most:
            yield first, total


HISTORY_WEEKS = 15
"""The weeks before the horizon that share a window of 16 weeks with its first week."""


def with_counter(values: dict[int, int], counted: int) -> dict[int, int]:
    """``values`` with what a counter knows of the 15 weeks before the horizon beyond them.

    The missing amount is put in the earliest week, since its moment is unknown: only the window that holds all
    fifteen weeks and the first one of the horizon surely sees it.
    """
    known = sum(value for week, value in values.items() if -HISTORY_WEEKS <= week < 0)
    if counted <= known:
        return values
    return {**values, -HISTORY_WEEKS: values.get(-HISTORY_WEEKS, 0) + counted - known}
