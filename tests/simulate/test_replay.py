"""The frame of a replay: what is known when, the tables as they turned out, and how a policy's answer counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from optimiser.check.checker import check
from optimiser.domain.duty import Cover, GivenDuty
from optimiser.domain.plan import Duty
from optimiser.domain.work import Visit, Window
from optimiser.simulate.chance import Happenings
from optimiser.simulate.consequences import Call, Consequences
from optimiser.simulate.figures import tally
from optimiser.simulate.referrals import Urgent
from optimiser.simulate.replay import Replayed, moments, replay
from optimiser.simulate.settings import ChanceSettings
from optimiser.simulate.tables import as_it_turned_out, lost_duties, sick_rows
from optimiser.simulate.week import Mended, Moment, Outcome, Week

NOTHING = ChanceSettings.nothing()


def ill(**days: set[int]) -> Happenings:
    """Nurses ill on day numbers."""
    return Happenings(NOTHING, ill={nurse: frozenset(each) for nurse, each in days.items()})


def leave_it(week: Week, moment: Moment, duties: tuple[Duty, ...]) -> Mended:
    """A policy that does nothing: what falls away stays open."""
    gone = {duty.id for duty in moment.lost}
    return Mended(
        tuple(duty for duty in duties if duty.id not in gone), tuple(Outcome(duty, "open") for duty in moment.lost)
    )


def played(room: Any, drawn: Happenings, repair: Any = leave_it) -> Replayed:
    """The room's plan replayed."""
    return replay(room.instance(), room.contract, room.matrix(), room.plan(), drawn, repair)


def three_days(room: Callable[..., Any]) -> Any:
    """N1 works Monday to Wednesday 08:00 to 12:00 with one visit each day; N2 the same hours with one on Monday."""
    small = room().kind("k", "08:00", "12:00", carries_route=True)
    for day in range(3):
        small.visit(f"A{day}", day, "09:00", "10:00").duty("N1", "k", day, small.stop(f"A{day}", day, "09:00"))
    return small.visit("B0", 0, "09:00", "10:00").duty("N2", "k", 0, small.stop("B0", 0, "09:00"))


def test_moments_come_in_order_of_time(room: Callable[..., Any]) -> None:
    """Lost duties of a day become known at its midnight, a referral when it is called in: Tuesday 00:00, Tuesday 09:00,
    Wednesday 00:00."""
    small = three_days(room)
    visit = Visit(id="U", client="C-A1", acts=("wash",), minutes=30,
                  windows=(Window(day=1, start=small.at(1, "10:00"), end=small.at(1, "12:00")),))  # fmt: skip
    drawn = Happenings(NOTHING, ill={"N1": frozenset({1, 2})}, urgent=(Urgent(small.at(1, "09:00"), visit),))
    lost = lost_duties(small.instance(), small.plan(), drawn)
    found = list(moments(small.instance(), drawn, lost))
    assert [(each.at, each.day, len(each.lost), len(each.urgent)) for each in found] == [
        (1440, 1, 1, 0), (1440 + 540, 1, 0, 1), (2880, 2, 1, 0)
    ]  # fmt: skip


def test_what_nobody_repairs_stays_open(room: Callable[..., Any]) -> None:
    """N1 is ill on Tuesday: A1 is open, Tuesday is not covered, its client is called; the rest stands."""
    small = three_days(room)
    plan = small.plan()
    found = played(small, ill(N1={1}))
    after = Consequences(found)
    assert after.open_visits == {"A1": 1} and after.uncovered_days() == {1} and not after.moved
    assert after.calls == {Call(1, "C-A1", "a")}
    assert {duty.id for duty in plan.duties} - {duty.id for duty in found.plan.duties} == {"N1/2026-12-08/work"}
    assert small.plan() == plan
    counted = tally(after)
    assert (counted.lost, counted.unserved, counted.covered, counted.routes) == (1, 1, 6, 3)


def test_gaps_in_cover_are_those_that_were_not_published(room: Callable[..., Any]) -> None:
    """The row of Monday asks three and had two: not new. That of Tuesday asks one and loses it: new."""
    small = three_days(room)
    for day, asked in (("mon", 3), ("tue", 1)):
        small.add("cover", Cover(id=day, organisation="a", weekdays=(day,), from_time=480, until_time=720,
                                 minimum=asked, wanted=asked))  # fmt: skip
    found = Consequences(played(small, ill(N1={1})))
    assert [(short.rows, short.day, short.below_minimum) for short in found.gaps] == [(("tue",), 1, 1)]
    assert not Consequences(played(small, ill(N9={1}))).gaps


