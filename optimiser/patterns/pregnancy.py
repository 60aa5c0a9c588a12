"""Pregnancy and birth (ATW 4:5, 4:6): when the limits hold, which days are free of work, and the shorter limits."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from optimiser.domain.instance import Instance
from optimiser.domain.people import Nurse
from optimiser.domain.row_rules import RowRule, RuleId, WindowSum
from optimiser.patterns.known import counters, with_counter
from optimiser.patterns.working_time import context_minutes_by_week, minutes_over_weeks


def pregnancy(instance: Instance) -> list[RowRule]:
    """10 hours in a dienst, 200 in 4 weeks, 720 in 16, no night dienst without consent; for her alone."""
    law = instance.rules
    rules: list[RowRule] = []
    hers = [each for each in instance.nurses if is_protected(instance, each)]
    minutes = context_minutes_by_week(instance) if hers else {}
    counted = counters(instance, "work_minutes_15_weeks")
    for nurse in hers:
        name, article = nurse.id, law.pregnant_dienst.article
        rules.append(
            WindowSum(RuleId("pregnant_dienst", article, name), "minutes", "dienst", law.pregnant_dienst.value)
        )
        if not nurse.night_consent:
            rules.append(WindowSum(RuleId("pregnant_night", "ATW 4:5 lid 5", name), "minutes", "night", 0))
        before = minutes[name]
        rules += minutes_over_weeks(instance, "pregnant_4_weeks", name, before, 4, law.pregnant_4_weeks)
        longer = with_counter(before, counted.get(name, 0))
        rules += minutes_over_weeks(instance, "pregnant_16_weeks", name, longer, 16, law.pregnant_16_weeks)
    return rules


def is_protected(instance: Instance, nurse: Nurse) -> bool:
    """Whether any day of the horizon lies in her pregnancy or the months after the birth (plan language 29)."""
    law, known = instance.rules, nurse.due or nurse.gave_birth
    if known is None:
        return False
    first = known - timedelta(days=law.pregnant_days.value)
    last = _months_later(nurse.gave_birth or known, law.pregnant_months_after.value)
    end = instance.first_monday + timedelta(days=instance.days - 1)
    return first <= end and instance.first_monday <= last


def days_around_birth(instance: Instance, nurse: Nurse) -> tuple[date, date] | None:
    """The first and last day without any work: 28 before the due date (or an earlier birth) to 42 after the birth."""
    law, known = instance.rules, nurse.due or nurse.gave_birth
    if known is None:
        return None
    before, after = timedelta(days=law.birth_before.value), timedelta(days=law.birth_after.value)
    birth = nurse.gave_birth or known
    return min(known - before, birth), birth + after


def _months_later(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last of a shorter month."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
