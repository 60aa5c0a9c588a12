"""Repairs at awkward minutes: after a duty that is over, in the night, in a break, before the first day."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from instances.events import with_events
from optimiser.check.checker import check
from optimiser.check.report import CheckReport
from optimiser.daily.agreed import agreed_events
from optimiser.daily.happenings import Said, events_of
from optimiser.daily.replan import Replan, ReplanSettings, replan
from optimiser.domain.events import Absent, Held, OtherMode, SlowTravel
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.errors import InputError
from optimiser.planning import prepare
from optimiser.report.changes import changed_visits
from optimiser.search.begun import ill_duties, loosened, over_jobs
from optimiser.search.encode import encode
from optimiser.search.kernel.data import JOB_PENALTY
from optimiser.travel.engine import travel_matrix


def day(number: int) -> date:
    """A date of December."""
    return date(2026, 12, number)


def said(six: Instance, moment: str, **fields: Any) -> Said:
    """What was said on a day of December, ``07T14:00``."""
    return Said(at=six.clock.minute_of(datetime.fromisoformat(f"2026-12-{moment}")), **fields)


def repaired(
    six: Instance, told: Plan, what: Said, agreed: tuple[str, ...] = (), most_changes: int | None = None
) -> tuple[Replan, CheckReport]:
    """The repair of a plan and the verdict on it."""
    events: tuple[Any, ...] = events_of(with_events(six, told.events), told, what, "en")
    now = with_events(six, (*told.events, *events))
    events = (*events, *agreed_events(now, told, events, agreed, what.at, "", "en"))
    now = with_events(six, (*told.events, *events))
    found = replan(now, told, events, ReplanSettings(iterations=150, most_changes=most_changes, ask=False))
    assert found is not None
    return found, check(now, told.contract, travel_matrix(now), found.plan, told)


def rules(report: CheckReport) -> list[str]:
    """What is violated, in words."""
    return [each.sentence("en") for each in report.violations]


@pytest.mark.parametrize(
    ("moment", "nurse", "until", "first", "from_time"),
    [
        # r2 worked 08:00 to 13:00 on the 9th, and has no duty before her night of the 10th
        ("09T14:00", "r2", day(10), day(9), 780),
        # m1 worked 08:00 to 13:00 on the 11th, and has a night at 23:00
        ("11T14:00", "m1", day(11), day(11), 780),
        # m3 is in her evening of the 9th, till 23:00, when her night begins
        ("09T21:00", "m3", None, day(9), 1380),
        # r1's night of the 8th ends at 07:00 of the 9th, when a day duty of hers begins: ill, she has that no more
        ("08T23:30", "r1", None, day(9), 420),
    ],
)  # fmt: skip
def test_a_duty_of_that_day_that_is_over_stands(
    six: Instance, told: Plan, moment: str, nurse: str, until: date | None, first: date, from_time: int
) -> None:
    """The absence begins at its end; what comes later falls away, and the plan is lawful."""
    what = said(six, moment, absent=(nurse,), until=until)
    found, report = repaired(six, told, what)
    assert rules(report) == []
    (event,) = (each for each in found.plan.events if isinstance(each, Absent))
    assert (event.first, event.from_time) == (first, from_time)
    begun = {duty.id for duty in told.duties_of[nurse] if duty.start < what.at}
    assert begun <= {duty.id for duty in found.plan.duties}


def test_an_evening_that_ends_at_midnight_is_of_its_own_day(six: Instance, told: Plan) -> None:
    """24:00, not 00:00 of the day after: nothing of that day falls away."""
    duties = tuple(
        duty.model_copy(update={"end": six.clock.midnight(4), "routes": ()})
        if duty.id == "r3/2026-12-10/work" else duty for duty in told.duties
    )  # fmt: skip
    late = told.model_copy(update={"duties": duties})
    (event,) = events_of(six, late, said(six, "10T20:00", absent=("r3",)))
    assert isinstance(event, Absent)
    assert (event.first, event.last, event.from_time, event.duties) == (day(10), day(10), 1440, ())


def test_ill_in_her_break(six: Instance, told: Plan) -> None:
    """r1's break of the 9th is from 11:00 to 11:30; at 11:10 she goes home: no break with nothing after it."""
    found, report = repaired(six, told, said(six, "09T11:10", absent=("r1",)))
    assert rules(report) == []
    route = next(duty for duty in found.plan.duties if duty.id == "r1/2026-12-09/work").stops
    assert [stop.what for stop in route] == ["visit", "visit"]


