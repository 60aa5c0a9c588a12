"""Weekly rest (ATW 5:5 lid 2): 36 hours in each 7 x 24 h, or 72 hours in each 14 x 24 h in blocks of at least 32."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.check.case import Case
from optimiser.check.timeline import Timeline
from optimiser.check.violation import Violation
from optimiser.domain.clock import WEEK
from optimiser.domain.labour import LabourRules


def judge(case: Case, line: Timeline) -> Iterator[Violation]:
    """One finding for each dienst whose windows hold neither rest. After the last known dienst all is free."""
    rules = case.rules_of(line.nurse)
    for number, anchor in enumerate(line.diensten):
        week, fortnight = anchor.start + WEEK, anchor.start + 2 * WEEK
        if rest_of(rules, line, number, week) is not None:
            continue
        blocks = blocks_of(rules, line, number, fortnight)
        if sum(until - begin for begin, until in blocks) < rules.fortnight_rest.value:
            yield case.found("weekly_rest.week", anchor.start, week, nurse=line.nurse,
                             required=rules.weekly_rest.value, found=longest_rest(line, number, week))  # fmt: skip


def rest_of(rules: LabourRules, line: Timeline, number: int, end: int) -> tuple[int, int] | None:
    """The first rest of 36 hours before ``end`` that follows the dienst of this number or a later one."""
    return next((rest for rest in _rests(line, number, end) if rest[1] - rest[0] >= rules.weekly_rest.value), None)


def longest_rest(line: Timeline, number: int, end: int) -> int:
    """Minutes of the longest rest before ``end`` from that dienst on."""
    return max((until - begin for begin, until in _rests(line, number, end)), default=0)


def blocks_of(rules: LabourRules, line: Timeline, number: int, end: int) -> list[tuple[int, int]]:
    """The rests of at least 32 hours before ``end`` from that dienst on."""
    return [rest for rest in _rests(line, number, end) if rest[1] - rest[0] >= rules.fortnight_block.value]


def _rests(line: Timeline, number: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and end of each rest from the end of that dienst to ``end``, cut off there."""
    for position in range(number, len(line.diensten)):
        begin = line.diensten[position].end
        if begin >= end:
            return
        yield begin, min(end, line.diensten[position + 1].start if position + 1 < len(line.diensten) else end)
