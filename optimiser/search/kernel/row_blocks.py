"""One nurse's row by the clock: her blocks of work and standby, merged into diensten, and her days as letters."""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.compiled import compiled, inlined
from optimiser.search.kernel.data import (
    BAND_HIGH,
    BAND_LOW,
    FIXED_CALLS,
    FIXED_CLASS,
    FIXED_END,
    FIXED_KNOWN,
    FIXED_LANE,
    FIXED_START,
    FIXED_WORK,
    JOB_MINUTES,
    LATE_END,
    MOST_BLOCKS,
    NONE,
    PLACED_HIGH,
    PLACED_LOW,
    ROUTE_COUNT,
    SCRATCH_HIGHS,
    SCRATCH_LOWS,
    SCRATCH_OWN,
    SLOT_ACTIVE,
    SLOT_BEGIN,
    SLOT_CALLS,
    SLOT_FINISH,
    SLOT_FORM,
    SLOT_WORK,
    SLOTS,
    STANDBY_SLOT,
    Data,
    Rows,
    State,
    Table,
)
from optimiser.search.kernel.route import schedule
from optimiser.search.kernel.row_shapes import CALL, DAY, LATE, NIGHT, WORK, WORKPLACE

ANY, FAR, CALLED = np.int64(-1), np.int64(1_000_000_000), np.int64(CALL)


@compiled
def _insert(table: Table, count: int, start: int, end: int, work: int, known: int, kind: int) -> int:
    """Add a block to ``table`` [5, n], sorted by start; returns the new count."""
    if count >= MOST_BLOCKS:
        return count
    place = count
    while place > 0 and table[0, place - 1] > start:
        for row in range(5):
            table[row, place] = table[row, place - 1]
        place -= 1
    table[0, place], table[1, place], table[2, place] = start, end, work
    table[3, place], table[4, place] = known, kind
    return count + 1


