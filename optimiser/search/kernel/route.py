"""One route: its schedule and cost from scratch, and the labels that make an insertion test constant-time.

Breaks in closed form: after a stop that ends at e with t to travel, a route whose break begins between the stops
reaches the next at max(e + slack + t, break low) + length, provided e <= break high.
"""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.compiled import compiled, inlined
from optimiser.search.kernel.data import (
    ANY_START,
    INFINITE,
    JOB_MINUTES,
    JOB_PLACE,
    NONE,
    SCRATCH_LEGS,
    SCRATCH_PLAIN,
    SCRATCH_TRIAL,
    SLOT_BREAK,
    SLOT_BREAK_HIGH,
    SLOT_BREAK_LOW,
    SLOT_CLOSE,
    SLOT_END_PLACE,
    SLOT_FREE_LEG,
    SLOT_OPEN,
    SLOT_SLICE,
    SLOT_START_PLACE,
    Data,
    State,
)

UNDRIVABLE = 1_000_000


@inlined
def leg(data: Data, state: State, slot: int, origin: int, target: int) -> int:
    """Minutes between two place numbers for the slot's mode and day part; zero where a place is missing."""
    if origin < 0 or target < 0:
        return NONE
    return np.int64(data.travel[state.slot[slot, SLOT_SLICE], origin, target])


@compiled
def legs_of(data: Data, state: State, slot: int, stops: np.ndarray, count: int, legs: np.ndarray) -> None:
    """Fill ``legs[0..count]``: first home leg, legs between stops, last home leg (placeless jobs do not move)."""
    place = state.slot[slot, SLOT_START_PLACE]
    for position in range(count):
        target = data.job[stops[position], JOB_PLACE]
        if target < 0:
            legs[position] = 0
        else:
            legs[position] = leg(data, state, slot, place, target)
            place = target
    legs[count] = leg(data, state, slot, place, state.slot[slot, SLOT_END_PLACE])


@inlined
def inside(data: Data, state: State, slot: int, minutes: int) -> int:
    """The part of a home leg that lies in the duty."""
    return max(0, minutes - state.slot[slot, SLOT_FREE_LEG])


@inlined
def after_break(data: Data, state: State, slot: int, end: int, travel: int) -> int:
    """Earliest arrival at the next stop when the break lies between; INFINITE when it cannot begin in time."""
    if end > state.slot[slot, SLOT_BREAK_HIGH]:
        return INFINITE
    return max(end + data.slack + travel, state.slot[slot, SLOT_BREAK_LOW]) + state.slot[slot, SLOT_BREAK]


@compiled
def _forward_from(
    data: Data,
    state: State,
    slot: int,
    stops: np.ndarray,
    first: int,
    last: int,
    lows: np.ndarray,
    highs: np.ndarray,
    legs: np.ndarray,
    starts: np.ndarray,
) -> int:
    """Earliest starts of the stops ``first`` to ``last`` (exclusive) without a break among them, those before
    ``first`` given; returns the first position that misses its window, or ``last``."""
    arrival = state.slot[slot, SLOT_OPEN] + inside(data, state, slot, legs[0])
    for position in range(first, last):
        if position > 0:
            before = stops[position - 1]
            arrival = starts[position - 1] + data.job[before, JOB_MINUTES] + data.slack + legs[position]
        start = max(arrival, lows[position])
        if start > highs[position]:
            return position
        starts[position] = start
    return last


@compiled
def _closer(
    data: Data,
    state: State,
    slot: int,
    stops: np.ndarray,
    count: int,
    highs: np.ndarray,
    legs: np.ndarray,
    gap: int,
    starts: np.ndarray,
) -> int:
    """Move starts later where that takes priced waiting out of the gap behind; returns the priced waiting left."""
    waiting = 0
    for position in range(count - 2, -1, -1):
        pause = state.slot[slot, SLOT_BREAK] if position + 1 == gap else 0
        end = starts[position] + data.job[stops[position], JOB_MINUTES]
        idle = starts[position + 1] - end - legs[position + 1] - pause
        if idle > data.free_waiting:
            room = min(highs[position] - starts[position], idle - data.free_waiting)
            room = min(room, idle - data.slack)
            if pause > 0:
                room = min(room, state.slot[slot, SLOT_BREAK_HIGH] - end)
            if room > 0:
                starts[position] += room
                idle -= room
        waiting += max(0, idle - data.free_waiting)
    return waiting


