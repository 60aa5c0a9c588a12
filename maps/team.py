"""The team map: demand by district, the routes of a chosen day as layers per nurse, and what is left open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from markupsafe import Markup

from maps.borders import shaded
from maps.itinerary import Itinerary, districts_near, itinerary, title_of
from maps.offline import OfflineMap, leaflet_script, leaflet_style
from maps.page import asset, render
from maps.route import pins, points_of
from maps.words import Names, Words, name_of
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan, Unserved
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.domain.work import Visit
from optimiser.report.open_duties import first_window
from optimiser.texts import Language

PALETTE = (
    "#0b5c7a", "#b3471d", "#3f7d20", "#7b3fa0", "#a8005c", "#1d4fb8", "#7a5c00", "#00796b", "#8c2f39", "#4a4e9e",
    "#5d6b00", "#c2410c", "#006d9c", "#9c27b0", "#2e6b3f", "#ad1457",
)  # fmt: skip
"""Line colours that stand off the light ground (contrast above 4.5 : 1 with the white numbers on them)."""


def team_map(
    instance: Instance,
    travel: TravelMatrix,
    plan: Plan,
    names: Names,
    borders: Mapping[str, Any] | None = None,
    language: Language = "nl",
    tiles: str | None = None,
) -> str:
    """The page as HTML, for the team's manager. ``borders`` is a GeoJSON feature collection of districts.

    Links lead to ``routes/<nurse>_<date>.html`` beside it and to ``../roster.html``. Raises ``InputError`` on
    unknown tiles.
    """
    words = Words(instance, language)
    routes = [
        itinerary(words, travel, plan, duty, names)
        for duty in sorted(plan.duties, key=lambda each: (each.start, each.nurse))
        if duty.stops
    ]
    opened = [row for each in plan.unserved if (row := _open(words, each, names))]
    colours = _colours(routes)
    layers = {"routes": [_route(words, each, colours, names) for each in routes], "open": opened}
    chart = _map(words, layers, borders, tiles)
    element, script = chart.parts()
    days = [instance.clock.date_of(number) for number in range(instance.days)]
    first = next((day for day in days if any(route.duty.day == day for route in routes)), None)
    return render(
        "team.html.j2",
        scripts=(leaflet_script(), asset("map.js"), script),
        image_host=chart.image_host,
        lang=language,
        t=words,
        instance=instance.name,
        week=words.week_of(days[0]) if instance.weeks == 1 else f"{words.week_of(days[0])} +{instance.weeks - 1}",
        days=[_day(words, day, routes, colours, names, day == first) for day in days],
        open_count=len(opened),
        borders=borders is not None,
        map=Markup(element),  # noqa: S704 - an element of our own making
        leaflet_style=Markup(leaflet_style()),  # noqa: S704 - the library's style sheet
    )


def _colours(routes: list[Itinerary]) -> dict[str, str]:
    """Duty id -> colour; routes of one day differ as long as the palette lasts."""
    so_far: Counter[date] = Counter()
    colours = {}
    for route in routes:
        colours[route.duty.id] = PALETTE[so_far[route.duty.day] % len(PALETTE)]
        so_far[route.duty.day] += 1
    return colours


def _day(
    words: Words, day: date, routes: list[Itinerary], colours: Mapping[str, str], names: Names, chosen: bool
) -> dict[str, Any]:
    instance = words.instance
    rows = []
    for route in (each for each in routes if each.duty.day == day):
        kind = instance.kind_by_id[route.duty.kind]
        rows.append(
            {
                "key": route.duty.id,
                "nurse": name_of(names, route.duty.nurse),
                "colour": colours[route.duty.id],
                "code": kind.code,
                "category": kind.category,
                "standby": kind.lane == "standby",
                "count": words.visits(route.visits),
                "page": f"routes/{route.duty.nurse}_{day}.html",
            }
        )
    return {
        "id": day.isoformat(), "short": f"{words.weekday(day)} {day.day}", "long": words.long_day(day),
        "middle": words.short_day(day),
        "rows": rows, "chosen": chosen,
    }  # fmt: skip


def _open(words: Words, each: Unserved, names: Names) -> dict[str, Any] | None:
    instance = words.instance
    work = instance.visit_by_id.get(each.id)
    if work is None:
        return None
    place = instance.place_by_id[instance.client_by_id[work.client].place]
    start, end = first_window(instance, work)
    when = f"{words.short_day(instance.clock.date_of(instance.clock.day_of(start)))} {words.span(start, end)}"
    who = f"{name_of(names, work.client)} ({work.client})" if work.client in names else work.client
    return {
        "lat": place.latitude,
        "lon": place.longitude,
        "days": _days(instance, work),
        "title": f"{words('map.team.unserved')}: {when}",
        "lines": [
            ("bad", words("map.team.unserved")),
            ("main", when),
            ("", who),
            ("", f"{title_of(words, work)} · {words('map.minutes', minutes=work.minutes)}"),
            ("quiet", words(f"roster.reason.{each.reason}")),
        ],
    }


def _days(instance: Instance, visit: Visit) -> list[str]:
    return sorted({instance.clock.date_of(window.day).isoformat() for window in visit.windows})


def _map(
    words: Words,
    layers: dict[str, Any],
    borders: Mapping[str, Any] | None,
    tiles: str | None,
) -> OfflineMap:
    instance = words.instance
    places = [instance.place_by_id[each.place] for each in instance.clients]
    points = [(each.latitude, each.longitude) for each in places] or [(52.1, 5.3)]
    bounds = [[min(p[i] for p in points) for i in (0, 1)], [max(p[i] for p in points) for i in (0, 1)]]
    centre = ((bounds[0][0] + bounds[1][0]) / 2, (bounds[0][1] + bounds[1][1]) / 2)
    chart = OfflineMap("team_map", centre, tiles)
    counts = Counter(
        instance.place_by_id[instance.client_by_id[each.client].place].district for each in instance.visits
    )
    shapes, year = shaded(words, borders, counts) if borders is not None else (None, "")
    source = words("map.borders.source", year=year) if shapes else ""
    frame = {"bounds": bounds, "zoomIn": words("map.zoom_in"), "zoomOut": words("map.zoom_out"), "attribution": source}
    chart.draw("frame", frame)
    if shapes is not None:
        chart.draw("borders", {"shapes": shapes})
    elif tiles is None:
        chart.draw("districts", {"items": districts_near(instance, points, margin=0.05)})
    if shapes is None:
        chart.draw("demand", {"items": _demand(words, counts)})
    chart.draw("team", layers)
    return chart


def _demand(words: Words, counts: Counter[str]) -> list[dict[str, Any]]:
    most = max(counts.values(), default=1)
    return [
        {
            "lat": each.latitude, "lon": each.longitude, "name": f"{each.name}, {each.municipality}",
            "reach": round(150 + 750 * (counts[each.id] / most) ** 0.5),
            "words": words.visits(counts[each.id]),
        }
        for each in words.instance.districts
        if counts[each.id]
    ]  # fmt: skip


def _route(words: Words, route: Itinerary, colours: Mapping[str, str], names: Names) -> dict[str, Any]:
    kind, who = words.instance.kind_by_id[route.duty.kind], name_of(names, route.duty.nurse)
    return {
        "key": route.duty.id,
        "colour": colours[route.duty.id],
        "points": points_of(route),
        "stops": [
            pin | {"lines": [("quiet", f"{who} · {kind.code}"), *pin["lines"]]}
            for pin in pins(words, list(route.lines))
        ],
        "title": f"{who} · {kind.code} · {words.visits(route.visits)}",
    }
