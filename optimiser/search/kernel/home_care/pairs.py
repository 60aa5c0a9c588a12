"""Changes of the places of both services of a patient, as in shifts.py."""

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
    START,
)
from optimiser.search.kernel.home_care.fast import fast
from optimiser.search.kernel.home_care.routes import detour, link, relink, unlink
from optimiser.search.kernel.home_care.shifts import TRIES
from optimiser.search.kernel.home_care.slots import NONE, held, slot
from optimiser.search.kernel.home_care.starts import NEVER, ask, judge


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
    if not held(nodes, services, after) and not held(nodes, services, after_second):
        late = max(0, nodes[first, START] - nodes[first, CLOSES]) + max(0, nodes[second, START] - nodes[second, CLOSES])
        most = limit + 2 * late
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
    ask(nodes, pending, count, first, 1)
    ask(nodes, pending, count, second, 1)
    ask(nodes, pending, count, nodes[first, NEXT], 0)
    ask(nodes, pending, count, nodes[second, NEXT], 0)
    ask(nodes, pending, count, after, 1)
    ask(nodes, pending, count, after_second, 1)
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
