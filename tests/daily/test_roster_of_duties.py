"""Daily life of a roster of weeks without routes yet: told, repaired, swapped, asked about, followed by the next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from instances.cycles import with_cycles
from instances.events import with_events
from instances.read import read_instance
from instances.write import write_instance
from optimiser.check.checker import check
from optimiser.daily.agreed import agreed_events
from optimiser.daily.cycle import cycle_of
from optimiser.daily.duty_named import duty_named
from optimiser.daily.happenings import Said, events_of
from optimiser.daily.next_week import next_week
from optimiser.daily.publish import Published, publish
from optimiser.daily.replan import ReplanSettings, replan
from optimiser.daily.replan_duties import duties_problem
from optimiser.daily.replan_words import ask_lines, replan_figures
from optimiser.daily.swap import SwapSettings, swap
from optimiser.daily.swap_options import who_could_swap
from optimiser.daily.why import why_duty_lines, why_visit_lines
from optimiser.domain.clock import ZONE
from optimiser.domain.duty import Cover, CycleDuty
from optimiser.domain.events import Agreed
from optimiser.domain.people import Counter, Wish
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.work import Order
from optimiser.errors import InputError
from optimiser.travel.engine import travel_matrix

Rooms = Callable[..., Any]
TOLD = datetime(2026, 11, 9, 9, tzinfo=ZONE)


def four_weeks(rooms: Rooms) -> Any:
    """Six nurses of 16 hours, an evening duty and one on call by night each day, two days in a row each, four weeks
    from Monday 7 December 2026; a visit each evening, whose route comes later. N0 wishes Sunday 20 December free."""
    made = rooms(weeks=4)
    for number in range(6):
        made.nurse(f"N{number}", contract_minutes=960)
    made.kind("A", "15:00", "23:00", 30, category="evening", break_from="17:00", break_until="21:00",
              carries_route=True)  # fmt: skip
    made.kind("B", "23:00", "31:00", category="night", lane="standby", expected_call_minutes=30, carries_route=True)
    made.add("cover", Cover(id="evening", organisation="a", from_time=15 * 60, until_time=23 * 60))
    made.add("cover", Cover(id="night", organisation="a", from_time=23 * 60, until_time=31 * 60, lane="standby"))
    made.add("wishes", Wish(nurse="N0", day=date(2026, 12, 20), wish="free"))
    for day in range(28):
        made.duty(f"N{day // 2 % 6}", "A", day).duty(f"N{(day // 2 + 3) % 6}", "B", day)
        made.visit(f"V{day}", day, "16:00", "20:00")
    made.client("C")
    made.add("orders", Order(id="O", client="C", acts=("wash",), rhythm="daily", windows=((960, 1200),),
                             first=made.day(0)))  # fmt: skip
    return made


@pytest.fixture(scope="module")
def made(room: Rooms) -> Any:
    """The room of four weeks."""
    return four_weeks(room)


@pytest.fixture(scope="module")
def published(made: Any) -> Published:
    """Told 28 days before its first duty."""
    instance = made.instance()
    draft = made.plan().model_copy(update={"with_routes": False, "unserved": ()})
    report = check(instance, draft.contract, travel_matrix(instance), draft)
    return publish(instance, draft, TOLD, report)


@pytest.fixture(scope="module")
def told(published: Published) -> Plan:
    """The published plan."""
    assert published.plan is not None
    return published.plan


def judged(instance: Any, plan: Plan, parent: Plan) -> list[str]:
    """What the check says of a version, its claims too."""
    now = with_events(instance, plan.events)
    report = check(now, plan.contract, travel_matrix(now), plan, parent)
    return [each.sentence("en") for each in report.violations] + [str(each) for each in report.claims]


def test_it_is_told_28_days_before(published: Published) -> None:
    """9 November to 7 December is 28 days: nothing is late, and the routes are still to come."""
    assert (published.notice_days, published.late, published.with_routes) == (28, (), False)
    assert any("Er zijn nog geen routes" in line for line in published.sentences("nl"))


def absent(instance: Any, told: Plan) -> tuple[Any, Any]:
    """N3 ill from Monday 14 to Sunday 27 December: the events and the tables with them."""
    at = instance.clock.minute_of(datetime(2026, 12, 14, 8, tzinfo=ZONE))
    events = events_of(instance, told, Said(at=at, absent=("N3",), until=date(2026, 12, 27)))
    return events, with_events(instance, events)


def test_a_lost_duty_has_a_ranked_list_of_whom_to_ask(made: Any, told: Plan) -> None:
    """N3's five duties of the fortnight fall away; nothing else changes and nothing is routed. For the night of the
    20th N0, who wished that day free, is the last who may; who has an evening next to free days comes after who works
    beside it."""
    instance = made.instance()
    events, now = absent(instance, told)
    found = replan(now, told, events, ReplanSettings())
    assert found is not None
    lost = {duty.id for duty in told.duties} - {duty.id for duty in found.plan.duties}
    assert lost == {"N3/2026-12-14/work", "N3/2026-12-19/standby", "N3/2026-12-20/standby", "N3/2026-12-25/work",
                    "N3/2026-12-26/work"}  # fmt: skip
    assert (found.plan.with_routes, found.plan.unserved, found.changes) == (False, (), ())
    assert (found.plan.version, found.plan.parent) == (told.version + 1, told.identity)
    assert judged(instance, found.plan, told) == []
    asked = {duty.day: those for duty, those in found.to_ask}
    assert sorted(asked) == [date(2026, 12, day) for day in (14, 19, 20, 25, 26)]
    night = [each for each in asked[date(2026, 12, 20)] if each.answer.possible]
    assert [each.nurse for each in night][-1] == "N0"
    assert [each.rank for each in night] == sorted(each.rank for each in night)
    assert all(each.answer.terms["uncovered_minimum"] == -1 for each in night)
    assert duties_problem(now, told).jobs == ()
    assert len(ask_lines(found, "nl")) == 5
    assert len(replan_figures(now, told, found)["to_ask"]) == 5


def test_whose_turn_it_is_by_the_year(room: Rooms) -> None:
    """N3's night falls away. Of 18 nights before and none other now each has a share of 6, and a seventh is above
    nobody's target: N2, with 3 so far, is asked before N1, who has 5."""
    made = room(weeks=3).kind("N", "23:00", "31:00", category="night", lane="standby")
    for name, nights in (("N1", 5), ("N2", 3), ("N3", 10)):
        made.nurse(name, contract_minutes=960)
        made.add("counters", Counter(nurse=name, counter="nights_year", value=nights))
    made.duty("N3", "N", 9)
    instance, plan = made.instance(), made.plan().model_copy(update={"with_routes": False})
    told = publish(instance, plan, TOLD, check(instance, plan.contract, travel_matrix(instance), plan)).plan
    assert told is not None
    at = instance.clock.minute_of(datetime(2026, 12, 14, 8, tzinfo=ZONE))
    events = events_of(instance, told, Said(at=at, absent=("N3",), until=date(2026, 12, 17)))
    found = replan(with_events(instance, events), told, events, ReplanSettings())
    assert found is not None
    ((_, those),) = found.to_ask
    assert [(each.nurse, each.above) for each in those] == [("N2", -3), ("N1", -1)]
    assert those[0].answer.cost == those[1].answer.cost


