"""Annealing by block moves: costs as the referees count, kept current by change, and lawful rosters that repeat."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instances.adapters.curtois_rules import staff_rules
from optimiser.check.letter_roster import check_letters
from optimiser.check.priced_roster import check_priced
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
from optimiser.search.kernel.blocks.anneal import KINDS, anneal
from optimiser.search.kernel.blocks.data import UNIT, BlockState, blank_state
from optimiser.search.kernel.blocks.encode import encode
from optimiser.search.kernel.blocks.judge import recount, row_cost
from optimiser.search.kernel.blocks.row_cost import row_change
from optimiser.search.kernel.random_state import seeded
from optimiser.search.priced_island import PricedIsland
from optimiser.search.priced_search import search_priced
from optimiser.search.roster_runs import RosterSettings

ALL_KINDS = np.arange(1, KINDS + 1) / KINDS


def limits(least: int = 0, most: int = 99) -> st.SearchStrategy[PricedLimit]:
    """Limits around small numbers, priced or hard."""
    price = st.sampled_from((HARD, 0, 7, 30))
    low = st.integers(least, least + 3)
    return st.builds(lambda low, more, under, over: PricedLimit(low, min(most, low + more), under, over), low,
                     st.integers(0, 3), price, price)  # fmt: skip


@st.composite
def people(draw: st.DrawFn) -> PricedPerson:
    """Any limits of one person, with and without a past."""
    before = None
    if draw(st.booleans()):
        shift = draw(st.sampled_from((None, 0, 1)))
        days = draw(st.integers(1, 5))
        same = draw(st.integers(1, days))
        ended = (draw(st.integers(0, 2)), draw(st.integers(0, 2)))
        before = Before(shift, *((0, 0, days) if shift is None else (same, days, 0)), *ended)
    return PricedPerson(
        "P", frozenset((1, 2)), draw(limits()), draw(limits()), draw(limits()),
        PricedLimit(draw(st.integers(0, 3)) * 300, 2000, draw(st.sampled_from((HARD, 3))), HARD), draw(limits()),
        draw(st.sampled_from((0, 30))), (draw(st.integers(1, 7)), 7), frozenset(), before,
    )  # fmt: skip


def problem_of(staff: tuple[PricedPerson, ...], days: int, runs: tuple[PricedLimit, PricedLimit]) -> PricedRoster:
    """Day and night, which no day follows; the night asks one of two skills."""
    shifts = (PricedShift("D", 480, frozenset(), runs[0]), PricedShift("N", 600, frozenset((0,)), runs[1]))
    random = np.random.default_rng(days)
    requests = tuple(
        PricedRequest(person, day, frozenset((int(random.integers(1, 4)),)), 10, bool(random.integers(2)))
        for person in range(len(staff))
        for day in range(0, days, 3)
    )
    cover = tuple(PricedCover(day, letter, 1, 2, HARD, 30, 1) for day in range(days) for letter in (1, 2, 3))
    return PricedRoster("drawn", days, shifts, ("a", "b"), (-1, 0, 1, 1), (-1, 0, 0, 1), staff, requests, cover)


@settings(max_examples=10, deadline=None, derandomize=True)
@given(people(), limits(1), limits(1))
def test_a_row_costs_what_the_referee_says(person: PricedPerson, day: PricedLimit, night: PricedLimit) -> None:
    """A seventh of all 3^7 rows of a week: the same price, and points when something is broken."""
    problem = replace(problem_of((person,), 7, (day, night)), requests=(), cover=())
    data = encode(problem)
    state = blank_state(data)
    barred = problem.shifts[1].not_next if person.before and person.before.shift == 1 else frozenset()
    for row in itertools.islice(itertools.product(range(3), repeat=7), 0, None, 7):
        if (row[0] - 1 in barred) or (person.most_of[0] == 0 and 1 in row):
            continue
        state.rows[0] = row
        cost, report = row_cost(data, state, 0), check_priced(problem, (row,))
        points = (cost + UNIT // 2) // UNIT
        assert (cost - points * UNIT, points > 0) == (report.cost, bool(report.violations)), row


def roster_of(state: BlockState) -> tuple[tuple[int, ...], ...]:
    """The rows of a state."""
    return tuple(tuple(int(letter) for letter in row) for row in state.rows)


@settings(max_examples=8, deadline=None, derandomize=True)
@given(st.lists(people(), min_size=3, max_size=4), limits(1), limits(1), st.integers(0, 99))
def test_costs_of_moves_equal_a_full_count(
    staff: list[PricedPerson], day: PricedLimit, night: PricedLimit, seed: int
) -> None:
    """After thousands of moves of all kinds: every sum that is kept current is the sum counted anew, and the referee's;
    the best roster is lawful and costs what is said."""
    everyone = tuple(replace(each, id=f"P{at}", may=frozenset((1, 2, 3))) for at, each in enumerate(staff))
    problem = problem_of(everyone, 14, (day, night))
    data = encode(problem)
    state, tally = blank_state(data), np.zeros((KINDS, 2), dtype=np.int64)
    recount(data, state)
    anneal(data, state, 20.0, np.full(len(staff) + 1, 0.05), 5000, 8, ALL_KINDS, tally, seeded(seed))
    assert tally[:, 0].sum() > 0
    now: list[np.ndarray] = [state.codes, state.there, state.totals, state.counts, state.row_cost, state.sums]
    kept = [each.copy() for each in now]
    assert recount(data, state) == kept[-1][0]
    assert all(np.array_equal(one, other) for one, other in zip(kept, now, strict=True))
    points = int(state.sums[0] + UNIT // 2) // UNIT
    report = check_priced(problem, roster_of(state))
    assert (state.sums[0] - points * UNIT, points > 0) == (report.cost, bool(report.violations))
    if state.sums[1] >= 0:
        report = check_priced(problem, tuple(tuple(int(letter) for letter in row) for row in state.best))
        assert (report.violations, report.cost) == ((), state.sums[1])


@settings(max_examples=20, deadline=None, derandomize=True)
@given(people(), limits(1), limits(1), st.integers(0, 20), st.integers(1, 9), st.integers(0, 9999))
def test_a_change_of_a_row_costs_the_difference(
    person: PricedPerson, day: PricedLimit, night: PricedLimit, first: int, length: int, seed: int
) -> None:
    """Any window of any row: the change is the cost of the new row less that of the old; nothing is left changed."""
    problem = problem_of((person,), 21, (day, night))
    data, random = encode(problem), np.random.default_rng(seed)
    state = blank_state(data)
    state.rows[0] = random.integers(0, 4, 21)
    before, last = row_cost(data, state, 0), min(20, first + length - 1)
    counts, codes = state.counts.copy(), state.codes.copy()
    fresh = random.integers(0, 4, 21).astype(np.int16)
    change = row_change(data, state, 0, first, last, fresh)
    assert np.array_equal(counts, state.counts) and np.array_equal(codes, state.codes)
    state.rows[0, first : last + 1] = fresh[first : last + 1]
    assert row_cost(data, state, 0) == before + change


SHIFTS = (LetterShift("E", 480), LetterShift("L", 480, ("E",)), LetterShift("N", 600, ("E", "L", "N")))


def letters_of(people: int) -> LetterProblem:
    """Two weeks with hard limits of all kinds."""
    staff = tuple(LetterPerson(f"P{at}", (14, 9, 3), 4800, 3000, 5, 2, 2, 1, (at,)) for at in range(people))
    cover = tuple(LetterCover(day, shift, people // 4, 100, 1) for day in range(14) for shift in range(3))
    requests = tuple(LetterRequest(at, 2 + at, at % 3, 3, bool(at % 2)) for at in range(people))
    return LetterProblem("letters", 14, SHIFTS, staff, requests, cover, staff_rules(staff, SHIFTS, 14))


def test_letters_with_hard_limits_are_judged_alike() -> None:
    """Random rosters, and what annealing finds: the price is the referee's cost, points are broken limits."""
    problem = letters_of(8)
    random, data = np.random.default_rng(1), encode(with_prices(problem))
    state = blank_state(data)
    for chance in (0.3, 0.6, 0.9):
        state.rows[:] = np.where(random.random((8, 14)) < chance, random.integers(1, 4, (8, 14)), 0)
        cost, report = recount(data, state), check_letters(problem, roster_of(state))
        assert report.violations
        assert cost % UNIT == report.cost
    island = PricedIsland(with_prices(problem), 1)
    for hot in (30.0, 20.0, 10.0, 5.0, 2.0):
        island.steps(hot, 10_000)
    report = check_letters(problem, island.found)
    assert (report.violations, report.cost) == ((), island.best_cost)


