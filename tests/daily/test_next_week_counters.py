"""Counters roll on as their rules read them: solved by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from optimiser.check.checker import check
from optimiser.daily.next_week import next_week
from optimiser.daily.next_week_counters import counters_of, rolled, rolled_free
from optimiser.daily.next_week_past import Past
from optimiser.domain.people import Availability, Counter

Rooms = Callable[..., Any]


@pytest.mark.parametrize(
    ("counted", "weekly", "earliest", "found"),
    [
        # all of it is in the tables: 3 + 2 in sixteen weeks, of which 3 lie in the week that drops out; 4 are new
        (5, {-16: 3, -2: 2, 0: 4}, -16, 2 + 4),
        # 8 that no table names, spread over the 8 weeks before the first known one: one drops out
        (8, {-8: 0, 0: 4}, -8, 7 + 4),
        # 5 over 8 weeks: less than one a week, and a part does not drop out
        (5, {0: 4}, -8, 5 + 4),
        # the tables reach back over the whole window and know less than the counter: 17 / 16, rounded up
        (17, {0: 4}, -20, 15 + 4),
        # the tables know more than the counter: they are right
        (1, {-3: 6, 0: 4}, -3, 6 + 4),
        # nothing is known at all: over the whole window
        (32, {}, 0, 30),
    ],
)
def test_what_drops_out(counted: int, weekly: dict[int, int], earliest: int, found: int) -> None:
    """A counter of sixteen weeks one week later."""
    assert rolled(counted, weekly, 16, 1, earliest) == found


def test_what_no_table_names_is_gone_when_the_tables_reach_back() -> None:
    """2,400 minutes a week for 15 weeks, then 2,400 each week that is planned: the counter stays as it is."""
    counted, weekly = 36_000, dict[int, int]()
    for turn in range(20):
        counted = rolled(counted, weekly | {0: 2400}, 15, 1, -turn)
        weekly = {week - 1: value for week, value in (weekly | {0: 2400}).items()}
        assert counted == 36_000


@pytest.mark.parametrize(
    ("counted", "before", "after", "found"),
    [
        # 22 worked, none of them named: one drops out as worked; this Sunday is free
        (30, set(), set(), 31),
        # and this Sunday is worked
        (30, set(), {0}, 30),
        # two worked, both named: the one of 52 weeks ago drops out, this one comes
        (50, {-52, -3}, {-52, -3, 0}, 50),
        # two worked and both named, neither 52 weeks ago: a free one drops out
        (50, {-9, -3}, {-9, -3, 0}, 49),
        # nothing worked
        (52, set(), set(), 52),
    ],
)
def test_free_sundays_and_weekends(counted: int, before: set[int], after: set[int], found: int) -> None:
    """What drops out unknown is taken as worked, while the counter holds worked ones that no table names."""
    assert rolled_free(counted, before, after, 1) == found


def rolled_counters(made: Any, weeks: int = 1) -> dict[tuple[str, str], int]:
    """(nurse, counter) -> value after the plan of a room."""
    return {(row.nurse, row.counter): row.value for row in counters_of(Past(made.instance(), made.plan(), weeks))}


def test_balance_counts_the_whole_of_a_sunday_night(room: Rooms) -> None:
    """Contract 24 h, of which one day of leave of 8 h: net 16. A day of 8 h less a break of 30 min, and a Sunday night
    of 8 h: 15 h 30, so half an hour less than net, and 60 min were owed to her: 30 are left."""
    made = room().nurse("N1", contract_minutes=1440).kind("M", "08:00", "16:00", 30).kind("N", "23:00", "31:00")
    made.add("availability", Availability(nurse="N1", kind="leave", first=made.day(3), last=made.day(3),
             minutes_per_day=480))  # fmt: skip
    made.add("counters", Counter(nurse="N1", counter="balance_minutes", value=60))
    made.duty("N1", "M", 0).duty("N1", "N", 6)
    assert rolled_counters(made)["N1", "balance_minutes"] == 60 + 930 - 960


def test_evenings_nights_and_weekends_of_the_year(room: Rooms) -> None:
    """Two evenings, a standby night and Saturday and Sunday as one weekend; a nurse without them gets no rows."""
    made = room().nurse("N1").nurse("N2").kind("A", "15:00", "23:00", category="evening")
    made.kind("B", "23:00", "31:00", category="night", lane="standby").kind("M", "08:00", "12:00")
    made.add("counters", Counter(nurse="N1", counter="evenings_year", value=7))
    made.duty("N1", "A", 0).duty("N1", "A", 5).duty("N1", "B", 2).duty("N1", "M", 6)
    found = rolled_counters(made)
    assert {name: found.get(("N1", f"{name}_year")) for name in ("evenings", "nights", "weekends")} == {
        "evenings": 9, "nights": 1, "weekends": 1,
    }  # fmt: skip
    assert not [key for key in found if key[0] == "N2"]


def test_the_year_begins_anew(room: Rooms) -> None:
    """The week of 28 December 2026 is the last of its year (week 53): of 7 evenings none goes on. Of two weeks planned
    over the border, the second one's evening does."""
    for weeks, found in ((1, 0), (2, 1)):
        made = room(monday=date(2026, 12, 28), weeks=2).nurse("N1").kind("A", "15:00", "23:00", category="evening")
        made.add("counters", Counter(nurse="N1", counter="evenings_year", value=7))
        made.duty("N1", "A", 1).duty("N1", "A", 8)
        assert rolled_counters(made, weeks)["N1", "evenings_year"] == found