def test_who_said_yes_has_the_duty(made: Any, told: Plan) -> None:
    """The first of the list takes the evening of Christmas: it is hers, published, and four are left to ask for."""
    instance = made.instance()
    events, now = absent(instance, told)
    first = replan(now, told, events, ReplanSettings())
    assert first is not None
    nurse = dict((duty.day, those[0].nurse) for duty, those in first.to_ask)[date(2026, 12, 25)]
    agreed = agreed_events(now, told, events, [f"{nurse}:2026-12-25"], events[0].at, "")
    after = with_events(instance, (*events, *agreed))
    found = replan(after, told, (*events, *agreed), ReplanSettings())
    assert found is not None
    new = next(duty for duty in found.plan.duties if duty.id == f"{nurse}/2026-12-25/work")
    assert (new.status, new.routes) == ("published", ())
    assert len(found.to_ask) == 4
    assert judged(instance, found.plan, told) == []


@pytest.mark.slow
def test_a_swap_leaves_a_roster_of_duties(made: Any, told: Plan) -> None:
    """N1's next evening goes to the best of all who could; law and cover hold, no route is made, both hear figures."""
    instance = made.instance()
    at = instance.clock.minute_of(datetime(2026, 12, 14, 8, tzinfo=ZONE))
    given = next(duty for duty in told.duties if duty.nurse == "N1" and duty.start > at)
    options = who_could_swap(instance, told, "N1", given.id, at)
    answer = swap(instance, told, ("N1", given.id), None, at, SwapSettings(iterations=20))
    assert answer.exchange.taker == options[0].nurse
    assert answer.verdict in ("yes", "but")
    assert answer.plan is not None
    assert (answer.plan.with_routes, answer.plan.unserved, answer.changes) == (False, (), ())
    assert isinstance(answer.plan.events[-1], Agreed)
    assert judged(instance, answer.plan, told) == []
    # Christmas lies in these weeks: holidays have a line
    assert any("feestdagen" in row[1] for row in answer.table("nl"))


def test_why_on_a_roster_of_duties(made: Any, told: Plan) -> None:
    """Of a duty who could have it and who not; of a visit that its route is still to be made, not that nobody does
    it."""
    instance = made.instance()
    travel = travel_matrix(instance)
    duty = next(each for each in told.duties if each.nurse == "N1")
    lines = why_duty_lines(instance, travel, told, duty_named(instance, told, duty.id), None, "nl")
    assert lines[0] == "Nu: N1"
    assert len(lines) == 7
    visit = why_visit_lines(instance, travel, told, "V9", None, "nl")
    assert visit[0].startswith("Er zijn nog geen routes")
    assert not any("door niemand" in line for line in visit)
    assert len(visit) == 7


