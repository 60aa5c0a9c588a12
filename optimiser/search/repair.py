"""Routes repaired around what happened: duties stand, what began stays, and each change of a visit has its price."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.objective import weigh
from optimiser.domain.plan import BREAK, Duty, Plan
from optimiser.domain.problem import FORBIDDEN, Job, Problem
from optimiser.search.evaluate import MOVED, count_terms
from optimiser.search.run import run
from optimiser.search.settings import OnEvent, PlanSettings, ShouldStop
from optimiser.search.start import Cell

Held = tuple[str, int]
"""Nurse id and start of a stop."""
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
    unable: frozenset[str] = frozenset()
    """Nurses on duty who can do nothing from ``at`` on."""
    closed: frozenset[str] = frozenset()
    """Visits that are left out, so that no more changes than that are made."""


def repair(
    problem: Problem, plan: Plan, parent: Plan, what: Repair, on_event: OnEvent | None = None,
    should_stop: ShouldStop | None = None,
) -> Plan | None:  # fmt: skip
    """The duties of ``plan`` with routes that are repaired; ``parent`` is the plan that changes are counted against.

    ``problem`` is that of the tables as they are now. Routes with the same visits as before keep their times where they
    may. None when a rule is broken that only other duties would mend.
    """
    pinned = cells_of(problem, plan)
    problem = replace(problem, parent=parent, pinned=pinned)
    narrowed = narrowed_problem(problem, parent, what)
    settings = PlanSettings(
        time_limit_s=what.time_limit_s, iterations=what.iterations, seed=what.seed, move_duties=False, reassign=False,
        frozen=frozen_cells(problem, plan, what), hot=what.hot, groups_above=10_000, log=False,
    )  # fmt: skip
    found = run(narrowed, settings, plan, on_event, should_stop).plan
    if found is None:
        return None
    found = restored(found, parent, what.days, problem)
    return with_claims(problem, found.model_copy(update={"events": plan.events, "published": plan.published}))


def cells_of(problem: Problem, plan: Plan) -> dict[Cell, int]:
    """(nurse, day, lane number) -> kind number of all duties of a plan but those of students."""
    clock = problem.instance.clock
    return {
        (problem.nurse_number[duty.nurse], clock.day_number(duty.day), int(duty.lane == "standby")):
            problem.kind_number[duty.kind]
        for duty in plan.duties if duty.follows is None
    }  # fmt: skip


def frozen_cells(problem: Problem, plan: Plan, what: Repair) -> frozenset[Cell]:
    """Cells of other days, and of duties that were over by then."""
    clock, nurses = problem.instance.clock, range(len(problem.instance.nurses))
    others = {
        (nurse, day, lane)
        for nurse in nurses for day in range(problem.instance.days) for lane in (0, 1) if day not in what.days
    }  # fmt: skip
    over = {
        (problem.nurse_number[duty.nurse], clock.day_number(duty.day), int(duty.lane == "standby"))
        for duty in plan.duties if duty.end <= what.at
    }  # fmt: skip
    return frozenset(others | over)


def narrowed_problem(problem: Problem, parent: Plan, what: Repair) -> Problem:
    """The problem in which work that began is held where it is, the rest starts no earlier than ``at``, and changes of
    visits of the days that may change have their price."""
    clock = problem.instance.clock
    held = {
        (stop.id, stop.part): (duty.nurse, stop.start, clock.day_number(duty.day))
        for duty in parent.duties for stop in duty.stops if stop.what != BREAK
    }  # fmt: skip
    jobs: list[Job] = []
    tables: list[NDArray[np.int32]] = []
    for job, table in zip(problem.jobs, problem.may_serve, strict=True):
        known = held.get((job.id, job.part))
        windows: Windows = list(zip(job.windows, table, strict=True))
        if known is not None and known[1] < what.at:
            windows = _as_it_was(problem, windows, known[0], known[1])
            job = replace(job, unserved_term="unserved_critical")
        elif known is None or known[2] in what.days:
            windows = _not_before(windows, what.at)
            if job.id in what.closed:
                windows = [(window, np.full_like(row, FORBIDDEN)) for window, row in windows]
            for nurse in what.unable:
                windows = [(window, _without(row, problem.nurse_number[nurse])) for window, row in windows]
            if known is not None and job.what == "visit":
                price = what.change_price // 2 if _is_pair(problem, job) else what.change_price
                windows = _priced(problem, windows, known[0], known[1], price)
        jobs.append(replace(job, windows=tuple(window for window, _ in windows)))
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


def _priced(problem: Problem, windows: Windows, nurse: str, start: int, price: int) -> Windows:
    """Windows cut in three where the start of before lies: only there, with the nurse of before, nothing is paid.

    When she may not do it any more it changes anyhow, and nothing is priced.
    """
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


def restored(found: Plan, parent: Plan, days: Iterable[int], problem: Problem) -> Plan:
    """Routes with the same visits as in the parent get their times of before, where every tie still holds.

    What nobody's call list names should not differ by a minute either.
    """
    before = {duty.id: duty for duty in parent.duties}
    clock, slow = problem.instance.clock, {each.day for each in problem.instance.slow_days}
    back = {
        duty.id for duty in found.duties
        if (old := before.get(duty.id)) is not None and (old.kind, _work(old)) == (duty.kind, _work(duty))
        and duty.day not in slow and clock.day_number(duty.day) in days
    }  # fmt: skip
    while True:
        duties = tuple(
            before[duty.id].model_copy(update={"status": duty.status}) if duty.id in back else duty
            for duty in found.duties
        )
        loose = _untied(problem, duties) & back
        if not loose:
            return found.model_copy(update={"duties": duties})
        back -= loose


def _untied(problem: Problem, duties: tuple[Duty, ...]) -> set[str]:
    """Ids of the duties whose work is in a tie that does not hold."""
    where = {
        (stop.id, stop.part): (duty.id, stop.start) for duty in duties for stop in duty.stops if stop.what != BREAK
    }
    broken: set[str] = set()
    for tie in problem.ties:
        jobs = problem.jobs[tie.first], problem.jobs[tie.second]
        first, second = (where.get((job.id, job.part)) for job in jobs)
        if first and second and not tie.gap_min <= second[1] - first[1] <= tie.gap_max:
            broken |= {first[0], second[0]}
    return broken


def _work(duty: Duty) -> set[tuple[str, int]]:
    return {(stop.id, stop.part) for stop in duty.stops if stop.what != BREAK}


def with_claims(problem: Problem, plan: Plan) -> Plan:
    """The plan with its cost counted anew."""
    counts = count_terms(problem, plan)
    hard = plan.objective.hard if plan.objective is not None else 0
    return plan.model_copy(
        update={"objective_terms": counts, "objective": weigh(counts, problem.instance.weights, hard)}
    )



