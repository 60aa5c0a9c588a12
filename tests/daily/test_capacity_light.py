"""Free capacity as a traffic light: counts solved by hand, and nothing in any output that points at a person.

All places are one point: every trip by car takes 5 minutes, also between two clients of one area.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from instances.expand import expanded
from instances.plans import read_plan
from maps.capacity_light import capacity_page
from optimiser.daily.capacity_areas import areas_of
from optimiser.daily.capacity_light import CapacitySettings, capacity_light, skills_of
from optimiser.daily.capacity_room import Gap, Ways, gaps_of, visits_that_fit, ways_of
from optimiser.domain.instance import Instance
from optimiser.domain.people import NurseSkill
from optimiser.domain.place import District
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.sharing import PRESETS
from optimiser.domain.work import Act, EditedVisit, Window
from optimiser.explain.insertion import insertions
from optimiser.explain.present import Present
from optimiser.explain.road import roads_of
from optimiser.report.capacity_light import (
    CapacityLight,
    area_name,
    capacity_csv,
    capacity_json,
    capacity_rows,
    capacity_sentences,
    light_of,
)
from optimiser.travel.engine import travel_matrix

Rooms = Callable[..., Any]
ACTS = (
    Act(id="wash", name="Wash", minutes=30, reserved=False, level=2),
    Act(id="drip", name="Drip", minutes=30, skills=("iv",), level=4),
)


def district(code: str, town: str, inhabitants: int = 100) -> District:
    """A district at the point where all is."""
    return District(id=code, name=f"Buurt {code[-2:]}", municipality=town, latitude=52.0, longitude=5.0,
                    inhabitants=inhabitants, inhabitants_65plus=0, area_hectares=0)  # fmt: skip


@pytest.fixture
def team(room: Rooms) -> Any:
    """Six clients of one wijk; duties of four hours without a break; no handover and no reporting."""
    made = room(reporting_minutes=0, handover_minutes=0).kind("D", "08:00", "12:00", carries_route=True)
    made.kind("P", "08:00", "12:30", 30, carries_route=True, break_from="09:00", break_until="12:00")
    for number in range(6):
        made.client(f"CLIENT-{number}")
    return made.add("districts", district("BU00010101", "Dorp"))


def tables(team: Any) -> Instance:
    """The instance; every client asks a visit on Sunday, and lives in the one district unless it has another."""
    found = team.instance().model_copy(update={"acts": ACTS})
    known = getattr(team, "where", {})
    places = tuple(each.model_copy(update={"district": known.get(each.id, "BU00010101")}) for each in found.places)
    asked = tuple(
        EditedVisit(id=f"ASK-{each.id}", client=each.id, acts=("wash",), day=team.day(6), from_time=600, until_time=700)
        for each in found.clients
    )
    return expanded(found.model_copy(update={"places": places, "edited_visits": (*found.edited_visits, *asked)}))


def told(team: Any) -> Plan:
    """The plan under the room's contract."""
    return team.plan().model_copy(update={"contract": team.contract})


def lights(team: Any, at: int = 0, **settings: Any) -> CapacityLight:
    """What is free from that minute on."""
    return capacity_light(tables(team), told(team), at, 7, CapacitySettings(**settings))


def count(found: CapacityLight, skill: str = "", day: int = 0) -> int:
    """The visits of the one area."""
    return found.by_key[skill, found.areas[0], found.days[day]].visits


def visit(team: Any, name: str, low: int, high: int) -> None:
    """A visit on Monday to the first client."""
    team.add("edited_visits", EditedVisit(id=name, client="CLIENT-0", acts=("wash",), day=team.day(0), from_time=low,
                                          until_time=high))  # fmt: skip


def test_an_empty_duty(team: Any) -> None:
    """240 minutes, home legs outside: 30 + 6 x (5 + 30) = 240, so 7 visits."""
    found = lights(team.duty("N1", "D", 0))
    assert count(found) == 7
    assert found.by_key["", found.areas[0], found.days[0]].light == "green"
    assert count(found, day=1) == 0


def test_what_stands_keeps_its_minute(team: Any) -> None:
    """A visit at 09:00 to 09:30. Before it 60 minutes with 5 to it: 30, and 25 left: 1. After it 150 with 5 to the
    first: 1 + 115 // 35 = 4. In all 5."""
    visit(team, "V", 540, 570)
    team.duty("N1", "D", 0, team.stop("V", 0, "09:00"))
    assert count(lights(team)) == 5


