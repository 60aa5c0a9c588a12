"""Prices that make the bound of long rosters high: steps along slopes that remember the step before."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.search.bounds.long_dual import LongDual
from optimiser.search.kernel.long_rows import FAR, Ints

LONGER, SHORTER, PATIENCE, CLOSE = 1.2, 0.6, 5, 0.0005
"""Each step aims so far ahead of the best bound of its part: more after a better one, less after so many rounds
without, until all are next to nothing (of the bound)."""
KEPT = 0.5
"""So much of the direction before stays in the next."""
LATEST = 60
"""The rows of so many rounds are kept."""


@dataclass
class Effort:
    """When to stop: after so many rounds in all, at a time of the monotonic clock, or when told to."""

    rounds: int
    until: float | None
    stop: Callable[[], bool]
    used: int = 0

    def part(self, share: float) -> Effort:
        """So much of what is left."""
        now = time.monotonic()
        until = None if self.until is None else now + share * max(0.0, self.until - now)
        return Effort(max(1, int(share * (self.rounds - self.used))), until, self.stop)

    @property
    def spent(self) -> bool:
        """Whether it is time."""
        return self.used >= self.rounds or (self.until is not None and time.monotonic() > self.until) or self.stop()


class Ascent:
    """Steps from some prices on. ``best`` is the highest bound met (hundredths), at ``prices``; ``latest`` rows [N, D]
    of the last rounds; ``possible``: False when no row of some nurse keeps the law."""

    def __init__(self, dual: LongDual, prices: Ints) -> None:
        self.dual, self.prices, self.best, self.possible = dual, prices, -(1 << 60), True
        self.latest: list[Ints] = []

    def climb(
        self, effort: Effort, scale: NDArray[np.float64], ahead: float, apart: bool, pool: ThreadPoolExecutor
    ) -> None:  # fmt: skip
        """Rounds until steps are next to nothing. ``scale``: how far each price moves, 0 for never; ``ahead``: how far
        steps aim at first, as a share of the bound; ``apart``: each part of the nurses has steps of its own."""
        steps: _Steps | None = None
        now = self.prices
        while not self.latest or not effort.spent:
            found = self.dual.at(now, pool)
            effort.used += 1
            if found.costs >= FAR:
                self.possible = False
                return
            self.latest = [*self.latest[1 - LATEST :], found.rows]
            if found.value > self.best:
                self.best, self.prices = found.value, now
            parts = found.parts if apart else found.parts.sum(keepdims=True)
            if steps is None:
                steps = _Steps(self.dual, scale, ahead * np.abs(parts), now)
            now = steps.next(now, parts, found.slope)
            if steps.ahead.sum() < CLOSE * abs(self.best):
                return


class _Steps:
    """How far each part aims, and its best prices."""

    def __init__(self, dual: LongDual, scale: NDArray[np.float64], ahead: NDArray[np.float64], prices: Ints) -> None:
        size = len(ahead)
        self._limits, self._scale = dual.limits, scale
        self._part = np.zeros_like(dual.part) if size == 1 else dual.part
        self.ahead, self._top, self._at = np.maximum(ahead, 1.0), np.full(size, -(1 << 60)), prices
        self._waited, self._way = np.zeros(size, dtype=np.int64), np.zeros(len(prices))

    def next(self, now: Ints, parts: Ints, slope: NDArray[np.float64]) -> Ints:
        """New prices; a part that found no better bound for long goes back to its best and aims lower."""
        part, better = self._part, parts > self._top
        self._top = np.where(better, parts, self._top)
        self._at = np.where(better[part], now, self._at)
        self._waited = np.where(better, 0, self._waited + 1)
        back = self._waited >= PATIENCE
        self.ahead *= np.where(back, SHORTER, np.where(better, LONGER, 1.0))
        self._waited[back] = 0
        self._way = np.where(back[part], 0.0, KEPT * self._way + (1 - KEPT) * slope * self._scale)
        size = np.bincount(part, weights=self._way**2, minlength=len(parts))
        self.ahead[size == 0] *= SHORTER
        far = np.where(size > 0, (self._top + self.ahead - parts) / np.maximum(size, 1e-9), 0.0)
        step = np.rint(far[part] * self._way * self._scale).astype(np.int64)
        return np.clip(np.where(back[part], self._at, now + step), *self._limits)
