"""The duties of a plan for other programs, and those that an earlier version had."""

from __future__ import annotations

from optimiser.domain.duty_work import segment_bounds, work_blocks
from optimiser.domain.exported import ExportedDuty, Span
from optimiser.domain.instance import Instance
from optimiser.domain.plan import BREAK, Duty, Plan
from optimiser.report.legs import journey_ends


def exported_duty(instance: Instance, duty: Duty) -> ExportedDuty:
    """One duty with its segments, breaks and minutes of work."""
    kind, clock = instance.kind_by_id[duty.kind], instance.clock
    ends = journey_ends(instance, duty.nurse, duty.day)
    return ExportedDuty(
        id=duty.id,
        nurse=duty.nurse,
        day=duty.day,
        kind=duty.kind,
        code=kind.code,
        lane=duty.lane,
        category=kind.category,
        at_workplace=kind.at_workplace,
        organisation=duty.organisation,
        status=duty.status,
        follows=duty.follows,
        start=clock.moment_of(duty.start),
        end=clock.moment_of(duty.end),
        segments=_segments(instance, duty),
        breaks=tuple(_span(instance, stop.start, stop.end) for stop in duty.stops if stop.what == BREAK),
        break_minutes=kind.break_minutes,
        work_minutes=sum(block.minutes for block in work_blocks(instance, duty)),
        mode=ends.mode,
        start_place=ends.start_place,
        end_place=ends.end_place,
    )


def cancelled_duties(instance: Instance, before: Plan, plan: Plan) -> tuple[ExportedDuty, ...]:
    """What ``before`` has and ``plan`` has not: whole duties, or the segment of a split shift that fell away."""
    now = {each.id: len(_segments(instance, each)) for each in plan.duties}
    gone = []
    for duty in sorted(before.duties, key=lambda each: (each.nurse, each.start, each.id)):
        held = exported_duty(instance, duty)
        if len(held.segments) > now.get(duty.id, 0):
            gone.append(held)
    return tuple(gone)


def _segments(instance: Instance, duty: Duty) -> tuple[Span, ...]:
    """The segments of its kind between the duty's own start and end; one where these leave no room for two."""
    bounds = segment_bounds(instance.kind_by_id[duty.kind], instance.clock, instance.clock.day_number(duty.day))
    if len(bounds) == 2 and duty.start < bounds[0][1] and bounds[1][0] < duty.end:
        return _span(instance, duty.start, bounds[0][1]), _span(instance, bounds[1][0], duty.end)
    return (_span(instance, duty.start, duty.end),)


def _span(instance: Instance, start: int, end: int) -> Span:
    return Span(start=instance.clock.moment_of(start), end=instance.clock.moment_of(end))
