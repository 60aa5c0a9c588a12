"""Row rules, hours and fixed work of every nurse, as the arrays of the kernel."""

from __future__ import annotations

from collections.abc import Iterable

from optimiser.domain.clock import DAY
from optimiser.domain.instance import Instance
from optimiser.domain.people import Nurse
from optimiser.domain.problem import Problem
from optimiser.domain.row_rules import DayWord, DutyClass, FreePeriods, RowRule
from optimiser.search.encode import ints
from optimiser.search.encode_days import day_letters, kind_letters, longest_word
from optimiser.search.encode_rules import encode_rule, price_of, says_something
from optimiser.search.kernel.data import Ints, Rows

LOOK_BACK = 16 * DAY
"""Context older than this reaches no rest rule but the free periods after consignatie."""


def encode_rows(problem: Problem) -> Rows:
    """Rules and fixed blocks, nurse by nurse. Raises KeyError on a shape that the kernel does not know."""
    instance, law = problem.instance, problem.instance.rules
    back = max([LOOK_BACK, *(rule.window + DAY for rule in problem.rules if isinstance(rule, FreePeriods))])
    fixed: list[list[int]] = []
    fixed_from, rule_from = [0], [0]
    rules: list[list[int]] = []
    mask: list[int] = []
    said = _by_nurse(instance, problem.rules)
    for nurse in instance.nurses:
        fixed += _fixed(instance, nurse, back)
        fixed_from.append(len(fixed))
        for priced in (False, True):
            for rule, price in said[nurse.id]:
                if (price > 0) == priced and not (priced and nurse.experience == "student"):
                    rules.append(encode_rule(rule, price, len(mask)))
                    mask += rule.word if isinstance(rule, DayWord) else ()
            rule_from.append(len(rules))
    weights = instance.weights
    return Rows(
        call_gap=law.call_gap.value,
        call_least=law.call_least.value,
        dienst_gap=law.dienst_gap.value,
        night_threshold=law.night_threshold.value,
        weekend_rest=law.weekend_rest.value,
        standby_counts=instance.settings.planned_work_in_standby == "work",
        overtime=weights.overtime,
        undertime=weights.undertime,
        band=_bands(instance, back),
        fixed_from=ints(fixed_from),
        fixed=ints(fixed).reshape(-1, 7),
        rule_from=ints(rule_from),
        rules=ints(rules).reshape(-1, 10),
        mask=ints(mask),
        week=_weeks(instance),
        target=ints(
            [[instance.target_minutes(nurse.id, week) for week in range(instance.weeks)] for nurse in instance.nurses]
        ).reshape(-1, instance.weeks),
        kind_letter=kind_letters(instance),
        day_letter=day_letters(instance, longest_word(problem)),
        price=_prices(problem),
    )


def _by_nurse(instance: Instance, rules: Iterable[RowRule]) -> dict[str, list[tuple[RowRule, int]]]:
    """Nurse -> the rules that hold for her and say something, each with its price, in their order."""
    said: dict[str, list[tuple[RowRule, int]]] = {each.id: [] for each in instance.nurses}
    for rule in rules:
        price = price_of(instance, rule)
        if price >= 0 and says_something(rule):
            for mine in said.values() if not rule.id.nurse else [said.get(rule.id.nurse, [])]:
                mine.append((rule, price))
    return said


def _fixed(instance: Instance, nurse: Nurse, back: int) -> list[list[int]]:
    """Context duties of the last ``back`` minutes and tasks outside routes; standby at the workplace is work too."""
    clock, rows = instance.clock, []
    for duty in instance.context_of.get(nurse.id, ()):
        if duty.end > -back:
            form = DutyClass(0)
            if duty.lane == "standby":
                there = duty.form == "workplace" or duty.work_minutes >= duty.end - duty.start
                form = DutyClass.WORKPLACE if there else DutyClass(0)
                form |= DutyClass.CONSIGNATIE if duty.form == "consignatie" else DutyClass(0)
                calls = 0 if there else duty.work_minutes
                rows.append([duty.start, duty.end, 0, 1, calls, 1, int(DutyClass.STANDBY | form)])
            if duty.lane == "work" or DutyClass.WORKPLACE in form:
                rows.append([duty.start, duty.end, duty.work_minutes, 0, 0, 1, int(DutyClass.WORK | form)])
    for task in instance.tasks_of.get(nurse.id, ()):
        if not task.in_route:
            day = clock.day_number(task.day)
            rows.append([clock.at(day, task.from_time), clock.at(day, task.until_time), task.minutes, 0, 0, 1, 0])
    return rows


def _bands(instance: Instance, back: int) -> Ints:
    """The night of every day that a known or planned duty may touch."""
    law, clock = instance.rules, instance.clock
    last = max([instance.days, *(clock.day_of(each.end) for each in instance.context)])
    return ints(
        [
            [clock.at(day, each.value) for each in (law.night_from, law.night_until, law.late_night)]
            for day in range(-back // DAY - 1, last + 2)
        ]
    )


def _weeks(instance: Instance) -> Ints:
    clock, until = instance.clock, instance.rules.weekend_until.value
    return ints(
        [
            [
                clock.midnight(7 * week),
                clock.midnight(7 * week + 5),
                clock.midnight(7 * week + 6),
                clock.at(7 * week + 7, until),
            ]
            for week in range(instance.weeks + 1)
        ]
    )


def _prices(problem: Problem) -> Ints:
    """[N, D, K] what each duty costs by itself."""
    instance = problem.instance
    table = ints([[[0] * len(instance.shift_kinds)] * instance.days] * len(instance.nurses))
    for term, counts in problem.duty_prices.items():
        table += int(getattr(instance.weights, term)) * counts
    return table
