"""The format ``geojson`` (RFC 7946): routes as lines, stops and open visits as points, districts with their counts.

Longitude before latitude, five decimals (a metre), a bounding box, outer rings against the clock. Ids only; but where a
client lives is in it, since that is what a map shows. Where a nurse lives is not: nobody needs it to look at a route.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from instances.export_borders import DECIMALS, borders_by_code
from instances.export_material import ExportMaterial, Files
from optimiser.domain.exported import ExportedDuty, ExportedOpen, ExportedPlan, ExportedStop
from optimiser.domain.place import Place

Position = list[float]


def geojson_files(material: ExportMaterial) -> Files:
    """One feature collection: districts, then the lines of routes, then stops, then what is open."""
    content = material.content
    features = [*_districts(material), *_routes(material), *_stops(material), *_open(material)]
    collection: dict[str, Any] = {"type": "FeatureCollection"}
    if box := _box(features):
        collection["bbox"] = box
    collection |= {
        "samenrooster": {
            "instance": content.instance, "plan": content.plan, "version": content.version,
            "contract": content.contract, "fingerprint": content.fingerprint,
        },
        "features": features,
    }  # fmt: skip
    return {"": json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n"}


def _feature(kind: str, identity: str, geometry: Mapping[str, Any] | None, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "id": f"{kind}/{identity}", "geometry": geometry,
            "properties": {"kind": kind, **properties}}  # fmt: skip


def _point(longitude: float, latitude: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": _position(longitude, latitude)}


def _position(longitude: float, latitude: float) -> Position:
    return [round(longitude, DECIMALS), round(latitude, DECIMALS)]


def _at(place: Place) -> Position:
    return _position(place.longitude, place.latitude)


def _routes(material: ExportMaterial) -> Iterator[dict[str, Any]]:
    """A line for each segment that stops at two places or more; ways from and to a nurse's home are left off."""
    by_segment: dict[tuple[str, int], list[ExportedStop]] = {}
    for stop in material.content.stops:
        by_segment.setdefault((stop.duty, stop.segment), []).append(stop)
    duties = {each.id: each for each in material.content.duties}
    for (name, segment), stops in by_segment.items():
        duty = duties[name]
        line, roads = _line(material, duty, stops)
        if len(line) < 2:
            continue
        geometry = {"type": "LineString", "coordinates": line}
        yield _feature(
            "route", f"{name}/{segment}", geometry, duty=name, nurse=duty.nurse, day=duty.day.isoformat(),
            segment=segment, code=duty.code, lane=duty.lane, mode=duty.mode, organisation=duty.organisation,
            start=duty.segments[min(segment, len(duty.segments) - 1)].start.isoformat(),
            end=duty.segments[min(segment, len(duty.segments) - 1)].end.isoformat(),
            visits=sum(each.what == "visit" for each in stops),
            travel_minutes=sum(each.travel_minutes or 0 for each in stops),
            travel_metres=sum(each.travel_metres or 0 for each in stops), along_roads=roads,
        )  # fmt: skip


def _line(material: ExportMaterial, duty: ExportedDuty, stops: Iterable[ExportedStop]) -> tuple[list[Position], bool]:
    """The positions of a route, and whether every way of it is along roads; a place that is visited twice in a row
    stands once."""
    places = material.instance.place_by_id
    ends = [[each] if places[each].kind != "home" else [] for each in (duty.start_place, duty.end_place)]
    way = [*ends[0], *(each.place for each in stops if each.place), *ends[1]]
    line, missed = [_at(places[each]) for each in way[:1]], False
    for start, end in zip(way, way[1:], strict=False):
        if start == end:
            continue
        road = (material.roads or {}).get((start, end, duty.mode))
        missed = missed or road is None
        positions = [_position(longitude, latitude) for latitude, longitude in road or ()]
        for each in (*positions, _at(places[end])):
            if each != line[-1]:
                line.append(each)
    return line, not missed


def _stops(material: ExportMaterial) -> Iterator[dict[str, Any]]:
    """A point for each stop that has a place."""
    for stop in material.content.stops:
        if stop.place is not None:
            place = material.instance.place_by_id[stop.place]
            yield _feature(
                "stop", f"{stop.duty}/{stop.segment}/{stop.order}", _point(place.longitude, place.latitude),
                duty=stop.duty, nurse=stop.nurse, day=stop.day.isoformat(), order=stop.order, what=stop.what,
                work=stop.id, part=stop.part, client=stop.client, arrival=stop.arrival.isoformat(),
                start=stop.start.isoformat(), end=stop.end.isoformat(),
            )  # fmt: skip


def _open(material: ExportMaterial) -> Iterator[dict[str, Any]]:
    """A point for each visit or task that nobody does; cover has no place."""
    for each in material.content.open:
        place = _place_of(material, each)
        if place is not None:
            yield _feature(
                "open", each.id, _point(place.longitude, place.latitude), what=each.what, work=each.id,
                client=each.client, day=each.day.isoformat(), start=each.start.isoformat(), end=each.end.isoformat(),
                minutes=each.minutes, missing=each.missing, skills=list(each.skills), reason=each.reason,
            )  # fmt: skip


def _place_of(material: ExportMaterial, each: ExportedOpen) -> Place | None:
    instance = material.instance
    if each.client is not None:
        return instance.place_by_id[instance.client_by_id[each.client].place]
    task = instance.task_by_id.get(each.id) if each.what == "task" else None
    return instance.place_by_id[task.place] if task is not None and task.place else None


def _districts(material: ExportMaterial) -> Iterator[dict[str, Any]]:
    """Each district with work: its borders where known, else its centre."""
    shapes = borders_by_code(material.borders)
    content: ExportedPlan = material.content
    for each in content.districts:
        geometry = shapes.get(each.id) or _point(each.longitude, each.latitude)
        yield _feature(
            "district", each.id, geometry, district=each.id, name=each.name, municipality=each.municipality,
            visits=each.visits, served=each.served, open=each.open, minutes=each.minutes,
        )  # fmt: skip


def _box(features: Iterable[Mapping[str, Any]]) -> list[float]:
    """West, south, east, north of all positions; empty without any."""
    found = [each for feature in features for each in _positions(feature["geometry"]["coordinates"])]
    if not found:
        return []
    return [pick(each[axis] for each in found) for pick in (min, max) for axis in (0, 1)]


def _positions(coordinates: Any) -> Iterator[Position]:
    if isinstance(coordinates[0], float):
        yield coordinates
        return
    for each in coordinates:
        yield from _positions(each)
