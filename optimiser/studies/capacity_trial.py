"""Attempts on the rungs of one ladder: each grows from the plan of a neighbour, the best plan of each rung is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from optimiser.domain.capacity import CapacityCurve, CapacityPoint, Hours, Question
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.problem import FORBIDDEN
from optimiser.domain.sharing import SharingContract
from optimiser.report.kpis import hours as as_hours
from optimiser.scenario.jobs import jobs_of
from optimiser.scenario.may_serve import may_serve
from optimiser.studies.capacity_climb import climb
from optimiser.studies.capacity_levels import Ladder
from optimiser.studies.capacity_runs import Made, Runs
from optimiser.studies.parts_plan import Effort

WEEKLY = ("client", "contract", "net", "overtime", "paid", "travel", "waiting")
"""Minutes over the horizon that a point tells as hours of a week."""

DONE = (0, 0, 0, 0)
"""The rank of a complete plan, but for the last place."""


@dataclass(frozen=True)
class Baseline:
    """What today's week has whatever is planned: work that nobody may do, and duties short of the minimum of cover.
    ``open``: how much other work today's plan leaves undone, where fewer hands are asked to leave no more."""

    impossible: frozenset[str]
    uncovered: int
    open: int = 0


@dataclass(frozen=True)
class CapacityEvent:
    """What was tried, and what came of it: for progress."""

    organisations: tuple[str, ...]
    question: Question
    hours: Hours
    percent: float
    full: bool
    complete: bool
    unserved: int
    overtime_percent: float


