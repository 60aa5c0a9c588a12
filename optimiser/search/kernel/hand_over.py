"""Routes that go along when duties change hands."""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.cells import set_duty
from optimiser.search.kernel.compiled import compiled, inlined
from optimiser.search.kernel.data import (
    ANY_START,
    INFINITE,
    JOB_UNIT,
    PLACED_HIGH,
    PLACED_LOW,
    PLACED_SLOT,
    PLACED_WINDOW,
    ROUTE_COUNT,
    SCRATCH_HELD,
    SCRATCH_SIZES,
    SLOT_ACTIVE,
    SLOT_LOCKED,
    SLOTS,
    Data,
    Duties,
    Loose,
    Rows,
    State,
)
from optimiser.search.kernel.fits import slots_of, tie_allows
from optimiser.search.kernel.insertion import place_job, take_job, try_position
from optimiser.search.kernel.undo import Journal, touch


@inlined
def _banked(bank: np.ndarray, first: int, number: int, unit_number: int) -> bool:
    found = False
    for index in range(first, number):
        found = found or bank[index] == unit_number
    return found


@compiled
def _bank_unit(data: Data, state: State, journal: Journal, job: int, bank: np.ndarray, first: int, number: int) -> int:
    """Take out what is placed of an unplaced job's unit and bank the unit; -1 when a part cannot leave."""
    unit_number = data.job[job, JOB_UNIT]
    if _banked(bank, first, number, unit_number):
        return number
    for index in range(data.unit_from[unit_number], data.unit_from[unit_number + 1]):
        member = data.unit_jobs[index]
        slot = state.job[member, PLACED_SLOT]
        if slot >= 0:
            if state.slot[slot, SLOT_LOCKED]:
                return ANY_START
            touch(journal, state, slot, member)
            take_job(data, state, member)
    bank[number] = unit_number
    return number + 1


@compiled
def hand_over(
    data: Data, rows: Rows, duties: Duties, state: State, journal: Journal, cells: Loose, changed: int,
    bank: np.ndarray, number: int,
) -> int:  # fmt: skip
    """Change the cells and give each route, in its order, to whoever has the duty of the day now; what does not fit
    goes to the bank. Returns the bank's size; -1 when work cannot leave."""
    held, sizes = state.scratch[SCRATCH_HELD : SCRATCH_HELD + 8], state.scratch[SCRATCH_SIZES]
    for index in range(8):
        sizes[index] = 0
    for index in range(changed):
        nurse, day, lane, kind = cells[index]
        first, last = slots_of((nurse * data.days + day) * SLOTS, lane)
        for slot in range(first, last):
            count = state.route[slot, ROUTE_COUNT]
            if count > 0 and state.slot[slot, SLOT_LOCKED]:
                return ANY_START
            sizes[2 * index + slot - first] = count
            for position in range(count):
                held[2 * index + slot - first, position] = state.stops[slot, position]
            for position in range(count - 1, -1, -1):
                job = held[2 * index + slot - first, position]
                touch(journal, state, slot, job)
                take_job(data, state, job)
    for index in range(changed):
        nurse, day, lane, kind = cells[index]
        set_duty(data, duties, state, journal, nurse, day, lane, kind)
    opened = number
    for index in range(changed):
        # Cells 0 and 1, and 2 and 3, are two nurses on one day; a single cell keeps its own work.
        goes = index if changed == 1 else index + 1 - 2 * (index % 2)
        nurse, day, lane, kind = cells[goes]
        first, last = slots_of((nurse * data.days + day) * SLOTS, lane)
        for slot in range(first, last):
            for position in range(sizes[2 * index + slot - first]):
                job = held[2 * index + slot - first, position]
                if _banked(bank, opened, number, data.job[job, JOB_UNIT]):
                    continue
                window = state.job[job, PLACED_WINDOW]
                fits = state.slot[slot, SLOT_ACTIVE] == 1 and not state.slot[slot, SLOT_LOCKED]
                fits = fits and data.may_serve[window, nurse] >= 0 and tie_allows(data, state, job, nurse)
                if fits:
                    count = state.route[slot, ROUTE_COUNT]
                    low, high = state.job[job, PLACED_LOW], state.job[job, PLACED_HIGH]
                    cost, start = try_position(data, rows, state, slot, count, job, low, high)
                    if cost < INFINITE:
                        touch(journal, state, slot, job)
                        place_job(data, state, job, slot, count, window, start)
                        continue
                number = _bank_unit(data, state, journal, job, bank, opened, number)
                if number < 0:
                    return ANY_START
    return number
