"""Where a job fits best: a constant-time test on labels, then the exact schedule where the test leaves hope."""

from __future__ import annotations

import numpy as np
from numba import njit

from optimiser.search.kernel.data import (
    ANY_START,
    END_AFTER,
    END_BEFORE,
    FIRST_TIE,
    FIRST_WINDOW,
    INFINITE,
    JOB_MINUTES,
    JOB_PENALTY,
    JOB_PLACE,
    MOST_STOPS,
    NONE,
    PLACED_HIGH,
    PLACED_LOW,
    PLACED_SLOT,
    PLACED_WINDOW,
    ROUTE_COST,
    ROUTE_COUNT,
    ROUTE_LOOSE,
    ROUTE_WAITING,
    SCRATCH_HIGHS,
    SCRATCH_LOWS,
    SCRATCH_STARTS,
    SCRATCH_STOPS,
    SLOT_ACTIVE,
    SLOT_CLOSE,
    SLOT_END_PLACE,
    SLOT_LOCKED,
    SLOT_OPEN,
    SLOT_START_PLACE,
    SLOTS,
    STANDBY_SLOT,
    WINDOW_DAY,
    WINDOW_HIGH,
    WINDOW_LOW,
    Data,
    Rows,
    State,
)
from optimiser.search.kernel.far import far
from optimiser.search.kernel.fits import fits, tie_allows, tie_bounds
from optimiser.search.kernel.labels import far_refresh
from optimiser.search.kernel.random_state import below
from optimiser.search.kernel.route import far_schedule, leg
from optimiser.search.kernel.rows import standby_allowed
from optimiser.search.kernel.signatures import DATA, NOTHING, NUMBER, NUMBERS, RANDOM, ROWS, STATE

MOST_PLACES = 2000
BLINK = 100
"""One position in so many is skipped, so that greedy insertion varies."""


@njit(cache=True)
def try_position(
    data: Data, rows: Rows, state: State, slot: int, position: int, job: int, low: int, high: int
) -> tuple[int, int]:
    """(cost added to the route, start of the job) with the job before ``position``; INFINITE when impossible."""
    count = state.route[slot, ROUTE_COUNT]
    stops, starts = state.scratch[SCRATCH_STOPS], state.scratch[SCRATCH_STARTS]
    lows, highs = state.scratch[SCRATCH_LOWS], state.scratch[SCRATCH_HIGHS]
    for index in range(count + 1):
        old = index if index < position else index - 1
        if index == position:
            stops[index], lows[index], highs[index] = job, low, high
        else:
            other = state.stops[slot, old]
            stops[index], lows[index], highs[index] = other, state.job[other, PLACED_LOW], state.job[other, PLACED_HIGH]
    cost, _, _ = far_schedule(data, state, slot, stops, count + 1, lows, highs, starts)
    if cost == INFINITE:
        return INFINITE, NONE
    if slot % SLOTS == STANDBY_SLOT and not standby_allowed(data, rows, state, slot, stops, count + 1, starts):
        return INFINITE, NONE
    return cost - state.route[slot, ROUTE_COST], starts[position]


@njit(cache=True)
def _list_slot(
    data: Data,
    state: State,
    slot: int,
    job: int,
    window: int,
    low: int,
    high: int,
    extra: int,
    limit: int,
    listed: int,
    places: np.ndarray,
    random: np.ndarray,
) -> int:
    """Add to ``places`` [4, n] each position on one route that may cost less than ``limit``: what it costs at least,
    slot, position, window. Returns how many are listed now."""
    count = state.route[slot, ROUTE_COUNT]
    if count >= MOST_STOPS - 1:
        return listed
    place, minutes = data.job[job, JOB_PLACE], data.job[job, JOB_MINUTES]
    exact_only = place < 0 or state.route[slot, ROUTE_LOOSE] == 1
    for position in range(count + 1):
        least = extra - state.route[slot, ROUTE_WAITING]
        if not exact_only:
            if (
                position > 0
                and min(state.label[slot, position - 1, END_BEFORE], state.label[slot, position - 1, END_AFTER]) > high
            ):
                break
            first, last = position == 0, position == count
            origin = state.slot[slot, SLOT_START_PLACE]
            if not first:
                origin = data.job[state.stops[slot, position - 1], JOB_PLACE]
            target = state.slot[slot, SLOT_END_PLACE]
            if not last:
                target = data.job[state.stops[slot, position], JOB_PLACE]
            to, onward = leg(data, state, slot, origin, place), leg(data, state, slot, place, target)
            # A new stop can take priced waiting away, never more than the route holds now.
            least += to * (data.weight_home if first else data.weight_travel)
            least += onward * (data.weight_home if last else data.weight_travel)
            if count > 0:
                least -= leg(data, state, slot, origin, target) * (
                    data.weight_home if first or last else data.weight_travel
                )
            if least >= limit or not fits(data, state, slot, position, low, high, minutes, to, onward):
                continue
        if below(random, BLINK) == 0 or listed >= places.shape[1]:
            continue
        places[0, listed], places[1, listed], places[2, listed], places[3, listed] = least, slot, position, window
        listed += 1
    return listed


