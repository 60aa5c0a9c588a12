"""The arrays of the block moves: what never changes (BlockData) and what search changes (BlockState).

The *code* of a letter is its shift type plus one, 0 for free: limits of rows read codes, cover and requests letters.

A cost is one whole number of two parts, ``price + points * UNIT``: what is soft, and how far what is hard is broken.
Sums and differences keep both parts apart, so one table serves whatever a point costs at the moment, and a roster
breaks nothing when its points are 0. One hard limit broken by one has ``POINTS`` points, a total its own (``encode``).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

UNIT_BITS = 36
UNIT = 1 << UNIT_BITS
POINTS = 480
ASSIGNMENTS, MINUTES, WEEKENDS = range(3)
"""Rows of BlockData.totals and columns of BlockState.totals."""
LEAST, MOST, UNDER, OVER, FLAT = range(5)
"""Columns of BlockData.totals; ``FLAT`` comes once on top of what is hard."""

Ints = NDArray[np.int64]
Small = NDArray[np.int16]
Bits = NDArray[np.uint8]


class BlockData(NamedTuple):
    """Tables of costs; ``where`` is 1 for a run that starts on day 0, plus 2 for one that reaches the last day.

    ``code_of[letter]``; ``options[person, day, n]``: the ``option_count[person, day]`` letters she may have; ``may``:
    the same as flags; ``twins[code, n]``: the ``twin_count[code]`` letters of a code; ``wish[person, day, letter]``;
    ``cover[day, letter, n]``: n people there; ``runs[person, works, where, length]``; ``same[code, open, length]`` and
    ``first_same[person, code, open, length]``: days in a row with one shift type, the latter from day 0 on (both 1 long
    when no limit binds); ``follows[code, code]``; ``totals[person, which, column]``; ``minutes[code]``;
    ``most_of[person, code]``; ``broken[person]``: one day of a weekend."""

    code_of: Small
    options: Small
    option_count: Small
    may: Bits
    twins: Small
    twin_count: Small
    wish: Ints
    cover: Ints
    runs: Ints
    same: Ints
    first_same: Ints
    follows: Ints
    totals: Ints
    minutes: Ints
    most_of: Ints
    broken: Ints


class BlockState(NamedTuple):
    """``rows[person, day]`` letters and ``codes`` of them; ``there[day, letter]``; ``totals[person, which]``;
    ``counts[person, code]``; ``row_cost[person]``: of her limits; ``fresh[two, day]``: letters of a move; ``best``: the
    cheapest rows without points; ``sums``: cost of the rows and of ``best`` (-1: none yet), moves spent without
    points."""

    rows: Small
    codes: Small
    there: Ints
    totals: Ints
    counts: Ints
    row_cost: Ints
    fresh: Small
    best: Small
    sums: Ints


def blank_state(data: BlockData) -> BlockState:
    """Everybody free; ``judge.recount`` fills in the rest."""
    people, days, letters = data.may.shape
    codes = len(data.minutes)
    return BlockState(
        np.zeros((people, days), dtype=np.int16),
        np.zeros((people, days), dtype=np.int16),
        np.zeros((days, letters), dtype=np.int64),
        np.zeros((people, 3), dtype=np.int64),
        np.zeros((people, codes), dtype=np.int64),
        np.zeros(people, dtype=np.int64),
        np.zeros((2, days), dtype=np.int16),
        np.zeros((people, days), dtype=np.int16),
        np.array([0, -1, 0], dtype=np.int64),
    )
