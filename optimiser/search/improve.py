"""Islands that improve duties and routes together: threads over the compiled loop, exchanging their best."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.search.kernel.anneal import fill, improve_slice
from optimiser.search.kernel.data import Data, Duties, Rows, State, copy_state
from optimiser.search.kernel.random_state import seeded
from optimiser.search.kernel.undo import Journal, copy_all, new_journal

HOT, COLD = 30.0, 0.5
"""Temperatures at the start and the end, in minute-equivalents."""
SLICE = 400
"""Iterations between two looks at the clock."""
SEGMENTS = 12
"""How often the islands exchange."""
DUTY_SHARE = 0.3


@dataclass
class Island:
    """One search: where it is, the best it met, and its random state."""

    state: State
    best: State
    journal: Journal
    random: NDArray[np.uint64]


def new_island(data: Data, rows: Rows, start: State, seed: int) -> Island:
    """An island from a start, with all work inserted that fits."""
    state = copy_state(start)
    journal, random = new_journal(data, state), seeded(seed)
    fill(data, rows, state, journal, random)
    return Island(state, copy_state(state), journal, random)


def compile_kernel(data: Data, rows: Rows, duties: Duties, start: State) -> None:
    """Run each compiled path once on a copy, so that it is compiled before any clock runs."""
    island = new_island(data, rows, start, 0)
    improve_slice(data, rows, duties, island.state, island.best, island.journal, island.random, 2, HOT, HOT, 0.5)


def improve(
    data: Data,
    rows: Rows,
    duties: Duties,
    start: State,
    seed: int,
    islands: int,
    duty_share: float,
    seconds: float | None,
    iterations: int | None,
    on_best: Callable[[State, int], None],
    should_stop: Callable[[], bool],
) -> tuple[State, int]:
    """The cheapest state found in ``seconds``, or in ``iterations`` per island (then always the same), and all
    iterations done. The islands meet after each segment: whoever stands worst goes on from the best."""
    began = time.monotonic()
    with ThreadPoolExecutor(islands) as pool:
        group = list(pool.map(lambda number: new_island(data, rows, start, seed * 1009 + number), range(islands)))
        done = 0
        for segment in range(SEGMENTS):
            heat = [HOT * (COLD / HOT) ** ((segment + step) / SEGMENTS) for step in (0, 1)]
            deadline = None if seconds is None else began + seconds * (segment + 1) / SEGMENTS
            share = None if iterations is None else iterations // SEGMENTS

            def run(island: Island) -> int:
                return _segment(data, rows, duties, island, heat, duty_share, deadline, share, should_stop)  # noqa: B023

            done += sum(pool.map(run, group))
            best = min(group, key=lambda island: int(island.best.total[0]))
            on_best(best.best, done)
            if should_stop():
                break
            worst = max(group, key=lambda island: int(island.state.total[0]))
            if worst is not best:
                copy_all(worst.state, best.best)
    return min(group, key=lambda island: int(island.best.total[0])).best, done


def _segment(
    data: Data,
    rows: Rows,
    duties: Duties,
    island: Island,
    heat: list[float],
    duty_share: float,
    deadline: float | None,
    iterations: int | None,
    should_stop: Callable[[], bool],
) -> int:
    """Run one island for a segment; returns its iterations."""
    done = 0
    began = time.monotonic()
    while not should_stop():
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0:
                break
            part = min(1.0, (time.monotonic() - began) / max(0.001, deadline - began))
        else:
            assert iterations is not None
            if done >= iterations:
                break
            part = done / iterations
        hot = heat[0] * (heat[1] / heat[0]) ** part
        size = SLICE if iterations is None else min(SLICE, iterations - done)
        improve_slice(
            data, rows, duties, island.state, island.best, island.journal, island.random, size, hot, hot, duty_share
        )
        done += size
    return done
