"""On call (ATB 5.19 lid 3, 5.20:4 for physicians, ATW 5:9): how often, how long, near nights, hours with calls."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.check.case import Case
from optimiser.check.consignatie import consignatie
from optimiser.check.timeline import Standby, Timeline
from optimiser.check.violation import Violation
from optimiser.check.weeks import per_week, sums_over_weeks, with_counter
from optimiser.domain.clock import DAY, WEEK


def judge(case: Case, line: Timeline) -> Iterator[Violation]:
    """All findings about standby."""
    yield from _how_often(case, line)
    yield from _average(case, line)
    yield from consignatie(case, line)
    longest = case.rules_of(line.nurse).on_call_length.value
    for standby in line.standbys:
        if standby.end - standby.start > longest:
            yield case.found("on_call.length", standby.start, standby.end, nurse=line.nurse, subject=standby.source,
                             required=longest, found=standby.end - standby.start)  # fmt: skip
        if not standby.at_workplace:
            yield from _near_nights(case, line, standby)
            yield from _work_in_day(case, line, standby)


def _how_often(case: Case, line: Timeline) -> Iterator[Violation]:
    """So many in 7 x 24 h and in 16 weeks; of a counter of 16 weeks past one week has dropped out, with at most what a
    week may hold and one more."""
    rules, weeks = case.rules_of(line.nurse), dict[int, int]()
    for number, standby in enumerate(line.standbys):
        window = [each for each in line.standbys[: number + 1] if each.start > standby.start - WEEK]
        several = len({(each.at_workplace, each.consignatie) for each in window}) > 1
        most = rules.on_call_together if several else rules.on_call_week
        if len(window) > most.value:
            yield case.found("on_call.week", window[0].start, standby.end, nurse=line.nurse, required=most.value,
                             found=len(window), article=most.article)  # fmt: skip
        week = case.clock.day_of(standby.start) // 7
        weeks[week] = weeks.get(week, 0) + 1
    limit = rules.on_call_16_weeks.value
    weeks = with_counter(weeks, case.counters.get((line.nurse, "on_call_16_weeks"), 0) - rules.on_call_week.value - 1)
    for first, found in sums_over_weeks(weeks, 16, limit):
        low, high = case.clock.midnight(7 * first), case.clock.midnight(7 * (first + 16))
        yield case.found("on_call.sixteen_weeks", low, high, nurse=line.nurse, required=limit, found=found,
                         article=rules.on_call_16_weeks.article)  # fmt: skip


def _average(case: Case, line: Timeline) -> Iterator[Violation]:
    """With 16 on-call duties that touch 00:00-06:00 in 16 weeks: 640 hours, or 720 with rest after night calls."""
    rules, clock = case.rules_of(line.nurse), case.clock
    band = rules.night_from.value, rules.night_until.value
    touching = [each.start for each in line.standbys
                if not each.at_workplace and clock.overlap_with_band(each.start, each.end, *band)]  # fmt: skip
    counted = case.counters.get((line.nurse, "standby_nights_16_weeks"), 0) - rules.on_call_week.value - 1
    nights = with_counter(per_week(case, touching), counted)
    many = {first for first, _ in sums_over_weeks(nights, 16, rules.on_call_nights.value - 1)}
    rested = case.instance.settings.rest_after_night_call
    limit = rules.max_16_weeks_on_call_rest if rested else rules.max_16_weeks_on_call
    minutes = with_counter(line.week_minutes, case.counters.get((line.nurse, "work_minutes_15_weeks"), 0))
    for first, found in sums_over_weeks(minutes, 16, limit.value):
        if first in many:
            yield case.found("on_call.average", clock.midnight(7 * first), clock.midnight(7 * (first + 16)),
                             nurse=line.nurse, required=limit.value, found=found, article=limit.article)  # fmt: skip


def _near_nights(case: Case, line: Timeline, standby: Standby) -> Iterator[Violation]:
    """None in the 11 hours before and the 14 hours after a night dienst.

    Planned work of this very standby that makes such a dienst is a call of it: allowed, but signalled, since a strict
    reader may see a night dienst beside which nobody may be on call.
    """
    rules = case.rules_of(line.nurse)
    before, after = rules.on_call_before_night.value, rules.on_call_after_night.value
    for dienst in line.diensten:
        if not dienst.night:
            continue
        if any(block.source == standby.source for block in dienst.blocks):
            yield case.found("on_call.own_night", standby.start, standby.end, nurse=line.nurse, subject=standby.source)
            continue
        if dienst.start - before < standby.end and standby.start < dienst.start:
            yield case.found("on_call.before_night", standby.start, dienst.end, nurse=line.nurse,
                             subject=standby.source, required=before,
                             found=max(0, dienst.start - standby.end))  # fmt: skip
        elif standby.end > dienst.end and standby.start < dienst.end + after:
            yield case.found("on_call.after_night", dienst.start, standby.end, nurse=line.nurse,
                             subject=standby.source, required=after,
                             found=max(0, standby.start - dienst.end))  # fmt: skip


def _work_in_day(case: Case, line: Timeline, standby: Standby) -> Iterator[Violation]:
    """At most 13 hours of work in each 24 hours that touch the standby, its calls as expected.

    A dienst cut by the window counts with what must lie inside, wherever its break is.
    """
    near = [block for dienst in line.diensten for block in dienst.blocks
            if block.end > standby.start - DAY and block.start < standby.end + DAY]  # fmt: skip
    near += [call for call in line.calls if call.end > standby.start - DAY and call.start < standby.end + DAY]
    begins = {standby.start, standby.end - DAY}
    begins |= {block.start for block in near} | {block.end - DAY for block in near}
    worst, worst_begin = 0, standby.start
    for begin in sorted(begins):
        until = begin + DAY
        if until <= standby.start or begin >= standby.end:
            continue
        total = 0
        for block in near:
            outside = max(0, begin - block.start) + max(0, block.end - until)
            total += max(0, block.minutes - outside)
        for each in line.standbys:
            inside = min(each.end, until) - max(each.start, begin)
            if inside > 0:
                total += each.work_minutes * inside // (each.end - each.start)
        if total > worst:
            worst, worst_begin = total, begin
    most = case.rules_of(line.nurse).on_call_work_24h.value
    if worst > most:
        yield case.found("on_call.work_in_day", worst_begin, worst_begin + DAY, nurse=line.nurse,
                         subject=standby.source, required=most, found=worst)  # fmt: skip
