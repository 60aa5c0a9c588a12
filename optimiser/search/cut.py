"""Cutting a team: nurses near each other, who may do the same work, into groups."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimiser.search.balance import balanced
from optimiser.search.kernel.data import (
    FIRST_TIE,
    FIRST_WINDOW,
    JOB_PLACE,
    PLACED_SLOT,
    SLOTS,
    TIE_OTHER,
    Data,
    Duties,
    Ints,
    Rows,
    State,
)

STRANGERS = 60
"""Nurses who have no work in common count as so many minutes farther from each other."""
MOST_MOVES = 10
"""So often centres of groups may move."""
PER_MINUTE, SAME_PLACE = 10, 1e-6
"""Costs are whole numbers, so many to a minute; squared minutes that keep odds above 0 when all live in one place."""


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
