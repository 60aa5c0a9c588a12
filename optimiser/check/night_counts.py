"""How many nights (ATW 5:8 lid 8 and 9), and the hours of who works many (lid 2)."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.check.case import Case
from optimiser.check.timeline import Timeline
from optimiser.check.violation import Violation
from optimiser.check.weeks import per_week, sums_over_weeks, with_counter

MOST_NIGHTS_A_WEEK = 7
"""Of a counter one week has dropped out of the first window of the horizon, with at most so many nights."""
YEAR_BEFORE = 51


def night_counts(case: Case, line: Timeline) -> Iterator[Violation]:
    """The one limit on nights that ``settings.night_limit`` names, and 640 hours in 16 weeks with 16 nights."""
    yield from _limit(case, line)
    yield from _average(case, line)


def _limit(case: Case, line: Timeline) -> Iterator[Violation]:
    """36 late nights in 16 weeks; by agreement 140 in 52 weeks, or 38 hours between 00:00 and 06:00 in 2 weeks."""
    rules = case.rules_of(line.nurse)
    chosen = case.instance.settings.night_limit if case.agreed(line.nurse) else "16_weeks"
    late = per_week(case, (each.start for each in line.diensten if each.late))
    if chosen == "16_weeks":
        late = with_counter(late, case.counters.get((line.nurse, "nights_16_weeks"), 0) - MOST_NIGHTS_A_WEEK)
        yield from _over(case, line, "nights.sixteen_weeks", late, 16, rules.nights_16_weeks.value)
    elif chosen == "52_weeks":
        counted = case.counters.get((line.nurse, "late_nights_52_weeks"), 0) - MOST_NIGHTS_A_WEEK
        late = with_counter(late, counted, YEAR_BEFORE)
        yield from _over(case, line, "nights.fifty_two_weeks", late, 52, rules.nights_52_weeks.value)
    else:
        minutes = _night_minutes(case, line)
        yield from _over(case, line, "nights.two_weeks", minutes, 2, rules.night_minutes_2_weeks.value)


def _night_minutes(case: Case, line: Timeline) -> dict[int, int]:
    """Calendar week -> minutes of work in the night band; where a break lies is not known, so none comes off."""
    rules, clock = case.rules_of(line.nurse), case.clock
    table: dict[int, int] = {}
    for block in (block for dienst in line.diensten for block in dienst.blocks):
        for day in range(clock.day_of(block.start), clock.day_of(block.end) + 1):
            low, high = clock.at(day, rules.night_from.value), clock.at(day, rules.night_until.value)
            table[day // 7] = table.get(day // 7, 0) + max(0, min(block.end, high) - max(block.start, low))
    return table


def _average(case: Case, line: Timeline) -> Iterator[Violation]:
    rules = case.rules_of(line.nurse)
    nights = per_week(case, (each.start for each in line.diensten if each.night))
    nights = with_counter(nights, case.counters.get((line.nurse, "nights_16_weeks"), 0) - MOST_NIGHTS_A_WEEK)
    minutes = with_counter(line.week_minutes, case.counters.get((line.nurse, "work_minutes_15_weeks"), 0))
    many = {first for first, _ in sums_over_weeks(nights, 16, rules.nights_for_average.value - 1)}
    for each in _over(case, line, "nights.average", minutes, 16, rules.max_16_weeks_nights.value):
        if case.clock.day_of(each.start) // 7 in many:
            yield each


def _over(
    case: Case, line: Timeline, rule: str, values: dict[int, int], length: int, most: int
) -> Iterator[Violation]:
    for first, found in sums_over_weeks(values, length, most):
        yield case.found(rule, case.clock.midnight(7 * first), case.clock.midnight(7 * (first + length)),
                         nurse=line.nurse, required=most, found=found)  # fmt: skip
