"""Standby for the unforeseen only (ATW 5:9 lid 2): days without it, and longer times without work and without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from optimiser.check.case import Case
from optimiser.check.timeline import Timeline
from optimiser.check.violation import Violation
from optimiser.domain.clock import DAY

FOUR_WEEKS = 28 * DAY


def consignatie(case: Case, line: Timeline) -> Iterator[Violation]:
    """In the 28 x 24 hours from each start of it: 14 periods of 24 hours, and 2 of 48. Afterwards all is free."""
    rules = case.rules_of(line.nurse)
    called = [(each.start, each.end) for each in line.standbys if each.consignatie]
    working = [(block.start, block.end) for dienst in line.diensten for block in dienst.blocks]
    for start, _ in called:
        for rule, busy, length, least in (
            ("on_call.consignatie_days", called, DAY, rules.consignatie_free_days.value),
            ("on_call.consignatie_pairs", [*called, *working], 2 * DAY, rules.consignatie_free_pairs.value),
        ):
            found = free_periods(busy, start, start + FOUR_WEEKS, length)
            if found < least:
                yield case.found(rule, start, start + FOUR_WEEKS, nurse=line.nurse, required=least, found=found)


def free_periods(busy: Iterable[tuple[int, int]], start: int, end: int, length: int) -> int:
    """How many disjoint periods of ``length`` between ``start`` and ``end`` hold nothing of ``busy``."""
    count, reached = 0, start
    for begin, until in sorted(busy):
        count += max(0, min(begin, end) - reached) // length
        reached = max(reached, until)
    return count + max(0, end - reached) // length
