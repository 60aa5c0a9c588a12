"""Law and agreements: for every rule a plan that is rejected and one just inside the limit that passes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from optimiser.check.registry import RULES
from optimiser.domain.people import Availability, Counter

FILE = "tests/check/test_check_law.py"
Fill = Callable[[Any], Any]
EIGHT = ("07:00", "15:30", 30)
NIGHT = ("23:00", "31:00", 30)
LONG_NIGHT = ("21:00", "32:00", 45)


def shifts(*rows: tuple[Any, ...]) -> Fill:
    """Fill a room with duties of one nurse: (day, start, end, break)."""

    def fill(room: Any) -> Any:
        for row in rows:
            room.shift(*row)
        return room

    return fill


def nights(days: range, *after: tuple[Any, ...], shape: tuple[Any, ...] = NIGHT) -> Fill:
    """Nights on these days, then other duties."""
    return shifts(*((day, *shape) for day in days), *after)


def standbys(*days: int) -> Fill:
    """Standby from home, 17:00 to 23:00."""

    def fill(room: Any) -> Any:
        for day in days:
            room.standby(day, "17:00", "23:00")
        return room

    return fill


def split(end: str) -> Fill:
    """A split duty 07:00-09:00 and 16:00 to ``end``: one dienst, since the gap is 7 hours."""
    return lambda room: room.shift(0, "07:00", "09:00", second_start="16:00", second_end=end)


def past_nights(count: int) -> Fill:
    """Late nights in the weeks before, three a week from 15 weeks back, and one in the plan."""

    def fill(room: Any) -> Any:
        for number in range(count):
            room.past(7 * (number // 3 - 15) + number % 3, *NIGHT)
        return room.shift(0, *NIGHT)

    return fill


def past_standbys(here: int) -> Fill:
    """30 standby duties in the ten weeks before, and some in the plan."""

    def fill(room: Any) -> Any:
        for number in range(30):
            room.past(7 * (number // 3 - 10) + number % 3, "17:00", "23:00", lane="standby")
        return standbys(*range(here))(room)

    return fill


def leave(room: Any, weeks: int, minutes_per_day: int) -> Any:
    """Leave from Monday to Friday in the weeks before, which counts as worked."""
    for week in range(-weeks, 0):
        row = Availability(nurse="N1", kind="leave", first=room.day(7 * week), last=room.day(7 * week + 4),
                           minutes_per_day=minutes_per_day)  # fmt: skip
        room.nurse().add("availability", row)
    return room


def after_leave(weeks: int, minutes_per_day: int, end: str) -> Fill:
    """Leave before, then five days from 07:00 to ``end`` with 30 minutes of break."""
    return lambda room: shifts(*((day, "07:00", end, 30) for day in range(5)))(leave(room, weeks, minutes_per_day))


def sixteen_nights(end: str) -> Fill:
    """Fifteen weeks of 35 h leave and one night of 7.5 h, then a 16th night from 23:00 to ``end``."""

    def fill(room: Any) -> Any:
        leave(room, 15, 420)
        for week in range(-15, 0):
            room.past(7 * week, *NIGHT)
        return room.shift(0, "23:00", end, 30 if end == "31:00" else 0)

    return fill


def counted(room: Any, counter: str, value: int) -> Any:
    """The counter of one nurse."""
    return room.nurse().add("counters", Counter(nurse="N1", counter=counter, value=value))


def standby_nights(end: str) -> Fill:
    """Fifteen weeks of 42 h leave and one standby night, then a 16th and two mornings until ``end``."""

    def fill(room: Any) -> Any:
        leave(room, 15, 504)
        for week in range(-15, 0):
            room.past(7 * week, "20:00", "26:00", lane="standby")
        return shifts((2, "07:00", end), (3, "07:00", end))(room.standby(0, "20:00", "26:00"))

    return fill


def consigned(wednesday: str) -> Fill:
    """Consignatie of 24 hours three times a week from 08:00, on Wednesdays 20:00; the first Wednesday as given."""

    def fill(room: Any) -> Any:
        for week in range(3):
            for day, start in ((0, "08:00"), (2, wednesday if week == 0 else "20:00"), (5, "08:00")):
                until = f"{int(start[:2]) + 24}:00"
                room.standby(7 * week + day, start, until, consignatie=True)
        for day in (21, 24, 27):
            room.standby(day, "08:00", "32:00", consignatie=True)
        return room

    return fill


def mornings(*free: int) -> Fill:
    """Consignatie on the first afternoon, and mornings on all days but Sundays and the named ones."""

    def fill(room: Any) -> Any:
        room.standby(0, "13:00", "20:00", consignatie=True)
        return shifts(*((day, "07:00", "12:00") for day in range(28) if day % 7 != 6 and day not in free))(room)

    return fill


def shift_and_standby(calls: int) -> Fill:
    """12 h of work (07:00-19:45 with 45 minutes of break), then standby with ``calls`` minutes expected."""
    return lambda room: room.shift(0, "07:00", "19:45", 45).standby(0, "19:45", "23:00", calls)


def turn_out(minutes: int) -> Fill:
    """A standby night with one planned visit of this length from 01:00."""

    def fill(room: Any) -> Any:
        room.kind("S", "23:00", "31:00", lane="standby", category="night", carries_route=True)
        return room.visit("A", 1, "00:00", "06:00", minutes).duty("N1", "S", 0, room.stop("A", 1, "01:00", minutes))

    return fill


def senior(born: date, end: str) -> Fill:
    """An evening until ``end`` by someone born then."""
    return lambda room: room.nurse(born=born).shift(0, "15:00", end, 30)


CASES: dict[str, tuple[Fill, Fill, dict[str, Any]]] = {
    # 07:00 + 24 h - 23:01 = 7 h 59; with 23:00 it is 8 h, a planned reduction
    "rest.daily": (split("23:01"), split("23:00"), {}),
    # 15-23, 07-15 is 8 h twice: one too many below 10 h. One of 8 h and one of 10 h (23-09) is what care may do.
    "rest.reductions": (
        shifts((0, "15:00", "23:00", 30), (1, "07:00", "15:00", 30), (2, "15:00", "23:00", 30), (3, *EIGHT)),
        shifts(
            (0, "15:00", "23:00", 30), (1, "07:00", "15:00", 30), (2, "15:00", "23:00", 30), (3, "09:00", "17:00", 30)
        ),
        {},
    ),
    # 23:00 to 09:59 is 10 h 59; to 10:00 is 11 h
    "rest.token": (
        shifts((0, "15:00", "23:00", 30), (1, "09:59", "17:00", 30)),
        shifts((0, "15:00", "23:00", 30), (1, "10:00", "17:00", 30)),
        {},
    ),
    # V10b: 12 days, then 64 h free until 14 x 24 h are over. V10d: 11 days and 88 h.
    "weekly_rest.week": (
        shifts(*((day, "07:00", "15:00", 30) for day in range(12))),
        shifts(*((day, "07:00", "15:00", 30) for day in range(11))),
        {"weeks": 2},
    ),
    # 21:00-08:00 less 45 min is 10 h 15 with only 11 h after it (lid 3 asks 12); 21:00-07:30 less 30 min is 10 h
    "nights.length": (
        shifts((0, *LONG_NIGHT), (1, "19:00", "23:00", 0)),
        shifts((0, "21:00", "31:30", 30), (1, "21:30", "23:00", 0)),
        {},
    ),
    # V13: 10 h 15 with nothing after it: allowed by lid 3, but signalled
    "nights.long": (nights(range(1), shape=LONG_NIGHT), shifts((0, "21:00", "31:30", 30)), {}),
    "nights.long_count": (
        nights(range(4, 10), shape=LONG_NIGHT),
        nights(range(4, 9), shape=LONG_NIGHT),
        {"weeks": 2},
    ),
    # 12 h after a night that ends at 07:00, twice in 7 x 24 h; the second time 14 h (V9b)
    "nights.rest": (
        shifts((0, *NIGHT), (1, "19:00", "22:00"), (2, *NIGHT), (3, "19:00", "22:00")),
        shifts((0, *NIGHT), (1, "19:00", "22:00"), (2, *NIGHT), (3, "21:00", "23:00")),
        {},
    ),
    "nights.token": (
        shifts((0, *NIGHT), (1, "20:59", "22:59")),
        shifts((0, *NIGHT), (1, "21:00", "23:00")),
        {},
    ),
    # V8c: three nights until Thursday 07:00, then Friday 13:00 (30 h). V8b: Saturday 05:00 (46 h).
    "nights.series_rest": (
        nights(range(3), (4, "13:00", "17:00")),
        nights(range(3), (5, "05:00", "09:00")),
        {},
    ),
    # of 147 in 52 weeks one week dropped out with at most 7: 140 are left, one more is the 141st
    "nights.fifty_two_weeks": (
        lambda room: counted(room, "late_nights_52_weeks", 147).shift(0, *NIGHT),
        lambda room: counted(room, "late_nights_52_weeks", 146).shift(0, *NIGHT),
        {"night_limit": "52_weeks"},
    ),
    # 6 x 6 h and 2 h 01 (20:00-02:01) between 00:00 and 06:00 in two weeks; 6 x 6 h and 2 h
    "nights.two_weeks": (
        shifts(*((day, *NIGHT) for day in (0, 1, 2, 7, 8, 9)), (11, "20:00", "26:01", 30)),
        shifts(*((day, *NIGHT) for day in (0, 1, 2, 7, 8, 9)), (11, "20:00", "26:00", 30)),
        {"weeks": 2, "night_limit": "2_weeks"},
    ),
    # V10f: 8 nights; V10e: 7 nights and 46 h
    "nights.series_length": (
        nights(range(8)),
        nights(range(7), (9, "05:00", "09:00")),
        {"weeks": 2},
    ),
    "nights.sixteen_weeks": (past_nights(36), past_nights(35), {}),
    # 15 x (35 + 7.5) h = 637.5 h; the 16th night adds 7.5 h (645) or 2.5 h (640)
    "nights.average": (sixteen_nights("31:00"), sixteen_nights("25:30"), {}),
    # 07:00-20:00 less 45 min is 12 h 15; until 19:45 it is 12 h
    "working_time.dienst": (shifts((0, "07:00", "20:00", 45)), shifts((0, "07:00", "19:45", 45)), {}),
    "working_time.dienst_agreement": (shifts((0, "07:00", "17:46", 45)), shifts((0, "07:00", "17:30", 30)), {}),
    # V11: 6 x 10.5 h = 63 h; 5 x 12 h = 60 h
    "working_time.week": (
        shifts(*((day, "07:00", "18:15", 45) for day in range(6))),
        shifts(*((day, "07:00", "19:45", 45) for day in range(5))),
        {},
    ),
    # 3 x 60 h, then 5 x 8 h 06 = 40.5 h or 5 x 8 h = 40 h
    "working_time.four_weeks": (after_leave(3, 720, "15:36"), after_leave(3, 720, "15:30"), {}),
    # 15 x 49 h = 735 h, then 5 x 6 h 37 (768 h 05) or 5 x 6 h 36 (768 h)
    "working_time.sixteen_weeks": (after_leave(15, 588, "14:07"), after_leave(15, 588, "14:06"), {}),
    # the fourth begins exactly 7 x 24 h after the first in the good one
    "on_call.week": (standbys(0, 1, 2, 6), standbys(0, 1, 2, 7), {"weeks": 2}),
    "on_call.sixteen_weeks": (past_standbys(3), past_standbys(2), {}),
    "on_call.length": (
        lambda room: room.standby(0, "08:00", "32:01"),
        lambda room: room.standby(0, "08:00", "32:00"),
        {},
    ),
    # a night dienst from 23:00: standby until 12:01 leaves 10 h 59
    "on_call.before_night": (
        lambda room: room.standby(0, "08:00", "12:01").shift(0, *NIGHT),
        lambda room: room.standby(0, "08:00", "12:00").shift(0, *NIGHT),
        {},
    ),
    "on_call.after_night": (
        lambda room: room.shift(0, *NIGHT).standby(1, "20:59", "23:00"),
        lambda room: room.shift(0, *NIGHT).standby(1, "21:00", "23:00"),
        {},
    ),
    "on_call.own_night": (turn_out(61), turn_out(60), {}),
    "on_call.work_in_day": (shift_and_standby(61), shift_and_standby(60), {}),
    # 15 x 42 h and two mornings of 5 h are 640 h, with 16 standby nights; a minute more each
    "on_call.average": (standby_nights("12:01"), standby_nights("12:00"), {}),
    # three weeks with gaps of 36, 36 and 24 h (3 whole days each), then 48, 48: 13 days; with 24, 48, 24 first: 14
    "on_call.consignatie_days": (consigned("20:00"), consigned("08:00"), {"weeks": 4}),
    # mornings on six days of each week leave 43 h; 49 h at the end is one time of 48 h, day 11 to 14 a second
    "on_call.consignatie_pairs": (mornings(), mornings(12), {"weeks": 4}),
    # 56 years old; the other becomes 55 the day after
    "seniors.night": (senior(date(1970, 12, 7), "23:01"), senior(date(1970, 12, 7), "23:00"), {}),
    # V12: 5 h 36 without a break; 5 h 30
    "breaks.length": (shifts((0, "07:00", "12:36")), shifts((0, "07:00", "12:30")), {}),
}


@pytest.mark.parametrize("rule", sorted(CASES))
def test_a_plan_over_the_limit_is_rejected(rule: str, room: Any, rules_of: Any) -> None:
    """The rule, and no other of its level, is named."""
    bad, _, settings = CASES[rule]
    report = bad(room(**settings)).report()
    assert rule in rules_of(report)
    if RULES[rule].level == "hard":
        assert {each.rule for each in report.violations} == {rule}
        assert report.objective.hard == len(report.violations)
    else:
        assert not report.violations


@pytest.mark.parametrize("rule", sorted(CASES))
def test_a_plan_just_inside_the_limit_passes(rule: str, room: Any, rules_of: Any) -> None:
    """Nothing hard is found, nor this signal."""
    _, good, settings = CASES[rule]
    report = good(room(**settings)).report()
    assert not report.violations, [each.sentence("en") for each in report.violations]
    assert rule not in rules_of(report)


def test_every_rule_of_this_file_has_a_case() -> None:
    """The registry and the table name the same rules."""
    assert set(CASES) == {name for name, rule in RULES.items() if rule.test == FILE}


VECTORS: dict[str, tuple[Fill, set[str], dict[str, Any]]] = {
    # section 8 of the labour rules: what each must show (violations and signals)
    "V1": (shifts((0, "08:00", "18:00"), (1, "01:00", "11:00")),
           {"rest.daily", "working_time.dienst", "nights.length"}, {}),
    # of who works no nights only the night is found
    "V2": (lambda room: room.nurse(due=date(2027, 3, 1)).shift(0, "16:00", "25:00", 30), set(), {}),
    "V3": (lambda room: room.nurse(due=date(2027, 3, 1)).shift(0, "16:00", "25:01", 30), {"pregnancy.night"}, {}),
    "V4": (shifts((0, "15:00", "23:00", 30), (1, "07:00", "15:00", 30)), {"rest.token"}, {}),
    "V5": (shifts((0, "15:00", "23:00", 30), (1, "07:00", "15:00", 30), (2, "15:00", "23:00", 30), (3, *EIGHT)),
           {"rest.token", "rest.reductions"}, {}),
    "V6 care": (shifts((0, "15:00", "23:00", 30), (1, "07:00", "15:00", 30), (2, "15:00", "23:00", 30),
                       (3, "09:00", "17:00", 30)), {"rest.token"}, {}),
    "V6 law": (shifts((0, "15:00", "23:00", 30), (1, "07:00", "15:00", 30), (2, "15:00", "23:00", 30),
                      (3, "09:00", "17:00", 30)), {"rest.token", "rest.reductions"}, {"rule_set": "atw"}),
    "V7": (lambda room: room.shift(0, "07:00", "11:00", second_start="16:00", second_end="20:00"), set(), {}),
    "V8b": (nights(range(3), (5, "05:00", "09:00")), set(), {}),
    "V8c": (nights(range(3), (4, "13:00", "17:00")), {"nights.series_rest"}, {}),
    "V8d": (nights(range(2), (3, "13:00", "17:00")), set(), {}),
    "V9": (shifts((0, *NIGHT), (1, "15:00", "23:00", 30)), {"nights.token", "rest.token"}, {}),
    "V9b": (shifts((0, *NIGHT), (1, "21:00", "23:00")), set(), {}),
    "V10b": (shifts(*((day, "07:00", "15:00", 30) for day in range(12))), {"weekly_rest.week"}, {"weeks": 2}),
    "V10c": (shifts(*((day, "07:00", "15:00", 30) for day in range(7)), (7, *NIGHT)),
             {"nights.series_length"}, {"weeks": 2}),
    "V10d": (shifts(*((day, "07:00", "15:00", 30) for day in range(11))), set(), {"weeks": 2}),
    "V10e": (nights(range(7), (9, "05:00", "09:00")), set(), {"weeks": 2}),
    "V10f": (nights(range(8)), {"nights.series_length"}, {"weeks": 2}),
    "V11 60 h": (shifts(*((day, "07:00", "19:45", 45) for day in range(5))), {"working_time.dienst_agreement"}, {}),
    "V11 63 h": (shifts(*((day, "07:00", "18:15", 45) for day in range(6))),
                 {"working_time.week", "working_time.dienst_agreement"}, {}),
    "V12 5:30": (shifts((0, "07:00", "12:30")), set(), {}),
    "V12 5:36": (shifts((0, "07:00", "12:36")), {"breaks.length"}, {}),
    "V13": (shifts((0, *LONG_NIGHT), (1, "20:00", "23:00")), {"nights.long", "working_time.dienst_agreement"}, {}),
    "V14": (shifts((0, "15:00", "23:30", 30), (1, "07:00", "15:00", 30)), {"rest.daily", "working_time.dienst"}, {}),
}  # fmt: skip


@pytest.mark.parametrize("vector", sorted(VECTORS))
def test_vectors_of_the_labour_rules(vector: str, room: Any, rules_of: Any) -> None:
    """Each vector shows exactly what the reference reading of the law says."""
    fill, expected, settings = VECTORS[vector]
    assert rules_of(fill(room(**settings)).report()) == expected


def test_every_vector_of_the_facts_is_here() -> None:
    """Section 8 of the labour rules but for the money; V6, V11 and V12 say two things."""
    names = {f"V{number}" for number in range(1, 15)} - {"V8", "V10"}
    names |= {"V8b", "V8c", "V8d", "V9b", "V10b", "V10c", "V10d", "V10e", "V10f"}
    assert {vector.split()[0] for vector in VECTORS} == names
