"""Islands that cool rosters of duties side by side, and exchange their best."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from optimiser.search.encode import DutyKey
from optimiser.search.long_island import LongIsland, LongTables

SLICE = 4000
"""Steps between two looks at the clock."""
SEGMENTS = 10
"""How often the islands are looked at together."""
APART = 0.5
"""Up to this part of the cooling islands stay apart: while it is hot each finds its own way."""


@dataclass(frozen=True)
class Cooling:
    """How long (``seconds``, or ``steps`` of each island), and from which temperature to which in minutes."""

    seconds: float | None
    steps: int | None
    seed: int
    islands: int
    hot: float
    cold: float


def cool(
    tables: LongTables, start: frozenset[DutyKey], cooling: Cooling,
    on_best: Callable[[frozenset[DutyKey], int], None], should_stop: Callable[[], bool],
) -> frozenset[DutyKey]:  # fmt: skip
    """The cheapest roster found; ``on_best`` hears of it after each segment, with all steps done."""
    state = tables.lawful_state(start)
    seeds = [cooling.seed * 1009 + number for number in range(cooling.islands)]
    group = [LongIsland(tables, state if not number else tables.lawful_state(start), seed)
             for number, seed in enumerate(seeds)]  # fmt: skip
    began, done = time.monotonic(), 0

    def run(island: LongIsland, segment: int) -> int:
        return _segment(island, cooling, segment, began, should_stop)

    with ThreadPoolExecutor(cooling.islands) as pool:
        for segment in range(SEGMENTS):
            done += sum(pool.map(run, group, [segment] * len(group)))
            best = min(group, key=lambda island: island.best_cost)
            on_best(best.best, done)
            if should_stop():
                break
            worst = max(group, key=lambda island: island.cost)
            if worst is not best and segment + 1 >= APART * SEGMENTS:
                worst.take(best.best)
    return min(group, key=lambda island: island.best_cost).best


def _segment(
    island: LongIsland, cooling: Cooling, segment: int, began: float, should_stop: Callable[[], bool]
) -> int:  # fmt: skip
    """Cool one island for a segment; returns its steps."""
    done = 0
    wanted = None if cooling.steps is None else max(1, cooling.steps // SEGMENTS)
    opened = time.monotonic()
    while not should_stop():
        size = SLICE
        if wanted is not None:
            part, size = done / wanted, min(SLICE, wanted - done)
        else:
            assert cooling.seconds is not None
            closes = began + cooling.seconds * (segment + 1) / SEGMENTS
            part = (time.monotonic() - opened) / max(1e-3, closes - opened)
        if part >= 1:
            break
        share = (segment + part) / SEGMENTS
        island.anneal(size, cooling.hot * (cooling.cold / cooling.hot) ** share)
        done += size
    return done
