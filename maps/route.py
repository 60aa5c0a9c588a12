"""The route of a nurse on a day: a page for her phone with the stops in order and a map; it needs no scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from markupsafe import Markup

from maps.itinerary import Itinerary, Line, districts_near, itinerary, source_duty
from maps.offline import OfflineMap, leaflet_script, leaflet_style
from maps.page import asset, render
from maps.picture import picture
from maps.told import told_lines
from maps.words import Names, Words, name_of
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.changes import Change
from optimiser.report.legs import journey_ends
from optimiser.texts import Language


def route_page(
    instance: Instance,
    travel: TravelMatrix,
    plan: Plan,
    nurse: str,
    day: date,
    names: Names,
    language: Language = "nl",
    tiles: str | None = None,
    changes: Sequence[Change] = (),
) -> str:
    """The page as HTML. It holds names and addresses of this route's clients only, and no version or moment of making:
    equal duties give equal bytes. A student's page shows her companion's route. ``changes`` since the roster she was
    told: hers of that day stand on top, with the names of clients who went. Raises ``InputError`` on unknown tiles.
    """
    words = Words(instance, language)
    duties = [each for each in plan.duties_of.get(nurse, ()) if each.day == day]
    shown: list[Itinerary] = []
    for duty in duties:
        if source_duty(plan, duty).stops:
            before = sum(1 for route in shown for line in route.lines if line.number)
            shown.append(itinerary(words, travel, plan, duty, names, before))
    chart = _map(words, shown, tiles)
    element, script = chart.parts()
    return render(
        "route.html.j2",
        scripts=(leaflet_script(), asset("map.js"), script),
        image_host=chart.image_host,
        lang=language,
        t=words,
        nurse=name_of(names, nurse),
        companion=next((each.companion for each in shown if each.companion), ""),
        day=words.long_day(day),
        duties=[_duty(words, each) for each in shown],
        facts=_facts(words, shown),
        told=told_lines(words, names, plan, nurse, day, changes),
        map=Markup(element),  # noqa: S704 - an element of our own making
        picture=picture(shown),
        leaflet_style=Markup(leaflet_style()),  # noqa: S704 - the library's style sheet
    )


def _mode(words: Words, route: Itinerary) -> str:
    who = route.companion or route.duty.nurse
    return words(f"map.mode.{journey_ends(words.instance, who, route.duty.day).mode}")


def _duty(words: Words, route: Itinerary) -> dict[str, Any]:
    kind = words.instance.kind_by_id[route.duty.kind]
    mode = _mode(words, route)
    back = words("map.route.back", minutes=route.back, mode=mode) if route.back and not route.companion else ""
    return {
        "code": kind.code,
        "name": kind.name,
        "category": kind.category,
        "standby": kind.lane == "standby",
        "span": words.span(route.duty.start, route.duty.end),
        "from_home": route.home is not None and bool(route.lines),
        "lines": [asdict(line) | {"way": way_of(words, line, mode, bool(route.companion))} for line in route.lines],
        "back": back,
    }


def way_of(words: Words, line: Line, mode: str, companion: bool = False) -> str:
    """How a stop is reached: travel and waiting. A companion's way from home is not the student's to see."""
    parts = []
    if line.leg and not (companion and line.home_leg):
        parts.append(words("map.route.way", minutes=line.leg, mode=mode, km=words.decimal(line.metres / 1000)))
    if line.wait:
        parts.append(words("map.route.wait", minutes=line.wait))
    return " · ".join(parts)


def _facts(words: Words, routes: list[Itinerary]) -> str:
    lines = [line for route in routes for line in route.lines]
    if not lines:
        return words("map.route.empty")
    legs = [line for line in lines if not line.home_leg]
    return words(
        "map.route.facts",
        visits=words.visits(sum(1 for line in lines if line.what == "visit")),
        care=words.duration(sum(line.minutes for line in lines if line.what == "visit")),
        travel=words.duration(sum(line.leg for line in legs)),
        km=words.decimal(sum(line.metres for line in legs) / 1000),
        mode=_mode(words, routes[0]),
    )


def points_of(route: Itinerary) -> list[tuple[float, float]]:
    """Where the stops of a route lie, in order."""
    return [(x.latitude, x.longitude) for x in route.lines if x.latitude is not None and x.longitude is not None]


def _map(words: Words, routes: list[Itinerary], tiles: str | None) -> OfflineMap:
    points = [point for route in routes for point in points_of(route)]
    homes = [route.home for route in routes if route.home]
    # the stops fill the frame; a home far away is where its dotted line leads
    seen = points or homes or [(52.1, 5.3)]
    bounds = [[min(p[i] for p in seen) for i in (0, 1)], [max(p[i] for p in seen) for i in (0, 1)]]
    centre = ((bounds[0][0] + bounds[1][0]) / 2, (bounds[0][1] + bounds[1][1]) / 2)
    chart = OfflineMap("route_map", centre, tiles)
    chart.draw("frame", {"bounds": bounds, "zoomIn": words("map.zoom_in"), "zoomOut": words("map.zoom_out")})
    if tiles is None:
        chart.draw("districts", {"items": districts_near(words.instance, seen)})
    stops = [line for route in routes for line in route.lines]
    chart.draw(
        "route",
        {
            "stops": pins(words, stops),
            "home": homes[0] if homes else None,
            "homeWord": words("map.home"),
            "parts": [_part(route) for route in routes],
        },
    )
    return chart


def _part(route: Itinerary) -> dict[str, Any]:
    points = points_of(route)
    legs = [[route.home, points[0]], [points[-1], route.home]] if route.home and points else []
    return {"points": points, "homeLegs": legs}


def pins(words: Words, lines: list[Line]) -> list[dict[str, Any]]:
    """One pin for each point of the map; stops at the same door share it and its popup."""
    shared: dict[tuple[float, float], list[Line]] = {}
    for line in lines:
        if line.latitude is not None and line.longitude is not None:
            shared.setdefault((line.latitude, line.longitude), []).append(line)
    return [
        {
            "lat": point[0],
            "lon": point[1],
            "label": "·".join(str(line.number) for line in group),
            "numbers": [line.number for line in group],
            "what": group[0].what,
            "critical": any(line.critical for line in group),
            "title": f"{group[0].number}. {group[0].start} {group[0].person or group[0].client or group[0].title}",
            "lines": [entry for line in group for entry in popup_lines(words, line)],
        }
        for point, group in shared.items()
    ]


def popup_lines(words: Words, line: Line) -> list[tuple[str, str]]:
    """What a popup says of a stop: (style, text) for each line."""
    return [
        ("main", f"{line.start}–{line.end}  {line.person or line.client or line.title}"),
        ("quiet", line.address),
        ("", line.title if line.client else ""),
        ("quiet", words("map.route.window", window=line.window)),
        ("bad", words("map.route.critical") if line.critical else ""),
        ("", words("map.route.together", nurse=line.partner) if line.partner else ""),
    ]
