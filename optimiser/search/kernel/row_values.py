"""What each duty that a nurse could have on a day is worth, found by trial, all other duties as they are."""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.cells import clear, set_duty
from optimiser.search.kernel.compiled import compiled
from optimiser.search.kernel.data import (
    FIRST_WINDOW,
    INFINITE,
    JOB_MINUTES,
    JOB_UNIT,
    NONE,
    ROUTE_COUNT,
    ROW_PRICE,
    SLOT_ACTIVE,
    SLOT_CLOSE,
    SLOT_LOCKED,
    SLOT_OPEN,
    SLOTS,
    STANDBY_SLOT,
    WIDE_NEAR,
    WIDE_TRIED,
    WINDOW_DAY,
    WINDOW_HIGH,
    WINDOW_LOW,
    Data,
    Duties,
    Random,
    Rows,
    State,
)
from optimiser.search.kernel.duty_cost import duty_cost
from optimiser.search.kernel.random_state import below
from optimiser.search.kernel.recreate import recreate
from optimiser.search.kernel.rows import reprice_touched, standby_clean
from optimiser.search.kernel.undo import Journal, open_journal, take_back

MOST_NEAR = 8
"""So many left-out units of the day are tried with each duty."""


@compiled
def _near_units(
    data: Data, nurse: int, day: int, bank: np.ndarray, waiting: int, near: np.ndarray, random: Random
) -> int:
    """Fill ``near`` with a few of the left-out units ``bank[:waiting]`` that she may serve on a day or the night after
    it; returns how many."""
    number, start = NONE, below(random, max(1, waiting))
    for step in range(waiting):
        unit_number = bank[(start + step) % waiting]
        job = data.unit_jobs[data.unit_from[unit_number]]
        for window in range(data.job[job, FIRST_WINDOW], data.job[job + 1, FIRST_WINDOW]):
            here = day <= data.window[window, WINDOW_DAY] <= day + 1
            if here and data.may_serve[window, nurse] >= 0 and number < MOST_NEAR:
                near[number] = unit_number
                number += 1
                break
    return number


@compiled
def _unit_fits(data: Data, duties: Duties, unit_number: int, nurse: int, day: int, kind: int) -> bool:
    """Whether a window of some job of a unit meets the route time of a duty of the nurse."""
    for index in range(data.unit_from[unit_number], data.unit_from[unit_number + 1]):
        job = data.unit_jobs[index]
        for window in range(data.job[job, FIRST_WINDOW], data.job[job + 1, FIRST_WINDOW]):
            if data.may_serve[window, nurse] < 0:
                continue
            for segment in range(STANDBY_SLOT):
                slot = duties.kind_slot[day, kind, segment]
                early = slot[SLOT_CLOSE] < data.window[window, WINDOW_LOW] + data.job[job, JOB_MINUTES]
                late = slot[SLOT_OPEN] > data.window[window, WINDOW_HIGH]
                if slot[SLOT_ACTIVE] == 1 and slot[SLOT_LOCKED] == 0 and not early and not late:
                    return True
    return False


@compiled
def _can_hold(
    data: Data, duties: Duties, state: State, nurse: int, day: int, kind: int, near: np.ndarray, number: int
) -> bool:
    """Whether a duty could serve anything of what her duty of that day serves now, or of the units given."""
    base, holds = (nurse * data.days + day) * SLOTS, False
    for slot in range(base, base + STANDBY_SLOT):
        for position in range(state.route[slot, ROUTE_COUNT]):
            unit_number = data.job[state.stops[slot, position], JOB_UNIT]
            holds = holds or _unit_fits(data, duties, unit_number, nurse, day, kind)
    for index in range(number):
        holds = holds or _unit_fits(data, duties, near[index], nurse, day, kind)
    return holds


@compiled
def _routes(
    data: Data, rows: Rows, duties: Duties, state: State, journal: Journal, nurse: int, day: int, kind: int,
    near: np.ndarray, number: int, random: Random,
) -> int:  # fmt: skip
    """How much the total, her own row left out, goes up with another kind of duty when its work and the units given
    are put back; INFINITE when work cannot leave or standby becomes unlawful. Everything is as before afterwards."""
    open_journal(journal, state)
    tried, cost = state.wide[WIDE_TRIED], INFINITE
    size = clear(data, state, journal, nurse, day, NONE, tried, NONE)
    if size >= 0:
        set_duty(data, duties, state, journal, nurse, day, NONE, kind)
        for index in range(number):
            tried[size + index] = near[index]
        recreate(data, rows, state, journal, tried, size + number, random)
        reprice_touched(data, rows, state, journal)
        cost = state.total[0] - journal.old.total[0]
        cost -= state.row[nurse, ROW_PRICE] - journal.old.row[nurse, ROW_PRICE]
        for index in range(journal.sizes[0]):
            if not standby_clean(data, rows, state, journal.slots[0, index]):
                cost = INFINITE
    take_back(journal, state)
    return cost


@compiled
def day_worth(
    data: Data, rows: Rows, duties: Duties, state: State, journal: Journal, nurse: int, day: int, bank: np.ndarray,
    waiting: int, worth: np.ndarray, random: Random,
) -> None:  # fmt: skip
    """Fill ``worth``: what the nurse's work duty on a day costs against the present one; entry 0 is no duty, entry
    k + 1 kind k. INFINITE is not possible; a pinned cell has its present duty only.

    Found by a trial for each: routes, left-out work and duties together as the search would leave them after putting
    back the work of the day and some of the left-out units ``bank[:waiting]``. In it is what the duty costs by itself
    (Rows.price), also for the present one; the rest of her row's price is not.
    """
    present = state.duty[nurse, day, 0]
    for option in range(len(duties.kind_lane) + 1):
        worth[option] = INFINITE
    worth[present + 1] = rows.price[nurse, day, present] if present >= 0 else NONE
    if duties.pinned[nurse, day, 0]:
        return
    near = state.wide[WIDE_NEAR]
    number = _near_units(data, nurse, day, bank, waiting, near, random)
    without = NONE
    for option in range(len(duties.kind_lane) + 1):
        kind = option - 1
        if kind == present or (kind >= 0 and (duties.kind_lane[kind] != 0 or not duties.allowed[nurse, day, kind])):
            continue
        cost = without
        # A duty that can serve none of the work is worth what no duty is, and what it costs by itself.
        if kind < 0 or _can_hold(data, duties, state, nurse, day, kind, near, number):
            cost = _routes(data, rows, duties, state, journal, nurse, day, kind, near, number, random)
        if kind < 0:
            without = cost
        if cost < INFINITE:
            state.duty[nurse, day, 0] = kind
            cost += duty_cost(duties, state) - state.row[len(state.duty), ROW_PRICE]
            state.duty[nurse, day, 0] = present
            worth[option] = cost + (rows.price[nurse, day, kind] if kind >= 0 else NONE)
