"""Daily rest (ATW 5:3 lid 2, ATB 5.19 lid 2): 11 hours in each 24 hours from the start of a dienst."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.check.case import Case
from optimiser.check.timeline import Dienst, Timeline, rests
from optimiser.check.violation import Violation
from optimiser.domain.clock import DAY, WEEK


def judge(case: Case, line: Timeline) -> Iterator[Violation]:
    """Rests that are too short, reductions beyond what the law allows, and (as signals) reductions that are used."""
    rules = case.rules_of(line.nurse)
    full, least = rules.daily_rest.value, rules.daily_rest_reduced.value
    reduced: list[tuple[Dienst, int]] = []
    for dienst, after in rests(line):
        if dienst.workplace:  # other rests belong to it: optimiser/check/workplace.py
            continue
        until = dienst.start + DAY
        if after is not None:
            until = min(until, after.start)
        rest = until - dienst.end
        if rest < least:
            yield case.found("rest.daily", dienst.start, max(until, dienst.end), nurse=line.nurse, required=full,
                             found=max(0, rest))  # fmt: skip
            reduced.append((dienst, rest))
        elif rest < full:
            reduced.append((dienst, rest))
            yield case.found("rest.token", dienst.end, until, nurse=line.nurse, required=full, found=rest)
    yield from _too_many(case, line, reduced)


def _too_many(case: Case, line: Timeline, reduced: list[tuple[Dienst, int]]) -> Iterator[Violation]:
    """In each 7 x 24 h at most so many reductions, of which at most one below the middle length.

    A rest that is too short was reduced as well: beside it there is that much less room for a lawful one.
    """
    rules = case.rules_of(line.nurse)
    allowed, middle = rules.daily_rest_reductions, rules.daily_rest_middle.value
    for number, (dienst, rest) in enumerate(reduced):
        window = [each for each in reduced[: number + 1] if each[0].start > dienst.start - WEEK]
        deep = sum(1 for _, length in window if length < middle)
        if len(window) > allowed.value or (rest < middle and deep > 1):
            many, most = (len(window), allowed.value) if len(window) > allowed.value else (deep, 1)
            yield case.found("rest.reductions", window[0][0].start, dienst.end + rest, nurse=line.nurse,
                             required=most, found=many, article=allowed.article)  # fmt: skip
