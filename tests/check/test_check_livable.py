"""Livable rosters, weekends, notice and skills that run out: each occurrence a signal, and priced as often."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimiser.check.livable import TERM_OF, amount
from optimiser.check.registry import RULES
from optimiser.domain.duty import GivenDuty
from optimiser.domain.people import Availability, Counter, NurseSkill

FILE = "tests/check/test_check_livable.py"
MONDAY = date(2026, 12, 7)
Fill = Callable[[Any], Any]
NIGHT = ("23:00", "31:00", 30)


def shifts(*rows: tuple[Any, ...], **nurse: Any) -> Fill:
    """Duties of one nurse with these facts: (day, start, end, break)."""

    def fill(room: Any) -> Any:
        room.nurse(**nurse)
        for row in rows:
            room.shift(*row)
        return room

    return fill


def mornings(*days: int, **nurse: Any) -> Fill:
    """07:00 to 11:00."""
    return shifts(*((day, "07:00", "11:00") for day in days), **nurse)


def before_leave(end: str) -> Fill:
    """A duty on Wednesday until ``end`` and leave from Thursday on."""

    def fill(room: Any) -> Any:
        row = Availability(nurse="N1", kind="leave", first=room.day(3), last=room.day(4))
        return shifts((2, "13:00", end))(room).add("availability", row)

    return fill


def weekends(free: int) -> Fill:
    """So many free weekends in the year before, and a duty on Sunday."""
    row = Counter(nurse="N1", counter="free_weekends_52_weeks", value=free)
    return lambda room: mornings(6)(room).add("counters", row)


def skilled(last: date) -> Fill:
    """A visit that asks a skill which N1 has until that date and N2 lost before the horizon."""

    def fill(room: Any) -> Any:
        room.nurse().nurse("N2").visit("A", 0, "08:00", "16:00", skills=("iv",))
        rows = (("N1", last), ("N2", MONDAY - timedelta(days=1)))
        return room.add("nurse_skills", *(NurseSkill(nurse=name, skill="iv", valid_until=day) for name, day in rows))

    return fill


CASES: dict[str, tuple[Fill, Fill, dict[str, Any]]] = {
    "livable.early_after_late": (
        shifts((0, "15:00", "21:01", 30), (1, "08:59", "12:00")),
        shifts((0, "15:00", "21:00", 30), (1, "08:59", "12:00")),
        {},
    ),
    "livable.lone_day_off": (mornings(0, 2), mornings(0, 3), {}),
    "livable.long_row": (mornings(*range(6)), mornings(*range(5)), {}),
    # a night until Tuesday 07:00, then Thursday 06:59
    "livable.few_days_after_nights": (
        shifts((0, *NIGHT), (3, "06:59", "10:00")), shifts((0, *NIGHT), (3, "07:00", "10:00")), {},
    ),
    "livable.split_duty": (
        lambda room: room.shift(0, "07:00", "11:00", second_start="16:00", second_end="20:00"),
        lambda room: room.shift(0, "07:00", "11:00"),
        {},
    ),
    "livable.evening_before_leave": (before_leave("18:01"), before_leave("18:00"), {}),
    # 864 / 432 = 2 duties a week; 865 rounds up to 3
    "livable.many_duties": (mornings(0, 1, 2, contract_minutes=864), mornings(0, 1, 2, contract_minutes=865), {}),
    # 22 of 52 free: 52 - 22 = 30 may be worked; with 21 free before 52 - 21 - 1 = 30 were, with 22 free 29
    "weekends.free": (weekends(21), weekends(22), {}),
    "publication.notice": (
        lambda room: mornings(0)(room), lambda room: mornings(1)(room), {"publish_on": MONDAY - timedelta(days=27)},
    ),
    # the last day of the horizon is 13 December; 90 days later it is 13 March
    "competence.expiring": (skilled(date(2027, 3, 13)), skilled(date(2027, 3, 14)), {}),
}  # fmt: skip


@pytest.mark.parametrize("rule", sorted(CASES))
def test_an_occurrence_is_signalled_and_priced(rule: str, room: Any) -> None:
    """One signal of the rule, no violation, and one in the term of its name; nothing just inside the limit."""
    for fill, expected in zip(CASES[rule][:2], (1, 0), strict=True):
        report = fill(room(**CASES[rule][2])).report()
        assert not report.violations
        assert [each.rule for each in report.signals].count(rule) == expected
        assert rule not in TERM_OF or report.counts[TERM_OF[rule]] == expected


def test_every_livable_rule_has_a_case() -> None:
    """The registry and the table name the same rules."""
    assert set(CASES) == {name for name, rule in RULES.items() if rule.test == FILE}
    assert all(RULES[rule].level == "signal" for rule in CASES)


def agrees(report: Any) -> bool:
    """Whether each term is the sum over its signals, set aside or not."""
    found = (*report.signals, *report.overridden)
    return all(
        report.counts[term] == sum(amount(each) for each in found if each.rule == rule)
        for rule, term in TERM_OF.items()
    )


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(st.integers(-9, 15), st.sampled_from(["early", "late", "night", "split", "standby", "other"])),
        max_size=22, unique_by=lambda row: row[0],
    ),
    st.integers(0, 40),
)  # fmt: skip
def test_terms_are_the_sum_of_their_signals(room: Any, rows: list[tuple[int, str]], free: int) -> None:
    """On random rosters of two weeks with days before and after."""
    filled = room(weeks=2).nurse(contract_minutes=1000)
    filled.add("counters", Counter(nurse="N1", counter="free_weekends_52_weeks", value=free))
    filled.add("availability", Availability(nurse="N1", kind="leave", first=filled.day(16), last=filled.day(16)))
    clock = {"early": ("07:00", "13:00", 30), "late": ("16:00", "22:00", 30), "night": NIGHT}
    for day, shape in rows:
        if not 0 <= day < 14:
            filled.past(day, *clock.get(shape, ("10:00", "15:00")), employer="elsewhere" if shape == "other" else "")
        elif shape == "split":
            filled.shift(day, "07:00", "11:00", second_start="16:00", second_end="20:00")
        elif shape == "standby":
            filled.standby(day, "17:00", "23:00")
        else:
            filled.shift(day, *clock.get(shape, ("10:00", "15:00")))
    report = filled.report()
    assert agrees(report)


def test_each_day_beyond_five_counts(room: Any) -> None:
    """Eight days in a row with a duty, two of them before the horizon: three words of six that touch it."""
    filled = mornings(*range(6))(room())
    report = filled.past(-1, "07:00", "11:00").past(-2, "07:00", "11:00").report()
    assert report.counts["long_row"] == 3


def test_days_before_and_after_are_in_the_words(room: Any) -> None:
    """Late on Sunday before, early on Monday; Sunday free between Saturday and a known Monday after."""
    filled = mornings(0, 5)(room()).past(-1, "15:00", "21:30", 30)
    assert filled.report().counts["lone_day_off"] == 0
    report = filled.past(7, "07:00", "11:00").report()
    assert (report.counts["early_after_late"], report.counts["lone_day_off"]) == (1, 1)


def test_leave_is_no_lone_day_off_and_another_employer_takes_a_day(room: Any) -> None:
    """A day of leave or of other work between two duties is no free day; other work makes nobody early or late."""
    filled = mornings(0, 2, 4)(room()).past(3, "15:00", "22:00", employer="elsewhere")
    filled.add("availability", Availability(nurse="N1", kind="sick", first=filled.day(1), last=filled.day(1)))
    counts = filled.report().counts
    assert (counts["lone_day_off"], counts["early_after_late"]) == (0, 0)


def test_students_have_no_part(room: Any) -> None:
    """Her companion's split duties and rows are not hers to be priced."""
    filled = mornings(*range(6), experience="student")(room())
    assert not any(filled.report().counts[term] for term in TERM_OF.values())


