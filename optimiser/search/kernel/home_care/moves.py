"""The changes that annealing tries. Each gives what it adds to the cost when that is at most ``limit`` and was done,
else NEVER, with everything as it was. Travel is judged first: most changes end there."""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.home_care.data import (
    BEFORE,
    CLOSES,
    LABEL,
    LARGEST,
    LAST_LABEL,
    LASTS,
    LATE,
    MOST,
    NEXT,
    NURSE,
    OPENS,
    PARTNER,
    PLACE,
    SECOND,
    START,
)
from optimiser.search.kernel.home_care.fast import fast
from optimiser.search.kernel.home_care.routes import detour, exchange, link, put_back, relink, unlink
from optimiser.search.kernel.home_care.starts import NEVER, ask, judge
from optimiser.search.kernel.random_state import below, unit

NONE = -1
TRIES = 4
"""Places looked at for one service taken out."""
LIKELY = 0.95
"""How often a place comes from the list of likely ones before."""
LONGEST = 4
"""Services of a chain, unless it is all the rest of a route."""


@fast
def slot(nodes: np.ndarray, data: tuple, random: np.ndarray, node: int) -> int:
    """A node behind which a service may come, by somebody able; NONE when the one drawn is not."""
    _, near, near_count, able, able_list, able_count = data
    if near_count[node] > 0 and unit(random) < LIKELY:
        # the nearer the likelier
        before = near[node, int(near_count[node] * unit(random) * unit(random))]
        return before if able[nodes[before, NURSE], node] else NONE
    return able.shape[1] + able_list[node, below(random, able_count[node])]


@fast
def savable(nodes: np.ndarray, sums: np.ndarray, services: int, node: int) -> int:
    """At most so much tardiness can go when this service is taken out of its route."""
    after = nodes[node, NEXT]
    if nodes[node, PARTNER] < 0 and (after >= services or nodes[after, START] == nodes[after, OPENS]):
        return 2 * max(0, nodes[node, START] - nodes[node, CLOSES])
    return sums[LATE] + sums[LARGEST]


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
    ask(nodes, room[0], room[2], node)
    ask(nodes, room[0], room[2], nodes[node, NEXT])
    ask(nodes, room[0], room[2], after)
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
    most = limit + sums[LATE] + sums[LARGEST]
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
    ask(nodes, room[0], room[2], node)
    ask(nodes, room[0], room[2], nodes[node, NEXT])
    ask(nodes, room[0], room[2], after)
    added = judge(nodes, distances, room, sums, services, travel, limit)
    if added == NEVER:
        put_back(nodes, node, old)
    else:
        nodes[node, LABEL] = 2 * nodes[node, START]
    return added


@fast
def beside(
    nodes: np.ndarray, data: tuple, random: np.ndarray, first: int, before: int, second: int
) -> int:  # fmt: skip
    """With the first service of a patient behind ``before``: the place of least detour in the route of somebody able,
    drawn by chance, that does not go against the order of starts; NONE: there is none."""
    distances, _, _, able, _, _ = data
    services, people = able.shape[1], able.shape[0]
    place = slot(nodes, data, random, second)
    if place == NONE or nodes[place, NURSE] == nodes[before, NURSE]:
        return NONE
    low, high = nodes[before, LABEL], nodes[nodes[before, NEXT], LABEL]
    if nodes[first, MOST] > 0:
        begin = nodes[before, START] + nodes[before, LASTS] + distances[nodes[before, PLACE], nodes[first, PLACE]]
        high = 2 * (max(begin, nodes[first, OPENS]) + nodes[first, MOST])
        low += 1
    each, found, least = services + nodes[place, NURSE], NONE, 0
    while each < services + people or nodes[each, LABEL] < LAST_LABEL:
        if found != NONE and nodes[each, LABEL] >= high:
            break
        if nodes[nodes[each, NEXT], LABEL] > low and nodes[each, LABEL] < high:
            travel = detour(nodes, distances, second, each)
            if found == NONE or travel < least:
                found, least = each, travel
        each = nodes[each, NEXT]
    return found


@fast
def shift_both(
    nodes: np.ndarray, data: tuple, room: tuple, sums: np.ndarray, random: np.ndarray, first: int, limit: float
) -> int:  # fmt: skip
    """Other places for both services of a patient; ``first`` is the first of them."""
    distances, services = data[0], data[3].shape[1]
    second = nodes[first, PARTNER]
    old, after = nodes[first, BEFORE], nodes[first, NEXT]
    old_second, after_second = nodes[second, BEFORE], nodes[second, NEXT]
    most = limit + sums[LATE] + sums[LARGEST]
    gain = unlink(nodes, distances, first)
    gain += unlink(nodes, distances, second)
    before, other, travel = NONE, NONE, 0
    for _ in range(TRIES):
        before = slot(nodes, data, random, first)
        if before == NONE or gain + detour(nodes, distances, first, before) > most:
            before = NONE
            continue
        other = beside(nodes, data, random, first, before, second)
        if other == NONE or (before == old and other == old_second):
            before = NONE
            continue
        travel = gain + detour(nodes, distances, first, before) + detour(nodes, distances, second, other)
        if travel <= most:
            break
        before = NONE
    if before == NONE:
        relink(nodes, second)
        relink(nodes, first)
        return NEVER
    label = nodes[before, LABEL] + 1
    if nodes[first, MOST] == 0:
        label = max(label, nodes[other, LABEL] + 1)
        link(nodes, first, before, label)
        link(nodes, second, other, label)
    else:
        link(nodes, first, before, label)
        link(nodes, second, other, max(label, nodes[other, LABEL] + 1))
    pending, count = room[0], room[2]
    ask(nodes, pending, count, first)
    ask(nodes, pending, count, second)
    ask(nodes, pending, count, nodes[first, NEXT])
    ask(nodes, pending, count, nodes[second, NEXT])
    ask(nodes, pending, count, after)
    ask(nodes, pending, count, after_second)
    added = judge(nodes, distances, room, sums, services, travel, limit)
    if added == NEVER:
        unlink(nodes, distances, second)
        unlink(nodes, distances, first)
        link(nodes, second, old_second, 2 * nodes[second, START])
        link(nodes, first, old, 2 * nodes[first, START])
    else:
        nodes[first, LABEL] = 2 * nodes[first, START]
        nodes[second, LABEL] = 2 * nodes[second, START]
    return added


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
    ask(nodes, pending, count, node)
    ask(nodes, pending, count, other)
    ask(nodes, pending, count, after)
    ask(nodes, pending, count, behind)
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
    ask(nodes, pending, count, first)
    ask(nodes, pending, count, after)
    ask(nodes, pending, count, behind)
    ask(nodes, pending, count, begin)
    added = judge(nodes, distances, room, sums, services, travel, limit)
    if added == NEVER:
        exchange(nodes, left, new_left, right, new_right)
    return added
