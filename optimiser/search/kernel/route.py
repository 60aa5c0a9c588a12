"""One route: its schedule and cost from scratch, and the labels that make an insertion test constant-time.

Breaks in closed form: after a stop that ends at e with t to travel, a route whose break begins between the stops reaches
the next at max(e + slack + t, break low) + length, provided e <= break high.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from optimiser.search.kernel.data import (
    ANY_START,
    END_AFTER,
    END_BEFORE,
    INFINITE,
    JOB_MINUTES,
    JOB_PLACE,
    LATEST_AFTER,
    LATEST_BEFORE,
    NEVER,
    NONE,
    PLACED_HIGH,
    PLACED_LOW,
    ROUTE_COST,
    ROUTE_COUNT,
    ROUTE_LOOSE,
    ROUTE_WAITING,
    SCRATCH_HIGHS,
    SCRATCH_LEGS,
    SCRATCH_LOWS,
    SCRATCH_STARTS,
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


@njit(cache=True)
def leg(
    data: Data, state: State, slot: int, origin: int, target: int) -> int:
    """Minutes between two place numbers for the slot's mode and day part; zero where a place is missing."""
    if origin < 0 or target < 0:
        return NONE
    return np.int64(data.travel[state.slot[slot, SLOT_SLICE], origin, target])


@njit(cache=True)
def legs_of(
    data: Data, state: State, slot: int, stops: np.ndarray, count: int, legs: np.ndarray) -> None:
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


@njit(cache=True)
def inside(
    data: Data, state: State, slot: int, minutes: int) -> int:
    """The part of a home leg that lies in the duty."""
    return max(0, minutes - state.slot[slot, SLOT_FREE_LEG])


@njit(cache=True)
def after_break(
    data: Data, state: State, slot: int, end: int, travel: int) -> int:
    """Earliest arrival at the next stop when the break lies between; INFINITE when it cannot begin in time."""
    if end > state.slot[slot, SLOT_BREAK_HIGH]:
        return INFINITE
    return max(end + data.slack + travel, state.slot[slot, SLOT_BREAK_LOW]) + state.slot[slot, SLOT_BREAK]


@njit(cache=True)
def _forward(
    data: Data, state: State, slot: int, stops: np.ndarray, count: int, lows: np.ndarray, highs: np.ndarray, legs: np.ndarray,
    gap: int, starts: np.ndarray,
) -> bool:
    """Earliest starts with the break before position ``gap`` (-1: none); False when a window or the close is missed."""
    arrival = state.slot[slot, SLOT_OPEN] + inside(data, state, slot, legs[0])
    end = 0
    for position in range(count):
        if position > 0:
            if position == gap:
                arrival = after_break(data, state, slot, end, legs[position])
            else:
                arrival = end + data.slack + legs[position]
        start = max(arrival, lows[position])
        if start > highs[position]:
            return False
        starts[position] = start
        end = start + data.job[stops[position], JOB_MINUTES]
    return end + inside(data, state, slot, legs[count]) <= state.slot[slot, SLOT_CLOSE]


