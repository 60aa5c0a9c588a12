"""The best week of one nurse by dynamic programming, all other nurses' duties as they are.

Each duty that she could have on each day gets a worth by trial (row_values.py). Dynamic programming backwards over days
and minutes worked gives what the rest of a week costs at least (row_bound.py). Weeks are then completed day by day,
cheapest first, and each whole one is judged by the row rules and priced exactly: rows come in rising order of what they
cost at least, until no other can be cheaper.
"""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.cells import clear, set_duty
from optimiser.search.kernel.compiled import compiled
from optimiser.search.kernel.data import (
    ANY_START,
    INFINITE,
    NONE,
    ROW_ACCEPTED,
    ROW_PRICE,
    SCRATCH_ROW,
    SLOT_COLUMNS,
    SLOTS,
    STANDBY_SLOT,
    WIDE_LEAST,
    WIDE_MINUTES,
    WIDE_OPEN,
    WIDE_WORTH,
    Data,
    Duties,
    Rows,
    State,
)
from optimiser.search.kernel.duty_moves import overlaps
from optimiser.search.kernel.far import far
from optimiser.search.kernel.random_state import below
from optimiser.search.kernel.row_bound import (
    CODE,
    COST,
    KEY,
    SPAN,
    WHERE,
    cost_outside,
    drop_first,
    least_rest,
    push,
    take_off_present,
)
from optimiser.search.kernel.row_values import far_day_worth
from optimiser.search.kernel.rows import far_judge, row_violations
from optimiser.search.kernel.signatures import DATA, DUTIES, JOURNAL, LIST, NUMBER, RANDOM, ROWS, STATE
from optimiser.search.kernel.undo import Journal, open_journal

MOST_JUDGED = 200
"""So many rows are judged at most."""
DRAWN = 3
"""Of so many nurses the one whose row costs most is taken."""
PRESENT, FOUND, MADE = range(3)
"""Rows of the working space from SCRATCH_ROW on: options of each day now, in the best row, in the row judged."""
DEEPER = SPAN + 1
"""Of open weeks that cost the same at least, the one with most days comes first."""


@compiled
def write_row(
    data: Data, duties: Duties, state: State, journal: Journal, nurse: int, first: int, span: int, row: np.ndarray
) -> None:
    """Give the nurse the duties of ``row`` (0: none, k + 1: kind k) from day ``first`` on; routes stay as they are."""
    listed = journal.sizes[3]
    for index in range(span):
        if state.duty[nurse, first + index, 0] != row[index] - 1:
            set_duty(data, duties, state, journal, nurse, first + index, NONE, row[index] - 1)
    journal.sizes[3] = listed


@compiled
def _restore(data: Data, state: State, journal: Journal, nurse: int, first: int, span: int, row: np.ndarray) -> None:
    """Take back what ``write_row`` wrote; only slots that the journal has seen since it was opened can differ."""
    for index in range(span):
        state.duty[nurse, first + index, 0] = row[index] - 1
        base = (nurse * data.days + first + index) * SLOTS
        for slot in range(base, base + STANDBY_SLOT):
            if journal.slots[1, slot] == journal.sizes[2]:
                for column in range(SLOT_COLUMNS):
                    state.slot[slot, column] = journal.old.slot[slot, column]


@compiled
def lawful_price(data: Data, rows: Rows, state: State, nurse: int, first: int, span: int) -> int:
    """What her row costs as it stands; INFINITE with overlaps or more violations than were accepted."""
    for day in range(first, first + span):
        if overlaps(data, state, nurse, day):
            return INFINITE
    if row_violations(data, rows, state, nurse) > state.row[nurse, ROW_ACCEPTED]:
        return INFINITE
    return far_judge(data, rows, state, nurse, NONE + 1, ANY_START, state.scratch[0], NONE, state.scratch[0])


@compiled
def _spell_out(rows: Rows, nurse: int, first: int, span: int, options: int, code: int, made: np.ndarray) -> int:
    """Write the options of a code to ``made``; returns the prices of these duties by themselves."""
    cost = NONE
    for index in range(span - 1, -1, -1):
        made[index] = code % options
        code //= options
        if made[index] > 0:
            cost += rows.price[nurse, first + index, made[index] - 1]
    return cost


@compiled
def _same(one: np.ndarray, other: np.ndarray, span: int) -> bool:
    """Whether two rows are the same."""
    same = True
    for index in range(span):
        same = same and one[index] == other[index]
    return same


