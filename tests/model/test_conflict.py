"""A conflict names the few things that stand in the way: hand-made rows in which they can be counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from optimiser.domain.duty import GivenDuty
from optimiser.domain.people import Availability, Wish
from optimiser.domain.problem import Problem
from optimiser.domain.work import Task
from optimiser.model.conflict import conflict_of, find_conflict, standing, turnouts_of
from optimiser.model.conflict_parts import Conflict, Demand, Member
from optimiser.model.conflict_row import ConflictRow, OutOfTime
from optimiser.model.conflict_team import find_team_conflict
from optimiser.model.conflict_words import conflict_lines, demand_words
from optimiser.planning import prepare

EARLY, LATE, NIGHT, STANDBY = range(4)


@pytest.fixture
def team(room: Callable[..., Any]) -> Any:
    """One nurse, two weeks by the law alone: early 07:00-15:30, late 15:00-23:00, night 23:00-07:15, standby."""
    made = room(weeks=2, rule_set="atw").nurse(contract_minutes=2160)
    made.kind("early", "07:00", "15:30", 30).kind("late", "15:00", "23:00", 30, category="evening")
    made.kind("night", "23:00", "31:15", 30, category="night")
    return made.kind("call", "23:00", "31:00", 0, lane="standby", category="night")


def problem_of(team: Any) -> Problem:
    """The problem of a room."""
    return prepare(team.instance(), team.contract)


def duties(*cells: tuple[int, int]) -> frozenset[tuple[int, int, int]]:
    """What stands for nurse 0."""
    return frozenset((0, day, kind) for day, kind in cells)


def ask(problem: Problem, stands: frozenset[tuple[int, int, int]], *cells: tuple[int, int], **more: Any) -> Any:
    """The answer for nurse 0 when these cells are asked."""
    return find_conflict(problem, Demand(0, frozenset(cells), **more), stands, 20.0)


def named(found: Any) -> set[Any]:
    """Family of rules, (day, kind) of duties, else what the member is with its row or reason."""
    assert isinstance(found, Conflict)
    return {
        each.rule.id.family if each.rule
        else each.cell[1:] if each.what == "duty" and each.cell
        else (each.what, each.reason or each.row)
        for each in found.members
    }  # fmt: skip


def test_early_after_late(team: Any) -> None:
    """Late to 23:00 and early from 07:00 leaves 8 hours: the daily rest and that one duty, not the others."""
    problem = problem_of(team)
    stands = duties((0, LATE), (1, LATE), (4, EARLY), (5, EARLY))
    found = ask(problem, stands, (2, EARLY))
    assert named(found) == {"rest_daily", (1, LATE)}
    assert found.needs_demand and not found.by_clock
    assert ask(problem, stands, (2, LATE)) is None


def test_words_of_it(team: Any) -> None:
    """The sentences name kind, day, status, rule, limit, article and dates, in both languages."""
    team.add("duties_given", GivenDuty(nurse="N1", kind="late", day=team.day(1)))
    problem = problem_of(team)
    found = ask(problem, standing(problem), (2, EARLY))
    assert conflict_lines(problem, found) == (
        "early op wo 9 dec door N1 kan niet samen met:",
        "Dagelijkse rust binnen 24 uur na het begin van de dienst: minstens 11 uur (ATW 5:3 lid 2), "
        "di 8 dec t/m wo 9 dec",
        "late op di 8 dec (gepubliceerd)",
    )
    assert conflict_lines(problem, found, "en")[2] == "late on Tue 8 Dec (published)"
    free = Demand(0, frozenset({(2, EARLY)}), frozenset({3}))
    assert demand_words(problem, free) == "early op wo 9 dec door N1 en do 10 dec vrij voor N1"


def test_eight_nights(team: Any) -> None:
    """Seven nights stand and an eighth is asked: the series of seven, and each of the seven nights."""
    problem = problem_of(team)
    stands = duties(*((day, NIGHT) for day in range(7)))
    found = ask(problem, stands, (7, NIGHT))
    # the weekly rest is no matter: 72 hours in 14 x 24 come after the eighth
    assert named(found) == {"night_series_length", *((day, NIGHT) for day in range(7))}
    assert conflict_lines(problem, found)[1].endswith("hoogstens 7 (ATW 5:8 lid 6), ma 7 dec t/m ma 14 dec")
    assert ask(problem, stands - duties((3, NIGHT)), (7, NIGHT)) is None


def test_day_after_three_nights(team: Any) -> None:
    """46 hours after three nights that end on Thursday 07:15 are over on Saturday 05:15: Friday is too soon."""
    problem = problem_of(team)
    stands = duties((0, NIGHT), (1, NIGHT), (2, NIGHT))
    assert named(ask(problem, stands, (4, EARLY))) == {
        "night_series_rest", (0, NIGHT), (1, NIGHT), (2, NIGHT),
    }  # fmt: skip
    assert ask(problem, stands, (5, EARLY)) is None
    # two nights ask 14 hours only
    assert ask(problem, duties((1, NIGHT), (2, NIGHT)), (4, EARLY)) is None


def test_known_work_before_the_horizon(team: Any) -> None:
    """A late duty on Sunday to 23:00 is named with the rest; older duties are not."""
    for day in (-3, -2, -1):
        team.past(day, "15:00", "23:00", 30)
    problem = problem_of(team)
    found = ask(problem, frozenset(), (0, EARLY))
    assert named(found) == {"rest_daily", ("known", 2)}
    assert conflict_lines(problem, found)[-1] == "Dienst op zo 6 dec 15:00-23:00 (al gewerkt)"


def test_leave_task_and_category(team: Any) -> None:
    """Each fact that forbids a duty by itself is a conflict of its own; sickness is not named."""
    day = team.day
    team.add("availability", Availability(nurse="N1", kind="leave", first=day(0), last=day(2)))
    team.add("availability", Availability(nurse="N1", kind="sick", first=day(4), last=day(4)))
    team.add("tasks", Task(id="meeting", kind="meeting", organisation="a", nurse="N1", minutes=60, day=day(5),
                           from_time=600, until_time=660, in_route=False))  # fmt: skip
    team.nurse(contract_minutes=2160, categories=("day", "evening"))
    problem = problem_of(team)
    expected = [
        ((1, EARLY), {("absence", 0)}, "Verlof op ma 7 dec t/m wo 9 dec"),
        ((4, EARLY), {("absence", 1)}, "Afwezig op vr 11 dec"),
        ((5, EARLY), {("task", 0)}, "Taak meeting op za 12 dec 10:00-11:00"),
        ((8, NIGHT), {("reason", "category")}, "Medewerker doet deze dienst niet: dagdeel of bekwaamheid"),
    ]
    for cell, members, line in expected:
        found = ask(problem, frozenset(), cell)
        assert named(found) == members
        assert conflict_lines(problem, found)[-1] == line


def test_two_duties_on_a_day(team: Any) -> None:
    """Another work duty on the day stands in the way by the clock alone; standby beside it does not."""
    problem = problem_of(team)
    found = ask(problem, duties((0, EARLY), (3, EARLY)), (0, LATE))
    assert named(found) == {(0, EARLY)} and found.by_clock
    assert len(conflict_lines(problem, found)) == 3
    assert ask(problem, duties((0, STANDBY)), (0, EARLY)) is None


def test_a_free_day(team: Any) -> None:
    """A day that must be free meets the duty on it, by no rule."""
    problem = problem_of(team)
    found = ask(problem, duties((0, EARLY), (1, EARLY)), free=frozenset({1}))
    assert named(found) == {(1, EARLY)} and not found.by_clock
    assert ask(problem, duties((0, EARLY)), free=frozenset({1})) is None


def test_wishes_only_when_asked(team: Any) -> None:
    """A wish to be free is priced, and a member only of a demand that says so."""
    team.add("wishes", Wish(nurse="N1", day=team.day(3), wish="free"))
    problem = problem_of(team)
    assert ask(problem, frozenset(), (3, EARLY)) is None
    found = ask(problem, frozenset(), (3, EARLY), wishes=True)
    assert named(found) == {("wish", 0)}
    assert conflict_lines(problem, found)[-1] == "Wens om vrij te zijn op do 10 dec"


def test_a_wish_to_work(team: Any) -> None:
    """A day that must be free meets the wish to work on it."""
    team.add("wishes", Wish(nurse="N1", day=team.day(3), wish="work"))
    assert named(ask(problem_of(team), frozenset(), free=frozenset({3}), wishes=True)) == {("wish", 0)}


def test_a_demand_against_itself(team: Any) -> None:
    """Two work duties on one day, or a day both worked and free: a conflict without members."""
    problem = problem_of(team)
    assert named(ask(problem, frozenset(), (0, EARLY), (0, LATE))) == set()
    found = ask(problem, frozenset(), (0, EARLY), free=frozenset({0}))
    assert named(found) == set() and len(conflict_lines(problem, found)) == 1


def test_what_stands_is_broken_already(team: Any) -> None:
    """A conflict of the demand goes before one of what stands; without any, the latter is shown as such."""
    problem = problem_of(team)
    stands = duties((0, LATE), (1, EARLY), (8, LATE))
    found = ask(problem, stands, (9, EARLY))
    assert named(found) == {"rest_daily", (8, LATE)} and found.needs_demand
    found = ask(problem, stands, (5, EARLY))
    assert named(found) == {"rest_daily", (0, LATE), (1, EARLY)} and not found.needs_demand
    assert conflict_lines(problem, found)[0].startswith("Wat al vaststaat kan niet samen")


def test_no_time(team: Any) -> None:
    """Without seconds there is no answer, and it is none of the others."""
    problem = problem_of(team)
    assert find_conflict(problem, Demand(0, frozenset({(0, EARLY)})), frozenset(), 0.0) == "no_time"
    row = ConflictRow(problem, Demand(0), frozenset())
    with pytest.raises(OutOfTime):
        conflict_of(row, row.members, 0.0)


def test_a_student_and_her_companion(team: Any) -> None:
    """With duties of the companion at hand, a student's duty without her is a conflict; one beside her is not."""
    team.nurse("N2", experience="student", companion="N1")
    problem = problem_of(team)
    stands = duties((0, EARLY))
    assert named(find_conflict(problem, Demand(1, frozenset({(0, LATE)})), stands)) == {("reason", "companion")}
    assert find_conflict(problem, Demand(1, frozenset({(0, EARLY)})), stands) is None


