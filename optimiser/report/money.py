"""What a plan costs: hours, allowances, on-call pay, kilometres and euros by nurse and week, organisation and in all.

Minutes belong to the calendar week in which they lie, by the clock; a duty that runs on after the last Sunday gives a
row of the week after it, so that plans that follow each other pay each minute once. Every amount of a row is rounded
to cents once, and sums are sums of rows. docs/rules/money.md says what each amount is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from optimiser.domain.instance import Instance
from optimiser.domain.labour import Figure
from optimiser.domain.money import (
    EXTRA_DAY,
    HOLIDAY_PAY,
    YEAR_END,
    call_supplement,
    client_kilometre,
    commuting_on,
    employer_factor,
    least_sure,
    minutes_by_band,
    standby_on,
    wage_on,
)
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.legs import journey_ends, route_legs
from optimiser.report.money_row import ADDED, AMOUNTS, PayRow, nurse_row, sum_of_rows
from optimiser.report.money_time import Span, paid_time


@dataclass(frozen=True)
class Money:
    """Rows of nurses and weeks, their sums by nurse and by organisation, and the sum of all."""

    weeks: tuple[PayRow, ...]
    nurses: tuple[PayRow, ...]
    organisations: tuple[PayRow, ...]
    total: PayRow


def money(instance: Instance, travel: TravelMatrix, plan: Plan) -> Money:
    """The account of a plan, in the instance's order of nurses."""
    weeks: list[PayRow] = []
    nurses: list[PayRow] = []
    for nurse in instance.nurses:
        rows = _Nurse(instance, travel, plan, nurse.id).rows()
        weeks += rows
        nurses.append(nurse_row(rows))
    organisations = tuple(
        sum_of_rows((row for row in nurses if row.organisation == each.id), "organisation", each.id)
        for each in instance.organisations
    )
    return Money(tuple(weeks), tuple(nurses), organisations, sum_of_rows(nurses, "total"))


@dataclass
class _Week:
    """What is gathered of one week, amounts not yet rounded."""

    minutes: Counter[str] = field(default_factory=Counter)
    bands: Counter[int] = field(default_factory=Counter)
    metres: Counter[str] = field(default_factory=Counter)
    cents: dict[str, Fraction] = field(default_factory=lambda: defaultdict(Fraction))
    codes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    days: set[date] = field(default_factory=set)

    def add(self, amount: str, cents: Fraction, *figures: Figure) -> None:
        """Put cents upon an amount, and remember how sure what they come from is."""
        if cents:
            self.cents[amount] += cents
            self.codes[amount].update(each.confidence for each in figures)


