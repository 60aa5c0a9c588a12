"""Judging and pricing one nurse's row by the clock, from the row rules.

Rule rows are int64 [shape, price, eight parameters]; optimiser/search/encode_rows.py writes them. The content of a
route changes what the law sees where planned work lies in standby from home.
"""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.compiled import compiled
from optimiser.search.kernel.data import (
    ANY_START,
    NONE,
    ROUTE_COUNT,
    ROW_ACCEPTED,
    ROW_PRICE,
    SCRATCH_STARTS,
    SLOT_WORK,
    SLOTS,
    SPACE,
    SPACE_DIENSTEN,
    SPACE_STANDBY,
    SPACE_WORK,
    STANDBY_SLOT,
    WEEK_START,
    WIDE_LETTERS,
    WIDE_PLANNED,
    WIDE_STARTED,
    Data,
    Rows,
    State,
    Table,
)
from optimiser.search.kernel.row_blocks import collect, current_starts, merge, spell, words
from optimiser.search.kernel.row_counts import around_night, day_sums, free_periods, standby_words, week_sums
from optimiser.search.kernel.row_shapes import (
    CALL,
    dienst_sums,
    gaps,
    pauses,
    rest_blocks,
    rest_parts,
    series,
)
from optimiser.search.kernel.undo import Journal

GAP, SERIES, DIENST, DAY, WEEKS, BLOCKS, WORD, EXCLUSION, PAUSES, DAYS, FREE, PARTS = range(1, 13)