def test_of_an_organisation_are_its_people_and_its_clients(room: Callable[..., Any]) -> None:
    """N1 of a loses a visit of b's client: the duty counts for a, the visit and the call for b; both miss the day: a
    its duty, b its visit."""
    small = room().kind("k", "08:00", "12:00", carries_route=True).client("C", organisation="b")
    small.visit("A", 0, "09:00", "10:00", client="C").duty("N1", "k", 0, small.stop("A", 0, "09:00"))
    found = Consequences(played(small, ill(N1={0})))
    a, b = tally(found, "a"), tally(found, "b")
    assert (a.lost, b.lost, a.unserved, b.unserved, a.calls, b.calls) == (1, 0, 0, 1, 0, 1)
    assert (a.covered, b.covered) == (6, 6)


def test_rows_of_sickness_count_what_would_have_been_worked(room: Callable[..., Any]) -> None:
    """240 minutes on Tuesday, none on Thursday, when she had no duty. Published duties that fall away leave the table
    of given ones, and a plan without them is clean."""
    small = three_days(room)
    for day in range(3):
        small.add("duties_given", GivenDuty(nurse="N1", kind="k", day=small.day(day)))
    found = played(small, ill(N1={1, 3}))
    rows = [(row.first, row.minutes_per_day, row.from_time) for row in found.instance.availability]
    assert rows == [(small.day(1), 240, 0), (small.day(3), 0, 0)]
    assert not check(found.instance, small.contract, small.matrix(), found.plan).violations


def test_a_duty_that_began_the_day_before_is_finished(room: Callable[..., Any]) -> None:
    """A night from Monday 23:00 to Tuesday 07:00, ill on Tuesday: she is away from 07:00 on."""
    small = room().shift(0, "23:00", "31:00", category="night")
    row = sick_rows(small.instance(), small.plan().duties, ill(N1={1}), ())[0]
    assert (row.first, row.from_time) == (small.day(1), 420)
    assert lost_duties(small.instance(), small.plan(), ill(N1={1})) == ()
    assert len(lost_duties(small.instance(), small.plan(), ill(N1={0}))) == 1


def test_somebody_could_be_hired_for_each_lost_duty(room: Callable[..., Any]) -> None:
    """Somebody with the nurse's skills and home, no contract, and a name that nobody has; none for a student."""
    small = three_days(room).nurse("hired-0").nurse("S", experience="student", companion="N1")
    small.duty("S", "k", 1, follows="N1")
    instance, plan = small.instance(), small.plan()
    drawn = ill(N1={1}, S={1})
    tables, hire = as_it_turned_out(instance, plan, drawn, lost_duties(instance, plan, drawn))
    assert hire == {"N1/2026-12-08/work": "hired-0-"}
    person = tables.nurse_by_id["hired-0-"]
    assert (person.home, person.contract_minutes, person.experience) == ("home-N1", 0, "experienced")
    assert {each.id for each in instance.nurses} == {"N1", "N2", "hired-0", "S"}


def test_moves_are_another_nurse_or_more_than_a_quarter(room: Callable[..., Any]) -> None:
    """A0 moves by 15 minutes: as it was. By 16: moved, its nurse and client are called."""
    def later(minutes: int) -> Any:
        def repair(week: Week, moment: Moment, duties: tuple[Duty, ...]) -> Mended:
            left = leave_it(week, moment, duties).duties
            return Mended(tuple(_later(duty, "A0", minutes) for duty in left))
        return repair

    small = three_days(room)
    found = {minutes: Consequences(played(small, ill(N1={2}), later(minutes))) for minutes in (15, 16)}
    assert (found[15].moved, found[16].moved) == (frozenset(), {"A0"})
    assert {call.who for call in found[16].calls} - {call.who for call in found[15].calls} == {"N1", "C-A0"}


def _later(duty: Duty, name: str, minutes: int) -> Duty:
    """The duty with a visit begun later."""
    routes = tuple(
        route.model_copy(update={"stops": tuple(
            stop.model_copy(update={"start": stop.start + minutes, "end": stop.end + minutes})
            if stop.id == name else stop for stop in route.stops
        )}) for route in duty.routes
    )  # fmt: skip
    return duty.model_copy(update={"routes": routes})
