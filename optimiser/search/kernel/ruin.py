"""Taking work out: strings of nearby routes (Christiaens and Vanden Berghe 2020), whole routes, scattered jobs."""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.compiled import compiled
from optimiser.search.kernel.data import (
    JOB_UNIT,
    NONE,
    PLACED_SLOT,
    ROUTE_COUNT,
    SCRATCH_CHOSEN,
    SCRATCH_SEEN,
    SLOT_LOCKED,
    Data,
    State,
)
from optimiser.search.kernel.far import far
from optimiser.search.kernel.insertion import take_job
from optimiser.search.kernel.random_state import below, unit
from optimiser.search.kernel.signatures import DATA, JOURNAL, LIST, NUMBER, RANDOM, STATE
from optimiser.search.kernel.undo import Journal, touch

MEAN_REMOVED = 12
LONGEST_STRING = 8


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
def _holds(table: np.ndarray, used: int, value: int) -> bool:
    """Whether one of the first ``used`` entries is the value."""
    found = False
    for index in range(used):
        found = found or table[index] == value
    return found


@compiled
def _remove_run(
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
def _strings(
    data: Data, state: State, journal: Journal, seed_job: int, bank: np.ndarray, number: int, random: np.ndarray
) -> int:
    """Adjacent string removal: a short string from each of a few routes around the seed job."""
    longest = 1 + below(random, LONGEST_STRING)
    routes = 1 + below(random, max(1, 2 * MEAN_REMOVED // (longest + 1)))
    seen, used = state.scratch[SCRATCH_SEEN], NONE
    for near in range(-1, data.neighbours.shape[1]):
        if used >= routes:
            break
        job = seed_job if near < 0 else np.int64(data.neighbours[seed_job, near])
        slot = state.job[job, PLACED_SLOT]
        if slot < 0 or state.slot[slot, SLOT_LOCKED] or _holds(seen, used, slot):
            continue
        seen[used] = slot
        used += 1
        count = state.route[slot, ROUTE_COUNT]
        length = min(count, 1 + below(random, longest))
        position = 0
        while state.stops[slot, position] != job:
            position += 1
        low = max(0, position - length + 1)
        high = min(position, count - length)
        begin = low + below(random, high - low + 1)
        number = _remove_run(data, state, journal, slot, begin, length, bank, number)
    return number


@compiled
def ruin(data: Data, state: State, journal: Journal, bank: np.ndarray, number: int, random: np.ndarray) -> int:
    """One ruin of a random kind; returns the bank's new size."""
    jobs, near_ones = len(data.job) - 1, data.neighbours.shape[1]
    if jobs == 0:
        return number
    seed_job = below(random, jobs)
    if number > 0 and below(random, 2) == 0:
        # Half of the ruins happen around a unit that is left out, to make room for it.
        seed_job = data.unit_jobs[data.unit_from[bank[below(random, number)]]]
    choice = unit(random)
    if choice < 0.75:
        return _strings(data, state, journal, seed_job, bank, number, random)
    slot = state.job[seed_job, PLACED_SLOT]
    if choice < 0.85 and slot >= 0:
        return _remove_run(data, state, journal, slot, NONE, state.route[slot, ROUTE_COUNT], bank, number)
    wanted = 1 + below(random, MEAN_REMOVED)
    related = choice < 0.95 and near_ones > 0
    for step in range(wanted):
        job = np.int64(data.neighbours[seed_job, step % near_ones]) if related else below(random, jobs)
        if state.job[job, PLACED_SLOT] >= 0:
            number = remove_unit_of(data, state, journal, job, bank, number)
    return number


far_ruin = far(ruin, NUMBER, DATA, STATE, JOURNAL, LIST, NUMBER, RANDOM)
