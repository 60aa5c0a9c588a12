"""Demand without names: in every short run of each day, the nurses who could do the work that must lie there have time.

For each set of nurses that some work depends on (by skill, organisation or ban) the work that only they may do, travel
included, fits in their duties. This is the roster model's quick form of the load: no literal per visit.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from ortools.sat.python import cp_model

from optimiser.domain.problem import FORBIDDEN, Problem
from optimiser.model.load import STEP, LoadSettings, route_bounds
from optimiser.model.variables import RosterModel

MOST_SETS = 12
SHORT_WEIGHT = 20
"""Price of a missing minute: a normal visit of 50 minutes left out costs about as much as it should."""


_Room = tuple[int, int, int, cp_model.IntVar]
"""Open, close and route minutes of a duty, in clock minutes of the day, and its literal."""


def able_sets(problem: Problem) -> list[frozenset[int]]:
    """The sets of nurses that work depends on, those with the most work first; all who can do anything is the first."""
    load: dict[frozenset[int], int] = defaultdict(int)
    everybody: set[int] = set()
    for number, job in enumerate(problem.jobs):
        able = _able(problem, number)
        if able:
            load[able] += job.minutes
            everybody |= able
    ranked = sorted(load, key=lambda able: (-load[able], sorted(able)))
    return list(dict.fromkeys([frozenset(everybody), *ranked[:MOST_SETS]]))


def _able(problem: Problem, job: int) -> frozenset[int]:
    return frozenset(int(nurse) for nurse in np.flatnonzero((problem.may_serve[job] != FORBIDDEN).any(axis=0)))


def add_need(roster: RosterModel, estimates: list[int], settings: LoadSettings) -> None:
    """The need of every set of nurses in every run of one to three steps, and of the whole day; shortage is priced."""
    problem = roster.problem
    placed = _placed(roster)
    duties = _duties_by_day(roster)
    able_of = [_able(problem, number) for number in range(len(problem.jobs))]
    for able in able_sets(problem):
        jobs = [number for number, each in enumerate(able_of) if each and each <= able]
        for day in range(problem.instance.days):
            _day_need(roster, able, [(number, placed) for number in jobs], day, estimates, settings, duties[day])


def _placed(roster: RosterModel) -> dict[tuple[int, int], cp_model.IntVar]:
    """(job, window) -> literal for work with free days: on which of them it is done."""
    placed = {}
    for number, job in enumerate(roster.problem.jobs):
        if len(job.windows) > 1:
            literals = [
                roster.model.new_bool_var(f"placed.{job.id}.{job.part}.{window}") for window in range(len(job.windows))
            ]
            roster.model.add_exactly_one(literals)
            placed.update({(number, window): literal for window, literal in enumerate(literals)})
    return placed


def _day_need(
    roster: RosterModel,
    able: frozenset[int],
    jobs: list[tuple[int, dict[tuple[int, int], cp_model.IntVar]]],
    day: int,
    estimates: list[int],
    settings: LoadSettings,
    on_day: list[tuple[int, _Room]],
) -> None:
    problem = roster.problem
    base = problem.instance.clock.midnight(day)
    work: list[tuple[int, int, cp_model.LinearExprT]] = []
    for number, placed in jobs:
        job = problem.jobs[number]
        for window, (low, high, window_day) in enumerate(job.windows):
            if window_day == day:
                size = job.minutes + estimates[number]
                literal = placed.get((number, window))
                work.append((low - base, high + job.minutes - base, size if literal is None else size * literal))
    duties = [room for nurse, room in on_day if nurse in able]
    if not work:
        return
    runs = [(begin, begin + steps * STEP) for begin in range(6 * 60, 23 * 60, STEP) for steps in (1, 2)] + [
        (0, 48 * 60)
    ]
    for begin, end in runs:
        inside = [size for low, high, size in work if begin <= low and high <= end]
        if not inside:
            continue
        room = []
        for opening, close, total, literal in duties:
            overlap = max(0, min(close, end) - max(opening, begin))
            if overlap:
                room.append(min(overlap, total) * settings.fill_percent * literal)
        short = roster.model.new_int_var(0, 10_000, f"need.{day}.{begin}.{end}.{min(able, default=0)}.{len(able)}")
        roster.model.add(100 * sum(inside) <= sum(room) + 100 * short)
        roster.penalties.append((SHORT_WEIGHT, short))


def _duties_by_day(roster: RosterModel) -> dict[int, list[tuple[int, _Room]]]:
    """Day -> (nurse, what it holds) of each work duty that carries a route."""
    problem = roster.problem
    bounds: dict[tuple[int, int], tuple[int, int, int]] = {}
    rows: dict[int, list[tuple[int, _Room]]] = defaultdict(list)
    for (nurse, day, kind), literal in roster.duty.items():
        each = problem.instance.shift_kinds[kind]
        if each.lane == "work" and each.carries_route:
            if (day, kind) not in bounds:
                base = problem.instance.clock.midnight(day)
                opening, close, total = route_bounds(problem, day, kind)
                bounds[day, kind] = (opening - base, close - base, total)
            rows[day].append((nurse, (*bounds[day, kind], literal)))
    return rows
