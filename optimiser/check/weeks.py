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
