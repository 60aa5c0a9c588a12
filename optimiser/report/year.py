"""A plan of some weeks scaled to a calendar year: each class of day counted as often as the year has it.

A duty belongs to the class of the day on which it starts: weekday, Saturday, or Sunday with the agreement's holidays,
which are worked and paid as Sundays. For each class ``year = sum of its duties / its days in the plan x its days in the
year``. What belongs to no duty (leave and absence as they stand in the weeks, paid tasks outside routes, extra days
above the agreed number) is counted by the day: ``rest / days in the plan x days in the year``. Wages are those of the
plan's weeks all year; 24 and 31 December after 18:00 are not told apart. docs/explanation/business_case.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from optimiser.domain.figure import Values
from optimiser.domain.instance import Instance
from optimiser.domain.money import MoneySettings, is_holiday
from optimiser.domain.plan import Plan
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.kpis import DutyTime, duty_time, outside_tasks
from optimiser.report.money import money

DayOfYear = Literal["weekday", "saturday", "sunday"]
DAYS_OF_YEAR: tuple[DayOfYear, ...] = ("weekday", "saturday", "sunday")
AMOUNTS_OF_YEAR = {
    "employer_cost_eur": ("employer_cost",),
    "ort_cost_eur": ("ort",),
    "on_call_cost_eur": ("standby", "call"),
    "kilometre_cost_eur": ("commuting", "client_km"),
}
"""Figure -> the amounts of the money rows in it."""
WITH_ROUTES = ("travel_minutes", "travel_km", "home_leg_minutes", "visit_hours", "waiting_hours", "nonclient_hours",
               "kilometre_cost_eur")  # fmt: skip


@dataclass(frozen=True)
class YearOf:
    """Figures of the plan's weeks, of a calendar year, and of each class of day in that year.

    ``days`` is class -> (days in the plan, days in the year). ``missing`` are classes that the year has and the plan
    has not: the figures of ``year`` are then None. ``rest`` is the part of the year that belongs to no duty.
    """

    year: int
    days: dict[DayOfYear, tuple[int, int]]
    weeks: Values
    in_year: Values
    by_class: dict[DayOfYear, Values]
    rest: Values
    missing: tuple[DayOfYear, ...] = ()


def class_of(day: date, settings: MoneySettings) -> DayOfYear:
    """The class of a day: a holiday of the agreement is a Sunday."""
    if day.weekday() == 6 or is_holiday(day, settings):
        return "sunday"
    return "saturday" if day.weekday() == 5 else "weekday"


def days_of(days: Iterable[date], settings: MoneySettings) -> dict[DayOfYear, int]:
    """How many of some days each class has."""
    counted = Counter(class_of(day, settings) for day in days)
    return {each: counted[each] for each in DAYS_OF_YEAR}


def calendar_year(year: int) -> tuple[date, ...]:
    """Every day of a year."""
    first = date(year, 1, 1)
    return tuple(first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days))


def year_of(instance: Instance, travel: TravelMatrix, plan: Plan, year: int | None = None) -> YearOf:
    """The plan in a calendar year (that of its first day unless given).

    Figures: those of ``report.figures`` that are hours, minutes, km and euros of work, ``standby_hours`` and
    ``needed_hours``, the paid hours without students' duties and training; None where only routes could tell.
    """
    year = instance.first_monday.year if year is None else year
    settings = instance.money
    in_plan = days_of((instance.clock.date_of(number) for number in range(instance.days)), settings)
    in_year = days_of(calendar_year(year), settings)
    weeks = _values(instance, travel, plan)
    nothing = _values(instance, travel, plan.model_copy(update={"duties": ()}))
    scaled: dict[DayOfYear, Values] = {}
    rest = weeks
    for each in DAYS_OF_YEAR:
        duties = tuple(duty for duty in plan.duties if class_of(duty.day, settings) == each)
        of_class = _less(_values(instance, travel, plan.model_copy(update={"duties": duties})), nothing)
        rest = _less(rest, of_class)
        scaled[each] = _times(of_class, in_year[each] / in_plan[each] if in_plan[each] else 0.0)
    rest = _times(rest, sum(in_year.values()) / instance.days)
    missing = tuple(each for each in DAYS_OF_YEAR if in_year[each] and not in_plan[each])
    total = _sum([rest, *scaled.values()])
    return YearOf(
        year=year,
        days={each: (in_plan[each], in_year[each]) for each in DAYS_OF_YEAR},
        weeks=weeks,
        in_year=dict.fromkeys(total) if missing else total,
        by_class=scaled,
        rest=rest,
        missing=missing,
    )


def _values(instance: Instance, travel: TravelMatrix, plan: Plan) -> Values:
    time = sum((duty_time(instance, travel, duty) for duty in plan.duties), DutyTime())
    outside = outside_tasks(instance)
    total = money(instance, travel, plan).total
    learning = sum(duty_time(instance, travel, duty).paid for duty in plan.duties
                   if instance.nurse_by_id[duty.nurse].experience == "student")  # fmt: skip
    values: Values = {
        "duties": float(len(plan.duties)),
        "paid_hours": (time.paid + outside) / 60,
        "needed_hours": (time.paid + outside - learning - _training(instance)) / 60,
        "standby_hours": total.standby / 60,
        "travel_minutes": float(time.legs),
        "travel_km": time.leg_metres / 1000,
        "home_leg_minutes": float(time.home_legs),
        "visit_hours": time.visits / 60,
        "waiting_hours": time.waiting / 60,
        "nonclient_hours": (time.nonclient + outside) / 60,
    }
    for name, amounts in AMOUNTS_OF_YEAR.items():
        values[name] = sum(total.cents.get(each, 0) for each in amounts) / 100
    return values if plan.with_routes and instance.visits else values | dict.fromkeys(WITH_ROUTES)


def _training(instance: Instance) -> int:
    """Paid minutes of training outside routes: leave and absence of a year already reckon with them."""
    trained = (each for each in instance.tasks if each.kind == "training")
    return outside_tasks(instance.model_copy(update={"tasks": tuple(trained)}))


def _less(one: Values, other: Values) -> Values:
    return {name: None if value is None else value - (other[name] or 0.0) for name, value in one.items()}


def _times(values: Values, factor: float) -> Values:
    return {name: None if value is None else value * factor for name, value in values.items()}


def _sum(parts: list[Values]) -> Values:
    found: Values = {}
    for name in parts[0]:
        each = [part[name] for part in parts]
        found[name] = None if None in each else sum(value for value in each if value is not None)
    return found
