"""Where search starts: the roster model's duties, or an earlier plan."""

from __future__ import annotations

from optimiser.domain.plan import BREAK, Plan
from optimiser.domain.problem import FORBIDDEN, Problem
from optimiser.search.encode import DutyKey
from optimiser.search.kernel.data import (
    FIRST_WINDOW,
    INFINITE,
    PLACED_SLOT,
    ROUTE_COUNT,
    SLOT_ACTIVE,
    SLOT_LOCKED,
    SLOTS,
    STANDBY_SLOT,
    Data,
    Duties,
    Rows,
    State,
)
from optimiser.search.kernel.duty_moves import row_violations, set_duty
from optimiser.search.kernel.fits import tie_allows, tie_bounds
from optimiser.search.kernel.insertion import place_job, take_job, try_position
from optimiser.search.kernel.undo import new_journal, open_journal

Cell = tuple[int, int, int]
"""Nurse, day and lane number."""


def duties_of_plan(problem: Problem, plan: Plan) -> frozenset[DutyKey]:
    """The duties of a plan that the problem still allows; students are left out."""
    keys = set()
    for duty in plan.duties:
        nurse, day = problem.nurse_number[duty.nurse], problem.instance.clock.day_number(duty.day)
        kind = problem.kind_number[duty.kind]
        if problem.instance.nurses[nurse].experience != "student" and problem.duty_allowed[nurse, day, kind]:
            keys.add((nurse, day, kind))
    return frozenset(keys)


def frozen_cells(problem: Problem, last_day: int) -> frozenset[Cell]:
    """Every cell of the days before ``last_day``."""
    nurses = range(len(problem.instance.nurses))
    days = range(max(0, min(last_day, problem.instance.days)))
    return frozenset((nurse, day, lane) for nurse in nurses for day in days for lane in (0, 1))


def place_routes(problem: Problem, data: Data, rows: Rows, state: State, plan: Plan, locked: frozenset[Cell]) -> None:
    """Put the work of a plan on the duties of ``state`` where it still may be; the rest stays left out."""
    for duty in plan.duties:
        nurse, day = problem.nurse_number[duty.nurse], problem.instance.clock.day_number(duty.day)
        lane = int(duty.lane == "standby")
        for route in duty.routes:
            slot = (nurse * data.days + day) * SLOTS + (STANDBY_SLOT if lane else route.segment)
            for stop in route.stops:
                job = problem.job_number.get((stop.id, stop.part)) if stop.what != BREAK else None
                if job is not None and state.job[job, PLACED_SLOT] < 0:
                    _place(problem, data, rows, state, job, slot, nurse, stop.start)
    _whole_units(data, state)
    for nurse, day, lane in locked:
        first = (nurse * data.days + day) * SLOTS
        chosen = slice(first + STANDBY_SLOT, first + SLOTS) if lane else slice(first, first + STANDBY_SLOT)
        state.slot[chosen, SLOT_LOCKED] = 1


def _place(problem: Problem, data: Data, rows: Rows, state: State, job: int, slot: int, nurse: int, start: int) -> None:
    if not state.slot[slot, SLOT_ACTIVE] or not tie_allows(data, state, job, nurse):
        return
    for window, (low, high, _) in enumerate(problem.jobs[job].windows):
        number = int(data.job[job, FIRST_WINDOW]) + window
        if low <= start <= high and problem.may_serve[job][window, nurse] != FORBIDDEN:
            low, high = tie_bounds(data, state, job, low, high)
            if low <= start <= high:
                end = int(state.route[slot, ROUTE_COUNT])
                cost, _ = try_position(data, rows, state, slot, end, job, start, start)
                if cost < INFINITE:
                    place_job(data, state, job, slot, end, number, start)
                    return


def _whole_units(data: Data, state: State) -> None:
    """Take out units of which only a part could be placed."""
    for unit in range(len(data.unit_from) - 1):
        members = data.unit_jobs[data.unit_from[unit] : data.unit_from[unit + 1]]
        placed = [job for job in members if state.job[job, PLACED_SLOT] >= 0]
        if len(placed) < len(members):
            for job in placed:
                take_job(data, state, job)


def drop_violations(problem: Problem, data: Data, rows: Rows, duties: Duties, state: State) -> int:
    """Take free duties out of rows that break a rule, one at a time; returns how many violations are left."""
    left = 0
    journal = new_journal(data, state)
    for nurse in range(len(problem.instance.nurses)):
        for day in range(data.days - 1, -1, -1):
            for lane in (0, 1):
                found = row_violations(data, rows, state, nurse)
                if found and state.duty[nurse, day, lane] >= 0 and not duties.pinned[nurse, day, lane]:
                    kind = int(state.duty[nurse, day, lane])
                    open_journal(journal, state)
                    set_duty(data, duties, state, journal, nurse, day, lane, -1)
                    if row_violations(data, rows, state, nurse) >= found:
                        set_duty(data, duties, state, journal, nurse, day, lane, kind)
        left += int(row_violations(data, rows, state, nurse))
    return left
