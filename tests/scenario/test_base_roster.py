"""The base roster as a plan, and what planning keeps of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from optimiser.check.checker import check
from optimiser.domain.duty import Cover, GivenDuty
from optimiser.domain.people import Availability
from optimiser.domain.sharing import PRESETS
from optimiser.planning import PlanSettings, plan, prepare
from optimiser.report.base_kept import base_kept
from optimiser.scenario.base_roster import base_roster
from optimiser.search.start import duties_of_plan

Rooms = Callable[..., Any]


def based(rooms: Rooms, weeks: int = 4) -> Any:
    """Two nurses who take turns by the day in the evening, each with her own days as base roster; one evening is asked
    each day. N1 is on leave on the second Monday, which is hers."""
    made = rooms(weeks=weeks)
    made.kind("A", "15:00", "22:00", 30, category="evening", break_from="17:00", break_until="20:00")
    for name in ("N1", "N2"):
        made.nurse(name, contract_minutes=1500)
    made.add("cover", Cover(id="evening", organisation="a", from_time=15 * 60, until_time=22 * 60))
    for day in range(7 * weeks):
        row = GivenDuty(nurse=("N1", "N2")[day // 2 % 2], kind="A", day=made.day(day), status="base")
        made.add("duties_given", row)
    made.add("availability", Availability(nurse="N1", kind="leave", first=made.day(8), last=made.day(8)))
    return made


def test_the_base_roster_is_a_plan_of_duties(room: Rooms) -> None:
    """28 duties of four weeks; a published duty goes before a base duty of that day, a wish comes only where asked, and
    only where nothing stands."""
    made = based(room)
    made.kind("D", "07:00", "12:00")
    made.add("duties_given", GivenDuty(nurse="N1", kind="D", day=made.day(0), status="published"))
    made.add("duties_given", GivenDuty(nurse="N1", kind="D", day=made.day(2), status="wish"))
    made.add("duties_given", GivenDuty(nurse="N2", kind="D", day=made.day(2), status="wish"))
    instance = made.instance()
    plain, more = (base_roster(instance, PRESETS["joint"], wishes) for wishes in (False, True))
    assert (len(plain.duties), plain.with_routes, len(more.duties)) == (28, False, 29)
    held = {(duty.nurse, duty.day): (duty.kind, duty.status) for duty in more.duties}
    assert held["N1", made.day(0)] == ("D", "published")
    assert held["N1", made.day(2)] == ("D", "wish")
    assert held["N2", made.day(2)] == ("A", "base")


def test_it_can_be_judged_and_started_from(room: Rooms) -> None:
    """The check finds the duty that lies in leave; as a start that one is left out, the others are all in it."""
    instance = based(room).instance()
    found = base_roster(instance, PRESETS["joint"])
    problem = prepare(instance, PRESETS["joint"])
    report = check(instance, found.contract, problem.travel, found)
    assert {(each.nurse, each.rule.split(".")[0]) for each in report.violations} == {("N1", "duties")}
    assert len(duties_of_plan(problem, found)) == 27


def test_planning_from_it_keeps_what_may_be_kept(room: Rooms) -> None:
    """Four weeks: all base duties but the one in leave stay, since each that goes costs ``base_changed``."""
    instance = based(room).instance()
    problem = prepare(instance, PRESETS["joint"])
    start = base_roster(instance, PRESETS["joint"])
    made = plan(problem, PlanSettings(time_limit_s=None, iterations=300, seed=1), start).plan
    assert made is not None
    kept = base_kept(instance, made)
    assert (kept["N1"].asked - kept["N1"].kept, kept["N2"].asked - kept["N2"].kept) == (1, 0)
    assert made.objective_terms["base_changed"] == 1
