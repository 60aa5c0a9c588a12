"""Search for rosters of letters: proved where that can be, lawful always, and it ends when told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from instances.adapters.curtois_rules import staff_rules
from optimiser.check.letter_roster import check_letters
from optimiser.domain.letter_roster import LetterCover, LetterPerson, LetterProblem, LetterShift
from optimiser.search import letter_search
from optimiser.search.letter_island import Island
from optimiser.search.letter_search import search_letters
from optimiser.search.roster_runs import RosterSettings

SHIFTS = (LetterShift("D", 480),)


def week(people: int, needed: int, least: int = 0) -> LetterProblem:
    """One shift; each person at most five days in a row, two free days, one weekend; ``needed`` people each day."""
    staff = tuple(LetterPerson(f"P{number}", (14,), 4800, least, 5, 2, 2, 1) for number in range(people))
    cover = tuple(LetterCover(day, 0, needed, 10, 1) for day in range(14))
    return LetterProblem("week", 14, SHIFTS, staff, (), cover, staff_rules(staff, SHIFTS, 14))


def test_a_small_problem_is_proved() -> None:
    """Two people, two needed each day. Each can work 10 days (4800 / 480) and one weekend of two, so 8 of the 28
    places stay open at 10: 80, when a row of 10 days with one weekend and runs of at most 5 exists: 5, 2 off, 5, 2 off
    works two full work weeks and no weekend."""
    result = search_letters(week(2, 2), RosterSettings(time_limit_s=60))
    assert result.proved
    assert (result.cost, result.bound) == (80, 80)
    assert result.roster is not None
    assert check_letters(week(2, 2), result.roster).cost == 80


def test_larger_problems_relax_dive_and_improve(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the small-problem door shut, bound and roster still meet: all needs can be met."""
    monkeypatch.setattr(letter_search, "WHOLE_CELLS", 0)
    problem = week(8, 4)
    result = search_letters(problem, RosterSettings(time_limit_s=60))
    assert result.roster is not None
    assert check_letters(problem, result.roster).violations == ()
    assert result.proved


def test_no_roster_is_an_answer() -> None:
    """14 days of 480 minutes asked of someone who may work ten: no roster, known long before the time is over."""
    result = search_letters(week(2, 1, least=14 * 480), RosterSettings(time_limit_s=600))
    assert (result.roster, result.cost, result.proved, result.impossible) == (None, None, False, True)


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("cells", [0, 1000])
def test_who_may_never_work_cannot_work_enough(monkeypatch: pytest.MonkeyPatch, threads: int, cells: int) -> None:
    """One of two people is off every day and has 480 minutes to work: impossible, whichever solver is asked."""
    monkeypatch.setattr(letter_search, "WHOLE_CELLS", cells)
    usual = week(2, 1, 480)
    staff = (usual.staff[0], replace(usual.staff[1], days_off=tuple(range(14))))
    problem = replace(usual, staff=staff, rules=staff_rules(staff, SHIFTS, 14))
    result = search_letters(problem, RosterSettings(time_limit_s=600, threads=threads))
    assert (result.roster, result.proved, result.impossible) == (None, False, True)


def test_without_time_for_the_relaxation_annealing_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where rounds over everybody would take longer than there is, a roster is found all the same, and no bound."""
    monkeypatch.setattr(letter_search, "WHOLE_CELLS", 0)
    monkeypatch.setattr(letter_search, "ROUNDS_HOPED", 10**12)
    problem = week(8, 5)
    result = search_letters(problem, RosterSettings(time_limit_s=2))
    assert result.roster is not None and result.bound == 0
    report = check_letters(problem, result.roster)
    assert (report.violations, report.cost) == ((), result.cost)


def test_first_rows_end_with_the_time() -> None:
    """Rows of a year take long: without time left nobody gets one, and nothing is said of what cannot be."""
    island = Island(week(3, 1), 1, lambda: 0.0)
    assert sorted(island.missing) == [0, 1, 2] and not island.lawful


def test_only_who_is_missing_gets_a_row_by_whole_numbers() -> None:
    """The others keep the rows that they have; the roster is lawful."""
    problem = week(6, 3)
    shared, island = letter_search._Shared(problem, RosterSettings(time_limit_s=60), False), Island(problem, 1)
    before = island.now
    island.missing = [1, 4]
    shared.complete(island, 0)
    assert shared.best is not None and not check_letters(problem, shared.best).violations
    assert all(shared.best[person] == before[person] for person in (0, 2, 3, 5))


@pytest.mark.slow
def test_it_stops_when_told() -> None:
    """Told to stop at once, it comes back with what it has."""
    result = search_letters(week(8, 5), RosterSettings(time_limit_s=600), should_stop=lambda: True)
    assert result.bound >= 0 and not result.impossible
