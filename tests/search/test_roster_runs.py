"""Threads of searches for public rosters end together, and what they share is refused when it cannot be right."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from optimiser.domain.letter_roster import LetterCover, LetterPerson, LetterProblem, LetterShift
from optimiser.domain.priced_letters import with_prices
from optimiser.search.kernel.letters.data import encode
from optimiser.search.roster_runs import EAR_SECONDS, side_by_side


def test_a_thread_that_fails_stops_the_others_and_is_told() -> None:
    """The other thread takes three looks to end: told each time, not many thousand times, and then the fault."""
    told: list[float] = []

    def work(number: int) -> None:
        if number == 0:
            raise ValueError("thread 0")
        time.sleep(3 * EAR_SECONDS)

    with pytest.raises(ValueError, match="thread 0"):
        side_by_side(work, 2, lambda: False, lambda: told.append(0.0), None)
    assert 2 <= len(told) <= 10


def one_person() -> LetterProblem:
    """One person, one day, one shift that is asked for once."""
    person = LetterPerson("P", (1,), 480, 0, 1, 1, 1, 1)
    return LetterProblem("one", 1, (LetterShift("D", 480),), (person,), (), (LetterCover(0, 0, 1, 100, 7),))


def test_cover_has_a_cost_for_one_more_than_there_are_people() -> None:
    """None of one: 100; one: 0; two, which search asks when all have the shift: 7."""
    assert np.array_equal(encode(one_person()).cover[0, 1], [100, 0, 7])


def test_two_cover_rows_of_one_cell_are_refused() -> None:
    """Bounds count one row for a day and letter."""
    problem = with_prices(one_person())
    with pytest.raises(ValueError, match="two cover rows"):
        replace(problem, cover=problem.cover * 2)
