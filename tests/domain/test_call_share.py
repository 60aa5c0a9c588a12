"""Which share of a week's calls falls in a time, and which part of the week a minute is of."""

from __future__ import annotations

import pickle
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimiser.domain.call_share import CallRates, call_share, day_class, visits_per_week
from optimiser.domain.calls import CallHours, CallSource, CallType
from optimiser.domain.clock import DAY, HOUR, Clock
from optimiser.domain.instance import Instance, Organisation
from optimiser.domain.money import MoneySettings
from optimiser.domain.place import Place
from optimiser.domain.response import DistrictResponse, part_at

PLAIN, SPRING, AUTUMN = date(2026, 12, 7), date(2027, 3, 22), date(2026, 10, 19)
"""Mondays; summer time begins on Sunday 28 March 2027 and ends on Sunday 25 October 2026 (both day 6)."""
CHRISTMAS = date(2026, 12, 21)
"""Christmas is on the Friday and the Saturday of this week."""


def hours(days: str, start: int, end: int, weight: int, kind: str = "call") -> CallHours:
    """A row by whole hours."""
    return CallHours(type=kind, days=days, from_time=start * HOUR, until_time=end * HOUR, weight=weight)  # type: ignore[arg-type]


ROWS = (hours("weekdays", 0, 24, 1), hours("saturday", 0, 24, 2), hours("sunday", 0, 24, 5))
"""A plain week weighs 24 x (5 x 1 + 2 + 5) = 288 hours."""


def rates(monday: date, rows: tuple[CallHours, ...] = ROWS, **money: object) -> CallRates:
    """The rates from a Monday on."""
    return CallRates(Clock(monday), rows, MoneySettings(**money))  # type: ignore[arg-type]


def test_an_evening_of_each_class() -> None:
    """18:00 to 23:00 on Monday: 5 x 1 of 288; on Saturday 5 x 2; on Sunday 5 x 5."""
    found = rates(PLAIN)
    share = [found.share("call", d * DAY + 18 * HOUR, d * DAY + 23 * HOUR) for d in (0, 5, 6)]
    assert share == [Fraction(5, 288), Fraction(10, 288), Fraction(25, 288)]


def test_a_plain_week_is_one() -> None:
    """All of Monday to Sunday is 1; two weeks are 2."""
    assert rates(PLAIN).share("call", 0, 7 * DAY) == 1
    assert rates(date(2026, 11, 2)).share("call", 0, 14 * DAY) == 2


def test_a_night_lies_in_two_classes() -> None:
    """Friday 23:00 to Saturday 07:00: 1 x 1 + 7 x 2 = 15; Sunday 23:00 to Monday 07:00: 1 x 5 + 7 x 1 = 12."""
    found = rates(PLAIN)
    assert found.share("call", 4 * DAY + 23 * HOUR, 4 * DAY + 31 * HOUR) == Fraction(15, 288)
    assert found.share("call", 6 * DAY + 23 * HOUR, 6 * DAY + 31 * HOUR) == Fraction(12, 288)


def test_holidays_are_sundays() -> None:
    """Christmas on Friday and Saturday: 24 x 5 each; the week weighs 24 x (4 x 1 + 5 + 5 + 5) = 456 of 288."""
    found = rates(CHRISTMAS)
    assert found.share("call", 4 * DAY, 5 * DAY) == found.share("call", 5 * DAY, 6 * DAY) == Fraction(120, 288)
    assert found.share("call", 0, 7 * DAY) == Fraction(456, 288)


def test_liberation_day_as_the_instance_says() -> None:
    """Wednesday 5 May 2027 is a holiday only where the money settings say yearly."""
    clock = Clock(date(2027, 5, 3))
    assert day_class(clock, 2) == "weekdays"
    assert day_class(clock, 2, MoneySettings(liberation_day="yearly")) == "sunday"