def test_four_weeks_later(made: Any, told: Plan, tmp_path: Any) -> None:
    """The next tables begin on 4 January 2027, a new year: its counts are 0. All duties of the four weeks are context,
    and what a counter of sixteen weeks holds of them is there. Written and read it is the same."""
    instance = made.instance()
    after = next_week(instance, told, lambda each: each, weeks=4)
    assert (after.first_monday, after.weeks) == (date(2027, 1, 4), 4)
    assert len([row for row in after.context if not row.employer]) == 56
    assert {row.counter for row in after.counters} == {"balance_minutes"}
    assert after.duties_given == ()
    write_instance(after, tmp_path / "next")
    assert read_instance(tmp_path / "next").context == after.context


def test_a_cycle_goes_on_in_the_next_tables(made: Any, told: Plan, tmp_path: Any) -> None:
    """A base roster of four weeks, evenings on Monday of its second week: in the tables after four weeks that Monday
    is 11 January 2027, and none of it was written as a duty."""
    instance = made.instance()
    row = CycleDuty(nurse="N2", kind="A", weeks=4, week=2, weekday="mon", first_monday=date(2026, 12, 7))
    based = with_cycles(instance.model_copy(update={"cycles": (row,)}))
    assert [each.day for each in based.duties_given] == [date(2026, 12, 14)]
    after = next_week(based, told, lambda each: each, weeks=4)
    write_instance(after, tmp_path / "next")
    assert not (tmp_path / "next" / "duties_given.csv").exists() or (
        "N2" not in (tmp_path / "next" / "duties_given.csv").read_text(encoding="utf-8"))  # fmt: skip
    read = read_instance(tmp_path / "next")
    assert [(each.day, each.status) for each in read.duties_given] == [(date(2027, 1, 11), "base")]


def test_a_cycle_made_of_a_plan_comes_back(made: Any, told: Plan) -> None:
    """Turns of twelve days fit no two weeks: the first 14 days begin and end with two nights on call of N3, so that
    two rounds give her four in seven days, and three are allowed. In the weeks after the plan each row is a base
    duty."""
    instance = made.instance()
    found = cycle_of(instance, travel_matrix(instance), told, 2)
    assert len(found.rows) == 28
    assert {(row.weeks, row.first_monday, row.status) for row in found.rows} == {(2, date(2027, 1, 4), "base")}
    assert [(each.rule, each.nurse, each.found) for each in found.violations] == [("on_call.week", "N3", 4)]
    later = with_cycles(instance.model_copy(update={"first_monday": date(2027, 1, 4), "duties_given": (),
                                                    "cycles": found.rows}))  # fmt: skip
    have = {(row.nurse, row.kind, (row.day - date(2027, 1, 4)).days) for row in later.duties_given}
    first = {(duty.nurse, duty.kind, instance.clock.day_number(duty.day)) for duty in told.duties}
    turn = {each for each in first if each[2] < 14}
    assert have == turn | {(nurse, kind, day + 14) for nurse, kind, day in turn}


def test_a_cycle_that_breaks_the_law_where_it_begins_again(room: Rooms) -> None:
    """Monday early at 06:00 and Sunday late until 23:00: lawful in its week, but seven hours of rest when it comes
    back."""
    made = room(weeks=2).nurse("N1", contract_minutes=960)
    made.kind("D", "06:00", "11:00").kind("L", "18:00", "23:00").duty("N1", "D", 0).duty("N1", "L", 6)
    instance, plan = made.instance(), made.plan()
    travel = travel_matrix(instance)
    assert check(instance, plan.contract, travel, plan).violations == ()
    found = cycle_of(instance, travel, plan, 1)
    assert [each.rule for each in found.violations] == ["rest.daily"]
    with pytest.raises(InputError) as refused:
        cycle_of(instance, travel, plan, 3, first_monday=date(2026, 12, 8))
    assert len(refused.value.faults) == 2


def test_students_go_with_their_companions(room: Rooms) -> None:
    """N1's duty falls away by illness: so does that of the student who follows her."""
    made = room(weeks=3).nurse("N1", contract_minutes=960).nurse("S", experience="student", companion="N1")
    made.kind("D", "08:00", "12:00").duty("N1", "D", 2).duty("S", "D", 2, follows="N1").duty("N1", "D", 4)
    instance = made.instance()
    plan: Plan = made.plan().model_copy(update={"with_routes": False})
    report = check(instance, plan.contract, travel_matrix(instance), plan)
    told = publish(instance, plan, TOLD, report).plan
    assert told is not None
    at = instance.clock.minute_of(datetime(2026, 12, 8, 8, tzinfo=ZONE))
    events = events_of(instance, told, Said(at=at, absent=("N1",), until=date(2026, 12, 9)))
    found = replan(with_events(instance, events), told, events, ReplanSettings())
    assert found is not None
    left: tuple[Duty, ...] = found.plan.duties
    assert [duty.id for duty in left] == ["N1/2026-12-11/work"]
    assert judged(instance, found.plan, told) == []
