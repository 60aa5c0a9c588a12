"""Climbing a ladder: the rung that is reached, the one that is not, and what was spent on which."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimiser.studies.capacity_climb import MOST_RAISES, Climb, climb


def up_to(limit: int, seen: list[tuple[int, bool]]) -> Callable[[int, bool], bool]:
    """Rungs up to ``limit`` are found."""

    def attempt(rung: int, full: bool) -> bool:
        seen.append((rung, full))
        return rung <= limit

    return attempt


def test_up_by_doubling_then_by_halves() -> None:
    """Room for 9 of 20 steps: 1, 3 and 7 are found, 15 is not, nor 11; 9 is, 10 is not; full effort on 9 and on 10."""
    seen: list[tuple[int, bool]] = []
    assert climb(-5, 20, up_to(9, seen)) == Climb(9, 10)
    assert seen == [(rung, False) for rung in (0, 1, 3, 7, 15, 11, 9, 10)] + [(9, True), (10, True)]


def test_down_when_today_does_not_fit() -> None:
    """Limit 4 below today: -1 and -3 are not found, -7 is; then halves: -5 is, -4 is."""
    seen: list[tuple[int, bool]] = []
    assert climb(-10, 10, up_to(-4, seen)) == Climb(-4, -3)
    assert [rung for rung, full in seen if not full] == [0, -1, -3, -7, -5, -4]


@given(st.integers(-12, 12))
def test_every_limit_is_found(limit: int) -> None:
    """On a ladder from -10 to 10: the limit and the rung above it; nothing below the lowest, nothing above the top."""
    found = climb(-10, 10, up_to(limit, []))
    if limit < -10:
        assert found == Climb(None, -10)
    elif limit >= 10:
        assert found == Climb(10, None)
    else:
        assert found == Climb(limit, limit + 1)


def test_full_effort_moves_the_limit() -> None:
    """A step finds 3, full effort 5 at most: 4 and 5 are found by it, and 6 is not."""
    assert climb(0, 20, lambda rung, full: rung <= (5 if full else 3)) == Climb(5, 6)


def test_a_limit_that_keeps_moving_is_told() -> None:
    """Full effort finds all, a step nothing above 2: broken off after some raises, and no next rung is named."""
    found = climb(0, 100, lambda rung, full: full or rung <= 2)
    assert found == Climb(2 + MOST_RAISES, None, broken_off=True)


def test_nothing_at_all() -> None:
    """The lowest rung is tried in full before it is given up."""
    seen: list[tuple[int, bool]] = []
    assert climb(-3, 3, up_to(-9, seen)) == Climb(None, -3)
    assert seen[-1] == (-3, True)


@pytest.mark.parametrize("start", [0, 2, 5])
def test_a_climb_may_begin_higher(start: int) -> None:
    """What is known need not be climbed again."""
    seen: list[tuple[int, bool]] = []
    assert climb(-5, 9, up_to(6, seen), start) == Climb(6, 7)
    assert min(rung for rung, _ in seen) == start
