"""The problem of a repair: what began is held, the rest waits until now, and changes have their price."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.plan import BREAK, Plan
from optimiser.domain.problem import FORBIDDEN, Job, Problem
from optimiser.search.evaluate import MOVED
from optimiser.search.late_nurses import Late, not_before_release, releases

Windows = list[tuple[tuple[int, int, int], NDArray[np.int32]]]
"""Windows of a job with their rows of may_serve."""


@dataclass(frozen=True)
class Repair:
    """What may change. ``at``: what starts before this minute stays. ``days``: day numbers of the duties whose routes
    may change. ``change_price``: what a visit costs that gets another nurse or starts over 15 minutes earlier or later
    than in the plan, in minute-equivalents."""

    at: int
    days: frozenset[int]
    change_price: int
    time_limit_s: float | None = 8.0
    iterations: int | None = None
    seed: int = 0
    hot: float = 30.0
    unable: frozenset[tuple[str, int, int]] = frozenset()
    """Nurse and the minutes from and until which she, on duty, can do nothing."""
    held: frozenset[str] = frozenset()
    """Tasks that hold a late nurse: they may have begun before ``at``."""
    late: frozenset[Late] = frozenset()
    """Who can begin nothing yet; ``repair`` reads it from the events of the plan."""
    closed: frozenset[str] = frozenset()
    """Visits that are left out, so that no more changes than that are made."""


def narrowed_problem(problem: Problem, parent: Plan, what: Repair) -> Problem:
    """The problem in which work that began is held where it is, the rest starts no earlier than ``at``, and changes of
    visits of the days that may change have their price."""
    clock = problem.instance.clock
    held = {
        (stop.id, stop.part): (duty.nurse, stop.start, clock.day_number(duty.day))
        for duty in parent.duties for stop in duty.stops if stop.what != BREAK
    }  # fmt: skip
    released = releases(problem, parent, what.late, what.at)

    def narrowed(job: Job, windows: Windows) -> tuple[Job, Windows]:
        known = held.get((job.id, job.part))
        if known is not None and known[1] < what.at:
            return replace(job, unserved_term="unserved_critical"), _as_it_was(problem, windows, known[0], known[1])
        if known is not None and known[2] not in what.days:
            return job, windows
        if job.id not in what.held:
            windows = not_before_release(problem, job, _not_before(windows, what.at), released)
        if job.id in what.closed:
            windows = [(window, np.full_like(row, FORBIDDEN)) for window, row in windows]
        for nurse, start, end in what.unable:
            column = problem.nurse_number[nurse]
            windows = [
                (each, _without(row, column) if each[0] < end and start <= each[1] else row) for each, row in windows
            ]
        if known is not None and job.what == "visit":
            windows = _priced(problem, job, windows, known[0], known[1], what.change_price)
        return job, windows

    return _with_windows(problem, narrowed)


def with_change_prices(problem: Problem) -> Problem:
    """The problem in which each visit of the parent plan costs ``changed_visit`` with another nurse or start.

    The kernel knows nothing of parents: it sees dearer windows.
    """
    if problem.parent is None or not problem.parent.with_routes:
        return problem
    price = problem.instance.weights.changed_visit
    held = {
        (stop.id, stop.part): (duty.nurse, stop.start)
        for duty in problem.parent.duties for stop in duty.stops if stop.what == "visit"
    }  # fmt: skip

    def priced(job: Job, windows: Windows) -> tuple[Job, Windows]:
        known = held.get((job.id, job.part))
        return job, windows if known is None else _priced(problem, job, windows, *known, price)

    return _with_windows(problem, priced)


def _with_windows(problem: Problem, change: Callable[[Job, Windows], tuple[Job, Windows]]) -> Problem:
    """The problem with the windows of each job, and their rows of may_serve, changed."""
    jobs: list[Job] = []
    tables: list[NDArray[np.int32]] = []
    for job, table in zip(problem.jobs, problem.may_serve, strict=True):
        changed, windows = change(job, list(zip(job.windows, table, strict=True)))
        jobs.append(replace(changed, windows=tuple(window for window, _ in windows)))
        tables.append(np.array([row for _, row in windows], dtype=np.int32))
    return replace(problem, jobs=tuple(jobs), may_serve=tuple(tables))


def _is_pair(problem: Problem, job: Job) -> bool:
    visit = problem.instance.visit_by_id.get(job.id)
    return visit is not None and visit.nurses == 2


def _as_it_was(problem: Problem, windows: Windows, nurse: str, start: int) -> Windows:
    """The one start, by the one nurse."""
    column = problem.nurse_number[nurse]
    day, cost = windows[0][0][2], 0
    for (low, high, opens), row in windows:
        if low <= start <= high:
            day, cost = opens, max(0, int(row[column]))
    only = np.full(len(problem.instance.nurses), FORBIDDEN, dtype=np.int32)
    only[column] = cost
    return [((start, start, day), only)]


def _without(row: NDArray[np.int32], nurse: int) -> NDArray[np.int32]:
    other = row.copy()
    other[nurse] = FORBIDDEN
    return other


def _not_before(windows: Windows, at: int) -> Windows:
    """Windows cut to starts from ``at`` on; work that can no longer be done keeps a closed window."""
    left = [((max(low, at), high, day), row) for (low, high, day), row in windows if high >= at]
    return left or [(windows[-1][0], np.full_like(windows[-1][1], FORBIDDEN))]


def _priced(problem: Problem, job: Job, windows: Windows, nurse: str, start: int, price: int) -> Windows:
    """Windows cut in three where the start of before lies: only there, with the nurse of before, nothing is paid.

    When she may not do it any more it changes anyhow, and nothing is priced. Each half of a pair has half the price.
    """
    price = price // 2 if _is_pair(problem, job) else price
    column = problem.nurse_number[nurse]
    if not any(low <= start <= high and row[column] != FORBIDDEN for (low, high, _), row in windows):
        return windows
    cut: Windows = []
    for (low, high, day), row in windows:
        dearer = np.where(row == FORBIDDEN, FORBIDDEN, row + price).astype(np.int32)
        near = dearer.copy()
        near[column] = row[column]
        parts = ((low, min(high, start - MOVED - 1), dearer), (max(low, start - MOVED), min(high, start + MOVED), near),
                 (max(low, start + MOVED + 1), high, dearer))  # fmt: skip
        cut += [((first, last, day), costs) for first, last, costs in parts if first <= last]
    return cut
