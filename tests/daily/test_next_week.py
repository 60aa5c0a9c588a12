"""The next week's tables judge a plan as one instance of both weeks would, and hold what is to come and no more."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from optimiser.check.checker import check
from optimiser.check.registry import RULES
from optimiser.check.report import CheckReport
from optimiser.daily.next_week import next_week
from optimiser.domain.instance import Instance, Settings
from optimiser.domain.people import Availability, Counter
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


def same_for(rooms: Rooms, seeds: range) -> int:
    """How much is broken in those random rosters, which is the same either way."""
    broken = 0
    for seed in seeds:
        whole, rolled = both_ways(dice_room(rooms, seed))
        assert whole == rolled, seed
        broken += len(whole)
    return broken


def test_the_law_sees_the_same_over_the_border(room: Rooms) -> None:
    """Random rosters of two weeks: what the second week breaks is the same in one instance and in two."""
    assert same_for(room, range(30)) > 100


@pytest.mark.slow
def test_the_law_sees_the_same_over_the_border_at_length(room: Rooms) -> None:
    """More of them."""
    assert same_for(room, range(30, 150)) > 500


COUNTED = {
    "work_minutes_15_weeks": (36_000, 47_000), "nights_16_weeks": (14, 46), "on_call_16_weeks": (28, 38),
    "standby_nights_16_weeks": (12, 24), "workplace_26_weeks": (44, 60), "free_sundays_52_weeks": (11, 16),
}  # fmt: skip


def test_counters_that_no_table_explains_are_judged_more_strictly(room: Rooms) -> None:
    """In one instance what only a counter knows drops out at once; rolled on it drops out evenly: nothing is missed.
    Sundays are the same either way."""
    for seed in range(20):
        made, dice = dice_room(room, seed), random.Random(seed)
        for nurse in ("N1", "N2"):
            for name, (low, high) in COUNTED.items():
                if dice.random() < 0.6:
                    made.add("counters", Counter(nurse=nurse, counter=name, value=dice.randint(low, high)))
        whole, rolled = ({each[:4] for each in found} for found in both_ways(made))
        assert whole <= rolled, seed
        over_weeks = ("sixteen_weeks", "average", "count")
        assert all(each[0].endswith(over_weeks) for each in rolled - whole), seed


def called_out(made: Any, seed: int, expected: int, reading: str) -> Any:
    """The room with up to three turn-outs in each standby from home."""
    dice = random.Random(seed)
    made.settings = Settings(planned_work_in_standby=reading)
    made.kind("B", "22:00", "31:00", 0, category="night", lane="standby", carries_route=True,
              expected_call_minutes=expected)  # fmt: skip
    before = made.duties[:]
    made.duties.clear()
    for duty in before:
        if duty.kind != "B":
            made.duties.append(duty)
            continue
        day, stops = (duty.day - made.monday).days, []
        for at in sorted(dice.sample((1330, 1400, 1440, 1500, 1590, 1700, 1800), dice.randint(0, 3))):
            name = f"v{len(made.visits)}"
            made.visit(name, day, "00:00", "10:00")
            stops.append(made.stop(name, day, f"{at // 60}:{at % 60:02d}", dice.choice((20, 40, 70))))
        made.duty(duty.nurse, "B", day, *stops)
    return made


@pytest.mark.parametrize("reading", ["work", "call"])
def test_turn_outs_are_work_after_the_border_too(reading: str, room: Rooms) -> None:
    """The same findings; only, a night dienst that a turn-out makes keeps other standby away from it strictly, and
    calls count in the week in which their standby began."""
    for seed in range(12):
        whole, rolled = both_ways(called_out(dice_room(room, seed), seed, 30, reading))
        rules = {each[0] for each in whole ^ rolled}
        assert rules <= {"on_call.before_night", "on_call.after_night", "on_call.own_night", "working_time.week"}, seed
        assert {each[0] for each in whole - rolled} <= {"on_call.own_night", "working_time.week"}, seed


def test_a_turn_out_after_the_first_midnight_is_work_of_its_own(room: Rooms) -> None:
    """Sunday's standby 22:00 to 07:00 with visits 23:00 to 23:30 and 01:00 to 01:40 on Monday: three rows of context,
    the work with the organisation as employer, since it is no duty of the roster, and one lies inside the horizon."""
    made = room().kind("B", "22:00", "31:00", lane="standby", carries_route=True, expected_call_minutes=20)
    made.visit("v1", 6, "22:00", "31:00").visit("v2", 6, "22:00", "31:00", 40)
    made.nurse("N1").duty("N1", "B", 6, made.stop("v1", 6, "23:00"), made.stop("v2", 6, "25:00", 40))
    after = next_week(made.instance(), made.plan(), lambda each: each)
    assert [(row.start, row.end, row.work_minutes, row.lane, row.employer) for row in after.context] == [
        (-120, 420, 20, "standby", ""), (-60, -30, 30, "work", "a"), (60, 100, 40, "work", "a"),
    ]  # fmt: skip


def hard(made: Any) -> set[str]:
    """Rules of law broken in the second week, the same either way."""
    whole, rolled = both_ways(made)
    assert whole == rolled
    return {each[0] for each in whole}


def test_late_on_sunday_and_early_on_monday(room: Rooms) -> None:
    """Until 23:30, then from 07:00: 7 h 30 of rest, which is less than 8, so one dienst: 16 h without the breaks, more
    than 12. From 08:00 the rest is 8 h 30 of the 11: a reduction, once allowed, and told."""
    shapes = ("A", "15:00", "23:30", 30)
    made = room(weeks=2).nurse("N1").kind(*shapes).kind("M", "07:00", "15:30", 30)
    assert "working_time.dienst" in hard(made.duty("N1", "A", 6).duty("N1", "M", 7))
    made = room(weeks=2).nurse("N1").kind(*shapes).kind("M", "08:00", "15:30", 30)
    assert hard(made.duty("N1", "A", 6).duty("N1", "M", 7)) == {"rest.token"}


def test_nights_over_the_border(room: Rooms) -> None:
    """Three nights to Monday morning, then a day duty on Tuesday 15:00: 32 h, less than 46."""
    made = room(weeks=2).nurse("N1").kind("N", "23:00", "31:00").kind("A", "15:00", "23:00", 30)
    for day in (4, 5, 6):
        made.duty("N1", "N", day)
    assert hard(made.duty("N1", "A", 8)) == {"nights.series_rest"}


def test_weekly_rest_over_the_border(room: Rooms) -> None:
    """Duties every day of both weeks: no 36 hours anywhere."""
    made = room(weeks=2).nurse("N1").kind("K", "09:00", "14:00")
    for day in range(14):
        made.duty("N1", "K", day)
    assert "weekly_rest.week" in hard(made)


def test_hours_of_sixteen_weeks_over_the_border(room: Rooms) -> None:
    """The counter holds 714 h of 15 weeks, 47.6 a week, and no table names them. After a week of 56 h a fifteenth has
    dropped out: 714 - 47.6 + 56 = 722.4. With 48 h more 770.4, above 768; with 40 h 762.4 is in order."""
    for days, broken in ((6, True), (5, False)):
        made = room(weeks=1).nurse("N1").kind("K", "08:00", "16:00")
        made.add("counters", Counter(nurse="N1", counter="work_minutes_15_weeks", value=60 * 714))
        for day in range(7):
            made.duty("N1", "K", day)
        after = next_week(made.instance(), made.plan(), lambda each: each)
        assert {row.counter: row.value for row in after.counters}["work_minutes_15_weeks"] == 60 * 722 + 24
        made.duties.clear()
        for day in range(days):
            made.duty("N1", "K", day)
        plan = made.plan().model_copy(update={"duties": tuple(
            duty.model_copy(update={"day": duty.day + timedelta(7)}) for duty in made.duties
        )})  # fmt: skip
        report = check(after, made.contract, made.matrix(), plan)
        assert ("working_time.sixteen_weeks" in {each.rule for each in report.violations}) == broken


def test_a_longer_horizon_keeps_the_rest_of_the_roster(room: Rooms) -> None:
    """Of a published plan of two weeks the second one's duties stand in the next horizon, told when they were."""
    made = room(weeks=2).nurse("N1").kind("K", "08:00", "16:00").duty("N1", "K", 2).duty("N1", "K", 9)
    plan = made.plan().model_copy(update={"published": datetime(2026, 11, 2, 9, tzinfo=UTC)})
    after = next_week(made.instance(), plan, lambda each: each)
    assert (after.first_monday, after.weeks) == (made.day(7), 2)
    assert [(row.day, row.status, row.published_on) for row in after.duties_given] == [
        (made.day(9), "published", date(2026, 11, 2))
    ]
    assert [row.start for row in after.context] == [480 - 5 * 1440]
    assert len(next_week(made.instance(), plan, lambda each: each, weeks=2).context) == 2
    for weeks in (0, 3):
        with pytest.raises(ValueError, match=str(weeks)):
            next_week(made.instance(), plan, lambda each: each, weeks)


def test_a_duty_known_after_the_horizon_stands_inside_the_next(room: Rooms) -> None:
    """A row of context with the times of a kind becomes a duty of it; one with other times, work beside the roster."""
    made = room().nurse("N1").kind("K", "08:00", "16:00").past(8, "08:00", "16:00").past(10, "09:00", "12:00")
    after = next_week(made.instance(), made.plan(), lambda each: each)
    assert [(row.kind, row.day) for row in after.duties_given] == [("K", made.day(8))]
    assert [(row.start, row.employer) for row in after.context] == [(3 * 1440 + 540, "a")]
