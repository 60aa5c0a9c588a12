"""What the tables hold of a nurse, by calendar week."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from optimiser.domain.people import Counter
from optimiser.domain.work import Task
from optimiser.patterns.known import (
    Known,
    agreement_holds,
    counters,
    known_by_nurse,
    runs,
    weekend_is_free,
    with_counter,
)

Rooms = Callable[..., Any]


def known(room: Any) -> Known:
    """What is known of N1."""
    return known_by_nurse(room.instance())["N1"]


def seen(weeks: dict[int, int]) -> dict[int, int]:
    """Only what is not zero."""
    return {week: count for week, count in weeks.items() if count}


# Days -7 to -1 are the Monday to Sunday of week -1.
@pytest.mark.parametrize(
    ("start", "end", "night", "late"),
    [
        ("16:00", "25:00", False, False),  # exactly 60 minutes after midnight (vector V2)
        ("16:00", "25:01", True, False),  # 61 (V3), but it ends before 02:00
        ("18:00", "26:00", True, False),  # ends at 02:00
        ("18:00", "26:01", True, True),
        ("23:00", "31:00", True, True),
        ("04:59", "12:00", True, True),  # 61 minutes before 06:00: it ends after 02:00 of that day
        ("05:00", "12:00", False, False),
    ],
)
def test_nights_and_late_nights(room: Rooms, start: str, end: str, night: bool, late: bool) -> None:
    """More than 60 minutes in 00:00 to 06:00; late when it ends after 02:00; by the week of the start."""
    found = known(room().nurse().past(-4, start, end))
    assert (seen(found.nights), seen(found.late_nights)) == ({-1: 1} if night else {}, {-1: 1} if late else {})


def test_blocks_with_short_gaps_are_one_dienst(room: Rooms) -> None:
    """00:00-00:40 and 05:00-05:30 on Thursday are 70 night minutes of one dienst; 8 hours apart they are two."""
    small = room().nurse().past(-4, "00:00", "00:40").past(-4, "05:00", "05:30")
    assert (seen(known(small).nights), seen(known(small).night_minutes)) == ({-1: 1}, {-1: 70})
    small = room().nurse().past(-5, "20:00", "24:40").past(-4, "08:40", "12:00")
    assert seen(known(small).nights) == {}


def test_night_minutes_and_sundays_are_those_of_the_day(room: Rooms) -> None:
    """Sunday 23:00 to Monday 07:00: six hours of week 0, and Sunday -1 is worked; Saturday night works on Sunday."""
    found = known(room().nurse().past(-1, "23:00", "31:00"))
    assert (seen(found.night_minutes), seen(found.sundays), seen(found.nights)) == ({0: 360}, {-1: 1}, {-1: 1})
    assert seen(known(room().nurse().past(-9, "22:00", "24:00")).sundays) == {}  # Saturday until midnight
    assert seen(known(room().nurse().past(-9, "22:00", "24:01")).sundays) == {-2: 1}


def test_standby_by_form(room: Rooms) -> None:
    """From home it is no work; at the workplace all of it is; a night on call touches 00:00 to 06:00."""
    small = room().nurse()
    small.past(-7, "23:00", "31:00", lane="standby").past(-5, "08:00", "20:00", lane="standby", form="consignatie")
    small.past(-3, "23:00", "31:00", lane="standby", form="workplace")
    found = known(small)
    assert (seen(found.standby), seen(found.workplace), seen(found.standby_nights)) == ({-1: 3}, {-1: 1}, {-1: 1})
    assert (seen(found.nights), seen(found.sundays)) == ({-1: 1}, {})


def test_tasks_outside_routes_are_work(room: Rooms) -> None:
    """A meeting on the Sunday of the horizon."""
    fields = {"from_time": 540, "until_time": 600, "minutes": 60, "in_route": False}
    task = Task(id="m", kind="meeting", organisation="a", nurse="N1", day=date(2026, 12, 13), **fields)
    small = room().nurse().add("tasks", task)
    assert seen(known(small).sundays) == {0: 1}


# Saturday is day -2. 60 hours that hold Saturday 00:00 to Monday 04:00 (52 hours) leave 8 for before and after.
@pytest.mark.parametrize(
    ("duties", "free"),
    [
        ([], True),
        ([(-3, "07:00", "20:00"), (0, "08:00", "16:00")], True),  # Friday 20:00 to Monday 08:00: 60 hours
        ([(-3, "07:00", "20:01"), (0, "08:00", "16:00")], False),
        ([(-3, "16:00", "24:00"), (0, "12:00", "16:00")], True),  # Saturday 00:00 to Monday 12:00
        ([(-3, "16:00", "24:01")], False),
        ([(0, "04:00", "12:00")], True),
        ([(0, "03:59", "12:00")], False),
        ([(-3, "07:00", "23:59")], True),
    ],
)
def test_a_free_weekend(room: Rooms, duties: list[tuple[int, str, str]], free: bool) -> None:
    """A time of 60 hours without any duty holds it."""
    small = room().nurse()
    instance = small.instance()
    spans = [(small.at(day, low), small.at(day, high)) for day, low, high in duties]
    assert weekend_is_free(instance, -1, spans) is free


def test_standby_makes_a_weekend_less_free(room: Rooms) -> None:
    """On call from Saturday 23:00 on."""
    assert seen(known(room().nurse().past(-2, "23:00", "31:00", lane="standby")).weekends) == {-1: 1}
    assert seen(known(room().nurse().past(-4, "23:00", "31:00", lane="standby")).weekends) == {}


def test_runs_hold_a_week_of_the_horizon() -> None:
    """Runs of four weeks that end in a horizon of two; one more where week 2 holds something."""
    assert [(each.name, each.first, each.last, each.room) for each in runs(2, 4, {})] == [
        ("w0", 0, 0, 1), ("w1", 0, 1, 2),
    ]  # fmt: skip
    later = list(runs(2, 4, {-1: 5, 2: 3, 40: 1}))
    assert [(each.name, each.first, each.last, each.count({-1: 5, 2: 3})) for each in later] == [
        ("w0", 0, 0, 5), ("w1", 0, 1, 5), ("w2", 0, 1, 8), ("w3", 0, 1, 3), ("w4", 1, 1, 3),
    ]  # fmt: skip


def test_a_counter_adds_what_the_context_does_not_hold() -> None:
    """20 counted, 6 known within 15 weeks: 14 more in week -15; less than known adds nothing."""
    assert with_counter({-1: 6, -20: 9, 1: 4}, 20) == {-1: 6, -20: 9, 1: 4, -15: 14}
    assert with_counter({-1: 6}, 5) == {-1: 6, -15: 0}
    assert with_counter({-30: 2}, 5, 51) == {-30: 2, -51: 3}


def test_counters_by_nurse(room: Rooms) -> None:
    """Those of one name."""
    small = room().nurse().add("counters", Counter(nurse="N1", counter="nights_16_weeks", value=3))
    assert counters(small.instance(), "nights_16_weeks") == {"N1": 3}


@pytest.mark.parametrize(
    ("settings", "holds"),
    [({}, True), ({"after_agreement": "law_only"}, False), ({"rule_set": "atb_care"}, False)],
)
def test_an_agreement_that_ended_holds_only_when_it_goes_on(room: Rooms, settings: Any, holds: bool) -> None:
    """The horizon begins after 31 August 2026."""
    assert agreement_holds(room(**settings).nurse().instance()) is holds
