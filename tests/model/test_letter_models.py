"""Rosters of letters in CP-SAT and as a flow of stints: two models written apart have the same best cost, the referee
agrees, and enumeration of all rows of a week finds no row that either refuses or invents."""

from __future__ import annotations

import itertools
from dataclasses import replace
from random import Random

import pytest
from ortools.sat.python import cp_model

from instances.adapters.curtois_rules import staff_rules
from optimiser.check.letter_roster import check_letters
from optimiser.domain.letter_roster import LetterCover, LetterPerson, LetterProblem, LetterRequest, Letters, LetterShift
from optimiser.model.letter_model import build_letters
from optimiser.model.letter_refill import letter_cost, refill
from optimiser.model.lp import Relaxation, solve_whole
from optimiser.model.stint_flow import build_flow, roster_of

SHIFTS = (LetterShift("E", 480), LetterShift("L", 600, ("E",)))


def problem_of(staff: tuple[LetterPerson, ...], days: int, seed: int = 0) -> LetterProblem:
    """Random requests and cover for some people."""
    random = Random(seed)
    requests = tuple(
        LetterRequest(
            random.randrange(len(staff)), day, random.randrange(2), random.randint(1, 3), random.random() < 0.5
        )
        for day in range(days)
    )
    cover = tuple(
        LetterCover(day, shift, random.randint(0, len(staff) // 2 + 1), 100, 1)
        for day in range(days)
        for shift in range(2)
    )
    return LetterProblem("toy", days, SHIFTS, staff, requests, cover, staff_rules(staff, SHIFTS, days))


@pytest.fixture(scope="module")
def toy() -> LetterProblem:
    """Two weeks, six people of three kinds."""
    full = LetterPerson("A", (14, 14), 4800, 3360, 5, 2, 2, 1, (3,))
    night = LetterPerson("C", (14, 2), 4320, 2400, 4, 2, 3, 1)
    part = LetterPerson("E", (0, 14), 2400, 1200, 3, 1, 2, 2, (0, 13))
    staff = tuple(
        replace(each, id=name) for name, each in zip("ABCDEF", (full, full, night, night, part, part), strict=True)
    )
    return problem_of(staff, 14, seed=1)


def best_by_cp_sat(problem: LetterProblem) -> Letters:
    """The proved best roster of the whole model."""
    built, solver = build_letters(problem), cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    assert solver.solve(built.model) == cp_model.OPTIMAL
    roster = built.letters(solver)
    assert solver.objective_value == check_letters(problem, roster).cost == letter_cost(problem, roster)
    return roster


@pytest.mark.slow
def test_two_models_have_one_best_cost(toy: LetterProblem) -> None:
    """CP-SAT on the row rules and HiGHS on the flow prove the same optimum; the relaxation lies below."""
    roster = best_by_cp_sat(toy)
    assert check_letters(toy, roster).violations == ()
    flow = build_flow(toy, whole=True)
    answer = solve_whole(flow.model, 60)
    assert answer.proved and answer.values is not None
    by_flow = roster_of(flow, answer.values)
    report = check_letters(toy, by_flow)
    assert report.violations == ()
    assert report.cost == check_letters(toy, roster).cost == round(answer.bound)
    relaxed = Relaxation(build_flow(toy, whole=False).model).solve(60)
    assert relaxed.proved and relaxed.bound <= report.cost + 1e-6


@pytest.mark.parametrize(
    "limits",
    [((7, 7), 2400, 960, 3, 2, 2, 1), ((7, 1), 2520, 0, 7, 3, 1, 1), ((7, 7), 9999, 480, 2, 1, 3, 1)],
)
def test_models_accept_exactly_the_rows_the_referee_accepts(
    limits: tuple[tuple[int, ...], int, int, int, int, int, int],
) -> None:
    """One person, a week, two shifts, a day off: each of the 3^6 rows is fixed in the flow and enumerated by CP-SAT."""
    person = LetterPerson("A", *limits, days_off=(4,))
    problem = problem_of((person,), 7)
    rows = [row for row in itertools.product(range(3), repeat=7) if row[4] == 0]
    lawful = {row for row in rows if not check_letters(problem, (row,)).violations}
    built = build_letters(problem, priced=False)
    found: set[tuple[int, ...]] = set()

    class Collect(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            found.add(
                tuple(
                    next(letter for letter, literal in built.cells[0, day].items() if self.boolean_value(literal))
                    for day in range(7)
                )
            )

    solver = cp_model.CpSolver()
    solver.parameters.enumerate_all_solutions = True
    solver.solve(built.model, Collect())
    assert found == lawful
    flow = build_flow(problem, whole=False)
    relaxation = Relaxation(flow.model)
    for row in Random(2).sample(rows, 120):
        for (_, day, letter), variable in flow.letter.items():
            variable.lower_bound = variable.upper_bound = float(row[day] == letter)
        assert (relaxation.solve(10).cost is not None) == (row in lawful), row


@pytest.mark.slow
def test_parts_keep_the_rest_and_never_cost_more(toy: LetterProblem) -> None:
    """Cells that are not free stay, limits hold, and the cost never rises."""
    roster = refill(toy, ((0,) * 14,) * 6, dict.fromkeys(range(6), frozenset(range(14))), 10, 0, effort=0.02)[0]
    assert roster is not None
    random = Random(1)
    for seed in range(12):
        first = random.randrange(10)
        free = dict.fromkeys(random.sample(range(6), 3), frozenset(range(first, first + 5)))
        found, _ = refill(toy, roster, free, 10, seed)
        assert found is not None
        assert all(
            found[person][day] == roster[person][day]
            for person in range(6)
            for day in range(14)
            if day not in free.get(person, ())
        )
        report = check_letters(toy, found)
        assert report.violations == ()
        assert report.cost == letter_cost(toy, found) <= letter_cost(toy, roster)
        roster = found


@pytest.mark.slow
def test_a_flow_around_a_roster_keeps_the_rest(toy: LetterProblem) -> None:
    """Two people free in the flow: the cost of the answer is the cost of the roster it makes."""
    roster = best_by_cp_sat(toy)
    free = {0: frozenset(range(14)), 3: frozenset(range(5, 12))}
    answer = solve_whole(build_flow(toy, True, roster, free).model, 60)
    assert answer.cost is not None
    assert round(answer.cost) == letter_cost(toy, roster)
