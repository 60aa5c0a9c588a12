"""Rows of a roster: taken out, chosen anew at the prices of the others' cover, and put back, with exact costs."""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.letters.data import NO_LETTER, LetterData, LetterState, Scratch
from optimiser.search.kernel.letters.fast import fast
from optimiser.search.kernel.letters.row_dp import cheapest_row
from optimiser.search.kernel.letters.row_trace import BAN
from optimiser.search.kernel.random_state import unit

TRIES = 3
"""Rows tried for one person: free of the maxima of shifts, with too frequent shifts dearer, with them rationed."""


@fast
def set_cell(data: LetterData, state: LetterState, person: int, day: int, letter: int) -> int:
    """Change one cell, ``NO_LETTER`` included, and say what that costs."""
    old, change = state.rows[person, day], 0
    if old == letter:
        return 0
    if old != NO_LETTER:
        change -= data.wish[person, day, old]
        if old > 0:
            count = state.there[day, old]
            change += data.cover[day, old, count - 1] - data.cover[day, old, count]
            state.there[day, old] = count - 1
    if letter != NO_LETTER:
        change += data.wish[person, day, letter]
        if letter > 0:
            count = state.there[day, letter]
            change += data.cover[day, letter, count + 1] - data.cover[day, letter, count]
            state.there[day, letter] = count + 1
    state.rows[person, day] = letter
    return change


@fast
def rebuild(
    data: LetterData, state: LetterState, person: int, first: int, last: int, noise: float, evenly: bool,
    random: np.ndarray, scratch: Scratch, row: np.ndarray,
) -> bool:  # fmt: skip
    """Write lawful letters of the days into ``row`` (a copy of the person's row): cheapest up to noise, beside the
    others as they are; of those that spread work ``evenly``, if that is asked. False: none found, ``row`` is of no
    use."""
    for day in range(first, last + 1):
        for letter in range(data.allowed.shape[2]):
            if not data.allowed[person, day, letter]:
                continue
            price = float(data.wish[person, day, letter])
            if letter > 0:
                count = state.there[day, letter]
                price += data.cover[day, letter, count + 1] - data.cover[day, letter, count]
            scratch.price[day, letter] = price + noise * unit(random)
    for attempt in range(TRIES):
        if not cheapest_row(data, person, row, first, last, -1, 0, evenly, scratch):
            return False
        if _within_maxima(data, person, row, first, last, attempt, random, scratch):
            return True
    return False


@fast
def _within_maxima(
    data: LetterData, person: int, row: np.ndarray, first: int, last: int, attempt: int, random: np.ndarray,
    scratch: Scratch,
) -> bool:  # fmt: skip
    """Whether no shift is too frequent; if one is, it gets dearer, and the next time rationed to days it is used on."""
    fine = True
    for letter in range(1, data.allowed.shape[2]):
        most = data.most_of[person, letter]
        inside = outside = 0
        for day in range(len(row)):
            if row[day] == letter:
                if first <= day <= last:
                    inside += 1
                else:
                    outside += 1
        excess = inside + outside - most
        if excess <= 0:
            continue
        fine = False
        dearer = 100 * unit(random)
        left = inside
        for day in range(first, last + 1):
            if attempt == 0:
                scratch.price[day, letter] += dearer
            elif row[day] != letter:
                scratch.price[day, letter] = BAN
            else:  # of the days that are left, as many as are too many, at random
                if unit(random) * left < excess:
                    scratch.price[day, letter] = BAN
                    excess -= 1
                left -= 1
    return fine


@fast
def first_rows(data: LetterData, state: LetterState, people: np.ndarray, random: np.ndarray, scratch: Scratch) -> int:
    """Give the people, whose rows are all ``NO_LETTER``, rows one after another; the number of those without. Rows that
    spread work evenly are tried first, as they are found sooner."""
    days, missing = state.rows.shape[1], 0
    row = scratch.row
    for person in people:
        found = False
        for attempt in range(20):
            for day in range(days):
                row[day] = state.rows[person, day]
            if rebuild(data, state, person, 0, days - 1, 1.0 + 10.0 * attempt, attempt == 0, random, scratch, row):
                found = True
                break
        if not found:
            missing += 1
            continue
        for day in range(days):
            set_cell(data, state, person, day, row[day])
    return missing
