"""A nurse's card as a page: one day, or all her days; ``plan``, ``map`` and ``cards`` all write this one.

The stops stand in plain HTML and the map as a drawing, so that it reads with scripts off; with scripts a folium map
lies over the drawing. It asks nothing of a network. What a tap on an address does is told in ``maps.card_contacts``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from markupsafe import Markup

from maps.card import card_of, mode_of, routes_of
from maps.card_nouns import Card
from maps.card_stop import Source
from maps.itinerary import Itinerary, Line, districts_near
from maps.offline import OfflineMap, leaflet_script, leaflet_style
from maps.page import asset, render
from maps.picture import picture
from maps.road_lines import Ways, ways
from maps.words import Names, Words, name_of
from optimiser.domain.card import Bring
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.road_lines import RoadLines
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.changes import Change
from optimiser.texts import Language


@dataclass(frozen=True)
class DayView:
    """A day of a page: its card, its drawing, and its map's element, script and host of tiles."""

    card: Card
    picture: Markup
    element: Markup
    script: str
    image_host: str
    roads: bool


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
    *,
    roads: RoadLines | None = None,
    bring: Iterable[Bring] = (),
    key_boxes: bool = False,
    before: Plan | None = None,
) -> str:
    """The page as HTML. It holds names and addresses of this route's clients only, and no version or moment of making:
    equal duties give equal bytes. A student's page shows her companion's route. ``changes`` since the roster she was
    told: hers of that day stand on top, with the names of clients who went, and with ``before`` other back-ups.
    ``key_boxes`` is for pages that are locked afterwards, and for no others. Raises ``InputError`` on unknown tiles.
    """
    source = Source(Words(instance, language), plan, names, tuple(bring), key_boxes, before)
    view = _day(source, travel, nurse, day, tiles, changes, roads)
    return _page(source, "route.html.j2", nurse, [view])


def week_page(
    instance: Instance,
    travel: TravelMatrix,
    plan: Plan,
    nurse: str,
    names: Names,
    language: Language = "nl",
    tiles: str | None = None,
    changes: Sequence[Change] = (),
    days: Sequence[date] = (),
    *,
    roads: RoadLines | None = None,
    bring: Iterable[Bring] = (),
    key_boxes: bool = False,
    before: Plan | None = None,
) -> str:
    """As ``route_page``, with ``days``, or every day on which the nurse has a duty, one below the other and links to
    each."""
    source = Source(Words(instance, language), plan, names, tuple(bring), key_boxes, before)
    days = days or sorted({duty.day for duty in plan.duties_of.get(nurse, ())})
    views = [_day(source, travel, nurse, day, tiles, changes, roads, f"{day}-") for day in days]
    return _page(source, "route_week.html.j2", nurse, views)


def _page(source: Source, template: str, nurse: str, views: list[DayView]) -> str:
    words = source.words
    own = "".join(view.script for view in views) + asset("route.js")
    return render(
        template,
        scripts=(leaflet_script(), asset("map.js"), own),
        image_host=next((view.image_host for view in views if view.image_host), ""),
        lang=words.language,
        t=words,
        nurse=name_of(source.names, nurse),
        days=views,
        short=[words.short_day(view.card.day) for view in views],
        leaflet_style=Markup(leaflet_style()),  # noqa: S704 - the library's style sheet
    )


def _day(
    source: Source, travel: TravelMatrix, nurse: str, day: date, tiles: str | None, changes: Sequence[Change],
    roads: RoadLines | None, prefix: str = "",
) -> DayView:  # fmt: skip
    """A day; ``prefix`` makes its anchors and its map the only ones of their name on the page."""
    words = source.words
    routes = routes_of(source, travel, nurse, day)
    driven = [ways(route, roads, mode_of(words, route)) for route in routes]
    name = "route_map" + (f"_{day:%Y%m%d}" if prefix else "")
    named = [replace(line, partner=name_of(source.names, line.partner)) for route in routes for line in route.lines]
    shown = card_of(source, nurse, day, routes, changes, prefix)
    seen = [point for route in routes for point in points_of(route)]
    if not seen:  # a duty without stops has nothing on a map
        return DayView(shown, Markup(""), Markup(""), "", "", False)
    chart = _map(words, routes, named, driven, tiles, name, prefix, seen)
    element, script = chart.parts()
    drawn = picture(routes, driven, districts_near(words.instance, seen), words("map.route.map"), words("map.break"))
    along = any(each.along_roads for each in driven)
    return DayView(shown, drawn, Markup(element), script, chart.image_host, along)


def points_of(route: Itinerary) -> list[tuple[float, float]]:
    """Where the stops of a route lie, in order."""
    return [(x.latitude, x.longitude) for x in route.lines if x.latitude is not None and x.longitude is not None]


def _map(
    words: Words, routes: list[Itinerary], lines: list[Line], driven: list[Ways], tiles: str | None, name: str,
    prefix: str, seen: list[tuple[float, float]],
) -> OfflineMap:  # fmt: skip
    """The folium map; ``lines`` are all stops of the routes as their popups name them, ``seen`` is what must be in the
    frame: a home far away is where its dotted line leads."""
    homes = [route.home for route in routes if route.home and route.lines]
    bounds = [[min(p[i] for p in seen) for i in (0, 1)], [max(p[i] for p in seen) for i in (0, 1)]]
    centre = ((bounds[0][0] + bounds[1][0]) / 2, (bounds[0][1] + bounds[1][1]) / 2)
    chart = OfflineMap(name, centre, tiles)
    said = {"zoomIn": words("map.zoom_in"), "zoomOut": words("map.zoom_out"), "close": words("map.close")}
    chart.draw("frame", {"bounds": bounds, **said})
    if tiles is None:
        chart.draw("districts", {"items": districts_near(words.instance, seen)})
    stops = pins(words, lines)
    for pin in stops:  # as the list beside the map names its stops
        pin["numbers"] = [f"{prefix}{number}" for number in pin["numbers"]]
    chart.draw(
        "route",
        {
            "stops": stops,
            "home": homes[0] if homes else None,
            "homeWord": words("map.home"),
            "parts": [{"points": each.between, "homeLegs": each.home} for each in driven],
        },
    )
    return chart


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
