"""A week scaled to a year by class of day, and the weeks of it that are short of hours: solved by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from optimiser.domain.instance import Instance
from optimiser.domain.labour import Figure
from optimiser.domain.money import DEFAULTS, ort_minutes
from optimiser.domain.workforce import WORKFORCE
from optimiser.report.leave_season import IN_SEASON, LeaveSeason, SeasonWeek, leave_season
from optimiser.report.year import calendar_year, class_of, days_of, year_of

SMALL_TEAM = Path(__file__).parents[1] / "maps" / "small_team.py"


@pytest.fixture(scope="module")
def team() -> Any:
    """The small team: a week from Monday 7 December 2026."""
    import runpy

    return runpy.run_path(str(SMALL_TEAM), run_name="small_team")["small_team"]()


def test_each_day_of_a_year_is_in_one_class() -> None:
    """2027: holidays on weekdays are 1 January (Friday), Easter Monday, King's day (Tuesday), Ascension (Thursday),
    Whit Monday: 5; on a Saturday 25 December: 1; on Sundays Easter, Whit Sunday, 26 December: no more Sundays.
    365 days = 52 weeks and a Friday: 261 weekdays, 52 Saturdays, 52 Sundays."""
    assert days_of(calendar_year(2027), DEFAULTS) == {"weekday": 261 - 5, "saturday": 52 - 1, "sunday": 52 + 6}
    assert class_of(date(2027, 12, 25), DEFAULTS) == "sunday" and class_of(date(2027, 12, 24), DEFAULTS) == "weekday"


def only(team: Any, *days: int) -> Any:
    """The plan with only the duties that start on some days of the week (0 is Monday)."""
    duties = tuple(each for each in team.plan.duties if (each.day - team.instance.first_monday).days in days)
    return team.plan.model_copy(update={"duties": duties})


def test_hours_are_counted_as_often_as_their_class_comes(team: Any) -> None:
    """Hours at clients of the year = weekday hours / 5 x 256 + Saturday's x 51 + Sunday's x 58 in 2027."""
    parts = [year_of(team.instance, team.travel, only(team, *days), 2027).weeks["visit_hours"]
             for days in ((0, 1, 2, 3, 4), (5,), (6,))]  # fmt: skip
    found = year_of(team.instance, team.travel, team.plan, 2027)
    assert found.days == {"weekday": (5, 256), "saturday": (1, 51), "sunday": (1, 58)}
    assert found.in_year["visit_hours"] == pytest.approx(parts[0] / 5 * 256 + parts[1] * 51 + parts[2] * 58)
    assert found.in_year["visit_hours"] != pytest.approx(sum(parts) * 365 / 7, abs=1)


def test_what_belongs_to_no_duty_is_counted_by_the_day(team: Any) -> None:
    """The team meeting of an hour on Wednesday: 1 / 7 x 365 = 52.14 hours of the year without a client."""
    found = year_of(team.instance, team.travel, team.plan, 2027)
    assert found.rest["nonclient_hours"] == pytest.approx(365 / 7)
    assert found.rest["visit_hours"] == pytest.approx(0, abs=1e-9) and found.rest["duties"] == 0


def test_a_holiday_costs_what_a_sunday_costs(team: Any) -> None:
    """A year of Sundays only: the allowance of the Sunday's duties, 60 percent, once for each Sunday and holiday."""
    sunday = year_of(team.instance, team.travel, only(team, 6), 2027)
    assert sunday.in_year["ort_cost_eur"] == pytest.approx(
        sunday.by_class["sunday"]["ort_cost_eur"] + sunday.rest["ort_cost_eur"]
    )
    assert sunday.by_class["sunday"]["ort_cost_eur"] == pytest.approx(58 * sunday.weeks["ort_cost_eur"], abs=0.5)
    # the money itself: the whole of a holiday is at 60 percent, as a Sunday is
    clock = team.instance.clock
    assert set(ort_minutes(clock, clock.midnight(6), clock.midnight(7))) == {60}


