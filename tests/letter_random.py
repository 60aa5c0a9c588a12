"""Small random problems of letters, for tests that hold one way of counting against another."""

from __future__ import annotations

import numpy as np

from instances.adapters.curtois_rules import staff_rules
from optimiser.domain.letter_roster import LetterCover, LetterPerson, LetterProblem, LetterRequest, LetterShift

SHIFTS = (LetterShift("E", 480), LetterShift("L", 480, ("E",)), LetterShift("N", 600, ("E", "L")))


def problem_of(days: int, staff: tuple[LetterPerson, ...], seed: int) -> LetterProblem:
    """Random needs and wishes for the people."""
    random = np.random.default_rng(seed)
    cover = tuple(
        LetterCover(day, shift, int(random.integers(0, 3)), 100, 1) for day in range(days) for shift in range(3)
    )
    requests = tuple(
        LetterRequest(person, day, int(random.integers(3)), int(random.integers(1, 4)), bool(random.integers(2)))
        for person in range(len(staff))
        for day in range(0, days, 2)
    )
    return LetterProblem("drawn", days, SHIFTS, staff, requests, cover, staff_rules(staff, SHIFTS, days))
