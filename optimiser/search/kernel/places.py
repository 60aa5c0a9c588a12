"""Where a job may fit: every position on every route that its labels leave, with what it costs there at least."""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.compiled import compiled, inlined
from optimiser.search.kernel.data import (
    END_AFTER,
    END_BEFORE,
    FIRST_TIE,
    FIRST_WINDOW,
    JOB_MINUTES,
    JOB_PLACE,
    LATEST_AFTER,
    LATEST_BEFORE,
    LEG,
    MOST_STOPS,
    NONE,
    OWN_PLACE,
    ROUTE_COUNT,
    ROUTE_LAST_LEG,
    ROUTE_WAITING,
    SLOT_ACTIVE,
    SLOT_CLOSE,
    SLOT_END_PLACE,
    SLOT_LOCKED,
    SLOT_OPEN,
    SLOT_SLICE,
    SLOT_START_PLACE,
    SLOTS,
    WHERE,
    WIDE_REACH,
    WINDOW_DAY,
    WINDOW_HIGH,
    WINDOW_LOW,
    Data,
    Random,
    State,
    Table,
)
from optimiser.search.kernel.fits import fits, slots_of, tie_allows, tie_bounds
from optimiser.search.kernel.random_state import below
from optimiser.search.kernel.route import inside, leg

BLINK = 100
"""One position in so many is skipped, so that greedy insertion varies."""


@inlined
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
    places: Table,
    random: Random,
) -> int:
    """Add to ``places`` [2, n] each position on one route that may cost less than ``limit``: what it costs at least,
    and one number for window, slot and position. Returns how many are listed now."""
    count = state.route[slot, ROUTE_COUNT]
    if count >= MOST_STOPS - 1:
        return listed
    place, minutes = data.job[job, JOB_PLACE], data.job[job, JOB_MINUTES]
    part = state.slot[slot, SLOT_SLICE]
    start_place, end_place = state.slot[slot, SLOT_START_PLACE], state.slot[slot, SLOT_END_PLACE]
    for position in range(count + 1):
        least = extra - state.route[slot, ROUTE_WAITING]
        first, last = position == 0, position == count
        # When the nurse can leave for the job, and when she must be where she goes next.
        leaves, due = state.slot[slot, SLOT_OPEN], state.slot[slot, SLOT_CLOSE]
        if not first:
            leaves = min(state.label[slot, position - 1, END_BEFORE], state.label[slot, position - 1, END_AFTER])
            if leaves > high:
                break
            leaves += data.slack
        if not last:
            due = max(state.label[slot, position, LATEST_BEFORE], state.label[slot, position, LATEST_AFTER])
            if due < low + minutes:
                continue
            due -= data.slack
        target = end_place if last else state.label[slot, position, OWN_PLACE]
        # Before a stop without a place a new one changes the leg behind it: only full evaluation tells.
        if place < 0 or target >= 0:
            if leaves + minutes > due:
                continue
            origin = start_place if first else state.label[slot, position - 1, WHERE]
            there = state.route[slot, ROUTE_LAST_LEG] if last else state.label[slot, position, LEG]
            to, onward = NONE, there
            if place >= 0:
                # Most places fall off by one leg, before the other is looked up in a table too large for the cache.
                to = np.int64(data.travel_to[part, place, origin]) if origin >= 0 else NONE
                start = max(low, leaves + (inside(data, state, slot, to) if first else to))
                if start > high or start + minutes > due:
                    continue
                onward = np.int64(data.travel[part, place, target])
                if start + minutes + (inside(data, state, slot, onward) if last else onward) > due:
                    continue
            elif count == 0:
                onward = leg(data, state, slot, origin, target)
            # A new stop can take priced waiting away, never more than the route holds now.
            least += to * (data.weight_home if first else data.weight_travel)
            least += onward * (data.weight_home if last else data.weight_travel)
            if count > 0:
                least -= there * (data.weight_home if first or last else data.weight_travel)
            if least >= limit or not fits(data, state, slot, position, low, high, minutes, to, onward):
                continue
        if below(random, BLINK) == 0 or listed >= places.shape[1]:
            continue
        places[0, listed] = least
        places[1, listed] = (window * len(state.slot) + slot) * MOST_STOPS + position
        listed += 1
    return listed


@compiled
def list_places(data: Data, state: State, job: int, forced: int, limit: int, places: Table, random: Random) -> int:
    """All positions on all routes where a job fits by its labels; returns how many."""
    listed, minutes = NONE, data.job[job, JOB_MINUTES]
    nurses = data.may_serve.shape[1]
    tied = data.job[job + 1, FIRST_TIE] > data.job[job, FIRST_TIE]
    for window in range(data.job[job, FIRST_WINDOW], data.job[job + 1, FIRST_WINDOW]):
        low, high = tie_bounds(data, state, job, data.window[window, WINDOW_LOW], data.window[window, WINDOW_HIGH])
        if forced >= 0:
            low, high = max(low, forced), min(high, forced)
        if low > high:
            continue
        day = data.window[window, WINDOW_DAY]
        begin = max(0, day - 1)
        if 0 < state.wide[WIDE_REACH, begin] < low + minutes:
            # No route of the day before lasts so long.
            begin = day
        for nurse in range(nurses):
            extra = np.int64(data.may_serve[window, nurse])
            if extra < 0 or extra >= limit or (tied and not tie_allows(data, state, job, nurse)):
                continue
            for on in range(begin, day + 1):
                for lane in range(2):
                    # The small table of duties says fastest that there is no route.
                    if state.duty[nurse, on, lane] < 0:
                        continue
                    first, last = slots_of((nurse * data.days + on) * SLOTS, lane)
                    for slot in range(first, last):
                        if not state.slot[slot, SLOT_ACTIVE] or state.slot[slot, SLOT_LOCKED]:
                            continue
                        if state.slot[slot, SLOT_OPEN] <= high and state.slot[slot, SLOT_CLOSE] >= low + minutes:
                            listed = _list_slot(
                                data, state, slot, job, window, low, high, extra, limit, listed, places, random
                            )
    return listed


@compiled
def raise_reach(data: Data, state: State, slot: int) -> None:
    """After a slot has got another duty: the routes of its day may last as long as this one, when that is kept."""
    day = slot // SLOTS % data.days
    if state.wide[WIDE_REACH, day] > 0 and state.slot[slot, SLOT_ACTIVE] == 1:
        state.wide[WIDE_REACH, day] = max(state.wide[WIDE_REACH, day], state.slot[slot, SLOT_CLOSE])


@compiled
def measure_reach(data: Data, state: State) -> None:
    """Begin to keep how late the routes of each day last at most: what comes later need not look at the day before."""
    for day in range(data.days):
        state.wide[WIDE_REACH, day] = 1
    for slot in range(len(state.slot)):
        raise_reach(data, state, slot)


@compiled
def forget_reach(state: State) -> None:
    """Keep it no longer: zero rules no route out."""
    for day in range(state.duty.shape[1]):
        state.wide[WIDE_REACH, day] = 0
