"""Islands that improve duties and routes together: threads over the compiled loop, exchanging their best."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from optimiser.search.compile_lock import compiling_alone
from optimiser.search.kernel import cache_folder, remember_compiled
from optimiser.search.kernel.anneal import fill, improve_slice
from optimiser.search.kernel.data import PLACED_SLOT, Data, Duties, Rows, State, copy_state
from optimiser.search.kernel.learning import first_weights
from optimiser.search.kernel.random_state import seeded
from optimiser.search.kernel.undo import Journal, copy_all, new_journal

SLICE = 400
"""Iterations between two looks at the clock."""
PART, MOST_PARTS = 600, 1000
"""One part of a reassignment takes about as long as so many iterations."""
LEAST_SECONDS, LEAST_PARTS = 1.5, 10
"""Less is not worth building the model for."""


@dataclass(frozen=True)
class Effort:
    """How long and how boldly to search: ``seconds`` of wall time, or ``iterations`` per island."""

    seconds: float | None
    iterations: int | None
    seed: int
    islands: int = 2
    duty_share: float = 0.5
    """Of the iterations so many move duties with their routes."""
    hot: float = 100.0
    """Temperature at the start, in minute-equivalents."""
    cold: float = 2.0
    """Temperature at the end."""
    segments: int = 12
    """How often the islands exchange."""
    reassign_share: float = 0.04
    """Of the time so much goes at most to reassignment: half of the last segment is left for the search."""
    row_share: float = 0.002
    """Of the iterations so many give one nurse her best week (kernel/row_dp.py), when duties are moved at all."""


@dataclass(frozen=True)
class Reassignment:
    """``give`` makes of a state a cheaper one with its routes in other hands, or None, in so many seconds (None: no
    limit) or parts and with a seed (search/reassign.py); ``on_best`` hears of the best afterwards."""

    give: Callable[[State, float | None, int, int], State | None]
    on_best: Callable[[State, int], None]


@dataclass
class Island:
    """One search: where it is, the best it met, and its random state."""

    state: State
    best: State
    journal: Journal
    random: NDArray[np.uint64]
    learned: NDArray[np.float64]
    """Weights of the kinds of ruin."""


def new_island(data: Data, rows: Rows, start: State, seed: int) -> Island:
    """An island from a start, with all work inserted that fits."""
    state = copy_state(start)
    journal, random = new_journal(data, state), seeded(seed)
    fill(data, rows, state, journal, random)
    return Island(state, copy_state(state), journal, random, first_weights())


def compile_kernel(data: Data, rows: Rows, duties: Duties, start: State) -> None:
    """Run each compiled path once on a copy, so that it is compiled before any clock runs. Of several processes that
    start together one compiles, and the others load what it made."""
    with compiling_alone(cache_folder()):
        island = new_island(data, rows, start, 0)
        improve_slice(data, rows, duties, island.state, island.best, island.journal, island.random, 2, 1.0, 1.0, 0.5,
                      0.2, island.learned)  # fmt: skip
        remember_compiled()


def improve(
    data: Data, rows: Rows, duties: Duties, start: State, effort: Effort, on_best: Callable[[State, int], None],
    should_stop: Callable[[], bool], reassignment: Reassignment | None = None,
) -> State:  # fmt: skip
    """The cheapest state found; ``on_best`` hears of it, with all iterations done, after each segment.

    The islands meet after each segment: whoever stands worst goes on from the best. Before the last segment each
    first has the routes of its best given to whom they suit (``reassignment``). With ``iterations`` the answer is
    always the same.
    """
    began = time.monotonic()
    done = 0

    def run(island: Island, segment: int) -> int:
        heat = [effort.hot * (effort.cold / effort.hot) ** ((segment + step) / effort.segments) for step in (0, 1)]
        if island is group[-1] and segment < effort.segments - 2 and (island.state.job[:, PLACED_SLOT] < 0).any():
            # One island stays warm while work is left out: making room for it takes steps that cost first.
            heat = [max(each, effort.hot / 2) for each in heat]
        deadline = None
        if effort.seconds is not None:
            deadline = began + effort.seconds * (segment + 1) / effort.segments
        return run_segment(data, rows, duties, island, heat, deadline, effort, should_stop)

    with ThreadPoolExecutor(effort.islands) as pool:
        seeds = [effort.seed * 1009 + number for number in range(effort.islands)]
        group = list(pool.map(lambda seed: new_island(data, rows, start, seed), seeds))
        for segment in range(effort.segments):
            done += sum(pool.map(run, group, [segment] * effort.islands))
            best = min(group, key=lambda island: int(island.best.total[0]))
            on_best(best.best, done)
            if should_stop():
                break
            if reassignment is not None and _reassigns(effort, segment):
                list(pool.map(partial(_reassign, reassignment, effort, segment), group, range(effort.islands)))
                best = min(group, key=lambda island: int(island.best.total[0]))
                reassignment.on_best(best.best, done)
            worst = max(group, key=lambda island: int(island.state.total[0]))
            if worst is not best:
                copy_all(worst.state, best.best)
    return min(group, key=lambda island: int(island.best.total[0])).best


def _round(effort: Effort) -> tuple[float | None, int]:
    """Seconds and parts of a reassignment."""
    if effort.iterations is not None:
        return None, int(effort.iterations * effort.reassign_share / PART)
    return None if effort.seconds is None else effort.seconds * effort.reassign_share, MOST_PARTS


def _reassigns(effort: Effort, segment: int) -> bool:
    """Whether routes are reassigned after a segment: before the last, never in short runs.

    Earlier the search gains as much or more in the same time (docs/explanation/search.md).
    """
    seconds, parts = _round(effort)
    enough = parts >= LEAST_PARTS and (seconds is None or seconds >= LEAST_SECONDS)
    return enough and segment == effort.segments - 2


def _reassign(reassignment: Reassignment, effort: Effort, segment: int, island: Island, number: int) -> None:
    """An island goes on from its best with the routes in other hands, when that is cheaper."""
    found = reassignment.give(island.best, *_round(effort), effort.seed * 1009 + segment * 31 + number)
    if found is not None:
        copy_all(island.state, found)
        copy_all(island.best, found)


def run_segment(
    data: Data, rows: Rows, duties: Duties, island: Island, heat: list[float], deadline: float | None, effort: Effort,
    should_stop: Callable[[], bool],
) -> int:  # fmt: skip
    """Run one island for a segment; returns its iterations."""
    done = 0
    began = time.monotonic()
    wanted = None if effort.iterations is None else max(1, effort.iterations // effort.segments)
    while not should_stop():
        size = SLICE
        if deadline is not None:
            left = deadline - time.monotonic()
            part = 1.0 - left / max(0.001, deadline - began)
        else:
            assert wanted is not None
            left, part = wanted - done, done / wanted
            size = min(SLICE, wanted - done)
        if left <= 0:
            break
        hot = heat[0] * (heat[1] / heat[0]) ** part
        improve_slice(
            data, rows, duties, island.state, island.best, island.journal, island.random, size, hot, hot,
            effort.duty_share, effort.row_share, island.learned,
        )  # fmt: skip
        done += size
    return done
