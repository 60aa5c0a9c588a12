"""Pages as text: what they hold, what they may not hold, and that equal content gives equal bytes."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest

from maps.files import map_files
from maps.offline import leaflet_script, leaflet_style
from maps.page import COLOURS, policy
from maps.roster import roster_page
from maps.route import route_page
from maps.team import team_map
from maps.words import Words
from optimiser.errors import InputError

MONDAY = date(2026, 12, 7)
PHONE_LINK = r"tel:\+?\d+|geo:[\d.]+,[\d.]+\?q=[\w.,()%~\-]+|maps://\?daddr=[\w.,%~\-]+"
BORDERS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"code": "BU05990110", "naam": "Stads<b>driehoek</b>", "jaar": 2024},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[4.48, 51.91], [4.5, 51.91], [4.5, 51.93], [4.48, 51.91]]],
            },
        },
        {"type": "Feature", "properties": {"code": "x"}, "geometry": None},
    ],
}


class Tags(HTMLParser):
    """Collects tags with their attributes, and whether every tag that opens also closes."""

    VOID = {"meta", "col", "input", "br", "circle", "polyline", "link"}

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag

    def of(self, name: str) -> list[dict[str, str | None]]:
        """The attributes of every tag of a name."""
        return [attributes for tag, attributes in self.seen if tag == name]


def pages_of(team: Any) -> dict[str, str]:
    """Every page of the small team."""
    pages = dict(map_files(team.instance, team.travel, team.plan, team.names))
    return pages | {"roster.html": roster_page(team.instance, team.travel, team.plan, team.report, team.names)}


def test_awkward_text_stays_text(team: Any) -> None:
    """Names with markup, quotes, backticks and script ends open no tag and end no script; all tags close."""
    for name, page in pages_of(team).items():
        tags = Tags(page)
        assert not tags.open, name
        assert len(tags.of("script")) == (1 if name == "roster.html" else 3), name
        assert not tags.of("b") or name == "roster.html"
        assert not [tag for tag, _ in tags.seen if tag == "i" and "Cliënt" in page.split("<i>", 1)[-1][:10]], name


def test_no_page_names_an_address_to_fetch(team: Any) -> None:
    """Links stay within the output folder, or hand a number or place to the phone's own programs (tel, geo, maps),
    which asks no host; the policy forbids all but the page's own scripts and data pictures."""
    for name, page in pages_of(team).items():
        tags = Tags(page)
        for attributes in (each for _, each in tags.seen):
            for key in ("src", "href", "action"):
                target = attributes.get(key) or ""
                inside = re.fullmatch(r"|#[\w.\-]+|(\.\./)?(maps/)?(routes/)?[\w.\-]+\.html", target)
                assert inside or re.fullmatch(PHONE_LINK, target), (name, target)
        rule = next(each["content"] or "" for each in tags.of("meta") if each.get("http-equiv"))
        assert rule.startswith("default-src 'none'; script-src 'sha256-")
        assert "http" not in rule and "unsafe-eval" not in rule
        assert "script-src 'unsafe-inline'" not in rule
        assert not re.search(r"url\((?!data:|#)", page), name


def test_every_link_leads_to_a_page(team: Any) -> None:
    """What the roster and the team map link to is written; what opens in the page is there."""
    pages = pages_of(team)
    for name in ("roster.html", "maps/team.html"):
        tags = Tags(pages[name])
        anchors = {each.get("id") for _, each in tags.seen}
        for link in tags.of("a"):
            target = link["href"] or ""
            if target.startswith("#"):
                assert target[1:] in anchors
            else:
                assert {"../roster.html": "roster.html"}.get(target, target.replace("routes/", "maps/routes/").replace(
                    "maps/maps/", "maps/")) in pages  # fmt: skip


def test_a_route_page_knows_its_own_clients_only(team: Any) -> None:
    """Names, addresses and ids of other clients, other nurses' names, and what opens a door are not in it."""
    for duty in team.plan.duties:
        if not duty.stops:
            continue
        page = route_page(team.instance, team.travel, team.plan, duty.nurse, duty.day, team.names)
        own = {team.instance.visit_by_id[stop.id].client for stop in duty.stops if stop.what == "visit"}
        for client in team.instance.clients:
            assert (f">{client.id}<" in page) == (client.id in own)
        ours = page.replace(leaflet_script(), "").replace(leaflet_style(), "")
        others = [name for key, name in team.names.items() if key.startswith("N") and key != duty.nurse]
        assert not [each.name for each in others if each.name.split()[0] in ours]
        assert "Sleutel" not in page


def test_a_student_sees_the_route_of_her_companion(team: Any) -> None:
    """The same stops at the same times, and whom she is with and how to reach her, but not the companion's home."""
    own = route_page(team.instance, team.travel, team.plan, "N1", MONDAY, team.names)
    page = route_page(team.instance, team.travel, team.plan, "N6", MONDAY, team.names)
    stops = re.compile(r'id="stop-\d+"')
    assert stops.findall(page) == stops.findall(own) != []
    home = team.instance.place_by_id["H1"]
    assert str(home.latitude) in own and str(home.latitude) not in page
    text = re.sub(r"<[^>]+>", " ", page)
    assert re.search(r"Loopt mee met\s+Anouk", text) and "Loopt mee met" not in own


