"""The verdict as a whole: what is inherited, signalled, set aside, not judged; summer time; sentences; speed."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimiser.check.case import Case
from optimiser.check.reference import page
from optimiser.check.registry import RULES
from optimiser.check.timeline import timelines
from optimiser.domain.clock import DAY, WEEK
from optimiser.domain.duty import ContextDuty, Override
from optimiser.domain.people import Counter
from optimiser.texts import LANGUAGES, catalogue, text

EIGHT = ("07:00", "15:30", 30)
NIGHT = ("23:00", "31:00", 30)


def line_of(room: Any) -> Any:
    """The timeline of N1."""
    return timelines(Case(room.instance(), room.contract, room.matrix(), room.plan()))["N1"]


@pytest.mark.parametrize(("end", "night"), [("25:00", False), ("25:01", True)])
def test_exactly_an_hour_in_the_night_is_no_night(end: str, night: bool, room: Any) -> None:
    """V2 and V3: 60 minutes in 00:00-06:00 are not more than an hour; 61 are. Neither ends after 02:00."""
    dienst = line_of(room().shift(0, "16:00", end, 30)).diensten[0]
    assert (dienst.night, dienst.late) == (night, False)


@pytest.mark.parametrize(("start", "diensten"), [("06:59", 1), ("07:00", 2)])
def test_a_gap_under_eight_hours_makes_one_dienst(start: str, diensten: int, room: Any) -> None:
    """DEF-1: after 23:00 a start at 07:00 is a new dienst, one at 06:59 is not."""
    filled = room().shift(0, "15:00", "23:00", 30).shift(1, start, "12:00")
    assert len(line_of(filled).diensten) == diensten


@pytest.mark.parametrize(
    ("monday", "saturday_night", "hours"),
    [(date(2026, 3, 23), 5, 7), (date(2026, 10, 19), 5, 9), (date(2026, 12, 7), 5, 8)],
)
def test_a_night_of_summer_time_is_an_hour_shorter_or_longer(
    monday: date, saturday_night: int, hours: int, room: Any
) -> None:
    """29 March 2026: 23:00-07:00 takes 7 elapsed hours; 25 October 2026: 9; any other night 8."""
    dienst = line_of(room(monday).shift(saturday_night, "23:00", "31:00")).diensten[0]
    assert dienst.end - dienst.start == dienst.minutes == 60 * hours
    assert dienst.night and dienst.late


def test_rest_is_elapsed_time_when_the_clock_jumps(room: Any) -> None:
    """Until Saturday 22:30, again on Sunday 29 March 10:00: 11.5 h by the wall, 10.5 h elapsed, a planned reduction."""
    filled = room(date(2026, 3, 23)).shift(5, "15:00", "22:30", 30).shift(6, "10:00", "17:00", 30)
    assert [(each.rule, each.found) for each in filled.report().signals] == [("rest.token", 630)]


def test_sunday_nights_count_in_two_weeks(room: Any) -> None:
    """A Sunday night 23:00-07:00 with 30 minutes of break: 1 h - 30 min in its week, 7 h in the next."""
    assert line_of(room().shift(6, *NIGHT)).week_minutes == {0: 30, 1: 420}


def test_what_the_context_alone_breaks_is_inherited(room: Any) -> None:
    """Two context duties 4 h apart in one long dienst are inherited; a plan duty elsewhere leaves them so."""
    filled = room().past(-3, "07:00", "15:00", 30).past(-3, "19:00", "26:00", 30).shift(3, *EIGHT)
    report = filled.report()
    assert not report.violations
    # 07:00 to 02:00 the next day is 19 h, so that 5 h of rest are left of 24, and the work is 14 h
    assert {each.rule for each in report.inherited} == {"rest.daily", "working_time.dienst", "nights.length"}
    assert report.exit_code() == 0


def test_what_the_plan_makes_worse_is_not_inherited(room: Any) -> None:
    """61 h of context in a week are inherited; 4 h more by the plan make the same window the plan's."""
    filled = room()
    for day in range(5):
        filled.past(day, "07:00", "19:57", 45)
    assert [each.rule for each in filled.report().inherited if each.family == "working_time"] == [
        *5 * ["working_time.dienst"], "working_time.week",
    ]  # fmt: skip
    worse = filled.shift(6, "07:00", "11:00").report()
    assert [each.rule for each in worse.violations] == ["working_time.week"]


