"""Working time (ATW 5:7): 12 hours per dienst, 60 per week, 220 in 4 weeks, 768 in 16; the agreement's 10 a dienst."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.check.case import Case
from optimiser.check.timeline import Timeline
from optimiser.check.violation import Violation
from optimiser.check.weeks import sums_over_weeks, with_counter
from optimiser.domain.labour import ATW


def judge(case: Case, line: Timeline) -> Iterator[Violation]:
    """Findings per dienst and per run of calendar weeks."""
    law, agreed = ATW.max_dienst.value, case.rules_of(line.nurse).max_dienst
    for dienst in (each for each in line.diensten if not each.workplace):
        if dienst.minutes > law:
            yield case.found("working_time.dienst", dienst.start, dienst.end, nurse=line.nurse,
                             required=law, found=dienst.minutes)  # fmt: skip
        elif dienst.minutes > agreed.value:
            yield case.found("working_time.dienst_agreement", dienst.start, dienst.end, nurse=line.nurse,
                             required=agreed.value, found=dienst.minutes, article=agreed.article)  # fmt: skip
    yield from _weeks(case, line)


def _weeks(case: Case, line: Timeline) -> Iterator[Violation]:
    rules, clock = case.rules_of(line.nurse), case.clock
    known = line.week_minutes
    longer = with_counter(known, case.counters.get((line.nurse, "work_minutes_15_weeks"), 0))
    limits = (
        ("working_time.week", known, 1, rules.max_week.value),
        ("working_time.four_weeks", known, 4, rules.max_4_weeks.value),
        ("working_time.sixteen_weeks", longer, 16, rules.max_16_weeks.value),
    )
    for rule, weeks, length, most in limits:
        for first, total in sums_over_weeks(weeks, length, most):
            yield case.found(rule, clock.midnight(7 * first), clock.midnight(7 * (first + length)),
                             nurse=line.nurse, required=most, found=total)  # fmt: skip
