"""Rosters of letters with a bound: one thread relaxes and dives, all improve one roster by neighbourhoods."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass
from random import Random
from threading import Lock

from ortools.util.python.solve_interrupter import SolveInterrupter

from optimiser.domain.letter_roster import FREE, LetterProblem, Letters
from optimiser.model.lp import solve_whole
from optimiser.model.roster_neighbourhoods import BLUR, Neighbourhoods, letter_cost, refill
from optimiser.model.stint_dive import Diver
from optimiser.model.stint_flow import build_flow, roster_of

WHOLE_CELLS = 1000
"""Problems with at most so many letters to choose from are given to the whole-number solver as they are."""
AT_ONCE = 5
"""People whose first rows are chosen together."""
FIRST_EFFORTS = (0.5, 5.0, 50.0)
"""Deterministic seconds for the first rows of a group; more only where none are found."""
BETWEEN_DIVES = 4
"""Neighbourhoods that the diving thread improves between two dives."""
EAR_SECONDS = 0.2
SLACK = 200
"""Search goes on from rosters that cost at most one in so many more than the best."""
HAIR = 1e-4
"""What rounding of the linear solver may cost a bound."""


@dataclass(frozen=True)
class LetterSettings:
    """``time_limit_s`` of the clock for all together; runs are not the same twice, whatever the seed."""

    time_limit_s: float = 60.0
    threads: int = 2
    seed: int = 0


@dataclass(frozen=True)
class LetterResult:
    """The best roster found (None: none), its cost, and what no roster can cost less than."""

    roster: Letters | None
    cost: int | None
    bound: int

    @property
    def proved(self) -> bool:
        """Whether no roster is better."""
        return self.cost is not None and self.cost <= self.bound


def search_letters(
    problem: LetterProblem, settings: LetterSettings, should_stop: Callable[[], bool] | None = None
) -> LetterResult:
    """Search until the time is over, the roster is proved best, or ``should_stop``."""
    shared = _Shared(problem, settings)
    with ThreadPoolExecutor(settings.threads) as pool:
        running = [pool.submit(shared.work, number) for number in range(settings.threads)]
        try:
            while (answer := wait(running, EAR_SECONDS, FIRST_EXCEPTION)).not_done:
                failed = any(each.exception() for each in answer.done)
                if failed or shared.over() or (should_stop and should_stop()):
                    shared.stop()
        finally:
            shared.stop()
        for each in running:
            each.result()
    return LetterResult(shared.best, shared.cost, shared.bound)


class _Shared:
    """What the threads share: the best roster, the one that search is at (``now``), the bound, the clock."""

    def __init__(self, problem: LetterProblem, settings: LetterSettings) -> None:
        self.problem, self.settings = problem, settings
        self.end = time.monotonic() + settings.time_limit_s
        self.lock, self.interrupter, self.stopped = Lock(), SolveInterrupter(), False
        self.best: Letters | None = None
        self.now: Letters | None = None
        self.cost: int | None = None
        self.bound = 0
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
        """One thread: the first relaxes and dives before it improves, the second makes a first roster."""
        if number == 0:
            self.relax()
        elif number == 1:
            self.first_roster()
        while not self.over():
            if self.best is None:  # the first roster is still being made
                time.sleep(EAR_SECONDS)
                continue
            self.improve()

    def relax(self) -> None:
        """The bound; for small problems the proved optimum; else a roster near the relaxation."""
        if sum(len(letters) for row in self.problem.allowed for letters in row) <= WHOLE_CELLS:
            flow = build_flow(self.problem, whole=True)
            answer = solve_whole(flow.model, self.left(), gap=1 - 2 * HAIR, interrupter=self.interrupter)
            self.raise_bound(answer.bound)
            self.take(None if answer.values is None else roster_of(flow, answer.values))
            return
        diver = Diver(self.problem, self.interrupter)
        answer = diver.relax(self.left())
        if not answer.proved:
            return
        self.raise_bound(answer.bound)
        self.take(diver.dive({}, self.left))
        while not self.over():
            if self.best is not None:
                self.dive_again(diver)
                for _ in range(BETWEEN_DIVES):
                    if not self.over():
                        self.improve()

    def dive_again(self, diver: Diver) -> None:
        """A dive that keeps the rows of some people of the best roster, or of nobody."""
        with self.lock:
            before, cost = self.best, self.cost
            assert before is not None and cost is not None
            staff = range(len(before))
            count = self.random.choice((0, len(before) // 3, len(before) // 2))
            people = self.random.sample(staff, count)
            seed = self.random.randrange(2**30)
        self.take(diver.dive({each: before[each] for each in people}, self.left, cost, Random(seed)))

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