def test_the_hour_that_is_skipped_and_the_hour_that_comes_twice() -> None:
    """The night of the change weighs 5 an hour: 7 hours of clock are 6 in spring, 8 in autumn."""
    spring, autumn = Clock(SPRING), Clock(AUTUMN)
    assert rates(SPRING).share("call", spring.at(6, 0), spring.at(6, 7 * HOUR)) == Fraction(6 * 5, 288)
    assert rates(AUTUMN).share("call", autumn.at(6, 0), autumn.at(6, 7 * HOUR)) == Fraction(8 * 5, 288)


def test_hours_that_no_row_names_have_none() -> None:
    """Only evenings have calls: the week weighs 5 x 5; a type without rows has none at all."""
    found = rates(PLAIN, (hours("weekdays", 18, 23, 3),))
    assert found.share("call", 0, 18 * HOUR) == 0
    assert found.share("call", 20 * HOUR, 24 * HOUR) == Fraction(3, 25)
    assert found.share("other", 0, 7 * DAY) == 0
    assert found.share("call", 10, 10) == 0


def test_a_window_past_midnight_keeps_its_class() -> None:
    """Saturday 23:00 to 31:00 is all of the Saturday: Sunday 03:00 to 04:00 has an eighth."""
    found = rates(PLAIN, (hours("saturday", 23, 31, 4),))
    assert found.share("call", 6 * DAY + 3 * HOUR, 6 * DAY + 4 * HOUR) == Fraction(1, 8)
    assert found.share("call", 5 * DAY + 3 * HOUR, 5 * DAY + 4 * HOUR) == 0


@given(
    st.sampled_from([PLAIN, SPRING, AUTUMN, CHRISTMAS]), st.lists(st.integers(-DAY, 8 * DAY), min_size=3, max_size=9)
)
def test_parts_add_up(monday: date, cuts: list[int]) -> None:
    """The shares of adjoining times are together the share of the whole."""
    found, cuts = rates(monday), sorted(cuts)
    parts = sum(found.share("call", low, high) for low, high in zip(cuts, cuts[1:], strict=False))
    assert parts == found.share("call", cuts[0], cuts[-1])


@pytest.fixture(scope="module")
def instance() -> Instance:
    """One source of 12.5 calls a week, of which 40 % are settled by telephone."""
    return Instance(
        name="calls", first_monday=CHRISTMAS, weeks=1, organisations=(Organisation(id="a", name="A"),),
        places=(Place(id="p", kind="other", latitude=52.0, longitude=5.0),), nurses=(), acts=(), clients=(),
        shift_kinds=(), visits=(), call_types=(CallType(id="call", name="Call", phone_percent=40),), call_hours=ROWS,
        call_sources=(CallSource(id="s", organisation="a", type="call", place="p", weekly_millicalls=12_500),),
    )  # fmt: skip


def test_of_an_instance(instance: Instance) -> None:
    """Christmas on Friday; 12.5 calls are 7.5 visits; a pickled instance says the same."""
    assert call_share(instance, "call", 4 * DAY, 5 * DAY) == Fraction(120, 288)
    assert visits_per_week(instance, "s") == Fraction(15, 2)
    assert call_share(pickle.loads(pickle.dumps(instance)), "call", 0, DAY) == Fraction(24, 288)


@pytest.mark.parametrize(
    ("day", "hour", "part"),
    [(0, 7, "week_day"), (0, 17, "week_day"), (0, 18, "evening"), (0, 22, "evening"), (0, 23, "night"), (1, 6, "night"),
     (4, 12, "weekend_day"), (5, 12, "weekend_day"), (6, 17, "weekend_day"), (6, 18, "evening"), (6, 2, "night")],
)  # fmt: skip
def test_parts_of_the_week(instance: Instance, day: int, hour: int, part: str) -> None:
    """By the clock; day 4 is Christmas on a Friday."""
    assert part_at(instance, day * DAY + hour * HOUR) == part


def test_a_row_of_response_refuses_shares_above_one() -> None:
    """``within_norm`` is a share, not a percentage."""
    with pytest.raises(ValueError, match="less than or equal to 1"):
        DistrictResponse(district="d", part="night", organisations=("a",), visits_per_week=1.0, mean_minutes=9.0,
                         p90_minutes=12.0, within_norm=90.0)  # fmt: skip
