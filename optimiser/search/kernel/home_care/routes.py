"""Taking services out of routes and putting them in; every change can be undone by its opposite."""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.home_care.data import BEFORE, LABEL, NEXT, NURSE, PLACE
from optimiser.search.kernel.home_care.fast import fast


@fast
def unlink(nodes: np.ndarray, distances: np.ndarray, node: int) -> int:
    """Take a service out of its route; travel added (mostly below 0). It remembers where it was."""
    before, after = nodes[node, BEFORE], nodes[node, NEXT]
    nodes[before, NEXT] = after
    nodes[after, BEFORE] = before
    here, first, last = nodes[node, PLACE], nodes[before, PLACE], nodes[after, PLACE]
    return distances[first, last] - distances[first, here] - distances[here, last]


@fast
def relink(nodes: np.ndarray, node: int) -> None:
    """Put a service back where it was when it was taken out last."""
    nodes[nodes[node, BEFORE], NEXT] = node
    nodes[nodes[node, NEXT], BEFORE] = node


@fast
def detour(nodes: np.ndarray, distances: np.ndarray, node: int, before: int) -> int:
    """Travel added by a service behind ``before``."""
    here, first, last = nodes[node, PLACE], nodes[before, PLACE], nodes[nodes[before, NEXT], PLACE]
    return distances[first, here] + distances[here, last] - distances[first, last]


@fast
def link(nodes: np.ndarray, node: int, before: int, label: int) -> None:
    """Put a service behind ``before``."""
    after = nodes[before, NEXT]
    nodes[node, BEFORE], nodes[node, NEXT], nodes[node, NURSE] = before, after, nodes[before, NURSE]
    nodes[node, LABEL] = label
    nodes[before, NEXT] = node
    nodes[after, BEFORE] = node


@fast
def _join(nodes: np.ndarray, before: int, first: int, last: int, after: int, empty: bool) -> None:
    """A chain between two nodes."""
    if empty:
        nodes[before, NEXT] = after
        nodes[after, BEFORE] = before
        return
    nodes[before, NEXT] = first
    nodes[first, BEFORE] = before
    nodes[last, NEXT] = after
    nodes[after, BEFORE] = last
    nurse = nodes[before, NURSE]
    node = first
    while node != after:
        nodes[node, NURSE] = nurse
        node = nodes[node, NEXT]


@fast
def exchange(nodes: np.ndarray, left: int, left_last: int, right: int, right_last: int) -> None:
    """Two routes exchange chains: what is behind ``left`` up to ``left_last`` (the same: nothing), and behind ``right``
    up to ``right_last``. The opposite is ``exchange`` with the lasts of now."""
    first, after = nodes[left, NEXT], nodes[left_last, NEXT]
    other, behind = nodes[right, NEXT], nodes[right_last, NEXT]
    _join(nodes, left, other, right_last, after, right_last == right)
    _join(nodes, right, first, left_last, behind, left_last == left)
