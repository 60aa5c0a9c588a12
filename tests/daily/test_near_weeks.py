"""Near weeks of a long roster: judged as the whole would be, routed on duties that stand, readable by everything."""

from __future__ import annotations

import random
import runpy
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from instances.catalogue import locate
from instances.expand import expanded
from instances.names import read_names
from instances.plans import read_plan, write_plan
from instances.read import read_instance
from instances.write import write_instance
from optimiser.check.checker import check
from optimiser.check.report import CheckReport
from optimiser.daily.near_asked import near_asked
from optimiser.daily.near_weeks import near_roster, near_weeks, with_near
from optimiser.daily.publish import settings_on
from optimiser.domain.duty import CycleDuty
from optimiser.domain.instance import Instance
from optimiser.domain.people import Wish
from optimiser.domain.plan import Plan
from optimiser.domain.sharing import PRESETS, PooledNumber, SharingContract
from optimiser.domain.work import EditedVisit, Task
from optimiser.errors import InputError
from optimiser.planning import PlanSettings, plan, prepare

NEXT = runpy.run_path(str(Path(__file__).with_name("test_next_week.py")), run_name="next")
SHAPES, lawful, with_duties, changed = NEXT["SHAPES"], NEXT["lawful"], NEXT["with_duties"], NEXT["one_week"]
Rooms = Callable[..., Any]
TOLD = datetime(2026, 11, 1, 9, tzinfo=UTC)


def copied(noun: Any, **fields: Any) -> Any:
    """A noun made anew with other fields, so that nothing it counted before is kept."""
    return type(noun)(**({name: getattr(noun, name) for name in type(noun).model_fields} | fields))


def dice_room(rooms: Rooms, seed: int) -> Any:
    """Two nurses with duties on most days of three weeks, a past and a meeting; the clock may change in the second."""
    dice = random.Random(seed)
    made = rooms(monday=dice.choice((date(2026, 12, 7), date(2026, 10, 12), date(2027, 3, 15))), weeks=3)
    for name, start, end, pause, fields in SHAPES:
        made.kind(name, start, end, pause, **fields)
    for nurse in ("N1", "N2"):
        made.nurse(nurse, contract_minutes=1440)
        likely = dice.choice((0.3, 0.55, 0.8))
        for day in range(-20, 0):
            if dice.random() < likely:
                made.past(day, *dice.choice((("07:00", "15:30", 30), ("22:30", "31:00", 30))), nurse)
        kinds = dice.sample([shape[0] for shape in SHAPES], dice.randint(1, 4))
        for day in range(21):
            if dice.random() < likely:
                made.duty(nurse, dice.choice(kinds), day)
    made.add("tasks", Task(id="meeting", kind="meeting", organisation="a", nurse="N1", day=made.day(dice.randrange(21)),
             from_time=1200, until_time=1320, minutes=120, in_route=False))  # fmt: skip
    return made


def without_middle(whole: Plan, monday: date) -> Plan:
    """The plan without the duties of the second week."""
    middle = [monday + timedelta(days=day) for day in range(7, 14)]
    return Plan(**({name: getattr(whole, name) for name in Plan.model_fields}
                   | {"duties": tuple(duty for duty in whole.duties if duty.day not in middle)}))  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_the_law_sees_the_same_on_both_sides(seed: int, room: Rooms) -> None:
    """Random rosters of three weeks: what the middle week breaks is the same in the whole and in its near week."""
    made = dice_room(room, seed)
    instance, whole, travel = made.instance(), made.plan(), made.matrix()
    border = instance.clock.midnight(7)
    near = near_weeks(instance, whole, made.day(7), 1, lambda each: each)
    mine = with_duties(whole, 7, 14, made.monday, border)
    found = lawful(check(near, made.contract, travel, mine), border)
    both = lawful(check(instance, made.contract, travel, whole))
    alone = lawful(check(instance, made.contract, travel, without_middle(whole, made.monday)))
    # a night of the middle week makes a series after it longer, which was too long without it
    assert found - alone == both - alone


@pytest.fixture(scope="module")
def four() -> Instance:
    """Six nurses over four weeks."""
    one = read_instance(locate("six_nurses"))
    end = one.clock.midnight(28)
    context = tuple(row for row in one.context if not 0 <= row.start < end)
    made: Instance = expanded(copied(one, weeks=4, context=context, visits=(), work_links=()))
    return made


@pytest.fixture(scope="module")
def long_roster(four: Instance) -> Plan:
    """A roster of duties only for the four weeks, told on the first of November."""
    settings = PlanSettings(time_limit_s=None, iterations=1500, islands=1, first_roster=False)
    made = plan(prepare(four, PRESETS["joint"]), settings).plan
    assert made is not None
    duties = tuple(duty.model_copy(update={"routes": (), "status": "published"}) for duty in made.duties)
    roster: Plan = copied(made, duties=duties, with_routes=False, unserved=(), published=TOLD)
    return roster


