"""The team map's content: choices, figures of districts, open work, borders with their source, roads, and sizes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from instances.catalogue import locate
from instances.read import read_instance
from maps.borders import MOST_POINTS, bordered, circles
from maps.files import map_files
from maps.offline import leaflet_script, leaflet_style
from maps.page import asset
from maps.team import TeamView, page_values, team_map, team_view
from maps.team_data import PALETTE, Texts, dash_of, driven, swatch
from maps.team_lines import decoded, encoded
from maps.team_open import open_work
from maps.team_tables import MEASURES, area_rows, route_rows, shown_value
from maps.team_words import script_words
from maps.words import Words
from optimiser.domain.place import District
from optimiser.domain.plan import Plan
from optimiser.domain.road_lines import RoadLines
from optimiser.domain.sharing import PRESETS
from optimiser.report.district_work import DistrictWork
from optimiser.travel.engine import travel_matrix

SHARED = Path(__file__).resolve().parents[3] / "shared" / "geo"


def view_of(team: Any, plan: Plan | None = None, borders: Any = None, roads: Any = None) -> TeamView:
    """The view of the small team's plan, or of another one for it."""
    words = Words(team.instance)
    return team_view(words, team.travel, [plan or team.plan], team.names, borders, None, roads)


def square(code: str, south: float, west: float, size: float = 0.01, **more: Any) -> dict[str, Any]:
    """A district file's feature."""
    ring = [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]
    return {
        "type": "Feature", "properties": {"code": code, "naam": f"Wijk {code}"} | more,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }  # fmt: skip


def test_lines_as_text_are_the_published_format() -> None:
    """The example of the format's own page, there and back."""
    points = [(38.5, -120.2), (40.7, -120.95), (43.252, -126.453)]
    assert encoded(points) == "_p~iF~ps|U_ulLnnqC_mqNvxq`@"
    assert decoded(encoded(points)) == points
    assert encoded([]) == "" and decoded("") == []


def test_the_choices_are_those_of_the_routes(team: Any) -> None:
    """Days of the week, kinds and nurses that drive, both organisations; a nurse has one colour, from the palette."""
    can = view_of(team).can
    assert len(can.days) == 7 and can.organisations == ["aafje", "laurens"]
    assert can.kinds == ["dag", "kort", "midden", "avond", "gebroken"]  # the night has no route
    assert sorted(can.nurses) == ["N1", "N2", "N3", "N4", "N5"]
    assert len(set(can.colours.values())) == 5 and set(can.colours.values()) <= set(PALETTE)


def test_data_counts_every_visit_and_route_once(team: Any) -> None:
    """The rows that the script adds up hold the whole plan, in the numbers of its choices."""
    data = view_of(team).data
    plan = data["plans"][0]
    assert len(plan["visits"]) == len(team.instance.visits)
    assert sum(row["visits"] for row in plan["routes"]) == sum(
        1 for duty in team.plan.duties for stop in duty.stops if stop.what == "visit"
    )
    assert len(plan["routes"]) == sum(1 for duty in team.plan.duties if duty.stops)
    assert sum(row[6] for row in plan["visits"]) == len(plan["open"])
    assert all(row[3] >= row[4] + row[5] for row in plan["visits"])


def test_texts_are_kept_once() -> None:
    """Equal style and words share a number."""
    texts = Texts()
    assert [texts.number("", "a"), texts.number("main", "a"), texts.number("", "a")] == [0, 1, 0]


def test_open_work_says_why_and_where_else(team: Any) -> None:
    """Each open visit with its reason; one that the plan gives no reason for says so; a task without a place too."""
    words = Words(team.instance)
    rows = open_work(words, team.plan, team.names)
    assert {words(f"roster.reason.{each.reason}") for each in team.plan.unserved} == {each.reason for each in rows}
    silent = open_work(words, team.plan.model_copy(update={"unserved": ()}), {})
    assert {each.reason for each in silent} == {"Het plan noemt geen reden."}
    assert all(each.point for each in rows) and "Cliënt" in rows[0].who and "Cliënt" not in silent[0].who


