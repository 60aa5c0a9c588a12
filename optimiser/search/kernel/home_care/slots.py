"""Where a service may go: mostly behind one that is likely before it."""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.home_care.data import CLOSES, LARGEST, LATE, NEXT, NURSE, OPENS, OWN, PARTNER, START
from optimiser.search.kernel.home_care.fast import fast
from optimiser.search.kernel.random_state import below, unit

NONE = -1
LIKELY = 0.95
"""How often a place comes from the list of likely ones before."""


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
def held(nodes: np.ndarray, services: int, node: int) -> bool:
    """Whether what comes before a node keeps it from starting sooner."""
    return node < services and nodes[node, START] > nodes[node, OPENS]


@fast
def savable(nodes: np.ndarray, sums: np.ndarray, services: int, node: int) -> int:
    """At most so much tardiness can go when this service is taken out of its route."""
    partner = nodes[node, PARTNER]
    if held(nodes, services, nodes[node, NEXT]) or (partner >= 0 and nodes[partner, START] > nodes[partner, OWN]):
        return sums[LATE] + sums[LARGEST]
    return 2 * max(0, nodes[node, START] - nodes[node, CLOSES])
