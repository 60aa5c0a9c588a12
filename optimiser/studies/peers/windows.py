"""On which day and in which window each job is offered to the peers, and how tied jobs come apart.

A tie asks for start(second) - start(first) in [low, high]. Where the plan has them ``gap`` apart, each of the two may
move by half of min(gap - low, high - gap) whatever the other does. So tied work becomes independent work with narrow
windows, for tools that know no ties.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimiser.domain.plan import BREAK, Plan
from optimiser.domain.problem import FORBIDDEN, Problem, Tie
from optimiser.search.kernel.data import (
    FIRST_WINDOW,
    JOB_MINUTES,
    SLOT_CLOSE,
    SLOT_OPEN,
    SLOTS,
    WINDOW_HIGH,
    WINDOW_LOW,
    Data,
    Ints,
)


@dataclass(frozen=True)
class Choice:
    """Roster day and window (row of ``Data.window``) of a job, its earliest and latest start, and its only nurse."""

    day: int
    window: int
    low: int
    high: int
    nurse: int | None = None


def choices(
    problem: Problem, data: Data, slots: Ints, plan: Plan, by_day: dict[int, list[int]], linked: bool
) -> dict[int, Choice]:
    """Job number -> where it is offered; jobs that nobody on duty can do are absent.

    ``linked``: ties between two jobs of one day do not narrow their windows.
    """
    placed = _placed(problem, data, plan)
    found: dict[int, Choice] = {}
    for job in range(len(problem.jobs)):
        choice = _in_plan(data, job, placed) or _first_possible(data, job, slots, by_day)
        if choice is not None:
            found[job] = choice
    starts = _starts(problem, found, {job: start for job, (_, _, start) in placed.items()})
    for tie in problem.ties:
        if tie.nurse == "same" and tie.first in placed and tie.second in placed:
            for job in (tie.first, tie.second):
                found[job] = _changed(found[job], nurse=placed[job][0])
    room = _room(problem.ties, found, starts, linked)
    for job, most in room.items():
        each, start = found[job], starts[job]
        found[job] = _changed(each, low=max(each.low, start - most), high=min(each.high, start + most))
    return found


def _changed(choice: Choice, low: int | None = None, high: int | None = None, nurse: int | None = None) -> Choice:
    return Choice(
        choice.day,
        choice.window,
        choice.low if low is None else low,
        choice.high if high is None else high,
        choice.nurse if nurse is None else nurse,
    )


def _placed(problem: Problem, data: Data, plan: Plan) -> dict[int, tuple[int, int, int]]:
    """Job -> (nurse, roster day, start) in the plan."""
    clock = problem.instance.clock
    return {
        problem.job_number[stop.id, stop.part]: (
            problem.nurse_number[duty.nurse], clock.day_number(duty.day), stop.start,
        )
        for duty in plan.duties
        for stop in duty.stops
        if stop.what != BREAK and (stop.id, stop.part) in problem.job_number
    }  # fmt: skip


def _windows(data: Data, job: int) -> range:
    return range(int(data.job[job, FIRST_WINDOW]), int(data.job[job + 1, FIRST_WINDOW]))


def _in_plan(data: Data, job: int, placed: dict[int, tuple[int, int, int]]) -> Choice | None:
    if job not in placed:
        return None
    _, day, start = placed[job]
    for window in _windows(data, job):
        low, high = int(data.window[window, WINDOW_LOW]), int(data.window[window, WINDOW_HIGH])
        if low <= start <= high:
            return Choice(day, window, low, high)
    return None


def _first_possible(data: Data, job: int, slots: Ints, by_day: dict[int, list[int]]) -> Choice | None:
    """The first window and roster day on which most routes can take the job."""
    minutes = int(data.job[job, JOB_MINUTES])
    best: tuple[int, Choice] | None = None
    for window in _windows(data, job):
        low, high = int(data.window[window, WINDOW_LOW]), int(data.window[window, WINDOW_HIGH])
        for day, routes in sorted(by_day.items()):
            able = sum(
                data.may_serve[window, slot // (data.days * SLOTS)] != FORBIDDEN
                and slots[slot, SLOT_OPEN] <= high
                and max(low, slots[slot, SLOT_OPEN]) + minutes <= slots[slot, SLOT_CLOSE]
                for slot in routes
            )
            if able and (best is None or able > best[0]):
                best = (int(able), Choice(day, window, low, high))
    return None if best is None else best[1]


def _starts(problem: Problem, found: dict[int, Choice], starts: dict[int, int]) -> dict[int, int]:
    """A start for each tied job: the plan's, else the earliest that its ties to starts already known allow."""
    known = {job: start for job, start in starts.items() if job in found}
    for job in sorted({end for tie in problem.ties for end in (tie.first, tie.second)} & found.keys() - known.keys()):
        low, high = found[job].low, found[job].high
        for tie in problem.ties:
            if tie.second == job and tie.first in known:
                low, high = max(low, known[tie.first] + tie.gap_min), min(high, known[tie.first] + tie.gap_max)
            elif tie.first == job and tie.second in known:
                low, high = max(low, known[tie.second] - tie.gap_max), min(high, known[tie.second] - tie.gap_min)
        known[job] = low if low <= high else found[job].low
    return known


def _room(
    ties: tuple[Tie, ...], found: dict[int, Choice], starts: dict[int, int], linked: bool
) -> dict[int, int]:  # fmt: skip
    """Tied job -> how many minutes it may leave its start, in either direction."""
    room: dict[int, int] = {}
    for tie in ties:
        if tie.first not in found or tie.second not in found:
            continue
        if linked and found[tie.first].day == found[tie.second].day:
            continue
        gap = starts[tie.second] - starts[tie.first]
        most = max(0, int(np.minimum(gap - tie.gap_min, tie.gap_max - gap)) // 2)
        for job in (tie.first, tie.second):
            room[job] = min(most, room.get(job, most))
    return room
