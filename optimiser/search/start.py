"""Where search starts: the roster model's duties, or an earlier plan."""

from __future__ import annotations

import numpy as np

from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.instance import Instance
from optimiser.domain.plan import BREAK, Plan
from optimiser.domain.problem import FORBIDDEN, Problem
from optimiser.search.encode import DutyKey
from optimiser.search.kernel.cells import set_duty
from optimiser.search.kernel.data import (
    FIRST_TIE,
    FIRST_WINDOW,
    JOB_PENALTY,
    JOB_UNIT,
    PLACED_LOW,
    PLACED_SLOT,
    ROUTE_COST,
    ROUTE_COUNT,
    SLOT_ACTIVE,
    SLOT_LOCKED,
    SLOTS,
    STANDBY_SLOT,
    WINDOW_HIGH,
    WINDOW_LOW,
    Data,
    Duties,
    Rows,
    State,
)
from optimiser.search.kernel.fits import tie_allows, tie_bounds
from optimiser.search.kernel.insertion import take_job
from optimiser.search.kernel.labels import refresh
from optimiser.search.kernel.route import UNDRIVABLE
from optimiser.search.kernel.rows import row_violations, standby_clean
from optimiser.search.kernel.undo import new_journal, open_journal

Cell = tuple[int, int, int]
"""Nurse, day and lane number."""


def duties_of_plan(problem: Problem, plan: Plan) -> frozenset[DutyKey]:
    """The duties of a plan that the problem still allows, beside the published ones; students are left out."""
    instance = problem.instance
    published = {(nurse, day, kind) for (nurse, day, _), kind in problem.pinned.items()}
    keys = set(published)
    for duty in plan.duties:
        key = (
            problem.nurse_number[duty.nurse],
            instance.clock.day_number(duty.day),
            problem.kind_number[duty.kind],
        )
        if problem.duty_allowed[key] and not any(_clash(instance, key, other) for other in published):
            keys.add(key)
    return frozenset(key for key in keys if instance.nurses[key[0]].experience != "student")


def _clash(instance: Instance, one: DutyKey, other: DutyKey) -> bool:
    """Whether two different duties of a nurse lie in one cell or overlap."""
    if one == other or one[0] != other[0]:
        return False
    kinds = instance.shift_kinds[one[2]], instance.shift_kinds[other[2]]
    mine, theirs = (segment_bounds(kind, instance.clock, key[1]) for kind, key in zip(kinds, (one, other), strict=True))
    same_cell = one[1] == other[1] and kinds[0].lane == kinds[1].lane
    return same_cell or (mine[0][0] < theirs[-1][1] and theirs[0][0] < mine[-1][1])


def frozen_cells(problem: Problem, last_day: int) -> frozenset[Cell]:
    """Every cell of the days before ``last_day``."""
    nurses = range(len(problem.instance.nurses))
    days = range(max(0, min(last_day, problem.instance.days)))
    return frozenset((nurse, day, lane) for nurse in nurses for day in days for lane in (0, 1))


def place_routes(problem: Problem, data: Data, state: State, plan: Plan, locked: frozenset[Cell]) -> None:
    """Put the routes of a plan on the duties of ``state``, each as a whole, as far as they still may be.

    What may no longer be is left out, and with it the rest of its unit. ``locked`` routes will keep their stops and
    their starts.
    """
    for duty in plan.duties:
        nurse, day = problem.nurse_number[duty.nurse], problem.instance.clock.day_number(duty.day)
        for route in duty.routes:
            slot = (nurse * data.days + day) * SLOTS + (STANDBY_SLOT if duty.lane == "standby" else route.segment)
            if state.slot[slot, SLOT_ACTIVE] and not state.route[slot, ROUTE_COUNT]:
                stops = [(job, window, stop.start) for stop in route.stops if stop.what != BREAK
                         and (job := problem.job_number.get((stop.id, stop.part))) is not None
                         and (window := _window_at(problem, data, job, nurse, stop.start)) is not None
                         and state.job[job, PLACED_SLOT] < 0]  # fmt: skip
                # a plan from elsewhere may name work twice, or more of it than any route holds
                stops = list({stop[0]: stop for stop in stops}.values())[: state.stops.shape[1]]
                _place_route(data, state, slot, stops, (nurse, day, int(duty.lane == "standby")) in locked)
    _whole_units(data, state)
    _broken_ties(data, state)
    clear_undrivable(data, state)
    for nurse, day, lane in locked:
        first = (nurse * data.days + day) * SLOTS
        chosen = slice(first + STANDBY_SLOT, first + SLOTS) if lane else slice(first, first + STANDBY_SLOT)
        state.slot[chosen, SLOT_LOCKED] = 1


