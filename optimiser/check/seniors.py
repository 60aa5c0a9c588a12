"""People of 55 and over: no work and no standby between 23:00 and 07:00 without consent (CAO)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from optimiser.check.case import Case
from optimiser.check.violation import Violation
from optimiser.domain.people import Nurse


def judge(case: Case) -> Iterator[Violation]:
    """One finding for each duty of the plan that reaches into those hours."""
    for duty in case.duties:
        nurse = case.nurse_of(duty)
        if nurse.night_consent:
            continue
        inside = sum(_inside(case, nurse, start, end) for start, end in case.segments(duty))
        if inside:
            yield case.found("seniors.night", duty.start, duty.end, nurse=nurse.id, subject=duty.id,
                             required=0, found=inside, article=case.rules_of(nurse.id).senior_age.article)  # fmt: skip


def _inside(case: Case, nurse: Nurse, start: int, end: int) -> int:
    """Minutes in those hours on days on which she has the age: from midnight when it comes in the night."""
    clock, rules = case.clock, case.rules_of(nurse.id)
    for day in range(clock.day_of(start), clock.day_of(end) + 1):
        if age(nurse.born, clock.date_of(day)) >= rules.senior_age.value:
            begin = max(start, clock.midnight(day))
            return clock.overlap_with_band(begin, end, rules.senior_from.value, rules.senior_until.value)
    return 0


def age(born: date, day: date) -> int:
    """Years of age on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