def test_a_week_without_saturdays_gives_no_year(team: Any) -> None:
    """In the week of 21 December 2026 Boxing Day is a Saturday, so a Saturday was never planned: nothing is guessed."""
    instance = Instance.model_validate(team.instance.model_dump() | {"first_monday": date(2026, 12, 21)})
    empty = team.plan.model_copy(update={"duties": ()})
    found = year_of(instance, team.travel, empty, 2027)
    assert found.days == {"weekday": (4, 256), "saturday": (0, 51), "sunday": (3, 58)}
    assert found.missing == ("saturday",) and set(found.in_year.values()) == {None}
    assert leave_season(instance, found) is None


def test_a_roster_without_routes_has_hours_but_no_travel(team: Any) -> None:
    """Paid hours of a roster are known, its kilometres are not."""
    found = year_of(team.instance, team.travel, team.plan.model_copy(update={"with_routes": False}), 2027)
    assert found.in_year["paid_hours"] and found.in_year["travel_km"] is None and found.weeks["visit_hours"] is None


def test_available_hours_of_a_week_by_hand(team: Any) -> None:
    """Contracts without the student: 1920 + 1440 + 1200 + 1680 + 960 = 7200 minutes = 120 hours a week.

    With leave of a tenth of the year (187.8 of 1878 hours), no training, absence of 20 % and half of the leave in
    July and August (62 of 365 days): 120 / 7 = 17.142857 hours a day; leave of the year 17.142857 x 36.5 = 625.714;
    a day in season 312.857 / 62 = 5.04608, outside 312.857 / 303 = 1.03253.
    A week in season: 7 x (17.142857 - 5.04608) x 0.8 = 67.742; outside: 7 x (17.142857 - 1.03253) x 0.8 = 90.218.
    """
    workforce = WORKFORCE.model_copy(update={
        "leave": figure(187.8 * 60), "training": figure(0), "absence": figure(20),
    })  # fmt: skip
    year = year_of(team.instance, team.travel, team.plan, 2027)
    season = leave_season(team.instance, year, workforce, figure(50))
    assert season is not None and season.contract_hours == 120
    weeks = {week.monday: week for week in season.weeks}
    assert weeks[date(2027, 7, 12)].available == pytest.approx(67.742, abs=0.001)
    assert weeks[date(2027, 2, 1)].available == pytest.approx(90.218, abs=0.001)
    assert weeks[date(2027, 2, 1)].needed == pytest.approx(year.weeks["needed_hours"])
    # 1 to 3 January 2027 are a Friday (holiday), a Saturday and a Sunday
    assert weeks[date(2026, 12, 28)].days == 3 and sum(week.days for week in season.weeks) == 365


def figure(value: float) -> Figure:
    """A figure for a hand-solved case."""
    return Figure(value=round(value), unit="", article="test", confidence="S")


def test_hired_hours_are_what_is_short_and_fall_with_what_is_saved() -> None:
    """Weeks of 7 days: needed 100, 100; available 90, 120: 10 hours short. With 14 hours a year fewer, 7 a week:
    93 against 90 leaves 3 short, so 7 fewer. With 40 fewer: 80 against 90 leaves none, so all 10. With 20 more:
    110 - 90 = 20 and 110 - 120: 20 short, 10 more, so -10."""
    weeks = (SeasonWeek(date(2027, 7, 5), 7, 100, 90), SeasonWeek(date(2027, 9, 6), 7, 100, 120))
    season = LeaveSeason(weeks, 120, WORKFORCE, IN_SEASON)
    assert season.hired_hours == 10 and len(season.short_weeks) == 1
    assert [season.fewer_hired(hours) for hours in (14, 40, -20)] == [7, 10, -10]


def test_students_and_training_need_nobody(team: Any) -> None:
    """N6 is a student with one day duty of 8 hours paid; the team has no training outside routes."""
    weeks = year_of(team.instance, team.travel, team.plan, 2027).weeks
    assert weeks["paid_hours"] - weeks["needed_hours"] == pytest.approx(8)


def test_in_season_is_more_than_its_part_of_the_year() -> None:
    """35 percent of leave in 62 of 365 days, an estimate that says so."""
    assert IN_SEASON.confidence == "E" and IN_SEASON.value > 100 * 62 / 365
