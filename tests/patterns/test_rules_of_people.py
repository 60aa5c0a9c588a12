"""Rules that hold for one nurse: pregnancy and birth, sixteen and seventeen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from optimiser.domain.people import Counter
from optimiser.domain.row_rules import GapCount, Pauses, RestBlocks, RowRule, WindowSum
from optimiser.patterns.allowed import duty_allowed
from optimiser.patterns.minors import is_minor, minor_may, minors
from optimiser.patterns.pregnancy import days_around_birth, is_protected, pregnancy

Rooms = Callable[..., Any]
HOUR, DAY = 60, 1440


def by_family(rules: list[RowRule]) -> dict[str, RowRule]:
    """Family (with its window) -> rule."""
    return {each.id.family + (f".{each.id.window}" if each.id.window else ""): each for each in rules}


def days(room: Any, kind: int = 0) -> list[int]:
    """The days on which the first nurse may have a kind."""
    allowed = duty_allowed(room.instance())
    return [day for day in range(allowed.shape[1]) if allowed[0, day, kind]]


# The horizon is 7 to 13 December 2026. 280 days before 20 September 2027 is 14 December 2026.
@pytest.mark.parametrize(
    ("fields", "held"),
    [
        ({}, False),
        ({"due": date(2027, 9, 20)}, False),
        ({"due": date(2027, 9, 19)}, True),  # its 280th day before is Sunday 13 December
        ({"due": date(2027, 3, 1)}, True),
        ({"due": date(2026, 6, 7)}, True),  # six months later is Monday 7 December
        ({"due": date(2026, 6, 6)}, False),
        ({"due": date(2026, 6, 1), "gave_birth": date(2026, 6, 7)}, True),
        ({"gave_birth": date(2026, 6, 7)}, True),
        ({"gave_birth": date(2026, 6, 6)}, False),
    ],
)
def test_when_the_limits_of_pregnancy_hold(room: Rooms, fields: Any, held: bool) -> None:
    """Any day of the horizon between 280 days before the due date and six months after the birth."""
    instance = room().nurse(**fields).instance()
    assert is_protected(instance, instance.nurses[0]) is held
    assert bool(pregnancy(instance)) is held


def test_six_months_after_the_end_of_august(room: Rooms) -> None:
    """31 August 2026 and six months is 28 February 2027: the week from 1 March is free of it, the one before not."""
    for monday, held in ((date(2027, 2, 22), True), (date(2027, 3, 1), False)):
        instance = room(monday=monday).nurse(gave_birth=date(2026, 8, 31)).instance()
        assert is_protected(instance, instance.nurses[0]) is held


def test_the_limits_of_pregnancy(room: Rooms) -> None:
    """10 hours a dienst, no night dienst, 200 hours in 4 weeks and 720 in 16, less what is known; for her alone."""
    small = room().nurse("N1", due=date(2027, 3, 1)).nurse("N2")
    for day in (-7, -6, -5, -4):
        small.past(day, "07:00", "16:00")
    small.add("counters", Counter(nurse="N1", counter="work_minutes_15_weeks", value=600 * HOUR))
    found = by_family(pregnancy(small.instance()))
    assert {each.id.nurse for each in found.values()} == {"N1"}
    limits = {name: (each.per, each.most) for name, each in found.items() if isinstance(each, WindowSum)}
    assert limits == {
        "pregnant_dienst": ("dienst", 10 * HOUR), "pregnant_night": ("night", 0),
        "pregnant_4_weeks.w0": ("weeks", 164 * HOUR), "pregnant_16_weeks.w0": ("weeks", 120 * HOUR),
    }  # fmt: skip
    assert all(each.id.article.startswith("ATW 4:5") for each in found.values())
    with_consent = room().nurse("N1", due=date(2027, 3, 1), night_consent=True).instance()
    assert "pregnant_night" not in by_family(pregnancy(with_consent))


def test_no_night_dienst_is_allowed_without_consent(room: Rooms) -> None:
    """60 minutes after midnight are no night; on call from home is no dienst, at the workplace it is."""
    small = room().nurse(due=date(2027, 3, 1))
    small.kind("a", "16:00", "25:00").kind("b", "16:00", "25:01").kind("c", "23:00", "31:00", lane="standby")
    small.kind("d", "23:00", "31:00", lane="standby", at_workplace=True)
    assert [bool(days(small, kind)) for kind in range(4)] == [True, False, True, False]
    small.nurse(due=date(2027, 3, 1), night_consent=True)
    assert [bool(days(small, kind)) for kind in range(4)] == [True] * 4


# Due on 8 January 2027: 28 days before is 11 December, a Friday (day 4).
@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"due": date(2027, 1, 8)}, [0, 1, 2, 3]),
        ({"due": date(2027, 1, 8), "gave_birth": date(2026, 12, 9)}, [0, 1]),  # four weeks early
        # 42 days after 28 October is 9 December, the last day without work
        ({"gave_birth": date(2026, 10, 28)}, [3, 4, 5, 6]),
        ({"due": date(2026, 10, 28)}, [3, 4, 5, 6]),
        ({"due": date(2026, 10, 20), "gave_birth": date(2026, 10, 28)}, [3, 4, 5, 6]),
    ],
)
def test_no_work_around_birth(room: Rooms, fields: Any, expected: list[int]) -> None:
    """From 28 days before the due date to 42 days after the birth; also nothing on call."""
    small = room().nurse(**fields).kind("D", "07:00", "15:30").kind("S", "07:00", "15:00", lane="standby")
    assert days(small) == days(small, 1) == expected


def test_a_night_into_the_days_around_birth(room: Rooms) -> None:
    """A night from Thursday 10 to Friday 11 December touches the first day without work."""
    small = room().nurse(due=date(2027, 1, 8), night_consent=True).kind("N", "23:00", "31:00")
    assert days(small) == [0, 1, 2]
    instance = small.instance()
    assert days_around_birth(instance, instance.nurses[0]) == (date(2026, 12, 11), date(2027, 2, 19))
    assert days_around_birth(room().nurse().instance(), room().nurse().instance().nurses[0]) is None


@pytest.mark.parametrize(("born", "minor"), [(date(2008, 12, 7), False), (date(2008, 12, 8), True)])
def test_who_is_under_age(room: Rooms, born: date, minor: bool) -> None:
    """Eighteen on the first day of the horizon, or not yet; that holds for the whole horizon."""
    instance = room().nurse(born=born).instance()
    assert is_minor(instance, instance.nurses[0]) is minor
    assert bool(minors(instance)) is minor


def test_the_limits_at_sixteen_and_seventeen(room: Rooms) -> None:
    """12 h of rest, 36 in each 7 x 24, 9 h a dienst, 45 a week, 160 in 4 weeks, a break over 4.5 hours."""
    small = room().nurse("N1", born=date(2009, 6, 1)).nurse("N2")
    small.past(-3, "09:00", "17:00")
    found = by_family(minors(small.instance()))
    assert {each.id.nurse for each in found.values()} == {"N1"}
    rest, weekly, pauses = found["minor_rest"], found["minor_weekly_rest"], found["minor_breaks"]
    assert isinstance(rest, GapCount) and (rest.high, rest.most, rest.within_day) == (12 * HOUR, 0, True)
    assert isinstance(weekly, RestBlocks)
    assert (weekly.short_window, weekly.short_rest) == (weekly.long_window, weekly.long_rest) == (7 * DAY, 36 * HOUR)
    assert isinstance(pauses, Pauses) and (pauses.after, pauses.length) == (270, 30)
    sums = {name: each.most // HOUR for name, each in found.items() if isinstance(each, WindowSum)}
    assert sums == {"minor_dienst": 9, "minor_week.w0": 45, "minor_4_weeks.w0": 152}


@pytest.mark.parametrize(
    ("start", "end", "pause", "fields", "may"),
    [
        ("08:00", "12:30", 0, {}, True),  # exactly 4.5 hours
        ("08:00", "12:31", 0, {}, False),
        ("08:00", "13:00", 30, {}, True),
        ("08:00", "17:30", 30, {}, True),  # 9 hours
        ("08:00", "17:31", 30, {}, False),
        ("18:30", "23:00", 0, {}, True),
        ("18:31", "23:01", 0, {}, False),
        ("06:00", "10:00", 0, {}, True),
        ("05:59", "10:00", 0, {}, False),
        ("08:00", "12:00", 0, {"lane": "standby"}, False),
        ("08:00", "11:00", 0, {"second_start": "11:30", "second_end": "14:00"}, True),  # a pause between the parts
        ("08:00", "11:00", 0, {"second_start": "11:29", "second_end": "14:00"}, False),
    ],
)
def test_what_a_minor_may_have(room: Rooms, start: str, end: str, pause: int, fields: Any, may: bool) -> None:
    """Nothing on call, nothing between 23:00 and 06:00, at most 9 hours, a break over 4.5 hours."""
    small = room().nurse(born=date(2009, 6, 1)).kind("K", start, end, pause, **fields)
    assert bool(days(small)) is may
    instance = small.instance()
    kind = instance.shift_kinds[0]
    bounds = tuple((instance.clock.at(0, low), instance.clock.at(0, high)) for low, high in kind.segments)
    assert minor_may(instance, kind, bounds) is may
