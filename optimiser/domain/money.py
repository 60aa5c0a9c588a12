"""Every amount and percentage that work costs, each with source, confidence and dates; and which holds on a day.

Money is in whole cents, percentages are whole numbers. Confidence codes are those of ``optimiser/domain/labour.py``,
with S for a figure that the instance itself sets. ``minutes_by_band`` is the one definition of the allowance for
irregular hours (ORT): each minute lies in exactly one band, by the clock on the wall.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import Field

from optimiser.domain.clock import DAY, HOUR, Clock
from optimiser.domain.labour import Figure
from optimiser.domain.noun import Noun

CONFIDENCE = ("S", "A", "A-", "B", "B-", "C", "R", "E")
"""From surest to least sure."""
NEW_TABLE, NEW_WAGES, OLD_WAGES = date(2026, 1, 1), date(2026, 7, 1), date(2025, 7, 1)
OLD_TABLE_LAST, OLD_LAST, OLDEST_LAST = (day - timedelta(days=1) for day in (NEW_TABLE, NEW_WAGES, OLD_WAGES))

Cents = Annotated[int, Field(ge=0, le=100_000)]
Grade = Annotated[str, Field(pattern=r"^[1-8][0-9]$")]


class MoneySettings(Noun):
    """``[money]`` of ``instance.toml``: what no source says, or what is agreed locally."""

    wage_step_percent: Annotated[int, Field(ge=0, le=100)] = 50
    """Where in the scale of her grade each nurse is: 0 is its lowest wage, 100 its highest."""
    wages: dict[Grade, Annotated[int, Field(ge=1, le=100_000)]] = {}
    """Cents per hour by grade, in place of the scale."""
    employer_percent: Annotated[int, Field(ge=100, le=300)] = 145
    """Employer's cost as a percentage of the wage: holiday pay, year-end payment, charges and pension."""
    liberation_day: Literal["never", "lustrum", "yearly"] = "lustrum"
    """Whether 5 May is a holiday; a lustrum is a year that can be divided by five."""
    eves_at_sunday_rate: bool = True
    """Whether 24 and 31 December from 18:00 on have the allowance of a Sunday."""
    standby_cents_weekday: Cents = 150
    """For each hour of standby from home on Monday to Friday."""
    standby_cents_weekend: Cents = 300
    """For each hour of standby from home on Saturday, Sunday and holidays."""
    call_percent: Annotated[int, Field(ge=0, le=200)] = 25
    """On top of the hourly wage for call work."""
    client_km_cents: Cents = 23
    """For each kilometre by own car between stops."""


DEFAULTS = MoneySettings()


class Band(Noun):
    """Clock times of one class of day with the allowance there; the figures follow each other in time."""

    days: Literal["weekday", "saturday", "sunday"]
    start: int
    end: int
    percents: tuple[Figure, ...]


def _ort(value: int, first: date | None = None, last: date | None = None, confidence: str = "B") -> Figure:
    return Figure(
        value=value, unit="percent of the hourly wage", article="CAO VVT 4.4", confidence=confidence, first=first,
        last=last,
    )  # fmt: skip


def _band(days: Literal["weekday", "saturday", "sunday"], start: int, end: int, old: int, new: int) -> Band:
    before = _ort(old, last=OLD_TABLE_LAST, confidence="B-")
    return Band(days=days, start=start * HOUR, end=end * HOUR, percents=(before, _ort(new, first=NEW_TABLE)))


BANDS: tuple[Band, ...] = (
    _band("weekday", 0, 6, 44, 47),
    _band("weekday", 6, 7, 22, 22),
    _band("weekday", 7, 20, 0, 0),
    _band("weekday", 20, 22, 22, 22),
    _band("weekday", 22, 24, 44, 47),
    _band("saturday", 0, 6, 49, 52),
    _band("saturday", 6, 8, 38, 38),
    _band("saturday", 8, 12, 0, 0),
    _band("saturday", 12, 22, 38, 38),
    _band("saturday", 22, 24, 49, 52),
    _band("sunday", 0, 24, 60, 60),
)
"""The allowance for irregular hours (ORT): the bands of one class of day fill its 24 hours. Holidays are Sundays."""

HOLIDAY_RATE = _ort(60, confidence="R")
"""The list of holidays, and that the eves count, was not confirmed for this agreement."""
EVE_FROM = Figure(value=18 * HOUR, unit="clock on 24 and 31 December", article="CAO VVT 4.4", confidence="R")

