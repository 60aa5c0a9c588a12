"""The next week's tables judge a plan as one instance of both weeks would, and hold what is to come and no more."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from optimiser.check.checker import check
from optimiser.check.registry import RULES
from optimiser.check.report import CheckReport
from optimiser.daily.next_week import next_week
from optimiser.daily.next_week_past import Past
from optimiser.domain.instance import Instance
from optimiser.domain.people import Availability
from optimiser.domain.plan import Plan
from optimiser.domain.work import Task

Rooms = Callable[..., Any]
Found = tuple[str, int, int, str | None, Any, Any]
SHAPES = (
    ("M", "07:00", "15:30", 30, {}),
    ("X", "06:30", "19:30", 30, {}),
    ("A", "15:00", "23:30", 30, {"category": "evening"}),
    ("N", "22:30", "32:30", 30, {"category": "night"}),
    ("G", "07:30", "11:00", 0, {"category": "split", "second_start": "17:00", "second_end": "21:30"}),
    ("B", "22:00", "31:00", 0, {"category": "night", "lane": "standby"}),
    ("C", "17:00", "23:00", 0, {"category": "evening", "lane": "standby", "consignatie": True}),
    ("P", "20:00", "32:00", 0, {"category": "night", "lane": "standby", "at_workplace": True}),
)


def one_week(instance: Instance, weeks: int = 1) -> Instance:
    """The same tables with a horizon of so many weeks."""
    fields = {name: getattr(instance, name) for name in type(instance).model_fields}
    return Instance(**(fields | {"weeks": weeks}))


def with_duties(plan: Plan, first: int, end: int, monday: date, shift: int = 0) -> Plan:
    """The duties of some days of a plan, in the minutes of a horizon that begins ``shift`` minutes later."""
    duties = []
    for duty in plan.duties:
        if first <= (duty.day - monday).days < end:
            routes = [
                route.model_copy(update={"stops": tuple(
                    stop.model_copy(update={name: getattr(stop, name) - shift for name in ("arrival", "start", "end")})
                    for stop in route.stops
                )})
                for route in duty.routes
            ]  # fmt: skip
            duties.append(duty.model_copy(
                update={"start": duty.start - shift, "end": duty.end - shift, "routes": tuple(routes)}
            ))  # fmt: skip
    fields = {name: getattr(plan, name) for name in Plan.model_fields}
    return Plan(**(fields | {"duties": tuple(duties), "unserved": ()}))


def lawful(report: CheckReport, shift: int = 0) -> set[Found]:
    """What breaks or bends the law or an agreement by the clock of the first week, without who says so."""
    return {
        (each.rule, each.start + shift, each.end + shift, each.nurse, each.required, each.found)
        for each in (*report.violations, *report.signals)
        if RULES[each.rule].nature in ("law", "agreement") and each.family not in ("weekends", "publication")
    }


def both_ways(room: Any) -> tuple[set[Found], set[Found]]:
    """What the second week's duties cause: in one instance of two weeks, and in the instance of the week after."""
    instance, plan, travel, monday = room.instance(), room.plan(), room.matrix(), room.monday
    earlier = with_duties(plan, 0, 7, monday)
    whole = lawful(check(instance, room.contract, travel, plan))
    alone = lawful(check(instance, room.contract, travel, earlier))
    after = next_week(one_week(instance), earlier, lambda each: each)
    border = instance.clock.midnight(7)
    later = with_duties(plan, 7, 14, monday, border)
    return whole - alone, lawful(check(after, room.contract, travel, later), border)


def dice_room(rooms: Rooms, seed: int) -> Any:
    """Two nurses with duties on most days of two weeks, a past, leave and a meeting; the clock may change between."""
    dice = random.Random(seed)
    monday = dice.choice((date(2026, 12, 7), date(2026, 10, 19), date(2027, 3, 22), date(2026, 12, 21)))
    made = rooms(monday=monday, weeks=2, planned_work_in_standby="work")
    for name, start, end, pause, fields in SHAPES:
        made.kind(name, start, end, pause, **fields)
    for nurse in ("N1", "N2"):
        made.nurse(nurse, contract_minutes=1440)
        likely = dice.choice((0.3, 0.55, 0.8))
        for day in range(-30, 0):
            if dice.random() < likely:
                made.past(day, *dice.choice((("07:00", "15:30", 30), ("22:30", "31:00", 30))), nurse)
        kinds = dice.sample([shape[0] for shape in SHAPES], dice.randint(1, 4))
        for day in range(14):
            if dice.random() < likely:
                made.duty(nurse, dice.choice(kinds), day)
        for day in range(3, 12):
            if dice.random() < 0.15:
                made.add("availability", Availability(nurse=nurse, kind="leave", first=made.day(day),
                         last=made.day(day + 1), minutes_per_day=480))  # fmt: skip
    made.add("tasks", Task(id="meeting", kind="meeting", organisation="a", nurse="N1", day=made.day(dice.randrange(14)),
             from_time=1200, until_time=1320, minutes=120, in_route=False))  # fmt: skip
    return made


@pytest.mark.parametrize("block", range(4))
def test_the_law_sees_the_same_over_the_border(block: int, room: Rooms) -> None:
    """Fifty random rosters of two weeks, in four parts: what the second week breaks is the same either way."""
    broken = 0
    for seed in range(50 * block, 50 * block + 50):
        whole, rolled = both_ways(dice_room(room, seed))
        assert whole == rolled, seed
        broken += len(whole)
    assert broken > 50
