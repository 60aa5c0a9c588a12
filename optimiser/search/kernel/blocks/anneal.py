"""Annealing over rosters by block moves: the limit is drawn first, then a move that has to stay below it."""

from __future__ import annotations

import numpy as np
from numba import njit

from optimiser.search.kernel.blocks.data import UNIT, BlockData, BlockState
from optimiser.search.kernel.blocks.moves import change_one, swap_two
from optimiser.search.kernel.random_state import below, unit

CHANGE, FILL, SWAP, TWIN, WITHIN, COPY, TURN, SORE = range(8)
"""Kinds of moves: another letter on a day; one letter on some days; two people swap days; another skill; a person's
own days swapped with later ones; days of another person copied; days turned by one; a letter that is short."""
KINDS = 8
GROW, ENDS, SNAP = 0.5, 0.15, 0.6
"""How often a day gets the letter beside it, people swap all days up to an end of the horizon, and whole runs of one
of them."""
SNAPPED = 10
"""Most days of a window before it is widened to whole runs."""


@njit(cache=True, nogil=True, _nrt=False, error_model="numpy")
def anneal(
    data: BlockData, state: BlockState, hot: float, point: np.ndarray, steps: int, longest: int, mix: np.ndarray,
    tally: np.ndarray, random: np.ndarray,
) -> None:  # fmt: skip
    """``steps`` moves at temperature ``hot`` with ``point[person]`` for each point (see moves); windows of at most
    ``longest`` days. ``mix[kind]``: cumulative chances; ``tally[kind]``: moves made, and tried."""
    for _ in range(steps):
        draw, kind = unit(random), 0
        while kind < KINDS - 1 and draw >= mix[kind]:
            kind += 1
        limit = -hot * np.log(1.0 - unit(random))
        tally[kind, 1] += 1
        if _one(data, state, kind, limit, point, longest, random):
            tally[kind, 0] += 1
            cost = state.sums[0]
            if 0 <= cost < UNIT and (cost < state.sums[1] or state.sums[1] < 0):
                state.sums[1] = cost
                _keep(state)
        if state.sums[0] < UNIT:
            state.sums[2] += 1


@njit(cache=True, nogil=True, _nrt=False, error_model="numpy")
def _keep(state: BlockState) -> None:
    """The rows are the best (an array copied whole would ask for memory)."""
    people, days = state.rows.shape
    for person in range(people):
        for day in range(days):
            state.best[person, day] = state.rows[person, day]


@njit(cache=True, nogil=True, _nrt=False, error_model="numpy")
def _one(
    data: BlockData, state: BlockState, kind: int, limit: float, point: np.ndarray, longest: int,
    random: np.ndarray,
) -> bool:  # fmt: skip
    """Draw one move of a kind and try it."""
    people, days = state.rows.shape
    person = below(random, people)
    chance = unit(random)
    length = 1 + int(min(longest, days) * chance * chance)
    first = below(random, days - length + 1)
    last = first + length - 1
    if kind == SWAP:
        other = below(random, people)
        if other == person:
            return False
        if unit(random) < ENDS:  # one seam instead of two
            first, last = (0, last) if unit(random) < 0.5 else (first, days - 1)
        elif unit(random) < SNAP:
            first, last = _whole_runs(state, person, first, min(last, first + below(random, SNAPPED)), random)
        return swap_two(data, state, person, other, first, last, limit, point)
    fresh = state.fresh[0]
    if kind == CHANGE:
        last = first
        beside = first + (1 if unit(random) < 0.5 else -1)
        if unit(random) < GROW and 0 <= beside < days:  # runs grow and shrink at their ends
            fresh[first] = state.rows[person, beside]
        else:
            fresh[first] = data.options[person, first, below(random, data.option_count[person, first])]
    elif kind == FILL:
        _fill(data, state, person, first, last, random)
    elif kind == TWIN:
        last = first
        code = state.codes[person, first]
        fresh[first] = data.twins[code, below(random, data.twin_count[code])]
    elif kind == WITHIN:
        last = _within(state, person, first, length, random)
    elif kind == COPY:
        other = below(random, people)
        for day in range(first, last + 1):
            fresh[day] = state.rows[other, day]
    elif kind == TURN:
        _turn(state, person, first, last, random)
    else:
        person, first, last = _sore(data, state, person, first, longest, random)
    same = True
    for day in range(first, last + 1):
        if fresh[day] != state.rows[person, day]:
            same = False
            if data.may[person, day, fresh[day]] == 0:
                return False
    if same:
        return False
    return change_one(data, state, person, first, last, limit, point)


