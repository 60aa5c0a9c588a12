"""What a duty adds to a term by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from optimiser.domain.people import Availability
from optimiser.patterns.prices import duty_prices

Rooms = Callable[..., Any]


def priced(room: Any, term: str, kind: int = 0) -> list[int]:
    """The days on which a duty of the first nurse has a price."""
    prices = duty_prices(room.instance())[term]
    return [day for day in range(prices.shape[1]) if prices[0, day, kind]]


def leave(first: date, **fields: Any) -> Availability:
    """Leave for three days."""
    return Availability(**{"nurse": "N1", "kind": "leave", "first": first, "last": date(2026, 12, 20)} | fields)


def test_a_split_duty_has_a_price_every_day(room: Rooms) -> None:
    """Two segments do; one does not; a student's does not."""
    small = room().nurse("N1").nurse("N2", experience="student", companion="N1")
    small.kind("S", "07:00", "11:00", second_start="16:00", second_end="20:00").kind("D", "07:00", "15:00")
    prices = duty_prices(small.instance())["split_duty"]
    assert prices.sum(axis=1).tolist() == [[7, 0], [0, 0]]


# Leave from Thursday 10 December (day 3): free from Wednesday 18:00 on.
@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (("07:00", "18:00"), []),
        (("07:00", "18:01"), [2]),
        (("15:00", "23:00"), [2]),
        (("23:00", "31:00"), [2]),  # begins before midnight of Thursday
        (("18:30", "42:30"), [1, 2]),  # standby of 24 hours from Tuesday ends on Wednesday at 18:30
    ],
)
def test_the_evening_before_leave(room: Rooms, hours: tuple[str, str], expected: list[int]) -> None:
    """Priced are duties that begin before the leave and end after 18:00 on the day before it."""
    small = room().nurse().kind("K", *hours).add("availability", leave(date(2026, 12, 10)))
    assert priced(small, "evening_before_leave") == expected


def test_leave_after_the_horizon_and_part_of_a_day(room: Rooms) -> None:
    """Leave on the Monday after the horizon prices its last evening; an afternoon off or training prices nothing."""
    evening = ("L", "15:00", "23:00")
    assert priced(room().nurse().kind(*evening).add("availability", leave(date(2026, 12, 14))),
                  "evening_before_leave") == [6]  # fmt: skip
    for fields in ({"from_time": 720}, {"kind": "training"}, {"kind": "sick"}):
        small = room().nurse().kind(*evening).add("availability", leave(date(2026, 12, 10), **fields))
        assert priced(small, "evening_before_leave") == []
