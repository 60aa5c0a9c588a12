"""What a duty touches, and the counts of a roster, as the arrays of the search over duties alone."""

from __future__ import annotations

import numpy as np

from optimiser.domain.duty_work import kind_blocks, minutes_by_week
from optimiser.domain.problem import Problem
from optimiser.search.encode import ints
from optimiser.search.kernel.data import ANY_START, Data, Duties, Ints, Rows, State
from optimiser.search.kernel.duty_cost import LABELS
from optimiser.search.kernel.long_cost import fair_cost, set_cell
from optimiser.search.kernel.long_data import MOST_CELLS, TALLY_BEST, TALLY_FAIR, Around, Tally
from optimiser.search.kernel.long_judge import judge_weeks
from optimiser.search.long_pairs import clashes

MOST = 1_000_000
"""Violations: judged to the end."""


def _ragged(size: int, entries: list[tuple[int, int]]) -> tuple[Ints, Ints]:
    """(place, value) pairs as first entry of each place (and the end) and all values."""
    entries = sorted(entries)
    counts = np.bincount([place for place, _ in entries], minlength=size) if entries else np.zeros(size)
    return ints(np.concatenate([[0], np.cumsum(counts)])), ints([value for _, value in entries])


def encode_around(problem: Problem, duties: Duties) -> Around:
    """The Around of a problem whose Duties are given."""
    days, kinds = problem.instance.days, len(problem.instance.shift_kinds)
    nurses = len(problem.instance.nurses)
    cover = [
        (int(day) * kinds + int(kind), row)
        for row, (_, _, first, last, _) in enumerate(duties.cover)
        for day, kind in duties.cover_duty[first:last]
    ]
    able = [(row, int(nurse)) for row in range(len(duties.cover)) for nurse in np.flatnonzero(duties.cover_nurse[row])]
    wishes = [(int(row[0]) * days + int(row[1]), index) for index, row in enumerate(duties.wish)]
    entries = [(int(row[0]) * days + int(row[1]), index) for index, row in enumerate(duties.entered)]
    return Around(
        *_ragged(days * kinds, cover),
        *_ragged(nurses * days, wishes),
        *_ragged(nurses * days, entries),
        _minutes(problem),
        *_ragged(len(duties.cover), able),
        clash=clashes(problem),
    )


def _minutes(problem: Problem) -> Ints:
    """[D, K, 2] work minutes of each kind in its week and the week after."""
    instance = problem.instance
    table = np.zeros((instance.days, len(instance.shift_kinds), 2), dtype=np.int64)
    for day in range(instance.days):
        for number, kind in enumerate(instance.shift_kinds):
            for week, minutes in minutes_by_week(instance.clock, kind_blocks(instance, kind, day)).items():
                table[day, number, week - day // 7] += minutes
    return table


def count_tally(data: Data, rows: Rows, duties: Duties, around: Around, state: State) -> Tally:
    """The counts of a priced state, which is also the best so far."""
    nurses, days, _ = state.duty.shape
    tally = Tally(
        counted=np.zeros(len(duties.cover), dtype=np.int64),
        label=np.zeros((LABELS, nurses), dtype=np.int64),
        planned=np.zeros((nurses, days // 7 + 1), dtype=np.int64),
        cells=np.zeros((MOST_CELLS, 5), dtype=np.int64),
        sums=np.zeros(4, dtype=np.int64),
        best=state.duty.copy(),
        ruled=np.zeros(nurses, dtype=np.int64),
        trial=np.zeros(nurses, dtype=np.int64),
        target=np.zeros((LABELS, nurses), dtype=np.int64),
        aimed=np.full(LABELS, -1, dtype=np.int64),
    )
    for nurse in range(nurses):
        tally.ruled[nurse] = judge_weeks(data, rows, state, nurse, 0, days, MOST)[1]
    duty = state.duty.copy()
    state.duty[:] = ANY_START
    for nurse, day, lane in np.argwhere(duty >= 0):
        set_cell(rows, duties, around, state, tally, nurse, day, lane, duty[nurse, day, lane])
    tally.sums[TALLY_FAIR], tally.sums[TALLY_BEST] = fair_cost(duties, tally), state.total[0]
    return tally
