"""Rows of letters at prices of cover: within all limits, the cheapest there are, and what they prove."""

from __future__ import annotations

import itertools
import runpy
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimiser.check.letter_roster import check_letters
from optimiser.domain.letter_roster import LetterPerson, LetterProblem
from optimiser.model.row_states import FORBIDDEN
from optimiser.search import letter_pricing
from optimiser.search.kernel.letters.data import encode, scratch_for
from optimiser.search.kernel.letters.row_dp import cheapest_row
from optimiser.search.letter_island import Island
from optimiser.search.letter_pricing import LetterPricing
from optimiser.search.priced_rebuild import PricedRebuild
from optimiser.search.priced_rows import PricedRows
from optimiser.search.pricing import GRAIN

problem_of = runpy.run_path(str(Path(__file__).parents[1] / "letter_random.py"))["problem_of"]


def prices(days: int, seed: int) -> np.ndarray:
    """Prices as searches hand them over."""
    worth = np.round(np.random.default_rng(seed).normal(0, 5, (days, 4)) * GRAIN) / GRAIN
    worth[:, 0] = 0
    return worth


@st.composite
def people(draw: st.DrawFn, most: tuple[int, int, int] | None = None) -> LetterPerson:
    """Limits of one person over a week, maxima of shifts among them."""
    return LetterPerson(
        "P0", most or tuple(draw(st.integers(0, 7)) for _ in range(3)), draw(st.integers(1200, 3600)),
        draw(st.integers(0, 1000)), draw(st.integers(2, 5)), draw(st.integers(1, 3)), draw(st.integers(1, 3)),
        draw(st.integers(0, 2)), (3,) if draw(st.booleans()) else (),
    )  # fmt: skip


def lawful_rows(problem: LetterProblem) -> list[tuple[int, ...]]:
    """All rows of a week that the referee lets pass."""
    return [row for row in itertools.product(range(4), repeat=7) if not check_letters(problem, (row,)).violations]


@pytest.mark.slow
@settings(max_examples=8, deadline=None)
@given(people(), st.integers(0, 1000))
def test_a_priced_row_is_lawful_and_its_bound_holds(person: LetterPerson, seed: int) -> None:
    """Against every row of a week: none costs less than ``least``; the row found is lawful and costs what is said."""
    problem, worth, days = problem_of(7, (person,), seed), prices(7, seed), np.arange(7)
    pricing = LetterPricing(problem)
    pricing._scratch.cost[:] = -1e8  # what an earlier search may have left there
    costs = {row: pricing.cost(0, row) - worth[days, row].sum() for row in lawful_rows(problem)}
    for _ in range(2):  # the second begins with the prices of maxima that the first ended with
        found = pricing.cheapest(0, worth)
        if not costs:
            assert found.cost >= FORBIDDEN
            continue
        assert found.least <= min(costs.values())
        assert found.cost >= FORBIDDEN or found.cost == costs[found.row]


@pytest.mark.slow
@settings(max_examples=6, deadline=None)
@given(people(most=(7, 7, 7)), st.integers(0, 1000), st.integers(1, 3), st.integers(1, 4))
def test_a_counted_shift_is_exact(person: LetterPerson, seed: int, letter: int, most: int) -> None:
    """Against every row of a week with at most so many of one shift, whatever an earlier search left behind."""
    problem, days = problem_of(7, (person,), seed), np.arange(7)
    data = encode(problem, frozenset({letter}))
    scratch, row, price = scratch_for(data, 1, most), np.zeros(7, dtype=np.int64), prices(7, seed)
    scratch.cost[:] = -1e8
    scratch.price[:] = price
    costs = [price[days, each].sum() for each in lawful_rows(problem) if each.count(letter) <= most]
    assert cheapest_row(data, 0, row, 0, 6, data.kind_of[letter], most, False, scratch) == bool(costs)
    if costs:
        assert np.count_nonzero(row == letter) <= most
        assert price[days, row].sum() == min(costs)


@pytest.mark.parametrize("seed", range(5))
def test_a_bound_allows_for_rounding(seed: int) -> None:
    """Prices of hundreds of thousands in steps of 1/1024 do not fit 32 bits: what is proved stays below every row."""
    problem, days = problem_of(7, (LetterPerson("P0", (7, 7, 2), 3600, 0, 5, 1, 1, 1),), seed), np.arange(7)
    worth, pricing = np.round(prices(7, seed) * 1e5 * GRAIN) / GRAIN, LetterPricing(problem)
    costs = {row: pricing.cost(0, row) - worth[days, row].sum() for row in lawful_rows(problem)}
    found = pricing.cheapest(0, worth)
    assert found.cost == costs[found.row]
    assert found.cost - 10 < found.least < min(costs.values())


def test_where_room_is_short_nothing_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are as lawful, and the bound holds, as the maximum has a price then."""
    problem, worth = problem_of(14, staff_of(1), 4), np.zeros((14, 4))
    worth[:, 3] = 50.0
    exact = LetterPricing(problem).cheapest(0, worth)
    monkeypatch.setattr(letter_pricing, "MOST_ROOM", 0)
    found = LetterPricing(problem).cheapest(0, worth)
    assert check_letters(problem, (found.row,)).violations == ()
    assert found.least <= exact.cost <= found.cost


def staff_of(count: int) -> tuple[LetterPerson, ...]:
    """People with usual limits over two weeks: at most three nights."""
    return tuple(LetterPerson(f"P{at}", (14, 14, 3), 4800, 3360, 5, 2, 2, 1) for at in range(count))


def test_a_priced_row_keeps_maxima() -> None:
    """Three nights at most although nights are worth most: all three are had."""
    problem, worth = problem_of(14, staff_of(1), 4), np.zeros((14, 4))
    worth[:, 3] = 50.0
    found = LetterPricing(problem).cheapest(0, worth)
    assert check_letters(problem, (found.row,)).violations == ()
    assert found.row.count(3) == 3
    assert found.least == found.cost


def test_rows_lead_to_lawful_rosters_and_a_bound() -> None:
    """Column generation: its bound is no more than what parts find, and these keep the limits and cost no more."""
    problem = problem_of(14, staff_of(8), 2)
    island, pricing = Island(problem, 1), LetterPricing(problem)
    rows = PricedRows(pricing)
    rows.learn(island.found)
    rows.generate(lambda: 20.0)
    assert rows.settled
    maker = PricedRebuild(pricing, rows.known, rows.worth, 1)
    found = maker.try_all(island.found, island.cost, lambda: 20.0)
    assert found is not None
    report = check_letters(problem, found)
    assert report.violations == ()
    assert rows.bound <= report.cost < island.cost
