"""Where a job fits best: a constant-time test on labels, then the exact schedule where the test leaves hope."""

from __future__ import annotations

from optimiser.search.kernel.compiled import compiled
from optimiser.search.kernel.data import (
    ANY_START,
    FIRST_TIE,
    INFINITE,
    JOB_PENALTY,
    MOST_STOPS,
    NONE,
    PLACED_HIGH,
    PLACED_LOW,
    PLACED_SLOT,
    PLACED_WINDOW,
    ROUTE_COST,
    ROUTE_COUNT,
    SCRATCH_HIGHS,
    SCRATCH_LOWS,
    SCRATCH_STARTS,
    SCRATCH_STOPS,
    SLOTS,
    STANDBY_SLOT,
    WIDE_PLACES,
    WINDOW_HIGH,
    WINDOW_LOW,
    Data,
    Random,
    Rows,
    State,
)
from optimiser.search.kernel.fits import tie_bounds
from optimiser.search.kernel.labels import refresh
from optimiser.search.kernel.places import list_places
from optimiser.search.kernel.route import schedule
from optimiser.search.kernel.rows import standby_allowed


@compiled
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
    cost, _, _ = schedule(data, state, slot, stops, count + 1, lows, highs, starts)
    if cost == INFINITE:
        return INFINITE, NONE
    if slot % SLOTS == STANDBY_SLOT and not standby_allowed(data, rows, state, slot, stops, count + 1, starts):
        return INFINITE, NONE
    return cost - state.route[slot, ROUTE_COST], starts[position]


@compiled
def best_insertion(
    data: Data, rows: Rows, state: State, job: int, forced: int, limit: int, random: Random
) -> tuple[int, int, int, int, int]:
    """(cost, slot, position, window, start) of the best place of a job that costs less than ``limit``; slot -1 when
    there is none. ``forced`` is a start, or -1 for any. Places are tried exactly in the order of what they cost at
    least, until none can be better."""
    best, best_slot, best_position, best_window, best_start = limit, ANY_START, NONE, NONE, NONE
    places, slots = state.wide[WIDE_PLACES : WIDE_PLACES + 2], len(state.slot)
    listed = list_places(data, state, job, forced, limit, places, random)
    while listed > 0:
        chosen, kept = ANY_START, NONE
        for index in range(listed):
            least = places[0, index]
            if least < best:
                places[0, kept], places[1, kept] = least, places[1, index]
                if chosen < 0 or least < places[0, chosen]:
                    chosen = kept
                kept += 1
        if chosen < 0:
            break
        listed = kept
        position, rest = places[1, chosen] % MOST_STOPS, places[1, chosen] // MOST_STOPS
        slot, window = rest % slots, rest // slots
        low, high = tie_bounds(data, state, job, data.window[window, WINDOW_LOW], data.window[window, WINDOW_HIGH])
        if forced >= 0:
            low, high = max(low, forced), min(high, forced)
        cost, start = try_position(data, rows, state, slot, position, job, low, high)
        if cost < INFINITE:
            cost += data.may_serve[window, slot // (data.days * SLOTS)]
            if cost < best:
                best, best_slot, best_position, best_window, best_start = cost, slot, position, window, start
        places[0, chosen] = INFINITE
    return best, best_slot, best_position, best_window, best_start


@compiled
def regret(data: Data, state: State, job: int, random: Random) -> int:
    """What a job loses at least when it does not get its best route but the next best, by labels; its penalty when
    there is one route at most."""
    places, slots, penalty = state.wide[WIDE_PLACES : WIDE_PLACES + 2], len(state.slot), data.job[job, JOB_PENALTY]
    listed = list_places(data, state, job, ANY_START, penalty, places, random)
    best, second, best_slot = penalty, penalty, ANY_START
    for index in range(listed):
        least, slot = places[0, index], places[1, index] // MOST_STOPS % slots
        if least < best:
            if slot != best_slot:
                second = best
            best, best_slot = least, slot
        elif least < second and slot != best_slot:
            second = least
    return second - best if best_slot >= 0 else penalty


@compiled
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
    refresh(data, state, slot)
    nurse = slot // (data.days * SLOTS)
    state.total[0] += state.route[slot, ROUTE_COST] - old + data.may_serve[window, nurse] - data.job[job, JOB_PENALTY]


@compiled
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
    refresh(data, state, slot)
    nurse = slot // (data.days * SLOTS)
    window = state.job[job, PLACED_WINDOW]
    state.total[0] += state.route[slot, ROUTE_COST] - old - data.may_serve[window, nurse] + data.job[job, JOB_PENALTY]
