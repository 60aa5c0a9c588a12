"""The parts of the sharing graph, instances of fewer organisations, and coalitions."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instances.catalogue import locate
from instances.read import read_instance
from instances.write import write_instance
from optimiser.domain.calls import Area, CallSource, CallType
from optimiser.domain.duty import Cover, CycleDuty, GivenDuty, Override
from optimiser.domain.instance import TABLES, Instance, Organisation
from optimiser.domain.people import ClientNurse, NurseSkill, PastVisit
from optimiser.domain.sharing import PRESETS, Entry, Lent, SharingContract
from optimiser.domain.travel_matrix import SlowDay
from optimiser.domain.work import Link, Task
from optimiser.scenario.parts import coalition, components, part_of

Rooms = Callable[..., Any]
TOGETHER = ("contracts", "links", "work_links", "client_nurses", "past_visits", "travel_table")
"""Tables whose rows may name two parts (or all): what is between parts is in none."""


def four(room: Rooms) -> Any:
    """A room with organisations a, b, c and d."""
    small = room()
    for name in "cd":
        small.organisations[name] = Organisation(id=name, name=name)
    return small


@pytest.mark.parametrize(("contract", "parts"), [
    (PRESETS["single"], (("a",), ("b",), ("c",), ("d",))),
    (PRESETS["joint"], (("a", "b", "c", "d"),)),
    (PRESETS["cover"], (("a", "b", "c", "d"),)),
    (PRESETS["joint"].model_copy(update={"groups": (("d", "b"), ("a",))}), (("a",), ("b", "d"), ("c",))),
    (PRESETS["single"].model_copy(update={"groups": (("d", "b"),)}), (("a",), ("b",), ("c",), ("d",))),
    # c enters on the day after the horizon of one week, d on its last day
    (PRESETS["joint"].model_copy(update={"entries": (Entry(organisation="c", from_date=date(2026, 12, 14)),
                                                     Entry(organisation="d", from_date=date(2026, 12, 13)))}),
     (("a", "b", "d"), ("c",))),
])  # fmt: skip
def test_components(room: Rooms, contract: SharingContract, parts: tuple[tuple[str, ...], ...]) -> None:
    """Who shares nothing is alone; parts and their members come in the instance's order."""
    assert components(four(room).instance(), contract) == parts


def test_coalition_is_named_after_its_members_and_keeps_groups_apart() -> None:
    """A coalition of a and c under a contract in which they share nothing stays two organisations."""
    joint = PRESETS["joint"].model_copy(update={
        "own_by_day": ("a", "b"), "most_lent": (Lent(organisation="b", hours_per_week=4),),
    })  # fmt: skip
    made = coalition(joint, ("c", "a"))
    assert (made.name, made.groups, made.own_by_day, made.most_lent) == ("joint.a.c", (("a", "c"),), ("a",), ())
    grouped = coalition(joint.model_copy(update={"groups": (("a", "b"), ("c", "d"))}), ("a", "c", "d", "e"))
    assert grouped.groups == (("a",), ("c", "d"), ("e",))


def test_long_coalitions_have_a_name_that_an_id_allows() -> None:
    """Ten long ids give a name of at most 60 characters, the same for the same members, another for others."""
    members = [f"organisation-{number}" for number in range(10)]
    made = coalition(PRESETS["joint"], members)
    assert SharingContract.model_validate(made.model_dump()) == made
    assert made.name == coalition(PRESETS["joint"], members[::-1]).name != coalition(PRESETS["joint"], members[1:]).name


