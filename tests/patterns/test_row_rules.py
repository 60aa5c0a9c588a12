"""Each family turns the figures of labour.py into rules of the generic shapes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from optimiser.domain.duty import ContextDuty
from optimiser.domain.instance import Instance
from optimiser.domain.people import Availability, Counter
from optimiser.domain.row_rules import (
    DutyClass,
    Exclusion,
    GapCount,
    Pauses,
    RestBlocks,
    RowRule,
    Series,
    WindowSum,
    WordCount,
)
from optimiser.domain.work import Task
from optimiser.patterns.row_rules import row_rules
from optimiser.patterns.working_time import context_minutes_by_week

Rooms = Callable[..., Any]
HOUR, DAY = 60, 1440


def named(instance: Instance, family: str, nurse: str = "", window: str = "") -> RowRule:
    """The one rule of a family for everybody, or for one nurse and window."""
    found = [
        rule
        for rule in row_rules(instance)
        if (rule.id.family, rule.id.nurse, rule.id.window) == (family, nurse, window)
    ]
    assert len(found) == 1, [str(rule.id) for rule in found]
    return found[0]


def without_id(rule: RowRule) -> dict[str, Any]:
    """The numbers of a rule."""
    return {name: value for name, value in vars(rule).items() if name != "id"}


def families(instance: Instance) -> set[str]:
    """Names of all rules."""
    return {rule.id.family for rule in row_rules(instance)}


def test_daily_rest(room: Rooms) -> None:
    """ATW 5:3 lid 2: eleven hours in each 24, no shorter rest is planned."""
    rule = named(room().nurse().instance(), "rest_daily")
    assert isinstance(rule, GapCount)
    assert without_id(rule) == {
        "after": DutyClass.WORK, "low": 0, "high": 11 * HOUR, "most": 0, "window": 7 * DAY, "within_day": True,
        "then": DutyClass.WORK, "but": DutyClass.WORKPLACE,
    }  # fmt: skip
    assert rule.id.article == "ATW 5:3 lid 2"


@pytest.mark.parametrize(
    ("rule_set", "expected"),
    [
        # the law: once in 7 x 24 h down to 8 h
        ("atw", {"rest_daily_floor": (8, 0), "rest_daily_tokens": (11, 1)}),
        # care: twice, and only one of them below 10 h
        ("cao_vvt_2025", {"rest_daily_floor": (8, 0), "rest_daily_tokens": (11, 2), "rest_daily_middle": (10, 1)}),
    ],
)
def test_planned_tokens_are_nested_counts(room: Rooms, rule_set: str, expected: dict[str, tuple[int, int]]) -> None:
    """(rests below so many hours, how often) of each rule when tokens may be planned."""
    instance = room(rule_set=rule_set, allow_planned_tokens=True).nurse().instance()
    found = {rule.id.family: rule for rule in row_rules(instance) if rule.id.family.startswith("rest_")}
    assert {name: (rule.high // HOUR, rule.most) for name, rule in found.items()} == expected  # type: ignore[union-attr]
    assert all(rule.window == 7 * DAY and rule.within_day for rule in found.values())  # type: ignore[union-attr]


def test_weekly_rest(room: Rooms) -> None:
    """ATW 5:5 lid 2: 36 h in 7 x 24 h, or 72 h in 14 x 24 h in blocks of 32 h."""
    rule = named(room().nurse().instance(), "weekly_rest")
    assert isinstance(rule, RestBlocks)
    assert list(without_id(rule).values()) == [7 * DAY, 36 * HOUR, 14 * DAY, 72 * HOUR, 32 * HOUR]


def test_nights(room: Rooms) -> None:
    """ATW 5:8: 14 h after a late night, 46 h after three or more nights, seven diensten in a series with a night."""
    instance = room().nurse().instance()
    rest = named(instance, "night_rest")
    assert isinstance(rest, GapCount)
    assert (rest.after, rest.low, rest.high, rest.most, rest.within_day) == (DutyClass.LATE_NIGHT, 0, 840, 0, False)
    series = named(instance, "night_series_rest")
    assert isinstance(series, Series)
    assert (series.member, series.gap, series.length, series.rest_after) == (DutyClass.NIGHT, 46 * 60, 3, 46 * 60)
    length = named(instance, "night_series_length")
    assert isinstance(length, Series)
    assert (length.member, length.gap, length.length, length.rest_after) == (DutyClass.WORK, 36 * 60, 7, 0)
    assert length.holds == DutyClass.NIGHT


@pytest.mark.parametrize(("rule_set", "hours"), [("atw", 12), ("atb_care", 12), ("cao_vvt_2025", 10)])
def test_the_length_of_a_dienst(room: Rooms, rule_set: str, hours: int) -> None:
    """12 h by law, 10 h by the agreement; a night 10 h."""
    instance = room(rule_set=rule_set).nurse().instance()
    whole, night = named(instance, "max_dienst"), named(instance, "max_night_dienst")
    assert isinstance(whole, WindowSum) and isinstance(night, WindowSum)
    assert (whole.per, whole.most) == ("dienst", hours * HOUR)
    assert (night.per, night.most) == ("night", 10 * HOUR)


def test_breaks(room: Rooms) -> None:
    """ATW 5:4 lid 2: 30 minutes over 5.5 h, 45 over 10 h, in parts of 15."""
    rule = named(room().nurse().instance(), "breaks")
    assert isinstance(rule, Pauses)
    assert list(without_id(rule).values()) == [330, 30, 600, 45, 15]


def test_on_call(room: Rooms) -> None:
    """ATB 5.19 lid 3 and ATW 5:9: three a week, none 11 h before or 14 h after a night, 13 h work in 24."""
    instance = room().nurse().instance()
    week, around, work = (named(instance, f"on_call_{name}") for name in ("week", "around_night", "work_day"))
    assert isinstance(week, WordCount) and isinstance(around, Exclusion) and isinstance(work, WindowSum)
    assert (week.member, week.most, week.window) == (DutyClass.STANDBY, 3, 7 * DAY)
    assert (around.before, around.after) == (660, 840)
    assert (work.counts, work.per, work.most) == ("minutes", "day", 780)


def test_context_minutes_by_week(room: Rooms) -> None:
    """Fixed work, meetings outside routes and absence count as worked (ATW 5:2), by the week they lie in."""
    small = room().nurse("N1").nurse("N2")
    small.past(-3, "07:00", "15:30", 30)  # 8 h in week -1
    small.past(-10, "09:00", "13:00")  # 4 h in week -2
    small.past(-2, "23:00", "31:00", lane="standby")  # no work
    fields = {"kind": "meeting", "organisation": "a", "nurse": "N1", "minutes": 90, "from_time": 540, "until_time": 630}
    small.add("tasks", Task(id="m", day=date(2026, 12, 9), in_route=False, **fields))
    # 5 days of 6 h, of which Saturday and Sunday before the horizon
    small.add("availability", Availability(nurse="N1", kind="leave", first=date(2026, 12, 5), last=date(2026, 12, 9),
              minutes_per_day=360))  # fmt: skip
    weeks = context_minutes_by_week(small.instance())
    assert dict(weeks["N1"]) == {-2: 240, -1: 480 + 2 * 360, 0: 90 + 3 * 360}
    assert dict(weeks["N2"]) == {}


def test_a_sunday_night_is_cut_at_midnight(room: Rooms) -> None:
    """22:00 to 06:00 with a break of 30: 6 hours after midnight, and the break comes off the two before: 90."""
    small = room().nurse().past(-1, "22:00", "30:00", 30)
    assert dict(context_minutes_by_week(small.instance())["N1"]) == {-1: 90, 0: 360}


def test_maxima_over_weeks_are_less_what_is_known(room: Rooms) -> None:
    """60 h a week, 220 in 4, 768 in 16: each run that ends in the horizon, reduced by the weeks before."""
    small = room(weeks=2).nurse("N1").nurse("N2")
    for week in range(-15, 0):
        for day in range(4):
            small.past(7 * week + day, "07:00", "16:30", 30)  # 4 x 9 h = 36 h a week
    instance = small.instance()

    def most(family: str, window: str, nurse: str = "N1") -> tuple[int, int, int]:
        rule = named(instance, family, nurse, window)
        assert isinstance(rule, WindowSum) and (rule.counts, rule.per) == ("minutes", "weeks")
        return rule.most // HOUR, rule.first_week, rule.last_week

    assert most("max_week", "w0") == (60, 0, 0)
    assert most("max_week", "w1") == (60, 1, 1)
    # weeks -3 to 0 hold 3 x 36 = 108 known hours: 220 - 108 = 112; weeks -2 to 1 hold 72
    assert most("max_4_weeks", "w0") == (112, 0, 0)
    assert most("max_4_weeks", "w1") == (148, 0, 1)
    # weeks -15 to 0: 15 x 36 = 540: 768 - 540 = 228; weeks -14 to 1: 504
    assert most("max_16_weeks", "w0") == (228, 0, 0)
    assert most("max_16_weeks", "w1") == (264, 0, 1)
    assert most("max_16_weeks", "w1", "N2") == (768, 0, 1)


def test_on_call_over_16_weeks(room: Rooms) -> None:
    """32 standby duties in 16 weeks less those of the context: two in week -15 leave the window of week 1."""
    small = room(weeks=2).nurse("N1")
    for day in (-15 * 7, -15 * 7 + 2, -3):
        small.past(day, "23:00", "31:00", lane="standby")
    instance = small.instance()
    first, second = (named(instance, "on_call_16_weeks", "N1", window) for window in ("w0", "w1"))
    assert isinstance(first, WindowSum) and isinstance(second, WindowSum)
    assert (first.counts, first.most, second.most) == ("standby", 32 - 3, 32 - 1)


def test_counters_know_more_than_the_context(room: Rooms) -> None:
    """Fifteen weeks of 700 hours leave 68 of 768 for week 0; the context of week -1 (8 h) is among them.

    Of 33 standby duties in sixteen weeks, four may have dropped out: 29 leave 3 of 32. Week 1 has other weeks behind.
    """
    small = room(weeks=2).nurse("N1").past(-3, "07:00", "15:30", 30)
    small.add("counters", Counter(nurse="N1", counter="work_minutes_15_weeks", value=700 * HOUR))
    small.add("counters", Counter(nurse="N1", counter="on_call_16_weeks", value=33))
    instance = small.instance()
    found = {
        name: [rule.most for week in ("w0", "w1") if isinstance(rule := named(instance, name, "N1", week), WindowSum)]
        for name in ("max_16_weeks", "on_call_16_weeks")
    }
    assert found == {"max_16_weeks": [68 * HOUR, 760 * HOUR], "on_call_16_weeks": [3, 32]}


def test_calls_of_past_standby_are_work(room: Rooms) -> None:
    """90 minutes of calls in Sunday's night count in the week in which it began; on call at the workplace is work."""
    small = room().nurse()
    small.add("context", ContextDuty(nurse="N1", start=-60, end=420, work_minutes=90, lane="standby"))
    small.add("context", ContextDuty(nurse="N1", start=-2000, end=-1520, work_minutes=480, lane="standby"))
    assert dict(context_minutes_by_week(small.instance())["N1"]) == {-1: 90 + 480}


def test_every_family_is_there(room: Rooms) -> None:
    """What holds for anybody, and every rule has an article; what can never bind has no rule."""
    instance = room().nurse().instance()
    assert families(instance) == {
        "rest_daily", "weekly_rest", "night_rest", "night_series_rest", "night_series_length", "max_dienst",
        "max_night_dienst", "max_week", "max_4_weeks", "max_16_weeks", "breaks", "on_call_week",
        "on_call_around_night", "on_call_work_day", "on_call_16_weeks", "early_after_late", "long_row", "lone_day_off",
        "few_days_after_nights",
    }  # fmt: skip
    known = ("ATW", "ATB", "CAO", "not defined", "livable")
    assert all(rule.id.article.startswith(known) for rule in row_rules(instance))
