"""What the answers are built of, each by hand: a route with its break, who may come, a change and its difference.

Every trip takes 10 minutes; the handover takes the first 10.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from optimiser.domain.clock import Clock
from optimiser.domain.duty import Cover
from optimiser.domain.events import Absent
from optimiser.domain.people import ClientNurse, NurseSkill
from optimiser.domain.plan import BREAK
from optimiser.explain.change import Change
from optimiser.explain.in_pairs import both_parts, places_of
from optimiser.explain.in_route import not_at_all
from optimiser.explain.insertion import insertions, nearest_miss, removal
from optimiser.explain.may_come import may_come
from optimiser.explain.present import Present, rebuilt
from optimiser.explain.reason import Reason
from optimiser.explain.road import roads_of
from optimiser.explain.schedule import gaps_of, laid
from optimiser.explain.whole import whole_terms

Rooms = Callable[..., Any]


@pytest.fixture
def team(room: Rooms) -> Any:
    """A day from 07:00 to 15:30 with half an hour of break from 10:00 to 13:00."""
    small = room().kind("D", "07:00", "15:30", 30, carries_route=True, break_from="10:00", break_until="13:00")
    return small.nurse("N1")


def present_of(team: Any) -> Present:
    """What is asked of."""
    return Present(team.instance(), team.contract, team.matrix(), team.plan())


def in_order(duty: Any) -> list[tuple[str, int, int]]:
    """(id, start, end) of each stop."""
    return [(stop.id, stop.start, stop.end) for stop in duty.stops]


def with_break(team: Any) -> Present:
    """v 09:00 to 09:30, the break at 10:00, w at 11:00."""
    team.visit("v", 0, "09:00", "10:00").visit("w", 0, "10:30", "12:00").visit("x", 0, "09:30", "10:30")
    pause = team.stop(BREAK, 0, "10:00", 30, what="break")
    return present_of(team.duty("N1", "D", 0, team.stop("v", 0, "09:00"), pause, team.stop("w", 0, "11:00")))


def test_a_second_stop_brings_a_break(team: Any) -> None:
    """v ends at 09:30, she drives to x and has her break from 10:00 to 10:30 before it."""
    team.visit("v", 0, "09:00", "10:00").visit("x", 0, "10:00", "12:00")
    present = present_of(team.duty("N1", "D", 0, team.stop("v", 0, "09:00")))
    duty = insertions(present, present.plan.duties[0], present.instance.visit_by_id["x"])[0].duty()
    assert in_order(duty) == [("v", 540, 570), (BREAK, 600, 630), ("x", 630, 660)]


def test_the_break_stays_where_it_can(team: Any) -> None:
    """x at 09:40 and the break at 10:10 at the earliest: then w at 11:00 as before."""
    present = with_break(team)
    option = insertions(present, present.plan.duties[0], present.instance.visit_by_id["x"])[0]
    assert in_order(option.duty()) == [("v", 540, 570), ("x", 580, 610), (BREAK, 610, 640), ("w", 660, 690)]
    assert (option.earliest, option.latest) == (580, 600)
    assert option.duty(601) is None


def test_a_break_is_listed_between_two_only(team: Any) -> None:
    """Without v one stop is left, and none is listed; what has begun is not taken out."""
    present = with_break(team)
    left = removal(present, present.plan.duties[0], "v")
    assert left is not None
    assert in_order(left) == [("w", 660, 690)]
    assert removal(present, present.plan.duties[0], "v", as_of=550) is None
    assert removal(present, present.plan.duties[0], "x") is None


def test_a_begun_break_stands(team: Any) -> None:
    """At 10:05 the break has begun: it lies before the second piece and nowhere else."""
    present = with_break(team)
    road = roads_of(present, present.plan.duties[0], as_of=605)[0]
    assert road.begun is not None
    assert list(gaps_of(road, road.pieces)) == [1]
    stops = laid(road, road.pieces, 1)
    assert stops is not None
    assert [stop.start for stop in stops] == [540, 600, 660]


def test_the_nearest_miss_says_by_how_much(team: Any) -> None:
    """v and y both at 09:00 only: between them lies the break to 10:30, so the second is 90 minutes too late."""
    team.visit("v", 0, "09:00", "09:30").visit("y", 0, "09:00", "09:30")
    present = present_of(team.duty("N1", "D", 0, team.stop("v", 0, "09:00")))
    miss = nearest_miss(present, present.plan.duties[0], present.instance.visit_by_id["y"])
    assert miss is not None
    assert miss[0] == 90


def test_who_may_come(team: Any) -> None:
    """N1 is banned and lacks the skill; N2 may."""
    team.nurse("N2").add("nurse_skills", NurseSkill(nurse="N2", skill="iv"))
    team.add("client_nurses", ClientNurse(client="C", nurse="N1", relation="banned"))
    present = present_of(team.visit("v", 0, "09:00", "10:00", client="C", skills=("iv",)))
    found = may_come(present, present.instance.visit_by_id["v"], 1)
    assert {key: [each.rule for each in rules] for key, rules in found.items()} == {
        ("N1", 0): ["competence.banned", "competence.skill"]
    }


def test_a_change_is_the_difference_of_two_verdicts(team: Any) -> None:
    """w goes away: a visit less, 10 minutes of travel less; v stands alone with the home legs as they were."""
    present = with_break(team)
    left = removal(present, present.plan.duties[0], "w")
    assert left is not None
    change = Change(present, (left,))
    assert change.difference.terms == {"unserved_normal": 1, "travel": -10, "waiting": -35}
    assert [(each.work, each.before, each.after) for each in change.moved] == [("w", ("N1", 660), None)]
    assert {row.id for row in change.plan().unserved} == {"w", "x"}


def test_events_are_known_in_the_small_world(team: Any) -> None:
    """N1 fell ill at 08:00: nothing more can begin in her duty that day."""
    team.visit("v", 0, "09:00", "10:00")
    present = present_of(team.duty("N1", "D", 0))
    ill = Absent(at=480, nurse="N1", first=team.day(1), last=team.day(1))
    after = Present(present.instance, present.contract, present.travel, rebuilt(present.plan, events=(ill,)))
    option = insertions(after, after.plan.duties[0], after.instance.visit_by_id["v"])[0]
    duty = option.duty()
    assert duty is not None
    assert [each.rule for each in Change(after, (duty,)).difference.violations] == ["publication.ill"]


def test_the_whole_counts_cover_and_fairness(team: Any) -> None:
    """One day duty where one is asked."""
    row = Cover(id="c", organisation="a", weekdays=("mon",), from_time=480, until_time=900, minimum=1, wanted=1)
    present = present_of(team.add("cover", row).duty("N1", "D", 0))
    assert whole_terms(present, (), present.plan.duties) == {"uncovered_minimum": -1}


def test_both_parts_have_places(team: Any) -> None:
    """N1 can do either part; N2, who is not on duty, none."""
    team.nurse("N2").visit("v", 0, "09:00", "10:00", nurses=2)
    present = present_of(team.duty("N1", "D", 0))
    asked = both_parts(present, present.instance.visit_by_id["v"], None)
    assert set(places_of(asked)) == {("N1", 1), ("N1", 2)}
    refused = not_at_all(asked[1], "N2")
    assert refused is not None
    assert refused.blocking is not None
    assert refused.blocking.rule == "explain.not_on_duty"


def test_a_reason_of_our_own_has_words(team: Any) -> None:
    """Key, values and the window in both languages."""
    reason = Reason(key="explain.not_on_duty", values={"nurse": "N1", "visit": "v"}, window=(540, 600),
                    clock=Clock(team.monday))  # fmt: skip
    assert reason.sentence("nl") == "geen dienst die bezoek v kan bevatten (7 december 09:00-10:00)."
    assert "v" in reason.sentence("en")
