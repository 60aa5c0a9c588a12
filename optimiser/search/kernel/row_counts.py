"""The rule shapes that count standby, calendar weeks and calendar days.

``blocks`` [5, n]: start, end, work, known, class. ``standby`` [5, n]: start, end, expected calls, known, class.
Where a rule of weeks is already reduced by what is known, only what this plan adds is counted.
"""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.compiled import compiled
from optimiser.search.kernel.data import (
    BAND_HIGH,
    BAND_LOW,
    WEEK_MONDAY,
    WEEK_SATURDAY,
    WEEK_START,
    WEEK_SUNDAY,
    Rows,
    Table,
)
from optimiser.search.kernel.row_blocks import bands
from optimiser.search.kernel.row_shapes import CALL, DAY, FOREVER, LATE, NIGHT, WORK, WORKPLACE


@compiled
def day_sums(rule: np.ndarray, blocks: Table, used: int, standby: Table, watches: int) -> int:
    """WindowSum per 24 hours that touch standby from home, expected calls included: most.

    The windows begin or end where a block or the standby does; a block cut by one counts with what must lie inside,
    wherever its break is.
    """
    found = 0
    for watch in range(watches):
        if standby[4, watch] & WORKPLACE:
            continue
        low, high = standby[0, watch], standby[1, watch]
        broken = _too_much_in_day(rule[2], low, blocks, used, standby, watches)
        broken = broken or _too_much_in_day(rule[2], high - DAY, blocks, used, standby, watches)
        for index in range(used):
            for begin in (blocks[0, index], blocks[1, index] - DAY):
                if begin < high and begin + DAY > low and not broken:
                    broken = _too_much_in_day(rule[2], begin, blocks, used, standby, watches)
        if broken:
            found += 1
    return found


@compiled
def _too_much_in_day(
    most: int, begin: int, blocks: Table, used: int, standby: Table, watches: int
) -> bool:  # fmt: skip
    """Whether this plan's duties make the work in the 24 hours from ``begin`` more than ``most``."""
    until = begin + DAY
    total, known = 0, True
    for index in range(used):
        if blocks[1, index] > begin and blocks[0, index] < until:
            outside = max(0, begin - blocks[0, index]) + max(0, blocks[1, index] - until)
            total += max(0, blocks[2, index] - outside)
            known = known and blocks[3, index] == 1
    for watch in range(watches):
        inside = min(standby[1, watch], until) - max(standby[0, watch], begin)
        if inside > 0:
            total += standby[2, watch] * inside // (standby[1, watch] - standby[0, watch])
            known = known and standby[3, watch] == 1
    return total > most and not known


@compiled
def standby_words(rule: np.ndarray, standby: Table, watches: int) -> int:
    """WordCount of standby: class, most, window."""
    found = 0
    for index in range(watches):
        if not standby[4, index] & rule[2]:
            continue
        number, known = 0, True
        for later in range(index, watches):
            if standby[0, later] >= standby[0, index] + rule[4]:
                break
            if standby[4, later] & rule[2]:
                number += 1
                known = known and standby[3, later] == 1
        if number > rule[3] and not known:
            found += 1
    return found


@compiled
def around_night(rule: np.ndarray, diensten: Table, count: int, standby: Table, watches: int) -> int:
    """Exclusion: before, after; no standby from home around each night dienst."""
    found = 0
    for index in range(count):
        if not diensten[3, index] & NIGHT:
            continue
        start, end = diensten[0, index], diensten[1, index]
        for watch in range(watches):
            low, high = standby[0, watch], standby[1, watch]
            before = low < start and high > start - rule[2]
            after = high > end and low < end + rule[3]
            known = diensten[4, index] == 1 and standby[3, watch] == 1
            if (before or after) and not known and not standby[4, watch] & WORKPLACE:
                found += 1
    return found


@compiled
def free_periods(rule: np.ndarray, diensten: Table, count: int, standby: Table, watches: int) -> int:
    """FreePeriods: after, free of, window, length, count."""
    found = 0
    for index in range(watches):
        if not standby[4, index] & rule[2]:
            continue
        reached = standby[0, index]
        until = reached + rule[4]
        number, known, work, watch = 0, True, 0, index
        while work < count or watch < watches:
            work_start = diensten[0, work] if work < count else FOREVER
            watch_start = standby[0, watch] if watch < watches else FOREVER
            start = min(work_start, watch_start)
            if start >= until:
                break
            if work_start <= watch_start:
                end, kind, fixed = diensten[1, work], diensten[3, work], diensten[4, work]
                work += 1
            else:
                end, kind, fixed = standby[1, watch], standby[4, watch], standby[3, watch]
                watch += 1
            if not kind & rule[3] or end <= standby[0, index]:
                continue
            number += max(0, start - reached) // rule[5]
            reached = max(reached, end)
            known = known and fixed == 1
        number += max(0, until - reached) // rule[5]
        if number < rule[6] and not known:
            found += 1
    return found


