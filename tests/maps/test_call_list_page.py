"""The call list as a page, and route pages before and after a repair: only who must hear it gets other bytes."""

from __future__ import annotations

import re
import runpy
from collections.abc import Callable
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from maps.call_list import call_list_page, dialled
from maps.files import map_files
from maps.itinerary import route_days
from maps.told import told_days, told_lines
from maps.words import Words
from optimiser.domain.events import Cancelled, OtherMode, SlowTravel
from optimiser.domain.instance import Instance
from optimiser.domain.people import Availability
from optimiser.domain.plan import Duty, Plan, Route
from optimiser.domain.travel_matrix import SlowDay
from optimiser.report.changes import changes_between, touched_nurses
from optimiser.report.told import told_nurses
from optimiser.travel.engine import travel_matrix

MONDAY = date(2026, 12, 7)


@pytest.fixture(scope="session")
def repaired(team: Any) -> Any:
    """The small team after N2 called in sick."""
    return runpy.run_path(str(Path(__file__).with_name("repaired_team.py")), run_name="repaired_team")[
        "repaired_team"
    ](team)


@pytest.fixture(scope="session")
def page(repaired: Any) -> str:
    """The page in Dutch."""
    return call_list_page(repaired.now, repaired.calls, repaired.names)


class Tags(HTMLParser):
    """Tags with their attributes; fails where one closes that did not open."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in {"meta", "input", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_needs_no_script_and_no_network(page: str) -> None:
    """No script may run, nothing is fetched, every link stays in the page or dials."""
    tags = Tags(page)
    assert not [tag for tag, _ in tags.seen if tag in ("script", "link", "img", "iframe", "form")]
    rule = next(each["content"] or "" for tag, each in tags.seen if tag == "meta" and each.get("http-equiv"))
    assert "script-src 'none'" in rule and "default-src 'none'" in rule
    targets = [each["href"] or "" for tag, each in tags.seen if tag == "a"]
    anchors = {each.get("id") for _, each in tags.seen}
    assert all(re.fullmatch(r"#\w+|tel:\+?\d{8,}", target) for target in targets)
    assert {target[1:] for target in targets if target.startswith("#")} <= anchors
    assert "url(" not in page and "http" not in page.split("<body", 1)[1]


def test_awkward_names_and_numbers_stay_text(page: str, repaired: Any) -> None:
    """Markup in names, reasons, rules and numbers is text; what is no number cannot be dialled."""
    tags = Tags(page)
    assert not [tag for tag, _ in tags.seen if tag == "i"]
    assert "&lt;b&gt;griep&lt;/b&gt;" in page and "<b>griep" not in page
    assert "&lt;script&gt;alert" in page
    assert 'href="tel:+31600000002"' in page
    dials = [each["href"] for tag, each in tags.seen if tag == "a" and (each["href"] or "").startswith("tel:")]
    assert len(dials) == page.count('class="phone figures"')
    assert [dialled(each) for each in ("06-12345678", "+31 6 1234 5678", "thuis", "", "123")] == [
        "0612345678", "+31612345678", "", "", "",
    ]  # fmt: skip


def test_every_call_has_a_box_with_a_label(page: str, repaired: Any) -> None:
    """A box for each nurse who may be asked, each colleague and each client; all ids differ."""
    tags = Tags(page)
    boxes = [each for tag, each in tags.seen if tag == "input"]
    calls = repaired.calls
    asked = sum(ask.possible for duty in calls.to_fill for ask in duty.asks)
    assert len(boxes) == asked + len(calls.to_tell) + len(calls.to_call) > 4
    assert {each["type"] for each in boxes} == {"checkbox"}
    labels = [each["for"] for tag, each in tags.seen if tag == "label"]
    assert labels == [each["id"] for each in boxes]
    ids = [each["id"] for _, each in tags.seen if each.get("id")]
    assert len(ids) == len(set(ids))


def test_what_stands_on_the_list(page: str, repaired: Any) -> None:
    """Who fell ill, who can and who rather not, old and new time, who comes, and what stays open with its reason."""
    words = Words(repaired.now)
    assert "Zoë &lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; Müller is afwezig: 7 december" in page
    assert "Liever niet: vrij gevraagd" in page and "Kan niet: 1" in page and "1 signaal over het rooster" in page
    taken = next(each for each in repaired.changes if each.before and each.after and each.before.nurse == "N2")
    client = next(each for each in repaired.calls.to_call if each.visits[0].visit == taken.work)
    name = repaired.names[client.client].name.replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;")
    card = page.split(f"<strong>{name}</strong>", 1)[1].split("</ul>", 1)[0]
    assert f"<del>{words.time(taken.before.start)}</del>" in card
    assert f"<ins>{words.time(taken.after.start)}</ins>" in card
    assert "Anouk de Groot" in card and "Andere tijd en medewerker" in card
    assert "Er is geen ruimte in de routes van wie dienst heeft." in page
    assert "loopt mee met anouk" in page.lower()


def test_what_opens_a_door_is_not_on_it(page: str, repaired: Any) -> None:
    """No key box, no note and no address; without names the ids stand there."""
    assert "4711" not in page and "Sleutel" not in page and "Straat" not in page
    bare = call_list_page(repaired.now, repaired.calls, {}, "en")
    assert "Anouk" not in bare and "N1" in bare and '<html lang="en">' in bare
    assert "no telephone number known" in bare and "Bellijst" not in bare


def test_equal_lists_give_equal_bytes(page: str, repaired: Any) -> None:
    """No moment of making in it."""
    assert page == call_list_page(repaired.now, repaired.calls, repaired.names)


def pages_of(instance: Any, plan: Plan, names: Any, changes: Any = ()) -> dict[str, str]:
    """Every route page."""
    travel, nurses = travel_matrix(instance), [nurse.id for nurse in instance.nurses]
    return {
        name: page for nurse in nurses
        for name, page in map_files(instance, travel, plan, names, nurse=nurse, changes=changes)
    }  # fmt: skip


@pytest.fixture(scope="session")
def told_before(team: Any) -> dict[str, str]:
    """The route pages of the team's plan."""
    return pages_of(team.instance, team.plan, team.names)


