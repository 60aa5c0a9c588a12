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
    NEVER,
    NONE,
    ROW_ACCEPTED,
    ROW_PRICE,
    SCRATCH_ROW,
    WIDE_LEAST,
    WIDE_MINUTES,
    WIDE_OPEN,
    WIDE_WORTH,
    Data,
    Duties,
    Random,
    Rows,
    State,
    Table,
)
from optimiser.search.kernel.duty_moves import overlaps
from optimiser.search.kernel.random_state import below
from optimiser.search.kernel.row_bound import (
    CODE,
    COST,
    KEY,
    SPAN,
    WHERE,
    cost_outside,
    least_rest,
    take_cheapest,
)
from optimiser.search.kernel.row_values import day_worth, take_back
from optimiser.search.kernel.rows import judge, row_violations
from optimiser.search.kernel.undo import Journal, open_journal

MOST_JUDGED = 200
"""So many rows are judged at most."""
DRAWN = 3
"""Of so many nurses the one whose row costs most is taken."""
FOUND, MADE = range(2)
"""Rows of the working space from SCRATCH_ROW on: options of each day in the best row and in the row judged."""
DEEPER = SPAN + 1
"""Of open weeks that cost the same at least, the one with most days comes first."""


@compiled
def row_price(
    data: Data, rows: Rows, duties: Duties, state: State, journal: Journal, nurse: int, first: int, span: int,
    row: np.ndarray,
) -> int:  # fmt: skip
    """What her row costs with the duties of ``row`` (0: none, k + 1: kind k) from day ``first`` on; INFINITE with
    overlaps or more violations than were accepted. Nothing is left of it."""
    for index in range(span):
        if state.duty[nurse, first + index, 0] != row[index] - 1:
            set_duty(data, duties, state, journal, nurse, first + index, NONE, row[index] - 1)
    lawful = True
    for day in range(first, first + span):
        lawful = lawful and not overlaps(data, state, nurse, day)
    lawful = lawful and row_violations(data, rows, state, nurse) <= state.row[nurse, ROW_ACCEPTED]
    cost = INFINITE
    if lawful:
        cost = judge(data, rows, state, nurse, NONE + 1, ANY_START, state.scratch[0], NONE, state.scratch[0])
    take_back(journal, state)
    journal.sizes[3] = 0
    return cost


@compiled
def _branch(state: State, weeks: Table, used: int, outside: int, best: int, options: int) -> int:
    """Replace the open week ``used`` by those with one day more that may cost less than ``best``; returns how many are
    open then. When there is no space for more, they are dropped."""
    worth, table = state.wide[WIDE_WORTH : WIDE_WORTH + SPAN], state.wide[WIDE_MINUTES : WIDE_MINUTES + SPAN]
    least = state.wide[WIDE_LEAST : WIDE_LEAST + SPAN + 1]
    width = least.shape[1]
    cost, code, where = weeks[COST, used], weeks[CODE, used], weeks[WHERE, used]
    day, units = where // width, where % width
    for option in range(options):
        if worth[day, option] < INFINITE and used < width:
            spent, reached = cost + worth[day, option], units + table[day, option]
            key = outside + spent + least[day + 1, reached]
            if key < best:
                weeks[KEY, used], weeks[COST, used] = key * DEEPER - (day + 1), spent
                weeks[CODE, used], weeks[WHERE, used] = code * options + option, (day + 1) * width + reached
                used += 1
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
    found, made = state.scratch[SCRATCH_ROW + FOUND], state.scratch[SCRATCH_ROW + MADE]
    weeks, width = state.wide[WIDE_OPEN : WIDE_OPEN + 4], state.wide.shape[1]
    options, first, present = len(duties.kind_lane) + 1, week * SPAN, NONE
    for index in range(span):
        present = present * options + state.duty[nurse, first + index, 0] + 1
    open_journal(journal, state)
    now = judge(data, rows, state, nurse, NONE + 1, ANY_START, state.scratch[0], NONE, state.scratch[0])
    outside = cost_outside(rows, state, nurse, week)
    least_rest(rows, duties, state, nurse, week, span)
    best, judged, lawful, used = now + room, NONE, False, NONE + 1
    weeks[KEY, 0], weeks[COST, 0], weeks[CODE, 0], weeks[WHERE, 0] = NEVER, NONE, NONE, NONE
    while used > 0 and judged < MOST_JUDGED:
        used = take_cheapest(weeks, used)
        if (weeks[KEY, used] + SPAN) // DEEPER >= best:
            break
        if weeks[WHERE, used] < span * width:
            used = _branch(state, weeks, used, outside, best, options)
        elif weeks[CODE, used] != present:
            judged += 1
            cost, code = weeks[COST, used], weeks[CODE, used]
            for index in range(span - 1, -1, -1):
                made[index], code = code % options, code // options
                if made[index] > 0:
                    cost -= rows.price[nurse, first + index, made[index] - 1]
            price = row_price(data, rows, duties, state, journal, nurse, first, span, made)
            if price < INFINITE and cost + price < best:
                best, lawful = cost + price, True
                for index in range(span):
                    found[index] = made[index]
    return best - now if lawful else INFINITE


@compiled
def move_row(
    data: Data, rows: Rows, duties: Duties, state: State, journal: Journal, bank: np.ndarray, number: int, room: int,
    random: Random,
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
        day_worth(data, rows, duties, state, journal, nurse, first + index, bank, number, worth, random)
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
    # The rest of a route in standby may lie at other times now that tied work left it.
    broken = row_violations(data, rows, state, nurse)
    if broken > state.row[nurse, ROW_ACCEPTED]:
        return ANY_START
    state.row[nurse, ROW_ACCEPTED] = broken
    return number
