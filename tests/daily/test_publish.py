"""Publishing: what stands from then on, what the nurses are told when, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from instances.plans import read_plan, write_plan
from optimiser.check.checker import check
from optimiser.daily.publish import Published, publish, settings_on
from optimiser.domain.duty import GivenDuty
from optimiser.domain.events import Agreed
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.errors import InputError
from optimiser.planning import PlanSettings, plan, prepare

Rooms = Callable[..., Any]
STORED = Path(__file__).parents[1] / "instances" / "six_nurses_plan.json"
TOLD = datetime(2026, 11, 9, 12, 30)
"""28 days before Monday 7 December."""


def other(plan: Plan, **fields: Any) -> Plan:
    """The plan with other fields, made anew."""
    return Plan(**({name: getattr(plan, name) for name in Plan.model_fields} | fields))


def told(made: Any, moment: datetime = TOLD, reason: str | None = None, **fields: Any) -> Published:
    """The plan of a room published."""
    return publish(made.instance(), other(made.plan(), **fields), moment, made.report(), reason)


def small(rooms: Rooms) -> Any:
    """A student and her companion on Monday and Tuesday."""
    made = rooms().nurse("N1").nurse("S", experience="student", companion="N1").kind("K", "08:00", "12:00")
    for day in (0, 1):
        made.duty("N1", "K", day).duty("S", "K", day, follows="N1")
    return made


def test_all_duties_stand_from_then_on(room: Rooms, tmp_path: Path) -> None:
    """Students' too; the draft has another identity, and the file the same."""
    made = small(room)
    draft = made.plan()
    before = draft.identity
    done = publish(made.instance(), draft, TOLD, made.report()).plan
    assert done is not None and {duty.status for duty in done.duties} == {"published"}
    assert done.published is not None and done.published.isoformat() == "2026-11-09T12:30:00+01:00"
    assert (done.version, done.parent) == (draft.version, None)
    assert done.identity != before
    write_plan(done, tmp_path / "plan.json")
    assert Plan.model_validate_json((tmp_path / "plan.json").read_text(encoding="utf-8")).identity == done.identity


@pytest.mark.parametrize(("day", "late"), [(9, 0), (10, 2), (11, 4)])
def test_notice_is_that_of_the_checker(day: int, late: int, room: Rooms) -> None:
    """28 days before Monday: on the 9th in time, on the 10th a day late for Monday, on the 11th for Tuesday too."""
    made = small(room)
    done = told(made, datetime(2026, 11, day, 12, 30))
    assert done.notice_days == 28 - (day - 9) and len(done.late) == late
    assert done.plan is not None
    report = check(made.instance(), made.contract, made.matrix(), done.plan)
    found = [each.found for each in report.signals if each.rule == "publication.notice"]
    assert found == ([done.notice_days] if late else [])


def test_duties_told_before_and_agreed_later_have_notice(room: Rooms) -> None:
    """Monday's duty has a date of its own in the tables, Tuesday's was agreed to: Wednesday's is the first."""
    made = room().nurse("N1").kind("K", "08:00", "12:00")
    for day in (0, 1, 2):
        made.duty("N1", "K", day)
    made.add("duties_given", GivenDuty(nurse="N1", kind="K", day=made.day(0), published_on=date(2026, 10, 1)))
    event = Agreed(at=0, new=(("N1", made.day(1), "K"),))
    done = told(made, datetime(2026, 12, 1, 9), events=(event,))
    assert [duty.day for duty in done.late] == [made.day(2)]
    assert done.first is not None and done.first.day == made.day(0)


def test_a_roster_told_before_keeps_its_time(room: Rooms) -> None:
    """A plan made from a published one has its version already; what its nurses knew, they knew then."""
    first = datetime(2026, 11, 2, 8, tzinfo=UTC)
    done = told(small(room), published=first, version=2, parent="x").plan
    assert done is not None and (done.published, done.version) == (first, 2)


