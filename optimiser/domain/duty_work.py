"""Which minutes of a duty are work by the clock. One definition for every room."""

from __future__ import annotations

from dataclasses import dataclass

from optimiser.domain.clock import Clock
from optimiser.domain.duty import ShiftKind
from optimiser.domain.instance import Instance
from optimiser.domain.plan import BREAK, Duty


@dataclass(frozen=True)
class WorkBlock:
    """Work from ``start`` to ``end`` (horizon minutes) of which ``minutes`` are work (the rest is break)."""

    start: int
    end: int
    minutes: int


def segment_bounds(kind: ShiftKind, clock: Clock, day: int) -> tuple[tuple[int, int], ...]:
    """Start and end minute of each segment of a duty of ``kind`` that starts on day number ``day``."""
    return tuple((clock.at(day, start), clock.at(day, end)) for start, end in kind.segments)


def work_blocks(instance: Instance, duty: Duty) -> tuple[WorkBlock, ...]:
    """The work of a duty: its segments less the break; of standby from home only the turn-outs that are planned.

    A turn-out runs from the start of its first stop to the end of its last; stops with at most
    ``labour.call_gap`` idle minutes between them are one turn-out. With ``planned_work_in_standby = "call"``
    standby from home holds no work (the lenient reading of ATW 5:9 lid 8).
    """
    kind = instance.kind_by_id[duty.kind]
    if kind.lane == "work" or kind.at_workplace:
        return kind_blocks(instance, kind, instance.clock.day_number(duty.day))
    if instance.settings.planned_work_in_standby == "call":
        return ()
    turnouts: list[list[int]] = []
    for stop in (each for each in duty.stops if each.what != BREAK):
        if turnouts and stop.start - turnouts[-1][1] <= instance.rules.call_gap.value:
            turnouts[-1][1] = stop.end
        else:
            turnouts.append([stop.start, stop.end])
    return tuple(WorkBlock(start, end, end - start) for start, end in turnouts)


def kind_blocks(instance: Instance, kind: ShiftKind, day: int) -> tuple[WorkBlock, ...]:
    """The work of any duty of ``kind`` that starts on a day, whatever its route; none in standby from home."""
    if kind.lane == "standby" and not kind.at_workplace:
        return ()
    blocks = [WorkBlock(start, end, end - start) for start, end in segment_bounds(kind, instance.clock, day)]
    first = blocks[0]
    return (WorkBlock(first.start, first.end, first.minutes - kind.break_minutes), *blocks[1:])


def planned_minutes_by_week(instance: Instance, duty: Duty) -> dict[int, int]:
    """Week number -> planned work minutes of the duty; a block over midnight of Sunday counts in both weeks.

    The break comes off the week in which the block starts.
    """
    return minutes_by_week(instance.clock, work_blocks(instance, duty))


def minutes_by_week(clock: Clock, blocks: tuple[WorkBlock, ...]) -> dict[int, int]:
    """Week number -> work minutes of blocks, cut at midnight of Sunday; a break comes off where its block starts."""
    weeks: dict[int, int] = {}
    for block in blocks:
        week = clock.day_of(block.start) // 7
        border = clock.midnight(7 * (week + 1))
        after = max(0, block.end - max(border, block.start))
        weeks[week] = weeks.get(week, 0) + block.minutes - after
        if after:
            weeks[week + 1] = weeks.get(week + 1, 0) + after
    return weeks
