"""What the rest of a nurse's week costs at least, backwards over days and minutes worked; and the open weeks."""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.compiled import compiled
from optimiser.search.kernel.data import (
    INFINITE,
    NONE,
    SLOT_ACTIVE,
    SLOT_BEGIN,
    SLOT_FINISH,
    SLOT_WORK,
    STANDBY_SLOT,
    WEEK_START,
    WIDE_LEAST,
    WIDE_MINUTES,
    WIDE_PLANNED,
    WIDE_WORTH,
    Duties,
    Rows,
    State,
)

SPAN = 7
"""Days that are planned anew: one calendar week."""
KEY, COST, CODE, WHERE = range(4)
"""Rows of the open weeks: order, cost of the days so far, their options as digits, days and minutes so far."""


@compiled
def split_minutes(rows: Rows, duties: Duties, week: int, day: int, kind: int) -> tuple[int, int]:
    """Minutes of work that a duty adds to a week, and to the week after."""
    inside, after = NONE, NONE
    end = rows.week[week + 1, WEEK_START]
    for segment in range(STANDBY_SLOT):
        slot = duties.kind_slot[day, kind, segment]
        if slot[SLOT_ACTIVE] == 1:
            beyond = max(NONE, slot[SLOT_FINISH] - end) if slot[SLOT_BEGIN] < end else slot[SLOT_WORK]
            inside += slot[SLOT_WORK] - beyond
            after += beyond
    return inside, after


@compiled
def least_hours(rows: Rows, nurse: int, week: int, low: int, high: int) -> int:
    """The least price of over- or undertime of a week with ``low`` to ``high`` minutes planned."""
    if week >= rows.target.shape[1]:
        return NONE
    excess = min(max(rows.target[nurse, week], low), high) - rows.target[nurse, week]
    return excess * rows.overtime if excess > 0 else (-excess // 10) * rows.undertime


@compiled
def take_off_present(rows: Rows, duties: Duties, state: State, nurse: int, week: int, span: int) -> int:
    """Fill WIDE_MINUTES [day, option] for a week, and take her present work duties of it off WIDE_PLANNED; returns the
    most minutes that any may add to the week after."""
    table, planned, most = state.wide[WIDE_MINUTES : WIDE_MINUTES + SPAN], state.wide[WIDE_PLANNED], NONE
    for index in range(span):
        day = week * SPAN + index
        table[index, 0] = 0
        for kind in range(len(duties.kind_lane)):
            inside, after = split_minutes(rows, duties, week, day, kind)
            table[index, kind + 1] = inside
            most = max(most, after)
            if kind == state.duty[nurse, day, 0]:
                planned[week] -= inside
                planned[week + 1] -= after
    return most


@compiled
def cost_outside(rows: Rows, state: State, nurse: int, week: int) -> int:
    """What her row costs at least outside a week: duties by themselves, and hours as WIDE_PLANNED has them; the week's
    standby too."""
    cost = NONE
    for day in range(state.duty.shape[1]):
        for lane in range(2):
            kind = state.duty[nurse, day, lane]
            if kind >= 0 and (lane == 1 or day // SPAN != week):
                cost += rows.price[nurse, day, kind]
    for other in range(rows.target.shape[1]):
        if other < week or other > week + 1:
            planned = state.wide[WIDE_PLANNED, other]
            cost += least_hours(rows, nurse, other, planned, planned)
    return cost


@compiled
def unit_of_minutes(table: np.ndarray, worth: np.ndarray, span: int, options: int, width: int) -> tuple[int, int, int]:
    """Write ``table`` [day, option] in units; returns a unit's minutes, the most units of a week, and by how many
    minutes a week may be more than its units say (0 when they all divide)."""
    size, most = NONE, NONE
    for day in range(span):
        longest = NONE
        for option in range(options):
            if worth[day, option] < INFINITE:
                longest = max(longest, table[day, option])
                rest = table[day, option]
                while rest > 0:
                    size, rest = rest, size % rest
        most += longest
    spare = NONE
    if size == 0:
        size = NONE + 1
    elif most // size >= width:
        size = most // (width - 1) + 1
        spare = span * (size - 1)
    for day in range(span):
        for option in range(options):
            table[day, option] = table[day, option] // size
    return size, most // size, spare


@compiled
def least_rest(
    rows: Rows, state: State, nurse: int, week: int, span: int, options: int, after: int
) -> None:  # fmt: skip
    """Fill WIDE_LEAST [day, units so far] with what the days from there on and the hours of the week and of the week
    after, to which ``after`` minutes may be added, cost at least; WIDE_MINUTES is in units then. WIDE_PLANNED holds
    what is planned anyway."""
    fixed, following = state.wide[WIDE_PLANNED, week], state.wide[WIDE_PLANNED, week + 1]
    worth = state.wide[WIDE_WORTH : WIDE_WORTH + SPAN]
    table = state.wide[WIDE_MINUTES : WIDE_MINUTES + SPAN]
    least = state.wide[WIDE_LEAST : WIDE_LEAST + SPAN + 1]
    size, most, spare = unit_of_minutes(table, worth, span, options, least.shape[1])
    later = least_hours(rows, nurse, week + 1, following, following + after)
    for units in range(most + 1):
        low = fixed + size * units
        least[span, units] = later + least_hours(rows, nurse, week, low, low + spare)
    for day in range(span - 1, -1, -1):
        for units in range(most + 1):
            least[day, units] = INFINITE
        for option in range(options):
            if worth[day, option] < INFINITE:
                step = table[day, option]
                for units in range(most + 1 - step):
                    cost = worth[day, option] + least[day + 1, units + step]
                    least[day, units] = min(least[day, units], cost)


@compiled
def push(heap: np.ndarray, used: int, key: int, cost: int, code: int, where: int) -> int:
    """Add an open week; returns how many there are. When it is full the week is dropped."""
    if used >= heap.shape[1]:
        return used
    place = used
    while place > 0 and heap[KEY, (place - 1) // 2] > key:
        for row in range(4):
            heap[row, place] = heap[row, (place - 1) // 2]
        place = (place - 1) // 2
    heap[KEY, place], heap[COST, place], heap[CODE, place], heap[WHERE, place] = key, cost, code, where
    return used + 1


@compiled
def drop_first(heap: np.ndarray, used: int) -> int:
    """Take the cheapest open week, entry 0, away; returns how many are left."""
    last, place = used - 1, NONE
    while True:
        child = 2 * place + 1
        if child + 1 < last and heap[KEY, child + 1] < heap[KEY, child]:
            child += 1
        if child >= last or heap[KEY, child] >= heap[KEY, last]:
            break
        for row in range(4):
            heap[row, place] = heap[row, child]
        place = child
    for row in range(4):
        heap[row, place] = heap[row, last]
    return last
