"""Taking work off its routes into the bank: whole units only, never from locked routes."""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.compiled import compiled
from optimiser.search.kernel.data import (
    JOB_UNIT,
    NONE,
    PLACED_SLOT,
    ROUTE_COUNT,
    SCRATCH_CHOSEN,
    SLOT_LOCKED,
    Data,
    State,
)
from optimiser.search.kernel.insertion import take_job
from optimiser.search.kernel.undo import Journal, touch


@compiled
def remove_unit_of(data: Data, state: State, journal: Journal, job: int, bank: np.ndarray, number: int) -> int:
    """Take out the whole unit of a placed job and put it in the bank; locked routes stay. Returns the bank's size."""
    unit_number = data.job[job, JOB_UNIT]
    first, last = data.unit_from[unit_number], data.unit_from[unit_number + 1]
    for index in range(first, last):
        slot = state.job[data.unit_jobs[index], PLACED_SLOT]
        if slot < 0 or state.slot[slot, SLOT_LOCKED]:
            return number
    for index in range(first, last):
        member = data.unit_jobs[index]
        touch(journal, state, state.job[member, PLACED_SLOT], member)
        take_job(data, state, member)
    bank[number] = unit_number
    return number + 1


@compiled
def remove_run(
    data: Data, state: State, journal: Journal, slot: int, begin: int, length: int, bank: np.ndarray, number: int
) -> int:
    """Take ``length`` stops of a route out, from position ``begin`` on, each with its unit."""
    chosen = state.scratch[SCRATCH_CHOSEN]
    for index in range(length):
        chosen[index] = state.stops[slot, begin + index]
    for index in range(length):
        if state.job[chosen[index], PLACED_SLOT] == slot:
            number = remove_unit_of(data, state, journal, chosen[index], bank, number)
    return number


@compiled
def remove_route(data: Data, state: State, journal: Journal, slot: int, bank: np.ndarray, number: int) -> int:
    """Take all stops of a route out, each with its unit; returns the bank's size."""
    if state.slot[slot, SLOT_LOCKED]:
        return number
    return remove_run(data, state, journal, slot, NONE, state.route[slot, ROUTE_COUNT], bank, number)
