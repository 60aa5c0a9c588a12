"""Skills that hang on one nurse: on a day, in the team, by certificates that end, and for one client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from optimiser.daily.fragility_absence import CRITICAL
from optimiser.daily.fragility_places import able_spans
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.problem import Problem
from optimiser.explain.present import Present

AHEAD = timedelta(days=90)
"""Certificates that end so long after the horizon are told."""


@dataclass(frozen=True)
class SkillDay:
    """A skill that work of ``day`` asks: ``nurses`` are the experienced ones on duty who have it."""

    skill: str
    day: date
    nurses: tuple[str, ...]
    visits: int


@dataclass(frozen=True)
class SkillTeam:
    """A skill that work or cover asks: who holds it at the start of the horizon, and whose certificate ends when within
    the horizon and 90 days."""

    skill: str
    holders: tuple[str, ...]
    ending: tuple[tuple[date, str], ...]

    @property
    def left(self) -> int:
        """How many still hold it then."""
        return len(set(self.holders) - {nurse for _, nurse in self.ending})


@dataclass(frozen=True)
class OnlyNurse:
    """A client whose critical ``visits`` only one nurse of the whole team may do."""

    client: str
    nurse: str
    visits: tuple[str, ...]


def skill_days(present: Present) -> tuple[SkillDay, ...]:
    """Skill by day, with the fewest able nurses on duty first."""
    instance, case = present.instance, present.case
    asked: dict[tuple[str, date], int] = {}
    for visit in instance.visits:
        for skill in visit.skills:
            days = {instance.clock.date_of(window.day) for window in visit.windows}
            if len(days) == 1:
                key = skill, days.pop()
                asked[key] = asked.get(key, 0) + 1
    found = []
    for (skill, day), visits in asked.items():
        able = {
            duty.nurse for duty in case.duties
            if duty.day == day and duty.follows is None and case.nurse_of(duty).experience == "experienced"
            and case.has_skill(duty.nurse, skill, day)
        }  # fmt: skip
        found.append(SkillDay(skill, day, tuple(sorted(able)), visits))
    return tuple(sorted(found, key=lambda each: (len(each.nurses), each.day, each.skill)))


def skill_team(instance: Instance) -> tuple[SkillTeam, ...]:
    """Every skill asked, with the fewest who keep it first."""
    asked = {skill for visit in instance.visits for skill in visit.skills}
    asked |= {skill for row in instance.cover for skill in row.skills}
    able = {nurse.id for nurse in instance.nurses if nurse.experience == "experienced"}
    until = instance.clock.date_of(instance.days - 1) + AHEAD
    found = []
    for skill in sorted(asked):
        rows = [row for row in instance.nurse_skills if row.skill == skill and row.nurse in able]
        last: dict[str, date] = {}
        for row in rows:
            if (row.valid_until or date.max) >= instance.first_monday:
                last[row.nurse] = max(last.get(row.nurse, date.min), row.valid_until or date.max)
        now = {row.nurse for row in rows if (row.valid_from or date.min) <= instance.first_monday} & last.keys()
        ending = tuple(sorted((day, nurse) for nurse, day in last.items() if nurse in now and day <= until))
        found.append(SkillTeam(skill, tuple(sorted(now)), ending))
    return tuple(sorted(found, key=lambda each: (each.left, len(each.holders), each.skill)))


def only_nurses(problem: Problem, plan: Plan) -> tuple[OnlyNurse, ...]:
    """Clients with critical work that one nurse of the team may do, or nobody (``nurse`` is empty)."""
    instance = problem.instance
    found: dict[tuple[str, str], list[str]] = {}
    for job in problem.jobs:
        visit = instance.visit_by_id.get(job.id)
        if visit is None or job.part != 1 or job.unserved_term != CRITICAL:
            continue
        able = [
            nurse.id for nurse in instance.nurses
            if nurse.experience == "experienced" and any(True for _ in able_spans(problem, nurse.id, job))
        ]  # fmt: skip
        if len(able) <= 1:
            found.setdefault((visit.client, able[0] if able else ""), []).append(job.id)
    return tuple(OnlyNurse(client, nurse, tuple(visits)) for (client, nurse), visits in sorted(found.items()))