def test_figures_of_a_district_as_text(team: Any) -> None:
    """90 of 123 minutes (2.05 hours) served, 30 of them by others, one visit open, 25 minutes over two legs (12.5):
    halves go up. 999 of 1000 minutes are not all, 1 of 1000 is not none."""
    words, sums = Words(team.instance), DistrictWork(2, 1, 123, 60, 30, 2, 25)
    assert [shown_value(words, each, sums) for each in MEASURES] == ["2,1", "73%", "24%", "1", "13"]
    assert shown_value(words, "served", DistrictWork(9, 1, 1000, 999, 0)) == "99%"
    assert shown_value(words, "other", DistrictWork(9, 1, 1000, 0, 1)) == "1%"
    assert shown_value(words, "other", DistrictWork(9, 0, 1000, 1000, 0)) == "0%"
    assert {shown_value(words, each, DistrictWork()) for each in MEASURES} == {"–"}
    assert shown_value(words, "travel", DistrictWork(1, 0, 30, 30)) == "–"


def test_plain_tables_tell_the_same_without_scripts(team: Any) -> None:
    """Districts with their sums, every route with a link to its page, and open work with its reason."""
    page = team_map(team.instance, team.travel, team.plan, team.names)
    body = page.split("<body", 1)[1].split("<script", 1)[0]
    view = view_of(team)
    for row in area_rows(view.words, view.shown, view.areas, MEASURES):
        assert f'data-area="{row["number"]}"' in body
    rows = route_rows(view.words, view.shown[0], team.names)
    assert body.count('href="routes/') == len(rows) == len(view.shown[0].routes)
    assert "Er is geen ruimte in de routes van wie dienst heeft." in body
    assert sum(int(row["cells"][0][0][1]) for row in area_rows(view.words, view.shown, view.areas, MEASURES)) == len(
        team.instance.visits
    )


def test_every_choice_has_a_name_for_a_screen_reader(team: Any) -> None:
    """Days in full, shifts with code and name; groups have a legend; what is chosen is told as it changes."""
    page = team_map(team.instance, team.travel, team.plan, team.names)
    assert 'aria-label="maandag 7 december"' in page and 'aria-label="D1, Dagdienst"' in page
    assert page.count("<fieldset") == page.count("<legend>") == 5 and 'aria-live="polite"' in page
    assert len(page_values(view_of(team))["days"]) == 7


def test_one_organisation_has_no_others(team: Any) -> None:
    """Then nothing is coloured by others and no organisation is chosen."""
    one = team.instance.organisations[0]
    instance = team.instance.model_copy(
        update={
            "organisations": (one,),
            "nurses": tuple(each.model_copy(update={"organisation": one.id}) for each in team.instance.nurses),
            "clients": tuple(each.model_copy(update={"organisation": one.id}) for each in team.instance.clients),
            "tasks": (),
        }
    )
    instance = type(instance).model_validate(instance.model_dump())
    page = team_map(instance, team.travel, team.plan.model_copy(update={"duties": ()}), {})
    assert 'value="other"' not in page and "data-organisation" not in page.split("<script", 1)[0]


def test_borders_by_code_of_buurt_wijk_or_municipality(team: Any) -> None:
    """A polygon holds the districts of its code; of a file with several levels the one that holds most is drawn."""
    buurt = [square("BU05990110", 51.915, 4.48), square("BU05990324", 51.912, 4.46)]
    wijk = [square("WK059901", 51.91, 4.45, 0.06), square("WK059903", 51.90, 4.44, 0.02)]
    areas, year = bordered(team.instance, {"features": [*buurt, wijk[0]]})
    assert [each.districts for each in areas if each.polygons] == [("BU05990110",), ("BU05990324",)] and year == ""
    areas, year = bordered(
        team.instance, {"features": [{**each, "properties": each["properties"] | {"jaar": 2022}} for each in wijk]}
    )
    assert [each.districts for each in areas if each.polygons] == [("BU05990110",), ("BU05990324",)] and year == "2022"
    areas, _ = bordered(team.instance, {"features": [square("GM0599", 51.9, 4.4, 0.1, gemeente="Rotterdam")]})
    town = next(each for each in areas if each.polygons)
    assert len(town.districts) == 6 and town.town == "Rotterdam"


