"""Cutting a problem: nurses near each other into groups, and the work that goes with each group."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimiser.search.balance import balanced
from optimiser.search.kernel.data import (
    FIRST_TIE,
    FIRST_WINDOW,
    JOB_MINUTES,
    JOB_PLACE,
    JOB_UNIT,
    PLACED_SLOT,
    SLOTS,
    TIE_OTHER,
    Data,
    Duties,
    Ints,
    Rows,
    State,
)

NEAREST, MISSING = 5, 120
"""Left-out work goes with one of so many nurses who live nearest of all who may do it; each that a group has too few
counts as so many minutes away."""
MOST_LEFT, FARTHER = 0.05, 30
"""With more of the work left out it is spread evenly: it goes so many minutes farther to a group that has room."""
ON_THE_ROAD = 20
"""Minutes beside its own that a job takes a nurse, about."""
STRANGERS = 60
"""Nurses who have no work in common count as so many minutes farther from each other."""
MOST_MOVES = 10
"""So often centres of groups may move."""
PER_MINUTE, SAME_PLACE = 10, 1e-6
"""Costs are whole numbers, so many to a minute; squared minutes that keep odds above 0 when all live in one place."""
Work = tuple[Ints, Ints, Ints]
"""Own jobs, jobs outside that they are tied to, and the unit of each job of the whole: see ``part.take_part``."""


class Whole(NamedTuple):
    """What cutting needs to know of a problem and does not change: P places, N nurses, J jobs."""

    minutes: NDArray[np.float64]
    """[P, P] mean over modes and day parts."""
    home: Ints
    """[N] place where a nurse starts."""
    able: NDArray[np.bool_]
    """[J, N]"""
    apart: NDArray[np.float64]
    """[N, N] minutes by which two nurses count as farther from each other: none when the one may do all that the other
    may, ``STRANGERS`` when they have no work in common."""
    hours: Ints
    """[N] minutes that a nurse should work in all weeks, at least 1 when there is work that she may do, else 0."""
    cluster: Ints
    """[J] jobs tied to each other, at any distance, have one number: the lowest of them."""


def whole_of(data: Data, rows: Rows, duties: Duties) -> Whole:
    """Those tables for a problem."""
    able = np.zeros((len(data.job) - 1, data.may_serve.shape[1]), dtype=np.bool_)
    if len(able):
        able = np.logical_or.reduceat(data.may_serve >= 0, data.job[:-1, FIRST_WINDOW], axis=0)
    hours = np.where(able.any(axis=0), np.maximum(1, rows.target.sum(axis=1)), 0)
    home = duties.journey[:, 0, 0, 0]
    return Whole(data.travel.mean(axis=0), home, able, _apart(able), hours, _clusters(data))


def _apart(able: NDArray[np.bool_]) -> NDArray[np.float64]:
    mine = able.astype(np.float32)
    much = np.maximum(1, able.sum(axis=0))
    shared = (mine.T @ mine) / np.minimum(much[:, None], much)
    np.fill_diagonal(shared, 1)
    return np.asarray(STRANGERS * (1 - shared), dtype=np.float64)


def _clusters(data: Data) -> Ints:
    owner = np.repeat(np.arange(len(data.job) - 1), np.diff(data.job[:, FIRST_TIE]))
    cluster = np.arange(len(data.job) - 1)
    while True:
        lower = cluster.copy()
        np.minimum.at(lower, owner, cluster[data.tie[:, TIE_OTHER]])
        if (lower == cluster).all():
            return cluster
        cluster = lower


def cut(whole: Whole, data: Data, state: State, number: int, random: np.random.Generator) -> list[Ints]:
    """The nurses in at most ``number`` compact groups of about one size, each sorted, around nurses drawn anew.

    A nurse is where she lives and where her routes bring her, half and half; who may not do the same work is farther
    away. The first centres are drawn far apart (Arthur and Vassilvitskii 2007); then nurses go to centres, as near as
    sizes allow, and the nurse in the middle of a group becomes its centre, until that changes nothing (Lloyd 1982,
    with a limit on size).
    """
    away = _presence(whole, data, state) @ whole.minutes[:, whole.home] + whole.apart
    nurses = len(away)
    centres = [int(random.integers(nurses))]
    while len(centres) < number:
        odds = away[:, centres].min(axis=1) ** 2 + SAME_PLACE
        centres.append(int(random.choice(nurses, p=odds / odds.sum())))
    one, size = np.ones(nurses, dtype=np.int64), np.full(number, -(-nurses // number))
    for _ in range(MOST_MOVES):
        cost = np.rint(PER_MINUTE * away[:, centres]).astype(np.int64)
        owner = balanced(cost, one, size, over=1 + int(cost.sum()))
        groups = [np.flatnonzero(owner == each) for each in range(number)]
        moved = [int(each[np.argmin(away[np.ix_(each, each)].sum(axis=0))]) if len(each) else centre
                 for each, centre in zip(groups, centres, strict=True)]  # fmt: skip
        if moved == centres:
            break
        centres = moved
    return [group for group in groups if len(group)]


def _presence(whole: Whole, data: Data, state: State) -> NDArray[np.float64]:
    """[N, P] the share of each place in where a nurse is: her home half, the places of her stops the rest."""
    nurses = len(state.duty)
    visiting = np.zeros((nurses, len(whole.minutes)))
    placed = np.flatnonzero((state.job[:, PLACED_SLOT] >= 0) & (data.job[:-1, JOB_PLACE] >= 0))
    np.add.at(visiting, (state.job[placed, PLACED_SLOT] // (data.days * SLOTS), data.job[placed, JOB_PLACE]), 1)
    visiting[np.arange(nurses), whole.home] += np.maximum(1, visiting.sum(axis=1))
    return np.asarray(visiting / visiting.sum(axis=1, keepdims=True))


def share_out(whole: Whole, data: Data, state: State, groups: list[Ints], random: np.random.Generator) -> list[Work]:
    """The work of each group: what is on its nurses' routes, and left-out work that one of them may do, nearby; of a
    plan that hardly began, while they have room for it.

    Of tied work only one group may move anything: the one with most of it. There the rest, and in other groups all of
    it, stands still.
    """
    jobs = len(data.job) - 1
    group = np.zeros(len(state.duty), dtype=np.int64)
    for number, nurses in enumerate(groups):
        group[nurses] = number
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
    group = np.zeros(len(whole.home), dtype=np.int64)
    for number, nurses in enumerate(groups):
        group[nurses] = number
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
