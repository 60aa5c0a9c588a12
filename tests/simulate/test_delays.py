"""Overruns along a route, worked out by hand: travel between two places takes 10 minutes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from optimiser.check.case import Case
from optimiser.domain.work import Link
from optimiser.simulate.chance import Happenings
from optimiser.simulate.delays import Delays, delays
from optimiser.simulate.settings import ChanceSettings


@dataclass(frozen=True)
class Longer(Happenings):
    """Visits and trips take these minutes more."""

    visits: dict[str, int] = field(default_factory=dict)
    trips: int = 0

    def visit_minutes(self, visit: str, minutes: int) -> int:
        """Planned and what comes on top."""
        return minutes + self.visits.get(visit, 0)

    def travel_minutes(self, origin: str, destination: str, day: int, minutes: int) -> int:
        """Planned and what comes on top."""
        return minutes + self.trips


def played(room: Any, visits: dict[str, int], trips: int = 0) -> Delays:
    """The delays of the room's plan; its breaches of the law do not matter."""
    case = Case(room.instance(), room.contract, room.matrix(), room.plan())
    return delays(case, Longer(ChanceSettings.nothing(), visits=visits, trips=trips))


def morning(room: Callable[..., Any]) -> Any:
    """One route from 08:00 to 12:00: A 09:00-09:30, B 09:40-10:10, C 11:25-11:55 with windows until 10:00, 10:20 and
    12:00; home legs lie outside the duty."""
    small = room().kind("k", "08:00", "12:00", carries_route=True)
    small.visit("A", 0, "09:00", "10:00").visit("B", 0, "09:00", "10:20").visit("C", 0, "11:00", "12:00")
    stops = small.stop("A", 0, "09:00"), small.stop("B", 0, "09:40"), small.stop("C", 0, "11:25")
    return small.duty("N1", "k", 0, *stops)


def test_without_overruns_all_is_on_time(room: Callable[..., Any]) -> None:
    """As planned."""
    found = played(morning(room), {})
    assert found.late == {} and [each.late for each in found.ends] == [0]


def test_an_overrun_goes_on_until_a_gap_takes_it_up(room: Callable[..., Any]) -> None:
    """A takes 12 more: done 09:42, at B 09:52 instead of 09:40. B may start until 10:20 - 30 = 09:50: 2 minutes late.
    B is done 10:22, C at 10:32 and waits for 11:25: on time, done 11:55."""
    found = played(morning(room), {"A": 12})
    assert found.late == {"B": 2} and [each.late for each in found.ends] == [0]


def test_within_its_window_a_visit_is_not_late(room: Callable[..., Any]) -> None:
    """A takes 10 more: B starts at 09:50, the last minute it may."""
    assert played(morning(room), {"A": 10}).late == {}


def test_a_route_that_ends_after_its_duty(room: Callable[..., Any]) -> None:
    """C takes 20 more: done 12:15, 15 minutes after 12:00. Home is outside the duty."""
    found = played(morning(room), {"C": 20})
    assert found.late == {} and [each.late for each in found.ends] == [15]


def test_what_is_shorter_makes_nothing_earlier(room: Callable[..., Any]) -> None:
    """A is done 20 minutes sooner: B begins as planned all the same."""
    found = played(morning(room), {"A": -20, "B": 15})
    # B 09:40 to 10:25, C reached at 10:35, planned 11:25
    assert found.late == {} and [each.late for each in found.ends] == [0]


def test_trips_that_take_longer(room: Callable[..., Any]) -> None:
    """Each trip 11 more: B at 09:51, a minute late; she left home in time for A."""
    assert played(morning(room), {}, trips=11).late == {"B": 1}


def test_the_way_home_inside_the_duty(room: Callable[..., Any]) -> None:
    """Home legs inside: from C 11:55 it takes 10 home, 12:05, which is 5 after the duty; the plan itself breaks the
    rule here, so that nothing but the leg makes it late."""
    small = morning(room)
    small.organisations["a"] = small.organisations["a"].model_copy(update={"home_legs": "inside"})
    assert [each.late for each in played(small, {}).ends] == [5]


def test_the_break_is_taken_whole_and_not_before_it_was_planned(room: Callable[..., Any]) -> None:
    """A 09:00-09:30, break 10:00-10:30, B 10:40. A takes 20 more: done 09:50, travel till 10:00, break 10:00-10:30: B
    at 10:30, so at its 10:40. A takes 45 more: done 10:15, 10:25, break till 10:55: B 15 late, allowed until 10:50."""
    small = room().kind("k", "08:00", "12:00", 30, carries_route=True)
    small.visit("A", 0, "09:00", "11:00").visit("B", 0, "10:00", "11:20")
    pause = small.stop("break", 0, "10:00", what="break")
    small.duty("N1", "k", 0, small.stop("A", 0, "09:00"), pause, small.stop("B", 0, "10:40"))
    assert played(small, {"A": 20}).late == {}
    assert played(small, {"A": 45}).late == {"B": 5}


def test_two_nurses_wait_for_each_other(room: Callable[..., Any]) -> None:
    """N1 does A and P, N2 only P at 09:40 and Q at 10:20. A takes 15 more: N1 at P 09:55, both begin then and are done
    10:25; N2 reaches Q at 10:35, which may start until 10:30."""
    small = room().kind("k", "08:00", "12:00", carries_route=True)
    small.visit("A", 0, "09:00", "10:00").visit("P", 0, "09:00", "11:00", nurses=2).visit("Q", 0, "10:00", "11:00")
    small.duty("N1", "k", 0, small.stop("A", 0, "09:00"), small.stop("P", 0, "09:40"))
    small.duty("N2", "k", 0, small.stop("P", 0, "09:40", part=2), small.stop("Q", 0, "10:20"))
    assert played(small, {"A": 15}).late == {"Q": 5}


def test_a_linked_visit_waits_for_the_first(room: Callable[..., Any]) -> None:
    """B follows A by 60 minutes at least: A at 09:00 by N1, whose visit before takes 20 more so that A begins 09:20 and
    B of N2 not before 10:20 instead of 10:00; B may start until 10:10."""
    small = room().kind("k", "08:00", "12:00", carries_route=True)
    small.visit("Z", 0, "08:00", "09:00").visit("A", 0, "09:00", "10:00").visit("B", 0, "10:00", "10:40")
    small.add("work_links", Link(id="l", first="A", second="B", gap_min=60, gap_max=120))
    small.duty("N1", "k", 0, small.stop("Z", 0, "08:20"), small.stop("A", 0, "09:00"))
    small.duty("N2", "k", 0, small.stop("B", 0, "10:00"))
    assert played(small, {"Z": 20}).late == {"B": 10}