class _Nurse:
    """Gathers the weeks of one nurse."""

    def __init__(self, instance: Instance, travel: TravelMatrix, plan: Plan, nurse: str) -> None:
        self.instance, self.travel, self.plan, self.nurse = instance, travel, plan, nurse
        self.person = instance.nurse_by_id[nurse]
        self.settings, self.clock = instance.money, instance.clock
        self.weeks: defaultdict[int, _Week] = defaultdict(_Week)
        self.wages: dict[date, Figure] = {}

    def rows(self) -> list[PayRow]:
        """A row for each week of the horizon, and one for the week after where a duty runs on into it."""
        for duty in self.plan.duties_of.get(self.nurse, ()):
            self._duty(duty)
        self._tasks()
        self._away()
        self._extra_days()
        opening = sum(
            each.value
            for each in self.instance.counters
            if each.nurse == self.nurse and each.counter == "balance_minutes"
        )
        rows = []
        for number in range(max(self.instance.weeks, 1 + max(self.weeks, default=0))):
            rows.append(self._row(number, opening))
            opening = rows[-1].after
        return rows

    def _week_of(self, day: date) -> _Week:
        return self.weeks[self.clock.day_number(day) // 7]

    def _wage(self, day: date) -> Figure:
        if day not in self.wages:
            self.wages[day] = wage_on(self.person.wage_grade, day, self.settings)
        return self.wages[day]

    def _duty(self, duty: Duty) -> None:
        time = paid_time(self.instance, duty)
        at_home = bool(time.standby)
        self._worked(time.work, "work")
        self._worked(time.calls, "calls")
        for day, _, minutes in self._banded(time.called):
            self._week_of(day).minutes["called"] += minutes
        for day, _, minutes in self._banded(time.standby):
            week, rate = self._week_of(day), standby_on(day, self.settings)
            week.minutes["standby"] += minutes
            week.add("standby", Fraction(minutes * rate.value, 60), rate)
        if duty.lane == "work":
            self._week_of(duty.day).days.add(duty.day)
        if self.plan.with_routes:
            self._kilometres(duty, at_home)

    def _banded(self, spans: Iterable[Span]) -> Iterable[tuple[date, Figure, int]]:
        for start, end in spans:
            yield from minutes_by_band(self.clock, start, end, self.settings)

    def _worked(self, spans: Iterable[Span], what: str) -> None:
        """Minutes that have the wage and the allowance of their band; calls have their own supplement too."""
        supplement = call_supplement(self.settings)
        for day, percent, minutes in self._banded(spans):
            week, wage = self._week_of(day), self._wage(day)
            week.minutes[what] += minutes
            week.bands[percent.value] += minutes
            self._pay(day, minutes)
            week.add("ort", Fraction(minutes * wage.value * percent.value, 6000), wage, percent)
            if what == "calls":
                week.add("call", Fraction(minutes * wage.value * supplement.value, 6000), wage, supplement)

    def _pay(self, day: date, minutes: int) -> None:
        week, wage = self._week_of(day), self._wage(day)
        week.minutes["paid"] += minutes
        week.add("wage", Fraction(minutes * wage.value, 60), wage)

    def _tasks(self) -> None:
        for task in self.instance.tasks:
            number = self.clock.day_number(task.day)
            if task.nurse == self.nurse and task.paid and not task.in_route and 0 <= number < self.instance.days:
                span = (self.clock.at(number, task.from_time), self.clock.at(number, task.until_time))
                self._worked((span,), "tasks")

    def _away(self) -> None:
        """Leave and absence have the wage of the hours planned for them, without allowance."""
        for row in self.instance.availability:
            if row.nurse != self.nurse or not row.minutes_per_day:
                continue
            for number in range((row.last - row.first).days + 1):
                day = row.first + timedelta(days=number)
                if 0 <= self.clock.day_number(day) < self.instance.days:
                    self._week_of(day).minutes["leave" if row.kind == "leave" else "absence"] += row.minutes_per_day
                    self._pay(day, row.minutes_per_day)

    def _extra_days(self) -> None:
        """The last days of a week beyond the agreed number, as ``many_duties`` counts it."""
        norm = self.instance.rules.duty_norm
        if not self.person.contract_minutes:
            return
        agreed = -(-self.person.contract_minutes // norm.value)
        for week in self.weeks.values():
            for day in sorted(week.days)[agreed:]:
                if EXTRA_DAY.holds_on(day):
                    week.minutes["extra_days"] += 1
                    week.add("extra_days", Fraction(EXTRA_DAY.value), EXTRA_DAY, norm)

    def _kilometres(self, duty: Duty, at_home: bool) -> None:
        """Home legs of a work duty are commuting; all else is to clients, also from home to a call."""
        week = self._week_of(duty.day)
        by_car = journey_ends(self.instance, self.nurse, duty.day).mode == "car"
        for leg in (leg for route in duty.routes for leg in route_legs(self.instance, self.travel, duty, route)):
            if leg.kind != "between" and not at_home:
                rate = commuting_on(duty.day)
                near = min(leg.metres, rate.near_metres)
                cents = near * rate.near.value + (leg.metres - near) * rate.far.value
                week.metres["commuting"] += leg.metres
                week.add("commuting", Fraction(cents, 1000), rate.near)
            elif by_car:
                figure = client_kilometre(self.settings)
                week.metres["client_km"] += leg.metres
                week.add("client_km", Fraction(leg.metres * figure.value, 1000), figure)

    def _row(self, number: int, before: int) -> PayRow:
        week = self.weeks[number]
        inside = number < self.instance.weeks
        counted = self.instance.settings.planned_work_in_standby == "work"
        net = self.instance.net_contract_minutes(self.nurse, number) if inside else 0
        planned = week.minutes["work"] + (week.minutes["called"] if counted else 0)
        cents, confidence = self._amounts(week)
        routed = self.plan.with_routes
        return PayRow(
            kind="week",
            nurse=self.nurse,
            organisation=self.person.organisation,
            monday=self.clock.date_of(7 * number),
            contract=self.person.contract_minutes if inside else 0,
            net=net,
            planned=planned,
            before=before,
            after=before + planned - net,
            **{name: week.minutes[name] for name in ("tasks", "leave", "absence", "paid", "standby", "called", "calls",
                                                     "extra_days")},
            commuting_metres=week.metres["commuting"] if routed else None,
            client_metres=week.metres["client_km"] if routed else None,
            bands=dict(sorted(week.bands.items())),
            cents=cents,
            confidence=confidence,
        )  # fmt: skip

    def _amounts(self, week: _Week) -> tuple[dict[str, int], dict[str, str]]:
        """The amounts of a week in whole cents, and how sure they are; holiday pay is on the wage alone."""
        factor = employer_factor(self.settings)
        wage = week.cents["wage"]
        for name, share in (("holiday_pay", HOLIDAY_PAY), ("year_end", YEAR_END)):
            week.cents[name] = wage * share.value / 10_000
            week.codes[name] = {*week.codes["wage"], share.confidence} if wage else set()
        known = [name for name in AMOUNTS if self.plan.with_routes or name not in ("commuting", "client_km")]
        cents = {name: _rounded(week.cents[name]) for name in known}
        cents["employer_cost"] = _rounded(wage * factor.value / 100) + sum(cents.get(name, 0) for name in ADDED)
        codes = [code for name in ("wage", *ADDED) for code in week.codes[name]]
        week.codes["employer_cost"] = {*codes, factor.confidence} if codes else set()
        return cents, {name: least_sure(week.codes[name]) for name in known if week.codes[name]}


def _rounded(cents: Fraction) -> int:
    """Whole cents, a half upwards."""
    return floor(cents + Fraction(1, 2))
