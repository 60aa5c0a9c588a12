"""Steps over a roster of duties alone: which cells change, and to what."""

from __future__ import annotations

from optimiser.search.kernel.compiled import compiled, inlined
from optimiser.search.kernel.data import ANY_START, NONE, Duties, Random, State
from optimiser.search.kernel.long_data import Around, Tally
from optimiser.search.kernel.random_state import below, unit

NEAR = 9
"""Days apart of two days of one step."""
LONGEST_BLOCK = 7
SORE_TRIES = 12
"""So many cover rows are looked at for one that lacks somebody."""
ONE, FILL, SWAP, BLOCK, SHIFT = 0.28, 0.36, 0.56, 0.74, 0.86
"""Up to these shares: one cell, one that fills a shortage, two nurses on one day, on some days, one nurse on two days;
the rest: two nurses on two days."""


@inlined
def _put(tally: Tally, count: int, nurse: int, day: int, lane: int, kind: int) -> int:
    """Note that a cell gets a kind; returns the new count."""
    tally.cells[count, 0], tally.cells[count, 1] = nurse, day
    tally.cells[count, 2], tally.cells[count, 3] = lane, kind
    return count + 1


@inlined
def _other_day(state: State, day: int, random: Random) -> int:
    """A day near another; -1 when none was drawn."""
    other = day + below(random, 2 * NEAR + 1) - NEAR
    return other if other != day and 0 <= other < state.duty.shape[1] else ANY_START


@compiled
def _fill(duties: Duties, around: Around, tally: Tally, random: Random) -> int:
    """A duty for somebody where a cover row lacks one."""
    for _ in range(SORE_TRIES):
        row = below(random, len(duties.cover))
        first, last = duties.cover[row, 2], duties.cover[row, 3]
        able = around.able_from[row + 1] - around.able_from[row]
        if tally.counted[row] < duties.cover[row, 1] and last > first and able > 0:
            day, kind = duties.cover_duty[first + below(random, last - first)]
            nurse = around.able[around.able_from[row] + below(random, able)]
            return _put(tally, NONE, nurse, day, duties.kind_lane[kind], kind)
    return NONE


@compiled
def _block(state: State, tally: Tally, nurse: int, other: int, day: int, random: Random) -> int:
    """Two nurses exchange all that they have on some days in a row."""
    count = NONE
    for each in range(day, min(state.duty.shape[1], day + 2 + below(random, LONGEST_BLOCK - 1))):
        for lane in range(2):
            mine, hers = state.duty[nurse, each, lane], state.duty[other, each, lane]
            if mine != hers:
                count = _put(tally, count, nurse, each, lane, hers)
                count = _put(tally, count, other, each, lane, mine)
    return count


@compiled
def draw(duties: Duties, around: Around, state: State, tally: Tally, random: Random) -> int:
    """Draw a step into ``tally.cells``; returns how many cells change, 0 when it is none."""
    choice = unit(random)
    nurses, days = state.duty.shape[0], state.duty.shape[1]
    nurse, day = below(random, nurses), below(random, days)
    if choice < ONE:
        kind = below(random, len(duties.kind_lane) + 1) - 1
        lane = duties.kind_lane[kind] if kind >= 0 else below(random, 2)
        return NONE if state.duty[nurse, day, lane] == kind else _put(tally, NONE, nurse, day, lane, kind)
    if choice < FILL:
        return _fill(duties, around, tally, random)
    other = below(random, nurses)
    if choice < SWAP:
        count = NONE
        for lane in range(2):
            mine, hers = state.duty[nurse, day, lane], state.duty[other, day, lane]
            if mine != hers:
                count = _put(tally, count, nurse, day, lane, hers)
                count = _put(tally, count, other, day, lane, mine)
        return count
    if choice < BLOCK:
        return NONE if nurse == other else _block(state, tally, nurse, other, day, random)
    lane, later = below(random, 2), _other_day(state, day, random)
    if later < 0:
        return NONE
    mine, then = state.duty[nurse, day, lane], state.duty[nurse, later, lane]
    if choice < SHIFT:
        if mine == then:
            return NONE
        return _put(tally, _put(tally, NONE, nurse, day, lane, then), nurse, later, lane, mine)
    hers, hers_then = state.duty[other, day, lane], state.duty[other, later, lane]
    if nurse == other or (mine == hers and then == hers_then):
        return NONE
    count = _put(tally, _put(tally, NONE, nurse, day, lane, hers), other, day, lane, mine)
    return _put(tally, _put(tally, count, nurse, later, lane, hers_then), other, later, lane, then)
