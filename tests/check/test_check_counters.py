"""A past that only counters tell is judged like one in the tables, and is never blamed on the plan."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from optimiser.domain.people import Counter

EIGHT = ("07:00", "15:30", 30)


def counted(room: Any, **counters: int) -> Any:
    """Counters of one nurse."""
    rows = (Counter(nurse="N1", counter=name, value=value) for name, value in counters.items())
    return room.nurse().add("counters", *rows)


@pytest.mark.parametrize(
    ("counters", "rule"),
    [
        # 23 - 7 that dropped out = 16 nights, and 640 h: one day duty is 8 h too much
        ({"nights_16_weeks": 23, "work_minutes_15_weeks": 38_400}, "nights.average"),
        # 20 - 4 = 16 standby nights
        ({"standby_nights_16_weeks": 20, "work_minutes_15_weeks": 38_400}, "on_call.average"),
        # 5 - 4 = one, and 1,248 h in 26 weeks
        ({"workplace_26_weeks": 5, "work_minutes_15_weeks": 74_880}, "workplace.average"),
    ],
)
def test_a_day_duty_breaks_an_average_of_counted_nights(counters: dict[str, int], rule: str, room: Any) -> None:
    """No night, standby or workplace is in any table: the counters alone make the limit hold."""
    report = counted(room(), **counters).shift(0, *EIGHT).report()
    assert rule in {each.rule for each in report.violations}
    less = {**counters, "work_minutes_15_weeks": counters["work_minutes_15_weeks"] - 480}
    report = counted(room(), **less).shift(0, *EIGHT).report()
    assert rule not in {each.rule for each in report.violations}


@pytest.mark.parametrize(
    ("counters", "duty", "rule"),
    [
        # 50 - 7 = 43 late nights; the night of the plan ends at 02:00, which is not late
        ({"nights_16_weeks": 50}, ("18:00", "26:00", 30), "nights.sixteen_weeks"),
        # 57 - 4 = 53; the plan has no such standby
        ({"workplace_26_weeks": 57}, EIGHT, "workplace.count"),
        ({"on_call_16_weeks": 40}, EIGHT, "on_call.sixteen_weeks"),
    ],
)
def test_what_counters_break_alone_is_inherited(
    counters: dict[str, int], duty: tuple[Any, ...], rule: str, room: Any
) -> None:
    """The plan adds nothing to what is counted."""
    report = counted(room(), **counters).shift(0, *duty).report()
    assert rule in {each.rule for each in report.inherited}
    assert rule not in {each.rule for each in report.violations}


def test_standby_without_calls_does_not_own_the_hours_before(room: Any) -> None:
    """641 h and 16 standby nights are counted: a standby by day adds neither."""
    report = counted(room(), standby_nights_16_weeks=20, work_minutes_15_weeks=38_460).standby(0, "12:00", "17:00")
    report = report.report()
    assert "on_call.average" in {each.rule for each in report.inherited}
    assert report.violations == ()


def test_a_dienst_from_before_the_horizon_has_her_limit_too(room: Any) -> None:
    """18:00 to 23:00 on Sunday and 06:00 to 11:01 on Monday are one dienst of 10 h 01."""
    for end, broken in (("11:01", True), ("11:00", False)):
        filled = room().nurse(due=date(2027, 3, 1)).past(-1, "18:00", "23:00").shift(0, "06:00", end)
        assert ("pregnancy.dienst" in {each.rule for each in filled.report().violations}) == broken
