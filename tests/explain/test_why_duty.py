"""Could a nurse have a duty: the first rule that blocks it, or what it costs. Every figure is solved by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from optimiser.domain.duty import Cover
from optimiser.domain.people import Availability
from optimiser.errors import InputError
from optimiser.explain.why_duty import DutyAnswer, why_duty

Rooms = Callable[..., Any]


@pytest.fixture
def team(room: Rooms) -> Any:
    """Days of 7.5 and evenings of 8 hours with half an hour of break; N1 and N2 have contracts of 24 hours."""
    small = room().kind("D", "07:00", "15:00", 30).kind("L", "15:00", "23:30", 30, category="evening")
    return small.nurse("N1", contract_minutes=1440).nurse("N2", contract_minutes=1440)


def ask(team: Any, nurse: str, kind: str, day: int, **fields: Any) -> DutyAnswer:
    """The answer for the team as filled so far."""
    return why_duty(
        team.instance(), team.contract, team.matrix(), team.plan(), nurse, kind, team.day(day), **fields
    )


def test_a_free_day_costs_only_what_hours_say(team: Any) -> None:
    """450 minutes of 1,440 are planned: the shortfall goes from 144 to 99 tens of minutes, so 45 less."""
    answer = ask(team, "N1", "D", 0)
    assert answer.possible
    assert answer.terms == {"undertime": -45}
    assert answer.cost == -45


def test_rest_after_an_evening(team: Any) -> None:
    """From 23:30 to 07:00 is 7.5 hours: less than any daily rest, and one dienst by the clock."""
    answer = ask(team.duty("N1", "L", 0), "N1", "D", 1)
    assert answer.blocking is not None
    assert answer.blocking.rule in ("rest.daily", "working_time.dienst")
    assert "N1" in answer.blocking.sentence("nl")


def test_leave_comes_before_the_law(team: Any) -> None:
    """She is away on Tuesday, and rests too little before it: the leave is said."""
    leave = Availability(nurse="N1", kind="leave", first=team.day(1), last=team.day(1), minutes_per_day=288)
    answer = ask(team.duty("N1", "L", 0).add("availability", leave), "N1", "D", 1)
    assert answer.blocking is not None
    assert answer.blocking.rule == "duties.absence"
    assert len(answer.violations) > 1


def test_one_duty_a_day_unless_it_is_taken_away_first(team: Any) -> None:
    """Her own day duty blocks the evening; without it she may."""
    team.duty("N1", "D", 0)
    blocked = ask(team, "N1", "L", 0)
    assert blocked.blocking is not None
    assert blocked.blocking.rule == "duties.double"
    assert ask(team, "N1", "L", 0, without={team.duties[0].id}).possible


def test_cover_is_counted(team: Any) -> None:
    """The evening asks for one and has none: one less below the minimum."""
    row = Cover(id="c", organisation="a", weekdays=("mon",), from_time=960, until_time=1320, minimum=1, wanted=1)
    answer = ask(team.add("cover", row), "N1", "L", 0)
    assert answer.terms["uncovered_minimum"] == -1


def test_fairness_sees_the_whole_team(team: Any) -> None:
    """N1 has two evenings where the share is one; one for N2 makes the share two, and N1's third is one above it."""
    for day in (0, 2):
        team.duty("N1", "L", day)
    assert ask(team, "N2", "L", 4).terms["fairness"] == -1
    team.duty("N2", "L", 0)
    assert ask(team, "N1", "L", 4).terms["fairness"] == 1


def test_signals_are_told(team: Any) -> None:
    """Early after late, 11 hours and a half apart, is lawful and priced."""
    team.kind("E", "08:00", "12:00").kind("F", "15:00", "21:15", category="evening")
    answer = ask(team.duty("N1", "F", 0).duty("N2", "D", 0), "N1", "E", 1)
    assert [each.rule for each in answer.signals] == ["livable.early_after_late", "rest.token"]
    assert answer.terms["early_after_late"] == 1


def test_who_and_what_must_exist(team: Any) -> None:
    """An unknown nurse or kind is bad input."""
    with pytest.raises(InputError):
        ask(team, "N9", "D", 0)
    with pytest.raises(InputError):
        ask(team, "N1", "X", 0)
