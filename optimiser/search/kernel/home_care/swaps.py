"""Exchanges of places and of chains of routes, as in shifts.py."""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.home_care.data import (
    BEFORE,
    LABEL,
    LARGEST,
    LAST_LABEL,
    LATE,
    NEXT,
    NURSE,
    PARTNER,
    PLACE,
    START,
)
from optimiser.search.kernel.home_care.fast import fast
from optimiser.search.kernel.home_care.routes import exchange, relink
from optimiser.search.kernel.home_care.slots import NONE, held, savable, slot
from optimiser.search.kernel.home_care.starts import NEVER, ask, judge
from optimiser.search.kernel.random_state import below

LONGEST = 4
"""Services of a chain, unless it is all the rest of a route."""


@fast
def _change_places(nodes: np.ndarray, node: int, other: int) -> None:
    """Two services that are not neighbours change places and labels."""
    for column in (BEFORE, NEXT, NURSE, LABEL):
        nodes[node, column], nodes[other, column] = nodes[other, column], nodes[node, column]
    relink(nodes, node)
    relink(nodes, other)


@fast
def swap_singles(
    nodes: np.ndarray, data: tuple, room: tuple, sums: np.ndarray, random: np.ndarray, node: int, limit: float
) -> int:  # fmt: skip
    """Two patients with one service each change places, one of them to a likely place."""
    distances, able, services = data[0], data[3], data[3].shape[1]
    before = slot(nodes, data, random, node)
    if before == NONE:
        return NEVER
    other, old, after = nodes[before, NEXT], nodes[node, BEFORE], nodes[node, NEXT]
    if other >= services or nodes[other, PARTNER] >= 0 or not able[nodes[node, NURSE], other]:
        return NEVER
    if before == node or after == other or old == other:
        return NEVER
    behind = nodes[other, NEXT]
    here, there = nodes[node, PLACE], nodes[other, PLACE]
    first, last, left, right = nodes[old, PLACE], nodes[after, PLACE], nodes[before, PLACE], nodes[behind, PLACE]
    travel = (
        distances[first, there] + distances[there, last] - distances[first, here] - distances[here, last]
        + distances[left, here] + distances[here, right] - distances[left, there] - distances[there, right]
    )  # fmt: skip
    if travel > limit + savable(nodes, sums, services, node) + savable(nodes, sums, services, other):
        return NEVER
    _change_places(nodes, node, other)
    pending, count = room[0], room[2]
    ask(nodes, pending, count, node, 1)
    ask(nodes, pending, count, other, 1)
    ask(nodes, pending, count, after, 1)
    ask(nodes, pending, count, behind, 1)
    added = judge(nodes, distances, room, sums, services, travel, limit)
    if added == NEVER:
        _change_places(nodes, node, other)
    nodes[node, LABEL] = 2 * nodes[node, START]
    nodes[other, LABEL] = 2 * nodes[other, START]
    return added


@fast
def chain_fits(
    nodes: np.ndarray, able: np.ndarray, left: int, last: int, nurse: int, low: int, high: int
) -> bool:  # fmt: skip
    """Whether a caregiver may have what is behind ``left`` up to ``last``: able, and never both services of a patient.
    What she gives away meanwhile has labels from ``low`` to ``high``."""
    node = left
    while node != last:
        node = nodes[node, NEXT]
        if not able[nurse, node]:
            return False
        partner = nodes[node, PARTNER]
        if partner >= 0 and nodes[partner, NURSE] == nurse and not low <= nodes[partner, LABEL] <= high:
            return False
    return True


@fast
def swap_chains(
    nodes: np.ndarray, data: tuple, room: tuple, sums: np.ndarray, random: np.ndarray, node: int, limit: float
) -> int:  # fmt: skip
    """Two caregivers exchange chains of their routes, which may be all the rest, and of which one may be empty."""
    distances, able, services = data[0], data[3], data[3].shape[1]
    right = slot(nodes, data, random, node)
    nurse = nodes[node, NURSE]
    if right == NONE or nodes[right, NURSE] == nurse:
        return NEVER
    other, left, last = nodes[right, NURSE], nodes[node, BEFORE], node
    # the new neighbours rise in label: right < node is asked here, left < next of right, and the two ends below
    if nodes[right, LABEL] >= nodes[node, LABEL] or nodes[left, LABEL] >= nodes[nodes[right, NEXT], LABEL]:
        return NEVER
    whole = below(random, LONGEST + 1)
    for _ in range(services if whole == LONGEST else below(random, LONGEST)):
        if nodes[last, NEXT] >= services:
            break
        last = nodes[last, NEXT]
    end, high = right, nodes[nodes[last, NEXT], LABEL]
    if whole == LONGEST:
        while nodes[end, NEXT] < services:
            end = nodes[end, NEXT]
    else:
        while nodes[nodes[end, NEXT], LABEL] <= nodes[last, LABEL]:
            end = nodes[end, NEXT]
        for _ in range(below(random, 3)):
            if nodes[end, NEXT] < services and nodes[nodes[end, NEXT], LABEL] < high:
                end = nodes[end, NEXT]
    if nodes[end, LABEL] >= high:
        return NEVER
    first, after, begin, behind = node, nodes[last, NEXT], nodes[right, NEXT], nodes[end, NEXT]
    p, q = nodes[left, PLACE], nodes[right, PLACE]
    travel = (
        distances[q, nodes[first, PLACE]] - distances[p, nodes[first, PLACE]]
        + distances[nodes[last, PLACE], nodes[behind, PLACE]] - distances[nodes[last, PLACE], nodes[after, PLACE]]
    )  # fmt: skip
    if end == right:
        travel += distances[p, nodes[after, PLACE]] - distances[q, nodes[begin, PLACE]]
    else:
        travel += distances[p, nodes[begin, PLACE]] - distances[q, nodes[begin, PLACE]]
        travel += distances[nodes[end, PLACE], nodes[after, PLACE]] - distances[nodes[end, PLACE], nodes[behind, PLACE]]
    if travel > limit and not (
        held(nodes, services, first) or held(nodes, services, after) or held(nodes, services, begin)
        or held(nodes, services, behind)
    ):  # nothing can be sooner
        return NEVER
    if travel > limit + sums[LATE] + sums[LARGEST]:
        return NEVER
    low_end = LAST_LABEL if end == right else nodes[begin, LABEL]
    if not chain_fits(nodes, able, left, last, other, low_end, nodes[end, LABEL]):
        return NEVER
    if not chain_fits(nodes, able, right, end, nurse, nodes[first, LABEL], nodes[last, LABEL]):
        return NEVER
    new_left, new_right = (left if end == right else end), last
    exchange(nodes, left, last, right, end)
    pending, count = room[0], room[2]
    ask(nodes, pending, count, first, 1)
    ask(nodes, pending, count, after, 1)
    ask(nodes, pending, count, behind, 1)
    ask(nodes, pending, count, begin, 1)
    added = judge(nodes, distances, room, sums, services, travel, limit)
    if added == NEVER:
        exchange(nodes, left, new_left, right, new_right)
    return added
