"""GeoJSON as RFC 7946 says: order of axes, direction of rings, decimals, bounding box; routes along roads; no names."""

from __future__ import annotations

import json
import runpy
from datetime import date
from pathlib import Path
from typing import Any

from instances.export_borders import borders_by_code
from instances.export_formats import export_files

MADE = runpy.run_path(str(Path(__file__).with_name("export_made.py")), run_name="export_made")
material = MADE["material"]
INSTANCE, PLAN = MADE["six_nurses"]()


def exported(*given: Any, **more: Any) -> dict[str, Any]:
    """The feature collection."""
    instance, plan = given or (INSTANCE, PLAN)
    made: dict[str, Any] = json.loads(export_files("geojson", material(instance, plan, **more))[""])
    return made


def kinds(collection: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """The features of a kind."""
    return [each for each in collection["features"] if each["properties"]["kind"] == kind]


def positions(coordinates: Any) -> list[list[float]]:
    """All positions of a geometry."""
    if isinstance(coordinates[0], float):
        return [coordinates]
    return [position for each in coordinates for position in positions(each)]


def test_routes_go_over_their_stops_and_to_nobodys_home() -> None:
    """Each line: longitude first, the places of its stops in order, no place twice in a row. A nurse who starts at home
    starts at her first stop, and a route of one place is no line; all lines together hold every such route."""
    collection = exported()
    found = {each["id"].removeprefix("route/"): each for each in kinds(collection, "route")}
    ways: dict[str, list[Any]] = {}
    for each in kinds(collection, "stop"):
        way = ways.setdefault(each["id"].removeprefix("stop/").rpartition("/")[0], [])
        if not way or way[-1] != each["geometry"]["coordinates"]:
            way.append(each["geometry"]["coordinates"])
    assert set(found) == {name for name, way in ways.items() if len(way) > 1}
    for name, line in found.items():
        assert line["geometry"] == {"type": "LineString", "coordinates": ways[name]}
        assert line["properties"]["along_roads"] is False


def test_no_home_of_a_nurse_is_in_it() -> None:
    """No position of the file is a home, but for a client who lives there too; so at a start or an end as elsewhere."""
    at = {each.id: (round(each.longitude, 5), round(each.latitude, 5)) for each in INSTANCE.places}
    homes = {at[each.home] for each in INSTANCE.nurses} - {at[each.place] for each in INSTANCE.clients}
    shown = {(x, y) for each in exported()["features"] for x, y in positions(each["geometry"]["coordinates"])}
    assert homes and not homes & shown


def test_a_workplace_at_the_start_is_in_the_line() -> None:
    """A nurse who begins and ends at the pharmacy, which is nobody's home."""
    (pharmacy,) = (each for each in INSTANCE.places if each.kind not in ("home", "client"))
    nurses = tuple(each.model_copy(update={"start_place": pharmacy.id, "end_place": pharmacy.id})
                   for each in INSTANCE.nurses)  # fmt: skip
    lines = kinds(exported(INSTANCE.model_copy(update={"nurses": nurses}), PLAN), "route")
    spot = [round(pharmacy.longitude, 5), round(pharmacy.latitude, 5)]
    assert lines and all(each["geometry"]["coordinates"][0] == spot for each in lines)
    assert all(each["geometry"]["coordinates"][-1] == spot for each in lines)


def test_positions_are_short_and_in_the_box() -> None:
    """Five decimals at most; the box is west, south, east, north of all of them; ids of features are unique."""
    collection = exported()
    found = [each for feature in collection["features"] for each in positions(feature["geometry"]["coordinates"])]
    assert all(round(number, 5) == number for each in found for number in each)
    assert all(3 < longitude < 8 and 50 < latitude < 54 for longitude, latitude in found)
    axes = list(zip(*found, strict=True))
    assert collection["bbox"] == [min(axes[0]), min(axes[1]), max(axes[0]), max(axes[1])]
    ids = [each["id"] for each in collection["features"]]
    assert len(ids) == len(set(ids))


def test_districts_count_every_visit_once() -> None:
    """Over all districts the visits of the instance; served and open add up to them, and open is the plan's."""
    rows = [each["properties"] for each in kinds(exported(), "district")]
    assert sum(each["visits"] for each in rows) == len(INSTANCE.visits)
    assert all(each["visits"] == each["served"] + each["open"] for each in rows)
    assert sum(each["open"] for each in rows) == sum(each.id in INSTANCE.visit_by_id for each in PLAN.unserved)


def test_open_visits_are_points_and_counted_in_their_district() -> None:
    """Without one nurse: a point for each open visit at its client's place, and as many open in the districts."""
    instance, plan = MADE["one_away"]()
    collection = exported(instance, plan)
    visits = {each.id for each in plan.unserved if each.id in instance.visit_by_id}
    points = {each["properties"]["work"]: each for each in kinds(collection, "open")}
    assert visits and visits <= set(points)
    for name in visits:
        place = instance.place_by_id[instance.client_by_id[instance.visit_by_id[name].client].place]
        assert points[name]["geometry"]["coordinates"] == [round(place.longitude, 5), round(place.latitude, 5)]
    rows = [each["properties"] for each in kinds(collection, "district")]
    assert sum(each["open"] for each in rows) == len(visits)
    assert sum(each["visits"] for each in rows) == len(instance.visits)


def test_a_day_or_a_nurse_alone() -> None:
    """A nurse's file holds her own clients only, and no districts; a day's only what starts on it."""
    nurse = PLAN.duties[0].nurse
    own = exported(nurse=nurse)
    assert {each["properties"]["nurse"] for each in own["features"]} == {nurse}
    clients = {INSTANCE.visit_by_id[stop.id].client for duty in PLAN.duties_of[nurse] for stop in duty.stops
               if stop.what == "visit"}  # fmt: skip
    others = {each.id for each in INSTANCE.clients} - clients
    assert others and not {each["properties"].get("client") for each in own["features"]} & others
    day = date.fromisoformat(kinds(exported(), "route")[0]["properties"]["day"])
    assert {each["properties"]["day"] for each in exported(day=day)["features"] if "day" in each["properties"]} == {
        day.isoformat()
    }


def test_roads_are_followed_where_they_are_known() -> None:
    """With every way between two stops known the line takes their points and says so; with one of them it does not."""
    places = {each.id: each for each in INSTANCE.places}
    stops = [each for each in PLAN.duties[0].stops if each.what == "visit"]
    way = list(dict.fromkeys(INSTANCE.client_by_id[INSTANCE.visit_by_id[each.id].client].place for each in stops))
    mode = INSTANCE.nurse_by_id[PLAN.duties[0].nurse].mode
    at = {each: (places[each].latitude, places[each].longitude) for each in way}
    pairs = [(one, other) for one in way for other in way if one != other]
    roads = {(one, other, mode): (at[one], (51.9001, 4.4001), at[other]) for one, other in pairs}
    assert len(way) > 2
    line = kinds(exported(roads=roads), "route")[0]
    assert line["properties"]["duty"] == PLAN.duties[0].id and line["properties"]["along_roads"] is True
    assert line["geometry"]["coordinates"].count([4.4001, 51.9001]) == (len(line["geometry"]["coordinates"]) - 1) / 2
    first = next(key for key in roads if key[:2] == (way[0], way[1]))
    assert kinds(exported(roads={first: roads[first]}), "route")[0]["properties"]["along_roads"] is False


def test_outer_rings_run_against_the_clock() -> None:
    """A square given with the clock and open, with a hole given against it: both are turned, closed and rounded."""
    square = [[4.0, 52.0], [4.0, 53.0], [5.0, 53.0], [5.0, 52.0]]
    hole = [[4.2, 52.2], [4.4000001, 52.2], [4.4, 52.4], [4.2, 52.2]]
    borders = {"features": [
        {"properties": {"buurtcode": "BU1"}, "geometry": {"type": "Polygon", "coordinates": [square, hole]}},
        {"properties": {"code": "BU2"}, "geometry": {"type": "MultiPolygon", "coordinates": [[square[::-1]]]}},
        {"properties": {}, "geometry": {"type": "Polygon", "coordinates": [square]}},
    ]}  # fmt: skip
    shapes = borders_by_code(borders)
    turned = [[4.0, 52.0], [5.0, 52.0], [5.0, 53.0], [4.0, 53.0], [4.0, 52.0]]
    assert set(shapes) == {"BU1", "BU2"}
    assert shapes["BU1"]["coordinates"] == [turned, [[4.2, 52.2], [4.4, 52.4], [4.4, 52.2], [4.2, 52.2]]]
    assert shapes["BU2"]["coordinates"][0][0][0] == [5.0, 52.0] and shapes["BU2"]["type"] == "MultiPolygon"


def test_a_district_has_its_borders_where_they_are_known() -> None:
    """The shape of the file in place of the centre."""
    code = kinds(exported(), "district")[0]["properties"]["district"]
    square = [[4.0, 52.0], [5.0, 52.0], [5.0, 53.0], [4.0, 52.0]]
    borders = {"features": [{"properties": {"code": code}, "geometry": {"type": "Polygon", "coordinates": [square]}}]}
    first, second = kinds(exported(borders=borders), "district")[:2]
    assert first["geometry"] == {"type": "Polygon", "coordinates": [square]} and second["geometry"]["type"] == "Point"


def test_no_names_of_people() -> None:
    """Not one name, address or telephone number of six_nurses."""
    content = str(export_files("geojson", material(INSTANCE, PLAN, names=MADE["names"]()))[""])
    people = MADE["names"]().values()
    assert [word for each in people for word in (each.name, each.address, each.phone) if word and word in content] == []
