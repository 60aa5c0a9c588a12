"""Climbing a ladder whose rungs get harder: how far is reached, and the first rung that is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Attempt = Callable[[int, bool], bool]
"""``attempt(rung, full)``: whether a plan for a rung is found, with the full effort or with that of a step."""
MOST_RAISES = 6
"""So often at most the rung above the last one is reached by full effort alone; then the climb is broken off."""


@dataclass(frozen=True)
class Climb:
    """``last``: the highest rung for which a plan was found, None where there was none. ``following``: the rung above
    it, for which full effort found none; None at the top of the ladder or where the climb was broken off."""

    last: int | None
    following: int | None
    broken_off: bool = False


def climb(low: int, high: int, attempt: Attempt, start: int = 0) -> Climb:
    """Climb from ``start`` (``low <= start <= high``): up in steps that double while plans are found (down, until one
    is, when there is none at the start), then halve what lies between; at last the full effort on the rung reached and
    on the one above, and further while that succeeds.

    A plan for a rung is taken to hold for all rungs below it.
    """
    good, bad = _bracket(low, high, attempt, start)
    if good is None:
        return Climb(None, low)
    while bad is not None and bad - good > 1:
        middle = (good + bad) // 2
        if attempt(middle, False):
            good = middle
        else:
            bad = middle
    attempt(good, True)
    for _ in range(MOST_RAISES):
        if good == high:
            return Climb(good, None)
        if not attempt(good + 1, True):
            return Climb(good, good + 1)
        good += 1
        while good < high and attempt(good + 1, False):
            good += 1
    return Climb(good, None, broken_off=good < high)


def _bracket(low: int, high: int, attempt: Attempt, start: int) -> tuple[int | None, int | None]:
    """A rung with a plan and one above it without; None where there is none."""
    step = 1
    if attempt(start, False):
        good = start
        while good < high:
            rung = min(high, good + step)
            if not attempt(rung, False):
                return good, rung
            good, step = rung, 2 * step
        return good, None
    bad = start
    while bad > low:
        rung = max(low, bad - step)
        if attempt(rung, False):
            return rung, bad
        bad, step = rung, 2 * step
    # the lowest rung is given full effort before it is given up
    return (low, low + 1) if attempt(low, True) else (None, low)
