"""Horizon minutes and wall clocks: the one place that knows about summer time.

A *minute* is an elapsed whole minute since 00:00 local time of the horizon's first day (it may be negative).
A *clock time* is what the clock on the wall shows, in minutes after midnight of a named day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Amsterdam")
DAY = 1440
WEEK = 7 * DAY
HOUR = 60


@lru_cache(maxsize=65536)
def _elapsed(origin: date, day: date, clock_minutes: int) -> int:
    start = datetime.combine(origin, time(), ZONE).astimezone(UTC)
    wall = datetime.combine(day, time()) + timedelta(minutes=clock_minutes)
    return int((wall.replace(tzinfo=ZONE).astimezone(UTC) - start).total_seconds()) // 60


@lru_cache(maxsize=65536)
def _at(origin: date, day: int, clock_minutes: int) -> int:
    """Remembered by day number too: to make the date takes longer than to look it up."""
    return _elapsed(origin, origin + timedelta(days=day), clock_minutes)


@dataclass(frozen=True)
class Clock:
    """The calendar of one horizon. ``first_day`` is day 0; days before it have negative numbers."""

    first_day: date

    def date_of(self, day: int) -> date:
        """The calendar date of day number ``day``."""
        return self.first_day + timedelta(days=day)

    def day_number(self, day: date) -> int:
        """The day number of a calendar date."""
        return (day - self.first_day).days

    def midnight(self, day: int) -> int:
        """The minute at which day ``day`` begins (a table, not ``day * 1440``, because of summer time)."""
        return _at(self.first_day, day, 0)

    def at(self, day: int, clock_time: int) -> int:
        """The minute at which the wall clock shows ``clock_time`` minutes after midnight of ``day``."""
        return _at(self.first_day, day, clock_time)

    def minute_of(self, moment: datetime) -> int:
        """The minute of a moment; one without a zone is taken as Dutch local time."""
        if moment.tzinfo is None:
            return _elapsed(self.first_day, moment.date(), moment.hour * 60 + moment.minute)
        local = moment.astimezone(UTC)
        start = datetime.combine(self.first_day, time(), ZONE).astimezone(UTC)
        return int((local - start).total_seconds() // 60)

    def moment_of(self, minute: int) -> datetime:
        """The aware Dutch local time of a minute."""
        start = datetime.combine(self.first_day, time(), ZONE).astimezone(UTC)
        return (start + timedelta(minutes=minute)).astimezone(ZONE)

    def day_of(self, minute: int) -> int:
        """The number of the calendar day that holds ``minute`` (summer time moves a midnight by an hour at most)."""
        day = minute // DAY
        if minute >= self.midnight(day + 1):
            return day + 1
        return day - 1 if minute < self.midnight(day) else day

    def clock_time(self, minute: int) -> int:
        """What the wall clock shows at ``minute``, in minutes after midnight."""
        moment = self.moment_of(minute)
        return moment.hour * 60 + moment.minute

    def weekday(self, day: int) -> int:
        """0 for Monday to 6 for Sunday."""
        return self.date_of(day).weekday()

    def overlap_with_band(self, start: int, end: int, band_start: int, band_end: int) -> int:
        """Elapsed minutes of ``[start, end)`` inside the daily clock band ``[band_start, band_end)``."""
        total = 0
        for day in range(self.day_of(start) - 1, self.day_of(end) + 1):
            low, high = self.at(day, band_start), self.at(day, band_end)
            total += max(0, min(end, high) - max(start, low))
        return total
