"""Annealing over a roster of duties alone: a step is priced by what it touches first, and judged by the law only when
it could be taken."""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.cells import set_duty
from optimiser.search.kernel.compiled import compiled
from optimiser.search.kernel.data import (
    INFINITE,
    NONE,
    ROW_ACCEPTED,
    Data,
    Duties,
    Random,
    Rows,
    State,
)
from optimiser.search.kernel.duty_moves import overlaps
from optimiser.search.kernel.long_cost import fair_cost, set_cell
from optimiser.search.kernel.long_data import (
    CELL_OLD,
    TALLY_ACCEPTED,
    TALLY_BEST,
    TALLY_FAIR,
    TALLY_JUDGED,
    Around,
    Tally,
)
from optimiser.search.kernel.long_judge import judge_weeks
from optimiser.search.kernel.long_moves import draw
from optimiser.search.kernel.random_state import below, unit
from optimiser.search.kernel.undo import Journal, open_journal, take_back

ROW_GAIN, OFTEN = np.int64(40), 4
"""What a step may save in its rows beside hours, such as a lone day off: one in so many is judged although it looks
that much too dear."""


@compiled
def _possible(duties: Duties, tally: Tally, count: int) -> bool:
    """Whether the cells of the step may have what they are to get."""
    for index in range(count):
        nurse, day, lane, kind, _ = tally.cells[index]
        if duties.pinned[nurse, day, lane] or (kind >= 0 and not duties.allowed[nurse, day, kind]):
            return False
    return True


@compiled
def _clashes(around: Around, state: State, tally: Tally, count: int) -> bool:
    """Whether a new duty may not stand beside one of the day before or after, whatever else there is."""
    for index in range(count):
        nurse, day, _, kind, _ = tally.cells[index]
        if kind >= 0:
            for lane in range(2):
                if day > 0:
                    before = state.duty[nurse, day - 1, lane]
                    if before >= 0 and around.clash[day, before, kind] == 1:
                        return True
                if day + 1 < state.duty.shape[1]:
                    after = state.duty[nurse, day + 1, lane]
                    if after >= 0 and around.clash[day + 1, kind, after] == 1:
                        return True
    return False


@compiled
def _make(
    rows: Rows, duties: Duties, around: Around, state: State, tally: Tally, count: int
) -> tuple[int, int]:  # fmt: skip
    """Make the step in the roster and the counts: what it costs beside fairness outside and inside the rows."""
    outside, inside = NONE, NONE
    for index in range(count):
        nurse, day, lane, kind, _ = tally.cells[index]
        tally.cells[index, CELL_OLD] = state.duty[nurse, day, lane]
        more, own = set_cell(rows, duties, around, state, tally, nurse, day, lane, kind)
        outside, inside = outside + more, inside + own
    return outside, inside


@compiled
def _unmake(rows: Rows, duties: Duties, around: Around, state: State, tally: Tally, count: int) -> None:
    """Take the step back."""
    for index in range(count - 1, -1, -1):
        nurse, day, lane, _, old = tally.cells[index]
        set_cell(rows, duties, around, state, tally, nurse, day, lane, old)


@compiled
def _ruled(data: Data, rows: Rows, state: State, tally: Tally, count: int, nurse: int) -> int:
    """What the priced rules cost in a row of the step; INFINITE when it breaks more rules than were accepted."""
    low, high = np.int64(state.duty.shape[1]), NONE
    for index in range(count):
        if tally.cells[index, 0] == nurse:
            # rest and night of a Sunday's duty lie in the week after
            low, high = min(low, tally.cells[index, 1] // 7), max(high, (tally.cells[index, 1] + 1) // 7)
    accepted = state.row[nurse, ROW_ACCEPTED]
    if accepted > 0:
        low, high = NONE, np.int64(state.duty.shape[1])
    found, ruled = judge_weeks(data, rows, state, nurse, low, high, accepted)
    if found > accepted:
        return INFINITE
    state.row[nurse, ROW_ACCEPTED] = found
    return ruled


@compiled
def _judge(data: Data, rows: Rows, duties: Duties, state: State, tally: Tally, journal: Journal, count: int) -> int:
    """What the priced rules of the step's nurses go up by; INFINITE with overlaps or more violations than were
    accepted. Writes the slots; the journal takes them back."""
    open_journal(journal, state)
    for index in range(count):
        nurse, day, lane, kind, old = tally.cells[index]
        state.duty[nurse, day, lane] = old
        set_duty(data, duties, state, journal, nurse, day, lane, kind)
    for index in range(count):
        if overlaps(data, state, tally.cells[index, 0], tally.cells[index, 1]):
            return INFINITE
    cost = NONE
    for index in range(count):
        nurse, seen = tally.cells[index, 0], False
        for earlier in range(index):
            seen = seen or tally.cells[earlier, 0] == nurse
        if not seen:
            ruled = _ruled(data, rows, state, tally, count, nurse)
            if ruled >= INFINITE:
                return INFINITE
            cost += ruled - tally.ruled[nurse]
            tally.trial[nurse] = ruled
    return cost


@compiled
def _keep_best(state: State, tally: Tally) -> None:
    tally.sums[TALLY_BEST] = state.total[0]
    for nurse in range(state.duty.shape[0]):
        for day in range(state.duty.shape[1]):
            tally.best[nurse, day, 0], tally.best[nurse, day, 1] = state.duty[nurse, day, 0], state.duty[nurse, day, 1]


@compiled
def anneal_long(
    data: Data, rows: Rows, duties: Duties, around: Around, state: State, tally: Tally, journal: Journal,
    random: Random, steps: int, temperature: float,
) -> int:  # fmt: skip
    """``steps`` steps at one temperature; ``tally.best`` holds the cheapest roster met. Returns how many were taken."""
    taken = NONE
    for _ in range(steps):
        count = draw(rows, duties, around, state, tally, random)
        if count == 0 or not _possible(duties, tally, count):
            continue
        room = np.int64(-temperature * np.log(max(unit(random), 1e-12)))
        outside, inside = _make(rows, duties, around, state, tally, count)
        slack = ROW_GAIN if below(random, OFTEN) == 0 else NONE
        if outside + inside > room + slack + tally.sums[TALLY_FAIR] or _clashes(around, state, tally, count):
            _unmake(rows, duties, around, state, tally, count)
            continue
        fair = fair_cost(duties, tally)
        outside += fair - tally.sums[TALLY_FAIR]
        if outside + inside > room + slack:
            _unmake(rows, duties, around, state, tally, count)
            continue
        tally.sums[TALLY_JUDGED] += 1
        change = outside + inside + _judge(data, rows, duties, state, tally, journal, count)
        if change > room:
            take_back(journal, state)
            for index in range(count):
                nurse, day, lane, kind, _ = tally.cells[index]
                state.duty[nurse, day, lane] = kind
            _unmake(rows, duties, around, state, tally, count)
            continue
        taken += 1
        tally.sums[TALLY_FAIR] = fair
        state.total[0] += change
        for index in range(count):
            tally.ruled[tally.cells[index, 0]] = tally.trial[tally.cells[index, 0]]
        if state.total[0] < tally.sums[TALLY_BEST]:
            _keep_best(state, tally)
    tally.sums[TALLY_ACCEPTED] += taken
    return taken
