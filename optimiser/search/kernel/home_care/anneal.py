"""Annealing over routes: which change is tried, and the cheapest state kept."""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.home_care.data import (
    BEFORE,
    CHEAPEST,
    LABEL,
    LARGEST,
    LATE,
    NEXT,
    NURSE,
    OWN,
    PARTNER,
    SECOND,
    START,
    TRAVEL,
    UNSAVED,
)
from optimiser.search.kernel.home_care.fast import fast
from optimiser.search.kernel.home_care.pairs import shift_both
from optimiser.search.kernel.home_care.shifts import shift_one
from optimiser.search.kernel.home_care.starts import NEVER
from optimiser.search.kernel.home_care.swaps import swap_chains, swap_singles
from optimiser.search.kernel.random_state import below, unit

CHAINS, SWAPS, ONES = 0.35, 0.5, 0.7
"""Shares of the kinds of change, each the sum up to it: chains; of single patients swaps; of doubles one service."""


@fast
def change(
    nodes: np.ndarray, data: tuple, room: tuple, sums: np.ndarray, random: np.ndarray, limit: float
) -> int:  # fmt: skip
    """Try one change; what it added, or NEVER."""
    node = below(random, data[3].shape[1])
    kind = unit(random)
    if kind < CHAINS:
        return swap_chains(nodes, data, room, sums, random, node, limit)
    if nodes[node, PARTNER] < 0:
        if kind < SWAPS:
            return swap_singles(nodes, data, room, sums, random, node, limit)
        return shift_one(nodes, data, room, sums, random, node, limit)
    if kind < ONES:
        return shift_one(nodes, data, room, sums, random, node, limit)
    first = nodes[node, PARTNER] if nodes[node, SECOND] else node
    return shift_both(nodes, data, room, sums, random, first, limit)


@fast
def keep(nodes: np.ndarray, best: np.ndarray, sums: np.ndarray) -> None:
    """Copy the state when it is the cheapest yet."""
    if sums[UNSAVED]:
        sums[UNSAVED] = 0
        for node in range(nodes.shape[0]):
            for column in (START, OWN, LABEL, BEFORE, NEXT, NURSE):
                best[node, column] = nodes[node, column]


@fast
def anneal(
    nodes: np.ndarray, sums: np.ndarray, best: np.ndarray, data: tuple, room: tuple, random: np.ndarray, heat: float,
    steps: int,
) -> int:  # fmt: skip
    """Try ``steps`` changes at temperature ``heat``, in ticks. How many were done."""
    done = 0
    cost = sums[TRAVEL] + sums[LATE] + sums[LARGEST]
    for _ in range(steps):
        limit = -heat * np.log(1.0 - unit(random))
        added = NEVER
        if sums[UNSAVED]:
            # copied at the last moment only: before the first step up
            added = change(nodes, data, room, sums, random, -0.5)
            if added == NEVER:
                keep(nodes, best, sums)
        if added == NEVER:
            added = change(nodes, data, room, sums, random, limit)
        if added == NEVER:
            continue
        done += 1
        cost += added
        if cost < sums[CHEAPEST]:
            sums[CHEAPEST] = cost
            sums[UNSAVED] = 1
    keep(nodes, best, sums)
    return done
