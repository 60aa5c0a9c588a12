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
    Table,
)

SPAN = 7
"""Days that are planned anew: one calendar week."""
UNIT = 5
"""Minutes worked are counted in units of so many."""
KEY, COST, CODE, WHERE = range(4)
"""Rows of the open weeks: order, cost of the days so far, their options as digits, days and minutes so far."""


@compiled
def least_hours(rows: Rows, nurse: int, week: int, low: int, high: int) -> int:
    """The least price of over- or undertime of a week with ``low`` to ``high`` minutes planned."""
    if week >= rows.target.shape[1]:
        return NONE
    excess = min(max(rows.target[nurse, week], low), high) - rows.target[nurse, week]
    return excess * rows.overtime if excess > 0 else (-excess // 10) * rows.undertime


@compiled
def list_minutes(
    rows: Rows, duties: Duties, state: State, nurse: int, week: int, span: int
) -> tuple[int, int, int]:  # fmt: skip
    """Fill WIDE_MINUTES [day, option] with the units of UNIT minutes that each duty adds to a week, rounded down, and
    take her present work duties of the week off WIDE_PLANNED. Returns the most units of a week, the most minutes lost
    by rounding, and the most minutes that may be added to the week after. Duties of a day and night are made
    impossible."""
    table, planned = state.wide[WIDE_MINUTES : WIDE_MINUTES + SPAN], state.wide[WIDE_PLANNED]
    worth, end = state.wide[WIDE_WORTH : WIDE_WORTH + SPAN], rows.week[week + 1, WEEK_START]
    most, lost, beyond = NONE, NONE, NONE
    for index in range(span):
        day, longest, rest = week * SPAN + index, NONE, NONE
        table[index, 0] = 0
        for kind in range(len(duties.kind_lane)):
            inside, after = NONE, NONE
            for segment in range(STANDBY_SLOT):
                slot = duties.kind_slot[day, kind, segment]
                if slot[SLOT_ACTIVE] == 1:
                    late = max(NONE, slot[SLOT_FINISH] - end) if slot[SLOT_BEGIN] < end else slot[SLOT_WORK]
                    inside += slot[SLOT_WORK] - late
                    after += late
            if kind == state.duty[nurse, day, 0]:
                planned[week] -= inside
                planned[week + 1] -= after
            if inside // UNIT >= table.shape[1] // SPAN:
                worth[index, kind + 1] = INFINITE
            if worth[index, kind + 1] < INFINITE:
                longest, rest, beyond = max(longest, inside // UNIT), max(rest, inside % UNIT), max(beyond, after)
            table[index, kind + 1] = inside // UNIT
        most += longest
        lost += rest
    return most, lost, beyond


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
def least_rest(rows: Rows, duties: Duties, state: State, nurse: int, week: int, span: int) -> None:
    """Fill WIDE_LEAST [day, units so far] with what the days from there on and the hours of the week and of the week
    after cost at least; WIDE_PLANNED must be that of her row as it stands, and loses her present work of the week."""
    most, lost, beyond = list_minutes(rows, duties, state, nurse, week, span)
    worth = state.wide[WIDE_WORTH : WIDE_WORTH + SPAN]
    table = state.wide[WIDE_MINUTES : WIDE_MINUTES + SPAN]
    least = state.wide[WIDE_LEAST : WIDE_LEAST + SPAN + 1]
    fixed, following = state.wide[WIDE_PLANNED, week], state.wide[WIDE_PLANNED, week + 1]
    later = least_hours(rows, nurse, week + 1, following, following + beyond)
    for units in range(most + 1):
        low = fixed + UNIT * units
        least[span, units] = later + least_hours(rows, nurse, week, low, low + lost)
    for day in range(span - 1, -1, -1):
        for units in range(most + 1):
            least[day, units] = INFINITE
        for option in range(len(duties.kind_lane) + 1):
            if worth[day, option] < INFINITE:
                step = table[day, option]
                for units in range(most + 1 - step):
                    cost = worth[day, option] + least[day + 1, units + step]
                    least[day, units] = min(least[day, units], cost)


@compiled
def take_cheapest(weeks: Table, used: int) -> int:
    """Put the cheapest of the open weeks last; returns how many are before it."""
    chosen = NONE
    for index in range(1, used):
        if weeks[KEY, index] < weeks[KEY, chosen]:
            chosen = np.int64(index)
    for row in range(4):
        weeks[row, chosen], weeks[row, used - 1] = weeks[row, used - 1], weeks[row, chosen]
    return used - 1