@njit(cache=True)
def _list_places(
    data: Data, state: State, job: int, forced: int, limit: int, places: np.ndarray, random: np.ndarray
) -> int:
    """All positions on all routes where a job fits by its labels; returns how many."""
    listed = NONE
    nurses = data.may_serve.shape[1]
    for window in range(data.job[job, FIRST_WINDOW], data.job[job + 1, FIRST_WINDOW]):
        low, high = tie_bounds(data, state, job, data.window[window, WINDOW_LOW], data.window[window, WINDOW_HIGH])
        if forced >= 0:
            low, high = max(low, forced), min(high, forced)
        if low > high:
            continue
        day = data.window[window, WINDOW_DAY]
        for nurse in range(nurses):
            extra = np.int64(data.may_serve[window, nurse])
            if extra < 0 or extra >= limit or not tie_allows(data, state, job, nurse):
                continue
            for slot in range((nurse * data.days + max(0, day - 1)) * SLOTS, (nurse * data.days + day + 1) * SLOTS):
                if not state.slot[slot, SLOT_ACTIVE] or state.slot[slot, SLOT_LOCKED]:
                    continue
                if (
                    state.slot[slot, SLOT_OPEN] > high
                    or state.slot[slot, SLOT_CLOSE] < low + data.job[job, JOB_MINUTES]
                ):
                    continue
                listed = _list_slot(
                    data, state, slot, job, window, low, high, extra, limit, listed, places, random
                )
    return listed


@njit(cache=True)
def best_insertion(
    data: Data, rows: Rows, state: State, job: int, forced: int, limit: int, random: np.ndarray
) -> tuple[int, int, int, int, int]:
    """(cost, slot, position, window, start) of the best place of a job that costs less than ``limit``; slot -1 when
    there is none. ``forced`` is a start, or -1 for any. Places are tried exactly in the order of what they cost at
    least, until none can be better."""
    best, best_slot, best_position, best_window, best_start = limit, ANY_START, NONE, NONE, NONE
    places = np.empty((4, MOST_PLACES), dtype=np.int64)
    listed = _list_places(data, state, job, forced, limit, places, random)
    while listed > 0:
        chosen = 0
        for index in range(1, listed):
            if places[0, index] < places[0, chosen]:
                chosen = index
        if places[0, chosen] >= best:
            break
        slot, position, window = places[1, chosen], places[2, chosen], places[3, chosen]
        low, high = tie_bounds(data, state, job, data.window[window, WINDOW_LOW], data.window[window, WINDOW_HIGH])
        if forced >= 0:
            low, high = max(low, forced), min(high, forced)
        cost, start = try_position(data, rows, state, slot, position, job, low, high)
        if cost < INFINITE:
            cost += data.may_serve[window, slot // (data.days * SLOTS)]
            if cost < best:
                best, best_slot, best_position, best_window, best_start = cost, slot, position, window, start
        listed -= 1
        for row in range(4):
            places[row, chosen] = places[row, listed]
    return best, best_slot, best_position, best_window, best_start


@njit(cache=True)
def place_job(data: Data, state: State, job: int, slot: int, position: int, window: int, start: int) -> None:
    """Put a job on a route. A tied job keeps its start; a free one keeps its window."""
    count = state.route[slot, ROUTE_COUNT]
    for index in range(count, position, -1):
        state.stops[slot, index] = state.stops[slot, index - 1]
    state.stops[slot, position] = job
    state.route[slot, ROUTE_COUNT] = count + 1
    tied = data.job[job + 1, FIRST_TIE] > data.job[job, FIRST_TIE]
    state.job[job, PLACED_SLOT] = slot
    state.job[job, PLACED_WINDOW] = window
    state.job[job, PLACED_LOW] = start if tied else data.window[window, WINDOW_LOW]
    state.job[job, PLACED_HIGH] = start if tied else data.window[window, WINDOW_HIGH]
    old = state.route[slot, ROUTE_COST]
    far_refresh(data, state, slot)
    nurse = slot // (data.days * SLOTS)
    state.total[0] += state.route[slot, ROUTE_COST] - old + data.may_serve[window, nurse] - data.job[job, JOB_PENALTY]


@njit(cache=True)
def take_job(data: Data, state: State, job: int) -> None:
    """Take a placed job off its route."""
    slot = state.job[job, PLACED_SLOT]
    count = state.route[slot, ROUTE_COUNT]
    position = 0
    while state.stops[slot, position] != job:
        position += 1
    for index in range(position, count - 1):
        state.stops[slot, index] = state.stops[slot, index + 1]
    state.route[slot, ROUTE_COUNT] = count - 1
    state.job[job, PLACED_SLOT] = -1
    old = state.route[slot, ROUTE_COST]
    far_refresh(data, state, slot)
    nurse = slot // (data.days * SLOTS)
    window = state.job[job, PLACED_WINDOW]
    state.total[0] += state.route[slot, ROUTE_COST] - old - data.may_serve[window, nurse] + data.job[job, JOB_PENALTY]


far_best_insertion = far(best_insertion, NUMBERS[5], DATA, ROWS, STATE, NUMBER, NUMBER, NUMBER, RANDOM)
far_try_position = far(try_position, NUMBERS[2], DATA, ROWS, STATE, NUMBER, NUMBER, NUMBER, NUMBER, NUMBER)
far_take_job = far(take_job, NOTHING, DATA, STATE, NUMBER)
far_place_job = far(place_job, NOTHING, DATA, STATE, NUMBER, NUMBER, NUMBER, NUMBER, NUMBER)