def test_a_district_without_a_border_stays_a_circle(team: Any) -> None:
    """Its care is not lost; a polygon far from the work is not drawn; one without known districts has no care."""
    features = [square("BU05990110", 51.915, 4.48), square("BU19999999", 53.2, 5.8), square("BU05990001", 51.9, 4.45)]
    areas, _ = bordered(team.instance, {"features": features})
    assert [each.name for each in areas if each.polygons] == ["Wijk BU05990110", "Wijk BU05990001"]
    clients = {team.instance.place_by_id[each.place].district for each in team.instance.clients}
    assert {code for each in areas for code in each.districts} >= clients
    assert len(circles(team.instance)) == 8 and not any(each.polygons for each in circles(team.instance))


def test_detailed_borders_are_laid_on_a_coarser_grid(team: Any) -> None:
    """A ring of 60,000 corners a metre apart is drawn with fewer than the most, and its neighbour keeps the corners
    that they share."""
    length = 30_000
    top = [[4.30 + number * 1e-5, 51.92] for number in range(length)]
    north = {"type": "Polygon", "coordinates": [[*top, [4.60, 51.95], [4.30, 51.95], top[0]]]}
    south = {"type": "Polygon", "coordinates": [[*top, [4.60, 51.89], [4.30, 51.89], top[0]]]}
    shapes = {"BU05990110": north, "BU05991087": south}
    features = [{"properties": {"code": code}, "geometry": shape} for code, shape in shapes.items()]
    areas, _ = bordered(team.instance, {"features": features})
    rings = [set(each.polygons[0][0]) for each in areas if each.polygons]
    assert sum(len(each) for each in rings) <= MOST_POINTS
    assert len(rings[0] & rings[1]) == min(len(each) for each in rings) - 2


def test_the_source_stands_on_the_map_with_its_year(team: Any) -> None:
    """With borders always, with the year of the file or the word that it is unknown; without borders never."""
    cases: tuple[tuple[dict[str, Any], str], ...] = (({"jaar": "2024"}, "2024"), ({}, "jaar onbekend"))
    for more, told in cases:
        page = team_map(
            team.instance,
            team.travel,
            team.plan,
            team.names,
            {"features": [square("BU05990110", 51.915, 4.48, **more)]},
        )
        assert f"Kadaster / Centraal Bureau voor de Statistiek, {told}" in page.split("<script", 1)[0]
        assert f'"attribution": "Kadaster / Centraal Bureau voor de Statistiek, {told}"' in page
    nothing = team_map(team.instance, team.travel, team.plan, team.names, {"features": []})
    assert "Kadaster" not in nothing


def test_routes_follow_roads_where_they_are_known(team: Any) -> None:
    """The line of a leg with a known way holds its points, and the map says whose roads they are."""
    duty = next(each for each in team.plan.duties if each.id == "N1/2026-12-07/work")
    client = {each.id: each.place for each in team.instance.clients}
    stops = [client[team.instance.visit_by_id[each.id].client] for each in duty.stops if each.what == "visit"]
    bend = (51.92345, 4.41234)
    roads: RoadLines = {(here, there, "car"): (bend,) for here, there in zip(stops, stops[1:], strict=False)}
    view = view_of(team, roads=roads)
    number = view.can.nurses.index("N1")
    lines = next(row["lines"] for row in view.data["plans"][0]["routes"] if row["nurse"] == number and row["day"] == 0)
    assert bend in {point for line in lines for point in decoded(line)}
    assert "OpenStreetMap" in view.sources and view.along_roads
    assert "waar geen weg bekend is" in team_map(team.instance, team.travel, team.plan, team.names, roads=roads)
    straight = view_of(team)
    assert straight.sources == "" and "rechte verbindingen" in team_map(
        team.instance, team.travel, team.plan, team.names
    )


def test_no_other_notes_of_people_are_in_the_page(team: Any) -> None:
    """Names and addresses are; notes, telephone numbers, key boxes and homes are not."""
    page = team_map(team.instance, team.travel, team.plan, team.names)
    ours = page.replace(leaflet_script(), "").replace(leaflet_style(), "")
    assert "Sleutel" not in ours
    for home in (team.instance.place_by_id[f"H{number}"] for number in range(1, 7)):
        assert f"{home.latitude},{home.longitude}" not in ours
        assert encoded([(home.latitude, home.longitude)]) not in ours


