"""The diagnostic of the roster model: a bound is at most the price, and that of the relaxed load holds for any plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from optimiser.domain.duty import Cover
from optimiser.model.bound import Bound, bound_of
from optimiser.planning import prepare


@pytest.mark.parametrize("relaxed", [False, True])
def test_a_small_team_is_bounded_exactly(room: Callable[..., Any], relaxed: bool) -> None:
    """Nobody has the skill: one of the minimum lacks at 3000 on one day, and no roster can change that."""
    small = room().nurse().kind("D", "07:00", "15:30", 30)
    small.add(
        "cover", Cover(id="c", organisation="a", from_time=480, until_time=780, skills=("iv",), weekdays=("mon",))
    )
    problem = replace(prepare(small.instance(), small.contract), travel=small.matrix())
    found = bound_of(problem, 20.0, relaxed=relaxed)
    assert found == Bound(3000.0, 3000.0)
    assert found.gap == 0


def test_the_relaxed_load_lets_every_plan_be(room: Callable[..., Any]) -> None:
    """Seven visits of an hour fit in a duty of eight without travel: nothing is left out (1000 each), and no plan can
    cost less than that bound, so neither does a roster of the stricter load."""
    small = room(travel=10).nurse(contract_minutes=480).kind("D", "07:00", "15:30", 30, carries_route=True)
    for number in range(7):
        small.visit(f"v{number}", 0, "07:00", "15:30", 60)
    problem = replace(prepare(small.instance(), small.contract), travel=small.matrix())
    proxy, relaxed = bound_of(problem, 20.0), bound_of(problem, 20.0, relaxed=True)
    assert proxy is not None and relaxed is not None
    assert relaxed.bound <= relaxed.price < 1000
    assert relaxed.bound <= proxy.price
