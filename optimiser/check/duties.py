"""Duties as such: known, of an allowed kind, at the kind's clock, one per lane and day, not over anything else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from optimiser.check.case import Case
from optimiser.check.sharing import may_ever_share
from optimiser.check.violation import Violation
from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.noun import WEEKDAYS
from optimiser.domain.plan import Duty


def judge(case: Case) -> Iterator[Violation]:
    """All findings about duties one by one, and about duties that the tables ask for."""
    yield from _unknown(case)
    for duty in case.duties:
        yield from _kind(case, duty)
        yield from _absence(case, duty)
    yield from _double(case)
    for nurse in case.duties_of:
        yield from _overlaps(case, nurse)
    yield from _given(case)


def _unknown(case: Case) -> Iterator[Violation]:
    instance = case.instance
    seen: set[str] = set()
    for duty in case.plan.duties:
        if (
            duty.nurse not in instance.nurse_by_id
            or duty.kind not in instance.kind_by_id
            or duty.organisation not in instance.organisation_by_id
            or duty.id in seen
            or not case.is_sane(duty)
        ):
            start, end = (min(max(time, case.first_minute), case.last_minute) for time in (duty.start, duty.end))
            yield case.found("duties.unknown", start, end, nurse=duty.nurse, subject=duty.id)
        seen.add(duty.id)


def _kind(case: Case, duty: Duty) -> Iterator[Violation]:
    kind, nurse, day = case.kind_of(duty), case.nurse_of(duty), case.clock.day_number(duty.day)
    bounds = segment_bounds(kind, case.clock, day)
    broken = []
    if not 0 <= day < case.instance.days:
        broken.append("duties.horizon")
    if duty.lane != kind.lane:
        broken.append("duties.lane")
    if (duty.start, duty.end) != (bounds[0][0], bounds[-1][1]):
        # times that leave a part without work, or lie on another day, would hide work from the law
        judged = case.clock.day_of(duty.start) == day and all(start < end for start, end in case.segments(duty))
        broken.append("duties.deviates" if case.plan.status == "imported" and judged else "duties.clock")
    if kind.weekdays and WEEKDAYS[duty.day.weekday()] not in kind.weekdays:
        broken.append("duties.weekday")
    lent = not may_ever_share(case, nurse.organisation, duty.organisation)
    if lent or (kind.organisations and duty.organisation not in kind.organisations):
        broken.append("duties.organisation")
    lacks = not all(case.has_skill(nurse.id, skill, duty.day) for skill in kind.skills)
    if lacks or (nurse.categories and kind.category not in nurse.categories):
        broken.append("duties.category")
    for rule in broken:
        yield case.found(rule, duty.start, duty.end, nurse=duty.nurse, subject=f"{duty.id} ({kind.id})")


def _absence(case: Case, duty: Duty) -> Iterator[Violation]:
    """Leave, sickness, absence, training and unavailability: a band of the clock on each date."""
    clock = case.clock
    bounds = case.segments(duty)
    last = duty.day + timedelta(days=3)
    for row in case.availability_of.get(duty.nurse, ()):
        if row.kind == "travel" or row.first > last or row.last < duty.day - timedelta(days=2):
            continue
        low = max(clock.day_number(row.first), clock.day_number(duty.day) - 2)
        high = min(clock.day_number(row.last), clock.day_number(last))
        for day in range(low, high + 1):
            start, end = clock.at(day, row.from_time), clock.at(day, row.until_time)
            if any(start < until and begin < end for begin, until in bounds):
                yield case.found("duties.absence", start, end, nurse=duty.nurse, subject=f"{duty.id} ({row.kind})")
                break


def _double(case: Case) -> Iterator[Violation]:
    """At most one duty per day and lane in plans we make; in imported rosters only the clock judges."""
    if case.plan.status == "imported":
        return
    seen: set[tuple[str, object, str]] = set()
    for duty in case.duties:
        key = (duty.nurse, duty.day, duty.lane)
        if key in seen:
            yield case.found("duties.double", duty.start, duty.end, nurse=duty.nurse, subject=duty.id)
        seen.add(key)


def _overlaps(case: Case, nurse: str) -> Iterator[Violation]:
    """A duty against her other duties, context duties and tasks outside routes."""
    clock = case.clock
    periods: list[tuple[int, int, str, bool]] = []
    for duty in case.duties_of[nurse]:
        for start, end in case.segments(duty):
            periods.append((start, end, duty.id, True))
    for context in case.context_of.get(nurse, ()):
        periods.append((context.start, context.end, "context", False))
    for task in case.fixed_tasks_of.get(nurse, ()):
        day = clock.day_number(task.day)
        periods.append((clock.at(day, task.from_time), clock.at(day, task.until_time), task.id, False))
    reached: dict[bool, tuple[int, str]] = {}
    for start, end, name, planned in sorted(periods):
        for other_planned, (until, other) in reached.items():
            if start < until and (planned or other_planned):
                yield case.found("duties.overlap", start, min(end, until), nurse=nurse, subject=f"{name}, {other}")
        if planned not in reached or end > reached[planned][0]:
            reached[planned] = (end, name)


def _given(case: Case) -> Iterator[Violation]:
    """Published duties stand."""
    held = {(duty.nurse, duty.kind, duty.day) for duty in case.plan.duties}
    for row in case.instance.duties_given:
        day = case.clock.day_number(row.day)
        if row.status != "published" or not 0 <= day < case.instance.days:
            continue
        if (row.nurse, row.kind, row.day) not in held:
            bounds = segment_bounds(case.instance.kind_by_id[row.kind], case.clock, day)
            yield case.found("duties.given", bounds[0][0], bounds[-1][1], nurse=row.nurse,
                             subject=f"{row.kind} ({row.status})")  # fmt: skip
