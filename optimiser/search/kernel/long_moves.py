"""Steps over a roster of duties alone: which cells change, and to what.

Most pairs of nurses and days have nothing to exchange: steps begin at a duty, and look a few times for somebody who may
take it, and for a day on which she has something to give back.
"""

from __future__ import annotations

from optimiser.search.kernel.compiled import compiled, inlined
from optimiser.search.kernel.data import ANY_START, INFINITE, NONE, Duties, Random, Rows, State
from optimiser.search.kernel.long_cost import hours_cost
from optimiser.search.kernel.long_data import Around, Tally
from optimiser.search.kernel.random_state import below, unit

NEAR = 9
"""Days apart of two days of one step."""
LONGEST_BLOCK = 7
SORE_TRIES = 12
"""So many cover rows are looked at for one that lacks somebody."""
TRIES = 8
"""So many cells are looked at for one with a duty, and so many nurses for one who may take it."""
CONTEST = 5
"""Of up to so many who may take it the cheapest is asked."""
SAME_WEEK = 4
"""Of so many steps over two days all but one stay within the week: hours are counted by the week."""
ONE, FILL, SHIFT, GIVE, BLOCK, TRADE = 0.08, 0.12, 0.16, 0.40, 0.52, 0.84
"""Up to these shares: one cell, one that fills a shortage, one nurse on two days, two nurses on one day, on some days,
on two days; the rest: three nurses on two or three days."""


@inlined
def _put(tally: Tally, count: int, nurse: int, day: int, lane: int, kind: int) -> int:
    """Note that a cell gets a kind; returns the new count."""
    tally.cells[count, 0], tally.cells[count, 1] = nurse, day
    tally.cells[count, 2], tally.cells[count, 3] = lane, kind
    return count + 1


@inlined
def _exchange(state: State, tally: Tally, count: int, nurse: int, other: int, day: int, lane: int) -> int:
    """Two nurses exchange what they have in a lane of a day."""
    mine, hers = state.duty[nurse, day, lane], state.duty[other, day, lane]
    if mine != hers:
        count = _put(tally, count, nurse, day, lane, hers)
        count = _put(tally, count, other, day, lane, mine)
    return count


@compiled
def _other_day(state: State, day: int, random: Random) -> int:
    """A day near another, most often of the same week; -1 when none was drawn."""
    other = day + below(random, 2 * NEAR + 1) - NEAR
    if below(random, SAME_WEEK) > 0:
        other = day - day % 7 + below(random, 7)
    return other if other != day and 0 <= other < state.duty.shape[1] else ANY_START