@compiled
def _hours(rows: Rows, nurse: int, blocks: Table, used: int, planned: np.ndarray) -> int:
    """Price of over- and undertime; a block's break comes off the week in which it starts."""
    weeks = rows.target.shape[1]
    for week in range(weeks + 1):
        planned[week] = 0
    for index in range(used):
        if blocks[3, index] == 1 or blocks[4, index] & CALL:
            continue
        week = NONE
        while week < weeks and blocks[0, index] >= rows.week[week + 1, WEEK_START]:
            week += 1
        if week < weeks:
            after = max(NONE, blocks[1, index] - rows.week[week + 1, WEEK_START])
            planned[week] += blocks[2, index] - after
            planned[week + 1] += after
    cost = NONE
    for week in range(weeks):
        excess = planned[week] - rows.target[nurse, week]
        cost += excess * rows.overtime if excess > 0 else (-excess // 10) * rows.undertime
    return cost


@compiled
def _duties(rows: Rows, state: State, nurse: int, started: np.ndarray) -> int:
    """What each duty costs by itself; fills how many work duties start in each week."""
    cost = NONE
    for day in range(state.duty.shape[1]):
        for lane in range(2):
            kind = state.duty[nurse, day, lane]
            if kind >= 0:
                cost += rows.price[nurse, day, kind]
                started[day // 7] += 1 - lane
    return cost


@compiled
def judge(
    data: Data,
    rows: Rows,
    state: State,
    nurse: int,
    priced: int,
    special: int,
    stops: np.ndarray,
    count: int,
    starts: np.ndarray,
) -> int:
    """Violations in the row of ``nurse``, or with ``priced`` 1 what it costs.

    Slot ``special`` (or -1) holds the ``stops`` given.
    """
    blocks = state.blocks[SPACE_WORK:SPACE_STANDBY]
    standby = state.blocks[SPACE_STANDBY:SPACE_DIENSTEN]
    diensten = state.blocks[SPACE_DIENSTEN:SPACE]
    letters = state.wide[WIDE_LETTERS, : rows.day_letter.shape[1]]
    started = state.wide[WIDE_STARTED]
    for week in range(rows.target.shape[1]):
        started[week] = 0
    used, watches = collect(data, rows, state, nurse, special, stops, count, starts, blocks, standby)
    number = merge(rows, blocks, used, diensten)
    spell(rows, state, nurse, letters)
    found = _duties(rows, state, nurse, started)
    found = found + _hours(rows, nurse, blocks, used, state.wide[WIDE_PLANNED]) if priced == 1 else NONE
    for index in range(rows.rule_from[2 * nurse + priced], rows.rule_from[2 * nurse + priced + 1]):
        rule = rows.rules[index]
        shape, broken = rule[0], NONE
        if shape == GAP:
            broken = gaps(rule, diensten, number)
        elif shape == SERIES:
            broken = series(rule, diensten, number)
        elif shape == DIENST:
            broken = dienst_sums(rule, diensten, number)
        elif shape == DAY:
            broken = day_sums(rule, blocks, used, standby, watches)
        elif shape == WEEKS:
            broken = week_sums(rule, rows, started, blocks, used, diensten, number, standby, watches)
        elif shape == BLOCKS:
            broken = rest_blocks(rule, diensten, number)
        elif shape == WORD:
            broken = standby_words(rule, standby, watches)
        elif shape == EXCLUSION:
            broken = around_night(rule, diensten, number, standby, watches)
        elif shape == PAUSES:
            broken = pauses(rule, blocks, used, diensten, number)
        elif shape == DAYS:
            broken = words(rule, rows, letters, state.duty.shape[1])
        elif shape == FREE:
            broken = free_periods(rule, diensten, number, standby, watches)
        elif shape == PARTS:
            broken = rest_parts(rule, diensten, number)
        found += broken * max(1, rule[1])
    return found


@compiled
def row_violations(data: Data, rows: Rows, state: State, nurse: int) -> int:
    """Violations in a nurse's row as it stands."""
    return judge(data, rows, state, nurse, NONE, ANY_START, state.scratch[0], NONE, state.scratch[0])


@compiled
def reprice(data: Data, rows: Rows, state: State, nurse: int) -> None:
    """Price a nurse's row anew; the total follows."""
    cost = judge(data, rows, state, nurse, NONE + 1, ANY_START, state.scratch[0], NONE, state.scratch[0])
    state.total[0] += cost - state.row[nurse, ROW_PRICE]
    state.row[nurse, ROW_PRICE] = cost


@compiled
def reprice_touched(data: Data, rows: Rows, state: State, journal: Journal) -> None:
    """Price the rows anew whose duties, or whose work in standby from home, changed since the journal was opened."""
    done = ANY_START
    for index in range(journal.sizes[3]):
        nurse = journal.cells[index, 0]
        seen = False
        for earlier in range(index):
            seen = seen or journal.cells[earlier, 0] == nurse
        if not seen:
            reprice(data, rows, state, nurse)
    for index in range(journal.sizes[0]):
        slot = journal.slots[0, index]
        nurse = slot // (data.days * SLOTS)
        if slot % SLOTS == STANDBY_SLOT and rows.standby_counts and state.slot[slot, SLOT_WORK] == 0 and nurse != done:
            reprice(data, rows, state, nurse)
            done = nurse


@compiled
def standby_allowed(
    data: Data, rows: Rows, state: State, slot: int, stops: np.ndarray, count: int, starts: np.ndarray
) -> bool:
    """Whether giving these stops to a standby duty adds no violation to its nurse's row."""
    nurse = slot // (data.days * SLOTS)
    with_work = judge(data, rows, state, nurse, NONE, slot, stops, count, starts)
    return with_work == 0 or with_work <= judge(data, rows, state, nurse, NONE, slot, stops, NONE, starts)


@compiled
def standby_clean(data: Data, rows: Rows, state: State, slot: int) -> bool:
    """Whether the work that a standby slot holds now adds no violation (a removal moves the starts of the rest)."""
    count = state.route[slot, ROUTE_COUNT]
    if slot % SLOTS != STANDBY_SLOT or count == 0:
        return True
    starts = state.scratch[SCRATCH_STARTS]
    current_starts(data, state, slot, starts)
    return standby_allowed(data, rows, state, slot, state.stops[slot], count, starts)


@compiled
def standby_lawful(data: Data, rows: Rows, state: State, slot: int) -> bool:
    """Whether the row of a standby slot has no more violations than were accepted, with the work that the slot holds
    now: work that goes can break a rule too, where its row was lawful only by the pause before it."""
    if slot % SLOTS != STANDBY_SLOT:
        return True
    nurse = slot // (data.days * SLOTS)
    return row_violations(data, rows, state, nurse) <= state.row[nurse, ROW_ACCEPTED]
