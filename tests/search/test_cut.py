"""Cutting a team: groups are compact, loads go where they cost least while there is room, cover is shared evenly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimiser.domain.duty import Cover
from optimiser.search.balance import balanced
from optimiser.search.cover_shares import cover_shares
from optimiser.search.cut import cut, whole_of
from optimiser.search.share_out import share_out

Rooms = Callable[..., Any]


def villages(room: Rooms, small_kernel: dict[str, Any], apart: int, visits: int = 0) -> Any:
    """The kernel of two villages ``apart`` minutes: nurses 0 to 2 in one, 3 to 5 in the other, all visits in the
    first, 40 minutes each. In a village everything is a minute away."""
    built = room().kind("D", "07:00", "15:30", 30, carries_route=True)
    for name in ("a0", "a1", "a2", "b0", "b1", "b2"):
        built.nurse(name, contract_minutes=480)
    for number in range(visits):
        built.visit(f"v{number}", 1, "08:00", "13:00", 40)
    built.add("cover", Cover(id="c", organisation="a", from_time=480, until_time=780, minimum=2, weekdays=("tue",)))
    matrix = built.matrix()
    other = np.array([place.startswith("home-b") for place in matrix.places])
    minutes = np.where(other[:, None] == other[None, :], 1, apart).astype(np.int32)
    np.fill_diagonal(minutes, 0)
    travel = replace(matrix, minutes=dict.fromkeys(matrix.minutes, minutes))
    return small_kernel["Kernel"](built, matrix=travel)


def lists(groups: list[Any]) -> list[list[int]]:
    """Groups of numbers, in order."""
    return sorted(np.asarray(each).tolist() for each in groups)


@pytest.mark.parametrize("seed", range(6))
def test_two_villages_are_two_groups(room: Rooms, small_kernel: dict[str, Any], seed: int) -> None:
    """Wherever the first centres are drawn, the nurses of each village end up together."""
    kernel = villages(room, small_kernel, apart=40)
    whole = whole_of(kernel.data, kernel.rows, kernel.duties)
    groups = cut(whole, kernel.data, kernel.state, 2, np.random.default_rng(seed))
    assert lists(groups) == [[0, 1, 2], [3, 4, 5]]


@pytest.mark.parametrize("seed", range(6))
def test_who_may_not_do_the_same_work_is_not_cut_together(
    room: Rooms, small_kernel: dict[str, Any], seed: int
) -> None:
    """Two organisations of two nurses who share nothing, all in one place but one nurse of each, 20 minutes away: less
    than the hour for strangers, so each organisation is a group; where they share everything the two far ones are."""
    built = room().kind("D", "07:00", "15:30", 30, carries_route=True)
    for name in ("a0", "a1", "b0", "b1"):
        built.nurse(name, organisation=name[0], contract_minutes=480)
    for organisation in "ab":
        built.client(organisation, organisation=organisation)
        built.visit(f"v{organisation}", 1, "08:00", "13:00", 40, client=organisation)
    matrix = built.matrix()
    away = np.array([place.endswith("1") for place in matrix.places])
    minutes = np.where(away[:, None] != away[None, :], 20, 0).astype(np.int32)
    travel = replace(matrix, minutes=dict.fromkeys(matrix.minutes, minutes))
    for contract, groups in (("single", [[0, 1], [2, 3]]), ("joint", [[0, 2], [1, 3]])):
        kernel = small_kernel["Kernel"](built, contract=contract, matrix=travel)
        whole = whole_of(kernel.data, kernel.rows, kernel.duties)
        assert lists(cut(whole, kernel.data, kernel.state, 2, np.random.default_rng(seed))) == groups


@given(seed=st.integers(0, 1000), number=st.integers(1, 8))
@settings(max_examples=20, deadline=None)
def test_every_nurse_is_in_one_group_and_none_is_too_large(
    rooms_and_kernel: tuple[Rooms, dict[str, Any]], seed: int, number: int
) -> None:
    """Six nurses in one place, 0 minutes from each other, in up to eight groups: no group is larger than six through
    their number, rounded up, and none is empty."""
    kernel = villages(*rooms_and_kernel, apart=1)
    whole = whole_of(kernel.data, kernel.rows, kernel.duties)
    whole = whole._replace(minutes=np.zeros_like(whole.minutes))
    groups = cut(whole, kernel.data, kernel.state, number, np.random.default_rng(seed))
    assert sorted(np.concatenate(groups).tolist()) == [0, 1, 2, 3, 4, 5]
    assert all(1 <= len(group) <= -(-6 // number) for group in groups)


@pytest.mark.parametrize(("apart", "second"), [(20, 6), (60, 0)])
def test_left_out_work_goes_farther_to_who_has_room(
    room: Rooms, small_kernel: dict[str, Any], apart: int, second: int
) -> None:
    """Twelve visits of 40 + 20 minutes in the first village, 360 minutes of room in each: half of them go 20 minutes
    farther (three of five nurses: 12 minutes on average), none an hour (36, more than 30)."""
    kernel = villages(room, small_kernel, apart, visits=12)
    whole = whole_of(kernel.data, kernel.rows, kernel.duties)
    groups = [np.array([0, 1, 2]), np.array([3, 4, 5])]
    shares = share_out(whole, kernel.data, kernel.state, groups, np.random.default_rng(0))
    assert [len(own) for own, _, _ in shares] == [12 - second, second]


def test_loads_go_where_they_cost_least_while_there_is_room() -> None:
    """Rows of load 2, 1, 1 at 1, 1, 2 a unit in the first group and 5, 4, 9 in the second, which has room for them.

    With room for 4 all go to the first; with room for 3 the second row goes, which loses least (3 a unit, against 4
    and 7); with no room and 2 a unit for what is over, all stay."""
    cost, load = np.array([[1, 5], [1, 4], [2, 9]]), np.array([2, 1, 1])
    answers = [balanced(cost, load, np.array(room), over).tolist() for room, over in (([4, 4], 99), ([3, 4], 99),
                                                                                      ([0, 4], 2))]  # fmt: skip
    assert answers == [[0, 0, 0], [0, 1, 0], [0, 0, 0]]


@pytest.mark.parametrize("seed", range(6))
def test_a_shortage_is_shared_in_proportion(room: Rooms, small_kernel: dict[str, Any], seed: int) -> None:
    """Nobody is there, seven are asked of groups of two and four who are able: a third is 2.33, so 2 and 5 or 3 and
    4; of six it is always 2 and 4."""
    kernel = villages(room, small_kernel, apart=1)
    groups, random = [np.array([0, 1]), np.array([2, 3, 4, 5])], np.random.default_rng(seed)
    for asked, possible in ((6, [(2, 4)]), (7, [(2, 5), (3, 4)])):
        kernel.duties.cover[:, :2] = asked
        shares = cover_shares(kernel.duties, kernel.state, groups, random)
        assert {tuple(int(share[row, 0]) for share in shares) for row in range(len(kernel.duties.cover))} <= {*possible}
