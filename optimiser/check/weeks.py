"""Sums over consecutive calendar weeks (Monday 00:00 to Sunday 24:00)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from optimiser.check.case import Case


def sums_over_weeks(values: dict[int, int], length: int, most: int) -> Iterator[tuple[int, int]]:
    """First week and sum of each ``length`` consecutive weeks whose sum is over ``most``.

    Weeks without data count as 0, so that a window that is only partly known is judged by what is known:
    more data could only make the sum larger.
    """
    if not values:
        return
    total = 0
    for first in range(min(values) - length + 1, max(values) + 1):
        # the week that comes in, less the one that drops out
        total += values.get(first + length - 1, 0) - values.get(first - 1, 0)
        if total > most:
            yield first, total


HISTORY_WEEKS = 15
"""The weeks before the horizon that share a window of 16 weeks with its first week."""


def with_counter(values: dict[int, int], counted: int, before: int = HISTORY_WEEKS) -> dict[int, int]:
    """``values`` with what a counter knows of the ``before`` weeks ahead of the horizon beyond them.

    The missing amount is put in the earliest week, since its moment is unknown: only the window that holds all
    of those weeks and the first one of the horizon surely sees it.
    """
    known = sum(value for week, value in values.items() if -before <= week < 0)
    if counted <= known:
        return values
    return {**values, -before: values.get(-before, 0) + counted - known}


def per_week(case: Case, starts: Iterable[int]) -> dict[int, int]:
    """Calendar week -> how many of the starts lie in it."""
    return Counter(case.clock.day_of(start) // 7 for start in starts)
