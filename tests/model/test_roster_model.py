"""The whole roster model on a team of one or two: impossible, priced, or followed."""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from optimiser.domain.duty import Cover, GivenDuty
from optimiser.domain.people import Wish
from optimiser.domain.problem import Problem
from optimiser.domain.sharing import PRESETS
from optimiser.model.build import Roster, RosterSettings, build, solve_roster
from optimiser.model.load import LoadSettings
from optimiser.planning import prepare

Rooms = Callable[..., Any]
EFFORT = RosterSettings(None, 2.0, workers=2)


def problem_of(room: Any) -> Problem:
    """The joint problem of a room, with its even travel."""
    return replace(prepare(room.instance(), PRESETS["joint"]), travel=room.matrix())


def solved(room: Any, **fields: Any) -> Roster:
    """The best roster of a room."""
    return solve_roster(build(problem_of(room), LoadSettings(), **fields), EFFORT)


def given(room: Any, kind: str, day: int, status: Any = "published", nurse: str = "N1") -> Any:
    """A duty that the tables name."""
    return room.add("duties_given", GivenDuty(nurse=nurse, kind=kind, day=room.day(day), status=status))


def two_kinds(rooms: Rooms, **fields: Any) -> Any:
    """N1 with day and evening duties, nothing to do and no hours to fill."""
    return rooms().nurse(**fields).kind("D", "07:00", "15:30", 30).kind("A", "15:00", "23:00", 30, category="evening")


def test_nothing_to_do_is_an_empty_roster(room: Rooms) -> None:
    """No contract, no cover, no visits: no duty, at no price."""
    roster = solved(two_kinds(room))
    assert (roster.status, roster.duties, roster.objective) == ("optimal", frozenset(), 0.0)


def test_published_duties_that_break_the_law_are_impossible(room: Rooms) -> None:
    """An evening until 23:00 and a day from 07:00: 8 hours of rest. With a day between it is possible."""
    assert solved(given(given(two_kinds(room), "A", 0), "D", 1)).status == "infeasible"
    roster = solved(given(given(two_kinds(room), "A", 0), "D", 2))
    assert (roster.status, roster.duties) == ("optimal", {(0, 0, 1), (0, 2, 0)})


def test_a_shortfall_of_cover_is_priced(room: Rooms) -> None:
    """Nobody has the skill: two of the minimum are lacking at 3000 and one more of the wanted three at 60, each day."""
    small = two_kinds(room).add("cover", Cover(id="c", organisation="a", from_time=480, until_time=780, minimum=2,
                                wanted=3, skills=("iv",), weekdays=("mon", "tue")))  # fmt: skip
    roster = solved(small)
    assert (roster.status, roster.objective) == ("optimal", 2 * (2 * 3000 + 60))


def test_cover_is_filled_as_far_as_there_are_nurses(room: Rooms) -> None:
    """One nurse for a minimum of one and three wanted: 480 minutes of overtime at 2 are less than 3000; 2 x 60 left."""
    small = two_kinds(room).add("cover", Cover(id="c", organisation="a", from_time=480, until_time=780, minimum=1,
                                wanted=3, weekdays=("mon",)))  # fmt: skip
    roster = solved(small)
    assert roster.duties == {(0, 0, 0)}
    assert roster.objective == 2 * 480 + 2 * 60


def test_hours_are_wanted_and_wishes_weigh(room: Rooms) -> None:
    """24 hours a week are three days of 8: undertime of 10 minutes costs 1. A free day costs nothing to grant."""
    small = two_kinds(room, contract_minutes=3 * 480)
    for day in range(4):
        small.add("wishes", Wish(nurse="N1", day=small.day(day), wish="free", weight=10))
    roster = solved(small)
    # Friday to Sunday are left
    assert {day for _, day, _ in roster.duties} == {4, 5, 6}


def test_own_entries_have_a_price(room: Rooms) -> None:
    """An entry costs 60 when not followed; a duty without contract costs 2 x 480 = 960 of overtime: not followed."""
    roster = solved(given(two_kinds(room), "D", 2, "wish"))
    assert (roster.duties, roster.objective) == (frozenset(), 60.0)
    # with the hours for it the same entry is followed
    small = two_kinds(room, contract_minutes=480)
    assert solved(given(small, "D", 2, "wish")).duties == {(0, 2, 0)}


def test_a_base_duty_is_kept_until_that_costs_more_than_its_price(room: Rooms) -> None:
    """A base duty of 480 minutes: kept it costs 2 for each minute beyond the contract; left 120, and 1 for each 10
    minutes of the contract. Contract 410: 140 is less than 161. Contract 390: 180 is more than 159."""
    for contract, duties, price in ((480, {(0, 2, 0)}, 0), (410, {(0, 2, 0)}, 140), (390, frozenset(), 159)):
        roster = solved(given(two_kinds(room, contract_minutes=contract), "D", 2, "base"))
        assert (roster.status, roster.duties, roster.objective) == ("optimal", duties, price)


def test_base_duties_that_break_the_law_are_left_not_impossible(room: Rooms) -> None:
    """An evening until 23:00 and a day from 07:00, both base: one of them is left for 120."""
    roster = solved(given(given(two_kinds(room, contract_minutes=450), "A", 0, "base"), "D", 1, "base"))
    assert (roster.status, roster.duties, roster.objective) == ("optimal", {(0, 0, 1)}, 120)


def test_a_student_works_with_her_companion_only(room: Rooms) -> None:
    """N2 wants 16 hours; her companion N1 works Monday and Thursday, evening and day: N2 the same."""
    small = two_kinds(room).nurse("N2", experience="student", companion="N1", contract_minutes=960)
    roster = solved(given(given(small, "A", 0), "D", 3))
    assert {(day, kind) for nurse, day, kind in roster.duties if nurse == 1} <= {(0, 1), (3, 0)}
    assert {key for key in roster.duties if key[0] == 0} == {(0, 0, 1), (0, 3, 0)}


def test_lanes_touch_but_do_not_overlap(room: Rooms) -> None:
    """A standby from 15:30 goes with a day until 15:30; one from 15:00 does not."""
    for start, status in (("15:30", "optimal"), ("15:00", "infeasible")):
        small = two_kinds(room).kind("S", start, "22:00", lane="standby")
        assert solved(given(given(small, "D", 0), "S", 0)).status == status


def test_work_brings_a_duty(room: Rooms) -> None:
    """A visit of an hour in the evening is worth a duty; with literals for each visit as with sets of nurses."""
    for visits in (True, False):
        small = room().nurse().kind("A", "15:00", "23:00", 30, category="evening", carries_route=True)
        roster = solved(small.visit("v", 3, "18:00", "21:00", 60, time_critical=True), visits=visits)
        assert roster.duties == {(0, 3, 0)}


def test_equal_effort_gives_equal_rosters(room: Rooms) -> None:
    """A deterministic limit: twice the same duties."""
    small = two_kinds(room, contract_minutes=1440).nurse("N2", contract_minutes=960)
    small.add("cover", Cover(id="c", organisation="a", from_time=480, until_time=780))
    assert solved(small) == solved(small)


def test_the_solver_leaves_ctrl_c_alone(room: Rooms) -> None:
    """After the solver the handler of whoever called still hears SIGINT (the solver's own would end the process)."""
    heard: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    try:
        solved(two_kinds(room))
        signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)
    assert heard == [signal.SIGINT]