@compiled
def _branch(state: State, heap: np.ndarray, used: int, outside: int, best: int, span: int, options: int) -> int:
    """Replace the first open week by those with one day more that may cost less than ``best``; returns how many are
    open."""
    worth, table = state.wide[WIDE_WORTH : WIDE_WORTH + SPAN], state.wide[WIDE_MINUTES : WIDE_MINUTES + SPAN]
    least = state.wide[WIDE_LEAST : WIDE_LEAST + SPAN + 1]
    width = least.shape[1]
    cost, code, where = heap[COST, 0], heap[CODE, 0], heap[WHERE, 0]
    day, units = where // width, where % width
    used = drop_first(heap, used)
    for option in range(options):
        if worth[day, option] < INFINITE:
            spent, reached = cost + worth[day, option], units + table[day, option]
            key = outside + spent + least[day + 1, reached]
            if key < best:
                order = key * DEEPER - (day + 1)
                used = push(heap, used, order, spent, code * options + option, (day + 1) * width + reached)
    return used


@compiled
def best_row(
    data: Data, rows: Rows, duties: Duties, state: State, journal: Journal, nurse: int, week: int, span: int, room: int
) -> int:  # fmt: skip
    """The cheapest lawful week of a nurse other than the present one, written to the working space as FOUND; what it
    costs more than the present one, or INFINITE when none costs less than ``room`` more. WIDE_WORTH holds the worth of
    the days; nothing else changes.

    It is the best for that worth, unless MOST_JUDGED rows have been judged before it was proved or more weeks were
    open than the working space holds.
    """
    present, found = state.scratch[SCRATCH_ROW + PRESENT], state.scratch[SCRATCH_ROW + FOUND]
    made, heap = state.scratch[SCRATCH_ROW + MADE], state.wide[WIDE_OPEN : WIDE_OPEN + 4]
    options, first, last = len(duties.kind_lane) + 1, week * SPAN, span * state.wide.shape[1]
    for index in range(span):
        present[index] = state.duty[nurse, first + index, 0] + 1
    open_journal(journal, state)
    now = far_judge(data, rows, state, nurse, NONE + 1, ANY_START, state.scratch[0], NONE, state.scratch[0])
    after = take_off_present(rows, duties, state, nurse, week, span)
    outside = cost_outside(rows, state, nurse, week)
    least_rest(rows, state, nurse, week, span, options, after)
    best, judged, lawful = now + room, NONE, False
    used = push(heap, NONE, (outside + state.wide[WIDE_LEAST, 0]) * DEEPER, NONE, NONE, NONE)
    while used > 0 and judged < MOST_JUDGED and (heap[KEY, 0] + SPAN) // DEEPER < best:
        if heap[WHERE, 0] < last:
            used = _branch(state, heap, used, outside, best, span, options)
            continue
        cost = heap[COST, 0] - _spell_out(rows, nurse, first, span, options, heap[CODE, 0], made)
        used = drop_first(heap, used)
        if _same(made, present, span):
            continue
        judged += 1
        write_row(data, duties, state, journal, nurse, first, span, made)
        price = lawful_price(data, rows, state, nurse, first, span)
        if price < INFINITE and cost + price < best:
            best, lawful = cost + price, True
            for index in range(span):
                found[index] = made[index]
    _restore(data, state, journal, nurse, first, span, present)
    return best - now if lawful else INFINITE


@compiled
def move_row(
    data: Data, rows: Rows, duties: Duties, state: State, journal: Journal, bank: np.ndarray, number: int, room: int,
    random: np.ndarray,
) -> int:  # fmt: skip
    """Give a drawn nurse her best other week, if it may cost less than ``room`` more; the work of the days that change
    goes to the bank. Returns the bank's size, or -1 when there is none (the caller takes everything back).

    The journal is opened anew, several times: nothing may have changed before.
    """
    nurses, days = state.duty.shape[0], state.duty.shape[1]
    nurse = below(random, nurses)
    for _ in range(DRAWN - 1):
        other = below(random, nurses)
        nurse = other if state.row[other, ROW_PRICE] > state.row[nurse, ROW_PRICE] else nurse
    week = below(random, (days + SPAN - 1) // SPAN)
    first = week * SPAN
    span = min(SPAN, days - first)
    for index in range(span):
        worth = state.wide[WIDE_WORTH + index]
        far_day_worth(data, rows, duties, state, journal, nurse, first + index, bank, number, worth, random)
    if best_row(data, rows, duties, state, journal, nurse, week, span, room) >= INFINITE:
        return ANY_START
    open_journal(journal, state)
    found = state.scratch[SCRATCH_ROW + FOUND]
    for index in range(span):
        if state.duty[nurse, first + index, 0] != found[index] - 1:
            number = clear(data, state, journal, nurse, first + index, NONE, bank, number)
            if number < 0:
                return ANY_START
            set_duty(data, duties, state, journal, nurse, first + index, NONE, found[index] - 1)
    state.row[nurse, ROW_ACCEPTED] = row_violations(data, rows, state, nurse)
    return number


far_move_row = far(move_row, NUMBER, DATA, ROWS, DUTIES, STATE, JOURNAL, LIST, NUMBER, NUMBER, RANDOM)
