"""Routes by the clock: travel with slack, the borders of the segment, and the break (docs: plan language 9 to 12)."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.check.case import Case
from optimiser.check.legs import legs
from optimiser.check.violation import Violation
from optimiser.domain.events import Absent
from optimiser.domain.plan import BREAK, Duty, Route, Stop

Bounds = tuple[int, int]


def judge(case: Case) -> Iterator[Violation]:
    """Findings for each duty with its routes; a student copies a route and has none to judge."""
    for duty in case.duties:
        kind = case.kind_of(duty)
        if duty.stops and not kind.carries_route:
            yield case.found("routes.carries", duty.start, duty.end, nurse=duty.nurse, subject=duty.id)
            continue
        bounds = case.segments(duty)
        seen: set[int] = set()
        for route in duty.routes:
            if route.segment >= len(bounds) or route.segment in seen:
                yield case.found("routes.segment", duty.start, duty.end, nurse=duty.nurse, subject=duty.id)
                continue
            seen.add(route.segment)
            yield from _times(case, duty, route)
            yield from _borders(case, duty, route, bounds[route.segment])
        if kind.carries_route and duty.follows is None:
            yield from _break(case, duty, bounds[0])


def _at(case: Case, rule: str, duty: Duty, stop: Stop, required: int | str = "", found: int | str = "") -> Violation:
    return case.found(rule, stop.start, stop.end, nurse=duty.nurse, subject=stop.id, required=required, found=found)


def _times(case: Case, duty: Duty, route: Route) -> Iterator[Violation]:
    slack = case.instance.settings.slack_minutes
    for stop in route.stops:
        if stop.arrival > stop.start:
            yield _at(case, "routes.arrival", duty, stop, stop.start, stop.arrival)
    for leg in legs(case, duty, route):
        if leg.before is None or leg.after is None:
            continue
        earliest = leg.before.end + slack + leg.minutes + leg.break_minutes
        if min(leg.after.start, leg.after.arrival) < earliest:
            yield _at(case, "routes.travel", duty, leg.after, earliest, min(leg.after.start, leg.after.arrival))


def _borders(case: Case, duty: Duty, route: Route, bounds: Bounds) -> Iterator[Violation]:
    """Handover and the inside part of home legs lie inside the segment; every stop does."""
    work = [stop for stop in route.stops if stop.what != BREAK]
    trip = legs(case, duty, route)
    if not trip:
        return
    free = case.instance.organisation_by_id[case.nurse_of(duty).organisation].free_home_leg
    earliest, latest = bounds
    if duty.lane == "work" and route.segment == 0:
        earliest += case.instance.settings.handover_minutes
    earliest += max(0, trip[0].minutes - free)
    latest -= max(0, trip[-1].minutes - free)
    if work[0].start < earliest:
        yield _at(case, "routes.begin", duty, work[0], earliest, work[0].start)
    if work[-1].end > latest:
        yield _at(case, "routes.end", duty, work[-1], latest, work[-1].end)


def _fell_ill(case: Case, duty: Duty) -> bool:
    """Whether she went home ill in the middle of it: then no break was due any more."""
    return any(
        isinstance(event, Absent) and event.nurse == duty.nurse and duty.start < event.at < duty.end
        for event in case.plan.events
    )


def _break(case: Case, duty: Duty, bounds: Bounds) -> Iterator[Violation]:
    """The break belongs to the first segment: listed with two stops or more, else only room for it."""
    kind = case.kind_of(duty)
    day, length = case.clock.day_number(duty.day), kind.break_minutes
    low = bounds[0] if kind.break_from is None else max(bounds[0], case.clock.at(day, kind.break_from))
    high = bounds[1] if kind.break_until is None else min(bounds[1], case.clock.at(day, kind.break_until))
    first = [stop for route in duty.routes if route.segment == 0 for stop in route.stops]
    later = [stop for route in duty.routes if route.segment != 0 for stop in route.stops if stop.what == BREAK]
    work = [stop for stop in first if stop.what != BREAK]
    breaks = [stop for stop in first if stop.what == BREAK]
    required = 1 if length and len(work) >= 2 else 0
    if required and not breaks and _fell_ill(case, duty):
        return
    if len(breaks) + len(later) != required:
        yield case.found("routes.break_count", duty.start, duty.end, nurse=duty.nurse, subject=duty.id,
                         required=required, found=len(breaks) + len(later))  # fmt: skip
    for stop in breaks:
        position = first.index(stop)
        if stop.end - stop.start != length:
            yield _at(case, "routes.break_length", duty, stop, length, stop.end - stop.start)
        if stop.start < low or stop.end > high:
            yield _at(case, "routes.break_window", duty, stop)
        outer = position in (0, len(first) - 1)
        if outer or stop.start < first[position - 1].end or stop.end > first[position + 1].start:
            yield _at(case, "routes.break_place", duty, stop)
    if length and len(work) < 2:
        room = _longest_free(work, low, high)
        if room < length:
            yield case.found("routes.break_room", low, max(low, high), nurse=duty.nurse, subject=duty.id,
                             required=length, found=room)  # fmt: skip


def _longest_free(work: list[Stop], low: int, high: int) -> int:
    """The longest free piece of ``[low, high)`` beside at most one stop."""
    if not work:
        return max(0, high - low)
    stop = work[0]
    return max(0, min(high, stop.start) - low, high - max(low, stop.end))
