"""The fixes of one absence: who could learn what is missing, who could have a second duty or a standby, whom to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from optimiser.daily.fallen import FallenDuty, candidates
from optimiser.daily.fragility_absence import Absence, OpenWork, plan_without
from optimiser.daily.fragility_fix import Fix
from optimiser.daily.fragility_places import able_spans
from optimiser.domain.duty import ShiftKind
from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.plan import Duty
from optimiser.domain.problem import Problem
from optimiser.explain.insertion import insertions
from optimiser.explain.may_come import may_come
from optimiser.explain.present import Present
from optimiser.explain.road import spans_of
from optimiser.explain.why_duty import duty_answer

ASKED = 3
"""So many nurses are named and priced for an extra duty."""


def with_fixes(problem: Problem, present: Present, absence: Absence) -> Absence:
    """The absence with whom to ask first on the day, and with fixes beforehand, cheapest first."""
    without = Present(present.instance, present.contract, present.travel, plan_without(present.plan, absence.duties))
    those = [duty for duty in absence.duties if _matters(absence, duty)]
    asked = {duty.id: _whom_to_ask(problem, without, absence, duty) for duty in those}
    fixes = [*trainings(present, absence)]
    for duty in those:
        for nurse in asked[duty.id]:
            answer = duty_answer(present, nurse, duty.kind, duty.day)
            if answer.possible:
                fixes.append(Fix("standby" if duty.lane == "standby" else "second", nurse, answer.cost, duty.day,
                                 kind_id=duty.kind))  # fmt: skip
    if not absence.cover:
        fixes += _standbys(problem, present, absence)
    names = tuple(dict.fromkeys(nurse for names in asked.values() for nurse in names))
    return replace(absence, fixes=tuple(sorted(fixes, key=lambda fix: fix.rank)), ask=names)


def trainings(present: Present, absence: Absence) -> Iterator[Fix]:
    """Nurses on duty then, with room, who lack one skill only for critical work that stays open; not priced yet."""
    seen: set[tuple[str, str]] = set()
    for open_work in absence.critical:
        work = present.work(open_work.work)
        assert work is not None
        refused, spans = may_come(present, work, 1), spans_of(present, work)
        for duty in present.plan.duties:
            if duty.day != absence.day or duty.nurse == absence.nurse or duty.follows is not None:
                continue
            for number, span in enumerate(spans):
                rules = refused.get((duty.nurse, number), ())
                lacked = {each.subject.rpartition("(")[2].rstrip(")") for each in rules}
                only_skill = len(lacked) == 1 and all(each.rule == "competence.skill" for each in rules)
                if only_skill and insertions(present, duty, work, 1, [span]):
                    seen.add((duty.nurse, next(iter(lacked))))
    for nurse, skill in sorted(seen):
        yield Fix("train", nurse, 0, absence.day, skill=skill)


def priced_trainings(absences: Sequence[Absence], training_minutes: int) -> tuple[Absence, ...]:
    """The price of a training shared by all absences that it mends."""
    mends: dict[tuple[str, str], int] = {}
    for absence in absences:
        for fix in absence.fixes:
            if fix.kind == "train":
                mends[fix.nurse, fix.skill] = mends.get((fix.nurse, fix.skill), 0) + 1
    found = []
    for absence in absences:
        fixes = [
            replace(fix, price=training_minutes // mends[fix.nurse, fix.skill], mends=mends[fix.nurse, fix.skill])
            if fix.kind == "train" else fix for fix in absence.fixes
        ]  # fmt: skip
        found.append(replace(absence, fixes=tuple(sorted(fixes, key=lambda fix: fix.rank))))
    return tuple(found)


def _matters(absence: Absence, duty: Duty) -> bool:
    """Whether this duty of hers is what breaks something."""
    held = {stop.id for stop in duty.stops}
    spans = any(short.start >= duty.start and short.end <= duty.end for short in absence.cover)
    return spans or any(each.work in held for each in absence.critical) or len(absence.duties) == 1


def _whom_to_ask(problem: Problem, without: Present, absence: Absence, duty: Duty) -> tuple[str, ...]:
    """The first nurses who lawfully could have her duty, and may do the critical work and the cover of it."""
    held = {stop.id for stop in duty.stops}
    work = [each for each in absence.critical if each.work in held]
    rows = {row for short in absence.cover for row in short.rows}
    skills = {skill for row in without.instance.cover if row.id in rows for skill in row.skills}
    found = []
    for each in candidates(without, FallenDuty(duty.day, duty.kind, absence.nurse)):
        able = all(_may(problem, each.nurse, one) for one in work)
        if each.answer.possible and able and all(without.case.has_skill(each.nurse, s, duty.day) for s in skills):
            found.append(each.nurse)
    return tuple(found[:ASKED])


def _may(problem: Problem, nurse: str, work: OpenWork) -> bool:
    return any(True for _ in able_spans(problem, nurse, problem.jobs[problem.job_number[work.work, 1]]))


def _standbys(problem: Problem, present: Present, absence: Absence) -> Iterator[Fix]:
    """A standby duty, of a kind that carries a route and holds all critical work, for each nurse who may do that."""
    busy = {duty.nurse for duty in present.plan.duties if duty.day == absence.day}
    for kind in present.instance.shift_kinds:
        if kind.lane != "standby" or not kind.carries_route or not _holds(problem, present, kind, absence):
            continue
        for nurse in present.instance.nurses:
            if nurse.experience != "experienced" or nurse.id in busy:
                continue
            if all(_may(problem, nurse.id, each) for each in absence.critical):
                answer = duty_answer(present, nurse.id, kind.id, absence.day)
                if answer.possible:
                    yield Fix("standby", nurse.id, answer.cost, absence.day, kind_id=kind.id)


def _holds(problem: Problem, present: Present, kind: ShiftKind, absence: Absence) -> bool:
    clock = present.instance.clock
    bounds = segment_bounds(kind, clock, clock.day_number(absence.day))
    jobs = [problem.jobs[problem.job_number[each.work, 1]] for each in absence.critical]
    return bool(jobs) and all(
        any(max(low, first) <= min(high - job.minutes, last) for low, high in bounds for first, last, _ in job.windows)
        for job in jobs
    )