def test_nights_of_the_context_alone_are_not_this_plan(room: Any) -> None:
    """A night before and a duty 24 hours later, both in the context, count nothing; a duty of the plan does."""
    filled = room().nurse().past(-3, *NIGHT).past(-1, "07:00", "11:00")
    assert filled.report().counts["few_days_after_nights"] == 0
    filled = room().nurse().past(-2, *NIGHT).past(-1, *NIGHT).shift(1, "07:00", "11:00")
    assert filled.report().counts["few_days_after_nights"] == 1


@pytest.mark.parametrize(("end", "start", "worked"), [("20:00", "08:00", 0), ("20:01", "08:00", 1)])
def test_a_free_weekend_is_sixty_hours(end: str, start: str, worked: int, room: Any) -> None:
    """Friday 20:00 to Monday 08:00 is 60 h; one minute less is a worked weekend."""
    filled = shifts((4, "16:00", end), (7, start, "12:00"))(room(weeks=2))
    filled.add("counters", Counter(nurse="N1", counter="free_weekends_52_weeks", value=18))
    # 52 - 18 - 2 = 32 were worked, more than 52 - 22: none is left
    report = filled.report()
    assert report.counts["few_free_weekends"] == worked
    assert [(each.required, each.found) for each in report.signals if each.rule == "weekends.free"] == (
        [(0, 1)] if worked else []
    )


