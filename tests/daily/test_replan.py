"""A published plan repaired: the past and other duties stay, few things change, and check agrees with every repair."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from instances.events import with_events
from optimiser.check.checker import check
from optimiser.check.report import CheckReport
from optimiser.daily.agreed import agreed_events
from optimiser.daily.duty_named import duty_named
from optimiser.daily.happenings import Said, events_of
from optimiser.daily.replan import Replan, ReplanSettings, replan
from optimiser.daily.replan_words import ask_lines, replan_figures
from optimiser.domain.events import Absent, Held
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.errors import InputError
from optimiser.planning import prepare
from optimiser.report.changes import changed_visits, touched_nurses
from optimiser.search.repair import narrowed_problem
from optimiser.travel.engine import travel_matrix

TUESDAY = date(2026, 12, 8)
SHORT = ReplanSettings(iterations=150, seed=1)


def said(six: Instance, at: str, **fields: Any) -> Said:
    """What was said on Tuesday at a clock time."""
    return Said(at=six.clock.minute_of(datetime.fromisoformat(f"2026-12-08T{at}")), **fields)


def repaired(
    six: Instance, told: Plan, what: Said, agreed: tuple[str, ...] = (), **settings: Any
) -> tuple[Instance, Replan, CheckReport]:
    """The tables of that day, the repair and the verdict on it."""
    events: tuple[Any, ...] = events_of(six, told, what, "en")
    now = with_events(six, events)
    events = (*events, *agreed_events(now, told, events, agreed, what.at, "", "en"))
    now = with_events(six, events)
    found = replan(now, told, events, replace(SHORT, **settings))
    assert found is not None
    return now, found, check(now, told.contract, travel_matrix(now), found.plan, told)


def starts(plan: Plan) -> dict[tuple[str, int], tuple[str, int]]:
    """(work, part) -> nurse and start."""
    return {(stop.id, stop.part): (duty.nurse, stop.start) for duty in plan.duties for stop in duty.stops}


def test_sick_at_half_past_six(six: Instance, told: Plan) -> None:
    """Her visits go to who is on duty or stay open; other days do not change by a minute, and the plan is lawful."""
    now, found, report = repaired(six, told, said(six, "06:30", absent=("m1",)))
    assert [each.sentence("en") for each in report.violations] == []
    assert report.counts["changed_duty"] == 1
    tuesday = six.clock.day_number(TUESDAY)
    other = {duty.id: duty for duty in told.duties if six.clock.day_number(duty.day) != tuesday}
    assert {duty.id: duty for duty in found.plan.duties if duty.day != TUESDAY} == other
    assert not [duty for duty in found.plan.duties if duty.nurse == "m1" and duty.day == TUESDAY]
    assert found.plan.version == told.version + 1 and found.plan.published == told.published
    assert all(change.reason == "absent" for change in found.changes if change.before and change.before.nurse == "m1")
    # her night standby of Monday ends at 07:00 on Tuesday: she stays on it, and is away after that
    assert "m1/2026-12-07/standby" in {duty.id for duty in found.plan.duties}
    assert [row.from_time for row in now.availability if row.nurse == "m1" and row.kind == "sick"] == [420]


def test_whom_to_ask_is_legal_and_one_who_says_yes_gets_the_duty(six: Instance, told: Plan) -> None:
    """The first on the list may have it; agreed, the duty is hers, with consent, and the list is empty."""
    what = said(six, "06:30", absent=("m1",))
    _, found, _ = repaired(six, told, what)
    ((duty, those),) = found.to_ask
    assert (duty.day, duty.kind, duty.nurse) == (TUESDAY, "dag", "m1")
    assert [each.rank for each in those] == sorted(each.rank for each in those)
    assert "m1" not in {each.nurse for each in those}
    first = those[0]
    assert first.answer.possible
    assert first.nurse in ask_lines(found, "en")[0]
    _, again, report = repaired(six, told, what, agreed=(first.nurse,))
    assert report.violations == () and again.to_ask == ()
    assert (first.nurse, TUESDAY, "dag") in {(each.nurse, each.day, each.kind) for each in again.plan.duties}
    with pytest.raises(InputError, match="somebody who may have this duty"):
        repaired(six, told, what, agreed=("m3",))


def test_no_more_changes_than_allowed(six: Instance, told: Plan) -> None:
    """With a limit of one, one visit changes at most, the rest of hers stays open; figures count the same."""
    what = said(six, "06:30", absent=("m1",))
    _, found, report = repaired(six, told, what, most_changes=1)
    assert report.violations == () and report.counts["changed_visit"] <= 1
    assert len(changed_visits(found.changes)) == report.counts["changed_visit"]
    figures = replan_figures(six, told, found)
    assert sum(each["counted"] for each in figures["changes"]) >= len(found.plan.unserved) > 0


def test_late_shifts_her_route_only(six: Instance, told: Plan) -> None:
    """r2 begins at 07:10 at the earliest; 60 minutes late no visit of hers starts before 08:10."""
    _, found, report = repaired(six, told, said(six, "06:30", late=(("r2", 60),)))
    assert report.violations == ()
    mine = next(duty for duty in found.plan.duties if duty.id == f"r2/{TUESDAY}/work")
    released = six.clock.minute_of(datetime(2026, 12, 8, 8, 10))
    assert all(stop.start >= released for stop in mine.stops if stop.what == "visit")
    assert any(stop.id == "late-r2-1" for stop in mine.stops)


def test_ill_on_duty_does_no_more(six: Instance, told: Plan) -> None:
    """At 08:30 m1 has seen two clients: those visits stand, she does nothing after that, the duty remains."""
    _, found, report = repaired(six, told, said(six, "08:30", absent=("m1",)))
    assert report.violations == ()
    mine = next(duty for duty in found.plan.duties if duty.id == f"m1/{TUESDAY}/work")
    assert [stop.id for stop in mine.stops if stop.what == "visit"] == [
        "c1-antibiotica/2026-12-08/1", "c4-injectie/2026-12-08/1",
    ]  # fmt: skip
    before, after = starts(told), starts(found.plan)
    at = six.clock.minute_of(datetime(2026, 12, 8, 8, 30))
    assert {key: place for key, place in before.items() if place[1] < at} == {
        key: place for key, place in after.items() if place[1] < at
    }


def test_snow_and_no_car(six: Instance, told: Plan) -> None:
    """Travel takes half as long again that day, m1 takes the bicycle: check reads both from the events alone."""
    now, found, report = repaired(six, told, said(six, "06:30", slow_percent=150, no_car=("m2",)))
    assert report.violations == ()
    travel = travel_matrix(now)
    slow, usual = travel.minutes["car", "day*150"], travel.minutes["car", "day"]
    assert (slow == -(-usual * 150 // 100)).all()
    assert travel.part("day", TUESDAY, "m1") == "day*150" and travel.part("day", date(2026, 12, 9), "m1") == "day"
    assert {event.what for event in found.plan.events} == {"slow", "mode"}


def test_cancelled_visits_leave_the_plan(six: Instance, told: Plan) -> None:
    """A client cancels all: none of the visits to come is in the plan or counted as open, those before stay."""
    now, found, report = repaired(six, told, said(six, "09:00", cancelled=("c4",)))
    assert report.violations == ()
    coming = [visit.id for visit in now.visits if visit.client == "c4"]
    assert coming == ["c4-injectie/2026-12-07/1", "c4-avond/2026-12-07/1", "c4-injectie/2026-12-08/1"] or set(
        coming
    ) == {"c4-injectie/2026-12-07/1", "c4-avond/2026-12-07/1", "c4-injectie/2026-12-08/1"}
    assert not {work for work, _ in starts(found.plan)} & {v.id for v in six.visits if v.client == "c4"} - set(coming)


@pytest.mark.parametrize(
    "fields",
    [
        {"absent": ("nobody",)}, {"absent": ("m1",), "until": date(2026, 12, 7)}, {"late": (("r3", 20),)},
        {"cancelled": ("c9",)}, {"cancelled": ("c4-injectie/2026-12-07/1",)}, {"no_car": ("x",)},
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_is_refused(six: Instance, told: Plan, fields: dict[str, Any]) -> None:
    """Unknown ids, no duty, a date before, a visit that has begun: one fault that names the option."""
    with pytest.raises(InputError) as refused:
        events_of(six, told, said(six, "12:00", **fields), "en")
    assert refused.value.faults[0].file.startswith("--")


def test_the_same_iterations_give_the_same_plan(six: Instance, told: Plan) -> None:
    """To the last stop."""
    what = said(six, "06:30", absent=("r2",))
    one, two = (repaired(six, told, what)[1] for _ in range(2))
    assert one.plan.identity == two.plan.identity and one.changes == two.changes


def test_who_is_not_called_keeps_every_minute(six: Instance, told: Plan) -> None:
    """A nurse whom no change names has the same duties, stops and times."""
    _, found, _ = repaired(six, told, said(six, "06:30", absent=("m1",)))
    named = {nurse for change in found.changes for nurse in change.nurses} | {"m1"}
    assert set(touched_nurses(told, found.plan)) <= named


def test_a_change_has_its_price_in_the_narrowed_problem(six: Instance, told: Plan) -> None:
    """Where a visit was, by who did it and within 15 minutes, it costs nothing more; elsewhere the price."""
    from optimiser.search.repair import Repair

    problem = prepare(six, told.contract, told)
    what = Repair(at=0, days=frozenset(range(7)), change_price=40)
    narrow = narrowed_problem(problem, told, what)
    number = problem.job_number["c2-katheter/2026-12-08/1", 1]
    (nurse, start), (job, table) = starts(told)["c2-katheter/2026-12-08/1", 1], (
        narrow.jobs[number], narrow.may_serve[number],
    )  # fmt: skip
    column = problem.nurse_number[nurse]
    for window, row in zip(job.windows, table, strict=True):
        usual = int(problem.may_serve[number][0][column])
        assert int(row[column]) == usual + (0 if abs(window[0] - start) <= 15 else 20)
    # each of the two nurses has half of the price, since a visit counts once
    assert problem.instance.visit_by_id["c2-katheter/2026-12-08/1"].nurses == 2


def test_a_duty_by_its_names(six: Instance, told: Plan) -> None:
    """By id, by kind and date, by date alone; anything else is refused."""
    whole = duty_named(six, told, f"m1/{TUESDAY}/work")
    assert whole.duty is not None and whole.duty.nurse == "m1"
    assert duty_named(six, told, f"dag/{TUESDAY}", "m1") == whole
    assert duty_named(six, told, str(TUESDAY), "m1") == whole
    assert duty_named(six, told, f"avond/{TUESDAY}", "m1").duty is None
    for wrong in ("x", "dag/2026-13-01", "2027-01-01", "nothing/2026-12-08"):
        with pytest.raises(InputError):
            duty_named(six, told, wrong, "m1")


def test_events_are_kept_in_the_plan(six: Instance, told: Plan) -> None:
    """They say what was lost and what holds her; the tables with them are those the plan was made for."""
    now, found, _ = repaired(six, told, said(six, "06:30", absent=("m1",), late=(("r2", 20),)))
    kinds = {type(event) for event in found.plan.events}
    assert kinds == {Absent, Held}
    absent = next(event for event in found.plan.events if isinstance(event, Absent))
    # 07:00 to 15:30 with half an hour of break
    assert absent.lost == ((TUESDAY, 480),) and absent.duties == ((f"m1/{TUESDAY}/work", "dag"),)
    assert found.plan.fingerprint == now.fingerprint
