"""What is offered as a way out makes the demand possible, costs what is counted by hand, and is never the law."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from optimiser.check.checker import check
from optimiser.domain.duty import Cover, GivenDuty
from optimiser.domain.people import Availability, Wish
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.problem import Problem
from optimiser.domain.set_aside import may_be_set_aside
from optimiser.domain.work import Task
from optimiser.model.conflict import find_conflict, standing
from optimiser.model.conflict_costs import row_cost
from optimiser.model.conflict_instead import AGE, NAMES, instead_of
from optimiser.model.conflict_parts import Conflict, Demand
from optimiser.model.conflict_repairs import Repair, cheapest_repairs
from optimiser.model.conflict_words import repair_words
from optimiser.planning import prepare

EARLY, LATE = 0, 1
Stands = frozenset[tuple[int, int, int]]


@pytest.fixture
def team(room: Callable[..., Any]) -> Any:
    """One nurse without contract hours, one week: early 07:00-15:30 and late 15:00-23:00."""
    made = room(rule_set="atw").nurse(contract_minutes=0)
    return made.kind("early", "07:00", "15:30", 30).kind("late", "15:00", "23:00", 30, category="evening")


def repairs(team: Any, stands: Stands, *cells: tuple[int, int], **more: Any) -> tuple[Problem, tuple[Repair, ...]]:
    """The repairs of a demand of nurse 0 that is in conflict."""
    problem = prepare(team.instance(), team.contract)
    conflict = find_conflict(problem, Demand(0, frozenset(cells), **more), stands, 20.0)
    assert isinstance(conflict, Conflict)
    return problem, cheapest_repairs(problem, conflict, stands, 20.0)


def told(found: tuple[Repair, ...]) -> list[tuple[tuple[str, ...], int]]:
    """What each repair does, and its cost."""
    return [(tuple(step.do for step in each.steps), each.cost) for each in found]


def test_late_then_early(team: Any) -> None:
    """The late duty goes, moves, or the rest is shortened; never is the law itself given up.

    Without contract each minute is overtime (weight 2): early 480, late 450 minutes of work. Shorter rest: the new
    duty 60 + 960; taken away: 60 + 60 + 2 x 30; moved to another day 3 x 60 + 960 (or
    made early on its own: 2 x 60 + 2 x 510).
    """
    problem, found = repairs(team, frozenset({(0, 1, LATE)}), (2, EARLY))
    assert told(found) == [(("take_away",), 180), (("set_aside",), 1020), (("move",), 1140)]
    assert found[2].row == {(2, EARLY), (0, LATE)}
    words = [repair_words(problem, each) for each in found]
    assert words[0] == "late op di 8 dec (staat in het plan): haal de dienst weg (kost 180)"
    assert "(overrides: rest.token)" in words[1]
    assert words[2].endswith("wordt late op ma 7 dec (kost 1140)")


def test_no_rest_below_the_floor(team: Any) -> None:
    """Late to 23:00 and a duty from 06:30 leave 7.5 hours: shortened rest is no way out."""
    team.kind("dawn", "06:30", "14:30", 30)
    _, found = repairs(team, frozenset({(0, 1, LATE)}), (2, 2))
    assert {step.do for each in found for step in each.steps} == {"take_away", "move"}


def test_lost_cover_has_its_price(team: Any) -> None:
    """The late duty gives the only minimum of that evening (3000): to take it away costs that more."""
    team.add("cover", Cover(id="evening", organisation="a", day=team.day(1), from_time=960, until_time=1320))
    problem, found = repairs(team, frozenset({(0, 1, LATE)}), (2, EARLY))
    assert dict(told(found))[("take_away",)] == 3180
    assert row_cost(problem, 0, frozenset({(1, LATE)}), frozenset(), frozenset({(0, 1, LATE)})) == 60 + 3000 - 900


def test_leave_is_asked_back_and_sickness_is_not(team: Any) -> None:
    """A day of leave counts as ten wishes (300) and the new duty 60 + 960; nobody is asked to work ill."""
    team.add("availability", Availability(nurse="N1", kind="leave", first=team.day(0), last=team.day(0)))
    team.add("availability", Availability(nurse="N1", kind="sick", first=team.day(2), last=team.day(2)))
    _, found = repairs(team, frozenset(), (0, EARLY))
    assert told(found) == [(("ask_back",), 1320)]
    assert repairs(team, frozenset(), (2, EARLY))[1] == ()


def test_a_task_moves_and_a_wish_is_refused(team: Any) -> None:
    """A meeting over the duty moves (60); a wish of weight 2 costs 60."""
    team.add("tasks", Task(id="meeting", kind="meeting", organisation="a", nurse="N1", minutes=60, day=team.day(0),
                           from_time=600, until_time=660, in_route=False))  # fmt: skip
    team.add("wishes", Wish(nurse="N1", day=team.day(1), wish="free", weight=2))
    assert told(repairs(team, frozenset(), (0, EARLY))[1]) == [(("move_task",), 60 + 1020)]
    assert told(repairs(team, frozenset(), (1, EARLY), wishes=True)[1]) == [(("refuse_wish",), 60 + 1020)]


def test_two_conflicts_take_two_steps(team: Any) -> None:
    """A late duty before and leave on the day: both must give way."""
    team.add("availability", Availability(nurse="N1", kind="leave", first=team.day(2), last=team.day(2)))
    _, found = repairs(team, frozenset({(0, 1, LATE)}), (2, EARLY))
    assert found and all(len(each.steps) == 2 for each in found)
    assert all("ask_back" in [step.do for step in each.steps] for each in found)


def test_entries_have_their_own_price(team: Any) -> None:
    """A base duty that goes costs base_changed (120) too."""
    team.add("duties_given", GivenDuty(nurse="N1", kind="late", day=team.day(1), status="base"))
    problem = prepare(team.instance(), team.contract)
    assert standing(problem) == frozenset()
    assert row_cost(problem, 0, frozenset({(1, LATE)}), frozenset(), frozenset()) == 60 + 120 - 900


def test_the_agreement_gives_way_to_the_law(room: Callable[..., Any]) -> None:
    """11 hours of work break the agreement's 10 and not the law's 12; 12.5 break both."""
    made = room(rule_set="cao_vvt_2025").nurse(contract_minutes=0)
    made.kind("long", "07:00", "18:45", 45).kind("longer", "07:00", "20:15", 45)
    _, found = repairs(made, frozenset(), (0, 0))
    assert [step.override for each in found for step in each.steps] == ["working_time.dienst_agreement"]
    assert repairs(made, frozenset(), (0, 1))[1] == ()


@pytest.mark.parametrize(
    ("kind", "stands", "asked", "override", "rules"),
    [
        # a night until 07:00, then one at 20:00: 13 hours, 8 are the floor
        (("20:00", "28:00", 30), {(0, 0, 0)}, (1, 1), "nights.token", {"nights.token"}),
        # eleven hours of work in one night, 12 hours of rest after it
        (("20:00", "31:45", 45), set(), (1, 1), "nights.long", {"nights.long"}),
    ],
)
def test_what_is_set_aside_is_legal(
    room: Callable[..., Any], kind: tuple[str, str, int], stands: set[Any], asked: tuple[int, int], override: str,
    rules: set[str],
) -> None:  # fmt: skip
    """The checker has no violation of a row for which a rule was set aside, and signals what was used."""
    made = room(rule_set="atw").nurse(contract_minutes=0)
    made.kind("night", "23:00", "31:00", 30, category="night").kind("other", *kind, category="night")
    problem, found = repairs(made, frozenset(stands), asked)
    one = next(each for each in found if each.steps[0].override == override)
    for day, number in sorted(one.row):
        made.duty("N1", problem.instance.shift_kinds[number].id, day)
    report = made.report()
    assert report.violations == () and rules <= {each.rule for each in report.signals}


def test_only_what_may_be_set_aside(team: Any) -> None:
    """The names are those of the table overrides; every other rule has nothing in its place."""
    assert all(may_be_set_aside(name) for name in (*NAMES.values(), AGE))
    problem = prepare(team.instance(), team.contract)
    given_way = {each.id.family for each in problem.rules if instead_of(problem.instance, each) is not None}
    # by the law alone the longest dienst is law
    assert given_way == set(NAMES) - {"max_dienst"}


def test_the_checker_agrees(team: Any) -> None:
    """Rows after duties were taken away or moved are legal."""
    problem, found = repairs(team, frozenset({(0, 1, LATE), (0, 3, EARLY), (0, 4, LATE)}), (2, EARLY))
    assert found
    for each in found:
        if all(step.do in ("take_away", "move") for step in each.steps):
            assert check(problem.instance, team.contract, problem.travel, plan_of(problem, each)).violations == ()


def plan_of(problem: Problem, repair: Repair) -> Plan:
    """The row of nurse 0 as a plan without routes."""
    instance = problem.instance
    made = []
    for day, number in sorted(repair.row):
        kind, on = instance.shift_kinds[number], instance.clock.date_of(day)
        made.append(
            Duty(id=f"N1/{on}/{kind.lane}", nurse="N1", kind=kind.id, day=on, lane=kind.lane, organisation="a",
                 start=instance.clock.at(day, kind.start), end=instance.clock.at(day, kind.last_end))
        )  # fmt: skip
    empty = Plan(instance="small", fingerprint=instance.fingerprint, contract=problem.contract, with_routes=False)
    return empty.model_copy(update={"duties": tuple(made)})


def test_no_repair_without_time(team: Any) -> None:
    """Without seconds nothing is offered."""
    problem = prepare(team.instance(), team.contract)
    stands: Stands = frozenset({(0, 1, LATE)})
    conflict = find_conflict(problem, Demand(0, frozenset({(2, EARLY)})), stands)
    assert isinstance(conflict, Conflict)
    assert cheapest_repairs(problem, replace(conflict), stands, 0.0) == ()
