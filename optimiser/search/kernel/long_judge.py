"""One nurse's row by the law and by priced rules in one pass, where only some weeks changed (rows.py judges all)."""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.cells import set_duty
from optimiser.search.kernel.compiled import compiled
from optimiser.search.kernel.data import (
    ANY_START,
    NONE,
    SPACE,
    SPACE_DIENSTEN,
    SPACE_STANDBY,
    SPACE_WORK,
    WIDE_LETTERS,
    WIDE_STARTED,
    Data,
    Duties,
    Rows,
    State,
    Table,
)
from optimiser.search.kernel.row_blocks import collect, merge, spell, words
from optimiser.search.kernel.row_counts import around_night, day_sums, free_periods, standby_words, week_sums
from optimiser.search.kernel.row_shapes import dienst_sums, gaps, pauses, rest_blocks, rest_parts, series
from optimiser.search.kernel.rows import (
    BLOCKS,
    DAY,
    DAYS,
    DIENST,
    EXCLUSION,
    FREE,
    GAP,
    PARTS,
    PAUSES,
    SERIES,
    WEEKS,
    WORD,
    row_violations,
)
from optimiser.search.kernel.undo import Journal, open_journal, take_back


@compiled
def _broken(
    rule: np.ndarray, rows: Rows, state: State, letters: np.ndarray, started: np.ndarray, blocks: Table, used: int,
    diensten: Table, number: int, standby: Table, watches: int,
) -> int:  # fmt: skip
    """How often one rule is broken."""
    shape = rule[0]
    if shape == WEEKS:
        return week_sums(rule, rows, started, blocks, used, diensten, number, standby, watches)
    if shape == GAP:
        return gaps(rule, diensten, number)
    if shape == SERIES:
        return series(rule, diensten, number)
    if shape == DAYS:
        return words(rule, rows, letters, state.duty.shape[1])
    if shape == BLOCKS:
        return rest_blocks(rule, diensten, number)
    if shape == EXCLUSION:
        return around_night(rule, diensten, number, standby, watches)
    if shape == DIENST:
        return dienst_sums(rule, diensten, number)
    if shape == DAY:
        return day_sums(rule, blocks, used, standby, watches)
    if shape == WORD:
        return standby_words(rule, standby, watches)
    if shape == PAUSES:
        return pauses(rule, blocks, used, diensten, number)
    if shape == FREE:
        return free_periods(rule, diensten, number, standby, watches)
    return rest_parts(rule, diensten, number) if shape == PARTS else NONE


@compiled
def judge_weeks(
    data: Data, rows: Rows, state: State, nurse: int, low: int, high: int, most: int
) -> tuple[int, int]:  # fmt: skip
    """(violations, price of the priced rules) of a nurse's row. Hard sums over weeks are judged where they hold one of
    the weeks ``low`` to ``high``. Beyond ``most`` violations it stops: the second number then says nothing."""
    blocks = state.blocks[SPACE_WORK:SPACE_STANDBY]
    standby = state.blocks[SPACE_STANDBY:SPACE_DIENSTEN]
    diensten = state.blocks[SPACE_DIENSTEN:SPACE]
    letters = state.wide[WIDE_LETTERS, : rows.day_letter.shape[1]]
    started = state.wide[WIDE_STARTED]
    for week in range(rows.target.shape[1]):
        started[week] = 0
    for day in range(state.duty.shape[1]):
        started[day // 7] += 1 if state.duty[nurse, day, 0] >= 0 else 0
    used, watches = collect(
        data, rows, state, nurse, ANY_START, state.scratch[0], NONE, state.scratch[0], blocks, standby
    )
    number = merge(rows, blocks, used, diensten)
    spell(rows, state, nurse, letters)
    found, cost = NONE, NONE
    for index in range(rows.rule_from[2 * nurse], rows.rule_from[2 * nurse + 1]):
        rule = rows.rules[index]
        if rule[0] == WEEKS and (rule[5] < low or rule[4] > high):
            continue
        found += _broken(rule, rows, state, letters, started, blocks, used, diensten, number, standby, watches)
        if found > most:
            return found, cost
    for index in range(rows.rule_from[2 * nurse + 1], rows.rule_from[2 * nurse + 2]):
        rule = rows.rules[index]
        broken = _broken(rule, rows, state, letters, started, blocks, used, diensten, number, standby, watches)
        cost += broken * max(1, rule[1])
    return found, cost


@compiled
def drop_broken(data: Data, rows: Rows, duties: Duties, state: State, journal: Journal, nurse: int) -> int:
    """Take free duties out of a nurse's row until it breaks no rule, each time one that helps most; how many
    violations are left, which only published duties can make. Routes must be empty."""
    found = row_violations(data, rows, state, nurse)
    while found > 0:
        best, where = found + 1, ANY_START
        for cell in range(2 * data.days):
            kind = state.duty[nurse, cell // 2, cell % 2]
            if kind >= 0 and not duties.pinned[nurse, cell // 2, cell % 2]:
                open_journal(journal, state)
                set_duty(data, duties, state, journal, nurse, cell // 2, cell % 2, ANY_START)
                without = row_violations(data, rows, state, nurse)
                take_back(journal, state)
                if without < best:
                    best, where = without, np.int64(cell)
        if where < 0:
            return found
        open_journal(journal, state)
        set_duty(data, duties, state, journal, nurse, where // 2, where % 2, ANY_START)
        found = best
    return found
