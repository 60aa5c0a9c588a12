"""Who may do what: skills on the date, level, bans, wishes, order form, experience, second check, pairs, tasks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from optimiser.check.case import Case, Done
from optimiser.check.violation import Violation
from optimiser.domain.people import Nurse
from optimiser.domain.work import Task, Visit


def judge(case: Case) -> Iterator[Violation]:
    """Findings for each stop of a visit or in-route task."""
    for done in case.stops:
        work, nurse = case.work_of(done.stop), case.nurse_of(done.duty)
        if isinstance(work, Visit):
            yield from _visit(case, done, work, nurse)
        elif isinstance(work, Task):
            yield from _task(case, done, work, nurse)


def _visit(case: Case, done: Done, visit: Visit, nurse: Nurse) -> Iterator[Violation]:
    stop, first = done.stop, done.stop.part == 1
    day = case.clock.date_of(case.clock.day_of(stop.start))
    client = case.instance.client_by_id[visit.client]
    found = partial(case.found, start=stop.start, end=stop.end, nurse=nurse.id, client=client.id)
    if first:
        for skill in visit.skills:
            if not case.has_skill(nurse.id, skill, day):
                yield found("competence.skill", subject=f"{visit.id} ({skill})")
        if client.sex_wish is not None and nurse.sex != client.sex_wish:
            yield found("competence.sex", subject=visit.id)
        if client.language_wish is not None and client.language_wish not in nurse.languages:
            yield found("competence.language", subject=visit.id)
        yield from _order_form(case, done, visit)
        yield from _pair(case, done, visit)
        if visit.second_check == "remote" and not _reachable(case, done):
            yield found("competence.second_check", subject=visit.id)
    if nurse.level < visit.level:
        yield found("competence.level", subject=visit.id, required=visit.level, found=nurse.level)
    if "banned" in case.relations.get((client.id, nurse.id), ()):
        yield found("competence.banned", subject=visit.id)
    if nurse.experience == "student" or (nurse.experience == "new" and first):
        yield found("competence.experience", subject=visit.id)


def _order_form(case: Case, done: Done, visit: Visit) -> Iterator[Violation]:
    if not visit.order_form_needed:
        return
    stop = done.stop
    day = case.clock.date_of(case.clock.day_of(stop.start))
    first, last = visit.order_form_from, visit.order_form_until
    if (first is None and last is None) or (first is not None and day < first) or (last is not None and day > last):
        yield case.found("competence.order_form", stop.start, stop.end, nurse=done.duty.nurse, client=visit.client,
                         subject=visit.id)  # fmt: skip


def _pair(case: Case, done: Done, visit: Visit) -> Iterator[Violation]:
    """A check on the spot and an unsafe address need two nurses, whatever the visit's own number says."""
    needed = visit.second_check == "on_site" or case.instance.client_by_id[visit.client].unsafe
    nurses = {each.duty.nurse for each in case.served[visit.id].values()}
    if needed and len(nurses) < 2:
        yield case.found("competence.pair", done.stop.start, done.stop.end, nurse=done.duty.nurse,
                         client=visit.client, subject=visit.id, required=2, found=len(nurses))  # fmt: skip


def _reachable(case: Case, done: Done) -> bool:
    """Whether another experienced nurse has a duty (either lane) during the whole visit."""
    for start, end, nurse in case.experienced_periods:
        if start > done.stop.start:
            return False
        if done.stop.end <= end and nurse != done.duty.nurse:
            return True
    return False


def _task(case: Case, done: Done, task: Task, nurse: Nurse) -> Iterator[Violation]:
    """The named nurse, else any experienced nurse of the organisation with the skills."""
    if task.nurse is not None:
        right = nurse.id == task.nurse
    else:
        right = (
            nurse.experience == "experienced"
            and nurse.organisation == task.organisation
            and all(case.has_skill(nurse.id, skill, task.day) for skill in task.skills)
        )
    if not right:
        yield case.found("competence.task", done.stop.start, done.stop.end, nurse=nurse.id, subject=task.id)
