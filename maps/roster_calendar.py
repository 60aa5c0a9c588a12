"""The days, weeks and months of the roster page, with holidays marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby

from maps.words import Words
from optimiser.domain.money import is_holiday
from optimiser.texts import Language


@dataclass(frozen=True)
class RosterDay:
    """One column. ``feast`` is the holiday's name, or empty."""

    number: int
    day: date
    short: str
    long: str
    feast: str

    @property
    def shaded(self) -> bool:
        """Whether it is a Saturday, Sunday or holiday."""
        return bool(self.feast) or self.day.weekday() >= 5


@dataclass(frozen=True)
class RosterWeek:
    """Seven columns; ``number`` is the week of the horizon (0 is the first), ``iso`` that of the calendar."""

    number: int
    iso: int
    title: str
    days: tuple[RosterDay, ...]


@dataclass(frozen=True)
class RosterMonth:
    """The weeks whose Thursday lies in the month, as weeks belong to years in the calendar."""

    anchor: str
    title: str
    weeks: tuple[RosterWeek, ...]


def roster_weeks(words: Words) -> tuple[RosterWeek, ...]:
    """Every week of the horizon."""
    return tuple(_week(words, number) for number in range(words.instance.weeks))


def roster_months(words: Words, weeks: tuple[RosterWeek, ...]) -> Iterator[RosterMonth]:
    """The weeks by month."""
    names = words("map.months").split()
    for (year, month), group in groupby(weeks, key=lambda week: _thursday(week).timetuple()[:2]):
        own = tuple(group)
        first, last = own[0].iso, own[-1].iso
        said = f"{names[month - 1]} {year}"
        one = words("roster.month.one", month=said, first=first)
        title = one if len(own) == 1 else words("roster.month", month=said, first=first, last=last)
        yield RosterMonth(f"m-{year}-{month:02d}", title, own)


def feast_name(day: date, language: Language) -> str:
    """What a holiday of the agreement is called, also the one that only falls in a lustrum."""
    return _feasts(day.year, language).get(day, "").split(";")[0]


@lru_cache(maxsize=16)
def _feasts(year: int, language: Language) -> dict[date, str]:
    from holidays import OPTIONAL, PUBLIC, country_holidays

    spoken = {"nl": "nl", "en": "en_US"}[language]
    return dict(country_holidays("NL", years=year, language=spoken, categories=(PUBLIC, OPTIONAL)))


def _week(words: Words, number: int) -> RosterWeek:
    days = tuple(_day(words, 7 * number + offset) for offset in range(7))
    return RosterWeek(number, days[0].day.isocalendar().week, words.week_of(days[0].day), days)


def _day(words: Words, number: int) -> RosterDay:
    day = words.instance.clock.date_of(number)
    feast = feast_name(day, words.language) if is_holiday(day, words.instance.money) else ""
    return RosterDay(number, day, words.weekday(day), words.long_day(day), feast)


def _thursday(week: RosterWeek) -> date:
    return week.days[3].day