def differing(before: dict[str, str], after: dict[str, str]) -> set[str]:
    """The nurses whose pages differ, came or went."""
    names = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    return {Path(name).stem.rsplit("_", 1)[0] for name in names}


def test_untouched_nurses_keep_their_bytes(told_before: dict[str, str], team: Any, repaired: Any) -> None:
    """N2 called in sick and N1's route changed; N6 follows N1. All others' pages are the same bytes, also though the
    plan has another version, parent, events, open work and figures, and though changes are shown."""
    plan = repaired.plan.model_copy(update={"version": 9, "parent": "x", "cpu_s": 3.0, "seed": 8})
    before = told_before
    after = pages_of(repaired.now, plan, team.names, repaired.changes)
    assert touched_nurses(repaired.parent, plan) == ("N1", "N2")
    assert told_nurses(repaired.parent, plan) == ("N1", "N2", "N6")
    assert differing(before, after) == {"N1", "N2", "N6"}
    assert len(before) - len(after) == 1  # the duty of who is absent has no page
    other_days = [name for name in after if "N1_" in name and "12-07" not in name]
    assert other_days and all(before[name] == after[name] for name in other_days)


def swapped(plan: Plan, day: date) -> Plan:
    """All routes of a day one nurse further."""
    duties = [duty for duty in plan.duties if duty.day == day and duty.stops]
    routes = {duty.id: duties[number - 1].routes for number, duty in enumerate(duties)}
    return _with_routes(plan, routes)


def first_gone(plan: Plan, day: date) -> Plan:
    """The first stop of the first route of a day left out."""
    duty = next(each for each in plan.duties if each.day == day and each.stops)
    stops = duty.routes[0].stops[1:]
    return _with_routes(plan, {duty.id: (Route(segment=duty.routes[0].segment, stops=stops), *duty.routes[1:])})


def _with_routes(plan: Plan, routes: dict[str, tuple[Route, ...]]) -> Plan:
    def other(duty: Duty) -> Duty:
        return duty.model_copy(update={"routes": routes[duty.id]}) if duty.id in routes else duty

    return plan.model_copy(update={"duties": tuple(other(duty) for duty in plan.duties)})