HOLIDAYS = frozenset({
    "Nieuwjaarsdag", "Eerste paasdag", "Tweede paasdag", "Koningsdag", "Hemelvaartsdag", "Eerste pinksterdag",
    "Tweede pinksterdag", "Eerste kerstdag", "Tweede kerstdag",
})  # fmt: skip
"""The agreement's holidays, as the library ``holidays`` calls them. Good Friday is none."""


class WageScale(Noun):
    """Lowest and highest hourly wage of a grade (FWG)."""

    grade: int
    low: Figure
    high: Figure


def _scales(grade: int, new: tuple[int, int], now: tuple[int, int]) -> tuple[WageScale, ...]:
    """The scale from July 2026, the one before it (less 3.5 %), and the one before July 2025 (less another 4 %)."""
    oldest = (round(now[0] / 1.04), round(now[1] / 1.04))
    spans: tuple[tuple[tuple[int, int], date | None, date | None, str], ...] = (
        (oldest, None, OLDEST_LAST, "E"),
        (now, OLD_WAGES, OLD_LAST, "E"),
        (new, NEW_WAGES, None, "C"),
    )
    return tuple(
        WageScale(grade=grade, low=_wage(low, first, last, code), high=_wage(high, first, last, code))
        for (low, high), first, last, code in spans
    )


def _wage(cents: int, first: date | None, last: date | None, confidence: str) -> Figure:
    return Figure(
        value=cents, unit="cents per hour", article="CAO VVT 4.2", confidence=confidence, first=first, last=last
    )


SCALES: tuple[WageScale, ...] = (
    *_scales(35, (1702, 2296), (1645, 2218)),
    *_scales(40, (1797, 2469), (1736, 2386)),
    *_scales(45, (1905, 2713), (1841, 2621)),
    *_scales(50, (2124, 3082), (2052, 2978)),
)
"""Wages by grade and date; one secondary source, and other sites differ."""

HOLIDAY_PAY = Figure(value=800, unit="hundredths of a percent", article="CAO VVT 4.2", confidence="B")
YEAR_END = Figure(value=833, unit="hundredths of a percent", article="CAO VVT 4.2.12", confidence="B")
EXTRA_DAY = Figure(
    value=2500, unit="cents per extra day", article="CAO VVT, agreement of 2025", confidence="B", first=NEW_TABLE
)
"""For each day with a work duty above ``labour.duty_norm``; the table of days per contract was not found."""
CALL_BLOCK = Figure(value=8 * HOUR, unit="min from the first call", article="CAO VVT 4.3, 75 % rule", confidence="B")
CALL_BLOCK_LEAST = Figure(value=6 * HOUR, unit="min worked in it", article="CAO VVT 4.3, 75 % rule", confidence="B")


class KilometreRate(Noun):
    """Commuting: cents per kilometre up to ``near_metres`` of a trip, and beyond it."""

    near: Figure
    far: Figure
    near_metres: int = 10_000


def _commuting(near: int, far: int, first: date | None, last: date | None) -> KilometreRate:
    figures = (
        Figure(value=cents, unit="cents per km", article="CAO VVT 4.5", confidence="B", first=first, last=last)
        for cents in (near, far)
    )
    return KilometreRate(near=next(figures), far=next(figures))


COMMUTING: tuple[KilometreRate, ...] = (
    _commuting(10, 10, None, OLDEST_LAST),
    _commuting(19, 19, OLD_WAGES, OLD_LAST),
    _commuting(23, 21, NEW_WAGES, None),
)


def least_sure(codes: Iterable[str]) -> str:
    """The least sure of some confidence codes; S when there are none."""
    return max(codes, key=CONFIDENCE.index, default="S")


@lru_cache(maxsize=64)
def holidays_of(year: int, liberation_day: str = "lustrum") -> frozenset[date]:
    """The agreement's holidays of a year."""
    from holidays import country_holidays

    listed = country_holidays("NL", years=year, language="nl")
    days = {day for day, names in listed.items() if HOLIDAYS.intersection(names.split("; "))}
    if liberation_day == "yearly" or (liberation_day == "lustrum" and year % 5 == 0):
        days.add(date(year, 5, 5))
    return frozenset(days)


def is_holiday(day: date, settings: MoneySettings = DEFAULTS) -> bool:
    """Whether a day is a holiday of the agreement."""
    return day in holidays_of(day.year, settings.liberation_day)


