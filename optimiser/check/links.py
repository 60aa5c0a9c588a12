"""Ties between two pieces of work: the gap from start to start, the nurses of parts 1, both or none."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.check.case import Case
from optimiser.check.violation import Violation
from optimiser.domain.work import Link


def judge(case: Case) -> Iterator[Violation]:
    """Findings for each link whose ends both lie in the tables; a tie to work outside the horizon is not judged."""
    for link in case.instance.work_links:
        first, second = _end(case, link.first), _end(case, link.second)
        if first is not None and second is not None:
            yield from _both(case, link, first, second)
        elif link.together and (first is not None or second is not None):
            missing = link.second if second is None else link.first
            start, nurse = first or second or (0, "")
            if _is_work(case, missing) and not case.has_begun(start):
                yield case.found("links.together", start, start, nurse=nurse or None,
                                 subject=f"{link.id} ({missing})")  # fmt: skip


def _both(case: Case, link: Link, first: tuple[int, str], second: tuple[int, str]) -> Iterator[Violation]:
    gap, low, high = second[0] - first[0], min(first[0], second[0]), max(first[0], second[0])
    subject = f"{link.id} ({link.first}, {link.second})"
    if gap < link.gap_min:
        yield case.found("links.gap_min", low, high, subject=subject, required=link.gap_min, found=gap)
    if gap > link.gap_max:
        yield case.found("links.gap_max", low, high, subject=subject, required=link.gap_max, found=gap)
    same = first[1] == second[1]
    if (link.nurse == "same" and not same) or (link.nurse == "different" and same):
        yield case.found("links.nurse", low, high, nurse=second[1], subject=subject)


def _is_work(case: Case, name: str) -> bool:
    return name in case.instance.visit_by_id or name in case.instance.task_by_id


def _end(case: Case, name: str) -> tuple[int, str] | None:
    """Start and nurse (part 1) of served work, or of a task outside routes; None when nobody does it."""
    done = case.served.get(name, {}).get(1)
    if done is not None:
        return done.stop.start, done.duty.nurse
    task = case.instance.task_by_id.get(name)
    if task is not None and not task.in_route:
        return case.clock.at(case.clock.day_number(task.day), task.from_time), task.nurse or ""
    return None