def test_nights_and_standby_are_counted_from_the_plan(room: Rooms) -> None:
    """Two late nights and a standby night at home, one at the workplace; 10 late nights were counted, none in a table:
    10 / 16 does not drop out."""
    made = room().nurse("N1").kind("N", "23:00", "31:00").kind("B", "22:00", "31:00", lane="standby")
    made.kind("P", "22:00", "31:00", lane="standby", at_workplace=True)
    names = ("nights_16_weeks", "late_nights_52_weeks", "on_call_16_weeks", "standby_nights_16_weeks",
             "workplace_26_weeks")  # fmt: skip
    made.add("counters", *(Counter(nurse="N1", counter=name, value=10) for name in names))
    made.duty("N1", "N", 0).duty("N1", "N", 1).duty("N1", "B", 3).duty("N1", "P", 5)
    found = rolled_counters(made)
    # standby at the workplace is a night dienst as well
    assert [found["N1", name] for name in names] == [13, 13, 12, 11, 11]


def test_a_monday_duty_ends_the_free_weekend_before_it(room: Rooms) -> None:
    """Friday to 23:00 and Monday from 07:00: 56 hours, not 60. When the counter was made that weekend was one of the 30
    that were free; with this plan it is not, and the one that dropped out was worked: 23 worked, 52 - 23 = 29."""
    made = room().nurse("N1").past(-3, "15:00", "23:00").kind("M", "07:00", "12:00")
    made.add("counters", Counter(nurse="N1", counter="free_weekends_52_weeks", value=30))
    made.duty("N1", "M", 0).duty("N1", "M", 6)
    assert rolled_counters(made)["N1", "free_weekends_52_weeks"] == 29


def test_sundays_are_judged_as_in_one_instance(room: Rooms) -> None:
    """13 free of 52, and Sundays worked in both weeks: with each week one that dropped out was worked. 39 stay worked,
    as many as may be; with 12 free there is one too many, also by the counter that was rolled on."""
    for counted, broken in ((13, False), (12, True)):
        made = room(weeks=1).nurse("N1").kind("K", "10:00", "12:00").duty("N1", "K", 6)
        made.add("counters", Counter(nurse="N1", counter="free_sundays_52_weeks", value=counted))
        after = next_week(made.instance(), made.plan(), lambda each: each)
        border = made.day(7)
        duty = made.duties[0].model_copy(update={"day": made.day(13), "id": f"N1/{made.day(13)}/work"})
        plan = made.plan().model_copy(update={"duties": (duty,)})
        assert after.first_monday == border
        report = check(after, made.contract, made.matrix(), plan)
        assert ("sundays.free" in {each.rule for each in (*report.violations, *report.inherited)}) == broken
