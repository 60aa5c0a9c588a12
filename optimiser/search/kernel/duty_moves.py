"""Moves of duties with their routes: the cells change, the work of the routes goes to the bank and is put back."""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.cells import clear, set_duty
from optimiser.search.kernel.compiled import compiled
from optimiser.search.kernel.data import (
    ANY_START,
    ROW_ACCEPTED,
    SCRATCH_CELLS,
    SLOT_ACTIVE,
    SLOT_BEGIN,
    SLOT_COLUMNS,
    SLOT_FINISH,
    SLOTS,
    Data,
    Duties,
    Loose,
    Random,
    Rows,
    State,
)
from optimiser.search.kernel.fits import slots_of
from optimiser.search.kernel.hand_over import hand_over
from optimiser.search.kernel.random_state import below, unit
from optimiser.search.kernel.rows import row_violations
from optimiser.search.kernel.undo import Journal


@compiled
def overlaps(data: Data, state: State, nurse: int, day: int) -> bool:
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


@compiled
def _draw(duties: Duties, state: State, cells: Loose, random: Random) -> int:
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
        # Two nurses with the same kind can still exchange their routes.
        return 0 if nurse == other or (cells[0, 3] == here and (here < 0 or lane == 1)) else 2
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


@compiled
def _keeps(data: Data, rows: Rows, state: State, cells: Loose, changed: int) -> bool:
    """Whether the rows of the changed cells hold no overlap and no more violations than were accepted."""
    for index in range(changed):
        if overlaps(data, state, cells[index, 0], cells[index, 1]):
            return False
    for index in range(min(changed, 2)):
        # No move has more than two nurses: the first two cells name them.
        nurse = cells[index, 0]
        if index == 1 and nurse == cells[0, 0]:
            continue
        found = row_violations(data, rows, state, nurse)
        if found > state.row[nurse, ROW_ACCEPTED]:
            return False
        state.row[nurse, ROW_ACCEPTED] = found
    return True


@compiled
def _may_be(
    data: Data, rows: Rows, duties: Duties, state: State, journal: Journal, cells: Loose, changed: int
) -> bool:  # fmt: skip
    """Whether the rows of the changed cells keep the rules with the new duties; everything is as before afterwards."""
    listed = journal.sizes[3]
    for index in range(changed):
        nurse, day, lane, kind = cells[index]
        set_duty(data, duties, state, journal, nurse, day, lane, kind)
    lawful = _keeps(data, rows, state, cells, changed)
    for index in range(changed):
        nurse, day, lane, kind = cells[index]
        state.duty[nurse, day, lane] = journal.cells[listed + index, 3]
        first, last = slots_of((nurse * data.days + day) * SLOTS, lane)
        for slot in range(first, last):
            for column in range(SLOT_COLUMNS):
                state.slot[slot, column] = journal.old.slot[slot, column]
    journal.sizes[3] = listed
    return lawful


@compiled
def move_duties(
    data: Data,
    rows: Rows,
    duties: Duties,
    state: State,
    journal: Journal,
    bank: np.ndarray,
    number: int,
    random: Random,
) -> int:
    """Draw a move of duties and make it: half the time the routes go along as they are, else their work goes to the
    bank. Returns the bank's size, or -1 when the move is not possible (the caller takes everything back)."""
    cells = state.scratch[SCRATCH_CELLS : SCRATCH_CELLS + 4, :4]
    changed = _draw(duties, state, cells, random)
    if changed == 0:
        return ANY_START
    for index in range(changed):
        nurse, day, lane, kind = cells[index]
        if duties.pinned[nurse, day, lane] or (kind >= 0 and not duties.allowed[nurse, day, kind]):
            return ANY_START
    if cells[0, 2] == 0 and not _may_be(data, rows, duties, state, journal, cells, changed):
        return ANY_START
    same_day = changed != 2 or cells[0, 1] == cells[1, 1]
    routes_only = changed == 2 and cells[0, 3] == cells[1, 3] and same_day
    if same_day and cells[0, 2] == 0 and (routes_only or below(random, 2) == 0):
        return hand_over(data, rows, duties, state, journal, cells, changed, bank, number)
    for index in range(changed):
        nurse, day, lane, kind = cells[index]
        number = clear(data, state, journal, nurse, day, lane, bank, number)
        if number < 0:
            return ANY_START
    for index in range(changed):
        nurse, day, lane, kind = cells[index]
        set_duty(data, duties, state, journal, nurse, day, lane, kind)
    if cells[0, 2] == 1 and not _keeps(data, rows, state, cells, changed):
        return ANY_START
    return number
