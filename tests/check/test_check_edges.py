"""Edges that a labour lawyer tries: plans that break a rule by a minute of the clock, and ones that do not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from optimiser.check.registry import RULES
from optimiser.domain.set_aside import MAY_BE_SET_ASIDE

EVENING = ("15:00", "23:00", 30)
NIGHT = ("23:00", "31:00", 30)


def broken(room: Any) -> set[str]:
    """The rules that the plan itself breaks."""
    return {each.rule for each in room.report().violations}


def test_a_rest_that_was_too_short_is_a_reduction_too(room: Any) -> None:
    """The known 07:00-11:00 and 16:00-23:01 on Friday leave 7 h 59; beside that no rest of 8 h is left (ATW 5:3)."""
    for day, expected in ((2, {"rest.reductions"}), (-4, set())):
        filled = room(rule_set="atw").past(4, "07:00", "11:00").past(4, "16:00", "23:01")
        filled.past(day - 1, *EVENING).shift(day, "07:00", "12:00") if day > 0 else filled.shift(0, "07:00", "12:00")
        assert broken(filled) == expected


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        (date(1971, 12, 7), True),
        (date(1971, 12, 8), True),  # 55 at midnight, with seven hours to go
        (date(1971, 12, 9), False),
    ],
)
def test_who_becomes_55_in_the_night_stops_at_midnight(born: date, expected: bool, room: Any) -> None:
    """A night of 7 to 8 December 2026: the hours on her birthday are hers to refuse, in both lanes."""
    assert ("seniors.night" in broken(room().nurse(born=born).shift(0, *NIGHT))) == expected
    assert ("seniors.night" in broken(room().nurse(born=born).standby(0, "23:00", "31:00"))) == expected


def test_an_evening_before_her_birthday_is_no_night(room: Any) -> None:
    """Until midnight she is 54."""
    assert broken(room().nurse(born=date(1971, 12, 8)).shift(0, "15:30", "24:00", 30)) == set()


@pytest.mark.parametrize(
    ("start", "end", "rule"),
    [
        ((0, "15:00"), (0, "23:15"), "duties.deviates"),
        ((0, "15:00"), (0, "05:00"), "duties.clock"),
        ((2, "23:00"), (3, "07:00"), "duties.clock"),
    ],
)
def test_an_imported_duty_has_times_of_its_day(start: Any, end: Any, rule: str, room: Any) -> None:
    """A quarter later is signalled; an end before the start, or another day, hides work from the law."""
    filled = room().shift(0, *EVENING)
    filled.claims["status"] = "imported"
    filled.duties = [filled.duties[0].model_copy(update={"start": filled.at(*start), "end": filled.at(*end)})]
    report = filled.report()
    assert rule in {each.rule for each in (*report.violations, *report.signals)}
    assert bool(report.violations) == (rule == "duties.clock")


def test_an_imported_split_duty_works_in_both_parts(room: Any) -> None:
    """From 12:00, after the end of its first part, nobody can say what was worked."""
    filled = room().shift(0, "07:00", "11:00", second_start="16:00", second_end="20:00")
    filled.claims["status"] = "imported"
    filled.duties = [filled.duties[0].model_copy(update={"start": filled.at(0, "12:00")})]
    assert broken(filled) == {"duties.clock"}


def test_strict_reading_fails_on_law_and_agreement_only(room: Any) -> None:
    """A lone day off, a split duty, times of a roster are told and pass; a reduced rest and a long day do not."""
    lone = room().shift(0, "09:00", "13:00").shift(2, "09:00", "13:00")
    split = room().shift(0, "07:00", "09:00", second_start="16:00", second_end="18:00")
    reduced = room().shift(0, *EVENING).shift(1, "09:00", "13:00")
    long = room().shift(0, "07:00", "17:46", 45)
    for filled, expected in ((lone, 0), (split, 0), (reduced, 1), (long, 1)):
        report = filled.report()
        assert report.signals
        assert (report.exit_code(), report.exit_code(strict=True)) == (0, expected)


def test_the_reader_knows_what_can_be_set_aside() -> None:
    """The domain's list, by which the reader warns, is the registry's."""
    assert {name for name, rule in RULES.items() if rule.overridable} == MAY_BE_SET_ASIDE


def test_the_second_reduction_ends_with_the_agreement(room: Any) -> None:
    """ATB 5.19 lid 2 asks for an agreement: rests of 8 and 10 hours are one too many when only the law holds."""
    for settings, expected in (({}, set()), ({"after_agreement": "law_only"}, {"rest.reductions"})):
        filled = room(**settings)
        for day, start, end in ((0, "15:00", "23:00"), (1, "07:00", "15:00"), (2, "15:00", "23:00")):
            filled.shift(day, start, end, 30)
        assert broken(filled.shift(3, "09:00", "14:00")) == expected
