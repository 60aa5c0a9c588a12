"""Rosters of letters with a bound: annealing with compiled rows, then whole rows of parts by column generation."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from random import Random

from optimiser.domain.letter_roster import FREE, LetterProblem, Letters
from optimiser.model.letter_refill import letter_cost, refill
from optimiser.model.lp import solve_whole
from optimiser.model.stint_flow import build_flow, roster_of
from optimiser.search.letter_island import Island, compile_letters
from optimiser.search.letter_pricing import LetterPricing
from optimiser.search.roster_runs import EAR_SECONDS, RosterResult, RosterSettings, side_by_side
from optimiser.search.roster_search import ROWS_SHARE, RosterSearch

WHOLE_CELLS = 1000
"""Problems with at most so many letters to choose from are given to the whole-number solver as they are."""
AT_ONCE = 5
"""People whose first rows are chosen together."""
FIRST_EFFORTS = (0.5, 5.0, 50.0)
"""Deterministic seconds for the first rows of a group; more only where none are found."""
SHORT_SHARE, FIRST_SHARE, AGAIN_SHARE = 0.1, 0.3, 0.02
"""Of the time, for the first cooling of the thread that solves the relaxation and of the others, and for each later
one."""
ALONE_SHARE = 0.85
"""The same for the first cooling where there is no time for the relaxation."""
SHORT_SECONDS = 15.0
"""The first thread's cooling is no longer than this: the relaxation needs rows to begin with, no good roster."""
HOT, WARM, COLD = 30.0, 1.5, 0.5
"""Temperatures, in costs: of the start, of coolings from a good roster, of all ends. Requests weigh 1 to 3, so what
ends at 2 never settles them; from 3 or 9 what a slow cooling gained would be lost again."""
ROUNDS_HOPED = 100
"""Times that a relaxation finds rows for everybody, about: what has no time for so many ends with poor prices."""
TRY_SECONDS = 5.0
"""Of the first try to solve a small problem whole; each next one has four times as long."""
HAIR = 1e-4
"""What rounding of the linear solver may cost a bound."""


def search_letters(
    problem: LetterProblem, settings: RosterSettings, should_stop: Callable[[], bool] | None = None
) -> RosterResult:
    """Search until the time is over, the roster is proved best, or ``should_stop``. The clock starts when the machine
    code is there, which takes a while only the first time."""
    small = sum(len(letters) for row in problem.allowed for letters in row) <= WHOLE_CELLS
    compile_letters()
    shared = _Shared(problem, settings, small)
    side_by_side(shared.work, settings.threads, shared.over, shared.stop, should_stop)
    return RosterResult(shared.best, shared.cost, shared.bound, shared.impossible)


class _Shared(RosterSearch):
    """What the threads share, and each one's annealing."""

    def __init__(self, problem: LetterProblem, settings: RosterSettings, small: bool) -> None:
        super().__init__(settings)
        self.problem, self.small, self.impossible = problem, small, False
        self.islands: dict[int, Island] = {}
        self.first = 1 if small and settings.threads > 1 else 0

    def pricing(self) -> LetterPricing:
        """By the rows within all limits."""
        return LetterPricing(self.problem)

    def work(self, number: int) -> None:
        """One thread. Small problems: the first solves in whole numbers, the others search meanwhile."""
        if self.small and number == 0:
            self.solve_whole()
        if not self.over():
            self.search(number)

    def solve_whole(self) -> None:
        """The proved optimum of a small problem, or that there is none; each try from the beginning."""
        flow, tried = build_flow(self.problem, whole=True), 0.0
        while not self.over() and self.left() > tried:
            tried = min(4 * tried or TRY_SECONDS, self.left())
            answer = solve_whole(flow.model, tried, gap=1 - 2 * HAIR)
            self.raise_bound(math.ceil(answer.bound - HAIR) if math.isfinite(answer.bound) else -math.inf)
            if answer.values is not None:
                self.judge(roster_of(flow, answer.values))
            if answer.impossible:
                self.none_is_possible()

    def none_is_possible(self) -> None:
        """It is proved that there is no roster."""
        self.impossible = True
        self.stop()

    def search(self, number: int) -> None:
        """A cooling; then the first of the threads that search solves the relaxation over rows, and all choose parts
        anew. Where rows take too long for that, annealing goes on to the end."""
        island = self.islands[number] = Island(self.problem, self.settings.seed * 1000 + number, self.left)
        if not island.lawful:  # rare: limits so tight that rows need both minutes and maxima at once
            seed = self.settings.seed
            while not self.over() and self.best is None:
                if number == self.first:
                    self.complete(island, seed)
                    seed += 1
                else:
                    time.sleep(EAR_SECONDS)
            if self.best is None:
                return
            island.take(self.best)
        self.offer(island.found, island.best_cost)
        limit, first = self.settings.time_limit_s, number == self.first
        relaxed = ROUNDS_HOPED * len(self.problem.staff) * island.seconds_each < ROWS_SHARE * limit
        share = (SHORT_SHARE if first else FIRST_SHARE) if relaxed else ALONE_SHARE
        self.cool(island, HOT, min(share * limit, SHORT_SECONDS if first and relaxed else math.inf))
        if first and relaxed and not self.over():
            self.relax_rows()
        while not self.over() and self.rows is None:
            self.improve(number)
        if not self.over():
            self.rebuild(number)

    def cool(self, island: Island, hot: float, seconds: float) -> None:
        """One cooling; what it ends with is kept for the rows."""
        begin, seconds = time.monotonic(), max(EAR_SECONDS, min(seconds, self.left()))

        def share() -> float:
            """How much of it is over."""
            return 1.0 if self.over() else (time.monotonic() - begin) / seconds

        def after(_: float) -> None:
            """What each slice leaves."""
            if self.cost is None or island.best_cost < self.cost:
                self.offer(island.found, island.best_cost)
            if self.rows is None and share() > 0.8:
                self.passed.append(island.now)

        island.cool(hot, COLD, share, after)

    def improve(self, number: int) -> None:
        """A short cooling of the best roster."""
        assert self.best is not None
        island = self.islands[number]
        island.take(self.best)
        self.cool(island, WARM, self.settings.time_limit_s * AGAIN_SHARE)

    def judge(self, roster: Letters) -> int:
        """Offer a roster; all that are made are lawful."""
        cost = letter_cost(self.problem, roster)
        self.offer(roster, cost)
        return cost

    def complete(self, island: Island, seed: int) -> None:
        """Rows for those who are missing, a few people after another, each group as well as it can be beside those
        before."""
        missing = list(island.missing)
        Random(seed).shuffle(missing)
        days = frozenset(range(self.problem.days))
        roster = tuple((FREE,) * self.problem.days if person in island.missing else row
                       for person, row in enumerate(island.now))  # fmt: skip
        for first in range(0, len(missing), AT_ONCE):
            group = dict.fromkeys(missing[first : first + AT_ONCE], days)
            for effort in FIRST_EFFORTS:
                if self.over():
                    return
                found, proved = refill(self.problem, roster, group, self.left(), seed, effort)
                if found is not None or proved:
                    break
            if found is None:
                if proved:  # limits are of each person alone: without rows for these there is no roster
                    self.none_is_possible()
                return
            roster = found
        self.judge(roster)
