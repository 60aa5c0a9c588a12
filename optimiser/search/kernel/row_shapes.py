"""The rule shapes (optimiser/domain/row_rules.py) over diensten: each function counts what breaks one rule.

``diensten`` [8, n]: start, end, work, class, known, and more (row_blocks.merge). A rule row is
shape, price, then the parameters named below.
What lies wholly in known context is inherited and not counted.
"""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.compiled import compiled
from optimiser.search.kernel.data import Table

DAY = 1440
WORK, NIGHT, LATE, STANDBY, CONSIGNATIE, WORKPLACE = 1, 2, 4, 8, 16, 32
CALL = 64
"""Of a block: a turn-out that is read as a call, work in the sums but no part of a dienst."""
FOREVER = 2_000_000_000


@compiled
def gaps(rule: np.ndarray, diensten: Table, count: int) -> int:
    """GapCount: class, low, high, most, window, within day, then, but."""
    found = 0
    short = diensten[7]
    for index in range(count):
        short[index] = 0
        kind = diensten[3, index]
        last = index + 1 >= count
        if not kind & rule[2] or kind & rule[9]:
            continue
        if not rule[8] & WORK and (last or not diensten[3, index + 1] & rule[8]):
            continue
        start, end = diensten[0, index], diensten[1, index]
        following, alone = FOREVER if last else diensten[0, index + 1], last
        if rule[7] == 1 and start + DAY <= following:
            # The day ends before the next dienst begins: that one changes nothing.
            following, alone = start + DAY, True
        gap = max(0, following - end)
        known = diensten[4, index] == 1 and (alone or diensten[4, index + 1] == 1)
        if rule[3] <= gap < rule[4]:
            if rule[5] == 0:
                found += 0 if known else 1
            else:
                short[index] = 1
    if rule[5] == 0:
        return found
    for index in range(count):
        number, known = 0, True
        for later in range(index, count):
            if diensten[0, later] >= diensten[0, index] + rule[6]:
                break
            number += short[later]
            known = known and (short[later] == 0 or diensten[4, later] == 1)
        if number > rule[5] and not known:
            found += 1
    return found


@compiled
def series(rule: np.ndarray, diensten: Table, count: int) -> int:
    """Series: member, gap, length, rest after, holds."""
    found, length, holds, last_end, known = 0, 0, False, -FOREVER, True
    for index in range(count):
        start, end, kind = diensten[0, index], diensten[1, index], diensten[3, index]
        if kind & rule[2]:
            if length == 0 or start - last_end >= rule[3]:
                length, holds, known = 0, False, True
            length += 1
            holds = holds or (kind & rule[6]) != 0
            known = known and diensten[4, index] == 1
            last_end = end
            if rule[5] == 0 and length > rule[4] and holds and not known:
                found += 1
        elif rule[5] > 0 and length >= rule[4] and start - last_end < rule[5]:
            found += 0 if known and diensten[4, index] == 1 else 1
            length = 0
    return found


@compiled
def dienst_sums(rule: np.ndarray, diensten: Table, count: int) -> int:
    """WindowSum per dienst or night: night only, most, but."""
    found = 0
    for index in range(count):
        kind = diensten[3, index]
        if (rule[2] == 1 and not kind & NIGHT) or kind & rule[4]:
            continue
        if diensten[2, index] > rule[3] and diensten[4, index] == 0:
            found += 1
    return found


@compiled
def rest_blocks(rule: np.ndarray, diensten: Table, count: int) -> int:
    """RestBlocks: short window, short rest, long window, long rest, block; nothing follows the last dienst."""
    found = 0
    for index in range(count):
        start = diensten[0, index]
        ok, total, all_known = False, 0, True
        for later in range(index, count):
            end = diensten[1, later]
            if end >= start + rule[4]:
                break
            all_known = all_known and diensten[4, later] == 1
            following = diensten[0, later + 1] if later + 1 < count else FOREVER
            if min(following, start + rule[2]) - end >= rule[3]:
                ok = True
                break
            rest = min(following, start + rule[4]) - end
            if rest >= rule[6]:
                total += rest
                if total >= rule[5]:
                    ok = True
                    break
        if not ok and not all_known:
            found += 1
    return found


@compiled
def rest_parts(rule: np.ndarray, diensten: Table, count: int) -> int:
    """RestParts: holds, window, long part, part, count; nothing follows the last dienst."""
    found = 0
    for index in range(count):
        if not diensten[3, index] & rule[2]:
            continue
        until = diensten[0, index] + rule[3]
        parts, loss, known = 0, FOREVER, True
        for later in range(index, count):
            end = diensten[1, later]
            if diensten[0, later] >= until:
                break
            known = known and diensten[4, later] == 1
            rest = (min(until, diensten[0, later + 1]) if later + 1 < count else until) - end
            if rest > 0:
                parts += rest // rule[5]
                if rest >= rule[4]:
                    # The long part comes out of the rest that loses the fewest parts by it.
                    loss = min(loss, rest // rule[5] - (rest - rule[4]) // rule[5])
        if parts - loss < rule[6] and not known:
            found += 1
    return found


@compiled
def pauses(rule: np.ndarray, blocks: Table, used: int, diensten: Table, count: int) -> int:
    """Pauses: after, length, long after, long length, part; ``blocks`` [5, n] are the parts of the diensten."""
    found, index = 0, 0
    for dienst in range(count):
        total, reached, known = 0, -FOREVER, diensten[4, dienst] == 1
        while index < used and blocks[0, index] <= diensten[1, dienst]:
            if blocks[4, index] & CALL:
                index += 1
                continue
            if reached > -FOREVER and blocks[0, index] - reached >= rule[6]:
                total += blocks[0, index] - reached
            inside = blocks[1, index] - blocks[0, index] - blocks[2, index]
            if inside >= rule[6]:
                total += inside
            reached = max(reached, blocks[1, index])
            known = known and blocks[3, index] == 1
            index += 1
        work = diensten[2, dienst]
        required = rule[5] if work > rule[4] else (rule[3] if work > rule[2] else 0)
        if total < required and not known:
            found += 1
    return found
