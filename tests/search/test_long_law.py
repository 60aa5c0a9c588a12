"""Long rosters keep what is counted over borders of weeks, with what was before the horizon."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from optimiser.check.checker import check
from optimiser.domain.duty import Cover
from optimiser.domain.plan import Plan
from optimiser.planning import plan, prepare
from optimiser.search.settings import PlanSettings

EVERY_DAY = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def asked(made: Any, kind: str, weekdays: tuple[str, ...] = EVERY_DAY) -> Any:
    """One duty of a kind is asked on these days."""
    shape = made.kinds[kind]
    return made.add("cover", Cover(
        id=kind, organisation="a", weekdays=weekdays, from_time=shape.start, until_time=shape.end, lane=shape.lane,
    ))  # fmt: skip


def lawful(made: Any, iterations: int = 20_000) -> tuple[Plan, list[int]]:
    """A plan in which the checker finds nothing, and the days of its duties."""
    problem = replace(prepare(made.instance(), made.contract), travel=made.matrix())
    found = plan(problem, PlanSettings(time_limit_s=None, iterations=iterations, seed=1)).plan
    assert found is not None
    report = check(problem.instance, problem.contract, problem.travel, found)
    assert report.violations == () and report.claims == () and report.objective == found.objective
    return found, sorted(made.clock.day_number(each.day) for each in found.duties)


def test_on_call_of_the_weeks_before_counts_in_sixteen(room: Callable[..., Any]) -> None:
    """Three evenings on call in each of ten weeks before: 30. Of the 32 in 16 weeks 2 are left for six weeks."""
    made = room(weeks=6, rule_set="atw").nurse("N0")
    made.kind("B", "18:00", "23:00", category="evening", lane="standby")
    for week in range(-10, 0):
        for weekday in (0, 2, 4):
            made.past(7 * week + weekday, "18:00", "23:00", nurse="N0", lane="standby")
    _, days = lawful(asked(made, "B"))
    assert len(days) == 2


def test_weeks_that_drop_out_of_the_sixteen_make_room(room: Callable[..., Any]) -> None:
    """16 weeks before, three evenings in the first eight of them and one in the last eight: 24 + 8 = 32. Each week of
    the horizon drops one of the first: after the first week 3 are free, after the second 6."""
    made = room(weeks=3, rule_set="atw").nurse("N0")
    made.kind("B", "18:00", "23:00", category="evening", lane="standby")
    for week in range(-16, 0):
        for weekday in (0, 2, 4) if week < -8 else (0,):
            made.past(7 * week + weekday, "18:00", "23:00", nurse="N0", lane="standby")
    _, days = lawful(asked(made, "B"))
    assert len(days) == 9 and all(sum(day < 7 * week for day in days) <= 3 * week for week in (1, 2, 3))


def test_three_on_call_in_any_seven_days(room: Callable[..., Any]) -> None:
    """Whatever the day on which the seven begin: 3 + 3 + 3 of 21 evenings."""
    made = room(weeks=3, rule_set="atw").nurse("N0")
    _, days = lawful(asked(made.kind("B", "18:00", "23:00", category="evening", lane="standby"), "B"))
    assert len(days) == 9
    assert all(sum(first <= day < first + 7 for day in days) <= 3 for first in range(15))


def test_weekly_rest_over_the_border_of_weeks(room: Callable[..., Any]) -> None:
    """8 to 16 o'clock for one nurse: a day off gives 40 hours, and from the start of each duty 36 are due in 7 x 24, or
    72 in 14 x 24. One day off of 21 leaves a week without; two are enough, for nothing follows the last duty: 19."""
    made = room(weeks=3, rule_set="atw").nurse("N0", contract_minutes=2700)
    _, days = lawful(asked(made.kind("D", "08:00", "16:00", 30), "D"), 40_000)
    assert len(days) == 19
    assert all(sum(first <= day < first + 14 for day in days) < 14 for first in range(8))


def test_the_night_of_summer_time_is_an_hour_shorter(room: Callable[..., Any]) -> None:
    """Saturday nights of 23 to 7 with half an hour of break: 450 minutes, but 390 in the night to 28 March 2027. Of a
    contract of 390 she works 60 too much in two of three weeks."""
    made = room(monday=date(2027, 3, 15), weeks=3, rule_set="atw").nurse("N0", contract_minutes=390)
    made.kind("N", "23:00", "31:00", 30, category="night")
    found, days = lawful(asked(made, "N", ("sat",)))
    assert days == [5, 12, 19]
    assert found.objective_terms["overtime"] == 2 * 60 and found.objective_terms["undertime"] == 0
