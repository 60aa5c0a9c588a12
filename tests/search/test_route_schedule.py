"""One route by hand: starts, waiting, the break. Every trip takes 10 minutes; the handover takes the first 10.

Costs are minutes: two home legs, the legs between, and waiting above 15 in one gap.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from optimiser.domain.work import Link, Task
from optimiser.search.kernel.data import (
    INFINITE,
    ROUTE_COST,
    ROUTE_WAITING,
    SLOT_BREAK,
    SLOT_BREAK_HIGH,
    SLOT_BREAK_LOW,
)
from optimiser.search.kernel.route import UNDRIVABLE, after_break
from optimiser.search.kernel.undo import copy_state, new_journal, open_journal, take_back, touch
from optimiser.search.start import clear_broken_routes

Rooms = Callable[..., Any]
MORNING = ("K", "07:00", "13:00")
DAY = ("D", "07:00", "15:30", 30)
DAY_BREAK = {"break_from": "11:00", "break_until": "14:00"}


@pytest.fixture
def route(rooms_and_kernel: tuple[Rooms, dict[str, Any]]) -> Callable[..., Any]:
    """``route(visits, pause=True)``: a kernel with one duty of N1 on Monday that holds the visits in order.

    A visit is (id, from, until, minutes).
    """
    rooms, parts = rooms_and_kernel

    def make(*visits: tuple[str, str, str, int], pause: bool = False, **settings: Any) -> Any:
        small = rooms(**settings).nurse()
        if pause:
            small.kind(*DAY, carries_route=True, **DAY_BREAK)
        else:
            small.kind(*MORNING, carries_route=True)
        for name, start, end, minutes in visits:
            small.visit(name, 0, start, end, minutes)
        kernel = parts["Kernel"](small, [("N1", "D" if pause else "K", 0)])
        kernel.put(kernel.slot("N1", 0), *(visit[0] for visit in visits))
        return kernel

    return make


def cost(kernel: Any) -> int:
    """Cost of the route."""
    return int(kernel.state.route[kernel.slot("N1", 0), ROUTE_COST])


def test_two_stops_without_waiting(route: Callable[..., Any]) -> None:
    """08:00 to 08:30, 10 minutes on, 08:40: two home legs and one leg, 30 minutes."""
    kernel = route(("v", "08:00", "09:00", 30), ("w", "08:00", "10:00", 30))
    assert kernel.times(kernel.slot("N1", 0)) == [("v", 480, 510), ("w", 520, 550)]
    assert cost(kernel) == 30


def test_the_route_opens_after_the_handover(route: Callable[..., Any]) -> None:
    """A visit that may start at 07:00 starts at 07:10: the home leg is outside the duty."""
    kernel = route(("v", "07:00", "09:00", 30))
    assert kernel.times(kernel.slot("N1", 0)) == [("v", 430, 460)]
    assert cost(kernel) == 20


def test_a_home_leg_inside_the_duty_takes_its_time(rooms_and_kernel: tuple[Rooms, dict[str, Any]]) -> None:
    """07:00, handover to 07:10, 10 minutes to drive: 07:20; and at 13:00 she is home, so the last ends at 12:50."""
    rooms, parts = rooms_and_kernel
    small = rooms().nurse().kind(*MORNING, carries_route=True)
    small.organisations["a"] = small.organisations["a"].model_copy(update={"home_legs": "inside"})
    small.visit("v", 0, "07:00", "07:50").visit("w", 0, "12:00", "12:50").visit("x", 0, "12:21", "12:51")
    kernel = parts["Kernel"](small, [("N1", "K", 0)])
    slot = kernel.slot("N1", 0)
    kernel.put(slot, "v", "w")
    assert kernel.times(slot) == [("v", 440, 470), ("w", 720, 750)]
    kernel.take("w")
    kernel.put(slot, "x")
    assert kernel.exact(slot) == INFINITE and cost(kernel) >= UNDRIVABLE


def test_slack_is_kept_between_stops(route: Callable[..., Any]) -> None:
    """Five minutes after the first visit, none after the last: 08:30 + 5 + 10 = 08:45."""
    kernel = route(("v", "08:00", "09:00", 30), ("w", "08:00", "09:15", 30), slack_minutes=5)
    assert kernel.times(kernel.slot("N1", 0)) == [("v", 480, 510), ("w", 525, 555)]


def test_waiting_is_pushed_into_the_free_part(route: Callable[..., Any]) -> None:
    """w opens at 10:00 (600). v at 08:00 leaves 600 - 510 - 10 = 80 idle, 15 are free; v may start until 09:30:
    65 minutes later, and nothing is paid."""
    kernel = route(("v", "08:00", "10:00", 30), ("w", "10:00", "11:00", 30))
    assert kernel.times(kernel.slot("N1", 0)) == [("v", 545, 575), ("w", 600, 630)]
    assert cost(kernel) == 30


def test_waiting_that_cannot_be_avoided_is_paid(route: Callable[..., Any]) -> None:
    """v starts at 09:00 at the latest: 600 - 570 - 10 = 20 idle, 5 of them paid."""
    kernel = route(("v", "08:00", "09:30", 30), ("w", "10:00", "11:00", 30))
    assert kernel.times(kernel.slot("N1", 0)) == [("v", 540, 570), ("w", 600, 630)]
    assert cost(kernel) == 35
    assert int(kernel.state.route[kernel.slot("N1", 0), ROUTE_WAITING]) == 5


def test_waiting_moves_over_a_whole_chain(route: Callable[..., Any]) -> None:
    """u and v wait together for w at 11:00 (660).

    v ends at 635 at the latest without paying: starts 605. u starts at 09:00 at the latest and ends at 570: the gap
    to v is 605 - 570 - 10 = 25, 10 of them paid; v earlier would only move the wait.
    """
    kernel = route(("u", "08:00", "09:30", 30), ("v", "08:00", "12:00", 30), ("w", "11:00", "12:00", 30))
    assert kernel.times(kernel.slot("N1", 0))[0] == ("u", 540, 570)
    assert kernel.times(kernel.slot("N1", 0))[2] == ("w", 660, 690)
    assert cost(kernel) == 40 + 10


def test_the_break_lies_between_two_stops(route: Callable[..., Any]) -> None:
    """v 10:00 to 10:30 (630); the break begins at 11:00: F(630) = max(630 + 10, 660) + 30 = 690 = 11:30.

    Idle 690 - 630 - 10 - 30 = 20, 5 above the free part: v starts 5 minutes later, and nothing is paid.
    """
    kernel = route(("v", "10:00", "11:30", 30), ("w", "10:00", "15:00", 30), pause=True)
    assert kernel.times(kernel.slot("N1", 0)) == [("v", 605, 635), ("break", 660, 690), ("w", 690, 720)]
    assert cost(kernel) == 30


def test_the_break_takes_the_gap_that_waits_anyway(route: Callable[..., Any]) -> None:
    """Between v and w there is no room to spare; between w and x there is an hour and a half: the break lies there."""
    kernel = route(
        ("v", "11:00", "11:30", 30), ("w", "11:40", "12:10", 30), ("x", "13:00", "13:30", 30), pause=True
    )  # fmt: skip
    # v 660-690, w 700-730, break 730-760, x 780: idle 780 - 730 - 10 - 30 = 10, free
    assert kernel.times(kernel.slot("N1", 0)) == [
        ("v", 660, 690), ("w", 700, 730), ("break", 730, 760), ("x", 780, 810),
    ]  # fmt: skip
    assert cost(kernel) == 40


@pytest.mark.parametrize("travel", [0, 7, 40])
@pytest.mark.parametrize("slack", [0, 5])
def test_the_closed_form_is_the_best_of_all_breaks(route: Callable[..., Any], travel: int, slack: int) -> None:
    """F(e) = max(e + slack + t, low) + length for e <= high, against every minute the break could begin."""
    kernel = route(("v", "10:00", "11:00", 30), pause=True, slack_minutes=slack)
    slot = kernel.slot("N1", 0)
    row = kernel.state.slot[slot]
    low, high, length = int(row[SLOT_BREAK_LOW]), int(row[SLOT_BREAK_HIGH]), int(row[SLOT_BREAK])
    assert (low, high, length) == (660, 810, 30)
    for end in range(590, 830, 3):
        # she drives from the end (and slack) on, stops for the break at some minute, and drives the rest
        tried = [
            max(begin + length, end + slack + travel + length)
            for begin in range(low, high + 1)
            if begin >= end
        ]  # fmt: skip
        assert int(after_break(kernel.data, kernel.state, slot, end, travel)) == min(tried, default=INFINITE)


@pytest.mark.parametrize(
    ("until", "minutes", "start"),
    [
        # 10:00 to 13:20 leaves 13:20 to 14:00 after it
        ("15:00", 200, 600),
        # to 13:40 leaves 20 minutes only: the break goes before it, 11:00 to 11:30
        ("15:10", 220, 690),
        # as long, but it must start by 11:20: no room on either side
        ("15:00", 220, None),
    ],
)
def test_one_stop_leaves_room_beside_it(route: Callable[..., Any], until: str, minutes: int, start: int | None) -> None:
    """With fewer than two stops no break is listed, but half an hour between 11:00 and 14:00 stays free."""
    kernel = route(("v", "10:00", until, minutes), pause=True)
    slot = kernel.slot("N1", 0)
    if start is None:
        assert kernel.exact(slot) == INFINITE
    else:
        assert kernel.times(slot) == [("v", start, start + minutes)]
        assert cost(kernel) == 20


def test_a_removal_can_take_the_room_of_the_break(route: Callable[..., Any]) -> None:
    """v and w follow each other at once at noon; the break lies between w and x. Without x nothing is left for it:
    the route is broken, and what it holds goes back to the bank."""
    kernel = route(
        ("v", "12:00", "12:30", 30), ("w", "12:40", "13:10", 30), ("x", "13:50", "14:30", 30), pause=True
    )  # fmt: skip
    slot = kernel.slot("N1", 0)
    assert [stop[0] for stop in kernel.times(slot)] == ["v", "w", "break", "x"]
    kernel.take("x")
    assert cost(kernel) >= UNDRIVABLE
    clear_broken_routes(kernel.data, kernel.rows, kernel.state)
    # one of the two can stay
    assert len(kernel.times(slot)) == 1
    assert int(kernel.state.total[0]) == kernel.recomputed()


def test_a_task_without_place_is_done_on_the_spot(rooms_and_kernel: tuple[Rooms, dict[str, Any]]) -> None:
    """A telephone round between two visits takes its 20 minutes and no travel: 08:30, 08:50, then 10 to drive."""
    rooms, parts = rooms_and_kernel
    small = rooms().nurse().kind(*MORNING, carries_route=True)
    small.visit("v", 0, "08:00", "08:30").visit("w", 0, "08:00", "10:00")
    small.add("tasks", Task(id="t", kind="telephone", organisation="a", day=small.day(0), from_time=480, until_time=720,
              minutes=20))  # fmt: skip
    kernel = parts["Kernel"](small, [("N1", "K", 0)])
    kernel.put(kernel.slot("N1", 0), "v", "t", "w")
    assert kernel.times(kernel.slot("N1", 0)) == [("v", 480, 510), ("t", 510, 530), ("w", 540, 570)]
    assert cost(kernel) == 30


def test_a_tied_job_keeps_its_start(rooms_and_kernel: tuple[Rooms, dict[str, Any]]) -> None:
    """v is tied to a visit elsewhere, so nothing moves it: 600 - 510 - 10 = 80 idle, 65 paid."""
    rooms, parts = rooms_and_kernel
    small = rooms().nurse().kind(*MORNING, carries_route=True)
    small.visit("v", 0, "08:00", "10:00").visit("w", 0, "10:00", "11:00").visit("far", 0, "16:00", "18:30")
    small.add("work_links", Link(id="l", first="v", second="far", gap_min=480, gap_max=570, together=False))
    kernel = parts["Kernel"](small, [("N1", "K", 0)])
    kernel.put(kernel.slot("N1", 0), "v", "w")
    assert kernel.times(kernel.slot("N1", 0))[0] == ("v", 480, 510)
    assert cost(kernel) == 30 + 65


def test_take_back_restores_everything(route: Callable[..., Any]) -> None:
    """After touching, taking and putting elsewhere, the journal gives back routes, labels, jobs and total."""
    kernel = route(("v", "08:00", "10:00", 30), ("w", "10:00", "11:00", 30))
    state, slot = kernel.state, kernel.slot("N1", 0)
    before, journal = copy_state(state), new_journal(kernel.data, state)
    open_journal(journal, state)
    touch(journal, state, slot, kernel.job("v"))
    kernel.take("v")
    touch(journal, state, slot, kernel.job("w"))
    kernel.take("w")
    kernel.put(slot, "w")
    assert int(state.total[0]) != int(before.total[0])
    take_back(journal, state)
    for field in ("duty", "slot", "route", "job", "total"):
        assert (getattr(state, field) == getattr(before, field)).all(), field
    assert (state.stops[slot, :2] == before.stops[slot, :2]).all()
    assert (state.label[slot, :2] == before.label[slot, :2]).all()
