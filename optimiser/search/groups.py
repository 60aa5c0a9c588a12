"""Large problems: search inside groups of nurses near each other, cut anew every round."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import repeat

import numpy as np

from optimiser.search.cover_shares import cover_shares
from optimiser.search.cut import Whole, cut, whole_of
from optimiser.search.improve import Effort, Island, new_island, run_segment
from optimiser.search.kernel.data import Data, Duties, Rows, State, copy_state
from optimiser.search.part import Part, put_back, recount, take_part
from optimiser.search.share_out import share_out

RECUT = 3
"""So many rounds in each segment of the effort. Measured: in all 24 to 48 rounds beat 12 by a tenth."""
SMALLEST = 0.9
"""Groups are no smaller than this part of what was asked: borders cost more than what a smaller group saves."""


def improve_in_groups(
    data: Data, rows: Rows, duties: Duties, start: State, effort: Effort, on_best: Callable[[State, int], None],
    should_stop: Callable[[], bool], size: int = 26,
) -> State:  # fmt: skip
    """As ``improve``, in rounds: nurses are cut into groups of about ``size``, and as many groups are searched at once
    as there are islands.

    The state cools from round to round, whatever groups it is cut into; the best that it came by, counted from
    nothing when all groups are together again, is the answer. ``iterations`` are shared among the groups, so they count
    as in ``improve``.
    """
    began, done = time.monotonic(), 0
    whole, state = whole_of(data, rows, duties), copy_state(start)
    recount(data, rows, duties, state)
    best, rounds = state, effort.segments * RECUT
    with ThreadPoolExecutor(effort.islands) as pool:
        for turn in range(rounds):
            random = np.random.default_rng([effort.seed, turn])
            parts = _parts(whole, data, rows, duties, state, size, effort, random)
            share = _share(effort, turn, rounds, len(parts), began)
            seeds = random.integers(2**31, size=len(parts)).tolist()
            efforts = [replace(share, seed=seed) for seed in seeds]
            answers = list(pool.map(_improved, parts, efforts, repeat(should_stop)))
            done += sum(steps for _, steps in answers)
            found = _joined(data, rows, duties, state, parts, [island.best for island, _ in answers])
            state = _joined(data, rows, duties, state, parts, [island.state for island, _ in answers])
            best = min(best, found, state, key=lambda each: int(each.total[0]))
            if turn >= rounds - RECUT:
                state = best
            over = should_stop() or (effort.seconds is not None and time.monotonic() - began >= effort.seconds)
            if over or (turn + 1) % RECUT == 0:
                on_best(best, done)
            if over:
                break
    return best


def group_number(nurses: int, size: int, islands: int) -> int:
    """How many groups of about ``size``: a multiple of the islands, so that none waits for the others, and as many as
    leave no group much smaller."""
    return islands * max(1, int(nurses / (SMALLEST * size) / islands))


def _parts(
    whole: Whole, data: Data, rows: Rows, duties: Duties, state: State, size: int, effort: Effort,
    random: np.random.Generator,
) -> list[Part]:  # fmt: skip
    groups = cut(whole, data, state, group_number(len(state.duty), size, effort.islands), random)
    work = share_out(whole, data, state, groups, random)
    cover = cover_shares(duties, state, groups, random)
    return [
        take_part(data, rows, duties, state, nurses, *jobs, asked)
        for nurses, jobs, asked in zip(groups, work, cover, strict=True)
    ]


def _share(effort: Effort, turn: int, rounds: int, parts: int, began: float) -> Effort:
    """What each of ``parts`` may do in a round: its share of the time that is left, cooler to its end, and every
    round."""
    seconds = iterations = None
    if effort.seconds is not None:
        left = max(0.0, began + effort.seconds - time.monotonic())
        seconds = left / (rounds - turn) / -(-parts // effort.islands)
    if effort.iterations is not None:
        iterations = max(1, effort.iterations * effort.islands // (rounds * parts))
    hot, cold = (effort.hot * (effort.cold / effort.hot) ** (step / rounds) for step in (turn, turn + 1))
    return replace(effort, seconds=seconds, iterations=iterations, islands=1, segments=1, hot=hot, cold=cold)


def _improved(part: Part, effort: Effort, should_stop: Callable[[], bool]) -> tuple[Island, int]:
    """Where the search of a part ended, with the best that it met, and the iterations done."""
    island = new_island(part.data, part.rows, part.state, effort.seed)
    deadline = None if effort.seconds is None else time.monotonic() + effort.seconds
    heat = [effort.hot, effort.cold]
    return island, run_segment(part.data, part.rows, part.duties, island, heat, deadline, effort, should_stop)


def _joined(
    data: Data, rows: Rows, duties: Duties, state: State, parts: Sequence[Part], found: Sequence[State]
) -> State:  # fmt: skip
    """The whole with what its parts found."""
    trial = copy_state(state)
    for part, each in zip(parts, found, strict=True):
        put_back(data, part, each, trial)
    recount(data, rows, duties, trial)
    return trial
