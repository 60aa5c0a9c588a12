"""Changes of the place of one service. Each gives what it adds to the cost when that is at most ``limit`` and was done,
else NEVER, with everything as it was. Travel is judged first: most changes end there."""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.home_care.data import (
    BEFORE,
    LABEL,
    MOST,
    NEXT,
    NURSE,
    PARTNER,
    SECOND,
    START,
)
from optimiser.search.kernel.home_care.fast import fast
from optimiser.search.kernel.home_care.routes import detour, link, put_back, relink, unlink
from optimiser.search.kernel.home_care.slots import NONE, savable, slot
from optimiser.search.kernel.home_care.starts import NEVER, ask, judge

TRIES = 4
"""Places looked at for one service taken out."""


@fast
def shift_single(
    nodes: np.ndarray, data: tuple, room: tuple, sums: np.ndarray, random: np.ndarray, node: int, limit: float
) -> int:  # fmt: skip
    """Another place for the only service of a patient."""
    distances, services = data[0], data[3].shape[1]
    old, after = nodes[node, BEFORE], nodes[node, NEXT]
    most = limit + savable(nodes, sums, services, node)
    gain = unlink(nodes, distances, node)
    before, travel = NONE, 0
    for _ in range(TRIES):
        before = slot(nodes, data, random, node)
        if before != NONE and before != old:
            travel = gain + detour(nodes, distances, node, before)
            if travel <= most:
                break
        before = NONE
    if before == NONE:
        relink(nodes, node)
        return NEVER
    link(nodes, node, before, nodes[before, LABEL] + 1)
    ask(nodes, room[0], room[2], node, 1)
    ask(nodes, room[0], room[2], nodes[node, NEXT], 0)
    ask(nodes, room[0], room[2], after, 1)
    added = judge(nodes, distances, room, sums, services, travel, limit)
    if added == NEVER:
        put_back(nodes, node, old)
    else:
        nodes[node, LABEL] = 2 * nodes[node, START]
    return added


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
def shift_one(
    nodes: np.ndarray, data: tuple, room: tuple, sums: np.ndarray, random: np.ndarray, node: int, limit: float
) -> int:  # fmt: skip
    """Another place for one service of a double patient, by somebody else than gives the other."""
    distances, services = data[0], data[3].shape[1]
    partner, old, after = nodes[node, PARTNER], nodes[node, BEFORE], nodes[node, NEXT]
    most = limit + savable(nodes, sums, services, node)
    gain = unlink(nodes, distances, node)
    before, travel = NONE, 0
    for _ in range(TRIES):
        before = slot(nodes, data, random, node)
        if before != NONE:
            before = NONE if nodes[before, NURSE] == nodes[partner, NURSE] else fitting(nodes, node, before)
        if before != NONE and before != old:
            travel = gain + detour(nodes, distances, node, before)
            if travel <= most:
                break
        before = NONE
    if before == NONE:
        relink(nodes, node)
        return NEVER
    label = nodes[before, LABEL] + 1
    if nodes[node, MOST] == 0:
        label = nodes[partner, LABEL]
    elif nodes[node, SECOND]:
        label = max(label, nodes[partner, LABEL])
    link(nodes, node, before, label)
    ask(nodes, room[0], room[2], node, 1)
    ask(nodes, room[0], room[2], nodes[node, NEXT], 0)
    ask(nodes, room[0], room[2], after, 1)
    added = judge(nodes, distances, room, sums, services, travel, limit)
    if added == NEVER:
        put_back(nodes, node, old)
    else:
        nodes[node, LABEL] = 2 * nodes[node, START]
    return added
