"""What ``show`` prints: each figure of a tiny week by hand, and tables in both languages."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from optimiser.domain.duty import Cover, ShiftKind
from optimiser.domain.instance import Instance, Organisation
from optimiser.domain.people import Availability, Client, Nurse, NurseSkill
from optimiser.domain.place import Place
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.domain.work import Act, Link, Task, Visit, Window
from optimiser.report.demand import Demand, demand, demand_tables
from optimiser.report.week_shape import week_shape
from optimiser.texts import LANGUAGES

MONDAY = date(2026, 12, 7)
PLACES = ("h1", "h2", "h3", "c1", "c2", "c3")


def nurse(name: str, home: str, hours: int, **more: object) -> Nurse:
    """A nurse of the one organisation."""
    rest = {"organisation": "o", "home": home, "contract_minutes": 60 * hours, "born": date(1990, 1, 1)}
    return Nurse.model_validate({"id": name} | rest | more)


def visit(name: str, client: str, day: int, start: int, end: int, minutes: int, **more: object) -> Visit:
    """A visit with one window on one day (clock minutes)."""
    window = Window(day=day, start=1440 * day + start, end=1440 * day + end)
    return Visit.model_validate(
        {"id": name, "client": client, "acts": ("a",), "windows": (window,), "minutes": minutes} | more
    )


@pytest.fixture(scope="module")
def instance() -> Instance:
    """Three nurses (one a student), three clients, five visits."""
    free = tuple(Window(day=day, start=1440 * day + 540, end=1440 * day + 720) for day in range(3))
    return Instance(
        name="klein", first_monday=MONDAY, weeks=1, organisations=(Organisation(id="o", name="O"),),
        places=tuple(
            Place(id=each, kind="home" if each[0] == "h" else "client", latitude=51.9, longitude=4.4) for each in PLACES
        ),
        nurses=(
            nurse("n1", "h1", 32), nurse("n2", "h2", 24, categories=("day",)),
            nurse("n3", "h3", 30, experience="student", companion="n1"),
        ),
        nurse_skills=(
            NurseSkill(nurse="n1", skill="s"), NurseSkill(nurse="n2", skill="s", valid_until=date(2026, 12, 1)),
        ),
        availability=(
            Availability(nurse="n1", kind="leave", first=date(2026, 12, 5), last=date(2026, 12, 8),
                         minutes_per_day=120),
            Availability(nurse="n2", kind="sick", first=MONDAY, last=MONDAY, minutes_per_day=300),
            Availability(nurse="n3", kind="leave", first=MONDAY, last=MONDAY, minutes_per_day=300),
        ),
        acts=(Act(id="a", name="A", minutes=25),),
        clients=tuple(Client(id=f"k{n}", organisation="o", place=f"c{n}") for n in (1, 2, 3)),
        tasks=(
            Task(id="t1", kind="meeting", organisation="o", nurse="n1", day=MONDAY, from_time=960, until_time=1020,
                 minutes=60, in_route=False),
            Task(id="t2", kind="telephone", organisation="o", day=MONDAY, from_time=540, until_time=720, minutes=20),
        ),
        shift_kinds=(
            ShiftKind(id="D", code="D", name="D", category="day", start=420, end=930, break_minutes=30, break_from=600,
                      break_until=780),
            ShiftKind(id="K", code="K", name="K", category="day", start=480, end=720),
            ShiftKind(id="B", code="B", name="B", category="night", lane="standby", start=1380, end=1860,
                      expected_call_minutes=60),
        ),
        cover=(Cover(id="b", organisation="o", from_time=1380, until_time=1860, lane="standby"),),
        visits=(
            visit("v1", "k1", 0, 480, 600, 30, skills=("s",)), visit("v2", "k2", 0, 480, 600, 40, nurses=2),
            visit("v3", "k3", 0, 540, 700, 30), visit("v4", "k1", 0, 1080, 1200, 30, skills=("s",), time_critical=True),
            Visit(id="v5", client="k2", acts=("a",), windows=free, minutes=30),
        ),
        work_links=(Link(id="l", first="v1", second="v4", gap_min=0, gap_max=900),),
    )  # fmt: skip


@pytest.fixture(scope="module")
def found(instance: Instance) -> Demand:
    """Demand by car: c1-c2 takes 10 minutes, c1-c3 20, c2-c3 30; one minute to anywhere else."""
    minutes = np.ones((6, 6), dtype=np.int32)
    for one, other, length in ((3, 4, 10), (3, 5, 20), (4, 5, 30)):
        minutes[one, other] = minutes[other, one] = length
    np.fill_diagonal(minutes, 0)
    slices = {("car", part): minutes for part in ("day", "evening", "night")}
    return demand(instance, TravelMatrix("test", PLACES, slices, slices))  # type: ignore[arg-type]


def test_hours_fall_from_gross_to_net(found: Demand) -> None:
    """Gross 56 h (no student); leave 2 x 120 inside the week; sick 300; meeting 60: net 3360 - 600 = 2760."""
    hours = found.hours
    assert (hours.gross, hours.leave, hours.absence, hours.training, hours.meetings) == (3360, 240, 300, 0, 60)
    assert hours.net == hours.solo_net == 3360 - 240 - 300 - 60


def test_needed_hours(found: Demand) -> None:
    """Visits 30 + 2 x 40 + 30 + 30 + 30 = 200. Travel on Monday by day: v1 (10 + 20) / 2 = 15, v2 (10 + 30) / 2 = 20
    twice, v3 25: 80; v4 alone in the evening and v5 alone on Tuesday: 0. Duties of 480 and 240 minutes, less
    handover 10: (200 + 80 + 20) / 350, times 10 is 9 minutes of handover."""
    hours = found.hours
    assert (hours.visits, hours.travel, hours.tasks, hours.handover, hours.presence) == (200, 80, 20, 9, 0)
    assert hours.needed == 309 and hours.room == 2760 - 309
    assert [each.parts for each in found.parts] == [5, 1, 0]
    assert found.parts[0].travel_each == 80 / 5


def test_standby_stands_apart(found: Demand) -> None:
    """Seven nights of eight hours on call, with an hour of calls each."""
    assert (found.hours.standby, found.hours.calls) == (7 * 480, 7 * 60)


def test_skills(found: Demand) -> None:
    """Only n1 holds the skill this week: 30 by day, 30 in the evening. Her net is 1920 - 240 - 60 = 1620; visits are
    200 / 309 of duty time; the day has 170 + 80 = 250 of 280 minutes of work, the evening 30."""
    (skill,) = found.skills
    assert skill.holders == {"o": 1} and skill.demand == {"day": 30, "evening": 30, "night": 0}
    assert skill.capacity["day"] == round(1620 * 200 / 309 * 250 / 280)
    assert skill.capacity["evening"] == round(1620 * 200 / 309 * 30 / 280)


def test_who_may_work_when(found: Demand) -> None:
    """n2 works by day only; the student counts nowhere."""
    assert found.part_nurses == {"day": 2, "evening": 1, "night": 1}
    assert found.part_net["evening"] == 1620


def test_shape(instance: Instance) -> None:
    """One tied pair and one loose two-nurse visit are two groups; one visit of five has free days; spreads are
    window less length: v1 90, v2 80, v3 130, v4 90, v5 150."""
    shape = week_shape(instance)
    assert shape.linked_groups == 2 and shape.free_day_visits == 1 and shape.free_day_share == 0.2
    # one spread for each window: 80 90 90 130 150 150 150
    assert shape.start_spread == (80, 130, 150)
    assert shape.evening_visits == (0, 1 / 7, 1) and shape.night_visits == (0, 0, 0)
    assert (shape.visits, shape.visit_minutes, shape.two_nurse_visits, shape.time_critical) == (5, 200, 1, 1)
    assert (shape.nurses, shape.students, shape.contract_minutes) == (3, 1, 3360)
    assert shape.kind_lengths == (240, 510) and shape.standby_nights == 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables(found: Demand, language: str) -> None:
    """Every table has a title, and rows as wide as its headings; Dutch writes decimal commas."""
    tables = demand_tables(found, language)  # type: ignore[arg-type]
    assert len(tables) == 5
    for table in tables:
        assert table.title and table.rows
        assert all(len(row) == len(table.headings) for row in table.rows)
    cells = {cell for table in tables for row in table.rows for cell in row}
    assert ("56,0" if language == "nl" else "56.0") in cells
