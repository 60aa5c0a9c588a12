"""The referee of rosters of letters, on cases counted by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimiser.check.letter_roster import check_letters
from optimiser.domain.letter_roster import LetterCover, LetterPerson, LetterProblem, LetterRequest, Letters, LetterShift

SHIFTS = (LetterShift("E", 480), LetterShift("L", 600, ("E",)))
ANYONE = LetterPerson("A", (14, 14), 9999, 0, 14, 1, 1, 2)


def row(letters: str) -> tuple[int, ...]:
    """``-EL`` as letters."""
    return tuple("-EL".index(each) for each in letters)


def broken(person: LetterPerson, letters: str) -> list[tuple[str, int, int, int]]:
    """Limits that a row of one person breaks, with day, required and found."""
    problem = LetterProblem("one", len(letters), SHIFTS, (person,), (), ())
    found = check_letters(problem, (row(letters),)).violations
    return [(each.limit, each.day, each.required, each.found) for each in found]


@pytest.mark.parametrize(
    ("limits", "good", "bad", "found"),
    [
        ({"days_off": (3,)}, "EEE-EEE", "EEEEEEE", ("day_off", 3, 0, 1)),
        ({}, "LL-EL--", "LL-LE--", ("succession", 3, 2, 1)),
        ({"most_run": 3}, "EEE-EEE", "-EEEE--", ("longest_run", 1, 3, 4)),
        ({"least_run": 2}, "E-EE--E", "EE-E-EE", ("shortest_run", 3, 2, 1)),
        ({"least_free_run": 2}, "-E--EE-", "--EE-E-", ("days_off", 4, 2, 1)),
        ({"most_minutes": 1560}, "EEL----", "ELL----", ("most_minutes", 0, 1560, 1680)),
        ({"least_minutes": 1080}, "EL-----", "EE-----", ("least_minutes", 0, 1080, 960)),
        ({"most_of": (2, 14)}, "EEL----", "EELL--E", ("number_of_shifts.E", 0, 2, 3)),
        ({"most_weekends": 1}, "-----EE-------", "-----E------E-", ("weekends", 0, 1, 2)),
    ],
)
def test_each_limit_holds_just_inside_and_breaks_just_outside(
    limits: dict[str, int], good: str, bad: str, found: tuple[str, int, int, int]
) -> None:
    """One row that keeps the limit, one that breaks it and nothing else; ends of the horizon are never too short."""
    person = replace(ANYONE, **limits)
    assert broken(person, good) == []
    assert broken(person, bad) == [found]


def test_cost_is_requests_and_cover() -> None:
    """Day 0 needs 2 E at 100 under: 1 there, 100. Day 1 needs 0 L at 3 over: 2 there, 6. Requests: E on day 0 wanted
    by A is met, wanted by B is not, 5; L on day 1 not wanted by A, 7. Day 2 is all free: 1 E short at 10."""
    problem = LetterProblem(
        "cost", 3, SHIFTS, (ANYONE, replace(ANYONE, id="B")),
        (LetterRequest(0, 0, 0, 4, True), LetterRequest(1, 0, 0, 5, True), LetterRequest(0, 1, 1, 7, False)),
        (LetterCover(0, 0, 2, 100, 1), LetterCover(1, 1, 0, 100, 3), LetterCover(2, 0, 1, 10, 1)),
    )  # fmt: skip
    report = check_letters(problem, (row("EL-"), row("-L-")))
    assert (report.requests, report.under, report.over, report.cost) == (12, 110, 6, 128)
    assert report.violations == ()


@pytest.mark.parametrize("roster", [(), ((0, 1),), ((0, 1, 3),), ((0, 1, -1),)])
def test_a_roster_of_another_shape_is_refused(roster: Letters) -> None:
    """Too few people or days, or a letter that is none."""
    with pytest.raises(ValueError, match="one letter"):
        check_letters(LetterProblem("one", 3, SHIFTS, (ANYONE,), (), ()), roster)
