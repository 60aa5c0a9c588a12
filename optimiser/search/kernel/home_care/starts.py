"""When services start after a change of routes: only what the change reaches is timed again, earlier labels first."""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.home_care.data import (
    BEFORE,
    CLOSES,
    HIGHEST,
    LABEL,
    LARGEST,
    LAST_LABEL,
    LASTS,
    LATE,
    LATER,
    LEAST,
    LOGGED,
    LOST,
    MOST,
    NEXT,
    OPENS,
    OWN,
    PARTNER,
    PENDING,
    PLACE,
    QUEUED,
    SECOND,
    SOONER,
    START,
    TIMED,
)
from optimiser.search.kernel.home_care.fast import fast

NEVER = 1 << 60
"""What a change adds that was not done."""
MUCH = 1e15
OFTEN = 5
"""A service timed more often than that by one change is in a circle of pushes that does not end, or seldom."""


@fast
def ask(nodes: np.ndarray, pending: np.ndarray, count: np.ndarray, node: int, sooner: int) -> None:
    """Have a node timed again; ends of routes have no time. ``sooner``: it may become sooner, not
    only later."""
    if nodes[node, LABEL] == LAST_LABEL:
        return
    if nodes[node, QUEUED] == 0:
        pending[count[PENDING]] = node
        count[PENDING] += 1
        nodes[node, QUEUED] = 1
    if sooner and nodes[node, QUEUED] == 1:
        nodes[node, QUEUED] = 2
        count[SOONER] += 1


@fast
def _move(nodes: np.ndarray, room: tuple, node: int, own: int, start: int) -> None:
    """Give a node its times, remember the old ones, and have those behind it timed."""
    pending, log, count = room
    at = count[LOGGED]
    log[at, 0], log[at, 1], log[at, 2] = node, nodes[node, OWN], nodes[node, START]
    count[LOGGED] = at + 1
    nodes[node, TIMED] += 1
    nodes[node, OWN] = own
    before = nodes[node, START]
    if start == before:
        return
    nodes[node, START] = start
    closes = nodes[node, CLOSES]
    was, late = max(0, before - closes), max(0, start - closes)
    if was != late:
        count[LATER] += late - was
        if was > late and was >= count[HIGHEST]:
            count[LOST] = 1
        count[HIGHEST] = max(count[HIGHEST], late)
    ask(nodes, pending, count, nodes[node, NEXT], 1 if start < before else 0)


@fast
def _give_up(nodes: np.ndarray, room: tuple) -> bool:
    """Nothing waits to be timed any more; False."""
    pending, _, count = room
    for other in range(count[PENDING]):
        nodes[pending[other], QUEUED] = 0
    count[PENDING] = count[SOONER] = 0
    return False


@fast
def place(nodes: np.ndarray, room: tuple, node: int, own: int) -> None:
    """Give a service the earliest time that its own route allows, and it and its partner the starts that follow."""
    partner = nodes[node, PARTNER]
    if partner < 0:
        _move(nodes, room, node, own, own)
    elif nodes[node, SECOND]:
        start = max(own, nodes[partner, OWN] + nodes[node, LEAST])
        _move(nodes, room, node, own, start)
        first = max(nodes[partner, OWN], start - nodes[node, MOST])
        if first != nodes[partner, START]:
            _move(nodes, room, partner, nodes[partner, OWN], first)
    else:
        start = max(nodes[partner, OWN], own + nodes[node, LEAST])
        _move(nodes, room, node, own, max(own, start - nodes[node, MOST]))
        if start != nodes[partner, START]:
            _move(nodes, room, partner, nodes[partner, OWN], start)


@fast
def begin(room: tuple, largest: int) -> None:
    """Before a change: nothing was timed yet, and ``largest`` is the largest tardiness."""
    count = room[2]
    count[LOGGED] = count[LATER] = count[LOST] = 0
    count[HIGHEST] = largest