def test_team(team: Any) -> None:
    """Of a plan that is infeasible with what is published, the rows that are so by themselves."""
    team.nurse("N2")
    for nurse, kind, day in (("N1", "late", 0), ("N1", "early", 1), ("N2", "early", 1)):
        team.add("duties_given", GivenDuty(nurse=nurse, kind=kind, day=team.day(day)))
    problem = problem_of(team)
    found = find_team_conflict(problem)
    assert list(found.conflicts) == [0] and found.unknown == ()
    assert named(found.conflicts[0]) == {"rest_daily", (0, LATE), (1, EARLY)}
    assert conflict_lines(problem, found.conflicts[0])[0] == "Voor medewerker N1 kan dit niet samen:"
    assert find_team_conflict(problem, 0.0).unknown == (0, 1)


def test_minors_have_a_reason(team: Any) -> None:
    """A nurse of 17 does no nights; the sentence names the law."""
    team.nurse(contract_minutes=960, born=date(2009, 6, 1))
    problem = problem_of(team)
    found = ask(problem, frozenset(), (0, NIGHT))
    assert named(found) == {("reason", "minor")}
    assert "ATW 5:3 lid 1" in conflict_lines(problem, found)[-1]


def test_work_planned_in_standby(team: Any) -> None:
    """A visit at 23:30 in the standby after an early duty to 15:30 leaves 8 hours; without the visit all is well."""
    team.visit("v", 0, "23:00", "30:00", 45)
    team.kinds["call"] = team.kinds["call"].model_copy(update={"carries_route": True})
    team.duty("N1", "call", 0, team.stop("v", 0, "23:30", 45))
    problem, plan = problem_of(team), team.plan()
    stands, demand = standing(problem, plan), Demand(0, frozenset({(0, EARLY)}))
    assert stands == duties((0, STANDBY))
    found = find_conflict(problem, demand, stands, turnouts=turnouts_of(problem, plan))
    assert named(found) == {"rest_daily", (0, STANDBY)}
    assert find_conflict(problem, demand, stands) is None


