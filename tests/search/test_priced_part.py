"""Rows of some people chosen anew: the rosters are lawful, cheaper than asked, and leave the others alone; the best of
a small team is found; columns are combined to the cheapest roster there is in them."""

from __future__ import annotations

import itertools
import runpy
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest
from ortools.sat.python import cp_model

from optimiser.check.priced_roster import check_priced
from optimiser.domain.priced_roster import HARD, PricedLimit, PricedRoster
from optimiser.model.priced_columns import combine_columns
from optimiser.model.priced_model import build_priced
from optimiser.model.roster_solver import solver_of
from optimiser.search.priced_part import TOGETHER, PricedPart
from optimiser.search.priced_rebuild import PricedRebuild
from optimiser.search.priced_rows import PricedRows
from optimiser.search.row_pricing import RowPricing

random_problem = runpy.run_path(str(Path(__file__).parents[1] / "priced_random.py"))["random_problem"]


def of_rows(random: Random, days: int, people: int) -> PricedRoster:
    """A random problem without limits on minutes and on days of one type, which rows let go."""
    problem = random_problem(random, days, people, hard=0.0)
    anything = PricedLimit(0, 10**6)
    staff = tuple(replace(each, minutes=anything, most_of=(days, days)) for each in problem.staff)
    return replace(problem, staff=staff)


@pytest.mark.parametrize("seed", range(4))
def test_everybody_anew_is_the_best_or_close(seed: int) -> None:
    """Three people, 10 days: never below the optimum of CP-SAT, at most a tenth above it, and what the part says it
    costs less than, the referee agrees with. Below the optimum nothing is found."""
    problem = of_rows(Random(60 + seed), 10, 3)
    solver, built = solver_of(20.0, 1, 20.0), build_priced(problem)
    assert solver.solve(built.model) == cp_model.OPTIMAL
    best = round(solver.objective_value)
    rows = PricedRows(RowPricing(problem))
    rows.generate(lambda: 20.0)
    maker = PricedRebuild(RowPricing(problem), rows.known, rows.worth, 1)
    idle = tuple((0,) * 10 for _ in problem.staff)
    assert maker.try_all(idle, best, lambda: 20.0) is None
    found = maker.try_all(idle, check_priced(problem, idle).cost, lambda: 20.0)
    assert found is not None
    report = check_priced(problem, found)
    assert not report.violations and best <= report.cost <= 1.1 * best + 5
    assert maker.try_all(idle, 10**6, lambda: 0.0) is None


def test_the_others_keep_their_rows() -> None:
    """Nine people, more than are combined at once, seven of them free: two keep their rows, the roster is cheaper,
    and the rest of a problem costs what is fixed and what is left together."""
    problem = of_rows(Random(5), 8, TOGETHER + 3)
    rows = PricedRows(RowPricing(problem))
    rows.generate(lambda: 20.0)
    idle = tuple((0,) * 8 for _ in problem.staff)
    cost = check_priced(problem, idle).cost
    part = PricedPart(RowPricing(problem), [dict(each) for each in rows.known], Random(1))
    for person, row in enumerate(idle):
        part.known[person][row] = part.pricing.cost(person, row)
    free = list(range(1, TOGETHER + 2))
    found = part.choose(dict(enumerate(idle)), free, cost, rows.worth, lambda: 20.0)
    assert found is not None and found[0] == idle[0] and found[-1] == idle[-1]
    assert check_priced(problem, found).cost < cost
    fixed = {person: found[person] for person in range(len(found)) if person not in free}
    sub, constant = part.rest(fixed)
    inside = check_priced(replace(sub, requests=()), tuple(found[person] for person in free)).cost
    wishes = sum(part.known[person][found[person]] for person in free)
    alone = replace(sub, cover=(), requests=())
    assert constant + wishes + inside - check_priced(alone, tuple(found[person] for person in free)).cost == (
        check_priced(problem, found).cost
    )
    assert part.choose(dict(enumerate(found)), free, 0, rows.worth, lambda: 20.0) is None and part.hopeless


def test_some_at_a_time_never_gets_worse() -> None:
    """From everybody free, parts are chosen anew: each roster that is found is cheaper, and sizes stay in the team."""
    problem = of_rows(Random(8), 8, 4)
    rows = PricedRows(RowPricing(problem))
    rows.generate(lambda: 20.0)
    maker = PricedRebuild(RowPricing(problem), rows.known, rows.worth, 1)
    best = tuple((0,) * 8 for _ in problem.staff)
    cost = check_priced(problem, best).cost
    for _ in range(4):
        found = maker.try_some(best, cost, lambda: 20.0)
        if found is not None:
            report = check_priced(problem, found)
            assert not report.violations and report.cost < cost
            best, cost = found, report.cost
    assert cost >= rows.bound and 0 < maker.size <= 4


@pytest.mark.parametrize("over", [0, 7, HARD])
def test_columns_are_combined_to_the_cheapest(over: int) -> None:
    """Three rows for each of two people: all nine rosters are counted by hand of the same prices; one below a hard
    minimum, or above a hard most, is none."""
    problem = of_rows(Random(3), 6, 2)
    cover = tuple(replace(each, minimum=0, over=over) for each in problem.cover)
    problem = replace(problem, requests=(), cover=cover)
    random, pricing = Random(4), RowPricing(problem)
    rows = [
        {row: round(pricing.cost(person, row)) for row in (tuple(random.choice(some) for some in options)
                                                          for _ in range(3))}
        for person, options in enumerate(problem.allowed)
    ]  # fmt: skip
    costs = {}
    for pair in itertools.product(*rows):
        total = sum(rows[person][row] for person, row in enumerate(pair))
        fine = True
        for each in problem.cover:
            there = sum(row[each.day] == each.letter for row in pair)
            fine = fine and (over != HARD or there <= each.wanted)
            total += max(0, each.wanted - there) * each.under + max(0, over) * max(0, there - each.wanted)
        if fine:
            costs[pair] = total
    found = combine_columns(problem, rows, None, 10.0, 1, 2.0)
    assert (found is None) == (not costs)
    if costs:
        assert found is not None and costs[tuple(found)] == min(costs.values())  # type: ignore[index]
        assert combine_columns(problem, rows, min(costs.values()), 10.0, 1, 2.0) is None
    assert combine_columns(problem, [{}, rows[1]], None, 10.0, 1, 2.0) is None


def test_a_better_price_is_kept() -> None:
    """What the search reads of the relaxation: prices for each day and letter, none for free days."""
    problem = of_rows(Random(2), 6, 2)
    rows = PricedRows(RowPricing(problem))
    rows.generate(lambda: 20.0)
    assert rows.worth.shape == (6, 4) and np.all(rows.worth[:, 0] == 0)