@fast
def retime(nodes: np.ndarray, distances: np.ndarray, room: tuple, largest: int, most: int) -> bool:
    """Time all that was asked for and all that follows from it. ``count`` then holds what tardiness does; ``largest``
    was it. False when it adds more than ``most`` for sure, or cannot be: starts would need to be more apart than
    allowed, each pushing the other on."""
    pending, _, count = room
    while count[PENDING] > 0:
        if count[SOONER] == 0 and count[LATER] + (-largest if count[LOST] else count[HIGHEST] - largest) > most:
            return _give_up(nodes, room)
        at, lowest = 0, nodes[pending[0], LABEL]
        for other in range(1, count[PENDING]):
            if nodes[pending[other], LABEL] < lowest:
                at, lowest = other, nodes[pending[other], LABEL]
        node = pending[at]
        count[PENDING] -= 1
        pending[at] = pending[count[PENDING]]
        count[SOONER] -= nodes[node, QUEUED] - 1
        nodes[node, QUEUED] = 0
        last = nodes[node, BEFORE]
        there = nodes[last, START] + nodes[last, LASTS] + distances[nodes[last, PLACE], nodes[node, PLACE]]
        own = max(nodes[node, OPENS], there)
        if own == nodes[node, OWN]:
            continue
        if nodes[node, TIMED] > OFTEN:
            return _give_up(nodes, room)
        place(nodes, room, node, own)
    return True


@fast
def untime(nodes: np.ndarray, room: tuple, mark: int) -> None:
    """Put times back to those of when ``mark`` had been given."""
    _, log, count = room
    for at in range(count[LOGGED] - 1, mark - 1, -1):
        node = log[at, 0]
        nodes[node, OWN] = log[at, 1]
        nodes[node, START] = log[at, 2]
        nodes[node, TIMED] -= 1
    count[LOGGED] = mark


@fast
def largest_late(nodes: np.ndarray, services: int) -> int:
    """The largest tardiness of all services."""
    largest = 0
    for node in range(services):
        largest = max(largest, nodes[node, START] - nodes[node, CLOSES])
    return largest


@fast
def accept(nodes: np.ndarray, room: tuple, sums: np.ndarray, travel: int, late: int, largest: int) -> int:
    """Bring sums and labels up to date; what was added in all."""
    _, log, count = room
    added = travel + late + largest - sums[LARGEST]
    sums[0] += travel
    sums[LATE] += late
    sums[LARGEST] = largest
    for at in range(count[LOGGED]):
        nodes[log[at, 0], LABEL] = 2 * nodes[log[at, 0], START]
        nodes[log[at, 0], TIMED] = 0
    return added


@fast
def judge(
    nodes: np.ndarray, distances: np.ndarray, room: tuple, sums: np.ndarray, services: int, travel: int, limit: float
) -> int:  # fmt: skip
    """Time a change that adds ``travel``: what it adds in all when that is at most ``limit``, with the sums brought up
    to date; else NEVER, with the times put back."""
    count = room[2]
    begin(room, sums[LARGEST])
    if retime(nodes, distances, room, sums[LARGEST], int(min(limit, MUCH)) - travel):
        added = travel + count[LATER] - sums[LARGEST]
        largest = count[HIGHEST]
        if count[LOST] and added <= limit:
            largest = largest_late(nodes, services)
        if added + largest <= limit:
            return accept(nodes, room, sums, travel, count[LATER], largest)
    untime(nodes, room, 0)
    return NEVER


@fast
def loosen(nodes: np.ndarray, room: tuple, node: int) -> None:
    """Have a service that was taken out of its route start as early as its window allows, as if nobody came before, and
    what came behind it timed."""
    place(nodes, room, node, nodes[node, OPENS])
    ask(nodes, room[0], room[2], nodes[node, NEXT], 1)


@fast
def without(nodes: np.ndarray, distances: np.ndarray, room: tuple, services: int) -> bool:
    """Time all as it is without the services that were loosened: from here on it can only get worse."""
    count = room[2]
    if not retime(nodes, distances, room, count[HIGHEST], NEVER):
        return False
    if count[LOST]:
        count[HIGHEST] = largest_late(nodes, services)
        count[LOST] = 0
    return True


@fast
def with_it(nodes: np.ndarray, distances: np.ndarray, room: tuple, services: int, most: int) -> bool:
    """Time all with services put back in: whether tardiness then adds at most ``most`` to that without them. ``count``
    holds both together; when not, it and all times are as without them."""
    count = room[2]
    mark, late, largest = count[LOGGED], count[LATER], count[HIGHEST]
    count[LATER] = 0
    if retime(nodes, distances, room, largest, most):
        if count[LOST]:
            count[HIGHEST] = largest_late(nodes, services)
        if count[LATER] + count[HIGHEST] - largest <= most:
            count[LATER] += late
            return True
    untime(nodes, room, mark)
    count[LATER], count[HIGHEST], count[LOST] = late, largest, 0
    return False
