"""Nurses of 16 and 17 (ATW 5:3 to 5:9 lid 1): longer rests, shorter hours, no nights, nothing on call."""

from __future__ import annotations

from optimiser.domain.clock import DAY
from optimiser.domain.duty import ShiftKind
from optimiser.domain.instance import Instance
from optimiser.domain.people import Nurse
from optimiser.domain.row_rules import DutyClass, GapCount, Pauses, RestBlocks, RowRule, RuleId, WindowSum
from optimiser.patterns.working_time import context_minutes_by_week, minutes_over_weeks


def minors(instance: Instance) -> list[RowRule]:
    """12 hours of rest in 24, 36 in 7 x 24, 9 hours in a dienst, 45 a week, 160 in 4 weeks, a break over 4.5 hours."""
    law = instance.rules
    rules: list[RowRule] = []
    hers = [each.id for each in instance.nurses if is_minor(instance, each)]
    minutes = context_minutes_by_week(instance) if hers else {}
    for nurse in hers:
        rest, weekly = law.minor_rest, law.weekly_rest.value
        rules += [
            GapCount(
                RuleId("minor_rest", rest.article, nurse), DutyClass.WORK, 0, rest.value, 0, 7 * DAY, within_day=True
            ),
            # 36 hours in each 7 x 24: the second alternative is the first again
            RestBlocks(RuleId("minor_weekly_rest", "ATW 5:5 lid 1", nurse), 7 * DAY, weekly, 7 * DAY, weekly, weekly),
            WindowSum(
                RuleId("minor_dienst", law.minor_dienst.article, nurse), "minutes", "dienst", law.minor_dienst.value
            ),
            Pauses(
                RuleId("minor_breaks", law.minor_break_after.article, nurse),
                law.minor_break_after.value,
                law.break_length.value,
                law.long_break_after.value,
                law.long_break_length.value,
                law.break_part.value,
            ),
            *minutes_over_weeks(instance, "minor_week", nurse, minutes[nurse], 1, law.minor_week),
            *minutes_over_weeks(instance, "minor_4_weeks", nurse, minutes[nurse], 4, law.minor_4_weeks),
        ]
    return rules


def is_minor(instance: Instance, nurse: Nurse) -> bool:
    """Whether she is younger than 18 on the first day of the horizon; that holds for all of it."""
    first, born = instance.first_monday, nurse.born
    age = first.year - born.year - ((first.month, first.day) < (born.month, born.day))
    return age < instance.rules.adult_age.value


def minor_may(instance: Instance, kind: ShiftKind, bounds: tuple[tuple[int, int], ...]) -> bool:
    """Whether a duty with these segments is open to a minor: no standby, nothing 23:00 to 06:00, break and length."""
    law = instance.rules
    work = sum(end - start for start, end in bounds) - kind.break_minutes
    pause = kind.break_minutes if kind.break_minutes >= law.break_part.value else 0
    # between two segments of one dienst lies a pause too
    pause += sum(later[0] - end for (_, end), later in zip(bounds, bounds[1:], strict=False))
    at_night = any(
        instance.clock.overlap_with_band(start, end, law.minor_from.value, law.minor_until.value)
        for start, end in bounds
    )
    short = work > law.minor_break_after.value and pause < law.break_length.value
    return kind.lane == "work" and not at_night and not short and work <= law.minor_dienst.value
