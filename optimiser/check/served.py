"""Each piece of work at most once, pairs whole, and the list of what is not served true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from optimiser.check.case import Case
from optimiser.check.violation import Violation
from optimiser.domain.plan import BREAK
from optimiser.domain.work import Task, Visit


def judge(case: Case) -> Iterator[Violation]:
    """Findings about stops that name no work, work done twice or by half, and the list ``unserved``."""
    for duty in case.duties:
        for stop in duty.stops:
            if stop.what != BREAK and case.work_of(stop) is None:
                yield case.found("served.unknown", stop.start, stop.end, nurse=duty.nurse, subject=stop.id)
    yield from _twice(case)
    for visit in case.instance.visits:
        yield from _parts(case, visit)
    yield from _listed(case)


def _twice(case: Case) -> Iterator[Violation]:
    times = Counter((done.stop.id, done.stop.part) for done in case.stops)
    for (name, part), found in times.items():
        if found > 1:
            stop = case.served[name][part].stop
            yield case.found("served.twice", stop.start, stop.end, subject=name, required=1, found=found)
    for done in case.stops:
        work = case.work_of(done.stop)
        if done.stop.part == 2 and not (isinstance(work, Visit) and work.nurses == 2):
            yield case.found("served.parts", done.stop.start, done.stop.end, nurse=done.duty.nurse,
                             subject=done.stop.id)  # fmt: skip


def _parts(case: Case, visit: Visit) -> Iterator[Violation]:
    """A visit for two nurses: both parts or none, two different nurses, one start."""
    parts = case.served.get(visit.id, {})
    if visit.nurses == 1 or not parts:
        return
    some = next(iter(parts.values())).stop
    if len(parts) == 1:
        yield case.found("served.parts", some.start, some.end, client=visit.client, subject=visit.id)
        return
    first, second = parts[1], parts[2]
    if first.duty.nurse == second.duty.nurse:
        yield case.found("served.same_nurse", some.start, some.end, nurse=first.duty.nurse, client=visit.client,
                         subject=visit.id)  # fmt: skip
    if first.stop.start != second.stop.start:
        yield case.found("served.same_start", some.start, some.end, client=visit.client, subject=visit.id,
                         required=first.stop.start, found=second.stop.start)  # fmt: skip


def _listed(case: Case) -> Iterator[Violation]:
    """The plan's list of unserved work holds exactly the work that is not served, each once."""
    works: list[Visit | Task] = [*case.instance.visits, *(task for task in case.instance.tasks if task.in_route)]
    missing = {work.id for work in works if not case.fully_served(work)}
    listed = Counter(row.id for row in case.plan.unserved)
    for name in sorted(missing ^ listed.keys() | {name for name, times in listed.items() if times > 1}):
        visit = case.instance.visit_by_id.get(name)
        start = visit.windows[0].start if visit is not None else 0
        yield case.found("served.listed", start, start, client=visit.client if visit else None, subject=name)
