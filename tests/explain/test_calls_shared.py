"""What a duty costs in calls, as ``why`` tells it: by all cover, as the check of the whole plan counts it."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime
from typing import Any

from optimiser.check.checker import check
from optimiser.daily.swap import SwapSettings, swap
from optimiser.domain.calls import CallHours, CallSource, CallType
from optimiser.domain.clock import DAY, HOUR, ZONE
from optimiser.domain.duty import Cover
from optimiser.explain.present import Present
from optimiser.explain.whole import whole_terms
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


WINDOWS = ((23, 31), (0, 7), (24, 30), (15, 22), (8, 40))
"""Of cover, in hours of the clock: past midnight, of the next day, longer than a day."""
SPANS = (("23:00", "31:00"), ("15:00", "46:00"), ("00:00", "08:00"), ("07:00", "48:00"), ("15:00", "22:00"))
WHOLE = ("surplus_standby", "uncovered_minimum", "uncovered_wanted", "fairness", "late_calls", "call_travel")


def test_only_days_that_a_change_touches_are_looked_at(room: Rooms) -> None:
    """Any duties of three weeks against any others: cover, fairness and calls differ by what the checks of both
    differ by, also where windows and duties run into the next day."""
    seen = 0
    for seed in range(12):
        dice = random.Random(seed)
        small = called(room, 2)
        small.weeks = 3
        small.tables["cover"] = [
            Cover(id=f"c{number}", organisation="a", from_time=60 * low, until_time=60 * high, lane="standby",
                  weekdays=tuple(dice.sample(("mon", "tue", "wed", "sat", "sun"), 3)), minimum=dice.randint(0, 2),
                  wanted=2)
            for number, (low, high) in enumerate(WINDOWS)
        ]  # fmt: skip
        for number, (start, end) in enumerate(SPANS):
            small.kind(f"K{number}", start, end, line=1, lane="standby", category=dice.choice(("evening", "night")))
        small.duties.clear()
        for nurse in ("N1", "N2", "N3"):
            for day in range(21):
                if dice.random() < 0.5:
                    small.duty(nurse, f"K{dice.randrange(5)}", day)
        both = [[duty for duty in small.duties if dice.random() < 0.9] for _ in range(2)]
        present = Present(small.instance(), small.contract, small.matrix(), small.plan())
        counts = []
        for duties in both:
            small.duties = duties
            counts.append(small.report().counts)
        told = {name: counts[1][name] - counts[0][name] for name in WHOLE if counts[1][name] != counts[0][name]}
        assert whole_terms(present, *both) == told, seed
        seen += len(told)
    assert seen > 20
