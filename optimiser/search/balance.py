"""Sharing loads among groups, as cheaply as that can be, without more for a group than it has room for."""

from __future__ import annotations

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from optimiser.search.kernel.data import Ints


def balanced(cost: Ints, load: Ints, room: Ints, over: int) -> Ints:
    """[R] the group of each row, by a cheapest flow from rows to groups.

    ``cost`` [R, G] is what each unit of a row's load costs in a group, at least 0; ``load`` [R] what a row weighs, at
    least 1; ``room`` [G] what a group carries, above which each unit costs ``over`` more. A row that the flow divides
    (there are fewer of them than groups) goes as a whole where most of it went.
    """
    rows, groups = cost.shape
    flow, sink, total = SimpleMinCostFlow(), rows + groups, int(load.sum())
    group = np.arange(rows, sink)
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        np.repeat(np.arange(rows), groups), np.tile(group, rows), np.repeat(load, groups), cost.ravel()
    )
    ends = np.full(groups, sink)
    flow.add_arcs_with_capacity_and_unit_cost(group, ends, room, np.zeros(groups, dtype=np.int64))
    flow.add_arcs_with_capacity_and_unit_cost(group, ends, np.full(groups, total), np.full(groups, over))
    flow.set_nodes_supplies(np.arange(rows), load)
    flow.set_node_supply(sink, -total)
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise AssertionError(f"min-cost flow: {status}")
    return np.asarray(flow.flows(arcs), dtype=np.int64).reshape(rows, groups).argmax(axis=1)
