"""The referee of rosters whose limits have prices, counted by hand; with hard limits it is the other referee."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from optimiser.check.letter_roster import check_letters
from optimiser.check.priced_roster import PARTS, check_priced
from optimiser.domain.letter_roster import LetterCover, LetterPerson, LetterProblem, LetterRequest, LetterShift
from optimiser.domain.priced_letters import with_prices
from optimiser.domain.priced_roster import (
    HARD,
    Before,
    PricedCover,
    PricedLimit,
    PricedPerson,
    PricedRequest,
    PricedRoster,
    PricedShift,
)

ANY = PricedLimit(0, 99, 0, 0)
SHIFTS = (PricedShift("E", 480, frozenset(), ANY), PricedShift("N", 600, frozenset({0}), ANY))
ANYONE = PricedPerson("A", frozenset({1, 2, 3, 4}), ANY, ANY, ANY, ANY, ANY, 0, (99, 99))
LETTERS = "-EeNn"
"""Free, Early and Night with skill 0, and with skill 1 as small letters."""


def row(letters: str) -> tuple[int, ...]:
    """Signs as letters: shift types E and N, each with skill 0 (E is 1, N is 3) or 1 (e is 2, n is 4)."""
    return tuple(LETTERS.index(each) for each in letters)


def problem_of(*staff: PricedPerson, days: int = 7, shifts: tuple[PricedShift, ...] = SHIFTS) -> PricedRoster:
    """A problem without cover and requests."""
    return PricedRoster("hand", days, shifts, ("0", "1"), (-1, 0, 0, 1, 1), (-1, 0, 1, 0, 1), staff, (), ())


def judged(letters: str, before: Before | None = None, run: PricedLimit | None = None, **limits: Any) -> object:
    """Parts that cost something, or the broken limits, of one person's row; ``run`` holds for both shift types."""
    shifts = tuple(replace(shift, run=run) for shift in SHIFTS) if run else SHIFTS
    person = replace(ANYONE, before=before, **limits)
    report = check_priced(problem_of(person, days=len(letters), shifts=shifts), (row(letters),))
    if report.violations:
        return [(each.limit, each.day, each.required, each.found) for each in report.violations]
    return {part: cost for part, cost in report.parts.items() if cost}


HISTORY = {
    "rested 1": Before(None, 0, 0, 1, 0, 0),
    "rested 4": Before(None, 0, 0, 4, 0, 0),
    "worked 1": Before(0, 1, 1, 0, 0, 0),
    "worked 7": Before(0, 2, 7, 0, 0, 0),
}
WORK, OFF, SAME = PricedLimit(3, 5, 30, 30), PricedLimit(2, 3, 30, 30), PricedLimit(2, 4, 15, 15)


