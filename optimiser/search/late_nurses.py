"""Late nurses begin nothing before they can: their delay is no work that may be left open to win time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.events import Event, Held
from optimiser.domain.plan import BREAK, Duty, Plan
from optimiser.domain.problem import FORBIDDEN, Job, Problem
from optimiser.domain.travel_matrix import day_part_of
from optimiser.search.encode import day_places


@dataclass(frozen=True)
class Late:
    """A nurse who is held on a day (number) until a horizon minute."""

    nurse: str
    day: int
    until: int


@dataclass(frozen=True)
class Release:
    """Her column, and the first start at each place (by its row in the travel tables; ``anywhere`` without one)."""

    column: int
    anywhere: int
    at_place: NDArray[np.int64]


def late_nurses(problem: Problem, events: Iterable[Event], at: int) -> frozenset[Late]:
    """Who is still held at minute ``at`` or will be."""
    clock = problem.instance.clock
    return frozenset(
        Late(event.nurse, clock.day_number(event.day), event.start + event.minutes)
        for event in events if isinstance(event, Held) and event.start + event.minutes > at
    )  # fmt: skip


def releases(problem: Problem, parent: Plan, late: Iterable[Late], at: int) -> tuple[Release, ...]:
    """From when, and after which way from where she is, each late nurse can begin something."""
    clock = problem.instance.clock
    found = []
    for each in late:
        for duty in parent.duties_of.get(each.nurse, ()):
            if duty.lane == "work" and clock.day_number(duty.day) == each.day:
                minutes = _way(problem, duty, at)
                found.append(Release(problem.nurse_number[each.nurse], each.until, each.until + minutes))
    return tuple(found)


def _way(problem: Problem, duty: Duty, at: int) -> NDArray[np.int64]:
    """Minutes to each place from that of the last work that began before ``at``, or from where her day starts."""
    instance, travel = problem.instance, problem.travel
    place, _, mode = day_places(instance, duty.nurse, instance.clock.day_number(duty.day))
    for stop in duty.stops:
        number = problem.job_number.get((stop.id, stop.part))
        if stop.what != BREAK and stop.start < at and number is not None:
            place = problem.jobs[number].place or place
    part = travel.part(day_part_of(instance.kind_by_id[duty.kind].category), duty.day, duty.nurse)
    return travel.minutes[mode, part][travel.index()[place]].astype(np.int64)  # type: ignore[index]


def not_before_release(
    problem: Problem, job: Job, windows: list[tuple[tuple[int, int, int], NDArray[np.int32]]],
    released: tuple[Release, ...],
) -> list[tuple[tuple[int, int, int], NDArray[np.int32]]]:  # fmt: skip
    """Windows cut where a late nurse can be there; before that they are without her."""
    index = problem.travel.index()
    for each in released:
        first = each.anywhere if job.place is None else int(each.at_place[index[job.place]])
        cut = []
        for (low, high, day), row in windows:
            if row[each.column] == FORBIDDEN or low >= first:
                cut.append(((low, high, day), row))
                continue
            without = row.copy()
            without[each.column] = FORBIDDEN
            cut.append(((low, min(high, first - 1), day), without))
            if high >= first:
                cut.append(((first, high, day), row))
        windows = cut
    return windows
