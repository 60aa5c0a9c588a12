"""Pregnancy and the half year after a birth (ATW 4:5, 4:6): shorter hours, no nights unasked, no work around birth.

The words of these findings do not say why the limit is the nurse's own: ``due`` and ``gave_birth`` are shown to nobody.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from optimiser.check.case import Case
from optimiser.check.timeline import Timeline
from optimiser.check.violation import Violation
from optimiser.check.weeks import sums_over_weeks, with_counter
from optimiser.domain.people import Nurse

ARTICLE = "ATW"
"""As the findings say it; the registry has the number."""


def judge(case: Case, line: Timeline) -> Iterator[Violation]:
    """All findings for a nurse for whom the limits hold on this horizon (plan language 29)."""
    nurse = case.instance.nurse_by_id[line.nurse]
    yield from _around_birth(case, line, nurse)
    if not holds(case, nurse):
        return
    rules, clock = case.rules_of(nurse.id), case.clock
    for dienst in line.diensten:
        if dienst.end <= 0 or dienst.start >= case.instance.horizon_end:
            continue
        if dienst.minutes > rules.pregnant_dienst.value:
            yield case.found("pregnancy.dienst", dienst.start, dienst.end, nurse=nurse.id,
                             required=rules.pregnant_dienst.value, found=dienst.minutes, article=ARTICLE)  # fmt: skip
        if dienst.night and not nurse.night_consent:
            yield case.found("pregnancy.night", dienst.start, dienst.end, nurse=nurse.id, article=ARTICLE)
    longer = with_counter(line.week_minutes, case.counters.get((nurse.id, "work_minutes_15_weeks"), 0))
    for rule, minutes, length, most in (
        ("pregnancy.four_weeks", line.week_minutes, 4, rules.pregnant_4_weeks.value),
        ("pregnancy.sixteen_weeks", longer, 16, rules.pregnant_16_weeks.value),
    ):
        for first, total in sums_over_weeks(minutes, length, most):
            if first + length > 0 and first < case.instance.weeks:
                yield case.found(rule, clock.midnight(7 * first), clock.midnight(7 * (first + length)),
                                 nurse=nurse.id, required=most, found=total, article=ARTICLE)  # fmt: skip


def holds(case: Case, nurse: Nurse) -> bool:
    """Whether a day of the horizon lies in the pregnancy or in the months after the birth."""
    rules, due, birth = case.rules_of(nurse.id), nurse.due or nurse.gave_birth, nurse.gave_birth or nurse.due
    if due is None or birth is None:
        return False
    first, last = case.clock.date_of(0), case.clock.date_of(case.instance.days - 1)
    begins = due - timedelta(days=rules.pregnant_days.value)
    return begins <= last and first <= _months_later(birth, rules.pregnant_months_after.value)


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _around_birth(case: Case, line: Timeline, nurse: Nurse) -> Iterator[Violation]:
    """Any duty of either lane from 28 days before the due date (or the birth) to 42 days after the birth."""
    due, birth = nurse.due or nurse.gave_birth, nurse.gave_birth or nurse.due
    if due is None or birth is None:
        return
    clock, rules = case.clock, case.rules_of(nurse.id)
    low = clock.midnight(clock.day_number(min(due - timedelta(days=rules.birth_before.value), birth)))
    high = clock.midnight(clock.day_number(birth + timedelta(days=rules.birth_after.value)) + 1)
    blocks = [block for dienst in line.diensten for block in dienst.blocks]
    periods = {(each.source, each.start, each.end) for each in blocks}
    periods |= {(each.source, each.start, each.end) for each in line.standbys}
    for source, start, end in sorted(periods):
        if start < high and end > max(low, 0):
            yield case.found("pregnancy.birth", start, end, nurse=nurse.id, subject=source, article=ARTICLE)
