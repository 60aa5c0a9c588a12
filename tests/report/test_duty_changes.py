"""Which duties changed between two versions: who got, lost or changed one, and why. Solved by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from optimiser.domain.events import Absent, Agreed, Event
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.sharing import PRESETS
from optimiser.report.duty_changes import DutyChange, duty_changes

MONDAY = date(2026, 12, 7)
TOLD = datetime(2026, 11, 2, 9)


def duty(nurse: str, kind: str = "D", start: int = 420, lane: str = "work", follows: str | None = None) -> Duty:
    """A duty of eight hours on Monday."""
    return Duty(
        id=f"{nurse}/2026-12-07/{lane}", nurse=nurse, kind=kind, day=MONDAY, lane=lane, start=start, end=start + 480,
        organisation="a", follows=follows,
    )  # fmt: skip


def plan(*duties: Duty, events: Sequence[Event] = (), published: datetime | None = TOLD) -> Plan:
    """A plan of these duties."""
    return Plan(instance="small", fingerprint="f", contract=PRESETS["joint"], duties=duties, events=tuple(events),
                published=published)  # fmt: skip


def shown(changes: Sequence[DutyChange]) -> list[tuple[str, str, str, str]]:
    """Nurse, what, reason and the other nurse of each change."""
    return [(each.nurse, each.what, each.reason, each.other) for each in changes]


def test_the_same_duties_are_no_change() -> None:
    """Equal kinds and times change nothing, in whatever order they stand, and routes are not compared."""
    assert duty_changes(plan(duty("N1"), duty("N2", "A")), plan(duty("N2", "A"), duty("N1"))) == ()


def test_what_came_went_and_became_another() -> None:
    """N1 loses, N2 gets another kind, N3 gets one; nothing explains it, and kinds differ, so no hands are named."""
    before, after = plan(duty("N1", "V"), duty("N2", "D")), plan(duty("N2", "A"), duty("N3", "L"))
    assert shown(duty_changes(before, after)) == [
        ("N1", "goes", "unexplained", ""), ("N2", "other", "unexplained", ""), ("N3", "comes", "unexplained", ""),
    ]  # fmt: skip


def test_another_time_of_the_same_kind_is_a_change() -> None:
    """Half an hour later."""
    (change,) = duty_changes(plan(duty("N1")), plan(duty("N1", start=450)))
    assert change.what == "other" and change.before and change.before.start == 420


def test_lanes_are_apart() -> None:
    """Standby that goes and work that comes on one day are two changes."""
    found = duty_changes(plan(duty("N1", "B", 1380, "standby")), plan(duty("N1")))
    assert sorted(each.what for each in found) == ["comes", "goes"]


def test_an_absence_explains_what_falls_away() -> None:
    """The event names the duty; what was said with it comes along. An event that the parent names explains nothing."""
    event = Absent(at=0, nurse="N1", first=MONDAY, last=MONDAY, reason="griep", duties=(("N1/2026-12-07/work", "D"),))
    (change,) = duty_changes(plan(duty("N1")), plan(events=(event,)))
    assert (change.reason, change.note) == ("absent", "griep")
    (change,) = duty_changes(plan(duty("N1"), events=(event,)), plan(events=(event,)))
    assert change.reason == "unexplained"


def test_a_swap_names_both_sides() -> None:
    """N1 gives her duty to N2: one duty of the kind went and one came, so each names the other."""
    event = Agreed(at=0, gone=(("N1", MONDAY, "D"),), new=(("N2", MONDAY, "D"),))
    found = duty_changes(plan(duty("N1")), plan(duty("N2"), events=(event,)))
    assert shown(found) == [("N1", "goes", "agreed", "N2"), ("N2", "comes", "agreed", "N1")]


def test_hands_are_named_only_beyond_doubt() -> None:
    """Two of a kind go and two come: who took whose is not known. A kind exchanged for another is known."""
    found = duty_changes(plan(duty("N1"), duty("N2")), plan(duty("N3"), duty("N4")))
    assert [each.other for each in found] == ["", "", "", ""]
    found = duty_changes(plan(duty("N1", "D"), duty("N2", "A")), plan(duty("N1", "A"), duty("N2", "D")))
    assert shown(found) == [("N1", "other", "unexplained", "N2"), ("N2", "other", "unexplained", "N1")]


def test_a_student_goes_with_her_companion() -> None:
    """What nothing explains of a student is her companion's change; of a draft nobody was told anything."""
    (change,) = duty_changes(plan(duty("S1", follows="N1")), plan())
    assert change.reason == "companion"
    (change,) = duty_changes(plan(duty("N1"), published=None), plan())
    assert change.reason == "draft"
