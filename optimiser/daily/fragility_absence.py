"""What breaks when one nurse does not come one day: cover, and work that nobody else does; without a solver."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from optimiser.check.cover import Shortfall
from optimiser.daily.fragility_fix import Fix
from optimiser.daily.fragility_places import placed
from optimiser.daily.swap_blocks import shortfalls_of
from optimiser.domain.plan import BREAK, Duty, Plan, Stop
from optimiser.domain.problem import Problem
from optimiser.explain.present import Present, changed_plan

CRITICAL = "unserved_critical"


@dataclass(frozen=True)
class OpenWork:
    """Work that would be open: its term (how it presses) and whether nobody else on duty then may do it at all."""

    work: str
    term: str
    alone: bool

    @property
    def critical(self) -> bool:
        """Whether it is critical or time-critical."""
        return self.term == CRITICAL


@dataclass(frozen=True)
class Absence:
    """One nurse not there on one day. ``cover`` are the rows that fall below their minimum by it, ``open_work`` the
    work that stays open, most pressing first. ``repaired``: by a real repair, else by placing it piece by piece in
    the routes that are there. ``fixes``: ways to mend it, cheapest first; ``ask``: whom to ask on the day itself."""

    nurse: str
    day: date
    duties: tuple[Duty, ...]
    cover: tuple[Shortfall, ...] = ()
    open_work: tuple[OpenWork, ...] = ()
    repaired: bool = False
    fixes: tuple[Fix, ...] = ()
    ask: tuple[str, ...] = ()
    weight: int = field(default=0, compare=False)

    @property
    def critical(self) -> tuple[OpenWork, ...]:
        """Critical work that stays open."""
        return tuple(each for each in self.open_work if each.critical)

    @property
    def robust(self) -> bool:
        """Whether no cover row breaks and no critical work stays open."""
        return not self.cover and not self.critical

    @property
    def rank(self) -> tuple[int, int, int, date, str]:
        """The worst first: critical work, cover, then the price of all that stays open."""
        return -len(self.critical), -len(self.cover), -self.weight, self.day, self.nurse


def absent_duties(plan: Plan, at: int) -> list[tuple[str, date, tuple[Duty, ...]]]:
    """Each nurse and day with her duties that begin at minute ``at`` or later; students bring no capacity."""
    found: dict[tuple[date, str], list[Duty]] = {}
    for duty in plan.duties:
        if duty.follows is None and duty.start >= at:
            found.setdefault((duty.day, duty.nurse), []).append(duty)
    return [(nurse, day, tuple(found[day, nurse])) for day, nurse in sorted(found)]


def plan_without(plan: Plan, duties: Sequence[Duty]) -> Plan:
    """The plan when these duties fall away, with those of students who follow; what they held is not listed."""
    names = {duty.id for duty in duties}
    pairs = {(duty.nurse, duty.day) for duty in duties}
    kept = tuple(duty for duty in plan.duties if duty.id not in names and (duty.follows, duty.day) not in pairs)
    return changed_plan(plan, duties=kept)


def quick_look(problem: Problem, present: Present, nurse: str, day: date, duties: Sequence[Duty]) -> Absence:
    """The absence as it looks when her work is placed in the other routes, most pressing first."""
    left = plan_without(present.plan, duties)
    before = {(short.rows, short.day): short.below_minimum for short in shortfalls_of(present, present.plan.duties)}
    cover = tuple(
        short for short in shortfalls_of(present, left.duties)
        if short.below_minimum > before.get((short.rows, short.day), 0)
    )  # fmt: skip
    first, last = min(duty.start for duty in duties), max(duty.end for duty in duties)
    routes = {
        duty.id: duty for duty in left.duties if duty.follows is None and duty.end > first and duty.start < last + 720
        and duty.day <= day
    }  # fmt: skip
    stops = [stop for duty in duties for stop in duty.stops if stop.what != BREAK]
    nowhere = placed(problem, present, routes, stops)
    found = [OpenWork(stop.id, term_of(problem, stop), alone) for stop, alone in nowhere]
    found += _unwatched(problem, present, nurse, duties)
    work = tuple(sorted(dict.fromkeys(found), key=lambda each: (-weight_of(problem, each), each.work)))
    return Absence(nurse, day, tuple(duties), cover, work, weight=sum(weight_of(problem, each) for each in work))


def term_of(problem: Problem, stop: Stop) -> str:
    """The term that counts this work when nobody does it."""
    return problem.jobs[problem.job_number[stop.id, stop.part]].unserved_term


def weight_of(problem: Problem, work: OpenWork) -> int:
    """The price of open work."""
    return int(getattr(problem.instance.weights, work.term))


def _unwatched(problem: Problem, present: Present, nurse: str, duties: Sequence[Duty]) -> Iterator[OpenWork]:
    """Work of others that only she could check from afar."""
    names = {duty.id for duty in duties}
    for done in present.case.stops:
        stop = done.stop
        job = problem.jobs[problem.job_number[stop.id, stop.part]]
        near = any(duty.start <= stop.start and stop.end <= duty.end for duty in duties)
        if job.remote_check and near and done.duty.nurse != nurse:
            watchers = present.reachable(done.duty.nurse, stop.start, stop.end)
            if all(each.id in names for each in watchers):
                yield OpenWork(stop.id, job.unserved_term, True)
