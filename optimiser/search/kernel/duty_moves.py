"""Moves of duties with their routes: the cells change, the work of the routes goes to the bank and is put back."""

from __future__ import annotations

import numpy as np
from numba import njit

from optimiser.search.kernel.data import (
    ANY_START,
    ROUTE_COUNT,
    ROW_ACCEPTED,
    SLOT_ACTIVE,
    SLOT_BEGIN,
    SLOT_COLUMNS,
    SLOT_END_PLACE,
    SLOT_FINISH,
    SLOT_FREE_LEG,
    SLOT_SLICE,
    SLOT_START_PLACE,
    SLOTS,
    STANDBY_SLOT,
    Data,
    Duties,
    Rows,
    State,
)
from optimiser.search.kernel.far import far
from optimiser.search.kernel.random_state import below, unit
from optimiser.search.kernel.rows import row_violations
from optimiser.search.kernel.ruin import remove_unit_of
from optimiser.search.kernel.signatures import DATA, DUTIES, JOURNAL, LIST, NUMBER, RANDOM, ROWS, STATE
from optimiser.search.kernel.undo import Journal, touch_slot


@njit(cache=True)
def _slots_of(day_base: int, lane: int) -> tuple[int, int]:
    """First and one past the last slot of a cell."""
    if lane == 1:
        return day_base + STANDBY_SLOT, day_base + SLOTS
    return day_base, day_base + STANDBY_SLOT


@njit(cache=True)
def _clear(
    data: Data, state: State, journal: Journal, nurse: int, day: int, lane: int, bank: np.ndarray, number: int
) -> int:
    """Send all work of a cell's routes to the bank. Returns its size; -1 when a stop cannot leave."""
    first, last = _slots_of((nurse * data.days + day) * SLOTS, lane)
    for slot in range(first, last):
        while state.route[slot, ROUTE_COUNT] > 0:
            before = state.route[slot, ROUTE_COUNT]
            number = remove_unit_of(data, state, journal, state.stops[slot, before - 1], bank, number)
            if state.route[slot, ROUTE_COUNT] == before:
                return ANY_START
    return number


@njit(cache=True)
def set_duty(
    data: Data, duties: Duties, state: State, journal: Journal, nurse: int, day: int, lane: int, kind: int
) -> None:
    """Write a cell and its slots; the routes must be empty."""
    listed = journal.sizes[3]
    journal.cells[listed, 0], journal.cells[listed, 1], journal.cells[listed, 2] = nurse, day, lane
    journal.cells[listed, 3] = state.duty[nurse, day, lane]
    journal.sizes[3] += 1
    state.duty[nurse, day, lane] = kind
    first, last = _slots_of((nurse * data.days + day) * SLOTS, lane)
    for slot in range(first, last):
        touch_slot(journal, state, slot)
        if kind < 0:
            state.slot[slot, SLOT_ACTIVE] = 0
            continue
        for column in range(SLOT_COLUMNS):
            state.slot[slot, column] = duties.kind_slot[day, kind, slot - first, column]
        part = duties.kind_part[kind]
        state.slot[slot, SLOT_START_PLACE] = duties.journey[nurse, day, part, 0]
        state.slot[slot, SLOT_END_PLACE] = duties.journey[nurse, day, part, 1]
        state.slot[slot, SLOT_SLICE] = duties.journey[nurse, day, part, 2]
        state.slot[slot, SLOT_FREE_LEG] = duties.free_leg[nurse]


@njit(cache=True)
def _overlaps(data: Data, state: State, nurse: int, day: int) -> bool:
    """Whether duties of a nurse around a day overlap."""
    base = nurse * data.days
    low = (base + max(0, day - 1)) * SLOTS
    high = (base + min(data.days, day + 2)) * SLOTS
    for one in range(low, high):
        if state.slot[one, SLOT_ACTIVE] == 1:
            for other in range(one + 1, high):
                if state.slot[other, SLOT_ACTIVE] == 1:
                    shared = min(state.slot[one, SLOT_FINISH], state.slot[other, SLOT_FINISH])
                    if max(state.slot[one, SLOT_BEGIN], state.slot[other, SLOT_BEGIN]) < shared:
                        return True
    return False