@njit(cache=True, nogil=True, _nrt=False, error_model="numpy")
def _whole_runs(
    state: BlockState, person: int, first: int, last: int, random: np.ndarray
) -> tuple[int, int]:  # fmt: skip
    """The days widened to whole runs of one shift type, or of work and free days."""
    codes, days = state.codes[person], state.codes.shape[1]
    alike = unit(random) < 0.5
    while first > 0 and (codes[first - 1] == codes[first] if alike else (codes[first - 1] > 0) == (codes[first] > 0)):
        first -= 1
    while last < days - 1 and (codes[last + 1] == codes[last] if alike else (codes[last + 1] > 0) == (codes[last] > 0)):
        last += 1
    return first, last


@njit(cache=True, nogil=True, _nrt=False, error_model="numpy")
def _fill(data: BlockData, state: BlockState, person: int, first: int, last: int, random: np.ndarray) -> None:
    """One letter, or free, on all days on which she may have it."""
    letter = data.options[person, first, below(random, data.option_count[person, first])]
    if unit(random) < 0.3:
        letter = 0
    for day in range(first, last + 1):
        state.fresh[0, day] = letter if data.may[person, day, letter] else state.rows[person, day]


@njit(cache=True, nogil=True, _nrt=False, error_model="numpy")
def _within(state: BlockState, person: int, first: int, length: int, random: np.ndarray) -> int:
    """Swap her days with as many later ones, often just as many weeks later; the last day that may change."""
    days, fresh, row = state.rows.shape[1], state.fresh[0], state.rows[person]
    apart = length + below(random, 14)
    if unit(random) < 0.3:
        apart = 7 * (1 + below(random, 4))
    if apart < length or first + apart + length > days:
        return first - 1
    last = first + apart + length - 1
    for day in range(first, last + 1):
        fresh[day] = row[day]
    for day in range(first, first + length):
        fresh[day], fresh[day + apart] = row[day + apart], row[day]
    return last


@njit(cache=True, nogil=True, _nrt=False, error_model="numpy")
def _turn(state: BlockState, person: int, first: int, last: int, random: np.ndarray) -> None:
    """All days by one to the left or to the right, the one at the end to the other end."""
    length, step = last - first + 1, 1
    if unit(random) < 0.5:
        step = length - 1
    for day in range(first, last + 1):
        state.fresh[0, day] = state.rows[person, first + (day - first + step) % length]


@njit(cache=True, nogil=True, _nrt=False, error_model="numpy")
def _sore(
    data: BlockData, state: BlockState, person: int, first: int, longest: int, random: np.ndarray
) -> tuple[int, int, int]:  # fmt: skip
    """A day and letter where one more would cost less, for somebody who may have it, and some days around it."""
    people, days = state.rows.shape
    letters, letter = state.there.shape[1], 0
    for _ in range(12):
        day = below(random, days)
        some = 1 + below(random, letters - 1)
        count = state.there[day, some]
        if data.cover[day, some, count + 1] < data.cover[day, some, count]:
            first, letter = day, some
            break
    if letter == 0:
        return person, first, first - 1
    for _ in range(8):
        if data.may[person, first, letter] and state.rows[person, first] != letter:
            break
        person = below(random, people)
    else:
        return person, first, first - 1
    chance = unit(random)
    before = int(min(4, longest) * chance * chance)
    chance = unit(random)
    last = min(days - 1, first + int(min(4, longest) * chance * chance))
    first = max(0, first - before)
    for day in range(first, last + 1):
        state.fresh[0, day] = letter if data.may[person, day, letter] else state.rows[person, day]
    return person, first, last
