"""Judging one nurse's row by the clock, from the row rules: how many violations it holds.

Used where the content of a route changes what the law sees: planned work in standby from home.
Rule rows are int64 [shape, seven parameters]; ``encode_rows`` in optimiser/search/encode_rows.py writes them.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from optimiser.search.kernel.data import (
    BAND_HIGH,
    BAND_LOW,
    FIXED_CALLS,
    FIXED_END,
    FIXED_KNOWN,
    FIXED_LANE,
    FIXED_START,
    FIXED_WORK,
    JOB_MINUTES,
    LATE_END,
    NONE,
    PLACED_HIGH,
    PLACED_LOW,
    ROUTE_COUNT,
    SCRATCH_HIGHS,
    SCRATCH_LOWS,
    SCRATCH_OWN,
    SCRATCH_STARTS,
    SLOT_ACTIVE,
    SLOT_BEGIN,
    SLOT_CALLS,
    SLOT_FINISH,
    SLOT_WORK,
    SLOTS,
    STANDBY_SLOT,
    Data,
    Rows,
    State,
)
from optimiser.search.kernel.route import schedule
from optimiser.search.kernel.row_shapes import (
    around_night,
    day_sums,
    dienst_sums,
    gaps,
    pauses,
    rest_blocks,
    series,
    standby_words,
    week_sums,
)

GAP, SERIES, DIENST, DAY, WEEKS, BLOCKS, WORD, EXCLUSION, PAUSES = range(1, 10)
WORK, NIGHT, LATE = 1, 2, 4
MOST_BLOCKS = 256


@njit(cache=True)
def _insert(table: np.ndarray, count: int, start: int, end: int, work: int, known: int) -> int:
    """Add a block to ``table`` [4, n], sorted by start; returns the new count."""
    if count >= MOST_BLOCKS:
        return count
    place = count
    while place > 0 and table[0, place - 1] > start:
        table[:, place] = table[:, place - 1]
        place -= 1
    table[0, place], table[1, place], table[2, place], table[3, place] = start, end, work, known
    return count + 1


@njit(cache=True)
def _turnouts(
    data: Data, rows: Rows, stops: np.ndarray, starts: np.ndarray, count: int, blocks: np.ndarray, used: int
) -> int:
    """Add the work of a standby route: stops at most ``call_gap`` apart are one turn-out."""
    begin, end = -1, -1
    for position in range(count):
        start = starts[position]
        if begin >= 0 and start - end <= rows.call_gap:
            end = start + data.job[stops[position], JOB_MINUTES]
            continue
        if begin >= 0:
            used = _insert(blocks, used, begin, end, end - begin, NONE)
        begin, end = start, start + data.job[stops[position], JOB_MINUTES]
    if begin >= 0:
        used = _insert(blocks, used, begin, end, end - begin, NONE)
    return used


@njit(cache=True)
def _current_starts(data: Data, state: State, slot: int, starts: np.ndarray) -> None:
    count = state.route[slot, ROUTE_COUNT]
    lows, highs = state.scratch[SCRATCH_LOWS], state.scratch[SCRATCH_HIGHS]
    for position in range(count):
        lows[position] = state.job[state.stops[slot, position], PLACED_LOW]
        highs[position] = state.job[state.stops[slot, position], PLACED_HIGH]
    schedule(data, state, slot, state.stops[slot], count, lows, highs, starts)


@njit(cache=True)
def _collect(
    data: Data,
    rows: Rows,
    state: State,
    nurse: int,
    special: int,
    stops: np.ndarray,
    count: int,
    starts: np.ndarray,
    blocks: np.ndarray,
    standby: np.ndarray,
) -> tuple[int, int]:
    """Work blocks and standby duties of a nurse; slot ``special`` is taken with the stops given."""
    used, watches = NONE, NONE
    for index in range(rows.fixed_from[nurse], rows.fixed_from[nurse + 1]):
        begin, end, known = rows.fixed[index, FIXED_START], rows.fixed[index, FIXED_END], rows.fixed[index, FIXED_KNOWN]
        if rows.fixed[index, FIXED_LANE] == 0:
            used = _insert(blocks, used, begin, end, rows.fixed[index, FIXED_WORK], known)
        else:
            watches = _insert(standby, watches, begin, end, rows.fixed[index, FIXED_CALLS], known)
    own = state.scratch[SCRATCH_OWN]
    for day in range(data.days):
        first = (nurse * data.days + day) * SLOTS
        for slot in range(first, first + STANDBY_SLOT):
            if state.slot[slot, SLOT_ACTIVE]:
                used = _insert(
                    blocks,
                    used,
                    state.slot[slot, SLOT_BEGIN],
                    state.slot[slot, SLOT_FINISH],
                    state.slot[slot, SLOT_WORK],
                    NONE,
                )
        slot = first + STANDBY_SLOT
        if not state.slot[slot, SLOT_ACTIVE]:
            continue
        watches = _insert(
            standby,
            watches,
            state.slot[slot, SLOT_BEGIN],
            state.slot[slot, SLOT_FINISH],
            state.slot[slot, SLOT_CALLS],
            NONE,
        )
        if state.slot[slot, SLOT_WORK] > 0:
            used = _insert(
                blocks,
                used,
                state.slot[slot, SLOT_BEGIN],
                state.slot[slot, SLOT_FINISH],
                state.slot[slot, SLOT_WORK],
                NONE,
            )
        elif not rows.standby_counts:
            continue
        elif slot == special:
            used = _turnouts(data, rows, stops, starts, count, blocks, used)
        elif state.route[slot, ROUTE_COUNT] > 0:
            _current_starts(data, state, slot, own)
            used = _turnouts(data, rows, state.stops[slot], own, state.route[slot, ROUTE_COUNT], blocks, used)
    return used, watches


@njit(cache=True)
def _merge(rows: Rows, blocks: np.ndarray, used: int, diensten: np.ndarray) -> int:
    """Merge blocks with gaps under 8 hours into diensten [5, n]: start, end, work, class, known."""
    count = 0
    night = np.zeros(MOST_BLOCKS, dtype=np.int64)
    late = np.zeros(MOST_BLOCKS, dtype=np.int64)
    for index in range(used):
        start, end, work, known = blocks[0, index], blocks[1, index], blocks[2, index], blocks[3, index]
        if count > 0 and start - diensten[1, count - 1] < rows.dienst_gap:
            diensten[1, count - 1] = max(end, diensten[1, count - 1])
            diensten[2, count - 1] += work
            diensten[4, count - 1] = min(known, diensten[4, count - 1])
        else:
            diensten[0, count], diensten[1, count], diensten[2, count], diensten[4, count] = start, end, work, known
            night[count], late[count] = 0, 0
            count += 1
        for band in range(len(rows.band)):
            shared = min(end, rows.band[band, BAND_HIGH]) - max(start, rows.band[band, BAND_LOW])
            if shared > 0:
                night[count - 1] += shared
                late[count - 1] = rows.band[band, LATE_END]
    for index in range(count):
        diensten[3, index] = WORK
        if night[index] > rows.night_threshold:
            diensten[3, index] |= NIGHT
            if diensten[1, index] > late[index]:
                diensten[3, index] |= LATE
    return count


@njit(cache=True)
def violations(
    data: Data, rows: Rows, state: State, nurse: int, special: int, stops: np.ndarray, count: int, starts: np.ndarray
) -> int:
    """Violations in the row of ``nurse``, where slot ``special`` (or -1) holds the ``stops`` given."""
    blocks = np.empty((4, MOST_BLOCKS), dtype=np.int64)
    standby = np.empty((4, MOST_BLOCKS), dtype=np.int64)
    diensten = np.empty((5, MOST_BLOCKS), dtype=np.int64)
    used, watches = _collect(data, rows, state, nurse, special, stops, count, starts, blocks, standby)
    number = _merge(rows, blocks, used, diensten)
    found = NONE
    for index in range(rows.rule_from[nurse], rows.rule_from[nurse + 1]):
        rule = rows.rules[index]
        shape = rule[0]
        if shape == GAP:
            found += gaps(rule, diensten, number)
        elif shape == SERIES:
            found += series(rule, diensten, number)
        elif shape == DIENST:
            found += dienst_sums(rule, diensten, number)
        elif shape == DAY:
            found += day_sums(rule, blocks, used, standby, watches)
        elif shape == WEEKS:
            found += week_sums(rule, rows.week_start, blocks, used, diensten, number, standby, watches)
        elif shape == BLOCKS:
            found += rest_blocks(rule, diensten, number)
        elif shape == WORD:
            found += standby_words(rule, standby, watches)
        elif shape == PAUSES:
            found += pauses(rule, blocks, used, diensten, number)
        elif shape == EXCLUSION:
            found += around_night(rule, diensten, number, standby, watches)
    return found


@njit(cache=True)
def standby_allowed(
    data: Data, rows: Rows, state: State, slot: int, stops: np.ndarray, count: int, starts: np.ndarray
) -> bool:
    """Whether giving these stops to a standby duty adds no violation to its nurse's row."""
    nurse = slot // (data.days * SLOTS)
    with_work = violations(data, rows, state, nurse, slot, stops, count, starts)
    return with_work == 0 or with_work <= violations(data, rows, state, nurse, slot, stops, NONE, starts)


@njit(cache=True)
def standby_clean(data: Data, rows: Rows, state: State, slot: int) -> bool:
    """Whether the work that a standby slot holds now adds no violation (a removal moves the starts of the rest)."""
    count = state.route[slot, ROUTE_COUNT]
    if slot % SLOTS != STANDBY_SLOT or count == 0:
        return True
    starts = state.scratch[SCRATCH_STARTS]
    _current_starts(data, state, slot, starts)
    return standby_allowed(data, rows, state, slot, state.stops[slot], count, starts)
