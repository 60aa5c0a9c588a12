"""What the searches for public rosters share: the best roster of all threads, the clock, and the work on whole rows."""

from __future__ import annotations

import math
import time
from abc import ABC, abstractmethod
from collections import deque
from threading import Lock

from optimiser.search.priced_rebuild import PricedRebuild
from optimiser.search.priced_rows import PricedRows
from optimiser.search.pricing import Pricing
from optimiser.search.roster_runs import Letters, RosterSettings

ROWS_SHARE = 0.6
"""Of the time, at most, for the relaxation over rows."""
WHOLE_TRIES = 3
"""Rows for everybody are tried so often at most, until once a roster is found."""
BETWEEN = 4
"""Parts chosen by column generation for one turn of something else."""
PASSED = 20
"""Rosters that the ends of coolings passed through whose rows are learnt."""


class RosterSearch(ABC):
    """What the threads of one search share. Times are of the clock."""

    def __init__(self, settings: RosterSettings) -> None:
        self.settings = settings
        self.end = time.monotonic() + settings.time_limit_s
        self.lock, self.stopped = Lock(), False
        self.best: Letters | None = None
        self.cost: int | None = None
        self.bound = 0
        self.rows: PricedRows | None = None
        self.passed: deque[Letters] = deque(maxlen=PASSED)

    @abstractmethod
    def pricing(self) -> Pricing:
        """A search for cheapest rows, for one thread."""

    @abstractmethod
    def judge(self, roster: Letters) -> int | None:
        """Offer a roster when it breaks nothing; its cost then."""

    @abstractmethod
    def improve(self, number: int) -> None:
        """One turn of something else than rows, in thread ``number``."""

    def left(self) -> float:
        """Seconds left; none once stopped."""
        return 0.0 if self.stopped else max(0.0, self.end - time.monotonic())

    def over(self) -> bool:
        """Whether there is nothing left to do."""
        return self.left() <= 0 or (self.cost is not None and self.cost <= self.bound)

    def stop(self) -> None:
        """End all threads soon."""
        self.stopped = True

    def offer(self, roster: Letters, cost: int) -> None:
        """Take a roster that breaks nothing when it is the best of all, or new and as good."""
        with self.lock:
            if self.cost is None or cost <= self.cost:
                self.best, self.cost = roster, cost

    def raise_bound(self, bound: float) -> None:
        """A proved bound, a whole number."""
        if math.isfinite(bound):
            with self.lock:
                self.bound = max(self.bound, math.ceil(bound))

    def relax_rows(self) -> None:
        """Column generation for everybody, and the bound that it proves."""
        rows = PricedRows(self.pricing())
        while self.passed and not self.over():
            rows.learn(self.passed.pop())
        assert self.best is not None
        rows.learn(self.best)
        end = time.monotonic() + ROWS_SHARE * self.settings.time_limit_s
        rows.generate(lambda: min(self.left(), end - time.monotonic()))
        self.raise_bound(rows.bound)
        self.rows = rows

    def rebuild(self, number: int) -> None:
        """Rows for everybody once, then for some people at a time, and now and then something else."""
        assert self.rows is not None
        maker = PricedRebuild(self.pricing(), self.rows.known, self.rows.worth, self.settings.seed * 1000 + number)
        tries, whole = 0, True
        while not self.over():
            with self.lock:
                before, cost = self.best, self.cost
            assert before is not None and cost is not None
            found = (maker.try_all if whole else maker.try_some)(before, cost, self.left)
            tries += 1
            whole = whole and found is None and not maker.part.hopeless and tries < WHOLE_TRIES
            if found is not None:
                self.judge(found)
            if tries % BETWEEN == 0:
                self.improve(number)