@njit(cache=True)
def _closer(
    data: Data, state: State, slot: int, stops: np.ndarray, count: int, highs: np.ndarray, legs: np.ndarray, gap: int,
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


@njit(cache=True)
def _beside_break(
    data: Data, state: State, slot: int, start: int, latest: int, minutes: int) -> int:
    """Start of the only stop such that a free block is left for the break in its window; INFINITE when none is."""
    length = state.slot[slot, SLOT_BREAK]
    low, high = state.slot[slot, SLOT_BREAK_LOW], state.slot[slot, SLOT_BREAK_HIGH]
    before = max(low, state.slot[slot, SLOT_OPEN])
    after = max(low, start + minutes)
    if before + length <= start or (after <= high and after + length <= state.slot[slot, SLOT_CLOSE]):
        return start
    return before + length if before <= high and before + length <= latest else INFINITE


@njit(cache=True)
def schedule(
    data: Data, state: State, slot: int, stops: np.ndarray, count: int, lows: np.ndarray, highs: np.ndarray,
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
        if not _forward(data, state, slot, stops, count, lows, highs, legs, ANY_START, starts):
            return INFINITE, NONE, ANY_START
        best = _closer(data, state, slot, stops, count, highs, legs, ANY_START, starts)
        if state.slot[slot, SLOT_BREAK] > 0:
            minutes = data.job[stops[0], JOB_MINUTES]
            latest = min(highs[0], state.slot[slot, SLOT_CLOSE] - inside(data, state, slot, legs[1]) - minutes)
            starts[0] = _beside_break(data, state, slot, starts[0], latest, minutes)
            if starts[0] == INFINITE:
                return INFINITE, NONE, ANY_START
    else:
        for gap in range(1, count):
            if _forward(data, state, slot, stops, count, lows, highs, legs, gap, trial):
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


@njit(cache=True)
def refresh(data: Data, state: State, slot: int) -> None:
    """Cost and labels of a route after a change. An undrivable route costs UNDRIVABLE."""
    count = state.route[slot, ROUTE_COUNT]
    state.route[slot, ROUTE_LOOSE] = False
    if count == 0:
        state.route[slot, ROUTE_COST], state.route[slot, ROUTE_WAITING] = 0, 0
        return
    stops = state.stops[slot]
    lows, highs, starts = state.scratch[SCRATCH_LOWS], state.scratch[SCRATCH_HIGHS], state.scratch[SCRATCH_STARTS]
    for position in range(count):
        lows[position] = state.job[stops[position], PLACED_LOW]
        highs[position] = state.job[stops[position], PLACED_HIGH]
        if data.job[stops[position], JOB_PLACE] < 0:
            state.route[slot, ROUTE_LOOSE] = True
    cost, waiting, _ = schedule(data, state, slot, stops, count, lows, highs, starts)
    # Where travel breaks the triangle inequality, a removal can make a route undrivable: dear, never kept.
    state.route[slot, ROUTE_COST], state.route[slot, ROUTE_WAITING] = min(cost, UNDRIVABLE), waiting
    if not state.route[slot, ROUTE_LOOSE]:
        _label_forward(data, state, slot, lows)
        _label_backward(data, state, slot, highs)


@njit(cache=True)
def _label_forward(data: Data, state: State, slot: int, lows: np.ndarray) -> None:
    stops, free = state.stops[slot], state.slot[slot, SLOT_BREAK] == 0
    for position in range(state.route[slot, ROUTE_COUNT]):
        job = stops[position]
        minutes = data.job[job, JOB_MINUTES]
        if position == 0:
            first = leg(data, state, slot, state.slot[slot, SLOT_START_PLACE], data.job[job, JOB_PLACE])
            begin = max(state.slot[slot, SLOT_OPEN] + inside(data, state, slot, first), lows[0])
            state.label[slot, 0, END_BEFORE] = INFINITE if free else begin + minutes
            state.label[slot, 0, END_AFTER] = begin + minutes if free else INFINITE
            continue
        travel = leg(data, state, slot, data.job[stops[position - 1], JOB_PLACE], data.job[job, JOB_PLACE])
        before, after = state.label[slot, position - 1, END_BEFORE], state.label[slot, position - 1, END_AFTER]
        arrive_before, arrive_after = INFINITE, INFINITE
        if before < INFINITE:
            arrive_before = before + data.slack + travel
            arrive_after = after_break(data, state, slot, before, travel)
        if after < INFINITE:
            arrive_after = min(arrive_after, after + data.slack + travel)
        high = state.job[job, PLACED_HIGH]
        begin = max(arrive_before, lows[position])
        state.label[slot, position, END_BEFORE] = begin + minutes if begin <= high else INFINITE
        begin = max(arrive_after, lows[position])
        state.label[slot, position, END_AFTER] = begin + minutes if begin <= high else INFINITE


@njit(cache=True)
def latest_end_before_break(
    data: Data, state: State, slot: int, latest: int, travel: int) -> int:
    """Latest end of a stop such that the break fits before the next, which must start by ``latest``."""
    if state.slot[slot, SLOT_BREAK_LOW] + state.slot[slot, SLOT_BREAK] > latest:
        return NEVER
    return min(latest - state.slot[slot, SLOT_BREAK] - travel - data.slack, state.slot[slot, SLOT_BREAK_HIGH])


@njit(cache=True)
def _label_backward(data: Data, state: State, slot: int, highs: np.ndarray) -> None:
    stops, count = state.stops[slot], state.route[slot, ROUTE_COUNT]
    for position in range(count - 1, -1, -1):
        job = stops[position]
        minutes = data.job[job, JOB_MINUTES]
        if position == count - 1:
            last = leg(data, state, slot, data.job[job, JOB_PLACE], state.slot[slot, SLOT_END_PLACE])
            end = state.slot[slot, SLOT_CLOSE] - inside(data, state, slot, last)
            state.label[slot, position, LATEST_AFTER] = min(highs[position], end - minutes)
            state.label[slot, position, LATEST_BEFORE] = NEVER
            continue
        travel = leg(data, state, slot, data.job[job, JOB_PLACE], data.job[stops[position + 1], JOB_PLACE])
        after, before = state.label[slot, position + 1, LATEST_AFTER], state.label[slot, position + 1, LATEST_BEFORE]
        state.label[slot, position, LATEST_AFTER] = min(highs[position], after - travel - data.slack - minutes)
        end = latest_end_before_break(data, state, slot, after, travel)
        if before > NEVER:
            end = max(end, before - travel - data.slack)
        state.label[slot, position, LATEST_BEFORE] = min(highs[position], end - minutes) if end > NEVER else NEVER
