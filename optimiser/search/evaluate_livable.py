"""The terms of a roster that people can live with (plan language 22 to 27), as search claims them for a plan.

Counted from the plan's duties by the clock, not from the row rules that the search went by.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from optimiser.domain.clock import DAY
from optimiser.domain.duty_work import work_blocks
from optimiser.domain.instance import Instance
from optimiser.domain.people import Nurse
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.row_rules import DayClass
from optimiser.search.encode_days import ABSENT, letter

WORKED = DayClass.DUTY | DayClass.STANDBY
YEAR = 52
FIRST_DAY = -10
"""Days before this one are in no word of which a day is in the horizon."""


def count_livable(instance: Instance, plan: Plan, counts: dict[str, int]) -> None:
    """Add the eight terms to ``counts``."""
    row = (instance.rules.duties_in_a_row.value + 1) * (DayClass.DUTY,)
    for nurse in instance.nurses:
        if nurse.experience == "student":
            continue
        duties = plan.duties_of.get(nurse.id, ())
        days = _days(instance, nurse.id, duties)
        counts["early_after_late"] += _occurrences(instance, days, (DayClass.LATE, DayClass.EARLY))
        counts["lone_day_off"] += _occurrences(instance, days, (WORKED, DayClass.FREE, WORKED))
        counts["long_row"] += _occurrences(instance, days, row)
        counts["few_days_after_nights"] += _after_nights(instance, nurse.id, duties)
        counts["split_duty"] += sum(len(instance.kind_by_id[duty.kind].segments) > 1 for duty in duties)
        counts["evening_before_leave"] += _evenings(instance, nurse.id, duties)
        counts["many_duties"] += _many_duties(instance, nurse, duties)
        counts["few_free_weekends"] += _few_weekends(instance, nurse, duties)


def _days(instance: Instance, nurse: str, duties: tuple[Duty, ...]) -> dict[int, DayClass]:
    """Day number -> class; days that are not known are not in it."""
    clock = instance.clock
    days: dict[int, DayClass] = {}
    for duty in duties:
        day = clock.day_number(duty.day)
        days[day] = days.get(day, DayClass(0)) | letter(instance, day, duty.start, duty.end, duty.lane)
    context = instance.context_of.get(nurse, ())
    for each in context:
        day = clock.day_of(each.start)
        if day < FIRST_DAY:
            continue
        own = DayClass(0) if each.employer else letter(instance, day, each.start, each.end, each.lane)
        days[day] = days.get(day, DayClass(0)) | own
    away = set[int]()
    for row in instance.availability_of.get(nurse, ()):
        if row.kind in ABSENT:
            away.update(range(clock.day_number(row.first), clock.day_number(row.last) + 1))
    known = max([instance.days - 1, *(clock.day_of(each.start) for each in context if each.start >= 0)])
    for day in range(FIRST_DAY, min(known, instance.days + 10) + 1):
        days.setdefault(day, DayClass.AWAY if day in away else DayClass.FREE)
    return days


def _occurrences(instance: Instance, days: dict[int, DayClass], word: tuple[DayClass, ...]) -> int:
    """How often the days spell a word of which at least one day is in the horizon."""
    return sum(
        all(days.get(first + number, DayClass(0)) & mask for number, mask in enumerate(word))
        for first in range(1 - len(word), instance.days)
    )


def _after_nights(instance: Instance, nurse: str, duties: tuple[Duty, ...]) -> int:
    """Series of nights followed too soon by another dienst, where this plan has a part in it."""
    law, clock = instance.rules, instance.clock
    blocks = [(each.start, each.end, True) for duty in duties for each in work_blocks(instance, duty)]
    for known in instance.context_of.get(nurse, ()):
        there = known.form == "workplace" or known.work_minutes >= known.end - known.start
        if known.lane == "work" or there:
            blocks.append((known.start, known.end, False))
    for task in instance.tasks_of.get(nurse, ()):
        if not task.in_route:
            day = clock.day_number(task.day)
            blocks.append((clock.at(day, task.from_time), clock.at(day, task.until_time), False))
    diensten: list[list[tuple[int, int, bool]]] = []
    for block in sorted(blocks):
        if diensten and block[0] - max(end for _, end, _ in diensten[-1]) < law.dienst_gap.value:
            diensten[-1].append(block)
        else:
            diensten.append([block])
    found, chain = 0, False
    for dienst, after in pairwise(diensten):
        if not chain and not any(ours for _, _, ours in (*dienst, *after)):
            continue  # nothing of this plan is near
        inside = sum(clock.overlap_with_band(low, high, law.night_from.value, law.night_until.value)
                     for low, high, _ in dienst)  # fmt: skip
        follows = sum(clock.overlap_with_band(low, high, law.night_from.value, law.night_until.value)
                      for low, high, _ in after)  # fmt: skip
        chain = inside > law.night_threshold.value and (chain or any(ours for _, _, ours in dienst))
        rest = after[0][0] - max(end for _, end, _ in dienst)
        if inside <= law.night_threshold.value or rest >= law.free_after_nights.value:
            chain = False
        elif follows <= law.night_threshold.value:
            found += chain or any(ours for _, _, ours in after)
            chain = False
    return found


def _evenings(instance: Instance, nurse: str, duties: tuple[Duty, ...]) -> int:
    """Duties that end in the evening before the first day of a row of leave, or later."""
    clock, evening = instance.clock, instance.rules.evening_before_leave.value
    leaves = [
        clock.day_number(row.first)
        for row in instance.availability_of.get(nurse, ())
        if row.kind == "leave" and row.from_time == 0 and row.until_time >= DAY
    ]
    return sum(
        any(duty.start < clock.midnight(day) and duty.end > clock.at(day - 1, evening) for day in leaves)
        for duty in duties
    )


def _many_duties(instance: Instance, nurse: Nurse, duties: tuple[Duty, ...]) -> int:
    """Work duties above the number that her contract asks for, week by week."""
    if nurse.contract_minutes == 0:
        return 0
    most = -(-nurse.contract_minutes // instance.rules.duty_norm.value)
    weeks = Counter(instance.clock.day_number(duty.day) // 7 for duty in duties if duty.lane == "work")
    return sum(max(0, number - most) for number in weeks.values())


def _few_weekends(instance: Instance, nurse: Nurse, duties: tuple[Duty, ...]) -> int:
    """Weekends of the horizon that are worked beyond what the year leaves."""
    law, weeks = instance.rules_of(nurse.id), instance.weeks
    agreed = law.free_weekends.value
    if agreed and nurse.free_weekends is not None:
        agreed = max(law.free_weekends_least.value, nurse.free_weekends)
    if nurse.weekends_only or not agreed:
        return 0
    known = [(each.start, each.end) for each in instance.context_of.get(nurse.id, ())]
    everything = [*known, *((duty.start, duty.end) for duty in duties)]
    counted = [each.value for each in instance.counters
               if each.nurse == nurse.id and each.counter == "free_weekends_52_weeks"]  # fmt: skip
    if counted:
        before = max(0, YEAR - counted[-1] - weeks)
    else:
        before = sum(_worked(instance, week, known) for week in range(weeks - YEAR, 0))
    worked = sum(_worked(instance, week, everything) for week in range(weeks))
    return max(0, worked - max(0, YEAR - agreed - before))


def _worked(instance: Instance, week: int, duties: list[tuple[int, int]]) -> bool:
    """Whether no time without duties that is long enough holds the weekend."""
    law, clock = instance.rules, instance.clock
    low, high = clock.midnight(7 * week + 5), clock.at(7 * week + 7, law.weekend_until.value)
    if any(start < high and low < end for start, end in duties):
        return True
    begin = max((end for _, end in duties if end <= low), default=low - DAY * 7)
    until = min((start for start, _ in duties if start >= high), default=high + DAY * 7)
    return until - begin < law.weekend_rest.value
