"""Words over days: forbidden, priced, at the borders of the horizon; and the letters of a nurse's days."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ortools.sat.python import cp_model

from optimiser.domain.people import Availability
from optimiser.domain.row_rules import DayClass
from optimiser.model.day_letters import kind_letters, nurse_letters
from optimiser.model.day_words import DayLetters, Letters, add_day_word
from optimiser.model.variables import RosterModel, add_duties
from optimiser.planning import prepare

A, B = 1, 2


def count(text: str, word: tuple[int, ...], first: int = 0, last: int | None = None) -> int | None:
    """Occurrences of ``word`` in a fixed roster of letters (``.`` holds nothing) as priced; None when a hard rule
    would not let it be. Both are asked and must agree."""
    model = cp_model.CpModel()
    days: dict[int, DayLetters] = {}
    for day, letter in enumerate(text):
        literals = {bit: model.new_bool_var(f"{day}.{bit}") for bit in (A, B)}
        for bit, literal in literals.items():
            model.add(literal == int({A: "a", B: "b"}[bit] == letter))
        days[day] = literals
    letters = Letters(days, first, len(text) - 1 if last is None else last, "n")
    found = add_day_word(model, letters, word, priced=True)
    model.minimize(sum(found))
    solver = cp_model.CpSolver()
    assert solver.solve(model) == cp_model.OPTIMAL
    priced = round(solver.objective_value)
    add_day_word(model, letters, word)
    assert (solver.solve(model) == cp_model.INFEASIBLE) == (priced > 0)
    return priced


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("ab", (A, B), 1),
        ("ba", (A, B), 0),
        ("a.b", (A, B), 0),
        ("abab", (A, B), 2),
        ("aaaa", (A, A, A), 2),  # each day beyond two
        ("ab", (A | B, A | B), 1),
        ("", (A,), 0),
    ],
)
def test_words_are_counted_where_they_stand(text: str, word: tuple[int, ...], found: int) -> None:
    """One for each place at which the word begins."""
    assert count(text, word) == found


def test_a_word_needs_a_day_of_the_horizon() -> None:
    """Of ``abab`` with days 2 and 3 as horizon only the second counts; ``ba`` over the border counts."""
    assert count("abab", (A, B), 2) == 1
    assert count("abab", (B, A), 2) == 1
    assert count("abab", (A, B), 0, 0) == 1


def test_what_is_known_costs_but_never_forbids() -> None:
    """Two known days before and one planned: the word of known days alone is no clause, with the planned one it is."""
    model = cp_model.CpModel()
    planned = model.new_bool_var("planned")
    letters = Letters({-1: {A: True}, 0: {A: True}, 1: {A: planned}}, 0, 1, "n")
    add_day_word(model, letters, (A, A))
    solver = cp_model.CpSolver()
    model.maximize(planned)
    assert solver.solve(model) == cp_model.OPTIMAL
    assert solver.objective_value == 0


def test_letters_follow_the_plan_language(room: Callable[..., Any]) -> None:
    """Early, late, night and standby by the clock; leave is away, a known day counts, nothing named is free."""
    small = (
        room(allow_planned_tokens=True)
        .nurse()
        .kind("V", "07:00", "15:30", 30)
        .kind("D", "09:00", "17:30", 30)
        .kind("A", "15:00", "23:00", 30, category="evening")
        .kind("N", "23:00", "31:00", 30, category="night")
        .kind("W", "23:00", "31:00", lane="standby", category="night")
        .past(-1, "15:00", "23:00")
        .add("availability", Availability(nurse="N1", kind="leave", first=small_day(2), last=small_day(2)))
    )
    instance = small.instance()
    table = kind_letters(instance)
    expected = [
        DayClass.DUTY | DayClass.EARLY,
        DayClass.DUTY,
        DayClass.DUTY | DayClass.LATE,
        DayClass.DUTY | DayClass.NIGHT,
        DayClass.STANDBY,
    ]
    assert [days[0] for days in table] == expected
    roster = RosterModel(prepare(instance, small.contract))
    add_duties(roster, {})
    letters = nurse_letters(roster, 0, table)
    assert letters.days[-2] == {DayClass.FREE: True}
    assert letters.days[-1] == {DayClass.DUTY: True, DayClass.LATE: True}
    assert letters.days[2] == {DayClass.AWAY: True}
    # after the last known duty (none here) no day meets a mask
    assert max(letters.days) == 6
    assert DayClass.FREE in letters.days[0]


def small_day(number: int) -> Any:
    """The date of a day of the small room."""
    from datetime import date, timedelta

    return date(2026, 12, 7) + timedelta(days=number)