def test_the_same_seed_and_moves_give_the_same_roster() -> None:
    """Moves are counted, not timed."""
    found = []
    for _ in range(2):
        island = PricedIsland(with_prices(letters_of(6)), 5)
        for hot in (30.0, 10.0, 3.0):
            island.steps(hot, 4000)
        found.append((roster_of(island.state), island.best_cost))
    assert found[0] == found[1]


def test_search_finds_the_best_roster_of_a_small_week() -> None:
    """Three people, one wanted by day each day at 30, nobody works over 5 days in a row (hard), over 5 in all costs 20:
    21 days of work can be had, 7 are wanted, so nothing has to be paid."""
    free = PricedLimit(0, 99, 0, 0)
    person = PricedPerson(
        "P", frozenset((1,)), PricedLimit(1, 5), free, PricedLimit(0, 5, 0, 20), free, free, 0, (7, 7)
    )
    staff = tuple(replace(person, id=f"P{at}") for at in range(3))
    problem = problem_of(staff, 7, (PricedLimit(1, 7), PricedLimit(1, 7)))
    cover = tuple(PricedCover(day, 1, 0, 1, 0, 30, 5) for day in range(7))
    result = search_priced(replace(problem, cover=cover, requests=()), RosterSettings(0.5, 2, 1))
    assert result.roster is not None
    report = check_priced(replace(problem, cover=cover, requests=()), result.roster)
    assert (report.violations, report.cost, result.cost) == ((), 0, 0)
    assert result.proved


