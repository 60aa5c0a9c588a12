"""True borders of districts for the team map: polygons only, joined to the instance's districts, with their year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from optimiser.domain.instance import Instance
from optimiser.domain.place import District
from optimiser.domain.road_lines import Point

CODE_FIELDS = ("code", "buurtcode", "bu_code", "wijkcode", "wk_code", "wijk_code", "statcode", "gemeentecode")
NAME_FIELDS = ("naam", "name", "buurtnaam", "bu_naam", "wijknaam", "wk_naam", "statnaam", "gemeentenaam")
TOWN_FIELDS = ("gemeente", "gm_name", "gemeentenaam", "gm_naam")
YEAR_FIELDS = ("year", "jaar")
YEAR = re.compile(r"[12]\d{3}")
BUURT = re.compile(r"BU(\d{4})(\d{2})\d{2}")
MOST_POINTS = 40_000
"""More corners than this are drawn coarser, so that a page stays quick on a phone."""
STEPS = (1, 2, 5, 10, 20, 50, 100)
"""Grids in 1e-5 degrees (about a metre each) that borders are laid on; neighbours keep the same corners."""
MARGIN = 0.05
"""Degrees around the instance's districts and clients within which borders are drawn."""

Polygon = tuple[tuple[Point, ...], ...]
"""An outer ring and its holes."""


@dataclass(frozen=True)
class Area:
    """What is coloured on the team map: a district's circle, or a polygon with the districts inside it.

    ``districts`` are codes of the instance; ``people`` their inhabitants, ``metres`` the radius of a circle of the
    area's size. ``polygons`` is empty where no border is known.
    """

    name: str
    town: str
    at: Point
    districts: tuple[str, ...]
    people: int = 0
    metres: int = 0
    polygons: tuple[Polygon, ...] = ()


def circles(instance: Instance) -> tuple[Area, ...]:
    """Every district of the instance as a circle at its centre."""
    return tuple(_circle(each) for each in instance.districts)


def _circle(district: District) -> Area:
    return Area(
        district.name, district.municipality, (district.latitude, district.longitude), (district.id,),
        district.inhabitants, round((district.area_hectares * 10_000 / 3.1416) ** 0.5),
    )  # fmt: skip


def bordered(instance: Instance, borders: Mapping[str, Any]) -> tuple[tuple[Area, ...], str]:
    """The polygons of a GeoJSON feature collection as areas, and the year of their source (empty when the file does
    not say). Districts with clients that no polygon holds follow as circles.

    A polygon holds the districts of its code: the district itself, its wijk or its municipality. Of a file with
    several of these only the kind that holds most districts is drawn, and only what lies near the work.
    """
    features = [
        each for each in borders["features"] if (each.get("geometry") or {}).get("type", "").endswith("Polygon")
    ]
    inside = _districts_by_code(instance)
    kinds = Counter(_field(each, CODE_FIELDS)[:2] for each in features if _field(each, CODE_FIELDS) in inside)
    kind = kinds.most_common(1)[0][0] if kinds else ""
    near = _near(instance)
    kept = [
        (each, polygons)
        for each in features
        if _field(each, CODE_FIELDS).startswith(kind) and near(polygons := tuple(_polygons(each)))
    ]
    step = _step([polygons for _, polygons in kept])
    areas = [
        _area(each, drawn, inside.get(_field(each, CODE_FIELDS), ()))
        for each, polygons in kept
        if (drawn := _laid(polygons, step))
    ]
    held = {code for area in areas for code in area.districts}
    asked = {instance.place_by_id[each.place].district for each in instance.clients}
    areas += [_circle(each) for each in instance.districts if each.id in asked - held]
    # whoever made the file wrote this too, and it goes into the line under the map, which Leaflet takes for markup
    years = sorted(year for each in features if YEAR.fullmatch(year := _field(each, YEAR_FIELDS)))
    return tuple(areas), years[-1] if years else ""


