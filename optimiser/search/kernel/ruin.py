"""Taking work out, in ten ways: the first is strings of nearby routes (Christiaens and Vanden Berghe 2020), the others
are the removals of Ropke and Pisinger (2006) and what a week of duties adds: routes, days, blocks of days."""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.compiled import compiled, inlined
from optimiser.search.kernel.data import (
    FIRST_WINDOW,
    JOB_OPTIONS,
    LEG,
    NONE,
    PLACED_SLOT,
    PLACED_WINDOW,
    ROUTE_COUNT,
    ROUTE_LAST_LEG,
    SCRATCH_SEEN,
    SLOT_LOCKED,
    SLOTS,
    WINDOW_DAY,
    WINDOW_LOW,
    Data,
    Random,
    State,
)
from optimiser.search.kernel.random_state import below
from optimiser.search.kernel.remove import remove_route, remove_run, remove_unit_of
from optimiser.search.kernel.undo import Journal

MEAN_REMOVED = 12
LONGEST_STRING = 8
STRINGS, ROUTE, RELATED, TIME, SKILL, DAY, BLOCK, WORST, SCATTERED = range(9)
"""Kinds: strings of routes nearby; one route; nearest in place and time; at one time of one day; as few who may do it;
routes of a day nearby; the days of a nurse in a row; what costs most where it is; anything."""
RUINS = 9
HOUR = 60
DRAWS = 8
"""Worst: the dearest of so many draws; time and skill: so many draws for each job wanted."""


@inlined
def _holds(table: np.ndarray, used: int, value: int) -> bool:
    """Whether one of the first ``used`` entries is the value."""
    found = False
    for index in range(used):
        found = found or table[index] == value
    return found


@compiled
def _strings(
    data: Data, state: State, journal: Journal, seed_job: int, bank: np.ndarray, number: int, random: Random
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
        number = remove_run(data, state, journal, slot, begin, length, bank, number)
    return number


@compiled
def _scattered(
    data: Data, state: State, journal: Journal, seed_job: int, kind: int, bank: np.ndarray, number: int,
    random: Random,
) -> int:  # fmt: skip
    """Single jobs: near the seed, at its time, with as few who may do them, or any."""
    jobs, near_ones = len(data.job) - 1, data.neighbours.shape[1]
    wanted, found = 1 + below(random, MEAN_REMOVED), NONE
    window = data.job[seed_job, FIRST_WINDOW]
    if state.job[seed_job, PLACED_SLOT] >= 0:
        window = state.job[seed_job, PLACED_WINDOW]
    for draw in range(DRAWS * wanted):
        if found >= wanted:
            break
        if kind == RELATED:
            if draw >= near_ones:
                break
            job = np.int64(data.neighbours[seed_job, draw])
        else:
            job = seed_job if draw == 0 else below(random, jobs)
        if state.job[job, PLACED_SLOT] < 0:
            continue
        here = state.job[job, PLACED_WINDOW]
        if kind == TIME and (
            data.window[here, WINDOW_DAY] != data.window[window, WINDOW_DAY]
            or abs(data.window[here, WINDOW_LOW] - data.window[window, WINDOW_LOW]) > HOUR
        ):
            continue
        if kind == SKILL and abs(_able(data, job) - _able(data, seed_job)) > 1:
            continue
        number = remove_unit_of(data, state, journal, job, bank, number)
        found += 1
    return number


@compiled
def _able(data: Data, job: int) -> int:
    """How many nurses may do a job, in the mean over its windows."""
    return data.job[job, JOB_OPTIONS] // max(1, data.job[job + 1, FIRST_WINDOW] - data.job[job, FIRST_WINDOW])


@compiled
def _worst(data: Data, state: State, journal: Journal, bank: np.ndarray, number: int, random: Random) -> int:
    """Jobs whose two legs are long: each the dearest of some drawn."""
    jobs = len(data.job) - 1
    for _ in range(1 + below(random, MEAN_REMOVED)):
        dearest, most = np.int64(-1), np.int64(-1)
        for _ in range(DRAWS):
            job = below(random, jobs)
            slot = state.job[job, PLACED_SLOT]
            if slot < 0 or state.slot[slot, SLOT_LOCKED]:
                # Of what lies outside a part the locked route does not even know its stops.
                continue
            position, count = NONE, state.route[slot, ROUTE_COUNT]
            while state.stops[slot, position] != job:
                position += 1
            onward = state.route[slot, ROUTE_LAST_LEG]
            if position + 1 < count:
                onward = state.label[slot, position + 1, LEG]
            cost = state.label[slot, position, LEG] + onward
            cost += data.may_serve[state.job[job, PLACED_WINDOW], slot // (data.days * SLOTS)]
            if cost > most:
                dearest, most = job, cost
        if dearest >= 0:
            number = remove_unit_of(data, state, journal, dearest, bank, number)
    return number


@compiled
def _routes(
    data: Data, state: State, journal: Journal, seed_job: int, kind: int, bank: np.ndarray, number: int,
    random: Random,
) -> int:  # fmt: skip
    """Whole routes: the seed's; those of its day nearby; those of its nurse on days in a row."""
    slot = state.job[seed_job, PLACED_SLOT]
    if slot < 0:
        return number
    width = data.days * SLOTS
    wanted = 2 + below(random, 3)
    if kind == BLOCK:
        nurse, day = slot // width, slot % width // SLOTS
        for one in range(nurse * width + day * SLOTS, nurse * width + min(data.days, day + wanted) * SLOTS):
            number = remove_route(data, state, journal, one, bank, number)
        return number
    day = slot % width // SLOTS
    number = remove_route(data, state, journal, slot, bank, number)
    if kind == DAY:
        for near in range(data.neighbours.shape[1]):
            if wanted <= 1:
                break
            other = state.job[np.int64(data.neighbours[seed_job, near]), PLACED_SLOT]
            if other >= 0 and other % width // SLOTS == day:
                number = remove_route(data, state, journal, other, bank, number)
                wanted -= 1
    return number


@compiled
def ruin(data: Data, state: State, journal: Journal, bank: np.ndarray, number: int, kind: int, random: Random) -> int:
    """One ruin of a kind; returns the bank's new size."""
    jobs = len(data.job) - 1
    if jobs == 0:
        return number
    seed_job = below(random, jobs)
    if number > 0 and below(random, 2) == 0:
        # Half of the ruins happen around a unit that is left out, to make room for it.
        seed_job = data.unit_jobs[data.unit_from[bank[below(random, number)]]]
    if kind == STRINGS:
        return _strings(data, state, journal, seed_job, bank, number, random)
    if kind == WORST:
        return _worst(data, state, journal, bank, number, random)
    if kind in (ROUTE, DAY, BLOCK):
        return _routes(data, state, journal, seed_job, kind, bank, number, random)
    return _scattered(data, state, journal, seed_job, kind, bank, number, random)
