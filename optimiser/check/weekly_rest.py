"""Weekly rest (ATW 5:5 lid 2): 36 hours in each 7 x 24 h, or 72 hours in each 14 x 24 h in blocks of at least 32."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.check.case import Case
from optimiser.check.timeline import Timeline
from optimiser.check.violation import Violation
from optimiser.domain.clock import WEEK


def judge(case: Case, line: Timeline) -> Iterator[Violation]:
    """One finding for each dienst whose windows hold neither rest. After the last known dienst all is free."""
    rules = case.rules
    for number, anchor in enumerate(line.diensten):
        week_end, fortnight_end = anchor.start + WEEK, anchor.start + 2 * WEEK
        longest = total = 0
        for position in range(number, len(line.diensten)):
            begin = line.diensten[position].end
            if begin >= fortnight_end or longest >= rules.weekly_rest.value:
                break
            until = line.diensten[position + 1].start if position + 1 < len(line.diensten) else fortnight_end
            longest = max(longest, min(until, week_end) - begin)
            block = min(until, fortnight_end) - begin
            total += block if block >= rules.fortnight_block.value else 0
        if longest < rules.weekly_rest.value and total < rules.fortnight_rest.value:
            yield case.found("weekly_rest.week", anchor.start, week_end, nurse=line.nurse,
                             required=rules.weekly_rest.value, found=longest)  # fmt: skip
