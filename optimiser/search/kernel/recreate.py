"""Putting left-out units back: one job by its best place, linked jobs together from several trial starts."""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.compiled import compiled
from optimiser.search.kernel.data import (
    ANY_START,
    FIRST_WINDOW,
    INFINITE,
    JOB_MINUTES,
    JOB_OPTIONS,
    JOB_PENALTY,
    NONE,
    PLACED_LOW,
    PLACED_SLOT,
    WIDE_KEYS,
    WINDOW_HIGH,
    WINDOW_LOW,
    Data,
    Random,
    Rows,
    State,
)
from optimiser.search.kernel.insertion import best_insertion, place_job, regret, take_job
from optimiser.search.kernel.random_state import below, next_word, unit
from optimiser.search.kernel.undo import Journal, touch

TRIALS = 6
GRID = 5
FAR = np.int64(500_000_000)
MOST_REGRETTED = 30
"""With more units to put back, none is asked what it would lose."""


@compiled
def _trial_start(data: Data, job: int, random: Random) -> int:
    """A random start on a five-minute grid inside a random window of the job."""
    first, last = data.job[job, FIRST_WINDOW], data.job[job + 1, FIRST_WINDOW]
    window = first + below(random, last - first)
    low, high = data.window[window, WINDOW_LOW], data.window[window, WINDOW_HIGH]
    steps = (high - low) // GRID
    return low + GRID * below(random, steps + 1)


@compiled
def _place_unit(
    data: Data,
    rows: Rows,
    state: State,
    journal: Journal,
    unit_number: int,
    lead: int,
    forced: int,
    limit: int,
    random: Random,
) -> int:
    """Place all jobs of a unit, job ``lead`` first (at ``forced`` unless -1). Returns the cost; on failure or at
    ``limit`` everything is taken out again and the answer is INFINITE."""
    first, last = data.unit_from[unit_number], data.unit_from[unit_number + 1]
    number = last - first
    cost = NONE
    for step in range(number):
        index = lead if step == 0 else (step if step > lead else step - 1)
        job = data.unit_jobs[first + index]
        added, slot, position, window, start = best_insertion(
            data, rows, state, job, forced if step == 0 else ANY_START, limit - cost, random
        )
        cost += added
        if slot < 0 or cost >= limit:
            for back in range(first, last):
                if state.job[data.unit_jobs[back], PLACED_SLOT] >= 0:
                    take_job(data, state, data.unit_jobs[back])
            return INFINITE
        touch(journal, state, slot, job)
        place_job(data, state, job, slot, position, window, start)
    return cost


@compiled
def insert_unit(data: Data, rows: Rows, state: State, journal: Journal, unit_number: int, random: Random) -> bool:
    """Put a unit in where it costs least; False when it fits nowhere for less than its penalty."""
    first, last = data.unit_from[unit_number], data.unit_from[unit_number + 1]
    penalty = NONE
    for index in range(first, last):
        penalty += data.job[data.unit_jobs[index], JOB_PENALTY]
    if last - first == 1:
        job = data.unit_jobs[first]
        cost, slot, position, window, start = best_insertion(data, rows, state, job, ANY_START, penalty, random)
        if slot < 0 or cost >= penalty:
            return False
        touch(journal, state, slot, job)
        place_job(data, state, job, slot, position, window, start)
        return True
    best, best_lead, best_start = penalty, ANY_START, ANY_START
    for trial in range(TRIALS + min(2, last - first)):
        lead = trial if trial < 2 else below(random, last - first)
        job = data.unit_jobs[first + lead]
        forced = ANY_START if trial < 2 else _trial_start(data, job, random)
        cost = _place_unit(data, rows, state, journal, unit_number, lead, forced, best, random)
        if cost < best:
            best, best_lead, best_start = cost, lead, state.job[job, PLACED_LOW]
            for index in range(first, last):
                take_job(data, state, data.unit_jobs[index])
    if best_lead < 0:
        return False
    return _place_unit(data, rows, state, journal, unit_number, best_lead, best_start, FAR, random) < INFINITE


@compiled
def _rank(keys: np.ndarray, bank: np.ndarray, index: int, key: int) -> None:
    """Bring entry ``index`` of the bank to its place by key among those before it, which are sorted."""
    chosen, place = bank[index], index
    while place > 0 and keys[place - 1] > key:
        keys[place], bank[place] = keys[place - 1], bank[place - 1]
        place -= 1
    keys[place], bank[place] = key, chosen


@compiled
def recreate(
    data: Data, rows: Rows, state: State, journal: Journal, bank: np.ndarray, number: int, random: Random
) -> int:
    """Insert the units ``bank[:number]`` in a random kind of order: any, hardest, longest, tightest, or most regret
    (Potvin and Rousseau 1993; as it is when insertion begins). Returns how many are left in ``bank``."""
    keys = state.wide[WIDE_KEYS]
    order = below(random, 10 if number > MOST_REGRETTED else 12)
    for index in range(number):
        job = data.unit_jobs[data.unit_from[bank[index]]]
        size = data.unit_from[bank[index] + 1] - data.unit_from[bank[index]]
        noise, key = unit(random), 0.0
        if order < 3:
            key = 1000.0 * noise
        elif order < 6:
            key = data.job[job, JOB_OPTIONS] * (0.7 + 0.6 * noise) / size
        elif order < 8:
            key = -data.job[job, JOB_MINUTES] * size * (0.7 + 0.6 * noise)
        elif order >= 10:
            key = -regret(data, state, job, random) * (0.7 + 0.6 * noise)
        else:
            first = data.job[job, FIRST_WINDOW]
            key = (data.window[first, WINDOW_HIGH] - data.window[first, WINDOW_LOW]) * (0.7 + 0.6 * noise)
        if data.job[job, JOB_PENALTY] > 1000:
            key -= 1e6
        _rank(keys, bank, index, np.int64(1000.0 * key))
    left = NONE
    for index in range(number):
        chosen = bank[index]
        if not insert_unit(data, rows, state, journal, chosen, random):
            bank[left] = chosen
            left += 1
    next_word(random)
    return left
