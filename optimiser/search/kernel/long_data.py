"""The tables of the search over rosters of duties alone: what a duty touches, and counts kept from step to step."""

from __future__ import annotations

from typing import NamedTuple

from optimiser.search.kernel.data import Ints

MOST_CELLS = 60
"""So many cells one step changes at most."""
CELL_NURSE, CELL_DAY, CELL_LANE, CELL_NEW, CELL_OLD = range(5)
"""Columns of Tally.cells."""
TALLY_FAIR, TALLY_BEST, TALLY_ACCEPTED, TALLY_JUDGED = range(4)
"""Places in Tally.sums: cost of fairness, cheapest total met, steps accepted and steps that were judged by the law."""


class Around(NamedTuple):
    """Constants. D days, K kinds, N nurses; ragged lists have the first index of each and the end."""

    cover_from: Ints
    """[D * K + 1] first entry of each (day, kind) in cover_row."""
    cover_row: Ints
    """Numbers of the cover rows that count it."""
    wish_from: Ints
    """[N * D + 1] first entry of each (nurse, day) in wish_of."""
    wish_of: Ints
    entry_from: Ints
    """[N * D + 1] first entry of each (nurse, day) in entry_of."""
    entry_of: Ints
    minutes: Ints
    """[D, K, 2] work minutes in the week in which it starts and in the week after."""
    able_from: Ints
    """[rows + 1] first entry of each cover row in able."""
    able: Ints
    """Numbers of the nurses that count for it."""
    clash: Ints
    """[D, K, K] 1 where a kind may not follow a kind of the day before, whoever has them."""


class Tally(NamedTuple):
    """What search keeps: counts, the step being tried, and the best roster."""

    counted: Ints
    """[cover rows] duties that count."""
    label: Ints
    """[labels, N] evenings, nights, weekends and holidays."""
    planned: Ints
    """[N, weeks + 1] minutes worked in each week."""
    cells: Ints
    """[MOST_CELLS, 5] of the step being tried."""
    sums: Ints
    """[4]"""
    best: Ints
    """[N, D, 2] the cheapest roster met."""
    ruled: Ints
    """[N] what the priced rules of each row cost."""
    trial: Ints
    """[N] the same in the step being tried."""
    target: Ints
    """[labels, N] pro-rata targets, for the totals in ``aimed``."""
    aimed: Ints
    """[labels] totals; -1 before the first count."""
