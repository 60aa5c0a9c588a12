"""Notice of a roster (ATW 4:2 lid 2): 28 days before the duties it holds. A signal; nothing known, nothing said.

And what was published stays: a duty goes or comes only by an event that the plan names, and the past is the past.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from optimiser.check.case import Case
from optimiser.check.violation import Violation
from optimiser.domain.events import Absent, Agreed, Held
from optimiser.domain.plan import BREAK, Duty, Plan

Key = tuple[str, date, str]
"""Nurse, date and kind of a duty."""


def judge(case: Case) -> Iterator[Violation]:
    """Notice, and changes of a parent that was published."""
    yield from _notice(case)
    if case.parent is not None and case.parent.published is not None:
        yield from _roster(case, case.parent)
        yield from _past(case, case.parent)
    yield from _after_falling_ill(case)
    yield from _before_she_could(case)


def _notice(case: Case) -> Iterator[Violation]:
    """For a duty with a date of its own one signal each; for all others one, at the first duty of the plan."""
    least = case.rules.notice_days.value
    told = {(row.nurse, row.kind, row.day): row.published_on for row in case.instance.duties_given}
    others = []
    for duty in case.duties:
        day = told.get((duty.nurse, duty.kind, duty.day))
        if day is None:
            others.append(duty)
        elif (duty.day - day).days < least:
            yield case.found("publication.notice", duty.start, duty.end, nurse=duty.nurse, subject=duty.id,
                             required=least, found=(duty.day - day).days)  # fmt: skip
    publish = case.instance.settings.publish_on
    if case.plan.published is not None:
        publish = case.plan.published.date()
        others = [duty for duty in others if (duty.nurse, duty.day, duty.kind) not in _agreed(case)]
    if publish is None or not others:
        return
    first = min(others, key=lambda each: (each.day, each.start))
    if (first.day - publish).days < least:
        yield case.found("publication.notice", first.start, first.end, required=least, found=(first.day - publish).days)


def _roster(case: Case, parent: Plan) -> Iterator[Violation]:
    """Published duties that are gone, and duties that nobody agreed to; students go with their companion."""
    before, after = _keyed(parent), _keyed(case.plan)
    absent = {name for event in case.plan.events if isinstance(event, Absent) for name, _ in event.duties}
    handed = {key for event in case.plan.events if isinstance(event, Agreed) for key in event.gone}
    for key, duty in before.items():
        if key not in after and duty.follows is None and duty.id not in absent and key not in handed:
            yield case.found("publication.gone", duty.start, duty.end, nurse=duty.nurse, subject=duty.id)
    for key, duty in after.items():
        if key not in before and duty.follows is None and key not in _agreed(case):
            yield case.found("publication.extra", duty.start, duty.end, nurse=duty.nurse, subject=duty.id)


def _agreed(case: Case) -> set[Key]:
    """Duties that a nurse agreed to after publication."""
    return {key for event in case.plan.events if isinstance(event, Agreed) for key in event.new}


def _keyed(plan: Plan) -> dict[Key, Duty]:
    return {(duty.nurse, duty.day, duty.kind): duty for duty in plan.duties}


def _past(case: Case, parent: Plan) -> Iterator[Violation]:
    """What began before the last new event was known is as it was: nothing added, moved or taken away."""
    new = [event.at for event in case.plan.events if event not in parent.events]
    if not new or not case.plan.with_routes:
        return
    last = max(new)
    late = {event.id for event in case.plan.events if isinstance(event, Held)}
    before, after = _begun(parent, last, late), _begun(case.plan, last, late)
    for nurse, start, work, part in sorted(before ^ after):
        yield case.found("publication.past", start, start, nurse=nurse, subject=f"{work} ({part})")


def _begun(plan: Plan, last: int, late: set[str]) -> set[tuple[str, int, str, int]]:
    """Nurse, start, work and part of what began; that a nurse is late may be known only after it began."""
    return {
        (duty.nurse, stop.start, stop.id, stop.part)
        for duty in plan.duties for stop in duty.stops
        if stop.what != BREAK and stop.start < last and stop.id not in late
    }  # fmt: skip


def _after_falling_ill(case: Case) -> Iterator[Violation]:
    """Work of a nurse between the minute she fell ill, on duty, and the first minute that her absence blocks."""
    for event in case.plan.events:
        if isinstance(event, Absent):
            until = case.clock.at(case.clock.day_number(event.first), event.from_time)
            for duty in case.duties_of.get(event.nurse, ()):
                for stop in duty.stops:
                    if event.at <= stop.start < until and stop.what != BREAK:
                        yield case.found("publication.ill", stop.start, stop.end, nurse=duty.nurse, subject=stop.id)


def _before_she_could(case: Case) -> Iterator[Violation]:
    """Work of a late nurse that begins while she is held; her delay itself may be left open, not denied."""
    for event in case.plan.events:
        if isinstance(event, Held):
            for duty in case.duties_of.get(event.nurse, ()):
                for stop in duty.stops:
                    held = stop.what == BREAK or stop.id in _delays(case)
                    if not held and event.at <= stop.start < event.start + event.minutes:
                        yield case.found("publication.late", stop.start, stop.end, nurse=duty.nurse, subject=stop.id)


def _delays(case: Case) -> set[str]:
    return {event.id for event in case.plan.events if isinstance(event, Held)}
