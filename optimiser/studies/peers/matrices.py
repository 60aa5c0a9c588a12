"""Minutes and costs between the nodes of a part, for one route: what all peers are fed with.

Nodes: the work of the part by number, then for route ``v`` its start ``W + 2v`` and its end ``W + 2v + 1``. Work
without a place is done where the nurse is; a matrix cannot say that, so that the way from it is taken as the median way
to the next place. The decoder puts the true way in.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.problem import FORBIDDEN
from optimiser.search.kernel.data import SLOT_END_PLACE, SLOT_FREE_LEG, SLOT_SLICE, SLOT_START_PLACE
from optimiser.studies.peers.parts import Part, Shared

NEVER = 1_000_000
"""The price of a way to work that the nurse may not do."""
Table = NDArray[np.int64]


class Matrices(NamedTuple):
    """[nodes, nodes] of one route: ``minutes`` on the clock (slack included, service not), ``cost`` of the objective
    (travel, home legs, who serves whom), and ``typical[work]``: the median way to each work."""

    minutes: Table
    cost: Table
    typical: Table


def matrices(part: Part, shared: Shared, vehicle: int) -> Matrices:
    """The tables of route number ``vehicle`` of the part; the nodes of other routes are left at zero."""
    data, row = shared.data, shared.state.slot[part.vehicles[vehicle]]
    ways = data.travel[row[SLOT_SLICE]].astype(np.int64)
    count = len(part.work)
    nodes = count + 2 * len(part.vehicles)
    places = np.array([each.place for each in part.work], dtype=np.int64)
    there = places >= 0
    between = ways[np.ix_(places, places)]
    typical = _median_into(between, there)
    between[~there, :] = typical
    between[:, ~there] = 0
    start, end = count + 2 * vehicle, count + 2 * vehicle + 1
    first = np.where(there, ways[row[SLOT_START_PLACE], places], 0)
    last = np.where(there, ways[places, row[SLOT_END_PLACE]], 0)
    if there.any():
        last = np.where(there, last, int(np.median(last[there])))
    minutes, cost = np.zeros((nodes, nodes), dtype=np.int64), np.zeros((nodes, nodes), dtype=np.int64)
    minutes[:count, :count] = between + data.slack
    minutes[start, :count] = np.maximum(0, first - row[SLOT_FREE_LEG])
    minutes[:count, end] = np.maximum(0, last - row[SLOT_FREE_LEG])
    cost[:count, :count] = between * data.weight_travel
    cost[start, :count] = first * data.weight_home
    cost[:count, end] = last * data.weight_home
    serve = part.serve[vehicle]
    cost[:, :count] += np.where(serve == FORBIDDEN, NEVER, serve)
    np.fill_diagonal(minutes, 0)
    np.fill_diagonal(cost, 0)
    return Matrices(minutes, cost, typical)


def _median_into(between: Table, there: NDArray[np.bool_]) -> Table:
    """The median way to each work from other work with a place."""
    if there.sum() < 2:
        return np.zeros(len(there), dtype=np.int64)
    typical = np.median(between[there, :], axis=0).astype(np.int64)
    return np.where(there, typical, 0)
