"""The work that goes with each group of nurses: what is on their routes, and what is left out."""

from __future__ import annotations

import numpy as np

from optimiser.search.balance import balanced
from optimiser.search.cut import Whole
from optimiser.search.kernel.data import JOB_MINUTES, JOB_PLACE, JOB_UNIT, PLACED_SLOT, SLOTS, Data, Ints, State

NEAREST, MISSING = 5, 120
"""Left-out work goes with one of so many nurses who live nearest of all who may do it; each that a group has too few
counts as so many minutes away."""
MOST_LEFT, FARTHER = 0.05, 30
"""With more of the work left out it is spread evenly: it goes so many minutes farther to a group that has room."""
ON_THE_ROAD = 20
"""Minutes beside its own that a job takes a nurse, about."""
Work = tuple[Ints, Ints, Ints]
"""Own jobs, jobs outside that they are tied to, and the unit of each job of the whole: see ``part.take_part``."""


def share_out(whole: Whole, data: Data, state: State, groups: list[Ints], random: np.random.Generator) -> list[Work]:
    """The work of each group: what is on its nurses' routes, and left-out work that one of them may do, nearby; of a
    plan that hardly began, while they have room for it.

    Of tied work only one group may move anything: the one with most of it. There the rest, and in other groups all of
    it, stands still.
    """
    jobs, group = len(data.job) - 1, _group_of(whole, groups)
    placed = state.job[:, PLACED_SLOT] >= 0
    where = np.where(placed, group[state.job[:, PLACED_SLOT] // (data.days * SLOTS)], -1)
    unit, given = data.job[:-1, JOB_UNIT].copy(), _given(whole, data, groups, where, random)
    order = np.argsort(whole.cluster, kind="stable")
    for members in np.split(order, np.flatnonzero(np.diff(whole.cluster[order])) + 1) if jobs else []:
        if placed[members].all() and (where[members] == where[members[0]]).all():
            continue
        owner = _owner(where[members], unit[members])
        if owner < 0:
            owner = int(given[members[0]])
        where[members[~placed[members]]] = owner
        inside = np.isin(unit[members], unit[members[where[members] != owner]], invert=True)
        unit[members[~inside]] = jobs + members[0]
    shares = []
    for number in range(len(groups)):
        own = np.flatnonzero(where == number)
        outside = np.flatnonzero(np.isin(whole.cluster, whole.cluster[own]) & (where != number) & placed)
        units = unit.copy()
        units[outside] = jobs + whole.cluster[outside]
        shares.append((own, outside, units))
    return shares


def _group_of(whole: Whole, groups: list[Ints]) -> Ints:
    """[N] the number of each nurse's group."""
    group = np.zeros(len(whole.home), dtype=np.int64)
    for number, nurses in enumerate(groups):
        group[nurses] = number
    return group


def _owner(where: Ints, unit: Ints) -> int:
    """The group with most units of tied work as a whole, or else most jobs; -1 when none is placed."""
    placed = where >= 0
    if not placed.any():
        return -1
    whole = placed & np.isin(unit, unit[[(where[unit == each] != where[unit == each][0]).any() for each in unit]],
                             invert=True)  # fmt: skip
    return int(np.argmax(np.bincount(where[whole if whole.any() else placed])))


def _given(whole: Whole, data: Data, groups: list[Ints], where: Ints, random: np.random.Generator) -> Ints:
    """[J] for the first of each cluster that lies on no route at all, the group that gets it; -1 for others."""
    jobs = len(data.job) - 1
    answer, begun = np.full(jobs, -1, dtype=np.int64), np.zeros(jobs, dtype=np.bool_)
    begun[whole.cluster[where >= 0]] = True
    out = np.unique(whole.cluster[~begun[whole.cluster]])
    if len(out) > MOST_LEFT * jobs:
        answer[out] = _spread(whole, data, groups, where, out)
        return answer
    group = _group_of(whole, groups)
    for job in out:
        answer[job] = group[_nurse_nearby(whole, data, job, random)]
    return answer


def _nurse_nearby(whole: Whole, data: Data, job: int, random: np.random.Generator) -> int:
    """One of the nurses who live nearest of all who may do a job."""
    able, place = np.flatnonzero(whole.able[job]), data.job[job, JOB_PLACE]
    if place >= 0:
        able = able[np.argsort(whole.minutes[whole.home[able], place], kind="stable")][:NEAREST]
    return int(able[random.integers(len(able))]) if len(able) else 0


def _spread(whole: Whole, data: Data, groups: list[Ints], where: Ints, out: Ints) -> Ints:
    """[len(out)] a group for each cluster: where nurses who may do it live near. Groups take work in proportion to
    their hours, or more where it would go more than ``FARTHER`` minutes farther."""
    load = data.job[:-1, JOB_MINUTES] + ON_THE_ROAD
    each = np.bincount(whole.cluster, weights=load, minlength=len(load)).astype(np.int64)
    taken = np.bincount(where[where >= 0], weights=load[where >= 0], minlength=len(groups))
    hours = np.array([whole.hours[nurses].sum() for nurses in groups], dtype=np.float64)
    room = np.maximum(0, load.sum() * hours / max(1.0, hours.sum()) - taken).astype(np.int64)
    cost = np.stack([_minutes_from(whole, data, out, nurses) for nurses in groups], axis=1)
    return balanced(cost, each[out], room, FARTHER)


def _minutes_from(whole: Whole, data: Data, jobs: Ints, nurses: Ints) -> Ints:
    """[len(jobs)] mean minutes from a group's nearest homes of those who may do a job; who is missing is far away."""
    place = data.job[jobs, JOB_PLACE]
    away = np.where(place >= 0, whole.minutes[np.ix_(whole.home[nurses], place)], 0.0)
    away = np.where(whole.able[np.ix_(jobs, nurses)].T, np.minimum(away, MISSING), MISSING)
    near = np.sort(away, axis=0)[:NEAREST]
    total = near.sum(axis=0) + MISSING * (NEAREST - len(near))
    return np.rint(total / NEAREST).astype(np.int64)
