"""Which kind of ruin pays: weights that follow what each kind gained for its effort (Ropke and Pisinger 2006).

``learned`` [kinds, 4]: weight, first weight, effort and gains since the weights were last set.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from optimiser.search.kernel.compiled import compiled
from optimiser.search.kernel.data import Random, Reals
from optimiser.search.kernel.random_state import unit
from optimiser.search.kernel.ruin import (
    BLOCK,
    DAY,
    RELATED,
    ROUTE,
    RUINS,
    SCATTERED,
    SKILL,
    STRINGS,
    TIME,
    WORST,
)

WEIGHT, FIRST, EFFORT, GAINS = range(4)
SHARES = {
    STRINGS: 0.70, ROUTE: 0.08, RELATED: 0.08, TIME: 0.03, SKILL: 0.03, DAY: 0.01, BLOCK: 0.01, WORST: 0.03,
    SCATTERED: 0.03,
}  # fmt: skip
"""Weights at first; each stays within a factor ``WIDEST`` of it."""
WIDEST = 4.0
PACE = 0.1
"""How fast weights follow."""
LEAST_EFFORT = 2_000.0
"""Jobs taken out before weights are set anew."""
OVERHEAD = 2.0
"""What an iteration costs beside its jobs, in jobs."""


def first_weights() -> NDArray[np.float64]:
    """The table at the beginning of a search."""
    table = np.zeros((RUINS, 4))
    for kind, share in SHARES.items():
        table[kind, WEIGHT] = table[kind, FIRST] = share
    return table


@compiled
def draw_kind(learned: Reals, random: Random) -> int:
    """A kind, drawn by weight."""
    whole = 0.0
    for kind in range(RUINS):
        whole += learned[kind, WEIGHT]
    left = unit(random) * whole
    for kind in range(RUINS):
        left -= learned[kind, WEIGHT]
        if left < 0:
            return np.int64(kind)
    return np.int64(0)


@compiled
def note(learned: Reals, kind: int, removed: int, gained: bool) -> None:
    """Remember an iteration: how much it took out, and whether the total fell."""
    learned[kind, EFFORT] += removed + OVERHEAD
    if gained:
        learned[kind, GAINS] += 1.0


@compiled
def learn(learned: Reals) -> None:
    """Set the weights anew once there is something to learn from."""
    effort, gains = 0.0, 0.0
    for kind in range(RUINS):
        effort += learned[kind, EFFORT]
        gains += learned[kind, GAINS]
    if effort < LEAST_EFFORT or gains < 10.0:
        return
    for kind in range(RUINS):
        if learned[kind, EFFORT] > 0.0:
            ratio = learned[kind, GAINS] / learned[kind, EFFORT] * effort / gains
            ratio = min(WIDEST, max(1.0 / WIDEST, ratio))
            learned[kind, WEIGHT] += PACE * (ratio * learned[kind, FIRST] - learned[kind, WEIGHT])
        learned[kind, EFFORT], learned[kind, GAINS] = 0.0, 0.0
