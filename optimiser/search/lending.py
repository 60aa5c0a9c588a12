"""Caps on hours lent: which visits a lender may still do so that no week goes beyond its most.

The kernel knows no organisations. So the lender keeps (job, window) pairs that fit into its hours together, whichever
of them it takes, and all its other lent pairs are closed in ``may_serve``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from optimiser.domain.clock import HOUR
from optimiser.domain.plan import Plan, Stop
from optimiser.domain.problem import FORBIDDEN, Problem
from optimiser.search.lending_value import LentValue

WEEK_DAYS = 7


@dataclass(frozen=True)
class Unit:
    """Windows of a job that begin in the same calendar weeks, and that some nurse of the lender may serve.

    ``minutes`` (with reporting) count in each of ``weeks``: stricter than the check, which counts the one start.
    """

    job: int
    windows: tuple[int, ...]
    weeks: frozenset[int]
    minutes: int


def limits(problem: Problem) -> dict[str, int]:
    """Lending organisation -> most minutes in a calendar week."""
    found: dict[str, int] = {}
    for each in problem.contract.most_lent:
        found[each.organisation] = min(found.get(each.organisation, 2**31), each.hours_per_week * HOUR)
    return found


def lent_minutes(problem: Problem, plan: Plan) -> dict[tuple[str, int], int]:
    """(lending organisation, calendar week; 0 is the horizon's first) -> minutes of visits lent, reporting included."""
    table: dict[tuple[str, int], int] = defaultdict(int)
    for lender, _, stop in _lent(problem, plan):
        week = problem.instance.clock.day_of(stop.start) // WEEK_DAYS
        table[lender, week] += problem.instance.visit_by_id[stop.id].minutes
    return dict(table)


def keeps_caps(problem: Problem, plan: Plan) -> bool:
    """Whether no organisation lends more in a week than its most."""
    most = limits(problem)
    return all(minutes <= most.get(lender, minutes) for (lender, _), minutes in lent_minutes(problem, plan).items())


def within_caps(problem: Problem, plan: Plan | None, kept: Collection[str] = ()) -> Problem:
    """The problem in which no plan lends more than the caps.

    Of what ``plan`` lends the most valuable visits that fit stay lendable, then others while there is room. Visits in
    the duties with an id in ``kept`` stay so whatever the caps say. Without a plan only caps of nothing are kept.
    """
    closed: dict[int, list[tuple[str, tuple[int, ...]]]] = defaultdict(list)
    for lender, most in limits(problem).items():
        if plan is None and most:
            continue
        units = units_of_lender(problem, lender)
        open_units = _chosen(problem, plan, kept, lender, most, units) if plan is not None else set()
        for number, unit in enumerate(units):
            if number not in open_units:
                closed[unit.job].append((lender, unit.windows))
    tables = list(problem.may_serve)
    for job, pairs in closed.items():
        table = tables[job].copy()
        for lender, windows in pairs:
            table[np.ix_(windows, lenders_nurses(problem, lender))] = FORBIDDEN
        tables[job] = table
    return replace(problem, may_serve=tuple(tables)) if closed else problem


def _lent(problem: Problem, plan: Plan) -> Iterator[tuple[str, str, Stop]]:
    """Lender, duty id and stop of each visit part done by another organisation's nurse."""
    instance = problem.instance
    for duty in plan.duties:
        lender = instance.nurse_by_id[duty.nurse].organisation
        for stop in duty.stops:
            if stop.what == "visit":
                client = instance.visit_by_id[stop.id].client
                if instance.client_by_id[client].organisation != lender:
                    yield lender, duty.id, stop


def lenders_nurses(problem: Problem, lender: str) -> list[int]:
    """Numbers of the nurses of an organisation."""
    return [number for number, each in enumerate(problem.instance.nurses) if each.organisation == lender]


def units_of_lender(problem: Problem, lender: str) -> list[Unit]:
    """Everything that the lender could lend."""
    instance, columns = problem.instance, lenders_nurses(problem, lender)
    clock, found = instance.clock, []
    for number, job in enumerate(problem.jobs):
        if job.what != "visit" or instance.client_by_id[instance.visit_by_id[job.id].client].organisation == lender:
            continue
        by_weeks: dict[frozenset[int], list[int]] = defaultdict(list)
        open_rows: NDArray[np.bool_] = (problem.may_serve[number][:, columns] != FORBIDDEN).any(axis=1)
        for window in np.flatnonzero(open_rows):
            low, high, _ = job.windows[int(window)]
            first, last = (clock.day_of(minute) // WEEK_DAYS for minute in (low, high))
            by_weeks[frozenset(range(first, last + 1))].append(int(window))
        found += [Unit(number, tuple(windows), weeks, job.minutes) for weeks, windows in by_weeks.items()]
    return found


def _chosen(
    problem: Problem, plan: Plan, kept: Collection[str], lender: str, most: int, units: list[Unit]
) -> set[int]:  # fmt: skip
    """Numbers of the units that stay open."""
    value = LentValue(problem, plan, lender, limits(problem).keys())
    held = held_units(problem, plan, lender, units)
    fixed = {number for number, duty in held.items() if duty in kept}
    room = _Room(most)
    room.take(units[number] for number in fixed)
    worth = {number: max(1, value.kept(units[number].job)) for number in held if number not in fixed}
    chosen = fixed | _most_valuable(units, worth, room)
    room.take(units[number] for number in chosen - fixed)
    # what else may be lent is only guessed from afar: it fills the room that is left
    others = [number for number in range(len(units)) if number not in held]
    guess = {number: value.guessed(units[number].job, units[number].windows) for number in others}
    for number in sorted(others, key=lambda each: (-guess[each] / max(1, units[each].minutes), each)):
        if guess[number] > 0 and room.fits(units[number]):
            room.take([units[number]])
            chosen.add(number)
    return chosen


class _Room:
    """Minutes of each week that are left of the most."""

    def __init__(self, most: int) -> None:
        self.most, self.taken = most, defaultdict[int, int](int)

    def take(self, units: Iterable[Unit]) -> None:
        for unit in units:
            for week in unit.weeks:
                self.taken[week] += unit.minutes

    def left(self, week: int) -> int:
        return max(0, self.most - self.taken[week])

    def fits(self, unit: Unit) -> bool:
        return all(unit.minutes <= self.left(week) for week in unit.weeks)


def held_units(problem: Problem, plan: Plan, lender: str, units: list[Unit]) -> dict[int, str]:
    """Number of the unit -> duty, of what the plan lends."""
    place = {(unit.job, window): number for number, unit in enumerate(units) for window in unit.windows}
    found = {}
    for who, duty, stop in _lent(problem, plan):
        job = problem.job_number.get((stop.id, stop.part))
        if who != lender or job is None:
            continue
        for window, (low, high, _) in enumerate(problem.jobs[job].windows):
            if low <= stop.start <= high and (job, window) in place:
                found[place[job, window]] = duty
    return found


def _most_valuable(units: list[Unit], worth: dict[int, int], room: _Room) -> set[int]:
    """The units of greatest worth together that fit into the room."""
    model = cp_model.CpModel()
    keep = {number: model.new_bool_var(f"keep {number}") for number in worth}
    for week in sorted({week for number in worth for week in units[number].weeks}):
        inside = [(units[number].minutes, keep[number]) for number in worth if week in units[number].weeks]
        model.add(sum(minutes * each for minutes, each in inside) <= room.left(week))
    model.maximize(sum(worth[number] * each for number, each in keep.items()))
    solver = cp_model.CpSolver()
    # one worker and counted effort: the same answer on every run
    solver.parameters.num_workers, solver.parameters.max_deterministic_time = 1, 5.0
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return set()
    return {number for number, each in keep.items() if solver.boolean_value(each)}