@njit(cache=True)
def _draw(duties: Duties, state: State, cells: np.ndarray, random: np.ndarray) -> int:
    """Draw a move: fill ``cells`` [4, 4] with nurse, day, lane, new kind. Returns how many cells change."""
    nurses, days = state.duty.shape[0], state.duty.shape[1]
    lane = 1 if below(random, 5) == 0 else 0
    nurse, day = below(random, nurses), below(random, days)
    other, later = below(random, nurses), below(random, days)
    choice = unit(random)
    cells[:, 2] = lane
    cells[0, 0], cells[0, 1] = nurse, day
    here = state.duty[nurse, day, lane]
    if choice < 0.4:
        kind = below(random, len(duties.kind_lane))
        if here >= 0 and below(random, 4) == 0:
            kind = ANY_START
        elif duties.kind_lane[kind] != lane:
            return 0
        cells[0, 3] = kind
        return 0 if kind == here else 1
    if choice < 0.6:
        cells[1, 0], cells[1, 1] = other, day
        cells[0, 3], cells[1, 3] = state.duty[other, day, lane], here
        return 0 if nurse == other or cells[0, 3] == here else 2
    if choice < 0.8:
        cells[1, 0], cells[1, 1] = nurse, later
        cells[0, 3], cells[1, 3] = state.duty[nurse, later, lane], here
        return 0 if day == later or cells[0, 3] == here else 2
    if nurse == other or day == later:
        return 0
    cells[1, 0], cells[1, 1] = other, day
    cells[2, 0], cells[2, 1] = nurse, later
    cells[3, 0], cells[3, 1] = other, later
    cells[0, 3], cells[1, 3] = state.duty[other, day, lane], here
    cells[2, 3], cells[3, 3] = state.duty[other, later, lane], state.duty[nurse, later, lane]
    return 0 if cells[0, 3] == here and cells[2, 3] == cells[3, 3] else 4


@njit(cache=True)
def move_duties(
    data: Data,
    rows: Rows,
    duties: Duties,
    state: State,
    journal: Journal,
    bank: np.ndarray,
    number: int,
    random: np.ndarray,
) -> int:
    """Draw a move of duties and make it, its routes' work in the bank. Returns the bank's size, or -1 when the move is
    not possible (the caller takes everything back)."""
    cells = np.empty((4, 4), dtype=np.int64)
    changed = _draw(duties, state, cells, random)
    if changed == 0:
        return ANY_START
    for index in range(changed):
        nurse, day, lane, kind = cells[index]
        if duties.pinned[nurse, day, lane] or (kind >= 0 and not duties.allowed[nurse, day, kind]):
            return ANY_START
    for index in range(changed):
        nurse, day, lane, kind = cells[index]
        number = _clear(data, state, journal, nurse, day, lane, bank, number)
        if number < 0:
            return ANY_START
    for index in range(changed):
        nurse, day, lane, kind = cells[index]
        set_duty(data, duties, state, journal, nurse, day, lane, kind)
    for index in range(changed):
        if _overlaps(data, state, cells[index, 0], cells[index, 1]):
            return ANY_START
    for index in range(min(changed, 2)):
        # No move has more than two nurses: the first two cells name them.
        nurse = cells[index, 0]
        if index == 1 and nurse == cells[0, 0]:
            continue
        found = row_violations(data, rows, state, nurse)
        if found > state.row[nurse, ROW_ACCEPTED]:
            return ANY_START
        state.row[nurse, ROW_ACCEPTED] = found
    return number


far_move_duties = far(move_duties, NUMBER, DATA, ROWS, DUTIES, STATE, JOURNAL, LIST, NUMBER, RANDOM)
