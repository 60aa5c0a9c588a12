"""Free Sundays (ATW 5:6 lid 3): 13 in the 52 weeks that end with each week of the horizon."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.check.case import Case
from optimiser.check.timeline import Timeline
from optimiser.check.violation import Violation

YEAR = 52


def judge(case: Case, line: Timeline) -> Iterator[Violation]:
    """One finding for each week of the horizon whose 52 weeks hold too few (plan language 30); none with consent."""
    if case.instance.nurse_by_id[line.nurse].sunday_consent:
        return
    least, clock = case.rules_of(line.nurse).free_sundays.value, case.clock
    worked = _worked(case, line)
    counted = case.counters.get((line.nurse, "free_sundays_52_weeks"))
    for last in range(case.instance.weeks):
        first = last - YEAR + 1
        if counted is None:
            before = sum(1 for week in worked if first <= week < 0)
        else:
            before = max(0, YEAR - counted - (last + 1))
        total = before + sum(1 for week in worked if 0 <= week <= last)
        if total > YEAR - least:
            yield case.found("sundays.free", clock.midnight(7 * first), clock.midnight(7 * (last + 1)),
                             nurse=line.nurse, required=least, found=YEAR - total)  # fmt: skip


def _worked(case: Case, line: Timeline) -> set[int]:
    """Weeks whose Sunday holds any work."""
    clock = case.clock
    return {
        day // 7
        for dienst in line.diensten
        for block in dienst.blocks
        for day in range(clock.day_of(block.start), clock.day_of(max(block.start, block.end - 1)) + 1)
        if clock.weekday(day) == 6
    }
