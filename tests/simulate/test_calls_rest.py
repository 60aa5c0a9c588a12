"""Work by calls in standby, and the rest that is left: solved by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from optimiser.simulate.calls_rest import joined, rest_work

NIGHT = 23 * 60


@pytest.fixture
def night(town: Callable[..., Any]) -> Any:
    """N1 is on call from home on Monday night; the client is 10 minutes away."""
    built = town().type().source("s")
    built.room.kind("B", "23:00", "31:00", line=1, lane="standby", category="night")
    built.room.kind("D", "08:00", "16:00")
    built.room.kind("L", "15:00", "23:00")
    built.room.duty("N1", "B", 0)
    return built


def test_calls_close_to_each_other_are_one() -> None:
    """29 minutes between is one, 30 is two; ten minutes of work count for half an hour."""
    assert joined([(0, 40), (69, 80)], 30) == [(0, 80)]
    assert joined([(0, 40), (70, 80)], 30) == [(0, 40), (70, 100)]


def test_minutes_run_from_leaving_to_being_back(night: Any) -> None:
    """Called at 23:50: 5 to turn out, 10 there, 30 with the client, 10 back: 55 minutes, of which 45 after midnight."""
    night.call(NIGHT + 50, "s")
    found = rest_work(night.play(), 1)
    assert found.minutes.value == 55 and found.night_minutes.value == 45 and found.disturbed_nights.value == 1
    assert rest_work(night.play(way_back_is_work=False), 1).minutes.value == 45


def test_a_night_without_a_call_is_not_disturbed(night: Any) -> None:
    """Done before midnight: 23:00 to 23:55."""
    night.call(NIGHT, "s")
    assert rest_work(night.play(), 1).disturbed_nights.value == 0


def test_a_duty_soon_after_a_call_at_night(night: Any) -> None:
    """Back at 04:55; the day duty begins at 08:00, 3:05 later: sooner than both. At 15:00 it is 10:05: sooner than 11
    hours only."""
    night.room.duty("N1", "D", 1, id="next")
    night.call(NIGHT + 5 * 60, "s")
    found = rest_work(night.play(), 1)
    assert (found.short_rest.value, found.shortish_rest.value) == (1, 1)
    night.room.duties.pop()
    night.room.duty("N1", "L", 1, id="next")
    found = rest_work(night.play(), 1)
    assert (found.short_rest.value, found.shortish_rest.value) == (0, 1)


def test_more_than_thirteen_hours_in_a_day(night: Any) -> None:
    """Eight hours of work by day, and a visit of four and a half at night (4:55 with the ways): 12:55. A visit of five
    hours makes 13:25."""
    night.room.duty("N1", "D", 0, id="before")
    night.call(NIGHT + 30, "s", 270)
    assert rest_work(night.play(), 1).long_days.value == 0
    night.calls.clear()
    night.call(NIGHT + 30, "s", 300)
    assert rest_work(night.play(), 1).long_days.value == 1


def test_a_back_up_at_the_workplace_is_no_rest(night: Any) -> None:
    """Hours at the workplace are work already."""
    night.room.kind("P", "23:00", "31:00", line=1, lane="standby", category="night", at_workplace=True)
    night.room.duties.clear()
    night.room.duty("N1", "P", 0)
    night.call(NIGHT, "s")
    assert rest_work(night.play(), 1).minutes.value == 0
