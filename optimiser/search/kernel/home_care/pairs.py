"""Changes of the places of both services of a patient, as in shifts.py."""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.home_care.data import (
    BEFORE,
    HIGHEST,
    LABEL,
    LARGEST,
    LAST_LABEL,
    LASTS,
    LATER,
    MOST,
    NEXT,
    NURSE,
    OPENS,
    PARTNER,
    PLACE,
    START,
)
from optimiser.search.kernel.home_care.fast import fast
from optimiser.search.kernel.home_care.routes import detour, link, unlink
from optimiser.search.kernel.home_care.shifts import TRIES, put
from optimiser.search.kernel.home_care.slots import NONE, slot
from optimiser.search.kernel.home_care.starts import MUCH, NEVER, accept, begin, loosen, untime, with_it, without


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
    second, count = nodes[first, PARTNER], room[2]
    old, old_second = nodes[first, BEFORE], nodes[second, BEFORE]
    gain = unlink(nodes, distances, first)
    gain += unlink(nodes, distances, second)
    begin(room, sums[LARGEST])
    loosen(nodes, room, first)
    loosen(nodes, room, second)
    if without(nodes, distances, room, services):
        most = int(min(limit, MUCH)) - gain - count[LATER] - count[HIGHEST] + sums[LARGEST]
        for _ in range(TRIES):
            before = slot(nodes, data, random, first)
            if before == NONE or detour(nodes, distances, first, before) > most:
                continue
            other = beside(nodes, data, random, first, before, second)
            if other == NONE or (before == old and other == old_second):
                continue
            travel = detour(nodes, distances, first, before) + detour(nodes, distances, second, other)
            if travel > most:
                continue
            label, later = nodes[before, LABEL] + 1, nodes[other, LABEL] + 1
            later = max(label, later)
            put(nodes, room, first, before, later if nodes[first, MOST] == 0 else label)
            put(nodes, room, second, other, later)
            if with_it(nodes, distances, room, services, most - travel):
                nodes[first, LABEL] = 2 * nodes[first, START]
                nodes[second, LABEL] = 2 * nodes[second, START]
                return accept(nodes, room, sums, gain + travel, count[LATER], count[HIGHEST])
            unlink(nodes, distances, second)
            unlink(nodes, distances, first)
    untime(nodes, room, 0)
    link(nodes, second, old_second, 2 * nodes[second, START])
    link(nodes, first, old, 2 * nodes[first, START])
    return NEVER
