"""Nurses of 16 and 17 (ATW 5:3 to 5:9, the first lid of each): shorter hours, longer rest, no nights, no standby."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.check.breaks import break_minutes
from optimiser.check.case import Case
from optimiser.check.seniors import age
from optimiser.check.timeline import Dienst, Timeline
from optimiser.check.violation import Violation
from optimiser.check.weekly_rest import longest_rest, rest_of
from optimiser.check.weeks import sums_over_weeks
from optimiser.domain.clock import DAY, WEEK


def judge(case: Case, line: Timeline) -> Iterator[Violation]:
    """All findings for a nurse who is under age on the first day of the horizon (plan language 29)."""
    nurse, rules = case.instance.nurse_by_id[line.nurse], case.rules_of(line.nurse)
    if age(nurse.born, case.clock.date_of(0)) >= rules.adult_age.value:
        return
    for standby in line.standbys:
        yield case.found("minors.standby", standby.start, standby.end, nurse=line.nurse, subject=standby.source)
    for number, dienst in enumerate(line.diensten):
        yield from _dienst(case, line, dienst)
        yield from _rest(case, line, number)
        if rest_of(rules, line, number, dienst.start + WEEK) is None:
            yield case.found("minors.weekly_rest", dienst.start, dienst.start + WEEK, nurse=line.nurse,
                             required=rules.weekly_rest.value,
                             found=longest_rest(line, number, dienst.start + WEEK))  # fmt: skip
    for rule, length, most in (
        ("minors.week", 1, rules.minor_week.value),
        ("minors.four_weeks", 4, rules.minor_4_weeks.value),
    ):
        for first, total in sums_over_weeks(line.week_minutes, length, most):
            yield case.found(rule, case.clock.midnight(7 * first), case.clock.midnight(7 * (first + length)),
                             nurse=line.nurse, required=most, found=total)  # fmt: skip


def _dienst(case: Case, line: Timeline, dienst: Dienst) -> Iterator[Violation]:
    rules = case.rules_of(line.nurse)
    if dienst.minutes > rules.minor_dienst.value:
        yield case.found("minors.dienst", dienst.start, dienst.end, nurse=line.nurse,
                         required=rules.minor_dienst.value, found=dienst.minutes)  # fmt: skip
    found = break_minutes(dienst, rules.break_part.value)
    if dienst.minutes > rules.minor_break_after.value and found < rules.break_length.value:
        yield case.found("minors.break", dienst.start, dienst.end, nurse=line.nurse,
                         required=rules.break_length.value, found=found)  # fmt: skip
    inside = sum(
        case.clock.overlap_with_band(block.start, block.end, rules.minor_from.value, rules.minor_until.value)
        for block in dienst.blocks
    )
    if inside:
        yield case.found("minors.night", dienst.start, dienst.end, nurse=line.nurse, required=0, found=inside)


def _rest(case: Case, line: Timeline, number: int) -> Iterator[Violation]:
    """In the 24 hours from the start of a dienst one rest of 12 hours that holds 23:00 to 06:00.

    Of a dienst with work in those hours only that work speaks.
    """
    clock, rules, dienst = case.clock, case.rules_of(line.nurse), line.diensten[number]
    end, day = dienst.start + DAY, clock.day_of(dienst.start)
    low, high = clock.at(day, rules.minor_from.value), clock.at(day, rules.minor_until.value)
    if dienst.start >= low or dienst.end > low or high > end:
        return
    reached, found = dienst.end, 0
    for after in (*line.diensten[number + 1 :], None):
        until = end if after is None else min(end, after.start)
        if reached <= low and high <= until:
            found = until - reached
        if after is None or after.start >= end:
            break
        reached = after.end
    if found < rules.minor_rest.value:
        yield case.found("minors.rest", dienst.start, end, nurse=line.nurse,
                         required=rules.minor_rest.value, found=found)  # fmt: skip
