"""The team map: routes by day, shift, organisation and nurse, districts by demand and cover, and what is left open."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from maps.borders import Area, bordered, circles
from maps.offline import OfflineMap, leaflet_script, leaflet_style
from maps.page import asset, render
from maps.team_data import Choices, Driven, choices, dash_of, driven, swatch, team_data
from maps.team_tables import area_rows, measures, open_rows, route_rows
from maps.team_words import script_words
from maps.words import Names, Words, name_of
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.road_lines import RoadLines
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.texts import Language


def team_map(
    instance: Instance,
    travel: TravelMatrix,
    plan: Plan,
    names: Names,
    borders: Mapping[str, Any] | None = None,
    language: Language = "nl",
    tiles: str | None = None,
    roads: RoadLines | None = None,
    paged: Collection[str] | None = None,
) -> str:
    """The page as HTML, for the team's manager. ``borders`` is a GeoJSON feature collection of districts; ``roads``
    are ways to draw routes along.

    Links lead to ``routes/<nurse>_<date>.html`` beside it, of ``paged`` nurses only when given, and to
    ``../roster.html``. Raises ``InputError`` on
    unknown tiles.
    """
    words = Words(instance, language)
    view = team_view(words, travel, [plan], names, borders, tiles, roads)
    chart = view_map(view, "team_map", tiles)
    element, script = chart.parts()
    shown = view.shown[0]
    for nurse in view.data["nurses"]:
        nurse["page"] = paged is None or nurse["id"] in paged
    return render(
        "team.html.j2",
        scripts=(leaflet_script(), own_script(), f"{script}\n{team_call(['team_map'], view.data)}"),
        image_host=chart.image_host,
        rows=route_rows(words, shown, names, paged),
        opened=open_rows(words, shown, view.can),
        map=Markup(element),  # noqa: S704 - an element of our own making
        **page_values(view),
    )


@dataclass(frozen=True)
class TeamView:
    """What a page about one plan, or about two, is made of."""

    words: Words
    names: Names
    shown: tuple[Driven, ...]
    can: Choices
    areas: tuple[Area, ...]
    data: dict[str, Any]
    bounds: list[list[float]]
    along_roads: bool
    sources: str


def team_view(
    words: Words,
    travel: TravelMatrix,
    plans: Sequence[Plan],
    names: Names,
    borders: Mapping[str, Any] | None,
    tiles: str | None,
    roads: RoadLines | None,
    labels: Sequence[str] = ("",),
) -> TeamView:
    """Areas, routes and figures of the plans; ``labels`` name the plans where there are two."""
    instance = words.instance
    shown = tuple(driven(words, travel, plan, names) for plan in plans)
    can = choices(words, shown, names)
    areas, year = bordered(instance, borders) if borders is not None else (circles(instance), "")
    data = team_data(words, shown, can, areas, roads, names)
    for row, label in zip(data["plans"], labels, strict=True):
        row["name"] = label
    sources = []
    if any(each.polygons for each in areas):
        sources.append(words("map.borders.source", year=year or words("map.team.year_unknown")))
    along_roads = data.pop("along_roads")
    if along_roads:
        sources.append(words("map.roads.source"))
    data |= {"words": script_words(words), "tiles": tiles is not None}
    return TeamView(words, names, shown, can, areas, data, _bounds(instance), along_roads, " · ".join(sources))


def _bounds(instance: Instance) -> list[list[float]]:
    places = [instance.place_by_id[each.place] for each in instance.clients]
    points = [(each.latitude, each.longitude) for each in places] or [(52.1, 5.3)]
    return [[min(p[i] for p in points) for i in (0, 1)], [max(p[i] for p in points) for i in (0, 1)]]


def view_map(view: TeamView, name: str, tiles: str | None) -> OfflineMap:
    """An empty map of the work's area with its buttons and sources; the script draws on it."""
    (south, west), (north, east) = view.bounds
    chart = OfflineMap(name, ((south + north) / 2, (west + east) / 2), tiles)
    words = view.words
    chart.draw(
        "frame",
        {
            "bounds": view.bounds, "zoomIn": words("map.zoom_in"), "zoomOut": words("map.zoom_out"),
            "close": words("map.close"),
            "attribution": view.sources,
        },
    )  # fmt: skip
    return chart


def own_script(*more: str) -> str:
    """Our code for the map, with further files beside the templates."""
    return "\n".join(asset(each) for each in ("map.js", "team.js", *more))


def team_call(charts: Sequence[str], data: Mapping[str, Any]) -> str:
    """The script that draws the data on the maps of these names; no text in it can end the script."""
    return f"samenrooster.team([{', '.join(charts)}], {htmlsafe_json_dumps(data, separators=(',', ':'))});"


def page_values(view: TeamView) -> dict[str, Any]:
    """What the templates of the map and of the pair have in common."""
    words, can = view.words, view.can
    instance = words.instance
    driving = {route.duty.day for each in view.shown for route in each.routes}
    first = next((day for day in can.days if day in driving), None)
    week = words.week_of(can.days[0])
    columns = measures(can)
    kinds = [instance.kind_by_id[each] for each in can.kinds]
    return {
        "lang": words.language,
        "t": words,
        "instance": instance.name,
        "week": week if instance.weeks == 1 else f"{week} +{instance.weeks - 1}",
        "days": [
            {"short": f"{words.weekday(day)} {day.day}", "long": words.long_day(day), "chosen": day == first}
            for day in can.days
        ],
        "kinds": [
            {
                "code": each.code, "name": each.name,
                "look": each.category + (" standby" if each.lane == "standby" else ""),
            }
            for each in kinds
        ],
        "organisations": [instance.organisation_by_id[each].name for each in can.organisations],
        "nurses": [{"name": name_of(view.names, each), "line": swatch(can.colours[each], dash_of(number))}
                   for number, each in enumerate(can.nurses)],
        "measures": columns,
        "areas": area_rows(words, view.shown, view.areas, columns),
        "open_count": [sum(1 for row in each.work if row.open) for each in view.shown],
        "along_roads": view.along_roads,
        "drawn": any(each.polygons for each in view.areas),
        "leaflet_style": Markup(leaflet_style()),  # noqa: S704 - the library's style sheet
        "sources": view.sources,
    }  # fmt: skip
