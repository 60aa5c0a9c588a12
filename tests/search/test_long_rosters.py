"""Long rosters: duties only, lawful, counted as the checker counts, the same on every run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from optimiser.check.checker import check
from optimiser.domain.duty import Cover, GivenDuty
from optimiser.domain.people import Counter, Wish
from optimiser.domain.plan import Plan
from optimiser.domain.problem import Problem
from optimiser.planning import plan, prepare
from optimiser.search.settings import PlanSettings

EVERY_DAY = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def team(room: Callable[..., Any], weeks: int = 3, nurses: int = 4, minutes: int = 840) -> Any:
    """One evening of 4 h asked each day: 1,680 minutes a week for all."""
    made = room(weeks=weeks, rule_set="atw")
    for number in range(nurses):
        made.nurse(f"N{number}", contract_minutes=minutes)
    made.kind("E", "18:00", "22:00", category="evening")
    made.add("cover", Cover(id="e", organisation="a", weekdays=EVERY_DAY, from_time=1080, until_time=1320))
    return made


def problem_of(made: Any, **weights: int) -> Problem:
    """The problem of a room with its own travel, and some other weights."""
    plain = made.instance()
    instance = plain.model_copy(update={"weights": plain.weights.model_copy(update=weights)})
    return replace(prepare(instance, made.contract), travel=made.matrix())


def planned(problem: Problem, iterations: int = 20_000, seed: int = 1, start: Plan | None = None) -> Plan:
    """A plan that the checker finds right, with the same objective."""
    settings = PlanSettings(time_limit_s=None, iterations=iterations, seed=seed)
    result = plan(problem, settings, start)
    assert result.plan is not None, result.reason
    report = check(problem.instance, problem.contract, problem.travel, result.plan, problem.parent)
    assert report.violations == () and report.claims == ()
    assert report.objective == result.plan.objective
    return result.plan


def test_a_roster_of_duties_that_fits_costs_nothing(room: Callable[..., Any]) -> None:
    """7 evenings of 240 = 1,680 minutes a week; two nurses of 840 take 3 and 4 in turn at best: 720 is 120 under (12),
    960 is 120 over (240): 252 a week with two nurses. With 4 of 420 each has 1 or 2: 240 is 180 under (18), 480 is 60
    over (120), so three have two and one has one: 3 x 120 + 18 = 378 a week; leaving one out costs 3,000."""
    made = team(room, nurses=4, minutes=420)
    found = planned(problem_of(made))
    assert not found.with_routes and len(found.duties) == 21
    assert found.objective_terms["overtime"] == 3 * 3 * 60
    assert found.objective_terms["undertime"] == 3 * 18
    assert found.objective_terms["fairness"] == 0  # 21 evenings of four equal nurses: at most 6 each


def test_the_same_iterations_give_the_same_plan(room: Callable[..., Any]) -> None:
    """Chance comes from the seed alone."""
    problem = problem_of(team(room))
    one, other = planned(problem, 5_000), planned(problem, 5_000)
    assert one.duties == other.duties and one.objective_terms == other.objective_terms


def test_what_was_done_before_this_year_is_made_up_for(room: Callable[..., Any]) -> None:
    """Of two equal nurses one brings 11 evenings along: (11 + 21) / 2 = 16 each, so she has 5 of the 21 and the other
    16. Overtime is the same however they share: each works more than her 60 minutes every week."""
    made = team(room, nurses=2, minutes=60).add("counters", Counter(nurse="N0", counter="evenings_year", value=11))
    found = planned(problem_of(made, lone_day_off=0, long_row=0, many_duties=0), 40_000)
    assert found.objective_terms["fairness"] == 0
    assert [sum(each.nurse == name for each in found.duties) for name in ("N0", "N1")] == [5, 16]


def test_published_duties_stand_and_wishes_are_heard(room: Callable[..., Any]) -> None:
    """N1 has the first Monday whatever it costs; N0 is free on the Wednesdays that she asks for."""
    made = team(room)
    made.add("duties_given", GivenDuty(nurse="N1", kind="E", day=made.day(0)))
    made.add("wishes", *(Wish(nurse="N0", day=made.day(day), wish="free") for day in (2, 9, 16)))
    found = planned(problem_of(made))
    assert "N1" in [each.nurse for each in found.duties if each.day == made.day(0)]
    assert found.objective_terms["wish_refused"] == 0


def test_a_base_roster_is_followed_where_nothing_asks_otherwise(room: Callable[..., Any]) -> None:
    """Four nurses of 420 in turn, 0 1 2 3 0 1 2 | 3 0 ...: each has 1 or 2 a week, the best there is."""
    made = team(room, nurses=4, minutes=420)
    made.add("duties_given", *(GivenDuty(nurse=f"N{day % 4}", kind="E", day=made.day(day), status="base")
                               for day in range(21)))  # fmt: skip
    found = planned(problem_of(made))
    assert found.objective_terms["base_changed"] == 0
    assert [each.nurse for each in sorted(found.duties, key=lambda each: each.start)] == [
        f"N{day % 4}" for day in range(21)
    ]


def test_no_series_breaks_the_law_over_a_border_of_weeks(room: Callable[..., Any]) -> None:
    """Nights alone, for one nurse who would have to do all: after three in a row 46 hours of rest, 36 in 16 weeks."""
    made = room(weeks=6, rule_set="atw").nurse("N0", contract_minutes=3360)
    made.kind("N", "23:00", "31:00", category="night")
    made.add("cover", Cover(id="n", organisation="a", weekdays=EVERY_DAY, from_time=1380, until_time=1860))
    found = planned(problem_of(made), 40_000)
    days = [made.clock.day_number(each.day) for each in found.duties]
    assert len(days) <= 36 and days == sorted(days)


def test_a_later_plan_begins_from_an_earlier_one(room: Callable[..., Any]) -> None:
    """The first week is frozen: its duties are those of the start."""
    made = team(room)
    problem = problem_of(made)
    first = planned(problem, 3_000)
    settings = PlanSettings(time_limit_s=None, iterations=3_000, seed=5, freeze_until=made.day(7))
    again = plan(problem, settings, first).plan
    assert again is not None
    early = [[each.id for each in one.duties if each.day < made.day(7)] for one in (first, again)]
    assert early[0] == early[1]


@pytest.mark.parametrize("weeks", [3, 4])
def test_who_may_not_is_not_planned(room: Callable[..., Any], weeks: int) -> None:
    """A published duty that breaks the law by itself is told, not hidden."""
    made = team(room, weeks=weeks, nurses=2)
    made.kind("L", "08:00", "22:00", 0)  # 14 hours: above 12
    made.add("duties_given", GivenDuty(nurse="N0", kind="L", day=made.day(1)))
    result = plan(problem_of(made), PlanSettings(time_limit_s=None, iterations=2_000))
    assert result.plan is None and result.reason == "hard"
