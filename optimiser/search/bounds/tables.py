"""A problem as the tables of the bound: work by window, duty segments that carry routes, and choices of each day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.duty_work import kind_blocks, minutes_by_week, segment_bounds
from optimiser.domain.objective import ObjectiveWeights
from optimiser.domain.people import Wish
from optimiser.domain.problem import FORBIDDEN, Problem
from optimiser.domain.travel_matrix import day_part_of
from optimiser.search.encode import day_places
from optimiser.search.kernel.bounds.stops import INFINITE

MOST_BUCKET = 5
SCALE = 100
"""Prices are whole hundredths of a minute, so that the sum that proves the bound is exact."""


@dataclass(frozen=True)
class DutyChoice:
    """One duty that a nurse may have: kind, lane, its segments' rows, work minutes by week, cover rows it counts for,
    and its own price in minutes (duty prices; what its entry would cost is elsewhere)."""

    kind: int
    lane: int
    span: tuple[int, int]
    segments: tuple[int, ...]
    weeks: tuple[tuple[int, int], ...]
    cover: tuple[int, ...]
    price: int


@dataclass(frozen=True)
class BoundTables:
    """Arrays as ``cheapest_routes`` reads them. ``days`` lists for each nurse and day her choices (students have
    none); ``units`` the jobs of one piece of work with what it costs to leave it."""

    problem: Problem
    bucket: int
    minutes: NDArray[np.int32]
    node: NDArray[np.int64]
    price: NDArray[np.int64]
    segment: NDArray[np.int64]
    days: dict[tuple[int, int], tuple[DutyChoice, ...]]
    units: tuple[tuple[tuple[int, ...], int], ...]
    targets: NDArray[np.int64]
    wishes: dict[tuple[int, int], tuple[Wish, ...]]
    entries: dict[tuple[int, int, int], dict[int, int]]
    """(nurse, day, lane) -> kind -> what it costs (scaled) not to hold it there."""

    def entry_price(self, nurse: int, day: int, choice: DutyChoice) -> int:
        """What a duty saves as an entry or a base duty that it holds."""
        return self.entries.get((nurse, day, choice.lane), {}).get(choice.kind, 0)


def tables_of(problem: Problem, bucket: int = MOST_BUCKET) -> BoundTables | None:
    """The tables; None when some work takes no time at all, which the buckets cannot order."""
    instance = problem.instance
    shortest = min((job.minutes for job in problem.jobs), default=bucket) + instance.settings.slack_minutes
    if shortest < 1:
        return None
    node, price = _nodes(problem)
    slices = {each: number for number, each in enumerate(problem.travel.minutes)}
    days, segment = _choices(problem, {f"{mode}.{part}": number for (mode, part), number in slices.items()})
    return BoundTables(
        problem,
        min(bucket, shortest),
        np.array([problem.travel.minutes[each] for each in slices], dtype=np.int32),
        node,
        price,
        segment,
        days,
        _units(problem),
        np.array([[instance.target_minutes(nurse.id, week) for week in range(instance.weeks)]
                  for nurse in instance.nurses], dtype=np.int64),
        _wishes(problem),
        _entries(problem),
    )  # fmt: skip


def _entries(problem: Problem) -> dict[tuple[int, int, int], dict[int, int]]:
    entries = defaultdict[tuple[int, int, int], dict[int, int]](dict)
    for cell, kind, price in problem.priced_entries:
        entries[cell][kind] = SCALE * price
    return dict(entries)


def _wishes(problem: Problem) -> dict[tuple[int, int], tuple[Wish, ...]]:
    rows = defaultdict[tuple[int, int], list[Wish]](list)
    for wish in problem.instance.wishes:
        rows[problem.nurse_number[wish.nurse], problem.instance.clock.day_number(wish.day)].append(wish)
    return {key: tuple(found) for key, found in rows.items()}


def _nodes(problem: Problem) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """One row per job and window, and its price at each nurse (scaled; INFINITE: she may not)."""
    index = problem.travel.index()
    works = {name: number for number, name in enumerate(dict.fromkeys(job.id for job in problem.jobs))}
    rows, prices = [], []
    for number, job in enumerate(problem.jobs):
        for window, (low, high, _) in enumerate(job.windows):
            costs = problem.may_serve[number][window].astype(np.int64)
            if low <= high and (costs != FORBIDDEN).any():
                rows.append((number, works[job.id], low, high, job.minutes, index[job.place] if job.place else -1))
                prices.append(np.where(costs == FORBIDDEN, INFINITE, costs * SCALE))
    shape = (len(rows), len(problem.instance.nurses))
    node = np.array(rows, dtype=np.int64).reshape(-1, 6)
    return node, np.ascontiguousarray(np.array(prices, dtype=np.int64).reshape(shape).T)


def _units(problem: Problem) -> tuple[tuple[tuple[int, ...], int], ...]:
    """The jobs of each piece of work, and the price of leaving it (counted once)."""
    weights, jobs = problem.instance.weights, defaultdict[str, list[int]](list)
    for number, job in enumerate(problem.jobs):
        jobs[job.id].append(number)
    return tuple(
        (tuple(numbers), SCALE * int(getattr(weights, problem.jobs[numbers[0]].unserved_term)))
        for numbers in jobs.values()
    )


def _choices(
    problem: Problem, slices: dict[str, int]
) -> tuple[dict[tuple[int, int], tuple[DutyChoice, ...]], NDArray[np.int64]]:
    """Every duty that may be (or is pinned) and the rows of its segments."""
    instance = problem.instance
    cover = defaultdict[tuple[int, int, int], list[int]](list)
    for number, row in enumerate(problem.cover):
        for nurse in row.nurses:
            for day, kind in row.duties:
                cover[nurse, day, kind].append(number)
    pinned = {(nurse, day, kind) for (nurse, day, _), kind in problem.pinned.items()}
    days: dict[tuple[int, int], tuple[DutyChoice, ...]] = {}
    segments: list[tuple[int, ...]] = []
    for nurse, person in enumerate(instance.nurses):
        for day in range(instance.days):
            choices = []
            for kind, each in enumerate(instance.shift_kinds):
                key = (nurse, day, kind)
                if person.experience != "student" and (problem.duty_allowed[key] or key in pinned):
                    rows = _segments(problem, nurse, day, kind, slices)
                    weeks = minutes_by_week(instance.clock, kind_blocks(instance, each, day))
                    bounds = segment_bounds(each, instance.clock, day)
                    choices.append(DutyChoice(
                        kind, int(each.lane == "standby"), (bounds[0][0], bounds[-1][1]),
                        tuple(range(len(segments), len(segments) + len(rows))),
                        tuple((week, minutes) for week, minutes in weeks.items() if week < instance.weeks),
                        tuple(cover[key]), _own_price(problem, key),
                    ))  # fmt: skip
                    segments += rows
            if person.experience != "student":
                days[nurse, day] = tuple(choices)
    return days, np.array(segments, dtype=np.int64).reshape(-1, 12)


def _own_price(problem: Problem, key: tuple[int, int, int]) -> int:
    weights: ObjectiveWeights = problem.instance.weights
    return sum(int(getattr(weights, term)) * int(table[key]) for term, table in problem.duty_prices.items())


def _segments(problem: Problem, nurse: int, day: int, kind: int, slices: dict[str, int]) -> list[tuple[int, ...]]:
    """Rows of ``segment`` for ``cheapest_routes``; the last figure, a minute's price, is filled in at each price."""
    instance, each = problem.instance, problem.instance.shift_kinds[kind]
    person, index = instance.nurses[nurse], problem.travel.index()
    start, end, mode = day_places(instance, person.id, day)
    part = slices.get(f"{mode}.{day_part_of(each.category)}")
    if not each.carries_route or part is None:
        return []
    clock, free = instance.clock, instance.organisation_by_id[person.organisation].free_home_leg
    rows: list[tuple[int, ...]] = []
    for number, (low, high) in enumerate(segment_bounds(each, clock, day)):
        pause = each.break_minutes if number == 0 else 0
        begin = low if each.break_from is None else max(low, clock.at(day, each.break_from))
        until = high if each.break_until is None else min(high, clock.at(day, each.break_until))
        handover = instance.settings.handover_minutes if number == 0 and each.lane == "work" else 0
        rows.append((nurse, part, low, high, handover, pause, begin, until, index[start], index[end], free, 0))
    return rows