@pytest.mark.parametrize(
    ("letters", "before", "limits", "parts"),
    [
        # work runs of 3 to 5: 1 on day 1 lacks 2, 60; the open one at the end lacks nothing
        ("-E---EE", None, {"work_run": WORK}, {"work_run": 60}),
        # without history a run that touches day 0 is not short; with it, rested before, 1 lacks 2
        ("E------", None, {"work_run": WORK}, {}),
        ("E------", "rested 1", {"work_run": WORK}, {"work_run": 60}),
        # 1 before and 1 now lack 1; 1 before and free on day 0 lacks 2: the run ended in this horizon
        ("E------", "worked 1", {"work_run": WORK}, {"work_run": 30}),
        ("-------", "worked 1", {"work_run": WORK}, {"work_run": 60}),
        # 7 is over 5 at the end, too
        ("EEEEEEE", None, {"work_run": WORK}, {"work_run": 60}),
        # 7 before were 2 too many already: only the 2 days now count; none when free at once
        ("EE-----", "worked 7", {"work_run": WORK}, {"work_run": 60}),
        ("-------", "worked 7", {"work_run": WORK}, {}),
        # 1 before and 6 now are 7: 2 over
        ("EEEEEE-", "worked 1", {"work_run": WORK}, {"work_run": 60}),
        # days off 2 to 3: 1 inside lacks 1; 4 are 1 over; rested 4 before, each day more costs 30
        ("EE-EEEE", None, {"free_run": OFF}, {"free_run": 30}),
        ("EE----E", None, {"free_run": OFF}, {"free_run": 30}),
        ("--EEEEE", "rested 4", {"free_run": OFF}, {"free_run": 60}),
        ("EEEEEEE", "rested 1", {"free_run": OFF}, {"free_run": 30}),
        ("EEEEEE-", None, {"free_run": OFF}, {}),
        ("-EEEEEE", None, {"free_run": OFF}, {}),
        # same shift 2 to 4, whatever the skill: E e E e are 4; the one N lacks 1 (15), open Ns at the end nothing
        ("EeEe---", None, {"run": SAME}, {}),
        ("EE-N-NN", None, {"run": SAME}, {"shift_run": 15}),
        ("EEeEENN", None, {"run": SAME}, {"shift_run": 15}),
        # 2 of the same before: E goes on and ends well; N begins anew and the E is one short of 2 when there was 1
        ("NN-----", "worked 1", {"run": SAME}, {"shift_run": 15}),
        ("EEE----", "worked 7", {"run": SAME}, {"shift_run": 15}),
        # weekends: one of two days worked is broken; both or none are not
        ("EEEEEE-", None, {"broken_weekend": 30}, {"broken_weekend": 30}),
        ("EEEEE-E", None, {"broken_weekend": 30}, {"broken_weekend": 30}),
        ("EEEEEEE", None, {"broken_weekend": 30}, {}),
        ("EEEEEE-EEEEE--", None, {"weekends": PricedLimit(0, 0, HARD, 30)}, {"weekends": 30}),
        ("-----E------NN", None, {"weekends": PricedLimit(0, 1, HARD, 30)}, {"weekends": 30}),
        # totals: 2 of 4 at least, 2 x 20; 5 of 3 at most, 2 x 20; minutes 480 + 600 of 1000 at most
        ("-E-N---", None, {"assignments": PricedLimit(4, 9, 20, 20)}, {"assignments": 40}),
        ("EEEEE--", None, {"assignments": PricedLimit(1, 3, 20, 20)}, {"assignments": 40}),
        ("EN-----", None, {"minutes": PricedLimit(0, 1000, 0, 2)}, {"minutes": 160}),
    ],
)
def test_each_part_is_priced_as_counted_by_hand(
    letters: str, before: str | None, limits: dict[str, Any], parts: dict[str, int]
) -> None:
    """Each limit by itself, inside the horizon and at both of its ends."""
    assert judged(letters, HISTORY[before] if before else None, **limits) == parts


def test_what_was_had_before_counts_in_totals() -> None:
    """3 assignments and 1 weekend before: 2 shifts more make 5 of 4 at most (20), its weekend makes 2 of 1 (30)."""
    limits: dict[str, Any] = {"assignments": PricedLimit(0, 4, 20, 20), "weekends": PricedLimit(0, 1, HARD, 30)}
    assert judged("-----EE", Before(None, 0, 0, 2, 3, 1), **limits) == {"assignments": 20, "weekends": 30}


TWO = PricedLimit(2, 3)


@pytest.mark.parametrize(
    ("good", "bad", "limits", "found"),
    [
        ("EE-E---", "EEee---", {"may": frozenset({1})}, [("may", 2, 0, 2), ("may", 3, 0, 2)]),
        ("EE-E---", "EEEE---", {"days_off": frozenset({2})}, [("day_off", 2, 0, 1)]),
        ("EEN----", "NE-----", {}, [("succession", 1, 1, 0)]),
        ("EE-----", "EeE----", {"most_of": (2, 9)}, [("most_of.E", 0, 2, 3)]),
        ("-EE----", "-E-----", {"work_run": TWO}, [("work_run.few", 1, 2, 1)]),
        ("-EEE---", "-EEEE--", {"work_run": TWO}, [("work_run.many", 1, 3, 4)]),
        ("EE--EEE", "EE-EEEE", {"free_run": TWO}, [("free_run.few", 2, 2, 1)]),
        ("EE---EE", "EE----E", {"free_run": TWO}, [("free_run.many", 2, 3, 4)]),
        ("-EeNN--", "-EN-NN-", {"run": TWO}, [("shift_run.E.few", 1, 2, 1), ("shift_run.N.few", 2, 2, 1)]),
        ("EEE----", "EEeE---", {"run": TWO}, [("shift_run.E.many", 0, 3, 4)]),
        ("EE-----", "E------", {"assignments": TWO}, [("assignments.few", 0, 2, 1)]),
        ("EE-EE--", "EE-EEE-", {"assignments": PricedLimit(2, 4)}, [("assignments.many", 0, 4, 5)]),
        ("EE-----", "E------", {"minutes": PricedLimit(500, 9999)}, [("minutes.few", 0, 500, 480)]),
        ("EE-----", "EN-----", {"minutes": PricedLimit(0, 1000)}, [("minutes.many", 0, 1000, 1080)]),
        ("EE-----", "-----EE", {"weekends": PricedLimit(0, 0)}, [("weekends.many", 0, 0, 1)]),
        ("-----EE", "-----E-", {"broken_weekend": HARD}, [("broken_weekend.many", 5, 0, 1)]),
    ],
)  # fmt: skip
def test_each_hard_limit_rejects(good: str, bad: str, limits: dict[str, Any], found: object) -> None:
    """One row that keeps the limit, one that breaks it and nothing else."""
    assert judged(good, **limits) == {}
    assert judged(bad, **limits) == found


