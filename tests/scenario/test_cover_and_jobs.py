"""Cover rows as days and duties, work as jobs, and ties between jobs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from optimiser.domain.duty import Cover
from optimiser.domain.people import NurseSkill
from optimiser.domain.problem import CoverDay, Tie
from optimiser.domain.sharing import PRESETS, SharingContract
from optimiser.domain.work import Link, Task, Window
from optimiser.errors import InputError
from optimiser.scenario.contract import contract_named
from optimiser.scenario.cover import cover_days
from optimiser.scenario.jobs import jobs_of, ties_of

Rooms = Callable[..., Any]
NIGHT = {"from_time": 1380, "until_time": 1860, "lane": "standby"}
POOLED = SharingContract(name="one-night", visits="all", cover="pooled", pooled_standby=1)


def two_teams(room: Rooms) -> Any:
    """N1 of a and N2 of b; a day kind and a standby night."""
    small = room().nurse("N1").nurse("N2", organisation="b").kind("D", "07:00", "15:30", 30)
    return small.kind("N", "23:00", "31:00", lane="standby", category="night")


def on(rows: tuple[CoverDay, ...], day: int) -> list[CoverDay]:
    """The rows of one day."""
    return [row for row in rows if row.day == day]


def test_own_rows_stay_apart_and_count_own_nurses(room: Rooms) -> None:
    """Two equal rows of two organisations are two rows under single."""
    small = two_teams(room)
    small.add("cover", *(Cover(id=f"night-{each}", organisation=each, **NIGHT) for each in ("a", "b")))
    first, second = on(cover_days(small.instance(), PRESETS["single"]), 0)
    assert (first.nurses, second.nurses) == ({0}, {1})
    assert (first.minimum, second.minimum, first.wanted) == (1, 1, 1)
    # the night is kind 1 and starts on the day itself; nothing else spans 23:00 to 07:00
    assert first.duties == {(0, 1)}


@pytest.mark.parametrize(("contract", "number"), [(PRESETS["joint"], 2), (PRESETS["anw"], 2), (POOLED, 1)])
def test_equal_rows_are_pooled(room: Rooms, contract: SharingContract, number: int) -> None:
    """One row for both organisations: counts summed, or what the contract sets for standby."""
    small = two_teams(room)
    small.add("cover", *(Cover(id=f"night-{each}", organisation=each, **NIGHT) for each in ("a", "b")))
    (row,) = on(cover_days(small.instance(), contract), 3)
    assert (row.minimum, row.wanted, row.nurses) == (number, number, {0, 1})


def test_pooled_standby_leaves_work_rows_alone(room: Rooms) -> None:
    """A contract that sets the number of standby duties says nothing of day rows."""
    small = two_teams(room)
    day = {"from_time": 480, "until_time": 780, "minimum": 1, "wanted": 2}
    small.add("cover", *(Cover(id=f"day-{each}", organisation=each, **day) for each in ("a", "b")))
    (row,) = on(cover_days(small.instance(), POOLED), 0)
    assert (row.minimum, row.wanted, row.duties) == (2, 4, {(0, 0)})


def test_rows_that_differ_are_not_merged(room: Rooms) -> None:
    """Another window or skill is another row, pooled or not."""
    small = two_teams(room)
    rows = (
        Cover(id="r1", organisation="a", from_time=480, until_time=780),
        Cover(id="r2", organisation="b", from_time=480, until_time=720),
        Cover(id="r3", organisation="b", from_time=480, until_time=780, skills=("iv",)),
    )
    assert len(on(cover_days(small.add("cover", *rows).instance(), PRESETS["joint"]), 0)) == 3


def test_only_experienced_nurses_with_the_skill_of_that_day_count(room: Rooms) -> None:
    """N1's skill ends on Tuesday; N3 is new; N4 a student."""
    small = two_teams(room).nurse("N3", experience="new").nurse("N4", experience="student", companion="N1")
    small.add("nurse_skills", NurseSkill(nurse="N1", skill="iv", valid_until=date(2026, 12, 8)))
    small.add("nurse_skills", *(NurseSkill(nurse=name, skill="iv") for name in ("N2", "N3", "N4")))
    small.add("cover", Cover(id="r", organisation="a", from_time=480, until_time=780, skills=("iv",)))
    rows = cover_days(small.instance(), PRESETS["joint"])
    assert [row.nurses for row in rows] == [{0, 1}, {0, 1}, {1}, {1}, {1}, {1}, {1}]


