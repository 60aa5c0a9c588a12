"""A Problem with a roster of duties, as the arrays of the kernel."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.problem import FORBIDDEN, Problem
from optimiser.domain.travel_matrix import Slice
from optimiser.scenario.whereabouts import day_places as day_places
from optimiser.search.kernel.data import (
    FIRST_TIE,
    FIRST_WINDOW,
    JOB_MINUTES,
    JOB_OPTIONS,
    JOB_PENALTY,
    JOB_PLACE,
    JOB_UNIT,
    MOST_MINUTES,
    Data,
    Ints,
    Minutes,
    Smalls,
)

DutyKey = tuple[int, int, int]
NEIGHBOURS = 60
TIME_SHARE = 4
"""In the neighbour measure a quarter of the minutes between two windows counts as travel."""
MOST_TIME, MOST_TIME_FREE, NO_PLACE = 400, 30, 10
"""And no more minutes than this; with free days no more than that; work without a place is so far from everything."""
ROWS_AT_ONCE = 256
NURSE_RELATION = {"any": 0, "same": 1, "different": 2}


def ints(values: object) -> Ints:
    """An int64 array."""
    return np.asarray(values, dtype=np.int64)


def units_of(problem: Problem) -> list[list[int]]:
    """Jobs in groups that are served together or not at all, by the ``together`` ties."""
    parent = list(range(len(problem.jobs)))

    def root(job: int) -> int:
        while parent[job] != job:
            parent[job] = parent[parent[job]]
            job = parent[job]
        return job

    for tie in problem.ties:
        if tie.together:
            parent[root(tie.second)] = root(tie.first)
    groups: dict[int, list[int]] = defaultdict(list)
    for job in range(len(problem.jobs)):
        groups[root(job)].append(job)
    return list(groups.values())


def tightened(problem: Problem) -> list[tuple[int, int, int]]:
    """All windows in order, each cut to the starts that leave every tied job with one window a start of its own.

    A start outside would only do while the other job is left out; search does not go there.
    """
    bounds = [[list(window) for window in job.windows] for job in problem.jobs]
    changed = True
    while changed:
        changed = False
        for tie in problem.ties:
            for one, other, low, high in (
                (tie.first, tie.second, tie.gap_min, tie.gap_max),
                (tie.second, tie.first, -tie.gap_max, -tie.gap_min),
            ):
                if len(bounds[one]) > 1 or len(bounds[other]) > 1:
                    continue
                mine, theirs = bounds[one][0], bounds[other][0]
                cut = (max(mine[0], theirs[0] - high), min(mine[1], theirs[1] - low))
                if cut[0] <= cut[1] and cut != (mine[0], mine[1]):
                    mine[0], mine[1] = cut
                    changed = True
    return [(window[0], window[1], window[2]) for job in bounds for window in job]


def _ragged(rows: list[list[int]]) -> tuple[Ints, Ints]:
    """Rows of different lengths as (first index of each row and the end, all values)."""
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    return ints(starts), ints([value for row in rows for value in row])


def _tie_tables(problem: Problem) -> tuple[Ints, list[list[int]]]:
    table: list[list[tuple[int, int, int, int]]] = [[] for _ in problem.jobs]
    for tie in problem.ties:
        relation = NURSE_RELATION[tie.nurse]
        table[tie.first].append((tie.second, tie.gap_min, tie.gap_max, relation))
        table[tie.second].append((tie.first, -tie.gap_max, -tie.gap_min, relation))
    starts = ints(np.concatenate([[0], np.cumsum([len(row) for row in table])]))
    return starts, [[entry[column] for row in table for entry in row] for column in range(4)]


def _neighbours(problem: Problem, travel: Minutes, places: Ints) -> Smalls:
    """[J, K] other jobs that are near in place and time, block by block of rows: whole tables of jobs by jobs would
    take gigabytes. All is counted in parts of a minute that make whole numbers, so that what is equal stays equal."""
    count, slices = len(problem.jobs), len(travel)
    middle = ints([job.windows[0][0] + job.windows[0][1] for job in problem.jobs])
    free = np.array([len(job.windows) > 1 for job in problem.jobs], dtype=np.bool_)
    together = travel.sum(axis=0, dtype=np.int32)
    ties = ints([(tie.first, tie.second) for tie in problem.ties]).reshape(-1, 2)
    ties = np.concatenate([ties, ties[:, ::-1]])
    width = min(NEIGHBOURS, max(0, count - 1))
    found = np.zeros((count, width), dtype=np.int32)
    for low in range(0, count if width else 0, ROWS_AT_ONCE):
        block = np.arange(low, min(count, low + ROWS_AT_ONCE))
        apart = together[np.ix_(places[block], places)].astype(np.int64)
        apart[(places[block, None] < 0) | (places[None, :] < 0)] = NO_PLACE * slices
        # each middle is half of a sum: a whole minute is two
        time = np.abs(middle[block, None] - middle[None, :])
        # A job with free days is near in time to every day.
        most = np.where(free[block, None] | free[None, :], MOST_TIME_FREE, MOST_TIME)
        measure = 2 * TIME_SHARE * apart + slices * np.minimum(time, 2 * TIME_SHARE * most)
        own = ties[(ties[:, 0] >= low) & (ties[:, 0] <= block[-1])]
        measure[own[:, 0] - low, own[:, 1]] = -1
        measure[block - low, block] = np.iinfo(np.int64).max // (2 * count)
        # of equal ones the lower number comes first
        measure = measure * count + np.arange(count)
        nearest = np.sort(np.partition(measure, width - 1, axis=1)[:, :width], axis=1)
        found[block] = nearest % count
    return found


def travel_slices(problem: Problem) -> list[Slice]:
    """The travel slices in the order of ``Data.travel``."""
    return list(problem.travel.minutes)


def encode(problem: Problem, duties: frozenset[DutyKey] | None = None) -> Data:
    """The kernel's constants. With ``duties``, remote second checks need one of them besides the nurse's own;
    while duties still move (None) that is left open, and settled at the end."""
    instance, matrix = problem.instance, problem.travel
    index = matrix.index()
    # A way of 22 days and more is refused long before; here it only must not wrap round.
    minutes = np.stack([matrix.minutes[each] for each in travel_slices(problem)])
    travel = np.minimum(minutes, MOST_MINUTES).astype(np.int16)
    turned = travel.transpose(0, 2, 1)
    jobs = problem.jobs
    places = ints([index[job.place] if job.place is not None else -1 for job in jobs])
    units = units_of(problem)
    job_unit = np.zeros(len(jobs), dtype=np.int64)
    for number, members in enumerate(units):
        job_unit[members] = number
    unit_from, unit_jobs = _ragged(units)
    tie_from, ties = _tie_tables(problem)
    windows = tightened(problem)
    weights = instance.weights
    table = np.concatenate(problem.may_serve) if jobs else np.zeros((0, len(instance.nurses)), dtype=np.int32)
    job = np.zeros((len(jobs) + 1, 7), dtype=np.int64)
    job[:-1, JOB_MINUTES] = [each.minutes for each in jobs]
    job[:-1, JOB_PLACE] = places
    job[:-1, JOB_PENALTY] = [
        int(getattr(weights, each.unserved_term)) if each.part == 1 or each.half_done else 0 for each in jobs
    ]  # fmt: skip
    job[:-1, JOB_UNIT] = job_unit
    job[:-1, JOB_OPTIONS] = [int((each != FORBIDDEN).sum()) for each in problem.may_serve]
    job[1:, FIRST_WINDOW] = np.cumsum([len(each.windows) for each in jobs])
    job[:, FIRST_TIE] = tie_from
    return Data(
        days=instance.days,
        slack=instance.settings.slack_minutes,
        free_waiting=instance.settings.waiting_free_minutes,
        weight_travel=weights.travel,
        weight_home=weights.home_leg,
        weight_waiting=weights.waiting,
        travel=travel,
        # One table for both directions where they are alike: less to keep near the processor
        travel_to=travel if np.array_equal(travel, turned) else np.ascontiguousarray(turned),
        job=job,
        window=ints(windows).reshape(-1, 3),
        may_serve=_watched(problem, duties, table.astype(np.int32)),
        unit_from=unit_from,
        unit_jobs=unit_jobs,
        tie=ints(ties).reshape(4, -1).T.copy(),
        neighbours=_neighbours(problem, travel, places),
    )


def reachable(problem: Problem, duties: frozenset[DutyKey]) -> list[tuple[int, int, int]]:
    """(nurse, start, end) of every segment in which an experienced nurse can be asked for a remote second check."""
    instance = problem.instance
    return [
        (nurse, start, end)
        for nurse, day, kind in sorted(duties)
        if instance.nurses[nurse].experience == "experienced"
        for start, end in segment_bounds(instance.shift_kinds[kind], instance.clock, day)
    ]


def _watched(problem: Problem, duties: frozenset[DutyKey] | None, table: Smalls) -> Smalls:
    """Windows of work that needs a remote second check are closed where no second experienced nurse has a duty."""
    instance = problem.instance
    if duties is None:
        return table
    intervals = reachable(problem, duties)
    row = 0
    for job in problem.jobs:
        for low, high, _ in job.windows:
            if job.remote_check:
                whole = {nurse for nurse, start, end in intervals if start <= low and high + job.minutes <= end}
                for nurse in range(len(instance.nurses)):
                    if not whole - {nurse}:
                        table[row, nurse] = FORBIDDEN
            row += 1
    return table
