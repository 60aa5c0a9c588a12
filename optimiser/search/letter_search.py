"""Rosters of letters with a bound: annealing with compiled rows, column generation, and neighbourhoods of CP-SAT."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable
from random import Random
from threading import Lock
from typing import TYPE_CHECKING

from ortools.util.python.solve_interrupter import SolveInterrupter

from optimiser.domain.letter_roster import FREE, LetterProblem, Letters
from optimiser.model.lp import Relaxation, solve_whole
from optimiser.model.roster_neighbourhoods import BLUR, Neighbourhoods, letter_cost, refill
from optimiser.model.stint_flow import build_flow, roster_of
from optimiser.search.roster_runs import EAR_SECONDS, RosterResult, RosterSettings, side_by_side

if TYPE_CHECKING:
    from optimiser.search.letter_island import Island
    from optimiser.search.letter_rows import RowSearch

WHOLE_CELLS = 1000
"""Problems with at most so many letters to choose from are given to the whole-number solver as they are."""
AT_ONCE = 5
"""People whose first rows are chosen together."""
FIRST_EFFORTS = (0.5, 5.0, 50.0)
"""Deterministic seconds for the first rows of a group; more only where none are found."""
FIRST_SHARE = 0.5
"""Of the time, for the first cooling of both threads, where rows are quick enough for column generation."""
ROWS_SECONDS, ROWS_SHARE, ROWS_OF_EACH = 0.7, 0.2, 60
"""They are when so many rows of each person take at most so long, and that share of the time: where rows are slower the
relaxation is far from whole as well, and cooling finds more in the same time."""
AGAIN_SHARE = 0.1
HOT, WARM, COLD = 30.0, 1.5, 0.5
"""Temperatures, in costs: of the start, of coolings from a good roster, of all ends. Requests weigh 1 to 3, so what
ends at 2 never settles them; from 3 or 9 what a slow cooling gained would be lost again."""
LEARN_BELOW = 3.0
MOST_ROWS = 12_000
BOUND_SHARE = 0.15
VAIN = 6
"""After so many dives in a row that find nothing better, the first thread cools; for good when the bound is FAR."""
FAR = 0.1
BETWEEN = 3
"""Neighbourhoods of CP-SAT between two coolings."""
SLACK = 200
"""Search goes on from rosters that cost at most one in so many more than the best."""
HAIR = 1e-4
"""What rounding of the linear solver may cost a bound."""


def search_letters(
    problem: LetterProblem, settings: RosterSettings, should_stop: Callable[[], bool] | None = None
) -> RosterResult:
    """Search until the time is over, the roster is proved best, or ``should_stop``. The clock starts when the machine
    code is there, which takes a while only the first time."""
    small = sum(len(letters) for row in problem.allowed for letters in row) <= WHOLE_CELLS
    if not small:
        from optimiser.search.letter_island import compile_letters  # numba is slow to load

        compile_letters(problem)
    shared = _Shared(problem, settings, small)
    side_by_side(shared.work, settings.threads, shared.over, shared.stop, should_stop)
    return RosterResult(shared.best, shared.cost, shared.bound)


class _Shared:
    """What the threads share: the best roster, the one that search is at (``now``), the bound, the clock."""

    def __init__(self, problem: LetterProblem, settings: RosterSettings, small: bool) -> None:
        self.problem, self.settings, self.small = problem, settings, small
        self.end = time.monotonic() + settings.time_limit_s
        self.lock, self.interrupter, self.stopped = Lock(), SolveInterrupter(), False
        self.best: Letters | None = None
        self.now: Letters | None = None
        self.cost: int | None = None
        self.bound = 0
        self.passed: deque[Letters] = deque(maxlen=200)
        self.random = Random(settings.seed)
        self.choice = Neighbourhoods(problem, self.random)

    def left(self) -> float:
        """Seconds left; none once stopped."""
        return 0.0 if self.stopped else self.end - time.monotonic()

    def over(self) -> bool:
        """Whether there is nothing left to do."""
        return self.left() <= 0 or (self.cost is not None and self.cost <= self.bound)

    def stop(self) -> None:
        """End all threads soon."""
        self.stopped = True
        self.interrupter.interrupt()

    def work(self, number: int) -> None:
        """One thread. Small problems: the first solves in whole numbers, the others improve; else ``search``."""
        if not self.small:
            self.search(number)
        elif number == 0:
            self.relax()
        elif number == 1:
            self.first_roster()
        while not self.over():
            if self.best is None:  # the first roster is still being made
                time.sleep(EAR_SECONDS)
                continue
            self.improve()

    def relax(self) -> None:
        """The proved optimum of a small problem."""
        flow = build_flow(self.problem, whole=True)
        answer = solve_whole(flow.model, self.left(), gap=1 - 2 * HAIR, interrupter=self.interrupter)
        self.raise_bound(answer.bound)
        self.take(None if answer.values is None else roster_of(flow, answer.values))

    def search(self, number: int) -> None:
        """Cool once; then the first thread combines rows, the others cool again and improve parts."""
        from optimiser.search.letter_island import Island

        island = Island(self.problem, self.settings.seed * 1000 + number)
        if not island.lawful:  # rare: limits so tight that rows need both minutes and maxima at once
            if number == 0:
                self.first_roster()
            while not self.over() and self.best is None:
                time.sleep(EAR_SECONDS)
            if self.best is None:
                return
            island.take(self.best)
        self.take(island.found)
        limit = self.settings.time_limit_s
        rows_seconds = island.seconds_each * ROWS_OF_EACH * len(self.problem.staff)
        quick = rows_seconds < min(ROWS_SECONDS, ROWS_SHARE * limit)
        self.cool(island, HOT, limit * (FIRST_SHARE if quick else 1 - AGAIN_SHARE))
        if quick and number == 0:
            self.combine_rows(island)
        while not self.over() and self.best is not None:
            island.take(self.best)
            self.cool(island, WARM, limit * AGAIN_SHARE)
            for _ in range(BETWEEN if quick else 0):
                if not self.over():
                    self.improve()

    def cool(self, island: Island, hot: float, seconds: float) -> None:
        """One cooling; what it passes through when cool is kept for the rows."""
        begin, seconds = time.monotonic(), max(EAR_SECONDS, min(seconds, self.left()))

        def after(now: float) -> None:
            """What each slice leaves."""
            self.take(island.found if self.cost is None or island.best_cost < self.cost else None)
            if now < LEARN_BELOW:
                self.passed.append(island.now)

        island.cool(hot, COLD, lambda: 1.0 if self.over() else (time.monotonic() - begin) / seconds, after)

    def combine_rows(self, island: Island) -> None:
        """Column generation, a bound, and dives, whole or around most of the best roster."""
        from optimiser.search.letter_rows import RowSearch

        rows = RowSearch(self.problem, island.data, self.settings.seed, self.interrupter)
        self.feed(rows)
        rows.generate(self.left)
        self.raise_bound(rows.bound)
        if self.cost is not None and self.bound < self.cost - self.cost // 100:
            seconds = min(self.left(), BOUND_SHARE * self.settings.time_limit_s)
            answer = Relaxation(build_flow(self.problem, whole=False).model).solve(seconds, self.interrupter)
            self.raise_bound(answer.bound if answer.proved else -math.inf)
        staff, vain = len(self.problem.staff), 0
        while not self.over() and rows.size < MOST_ROWS:
            assert self.best is not None and self.cost is not None
            self.feed(rows)
            before, cost = self.best, self.cost
            free = self.random.choice((staff, staff // 2, staff // 3, staff // 3, 10, 8))
            kept = self.random.sample(range(staff), max(0, staff - free))
            found = rows.dive(self.left, cost, {each: before[each] for each in kept})
            if found is not None:
                rows.learn(found)
                island.take(found)
                self.cool(island, WARM, self.settings.time_limit_s * AGAIN_SHARE / 5)
            vain = 0 if found is not None and island.best_cost < cost else vain + 1
            if vain == VAIN:
                if self.bound < (1 - FAR) * cost:
                    return
                vain = 0
                island.take(self.best)
                self.cool(island, WARM, self.settings.time_limit_s * AGAIN_SHARE)

    def feed(self, rows: RowSearch) -> None:
        """Hand over the rows of rosters that coolings passed through, and of the best."""
        while self.passed:
            rows.learn(self.passed.pop())
        if self.best is not None:
            rows.learn(self.best)

    def take(self, roster: Letters | None) -> None:
        """Offer a whole roster, if there is one."""
        if roster is not None:
            self.offer(roster)

    def first_roster(self) -> None:
        """A few people after another, each group as well as it can be beside those before."""
        everyone = list(range(len(self.problem.staff)))
        Random(self.settings.seed).shuffle(everyone)
        days = frozenset(range(self.problem.days))
        roster: Letters = ((FREE,) * self.problem.days,) * len(everyone)
        for first in range(0, len(everyone), AT_ONCE):
            group = dict.fromkeys(everyone[first : first + AT_ONCE], days)
            for effort in FIRST_EFFORTS:
                found, proved = refill(self.problem, roster, group, self.left(), self.settings.seed, effort)
                if found is not None or proved or self.left() <= 0:
                    break
            if found is None:
                if proved:  # limits are of each person alone: without rows for these there is no roster
                    self.stop()
                return
            roster = found
        self.offer(roster)

    def improve(self) -> None:
        """One neighbourhood of the best roster; rows that another thread changed meanwhile are not overwritten."""
        with self.lock:
            before = self.now
            assert before is not None
            kind, free = self.choice.choose(before)
            seed = self.random.randrange(2**30)
        found, solved = refill(self.problem, before, free, self.left(), seed, blur=BLUR)
        with self.lock:
            if self.left() > 0:
                self.choice.learn(kind, solved)
        if found is not None and found != before:
            self.offer(found, before)

    def offer(self, roster: Letters, before: Letters | None = None) -> None:
        """Take a roster, or its rows that differ from ``before``, when it costs little more than the best."""
        with self.lock:
            if self.now is not None and before is not None:
                merged = []
                for old, new, now in zip(before, roster, self.now, strict=True):
                    if new != old != now:
                        return
                    merged.append(now if new == old else new)
                roster = tuple(merged)
            cost = letter_cost(self.problem, roster)
            if self.cost is None or cost <= self.cost + self.cost // SLACK:
                self.now = roster
            if self.cost is None or cost <= self.cost:
                self.best, self.cost = roster, cost

    def raise_bound(self, bound: float) -> None:
        """A proved bound; costs are whole."""
        if math.isfinite(bound):
            with self.lock:
                self.bound = max(self.bound, math.ceil(bound - HAIR))
