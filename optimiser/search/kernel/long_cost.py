"""What a changed duty costs beside the law: counted from what it touches, not anew (duty_cost.py counts anew)."""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.compiled import compiled, inlined
from optimiser.search.kernel.data import NONE, Duties, Rows, State
from optimiser.search.kernel.duty_cost import CHANGED, FAIR, LABELS, MINIMUM, WANTED, WISH
from optimiser.search.kernel.long_data import Around, Tally

WEEKEND, HOLIDAY = 2, 3
"""Labels that go by the day."""
UNAIMED = np.int64(1) << 40
"""Target of who shares no target."""


@inlined
def hours_cost(rows: Rows, nurse: int, week: int, planned: int) -> int:
    """Price of over- or undertime of a nurse in a week of the horizon."""
    if week >= rows.target.shape[1]:
        return NONE
    excess = planned - rows.target[nurse, week]
    return excess * rows.overtime if excess > 0 else (-excess // 10) * rows.undertime


@inlined
def short_cost(duties: Duties, row: int, counted: int) -> int:
    """Price of what lacks of a cover row, or of standby that it has too much."""
    minimum, wanted = duties.cover[row, 0], duties.cover[row, 1]
    cost = max(NONE, minimum - counted) * duties.weight[MINIMUM]
    cost += max(NONE, counted - max(minimum, wanted)) * duties.cover[row, 4]
    return cost + max(NONE, wanted - max(minimum, counted)) * duties.weight[WANTED]


@compiled
def day_cost(duties: Duties, around: Around, state: State, nurse: int, day: int) -> int:
    """Wishes, entries and changes against a parent of one day of a nurse."""
    cost, place = NONE, nurse * state.duty.shape[1] + day
    for entry in range(around.wish_from[place], around.wish_from[place + 1]):
        index = around.wish_of[entry]
        kind = state.duty[nurse, day, 0]
        met = kind < 0 and state.duty[nurse, day, 1] < 0
        if duties.wish[index, 2] == 1:
            met = kind >= 0 and duties.wish_kind[index, kind]
        if not met:
            cost += duties.wish[index, 3] * duties.weight[WISH]
    for entry in range(around.entry_from[place], around.entry_from[place + 1]):
        index = around.entry_of[entry]
        if state.duty[nurse, day, duties.entered[index, 2]] != duties.entered[index, 3]:
            cost += duties.entered[index, 4]
    if duties.weight[CHANGED] > 0:
        for lane in range(2):
            old = duties.parent[nurse, day, lane]
            if old > -2 and old != state.duty[nurse, day, lane]:
                cost += duties.weight[CHANGED]
    return cost


@compiled
def _aim(duties: Duties, tally: Tally, label: int, total: int) -> None:
    """Everybody's pro-rata target of a label when so many duties have it; divisions are dear, so they are kept."""
    whole = NONE
    for nurse in range(tally.label.shape[1]):
        whole += duties.contract[nurse] if duties.fair[label, nurse, 0] == 1 else NONE
    for nurse in range(tally.label.shape[1]):
        tally.target[label, nurse] = UNAIMED
        if duties.fair[label, nurse, 0] == 1 and whole > 0:
            share = -((-total * duties.contract[nurse]) // whole)
            tally.target[label, nurse] = max(NONE, share - duties.fair[label, nurse, 1])
    tally.aimed[label] = total


@compiled
def fair_cost(duties: Duties, tally: Tally) -> int:
    """Squares above a pro-rata target, of all labels."""
    cost = NONE
    for label in range(LABELS):
        total = NONE
        for nurse in range(tally.label.shape[1]):
            total += duties.fair[label, nurse, 0] * (tally.label[label, nurse] + duties.fair[label, nurse, 1])
        if total != tally.aimed[label]:
            _aim(duties, tally, label, total)
        for nurse in range(tally.label.shape[1]):
            excess = max(NONE, tally.label[label, nurse] - tally.target[label, nurse])
            cost += excess * excess
    return cost * duties.weight[FAIR]


@inlined
def _in_weekend(state: State, nurse: int, day: int) -> int:
    """1 when the weekend of a day (Saturday or Sunday) has a duty."""
    first = day - day % 7 + 5
    for each in range(first, first + 2):
        if state.duty[nurse, each, 0] >= 0 or state.duty[nurse, each, 1] >= 0:
            return 1
    return 0


@compiled
def _count(
    rows: Rows, duties: Duties, around: Around, tally: Tally, nurse: int, day: int, kind: int, step: int
) -> tuple[int, int]:
    """Count one duty more (``step`` 1) or less (-1): what cover, and what hours and its own price, go up by."""
    outside, place = NONE, day * len(duties.kind_lane) + kind
    for entry in range(around.cover_from[place], around.cover_from[place + 1]):
        row = around.cover_row[entry]
        if duties.cover_nurse[row, nurse]:
            outside -= short_cost(duties, row, tally.counted[row])
            tally.counted[row] += step
            outside += short_cost(duties, row, tally.counted[row])
    if duties.kind_class[kind] > 0:
        tally.label[duties.kind_class[kind] - 1, nurse] += step
    tally.label[HOLIDAY, nurse] += step * duties.holiday[day]
    inside = step * rows.price[nurse, day, kind]
    for later in range(2):
        minutes, week = around.minutes[day, kind, later], day // 7 + later
        if minutes > 0:
            inside -= hours_cost(rows, nurse, week, tally.planned[nurse, week])
            tally.planned[nurse, week] += step * minutes
            inside += hours_cost(rows, nurse, week, tally.planned[nurse, week])
    return outside, inside


@compiled
def set_cell(
    rows: Rows, duties: Duties, around: Around, state: State, tally: Tally, nurse: int, day: int, lane: int, kind: int
) -> tuple[int, int]:  # fmt: skip
    """Write a cell of the roster (not its slots) and count. Returns what wishes, entries, changes and cover go up by,
    and what hours and the duty's own price do; fairness is not in it."""
    old, weekend = state.duty[nurse, day, lane], day % 7 >= 5
    outside, inside = -day_cost(duties, around, state, nurse, day), NONE
    worked = _in_weekend(state, nurse, day) if weekend else 0
    if old >= 0:
        more, own = _count(rows, duties, around, tally, nurse, day, old, -1)
        outside, inside = outside + more, inside + own
    state.duty[nurse, day, lane] = kind
    if kind >= 0:
        more, own = _count(rows, duties, around, tally, nurse, day, kind, 1)
        outside, inside = outside + more, inside + own
    if weekend:
        tally.label[WEEKEND, nurse] += _in_weekend(state, nurse, day) - worked
    return outside + day_cost(duties, around, state, nurse, day), inside
