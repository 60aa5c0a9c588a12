"""The leave season: in which weeks of a year more hours are needed than the own nurses have, so many are hired."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from optimiser.domain.instance import Instance
from optimiser.domain.labour import Figure
from optimiser.domain.workforce import WORKFORCE, Workforce
from optimiser.report.year import DayOfYear, YearOf, calendar_year, class_of

SEASON_MONTHS = (7, 8)
IN_SEASON = Figure(value=35, unit="percent of all leave", article="own estimate", confidence="E")
"""The part of a year's leave that is taken in July and August, which are 17 percent of the year."""


@dataclass(frozen=True)
class SeasonWeek:
    """A week that begins on ``monday`` (only its days inside the year count), in hours."""

    monday: date
    days: int
    needed: float
    available: float

    @property
    def hired(self) -> float:
        """What is short."""
        return max(0.0, self.needed - self.available)


@dataclass(frozen=True)
class LeaveSeason:
    """The weeks of a year, and what they are built on."""

    weeks: tuple[SeasonWeek, ...]
    contract_hours: float
    """A week, students left out: they add no capacity."""
    workforce: Workforce
    in_season: Figure

    @property
    def hired_hours(self) -> float:
        """Hours short over the whole year."""
        return sum(week.hired for week in self.weeks)

    def fewer_hired(self, hours: float) -> float:
        """By how much the hours short fall when ``hours`` a year fewer are needed, spread evenly over its days.

        Fewer than nought are more hours needed; the answer never falls while ``hours`` grow.
        """
        days = sum(week.days for week in self.weeks)
        short = sum(max(0.0, week.needed - hours * week.days / days - week.available) for week in self.weeks)
        return self.hired_hours - short

    @property
    def short_weeks(self) -> tuple[SeasonWeek, ...]:
        """The weeks with too few hours."""
        return tuple(week for week in self.weeks if week.hired > 0)


def leave_season(
    instance: Instance, year: YearOf, workforce: Workforce = WORKFORCE, in_season: Figure = IN_SEASON
) -> LeaveSeason | None:
    """The weeks of the year of a plan; None when the year is not known.

    ``needed`` of a day: the needed hours of its class (and of no class) in the year over its days in the year.
    ``available`` of a day: the contracts of that day, less leave (in or outside the season) and training, less absence.
    """
    needed = {each: values["needed_hours"] for each, values in year.by_class.items()}
    rest = year.rest["needed_hours"]
    if year.missing or rest is None or None in needed.values():
        return None
    days = calendar_year(year.year)
    by_day = {
        each: (value or 0.0) / max(1, year.days[each][1]) + rest / len(days) for each, value in needed.items()
    }  # fmt: skip
    contract = sum(each.contract_minutes for each in instance.nurses if each.experience != "student") / 60
    there = _there_by_day(contract / 7, days, workforce, in_season)
    return LeaveSeason(
        weeks=tuple(_week(instance, each, by_day, there) for each in _weeks(days)),
        contract_hours=contract,
        workforce=workforce,
        in_season=in_season,
    )


def _there_by_day(
    contract: float, days: tuple[date, ...], workforce: Workforce, in_season: Figure
) -> tuple[float, float]:
    """Hours that the contracts of a day (``contract``) are there for the roster, outside and inside the season."""
    season = sum(day.month in SEASON_MONTHS for day in days)
    year = workforce.year.value
    leave = contract * len(days) * workforce.leave.value / year
    inside = leave * in_season.value / 100
    left = contract - contract * workforce.training.value / year
    present = (100 - workforce.absence.value) / 100
    return (left - (leave - inside) / (len(days) - season)) * present, (left - inside / season) * present


def _weeks(days: tuple[date, ...]) -> list[list[date]]:
    weeks: list[list[date]] = []
    for day in days:
        if not weeks or day.weekday() == 0:
            weeks.append([])
        weeks[-1].append(day)
    return weeks


def _week(
    instance: Instance, days: list[date], by_day: dict[DayOfYear, float], there: tuple[float, float]
) -> SeasonWeek:
    return SeasonWeek(
        monday=days[0] - timedelta(days=days[0].weekday()),
        days=len(days),
        needed=sum(by_day[class_of(day, instance.money)] for day in days),
        available=sum(there[day.month in SEASON_MONTHS] for day in days),
    )
