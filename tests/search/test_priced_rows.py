"""Whole rows of rosters with prices: the compiled search finds the cheapest row there is and prices it as the referee
does; what column generation proves is never above the best roster."""

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
from optimiser.domain.priced_roster import PricedLimit, PricedRoster
from optimiser.model.priced_master import PricedMaster
from optimiser.model.priced_model import build_priced, letters_of
from optimiser.model.roster_solver import solver_of
from optimiser.model.row_states import BEGIN, FORBIDDEN, RowState, row_states
from optimiser.search.priced_rows import PricedRows
from optimiser.search.pricing import GRAIN
from optimiser.search.row_pricing import RowPricing

random_problem = runpy.run_path(str(Path(__file__).parents[1] / "priced_random.py"))["random_problem"]


def of_rows(random: Random, days: int, people: int, hard: float = 0.1) -> PricedRoster:
    """A random problem without limits on minutes and on days of one type, which rows let go."""
    problem = random_problem(random, days, people, hard=hard)
    anything = PricedLimit(0, 10**6)
    staff = tuple(replace(each, minutes=anything, most_of=(days, days)) for each in problem.staff)
    return replace(problem, staff=staff)


def alone(problem: PricedRoster) -> PricedRoster:
    """Without cover."""
    return replace(problem, cover=())


@pytest.mark.parametrize("seed", range(8))
def test_the_cheapest_row_is_the_cheapest_of_all(seed: int) -> None:
    """All rows of 6 days of one person: each costs what the referee says, and at random prices of cover none is
    cheaper than the row that is found."""
    random = Random(seed)
    problem = of_rows(random, 6, 1)
    pricing, free = RowPricing(problem), alone(problem)
    worth = np.array([[0.0, *(random.randrange(-5 * GRAIN, 60 * GRAIN) / GRAIN for _ in range(3))]
                      for _ in range(problem.days)])  # fmt: skip
    best = float("inf")
    for number, row in enumerate(itertools.product(*problem.allowed[0])):
        report = check_priced(free, (row,))
        if number % 7 == 0:
            cost = pricing.cost(0, row)
            assert cost >= FORBIDDEN if report.violations else cost == report.cost
        if not report.violations:
            best = min(best, report.cost - sum(worth[day, letter] for day, letter in enumerate(row)))
    _, cost, row = pricing.cheapest(0, worth)
    if best == float("inf"):
        assert cost >= FORBIDDEN / 2
    else:
        assert cost == best
        assert cost == pricing.cost(0, row) - sum(worth[day, letter] for day, letter in enumerate(row))


def test_long_rows_cost_what_the_referee_says() -> None:
    """Rows of three weeks at random, most with a few changes only."""
    random = Random(5)
    for _ in range(15):
        problem = of_rows(random, 21, 2, hard=0.02)
        pricing, free = RowPricing(problem), alone(problem)
        for _ in range(10):
            rows = []
            for some in problem.allowed:
                row = [random.choice(some[0])]
                for options in some[1:]:
                    row.append(row[-1] if row[-1] in options and random.random() < 0.6 else random.choice(options))
                rows.append(tuple(row))
            report = check_priced(free, tuple(rows))
            cost = sum(pricing.cost(person, row) for person, row in enumerate(rows))
            assert cost >= FORBIDDEN if report.violations else cost == report.cost


@pytest.mark.parametrize("seed", range(8))
def test_the_bound_is_never_above_the_best_roster(seed: int) -> None:
    """Small teams solved whole by CP-SAT; the relaxation over rows is solved to its end."""
    random = Random(40 + seed)
    problem = of_rows(random, 10, 3, hard=0.0)
    solver, built = solver_of(20.0, 1, 20.0), build_priced(problem)
    assert solver.solve(built.model) == cp_model.OPTIMAL
    rows = PricedRows(RowPricing(problem))
    rows.generate(lambda: 20.0)
    assert rows.settled and 0 <= rows.bound <= solver.objective_value
    assert rows.bound >= 0.8 * solver.objective_value - 5  # close, too: 0.93 of it or more on these
    best = letters_of(built, solver)
    rows.learn(best)
    assert all(row in rows.master.rows[person] for person, row in enumerate(best))
    again = PricedRows(RowPricing(problem))
    again.generate(lambda: 0.0)
    assert not again.settled


def test_a_bound_of_any_prices_holds() -> None:
    """Random prices, far from best: what they prove is below the best roster, in steps of the common divisor."""
    random = Random(77)
    problem = of_rows(random, 8, 2, hard=0.0)
    solver, built = solver_of(20.0, 1, 20.0), build_priced(problem)
    assert solver.solve(built.model) == cp_model.OPTIMAL
    pricing = RowPricing(problem)
    for _ in range(40):
        worth = np.zeros((8, 4))
        worth[:, 1:] = np.array([[random.uniform(-4, 70) for _ in range(3)] for _ in range(8)])
        worth = pricing.rounded(worth)
        least = sum(pricing.cheapest(person, worth)[0] for person in range(2))
        assert pricing.bound(worth, least) <= solver.objective_value
    assert pricing.grid == 1


def test_states_are_few_and_begin_where_history_ends() -> None:
    """Nobody's past is told: the first run is never too short. Counts stop where they make no difference."""
    problem = of_rows(Random(2), 6, 2)
    for (work, free), states in row_states(problem).items():
        assert len(states.number) == len(states.works) == len(states.following)
        assert max(state.run for state in states.number) <= max(work.most, free.most, work.least, free.least, 1)
        assert states.first(None) == RowState(BEGIN, run_open=True)
        then, price = states.step(states.first(None), 0)
        assert states.step(then, 1)[1] in (0, price) or then.run >= free.least


def test_a_master_knows_each_row_once() -> None:
    """A row is added once; the relaxation uses one row of each person in all, and more rows never cost more."""
    problem = of_rows(Random(3), 6, 2)
    master, pricing = PricedMaster(problem), RowPricing(problem)
    for person in range(2):
        assert master.add(person, (0,) * 6, pricing.cost(person, (0,) * 6))
        assert not master.add(person, (0,) * 6, 0)
    prices = master.relax(10.0)
    assert prices is not None
    for person in range(2):
        _, cost, row = pricing.cheapest(person, pricing.rounded(prices.worth))
        master.add(person, row, pricing.cost(person, row))
    again = master.relax(10.0)
    assert again is not None and again.cost <= prices.cost + 1e-6
    for person in range(2):
        assert sum(value for (each, _), value in again.used.items() if each == person) == pytest.approx(1.0)