def test_equal_content_gives_equal_bytes(team: Any) -> None:
    """A route page is the same for another run with the same duties: no moment, seed or version in it."""
    other = team.plan.model_copy(update={"seed": 99, "version": 7, "cpu_s": 1.5, "unserved": ()})
    other = type(team.plan).model_validate(other.model_dump())
    first = dict(map_files(team.instance, team.travel, team.plan, team.names, nurse="N1"))
    second = dict(map_files(team.instance, team.travel, other, team.names, nurse="N1"))
    assert first == second
    assert sorted(first) == [f"maps/routes/N1_2026-12-{day:02d}.html" for day in (7, 8, 9, 10)]


def test_the_list_of_stops_holds_times_and_legs(team: Any) -> None:
    """Without any script the page tells start, end, window and way of each stop."""
    page = route_page(team.instance, team.travel, team.plan, "N1", MONDAY, team.names)
    words = Words(team.instance)
    duty = next(each for each in team.plan.duties if each.id == "N1/2026-12-07/work")
    body = page.split("<body", 1)[1].split("<script", 1)[0]
    for stop in duty.stops:
        assert words.time(stop.start) in body and words.time(stop.end) in body
    assert "tussen 07:30 en 16:00" in body and "min auto" in body and "Pauze" in body and "Apotheek" in body
    assert body.count("<circle") == sum(1 for each in duty.stops if each.what != "break")


def test_tiles_only_when_asked_for(team: Any) -> None:
    """With pdok the policy allows pictures of that host alone and the source is named; another name is refused."""
    arguments = (team.instance, team.travel, team.plan, "N1", MONDAY, team.names)
    page = route_page(*arguments, tiles="pdok")
    rule = next(each["content"] or "" for each in Tags(page).of("meta") if each.get("http-equiv"))
    assert "img-src data: https://service.pdok.nl;" in rule
    assert "Kaartgegevens" in page
    with pytest.raises(InputError, match="pdok"):
        route_page(*arguments, tiles="elsewhere")


def test_true_borders_carry_their_source(team: Any) -> None:
    """Given borders are drawn with the attribution and the year of the file; empty shapes are left out."""
    page = team_map(team.instance, team.travel, team.plan, team.names, BORDERS)
    assert "Kadaster / Centraal Bureau voor de Statistiek, 2024" in page
    assert "Stads\\u003cb\\u003edriehoek" in page
    assert "Kadaster" not in team_map(team.instance, team.travel, team.plan, team.names)


def test_roster_holds_balances_and_what_is_open(team: Any) -> None:
    """Contract, planned and balance of a nurse in her row; open work with its first reason; findings as sentences."""
    page = roster_page(team.instance, team.travel, team.plan, team.report, team.names)
    row = page.split("Fatma Çelik</a>", 1)[1].split("</tr>", 1)[0]
    # contract 28, less 8 hours of training = 20; planned 36.5; 6 brought along: 6 + 36.5 - 20 = 22.5
    assert [each in row for each in (">28,0<", ">20,0<", ">36,5<", ">+22,5<")] == [True] * 4
    assert "Er is geen ruimte in de routes van wie dienst heeft." in page
    assert "bereikbaarheidsdienst te weinig" in page
    first = team.report.violations[0].sentence("nl")
    assert first.split(",")[0] in page


def test_an_imported_roster_has_no_routes_to_show(team: Any) -> None:
    """Duties without routes: hours and rules stand, client time and maps are not claimed."""
    duties = tuple(each.model_copy(update={"routes": ()}) for each in team.plan.duties)
    plan = team.plan.model_copy(update={"duties": duties, "with_routes": False, "unserved": ()})
    plan = type(plan).model_validate(plan.model_dump())
    page = roster_page(team.instance, team.travel, plan, team.report, team.names)
    assert "Ingepland" in page and "Cliëntgebonden" not in page and "maps/" not in page
    assert list(map_files(team.instance, team.travel, plan, team.names, nurse="N1")) == []


def test_an_empty_plan_says_that_all_is_well_or_open(team: Any) -> None:
    """No duties, nothing unserved, no findings: friendly sentences instead of empty boxes, and a map without routes."""
    plan = type(team.plan).model_validate(team.plan.model_dump() | {"duties": (), "unserved": ()})
    report = type(team.report)((), (), (), (), team.report.counts, team.report.objective, (), ())
    page = roster_page(team.instance, team.travel, plan, report, {})
    assert "Geen: alle zorgmomenten zijn ingepland." in page and "N1" in page
    assert "Geen routes in dit plan." in team_map(team.instance, team.travel, plan, {})


def test_english_on_request(team: Any) -> None:
    """Every word of ours follows the language."""
    page = roster_page(team.instance, team.travel, team.plan, team.report, team.names, "en")
    assert '<html lang="en">' in page and "Open care moments" in page and "Openstaande" not in page


def test_only_named_scripts_may_run() -> None:
    """The policy holds one hash for each script, and none at all for a page without scripts."""
    assert policy(["a", "b"]).count("'sha256-") == 2
    assert "script-src 'none'" in policy([])


@pytest.mark.parametrize("category", sorted(COLOURS))
def test_duty_codes_are_legible(category: str) -> None:
    """Contrast of text on a category's colour is at least 7 : 1 (WCAG AAA; AA asks 4.5)."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted(light(each) for each in COLOURS[category])
    assert (high + 0.05) / (low + 0.05) >= 7
