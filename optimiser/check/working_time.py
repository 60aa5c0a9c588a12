"""Working time (ATW 5:7): 12 hours per dienst, 60 per week, 220 in 4 weeks, 768 in 16; the agreement's 10 a dienst."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.check.case import Case
from optimiser.check.timeline import Timeline
from optimiser.check.violation import Violation
from optimiser.check.weeks import sums_over_weeks
from optimiser.domain.labour import ATW

HISTORY_WEEKS = 15


def judge(case: Case, line: Timeline) -> Iterator[Violation]:
    """Findings per dienst and per run of calendar weeks."""
    law, agreed = ATW.max_dienst.value, case.rules.max_dienst
    for dienst in line.diensten:
        if dienst.minutes > law:
            yield case.found("working_time.dienst", dienst.start, dienst.end, nurse=line.nurse,
                             required=law, found=dienst.minutes)  # fmt: skip
        elif dienst.minutes > agreed.value:
            yield case.found("working_time.dienst_agreement", dienst.start, dienst.end, nurse=line.nurse,
                             required=agreed.value, found=dienst.minutes, article=agreed.article)  # fmt: skip
    yield from _weeks(case, line)


def _weeks(case: Case, line: Timeline) -> Iterator[Violation]:
    rules, clock = case.rules, case.clock
    limits = (
        ("working_time.week", 1, rules.max_week.value),
        ("working_time.four_weeks", 4, rules.max_4_weeks.value),
        ("working_time.sixteen_weeks", 16, rules.max_16_weeks.value),
    )
    for rule, length, most in limits:
        for first, total in sums_over_weeks(_with_history(case, line, length), length, most):
            yield case.found(rule, clock.midnight(7 * first), clock.midnight(7 * (first + length)),
                             nurse=line.nurse, required=most, found=total)  # fmt: skip


def _with_history(case: Case, line: Timeline, length: int) -> dict[int, int]:
    """For 16 weeks the counter ``work_minutes_15_weeks`` stands in where the context holds less."""
    if length != HISTORY_WEEKS + 1:
        return line.week_minutes
    known = sum(minutes for week, minutes in line.week_minutes.items() if -HISTORY_WEEKS <= week < 0)
    missing = case.counters.get((line.nurse, "work_minutes_15_weeks"), 0) - known
    if missing <= 0:
        return line.week_minutes
    # The missing minutes are put in the earliest week: only the window that holds all fifteen sees them.
    return {**line.week_minutes, -HISTORY_WEEKS: line.week_minutes.get(-HISTORY_WEEKS, 0) + missing}
