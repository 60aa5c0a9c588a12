"""Who may serve what: each condition of the plan language (13 to 15) just inside and just outside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from optimiser.domain.people import ClientNurse, NurseSkill, PastVisit
from optimiser.domain.problem import FORBIDDEN
from optimiser.domain.sharing import PRESETS, SharingContract
from optimiser.domain.work import Task, Window
from optimiser.scenario.jobs import jobs_of
from optimiser.scenario.may_serve import may_serve

Rooms = Callable[..., Any]
MONDAY = date(2026, 12, 7)
TUESDAY = MONDAY + timedelta(days=1)


def table(room: Any, contract: str | SharingContract = "joint") -> dict[tuple[str, int], np.ndarray]:
    """(work, part) -> costs [windows, nurses] under a contract."""
    instance = room.instance()
    jobs = jobs_of(instance)
    chosen = PRESETS[contract] if isinstance(contract, str) else contract
    tables = may_serve(instance, chosen, jobs)
    assert all(each.dtype == np.int32 for each in tables)
    return {(job.id, job.part): each for job, each in zip(jobs, tables, strict=True)}


def one(room: Any, contract: str | SharingContract = "joint", part: int = 1) -> int:
    """The only cost there is: visit v, nurse N1."""
    return int(table(room, contract)["v", part][0, 0])


@pytest.mark.parametrize(
    ("valid", "expected"),
    [
        ((None, None), 0),
        ((None, TUESDAY), 0),  # the last day is included
        ((None, MONDAY), FORBIDDEN),
        ((TUESDAY, None), 0),  # so is the first
        ((TUESDAY + timedelta(days=1), None), FORBIDDEN),
    ],
)
def test_a_skill_counts_from_its_first_to_its_last_day(
    room: Rooms, valid: tuple[date | None, date | None], expected: int
) -> None:
    """The visit is on Tuesday; both dates of the skill are included."""
    small = room().nurse().visit("v", 1, "08:00", "09:00", skills=("iv",))
    small.add("nurse_skills", NurseSkill(nurse="N1", skill="iv", valid_from=valid[0], valid_until=valid[1]))
    assert one(small) == expected


def test_every_skill_of_the_visit_is_needed(room: Rooms) -> None:
    """One of two skills is not enough; a renewed skill is one skill."""
    small = room().nurse().visit("v", 1, "08:00", "09:00", skills=("iv", "picc"))
    small.add("nurse_skills", NurseSkill(nurse="N1", skill="iv", valid_until=MONDAY))
    assert one(small) == FORBIDDEN
    small.add("nurse_skills", NurseSkill(nurse="N1", skill="picc"))
    assert one(small) == FORBIDDEN
    small.add("nurse_skills", NurseSkill(nurse="N1", skill="iv", valid_from=TUESDAY))
    assert one(small) == 0


def test_a_start_may_not_pass_the_end_of_a_skill(room: Rooms) -> None:
    """A start between 23:30 and 00:30 needs the skill on both dates; one that is over by midnight on the first only."""
    skill = NurseSkill(nurse="N1", skill="iv", valid_until=TUESDAY)
    late = room().nurse().visit("v", 1, "23:30", "25:00", skills=("iv",)).add("nurse_skills", skill)
    assert one(late) == FORBIDDEN
    early = room().nurse().visit("v", 1, "23:00", "24:15", skills=("iv",)).add("nurse_skills", skill)
    assert one(early) == 0


@pytest.mark.parametrize(("level", "expected"), [(4, 0), (3, FORBIDDEN)])
def test_level_is_at_least_the_visits(room: Rooms, level: int, expected: int) -> None:
    """A nurse of level 3 may not do a visit of level 4, as first or as second nurse."""
    small = room().nurse(level=level).visit("v", 0, "08:00", "09:00", level=4, nurses=2)
    assert one(small) == one(small, part=2) == expected


def test_a_banned_nurse_stays_away(room: Rooms) -> None:
    """In both parts; another client's ban does not matter."""
    small = room().nurse().visit("v", 0, "08:00", "09:00", nurses=2).visit("w", 0, "08:00", "09:00")
    small.add("client_nurses", ClientNurse(client="C-v", nurse="N1", relation="banned"))
    costs = table(small)
    assert [int(costs[key][0, 0]) for key in (("v", 1), ("v", 2), ("w", 1))] == [FORBIDDEN, FORBIDDEN, 0]


@pytest.mark.parametrize(
    ("wish", "nurse", "expected"),
    [
        ({"sex_wish": "f"}, {"sex": "f"}, 0),
        ({"sex_wish": "f"}, {"sex": "m"}, FORBIDDEN),
        ({"sex_wish": "f"}, {}, FORBIDDEN),
        ({"language_wish": "turks"}, {"languages": ("fries", "turks")}, 0),
        ({"language_wish": "turks"}, {"languages": ("fries",)}, FORBIDDEN),
    ],
)
def test_sex_and_language_wishes_hold_for_the_first_part(
    room: Rooms, wish: dict[str, str], nurse: dict[str, Any], expected: int
) -> None:
    """The second nurse only helps: anyone will do."""
    small = room().nurse(**nurse).client("C-v", **wish).visit("v", 0, "08:00", "09:00", nurses=2)
    assert (one(small), one(small, part=2)) == (expected, 0)


