"""One nurse, day and lane: emptied, or given another kind of duty."""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.compiled import compiled
from optimiser.search.kernel.data import (
    ANY_START,
    ROUTE_COUNT,
    SLOT_ACTIVE,
    SLOT_COLUMNS,
    SLOT_END_PLACE,
    SLOT_FREE_LEG,
    SLOT_SLICE,
    SLOT_START_PLACE,
    SLOTS,
    Data,
    Duties,
    State,
)
from optimiser.search.kernel.fits import slots_of
from optimiser.search.kernel.places import raise_reach
from optimiser.search.kernel.remove import remove_unit_of
from optimiser.search.kernel.undo import Journal, touch_slot


@compiled
def clear(
    data: Data, state: State, journal: Journal, nurse: int, day: int, lane: int, bank: np.ndarray, number: int
) -> int:
    """Send all work of a cell's routes to the bank. Returns its size; -1 when a stop cannot leave."""
    first, last = slots_of((nurse * data.days + day) * SLOTS, lane)
    for slot in range(first, last):
        while state.route[slot, ROUTE_COUNT] > 0:
            before = state.route[slot, ROUTE_COUNT]
            number = remove_unit_of(data, state, journal, state.stops[slot, before - 1], bank, number)
            if state.route[slot, ROUTE_COUNT] == before:
                return ANY_START
    return number


@compiled
def set_duty(
    data: Data, duties: Duties, state: State, journal: Journal, nurse: int, day: int, lane: int, kind: int
) -> None:
    """Write a cell and its slots; the routes must be empty."""
    listed = journal.sizes[3]
    journal.cells[listed, 0], journal.cells[listed, 1], journal.cells[listed, 2] = nurse, day, lane
    journal.cells[listed, 3] = state.duty[nurse, day, lane]
    journal.sizes[3] += 1
    state.duty[nurse, day, lane] = kind
    first, last = slots_of((nurse * data.days + day) * SLOTS, lane)
    for slot in range(first, last):
        touch_slot(journal, state, slot)
        if kind < 0:
            state.slot[slot, SLOT_ACTIVE] = 0
            continue
        for column in range(SLOT_COLUMNS):
            state.slot[slot, column] = duties.kind_slot[day, kind, slot - first, column]
        raise_reach(data, state, slot)
        part = duties.kind_part[kind]
        state.slot[slot, SLOT_START_PLACE] = duties.journey[nurse, day, part, 0]
        state.slot[slot, SLOT_END_PLACE] = duties.journey[nurse, day, part, 1]
        state.slot[slot, SLOT_SLICE] = duties.journey[nurse, day, part, 2]
        state.slot[slot, SLOT_FREE_LEG] = duties.free_leg[nurse]