@compiled
def _free_weekend(
    low: int, high: int, rest: int, known: int, blocks: Table, used: int, standby: Table, watches: int
) -> bool:  # fmt: skip
    """Whether a time of ``rest`` without duties holds ``[low, high)``; with ``known`` 1 only known duties count."""
    before, after = -FOREVER, FOREVER
    for index in range(used):
        if blocks[4, index] & WORK and blocks[3, index] >= known:
            if blocks[0, index] < high and blocks[1, index] > low:
                return False
            before = max(before, blocks[1, index]) if blocks[1, index] <= low else before
            after = min(after, blocks[0, index]) if blocks[0, index] >= high else after
    for watch in range(watches):
        if standby[3, watch] >= known:
            if standby[0, watch] < high and standby[1, watch] > low:
                return False
            before = max(before, standby[1, watch]) if standby[1, watch] <= low else before
            after = min(after, standby[0, watch]) if standby[0, watch] >= high else after
    return after - before >= rest


@compiled
def _band_minutes(rows: Rows, start: int, end: int) -> int:
    """Minutes of ``[start, end)`` in the night bands."""
    total = 0
    first, last = bands(rows, start, end)
    for band in range(first, last):
        total += max(0, min(end, rows.band[band, BAND_HIGH]) - max(start, rows.band[band, BAND_LOW]))
    return total


@compiled
def _in_weeks(
    rows: Rows, counts: int, first: int, last: int, blocks: Table, used: int, diensten: Table, count: int,
    standby: Table, watches: int,
) -> int:  # fmt: skip
    """What this plan adds to the weeks ``first`` to ``last``; ``counts`` is a number of COUNTS in encode_rows."""
    low, high = rows.week[first, WEEK_START], rows.week[last + 1, WEEK_START]
    total = 0
    if counts == 0 or counts == 6:
        for index in range(used):
            start, end = blocks[0, index], blocks[1, index]
            if blocks[3, index] == 1 or end <= low or start >= high:
                continue
            if counts == 6:
                total += 0 if blocks[4, index] & CALL else _band_minutes(rows, max(start, low), min(end, high))
            elif start < low:
                # The break comes off the part before midnight of Sunday, as in duty_work.
                total += end - low
            else:
                total += max(0, blocks[2, index] - max(0, end - high))
    elif counts == 1 or counts == 2:
        wanted = LATE if counts == 1 else NIGHT
        for index in range(count):
            if diensten[4, index] == 0 and diensten[3, index] & wanted and low <= diensten[0, index] < high:
                total += 1
    elif counts <= 5:
        for index in range(watches):
            if standby[3, index] == 0 and low <= standby[0, index] < high:
                there = standby[4, index] & WORKPLACE != 0
                if counts == 5:
                    # Nights on call from home.
                    touches = _band_minutes(rows, standby[0, index], standby[1, index]) > 0
                    total += 1 if touches and not there else 0
                else:
                    total += 1 if there or counts == 3 else 0
    elif counts == 7:
        for week in range(first, last + 1):
            added = 0
            for index in range(used):
                meets = blocks[1, index] > rows.week[week, WEEK_SUNDAY]
                if meets and blocks[0, index] < rows.week[week + 1, WEEK_START] and not blocks[4, index] & CALL:
                    added = max(added, 1 + blocks[3, index])
            # A Sunday on which known work is done has been counted.
            total += 1 if added == 1 else 0
    elif counts == 8:
        for week in range(first, last + 1):
            begin, end = rows.week[week, WEEK_SATURDAY], rows.week[week, WEEK_MONDAY]
            if not _free_weekend(begin, end, rows.weekend_rest, 0, blocks, used, standby, watches) and _free_weekend(
                begin, end, rows.weekend_rest, 1, blocks, used, standby, watches
            ):
                total += 1
    return total


@compiled
def week_sums(
    rule: np.ndarray, rows: Rows, started: np.ndarray, blocks: Table, used: int, diensten: Table, count: int,
    standby: Table, watches: int,
) -> int:  # fmt: skip
    """WindowSum over weeks: what, most, first week, last week, when, at least. ``started`` [weeks]: work duties.

    A hard rule counts one when it is broken; a priced one what is above ``most``.
    """
    first, last = rule[4], rule[5]
    if rule[6] > 0 and _in_weeks(
        rows, rule[6], first, last, blocks, used, diensten, count, standby, watches
    ) < rule[7]:  # fmt: skip
        return 0
    if rule[2] == 9:
        total = 0
        for week in range(first, last + 1):
            total += started[week]
    else:
        total = _in_weeks(rows, rule[2], first, last, blocks, used, diensten, count, standby, watches)
    if rule[1] > 0:
        return max(0, total - rule[3])
    # What the known weeks alone hold too much of is inherited, until this plan adds to it.
    return 1 if total > max(0, rule[3]) else 0