@lru_cache(maxsize=1024)
def _bands_on(day: date, liberation_day: str, eves: bool) -> tuple[tuple[int, int, Figure], ...]:
    if day in holidays_of(day.year, liberation_day):
        return ((0, DAY, HOLIDAY_RATE),)
    days = {5: "saturday", 6: "sunday"}.get(day.weekday(), "weekday")
    bands = [
        (band.start, band.end, next(each for each in band.percents if each.holds_on(day)))
        for band in BANDS
        if band.days == days
    ]
    if not eves or day.month != 12 or day.day not in (24, 31) or days == "sunday":
        return tuple(bands)
    before = [(start, min(end, EVE_FROM.value), figure) for start, end, figure in bands if start < EVE_FROM.value]
    return (*before, (EVE_FROM.value, DAY, HOLIDAY_RATE))


def bands_on(day: date, settings: MoneySettings = DEFAULTS) -> tuple[tuple[int, int, Figure], ...]:
    """The bands of a day in order: from and until on the clock, and the percentage. Together the whole day."""
    return _bands_on(day, settings.liberation_day, settings.eves_at_sunday_rate)


def minutes_by_band(
    clock: Clock, start: int, end: int, settings: MoneySettings = DEFAULTS
) -> Iterator[tuple[date, Figure, int]]:
    """Day, percentage and elapsed minutes of each band that ``[start, end)`` (horizon minutes) meets."""
    if end <= start:
        return
    for number in range(clock.day_of(start), clock.day_of(end - 1) + 1):
        for low, high, figure in bands_on(clock.date_of(number), settings):
            minutes = min(end, clock.at(number, high)) - max(start, clock.at(number, low))
            if minutes > 0:
                yield clock.date_of(number), figure, minutes


def ort_minutes(clock: Clock, start: int, end: int, settings: MoneySettings = DEFAULTS) -> dict[int, int]:
    """Percentage -> minutes of ``[start, end)`` in the bands with it; 0 is in it where it has minutes."""
    found: dict[int, int] = {}
    for _, figure, minutes in minutes_by_band(clock, start, end, settings):
        found[figure.value] = found.get(figure.value, 0) + minutes
    return found


def wage_on(grade: int, day: date, settings: MoneySettings = DEFAULTS) -> Figure:
    """Cents per hour of a grade on a day: what the instance sets, else a place in the scale of the nearest grade."""
    if str(grade) in settings.wages:
        return Figure(value=settings.wages[str(grade)], unit="cents per hour", article="[money]", confidence="S")
    nearest = min((each.grade for each in SCALES), key=lambda each: (abs(each - grade), each))
    scale = next(each for each in SCALES if each.grade == nearest and each.low.holds_on(day))
    step = settings.wage_step_percent
    sure = nearest == grade and step != DEFAULTS.wage_step_percent
    value = (scale.low.value * (100 - step) + scale.high.value * step + 50) // 100
    return scale.low.model_copy(update={"value": value, "confidence": scale.low.confidence if sure else "E"})


def standby_on(day: date, settings: MoneySettings = DEFAULTS) -> Figure:
    """Cents per hour of standby from home on a day."""
    weekend = day.weekday() >= 5 or is_holiday(day, settings)
    field = "standby_cents_weekend" if weekend else "standby_cents_weekday"
    return _set(settings, field, "cents per hour of standby", "CAO VVT 4.3, rates not found", "E")


def call_supplement(settings: MoneySettings = DEFAULTS) -> Figure:
    """Percentage on top of the wage for call work."""
    return _set(settings, "call_percent", "percent of the hourly wage", "CAO VVT 4.3", "B")


def client_kilometre(settings: MoneySettings = DEFAULTS) -> Figure:
    """Cents for a kilometre by own car between stops; the default is the ceiling without tax."""
    return _set(settings, "client_km_cents", "cents per km", "rate not found; ceiling without tax", "E")


def employer_factor(settings: MoneySettings = DEFAULTS) -> Figure:
    """Employer's cost as a percentage of the wage."""
    return _set(settings, "employer_percent", "percent of the wage", "no source", "E")


def commuting_on(day: date) -> KilometreRate:
    """What a kilometre of commuting gives on a day."""
    return next(each for each in COMMUTING if each.near.holds_on(day))


def _set(settings: MoneySettings, field: str, unit: str, article: str, confidence: str) -> Figure:
    value = getattr(settings, field)
    if value != getattr(DEFAULTS, field):
        article, confidence = "[money]", "S"
    return Figure(value=value, unit=unit, article=article, confidence=confidence)
