"""What a duty costs in calls, as ``why`` tells it: by all cover, as the check of the whole plan counts it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from optimiser.check.checker import check
from optimiser.daily.swap import SwapSettings, swap
from optimiser.domain.calls import CallHours, CallSource, CallType
from optimiser.domain.clock import DAY, HOUR, ZONE
from optimiser.domain.duty import Cover
from optimiser.explain.present import Present
from optimiser.explain.why_duty import duty_answer
from optimiser.travel.engine import travel_matrix

Rooms = Callable[..., Any]


def called(room: Rooms, minimum: int) -> Any:
    """168 calls a week, one each hour, half of them settled by telephone; on call from 23:00 to 07:00 by ``minimum``
    nurses at once; 10 minutes from anywhere to anywhere."""
    small = room(weeks=2).nurse("N1").nurse("N2").nurse("N3")
    small.kind("N", "23:00", "31:00", line=1, lane="standby", category="night")
    small.add("call_types", CallType(id="call", name="Call", phone_percent=50))
    small.add("call_hours", *(CallHours(type="call", days=days, from_time=0, until_time=DAY, weight=1)
                              for days in ("weekdays", "saturday", "sunday")))  # fmt: skip
    small.add("call_sources", CallSource(id="s1", organisation="a", type="call", place=small.place("site"),
                                         weekly_millicalls=168_000))  # fmt: skip
    small.add("cover", Cover(id="night", organisation="a", from_time=23 * HOUR, until_time=31 * HOUR, lane="standby",
                             minimum=minimum, wanted=minimum))  # fmt: skip
    return small.duty("N2", "N", 3)


def test_calls_are_shared_by_all_who_are_asked(room: Rooms) -> None:
    """Eight hours: 4 visits of 10 minutes, 40 for one nurse, 20 for each of two; as the check counts them."""
    for minimum, minutes in ((1, 40), (2, 20)):
        small = called(room, minimum)
        present = Present(small.instance(), small.contract, small.matrix(), small.plan())
        answer = duty_answer(present, "N1", "N", small.day(1))
        assert answer.terms["call_travel"] == minutes
        before = small.report().counts
        after = small.duty("N1", "N", 1).report().counts
        told = {name: after[name] - before[name] for name in after if after[name] != before[name]}
        assert answer.terms == told


def test_a_swap_tells_what_calls_change(room: Rooms) -> None:
    """N3, who lives further from the calls, takes over: what it tells is what the checks of both plans differ by."""
    small = called(room, 2)
    small.places["home-N3"] = small.places["home-N3"].model_copy(update={"latitude": 52.15})
    told = small.plan().model_copy(update={"with_routes": False, "published": datetime(2026, 11, 1, 9, tzinfo=ZONE)})
    instance = small.instance()
    answer = swap(instance, told, ("N2", "N2/2026-12-10/standby"), "N3", 0, SwapSettings(iterations=20))
    assert answer.plan is not None
    travel = travel_matrix(instance)
    before, after = (check(instance, told.contract, travel, plan).counts["call_travel"] for plan in (told, answer.plan))
    assert answer.terms["call_travel"] == after - before > 0