@compiled
def _beside_break(data: Data, state: State, slot: int, start: int, latest: int, minutes: int) -> int:
    """Start of the only stop such that a free block is left for the break in its window; INFINITE when none is."""
    length = state.slot[slot, SLOT_BREAK]
    low, high = state.slot[slot, SLOT_BREAK_LOW], state.slot[slot, SLOT_BREAK_HIGH]
    before = max(low, state.slot[slot, SLOT_OPEN])
    after = max(low, start + minutes)
    if before + length <= start or (after <= high and after + length <= state.slot[slot, SLOT_CLOSE]):
        return start
    return before + length if before <= high and before + length <= latest else INFINITE


@compiled
def schedule(
    data: Data,
    state: State,
    slot: int,
    stops: np.ndarray,
    count: int,
    lows: np.ndarray,
    highs: np.ndarray,
    starts: np.ndarray,
) -> tuple[int, int, int]:
    """(cost, priced waiting in it, break position) and the ``starts`` of a route; cost INFINITE when undrivable.

    The break position is the stop before which the break lies, -1 for none. ``lows`` and ``highs`` are the effective
    earliest and latest starts of the stops. Of all break positions the one with the least priced waiting, then the
    earliest end, is taken.
    """
    if count == 0:
        return NONE, NONE, ANY_START
    legs, trial = state.scratch[SCRATCH_LEGS], state.scratch[SCRATCH_TRIAL]
    legs_of(data, state, slot, stops, count, legs)
    best, best_end, best_gap = INFINITE, INFINITE, ANY_START
    if state.slot[slot, SLOT_BREAK] == 0 or count == 1:
        if _forward_from(data, state, slot, stops, 0, count, lows, highs, legs, starts) < count:
            return INFINITE, NONE, ANY_START
        end = starts[count - 1] + data.job[stops[count - 1], JOB_MINUTES]
        if end + inside(data, state, slot, legs[count]) > state.slot[slot, SLOT_CLOSE]:
            return INFINITE, NONE, ANY_START
        best = _closer(data, state, slot, stops, count, highs, legs, ANY_START, starts)
        if state.slot[slot, SLOT_BREAK] > 0:
            minutes = data.job[stops[0], JOB_MINUTES]
            latest = min(highs[0], state.slot[slot, SLOT_CLOSE] - inside(data, state, slot, legs[1]) - minutes)
            starts[0] = _beside_break(data, state, slot, starts[0], latest, minutes)
            if starts[0] == INFINITE:
                return INFINITE, NONE, ANY_START
    else:
        # The starts before the break are the same wherever it lies: computed once, in ``plain``.
        plain = state.scratch[SCRATCH_PLAIN]
        reached = _forward_from(data, state, slot, stops, 0, count - 1, lows, highs, legs, plain)
        for gap in range(1, reached + 1):
            end = plain[gap - 1] + data.job[stops[gap - 1], JOB_MINUTES]
            begin = max(after_break(data, state, slot, end, legs[gap]), lows[gap])
            if end > state.slot[slot, SLOT_BREAK_HIGH]:
                break
            if begin > highs[gap]:
                continue
            for position in range(gap):
                trial[position] = plain[position]
            trial[gap] = begin
            if _forward_from(data, state, slot, stops, gap + 1, count, lows, highs, legs, trial) < count:
                continue
            end = trial[count - 1] + data.job[stops[count - 1], JOB_MINUTES]
            if end + inside(data, state, slot, legs[count]) > state.slot[slot, SLOT_CLOSE]:
                continue
            waiting = _closer(data, state, slot, stops, count, highs, legs, gap, trial)
            if waiting < best or (waiting == best and trial[count - 1] < best_end):
                best, best_end, best_gap = waiting, trial[count - 1], gap
                for position in range(count):
                    starts[position] = trial[position]
        if best == INFINITE:
            return INFINITE, NONE, ANY_START
    cost = best * data.weight_waiting + (legs[0] + legs[count]) * data.weight_home
    for position in range(1, count):
        cost += legs[position] * data.weight_travel
    return cost, best * data.weight_waiting, best_gap