def test_what_lies_between_parts(room: Rooms) -> None:
    """A task goes with its nurse, a student without her companion is left out, ties between parts are in neither."""
    small = room().nurse("N1").nurse("N2", organisation="b")
    small.nurse("S1", experience="student", companion="N2").nurse("S2", experience="student", companion="N1")
    small.client("CB", organisation="b").visit("va", 0, "08:00", "10:00").visit("vb", 0, "12:00", "14:00", client="CB")
    small.kind("D", "07:00", "15:30", organisations=("b",)).kind("E", "07:00", "15:30", organisations=("a", "b"))
    small.kind("F", "07:00", "15:30", organisations=("b",))
    day = date(2026, 12, 8)
    small.add("duties_given", GivenDuty(nurse="N1", kind="F", day=day, status="base"))
    fields = {"kind": "meeting", "day": day, "from_time": 600, "until_time": 660, "minutes": 60}
    small.add("tasks", Task(id="t", organisation="b", nurse="N1", in_route=False, **fields))
    small.add("work_links", Link(id="l", first="va", second="vb", gap_min=0, gap_max=600))
    small.add("client_nurses", ClientNurse(client="CB", nurse="N1", relation="known"))
    small.add("past_visits", PastVisit(client="CB", nurse="N1", day=date(2026, 12, 1)))
    small.add("nurse_skills", NurseSkill(nurse="N2", skill="iv"))
    small.add("overrides", *(Override(rule="rest.daily", nurse=nurse, first=day, last=day, reason="afgesproken")
                             for nurse in ("N1", "N2", None)))
    small.add("slow_days", SlowDay(day=day, percent=150, under_way=("N1", "N2")))
    small.add("travel_table", ("home-N1", "home-N2", "car", "", 9, 900), ("home-N1", "at-C-va", "car", "", 5, 500))
    small.place("depot")
    part = part_of(small.instance(), ("a",))
    assert [each.id for each in part.nurses] == ["N1", "S2"] and [each.id for each in part.visits] == ["va"]
    assert [(each.id, each.organisation) for each in part.tasks] == [("t", "a")]
    assert (part.work_links, part.client_nurses, part.past_visits, part.nurse_skills) == ((), (), (), ())
    # D is b's alone; of E the part keeps its own user; F is used by a duty that the tables name
    assert [(each.id, each.organisations) for each in part.shift_kinds] == [("E", ("a",)), ("F", ("a",))]
    assert [each.nurse for each in part.overrides] == ["N1", None] and part.slow_days[0].under_way == ("N1",)
    assert [each.id for each in part.places] == ["home-N1", "home-S2", "at-C-va", "depot"]
    assert part.travel_table == (("home-N1", "at-C-va", "car", "", 5, 500),)
    assert part.name == "small.a" and list(part.nurse_by_id) == ["N1", "S2"]
    with pytest.raises(ValueError, match="a, b"):
        part_of(small.instance(), ("a", "x"))


def test_calls_and_areas_of_a_part(room: Rooms) -> None:
    """By hand: a part has its own sources; an area that is of others only leaves with its kinds, cover rows, given
    duties and cycles; where nobody in the part waits or goes to is left out."""
    small = room().nurse("N1").nurse("N2", organisation="b")
    for place in ("post", "site-a", "site-b"):
        small.place(place)
    small.kind("OA", "17:00", "23:00", lane="standby", line=1, area="both")
    small.kind("OB", "17:00", "23:00", lane="standby", line=1, area="theirs", waits_at="post")
    small.add("areas", Area(id="both", name="Both", organisations=("a", "b")),
              Area(id="theirs", name="Theirs", organisations=("b",)), Area(id="any", name="Any"))
    small.add("call_types", CallType(id="alarm", name="Alarm"))
    small.add("call_sources", *(CallSource(id=each, organisation=each, type="alarm", place=f"site-{each}",
                                           weekly_millicalls=1000) for each in ("a", "b")))
    small.add("cover", *(Cover(id=each, organisation="a", from_time=1020, until_time=1380, lane="standby", area=each)
                         for each in ("both", "theirs")))
    small.add("duties_given", *(GivenDuty(nurse="N1", kind=kind, day=date(2026, 12, 8), status="base")
                                for kind in ("OA", "OB")))
    row = {"nurse": "N1", "weeks": 2, "week": 1, "weekday": "mon", "first_monday": date(2026, 12, 7)}
    small.add("cycles", *(CycleDuty(kind=kind, **row) for kind in ("OA", "OB")))
    part = part_of(small.instance(), ("a",))
    assert [(each.id, each.organisations) for each in part.areas] == [("both", ("a",)), ("any", ())]
    assert [each.id for each in part.call_sources] == ["a"] and len(part.call_types) == 1
    assert [each.id for each in part.shift_kinds] == ["OA"] and [each.id for each in part.cover] == ["both"]
    assert [each.kind for each in part.duties_given] == ["OA"] and [each.kind for each in part.cycles] == ["OA"]
    assert [each.id for each in part.places] == ["home-N1", "site-a"]