def test_search_stops_when_told_and_says_when_there_is_nothing() -> None:
    """A hard minimum that nobody may fill: no roster; told to stop at once, it does not wait for its time."""
    free = PricedLimit(0, 99, 0, 0)
    person = PricedPerson("P", frozenset((1,)), free, free, free, free, free, 0, (7, 7))
    problem = problem_of((person,), 7, (PricedLimit(1, 7), PricedLimit(1, 7)))
    result = search_priced(problem, RosterSettings(3600.0, 1, 1), should_stop=lambda: True)
    assert (result.roster, result.cost, result.proved) == (None, None, False)


def test_past_days_count() -> None:
    """Worked 6 days with at most 5 (30 each): those were paid before; one more day of work costs 30, and a row that
    starts free costs nothing for it. Nights: two before, three asked at 15: none on day 0 costs 15."""
    free = PricedLimit(0, 99, 0, 0)
    person = PricedPerson("P", frozenset((1, 2)), PricedLimit(1, 5, 30, 30), free, free, free, free, 0, (7, 7),
                          before=Before(1, 2, 6, 0, 0, 0))  # fmt: skip
    problem = replace(problem_of((person,), 7, (PricedLimit(1, 7), PricedLimit(3, 7, 15, 15))), requests=(), cover=())
    data = encode(problem)
    state = blank_state(data)
    assert row_cost(data, state, 0) == 15
    state.rows[0, 0] = 2
    assert row_cost(data, state, 0) == 30
    assert check_priced(problem, (tuple(int(each) for each in state.rows[0]),)).cost == 30


@pytest.mark.parametrize("kind", range(KINDS))
def test_every_kind_of_move_is_made(kind: int) -> None:
    """Alone, hot, from a roster with work in it: each kind changes something, and the sums stay right."""
    free = PricedLimit(0, 99, 0, 0)
    person = PricedPerson("P", frozenset((1, 2, 3)), free, free, free, free, free, 0, (14, 14))
    problem = problem_of(tuple(replace(person, id=f"P{at}") for at in range(4)), 14,
                         (PricedLimit(1, 14), PricedLimit(1, 14)))  # fmt: skip
    data = encode(problem)
    state, tally = blank_state(data), np.zeros((KINDS, 2), dtype=np.int64)
    state.rows[:] = np.random.default_rng(kind).integers(0, 4, (4, 14))
    cost = recount(data, state)
    only = np.where(np.arange(KINDS) >= kind, 1.0, 0.0)
    anneal(data, state, 100.0, np.full(5, 0.1), 400, 6, only, tally, seeded(kind))
    assert tally[kind, 0] > 0 and tally[:, 1].sum() == tally[kind, 1] == 400
    after = int(state.sums[0])
    assert recount(data, state) == after != cost


@pytest.mark.slow
def test_rows_are_combined_and_prove_a_bound() -> None:
    """Cooling, column generation, dives and parts by CP-SAT, on both threads: lawful, as cheap as said, and no cheaper
    than what is proved."""
    some = PricedLimit(1, 4, 30, 30)
    person = PricedPerson("P", frozenset((1, 2, 3)), some, some, PricedLimit(4, 7, 20, 20), PricedLimit(0, 9999, 0, 0),
                          PricedLimit(0, 1, 0, 30), 30, (14, 14))  # fmt: skip
    staff = tuple(replace(person, id=f"P{at}") for at in range(9))
    problem = problem_of(staff, 14, (PricedLimit(2, 5, 15, 15), PricedLimit(2, 3, 15, 15)))
    result = search_priced(problem, RosterSettings(4.0, 2, 1))
    assert result.roster is not None and result.cost is not None
    report = check_priced(problem, result.roster)
    assert (report.violations, report.cost) == ((), result.cost)
    assert 0 < result.bound <= result.cost
