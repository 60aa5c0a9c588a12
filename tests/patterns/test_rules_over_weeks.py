"""Rules that count over many weeks: nights, averages, Sundays, weekends, standby at the workplace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from optimiser.domain.people import Counter
from optimiser.domain.row_rules import RowRule, WindowSum
from optimiser.patterns.averages import averages
from optimiser.patterns.known import known_by_nurse
from optimiser.patterns.nights import nights
from optimiser.patterns.row_rules import row_rules
from optimiser.patterns.sundays import sundays
from optimiser.patterns.weekends import agreed_weekends, weekends
from optimiser.patterns.working_time import minutes_over_weeks
from optimiser.patterns.workplace import workplace

Rooms = Callable[..., Any]
HOUR = 60


def sums(rules: list[RowRule], family: str) -> dict[str, WindowSum]:
    """The sums of a family by nurse and window."""
    found = [each for each in rules if each.id.family == family and isinstance(each, WindowSum)]
    return {".".join(part for part in (each.id.nurse, each.id.window) if part): each for each in found}


def made(family: Callable[..., list[RowRule]], room: Any) -> list[RowRule]:
    """The rules that a family makes of what is known."""
    instance = room.instance()
    return family(instance, known_by_nurse(instance))


def count(room: Any, name: Any, value: int) -> Any:
    """A counter of N1."""
    return room.add("counters", Counter(nurse="N1", counter=name, value=value))


def past_nights(room: Any, weeks: range, each: int = 4) -> Any:
    """Late nights in some weeks of the past, 8 hours of work each, six of them at night."""
    for week in weeks:
        for day in range(each):
            room.past(7 * week + day, "22:30", "30:30")
    return room


def test_36_late_nights_in_16_weeks(room: Rooms) -> None:
    """8 weeks of 4 leave 4 of 36; in the window of week 1 the same, in that of week 8 one week has dropped out."""
    found = sums(made(nights, past_nights(room(weeks=9).nurse(), range(-8, 0))), "nights_16_weeks")
    assert found["N1.w0"].most == found["N1.w1"].most == 4
    assert (found["N1.w8"].counts, found["N1.w8"].most, found["N1.w8"].first_week) == ("late_nights", 8, 0)
    assert found["N1.w0"].id.article == "ATW 5:8 lid 8"


def test_a_limit_that_cannot_bind_is_no_rule(room: Rooms) -> None:
    """29 known nights leave exactly the 7 that a week can hold; 30 leave 6."""
    assert sums(made(nights, count(room().nurse(), "nights_16_weeks", 29 + 7)), "nights_16_weeks") == {}
    found = sums(made(nights, count(room().nurse(), "nights_16_weeks", 30 + 7)), "nights_16_weeks")
    # of 37 nights in sixteen weeks seven may have dropped out
    assert found["N1.w0"].most == 6


def test_140_nights_in_52_weeks_by_agreement(room: Rooms) -> None:
    """A counter of 146 less 7 that dropped out is 139: one more in week 0; without an agreement the 36 hold."""
    small = count(room(night_limit="52_weeks").nurse(), "late_nights_52_weeks", 146)
    found = sums(made(nights, small), "nights_52_weeks")
    assert (found["N1.w0"].most, found["N1.w0"].id.article) == (1, "ATW 5:8 lid 9a")
    lawful = count(room(night_limit="52_weeks", rule_set="atw").nurse(), "nights_16_weeks", 43)
    assert set(sums(made(nights, lawful), "nights_16_weeks")) == {"N1.w0"}


def test_38_hours_of_night_in_2_weeks_by_agreement(room: Rooms) -> None:
    """Four nights of 6 hours in 00:00 to 06:00 leave 14 of 38 hours for week 0; week 1 has its own two weeks."""
    small = past_nights(room(weeks=2, night_limit="2_weeks").nurse(), range(-1, 0))
    found = sums(made(nights, small), "night_minutes_2_weeks")
    assert {name: (each.most, each.first_week, each.last_week) for name, each in found.items()} == {
        "N1.w0": (14 * HOUR, 0, 0), "N1.w1": (38 * HOUR, 0, 1),
    }  # fmt: skip
    assert all(each.counts == "night_minutes" for each in found.values())
    assert sums(made(nights, small), "nights_16_weeks") == {}


@pytest.mark.parametrize(("agreed", "longest"), [({}, 7), ({"series_of_eight": True}, 8),
                                                  ({"series_of_eight": True, "rule_set": "atw"}, 7)])  # fmt: skip
def test_eight_in_a_series_by_agreement(room: Rooms, agreed: Any, longest: int) -> None:
    """ATW 5:8 lid 7."""
    rules = made(nights, room(**agreed).nurse())
    assert [each.length for each in rules if each.id.family == "night_series_length"] == [longest]  # type: ignore[union-attr]


def test_640_hours_from_16_nights_on(room: Rooms) -> None:
    """15 weeks of 4 nights of 8 hours are 60 nights and 480 hours: 640 - 480 = 160 is more than a week's 60.

    With a counter of 600 hours 40 are left, and the condition holds already. In week 1 one week dropped out.
    """
    small = past_nights(room(weeks=2).nurse(), range(-15, 0))
    assert sums(made(averages, small), "max_16_weeks_nights") == {}
    found = sums(made(averages, count(small, "work_minutes_15_weeks", 600 * HOUR)), "max_16_weeks_nights")
    assert {name: (each.most, each.when, each.at_least) for name, each in found.items()} == {
        "N1.w0": (40 * HOUR, "nights", 0)
    }
    assert found["N1.w0"].counts == "minutes"


def test_the_average_waits_for_16_nights(room: Rooms) -> None:
    """Ten nights known and 620 hours: the rule holds with six more; where it takes eight a week cannot hold them."""
    for known, held in ((10, {"N1.w0": 6}), (9, {"N1.w0": 7}), (8, {})):
        small = past_nights(room().nurse(), range(-known, 0), 1)
        found = sums(made(averages, count(small, "work_minutes_15_weeks", 620 * HOUR)), "max_16_weeks_nights")
        assert {name: each.at_least for name, each in found.items()} == held
        assert all(each.most == 20 * HOUR for each in found.values())


@pytest.mark.parametrize(("rested", "hours", "article"), [(False, 640, "ATW 5:9 lid 5"), (True, 720, "ATW 5:9 lid 6")])
def test_the_average_of_many_nights_on_call(room: Rooms, rested: bool, hours: int, article: str) -> None:
    """20 on-call nights less 4 that may have dropped out are 16; 690 hours leave -50 of 640, or 30 of 720."""
    small = count(room(rest_after_night_call=rested).nurse(), "standby_nights_16_weeks", 20)
    found = sums(made(averages, count(small, "work_minutes_15_weeks", 690 * HOUR)), "max_16_weeks_on_call")
    rule = found["N1.w0"]
    assert (rule.most, rule.when, rule.at_least) == ((hours - 690) * HOUR, "standby_nights", 0)
    assert rule.id.article == article


# The counter says how many Sundays of the 52 before were free; those that drop out count as worked.
@pytest.mark.parametrize(
    ("free", "expected"),
    [
        # 52 - 14 = 38 worked, one dropped out: 37 of 39 leave 2; nothing to keep in one week
        (14, {}),
        # 52 - 12 = 40, 39 left: none more
        (12, {"N1.w0": 0}),
        (13, {}),  # 39 worked, 38 left: one more may be
        (10, {"N1.w0": -2}),
    ],
)
def test_13_free_sundays_in_52_weeks(room: Rooms, free: int, expected: dict[str, int]) -> None:
    """39 may be worked in the 52 weeks that end with each week of the horizon (plan language 30)."""
    found = sums(made(sundays, count(room().nurse(), "free_sundays_52_weeks", free)), "free_sundays")
    assert {name: each.most for name, each in found.items()} == expected
    assert all(each.counts == "sundays" and each.id.article == "ATW 5:6 lid 3" for each in found.values())


def test_sundays_of_the_context_and_of_the_horizon(room: Rooms) -> None:
    """38 Sundays of the context, and Sunday 0 at another employer: week 0 has no room, week 1 none either.

    The window of week 1 begins a week later: weeks -50 to 1 hold weeks -38 to -1 all the same.
    """
    small = room(weeks=2).nurse()
    for week in range(-38, 0):
        small.past(7 * week + 6, "08:00", "12:00")
    small.past(6, "08:00", "12:00", employer="elsewhere")
    found = sums(made(sundays, small), "free_sundays")
    assert {name: each.most for name, each in found.items()} == {"N1.w0": 0, "N1.w1": 0}
    assert made(sundays, small.nurse("N1", sunday_consent=True)) == []


# 22 agreed: 30 may be worked. Counter 22: 52 - 22 - 1 = 29 worked before, so one weekend is left.
@pytest.mark.parametrize(
    ("free", "fields", "expected"),
    [
        (22, {}, None),
        (21, {}, 0),
        (19, {}, 0),  # never below none
        (16, {"free_weekends": 17}, 0),  # 35 may be worked, 35 were
        (17, {"free_weekends": 17}, None),
        (16, {"free_weekends": 3}, 0),  # the least is 17
        (30, {"free_weekends": 40}, 0),
        (0, {"weekends_only": True}, None),
        (0, {"experience": "student", "companion": "N1"}, None),
    ],
)
def test_free_weekends_over_the_year(room: Rooms, free: int, fields: Any, expected: int | None) -> None:
    """Priced from the first weekend beyond what the year leaves (plan language 27)."""
    found = sums(made(weekends, count(room().nurse(**fields), "free_weekends_52_weeks", free)), "few_free_weekends")
    assert {name: (each.most, each.term) for name, each in found.items()} == (
        {} if expected is None else {"N1": (expected, "few_free_weekends")}
    )


def test_weekends_of_the_context(room: Rooms) -> None:
    """29 Saturdays before and one at another employer in week 1: of 30 none is left for two weeks of which one is gone.

    Week -51 is outside the 52 weeks that end with week 1.
    """
    small = room(weeks=2).nurse()
    for week in (-51, *range(-29, 0)):
        small.past(7 * week + 5, "08:00", "12:00")
    small.past(12, "08:00", "12:00", employer="elsewhere")
    found = sums(made(weekends, small), "few_free_weekends")
    assert [(each.most, each.first_week, each.last_week) for each in found.values()] == [(0, 0, 1)]


def test_the_law_alone_has_no_weekends(room: Rooms) -> None:
    """Free weekends are an agreement's."""
    small = count(room(rule_set="atb_care").nurse(), "free_weekends_52_weeks", 0)
    assert made(weekends, small) == []
    assert agreed_weekends(small.instance(), small.instance().nurses[0]) == 0


