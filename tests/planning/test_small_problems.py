"""Problems with next to nothing in them are planned like any other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from optimiser.check.checker import check
from optimiser.domain.duty import Cover, GivenDuty
from optimiser.domain.plan import Plan
from optimiser.domain.problem import Problem
from optimiser.domain.result import Result
from optimiser.domain.sharing import PRESETS
from optimiser.domain.work import Task
from optimiser.planning import PlanSettings, plan, prepare

Rooms = Callable[..., Any]


def problem_of(small: Any, **fields: Any) -> Problem:
    """The joint problem of a room, with its even travel."""
    return replace(prepare(small.instance(), PRESETS["joint"], **fields), travel=small.matrix())


def planned(small: Any, start: Plan | None = None, **fields: Any) -> Result:
    """A short run; a plan that comes out breaks nothing."""
    problem = problem_of(small)
    result = plan(problem, PlanSettings(time_limit_s=None, iterations=120, seed=1, **fields), start)
    if result.plan is not None:
        report = check(problem.instance, problem.contract, problem.travel, result.plan)
        assert [each.sentence("en") for each in report.violations] == []
    return result


def team(rooms: Rooms, **fields: Any) -> Any:
    """One nurse of 16 hours with day and evening duties that carry routes."""
    small = rooms().nurse(**{"contract_minutes": 960, **fields}).kind("D", "07:00", "15:30", 30, carries_route=True)
    return small.kind("A", "15:00", "23:00", 30, category="evening", carries_route=True)


def test_no_visits(room: Rooms) -> None:
    """A roster of duties only: cover and hours."""
    small = team(room).add("cover", Cover(id="c", organisation="a", from_time=480, until_time=780, weekdays=("tue",)))
    found = planned(small).plan
    assert found is not None and found.unserved == ()
    assert (small.day(1), "D") in {(duty.day, duty.kind) for duty in found.duties}


def test_one_visit(room: Rooms) -> None:
    """It is served, whatever lies around it."""
    found = planned(team(room).visit("v", 2, "09:00", "12:00")).plan
    assert found is not None and found.unserved == ()
    assert [(duty.day, stop.id) for duty in found.duties for stop in duty.stops] == [(small_day(room, 2), "v")]


def small_day(rooms: Rooms, number: int) -> Any:
    """The date of a day."""
    return rooms().day(number)


def test_a_task_by_telephone_alone(room: Rooms) -> None:
    """Work without a place needs a duty, no travel but the home legs."""
    small = team(room).add("tasks", Task(id="t", kind="telephone", organisation="a", day=room().day(1), from_time=540,
                           until_time=720, minutes=30))  # fmt: skip
    found = planned(small).plan
    assert found is not None and found.unserved == ()


@pytest.mark.parametrize(
    ("visit", "reason"),
    [
        ({"skills": ("iv",)}, "nobody_may_serve"),
        ({"level": 6}, "nobody_may_serve"),
        ({"nurses": 2}, "nobody_may_serve"),
    ],
)
def test_what_nobody_may_do_is_left_with_the_reason(room: Rooms, visit: dict[str, Any], reason: str) -> None:
    """A skill nobody has, a level nobody has, a second nurse nobody is."""
    found = planned(team(room).visit("v", 2, "09:00", "12:00", **visit).visit("w", 3, "09:00", "12:00")).plan
    assert found is not None
    left = {each.id: each.reason for each in found.unserved}
    if "nurses" not in visit:
        assert left == {"v": reason}
    else:
        assert set(left) == {"v"}


def test_published_duties_against_the_law_give_no_plan(room: Rooms) -> None:
    """An evening and the morning after it, both published: proved impossible, and no plan comes out."""
    small = team(room)
    for kind, day in (("A", 0), ("D", 1)):
        small.add("duties_given", GivenDuty(nurse="N1", kind=kind, day=small.day(day)))
    result = planned(small)
    assert (result.status, result.plan) == ("infeasible", None)


@pytest.mark.parametrize(("contract", "changed", "price"), [(410, 0, 140), (390, 1, 159)])
def test_a_base_duty_is_kept_until_that_costs_more_than_its_price(
    room: Rooms, contract: int, changed: int, price: int
) -> None:
    """Kept: 2 for each minute of 480 beyond the contract, 140 or 180. Left: 120 and undertime, 161 or 159."""
    small = team(room, contract_minutes=contract)
    small.add("duties_given", GivenDuty(nurse="N1", kind="D", day=small.day(2), status="base"))
    found = planned(small).plan
    assert found is not None and found.objective is not None
    assert (found.objective_terms["base_changed"], found.objective.scalar) == (changed, price)
    assert [(duty.day, duty.kind, duty.status) for duty in found.duties] == [(small.day(2), "D", "base")][changed:]


def test_a_pair_needs_both(room: Rooms) -> None:
    """Two nurses at one visit: same start, two routes."""
    small = team(room).nurse("N2", contract_minutes=960).visit("v", 2, "09:00", "12:00", nurses=2)
    found = planned(small).plan
    assert found is not None and found.unserved == ()
    stops = [(duty.nurse, stop.part, stop.start) for duty in found.duties for stop in duty.stops]
    assert {nurse for nurse, _, _ in stops} == {"N1", "N2"} and len({start for _, _, start in stops}) == 1


def test_travel_that_breaks_the_triangle_still_gives_a_plan(room: Rooms) -> None:
    """Between two clients it is quick by way of a third only: removals make routes undrivable, plans never are."""
    small = team(room)
    for number in range(9):
        small.visit(f"v{number}", number % 3, "08:00", "11:00", 20)
    problem = problem_of(small)
    matrix = small.matrix()
    minutes = {key: table.copy() for key, table in matrix.minutes.items()}
    for table in minutes.values():
        table[:] = 60
        table[:, ::3] = 2
        table[::3, :] = 2
        table.flat[:: len(table) + 1] = 0
    problem = replace(problem, travel=replace(matrix, minutes=minutes))
    result = plan(problem, PlanSettings(time_limit_s=None, iterations=600, seed=1))
    assert result.plan is not None
    assert check(problem.instance, problem.contract, problem.travel, result.plan).violations == ()
