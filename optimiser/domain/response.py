"""How fast visits for calls are, by district and part of the week: what the pages, the csv and the map show."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from optimiser.domain.call_share import day_class
from optimiser.domain.clock import DAY, HOUR
from optimiser.domain.instance import Instance
from optimiser.domain.noun import Id, Noun

Part = Literal["week_day", "evening", "night", "weekend_day"]
PARTS: tuple[Part, ...] = ("week_day", "evening", "night", "weekend_day")
DAY_FROM, EVENING_FROM, NIGHT_FROM = 7 * HOUR, 18 * HOUR, 23 * HOUR


def part_at(instance: Instance, minute: int) -> Part:
    """The part of the week at a horizon minute, by the clock: 18:00 to 23:00 is evening, 23:00 to 07:00 night, the rest
    week day, or weekend day on Saturday, Sunday and public holidays."""
    clock_time = instance.clock.clock_time(minute)
    if clock_time < DAY_FROM or clock_time >= NIGHT_FROM:
        return "night"
    if clock_time >= EVENING_FROM:
        return "evening"
    day = instance.clock.day_of(minute)
    return "week_day" if day_class(instance.clock, day, instance.money) == "weekdays" else "weekend_day"


def measured_minutes(instance: Instance) -> tuple[int, int]:
    """From and until which minute response is counted: whole weeks that begin when the duties of line 1 of the day
    before the horizon end, of which the plan knows nothing, and end with the last ones of the plan."""
    ends = [each.last_end for each in instance.shift_kinds if each.line == 1]
    over = max(0, max(ends, default=0) - DAY)
    return instance.clock.at(0, over), instance.clock.at(instance.days, over)


class DistrictResponse(Noun):
    """Visits for calls in one district and part of the week, from the end of triage to the door.

    ``district``: the id of a district, or of the place where there is none. ``mean_minutes`` and ``p90_minutes`` are
    over the visits that somebody answers, None where nobody ever does; ``within_norm`` is of all visits (0 to 1), None
    where there are none. ``low`` and ``high`` are the 95 % interval of ``within_norm`` where it was simulated.
    """

    district: str
    part: Part
    organisations: tuple[Id, ...]
    """Whose calls these are."""
    visits_per_week: float = Field(ge=0)
    """In an average week of the horizon."""
    mean_minutes: float | None
    p90_minutes: float | None
    within_norm: float | None = Field(ge=0, le=1)
    unanswered: float = Field(default=0.0, ge=0, le=1)
    """Share of the visits for which nobody was on duty, or that were lost."""
    low: float | None = None
    high: float | None = None