def routed(near: Instance, roster: Plan) -> tuple[Plan, CheckReport]:
    """Routes on the duties of a roster, and their verdict."""
    problem = prepare(near, roster.contract, roster)
    settings = settings_on(roster, PlanSettings(time_limit_s=None, iterations=500, islands=1))
    made = plan(problem, settings, roster).plan
    assert made is not None
    return made, check(near, roster.contract, problem.travel, made, roster)


@pytest.fixture(scope="module")
def near_folder(four: Instance, long_roster: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second and third week as a folder, with the roster beside the tables."""
    folder = tmp_path_factory.mktemp("near") / "near"
    near = near_weeks(four, long_roster, date(2026, 12, 14), 2, expanded)
    write_instance(near, folder, read_names(locate("six_nurses")))
    write_plan(near_roster(four, long_roster, near), folder / "roster.json")
    return folder


def test_the_folder_holds_the_near_weeks(four: Instance, long_roster: Plan, near_folder: Path) -> None:
    """The same instance after writing and reading: two weeks, their visits, every duty of theirs as published."""
    near = near_weeks(four, long_roster, date(2026, 12, 14), 2, expanded)
    read = read_instance(near_folder)
    assert read.fingerprint == near.fingerprint and (read.weeks, read.first_monday) == (2, date(2026, 12, 14))
    days = {read.clock.date_of(day) for day in range(14)}
    asked = {visit.id for visit in four.visits if four.clock.date_of(visit.windows[0].day) in days}
    assert {visit.id for visit in read.visits} == asked
    mine = {(duty.nurse, duty.kind, duty.day) for duty in long_roster.duties if duty.day in days}
    assert {(row.nurse, row.kind, row.day) for row in read.duties_given} == mine
    assert {(row.status, row.published_on) for row in read.duties_given} == {("published", TOLD.date())}


def test_the_roster_around_is_context(four: Instance, long_roster: Plan, near_folder: Path) -> None:
    """Work minutes of the weeks before and after are all there, in the minutes of the near weeks."""
    near, clock = read_instance(near_folder), four.clock
    planned = {(row.start, row.end) for row in near.context if row.lane == "work" and not row.employer}
    for duty in long_roster.duties:
        if duty.lane == "work" and len(four.kind_by_id[duty.kind].segments) == 1:
            outside = not date(2026, 12, 14) <= duty.day < date(2026, 12, 28)
            shifted = (duty.start - clock.midnight(7), duty.end - clock.midnight(7))
            assert (shifted in planned) >= outside


def test_routes_on_duties_that_stand(near_folder: Path) -> None:
    """Every duty of the roster, no other, most visits on them, and a plan without a violation."""
    near = read_instance(near_folder)
    roster, differences = read_plan(near_folder / "roster.json", near)
    made, report = routed(near, roster)
    assert not differences and not report.violations
    key = {(duty.nurse, duty.kind, duty.day, duty.start, duty.end) for duty in made.duties}
    assert key == {(duty.nurse, duty.kind, duty.day, duty.start, duty.end) for duty in roster.duties}
    assert made.with_routes and made.published == TOLD
    assert len(made.unserved) < len(near.visits) / 4


def test_duties_of_a_draft_stand_but_others_may_come(four: Instance, long_roster: Plan) -> None:
    """A roster that was not told and has nobody on Wednesday: its duties stay, and search puts duties beside them for
    the visits of that day."""
    kept = tuple(duty for duty in long_roster.duties if duty.day.weekday() != 2)
    draft = copied(long_roster, published=None, duties=kept)
    near = near_weeks(four, draft, date(2026, 12, 14), 1, expanded)
    assert {row.published_on for row in near.duties_given} == {None}
    roster = near_roster(four, draft, near)
    made, report = routed(near, roster)
    standing, planned = ({(duty.nurse, duty.kind, duty.day) for duty in each.duties} for each in (roster, made))
    assert standing < planned and not report.violations


def test_later_near_weeks_know_the_earlier_ones(four: Instance, long_roster: Plan) -> None:
    """The routes of the first week, put back on the long roster, are known faces of the second; so is a changed duty.

    What happened in between (a duty that somebody else took) is what stands before the second.
    """
    first = near_weeks(four, long_roster, date(2026, 12, 7), 1, expanded)
    made, _ = routed(first, near_roster(four, long_roster, first))
    back = with_near(four, long_roster, first, made)
    assert {duty.id for duty in back.duties} == {duty.id for duty in long_roster.duties}
    assert {duty.id: (duty.start, duty.end) for duty in back.duties} == {
        duty.id: (duty.start, duty.end) for duty in long_roster.duties
    }
    blind = near_weeks(four, long_roster, date(2026, 12, 14), 1, expanded)
    knowing = near_weeks(four, back, date(2026, 12, 14), 1, expanded)
    seen = {(first.visit_by_id[stop.id].client, duty.nurse)
            for duty in made.duties for stop in duty.stops if stop.what == "visit"}  # fmt: skip
    assert not {(row.client, row.nurse) for row in blind.past_visits if row.day >= date(2026, 12, 7)}
    assert {(row.client, row.nurse) for row in knowing.past_visits if row.day >= date(2026, 12, 7)} == seen


def test_only_the_rows_of_the_near_weeks(four: Instance, long_roster: Plan) -> None:
    """Wishes and tasks of other weeks go, a base roster goes, and a visit moved out or in is where it went."""
    nurse, visits = four.nurses[0].id, {four.clock.date_of(each.windows[0].day): each.id for each in four.visits}
    wishes = tuple(Wish(nurse=nurse, day=date(2026, 12, day), wish="free") for day in (8, 15, 22, 29))
    out, into = visits[date(2026, 12, 15)], visits[date(2026, 12, 22)]
    moved = (EditedVisit(id=out, day=date(2026, 12, 22)), EditedVisit(id=into, day=date(2026, 12, 16)))
    cycle = CycleDuty(nurse=nurse, kind=four.shift_kinds[0].id, weeks=1, week=1, weekday="mon",
                      first_monday=date(2026, 12, 7))  # fmt: skip
    made = expanded(copied(four, wishes=wishes, edited_visits=moved, cycles=(cycle,), visits=(), work_links=()))
    near = near_weeks(made, long_roster, date(2026, 12, 14), 1, expanded)
    assert [row.day for row in near.wishes] == [date(2026, 12, 15)] and near.cycles == ()
    found = {visit.id: near.clock.date_of(visit.windows[0].day) for visit in near.visits}
    assert out not in found and found[into] == date(2026, 12, 16)


def test_contracts_name_only_cover_that_is_left(four: Instance, long_roster: Plan, tmp_path: Path) -> None:
    """A night for both organisations on one date of each week: of the third week the other dates are not named."""
    row = four.cover[0]
    dated = tuple(row.model_copy(update={"id": f"night-{day}", "weekdays": (), "day": date(2026, 12, day)})
                  for day in (9, 23))  # fmt: skip
    pooled = tuple(PooledNumber(cover=names, minimum=1, wanted=1) for names in ((row.id, "night-9"), ("night-23",)))
    contract = SharingContract(name="evening", visits="all", cover="pooled", pooled_to=pooled)
    made = copied(four, cover=(*four.cover, *dated), contracts=(contract,))
    roster = copied(long_roster, contract=contract)
    for first, left in ((date(2026, 12, 7), [(row.id, "night-9")]), (date(2026, 12, 21), [(row.id,), ("night-23",)])):
        near = near_weeks(made, roster, first, 1, expanded)
        write_instance(near, tmp_path / f"{first}")
        read = read_instance(tmp_path / f"{first}")
        assert [each.cover for each in read.contracts[0].pooled_to] == left
        assert near_roster(made, roster, near).contract == read.contracts[0]


@pytest.mark.parametrize(("day", "weeks"), [(8, 1), (0, 1), (14, 4), (14, 0)])
def test_weeks_that_are_not_there(day: int, weeks: int, four: Instance, long_roster: Plan) -> None:
    """A Tuesday, a Monday before the roster, weeks beyond its end, no weeks."""
    first = date(2026, 12, day) if day else date(2026, 11, 30)
    with pytest.raises(ValueError, match="no weeks of"):
        near_weeks(four, long_roster, first, weeks, expanded)


@pytest.mark.parametrize(("first", "weeks", "option"), [
    (date(2026, 12, 15), 1, "--from"),
    (date(2027, 1, 4), 1, "--from"),
    (date(2026, 11, 30), 1, "--from"),
    (date(2026, 12, 28), 2, "--weeks"),
    (date(2026, 12, 7), 3, "--weeks"),
])  # fmt: skip
def test_what_cannot_be_asked(first: date, weeks: int, option: str, four: Instance, long_roster: Plan) -> None:
    """A Tuesday, a Monday after and before the roster, weeks beyond its end, three weeks: one fault with the option."""
    with pytest.raises(InputError) as error:
        near_asked(four, long_roster, first, weeks)
    assert [each.file for each in error.value.faults] == [option]


def test_weeks_without_duties_and_weeks_of_another_roster(four: Instance, long_roster: Plan, near_folder: Path) -> None:
    """An empty roster has nothing to drive on; near weeks must be over, and of this roster."""
    near, empty = read_instance(near_folder), copied(long_roster, duties=())
    other = copied(near, provenance={"roster_of": "another"})
    for first, asked, earlier, options in (
        (date(2026, 12, 28), long_roster, near, []),
        (date(2026, 12, 21), long_roster, near, ["--after"]),
        (date(2026, 12, 28), empty, other, ["--after", "--from"]),
    ):
        found = []
        try:
            near_asked(four, asked, first, 1, [(Path("plan.json"), earlier)], "en")
        except InputError as error:
            found = [each.file for each in error.faults]
        assert found == options