def _window_at(problem: Problem, data: Data, job: int, nurse: int, start: int) -> int | None:
    """The window of a job that holds ``start`` and that the nurse may serve."""
    for window, (low, high, _) in enumerate(problem.jobs[job].windows):
        if low <= start <= high and problem.may_serve[job][window, nurse] != FORBIDDEN:
            return int(data.job[job, FIRST_WINDOW]) + window
    return None


def _place_route(data: Data, state: State, slot: int, stops: list[tuple[int, int, int]], locked: bool) -> None:
    """Write a whole route of (job, window, start); a route that cannot be driven as it is stays empty."""
    nurse = slot // (data.days * SLOTS)
    for position, (job, window, start) in enumerate(stops):
        fixed = locked or data.job[job + 1, FIRST_TIE] > data.job[job, FIRST_TIE]
        low, high = data.window[window, WINDOW_LOW], data.window[window, WINDOW_HIGH]
        state.stops[slot, position] = job
        state.job[job] = (slot, start, start, window) if fixed else (slot, low, high, window)
        state.total[0] += data.may_serve[window, nurse] - data.job[job, JOB_PENALTY]
    state.route[slot, ROUTE_COUNT] = len(stops)
    refresh(data, state, slot)
    state.total[0] += state.route[slot, ROUTE_COST]
    if state.route[slot, ROUTE_COST] >= UNDRIVABLE:
        for job, _, _ in stops:
            take_job(data, state, job)


def _broken_ties(data: Data, state: State) -> None:
    """Take out units whose ties no longer hold."""
    for job in range(len(data.job) - 1):
        slot = int(state.job[job, PLACED_SLOT])
        if slot < 0:
            continue
        start = int(state.job[job, PLACED_LOW])
        low, high = tie_bounds(data, state, job, start, start)
        if low > high or not tie_allows(data, state, job, slot // (data.days * SLOTS)):
            take_unit(data, state, job)


def _whole_units(data: Data, state: State) -> None:
    """Take out units of which only a part could be placed."""
    for unit in range(len(data.unit_from) - 1):
        members = data.unit_jobs[data.unit_from[unit] : data.unit_from[unit + 1]]
        placed = [job for job in members if state.job[job, PLACED_SLOT] >= 0]
        if len(placed) < len(members):
            for job in placed:
                take_job(data, state, job)


def take_unit(data: Data, state: State, job: int) -> None:
    """Take out every placed member of a job's unit."""
    unit = int(data.job[job, JOB_UNIT])
    for member in data.unit_jobs[data.unit_from[unit] : data.unit_from[unit + 1]]:
        if state.job[member, PLACED_SLOT] >= 0:
            take_job(data, state, int(member))


def clear_broken_routes(data: Data, rows: Rows, state: State) -> None:
    """Take work out of routes that a removal has broken, until none is: standby that breaks a row rule, and routes
    that cannot be driven any more (the break may have had its only room beside the stop that left)."""
    broken = True
    while broken:
        broken = clear_undrivable(data, state)
        for slot in range(STANDBY_SLOT, len(state.slot), SLOTS):
            while not standby_clean(data, rows, state, slot):
                take_unit(data, state, int(state.stops[slot, 0]))
                broken = True


def clear_undrivable(data: Data, state: State) -> bool:
    """Take work out of routes that cannot be driven; whether there were any."""
    found = False
    while (undrivable := np.flatnonzero(state.route[:, ROUTE_COST] >= UNDRIVABLE)).size:
        take_unit(data, state, int(state.stops[undrivable[0], 0]))
        found = True
    return found


def drop_violations(problem: Problem, data: Data, rows: Rows, duties: Duties, state: State) -> int:
    """Take free duties out of rows that break a rule, each time the one that helps most; how many violations are left.

    The first roster may break a rule that the model only keeps from below; published duties stay whatever they break.
    """
    left = 0
    for nurse in range(len(problem.instance.nurses)):
        while found := int(row_violations(data, rows, state, nurse)):
            free = [
                (day, lane) for day in range(data.days) for lane in (0, 1)
                if state.duty[nurse, day, lane] >= 0 and not duties.pinned[nurse, day, lane]
            ]  # fmt: skip
            if not free:
                left += found
                break
            day, lane = min(free, key=lambda cell: _violations_without(data, rows, duties, state, nurse, *cell))
            _write(data, duties, state, nurse, day, lane, -1)
    return left


def _violations_without(
    data: Data, rows: Rows, duties: Duties, state: State, nurse: int, day: int, lane: int
) -> int:  # fmt: skip
    kind = int(state.duty[nurse, day, lane])
    _write(data, duties, state, nurse, day, lane, -1)
    found = int(row_violations(data, rows, state, nurse))
    _write(data, duties, state, nurse, day, lane, kind)
    return found


def _write(data: Data, duties: Duties, state: State, nurse: int, day: int, lane: int, kind: int) -> None:
    journal = new_journal(data, state)
    open_journal(journal, state)
    set_duty(data, duties, state, journal, nurse, day, lane, kind)
