"""The quick place for work in a route: there wherever a thorough look finds one, and it can be driven."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from instances.plans import read_plan
from optimiser.check.checker import check
from optimiser.domain.instance import Instance
from optimiser.domain.sharing import PRESETS, Lent
from optimiser.domain.work import Link
from optimiser.explain.insertion import insertions
from optimiser.explain.present import Present, changed_plan
from optimiser.explain.road import spans_of
from optimiser.studies.robustness_lent import lent_minutes, room_to_lend
from optimiser.studies.robustness_people import Able
from optimiser.studies.robustness_places import least_detour
from optimiser.studies.robustness_routes import Living, Routes, without
from optimiser.travel.engine import travel_matrix

STORED = Path(__file__).parents[1] / "instances" / "six_nurses_plan.json"


@pytest.mark.slow
def test_it_finds_a_place_wherever_there_is_one(six: Instance) -> None:
    """Each visit for one nurse of six_nurses, offered to each duty as if it were new: the quick look and that of
    ``explain`` agree on whether it fits, and what the quick one makes breaks no rule of routes."""
    plan, _ = read_plan(STORED, six)
    travel = travel_matrix(six)
    present = Present(six, plan.contract, travel, plan)
    asked = found = 0
    for visit in (each for each in six.visits if each.nurses == 1 and not present.links_of.get(each.id)):
        for duty in (each for each in present.case.duties if not any(stop.id == visit.id for stop in each.stops)):
            for span in spans_of(present, visit):
                if span[1] < duty.start or span[0] > duty.end:
                    continue
                asked += 1
                quick = least_detour(present, duty, visit, 1, span, -1)
                assert (quick is not None) == bool(insertions(present, duty, visit, 1, [span], -1)), (visit.id, duty.id)
                if quick is None:
                    continue
                found += 1
                report = check(six, plan.contract, travel, changed_plan(plan, duties=(quick[1],)))
                assert not [each for each in report.violations if each.family in ("routes", "windows")]
    assert asked > 50 and 20 < found < asked


def small_team(room: Callable[..., Any]) -> Any:
    """N1 has A at 09:00 and B at 09:40 in 08:00 to 12:00."""
    small = room().kind("k", "08:00", "12:00", carries_route=True)
    small.visit("A", 0, "09:00", "10:00").visit("B", 0, "09:30", "10:30").visit("C", 0, "08:00", "12:00")
    return small.duty("N1", "k", 0, small.stop("A", 0, "09:00"), small.stop("B", 0, "09:40"))


def routes(small: Any) -> Routes:
    """The room's duties as routes."""
    contract = PRESETS["joint"]
    present = Living(small.instance(), contract, small.matrix(), small.plan())
    return Routes(present, small.duties, Able(small.instance(), contract))


def test_put_take_and_restore_keep_track_of_work(room: Callable[..., Any]) -> None:
    """Where each part is follows the duties; what is restored is as it was."""
    there = routes(small_team(room))
    before = dict(there.duties)
    assert there.present.start_of("A") == (540, "N1/2026-12-07/work") and there.nurse_of("B", 1) == "N1"
    assert there.place("C", 1, 0) and there.nurse_of("C", 1) == "N1"
    there.restore(before)
    assert there.nurse_of("C", 1) is None and there.duties == before
    there.take("N1/2026-12-07/work")
    assert there.present.start_of("A") == (None, "") and not there.place("C", 1, 0)


def test_a_duty_without_enough_idle_minutes_is_not_tried(room: Callable[..., Any]) -> None:
    """240 minutes less 10 of handover, 60 of visits and 10 of travel leave 160, and 10 are kept for uneven travel. C of
    half an hour fits after B; made longer than what is idle, it does not."""
    there = routes(small_team(room))
    assert there.idle(there.duties["N1/2026-12-07/work"]) == 170
    assert there.place("C", 1, 0)
    small = small_team(room)
    small.visits["C"] = small.visits["C"].model_copy(update={"minutes": 171})
    assert not routes(small).place("C", 1, 0)


def test_without_takes_the_break_along(room: Callable[..., Any]) -> None:
    """Of two stops with a break between them one is left, and no break is listed."""
    small = room().kind("k", "08:00", "12:00", 30, carries_route=True)
    small.visit("A", 0, "09:00", "11:00").visit("B", 0, "10:00", "11:20")
    pause = small.stop("break", 0, "10:00", what="break")
    small.duty("N1", "k", 0, small.stop("A", 0, "09:00"), pause, small.stop("B", 0, "10:40"))
    assert [stop.id for stop in without(small.duties[0], "A").stops] == ["B"]
    assert without(without(small.duties[0], "A"), "B").routes == ()


def test_minutes_lent_are_counted_by_the_week_of_the_visit(room: Callable[..., Any]) -> None:
    """N2 of b does A (30 minutes, a's client) in week 0 and A2 (45) in week 1, and her own client's B. Her cap of one
    hour leaves 30 minutes in week 0 and 15 in week 1: a visit of 30 minutes may come in week 0 only."""
    small = room(weeks=2).kind("k", "08:00", "12:00", carries_route=True).nurse("N2", organisation="b")
    small.client("own", organisation="b").visit("B", 0, "10:00", "11:00", client="own")
    small.visit("A", 0, "09:00", "10:00").visit("A2", 7, "09:00", "10:00", minutes=45).visit("U", 0, "08:00", "12:00")
    small.duty("N2", "k", 0, small.stop("A", 0, "09:00"), small.stop("B", 0, "10:00"))
    small.duty("N2", "k", 7, small.stop("A2", 7, "09:00", 45))
    capped = PRESETS["joint"].model_copy(update={"most_lent": (Lent(organisation="b", hours_per_week=1),)})
    present = Present(small.instance(), capped, small.matrix(), small.plan())
    assert [lent_minutes(present, small.duties, "b", week) for week in (0, 1)] == [30, 45]
    more = small.instance().visit_by_id["U"]
    assert room_to_lend(present, small.duties, more, "N2", small.at(0, "11:00"))
    assert not room_to_lend(present, small.duties, more, "N2", small.at(7, "11:00"))


def test_a_tie_holds_when_both_lie_in_one_duty(room: Callable[..., Any]) -> None:
    """D comes an hour after C at least. N1 does D at 10:30, which may begin from 08:20 on, and ends her day where C is,
    so that C after D is no way round at all: D from 08:20, C at 09:00. That breaks the tie; C before D keeps it."""
    small = room().kind("k", "08:00", "12:00", carries_route=True).visit("D", 0, "08:20", "11:30")
    small.visit("C", 0, "09:00", "11:30").nurse("N1", end_place="at-C-C")
    small.duty("N1", "k", 0, small.stop("D", 0, "10:30"))
    alone, duty = routes(small), small.duties[0]
    span = (540, 570)
    visit = small.instance().visit_by_id["C"]
    untied = least_detour(alone.present, duty, visit, 1, span, 0)
    assert untied is not None and [stop.id for stop in untied[1].stops] == ["D", "C"] and untied[0] == 0
    tied = routes(small.add("work_links", Link(id="l", first="C", second="D", gap_min=60, gap_max=180)))
    assert tied.place("C", 1, 0)
    first, second = tied.present.start_of("C")[0], tied.present.start_of("D")[0]
    assert first is not None and second is not None and second - first >= 60
