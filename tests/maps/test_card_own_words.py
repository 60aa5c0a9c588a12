"""A card speaks to the nurse who holds it: no ids of herself, no map without a route, whom a student is with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from instances.bring import read_bring
from instances.catalogue import locate
from instances.names import read_names
from instances.plans import read_plan
from instances.read import read_instance
from maps.card_backups import backups_told
from maps.card_stop import Source
from maps.itinerary import late_minutes, title_of
from maps.route import route_page, week_page
from maps.told import told_lines
from maps.words import Words
from optimiser.domain.events import Held
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.work import Task
from optimiser.report.changes import Change, Place
from optimiser.travel.engine import travel_matrix

PLAN = Path(__file__).parents[1] / "instances" / "six_nurses_plan.json"
MONDAY = date(2026, 12, 7)


@dataclass(frozen=True)
class Six:
    """The bundled team and its plan."""

    instance: Instance
    plan: Plan
    names: Any
    bring: Any


@pytest.fixture(scope="module")
def six() -> Six:
    """Tables, plan and names."""
    folder = locate("six_nurses")
    instance = read_instance(folder)
    return Six(instance, read_plan(PLAN, instance)[0], read_names(folder), read_bring(folder, instance))


def test_a_late_nurse_reads_that_she_herself_is_late(six: Six) -> None:
    """m1 is 20 minutes late at 07:10 and c4 comes later: both lines say ``u bent later``, neither names an id; for a
    colleague whom it touches ``een collega is later``."""
    event = Held(at=420, nurse="m1", id="late-m1-1", day=MONDAY, start=430, minutes=20)
    task = Task(id="late-m1-1", kind="other", organisation="maas", nurse="m1", day=MONDAY, from_time=430,
                until_time=450, minutes=20, priority="critical")  # fmt: skip
    instance = six.instance.model_copy(update={"tasks": (*six.instance.tasks, task)})
    plan = six.plan.model_copy(update={"events": (event,)})
    duty = next(each for each in plan.duties if each.nurse == "m1" and each.day == MONDAY and each.stops)
    visit = next(stop.id for stop in duty.stops if stop.what == "visit")
    at = Place("m1", 430, 460, duty.id)
    moved = Place("m1", 470, 500, duty.id)
    changes = (
        Change(task.id, 1, "", None, at, "room"),
        Change(visit, 1, "c1", at, moved, "late", "m1"),
    )
    words = Words(instance)
    lines = told_lines(words, six.names, plan, "m1", MONDAY, changes)
    assert [line.reason for line in lines] == ["u bent later", "u bent later"]
    assert lines[0].what == "Oponthoud"
    given = Change(visit, 1, "c1", at, Place("m2", 470, 500, f"m2/{MONDAY}/work"), "late", "m1")
    (other,) = told_lines(words, six.names, plan, "m2", MONDAY, (given,))
    assert other.reason == "een collega is later"
    assert late_minutes(plan) == {"late-m1-1"} and title_of(words, task) == "Overige taak"


def test_a_night_on_call_has_no_map_and_says_it_once(six: Six) -> None:
    """r1 on Tuesday is only reachable: no frame, no map script of that day, one sentence; her Wednesday has both."""
    travel = travel_matrix(six.instance)
    page = route_page(six.instance, travel, six.plan, "r1", date(2026, 12, 8), six.names)
    assert 'class="map"' not in page and "rechte verbindingen" not in page and "Geen stops" not in page
    assert page.count("Geen geplande bezoeken in deze dienst") == 1 and 'class="facts' not in page
    week = week_page(six.instance, travel, six.plan, "r1", six.names)
    assert "route_map_20261208" not in week and "route_map_20261209" in week


def test_another_back_up_than_she_was_told_is_said(six: Six) -> None:
    """r1 stood by in the last hour of r3's evening and no longer does: r3's card says that she went, and that now the
    organisation is called; the other way round r1 comes. Without an earlier plan, or with the same, it says nothing."""
    evening = next(each for each in six.plan.duties if each.nurse == "r3" and each.start % 1440 == 900)
    night = next(each for each in six.plan.duties if each.lane == "standby")
    stands = night.model_copy(update={
        "id": f"r1/{evening.day}/standby", "nurse": "r1", "organisation": "rotte", "day": evening.day,
        "start": evening.end - 60, "end": evening.end + 420,
    })  # fmt: skip
    alone = tuple(each for each in six.plan.duties if each.lane == "work")
    without, backed = (type(six.plan)(**({field: getattr(six.plan, field) for field in type(six.plan).model_fields}
                                         | {"duties": duties})) for duties in (alone, (*alone, stands)))  # fmt: skip

    def told(plan: Plan, before: Plan | None) -> list[tuple[str, str]]:
        source = Source(Words(six.instance), plan, six.names, before=before)
        return [(line.key, line.what) for line in backups_told(source, "r3", evening.day)]

    r1, office = "Achterwacht: Dieke Fokkens", "Bereikbaar bij problemen: Rottezorg"
    assert told(without, backed) == [("goes", r1), ("comes", f"{office} 06-00000020")]
    assert told(backed, without) == [("goes", office), ("comes", f"{r1} 06-00000004")]
    assert told(without, None) == told(without, without) == []
    page = route_page(six.instance, travel_matrix(six.instance), without, "r3", evening.day, six.names, before=backed)
    assert r1 in page and "Veranderd sinds het rooster dat u kreeg" in page


def test_a_day_leads_to_stops_calls_and_map(six: Six) -> None:
    """Every link within the page has its target; what two visits need is for stops, not for a stop."""
    page = route_page(six.instance, travel_matrix(six.instance), six.plan, "m1", MONDAY, six.names)
    inner = re.findall(r'href="#([^"]+)"', page)
    assert {"stops", "call-1", "map"} <= set(inner)
    assert "stops 1, 3" in route_page(six.instance, travel_matrix(six.instance), six.plan, "m3", date(2026, 12, 8),
                                      six.names, bring=six.bring)  # fmt: skip
    assert [each for each in inner if f'id="{each}"' not in page] == ["close"]  # Leaflet's own
