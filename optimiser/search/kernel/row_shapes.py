"""The rule shapes (optimiser/domain/row_rules.py) over sorted arrays: each function counts violations.

``diensten`` [5, n]: start, end, work, class, known. ``standby`` [4, n]: start, end, expected calls, known.
What lies wholly in known context is inherited and not counted.
"""

from __future__ import annotations

import numpy as np
from numba import njit

DAY = 1440
NIGHT, LATE = 2, 4
FOREVER = 2_000_000_000


@njit(cache=True)
def gaps(rule: np.ndarray, diensten: np.ndarray, count: int) -> int:
    """GapCount: [_, class, low, high, most, window, within day]."""
    found = 0
    short = np.zeros(count, dtype=np.int64)
    for index in range(count):
        start, end = diensten[0, index], diensten[1, index]
        following = diensten[0, index + 1] if index + 1 < count else FOREVER
        alone = index + 1 >= count
        if rule[6] == 1 and start + DAY <= following:
            # The day ends before the next dienst begins: that one changes nothing.
            following, alone = start + DAY, True
        gap = max(0, following - end)
        known = diensten[4, index] == 1 and (alone or diensten[4, index + 1] == 1)
        if diensten[3, index] & rule[1] and rule[2] <= gap < rule[3]:
            if rule[4] == 0:
                found += 0 if known else 1
            else:
                short[index] = 1
    if rule[4] == 0:
        return found
    for index in range(count):
        number, known = 0, True
        for later in range(index, count):
            if diensten[0, later] >= diensten[0, index] + rule[5]:
                break
            number += short[later]
            known = known and diensten[4, later] == 1
        if number > rule[4] and not known:
            found += 1
    return found


@njit(cache=True)
def series(rule: np.ndarray, diensten: np.ndarray, count: int) -> int:
    """Series: [_, member, gap, length, rest after, holds]."""
    found, length, holds, last_end, known = 0, 0, False, -FOREVER, True
    for index in range(count):
        start, end, kind = diensten[0, index], diensten[1, index], diensten[3, index]
        if kind & rule[1]:
            if length == 0 or start - last_end >= rule[2]:
                length, holds, known = 0, False, True
            length += 1
            holds = holds or (kind & rule[5]) != 0
            known = known and diensten[4, index] == 1
            last_end = end
            if rule[4] == 0 and length > rule[3] and holds and not known:
                found += 1
        elif rule[4] > 0 and length >= rule[3] and start - last_end < rule[4]:
            found += 0 if known and diensten[4, index] == 1 else 1
            length = 0
    return found


@njit(cache=True)
def dienst_sums(rule: np.ndarray, diensten: np.ndarray, count: int) -> int:
    """WindowSum per dienst or night: [_, night only, most]."""
    found = 0
    for index in range(count):
        if rule[1] == 1 and not diensten[3, index] & NIGHT:
            continue
        if diensten[2, index] > rule[2] and diensten[4, index] == 0:
            found += 1
    return found


@njit(cache=True)
def day_sums(rule: np.ndarray, blocks: np.ndarray, used: int, standby: np.ndarray, watches: int) -> int:
    """WindowSum per 24 hours that touch a standby, expected calls included: [_, most].

    The windows begin or end where a block or the standby does; a block cut by one counts with what must lie inside,
    wherever its break is.
    """
    found = 0
    for watch in range(watches):
        low, high = standby[0, watch], standby[1, watch]
        broken = _too_much_in_day(rule[1], low, blocks, used, standby, watches)
        broken = broken or _too_much_in_day(rule[1], high - DAY, blocks, used, standby, watches)
        for index in range(used):
            for begin in (blocks[0, index], blocks[1, index] - DAY):
                if begin < high and begin + DAY > low and not broken:
                    broken = _too_much_in_day(rule[1], begin, blocks, used, standby, watches)
        if broken:
            found += 1
    return found