def test_another_duty_can_help(room: Callable[..., Any]) -> None:
    """16:00-20:00 and 05:00-09:00 leave 9 hours. With standby at the workplace between them they are one dienst with
    rests of its own: in a row that may be filled the demand is possible, in the row as it stands it is not."""
    team = room(rule_set="atw").nurse()
    team.kind("dusk", "16:00", "20:00").kind("dawn", "05:00", "09:00")
    team.kind("there", "20:30", "28:30", lane="standby", at_workplace=True, category="night")
    problem, demand = problem_of(team), Demand(0, frozenset({(1, 1)}))
    stands = duties((0, 0))
    assert named(find_conflict(problem, demand, stands)) == {"rest_daily", (0, 0)}
    assert find_conflict(problem, demand, stands, others="open") is None
    team.duty("N1", "dusk", 0).duty("N1", "there", 0).duty("N1", "dawn", 1)
    assert team.report().violations == ()


def test_members_are_the_row(team: Any) -> None:
    """The members hold every hard rule of hers and no priced one."""
    problem = problem_of(team)
    row = ConflictRow(problem, Demand(0), duties((0, EARLY)))
    assert Member("duty", cell=(0, 0, EARLY)) in row.members
    assert {each.rule for each in row.rules} == {each for each in problem.rules if not getattr(each, "term", "")}
    assert replace(row.demand, wishes=True) != row.demand
