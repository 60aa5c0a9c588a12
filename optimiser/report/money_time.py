"""Which minutes of a duty are paid, and as what: work, calls, standby."""

from __future__ import annotations

from dataclasses import dataclass

from optimiser.domain.duty_work import segment_bounds, work_blocks
from optimiser.domain.instance import Instance
from optimiser.domain.money import CALL_BLOCK, CALL_BLOCK_LEAST
from optimiser.domain.plan import BREAK, Duty

Span = tuple[int, int]
"""Start and end in horizon minutes; times without minutes between them are left out."""


@dataclass(frozen=True)
class PaidTime:
    """The paid times of one duty.

    - ``work``: of a work duty, or of standby at the workplace: its segments with the break taken out.
    - ``called``: the turn-outs of standby from home as they are planned.
    - ``calls``: the same as they are paid: each at least ``labour.call_least``, and whole blocks of 8 hours.
    - ``standby``: standby from home from its start to its end, called or not.
    """

    work: tuple[Span, ...] = ()
    called: tuple[Span, ...] = ()
    calls: tuple[Span, ...] = ()
    standby: tuple[Span, ...] = ()


def paid_time(instance: Instance, duty: Duty) -> PaidTime:
    """The paid times of a duty, by the start and end that the duty itself names."""
    kind = instance.kind_by_id[duty.kind]
    if kind.lane == "work" or kind.at_workplace:
        work = _segments(instance, duty)
        for gap in _breaks(instance, duty, work):
            work = _without(work, gap)
        return PaidTime(work=work)
    called = tuple((each.start, each.end) for each in work_blocks(with_paid_calls(instance), duty))
    return PaidTime(called=called, calls=_paid_calls(instance, duty, called), standby=((duty.start, duty.end),))


def with_paid_calls(instance: Instance) -> Instance:
    """The instance in which planned turn-outs are work: they are paid, also where the law may read them as calls."""
    if instance.settings.planned_work_in_standby == "work":
        return instance
    return instance.model_copy(
        update={"settings": instance.settings.model_copy(update={"planned_work_in_standby": "work"})}
    )


def _segments(instance: Instance, duty: Duty) -> tuple[Span, ...]:
    kind = instance.kind_by_id[duty.kind]
    bounds = segment_bounds(kind, instance.clock, instance.clock.day_number(duty.day))
    if len(bounds) == 1:
        return ((duty.start, duty.end),)
    return ((duty.start, bounds[0][1]), (bounds[1][0], duty.end))


def _breaks(instance: Instance, duty: Duty, segments: tuple[Span, ...]) -> list[Span]:
    """The breaks that the route lists; else one from the start of the break window, inside the first segment."""
    listed = [(stop.start, stop.end) for stop in duty.stops if stop.what == BREAK]
    kind = instance.kind_by_id[duty.kind]
    if listed or not kind.break_minutes:
        return listed
    start, end = segments[0]
    at = (start + end - kind.break_minutes) // 2
    if kind.break_from is not None:
        at = instance.clock.at(instance.clock.day_number(duty.day), kind.break_from)
    at = max(start, min(at, end - kind.break_minutes))
    return [(at, at + kind.break_minutes)]


def _without(spans: tuple[Span, ...], gap: Span) -> tuple[Span, ...]:
    parts = [part for low, high in spans for part in ((low, min(high, gap[0])), (max(low, gap[1]), high))]
    return tuple((low, high) for low, high in parts if low < high)


def _paid_calls(instance: Instance, duty: Duty, called: tuple[Span, ...]) -> tuple[Span, ...]:
    """From the first call on, 8 hours of which 6 or more are worked are call work as a whole, up to the end of the
    standby (75 % rule); other calls are paid for half an hour at least."""
    least = instance.rules.call_least.value
    longer = [(start, max(end, start + least)) for start, end in called]
    paid: list[Span] = []
    for start, end in longer:
        if paid and end <= paid[-1][1]:
            continue
        first = max(start, paid[-1][1]) if paid else start
        until = first + CALL_BLOCK.value
        worked = sum(max(0, min(high, until) - max(low, first)) for low, high in longer)
        whole = worked >= CALL_BLOCK_LEAST.value
        paid.append((first, max(end, min(until, duty.end)) if whole else end))
    return tuple(paid)
