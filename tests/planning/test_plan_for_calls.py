"""The planner counts who is on duty for calls and where they live, and claims what the checker counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from optimiser.check.checker import CheckReport, check
from optimiser.domain.calls import Area, CallHours, CallSource, CallType, ResponseSettings
from optimiser.domain.clock import DAY, HOUR
from optimiser.domain.duty import Cover
from optimiser.domain.objective import ObjectiveWeights
from optimiser.domain.place import Place
from optimiser.domain.plan import Plan
from optimiser.domain.sharing import PRESETS, SharingContract
from optimiser.planning import PlanSettings, plan, prepare

Rooms = Callable[..., Any]
POSTS = SharingContract(name="posts", visits="all", cover="pooled", pooled_standby=0, division="posts")


def service(room: Rooms, weekdays: tuple[str, ...] = ("tue",)) -> Any:
    """Two on-call nights of two organisations pooled to one, back-ups likewise. Near (of a) lives 0.01 degrees from the
    calls, Far (of b) 0.5 degrees (some 56 km), Also (of a) 0.15."""
    small = room()
    night = {"lane": "standby", "category": "night"}
    small.kind("N", "23:00", "31:00", line=1, **night).kind("B", "23:00", "31:00", line=2, **night)
    for name, owner, north in (("Near", "a", 0.01), ("Far", "b", 0.5), ("Also", "a", 0.15)):
        small.nurse(name, organisation=owner)
        small.places[f"home-{name}"] = Place(id=f"home-{name}", kind="home", latitude=52.0 + north, longitude=5.0)
    small.places["calls"] = Place(id="calls", kind="other", latitude=52.0, longitude=5.0)
    small.add("call_types", CallType(id="call", name="Call", phone_percent=40))
    small.add("call_hours", *(CallHours(type="call", days=days, from_time=0, until_time=DAY, weight=1)
                              for days in ("weekdays", "saturday", "sunday")))  # fmt: skip
    small.add("call_sources",
              CallSource(id="s", organisation="b", type="call", place="calls", weekly_millicalls=99_000))  # fmt: skip
    small.add("cover", *(
        Cover(id=f"{name}-{line}", organisation=name, weekdays=weekdays, from_time=23 * HOUR, until_time=31 * HOUR,
              lane="standby", line=line) for name in "ab" for line in (1, 2)
    ))  # fmt: skip
    return small


def planned(small: Any, contract: SharingContract, **fields: Any) -> tuple[Plan, CheckReport]:
    """A short run whose plan breaks nothing and claims what is counted."""
    instance = small.instance().model_copy(update=fields)
    problem = prepare(instance, contract)
    result = plan(problem, PlanSettings(time_limit_s=None, iterations=150, seed=1))
    assert result.plan is not None
    report = check(instance, contract, problem.travel, result.plan)
    assert [each.sentence("en") for each in report.violations] == []
    assert report.claims == () and report.counts == result.plan.objective_terms
    return result.plan, report


def who(found: Plan) -> set[tuple[str, str]]:
    """Nurse and kind of the duties."""
    return {(duty.nurse, duty.kind) for duty in found.duties}


def test_who_lives_near_is_on_duty(room: Rooms) -> None:
    """One answers for both, one is the back-up: Near answers, whatever her organisation, and is not the back-up too."""
    found, report = planned(service(room), PRESETS["one_on_call"])
    duties = {kind: nurse for nurse, kind in who(found)}
    assert duties.keys() == {"N", "B"} and duties["N"] == "Near" != duties["B"]
    assert report.counts["late_calls"] == 0 and report.counts["call_travel"] > 0
    assert report.counts["uncovered_minimum"] == 0


def test_without_a_price_anybody_is(room: Rooms) -> None:
    """The weights are settings: at 0 the terms are counted and cost nothing; at 1 the plan costs that much more."""
    weights = ObjectiveWeights(late_calls=0, call_travel=0)
    _, free = planned(service(room), PRESETS["one_on_call"], weights=weights)
    assert free.counts["call_travel"] > 0
    _, priced = planned(service(room), PRESETS["one_on_call"])
    asked = priced.objective.rest - free.objective.rest
    assert 0 < priced.counts["call_travel"] == asked


def test_single_leaves_each_her_own(room: Rooms) -> None:
    """b has only Far, who comes too late for all: 99 x 60 % x 8 / 168 = 2.83 visits late, 283 hundredths. Her own
    back-up she cannot be: one is short."""
    found, report = planned(service(room), PRESETS["single"])
    assert ("Far", "N") in who(found) or ("Far", "B") in who(found)
    if ("Far", "N") in who(found):
        assert report.counts["late_calls"] == 283
    assert report.counts["uncovered_minimum"] == 1


@pytest.mark.parametrize(("most", "may"), [(None, {"Near", "Also", "Far"}), (60, {"Near", "Also"}), (15, {"Near"})])
def test_reach_says_who_may(room: Rooms, most: int | None, may: set[str]) -> None:
    """Within an hour are Near and Also, within a quarter only Near; whoever may not is not planned, and the row that
    nobody else can fill stays short."""
    small = service(room, ("mon", "tue"))
    found, report = planned(small, PRESETS["one_on_call"], response=ResponseSettings(reach_minutes=most))
    assert {nurse for nurse, _ in who(found)} <= may
    assert report.counts["uncovered_minimum"] == (2 if len(may) == 1 else 0)


def test_posts_use_their_own_kinds(room: Rooms) -> None:
    """With the division posts the row of the post is filled by its kind, from the post; without it nobody has it."""
    small = service(room)
    small.kind("P", "23:00", "31:00", lane="standby", category="night", line=1, area="post", waits_at="calls")
    small.add("areas", Area(id="post", name="Post", division="posts", organisations=("b",)))
    small.add("cover", Cover(id="post", organisation="a", weekdays=("tue",), from_time=23 * HOUR, until_time=31 * HOUR,
                             lane="standby", area="post"))  # fmt: skip
    found, report = planned(small, POSTS)
    assert {kind for _, kind in who(found)} >= {"P"} and report.counts["uncovered_minimum"] == 0
    # from the post itself nobody travels, but whoever turns out is there in time
    assert report.counts["late_calls"] == 0
    found, _ = planned(small, PRESETS["one_on_call"])
    assert {kind for _, kind in who(found)} == {"N", "B"}
