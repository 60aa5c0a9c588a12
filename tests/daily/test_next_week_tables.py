"""The tables of next week: written and read they are the same, the past is gone and what is to come has stayed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from instances.catalogue import locate
from instances.events import with_events
from instances.expand import expanded
from instances.plans import read_plan
from instances.read import read_instance
from instances.write import write_instance
from optimiser.check.checker import check
from optimiser.daily.next_week import next_week
from optimiser.daily.next_week_context import context_of, given_of
from optimiser.daily.next_week_past import Past
from optimiser.daily.next_week_tables import availability_of, edits_of, links_of, nurses_of, orders_of, past_visits_of
from optimiser.daily.next_week_ties import tied_edits
from optimiser.domain.events import Absent
from optimiser.domain.instance import Instance
from optimiser.domain.people import Availability, PastVisit
from optimiser.domain.plan import Plan
from optimiser.domain.sharing import PRESETS
from optimiser.domain.work import EditedVisit, Link, Order
from optimiser.planning import PlanSettings, plan, prepare

Rooms = Callable[..., Any]
STORED = Path(__file__).parents[1] / "instances" / "six_nurses_plan.json"
MONDAY = date(2026, 12, 7)


@pytest.fixture(scope="module")
def stored(six: Instance) -> Plan:
    """A complete plan of six_nurses."""
    return read_plan(STORED, six)[0]


def with_tables(instance: Instance, **tables: Any) -> Instance:
    """The instance with other tables, expanded anew."""
    fields = {name: getattr(instance, name) for name in type(instance).model_fields}
    return expanded(Instance(**(fields | tables)))


def test_next_week_is_read_as_it_was_written(six: Instance, stored: Plan, tmp_path: Path) -> None:
    """Five weeks in a row, each with an empty plan after the first: no fault, and equal content every time."""
    now, made = six, stored
    for turn in range(5):
        now = next_week(now, made, expanded)
        write_instance(now, tmp_path / str(turn))
        back = read_instance(tmp_path / str(turn))
        assert back.fingerprint == now.fingerprint and back.provenance == now.provenance
        assert now.first_monday == MONDAY + timedelta(weeks=turn + 1)
        assert now.name == f"six_nurses-{now.first_monday}"
        fields = {name: getattr(stored, name) for name in Plan.model_fields}
        made = Plan(**(fields | {"duties": (), "unserved": ()}))
    assert now.provenance["after_instance"] == "six_nurses-2027-01-04"


@pytest.mark.slow
def test_next_week_can_be_planned(six: Instance, stored: Plan) -> None:
    """A lawful plan within a few iterations, which knows the nurses of the week before."""
    after = next_week(six, stored, expanded)
    problem = prepare(after, stored.contract)
    found = plan(problem, PlanSettings(time_limit_s=None, iterations=150)).plan
    assert found is not None
    report = check(after, stored.contract, problem.travel, found)
    assert report.violations == ()
    seen = {(six.visit_by_id[s.id].client, d.nurse) for d in stored.duties for s in d.stops if s.what == "visit"}
    assert seen <= {(row.client, row.nurse) for row in after.past_visits}


def test_what_is_past_is_gone(six: Instance, stored: Plan) -> None:
    """Wishes, given duties and tasks of the week are gone; a meeting and a training stay as work and absence. The duty
    that was known after the week stands in the next."""
    after = next_week(six, stored, expanded)
    assert (after.wishes, after.tasks) == ((), ())
    assert [(row.nurse, row.kind, row.day.day) for row in after.duties_given] == [("r1", "dag", 14)]
    meeting = after.clock.at(-4, 960)  # Thursday 16:00
    assert [(row.nurse, row.work_minutes, row.employer) for row in after.context if row.start == meeting] == [
        ("m1", 60, "maas"), ("r1", 60, "rotte"),
    ]  # fmt: skip
    assert after.availability == six.availability
    assert after.settings.publish_on is None
    assert {order.id for order in six.orders} - {order.id for order in after.orders} == {
        order.id for order in six.orders if order.last is not None and order.last < after.first_monday
    }
    assert after.links == ()
    assert all(window.day >= 0 for visit in after.visits for window in visit.windows)


def test_an_absence_that_lasts_goes_on(six: Instance, stored: Plan, tmp_path: Path) -> None:
    """Ill from Thursday to the Tuesday after: of next week Monday and Tuesday, each a fifth of the contract."""
    thursday = date(2026, 12, 10)
    duties = tuple((each.id, each.kind) for each in stored.duties if each.nurse == "m2" and each.day >= thursday)
    event = Absent(at=0, nurse="m2", first=thursday, last=date(2026, 12, 15), duties=duties)
    fields = {name: getattr(stored, name) for name in Plan.model_fields}
    lost = {name for name, _ in duties}
    made = Plan(**(fields | {
        "events": (event,), "duties": tuple(each for each in stored.duties if each.id not in lost),
    }))  # fmt: skip
    after = next_week(with_events(six, made.events), made, expanded)
    ill = [row for row in after.availability if row.nurse == "m2" and row.first >= after.first_monday]
    usual = six.nurse_by_id["m2"].contract_minutes // 5
    assert [(row.first.day, row.minutes_per_day) for row in ill] == [(14, usual), (15, usual)]
    assert after.net_contract_minutes("m2", 0) == six.nurse_by_id["m2"].contract_minutes - 2 * usual
    write_instance(after, tmp_path / "x")
    assert read_instance(tmp_path / "x").fingerprint == after.fingerprint


def test_leave_counts_for_sixteen_weeks(room: Rooms) -> None:
    """Leave of the week and of sixteen weeks before the next stays; older leave goes, and past days of another mode."""
    made = room().nurse("N1")
    for day, kind in ((2, "leave"), (-105, "sick"), (-106, "sick"), (3, "travel"), (8, "unavailable")):
        made.add("availability", Availability(nurse="N1", kind=kind, first=made.day(day), last=made.day(day)))
    found = availability_of(Past(made.instance(), made.plan(), 1))
    assert [(row.first - made.monday).days for row in found] == [2, -105, 8]


def test_a_due_date_long_past_goes(room: Rooms) -> None:
    """184 days after it, without a birth entered, none of its limits holds."""
    made = room().nurse("N1", due=date(2026, 6, 12)).nurse("N2", due=date(2026, 6, 13))
    first, second = nurses_of(Past(made.instance(), made.plan(), 1))
    assert (first.due, second.due) == (None, date(2026, 6, 13))


def test_visits_of_fourteen_days_are_known(room: Rooms) -> None:
    """What is older goes; a visit after the first midnight counts on the Sunday; a student is no known face."""
    made = room().kind("N", "23:00", "31:00", carries_route=True).visit("v1", 6, "23:00", "31:00")
    made.nurse("N1").nurse("S", experience="student", companion="N1").client("C")
    made.duty("N1", "N", 6, made.stop("v1", 6, "25:00")).duty("S", "N", 6, made.stop("v1", 6, "25:00"), follows="N1")
    made.add("past_visits", *(PastVisit(client="C", nurse="N1", day=made.day(day)) for day in (-8, -7)))
    found = past_visits_of(Past(made.instance(), made.plan(), 1))
    assert [(row.client, row.nurse, row.day) for row in found] == [
        ("C", "N1", made.day(-7)), ("C-v1", "N1", made.day(6)),
    ]  # fmt: skip


ORDER = {"client": "C", "acts": ("wash",), "windows": ((480, 600),), "first": date(2026, 11, 1)}


def tied_room(rooms: Rooms) -> Any:
    """An order of a visit each day, 20 to 28 hours apart, and one that ends on Sunday."""
    made = rooms().nurse("N1").client("C").kind("K", "07:00", "12:00", carries_route=True)
    made.add("orders", Order(id="O", rhythm="daily", gap_min=1425, gap_max=1455, **ORDER),
             Order(id="P", rhythm="daily", last=made.day(6), **ORDER))  # fmt: skip
    return made


def test_a_gap_holds_over_the_border(room: Rooms) -> None:
    """Sunday at 08:40 with 1,425 to 1,455 minutes to the next: Monday from 08:25 to 08:55, and 35 minutes for the
    visit (reporting included): 09:30."""
    made = tied_room(room)
    instance = expanded(made.instance())
    made.duty("N1", "K", 6, made.stop("O/2026-12-13/1", 6, "08:40", 35))
    after = next_week(instance, made.plan(), expanded)
    assert [(row.id, row.from_time, row.until_time) for row in after.edited_visits] == [("O/2026-12-14/1", 505, 570)]
    visit = after.visit_by_id["O/2026-12-14/1"]
    assert (visit.windows[0].start, visit.windows[0].end) == (505, 570)
    past = Past(instance, made.plan(), 1)
    moved = (EditedVisit(id="O/2026-12-14/1", minutes=20),)
    assert [(row.minutes, row.from_time) for row in tied_edits(past, moved, expanded)] == [(20, 505)]


def test_edited_visits_over_the_border(room: Rooms) -> None:
    """Of a horizon of two weeks: an edit of the first week goes; moved on into the second it stands by itself; moved
    back from there it is cancelled; one of the second week stays, and so does a visit by itself."""
    made = tied_room(room)
    made.weeks = 2
    made.add(
        "edited_visits",
        EditedVisit(id="O/2026-12-08/1", minutes=20),
        EditedVisit(id="O/2026-12-09/1", day=date(2026, 12, 16), minutes=25),
        EditedVisit(id="O/2026-12-17/1", day=date(2026, 12, 10)),
        EditedVisit(id="O/2026-12-18/1", cancelled=True),
        EditedVisit(id="alone", client="C", acts=("wash",), day=date(2026, 12, 19), from_time=540, until_time=600),
        EditedVisit(id="before", client="C", acts=("wash",), day=date(2026, 12, 9), from_time=540, until_time=600),
    )
    past = Past(expanded(made.instance()), made.plan(), 1)
    found = edits_of(past)
    assert [(row.id, row.cancelled) for row in found] == [
        ("O/2026-12-09/1", False), ("O/2026-12-17/1", True), ("O/2026-12-18/1", True), ("alone", False),
    ]  # fmt: skip
    moved = found[0]
    assert (moved.client, moved.acts, moved.minutes) == ("C", ("wash",), 25)
    assert (moved.from_time, moved.until_time) == (480, 600)
    visits = next_week(past.instance, past.plan, expanded).visit_by_id
    assert visits["O/2026-12-09/1"].windows[0].day == 2 and "O/2026-12-17/1" not in visits


def test_links_of_what_goes_on(room: Rooms) -> None:
    """Both ends must go on: an order that ends takes its link along, and so does a visit of the week."""
    made = tied_room(room)
    ends = (("O", "P"), ("O", "Q"), ("O", "Q/2026-12-09/1"), ("O", "Q/2026-12-16/1"))
    made.add("orders", Order(id="Q", rhythm="daily", **ORDER))
    made.add("links", *(Link(id=f"l{number}", first=first, second=second, gap_min=0, gap_max=600)
                        for number, (first, second) in enumerate(ends)))  # fmt: skip
    past = Past(expanded(made.instance()), made.plan(), 1)
    assert [row.id for row in links_of(past, orders_of(past), ())] == ["l1", "l3"]


def test_orders_stay_when_all_have_ended(room: Rooms) -> None:
    """Tables without any care are none: then the ended ones stay, and have no visits."""
    made = room().client("C").add("orders", Order(id="P", rhythm="daily", last=date(2026, 12, 13), **ORDER))
    after = next_week(expanded(made.instance()), made.plan(), expanded)
    assert len(after.orders) == 1 and after.visits == ()


def test_context_of_a_year(room: Rooms) -> None:
    """Sixteen weeks of all duties; of a year weekends and nights; of each nurse one row that shows how far it reaches:
    the last before the year, or her first."""
    made = room().nurse("N1").nurse("N2")
    for day in (-53 * 7, -52 * 7, -30 * 7, -30 * 7 + 5, -16 * 7, -15 * 7):
        made.past(day, "09:00", "17:00")
    made.past(-30 * 7 + 1, "23:00", "31:00")
    for day in (-20 * 7, -18 * 7):
        made.past(day, "09:00", "17:00", nurse="N2")
    past = Past(made.instance(), made.plan(), 1)
    found = [(row.nurse, past.instance.clock.day_of(row.start + past.border)) for row in context_of(past)]
    assert found == [("N1", day) for day in (-52 * 7, -209, -205, -105)] + [("N2", -140)]
    assert given_of(past) == ()


@pytest.mark.slow
def test_a_region_plans_its_next_week(tmp_path: Path) -> None:
    """VTT Rijnmond: a plan, next week's tables written and read, and a lawful plan of them within few iterations."""
    vtt = read_instance(locate("vtt_rijnmond"))
    settings = PlanSettings(time_limit_s=None, iterations=600, first_roster=False)
    problem = prepare(vtt, PRESETS["joint"])
    first = plan(problem, settings).plan
    assert first is not None
    write_instance(next_week(vtt, first, expanded), tmp_path / "next")
    after = read_instance(tmp_path / "next")
    problem = prepare(after, first.contract)
    second = plan(problem, settings).plan
    assert second is not None
    assert check(after, first.contract, problem.travel, second).violations == ()
