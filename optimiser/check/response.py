"""Calls: what the duties that answer them are expected to be late for and to travel, and who may be on call at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from optimiser.check.areas import Answers, From, Whose
from optimiser.check.case import Case
from optimiser.check.cover import area_in_use
from optimiser.check.violation import Violation
from optimiser.domain.call_share import call_share
from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.plan import Duty

ANSWERS, BACK_UP = 1, 2
"""The lines."""
ByType = dict[str, int]


def judge(case: Case) -> Iterator[Violation]:
    """Duties of areas that are not in use, and duties on call from too far away."""
    answers = Answers(case)
    needed: dict[tuple[From, Whose], int | None] = {}
    for duty in case.duties:
        if not area_in_use(case, case.kind_of(duty).area):
            yield case.found("on_call.area", duty.start, duty.end, nurse=duty.nurse, subject=duty.id)
        most = _most(case, duty)
        if most is None:
            continue
        key = answers.where(duty), answers.whose(duty)
        if key not in needed:
            needed[key] = _needed(case, answers, *key)
        travel = needed[key]
        if travel is not None and travel + answers.turn_out(duty) > most:
            yield case.found("on_call.reach", duty.start, duty.end, nurse=duty.nurse, required=most,
                             found=travel + answers.turn_out(duty), subject=duty.id)  # fmt: skip


def _most(case: Case, duty: Duty) -> int | None:
    """Within how many minutes a duty on call must be there: what its area says, else the settings."""
    kind = case.kind_of(duty)
    if kind.lane != "standby" or kind.line not in (ANSWERS, BACK_UP):
        return None
    of_area = [each.reach_minutes for each in case.instance.areas if each.id == kind.area]
    return next((each for each in of_area if each is not None), case.instance.response.reach_minutes)


def _needed(case: Case, answers: Answers, where: From, whose: Whose) -> int | None:
    """Minutes of travel within which the asked share of the calls lies; None where nobody calls."""
    calls = [each.weekly_millicalls for each in answers.sources(whose)]
    asked, reached = case.instance.response.reach_percent * sum(calls), 0
    for minutes, number in sorted(zip(answers.minutes(where, whose), calls, strict=True)):
        reached += 100 * number
        if reached >= asked > 0:
            return minutes
    return None


def response(case: Case) -> dict[str, int]:
    """The terms ``late_calls`` and ``call_travel``: each duty of line 1 of an experienced nurse, rounded by itself."""
    table = {"late_calls": 0, "call_travel": 0}
    answers = Answers(case)
    sums: dict[tuple[From, Whose, int], tuple[ByType, ByType]] = {}
    for duty in case.duties if case.instance.call_sources else ():
        inside = 0 <= case.clock.day_number(duty.day) < case.instance.days
        if case.kind_of(duty).line == ANSWERS and case.nurse_of(duty).experience == "experienced" and inside:
            key = answers.where(duty), answers.whose(duty), answers.turn_out(duty)
            if key not in sums:
                sums[key] = _by_type(case, answers, *key)
            late, minutes = sums[key]
            visits = _visits(case, duty, answers.among(duty))
            table["late_calls"] += _rounded(sum((100 * late[name] * each for name, each in visits), Fraction(0)))
            table["call_travel"] += _rounded(sum((minutes[name] * each for name, each in visits), Fraction(0)))
    return table


def _by_type(case: Case, answers: Answers, where: From, whose: Whose, turn_out: int) -> tuple[ByType, ByType]:
    """Type -> weekly thousandths of calls beyond the norm, and type -> those of all times their minutes of travel."""
    late, minutes = defaultdict[str, int](int), defaultdict[str, int](int)
    for source, travel in zip(answers.sources(whose), answers.minutes(where, whose), strict=True):
        if travel + turn_out > case.instance.response.norm_minutes:
            late[source.type] += source.weekly_millicalls
        minutes[source.type] += source.weekly_millicalls * travel
    return late, minutes


def _visits(case: Case, duty: Duty, among: int) -> list[tuple[str, Fraction]]:
    """Call type and the visits of one of ``among`` duties, for each thousandth of a call in a plain week."""
    bounds = segment_bounds(case.kind_of(duty), case.clock, case.clock.day_number(duty.day))
    return [
        (kind.id, sum((call_share(case.instance, kind.id, low, high) for low, high in bounds), Fraction(0))
         * Fraction(100 - kind.phone_percent, 100 * 1000 * among))
        for kind in case.instance.call_types
    ]  # fmt: skip


def _rounded(value: Fraction) -> int:
    """To the nearest whole number; a half goes up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
