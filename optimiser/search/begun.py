"""Nurses who fell ill on duty: what they did stands, and search leaves their routes alone.

A route that ends early needs no break any more, which no route of the kernel knows: the work that was done is kept out
of the search and put back afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from optimiser.domain.events import Absent, Event
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.problem import FORBIDDEN, Job, Problem

Over = dict[tuple[str, int], int]
"""(work, part) -> start of what a nurse did before she fell ill."""


def ill_duties(plan: Plan, events: Iterable[Event]) -> dict[str, Duty]:
    """Duties by id that had begun when their nurse fell ill, cut to what she had begun (a break too)."""
    return {
        duty.id: duty.model_copy(update={"routes": tuple(
            route.model_copy(update={"stops": tuple(stop for stop in route.stops if stop.start < event.at)})
            for route in duty.routes
        )})
        for event in events if isinstance(event, Absent)
        for duty in plan.duties_of.get(event.nurse, ()) if duty.start < event.at < duty.end
    }  # fmt: skip


def over_jobs(ill: dict[str, Duty]) -> Over:
    """The work in those duties."""
    return {(stop.id, stop.part): stop.start for duty in ill.values() for stop in duty.stops}


def without_over(problem: Problem, over: Over) -> Problem:
    """The problem without that work; what was tied to it in time has its windows cut instead."""
    if not over:
        return problem
    gone = {problem.job_number[key]: start for key, start in over.items() if key in problem.job_number}
    jobs, tables = list(problem.jobs), list(problem.may_serve)
    for number in gone:
        tables[number] = np.full_like(tables[number], FORBIDDEN)
    for tie in problem.ties:
        for one, other, low, high in (
            (tie.first, tie.second, tie.gap_min, tie.gap_max), (tie.second, tie.first, -tie.gap_max, -tie.gap_min),
        ):  # fmt: skip
            if one in gone and other not in gone:
                jobs[other] = _cut(jobs[other], gone[one] + low, gone[one] + high)
    ties = tuple(tie for tie in problem.ties if tie.first not in gone and tie.second not in gone)
    return replace(problem, jobs=tuple(jobs), may_serve=tuple(tables), ties=ties)


def _cut(job: Job, low: int, high: int) -> Job:
    """Each window cut to starts from ``low`` to ``high``; one that holds none of them stays as it is (and its visit is
    judged by the check)."""
    windows = tuple(
        (max(first, low), min(last, high), day) if max(first, low) <= min(last, high) else (first, last, day)
        for first, last, day in job.windows
    )
    return replace(job, windows=windows)


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