def test_the_end_is_open(room: Any) -> None:
    """Eleven days up to the last known one can still be followed by 88 h free: no violation. A context duty
    three days later takes that away."""
    days = [(day, "07:00", "15:00", 30) for day in range(3, 14)]
    filled = room(weeks=2)
    for row in days:
        filled.shift(*row)
    assert not filled.report().violations
    # anchor day 3, 07:00; last end day 13, 15:00; the window ends day 17, 07:00. Work on day 16 leaves 64 h.
    found = filled.past(16, "07:00", "15:00", 30).report().violations
    assert [(each.rule, each.start) for each in found] == [("weekly_rest.week", 3 * DAY + 420)]


def test_overrides_set_agreements_aside_and_never_law(room: Any) -> None:
    """An override of the agreement's 10 h lists it with the reason; one of the law's 12 h does nothing."""
    filled = room().shift(0, "07:00", "19:30", 45)
    first, last = filled.day(0), filled.day(0)
    row = Override(rule="working_time.dienst_agreement", first=first, last=last, reason="asked by herself")
    law = Override(rule="working_time", first=first, last=last, reason="no one else")
    report = filled.add("overrides", row).report()
    assert not report.signals
    assert [each.reason for each in report.overridden] == ["asked by herself"]
    assert "asked by herself" in report.overridden[0].sentence("nl")
    assert report.exit_code(strict=True) == 0
    broken = room().shift(0, "07:00", "20:30", 45).add("overrides", law).report()
    assert [each.rule for each in broken.violations] == ["working_time.dienst"]


def test_overrides_that_the_plan_keeps_hold_as_those_of_the_tables(room: Any) -> None:
    """A plan carries what was set aside when it was made: its reason stands in the report, said once; a signal of a
    livable roster stays priced."""
    filled = room().shift(0, "07:00", "19:30", 45).shift(2, "07:00", "11:00")
    rows = tuple(
        Override(rule=rule, first=filled.day(0), last=filled.day(2), reason="asked by herself")
        for rule in ("working_time.dienst_agreement", "livable")
    )
    filled.claims = {"overrides": rows}
    for report in (filled.report(), filled.add("overrides", *rows).report()):
        assert [(each.rule, each.reason) for each in report.overridden] == [
            ("livable.lone_day_off", "asked by herself"), ("working_time.dienst_agreement", "asked by herself"),
        ]  # fmt: skip
        assert not report.signals and report.counts["lone_day_off"] == 1


def test_an_agreement_that_has_ended_goes_on_with_one_note(room: Any) -> None:
    """CAO_VVT_2025 ended on 31 August 2026: its 10 hours go on with a note, or law only with another note. While it
    holds and for the law alone nothing is said."""
    verdicts = []
    for monday, setting in (
        (date(2026, 12, 7), {}),
        (date(2026, 12, 7), {"after_agreement": "law_only"}),
        (date(2026, 12, 7), {"rule_set": "atw"}),
        (date(2026, 6, 1), {}),
    ):
        report = room(monday, **setting).shift(0, "07:00", "19:30", 45).report()
        notes = [each for each in report.notes if each != "check.note.short_history"]
        verdicts.append((list(notes), [each.rule for each in report.signals]))
        assert all("31 augustus 2026" in each.sentence("nl").lower() for each in notes)
        assert all("31 August 2026" in each.sentence("en") for each in notes)
    signal = ["working_time.dienst_agreement"]
    assert verdicts == [
        (["check.note.continues"], signal), (["check.note.law_only"], []), ([], []), ([], signal),
    ]  # fmt: skip


