"""Moments, days and amounts as people write them, in the page's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from optimiser.domain.instance import Instance
from optimiser.texts import Language, number, signed, text


class Person(Protocol):
    """Who stands behind an id; a row of ``names.csv``."""

    @property
    def name(self) -> str:
        """The full name."""

    @property
    def address(self) -> str:
        """Street, number and town."""


Names = Mapping[str, Person]


@dataclass(frozen=True)
class Words:
    """The page's language on the instance's calendar."""

    instance: Instance
    language: Language = "nl"

    def __call__(self, key: str, **values: object) -> str:
        """The text of ``key``."""
        return text(key, self.language, **values)

    def time(self, minute: int) -> str:
        """The clock time of a horizon minute: 07:30."""
        return f"{self.instance.clock.moment_of(minute):%H:%M}"

    def span(self, start: int, end: int) -> str:
        """From one horizon minute to another: 07:30-16:00 with a proper dash."""
        return f"{self.time(start)}–{self.time(end)}"

    def weekday(self, day: date) -> str:
        """Two letters: ma."""
        return self("map.weekdays.short").split()[day.weekday()]

    def short_day(self, day: date) -> str:
        """ma 7 dec."""
        return f"{self.weekday(day)} {day.day} {self('map.months.short').split()[day.month - 1]}"

    def long_day(self, day: date) -> str:
        """maandag 7 december."""
        return f"{self('map.weekdays').split()[day.weekday()]} {day.day} {self('map.months').split()[day.month - 1]}"

    def week_of(self, day: date) -> str:
        """The seven days from ``day``: week 50, 7 - 13 december 2026."""
        last = date.fromordinal(day.toordinal() + 6)
        months = self("map.months").split()
        first = f"{day.day}" if day.month == last.month else f"{day.day} {months[day.month - 1]}"
        span = f"{first} – {last.day} {months[last.month - 1]} {last.year}"
        return self("map.week", number=day.isocalendar().week, span=span)

    def hours(self, minutes: int) -> str:
        """Hours with one decimal: 32,5."""
        return self.decimal(minutes / 60)

    def signed(self, minutes: int) -> str:
        """Hours with a sign: +2,5; nothing is 0,0 without one."""
        return signed(minutes / 60, self.language, 1)

    def decimal(self, value: float) -> str:
        """One decimal, with the language's signs: 1.045,3."""
        return number(value, self.language, 1)

    def whole(self, value: float) -> str:
        """No decimals: 1.827."""
        return number(value, self.language)

    def visits(self, count: int) -> str:
        """1 bezoek, 7 bezoeken."""
        return self("map.visit") if count == 1 else self("map.visits", count=count)

    def duration(self, minutes: int) -> str:
        """5 u 10, or 45 min below an hour."""
        if abs(minutes) < 60:
            return self("map.minutes", minutes=minutes)
        return self("map.duration", hours=minutes // 60, minutes=f"{minutes % 60:02d}")


def name_of(names: Names, identity: str) -> str:
    """The name behind an id, or the id where none is known."""
    person = names.get(identity)
    return person.name if person is not None and person.name else identity
