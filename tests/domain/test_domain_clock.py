"""Minutes and wall clocks, also in the two nights in which an hour is lost or comes twice."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimiser.domain.clock import DAY, HOUR, ZONE, Clock

AUTUMN = Clock(date(2026, 10, 19))
"""A Monday; summer time ends on Sunday 25 October 2026, day 6."""
SPRING = Clock(date(2027, 3, 22))
"""A Monday; summer time begins on Sunday 28 March 2027, day 6."""


def test_a_week_without_a_change_of_clocks() -> None:
    """Midnight of day d is 1440 d, also before the horizon."""
    clock = Clock(date(2026, 12, 7))
    assert [clock.midnight(day) for day in (-7, 0, 1, 7)] == [-7 * DAY, 0, DAY, 7 * DAY]
    assert clock.at(2, 31 * HOUR) == 3 * DAY + 7 * HOUR
    assert (clock.weekday(0), clock.weekday(6)) == (0, 6)


def test_days_of_25_and_23_hours() -> None:
    """The Sunday of the change has 25 hours in autumn, 23 in spring."""
    assert AUTUMN.midnight(7) - AUTUMN.midnight(6) == 25 * HOUR
    assert SPRING.midnight(7) - SPRING.midnight(6) == 23 * HOUR


def test_a_night_over_the_change_lasts_an_hour_more_or_less() -> None:
    """23:00 to 07:00 is 9 elapsed hours in autumn, 7 in spring."""
    assert AUTUMN.at(5, 31 * HOUR) - AUTUMN.at(5, 23 * HOUR) == 9 * HOUR
    assert SPRING.at(5, 31 * HOUR) - SPRING.at(5, 23 * HOUR) == 7 * HOUR


def test_minutes_in_a_clock_band() -> None:
    """Of 22:00 to 08:00, 00:00 to 06:00 holds 6 hours; 7 in the autumn night."""
    clock = Clock(date(2026, 12, 7))
    assert clock.overlap_with_band(clock.at(0, 22 * HOUR), clock.at(0, 32 * HOUR), 0, 6 * HOUR) == 6 * HOUR
    start, end = AUTUMN.at(5, 22 * HOUR), AUTUMN.at(5, 32 * HOUR)
    assert AUTUMN.overlap_with_band(start, end, 0, 6 * HOUR) == 7 * HOUR


@given(st.integers(-20 * DAY, 20 * DAY))
def test_a_minute_comes_back_from_its_moment(minute: int) -> None:
    """Minute to aware moment and back, across both changes."""
    for clock in (AUTUMN, SPRING):
        assert clock.minute_of(clock.moment_of(minute)) == minute


def test_a_moment_without_a_zone_is_dutch() -> None:
    """A naive moment and the same one with the zone are one minute."""
    naive = datetime(2026, 12, 8, 7, 30)
    clock = Clock(date(2026, 12, 7))
    assert clock.minute_of(naive) == clock.minute_of(naive.replace(tzinfo=ZONE)) == DAY + 450
    assert (clock.day_of(DAY + 450), clock.clock_time(DAY + 450)) == (1, 450)


@pytest.mark.parametrize("first", [date(2026, 3, 23), date(2026, 10, 19), date(2026, 12, 7)])
def test_the_day_of_a_minute_through_the_year(first: date) -> None:
    """The minutes around each midnight belong to the days that the calendar says, summer time or not."""
    clock = Clock(first)
    for day in range(-400, 400):
        for minute in (clock.midnight(day) - 1, clock.midnight(day), clock.midnight(day) + 61):
            assert clock.day_of(minute) == clock.day_number(clock.moment_of(minute).date())