def test_tokens_may_be_allowed(room: Any, rules_of: Any) -> None:
    """With ``allow_planned_tokens`` a used reduction is no signal; without it, strict reading fails on it."""
    rows = ((0, "15:00", "23:00", 30), (1, "07:00", "15:00", 30))
    allowed, signalled = room(allow_planned_tokens=True), room()
    for row in rows:
        allowed.shift(*row)
        signalled.shift(*row)
    assert not rules_of(allowed.report())
    assert (signalled.report().exit_code(), signalled.report().exit_code(strict=True)) == (0, 1)


@pytest.mark.parametrize(("minutes", "broken"), [(44_055, True), (44_040, False)])
def test_hours_of_earlier_weeks_may_come_as_a_counter(minutes: int, broken: bool, room: Any) -> None:
    """16 weeks hold 768 h = 46,080 minutes: 44,040 before and 5 x 6 h 48 (2,040) fit, 15 minutes more do not."""
    filled = room().nurse().add("counters", Counter(nurse="N1", counter="work_minutes_15_weeks", value=minutes))
    for day in range(5):
        filled.shift(day, "07:00", "14:18", 30)
    assert [each.rule for each in filled.report().violations] == (["working_time.sixteen_weeks"] if broken else [])


@pytest.mark.parametrize(
    ("counter", "value", "rule"),
    [("nights_16_weeks", 43, "nights.sixteen_weeks"), ("on_call_16_weeks", 36, "on_call.sixteen_weeks")],
)
def test_counters_of_sixteen_weeks_prove_what_they_can(counter: Any, value: int, rule: str, room: Any) -> None:
    """43 nights in 16 weeks: one week dropped out with at most 7, so 36 are left and one more is the 37th. 36 standby
    duties: at most 4 dropped out, 32 are left. With one fewer nothing is proved. The note says history is short."""
    for less, expected in ((0, [rule]), (1, [])):
        filled = room().add("counters", Counter(nurse="N1", counter=counter, value=value - less))
        filled = filled.shift(0, *NIGHT) if counter == "nights_16_weeks" else filled.standby(0, "17:00", "23:00")
        report = filled.report()
        assert [each.rule for each in report.violations] == expected
        assert report.notes == ("check.note.short_history", "check.note.continues")


def test_planned_work_in_standby_is_work_by_the_clock(room: Any, rules_of: Any) -> None:
    """A planned visit 00:30-02:31 in a standby night makes a late night dienst: 13 h later on duty is a planned
    reduction in the strict reading, and nothing in the lenient one."""
    found = []
    for reading in ("work", "call"):
        filled = room(planned_work_in_standby=reading).visit("A", 1, "00:00", "04:00", 121)
        filled.kind("S", "23:00", "31:00", lane="standby", category="night", carries_route=True)
        filled.duty("N1", "S", 0, filled.stop("A", 1, "00:30", 121)).shift(1, "15:31", "19:31")
        report = filled.report()
        assert not report.violations
        found.append(rules_of(report))
    assert found == [{"nights.token", "on_call.own_night"}, set()]


def test_own_turn_outs_do_not_make_a_standby_illegal(room: Any) -> None:
    """ATW 5:9 lid 3 is about other night diensten; work in the same standby is a call of it. The next standby 12 h
    after that night work is too soon."""
    filled = room().visit("A", 1, "00:00", "04:00", 90)
    filled.kind("S", "23:00", "31:00", lane="standby", category="night", carries_route=True)
    filled.duty("N1", "S", 0, filled.stop("A", 1, "01:00", 90))
    assert not filled.report().violations
    assert [each.rule for each in filled.standby(1, "14:30", "20:00").report().violations] == ["on_call.after_night"]


