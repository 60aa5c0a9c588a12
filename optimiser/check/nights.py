"""Night diensten (ATW 5:8): length, rest after a night, after a series, length of a series, how many, hours."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.check.case import Case
from optimiser.check.night_counts import night_counts
from optimiser.check.timeline import Dienst, Timeline, rests
from optimiser.check.violation import Violation
from optimiser.domain.clock import WEEK
from optimiser.domain.labour import LabourRules

YEAR = 52 * WEEK


def judge(case: Case, line: Timeline) -> Iterator[Violation]:
    """All findings of article 5:8."""
    yield from _lengths(case, line)
    yield from _rest_after(case, line)
    yield from _series(case, line)
    yield from night_counts(case, line)


def _is_long(rules: LabourRules, dienst: Dienst) -> bool:
    """Standby at the workplace has no such limit (plan language 31)."""
    return dienst.night and not dienst.workplace and dienst.minutes > rules.max_night_dienst.value


def _lengths(case: Case, line: Timeline) -> Iterator[Violation]:
    """10 hours; up to 12 when 12 hours of rest follow, 5 times in 14 x 24 h and 22 times in 52 weeks."""
    rules, used = case.rules_of(line.nurse), list[Dienst]()
    for dienst, after in rests(line):
        if not _is_long(rules, dienst):
            continue
        rested = after is None or after.start - dienst.end >= rules.night_long_rest.value
        if dienst.minutes > rules.night_long.value or not rested:
            yield case.found("nights.length", dienst.start, dienst.end, nurse=line.nurse,
                             required=rules.max_night_dienst.value, found=dienst.minutes)  # fmt: skip
            continue
        yield case.found("nights.long", dienst.start, dienst.end, nurse=line.nurse,
                         required=rules.max_night_dienst.value, found=dienst.minutes)  # fmt: skip
        used.append(dienst)
        for length, most in ((2 * WEEK, rules.night_long_fortnight.value), (YEAR, rules.night_long_year.value)):
            window = [each for each in used if each.start > dienst.start - length]
            if len(window) > most:
                yield case.found("nights.long_count", window[0].start, dienst.end, nurse=line.nurse,
                                 required=most, found=len(window))  # fmt: skip


def _rest_after(case: Case, line: Timeline) -> Iterator[Violation]:
    """14 hours after a night that ends after 02:00; once in 7 x 24 h it may be 8."""
    rules, used = case.rules_of(line.nurse), list[Dienst]()
    for dienst, after in rests(line):
        if not dienst.late or after is None:
            continue
        rest = after.start - dienst.end
        # After a night of more than 10 hours lid 3 asks for 12 hours instead (a shorter rest breaks that one).
        if rest >= rules.night_rest.value or (_is_long(rules, dienst) and rest >= rules.night_long_rest.value):
            continue
        again = any(each.start > dienst.start - WEEK for each in used)
        used.append(dienst)
        rule = "nights.rest" if again or rest < rules.night_rest_reduced.value else "nights.token"
        yield case.found(rule, dienst.end, after.start, nurse=line.nurse, required=rules.night_rest.value, found=rest)


def _series(case: Case, line: Timeline) -> Iterator[Violation]:
    rules = case.rules_of(line.nurse)
    eight = case.instance.settings.series_of_eight and case.agreed(line.nurse)
    longest = rules.series_length_agreed if eight else rules.series_length
    nights = 0
    chain: list[Dienst] = []
    for dienst, after in rests(line):
        nights = nights + 1 if dienst.night else 0
        chain.append(dienst)
        rest = None if after is None else after.start - dienst.end
        if after is not None and rest is not None and rest < rules.night_series_rest.value:
            if nights >= rules.night_series_length.value and not after.night:
                yield case.found("nights.series_rest", dienst.start, after.start, nurse=line.nurse,
                                 required=rules.night_series_rest.value, found=rest, times=nights)  # fmt: skip
        else:
            nights = 0
        if rest is None or rest >= rules.series_gap.value:
            if len(chain) > longest.value and any(each.night for each in chain):
                yield case.found("nights.series_length", chain[0].start, chain[-1].end, nurse=line.nurse,
                                 required=longest.value, found=len(chain), article=longest.article)  # fmt: skip
            chain = []
