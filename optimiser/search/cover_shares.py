"""Which group sees to which shortage of cover, so that groups searched side by side do not all fill it, and do not all
give up what is too much."""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.data import Duties, Ints, State

LEAST, WANTED = range(2)
"""Columns of Duties.cover."""


def cover_shares(duties: Duties, state: State, groups: list[Ints], random: np.random.Generator) -> list[Ints]:
    """For each group [rows, 2] the least and the wanted number of its own nurses on each row of ``Duties.cover``.

    Over the groups they add up to what the row asks; a group has what it does now, more where something is short, less
    where there is too much, by chance.
    """
    shares = np.zeros((len(groups), len(duties.cover), 2), dtype=np.int64)
    for row, (least, wanted, first, last, _) in enumerate(duties.cover):
        there = np.zeros(len(state.duty), dtype=np.int64)
        for day, kind in duties.cover_duty[first:last]:
            there += state.duty[:, day, duties.kind_lane[kind]] == kind
        counting = duties.cover_nurse[row]
        counted = np.array([there[nurses[counting[nurses]]].sum() for nurses in groups], dtype=np.int64)
        able = np.array([counting[nurses].sum() for nurses in groups], dtype=np.float64)
        shares[:, row, LEAST] = _shared(int(least), counted, able, random)
        shares[:, row, WANTED] = shares[:, row, LEAST] + _shared(
            int(wanted - least), counted - np.minimum(counted, shares[:, row, LEAST]), able, random
        )
    return list(shares)


def _shared(asked: int, there: Ints, able: np.ndarray, random: np.random.Generator) -> Ints:
    """``asked`` over the groups: first those who are ``there``, then in proportion to the nurses of a group who are
    able, by chance only what is left of one nurse."""
    total = int(there.sum())
    if asked <= total:
        return random.multivariate_hypergeometric(there, max(0, asked))
    weight = able if able.any() else np.ones(len(able))
    part = (asked - total) * weight / weight.sum()
    more = np.floor(part).astype(np.int64)
    left = asked - total - int(more.sum())
    if left:
        odds = part - more
        more[random.choice(len(weight), left, replace=False, p=odds / odds.sum())] += 1
    return there + more
