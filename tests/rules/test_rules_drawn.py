"""The rows drawn on the pages of docs/rules are judged by the checker: what a page calls right is, and what wrong."""

from __future__ import annotations

import re
import runpy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from optimiser.domain.people import Availability, Counter

ROOT = Path(__file__).resolve().parents[2]
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HOURS = re.compile(r"^(\w+) +\|((?:[A-Za-z.]{24}\|)+)$", re.MULTILINE)
DAYS = re.compile(r"^(\w+) +([A-Z.]{7} [A-Z.]{7}(?: [A-Z])?)(?:  .*)?$", re.MULTILINE)
CLOCK = {"E": ("07:00", "15:00"), "L": ("15:00", "23:00"), "N": ("23:00", "31:00")}
BREAK = 30


@pytest.fixture(scope="module")
def room() -> Any:
    """The builder of the checker's tests."""
    return runpy.run_path(str(ROOT / "tests" / "check" / "build.py"), run_name="build")["Room"]


def page(name: str) -> str:
    """The text of a page."""
    return (ROOT / "docs" / "rules" / f"{name}.md").read_text(encoding="utf-8")


def drawn_hours(name: str) -> list[tuple[str, int, list[tuple[str, int, int]]]]:
    """(label, number of the first weekday, duties) of each row of hours; a duty is its letter, first and last hour."""
    words = page(name)
    first = WEEKDAYS.index(re.search(r"^ +(\w{3})( +\w{3})*$", words, re.MULTILINE)[1])  # type: ignore[index]
    rows = []
    for label, drawn in HOURS.findall(words):
        hours = drawn.replace("|", "")
        duties = [(each[0][0], each.start(), each.end()) for each in re.finditer(r"([A-Za-z])\1*", hours)]
        rows.append((label, first, duties))
    return rows


def clock(hour: int) -> str:
    """``HH:00`` of an hour, above 24 on the next day."""
    return f"{hour:02}:00"


def filled(room: Any, first: int, duties: list[tuple[str, int, int]]) -> Any:
    """The duties of a row of hours, the first day with its own weekday; what begins at 0:00 there began at 23:00."""
    for letter, low, high in duties:
        if low == 0:
            room.shift(first - 1, "23:00", clock(high + 24), BREAK)
            continue
        day, low, high = first + low // 24, low % 24, high - 24 * (low // 24)
        if letter == "b":
            room.standby(day, clock(low), clock(high))
        elif letter == "A":
            room.shift(day, clock(low), clock(high), BREAK, lane="standby", at_workplace=True)
        else:
            room.shift(day, clock(low), clock(high), BREAK)
    return room


FACTS: dict[str, dict[str, Any]] = {"seniors": {"born": date(1960, 1, 1)}, "minors": {"born": date(2010, 6, 1)}}
EXPECTED = {
    ("rest", "token"): {"rest.token"},
    ("rest", "wrong"): {"rest.reductions", "rest.token"},
    ("nights", "wrong"): {"nights.series_rest"},
    ("seniors", "wrong"): {"seniors.night"},
    ("workplace", "wrong"): {"workplace.rest"},
    ("weekends", "worked"): {"weekends.free"},
}
"""Page and label -> the findings of the page's family; for all others none."""


@pytest.mark.parametrize("name", ["rest", "nights", "seniors", "workplace", "weekends"])
def test_rows_of_hours_are_judged_as_the_page_says(name: str, room: Any) -> None:
    """Each row in a room of its own; of the weekends of the year all but what the horizon holds are used up."""
    rows = drawn_hours(name)
    assert len(rows) >= 2
    for label, first, duties in rows:
        made = room(weeks=2, rule_set="cao_vvt_2025").nurse(**FACTS.get(name, {}))
        if name == "nights":
            made.shift(first - 2, "23:00", "31:00", BREAK)
        if name == "weekends":
            made.add("counters", Counter(nurse="N1", counter="free_weekends_52_weeks", value=20))
        report = filled(made, first, duties).report()
        found = {each.rule for each in (*report.violations, *report.signals) if each.rule.split(".")[0] == name}
        assert found == EXPECTED.get((name, label), set()), (name, label, duties)


