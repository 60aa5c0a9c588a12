"""What was published stays: each rule rejects a plan wrong in that one way, and takes what an event explains."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from optimiser.check.checker import check
from optimiser.check.report import CheckReport
from optimiser.domain.events import Absent, Agreed, Held
from optimiser.domain.plan import Plan
from optimiser.domain.work import Link

Rooms = Callable[..., Any]
AT = 600


@pytest.fixture
def filled(room: Rooms) -> Any:
    """Two nurses; N1 has Monday and Tuesday, and sees a client at 09:00 on the one and at 10:00 on the other."""
    small = room(publish_on=None).nurse("N1").nurse("N2").kind("M", "08:00", "16:00", carries_route=True)
    small.visit("v1", 0, "08:00", "15:00").visit("v2", 1, "08:00", "15:00")
    return small


def plan_of(small: Any, duties: list[tuple[str, int]], starts: dict[str, tuple[str, int, str]], **fields: Any) -> Plan:
    """A plan of mornings (nurse, day) with visits: id -> nurse, day, clock time."""
    small.duties.clear()
    for nurse, day in duties:
        stops = [small.stop(work, day, at) for work, (who, when, at) in starts.items() if (who, when) == (nurse, day)]
        small.duty(nurse, "M", day, *stops)
    return small.plan().model_copy(update=fields)


def judged(small: Any, parent: Plan, plan: Plan) -> set[str]:
    """The rules of publication that a plan breaks."""
    report: CheckReport = check(small.instance(), small.contract, small.matrix(), plan, parent)
    return {each.rule for each in (*report.violations, *report.signals) if each.rule.startswith("publication.")}


BOTH = {"v1": ("N1", 0, "09:00"), "v2": ("N1", 1, "10:00")}
TOLD = datetime(2026, 11, 2, 9, tzinfo=UTC)


def told(small: Any) -> Plan:
    """The published plan."""
    return plan_of(small, [("N1", 0), ("N1", 1)], BOTH, published=TOLD)


def test_a_duty_goes_only_by_an_event(filled: Any) -> None:
    """Tuesday's duty is gone: refused; with an absence that names it, or an agreement, taken."""
    parent = told(filled)
    gone = plan_of(filled, [("N1", 0)], {"v1": BOTH["v1"]}, published=TOLD)
    assert judged(filled, parent, gone) == {"publication.gone"}
    tuesday = filled.day(1)
    ill = Absent(at=AT, nurse="N1", first=tuesday, last=tuesday, duties=((f"N1/{tuesday}/work", "M"),))
    given = Agreed(at=AT, gone=(("N1", tuesday, "M"),))
    for event in (ill, given):
        assert judged(filled, parent, gone.model_copy(update={"events": (event,)})) == set()


def test_a_duty_comes_only_with_consent(filled: Any) -> None:
    """N2 gets Tuesday: refused unless she agreed to that very duty."""
    parent = told(filled)
    more = plan_of(filled, [("N1", 0), ("N1", 1), ("N2", 1)], BOTH, published=TOLD)
    assert judged(filled, parent, more) == {"publication.extra"}
    for day, found in ((1, set()), (2, {"publication.extra"})):
        event = Agreed(at=0, new=(("N2", filled.day(day), "M"),))
        assert judged(filled, parent, more.model_copy(update={"events": (event,)})) == found


def test_what_began_stays(filled: Any) -> None:
    """At 10:00 on Monday (minute 600) the visit of 09:00 is over: it may not move to 09:20; Tuesday's may."""
    parent = told(filled)
    event = Agreed(at=AT)
    for work, at, found in (("v1", "09:20", {"publication.past"}), ("v2", "11:20", set())):
        nurse, day, _ = BOTH[work]
        starts = BOTH | {work: (nurse, day, at)}
        moved = plan_of(filled, [("N1", 0), ("N1", 1)], starts, published=TOLD, events=(event,))
        assert judged(filled, parent, moved) == found


def test_notice_counts_from_publication(filled: Any) -> None:
    """Monday 7 December less 28 days is 9 November: told on the 10th is a signal, on the 9th none."""
    for day, found in ((9, set()), (10, {"publication.notice"})):
        plan = told(filled).model_copy(update={"published": datetime(2026, 11, day, 9, tzinfo=UTC)})
        assert judged(filled, plan, plan) == found


def test_who_fell_ill_on_duty_does_no_more(filled: Any) -> None:
    """Ill at 09:30 on Monday in a duty until 16:00: a visit at 10:00 is refused, the one of 09:00 was done."""
    parent = told(filled)
    monday = filled.day(0)
    event = Absent(at=570, nurse="N1", first=monday, last=monday, from_time=960)
    assert judged(filled, parent, parent.model_copy(update={"events": (event,)})) == set()
    late = plan_of(filled, [("N1", 0), ("N1", 1)], BOTH | {"v1": ("N1", 0, "10:00")}, published=TOLD, events=(event,))
    assert "publication.ill" in judged(filled, parent, late)


def test_who_is_late_begins_nothing_before_she_can(filled: Any) -> None:
    """Known at 08:30 on Monday, held till 09:30 a visit at 09:00 is refused, held till 09:00 it may be."""
    parent = told(filled)
    for minutes, found in ((60, True), (30, False)):
        event = Held(at=510, nurse="N1", id="late-N1-1", day=filled.day(0), start=510, minutes=minutes)
        plan = parent.model_copy(update={"events": (event,)})
        assert ("publication.late" in judged(filled, parent, plan)) == found


def test_what_was_connected_stands_when_nobody_can_disconnect(filled: Any) -> None:
    """Both or none, but for what began before the last event: a half that is over cannot be undone."""
    filled.add("work_links", Link(id="l/v1", first="v1", second="v2", gap_min=0, gap_max=2000))
    parent = told(filled)
    half = plan_of(filled, [("N1", 0), ("N1", 1)], {"v1": BOTH["v1"]}, published=TOLD)
    for at, broken in ((500, True), (AT, False)):
        event = Agreed(at=at)
        plan = half.model_copy(update={"events": (event,)})
        report = check(filled.instance(), filled.contract, filled.matrix(), plan, parent)
        assert ("links.together" in {each.rule for each in report.violations}) is broken