@pytest.mark.parametrize("nurse", ["m1", "m2"])
def test_ill_after_a_visit_of_two(six: Instance, told: Plan, nurse: str) -> None:
    """m1 and m2 are at c2 from 10:10 to 10:55: at 11:00 one goes home, and for the other it was done all the same.

    Of two halves only the first has the price of the visit; without it the other one has.
    """
    what = said(six, "08T11:00", absent=(nurse,))
    found, report = repaired(six, told, what)
    assert rules(report) == []
    visit = "c2-katheter/2026-12-08/1"
    assert {duty.nurse for duty in found.plan.duties for stop in duty.stops if stop.id == visit} == {"m1", "m2"}
    problem, over = prepare(six, told.contract, told), over_jobs(ill_duties(told, found.plan.events))
    assert (part := next(part for work, part in over if work == visit)) in (1, 2)
    data = encode(loosened(problem, told, what.at, over))
    other = problem.job_number[visit, 3 - part]
    assert data.job[other, JOB_PENALTY] == getattr(six.weights, problem.jobs[other].unserved_term)


def test_without_a_car_the_same_visits_take_longer(six: Instance, told: Plan) -> None:
    """r1's visits of four days by bicycle: no start of before is put back where the way there takes longer."""
    found, report = repaired(six, told, said(six, "08T20:00", no_car=("r1",), until=day(13)))
    assert rules(report) == []
    assert [(event.first, event.last) for event in found.plan.events if isinstance(event, OtherMode)] == [
        (day(8), day(13))
    ]


def test_what_she_drove_today_she_drove_by_car(six: Instance, told: Plan) -> None:
    """At 14:00 her short duty is over: from tomorrow on; and for today alone there is nothing left to say."""
    (event,) = events_of(six, told, said(six, "11T14:00", no_car=("r1",), until=day(12)))
    assert isinstance(event, OtherMode) and (event.first, event.last) == (day(12), day(12))
    with pytest.raises(InputError, match="has not begun"):
        events_of(six, told, said(six, "11T14:00", no_car=("r1",)), "en")


def test_a_short_rest_is_hers_to_agree_to(six: Instance, told: Plan) -> None:
    """r3's short duty at 08:00 after an evening leaves 9 hours: check signals it, and the repair takes it."""
    ill, _ = repaired(six, told, said(six, "11T06:00", absent=("r1",), until=day(12)))
    found, report = repaired(six, ill.plan, said(six, "11T14:00"), agreed=("r3:2026-12-12",))
    assert rules(report) == []
    assert "rest.token" in {each.rule for each in report.signals}
    assert "r3/2026-12-12/work" in {duty.id for duty in found.plan.duties}


