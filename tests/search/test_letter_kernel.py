"""The compiled search for rosters of letters: lawful rows, the cheapest there are, and costs that add up."""

from __future__ import annotations

import itertools
import runpy
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimiser.check.letter_roster import check_letters
from optimiser.domain.letter_roster import LetterPerson
from optimiser.search.kernel.letters.anneal import MOST_PEOPLE, anneal
from optimiser.search.kernel.letters.data import encode, full_cost, roster_of, scratch_for, state_of
from optimiser.search.kernel.letters.fast import fast
from optimiser.search.kernel.letters.rebuild import rebuild
from optimiser.search.kernel.letters.row_dp import cheapest_row
from optimiser.search.kernel.letters.row_trace import BAN
from optimiser.search.kernel.random_state import seeded
from optimiser.search.letter_island import Island

problem_of = runpy.run_path(str(Path(__file__).parents[1] / "letter_random.py"))["problem_of"]


@st.composite
def people(draw: st.DrawFn) -> LetterPerson:
    """Limits of one person that leave her some rows of a short horizon, often few."""
    return LetterPerson(
        "P0", tuple(draw(st.integers(0, 4)) for _ in range(3)), draw(st.integers(1200, 3600)),
        draw(st.integers(0, 1000)), draw(st.integers(2, 5)), draw(st.integers(1, 3)), draw(st.integers(1, 3)),
        draw(st.integers(0, 2)), (3,) if draw(st.booleans()) else (),
    )  # fmt: skip


@pytest.mark.slow
@settings(max_examples=6, deadline=None)
@given(people(), st.integers(0, 1000), st.integers(0, 6), st.integers(0, 6))
def test_the_row_is_the_cheapest_of_all_lawful_ones(person: LetterPerson, seed: int, one: int, other: int) -> None:
    """Against every row of a week and the window's days free: same cost, lawful; none where there is none."""
    free = replace(person, most_of=(7, 7, 7))
    problem = problem_of(7, (free,), seed)
    data, price = encode(problem), np.random.default_rng(seed).integers(-9, 9, (7, 4))
    lawful = [row for row in itertools.product(range(4), repeat=7) if not check_letters(problem, (row,)).violations]
    if not lawful:
        return
    first, last = min(one, other), max(one, other)
    base = lawful[seed % len(lawful)]
    scratch, row = scratch_for(data, 1), np.array(base)
    scratch.price[:] = price
    assert cheapest_row(data, 0, row, first, last, -1, 0, False, scratch)
    same = [each for each in lawful if each[:first] == base[:first] and each[last + 1 :] == base[last + 1 :]]
    assert tuple(row) in same
    cost = sum(price[day, letter] for day, letter in enumerate(row))
    assert cost == min(sum(price[day, letter] for day, letter in enumerate(each)) for each in same)


@settings(max_examples=15, deadline=None)
@given(st.lists(people(), min_size=3, max_size=5), st.integers(0, 1000))
def test_costs_of_changes_equal_a_full_count(staff: list[LetterPerson], seed: int) -> None:
    """After hundreds of changes, kept and undone: lawful rows, and the cost that the referee counts."""
    problem = problem_of(14, tuple(LetterPerson(f"P{at}", *list(vars(each).values())[1:])
                                   for at, each in enumerate(staff)), seed)  # fmt: skip
    island = Island(problem, seed)
    if not island.lawful:
        return
    cost, best = anneal(island.data, island.state, island.best, island.cost, island.cost, 20.0, 200, 14,
                        seeded(seed), scratch_for(island.data, MOST_PEOPLE))  # fmt: skip
    island.best_cost = best
    for roster, claimed in ((island.now, cost), (island.found, best)):
        report = check_letters(problem, roster)
        assert (report.violations, report.cost) == ((), claimed)
        assert full_cost(island.data, state_of(island.data, roster)) == claimed
    assert np.array_equal(island.state.there, state_of(island.data, island.now).there)


def test_a_row_that_cannot_be_is_refused() -> None:
    """Banned letters on all days: 3360 minutes at least cannot be worked; the row stays as it was."""
    problem = problem_of(14, staff_of(1), 6)
    data, row = encode(problem), np.zeros(14, dtype=np.int64)
    scratch = scratch_for(data, 1)
    scratch.price[:, 1:] = BAN
    assert not cheapest_row(data, 0, row, 0, 13, -1, 0, False, scratch)
    assert not row.any()


@pytest.mark.parametrize("seed", range(3))
def test_even_rows_keep_near_to_the_days_share(seed: int) -> None:
    """Half a year whose first half is worth working: at most 90 shifts of 480 minutes, runs of 5 of at most 600,
    so that an even row has worked at most 45 shifts and 2 * 5 * 600 / 480 = 12 halfway; another one 5 of each 7 days
    then, 91 * 5 / 7 = 65 or more."""
    limits = LetterPerson("P0", (182, 182, 182), 90 * 480, 80 * 480, 5, 2, 2, 26)
    data = encode(problem_of(182, (limits,), seed))
    scratch, worked = scratch_for(data, 1), []
    for evenly in (False, True):
        row = np.zeros(182, dtype=np.int64)
        scratch.price[:91], scratch.price[91:] = -10.0, 10.0
        scratch.price[:, 0] = 0.0
        assert cheapest_row(data, 0, row, 0, 181, -1, 0, evenly, scratch)
        assert not check_letters(problem_of(182, (limits,), seed), (tuple(row.tolist()),)).violations
        worked.append(int((row[:91] > 0).sum()))
    assert worked[0] >= 65 > 45 + 12 >= worked[1]


def test_machine_code_divides_as_the_machine_does() -> None:
    """Without references to count and without checks of divisions: one by nought is infinite, not an error."""
    assert fast(lambda some, by: some / by)(1.0, 0.0) == float("inf")


def staff_of(count: int) -> tuple[LetterPerson, ...]:
    """People with usual limits over two weeks."""
    return tuple(LetterPerson(f"P{at}", (14, 14, 3), 4800, 3360, 5, 2, 2, 1) for at in range(count))


def test_the_same_seed_gives_the_same_roster() -> None:
    """Steps are counted, not timed, in the compiled part."""
    problem = problem_of(14, staff_of(6), 1)
    found = []
    for _ in range(2):
        island = Island(problem, 3)
        anneal(island.data, island.state, island.best, island.cost, island.cost, 10.0, 300, 14, seeded(5),
               scratch_for(island.data, MOST_PEOPLE))  # fmt: skip
        found.append(island.now)
    assert found[0] == found[1]


def test_a_row_rebuilt_without_noise_never_costs_more() -> None:
    """The old row is among those it may choose."""
    problem = problem_of(14, staff_of(3), 5)
    island = Island(problem, 4)
    for person in range(3):
        others = state_of(island.data, island.found)
        for day in range(14):
            if others.rows[person, day] > 0:
                others.there[day, others.rows[person, day]] -= 1
        row = others.rows[person].copy()
        if rebuild(island.data, others, person, 0, 13, 0.0, False, seeded(6), scratch_for(island.data, 1), row):
            others.rows[person] = row
            assert full_cost(island.data, others) <= full_cost(island.data, state_of(island.data, island.found))
    assert roster_of(island.state) == island.now
