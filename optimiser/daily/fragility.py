"""Fragility of a roster: which single absence breaks cover or leaves critical work, and what would mend it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from optimiser.daily.fragility_absence import Absence, OpenWork, absent_duties, plan_without, quick_look, weight_of
from optimiser.daily.fragility_fixes import priced_trainings, with_fixes
from optimiser.daily.fragility_skills import (
    OnlyNurse,
    SkillDay,
    SkillTeam,
    only_nurses,
    skill_days,
    skill_team,
)
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.problem import Problem
from optimiser.explain.present import Present
from optimiser.planning import prepare
from optimiser.search.repair import Repair, repair

OnStep = Callable[[int, int], None]


@dataclass(frozen=True)
class FragilitySettings:
    """The ``worst`` absences get a real repair of ``iterations`` and, where they stay fragile, fixes. A training costs
    ``training_minutes`` (minute-equivalents), shared by the absences that it mends."""

    worst: int = 10
    iterations: int = 600
    seed: int = 0
    training_minutes: int = 480


@dataclass(frozen=True)
class FragilityReport:
    """``absences``: every nurse and day with a duty, the worst first. ``skills_by_day`` and ``skills`` hold those that
    hang on one nurse or on nobody; ``clients`` those whose critical visits do."""

    absences: tuple[Absence, ...]
    skills_by_day: tuple[SkillDay, ...]
    skills: tuple[SkillTeam, ...]
    clients: tuple[OnlyNurse, ...]

    @property
    def robust(self) -> int:
        """Absences that leave no cover broken and no critical work open."""
        return sum(each.robust for each in self.absences)

    @property
    def share(self) -> float:
        """The part of all single absences that is robust; 1 when there are none."""
        return self.robust / len(self.absences) if self.absences else 1.0

    @property
    def exact(self) -> bool:
        """Whether each fragile absence had a real repair; else the share is at least so much."""
        return all(each.repaired for each in self.fragile)

    @property
    def fragile(self) -> tuple[Absence, ...]:
        """The others, worst first."""
        return tuple(each for each in self.absences if not each.robust)


def fragility(
    instance: Instance, parent: Plan, at: int = 0, settings: FragilitySettings | None = None,
    on_step: OnStep = lambda done, total: None,
) -> FragilityReport:  # fmt: skip
    """What each single absence (a nurse, a day) from minute ``at`` on would break in ``parent``.

    ``instance`` holds the events of the plan. Deterministic: effort is in iterations. Raises InputError when the travel
    engine misses something.
    """
    settings = settings or FragilitySettings()
    problem = prepare(instance, parent.contract, parent)
    present = Present(instance, parent.contract, problem.travel, parent)
    found = [quick_look(problem, present, *each) for each in absent_duties(parent, at)]
    found.sort(key=lambda each: each.rank)
    fragile = [each for each in found if not each.robust]
    for number, absence in enumerate(fragile[: settings.worst]):
        on_step(number, min(settings.worst, len(fragile)))
        absence = repaired(problem, parent, absence, settings)
        found[number] = absence if absence.robust else with_fixes(problem, present, absence)
    absences = sorted(priced_trainings(found, settings.training_minutes), key=lambda each: each.rank)
    return FragilityReport(
        tuple(absences), tuple(each for each in skill_days(present) if len(each.nurses) <= 1),
        tuple(each for each in skill_team(instance) if each.left <= 1), only_nurses(problem, parent),
    )  # fmt: skip


def repaired(problem: Problem, parent: Plan, absence: Absence, settings: FragilitySettings) -> Absence:
    """The absence with what a real repair leaves open; as it was when no repair is found."""
    base, at = plan_without(parent, absence.duties), min(duty.start for duty in absence.duties)
    what = Repair(
        at=at, days=_days(problem, parent, absence), time_limit_s=None,
        change_price=problem.instance.weights.changed_visit, iterations=settings.iterations, seed=settings.seed,
    )  # fmt: skip
    plan = repair(problem, base, base, what)
    if plan is None:
        return absence
    alone = {each.work for each in absence.open_work if each.alone}
    done = {stop.id for duty in parent.duties for stop in duty.stops if stop.start < at}
    before = done | {row.id for row in parent.unserved}
    jobs, numbers = problem.jobs, problem.job_number
    work = [
        OpenWork(row.id, jobs[numbers[row.id, 1]].unserved_term, row.id in alone)
        for row in plan.unserved if row.id not in before
    ]  # fmt: skip
    work.sort(key=lambda each: (-weight_of(problem, each), each.work))
    return replace(absence, open_work=tuple(work), repaired=True, weight=sum(weight_of(problem, each) for each in work))


def _days(problem: Problem, parent: Plan, absence: Absence) -> frozenset[int]:
    """Her day, and the days of work that is tied to hers."""
    clock = problem.instance.clock
    hers = {stop.id for duty in absence.duties for stop in duty.stops}
    tied = {
        name for link in problem.instance.work_links if link.first in hers or link.second in hers
        for name in (link.first, link.second)
    }  # fmt: skip
    days = {duty.day for duty in parent.duties if any(stop.id in tied for stop in duty.stops)}
    return frozenset(clock.day_number(day) for day in {absence.day, *days})