@pytest.mark.parametrize(
    ("facts", "rule_set", "expected"),
    [
        ({}, "cao_vvt_2025", 1), ({"free_weekends": 20}, "cao_vvt_2025", 0), ({"free_weekends": 3}, "cao_vvt_2025", 0),
        ({"weekends_only": True}, "cao_vvt_2025", 0), ({}, "atw", 0),
    ],
)  # fmt: skip
def test_whose_number_of_weekends_holds(facts: dict[str, Any], rule_set: str, expected: int, room: Any) -> None:
    """30 worked weekends in the context before. Agreed 22: none is left; 20: two are; 3 is read as 17; else no rule."""
    filled = room(rule_set=rule_set).nurse(**facts)
    for back in range(-30, 0):
        filled.past(7 * back + 5, "07:00", "11:00")
    assert mornings_of(filled, 5).report().counts["few_free_weekends"] == expected


def mornings_of(room: Any, *days: int) -> Any:
    """Mornings of the nurse who is there already."""
    for day in days:
        room.shift(day, "07:00", "11:00")
    return room


def test_notice_of_a_duty_with_its_own_date(room: Any) -> None:
    """Published 27 days before it: that duty is signalled, not the rest, whose roster came 28 days ahead."""
    filled = mornings(0, 1)(room(publish_on=MONDAY - timedelta(days=28)))
    told = filled.day(1) - timedelta(days=27)
    filled.add("duties_given", GivenDuty(nurse="N1", kind=filled.duties[1].kind, day=filled.day(1), published_on=told))
    (found,) = [each for each in filled.report().signals if each.rule == "publication.notice"]
    assert (found.required, found.found, found.subject) == (28, 27, filled.duties[1].id)
    assert "28 dagen vereist (ATW 4:2 lid 2), gevonden 27 dagen" in found.sentence("nl")


def test_a_skill_that_runs_out_names_skill_nurse_and_day(room: Any) -> None:
    """The day without it is the day after the last; a colleague who keeps it silences the signal."""
    (found,) = [each for each in skilled(date(2027, 1, 31))(room()).report().signals if each.family == "competence"]
    assert (found.nurse, found.subject) == ("N1", "iv")
    assert found.sentence("nl").endswith("(Wet BIG art. 38), 1 februari (medewerker N1, iv).")
    filled = skilled(date(2027, 1, 31))(room()).nurse("N3").add("nurse_skills", NurseSkill(nurse="N3", skill="iv"))
    assert not [each for each in filled.report().signals if each.family == "competence"]