def test_sentences_say_rule_article_figures_and_dates(room: Any) -> None:
    """In Dutch and English, with ids and no names."""
    filled = room()
    for day in range(3):
        filled.shift(day, *NIGHT)
    (found,) = filled.shift(4, "13:00", "17:00").report().violations
    assert found.sentence("nl") == (
        "Rust na nachtdienst: 46 uur vereist na 3 nachten (ATW 5:8 lid 5), gevonden 30 uur, 9 t/m 11 december"
        " (medewerker N1)."
    )
    assert found.sentence("en") == (
        "Rest after night duty: 46 h required after 3 nights (ATW 5:8 lid 5), found 30 h, 9 to 11 December (nurse N1)."
    )
    assert found.rule_id.startswith("nights.series_rest|ATW 5:8 lid 5|N1|")


def test_every_rule_has_words_and_no_words_are_left_over() -> None:
    """Each rule has a text in both languages, and each text of a rule has a rule."""
    words = {key.removeprefix("check.rule.") for key in catalogue() if key.startswith("check.rule.")}
    assert words == set(RULES)
    assert all(text(f"check.rule.{name}", language) for name in RULES for language in LANGUAGES)


def test_a_team_with_sixteen_weeks_of_context_takes_less_than_a_second(room: Any) -> None:
    """28 nurses, 2,016 context duties, 140 duties and 660 visits."""
    filled = room().kind("D", "07:00", "15:30", 30, carries_route=True)
    number = 0
    for nurse in range(28):
        name = f"N{nurse}"
        filled.nurse(name)
        for week in range(-16, 0):
            for day in range(4, 0, -1):
                low = 7 * DAY * week + DAY * day + 420
                row = ContextDuty(nurse=name, start=low, end=low + 510, work_minutes=480)
                filled.add("context", row)
            filled.add("context", row.model_copy(update={"start": WEEK * week + 3 * DAY, "lane": "standby"}))
        for day in range(5):
            stops = []
            for start in ("08:00", "09:00", "10:00", "12:00", "13:00"):
                if number < 660:
                    stops.append(filled.stop(f"V{number}", day, start))
                    filled.visit(f"V{number}", day, "07:00", "15:30", client=f"C{number % 90}")
                    number += 1
            stops.insert(3, filled.stop("break", day, "11:00", what="break"))
            filled.duty(name, "D", day, *(stops if len(stops) > 2 else ()))
    began = time.process_time()
    report = filled.report()
    assert time.process_time() - began < 3  # 0.3 s on a quiet machine; building the instance is in it
    assert report.counts["travel"] > 0


def test_the_reference_page_is_the_registry() -> None:
    """docs/reference/check.md is what the registry says today."""
    file = Path(__file__).resolve().parents[2] / "docs" / "reference" / "check.md"
    assert file.read_text(encoding="utf-8") == page()


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 19), st.integers(0, 30), st.integers(4, 16)), min_size=1, max_size=16))
def test_weekly_rest_agrees_with_a_reading_by_half_hours(room: Any, rows: list[tuple[int, int, int]]) -> None:
    """Against a second reading of ATW 5:5 lid 2 that colours half hours: rosters of random duties over 20 days."""
    filled, taken = room(weeks=3).nurse(), [False] * (48 * 60)
    for day, low, length in rows:
        begin, end = 48 * day + low, 48 * day + low + length
        if not any(taken[begin:end]):
            taken[begin:end] = [True] * length
            filled.shift(day, *(f"{half // 2:02}:{30 * (half % 2):02}" for half in (low, low + length)))
    starts = [half for half in range(48 * 60) if taken[half] and not any(taken[max(0, half - 16) : half])]
    expected = {half * 30 for half in starts if not _rested(taken, half)}
    found = {each.start for each in filled.report().violations if each.rule == "weekly_rest.week"}
    assert found == expected


def _rested(taken: list[bool], anchor: int) -> bool:
    """36 h free in a row in the week from ``anchor``, or 72 h in two weeks in rows of at least 32 h (in half hours)."""
    runs: dict[int, list[int]] = {}
    for days in (7, 14):
        free = "".join("x" if busy else "." for busy in taken[anchor : anchor + 48 * days]).split("x")
        runs[days] = [len(run) for run in free]
    return max(runs[7]) >= 72 or sum(run for run in runs[14] if run >= 64) >= 144