def test_what_may_not_follow_the_day_before_day_0() -> None:
    """She had N on the last day before: E on day 0 is refused, free and N are not."""
    before = Before(1, 1, 1, 0, 0, 0)
    assert judged("E------", before) == [("succession", 0, 1, 0)]
    assert judged("N------", before) == judged("-E-----", before) == {}


def test_cover_and_requests() -> None:
    """Day 0 needs 2 E at 100 below 1 and 30 below 2: nobody, 130; on day 1 one is there, 30; on day 2 three, 7 over.
    Requests of A: E on day 2 unwanted, 10; N on day 0 wanted, 4; E or N wanted on day 2, met. Of B: free meets 5."""
    cover = tuple(PricedCover(day, 1, 1, 2, 100, 30, 7) for day in range(3))
    requests = (
        PricedRequest(0, 2, frozenset({1, 2}), 10), PricedRequest(0, 0, frozenset({3, 4}), 4, True),
        PricedRequest(0, 2, frozenset({1, 3}), 6, True), PricedRequest(1, 0, frozenset({1, 2, 3, 4}), 5),
    )  # fmt: skip
    staff = tuple(replace(ANYONE, id=name) for name in "ABC")
    problem = replace(problem_of(*staff, days=3), cover=cover, requests=requests)
    roster = (row("eEE"), row("--E"), row("-eE"))
    report = check_priced(problem, roster)
    assert (report.violations, report.parts["cover"], report.parts["requests"]) == ((), 130 + 30 + 7, 14)
    assert report.cost == 181 and set(report.parts) == set(PARTS)
    hard = replace(problem, cover=(PricedCover(0, 1, 1, 2, HARD, 30, 0),), requests=())
    short = check_priced(hard, roster)
    assert [(each.person, each.limit, each.day, each.required, each.found) for each in short.violations] == [
        ("", "cover.1.minimum.few", 0, 1, 0)
    ]
    never = replace(problem, cover=(), requests=(PricedRequest(0, 2, frozenset({1}), HARD),))
    assert [(each.limit, each.day) for each in check_priced(never, roster).violations] == [("requests.many", 2)]


def test_no_roster_is_no_roster() -> None:
    """A row too few, a day too few, a letter that is none."""
    problem = problem_of(ANYONE)
    for wrong in ((), (row("EE"),), ((9,) * 7,)):
        with pytest.raises(ValueError, match="one letter"):
            check_priced(problem, wrong)


def test_the_other_family_costs_and_breaks_the_same() -> None:
    """Three hundred rosters of random letters: as many broken limits and the same cost by both referees."""
    random = Random(3)
    shifts = (LetterShift("E", 480), LetterShift("L", 600, ("E",)))
    staff = (
        LetterPerson("A", (4, 3), 4000, 1500, 4, 2, 2, 1, (3,)), LetterPerson("B", (9, 9), 3000, 2000, 3, 2, 3, 0),
    )  # fmt: skip
    requests = (LetterRequest(0, 2, 0, 3, True), LetterRequest(1, 4, 1, 2, False))
    cover = tuple(LetterCover(day, shift, 1, 100, 1) for day in range(14) for shift in range(2))
    problem = LetterProblem("both", 14, shifts, staff, requests, cover)
    priced = with_prices(problem)
    for _ in range(300):
        roster = tuple(tuple(random.choice((0, 0, 1, 2)) for _ in range(14)) for _ in staff)
        one, two = check_letters(problem, roster), check_priced(priced, roster)
        assert (one.cost, len(one.violations)) == (two.cost, len(two.violations))
        assert sorted((each.person, each.found) for each in one.violations if each.limit != "succession") == sorted(
            (each.person, each.found) for each in two.violations if each.limit != "succession"
        )