@dataclass
class Trial:
    """A climb. ``plans``: rung -> the best plan so far, at least one to begin from. ``allowance``: percent of the hours
    to be worked that may be overtime; None where overtime does not matter."""

    ladder: Ladder
    runs: Runs
    step: Effort
    full: Effort
    baseline: Baseline
    allowance: float | None
    on_event: Callable[[CapacityEvent], None]
    plans: dict[int, Made] = field(default_factory=dict)
    count: int = 0
    cpu_s: float = 0.0

    def curve(self, start: int = 0) -> CapacityCurve:
        """The whole climb from a rung on."""
        found = climb(self.ladder.low, self.ladder.high, self.attempt, start)
        self._hand_down()
        return CapacityCurve(
            question=self.ladder.question, hours=self.hours, organisations=self.ladder.members,
            points=tuple(self.point(rung) for rung in sorted(self.plans)), last=found.last, following=found.following,
            broken_off=found.broken_off, open_today=self.baseline.open, runs=self.count, cpu_s=round(self.cpu_s, 1),
        )  # fmt: skip

    @property
    def hours(self) -> Hours:
        """Whether overtime has a limit."""
        return "any" if self.allowance is None else "within"

    def attempt(self, rung: int, full: bool) -> bool:
        """Whether a complete plan for a rung is there, found by a step's effort from the plan of a neighbour, or by
        the full effort both from nothing and from the best plan."""
        known = [each for each in self.plans if self.complete(each)]
        if not full and known and rung <= max(known):
            return True
        near = self._neighbour(rung)
        if rung not in self.plans and (self.ladder.question == "hands" or rung < min(self.plans)):
            # the work is the same or less, so that the plan may do as it is
            self.seed(rung, near)
        if full:
            self._run(rung, self.full, None, full=True)
        if full or not self.complete(rung):
            self._run(rung, self.full if full else self.step, near, full)
        if rung not in self.plans:
            self.seed(rung, near)
        self._tell(rung, full)
        return self.complete(rung)

    def seed(self, rung: int, plan: Plan) -> None:
        """Keep a plan of another level as it stands, where it is the best for this one."""
        self._keep(rung, self.runs.judged(self.ladder.at(rung), plan))

    def offer(self, plan: Plan) -> None:
        """Keep a plan of the parts for the hardest level for which it is complete as it stands, by halves."""
        good, bad = self.ladder.low - 1, self.ladder.high + 1
        while bad - good > 1:
            middle = (good + bad) // 2
            made = self.runs.judged(self.ladder.at(middle), plan, parts=True)
            if self._rank(made)[:4] == DONE:
                good = middle
                self._keep(middle, made)
            else:
                bad = middle

    def complete(self, rung: int) -> bool:
        """Whether the best plan of a rung serves all, keeps every hard rule and its cover, and its overtime allows."""
        return rung in self.plans and self._rank(self.plans[rung])[:4] == DONE

    def _hand_down(self) -> None:
        """Each level's plan is offered to the next easier one that was tried: what serves more, or takes fewer hands,
        is never worse there because of the chance of a search."""
        rungs = sorted(self.plans, reverse=True)
        for harder, easier in pairwise(rungs):
            if self._rank(self.plans[harder])[:4] <= self._rank(self.plans[easier])[:4]:
                self.seed(easier, self.plans[harder].plan)

    def _run(self, rung: int, effort: Effort, start: Plan | None, full: bool) -> None:
        made = self.runs.run(self.ladder.at(rung), effort, start, full)
        self.count += 1
        if made is not None:
            self.cpu_s += made.plan.cpu_s
            self._keep(rung, made)

    def _keep(self, rung: int, made: Made) -> None:
        if rung not in self.plans or self._rank(made) < self._rank(self.plans[rung]):
            self.plans[rung] = made

    def _neighbour(self, rung: int) -> Plan:
        """Where a rung's plan grows from: its own, but while that is not complete rather from the hardest complete one
        below on which the full effort was spent; else from the nearest complete one below, else from the nearest."""
        below = max((each for each in self.plans if each < rung and self.complete(each)), default=None)
        if rung in self.plans and (self.complete(rung) or below is None or not self.plans[below].full):
            return self.plans[rung].plan
        nearest = min(self.plans, key=lambda each: (abs(each - rung), each))
        return self.plans[nearest if below is None else below].plan

    def left(self, made: Made) -> list[str]:
        """Work that somebody may do, but nobody does."""
        return [each for each in made.figures["unserved"] if each not in self.baseline.impossible]

    def _rank(self, made: Made) -> tuple[int, int, int, int, int]:
        """Less is better: hard rules broken, work not done, cover missing, minutes of overtime too many, the rest."""
        figures = made.figures
        over = 0
        if self.allowance is not None:
            over = max(0, figures["overtime"] - int(self.allowance * figures["target"] / 100))
        uncovered = max(0, figures["uncovered"] - self.baseline.uncovered)
        open_work = max(0, len(self.left(made)) - self.baseline.open)
        return figures["violations"], open_work, uncovered, over, figures["rest"]

    def point(self, rung: int) -> CapacityPoint:
        """The best plan of a rung in figures of a week."""
        made, weeks = self.plans[rung], self.ladder.instance.weeks
        figures = made.figures
        weekly = {f"{name}_hours": as_hours(round(figures[name] / weeks)) for name in WEEKLY}
        count = self.ladder.count(rung) if self.ladder.question == "demand" else 0
        return CapacityPoint(
            rung=rung, percent=self._percent(rung), clients=count, **weekly, gross_fte=figures["gross_fte"],
            nurses=figures["nurses"], unserved=len(self.left(made)), unserved_of=figures["unserved_of"],
            uncovered=figures["uncovered"], violations=figures["violations"],
            overtime_percent=round(100 * figures["overtime"] / max(1, figures["target"]), 2),
            faces_mean=figures["faces_mean"], wishes_refused=figures["wishes_refused"], complete=self.complete(rung),
            fresh=made.fresh, full=made.full, parts=made.parts,
        )  # fmt: skip

    def _percent(self, rung: int) -> float:
        """By how much the level differs from today."""
        name = "client" if self.ladder.question == "demand" else "contract"
        today, now = (_minutes(self.ladder.at(each), name) for each in (0, rung))
        return round(100 * (now - today) / max(1, today), 2)

    def _tell(self, rung: int, full: bool) -> None:
        made = self.plans[rung]
        overtime = round(100 * made.figures["overtime"] / max(1, made.figures["target"]), 2)
        self.on_event(
            CapacityEvent(
                self.ladder.members, self.ladder.question, self.hours, self._percent(rung), full, self.complete(rung),
                len(self.left(made)), overtime,
            )
        )  # fmt: skip


def impossible_work(instance: Instance, contract: SharingContract) -> frozenset[str]:
    """Visits and tasks that nobody may do under a contract, and what is tied to them."""
    jobs = jobs_of(instance)
    tables = may_serve(instance, contract, jobs)
    found = {job.id for job, table in zip(jobs, tables, strict=True) if (table == FORBIDDEN).all()}
    ties = [(each.first, each.second) for each in instance.work_links if each.together]
    while more := {end for tie in ties if len(found & set(tie)) == 1 for end in tie} - found:
        found |= more
    return frozenset(found)


def _minutes(instance: Instance, name: str) -> int:
    if name == "client":
        return sum(each.minutes * each.nurses for each in instance.visits)
    return sum(each.contract_minutes for each in instance.nurses if each.experience != "student")