def test_rows_of_on_call_and_of_the_young_name_one_rule_each(room: Any) -> None:
    """In the order of the pages: on call before and after a night; rest of 9 hours and work after 23:00."""
    for name, rules in (
        ("on_call", ({"on_call.before_night"}, {"on_call.after_night"}, set())),
        ("minors", (set(), {"minors.rest"}, {"minors.night"})),
    ):
        for (label, first, duties), expected in zip(drawn_hours(name), rules, strict=True):
            report = filled(room(weeks=2).nurse(**FACTS.get(name, {})), first, duties).report()
            found = {each.rule for each in report.violations if each.rule.split(".")[0] == name}
            assert found == expected, (name, label)
            assert (label == "right") == (not expected)


def of_days(room: Any, drawn: str) -> Any:
    """The duties of a row of days; S is standby from 16:00 to 22:00, V a day of leave."""
    room.nurse()
    letters = drawn.replace(" ", "")
    for day, letter in enumerate(letters):
        if letter in CLOCK:
            room.shift(day, *CLOCK[letter], BREAK)
    leave = [day for day, letter in enumerate(letters) if letter == "V"]
    if leave:
        room.add("availability", Availability(nurse="N1", kind="leave", first=room.day(leave[0]),
                                              last=room.day(leave[-1]), minutes_per_day=0))  # fmt: skip
    return room


def test_rows_of_days_of_the_weekly_rest(room: Any) -> None:
    """Eleven days and a long weekend are right, twelve are not."""
    rows = DAYS.findall(page("weekly_rest"))
    assert [label for label, _ in rows] == ["right", "wrong"]
    for label, drawn in rows:
        found = {each.rule for each in of_days(room(weeks=3), drawn).report().violations}
        assert found == ({"weekly_rest.week"} if label == "wrong" else set())


def test_rows_of_days_of_a_livable_roster(room: Any) -> None:
    """What the page counts is what the term counts."""
    expected = {
        "lone": {"lone_day_off": 1},
        "long": {"long_row": 2},
        "late": {"early_after_late": 1},
        "nights": {"few_days_after_nights": 1, "lone_day_off": 1},
        "leave": {"evening_before_leave": 1},
    }
    terms = {term for counts in expected.values() for term in counts}
    rows = dict(DAYS.findall(page("livable")))
    assert rows.keys() == expected.keys()
    for label, drawn in rows.items():
        counts = of_days(room(weeks=2), drawn).report().counts
        assert {term: counts[term] for term in terms if counts[term]} == expected[label], label


def test_rows_of_a_year_of_sundays(room: Any) -> None:
    """Of the 52 Sundays the last one is the horizon's; with 13 free it is right, with 12 not."""
    rows = re.findall(r"^(\w+) +([S.]{52}) ", page("sundays"), re.MULTILINE)
    assert [label for label, _ in rows] == ["right", "wrong"]
    for label, drawn in rows:
        made = room().nurse()
        for week, letter in enumerate(drawn, start=-51):
            if letter == "S":
                (made.shift if week == 0 else made.past)(7 * week + 6, "07:00", "12:00")
        found = {each.rule for each in made.report().violations}
        assert found == ({"sundays.free"} if label == "wrong" else set())


def test_rows_of_half_hours_with_and_without_a_break(room: Any) -> None:
    """Eight hours with a break, five and a half without, six without."""
    rows = re.findall(r"^(\w+) +(D+)(p*)(D*) ", page("breaks"), re.MULTILINE)
    assert [label for label, *_ in rows] == ["right", "right", "wrong"]
    for label, before, pause, after in rows:
        end = 7 * 60 + 30 * len(before + pause + after)
        report = room().shift(0, "07:00", f"{end // 60:02}:{end % 60:02}", 30 * len(pause)).report()
        assert {each.rule for each in report.violations} == ({"breaks.length"} if label == "wrong" else set())
