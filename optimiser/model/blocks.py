"""Candidate blocks of one nurse in time: what row rules are written over in the model."""

from __future__ import annotations

from dataclasses import dataclass

from ortools.sat.python import cp_model

from optimiser.domain.clock import DAY
from optimiser.domain.instance import Instance
from optimiser.domain.row_rules import DutyClass

LOOK_BACK = 16 * DAY
"""Context older than this reaches no rest rule; sums over weeks use counters of their own."""


@dataclass(frozen=True)
class Block:
    """Work or standby that is there when ``literal`` is true (None: always). Minutes as in the design."""

    start: int
    end: int
    work: int
    duty_class: DutyClass
    literal: cp_model.IntVar | None = None
    calls: int = 0
    known: bool = False
    kind: tuple[int, int] | None = None
    """(day, kind number) of a duty candidate."""


def classify(instance: Instance, start: int, end: int) -> DutyClass:
    """The class of a dienst from ``start`` to ``end`` by the clock."""
    law, clock = instance.rules, instance.clock
    result = DutyClass.WORK
    if clock.overlap_with_band(start, end, law.night_from.value, law.night_until.value) > law.night_threshold.value:
        result |= DutyClass.NIGHT
        if clock.clock_time(end) > law.late_night.value or end - start > DAY:
            result |= DutyClass.LATE_NIGHT
    return result


def fixed_blocks(instance: Instance, nurse: str) -> list[Block]:
    """Context duties not older than LOOK_BACK, and tasks outside routes."""
    clock = instance.clock
    blocks = []
    for duty in instance.context:
        if duty.nurse == nurse and duty.end > -LOOK_BACK:
            wholly = duty.work_minutes >= duty.end - duty.start
            if duty.lane == "standby":
                calls = 0 if wholly else duty.work_minutes
                blocks.append(Block(duty.start, duty.end, 0, DutyClass.STANDBY, calls=calls, known=True))
            if duty.lane == "work" or wholly:  # on call at the workplace is work
                kind = classify(instance, duty.start, duty.end)
                blocks.append(Block(duty.start, duty.end, duty.work_minutes, kind, known=True))
    for task in instance.tasks:
        if task.nurse == nurse and not task.in_route:
            day = clock.day_number(task.day)
            start, end = clock.at(day, task.from_time), clock.at(day, task.until_time)
            blocks.append(Block(start, end, task.minutes, classify(instance, start, end)))
    return sorted(blocks, key=lambda block: (block.start, block.end))
