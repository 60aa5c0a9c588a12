"""Visits and tasks as jobs for one nurse each, and the ties between them."""

from __future__ import annotations

from typing import Literal

from optimiser.domain.instance import Instance
from optimiser.domain.problem import Job, Tie
from optimiser.domain.work import Task, Visit


def unserved_term(work: Visit | Task) -> str:
    """The objective term that counts this piece of work when nobody does it."""
    if isinstance(work, Visit) and work.time_critical:
        return "unserved_critical"
    return f"unserved_{work.priority}"


def jobs_of(instance: Instance) -> tuple[Job, ...]:
    """All visits (one job per nurse needed), then all tasks in routes."""
    jobs: list[Job] = []
    for visit in instance.visits:
        windows = tuple((each.start, each.end - visit.minutes, each.day) for each in visit.windows)
        place = instance.client_by_id[visit.client].place
        parts: tuple[Literal[1, 2], ...] = (1, 2)
        for part in parts[: visit.nurses]:
            jobs.append(
                Job(
                    visit.id,
                    "visit",
                    part,
                    place,
                    visit.minutes,
                    windows,
                    unserved_term(visit),
                    visit.second_check == "remote",
                )
            )
    for task in instance.tasks:
        if task.in_route:
            day = instance.clock.day_number(task.day)
            opening = instance.clock.at(day, task.from_time)
            latest = instance.clock.at(day, task.until_time) - task.minutes
            jobs.append(
                Job(task.id, "task", 1, task.place, task.minutes, ((opening, latest, day),), unserved_term(task))
            )
    return tuple(jobs)


def ties_of(instance: Instance, jobs: tuple[Job, ...]) -> tuple[Tie, ...]:
    """Pairs of one visit, and the expanded links between first parts."""
    number = {(job.id, job.part): index for index, job in enumerate(jobs)}
    ties = [Tie(number[job.id, 1], index, 0, 0, "different", True) for index, job in enumerate(jobs) if job.part == 2]
    for link in instance.work_links:
        first, second = number.get((link.first, 1)), number.get((link.second, 1))
        if first is not None and second is not None:
            ties.append(Tie(first, second, link.gap_min, link.gap_max, link.nurse, link.together))
    return tuple(ties)
