"""Students: each follows one experienced companion of the same kind that day, and does nothing of her own."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.check.case import Case
from optimiser.check.violation import Violation
from optimiser.domain.plan import Duty


def judge(case: Case) -> Iterator[Violation]:
    """Findings about duties of students, and about duties that follow without being a student's."""
    followers: dict[tuple[str, object, str], list[Duty]] = {}
    for duty in case.duties:
        nurse = case.nurse_of(duty)
        student = nurse.experience == "student"
        wrong_one = student and nurse.companion is not None and duty.follows != nurse.companion
        if student != (duty.follows is not None) or wrong_one:
            yield case.found("companions.follows", duty.start, duty.end, nurse=duty.nurse, subject=duty.id)
        if student and duty.stops:
            yield case.found("companions.stops", duty.start, duty.end, nurse=duty.nurse, subject=duty.id)
        if duty.follows is None:
            continue
        companion = case.instance.nurse_by_id.get(duty.follows)
        same = any(each.day == duty.day and each.kind == duty.kind for each in case.duties_of.get(duty.follows, ()))
        if companion is None or companion.experience != "experienced" or not same:
            yield case.found("companions.kind", duty.start, duty.end, nurse=duty.nurse, subject=duty.id)
        followers.setdefault((duty.follows, duty.day, duty.lane), []).append(duty)
    for duties in followers.values():
        if len(duties) > 1:
            first = duties[0]
            yield case.found("companions.one", first.start, first.end, nurse=first.follows, required=1,
                             found=len(duties))  # fmt: skip
