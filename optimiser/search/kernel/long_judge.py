"""One nurse's row by the law and by priced rules in one pass, where only some weeks changed (rows.py judges all)."""

from __future__ import annotations

import numpy as np

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
)


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
