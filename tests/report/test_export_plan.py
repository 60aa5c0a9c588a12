"""What exports say of a plan, against sums by hand: a Sunday on which the clock goes back, a night, a split shift."""

from __future__ import annotations

import runpy
from datetime import UTC, datetime
from pathlib import Path

import pytest

from optimiser.check.checker import check
from optimiser.domain.exported import ExportedPlan
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan, Unserved
from optimiser.report.export_plan import exported_plan
from optimiser.travel.engine import travel_matrix

MADE = runpy.run_path(str(Path(__file__).with_name("clock_week.py")), run_name="clock_week")
MONDAY, SATURDAY = MADE["MONDAY"], MADE["SATURDAY"]
week, planned, duty = MADE["week"], MADE["planned"], MADE["duty"]


def told(instance: Instance, plan: Plan, **more: object) -> ExportedPlan:
    """As exported."""
    travel = travel_matrix(instance)
    return exported_plan(instance, travel, plan, check(instance, plan.contract, travel, plan), **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def clock_week() -> Instance:
    """The week."""
    return week()


def test_a_night_over_the_change_of_the_clock_has_nine_hours(clock_week: Instance) -> None:
    """23:00 at +02:00 to 07:00 at +01:00 is 21:00 to 06:00 UTC: 540 minutes, and 1 + 8 hours of work in sum."""
    night = next(each for each in told(clock_week, planned(clock_week)).duties if each.kind == "nacht")
    assert night.start.isoformat() == "2026-10-24T23:00:00+02:00"
    assert night.end.isoformat() == "2026-10-25T07:00:00+01:00"
    assert (night.end.astimezone(UTC) - night.start.astimezone(UTC)).total_seconds() == 540 * 60
    assert night.work_minutes == 540


def test_a_split_shift_has_two_segments_and_a_route_its_break(clock_week: Instance) -> None:
    """07:00-11:00 and 17:00-21:00; the break of the route stands at 10:10, that of no route nowhere."""
    duties = {each.kind: each for each in told(clock_week, planned(clock_week)).duties}
    assert [(f"{each.start:%H:%M}", f"{each.end:%H:%M}") for each in duties["gebroken"].segments] == [
        ("07:00", "11:00"), ("17:00", "21:00"),
    ]  # fmt: skip
    assert [f"{each.start:%H:%M}" for each in duties["dag"].breaks] == ["10:10"]
    assert duties["dag"].break_minutes == 30 and duties["dag"].work_minutes == 450
    assert duties["thuis"].work_minutes == 0


def test_hours_are_counted_by_hand(clock_week: Instance) -> None:
    """n1: 450 + 540 planned of 1440: 450 short, balance 60 - 450; one night, one weekend. n2: 480 planned; her Saturday
    and Sunday are one weekend, her standby a night."""
    first, second = told(clock_week, planned(clock_week)).hours
    assert (first.planned_minutes, first.net_minutes, first.difference_minutes) == (990, 1440, -450)
    assert (first.opening_balance_minutes, first.balance_minutes) == (60, -390)
    assert (first.evenings, first.nights, first.weekends, first.standbys) == (0, 1, 1, 0)
    assert (second.planned_minutes, second.nights, second.weekends, second.standbys) == (480, 1, 1, 1)
    assert [each.planned_minutes for each in first.weeks] == [990]


def test_stops_have_travel_and_breaks_have_none(clock_week: Instance) -> None:
    """The task is reached from home; the break has neither place nor travel."""
    task, pause = told(clock_week, planned(clock_week)).stops
    travel = travel_matrix(clock_week)
    assert (task.what, task.place, task.order) == ("task", "P2", 1)
    assert task.travel_minutes == travel.minutes["car", "day"][travel.places.index("P1"), travel.places.index("P2")]
    assert (pause.what, pause.place, pause.travel_minutes, pause.travel_metres) == ("break", None, None, None)


def test_a_nurse_or_a_day_alone(clock_week: Instance) -> None:
    """With a nurse nothing of others, and nothing of what is open; with a day what starts on it."""
    plan = planned(clock_week).model_copy(update={"unserved": (Unserved(id="T1", reason="no_room"),)})
    own = told(clock_week, plan, nurse="n2")
    assert {each.nurse for each in (*own.duties, *own.stops, *own.hours)} == {"n2"}
    assert own.open == () and own.districts == ()
    day = told(clock_week, plan, day=SATURDAY)
    assert [each.kind for each in day.duties] == ["nacht", "gebroken"] and day.open == () and day.stops == ()
    assert [each.id for each in told(clock_week, plan, day=MONDAY).open] == ["T1"]


def test_what_is_open_says_why(clock_week: Instance) -> None:
    """A task with the plan's reason, one person short, by the window of its table."""
    plan = planned(clock_week).model_copy(update={"unserved": (Unserved(id="T1", reason="no_room"),), "duties": ()})
    (row,) = told(clock_week, plan).open
    assert (row.what, row.reason, row.missing, row.minutes, row.client) == ("task", "no_room", 1, 30, None)
    assert f"{row.start:%d %H:%M}-{row.end:%H:%M}" == "19 08:00-15:00"


def test_an_earlier_version_names_what_fell_away(clock_week: Instance) -> None:
    """A duty that is gone, and a split shift of which one segment stays (as a day); what only changed kind is no
    loss."""
    before = planned(clock_week)
    split = next(each for each in before.duties if each.kind == "gebroken")
    day = duty(clock_week, "n2", "dag", SATURDAY)
    kept = tuple(each for each in before.duties if each.kind not in ("thuis", "gebroken"))
    now = before.model_copy(update={"duties": (*kept, day), "version": 2})
    assert day.id == split.id
    assert [each.kind for each in told(clock_week, now, before=before).cancelled] == ["gebroken", "thuis"]
    assert told(clock_week, before, before=before).cancelled == ()


def test_the_moment_of_a_version(clock_week: Instance) -> None:
    """Its publication; of a draft a moment before whatever is published."""
    draft = planned(clock_week)
    moment = datetime(2026, 9, 1, 12, tzinfo=UTC)
    published = draft.model_copy(update={"published": moment})
    assert told(clock_week, published).changed == moment
    assert told(clock_week, draft).changed < moment
