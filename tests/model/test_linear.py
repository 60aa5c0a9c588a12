"""Small linear programs in plain numbers."""

from __future__ import annotations

import pytest

from optimiser.model.linear import LinearRow, solve_linear


def test_the_least_cost_with_its_values_and_prices() -> None:
    """Least 2x + 3y with x + y >= 4 and x <= 3: x 3, y 1, 9 in all; one more to reach costs 3, one more of x saves
    1."""
    answer = solve_linear([2, 3], [LinearRow({0: 1, 1: 1}, low=4), LinearRow({0: 1}, high=3)], low=0)
    assert answer is not None
    assert answer.cost == pytest.approx(9)
    assert answer.values == pytest.approx((3, 1))
    assert answer.prices == pytest.approx((3, -1))


def test_no_answer_where_there_is_none() -> None:
    """Rows that no values keep, and a cost without a least."""
    assert solve_linear([1], [LinearRow({0: 1}, low=2, high=1)]) is None
    assert solve_linear([1], [LinearRow({0: 1}, high=1)]) is None