def test_the_break_stands(team: Any) -> None:
    """A visit at 08:00, the break from 10:00 to 10:30, a visit at 12:00 to 12:30. Between: 90 minutes before the break,
    with 5 to it 1 + 55 // 35 = 2; after it 90 minutes, 5 away: 2 as well; the better of both counts."""
    visit(team, "V", 480, 510)
    visit(team, "W", 720, 750)
    team.duty("N1", "P", 0, team.stop("V", 0, "08:00"), team.stop("break", 0, "10:00", what="break"),
              team.stop("W", 0, "12:00"))  # fmt: skip
    assert count(lights(team)) == 2


def test_a_break_that_is_due_comes_off(team: Any) -> None:
    """270 minutes less 30: as an empty duty of four hours."""
    assert count(lights(team.duty("N1", "P", 0))) == 7


def test_what_is_past_is_not_free(team: Any) -> None:
    """From 11:00 on 60 minutes are left: 30 and 5 to the next leave 25. One."""
    team.duty("N1", "D", 0)
    assert count(lights(team, team.at(0, "11:00"))) == 1


def test_skill_level_and_experience(team: Any) -> None:
    """The drip needs the skill, valid that day, and level 4; washing level 2; who is new counts nowhere."""
    team.nurse("N1").nurse("N2", level=3).nurse("N3", experience="new")
    for nurse in ("N1", "N2", "N3"):
        team.duty(nurse, "D", 0)
        team.add("nurse_skills", NurseSkill(nurse=nurse, skill="iv", valid_until=team.day(0)))
    team.duty("N1", "D", 1)
    found = lights(team)
    assert skills_of(tables(team)) == {"": 2, "iv": 4}
    assert (count(found), count(found, "iv")) == (14, 7)
    assert (count(found, day=1), count(found, "iv", 1)) == (7, 0)


def test_without_sharing_the_best_organisation_counts(team: Any) -> None:
    """One of a and two of b: 14 of b where nothing is shared, else 21."""
    team.nurse("N1").nurse("N2", organisation="b").nurse("N3", organisation="b")
    for nurse in ("N1", "N2", "N3"):
        team.duty(nurse, "D", 0)
    assert count(lights(team)) == 21
    team.contract = PRESETS["single"]
    assert count(lights(team)) == 14


def test_the_rule_of_the_lights(team: Any) -> None:
    """Four or more are green, none is red; the week is what most days are."""
    assert [light_of(number, 4) for number in (0, 1, 3, 4)] == ["red", "orange", "orange", "green"]
    for day in range(4):
        team.duty("N1", "D", day)
    found = lights(team)
    assert found.week("", found.areas[0]) == "green"
    assert lights(team, green=8).week("", found.areas[0]) == "orange"
    assert found.week("iv", found.areas[0]) == "red"


def test_only_days_with_a_roster(team: Any) -> None:
    """From Friday on three days are left, and that is said."""
    found = lights(team, team.at(4, "00:00"))
    assert len(found.days) == 3
    assert any("2026-12-13" in line for line in capacity_sentences(found, "en"))
    after = lights(team, team.at(9, "00:00"))
    assert after.days == () and "<html" in capacity_page(after)


def test_small_areas_are_put_together(room: Rooms) -> None:
    """A wijk of five stands by itself; four of another are the rest of the town; three of a village and three without
    a district are the rest of all; two alone would be hidden."""
    team = room()
    team.where = {}
    for name, code, clients in (("a", "BU00010101", 5), ("b", "BU00010205", 4), ("c", "BU00010301", 1),
                                ("d", "BU00020101", 3), ("e", "", 3)):  # fmt: skip
        for number in range(clients):
            team.client(f"{name}{number}")
            team.where[f"at-{name}{number}"] = code
    team.add("districts", *(district(code, town) for code, town in (
        ("BU00010101", "Stad"), ("BU00010205", "Stad"), ("BU00010301", "Stad"), ("BU00020101", "Dorp"))))  # fmt: skip
    found = areas_of(tables(team), 5)
    sizes = {name: len(places) for name, places in found.places.items()}
    assert sizes == {"wijk:Stad, Buurt 01 (WK000101)": 5, "rest:Stad": 5, "rest": 6}
    assert (found.merged, found.hidden) == (True, False)
    assert [area_name(name, "en") for name in sizes] == [
        "Stad, Buurt 01 (WK000101) and around", "Stad, other", "other areas"
    ]  # fmt: skip
    few = areas_of(tables(team), 7)
    assert {name: len(places) for name, places in few.places.items()} == {"Stad": 10}
    assert few.hidden is True


