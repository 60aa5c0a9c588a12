"""What began stands, whatever becomes of the rest.

Work that was done keeps its start when the visit it is tied to falls out. A nurse who fell ill on duty has a route that
ends early and needs no break any more, which no route of the kernel knows: what she did is kept out of the search and
put back afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.events import Absent, Event
from optimiser.domain.plan import BREAK, Duty, Plan, Stop
from optimiser.domain.problem import FORBIDDEN, Job, Problem

Over = dict[tuple[str, int], int]
"""(work, part) -> start of what a nurse did before she fell ill."""


def ill_duties(plan: Plan, events: Iterable[Event]) -> dict[str, Duty]:
    """Duties by id that had begun when their nurse fell ill, cut to what she had begun."""
    return {
        duty.id: duty.model_copy(update={"routes": tuple(
            route.model_copy(update={"stops": _begun(route.stops, event.at)}) for route in duty.routes
        )})
        for event in events if isinstance(event, Absent)
        for duty in plan.duties_of.get(event.nurse, ()) if duty.start < event.at < duty.end
    }  # fmt: skip


def _begun(stops: tuple[Stop, ...], at: int) -> tuple[Stop, ...]:
    """The stops that began before ``at``; a break with no work after it is none."""
    begun = tuple(stop for stop in stops if stop.start < at)
    return begun[:-1] if begun and begun[-1].what == BREAK else begun


def over_jobs(ill: dict[str, Duty]) -> Over:
    """The work in those duties."""
    return {(stop.id, stop.part): stop.start for duty in ill.values() for stop in duty.stops}


def loosened(problem: Problem, parent: Plan, at: int, over: Over) -> Problem:
    """The problem without the work in ``over``, and without ties of what began before ``at`` to what did not.

    What is over cannot be taken back when its other half falls out; that has its windows and nurses cut instead.
    """
    numbers = problem.job_number
    gone = {numbers[key] for key in over if key in numbers}
    done = {
        numbers[stop.id, stop.part]: (problem.nurse_number[duty.nurse], stop.start)
        for duty in parent.duties for stop in duty.stops if stop.start < at and (stop.id, stop.part) in numbers
    }  # fmt: skip
    jobs, tables = list(problem.jobs), list(problem.may_serve)
    for number in gone:
        tables[number] = np.full_like(tables[number], FORBIDDEN)
        other = numbers.get((jobs[number].id, 3 - jobs[number].part))
        if other is not None and other in done:
            jobs[other] = replace(jobs[other], half_done=True)
    ties = []
    for tie in problem.ties:
        if (tie.first in done) == (tie.second in done):
            ties += [] if {tie.first, tie.second} & gone else [tie]
            continue
        one, other = (tie.first, tie.second) if tie.first in done else (tie.second, tie.first)
        low, high = (tie.gap_min, tie.gap_max) if one == tie.first else (-tie.gap_max, -tie.gap_min)
        nurse, start = done[one]
        jobs[other], tables[other] = _cut(jobs[other], tables[other], start + low, start + high)
        tables[other] = _of_nurse(tables[other], nurse, tie.nurse)
    return replace(problem, jobs=tuple(jobs), may_serve=tuple(tables), ties=tuple(ties))


def _of_nurse(table: NDArray[np.int32], nurse: int, relation: str) -> NDArray[np.int32]:
    """May_serve of work that the same nurse, or another one, must do."""
    if relation == "any":
        return table
    cut = table.copy() if relation == "different" else np.full_like(table, FORBIDDEN)
    cut[:, nurse] = FORBIDDEN if relation == "different" else table[:, nurse]
    return cut


def _cut(job: Job, table: NDArray[np.int32], low: int, high: int) -> tuple[Job, NDArray[np.int32]]:
    """Each window cut to starts from ``low`` to ``high``; one that holds none of them is closed."""
    windows, rows = [], table.copy()
    for number, (first, last, day) in enumerate(job.windows):
        inside = max(first, low), min(last, high)
        if inside[0] <= inside[1]:
            windows.append((*inside, day))
        else:
            windows.append((first, last, day))
            rows[number] = FORBIDDEN
    return replace(job, windows=tuple(windows)), rows


def cut_short(found: Plan, ill: dict[str, Duty]) -> Plan:
    """The plan with what they did put back."""
    if not ill:
        return found
    duties = tuple(
        duty.model_copy(update={"routes": ill[duty.id].routes}) if duty.id in ill else duty for duty in found.duties
    )
    done = {work for work, _ in over_jobs(ill)}
    unserved = tuple(each for each in found.unserved if each.id not in done)
    return found.model_copy(update={"duties": duties, "unserved": unserved})
