"""What was really worked, judged by the clock: the check sees the times, breaks and calls as they were."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from optimiser.check.checker import CheckReport, check
from optimiser.domain.duty import GivenDuty
from optimiser.domain.people import Availability
from optimiser.domain.realised import Realised, RealisedDuty, RealisedVisit
from optimiser.report.realised import realised, realised_case, realised_plan
from optimiser.report.realised_minutes import duty_minutes
from optimiser.report.realised_plan import RealisedCase, category_by_the_clock


@pytest.fixture
def small(room: Callable[..., Any]) -> Any:
    """An evening on Monday, a day on Tuesday (9 hours of rest by the plan are too few: 11), standby on Thursday."""
    small = room().nurse("N1").nurse("N2")
    small.kind("laat", "13:30", "20:00", 30, category="evening").kind("dag", "07:00", "15:30", 30)
    small.kind("nacht", "23:00", "31:00", category="night", lane="standby")
    small.kind("gebroken", "08:00", "11:00", second_start="16:00", second_end="20:00", category="split")
    return small.duty("N1", "laat", 0).duty("N1", "dag", 1).duty("N1", "nacht", 3)


def row(small: Any, day: int, start: str = "", end: str = "", nurse: str = "N1", **fields: Any) -> RealisedDuty:
    """A row by the clock."""
    times = {"start": small.at(day, start), "end": small.at(day, end)} if start else {}
    return RealisedDuty(nurse=nurse, day=day, **times, **fields)


def case(small: Any, *rows: RealisedDuty, visits: Any = None) -> RealisedCase:
    """The case of these rows."""
    plan = small.plan()
    worked = Realised(instance="small", plan=plan.identity, duties=rows, visits=visits)
    assert realised_plan(small.instance(), plan, worked) == realised_case(small.instance(), plan, worked).plan
    return realised_case(small.instance(), plan, worked)


def judged(small: Any, made: RealisedCase) -> CheckReport:
    """The verdict on a case."""
    return check(made.instance, small.contract, small.matrix(), made.plan)


def test_an_evening_that_ran_over_breaks_the_rest(small: Any) -> None:
    """20:00 to 07:00 is 11 hours; until 23:30 leaves 7.5, below every rest: a violation that the plan did not have."""
    assert not small.report().violations
    made = case(
        small, row(small, 0, "13:30", "23:30", kind="laat", reason="longer"),
        row(small, 1, "07:00", "15:30", kind="dag"),
    )  # fmt: skip
    found = judged(small, made)
    assert any(each.rule.startswith("rest.") for each in found.violations)
    assert {each.rule for each in found.signals} >= {"duties.deviates"}
    assert made.plan.status == "imported" and not made.plan.with_routes


def test_a_break_that_was_not_taken_is_judged(small: Any) -> None:
    """8.5 hours without a break: 510 minutes of work, and too little break; the true kind is remembered."""
    made = case(small, row(small, 1, "07:00", "15:30", kind="dag", break_minutes=0))
    duty = made.plan.duties[0]
    assert (duty_minutes(made.instance, duty), made.base[duty.kind]) == (510, "dag")
    assert [each.rule for each in judged(small, made).violations] == ["breaks.length"]
    assert case(small, row(small, 1, "07:00", "15:30", kind="dag", break_minutes=30)).plan.duties[0].kind == "dag"


def test_work_by_the_clock_gets_a_kind_of_its_own(small: Any) -> None:
    """No kind: 22:00 to 06:00 less 30 is 450 minutes of night; the plan itself is in the tables of the case."""
    made = case(small, row(small, 4, "22:00", "30:00", break_minutes=30, reason="extra"))
    duty = made.plan.duties[0]
    kind = made.instance.kind_by_id[duty.kind]
    assert (kind.category, duty_minutes(made.instance, duty), made.base[duty.kind]) == ("night", 450, None)
    assert not judged(small, made).violations
    instance, at = small.instance(), small.at
    assert category_by_the_clock(instance, at(0, "14:00"), at(0, "22:00")) == "evening"
    assert category_by_the_clock(instance, at(0, "09:00"), at(0, "17:00")) == "day"


def test_half_of_a_split_duty(small: Any) -> None:
    """Both parts: 3 + 4 hours, or with an early start 3.5 + 4; the second alone is a block of 4 hours."""
    small.duty("N1", "gebroken", 5)
    whole = case(small, row(small, 5, "07:30", "20:00", kind="gebroken"))
    assert duty_minutes(whole.instance, whole.plan.duties[0]) == 450
    half = case(small, row(small, 5, "16:00", "20:00", kind="gebroken"))
    assert duty_minutes(half.instance, half.plan.duties[0]) == 240
    assert half.base[half.plan.duties[0].kind] == "gebroken"


def test_turn_outs_of_standby_are_work(small: Any) -> None:
    """A call 01:00 to 01:40 and a visit 02:00 to 02:30, 20 minutes apart, are one turn-out of 90 minutes."""
    small.visit("V", 3, "25:00", "28:00")
    visit = RealisedVisit(id="V", nurse="N1", start=small.at(3, "26:00"), end=small.at(3, "26:30"))
    rows = (
        row(small, 3, "23:00", "31:00", kind="nacht"),
        row(small, 3, "25:00", "25:40", break_minutes=0, reason="call"),
    )
    made = case(small, *rows, visits=(visit,))
    assert [duty_minutes(made.instance, duty) for duty in made.plan.duties] == [90]
    assert made.routes == {"N1/2026-12-10/standby": (visit,)}
    plan = small.plan()
    report = realised(
        small.instance(), small.matrix(), plan, None,
        Realised(instance="small", plan=plan.identity, duties=rows, visits=(visit,)),
    )  # fmt: skip
    # the evening (6 h) and the day (8 h) of the plan have no row; the call is no duty
    figures = report.of()
    assert (figures.figure("work").planned, figures.figure("work").realised) == (840, 90)
    assert (figures.figure("duties").realised, figures.figure("duties_extra").realised) == (1, 0)
    assert not judged(small, made).violations


def test_a_call_outside_standby_is_a_duty(small: Any) -> None:
    """Nobody's standby holds it: work by the clock."""
    made = case(small, row(small, 5, "12:00", "13:00", break_minutes=0, reason="call"))
    assert [(duty.lane, duty_minutes(made.instance, duty)) for duty in made.plan.duties] == [("work", 60)]