def test_nothing_but_hidden_areas(team: Any) -> None:
    """Six clients where seven are needed: no area, no cell, and it is said."""
    found = lights(team.duty("N1", "D", 0), least_clients=7)
    assert (found.areas, found.cells, found.hidden) == ((), (), True)
    assert len(capacity_sentences(found, "nl")) > 3
    assert "<html" in capacity_page(found)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_person_in_any_output(team: Any, language: Any) -> None:
    """No id of a client, nurse, place or visit is in the page, the table, the CSV, the JSON or the sentences."""
    visit(team, "VISIT-1", 540, 570)
    team.duty("NURSE-1", "D", 0, team.stop("VISIT-1", 0, "09:00"))
    found = lights(team)
    instance = tables(team)
    every = "\n".join([
        capacity_page(found, language), capacity_csv(found, language), json.dumps(capacity_json(found, language)),
        *("|".join(row) for row in capacity_rows(found, language)), *capacity_sentences(found, language), repr(found),
    ])  # fmt: skip
    ids = [each.id for table in ("clients", "nurses", "places", "visits") for each in getattr(instance, table)]
    assert len(ids) > 10
    assert not [name for name in ids if name in every]


def test_no_person_of_the_bundled_week_either(six: Instance) -> None:
    """The same with six_nurses, whose ids are short: as words of their own they occur nowhere."""
    plan = Plan(instance=six.name, fingerprint=six.fingerprint, contract=PRESETS["joint"])
    found = capacity_light(six, plan, 0)
    every = "\n".join([capacity_page(found), capacity_csv(found), json.dumps(capacity_json(found))])
    every = re.sub(r"<style>.*?</style>", "", every, flags=re.DOTALL)
    ids = [each.id for table in ("clients", "nurses", "places", "orders") for each in getattr(six, table)]
    assert not [name for name in ids if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", every)]


def test_the_page_needs_no_colour_and_no_network(team: Any) -> None:
    """Each light has a letter and, for who listens, a word; no script, no address."""
    page = capacity_page(lights(team.duty("N1", "D", 0)), "en")
    assert '<span aria-hidden="true">G</span><span class="unseen">green</span>' in page
    assert "<script" not in page
    assert not re.search(r"(src|href)=", page)


def test_the_pieces_of_a_road(team: Any) -> None:
    """An empty road is one gap; the ways are medians."""
    team.duty("N1", "D", 0)
    instance, plan = tables(team), told(team)
    present = Present(instance, plan.contract, travel_matrix(instance), plan)
    road = roads_of(present, plan.duties[0])[0]
    assert list(gaps_of(road)) == [Gap(480, 720, None, None)]
    rows = [[present.case.place_index[f"at-CLIENT-{number}"] for number in range(6)]]
    ways = ways_of(road.minutes, rows)
    assert isinstance(ways, Ways)
    assert int(ways.inside[0]) == 5
    assert visits_that_fit(road, ways, 30, 0).tolist() == [7]


@pytest.mark.slow
def test_agrees_with_the_scheduler_of_routes(six: Instance) -> None:
    """For every work duty of a stored plan and some clients: a visit of half an hour up to four hours fits exactly when
    the scheduler that answers why-not knows a place for it at which no other stop, nor the break, moves. Where a break
    is due that is not listed yet, ours is the stricter of the two."""
    path = Path(__file__).parents[1] / "instances" / "six_nurses_plan.json"
    plan, _ = read_plan(path, six)
    present = Present(six, plan.contract, travel_matrix(six), plan)
    clients = list({each.client: each for each in six.visits}.values())[::2]
    asked = Counter[bool]()
    for duty in (each for each in present.case.duties if each.lane == "work"):
        times = {stop.id: stop.start for stop in duty.stops}
        due = six.kind_by_id[duty.kind].break_minutes > 0 and "break" not in times
        for some, minutes in product(clients, (30, 90, 150, 240)):
            window = Window(day=0, start=duty.start - 600, end=duty.end + 600)
            probe = some.model_copy(update={"id": "PROBE/1", "minutes": minutes, "nurses": 1, "windows": (window,)})
            row = present.case.place_index[six.client_by_id[probe.client].place]
            fits = any(visits_that_fit(road, ways_of(road.minutes, [[row]]), minutes, -(10**6))[0]
                       for road in roads_of(present, duty))  # fmt: skip
            known = any(_stands(option.duty(), times) for option in insertions(present, duty, probe))
            assert fits <= known if due else fits == known, (duty.id, probe.client, minutes)
            asked[fits] += 1
    assert min(asked[True], asked[False]) > 10


def _stands(duty: Duty | None, times: dict[str, int]) -> bool:
    return duty is not None and all(stop.start == times[stop.id] for stop in duty.stops if stop.id in times)
