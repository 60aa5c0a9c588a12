"""Which duties a nurse may hold at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from optimiser.domain.people import Availability, NurseSkill
from optimiser.domain.work import Task
from optimiser.patterns.allowed import duty_allowed

Rooms = Callable[..., Any]


def days(room: Any, nurse: int = 0, kind: int = 0) -> list[int]:
    """The days on which a nurse may have a kind."""
    allowed = duty_allowed(room.instance())
    return [day for day in range(allowed.shape[1]) if allowed[nurse, day, kind]]


def test_nothing_forbids_a_plain_duty(room: Rooms) -> None:
    """Every day of two weeks."""
    assert days(room(weeks=2).nurse().kind("D", "07:00", "15:30")) == list(range(14))


def test_weekdays_organisations_and_categories(room: Rooms) -> None:
    """A kind of organisation b on Monday and Sunday, for nurses who do evenings."""
    small = room().nurse("N1").nurse("N2", organisation="b").nurse("N3", organisation="b", categories=("day",))
    small.kind("L", "15:00", "23:00", category="evening", organisations=("b",), weekdays=("mon", "sun"))
    assert (days(small, 0), days(small, 1), days(small, 2)) == ([], [0, 6], [])


def test_a_kind_asks_skills_on_the_day(room: Rooms) -> None:
    """Triage by who has it, on the days on which she has it; a kind that asks nothing is everybody's."""
    small = room().nurse("N1").nurse("N2").nurse("N3")
    small.add("nurse_skills", NurseSkill(nurse="N2", skill="triage"))
    small.add("nurse_skills", NurseSkill(nurse="N3", skill="triage", valid_from=small.day(2), valid_until=small.day(4)))
    small.kind("T", "07:00", "15:30", skills=("triage",)).kind("D", "07:00", "15:30")
    assert (days(small, 0), days(small, 1), days(small, 2)) == ([], [*range(7)], [2, 3, 4])
    assert days(small, 0, 1) == [*range(7)]


def test_only_the_experienced_are_on_call(room: Rooms) -> None:
    """New colleagues and students have work duties only."""
    small = room().nurse("N1").nurse("N2", experience="new").nurse("N3", experience="student", companion="N1")
    small.kind("D", "07:00", "15:30").kind("N", "23:00", "31:00", lane="standby", category="night")
    allowed = duty_allowed(small.instance()).any(axis=1)
    assert allowed.tolist() == [[True, True], [True, False], [True, False]]


@pytest.mark.parametrize("kind", ["leave", "sick", "absent", "training", "unavailable"])
def test_absence_blocks_its_days(room: Rooms, kind: Any) -> None:
    """Tuesday and Wednesday; a night that starts on Monday ends on Tuesday and is blocked too."""
    small = room().nurse().kind("D", "07:00", "15:30").kind("N", "23:00", "31:00", category="night")
    small.add("availability", Availability(nurse="N1", kind=kind, first=date(2026, 12, 8), last=date(2026, 12, 9)))
    assert days(small) == [0, 3, 4, 5, 6]
    assert days(small, kind=1) == [3, 4, 5, 6]


def test_part_of_a_day_blocks_what_overlaps(room: Rooms) -> None:
    """Unavailable 12:00 to 16:00: a duty may end at noon or begin at four, not a minute in between."""
    small = room().nurse().add("availability", Availability(
        nurse="N1", kind="unavailable", first=date(2026, 12, 7), last=date(2026, 12, 13), from_time=720, until_time=960
    ))  # fmt: skip
    for name, low, high in (("a", "07:00", "12:00"), ("b", "07:00", "12:01"), ("c", "16:00", "23:00")):
        small.kind(name, low, high)
    small.kind("d", "15:59", "23:00")
    # a split shift keeps its hands free between its segments
    small.kind("e", "08:00", "12:00", second_start="16:00", second_end="20:00")
    assert [bool(days(small, kind=number)) for number in range(5)] == [True, False, True, False, True]


def test_a_travel_row_blocks_nothing(room: Rooms) -> None:
    """Another bicycle is no absence."""
    small = room().nurse().kind("D", "07:00", "15:30").add("availability", Availability(
        nurse="N1", kind="travel", first=date(2026, 12, 7), last=date(2026, 12, 13), mode="bicycle"
    ))  # fmt: skip
    assert days(small) == list(range(7))


def test_fixed_work_blocks_what_overlaps(room: Rooms) -> None:
    """A night of the week before ends Monday 07:15; a meeting on Wednesday until 08:00; both touch a 07:00 duty."""
    small = room().nurse().kind("D", "07:00", "15:30").kind("E", "08:00", "15:30").past(-1, "23:00", "31:15")
    small.add("tasks", Task(id="t", kind="meeting", organisation="a", nurse="N1", day=date(2026, 12, 9), from_time=420,
              until_time=480, minutes=60, in_route=False))  # fmt: skip
    assert days(small) == [1, 3, 4, 5, 6]
    assert days(small, kind=1) == list(range(7))


# Born 1971-12-09: 55 years old on Wednesday 9 December 2026 (day 2).
@pytest.mark.parametrize(
    ("fields", "kind", "expected"),
    [
        ({}, ("15:00", "23:00"), [0, 1, 2, 3, 4, 5, 6]),
        ({}, ("15:00", "23:01"), [0, 1]),
        ({}, ("07:00", "15:00"), [0, 1, 2, 3, 4, 5, 6]),
        ({}, ("06:59", "15:00"), [0, 1]),
        ({}, ("23:00", "31:00"), [0]),  # that of Tuesday runs into her birthday
        ({"night_consent": True}, ("23:00", "31:00"), [0, 1, 2, 3, 4, 5, 6]),
    ],
)
def test_nobody_works_nights_from_55_without_consent(
    room: Rooms, fields: dict[str, Any], kind: tuple[str, str], expected: list[int]
) -> None:
    """Not between 23:00 and 07:00 (CAO), from the midnight of her birthday on."""
    small = room().nurse(born=date(1971, 12, 9), **fields).kind("K", *kind)
    assert days(small) == expected


def test_the_law_alone_has_no_age(room: Rooms) -> None:
    """Under the rule set atw a nurse of 60 may work nights."""
    small = room(rule_set="atw").nurse(born=date(1960, 1, 1)).kind("N", "23:00", "31:00")
    assert days(small) == list(range(7))


def test_no_standby_of_more_than_24_hours(room: Rooms) -> None:
    """Saturday 08:00 to Sunday 08:00 on 24 October 2026 is 25 hours, since the clock goes back (ATB 1:1)."""
    small = room(monday=date(2026, 10, 19)).nurse().kind("S", "08:00", "32:00", lane="standby")
    assert days(small) == [0, 1, 2, 3, 4, 6]