def _districts_by_code(instance: Instance) -> dict[str, tuple[District, ...]]:
    """Code of a buurt, wijk or municipality -> the instance's districts in it."""
    table: dict[str, list[District]] = {}
    for each in instance.districts:
        match = BUURT.fullmatch(each.id)
        codes = {each.id, each.wijk} | ({f"WK{match[1]}{match[2]}", f"GM{match[1]}"} if match else set())
        for code in codes - {""}:
            table.setdefault(code, []).append(each)
    return {code: tuple(rows) for code, rows in table.items()}


def _near(instance: Instance) -> Any:
    """Whether any corner of polygons lies in the box around the instance's districts and clients."""
    points = [(each.latitude, each.longitude) for each in instance.districts]
    points += [_point(instance, each.place) for each in instance.clients]
    if not points:
        return lambda polygons: True
    south, north = min(p[0] for p in points) - MARGIN, max(p[0] for p in points) + MARGIN
    west, east = min(p[1] for p in points) - 1.6 * MARGIN, max(p[1] for p in points) + 1.6 * MARGIN
    return lambda polygons: any(
        south <= lat <= north and west <= lon <= east for rings in polygons for ring in rings for lat, lon in ring
    )


def _point(instance: Instance, place: str) -> Point:
    return instance.place_by_id[place].latitude, instance.place_by_id[place].longitude


def _polygons(feature: Mapping[str, Any]) -> Iterator[Polygon]:
    shape = feature["geometry"]
    shapes = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    for rings in shapes:
        yield tuple(tuple((corner[1], corner[0]) for corner in ring) for ring in rings)


def _step(shapes: Sequence[Sequence[Polygon]]) -> int:
    """The finest grid on which all shapes together have few enough corners."""
    for step in STEPS[:-1]:
        if sum(len(ring) for each in shapes for rings in _laid(each, step) for ring in rings) <= MOST_POINTS:
            return step
    return STEPS[-1]


def _laid(polygons: Sequence[Polygon], step: int) -> tuple[Polygon, ...]:
    """The polygons on a grid, without repeated corners; a ring that shrinks to a line is left out with its holes."""
    laid = []
    for rings in polygons:
        kept = [ring for each in rings if len(set(ring := _ring(each, step))) > 2]
        if kept and len(set(_ring(rings[0], step))) > 2:
            laid.append(tuple(kept))
    return tuple(laid)


def _ring(ring: Sequence[Point], step: int) -> tuple[Point, ...]:
    grid = [(round(lat * 100_000 / step) * step, round(lon * 100_000 / step) * step) for lat, lon in ring]
    kept = [here for number, here in enumerate(grid) if number == 0 or here != grid[number - 1]]
    return tuple((lat / 100_000, lon / 100_000) for lat, lon in kept)


def _area(feature: Mapping[str, Any], polygons: tuple[Polygon, ...], districts: Sequence[District]) -> Area:
    """Its middle is that of its inhabitants where they are known, else of its largest ring's corners."""
    ring = max((rings[0] for rings in polygons), key=len)
    at = sum(each[0] for each in ring) / len(ring), sum(each[1] for each in ring) / len(ring)
    people = sum(each.inhabitants for each in districts)
    if people:
        at = (
            sum(each.latitude * each.inhabitants for each in districts) / people,
            sum(each.longitude * each.inhabitants for each in districts) / people,
        )
    town = _field(feature, TOWN_FIELDS) or (districts[0].municipality if districts else "")
    name = _field(feature, NAME_FIELDS) or _field(feature, CODE_FIELDS)
    return Area(name, town, at, tuple(each.id for each in districts), people, 0, polygons)


def _field(feature: Mapping[str, Any], fields: tuple[str, ...]) -> str:
    properties = feature.get("properties") or {}
    return next((str(properties[name]) for name in fields if properties.get(name) not in (None, "")), "")