def test_work_that_goes_to_another_day_keeps_the_limit_too(
    six: Instance, told: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What would serve open work moves all visits of Sunday by 20 minutes: with room for one more it is not taken."""

    def moves_others(_: Any, __: Any, ___: Any, plan: Plan, ____: str, as_of: int) -> Any:
        later = tuple(
            duty.model_copy(update={"routes": tuple(route.model_copy(update={"stops": tuple(
                stop.model_copy(update={"start": stop.start + 20, "end": stop.end + 20}) for stop in route.stops
            )}) for route in duty.routes)}) if duty.day == day(13) else duty
            for duty in plan.duties
        )  # fmt: skip
        return SimpleNamespace(plan=plan.model_copy(update={"duties": later}))

    what = said(six, "08T06:30", absent=("m1",))
    limit = len(changed_visits(repaired(six, told, what)[0].changes)) + 1
    monkeypatch.setattr("optimiser.daily.replan.smallest_change", moves_others)
    found, _ = repaired(six, told, what, most_changes=limit)
    assert found.plan.unserved and len(changed_visits(found.changes)) < limit


def test_told_on_sunday_before_the_first_day(six: Instance, told: Plan) -> None:
    """She is ill on Monday: nothing has begun. Before publication, and after the last day, it cannot be."""
    moment = Said(at=six.clock.minute_of(datetime(2026, 12, 6, 22, 30)), absent=("r3",))
    found, report = repaired(six, told, moment)
    assert rules(report) == [] and found.plan.events[-1].at == 0
    assert "r3/2026-12-07/work" not in {duty.id for duty in found.plan.duties}
    for never in (datetime(2026, 11, 1), datetime(2026, 12, 14)):
        with pytest.raises(InputError, match="--at"):
            events_of(six, told, Said(at=six.clock.minute_of(never), absent=("r3",)), "en")


def test_until_a_date_that_can_be(six: Instance, told: Plan) -> None:
    """An absence may outlast the plan, not the world; of snow only the days of the plan count."""
    with pytest.raises(InputError, match="--until"):
        events_of(six, told, said(six, "08T06:30", absent=("m1",), until=date(9999, 12, 31)), "en")
    (event,) = events_of(six, told, said(six, "08T06:30", absent=("m1",), until=date(2027, 3, 1)))
    assert isinstance(event, Absent) and event.last == date(2027, 3, 1)
    snow = events_of(six, told, said(six, "12T06:30", slow_percent=150, until=date(2027, 3, 1)))
    assert [each.day for each in snow if isinstance(each, SlowTravel)] == [day(12), day(13)]


@pytest.mark.parametrize(
    ("fields", "option"),
    [
        ({"late": (("m1", 0),)}, "--late"), ({"late": (("m1", 721),)}, "--late"),
        ({"late": (("m1", 441),)}, "--late"), ({"late": (("m1", 20), ("m1", 30))}, "--late"),
        ({"late": (("m1", 20),), "absent": ("m1",)}, "--late"),
        ({"absent": ("m1",), "reason": "r" * 301}, "--reason"),
    ],
    ids=str,
)  # fmt: skip
def test_what_nobody_can_be_held_to(six: Instance, told: Plan, fields: dict[str, Any], option: str) -> None:
    """No minutes or too many (07:10 and 441 leave no hour till 15:30), twice, absent too, a reason like a letter."""
    with pytest.raises(InputError) as refused:
        events_of(six, told, said(six, "08T06:30", **fields), "en")
    assert [fault.file for fault in refused.value.faults] == [option]


def test_a_delay_is_not_left_open_to_be_in_time(six: Instance, told: Plan) -> None:
    """m1 cannot be at c1 before 07:30, whose antibiotics begin at 07:30 at the latest: that is open, not her delay."""
    found, report = repaired(six, told, said(six, "08T06:30", late=(("m1", 20),)))
    assert rules(report) == []
    mine = next(duty for duty in found.plan.duties if duty.id == "m1/2026-12-08/work").stops
    assert [stop.id for stop in mine][0] == "late-m1-1"
    assert [left.id for left in found.plan.unserved] == ["c1-antibiotica/2026-12-08/1"]


def test_later_still(six: Instance, told: Plan) -> None:
    """m1's route begins at 07:10. At 06:30 she is 20 minutes late, at 06:40 it will be 60: 40 more, from 07:30 on."""
    first, _ = repaired(six, told, said(six, "08T06:30", late=(("m1", 20),)))
    found, report = repaired(six, first.plan, said(six, "08T06:40", late=(("m1", 60),)))
    assert rules(report) == [] and not {left.id for left in found.plan.unserved} & {"late-m1-1", "late-m1-2"}
    held = [event for event in found.plan.events if isinstance(event, Held)]
    begins = six.clock.minute_of(datetime(2026, 12, 8, 7, 10))
    assert begins <= held[0].start + 20 <= held[1].start
    assert held[1].start + held[1].minutes == begins + 60
    with pytest.raises(InputError, match="more minutes"):
        events_of(with_events(six, first.plan.events), first.plan, said(six, "08T06:40", late=(("m1", 15),)), "en")


@pytest.mark.parametrize("moment", ["08T06:40", "08T07:05"])
def test_late_and_then_not_at_all(six: Instance, told: Plan, moment: str) -> None:
    """She would be 30 minutes late, then stays at home or turns back on duty: nothing of hers is left to be done."""
    late, _ = repaired(six, told, said(six, "08T06:30", late=(("m1", 30),)))
    found, report = repaired(six, late.plan, said(six, moment, absent=("m1",)))
    assert rules(report) == []
    assert not [left.id for left in found.plan.unserved if left.id.startswith("late-")]
