"""Rosters with prices in CP-SAT: for what is fixed the model counts what the referee counts, and what it
calls best is the best of all that can be."""

from __future__ import annotations

import itertools
import runpy
from pathlib import Path
from random import Random

import pytest
from ortools.sat.python import cp_model

from optimiser.check.priced_roster import check_priced
from optimiser.domain.priced_roster import HARD, Letters, PricedCover, PricedRoster
from optimiser.model.priced_model import build_priced, letters_of, refill_priced
from optimiser.model.priced_row import Priced
from optimiser.model.roster_solver import solver_of

random_problem = runpy.run_path(str(Path(__file__).parents[1] / "priced_random.py"))["random_problem"]


def random_roster(problem: PricedRoster, random: Random) -> Letters:
    """Letters that each day may have by itself, runs of the same letter likelier than not."""
    rows = []
    for some in problem.allowed:
        row = [random.choice(some[0])]
        for options in some[1:]:
            row.append(row[-1] if row[-1] in options and random.random() < 0.6 else random.choice(options))
        rows.append(tuple(row))
    return tuple(rows)


def cost_of(problem: PricedRoster, roster: Letters) -> int | None:
    """What the referee says; None when something hard is broken."""
    report = check_priced(problem, roster)
    return None if report.violations else report.cost


def hinted(built: Priced) -> int:
    """What the hints say that the roster costs."""
    return built.constant + sum(price * built.hinted[variable.index] for variable, price in built.costs)


@pytest.mark.parametrize("seed", range(6))
def test_a_fixed_roster_costs_in_the_model_what_it_costs_the_referee(seed: int) -> None:
    """Random limits, histories and prices; a roster that breaks something hard has no solution. Hints are complete."""
    random = Random(seed)
    for _ in range(5):
        problem = random_problem(random, random.choice((6, 9, 13)), random.randint(1, 2), hard=0.15)
        for _ in range(4):
            roster = random_roster(problem, random)
            built, cost = build_priced(problem, roster), cost_of(problem, roster)
            assert len(built.hinted) == len(built.model.proto.variables) == len(built.model.proto.solution_hint.vars)
            for (person, day), cell in built.cells.items():
                built.model.add(cell[roster[person][day]] == 1)
            solver = solver_of(10.0, 1, 10.0)
            status = solver.solve(built.model)
            if cost is None:
                assert status == cp_model.INFEASIBLE
            else:
                assert (status, solver.objective_value, hinted(built)) == (cp_model.OPTIMAL, cost, cost)
                assert letters_of(built, solver) == roster


@pytest.mark.parametrize("seed", range(4))
def test_the_best_of_all_rosters_is_found(seed: int) -> None:
    """All rows of 6 days of one person, or all ways to fill free days of two: none is cheaper than the model's."""
    random = Random(100 + seed)
    problem = random_problem(random, 6, 1, hard=0.1)
    rows = [cost_of(problem, (row,)) for row in itertools.product(*problem.allowed[0])]
    built, solver = build_priced(problem), solver_of(10.0, 1, 10.0)
    best = min((cost for cost in rows if cost is not None), default=None)
    status = solver.solve(built.model)
    assert (solver.objective_value if status == cp_model.OPTIMAL else None) == best
    two = random_problem(random, 8, 2)
    roster = next(each for each in iter(lambda: random_roster(two, random), None) if cost_of(two, each) is not None)
    free = {0: frozenset({2, 3}), 1: frozenset({3, 4, 7})}
    places = [(person, day) for person, days in free.items() for day in sorted(days)]
    costs = []
    for letters in itertools.product(*(two.allowed[person][day] for person, day in places)):
        changed = [list(row) for row in roster]
        for (person, day), letter in zip(places, letters, strict=True):
            changed[person][day] = letter
        costs.append(cost_of(two, tuple(tuple(row) for row in changed)))
    filled, proved = refill_priced(two, roster, free, 10.0, 1, 10.0)
    assert filled is not None and proved and cost_of(two, filled) == min(cost for cost in costs if cost is not None)


def test_a_minimum_cheaper_than_what_is_wanted_is_refused() -> None:
    """Prices that fall as more are missing have no such model."""
    problem = random_problem(Random(1), 4, 1)
    cheap = PricedRoster(**{**vars(problem), "cover": (PricedCover(0, 1, 1, 2, 10, 20, 0),)})
    with pytest.raises(ValueError, match="below the minimum"):
        build_priced(cheap)
    assert HARD < 0