def light(colour: str) -> float:
    """Relative luminance (WCAG)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colours_tell_their_order_by_lightness_alone() -> None:
    """Each class of a scale is darker than the one before by 1.15 : 1 at least; white numbers stand off each line."""
    code = asset("team.js").split("var RAMPS", 1)[1].split("};", 1)[0]
    ramps = [re.findall(r"#[0-9a-f]{6}", line) for line in code.splitlines() if "[" in line]
    assert len(ramps) == len(MEASURES) and {len(each) for each in ramps} == {5}
    for ramp in ramps:
        lights = [light(each) + 0.05 for each in ramp]
        assert all(one / other >= 1.15 for one, other in zip(lights, lights[1:], strict=False)), ramp
    assert min(1.05 / (light(each) + 0.05) for each in PALETTE) >= 4.5


def test_words_of_the_script_keep_their_placeholders(team: Any) -> None:
    """Each language has the same words with the same open places."""
    nl, en = (script_words(Words(team.instance, language)) for language in ("nl", "en"))
    assert nl.keys() == en.keys() and nl["comma"] and not en["comma"]
    assert re.findall(r"\{\w+\}", nl["counts"]) == re.findall(r"\{\w+\}", en["counts"]) == ["{routes}", "{open}"]


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="no shared geodata beside the project")
def test_friesland_with_all_its_borders_is_small(team: Any) -> None:
    """931 buurten of the province with true borders: every one drawn, all its corners, far below 1.5 MB."""
    borders = json.loads((SHARED / "friesland_buurten_2024.geojson").read_text(encoding="utf-8"))
    districts = tuple(
        District(
            id=row["properties"]["code"], name=row["properties"]["naam"], municipality=row["properties"]["gemeente"],
            latitude=_corners(row)[0][1], longitude=_corners(row)[0][0], inhabitants=0, inhabitants_65plus=0,
            area_hectares=0,
        )
        for row in borders["features"]
    )  # fmt: skip
    instance = team.instance.model_copy(update={"districts": districts})
    instance = type(instance).model_validate(instance.model_dump())
    areas, _ = bordered(instance, borders)
    assert len([each for each in areas if each.polygons]) == 931
    page = team_map(instance, team.travel, team.plan, team.names, borders)
    assert len(page.encode()) < 600_000


def _corners(row: dict[str, Any]) -> Any:
    shape = row["geometry"]
    return shape["coordinates"][0] if shape["type"] == "Polygon" else shape["coordinates"][0][0]


@pytest.mark.skipif(not SHARED.is_dir(), reason="no shared geodata beside the project")
def test_rotterdam_with_true_borders_holds_all_care() -> None:
    """vtt_rijnmond on 683 buurten: every district with a client lies in a polygon, and the page stays small."""
    folder = locate("vtt_rijnmond")
    instance = read_instance(folder)
    borders = json.loads((SHARED / "rotterdam_rijnmond_buurten_2024.geojson").read_text(encoding="utf-8"))
    areas, _ = bordered(instance, borders)
    asked = {instance.place_by_id[each.place].district for each in instance.clients}
    assert len(areas) == 683 and asked <= {code for each in areas if each.polygons for code in each.districts}
    plan = Plan(instance=instance.name, fingerprint=instance.fingerprint, contract=PRESETS["joint"])
    shown = driven(Words(instance), travel_matrix(instance), plan, {})
    assert len(shown.opened) >= len(instance.visits)


def test_lines_differ_without_their_colour() -> None:
    """Four nurses in a row have four strokes, of which the first is unbroken; the mark in the list shows the same."""
    dashes = [dash_of(number) for number in range(8)]
    assert dashes[0] == () and len(set(dashes[:4])) == 4 and dashes[:4] == dashes[4:]
    assert swatch("#0b5c7a", ()) == "#0b5c7a"
    assert swatch("#0b5c7a", (3, 4)) == "repeating-linear-gradient(90deg, #0b5c7a 0px 3px, transparent 3px 7px)"


def test_no_link_leads_to_a_page_that_is_not_there(team: Any) -> None:
    """With pages of N1 only, the map has no link to a route of anybody else; the routes themselves stay."""
    files = dict(map_files(team.instance, team.travel, team.plan, team.names, paged=["N1"]))
    page = files.pop("maps/team.html")
    assert files and {name.split("/")[-1].split("_")[0] for name in files} == {"N1"}
    linked = set(re.findall(r'href="(routes/[^"]+)"', page))
    assert linked == {name.removeprefix("maps/") for name in files}
    assert len(rows := re.findall(r"<tr data-route=.*?</tr>", page)) > len(linked)
    assert sum("<a " in row for row in rows) == len(linked)
