"""Law by age, birth, Sunday and workplace: for every rule a plan that is rejected and one just inside that passes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimiser.check.case import Case
from optimiser.check.consignatie import free_periods
from optimiser.check.registry import RULES
from optimiser.check.timeline import timelines
from optimiser.domain.duty import ContextDuty
from optimiser.domain.people import Availability, Counter

FILE = "tests/check/test_check_people.py"
Fill = Callable[[Any], Any]
EIGHT = ("07:00", "15:30", 30)
NIGHT = ("23:00", "31:00", 30)
SEVENTEEN = date(2009, 1, 1)
DUE = date(2027, 3, 1)


def shifts(*rows: tuple[Any, ...], **nurse: Any) -> Fill:
    """Duties of one nurse with these facts: (day, start, end, break)."""

    def fill(room: Any) -> Any:
        room.nurse(**nurse)
        for row in rows:
            room.shift(*row)
        return room

    return fill


def then(*fills: Fill) -> Fill:
    """One after the other."""

    def fill(room: Any) -> Any:
        for each in fills:
            each(room)
        return room

    return fill


def leave(weeks: int, minutes_per_day: int) -> Fill:
    """Leave from Monday to Friday in the weeks before, which counts as worked."""

    def fill(room: Any) -> Any:
        for week in range(-weeks, 0):
            row = Availability(nurse="N1", kind="leave", first=room.day(7 * week), last=room.day(7 * week + 4),
                               minutes_per_day=minutes_per_day)  # fmt: skip
            room.add("availability", row)
        return room

    return fill


def counted(counter: Any, value: int) -> Fill:
    """The counter of the nurse."""
    return lambda room: room.add("counters", Counter(nurse="N1", counter=counter, value=value))


def sleep(day: int, start: str = "22:00", end: str = "31:00") -> Fill:
    """Standby at the workplace with half an hour of break."""
    return lambda room: room.shift(day, start, end, 30, lane="standby", at_workplace=True)


def week(end: str, days: range = range(5)) -> tuple[tuple[Any, ...], ...]:
    """Days from 07:00 with half an hour of break."""
    return tuple((day, "07:00", end, 30) for day in days)


CASES: dict[str, tuple[Fill, Fill, dict[str, Any]]] = {
    # 12 of 52 free; the week that dropped out is taken as worked: 52 - 12 - 1 = 39 before, and this Sunday is the 40th
    "sundays.free": (
        then(shifts((6, *EIGHT)), counted("free_sundays_52_weeks", 12)),
        then(shifts((6, *EIGHT)), counted("free_sundays_52_weeks", 13)),
        {},
    ),
    "pregnancy.dienst": (
        shifts((0, "07:00", "17:46", 45), due=DUE), shifts((0, "07:00", "17:30", 30), due=DUE), {},
    ),
    # 3 x 50 h 05 or 3 x 50 h, and 5 x 10 h
    "pregnancy.four_weeks": (
        then(shifts(*week("17:30"), due=DUE), leave(3, 601)), then(shifts(*week("17:30"), due=DUE), leave(3, 600)), {},
    ),
    # 15 x 46 h = 690 h, and 5 x 6 h 01 or 5 x 6 h
    "pregnancy.sixteen_weeks": (
        then(shifts(*week("13:31"), due=DUE), leave(15, 552)), then(shifts(*week("13:30"), due=DUE), leave(15, 552)),
        {},
    ),
    "pregnancy.night": (shifts((0, *NIGHT), due=DUE), shifts((0, *NIGHT), due=DUE, night_consent=True), {}),
    # 28 days before 4 January is 7 December, the day of the duty
    "pregnancy.birth": (
        shifts((0, *EIGHT), due=date(2027, 1, 4)), shifts((0, *EIGHT), due=date(2027, 1, 5)), {},
    ),
    # 20:00 to 07:59 is 11 h 59
    "minors.rest": (
        shifts((0, "12:00", "20:00", 30), (1, "07:59", "12:00"), born=SEVENTEEN),
        shifts((0, "12:00", "20:00", 30), (1, "08:00", "12:00"), born=SEVENTEEN),
        {},
    ),
    # seven mornings in a row leave 16 h 30 a day, also when 5 days free follow: no 72 in 14 days for her
    "minors.weekly_rest": (
        shifts(*((day, "08:00", "12:00") for day in range(7)), born=SEVENTEEN),
        shifts(*((day, "08:00", "12:00") for day in (0, 1, 2, 3, 4, 6)), born=SEVENTEEN),
        {"weeks": 2},
    ),
    "minors.night": (
        shifts((0, "16:00", "23:01", 30), born=SEVENTEEN), shifts((0, "16:00", "23:00", 30), born=SEVENTEEN), {},
    ),
    "minors.dienst": (
        shifts((0, "07:00", "16:31", 30), born=SEVENTEEN), shifts((0, "07:00", "16:30", 30), born=SEVENTEEN), {},
    ),
    # 5 x 9 h, and one minute
    "minors.week": (
        shifts(*week("16:30"), (5, "08:00", "08:01"), born=SEVENTEEN), shifts(*week("16:30"), born=SEVENTEEN), {},
    ),
    # 3 x 40 h, and 5 x 8 h 01 or 5 x 8 h
    "minors.four_weeks": (
        then(shifts(*week("15:31"), born=SEVENTEEN), leave(3, 480)),
        then(shifts(*week("15:30"), born=SEVENTEEN), leave(3, 480)),
        {},
    ),
    "minors.break": (shifts((0, "07:00", "11:31"), born=SEVENTEEN), shifts((0, "07:00", "11:30"), born=SEVENTEEN), {}),
    # 18 on the first day of the horizon is no minor
    "minors.standby": (
        lambda room: room.nurse(born=date(2008, 12, 8)).standby(0, "17:00", "22:00"),
        lambda room: room.nurse(born=date(2008, 12, 7)).standby(0, "17:00", "22:00"),
        {},
    ),
    # 56 less the 4 that a week may hold at most are 52 for sure
    "workplace.count": (
        then(shifts(), counted("workplace_26_weeks", 56), sleep(0)),
        then(shifts(), counted("workplace_26_weeks", 55), sleep(0)),
        {},
    ),
    # 25 x 49 h 30 + 8 h 30 at the workplace + 2 h = 1248 h
    "workplace.average": (
        then(shifts((3, "07:00", "09:01")), leave(25, 594), sleep(0)),
        then(shifts((3, "07:00", "09:00")), leave(25, 594), sleep(0)),
        {},
    ),
    "workplace.rest": (
        then(shifts((0, "07:00", "11:01")), sleep(0)), then(shifts((0, "07:00", "11:00")), sleep(0)), {},
    ),
    # rests of 24, 5 x 16 and 7 h: one of 24 and five; without the last day 24, 4 x 16, 31 h: one of 24 and six
    "workplace.rest_parts": (
        then(shifts(*week("15:00", range(2, 8))), sleep(0)), then(shifts(*week("15:00", range(2, 7))), sleep(0)),
        {"weeks": 2},
    ),
    # work until 22:00, at the workplace until 07:00, work again: one dienst from 14:00 to 14:01
    "workplace.length": (
        then(shifts((0, "14:00", "22:00", 30), (1, "07:00", "14:01", 30)), sleep(0)),
        then(shifts((0, "14:00", "22:00", 30), (1, "07:00", "14:00", 30)), sleep(0)),
        {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", sorted(CASES))
def test_a_plan_over_her_limit_is_rejected(rule: str, room: Any, rules_of: Any) -> None:
    """The rule, and no other of its level, is named."""
    bad, _, setting = CASES[rule]
    report = bad(room(**setting)).report()
    assert rule in rules_of(report)
    assert {each.rule for each in report.violations} == ({rule} if RULES[rule].level == "hard" else set())


@pytest.mark.parametrize("rule", sorted(CASES))
def test_a_plan_just_inside_her_limit_passes(rule: str, room: Any, rules_of: Any) -> None:
    """Nothing hard is found, nor this signal."""
    _, good, setting = CASES[rule]
    report = good(room(**setting)).report()
    assert not report.violations, [each.sentence("en") for each in report.violations]
    assert rule not in rules_of(report)


def test_every_rule_about_people_has_a_case() -> None:
    """The registry and the table name the same rules."""
    assert set(CASES) == {name for name, rule in RULES.items() if rule.test == FILE}


def test_free_sundays_by_the_context(room: Any) -> None:
    """39 worked Sundays in the 51 weeks before, one of them by the tail of a Saturday night; this one is the 40th.
    With consent nothing is said, and the work of a 52nd week back no longer counts."""
    found = []
    for consent, first in ((False, -39), (True, -39), (False, -38)):
        filled = room().nurse(sunday_consent=consent).past(-7 * 52 + 6, *EIGHT)
        for back in range(first, -1):
            filled.past(7 * back + 6, *EIGHT)
        filled.past(-2, "18:00", "24:30", 30).shift(6, *EIGHT)
        found.append([(each.rule, each.required, each.found) for each in filled.report().violations])
    assert found == [[("sundays.free", 13, 12)], [], []]


@pytest.mark.parametrize(
    ("facts", "broken"),
    [
        ({"due": date(2026, 9, 1), "gave_birth": date(2026, 6, 6)}, False),
        ({"due": date(2026, 9, 1), "gave_birth": date(2026, 6, 7)}, True),
        ({"due": date(2027, 9, 20)}, False),
        ({"due": date(2027, 9, 19)}, True),
    ],
)
def test_her_limits_begin_and_end_on_a_day(facts: dict[str, date], broken: bool, room: Any) -> None:
    """Until 6 months after the birth (7 June to 7 December, the first day), from 280 days before the due date
    (19 September 2027 less 280 is 13 December 2026, the last day)."""
    report = room().nurse(**facts).shift(0, "07:00", "17:46", 45).report()
    assert {each.rule for each in report.violations} == ({"pregnancy.dienst"} if broken else set())


@pytest.mark.parametrize(
    ("facts", "broken"),
    [
        ({"gave_birth": date(2026, 10, 26)}, True),
        ({"gave_birth": date(2026, 10, 25)}, False),
        ({"due": date(2026, 10, 1), "gave_birth": date(2026, 10, 26)}, True),
        ({"due": date(2027, 3, 1), "gave_birth": date(2026, 12, 1)}, True),
    ],
)
def test_no_work_after_a_birth(facts: dict[str, date], broken: bool, room: Any) -> None:
    """42 days after 26 October is 7 December, the day of the standby; an early birth begins the time itself."""
    report = room().nurse(**facts).standby(0, "12:00", "17:00").report()
    assert {each.rule for each in report.violations} == ({"pregnancy.birth"} if broken else set())


def test_sentences_do_not_tell_why_a_limit_is_personal(room: Any) -> None:
    """``due`` is shown to nobody: no words about a birth and no date of it."""
    report = room().nurse(due=date(2027, 1, 4)).shift(0, "23:00", "33:31", 45).report()
    assert {each.family for each in report.violations} >= {"pregnancy"}
    for each in report.violations:
        words = (each.sentence("nl") + each.sentence("en")).lower()
        assert not any(word in words for word in ("zwanger", "pregnan", "birth", "bevalling", "januari", "atw 4:"))


def test_night_limits_of_agreements_need_one(room: Any) -> None:
    """147 late nights in 52 weeks say nothing under the 16 weeks; without an agreement the setting says nothing."""
    found = []
    for setting in ({"night_limit": "16_weeks"}, {"night_limit": "52_weeks", "rule_set": "atw"},
                     {"night_limit": "52_weeks", "after_agreement": "law_only"}):  # fmt: skip
        filled = room(**setting).add("counters", Counter(nurse="N1", counter="late_nights_52_weeks", value=147))
        found.append([each.rule for each in filled.shift(0, *NIGHT).report().violations])
    assert found == [[], [], []]


@pytest.mark.parametrize(("nights", "eight", "broken"), [(8, True, False), (9, True, True), (8, False, True)])
def test_series_of_eight_by_agreement(nights: int, eight: bool, broken: bool, room: Any) -> None:
    """ATW 5:8 lid 7: eight diensten with a night; 9 are too many, and without the setting 8 are."""
    filled = room(weeks=2, series_of_eight=eight)
    for day in range(nights):
        filled.shift(day, "22:30", "30:00", 30)
    assert {each.rule for each in filled.report().violations} == ({"nights.series_length"} if broken else set())


def test_sixteen_nights_and_hours_may_come_as_counters(room: Any) -> None:
    """23 nights, at most 7 of them in the week that dropped out: 16 for sure. 640 h less 7 h 30 before fit."""
    found = []
    for nights, minutes in ((22, 37_951), (23, 37_951), (23, 37_950)):
        filled = room().add("counters", Counter(nurse="N1", counter="nights_16_weeks", value=nights - 1))
        filled.add("counters", Counter(nurse="N1", counter="work_minutes_15_weeks", value=minutes))
        found.append([each.rule for each in filled.shift(0, *NIGHT).report().violations])
    assert found == [[], ["nights.average"], []]


def test_her_sixteen_weeks_read_the_counter(room: Any) -> None:
    """720 h in 16 weeks: 43,200 minutes before and one more."""
    found = []
    for minutes in (43_199, 43_200):
        filled = shifts((0, "09:00", "09:01"), due=DUE)(room())
        filled.add("counters", Counter(nurse="N1", counter="work_minutes_15_weeks", value=minutes))
        found.append([each.rule for each in filled.report().violations])
    assert found == [[], ["pregnancy.sixteen_weeks"]]


def test_the_higher_average_with_rest_after_night_calls(room: Any) -> None:
    """With 16 standby nights 640 h and a minute break lid 5, not lid 6, whose limit is 720 h."""
    found = []
    for rested, minutes in ((False, 38_400), (True, 38_400), (True, 43_200)):
        filled = room(rest_after_night_call=rested).add(
            "counters", Counter(nurse="N1", counter="standby_nights_16_weeks", value=19),
            Counter(nurse="N1", counter="work_minutes_15_weeks", value=minutes),
        )  # fmt: skip
        filled.standby(0, "20:00", "26:00").shift(3, "09:00", "09:01")
        found.append([(each.rule, each.article) for each in filled.report().violations])
    assert found == [[("on_call.average", "ATW 5:9 lid 5")], [], [("on_call.average", "ATW 5:9 lid 6")]]


BUSY = st.lists(st.tuples(st.integers(0, 600), st.integers(1, 60)), max_size=12)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(BUSY, st.sampled_from([24, 48]))
def test_free_periods_agree_with_a_reading_by_hours(rows: list[tuple[int, int]], length: int) -> None:
    """Of 28 x 24 hours coloured hour by hour: whole periods in each run of free hours."""
    hours = "".join("x" if any(low <= hour < low + long for low, long in rows) else "." for hour in range(28 * 24))
    expected = sum(len(run) // length for run in hours.split("x"))
    busy = [(60 * low, 60 * (low + long)) for low, long in rows]
    assert free_periods(busy, 0, 28 * 24 * 60, 60 * length) == expected


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.integers(11, 40), min_size=1, max_size=9))
def test_rest_parts_agree_with_a_reading_by_choice(room: Any, rests: list[int]) -> None:
    """After a night at the workplace duties of an hour with these rests between: one rest gives 24 hours away, the
    others and what is left of it are cut into times of 11; the best choice of that one is what counts."""
    filled = sleep(0)(room(weeks=3).nurse())
    at, lengths = 31, []
    for rest in rests:
        at += rest
        start, end = (at, at + 1)
        lengths.append(rest)
        filled.shift(start // 24, f"{start % 24}:00", f"{end - 24 * (start // 24)}:00")
        at = end
    window, reached, inside = 22 + 7 * 24, 31, []
    for rest in lengths:
        inside.append(max(0, min(window, reached + rest) - reached))
        reached += rest + 1
    inside.append(max(0, window - reached))
    best = max(
        (sum((each - 24 * (place == long)) // 11 for place, each in enumerate(inside))
         for long in range(len(inside)) if inside[long] >= 24), default=0,
    )  # fmt: skip
    found = [each.found for each in filled.report().violations if each.rule == "workplace.rest_parts"]
    assert found == ([best] if best < 6 else [])


def test_forms_of_standby_count_together(room: Any) -> None:
    """ATB 5.19 lid 4: two times from home, one consignatie and one at the workplace are four in a week."""
    filled = room().nurse().standby(0, "17:00", "22:00").standby(1, "17:00", "22:00")
    filled.standby(2, "17:00", "22:00", consignatie=True)
    sleep(4)(filled)
    assert [(each.rule, each.article) for each in filled.report().violations] == [("on_call.week", "ATB 5.19 lid 4")]


@pytest.mark.parametrize(("start", "minutes", "work"), [("01:00", 10, 30), ("01:00", 45, 45), ("00:30", 20, 50)])
def test_a_call_counts_half_an_hour_at_least(start: str, minutes: int, work: int, room: Any) -> None:
    """ATW 5:9 lid 7, planned work read as calls: 12 h 30 of work before fits 30 minutes and no more. A second visit of
    5 minutes at 01:15, 25 minutes after the first, is the same turn-out: 00:30 to 01:20 is 50."""
    filled = room(planned_work_in_standby="call").shift(0, "07:00", "19:45", 45)
    filled.kind("S", "22:00", "31:00", lane="standby", category="night", carries_route=True, expected_call_minutes=30)
    filled.visit("A", 1, "00:00", "06:00", minutes).visit("B", 1, "00:00", "06:00", 5)
    stops = [filled.stop("A", 1, start, minutes), *([filled.stop("B", 1, "01:15", 5)] if start == "00:30" else [])]
    filled.duty("N1", "S", 0, *stops)
    found = [each.found for each in filled.report().violations if each.rule == "on_call.work_in_day"]
    # 12 h at work + the half hour that is to be expected + the calls
    assert found == ([720 + 30 + work] if work > 30 else [])


def test_a_dienst_with_the_workplace_in_it_has_no_longest_dienst(room: Any, rules_of: Any) -> None:
    """24 hours at the workplace are no dienst over 12 hours, no night over 10 and no daily rest too short."""
    filled = room().nurse().shift(0, "08:00", "32:00", 60, lane="standby", at_workplace=True)
    report = filled.shift(2, "07:00", "15:00", 30).report()
    assert not report.violations
    assert not rules_of(report)


def test_breaks_at_the_workplace_are_read(room: Any) -> None:
    """Half an hour is too little over ten hours of work, three quarters is enough."""
    found = []
    for pause in (30, 45):
        filled = room().nurse().shift(0, "20:00", "31:00", pause, lane="standby", at_workplace=True)
        found.append([each.rule for each in filled.report().violations])
    assert found == [["breaks.length"], []]


def test_forms_of_standby_in_the_context(room: Any) -> None:
    """Known standby says its form: at the workplace it is work less its break, with rests of its own (10 h before it
    are too few); consignatie is counted as such; from home it is neither."""
    verdicts = []
    for form, work in (("workplace", 510), ("consignatie", 0), ("home", 0)):
        filled = room().nurse()
        start, end = filled.at(2, "22:00"), filled.at(2, "31:00")
        row = ContextDuty(nurse="N1", start=start, end=end, work_minutes=work, lane="standby", form=form)
        filled.add("context", row)
        filled.shift(2, "08:00", "12:00")
        line = timelines(Case(filled.instance(), filled.contract, filled.matrix(), filled.plan()))["N1"]
        standby = line.standbys[0]
        verdicts.append((line.week_minutes[0], standby.at_workplace, standby.consignatie,
                         [each.rule for each in filled.report().violations]))  # fmt: skip
    assert verdicts == [
        (240 + 510, True, False, ["workplace.rest"]), (240, False, True, []), (240, False, False, []),
    ]  # fmt: skip
