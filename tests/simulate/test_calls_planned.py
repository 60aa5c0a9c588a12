"""What calls do to planned work, solved by hand. All ways take 10 minutes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from optimiser.simulate.calls_load import planned_work
from optimiser.simulate.calls_planned import drawn_work
from optimiser.simulate.calls_settings import CallSettings

EVENING = 18 * 60


@pytest.fixture
def route(town: Callable[..., Any]) -> Any:
    """An evening duty of N1 at work from 18:00; ``stops`` are added by the test."""
    built = town().type().source("s")
    built.room.kind("W", "18:00", "23:00", line=1, category="evening", carries_route=True)
    return built


def duty(built: Any, *stops: Any) -> None:
    """The duty with its stops."""
    built.room.duty("N1", "W", 0, *stops)


def figures(built: Any) -> dict[str, float]:
    """Planned visits of the one round."""
    found = planned_work(built.play(), 1)
    return {name: getattr(found, name).value for name in ("visits", "moved", "late", "late_minutes", "dropped")}


def test_a_visit_moves_within_its_window(route: Any) -> None:
    """Planned 19:00 to 19:30 with room until 21:00. The call of 18:30 is reached at 18:40 from home, done at 19:10; she
    is at the client at 19:20, 20 minutes later than planned, and not late."""
    route.room.visit("v", 0, "18:30", "21:00")
    duty(route, route.room.stop("v", 0, "19:00"))
    route.call(EVENING + 30, "s", 30)
    assert route.came() == [("first_line", "N1", 10)]
    assert figures(route) == {"visits": 1, "moved": 1, "late": 0, "late_minutes": 0, "dropped": 0}


def test_a_visit_is_late_when_it_cannot_move(route: Any) -> None:
    """It had to begin at 19:05 at the latest, and begins at 19:20."""
    route.room.visit("v", 0, "18:30", "19:35")
    duty(route, route.room.stop("v", 0, "19:00"))
    route.call(EVENING + 30, "s", 30)
    assert figures(route) == {"visits": 1, "moved": 1, "late": 1, "late_minutes": 15, "dropped": 0}


def test_a_time_critical_visit_goes_first(route: Any) -> None:
    """The call would take until 18:40 + 30 + 10 = 19:20, after 19:05: she does the visit first, is free at 19:30, and
    at the call at 19:40, 70 minutes after it came."""
    route.room.visit("v", 0, "18:30", "19:35", time_critical=True)
    duty(route, route.room.stop("v", 0, "19:00"))
    route.response = {"pass_on_minutes": 90}
    route.call(EVENING + 30, "s", 30)
    assert route.came() == [("first_line", "N1", 70)]
    assert figures(route) == {"visits": 1, "moved": 0, "late": 0, "late_minutes": 0, "dropped": 0}


def test_a_time_critical_visit_with_room_waits_for_the_call(route: Any) -> None:
    """Room until 19:30 is enough for the call."""
    route.room.visit("v", 0, "18:30", "20:00", time_critical=True)
    duty(route, route.room.stop("v", 0, "19:00"))
    route.call(EVENING + 30, "s", 30)
    assert route.came() == [("first_line", "N1", 10)]


def test_a_visit_that_would_be_far_too_late_is_not_done(route: Any) -> None:
    """A call of three hours: 18:40 + 180 = 21:40, at the client 21:50, 165 minutes after the last start 19:05."""
    route.room.visit("v", 0, "18:30", "19:35")
    duty(route, route.room.stop("v", 0, "19:00"))
    route.call(EVENING + 30, "s", 180)
    assert figures(route) == {"visits": 1, "moved": 0, "late": 0, "late_minutes": 0, "dropped": 1}


def test_a_visit_under_way_is_finished(route: Any) -> None:
    """At 19:10 she is with the client until 19:30; the call waits 20 minutes and is 10 away."""
    route.room.visit("v", 0, "18:30", "21:00")
    duty(route, route.room.stop("v", 0, "19:00"))
    route.call(EVENING + 70, "s", 30)
    played = route.play()
    assert played.wait.tolist() == [20] and played.response.tolist() == [30]


def test_she_turns_round_on_her_way_to_a_visit(route: Any) -> None:
    """She leaves for 19:00 at 18:50. At 18:55 she is half-way between home (10 from the call) and the client (30)."""
    route.room.visit("v", 0, "18:30", "21:00")
    duty(route, route.room.stop("v", 0, "19:00"))
    route.way("at-C-v", "s", 30).call(EVENING + 55, "s", 30)
    assert route.came() == [("first_line", "N1", 20)]


def test_a_break_gives_way(route: Any) -> None:
    """At 20:00 she has a break until 20:30, which is no visit: it moves after the call."""
    route.room.visit("v", 0, "18:30", "21:00")
    pause = route.room.stop("break", 0, "20:00", what="break")
    duty(route, route.room.stop("v", 0, "19:00"), pause)
    route.call(EVENING + 115, "s", 30)
    assert route.came()[0][0] == "first_line" and figures(route)["moved"] == 0


def test_assumed_work_is_that_of_the_visits(route: Any) -> None:
    """One visit of 30 minutes and 10 of travel opens in each of the five duties of 300 minutes: 40 / 300 = 13 %. With
    routes nothing is assumed."""
    for day in range(5):
        route.room.visit(f"v{day}", day, "19:00", "21:00")
        route.room.duty("N1", "W", day)
    assert route.play().prepared.shares == {}
    route.room.claims["with_routes"] = False
    assert route.play().prepared.shares == {"W": pytest.approx(40 / 300)}
    assert route.play(planned_percent=25).prepared.shares == {"W": 0.25}


def test_pieces_of_assumed_work_take_their_share(route: Any) -> None:
    """Over 400 duties of five hours with a share of 30 %, about 30 % less what would end after the duty."""
    duty(route)
    settings, shift = CallSettings(), route.room.duties[0]
    pieces = [each for play in range(400) for each in drawn_work(1, play, shift, 1080, 1380, 0.3, settings)]
    whole = sum(piece.minutes for piece in pieces) / (400 * 300)
    assert 0.24 < whole <= 0.31
    assert all(piece.start >= 1080 and piece.start + piece.minutes <= 1380 for piece in pieces)
