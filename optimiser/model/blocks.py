"""Candidate blocks of one nurse in time: what row rules are written over in the model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from optimiser.domain.clock import DAY
from optimiser.domain.duty import ContextDuty, ShiftKind
from optimiser.domain.duty_work import kind_blocks, segment_bounds
from optimiser.domain.instance import Instance
from optimiser.domain.row_rules import DutyClass
from optimiser.model.variables import RosterModel

LOOK_BACK = 30 * DAY
"""Context older than this reaches no rest rule; sums over weeks use counters of their own."""


WORK, STANDBY, WORKPLACE = int(DutyClass.WORK), int(DutyClass.STANDBY), int(DutyClass.WORKPLACE)
NIGHT, LATE_NIGHT, CONSIGNATIE = int(DutyClass.NIGHT), int(DutyClass.LATE_NIGHT), int(DutyClass.CONSIGNATIE)
"""As plain numbers, for where it is asked often."""
_LANE = STANDBY | WORKPLACE


@dataclass(frozen=True, eq=False)
class Block:
    """Work or standby that is there when ``literal`` is true (None: always). Minutes as in the design."""

    start: int
    end: int
    work: int
    duty_class: int
    """Bits of DutyClass; a plain number, since flags are slow."""
    literal: cp_model.IntVar | None = None
    calls: int = 0
    known: bool = False
    """A duty of the context; a task outside routes is fixed and not known."""
    kind: tuple[int, int] | None = None
    """(day, kind number) of a duty candidate."""
    part: int = 0
    """Which segment of the duty."""
    band: int = 0
    """Minutes in the night band (00:00 to 06:00)."""

    group: Hashable = None
    """Blocks of one group exclude each other: the same day, lane and segment. A block without kind is alone."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "duty_class", int(self.duty_class))
        lane = self.duty_class & _LANE
        group = id(self) if self.kind is None else (self.kind[0], lane, self.part)
        object.__setattr__(self, "group", group)


def classify(instance: Instance, start: int, end: int) -> DutyClass:
    """The class of a dienst from ``start`` to ``end`` by the clock."""
    law, clock = instance.rules, instance.clock
    result = DutyClass.WORK
    if clock.overlap_with_band(start, end, law.night_from.value, law.night_until.value) > law.night_threshold.value:
        result |= DutyClass.NIGHT
        if clock.clock_time(end) > law.late_night.value or end - start > DAY:
            result |= DutyClass.LATE_NIGHT
    return result


def night_minutes(instance: Instance, start: int, end: int) -> int:
    """Minutes in the night band."""
    law = instance.rules
    return instance.clock.overlap_with_band(start, end, law.night_from.value, law.night_until.value)


def fixed_blocks(instance: Instance, nurse: str) -> list[Block]:
    """Context duties not older than LOOK_BACK, and tasks outside routes."""
    clock = instance.clock
    blocks: list[Block] = []
    for duty in instance.context:
        if duty.nurse == nurse and duty.end > -LOOK_BACK:
            blocks += _context_blocks(instance, duty)
    for task in instance.tasks:
        if task.nurse == nurse and not task.in_route:
            day = clock.day_number(task.day)
            start, end = clock.at(day, task.from_time), clock.at(day, task.until_time)
            band = night_minutes(instance, start, end)
            blocks.append(Block(start, end, task.minutes, classify(instance, start, end), band=band))
    return sorted(blocks, key=lambda block: (block.start, block.end))


def _context_blocks(instance: Instance, duty: ContextDuty) -> list[Block]:
    """On call at the workplace is both standby and work."""
    start, end, blocks = duty.start, duty.end, list[Block]()
    band = night_minutes(instance, start, end)
    standby = duty.lane == "standby"
    at_work = standby and (duty.form == "workplace" or duty.work_minutes >= end - start)
    extra = DutyClass.WORKPLACE if at_work else DutyClass(0)
    if standby:
        watch = DutyClass.STANDBY | extra
        if duty.form == "consignatie":
            watch |= DutyClass.CONSIGNATIE
        calls = 0 if at_work else duty.work_minutes
        blocks.append(Block(start, end, 0, watch, calls=calls, known=True, band=band))
    if not standby or at_work:
        work = classify(instance, start, end) | extra
        blocks.append(Block(start, end, duty.work_minutes, work, known=True, band=band))
    return blocks


def duty_blocks(roster: RosterModel) -> dict[int, list[Block]]:
    """Nurse -> the candidate blocks of her duties, one for each segment."""
    instance = roster.problem.instance
    shapes: dict[tuple[int, int], list[Block]] = {}
    blocks: dict[int, list[Block]] = defaultdict(list)
    for (nurse, day, kind), literal in roster.duty.items():
        if (day, kind) not in shapes:
            shapes[day, kind] = _shapes(instance, instance.shift_kinds[kind], day, kind)
        blocks[nurse] += [
            Block(
                each.start, each.end, each.work, each.duty_class, literal, each.calls, False, each.kind, each.part,
                each.band,
            )
            for each in shapes[day, kind]
        ]  # fmt: skip
    return blocks


def _shapes(instance: Instance, kind: ShiftKind, day: int, number: int) -> list[Block]:
    """The blocks of a kind on a day, without literal."""
    bounds = segment_bounds(kind, instance.clock, day)
    start, end = bounds[0][0], bounds[-1][1]
    shapes: list[Block] = []
    extra = DutyClass.WORKPLACE if kind.at_workplace and kind.lane == "standby" else DutyClass(0)
    if kind.lane == "standby":
        watch = DutyClass.STANDBY | extra | (DutyClass.CONSIGNATIE if kind.consignatie else DutyClass(0))
        calls = 0 if kind.at_workplace else kind.expected_call_minutes
        band = night_minutes(instance, start, end)
        shapes.append(Block(start, end, 0, watch, None, calls, False, (day, number), 0, band))
    for part, block in enumerate(kind_blocks(instance, kind, day)):
        duty_class = classify(instance, block.start, block.end) | extra
        band = night_minutes(instance, block.start, block.end)
        shape = Block(block.start, block.end, block.minutes, duty_class, None, 0, False, (day, number), part, band)
        shapes.append(shape)
    return shapes