@pytest.mark.parametrize("name", ["six_nurses", "vtt_rijnmond", "apeldoorn_anw", "friesland_anw"])
def test_single_parts_together_are_the_instance(name: str, tmp_path: Path) -> None:
    """Every row of every table is in exactly the parts it belongs to, and each part can be written and read again."""
    instance = read_instance(locate(name))
    parts = [part_of(instance, part) for part in components(instance, PRESETS["single"])]
    assert len(parts) == len(instance.organisations)
    union_is_whole(instance, parts)
    for part in parts:
        folder = tmp_path / part.name
        write_instance(part, folder)
        again = read_instance(folder)
        assert (again.visits, again.work_links, again.places) == (part.visits, part.work_links, part.places)


def union_is_whole(instance: Instance, parts: list[Instance]) -> None:
    """The rows of all parts are those of the instance, but for what lies between parts."""
    for table in (*TABLES, "visits", "work_links", "slow_days"):
        rows = {repr(each): each for part in parts for each in getattr(part, table)}
        whole = {repr(each) for each in getattr(instance, table)}
        assert set(rows) <= whole if table in TOGETHER else set(rows) == whole, table
    for one, other in combinations(parts, 2):
        assert not set(one.nurse_by_id) & set(other.nurse_by_id) and not set(one.visit_by_id) & set(other.visit_by_id)
        assert not {each.id for each in one.cover} & {each.id for each in other.cover}


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_random_parts_together_are_the_instance(seed: int, room: Rooms) -> None:
    """Random organisations with people, work, cover and relations between any of them: nothing is lost or doubled,
    and nothing in a part names what is not in it."""
    chance = random.Random(seed)
    small = four(room)
    names = list(small.organisations)
    for number in range(chance.randint(1, 8)):
        small.nurse(f"N{number}", organisation=chance.choice(names))
        small.client(f"C{number}", organisation=chance.choice(names))
        small.visit(f"v{number}", chance.randrange(7), "08:00", "10:00", client=f"C{chance.randint(0, number)}")
        small.add("cover", Cover(id=f"r{number}", organisation=chance.choice(names), from_time=480, until_time=780))
        task = {"kind": "depot", "day": small.monday + timedelta(days=1), "from_time": 540, "until_time": 600}
        small.add("tasks", Task(id=f"t{number}", organisation=chance.choice(names), minutes=15, **task))
        one, other = (chance.randint(0, number) for _ in range(2))
        small.add("client_nurses", ClientNurse(client=f"C{one}", nurse=f"N{other}", relation="known"))
        small.add("work_links", Link(id=f"l{number}", first=f"v{one}", second=f"t{other}", gap_min=0, gap_max=60))
    instance = small.instance()
    parts = [part_of(instance, part) for part in components(instance, PRESETS["single"])]
    union_is_whole(instance, parts)
    for part in parts:
        work = {*part.visit_by_id, *part.task_by_id}
        assert all(each.client in part.client_by_id and each.nurse in part.nurse_by_id for each in part.client_nurses)
        assert all(each.first in work and each.second in work for each in part.work_links)
        assert all(each.client in part.client_by_id for each in part.visits)
        used = {*(each.home for each in part.nurses), *(each.place for each in part.clients)}
        assert used <= set(part.place_by_id)
    assert part_of(instance, names) == instance