@njit(cache=True)
def _too_much_in_day(
    most: int, begin: int, blocks: np.ndarray, used: int, standby: np.ndarray, watches: int
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


@njit(cache=True)
def week_sums(
    rule: np.ndarray,
    week_start: np.ndarray,
    blocks: np.ndarray,
    used: int,
    diensten: np.ndarray,
    count: int,
    standby: np.ndarray,
    watches: int,
) -> int:
    """WindowSum over weeks: [_, what, most, first week, last week]; only what this plan adds is summed."""
    low, high = week_start[rule[3]], week_start[rule[4] + 1]
    total = 0
    if rule[1] == 0:
        for index in range(used):
            start, end, work = blocks[0, index], blocks[1, index], blocks[2, index]
            if blocks[3, index] == 1 or end <= low or start >= high:
                continue
            # The break comes off the part before midnight of Sunday, as in duty_work.
            outside = max(0, end - high)
            if start < low:
                total += end - low
            else:
                total += max(0, work - outside)
    elif rule[1] == 1:
        for index in range(count):
            if diensten[4, index] == 0 and diensten[3, index] & LATE and low <= diensten[0, index] < high:
                total += 1
    else:
        for index in range(watches):
            if standby[3, index] == 0 and low <= standby[0, index] < high:
                total += 1
    return 1 if total > rule[2] else 0


@njit(cache=True)
def rest_blocks(rule: np.ndarray, diensten: np.ndarray, count: int) -> int:
    """RestBlocks: [_, short window, short rest, long window, long rest, block]; nothing follows the last dienst."""
    found = 0
    for index in range(count):
        start = diensten[0, index]
        ok, total, all_known = False, 0, True
        for later in range(index, count):
            end = diensten[1, later]
            if end >= start + rule[3]:
                break
            all_known = all_known and diensten[4, later] == 1
            following = diensten[0, later + 1] if later + 1 < count else FOREVER
            if min(following, start + rule[1]) - end >= rule[2]:
                ok = True
                break
            rest = min(following, start + rule[3]) - end
            if rest >= rule[5]:
                total += rest
                if total >= rule[4]:
                    ok = True
                    break
        if not ok and not all_known:
            found += 1
    return found


@njit(cache=True)
def standby_words(rule: np.ndarray, standby: np.ndarray, watches: int) -> int:
    """WordCount of standby: [_, class, most, window]."""
    found = 0
    for index in range(watches):
        number, known = 0, True
        for later in range(index, watches):
            if standby[0, later] >= standby[0, index] + rule[3]:
                break
            number += 1
            known = known and standby[3, later] == 1
        if number > rule[2] and not known:
            found += 1
    return found


@njit(cache=True)
def around_night(rule: np.ndarray, diensten: np.ndarray, count: int, standby: np.ndarray, watches: int) -> int:
    """Exclusion: [_, before, after] around each night dienst."""
    found = 0
    for index in range(count):
        if not diensten[3, index] & NIGHT:
            continue
        start, end = diensten[0, index], diensten[1, index]
        for watch in range(watches):
            low, high = standby[0, watch], standby[1, watch]
            before = low < start and high > start - rule[1]
            after = high > end and low < end + rule[2]
            if (before or after) and not (diensten[4, index] == 1 and standby[3, watch] == 1):
                found += 1
    return found


@njit(cache=True)
def pauses(rule: np.ndarray, blocks: np.ndarray, used: int, diensten: np.ndarray, count: int) -> int:
    """Pauses: [_, after, length, long after, long length, part]; ``blocks`` [4, n] are the parts of the diensten."""
    found, index = 0, 0
    for dienst in range(count):
        total, reached, known = 0, -FOREVER, diensten[4, dienst] == 1
        while index < used and blocks[0, index] <= diensten[1, dienst]:
            if reached > -FOREVER and blocks[0, index] - reached >= rule[5]:
                total += blocks[0, index] - reached
            inside = blocks[1, index] - blocks[0, index] - blocks[2, index]
            if inside >= rule[5]:
                total += inside
            reached = max(reached, blocks[1, index])
            known = known and blocks[3, index] == 1
            index += 1
        work = diensten[2, dienst]
        required = rule[4] if work > rule[3] else (rule[2] if work > rule[1] else 0)
        if total < required and not known:
            found += 1
    return found
