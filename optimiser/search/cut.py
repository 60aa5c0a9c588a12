"""Cutting a problem: nurses near each other into groups, and the work that goes with each group."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimiser.search.kernel.data import (
    FIRST_TIE,
    FIRST_WINDOW,
    JOB_PLACE,
    JOB_UNIT,
    PLACED_SLOT,
    SLOTS,
    TIE_OTHER,
    Data,
    Duties,
    Ints,
    State,
)

NEAREST = 5
"""Left-out work goes with one of so many nurses who live nearest of all who may do it."""
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
    cluster: Ints
    """[J] jobs tied to each other, at any distance, have one number: the lowest of them."""


def whole_of(data: Data, duties: Duties) -> Whole:
    """Those tables for a problem."""
    able = np.zeros((len(data.job) - 1, data.may_serve.shape[1]), dtype=np.bool_)
    if len(able):
        able = np.logical_or.reduceat(data.may_serve >= 0, data.job[:-1, FIRST_WINDOW], axis=0)
    return Whole(data.travel.mean(axis=0), duties.journey[:, 0, 0, 0], able, _clusters(data))


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
    """The nurses in ``number`` groups of about one size, each sorted: halved and halved again, in a direction drawn.

    A nurse is where she lives and where her routes bring her, half and half. A direction runs from a nurse drawn to
    the one who lives farthest from her; along it counts how much nearer a place is to one than to the other.
    """
    nurses = len(state.duty)
    visiting = np.zeros((nurses, len(whole.minutes)))
    placed = np.flatnonzero((state.job[:, PLACED_SLOT] >= 0) & (data.job[:-1, JOB_PLACE] >= 0))
    np.add.at(visiting, (state.job[placed, PLACED_SLOT] // (data.days * SLOTS), data.job[placed, JOB_PLACE]), 1)
    visiting[np.arange(nurses), whole.home] += np.maximum(1, visiting.sum(axis=1))
    visiting /= visiting.sum(axis=1, keepdims=True)

    def halved(group: Ints, pieces: int) -> list[Ints]:
        if pieces == 1 or len(group) < 2:
            return [np.sort(group)]
        one = whole.home[group[random.integers(len(group))]]
        other = whole.home[group[np.argmax(whole.minutes[one, whole.home[group]])]]
        along = visiting[group] @ (whole.minutes[one] - whole.minutes[other])
        ranked, middle = group[np.argsort(along, kind="stable")], len(group) * (pieces // 2) // pieces
        return [*halved(ranked[:middle], pieces // 2), *halved(ranked[middle:], pieces - pieces // 2)]

    return halved(np.arange(nurses), number)


def share_out(whole: Whole, data: Data, state: State, groups: list[Ints], random: np.random.Generator) -> list[Work]:
    """The work of each group: what is on its nurses' routes, and left-out work that one of them may do, nearby.

    Of tied work only one group may move anything: the one with most of it. There the rest, and in other groups all of
    it, stands still.
    """
    jobs = len(data.job) - 1
    group = np.zeros(len(state.duty), dtype=np.int64)
    for number, nurses in enumerate(groups):
        group[nurses] = number
    placed = state.job[:, PLACED_SLOT] >= 0
    where = np.where(placed, group[state.job[:, PLACED_SLOT] // (data.days * SLOTS)], -1)
    unit = data.job[:-1, JOB_UNIT].copy()
    order = np.argsort(whole.cluster, kind="stable")
    for members in np.split(order, np.flatnonzero(np.diff(whole.cluster[order])) + 1) if jobs else []:
        if placed[members].all() and (where[members] == where[members[0]]).all():
            continue
        owner = _owner(where[members], unit[members])
        if owner < 0:
            owner = group[_nurse_nearby(whole, data, members[0], random)]
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


def _nurse_nearby(whole: Whole, data: Data, job: int, random: np.random.Generator) -> int:
    """One of the nurses who live nearest of all who may do a job."""
    able, place = np.flatnonzero(whole.able[job]), data.job[job, JOB_PLACE]
    if place >= 0:
        able = able[np.argsort(whole.minutes[whole.home[able], place], kind="stable")][:NEAREST]
    return int(able[random.integers(len(able))]) if len(able) else 0
