"""Rosters that people can live with: agreed defaults, each occurrence signalled and priced (plan language 22 to 27).

A signal and the term of its name agree: the term is the sum of ``amount`` over the signals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from optimiser.check.case import Case
from optimiser.check.day_classes import Day, day_classes
from optimiser.check.timeline import Timeline, rests, timelines
from optimiser.check.violation import Violation
from optimiser.check.weekends import free_weekends
from optimiser.domain.clock import DAY

TERM_OF = {
    "livable.early_after_late": "early_after_late",
    "livable.few_days_after_nights": "few_days_after_nights",
    "livable.long_row": "long_row",
    "livable.lone_day_off": "lone_day_off",
    "livable.split_duty": "split_duty",
    "livable.many_duties": "many_duties",
    "livable.evening_before_leave": "evening_before_leave",
    "weekends.free": "few_free_weekends",
}
ANY = Day.DUTY | Day.STANDBY


def livable(found: list[Violation]) -> dict[str, int]:
    """Term name -> count, from the signals of ``judge`` (before any of them is set aside)."""
    counts = dict.fromkeys(TERM_OF.values(), 0)
    for each in found:
        if each.rule in TERM_OF:
            counts[TERM_OF[each.rule]] += amount(each)
    return counts


def amount(each: Violation) -> int:
    """What a signal adds to its term: one occurrence, or what is above the number."""
    many = each.rule in ("livable.many_duties", "weekends.free")
    return int(each.found) - int(each.required) if many else 1


def judge(case: Case) -> Iterator[Violation]:
    """One signal for each occurrence; none for students."""
    nurses = [each.id for each in case.instance.nurses if each.experience != "student"]
    for line in timelines(case, only=nurses).values():
        yield from _words(case, line.nurse)
        yield from _after_nights(case, line)
        yield from _duties(case, line.nurse)
        yield from free_weekends(case, line.nurse)


def _words(case: Case, nurse: str) -> Iterator[Violation]:
    """Days in a row whose classes spell what nobody likes; at least one of them is a day of the horizon."""
    days, row = day_classes(case, nurse), case.rules.duties_in_a_row.value
    words = (
        ("livable.early_after_late", (Day.LATE, Day.EARLY)),
        ("livable.lone_day_off", (ANY, Day.FREE, ANY)),
        ("livable.long_row", (row + 1) * (Day.DUTY,)),
    )
    for rule, word in words:
        for first in range(1 - len(word), case.instance.days):
            if all(days.get(first + number, Day(0)) & mask for number, mask in enumerate(word)):
                long = rule == "livable.long_row"
                yield case.found(rule, case.clock.midnight(first), case.clock.midnight(first + len(word)), nurse=nurse,
                                 required=row if long else "", found=len(word) if long else "")  # fmt: skip


def _after_nights(case: Case, line: Timeline) -> Iterator[Violation]:
    """A chain of nights and what follows within 48 hours, when a duty of the plan is in it."""
    least, planned = case.rules.free_after_nights.value, {duty.id for duty in case.duties_of.get(line.nurse, ())}
    ours = False
    for dienst, after in rests(line):
        rest = None if after is None else after.start - dienst.end
        ours = dienst.night and (ours or any(block.source in planned for block in dienst.blocks))
        if not dienst.night or after is None or rest is None or rest >= least:
            ours = False
        elif not after.night:
            if ours or any(block.source in planned for block in after.blocks):
                yield case.found("livable.few_days_after_nights", dienst.end, after.start, nurse=line.nurse,
                                 required=least, found=rest)  # fmt: skip
            ours = False


def _duties(case: Case, nurse: str) -> Iterator[Violation]:
    """Split duties, evenings before leave, and weeks with more duties than the contract's number."""
    clock, rules, weeks = case.clock, case.rules, Counter[int]()
    leaves = [clock.day_number(row.first) for row in case.availability_of.get(nurse, ())
              if row.kind == "leave" and row.from_time == 0 and row.until_time >= DAY]  # fmt: skip
    for duty in case.duties_of.get(nurse, ()):
        if len(case.kind_of(duty).segments) > 1:
            yield case.found("livable.split_duty", duty.start, duty.end, nurse=nurse, subject=duty.id)
        if any(duty.start < clock.midnight(day) and duty.end > clock.at(day - 1, rules.evening_before_leave.value)
               for day in leaves):  # fmt: skip
            yield case.found("livable.evening_before_leave", duty.start, duty.end, nurse=nurse, subject=duty.id)
        weeks[clock.day_number(duty.day) // 7] += duty.lane == "work"
    contract = case.instance.nurse_by_id[nurse].contract_minutes
    most = -(-contract // rules.duty_norm.value)
    for week in range(case.instance.weeks if contract else 0):
        if weeks[week] > most:
            yield case.found("livable.many_duties", clock.midnight(7 * week), clock.midnight(7 * week + 7), nurse=nurse,
                             required=most, found=weeks[week])  # fmt: skip
