"""Breaks (ATW 5:4 lid 2): 30 minutes over 5.5 hours of work in a dienst, 45 over 10 hours, in parts of 15."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from optimiser.check.case import Case
from optimiser.check.timeline import Dienst, Timeline
from optimiser.check.violation import Violation


def judge(case: Case, line: Timeline) -> Iterator[Violation]:
    """One finding for each dienst with too little break."""
    rules = case.rules_of(line.nurse)
    for dienst in line.diensten:
        if dienst.minutes <= rules.break_after.value:
            continue
        long = dienst.minutes > rules.long_break_after.value
        required = rules.long_break_length.value if long else rules.break_length.value
        found = break_minutes(dienst, rules.break_part.value)
        if found < required:
            yield case.found("breaks.length", dienst.start, dienst.end, nurse=line.nurse,
                             required=required, found=found)  # fmt: skip


def break_minutes(dienst: Dienst, part: int) -> int:
    """Breaks inside the blocks and gaps between them, each when long enough to be one."""
    inside = [block.end - block.start - block.minutes for block in dienst.blocks]
    reached, between = dienst.blocks[0].end, list[int]()
    for _, block in pairwise(dienst.blocks):
        between.append(block.start - reached)
        reached = max(reached, block.end)
    return sum(length for length in (*inside, *between) if length >= part)
