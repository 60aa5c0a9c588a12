"""Labels of a route: earliest ends and latest starts at each stop, with the break still to come or done.

They make the test whether one more stop fits constant-time (insertion.py).
"""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.compiled import compiled, inlined
from optimiser.search.kernel.data import (
    END_AFTER,
    END_BEFORE,
    INFINITE,
    JOB_MINUTES,
    JOB_PLACE,
    LATEST_AFTER,
    LATEST_BEFORE,
    LEG,
    NEVER,
    OWN_PLACE,
    PLACED_HIGH,
    PLACED_LOW,
    ROUTE_COST,
    ROUTE_COUNT,
    ROUTE_LAST_LEG,
    ROUTE_WAITING,
    SCRATCH_HIGHS,
    SCRATCH_LEGS,
    SCRATCH_LOWS,
    SCRATCH_STARTS,
    SLOT_BREAK,
    SLOT_BREAK_HIGH,
    SLOT_BREAK_LOW,
    SLOT_CLOSE,
    SLOT_OPEN,
    SLOT_START_PLACE,
    WHERE,
    Data,
    State,
)
from optimiser.search.kernel.route import UNDRIVABLE, after_break, inside, schedule


@compiled
def refresh(data: Data, state: State, slot: int) -> None:
    """Cost and labels of a route after a change. An undrivable route costs UNDRIVABLE."""
    count = state.route[slot, ROUTE_COUNT]
    if count == 0:
        state.route[slot, ROUTE_COST], state.route[slot, ROUTE_WAITING] = 0, 0
        return
    stops = state.stops[slot]
    lows, highs, starts = state.scratch[SCRATCH_LOWS], state.scratch[SCRATCH_HIGHS], state.scratch[SCRATCH_STARTS]
    for position in range(count):
        lows[position] = state.job[stops[position], PLACED_LOW]
        highs[position] = state.job[stops[position], PLACED_HIGH]
    cost, waiting, _ = schedule(data, state, slot, stops, count, lows, highs, starts)
    # Where travel breaks the triangle inequality, a removal can make a route undrivable: dear, never kept.
    state.route[slot, ROUTE_COST], state.route[slot, ROUTE_WAITING] = min(cost, UNDRIVABLE), waiting
    legs = state.scratch[SCRATCH_LEGS]
    state.route[slot, ROUTE_LAST_LEG] = legs[count]
    _label_forward(data, state, slot, lows, legs)
    _label_backward(data, state, slot, highs, legs)


@compiled
def _label_forward(data: Data, state: State, slot: int, lows: np.ndarray, legs: np.ndarray) -> None:
    stops, free = state.stops[slot], state.slot[slot, SLOT_BREAK] == 0
    place = state.slot[slot, SLOT_START_PLACE]
    for position in range(state.route[slot, ROUTE_COUNT]):
        job = stops[position]
        minutes, travel = data.job[job, JOB_MINUTES], legs[position]
        if data.job[job, JOB_PLACE] >= 0:
            place = data.job[job, JOB_PLACE]
        state.label[slot, position, WHERE], state.label[slot, position, LEG] = place, travel
        state.label[slot, position, OWN_PLACE] = data.job[job, JOB_PLACE]
        if position == 0:
            begin = max(state.slot[slot, SLOT_OPEN] + inside(data, state, slot, travel), lows[0])
            state.label[slot, 0, END_BEFORE] = INFINITE if free else begin + minutes
            state.label[slot, 0, END_AFTER] = begin + minutes if free else INFINITE
            continue
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


@inlined
def latest_end_before_break(data: Data, state: State, slot: int, latest: int, travel: int) -> int:
    """Latest end of a stop such that the break fits before the next, which must start by ``latest``."""
    if state.slot[slot, SLOT_BREAK_LOW] + state.slot[slot, SLOT_BREAK] > latest:
        return NEVER
    return min(latest - state.slot[slot, SLOT_BREAK] - travel - data.slack, state.slot[slot, SLOT_BREAK_HIGH])


@compiled
def _label_backward(data: Data, state: State, slot: int, highs: np.ndarray, legs: np.ndarray) -> None:
    stops, count = state.stops[slot], state.route[slot, ROUTE_COUNT]
    for position in range(count - 1, -1, -1):
        job = stops[position]
        minutes, travel = data.job[job, JOB_MINUTES], legs[position + 1]
        if position == count - 1:
            end = state.slot[slot, SLOT_CLOSE] - inside(data, state, slot, travel)
            state.label[slot, position, LATEST_AFTER] = min(highs[position], end - minutes)
            state.label[slot, position, LATEST_BEFORE] = NEVER
            continue
        after, before = state.label[slot, position + 1, LATEST_AFTER], state.label[slot, position + 1, LATEST_BEFORE]
        state.label[slot, position, LATEST_AFTER] = min(highs[position], after - travel - data.slack - minutes)
        end = latest_end_before_break(data, state, slot, after, travel)
        if before > NEVER:
            end = max(end, before - travel - data.slack)
        state.label[slot, position, LATEST_BEFORE] = min(highs[position], end - minutes) if end > NEVER else NEVER