@pytest.mark.parametrize(
    ("needed", "dates", "expected"),
    [
        (True, (None, None), FORBIDDEN),  # there is none
        (True, (TUESDAY, TUESDAY), 0),
        (True, (None, MONDAY), FORBIDDEN),
        (True, (TUESDAY + timedelta(days=1), None), FORBIDDEN),
        (False, (None, MONDAY), 0),
    ],
)
def test_the_order_form_is_valid_on_the_day(
    room: Rooms, needed: bool, dates: tuple[date | None, date | None], expected: int
) -> None:
    """Only acts that need one; the visit is on Tuesday."""
    fields = {"order_form_needed": needed, "order_form_from": dates[0], "order_form_until": dates[1]}
    assert one(room().nurse().visit("v", 1, "08:00", "09:00", **fields)) == expected


def test_new_colleagues_and_students(room: Rooms) -> None:
    """A new colleague may only be the second nurse; a student serves nothing by herself."""
    small = room().nurse("N1").nurse("N2", experience="new").nurse("N3", experience="student", companion="N1")
    costs = table(small.visit("v", 0, "08:00", "09:00", nurses=2))
    assert costs["v", 1].tolist() == [[0, FORBIDDEN, FORBIDDEN]]
    assert costs["v", 2].tolist() == [[0, 0, FORBIDDEN]]


def test_the_second_nurse_needs_level_but_no_skill(room: Rooms) -> None:
    """For two-nurse visits both parts need level; skills only part 1."""
    small = room().nurse().visit("v", 0, "08:00", "09:00", nurses=2, skills=("iv",))
    assert (one(small), one(small, part=2)) == (FORBIDDEN, 0)


# Monday (day 0) to Sunday (day 6); ANW is everything outside Monday to Friday 07:00 to 18:00.
@pytest.mark.parametrize(
    ("contract", "day", "opens", "allowed"),
    [
        ("single", 0, "20:00", False),
        ("joint", 0, "12:00", True),
        ("anw", 0, "12:00", False),
        ("anw", 0, "06:59", True),
        ("anw", 0, "07:00", False),
        ("anw", 4, "17:59", False),
        ("anw", 4, "18:00", True),
        ("anw", 5, "12:00", True),
        ("anw", 6, "12:00", True),
        ("anw", 4, "24:00", True),
    ],
)
def test_the_contract_says_whose_clients_are_shared(
    room: Rooms, contract: str, day: int, opens: str, allowed: bool
) -> None:
    """N1 is of organisation a, N2 of b, the client of a: N1 always may; N2 as far as the contract shares."""
    hours, minutes = opens.split(":")
    small = room().nurse("N1").nurse("N2", organisation="b")
    costs = table(small.visit("v", day, opens, f"{int(hours) + 2}:{minutes}"), contract)["v", 1]
    assert costs.tolist() == [[0, 0 if allowed else FORBIDDEN]]


def test_each_window_of_a_free_day_is_judged_by_itself(room: Rooms) -> None:
    """Under anw a visit on Friday or Saturday may be done by the other organisation on Saturday only."""
    small = room().nurse("N1").nurse("N2", organisation="b")
    windows = tuple(Window(day=day, start=small.at(day, "09:00"), end=small.at(day, "12:00")) for day in (4, 5))
    costs = table(small.visit("v", 4, "09:00", "12:00", windows=windows), "anw")["v", 1]
    assert costs.tolist() == [[0, FORBIDDEN], [0, 0]]


def test_lending_has_a_price(room: Rooms) -> None:
    """lending_minutes of the contract times the weight, on another organisation's nurse only."""
    contract = SharingContract(name="paid", visits="all", cover="pooled", lending_minutes=7)
    small = room().nurse("N1").nurse("N2", organisation="b").visit("v", 0, "08:00", "09:00")
    assert table(small, contract)["v", 1].tolist() == [[0, 7]]


def test_strange_faces_have_a_price(room: Rooms) -> None:
    """N1 is preferred (0), N2 known (not preferred 2), N3 of the past (2), N4 a stranger (2 + 5)."""
    small = room().nurse("N1").nurse("N2").nurse("N3").nurse("N4")
    small.visit("v", 0, "08:00", "09:00").visit("w", 0, "08:00", "09:00").visit("x", 0, "08:00", "09:00")
    small.add("client_nurses", ClientNurse(client="C-v", nurse="N1", relation="preferred"))
    small.add("client_nurses", ClientNurse(client="C-v", nurse="N2", relation="known"))
    small.add("past_visits", PastVisit(client="C-v", nurse="N3", day=MONDAY - timedelta(days=3)))
    small.add("client_nurses", ClientNurse(client="C-w", nurse="N2", relation="known"))
    costs = table(small)
    assert costs["v", 1].tolist() == [[0, 2, 2, 7]]
    # nobody preferred: only strangers cost; nobody at all: nothing does
    assert costs["w", 1].tolist() == [[5, 0, 5, 5]]
    assert costs["x", 1].tolist() == [[0, 0, 0, 0]]


def test_tasks_are_for_the_named_nurse_or_the_skilled_of_the_organisation(room: Rooms) -> None:
    """Plan language 15: the named nurse, else an experienced nurse of the organisation with the skills."""
    small = room().nurse("N1").nurse("N2", organisation="b").nurse("N3", experience="new").nurse("N4")
    small.add("nurse_skills", *(NurseSkill(nurse=name, skill="iv") for name in ("N1", "N2", "N3")))
    fields = {"kind": "pharmacy", "organisation": "a", "day": MONDAY, "from_time": 480, "until_time": 600, "minutes": 9}
    small.add("tasks", Task(id="free", skills=("iv",), **fields), Task(id="named", nurse="N4", **fields))
    costs = table(small)
    assert costs["free", 1].tolist() == [[0, FORBIDDEN, FORBIDDEN, FORBIDDEN]]
    assert costs["named", 1].tolist() == [[FORBIDDEN, FORBIDDEN, FORBIDDEN, 0]]