@pytest.mark.parametrize("change", [swapped, first_gone])
@pytest.mark.parametrize("number", range(7))
def test_who_is_not_told_keeps_her_bytes_whatever_moves(
    team: Any, told_before: dict[str, str], change: Callable[[Plan, date], Plan], number: int
) -> None:
    """On each day all routes rotate, or one loses a stop: pages differ for told nurses and for nobody else."""
    plan = change(team.plan, MONDAY + timedelta(days=number))
    told = set(told_nurses(team.plan, plan))
    assert differing(told_before, pages_of(team.instance, plan, team.names)) == told != set()


def happened(instance: Instance, event: SlowTravel | OtherMode) -> Instance:
    """The tables with the event; the small team's visits have no orders to be expanded from."""
    fields = {name: getattr(instance, name) for name in Instance.model_fields}
    if isinstance(event, SlowTravel):
        slow = SlowDay(day=event.day, percent=event.percent, under_way=event.under_way)
        return Instance(**fields | {"slow_days": (slow,)})
    row = Availability(nurse=event.nurse, kind="travel", first=event.first, last=event.last, mode=event.mode)
    return Instance(**fields | {"availability": (*instance.availability, row)})


def test_snow_and_a_broken_car_change_pages_of_who_is_told(team: Any, told_before: dict[str, str]) -> None:
    """Routes stay to the minute, but travel stands on the page: who must leave earlier or cycles is told."""
    for event, who in (
        (SlowTravel(at=390, day=MONDAY, percent=150, under_way=("N2",)), {"N1", "N6"}),
        (OtherMode(at=390, nurse="N4", first=MONDAY, last=MONDAY + timedelta(days=6), mode="bicycle"), {"N4"}),
    ):
        plan = team.plan.model_copy(update={"events": (event,)})
        after = pages_of(happened(team.instance, event), plan, team.names)
        assert differing(told_before, after) == set(told_nurses(team.plan, plan)) == who


def test_changes_stand_on_top_of_her_page_only(repaired: Any) -> None:
    """N1 reads what came, went and moved on Monday, with the reason and without the colleague's name; N4 reads
    nothing, nor does N1 on Tuesday; the student reads what changed on the route she follows."""
    pages = pages_of(repaired.now, repaired.plan, repaired.names, repaired.changes)
    mine = pages["maps/routes/N1_2026-12-07.html"]
    told = mine.split('<section class="told"', 1)[1].split("</section>", 1)[0]
    assert [word in told for word in ("Erbij", "Eraf", "Andere tijd", "een collega is afwezig")] == [True] * 4
    assert "N2" not in told and "Müller" not in told
    assert sum('class="told"' in page for page in pages.values()) == 2
    assert 'class="told"' in pages["maps/routes/N6_2026-12-07.html"]
    Tags(told.join(("<div", "</div>")))


def test_a_route_that_lost_all_its_stops_still_says_so(team: Any) -> None:
    """N1's Monday has no stop left: without changes there is no page, with them a page that tells what went."""
    duty = next(each for each in team.plan.duties if each.id == "N1/2026-12-07/work")
    plan = _with_routes(team.plan, {duty.id: (Route(),)})
    changes = changes_between({visit.id: visit.client for visit in team.instance.visits}, team.plan, plan)
    assert ("N1", MONDAY) in told_days(changes) and ("N1", MONDAY) not in route_days(plan)
    name = "maps/routes/N1_2026-12-07.html"
    assert name not in pages_of(team.instance, plan, team.names)
    page = pages_of(team.instance, plan, team.names, changes)[name]
    assert page.count('<li class="goes">') == len([stop for stop in duty.stops if stop.what != "break"])


def test_a_cancelled_visit_is_named_by_its_client(team: Any) -> None:
    """The visit is gone from the tables; its edited row or order still tells whose it was."""
    duty = next(each for each in team.plan.duties if each.id == "N1/2026-12-07/work")
    visit = next(stop for stop in duty.stops if stop.what == "visit")
    event = Cancelled(at=390, visits=(visit.id,))
    stops = tuple(stop for stop in duty.stops if stop.id != visit.id)
    plan = _with_routes(team.plan, {duty.id: (Route(stops=stops),)}).model_copy(update={"events": (event,)})
    changes = changes_between({each.id: each.client for each in team.instance.visits}, team.plan, plan)
    (line,) = told_lines(Words(team.instance), team.names, plan, "N1", MONDAY, changes)
    assert (line.key, line.was, line.now) == ("goes", Words(team.instance).time(visit.start), "")
    assert line.what.startswith("Cliënt") and line.reason == "afgezegd (cliënt)"
