"""Students' duties after the search: each follows her companion as far as her contract and the rules go."""

from __future__ import annotations

from collections import Counter

from optimiser.domain.duty_work import kind_blocks, minutes_by_week
from optimiser.domain.plan import Plan
from optimiser.domain.problem import Problem
from optimiser.search.encode import DutyKey
from optimiser.search.kernel.cells import set_duty
from optimiser.search.kernel.data import SLOT_LOCKED, SLOTS, Data, Duties, Rows, State
from optimiser.search.kernel.rows import row_violations
from optimiser.search.kernel.undo import new_journal, open_journal


def add_students(
    problem: Problem, data: Data, rows: Rows, duties: Duties, state: State, kept: frozenset[DutyKey]
) -> None:
    """Give each student her companion's work duties in order of day while they fit; ``kept`` ones come first."""
    journal, instance = new_journal(data, state), problem.instance
    for student, companion in problem.companions.items():
        planned = Counter[int]()
        days = sorted(
            range(data.days), key=lambda day: ((student, day, int(state.duty[companion, day, 0])) not in kept, day)
        )
        base = row_violations(data, rows, state, student)
        for day in days:
            kind = int(state.duty[companion, day, 0])
            if kind < 0 or not problem.duty_allowed[student, day, kind]:
                continue
            minutes = minutes_by_week(instance.clock, kind_blocks(instance, instance.shift_kinds[kind], day))
            if planned[day // 7] + minutes.get(day // 7, 0) > rows.target[student, day // 7]:
                continue
            open_journal(journal, state)
            set_duty(data, duties, state, journal, student, day, 0, kind)
            first = (student * data.days + day) * SLOTS
            state.slot[first : first + 2, SLOT_LOCKED] = 1
            if row_violations(data, rows, state, student) > base:
                set_duty(data, duties, state, journal, student, day, 0, -1)
            else:
                planned.update(minutes)


def followed(problem: Problem, start: Plan | None) -> frozenset[DutyKey]:
    """The duties in which a student followed her companion in the plan that a run starts from."""
    day_number = problem.instance.clock.day_number
    return frozenset(
        (problem.nurse_number[duty.nurse], day_number(duty.day), problem.kind_number[duty.kind])
        for duty in (() if start is None else start.duties)
        if duty.follows
    )