@inlined
def bands(rows: Rows, start: int, end: int) -> tuple[int, int]:
    """The range of night bands that ``[start, end)`` may touch: one for each day, give or take summer time."""
    origin = rows.band[0, BAND_LOW]
    return max(NONE, (start - origin) // DAY - 1), min(np.int64(len(rows.band)), (end - origin) // DAY + 2)


@compiled
def _turnouts(
    data: Data, rows: Rows, stops: np.ndarray, starts: np.ndarray, count: int, blocks: Table, used: int
) -> int:
    """Add the work of a standby route: stops at most ``call_gap`` apart are one turn-out."""
    kind = NONE if rows.standby_counts else CALLED
    begin, end = ANY, ANY
    for position in range(count + 1):
        start = starts[position] if position < count else FAR
        if begin >= 0 and start - end > rows.call_gap:
            work = end - begin if rows.standby_counts else max(end - begin, rows.call_least)
            used = _insert(blocks, used, begin, end, work, NONE, kind)
            begin = ANY
        if position < count:
            begin = start if begin < 0 else begin
            end = start + data.job[stops[position], JOB_MINUTES]
    return used


@compiled
def current_starts(data: Data, state: State, slot: int, starts: np.ndarray) -> None:
    """Fill ``starts`` with when the stops of a route begin as it is."""
    count = state.route[slot, ROUTE_COUNT]
    lows, highs = state.scratch[SCRATCH_LOWS], state.scratch[SCRATCH_HIGHS]
    for position in range(count):
        lows[position] = state.job[state.stops[slot, position], PLACED_LOW]
        highs[position] = state.job[state.stops[slot, position], PLACED_HIGH]
    schedule(data, state, slot, state.stops[slot], count, lows, highs, starts)


@compiled
def collect(
    data: Data,
    rows: Rows,
    state: State,
    nurse: int,
    special: int,
    stops: np.ndarray,
    count: int,
    starts: np.ndarray,
    blocks: Table,
    standby: Table,
) -> tuple[int, int]:
    """Work blocks and standby duties of a nurse; slot ``special`` is taken with the stops given."""
    used, watches = NONE, NONE
    for index in range(rows.fixed_from[nurse], rows.fixed_from[nurse + 1]):
        watch = rows.fixed[index, FIXED_LANE] == 1
        number = _insert(
            standby if watch else blocks,
            watches if watch else used,
            rows.fixed[index, FIXED_START],
            rows.fixed[index, FIXED_END],
            rows.fixed[index, FIXED_CALLS if watch else FIXED_WORK],
            rows.fixed[index, FIXED_KNOWN],
            rows.fixed[index, FIXED_CLASS],
        )
        used, watches = (used, number) if watch else (number, watches)
    own = state.scratch[SCRATCH_OWN]
    for slot in range(nurse * data.days * SLOTS, (nurse + 1) * data.days * SLOTS):
        if not state.slot[slot, SLOT_ACTIVE]:
            continue
        begin, finish = state.slot[slot, SLOT_BEGIN], state.slot[slot, SLOT_FINISH]
        work, form = state.slot[slot, SLOT_WORK], state.slot[slot, SLOT_FORM]
        watch = slot % SLOTS == STANDBY_SLOT
        if watch:
            watches = _insert(standby, watches, begin, finish, state.slot[slot, SLOT_CALLS], NONE, form)
        if not watch or work > 0:
            used = _insert(blocks, used, begin, finish, work, NONE, WORK | (form & WORKPLACE))
        elif slot == special:
            used = _turnouts(data, rows, stops, starts, count, blocks, used)
        elif state.route[slot, ROUTE_COUNT] > 0:
            current_starts(data, state, slot, own)
            used = _turnouts(data, rows, state.stops[slot], own, state.route[slot, ROUTE_COUNT], blocks, used)
    return used, watches


@compiled
def merge(rows: Rows, blocks: Table, used: int, diensten: Table) -> int:
    """Merge blocks with gaps under 8 hours into ``diensten`` [8, n].

    Its rows: start, end, work, class, known, minutes of night, when late begins, working space.
    """
    count = 0
    night, late = diensten[5], diensten[6]
    for index in range(used):
        start, end, work, known = blocks[0, index], blocks[1, index], blocks[2, index], blocks[3, index]
        if blocks[4, index] & CALL:
            continue
        if count > 0 and start - diensten[1, count - 1] < rows.dienst_gap:
            diensten[1, count - 1] = max(end, diensten[1, count - 1])
            diensten[2, count - 1] += work
            diensten[4, count - 1] = min(known, diensten[4, count - 1])
        else:
            diensten[0, count], diensten[1, count], diensten[2, count], diensten[4, count] = start, end, work, known
            diensten[3, count] = WORK
            night[count], late[count] = 0, 0
            count += 1
        diensten[3, count - 1] |= blocks[4, index] & WORKPLACE
        first, last = bands(rows, start, end)
        for band in range(first, last):
            shared = min(end, rows.band[band, BAND_HIGH]) - max(start, rows.band[band, BAND_LOW])
            if shared > 0:
                if night[count - 1] == 0:
                    late[count - 1] = rows.band[band, LATE_END]
                night[count - 1] += shared
    for index in range(count):
        if night[index] > rows.night_threshold:
            diensten[3, index] |= NIGHT
            if diensten[1, index] > late[index]:
                diensten[3, index] |= LATE
    return count


@compiled
def spell(rows: Rows, state: State, nurse: int, letters: np.ndarray) -> None:
    """Fill ``letters`` [M + days + M] with the class of each of her days."""
    days = state.duty.shape[1]
    margin = (len(letters) - days) // 2
    for index in range(len(letters)):
        letters[index] = rows.day_letter[nurse, index, 0]
    for day in range(days):
        work, watch = state.duty[nurse, day, 0], state.duty[nurse, day, 1]
        if work >= 0 or watch >= 0:
            letter = rows.day_letter[nurse, margin + day, 1]
            if work >= 0:
                letter |= rows.kind_letter[day, work]
            if watch >= 0:
                letter |= rows.kind_letter[day, watch]
            letters[margin + day] = letter


@compiled
def words(rule: np.ndarray, rows: Rows, letters: np.ndarray, days: int) -> int:
    """DayWord: first mask, length. Occurrences with at least one day of the horizon."""
    first, length = rule[2], rule[3]
    margin = (len(letters) - days) // 2
    found = 0
    for start in range(margin - length + 1, margin + days):
        met = 0
        while met < length and letters[start + met] & rows.mask[first + met]:
            met += 1
        if met == length:
            found += 1
    return found