def test_standby_at_the_workplace_over_26_weeks(room: Rooms) -> None:
    """52 times less 50 known (a counter of 54, of which 4 may have dropped out), and 48 hours a week on average."""
    small = count(room().nurse(), "workplace_26_weeks", 54)
    small = count(small, "work_minutes_15_weeks", 700 * HOUR)
    assert made(workplace, small) == []  # nobody has such standby
    rules = made(workplace, small.kind("S", "22:00", "31:00", lane="standby", at_workplace=True))
    often, hours = sums(rules, "workplace_26_weeks")["N1.w0"], sums(rules, "workplace_max_26_weeks")["N1.w0"]
    assert (often.counts, often.most, often.id.article) == ("workplace", 2, "ATB 4.8 lid 1")
    assert (hours.counts, hours.most, hours.id.article) == ("minutes", 548 * HOUR, "ATB 4.8 lid 2")


def test_what_is_known_after_the_horizon_counts(room: Rooms) -> None:
    """A week of 50 hours after the horizon: the four weeks that end with it leave 170 of 220 hours; none ends later."""
    small = room().nurse()
    for day in range(7, 12):
        small.past(day, "08:00", "18:00")
    found = sums(list(row_rules(small.instance())), "max_4_weeks")
    assert {name: each.most // HOUR for name, each in found.items()} == {"N1.w0": 220, "N1.w1": 170}
    assert all((each.first_week, each.last_week) == (0, 0) for each in found.values())
    assert minutes_over_weeks(small.instance(), "x", "N1", {}, 1, small.instance().rules.max_week)


def test_who_worked_more_already_may_not_make_the_limit_hold(room: Rooms) -> None:
    """650 h are known and 15 of 16 nights: not one more in the first window, whatever its hours."""
    small = count(room().nurse(), "nights_16_weeks", 15 + 7)
    rule = sums(made(averages, count(small, "work_minutes_15_weeks", 650 * HOUR)), "max_16_weeks_nights")["N1.w0"]
    assert (rule.counts, rule.most, rule.when) == ("nights", 0, "")
