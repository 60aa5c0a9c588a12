"""Whether a job fits at a place: the constant-time test on labels, and the ties to placed jobs."""

from __future__ import annotations

from optimiser.search.kernel.compiled import inlined
from optimiser.search.kernel.data import (
    END_AFTER,
    END_BEFORE,
    FIRST_TIE,
    INFINITE,
    LATEST_AFTER,
    LATEST_BEFORE,
    NEVER,
    PLACED_LOW,
    PLACED_SLOT,
    ROUTE_COUNT,
    SLOT_BREAK,
    SLOT_CLOSE,
    SLOT_OPEN,
    SLOTS,
    STANDBY_SLOT,
    TIE_HIGH,
    TIE_LOW,
    TIE_NURSE,
    TIE_OTHER,
    Data,
    State,
)
from optimiser.search.kernel.route import after_break, inside


@inlined
def slots_of(day_base: int, lane: int) -> tuple[int, int]:
    """First and one past the last slot of a cell."""
    if lane == 1:
        return day_base + STANDBY_SLOT, day_base + SLOTS
    return day_base, day_base + STANDBY_SLOT


@inlined
def fits(
    data: Data, state: State, slot: int, position: int, low: int, high: int, minutes: int, to: int, onward: int
) -> bool:
    """Whether a stop with ``to`` and ``onward`` minutes of travel fits before ``position`` (labels, constant time)."""
    count = state.route[slot, ROUTE_COUNT]
    close = state.slot[slot, SLOT_CLOSE]
    pause = state.slot[slot, SLOT_BREAK]
    if position == 0:
        start = max(low, state.slot[slot, SLOT_OPEN] + inside(data, state, slot, to))
        if start > high:
            return False
        end = start + minutes
        if count == 0:
            return end + inside(data, state, slot, onward) <= close
        if pause == 0:
            return end + data.slack + onward <= state.label[slot, 0, LATEST_AFTER]
        if end + data.slack + onward <= state.label[slot, 0, LATEST_BEFORE]:
            return True
        return after_break(data, state, slot, end, onward) <= state.label[slot, 0, LATEST_AFTER]
    before, after = state.label[slot, position - 1, END_BEFORE], state.label[slot, position - 1, END_AFTER]
    arrival = INFINITE
    if after < INFINITE:
        arrival = after + data.slack + to
    if before < INFINITE:
        arrival = min(arrival, after_break(data, state, slot, before, to))
    start = max(low, arrival)
    if start <= high:
        end = start + minutes
        if position == count:
            return end + inside(data, state, slot, onward) <= close
        if end + data.slack + onward <= state.label[slot, position, LATEST_AFTER]:
            return True
    if before < INFINITE and position < count:
        start = max(low, before + data.slack + to)
        if start <= high:
            end = start + minutes
            latest = state.label[slot, position, LATEST_BEFORE]
            if latest > NEVER and end + data.slack + onward <= latest:
                return True
            return after_break(data, state, slot, end, onward) <= state.label[slot, position, LATEST_AFTER]
    return False


@inlined
def tie_bounds(data: Data, state: State, job: int, low: int, high: int) -> tuple[int, int]:
    """``[low, high]`` of a start, narrowed by the placed jobs that ``job`` is tied to."""
    for tie in range(data.job[job, FIRST_TIE], data.job[job + 1, FIRST_TIE]):
        other = data.tie[tie, TIE_OTHER]
        if state.job[other, PLACED_SLOT] >= 0:
            start = state.job[other, PLACED_LOW]
            low = max(low, start - data.tie[tie, TIE_HIGH])
            high = min(high, start - data.tie[tie, TIE_LOW])
    return low, high


@inlined
def tie_allows(data: Data, state: State, job: int, nurse: int) -> bool:
    """Whether the nurse keeps the same-nurse and different-nurse ties to placed jobs."""
    for tie in range(data.job[job, FIRST_TIE], data.job[job + 1, FIRST_TIE]):
        slot = state.job[data.tie[tie, TIE_OTHER], PLACED_SLOT]
        if slot >= 0 and data.tie[tie, TIE_NURSE] > 0:
            same = slot // (data.days * SLOTS) == nurse
            if same != (data.tie[tie, TIE_NURSE] == 1):
                return False
    return True