def test_illness_counts_as_worked_and_promises_are_history(small: Any) -> None:
    """The 480 minutes of Tuesday become a row of sickness; a published duty that nobody worked is no finding."""
    tuesday = GivenDuty(nurse="N1", kind="dag", day=small.day(1))
    small.add("duties_given", tuesday)
    made = case(small, row(small, 0, "13:30", "20:00", kind="laat"), row(small, 1, kind="dag", reason="ill"))
    assert [(each.kind, each.minutes_per_day) for each in made.instance.availability] == [("sick", 480)]
    assert not judged(small, made).violations
    day = small.day(1)
    small.add("availability", Availability(nurse="N1", kind="sick", first=day, last=day, minutes_per_day=480))
    assert len(case(small, row(small, 1, kind="dag", reason="ill")).instance.availability) == 1


def test_two_rows_of_one_day_are_two_duties(small: Any) -> None:
    """A duty that somebody took over halfway, and a second one of the same nurse."""
    made = case(
        small, row(small, 1, "07:00", "11:00", kind="dag", break_minutes=0, reason="shorter"),
        row(small, 1, "13:00", "15:00", kind="dag", break_minutes=0, reason="extra"),
        row(small, 1, "11:00", "15:30", nurse="N2", kind="dag", break_minutes=0, reason="swap"),
    )  # fmt: skip
    names = [duty.id for duty in made.plan.duties]
    assert names == ["N1/2026-12-08/work", "N1/2026-12-08/work/2", "N2/2026-12-08/work"]
    assert not judged(small, made).violations


def test_without_duties_those_of_the_plan_stay(small: Any) -> None:
    """Only visits were given: the plan's duties, without routes of their own."""
    plan = small.plan()
    made = realised_case(small.instance(), plan, Realised(instance="small", plan=plan.identity, visits=()))
    assert [duty.id for duty in made.plan.duties] == [duty.id for duty in plan.duties]
