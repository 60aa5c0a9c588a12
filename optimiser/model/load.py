"""Visits on duties: who takes what, so that each duty's time is enough (the loads ``proxy`` and ``relaxed``)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.problem import FORBIDDEN, Problem
from optimiser.model.blocks import Block, classify
from optimiser.model.variables import RosterModel, VisitKey

STEP = 120
"""Loads are also kept in every run of up to three two-hour steps of the day: mornings fill before days do."""
NEAREST = 4
NEAR_IN_TIME = 90


@dataclass(frozen=True)
class LoadSettings:
    """``fill_percent``: how much of a duty's route time the estimate may use. ``relaxed``: no estimate, only what
    every plan needs; the model then excludes no legal plan."""

    fill_percent: int = 88
    relaxed: bool = False


def travel_estimate(problem: Problem) -> list[int]:
    """Minutes of travel to expect per job: the mean over the nearest jobs that could stand beside it on a route.

    Beside it: on one of its days, its window at most NEAR_IN_TIME apart. The modes in use count by contract hours.
    """
    matrix = problem.travel
    index = matrix.index()
    mean = np.average(
        [matrix.minutes[nurse.mode, "day"] for nurse in problem.instance.nurses],
        axis=0,
        weights=[max(1, nurse.contract_minutes) for nurse in problem.instance.nurses],
    )
    places = np.array([index.get(job.place or "", -1) for job in problem.jobs])
    middles = np.array([(low + high) // 2 for job in problem.jobs for low, high, _ in job.windows], dtype=np.int64)
    owner = np.array([number for number, job in enumerate(problem.jobs) for _ in job.windows], dtype=np.int64)
    order = np.argsort(middles, kind="stable")
    names = np.array([job.id for job in problem.jobs])
    estimates = []
    for number, job in enumerate(problem.jobs):
        if places[number] < 0:
            estimates.append(0)
            continue
        near = [
            order[slice(*np.searchsorted(middles, [middle - NEAR_IN_TIME, middle + NEAR_IN_TIME + 1], sorter=order))]
            for middle in {(low + high) // 2 for low, high, _ in job.windows}
        ]
        others = np.unique(owner[np.concatenate(near)])
        others = others[(places[others] >= 0) & (names[others] != job.id)]
        minutes = np.sort(mean[places[others], places[number]].astype(np.int64))[:NEAREST]
        estimates.append(round(int(minutes.sum()) / len(minutes)) if len(minutes) else 15)
    return estimates


def route_bounds(problem: Problem, day: int, kind: int) -> tuple[int, int, int]:
    """(open, close, route minutes) of a duty: from after the handover to the end, the break taken off."""
    instance = problem.instance
    each = instance.shift_kinds[kind]
    bounds = segment_bounds(each, instance.clock, day)
    handover = instance.settings.handover_minutes if each.lane == "work" else 0
    total = sum(end - start for start, end in bounds) - handover - each.break_minutes
    return bounds[0][0] + handover, bounds[-1][1], total


def add_visits(roster: RosterModel) -> None:
    """Literals for each (job, window, nurse, day, lane) that can be; each job once or left out; ties as far as seen."""
    problem, model = roster.problem, roster.model
    hosts = _hosts(problem)
    for number, job in enumerate(problem.jobs):
        choices: list[cp_model.IntVar] = []
        for window, (low, high, day) in enumerate(job.windows):
            for nurse in np.flatnonzero(problem.may_serve[number][window] != FORBIDDEN):
                for start_day in (day - 1, day):
                    for lane in (0, 1):
                        kinds = [
                            roster.duty[int(nurse), start_day, kind]
                            for kind, opening, close in hosts.get((start_day, lane), ())
                            if (int(nurse), start_day, kind) in roster.duty
                            and opening <= high
                            and low + job.minutes <= close
                        ]
                        if kinds:
                            key: VisitKey = (number, window, int(nurse), start_day, lane)
                            literal = model.new_bool_var(
                                f"visit.{job.id}.{job.part}.{window}.{nurse}.{start_day}.{lane}"
                            )
                            roster.visit[key] = literal
                            model.add_bool_or([literal.negated(), *kinds])
                            choices.append(literal)
        out = model.new_bool_var(f"left_out.{job.id}.{job.part}")
        roster.left_out[number] = out
        model.add_exactly_one([*choices, out])
    _ties(roster)


def _hosts(problem: Problem) -> dict[tuple[int, int], list[tuple[int, int, int]]]:
    """(day, lane) -> kinds that carry routes with their open and close."""
    hosts: dict[tuple[int, int], list[tuple[int, int, int]]] = defaultdict(list)
    for kind, each in enumerate(problem.instance.shift_kinds):
        if each.carries_route:
            for day in range(problem.instance.days):
                opening, close, _ = route_bounds(problem, day, kind)
                hosts[day, int(each.lane == "standby")].append((kind, opening, close))
    return hosts


def _ties(roster: RosterModel) -> None:
    """Together: both or none. Same or different nurse, by nurse."""
    by_nurse: dict[int, dict[int, list[cp_model.IntVar]]] = defaultdict(lambda: defaultdict(list))
    for (job, _, nurse, _, _), literal in roster.visit.items():
        by_nurse[job][nurse].append(literal)
    for tie in roster.problem.ties:
        if tie.together:
            roster.model.add(roster.left_out[tie.first] == roster.left_out[tie.second])
        for nurse, literals in by_nurse[tie.first].items():
            others = by_nurse[tie.second].get(nurse, [])
            if tie.nurse == "different" and others:
                roster.model.add_at_most_one([*literals, *others])
            elif tie.nurse == "same":
                roster.model.add(sum(literals) <= sum(others) + roster.left_out[tie.second])


def add_load(roster: RosterModel, estimates: list[int], settings: LoadSettings) -> None:
    """Time on each duty and inside every short run of the day is enough for the visits that must lie there."""
    problem = roster.problem
    by_duty: dict[tuple[int, int, int], list[_Piece]] = defaultdict(list)
    for (number, window, nurse, day, lane), literal in roster.visit.items():
        job = problem.jobs[number]
        low, high, _ = job.windows[window]
        by_duty[nurse, day, lane].append((low, high + job.minutes, job.minutes + estimates[number], literal))
    for (nurse, day, lane), visits in by_duty.items():
        kinds = [
            (route_bounds(problem, day, kind), literal) for kind, literal in roster.duties_on(nurse, day, lane).items()
        ]
        fill = 100 if settings.relaxed else settings.fill_percent
        roster.model.add(
            100 * sum(size * literal for _, _, size, literal in visits)
            <= sum(fill * total * literal for (_, _, total), literal in kinds)
        )
        if lane == 0:
            _add_runs(roster, day, visits, kinds)


_Piece = tuple[int, int, int, cp_model.IntVar]
"""Earliest start and latest end of a visit, its minutes and literal."""


def _add_runs(
    roster: RosterModel, day: int, visits: list[_Piece], kinds: list[tuple[tuple[int, int, int], cp_model.IntVar]]
) -> None:
    """In runs of one to three steps of the day: what must lie inside one fits in the duty's time there."""
    base = roster.problem.instance.clock.midnight(day)
    first = min(opening for (opening, _, _), _ in kinds) - base
    last = max(close for (_, close, _), _ in kinds) - base
    for begin in range(first // STEP * STEP, last, STEP):
        for end in range(begin + STEP, begin + 3 * STEP + 1, STEP):
            inside = [each for each in visits if base + begin <= each[0] and each[1] <= base + end]
            if sum(each[2] for each in inside) > STEP:
                room = [
                    (max(0, min(close, base + end) - max(opening, base + begin)), literal)
                    for (opening, close, _), literal in kinds
                ]
                roster.model.add(
                    sum(size * literal for _, _, size, literal in inside)
                    <= sum(minutes * literal for minutes, literal in room)
                )


def turnout_blocks(roster: RosterModel, nurse: int) -> list[Block]:
    """Planned visits on standby as candidate work, in the middle of their window."""
    problem = roster.problem
    if problem.instance.settings.planned_work_in_standby != "work":
        return []
    blocks = []
    for (number, window, owner, _, lane), literal in roster.visit.items():
        if owner == nurse and lane == 1:
            job = problem.jobs[number]
            low, high, _ = job.windows[window]
            start = (low + high) // 2
            blocks.append(
                Block(
                    start,
                    start + job.minutes,
                    job.minutes,
                    classify(problem.instance, start, start + job.minutes),
                    literal,
                )
            )
    return blocks
