"""Which share of a week's calls falls in a time: exact, by the wall clock, with public holidays as Sundays."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from optimiser.domain.calls import CallHours, DayClass
from optimiser.domain.clock import Clock
from optimiser.domain.money import DEFAULTS, MoneySettings, is_holiday

if TYPE_CHECKING:  # Instance holds the rates
    from optimiser.domain.instance import Instance

DAYS_OF: dict[DayClass, int] = {"weekdays": 5, "saturday": 1, "sunday": 1}
"""Days of each class in a plain week, one without public holidays."""
SATURDAY, SUNDAY, MILLI = 5, 6, 1000


def day_class(clock: Clock, day: int, settings: MoneySettings = DEFAULTS) -> DayClass:
    """The class of a day number; a public holiday of the agreement counts as a Sunday."""
    weekday = clock.weekday(day)
    if weekday == SUNDAY or is_holiday(clock.date_of(day), settings):
        return "sunday"
    return "saturday" if weekday == SATURDAY else "weekdays"


class CallRates:
    """The profiles of all call types over one calendar; what is asked twice is worked out once.

    A row's weight is a rate in each elapsed minute of its clock window, so that the hour that summer time skips has no
    calls and the one that comes twice has them twice. A window past midnight keeps the class of the day it begins on.
    """

    def __init__(self, clock: Clock, hours: Iterable[CallHours], settings: MoneySettings = DEFAULTS) -> None:
        self._clock, self._settings = clock, settings
        self._rows: dict[str, dict[DayClass, list[tuple[int, int, int]]]] = {}
        for row in hours:
            days = self._rows.setdefault(row.type, {"weekdays": [], "saturday": [], "sunday": []})
            days[row.days].append((row.from_time, row.until_time, row.weight))
        self._whole = {
            name: sum(
                weight * (until - low) * DAYS_OF[days] for days, rows in table.items() for low, until, weight in rows
            )
            for name, table in self._rows.items()
        }
        self._bands: dict[tuple[str, int], tuple[tuple[int, int, int], ...]] = {}
        self._shares: dict[tuple[str, int, int], Fraction] = {}

    def share(self, type_id: str, start: int, end: int) -> Fraction:
        """Calls of a type in ``[start, end)`` (horizon minutes) as a share of those of a plain week.

        0 for a type without hours; above 1 for more than a week of time.
        """
        key = (type_id, start, end)
        if key not in self._shares:
            self._shares[key] = self._share(type_id, start, end)
        return self._shares[key]

    def _share(self, type_id: str, start: int, end: int) -> Fraction:
        whole = self._whole.get(type_id, 0)
        if end <= start or not whole:
            return Fraction(0)
        days = range(self._clock.day_of(start) - 2, self._clock.day_of(end - 1) + 1)
        return Fraction(
            sum(
                weight * max(0, min(end, high) - max(start, low))
                for day in days
                for low, high, weight in self._on(type_id, day)
            ),
            whole,
        )

    def _on(self, type_id: str, day: int) -> tuple[tuple[int, int, int], ...]:
        """From and until (horizon minutes) and weight of the rows that begin on a day number."""
        key = (type_id, day)
        if key not in self._bands:
            rows = self._rows[type_id][day_class(self._clock, day, self._settings)]
            self._bands[key] = tuple(
                (self._clock.at(day, low), self._clock.at(day, high), weight) for low, high, weight in rows
            )
        return self._bands[key]


def call_share(instance: Instance, type_id: str, start: int, end: int) -> Fraction:
    """Of a type's calls in a plain week, the share that falls in ``[start, end)`` (horizon minutes)."""
    return instance.call_rates.share(type_id, start, end)


def visits_per_week(instance: Instance, source: str) -> Fraction:
    """Visits for calls of a source in a plain week: its calls less those that the telephone settles."""
    row = instance.call_source_by_id[source]
    return Fraction(row.weekly_millicalls * (100 - instance.call_type_by_id[row.type].phone_percent), 100 * MILLI)