@compiled
def _busy(state: State, random: Random) -> int:
    """A duty: (nurse * days + day) * 2 + lane; -1 when none was met."""
    for _ in range(TRIES):
        cell = below(random, state.duty.shape[0] * state.duty.shape[1] * 2)
        place = cell // 2
        if state.duty[place // state.duty.shape[1], place % state.duty.shape[1], cell % 2] >= 0:
            return cell
    return ANY_START


@inlined
def _taking(rows: Rows, around: Around, tally: Tally, nurse: int, day: int, kind: int) -> int:
    """About what it costs a nurse to have a duty more: its own price, and hours of the week in which it begins."""
    week, minutes = day // 7, around.minutes[day, kind, 0]
    planned = tally.planned[nurse, week]
    hours = hours_cost(rows, nurse, week, planned + minutes) - hours_cost(rows, nurse, week, planned)
    return rows.price[nurse, day, kind] + hours


@compiled
def _taker(
    rows: Rows, duties: Duties, around: Around, state: State, tally: Tally, nurse: int, day: int, lane: int,
    random: Random,
) -> int:  # fmt: skip
    """Another nurse who may have this duty and does not have the same, the cheapest of some; -1 when none was met."""
    kind, best, least = state.duty[nurse, day, lane], ANY_START, INFINITE
    wanted = 1 + below(random, CONTEST)
    for _ in range(TRIES):
        other = below(random, state.duty.shape[0])
        if duties.allowed[other, day, kind] and state.duty[other, day, lane] != kind:
            cost = _taking(rows, around, tally, other, day, kind)
            if cost < least:
                best, least = other, cost
            wanted -= 1
            if wanted == 0:
                break
    return best


@compiled
def _given(duties: Duties, state: State, giver: int, taker: int, day: int, random: Random) -> int:
    """On another day a duty of the giver's that the taker may have: day * 2 + lane; -1 when none was met."""
    for _ in range(TRIES):
        later, lane = _other_day(state, day, random), below(random, 2)
        if later >= 0:
            kind = state.duty[giver, later, lane]
            if kind >= 0 and state.duty[taker, later, lane] != kind and duties.allowed[taker, later, kind]:
                return later * 2 + lane
    return ANY_START


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
def _one(duties: Duties, state: State, tally: Tally, random: Random) -> int:
    """A cell gets whatever is drawn."""
    nurse, day = below(random, state.duty.shape[0]), below(random, state.duty.shape[1])
    kind = below(random, len(duties.kind_lane) + 1) - 1
    lane = duties.kind_lane[kind] if kind >= 0 else below(random, 2)
    return NONE if state.duty[nurse, day, lane] == kind else _put(tally, NONE, nurse, day, lane, kind)


@compiled
def _block(state: State, tally: Tally, nurse: int, other: int, day: int, random: Random) -> int:
    """Two nurses exchange all that they have on some days in a row."""
    count = NONE
    first = max(NONE, day - below(random, LONGEST_BLOCK))
    for each in range(first, min(state.duty.shape[1], day + 1 + below(random, LONGEST_BLOCK))):
        for lane in range(2):
            count = _exchange(state, tally, count, nurse, other, each, lane)
    return count


@compiled
def _shift(state: State, tally: Tally, nurse: int, day: int, lane: int, random: Random) -> int:
    """One nurse has on another day what she has on this one."""
    later = _other_day(state, day, random)
    if later < 0 or state.duty[nurse, later, lane] == state.duty[nurse, day, lane]:
        return NONE
    then = state.duty[nurse, later, lane]
    count = _put(tally, NONE, nurse, later, lane, state.duty[nurse, day, lane])
    return _put(tally, count, nurse, day, lane, then)


@compiled
def _round(duties: Duties, state: State, tally: Tally, nurse: int, other: int, day: int, random: Random) -> int:
    """What the other gives in return goes to a third, who may give something to the first."""
    third = below(random, state.duty.shape[0])
    if third in (nurse, other):
        return NONE
    later = _given(duties, state, other, third, day, random)
    if later < 0:
        return NONE
    count = _exchange(state, tally, NONE, other, third, later // 2, later % 2)
    last = _given(duties, state, third, nurse, day, random)
    if last >= 0 and last // 2 != later // 2:
        count = _exchange(state, tally, count, third, nurse, last // 2, last % 2)
    return count


@compiled
def draw(rows: Rows, duties: Duties, around: Around, state: State, tally: Tally, random: Random) -> int:
    """Draw a step into ``tally.cells``; returns how many cells change, 0 when it is none."""
    choice = unit(random)
    if choice < ONE:
        return _one(duties, state, tally, random)
    if choice < FILL:
        return _fill(duties, around, tally, random)
    cell = _busy(state, random)
    if cell < 0:
        return NONE
    nurse, day, lane = cell // 2 // state.duty.shape[1], cell // 2 % state.duty.shape[1], cell % 2
    if choice < SHIFT:
        return _shift(state, tally, nurse, day, lane, random)
    other = _taker(rows, duties, around, state, tally, nurse, day, lane, random)
    if other < 0:
        return NONE
    if choice < GIVE:
        count = _exchange(state, tally, NONE, nurse, other, day, lane)
        return _exchange(state, tally, count, nurse, other, day, 1 - lane) if below(random, 3) == 0 else count
    if choice < BLOCK:
        return _block(state, tally, nurse, other, day, random)
    if choice < TRADE:
        later = _given(duties, state, other, nurse, day, random)
        count = NONE if later < 0 else _exchange(state, tally, NONE, nurse, other, later // 2, later % 2)
    else:
        count = _round(duties, state, tally, nurse, other, day, random)
    return _exchange(state, tally, count, nurse, other, day, lane) if count > 0 else NONE