def test_broken_rules_refuse_it(room: Rooms) -> None:
    """Thirteen hours in one dienst: no plan, and the rule is named; with a reason it is published and the reason kept.
    A reason of two letters is none."""
    made = room().nurse("N1").kind("X", "07:00", "21:00", 60).duty("N1", "X", 0)
    refused = told(made)
    assert refused.plan is None and "working_time.dienst" in {each.rule for each in refused.refused}
    assert any("ATW 5:7" in line for line in refused.sentences())
    forced = told(made, reason="  Watersnood ")
    assert forced.plan is not None and forced.forced == "Watersnood"
    kept = [row for row in forced.plan.overrides if row.rule == "working_time.dienst"]
    assert [(row.nurse, row.first, row.reason) for row in kept] == [("N1", made.day(0), "Watersnood")]
    report = check(made.instance(), made.contract, made.matrix(), forced.plan)
    assert "working_time.dienst" in {each.rule for each in report.violations}
    with pytest.raises(InputError):
        told(made, reason=" a ")
    assert told(small(room), reason="zonder noodzaak").forced is None


def test_what_is_short_is_told_not_refused(room: Rooms, six: Instance) -> None:
    """An open critical visit is in the words, in both languages; without routes it says that they come later."""
    made = room().nurse("N1").kind("K", "08:00", "12:00", carries_route=True).visit("v1", 0, "08:00", "09:00")
    made.visit("v2", 0, "08:00", "09:00", priority="critical").visit("v3", 0, "08:00", "09:00")
    made.duty("N1", "K", 0, made.stop("v3", 0, "08:20"))
    done = told(made)
    assert done.plan is not None and done.open_work == ("v1", "v2")
    for language, words in (("nl", "Nog open: 2"), ("en", "Still open: 2")):
        assert any(line.startswith(words) for line in done.sentences(language))  # type: ignore[arg-type]
    assert "Er zijn nog geen routes" in " ".join(told(small(room)).sentences("nl"))
    stored = read_plan(STORED, six)[0]
    problem = prepare(six, stored.contract)
    fewer = other(stored, duties=stored.duties[:-1])
    report = check(six, stored.contract, problem.travel, fewer)
    assert any(line.startswith("Cover: ") for line in publish(six, fewer, TOLD, report).sentences("en"))


def test_routes_are_made_on_a_published_roster(six: Instance) -> None:
    """Roster first: published without routes, and one duty short; planned from it each duty stands, none has come,
    routes are there, and the checker finds no change after publication."""
    stored = read_plan(STORED, six)[0]
    problem = prepare(six, stored.contract)
    stands = {(row.nurse, row.day) for row in six.duties_given} | {(each.follows, each.day) for each in stored.duties}
    gone = next(duty for duty in stored.duties if duty.follows is None and (duty.nurse, duty.day) not in stands)
    bare = other(stored, unserved=(), with_routes=False, duties=tuple(
        duty.model_copy(update={"routes": ()}) for duty in stored.duties if duty.id != gone.id
    ))  # fmt: skip
    parent = publish(six, bare, TOLD, check(six, stored.contract, problem.travel, bare)).plan
    assert parent is not None
    parent = other(parent, events=(Agreed(at=0, reason="besproken"),))
    problem = prepare(six, stored.contract, parent)
    settings = settings_on(parent, PlanSettings(time_limit_s=None, iterations=400))
    made = plan(problem, settings, parent).plan
    assert made is not None

    def of(each: Plan) -> set[tuple[str, date, str]]:
        return {(duty.nurse, duty.day, duty.kind) for duty in each.duties if duty.follows is None}

    assert of(made) == of(parent)
    assert any(duty.routes for duty in made.duties)
    report = check(six, stored.contract, problem.travel, made, parent)
    assert report.violations == ()
    assert not [each for each in report.signals if each.rule.startswith("publication.")]
    assert parent.events and (made.published, made.events) == (parent.published, parent.events)
    assert (made.version, made.parent) == (parent.version + 1, parent.identity)
    again = publish(six, made, datetime(2026, 12, 1, 9), report).plan
    assert again is not None and (again.published, again.version) == (parent.published, 2)


def test_a_draft_leaves_the_duties_free() -> None:
    """Settings change only for what was published."""
    settings = PlanSettings(iterations=1)
    assert settings_on(None, settings) is settings
