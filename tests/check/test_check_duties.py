"""Duties and companions: for every rule a plan that is rejected and one just inside that passes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from optimiser.check.registry import RULES
from optimiser.domain.duty import GivenDuty
from optimiser.domain.people import Availability, NurseSkill
from optimiser.domain.plan import Duty
from optimiser.domain.sharing import PRESETS
from optimiser.domain.work import Task

FILE = "tests/check/test_check_duties.py"
Fill = Callable[[Any], Any]


def day_duty(room: Any, day: int = 0, **fields: Any) -> Any:
    """One duty from 07:00 to 15:00."""
    return room.kind("D", "07:00", "15:00", 30).duty("N1", "D", day, **fields)


def changed(**fields: Any) -> Fill:
    """The day duty with other fields."""

    def fill(room: Any) -> Any:
        day_duty(room)
        room.duties[0] = room.duties[0].model_copy(update=fields)
        return room

    return fill


def of_kind(day: int = 0, nurse: dict[str, Any] | None = None, **fields: Any) -> Fill:
    """A duty of a kind with these fields."""
    return lambda room: room.nurse(**(nurse or {})).kind("D", "07:00", "15:00", 30, **fields).duty("N1", "D", day)


def with_absence(kind: str, from_time: int, until_time: int) -> Fill:
    """The day duty and a row of availability that day."""

    def fill(room: Any) -> Any:
        row = Availability(nurse="N1", kind=kind, first=room.day(0), last=room.day(0), from_time=from_time,
                           until_time=until_time)  # type: ignore[arg-type]  # fmt: skip
        return day_duty(room).add("availability", row)

    return fill


def imported(end: int) -> Fill:
    """The day duty in a roster made elsewhere, with this end."""

    def fill(room: Any) -> Any:
        changed(end=end)(room).claims = {"status": "imported", "with_routes": False}
        return room

    return fill


def second_standby(room: Any) -> Any:
    """Two standby duties on one day, apart from each other."""
    room.kind("A", "07:00", "09:00", lane="standby").kind("B", "10:00", "12:00", lane="standby")
    return room.duty("N1", "A", 0).duty("N1", "B", 0, id="N1/again")


def work_and_standby(start: str) -> Fill:
    """Work until 15:00, standby from ``start``."""
    return lambda room: day_duty(room).standby(0, start, "20:00")


def given(kind: str, status: Any = "published") -> Fill:
    """The day duty stands in the plan, and the tables ask for one of this kind."""

    def fill(room: Any) -> Any:
        room.kind("E", "15:00", "23:00", 30)
        return day_duty(room).add("duties_given", GivenDuty(nurse="N1", kind=kind, day=room.day(0), status=status))

    return fill


def student(follows: str | None = "N2", kind: str = "D", **fields: Any) -> Fill:
    """Student N1 with a duty D, experienced N2 with one of ``kind``."""

    def fill(room: Any) -> Any:
        room.nurse("N1", experience="student", companion="N2").nurse("N2", **fields)
        room.kind("D", "07:00", "15:00", 30, carries_route=True).kind("E", "08:00", "16:00", 30)
        return room.duty("N2", kind, 0).duty("N1", "D", 0, follows=follows)

    return fill


def second_student(day: int) -> Fill:
    """A second student follows the same companion on ``day``."""

    def fill(room: Any) -> Any:
        student()(room).nurse("N3", experience="student", companion="N2")
        room.duty("N2", "D", 1)
        return room.duty("N3", "D", day, follows="N2")

    return fill


def student_with_stop(room: Any) -> Any:
    """The student has a stop of her own: also solo work by a student."""
    student()(room).visit("V", 0, "08:00", "12:00")
    old = room.duties.pop()
    stop = room.stop("V", 0, "11:00")
    return room.duty("N1", "D", 0, stop, follows=old.follows)


CASES: dict[str, tuple[Fill, Fill]] = {
    "duties.unknown": (changed(kind="X"), day_duty),
    "duties.horizon": (lambda room: day_duty(room, 7), lambda room: day_duty(room, 6)),
    "duties.lane": (changed(lane="standby"), day_duty),
    "duties.clock": (changed(end=901), changed(end=900)),
    "duties.deviates": (imported(901), imported(900)),
    "duties.double": (second_standby, lambda room: day_duty(room).standby(0, "15:00", "20:00")),
    "duties.weekday": (of_kind(1, weekdays=("mon",)), of_kind(0, weekdays=("mon",))),
    "duties.organisation": (of_kind(organisations=("b",)), of_kind(organisations=("a", "b"))),
    "duties.category": (
        of_kind(nurse={"categories": ("evening",)}), of_kind(nurse={"categories": ("evening", "day")}),
    ),
    "duties.absence": (with_absence("unavailable", 899, 960), with_absence("unavailable", 900, 960)),
    "duties.overlap": (work_and_standby("14:59"), work_and_standby("15:00")),
    "duties.given": (given("E"), given("D")),
    "companions.follows": (student(None), student()),
    "companions.kind": (student(kind="E"), student()),
    "companions.one": (second_student(0), second_student(1)),
    "companions.stops": (student_with_stop, student()),
}  # fmt: skip
ALSO = {"companions.stops": {"competence.experience", "routes.break_room"}}


@pytest.mark.parametrize("rule", sorted(CASES))
def test_a_roster_that_breaks_the_rule_is_rejected(rule: str, room: Any) -> None:
    """The rule, and no other, is named."""
    report = CASES[rule][0](room()).report()
    found = {each.rule for each in (*report.violations, *report.signals)}
    assert rule in found
    assert found - {rule} <= ALSO.get(rule, set())


@pytest.mark.parametrize("rule", sorted(CASES))
def test_a_roster_that_just_keeps_the_rule_passes(rule: str, room: Any) -> None:
    """Nothing is found."""
    report = CASES[rule][1](room()).report()
    assert not report.violations, [each.sentence("en") for each in report.violations]
    assert not report.signals


def test_a_kind_that_asks_a_skill(room: Any) -> None:
    """Only for who has it on the day of the duty."""
    for last, found in ((0, {"duties.category"}), (1, set())):
        filled = of_kind(1, skills=("triage",))(room())
        filled.add("nurse_skills", NurseSkill(nurse="N1", skill="triage", valid_until=filled.day(last)))
        assert {each.rule for each in filled.report().violations} == found


def test_every_rule_of_this_file_has_a_case() -> None:
    """The registry and the table name the same rules."""
    assert set(CASES) == {name for name, rule in RULES.items() if rule.test == FILE}


def test_own_entries_and_wishes_are_priced_not_required(room: Any) -> None:
    """A wish for a duty that the plan does not hold costs, and is no violation; a base duty costs at its own price."""
    for kind, status, refused, changed in (("E", "wish", 1, 0), ("E", "own", 1, 0), ("E", "base", 0, 1),
                                           ("D", "own", 0, 0), ("D", "base", 0, 0)):  # fmt: skip
        report = given(kind, status)(room()).report()
        assert not report.violations
        assert (report.counts["own_entry_refused"], report.counts["base_changed"]) == (refused, changed)


def test_duties_overlap_context_and_tasks_outside_routes(room: Any) -> None:
    """A meeting 14:30-15:30 and a night for another employer until 07:01 both overlap a duty 07:00-15:00."""
    meeting = {"id": "T", "kind": "meeting", "organisation": "a", "nurse": "N1", "in_route": False}
    task = Task(day=room().day(0), from_time=870, until_time=930, minutes=60, **meeting)
    found = day_duty(room()).past(-1, "23:00", "31:01", 30, employer="other").add("tasks", task).report().violations
    assert [each.subject for each in found if each.rule == "duties.overlap"] == [
        "N1/2026-12-07/work, context", "T, N1/2026-12-07/work",
    ]  # fmt: skip


def test_overlaps_of_fixed_work_alone_are_not_the_plans(room: Any) -> None:
    """Two context duties over each other say nothing about the plan."""
    report = room().past(0, "07:00", "12:00").past(0, "10:00", "13:00").report()
    assert not report.violations


def test_imported_rosters_may_hold_more_duties_on_a_day(room: Any) -> None:
    """A roster made elsewhere is judged by the clock only."""
    filled = second_standby(room())
    filled.claims = {"status": "imported", "with_routes": False}
    report = filled.report()
    assert not report.violations
    assert "check.note.no_routes" in report.notes


def test_the_law_goes_by_the_times_of_an_imported_roster(room: Any) -> None:
    """07:00-19:46 instead of 07:00-15:00, with 30 minutes of break: 12 h 16 of work, over 12 h and one break short."""
    report = imported(1186)(room()).report()
    assert [(each.rule, each.found) for each in report.violations] == [
        ("breaks.length", 30), ("working_time.dienst", 736),
    ]  # fmt: skip


def test_leave_blocks_a_night_that_ends_on_its_first_day(room: Any) -> None:
    """A night from Monday 23:00 reaches into leave on Tuesday."""
    filled = room().shift(0, "23:00", "31:00", 30)
    row = Availability(nurse="N1", kind="leave", first=filled.day(1), last=filled.day(1), minutes_per_day=432)
    assert [each.rule for each in filled.add("availability", row).report().violations] == ["duties.absence"]


@pytest.mark.parametrize(("contract", "broken"), [("single", True), ("anw", False), ("joint", False)])
def test_duties_for_another_organisation_need_a_contract(contract: str, broken: bool, room: Any) -> None:
    """A nurse of a on duty for b, under each of the built-in contracts."""
    filled = changed(organisation="b")(room())
    filled.contract = PRESETS[contract]
    assert [each.rule for each in filled.report().violations] == (["duties.organisation"] if broken else [])


def test_unknown_things_never_raise(room: Any) -> None:
    """A duty of an unknown nurse, kind and organisation is one finding, and nothing else is judged of it."""
    filled = day_duty(room())
    filled.duties.append(Duty(id="x", nurse="N9", kind="Z", day=filled.day(0), lane="work", start=0, end=1,
                              organisation="q"))  # fmt: skip
    assert [each.rule for each in filled.report().violations] == ["duties.unknown"]
