"""Standby at the workplace (ATB 4.8): how often, hours on average, rest around it and in the week from its start."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.check.case import Case
from optimiser.check.timeline import Dienst, Timeline, rests
from optimiser.check.violation import Violation
from optimiser.check.weeks import per_week, sums_over_weeks, with_counter
from optimiser.domain.clock import WEEK

HALF_YEAR = 26


def judge(case: Case, line: Timeline) -> Iterator[Violation]:
    """All findings about diensten that hold standby at the workplace, and about 26 weeks with them."""
    yield from _weeks(case, line, [each.start for each in line.standbys if each.at_workplace])
    yield from _around(case, line)
    longest = case.rules_of(line.nurse).on_call_length.value
    for number, dienst in enumerate(line.diensten):
        if dienst.workplace:
            yield from _parts(case, line, number)
            length = dienst.end - dienst.start
            if length > longest:
                yield case.found("workplace.length", dienst.start, dienst.end, nurse=line.nurse,
                                 required=longest, found=length)  # fmt: skip


def _weeks(case: Case, line: Timeline, starts: list[int]) -> Iterator[Violation]:
    """52 in 26 weeks; 48 hours a week on average over 26 weeks that hold any.

    Of the counter one week has dropped out, with at most what a week may hold and one more.
    """
    rules, clock = case.rules_of(line.nurse), case.clock
    counted = case.counters.get((line.nurse, "workplace_26_weeks"), 0) - rules.on_call_week.value - 1
    times = with_counter(per_week(case, starts), counted, HALF_YEAR - 1)
    minutes = with_counter(line.week_minutes, case.counters.get((line.nurse, "work_minutes_15_weeks"), 0))
    some = {first for first, _ in sums_over_weeks(times, HALF_YEAR, 0)}
    for rule, values, most in (
        ("workplace.count", times, rules.workplace_26_weeks.value),
        ("workplace.average", minutes, rules.workplace_max_26_weeks.value),
    ):
        for first, found in sums_over_weeks(values, HALF_YEAR, most):
            if first in some:
                yield case.found(rule, clock.midnight(7 * first), clock.midnight(7 * (first + HALF_YEAR)),
                                 nurse=line.nurse, required=most, found=found)  # fmt: skip


def _around(case: Case, line: Timeline) -> Iterator[Violation]:
    least = case.rules_of(line.nurse).workplace_rest.value
    for dienst, after in rests(line):
        if after is None or not (dienst.workplace or after.workplace):
            continue
        rest = after.start - dienst.end
        if rest < least:
            yield case.found("workplace.rest", dienst.end, after.start, nurse=line.nurse, required=least, found=rest)


def _parts(case: Case, line: Timeline, number: int) -> Iterator[Violation]:
    """In 7 x 24 hours: one rest of 24 hours and six of 11, cut from the rests as they lie."""
    rules = case.rules_of(line.nurse)
    start = line.diensten[number].start
    lengths = _rests_within(line.diensten[number:], start + WEEK)
    long, part, least = rules.workplace_rest_long.value, rules.workplace_rest_parts.value, rules.workplace_rest.value
    whole = sum(length // least for length in lengths)
    found = max(
        (whole - length // least + (length - long) // least for length in lengths if length >= long), default=0
    )
    if found < part:
        yield case.found("workplace.rest_parts", start, start + WEEK, nurse=line.nurse, required=part, found=found)


def _rests_within(diensten: tuple[Dienst, ...], end: int) -> list[int]:
    """Lengths of the rests from the first dienst to ``end``; after the last one all is rest."""
    return [
        min(end, after.start if after is not None else end) - dienst.end
        for dienst, after in zip(diensten, (*diensten[1:], None), strict=True)
        if dienst.end < end
    ]
