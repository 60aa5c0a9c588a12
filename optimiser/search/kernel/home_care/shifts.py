"""Changes of places. Each gives what it adds to the cost when that is at most ``limit`` and was done, else NEVER, with
everything as it was. What is taken out is timed first: then each place tried can only make things worse, and most fail
by their travel alone."""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.home_care.data import (
    BEFORE,
    HIGHEST,
    LABEL,
    LARGEST,
    LATER,
    MOST,
    NEXT,
    NURSE,
    PARTNER,
    SECOND,
    START,
)
from optimiser.search.kernel.home_care.fast import fast
from optimiser.search.kernel.home_care.routes import detour, link, unlink
from optimiser.search.kernel.home_care.slots import NONE, slot
from optimiser.search.kernel.home_care.starts import MUCH, NEVER, accept, ask, begin, loosen, untime, with_it, without

TRIES = 8
"""Places looked at for what was taken out."""


@fast
def fitting(nodes: np.ndarray, node: int, before: int) -> int:
    """From ``before`` along its route to where one service of a double patient fits beside the other; NONE: nowhere."""
    other = nodes[nodes[node, PARTNER], LABEL]
    at_once = nodes[node, MOST] == 0
    if at_once or not nodes[node, SECOND]:
        while nodes[before, LABEL] >= other:
            before = nodes[before, BEFORE]
    if at_once or nodes[node, SECOND]:
        while nodes[nodes[before, NEXT], LABEL] <= other:
            before = nodes[before, NEXT]
        if at_once and nodes[before, LABEL] >= other:
            return NONE
    return before


@fast
def put(nodes: np.ndarray, room: tuple, node: int, before: int, label: int) -> None:
    """Put a service that was taken out behind another, and have it timed."""
    link(nodes, node, before, label)
    ask(nodes, room[0], room[2], node, 0)
    ask(nodes, room[0], room[2], nodes[node, NEXT], 0)


@fast
def shift_one(
    nodes: np.ndarray, data: tuple, room: tuple, sums: np.ndarray, random: np.ndarray, node: int, limit: float
) -> int:  # fmt: skip
    """Another place for one service; of a double patient, by somebody else than gives the other."""
    distances, services = data[0], data[3].shape[1]
    partner, old, count = nodes[node, PARTNER], nodes[node, BEFORE], room[2]
    gain = unlink(nodes, distances, node)
    begin(room, sums[LARGEST])
    loosen(nodes, room, node)
    if without(nodes, distances, room, services):
        most = int(min(limit, MUCH)) - gain - count[LATER] - count[HIGHEST] + sums[LARGEST]
        for _ in range(TRIES):
            before = slot(nodes, data, random, node)
            if before != NONE and partner >= 0:
                before = NONE if nodes[before, NURSE] == nodes[partner, NURSE] else fitting(nodes, node, before)
            travel = NEVER
            if before != NONE and before != old:
                travel = detour(nodes, distances, node, before)
            if travel > most:
                continue
            label = nodes[before, LABEL] + 1
            if partner >= 0 and nodes[node, MOST] == 0:
                label = nodes[partner, LABEL]
            elif partner >= 0 and nodes[node, SECOND]:
                label = max(label, nodes[partner, LABEL])
            put(nodes, room, node, before, label)
            if with_it(nodes, distances, room, services, most - travel):
                nodes[node, LABEL] = 2 * nodes[node, START]
                return accept(nodes, room, sums, gain + travel, count[LATER], count[HIGHEST])
            unlink(nodes, distances, node)
    untime(nodes, room, 0)
    link(nodes, node, old, 2 * nodes[node, START])
    return NEVER
