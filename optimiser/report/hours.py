"""The hours of a plan as a table for the salary office: a row for each nurse and calendar week, then the sums.

Ids only: the salary office knows them, and names never leave the tables.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from optimiser.domain.instance import Instance
from optimiser.domain.labour import Figure
from optimiser.domain.money import (
    EVE_FROM,
    EXTRA_DAY,
    HOLIDAY_PAY,
    HOLIDAY_RATE,
    YEAR_END,
    bands_on,
    call_supplement,
    client_kilometre,
    commuting_on,
    employer_factor,
    is_holiday,
    standby_on,
    wage_on,
)
from optimiser.domain.sheet import Cell
from optimiser.report.money import Money
from optimiser.report.money_row import AMOUNTS, PayRow
from optimiser.texts import Language, text

Form = Literal["words", "date", "whole", "hours", "euros", "km"]
"""Decimals are exact; a cell without a value (None) is unknown, or not of this row."""


@dataclass(frozen=True)
class HoursColumn:
    """A column: ``key`` for programs, ``heading`` for people, ``form`` of its cells."""

    key: str
    heading: str
    form: Form


@dataclass(frozen=True)
class Source:
    """One parameter that an amount was built from."""

    amount: str
    figure: Figure
    where: str = ""


@dataclass(frozen=True)
class HoursTable:
    """Columns, rows of cells in their order, the last ``sums`` of which are sums, and what the amounts rest on."""

    columns: tuple[HoursColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sums: int
    sources: tuple[Source, ...]
    notes: tuple[str, ...]
    confidence: dict[str, str]
    """Amount -> code of its least sure parameter, over the whole plan."""


MINUTES = ("contract", "net", "planned", "tasks", "leave", "absence", "over", "before", "after", "paid")
"""Columns of hours with two decimals, from fields of ``PayRow`` in minutes."""


def hours_table(instance: Instance, account: Money, language: Language = "nl") -> HoursTable:
    """The table of an account, headings in ``language``."""
    bands = sorted({percent for row in account.weeks for percent in row.bands} | _percentages(instance))
    makers: list[tuple[str, Form, Callable[[PayRow], Cell]]] = [
        ("row", "words", lambda row: text(f"money.row.{row.kind}", language)),
        ("nurse", "words", lambda row: row.nurse),
        ("organisation", "words", lambda row: row.organisation),
        ("week", "words", lambda row: "{}-W{:02}".format(*row.monday.isocalendar()[:2]) if row.monday else ""),
        ("monday", "date", lambda row: row.monday.isoformat() if row.monday else ""),
        *((name, "hours", _hours(name)) for name in MINUTES),
        *((f"ort_{percent}_min", "whole", _band(percent)) for percent in bands),
        ("standby", "hours", _hours("standby")),
        ("call_min", "whole", lambda row: row.calls),
        ("extra_days", "whole", lambda row: row.extra_days),
        ("commuting_km", "km", lambda row: _km(row.commuting_metres)),
        ("client_km", "km", lambda row: _km(row.client_metres)),
        *((f"{name}_eur", "euros", _euros(name)) for name in AMOUNTS),
        ("confidence", "words", lambda row: _codes(row, language)),
    ]  # fmt: skip
    columns = tuple(HoursColumn(key, _heading(key, language), form) for key, form, _ in makers)
    sums = (*account.nurses, *account.organisations, account.total)
    rows = tuple(tuple(make(row) for _, _, make in makers) for row in (*account.weeks, *sums))
    return HoursTable(
        columns, rows, len(sums), sources(instance, language), _notes(account, language), account.total.confidence
    )


def _heading(key: str, language: Language) -> str:
    if key.startswith("ort_") and key != "ort_eur":
        return text("money.column.ort_min", language, percent=key.split("_")[1])
    return text(f"money.column.{key}", language)


def _hours(name: str) -> Callable[[PayRow], Cell]:
    return lambda row: _decimal(getattr(row, name), 60)


def _band(percent: int) -> Callable[[PayRow], Cell]:
    return lambda row: row.bands.get(percent, 0)


def _euros(name: str) -> Callable[[PayRow], Cell]:
    return lambda row: _decimal(row.cents[name], 100) if name in row.cents else None


def _km(metres: int | None) -> Cell:
    return None if metres is None else _decimal(metres, 1000)


def _decimal(value: int, unit: int) -> Decimal:
    """``value / unit`` with two decimals, a half away from zero."""
    hundredths = (abs(value) * 200 + unit) // (2 * unit)
    return Decimal(hundredths if value >= 0 else -hundredths).scaleb(-2)


def _codes(row: PayRow, language: Language) -> str:
    """The codes of the amounts that the row has, as ``loon E, ort E``."""
    return ", ".join(
        f"{text(f'money.amount.{name}', language)} {row.confidence[name]}"
        for name in AMOUNTS
        if row.confidence.get(name)
    )


def _percentages(instance: Instance) -> set[int]:
    """All percentages that may occur in the weeks of the instance and the week after it."""
    days = (instance.clock.date_of(number) for number in range(instance.days + 7))
    return {figure.value for day in days for _, _, figure in bands_on(day, instance.money)} | {HOLIDAY_RATE.value}


def sources(instance: Instance, language: Language = "nl") -> tuple[Source, ...]:
    """Every parameter that holds somewhere in the weeks of the instance, once for each value, by amount."""
    found: dict[tuple[str, str], Source] = {}
    settings, rules = instance.money, instance.rules
    grades = sorted({each.wage_grade for each in instance.nurses})
    for number in range(instance.days + 7):
        day = instance.clock.date_of(number)
        near, far = commuting_on(day).near, commuting_on(day).far
        rows = [
            *((f"FWG {grade}", "wage", wage_on(grade, day, settings)) for grade in grades),
            *((_when(day, low, high, instance, language), "ort", each) for low, high, each in bands_on(day, settings)),
            (text(f"money.day.{_standby_day(day, instance)}", language), "standby", standby_on(day, settings)),
            ("", "call", call_supplement(settings)),
            *(("", "extra_days", figure) for figure in (EXTRA_DAY, rules.duty_norm) if EXTRA_DAY.holds_on(day)),
            ("0-10 km", "commuting", near),
            ("10+ km", "commuting", far),
            ("", "client_km", client_kilometre(settings)),
            ("", "holiday_pay", HOLIDAY_PAY),
            ("", "year_end", YEAR_END),
            ("", "employer_cost", employer_factor(settings)),
        ]
        for where, amount, figure in rows:
            found.setdefault((amount, f"{where} {figure.value} {figure.unit}"), Source(amount, figure, where))
    return tuple(sorted(found.values(), key=lambda each: AMOUNTS.index(each.amount)))


def source_rows(table: HoursTable, language: Language = "nl") -> list[list[str]]:
    """What the amounts rest on: headings, and a row for each parameter."""
    names = ("amount", "where", "value", "unit", "article", "confidence", "first", "last")
    rows = [[text(f"money.source.{name}", language) for name in names]]
    for each in table.sources:
        figure = each.figure
        rows.append([
            text(f"money.amount.{each.amount}", language), each.where, str(figure.value), figure.unit, figure.article,
            figure.confidence, str(figure.first or ""), str(figure.last or ""),
        ])  # fmt: skip
    return rows


def _standby_day(day: date, instance: Instance) -> str:
    return "weekend" if day.weekday() >= 5 or is_holiday(day, instance.money) else "weekday"


def _when(day: date, low: int, high: int, instance: Instance, language: Language) -> str:
    """A band in words, such as ``ma-vr 06-07``."""
    kind = {5: "saturday", 6: "sunday"}.get(day.weekday(), "weekday")
    if is_holiday(day, instance.money):
        kind = "holiday"
    elif low == EVE_FROM.value:
        kind = "eve"
    return f"{text(f'money.day.{kind}', language)} {low // 60:02}-{high // 60:02}"


def _notes(account: Money, language: Language) -> tuple[str, ...]:
    """What a reader of the amounts must know, above all where they are our own estimate."""
    guessed = [name for name in AMOUNTS if account.total.confidence.get(name) == "E"]
    notes = [text("money.note.not_for_paying", language)]
    if guessed:
        names = ", ".join(text(f"money.amount.{name}", language) for name in guessed)
        notes.append(text("money.note.guessed", language, amounts=names))
    if account.total.confidence.get("standby") == "E":
        notes.append(text("money.note.standby", language))
    if account.total.commuting_metres is None:
        notes.append(text("money.note.no_routes", language))
    return tuple(notes)
