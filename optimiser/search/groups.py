"""Large problems: search inside groups of nurses near each other, cut anew every round."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import repeat

import numpy as np

from optimiser.search.cut import Whole, cut, share_out, whole_of
from optimiser.search.improve import Effort, improve
from optimiser.search.kernel.data import Data, Duties, Rows, State, copy_state
from optimiser.search.part import Part, put_back, recount, take_part

RECUT = 3
"""So many rounds in each segment of the effort. Measured: in all 24 to 48 rounds beat 12 by a tenth."""


def improve_in_groups(
    data: Data, rows: Rows, duties: Duties, start: State, effort: Effort, on_best: Callable[[State, int], None],
    should_stop: Callable[[], bool], size: int = 26,
) -> State:  # fmt: skip
    """As ``improve``, in rounds: nurses are cut into groups of about ``size``, and as many groups are searched at once
    as there are islands.

    After each round what a group found is kept when everything together is then cheaper, counted from nothing.
    ``iterations`` are shared among the groups, so they count as in ``improve``.
    """
    began, done = time.monotonic(), 0
    whole, best = whole_of(data, duties), copy_state(start)
    recount(data, rows, duties, best)
    rounds = effort.segments * RECUT
    with ThreadPoolExecutor(effort.islands) as pool:
        for turn in range(rounds):
            random = np.random.default_rng([effort.seed, turn])
            parts = _parts(whole, data, rows, duties, best, size, effort, random)
            share = _share(effort, turn, rounds, len(parts), began)
            seeds = random.integers(2**31, size=len(parts)).tolist()
            answers = pool.map(_improved, parts, [replace(share, seed=seed) for seed in seeds], repeat(should_stop))
            for part, (found, steps) in zip(parts, list(answers), strict=True):
                done += steps
                best = _joined(data, rows, duties, best, part, found)
            stopped = should_stop()
            if stopped or (turn + 1) % RECUT == 0:
                on_best(best, done)
            if stopped:
                break
    return best


def _parts(
    whole: Whole, data: Data, rows: Rows, duties: Duties, state: State, size: int, effort: Effort,
    random: np.random.Generator,
) -> list[Part]:  # fmt: skip
    # a multiple of the islands, so that none waits for the others
    number = effort.islands * max(1, round(len(state.duty) / size / effort.islands))
    groups = cut(whole, data, state, number, random)
    return [
        take_part(data, rows, duties, state, nurses, *jobs)
        for nurses, jobs in zip(groups, share_out(whole, data, state, groups, random), strict=True)
    ]


def _share(effort: Effort, turn: int, rounds: int, parts: int, began: float) -> Effort:
    """What each of ``parts`` may do in a round: its share of the time that is left, cooler every round."""
    seconds = iterations = None
    if effort.seconds is not None:
        left = max(0.0, began + effort.seconds - time.monotonic())
        seconds = left / (rounds - turn) / -(-parts // effort.islands)
    if effort.iterations is not None:
        iterations = max(1, effort.iterations * effort.islands // (rounds * parts))
    heat = effort.hot * (effort.cold / effort.hot) ** (turn / rounds)
    return replace(effort, seconds=seconds, iterations=iterations, islands=1, segments=1, hot=heat)


def _improved(part: Part, effort: Effort, should_stop: Callable[[], bool]) -> tuple[State, int]:
    """The best of a part, and the iterations done."""
    steps = 0

    def count(_: State, iterations: int) -> None:
        nonlocal steps
        steps = iterations

    return improve(part.data, part.rows, part.duties, part.state, effort, count, should_stop), steps


def _joined(data: Data, rows: Rows, duties: Duties, best: State, part: Part, found: State) -> State:
    """The whole with what a part found, unless that makes it dearer."""
    trial = copy_state(best)
    put_back(data, part, found, trial)
    recount(data, rows, duties, trial)
    return trial if trial.total[0] <= best.total[0] else best
