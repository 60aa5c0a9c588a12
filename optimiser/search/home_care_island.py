"""One island of the home care search: its own routes, its own chance, in slices that can be stopped."""

from __future__ import annotations

import time
from collections.abc import Callable

from optimiser.domain.home_care import HomeCareProblem, HomeCareSolution
from optimiser.search.kernel.home_care.anneal import anneal
from optimiser.search.kernel.home_care.data import (
    CHEAPEST,
    encode,
    first_nodes,
    room_for,
    scales,
    solution_of,
    state_of,
)
from optimiser.search.kernel.random_state import seeded

SLICE = 10_000
"""Changes tried between two looks at the clock: some 10 ms."""


class HomeIsland:
    """Routes of everybody, always whole, and the best that they have been."""

    def __init__(self, problem: HomeCareProblem, seed: int) -> None:
        self.problem = problem
        self.data, nodes = encode(problem)
        self.state = state_of(self.data, first_nodes(problem, self.data, nodes))
        self._room, self._random = room_for(nodes), seeded(seed)
        self._far, self._near = scales(self.data, nodes)
        self.tried = 0

    @property
    def cost(self) -> int:
        """Of the best routes, in ticks."""
        return int(self.state.sums[CHEAPEST])

    @property
    def solution(self) -> HomeCareSolution:
        """The best routes."""
        return solution_of(self.problem, self.data, self.state.best)

    def take(self, other: HomeIsland) -> None:
        """Go on from the best of an island (this one too)."""
        self.state = state_of(self.data, other.state.best)

    def cool(
        self, hot: float, cold: float, clock: tuple[float, float], steps: int | None, stop: Callable[[], bool]
    ) -> None:  # fmt: skip
        """Anneal from ``hot`` (in mean ways between places) to ``cold`` (in ways to a likely neighbour), in the time of
        ``clock`` (begin, end) or in so many ``steps``."""
        state, done = self.state, 0
        hot, cold = hot * self._far, cold * self._near
        while not stop():
            if steps is None:
                part = (time.monotonic() - clock[0]) / (clock[1] - clock[0])
                count = SLICE
            else:
                part = done / steps
                count = min(SLICE, steps - done)
            if part >= 1:
                break
            heat = hot * (cold / hot) ** part
            anneal(
                state.nodes, state.sums, state.best, tuple(self.data), tuple(self._room), self._random, heat, count
            )
            done += count
        self.tried += done