def test_a_duty_must_span_the_whole_window(room: Rooms) -> None:
    """07:00 to 15:30 holds 07:00 to 15:30 and not a minute more; other lanes never count."""
    small = two_teams(room).kind("S", "07:00", "15:30", lane="standby")
    for name, low, high in (("same", 420, 930), ("later", 420, 931), ("earlier", 419, 930)):
        small.add("cover", Cover(id=name, organisation="a", from_time=low, until_time=high, day=date(2026, 12, 9)))
    rows = cover_days(small.instance(), PRESETS["single"])
    assert {row.id: row.duties for row in rows} == {"same": {(2, 0)}, "later": set(), "earlier": set()}


def test_a_night_of_the_day_before_spans_a_morning(room: Rooms) -> None:
    """01:00 to 06:00 of Tuesday lies in Monday's night (day 0); Monday's own hours lie in nothing of this plan."""
    small = two_teams(room)
    small.add("cover", Cover(id="r", organisation="a", from_time=60, until_time=360, lane="standby"))
    rows = cover_days(small.instance(), PRESETS["single"])
    assert [row.duties for row in rows[:2]] == [set(), {(0, 1)}]


def test_weekdays_and_dates(room: Rooms) -> None:
    """A row holds on its weekdays, on its one date, or every day."""
    small = two_teams(room)
    small.add("cover", Cover(id="w", organisation="a", weekdays=("mon", "sat"), from_time=480, until_time=780))
    small.add("cover", Cover(id="d", organisation="a", day=date(2026, 12, 10), from_time=480, until_time=781))
    days = [(row.id, row.day) for row in cover_days(small.instance(), PRESETS["single"])]
    assert days == [("w", 0), ("w", 5), ("d", 3)]


def test_jobs_of_visits_and_tasks(room: Rooms) -> None:
    """A two-nurse visit is two jobs; latest start is the end less the minutes; tasks in routes come last."""
    small = room()
    windows = (Window(day=0, start=480, end=600), Window(day=1, start=1920, end=2040))
    small.visit("pair", 0, "08:00", "10:00", 45, nurses=2, second_check="on_site")
    small.visit("free", 0, "08:00", "10:00", 30, windows=windows, time_critical=True, second_check="remote")
    fields = {"kind": "depot", "organisation": "a", "day": date(2026, 12, 8), "from_time": 540, "until_time": 600}
    small.add("tasks", Task(id="in", minutes=15, priority="high", **fields), Task(id="out", minutes=60, nurse="N1",
              in_route=False, **fields))  # fmt: skip
    jobs = jobs_of(small.nurse().instance())
    assert [(job.id, job.part, job.minutes) for job in jobs] == [
        ("pair", 1, 45), ("pair", 2, 45), ("free", 1, 30), ("in", 1, 15),
    ]  # fmt: skip
    assert jobs[0].windows == ((480, 555, 0),)
    assert jobs[2].windows == ((480, 570, 0), (1920, 2010, 1))
    assert jobs[3].windows == ((1440 + 540, 1440 + 585, 1),)
    assert [job.unserved_term for job in jobs] == [
        "unserved_normal", "unserved_normal", "unserved_critical", "unserved_high",
    ]  # fmt: skip
    assert [job.remote_check for job in jobs] == [False, False, True, False]


def test_ties_join_first_parts_and_pairs(room: Rooms) -> None:
    """A pair starts at once by different nurses; a link joins parts 1; a link outside the horizon joins nothing."""
    small = room().visit("pair", 0, "08:00", "10:00", nurses=2).visit("next", 0, "16:00", "18:00")
    small.add("work_links", Link(id="l", first="pair", second="next", gap_min=420, gap_max=540, nurse="same"))
    small.add("work_links", Link(id="gone", first="pair", second="elsewhere", gap_min=0, gap_max=10))
    instance = small.instance()
    assert ties_of(instance, jobs_of(instance)) == (
        Tie(0, 1, 0, 0, "different", True),
        Tie(0, 2, 420, 540, "same", True),
    )


def test_contracts_by_name(room: Rooms) -> None:
    """The instance's own contract wins from the preset; an unknown name is refused with what there is."""
    own = SharingContract(name="joint", visits="all", cover="own", lending_minutes=5)
    instance = room().add("contracts", own).instance()
    assert contract_named(instance, "joint") is own
    assert contract_named(instance, "anw") == PRESETS["anw"]
    with pytest.raises(InputError, match="een afspraak: anw, .*joint, .*single"):
        contract_named(instance, "nobody")
    with pytest.raises(InputError, match="a contract: anw"):
        contract_named(instance, "nobody", "en")
