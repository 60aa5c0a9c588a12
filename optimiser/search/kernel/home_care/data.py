"""The arrays of the home care search.

A *node* is a service, or the begin or the end of a caregiver's route. All that is known of a node lies in one row of
``nodes``, so that it comes from memory at once. The *label* of a service is twice its start (twice, so that a moved one
fits between any two): along routes and from first to second services labels rise, so that every change whose new
neighbours rise in label too is free of circles, and nobody waits for herself.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.home_care import LONGEST_DAY, HomeCareProblem, HomeCareSolution, HomeStop

(START, OWN, LABEL, BEFORE, NEXT, NURSE, QUEUED, OPENS, CLOSES, LASTS, PLACE, PARTNER, LEAST, MOST, SECOND,
 TIMED, COLUMNS) = range(17)  # fmt: skip
"""Of a node: its start; the earliest its own route and window allow; its label; its neighbours in the route; whose
route; whether it waits to be timed again; window, duration, place; the other service of its patient (NOBODY: none), the
gap between the two starts, and whether it is the second of them; how often the change at hand gave it a time."""
NOBODY = -1
LAST_LABEL = 2 * LONGEST_DAY + 1
BEFORE_ALL = -1
NEAREST = 40
"""How many services are kept as likely ones before each service."""
LIKELIEST = 5
LATE_WEIGHT, WAIT_WEIGHT = 1.0, 0.2
"""What a tick of tardiness or of waiting that no start can avoid counts, in ticks of travel, for likely ones."""

Table = NDArray[np.int32]


class HomeData(NamedTuple):
    """``distances[place, place]``; ``near[service, n]``: services that could well come before it, and ``near_count``;
    ``able[caregiver, service]``, and ``able_list[service, n]`` with ``able_count``; ``doubles``: first services."""

    distances: Table
    near: Table
    near_count: Table
    able: NDArray[np.uint8]
    able_list: Table
    able_count: Table


class HomeState(NamedTuple):
    """``nodes[node, column]``; ``sums``: travel, tardiness, largest tardiness, and the least cost so far; ``best``: a
    copy of the columns BEFORE, NEXT, NURSE and LABEL of then."""

    nodes: Table
    sums: NDArray[np.int64]
    best: Table


class Room(NamedTuple):
    """Room to work in: nodes to be timed, what a change wrote over (node, OWN, START), and counters."""

    pending: Table
    log: Table
    count: NDArray[np.int64]


TRAVEL, LATE, LARGEST, CHEAPEST, UNSAVED = range(5)
"""Of ``sums``; UNSAVED: the state is the cheapest yet and not copied."""
PENDING, LOGGED, LATER, HIGHEST, LOST, SOONER = range(6)
"""Of ``count``; of the last timing: added tardiness, the largest new one, whether the largest may have gone, and how
many of those pending may become sooner."""


def encode(problem: HomeCareProblem) -> tuple[HomeData, Table]:
    """The arrays of a problem, and its nodes without routes."""
    services = [(at, each) for at, patient in enumerate(problem.patients) for each in patient.services]
    count, people = len(services), len(problem.caregivers)
    nodes = np.zeros((count + 2 * people, COLUMNS), dtype=np.int32)
    nodes[:, PARTNER] = NOBODY
    node = 0
    for at, patient in enumerate(problem.patients):
        for second, service in enumerate(patient.services):
            nodes[node, [OPENS, CLOSES, LASTS, PLACE]] = patient.opens, patient.closes, service.duration, at + 1
            if len(patient.services) == 2:
                nodes[node, PARTNER] = node + (-1 if second else 1)
                nodes[node, [LEAST, MOST, SECOND]] = patient.least_gap, patient.most_gap, second
            node += 1
    for nurse in range(people):
        nodes[count + nurse, [NURSE, LABEL]] = nurse, BEFORE_ALL
        nodes[count + people + nurse, [NURSE, LABEL]] = nurse, LAST_LABEL
    able = np.array(
        [[service.ability in each.abilities for _, service in services] for each in problem.caregivers], dtype=np.uint8
    )
    able_count = able.sum(axis=0).astype(np.int32)
    able_list = np.argsort(1 - able.astype(np.int32), axis=0, kind="stable").T.astype(np.int32).copy()
    distances = np.array(problem.distances, dtype=np.int32)
    near, near_count = _near(nodes[:count], distances, able)
    return HomeData(distances, near, near_count, able, able_list, able_count), nodes


def _near(nodes: Table, distances: Table, able: NDArray[np.uint8]) -> tuple[Table, Table]:
    """For each service those that could come before it at little loss, the best first."""
    wide = nodes.astype(np.int64)
    place = wide[:, PLACE]
    way = distances[np.ix_(place, place)].astype(np.int64)
    ready = wide[:, LASTS][:, None] + way
    late = np.maximum(0, wide[:, OPENS][:, None] + ready - wide[:, CLOSES][None, :])
    wait = np.maximum(0, wide[:, OPENS][None, :] - wide[:, CLOSES][:, None] - ready)
    loss = way + LATE_WEIGHT * late + WAIT_WEIGHT * wait
    both = able.astype(np.int64).T @ able.astype(np.int64)
    loss[(both == 0) | (place[:, None] == place[None, :])] = np.inf
    order = np.argsort(loss, axis=0, kind="stable").T[:, :NEAREST].astype(np.int32).copy()
    known = np.isfinite(loss).sum(axis=0)
    return order, np.minimum(known, order.shape[1]).astype(np.int32)


def first_nodes(problem: HomeCareProblem, data: HomeData, nodes: Table) -> Table:
    """Everybody served, patients in the order of their windows, each by who is there first at the least travel."""
    count, people = data.able.shape[1], data.able.shape[0]
    made = nodes.copy()
    made[count : count + people, NEXT] = np.arange(count + people, count + 2 * people)
    made[count + people :, BEFORE] = np.arange(count, count + people)
    firsts = np.cumsum([0, *(len(patient.services) for patient in problem.patients)])
    for at in sorted(range(len(problem.patients)), key=lambda each: (problem.patients[each].closes, each)):
        _append(data, made, range(int(firsts[at]), int(firsts[at + 1])))
    return made


def _append(data: HomeData, nodes: Table, services: range) -> None:
    """Put the services of a patient at the ends of two routes, and time them."""
    people, count = data.able.shape
    lasts = nodes[count + people :, BEFORE]
    ready = nodes[lasts, START] + nodes[lasts, LASTS] + data.distances[nodes[lasts, PLACE], nodes[services[0], PLACE]]
    way = data.distances[nodes[lasts, PLACE], nodes[services[0], PLACE]]
    late = np.maximum(0, ready - nodes[services[0], CLOSES])
    loss = np.where(data.able[:, list(services)].T == 1, way + 2.0 * late, np.inf)
    if len(services) == 1:
        chosen = [int(np.argmin(loss[0]))]
    else:
        both = loss[0][:, None] + loss[1][None, :]
        np.fill_diagonal(both, np.inf)
        chosen = [int(each) for each in np.unravel_index(int(np.argmin(both)), both.shape)]
    own = [max(int(nodes[services[0], OPENS]), int(ready[nurse])) for nurse in chosen]
    starts = own
    if len(services) == 2:
        second = max(own[1], own[0] + int(nodes[services[0], LEAST]))
        starts = [max(own[0], second - int(nodes[services[0], MOST])), second]
    for service, nurse, earliest, start in zip(services, chosen, own, starts, strict=True):
        last = int(nodes[count + people + nurse, BEFORE])
        nodes[service, [START, OWN, LABEL, NURSE]] = start, earliest, 2 * start, nurse
        nodes[service, [BEFORE, NEXT]] = last, count + people + nurse
        nodes[last, NEXT] = nodes[count + people + nurse, BEFORE] = service


def state_of(data: HomeData, nodes: Table) -> HomeState:
    """The state of timed routes."""
    count = data.able.shape[1]
    kept = nodes.copy()
    late = np.maximum(0, kept[:count, START].astype(np.int64) - kept[:count, CLOSES])
    travel = int(data.distances[kept[:count, PLACE], kept[kept[:count, NEXT], PLACE]].astype(np.int64).sum())
    firsts = kept[count : count + len(data.able), NEXT]
    travel += int(data.distances[0, kept[firsts, PLACE]].astype(np.int64).sum())
    largest = int(late.max(initial=0))
    sums = np.array([travel, late.sum(), largest, travel + int(late.sum()) + largest, 0], dtype=np.int64)
    return HomeState(kept, sums, kept.copy())


def room_for(nodes: Table) -> Room:
    """Room for changes of these nodes."""
    size = len(nodes)
    return Room(np.zeros(2 * size, dtype=np.int32), np.zeros((16 * size + 64, 3), dtype=np.int32),
                np.zeros(8, dtype=np.int64))  # fmt: skip


def solution_of(problem: HomeCareProblem, data: HomeData, nodes: Table) -> HomeCareSolution:
    """The routes of nodes."""
    names = [(at, number) for at, patient in enumerate(problem.patients) for number in range(len(patient.services))]
    people, count = data.able.shape
    routes = []
    for nurse in range(people):
        node, route = int(nodes[count + nurse, NEXT]), []
        while node < count:
            route.append(HomeStop(int(nodes[node, START]), *names[node]))
            node = int(nodes[node, NEXT])
        routes.append(tuple(route))
    return HomeCareSolution(tuple(routes))


def scales(data: HomeData, nodes: Table) -> tuple[float, float]:
    """What temperatures are measured in, in ticks: the mean way between any two places, and that from the likeliest
    services before a service to it."""
    places = len(data.distances)
    far = float(data.distances.astype(np.int64).sum()) / max(1, places * (places - 1))
    ways = [
        int(data.distances[nodes[before, PLACE], nodes[node, PLACE]])
        for node, (some, count) in enumerate(zip(data.near, data.near_count, strict=True))
        for before in some[: min(LIKELIEST, count)]
    ]
    return max(1.0, far), max(1.0, float(np.mean(ways)) if ways else far)
