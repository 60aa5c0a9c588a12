"""The map of response: how soon somebody is at a call, by district and part of the week, for plans beside each other.

It shows districts and posts, no homes; it is one file and asks nothing of a network, unless tiles are asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from maps.borders import Area
from maps.offline import OfflineMap, leaflet_script, leaflet_style
from maps.page import asset, render
from maps.response_data import (
    ALL,
    FIGURES,
    Scenario,
    bounds_of,
    figures_of,
    parts_of,
    response_areas,
    shown,
)
from maps.response_exact import Exact
from maps.response_tables import change_sentence, district_rows, organisation_rows, owners_of, part_rows, sentences
from maps.response_words import class_words, script_words
from maps.team_lines import encoded
from maps.words import Words
from optimiser.domain.instance import Instance
from optimiser.domain.response import DistrictResponse
from optimiser.texts import Language


def response_page(
    instance: Instance,
    scenarios: Sequence[tuple[str, Sequence[DistrictResponse]]],
    borders: Mapping[str, Any] | None = None,
    language: Language = "nl",
    tiles: str | None = None,
    exact: Sequence[Exact] = (),
    organisations: Collection[str] | None = None,
) -> str:
    """The page as HTML. ``scenarios`` are a title and the rows of a plan, one or more; ``borders`` a GeoJSON feature
    collection of districts.

    ``exact`` (as long as ``scenarios``, from ``response_exact.exact_of``) gives the tables the true figures of
    organisations, of which districts that several share can only tell a mean. ``organisations`` are those whose own
    figures and districts are told, None for all: what a contract's openness allows.

    Raises ``InputError`` on unknown tiles, ``ValueError`` without scenarios.
    """
    if not scenarios or (exact and len(exact) != len(scenarios)):
        raise ValueError("at least one scenario, and exact figures for each or for none")
    words = Words(instance, language)
    named = tuple(each.id for each in instance.organisations if organisations is None or each.id in organisations)
    told = [Scenario(title, tuple(rows)) for title, rows in scenarios]
    codes = [row.district for each in told for row in each.rows]
    areas, year = response_areas(instance, codes, borders)
    parts = parts_of(told)
    data = _data(words, told, areas, parts, named) | {"tiles": tiles is not None}
    drawn_borders = any(each.polygons for each in areas)
    sources = [words("map.borders.source", year=year or words("map.team.year_unknown"))] if drawn_borders else []
    charts = [_chart(words, number, areas, codes, sources, tiles) for number in range(len(told))]
    drawn = [chart.parts() for chart in charts]
    names = ", ".join(f"response_map_{number}" for number in range(len(told)))
    call = f"samenrooster.response([{names}], {htmlsafe_json_dumps(data, separators=(',', ':'))});"
    return render(
        "response.html.j2",
        scripts=(leaflet_script(), own_script(), "\n".join([*(each[1] for each in drawn), call])),
        image_host=charts[0].image_host,
        maps=[Markup(each[0]) for each in drawn],  # noqa: S704 - elements of our own making
        posts=bool(data["posts"]),
        drawn=drawn_borders,
        sources=" · ".join(sources),
        **_texts(words, told, areas, parts, exact, named),
    )


def own_script() -> str:
    """Our code for the map, from the files beside the templates."""
    return "\n".join(asset(each) for each in ("map.js", "response.js"))


def _texts(
    words: Words, told: Sequence[Scenario], areas: Sequence[Area], parts: Sequence[str], exact: Sequence[Exact],
    named: Sequence[str],
) -> dict[str, Any]:  # fmt: skip
    """What the template shows besides the maps."""
    rows = [row for each in told for row in each.rows]
    settings = words.instance.response
    owned = exact and not any(key[0] and key[1] != ALL for each in exact for key in each)
    return {
        "lang": words.language,
        "t": words,
        "instance": words.instance.name,
        "week": _weeks(words),
        "titles": [each.title for each in told],
        "parts": parts,
        "figures": FIGURES,
        "norm": settings.norm_minutes,
        "target": settings.target_percent,
        "says": [*sentences(words, told, exact), *filter(None, [change_sentence(words, areas, told)])],
        "simulated": any(each.low is not None for each in rows),
        "part_columns": ("visits", "within", "mean", *(("p90",) if exact else ()), "unanswered"),
        "several": len(words.instance.organisations) > 1,
        "mixed": not exact and any(len(each.organisations) > 1 for each in rows),
        "by_part": part_rows(words, told, exact, parts, areas),
        "organisation_parts": parts[:1] if owned else parts,
        "by_organisation": organisation_rows(words, told, exact, parts[:1] if owned else parts, named),
        "by_district": district_rows(words, areas, told, parts[0], named),
        "leaflet_style": Markup(leaflet_style()),  # noqa: S704 - the library's style sheet
    }


def _weeks(words: Words) -> str:
    """The weeks that the figures are of."""
    first, more = words.week_of(words.instance.first_monday), words.instance.weeks - 1
    return words("map.response.weeks", first=first, count=more) if more else first


def _data(
    words: Words, told: Sequence[Scenario], areas: Sequence[Area], parts: Sequence[str], named: Sequence[str]
) -> dict[str, Any]:
    """What the script of the page gets: shapes, figures by scenario, part and area, classes, posts and words."""
    settings, bounds, classes = words.instance.response, {}, {}
    figures = {part: [[shown(each) for each in figures_of(areas, one, part)] for one in told] for part in parts}
    for number, name in enumerate(FIGURES):
        bounds[name] = {
            part: bounds_of(name, (each[number] or 0 for one in figures[part] for each in one if each),
                            settings.norm_minutes, settings.target_percent)
            for part in parts
        }  # fmt: skip
        classes[name] = {part: class_words(words, name, bounds[name][part]) for part in parts}
    return {
        "areas": [_area(words, each, told, named) for each in areas],
        "scenarios": [
            {"title": each.title, "parts": {part: figures[part][number] for part in parts}}
            for number, each in enumerate(told)
        ],
        "bounds": bounds, "classes": classes, "posts": _posts(words), "words": script_words(words, parts),
        "language": words.language,
    }  # fmt: skip


def _area(words: Words, area: Area, told: Sequence[Scenario], named: Sequence[str]) -> dict[str, Any]:
    shape = [[encoded(ring) for ring in rings] for rings in area.polygons]
    row = {"name": area.name, "town": area.town, "at": [round(each, 5) for each in area.at],
           "owners": ", ".join(owners_of(words, area, told, named))}  # fmt: skip
    return row | ({"shape": shape} if shape else {"metres": area.metres})


def _posts(words: Words) -> list[dict[str, Any]]:
    """Where duties wait for calls, when nobody lives there: the place, and the areas or kinds that it is for."""
    instance, named = words.instance, dict[str, dict[str, None]]()
    homes = {each.home for each in instance.nurses} | {each.place for each in instance.clients}
    areas = {each.id: each.name for each in instance.areas}
    for kind in instance.shift_kinds:
        if kind.waits_at is not None and kind.line:
            named.setdefault(kind.waits_at, {})[areas.get(kind.area, kind.name)] = None
    return [
        {"at": [place.latitude, place.longitude], "name": words("map.response.post", name=", ".join(names))}
        for identity, names in named.items()
        if (place := instance.place_by_id[identity]).kind not in ("home", "client") and identity not in homes
    ]


def _chart(
    words: Words, number: int, areas: Sequence[Area], codes: Sequence[str], sources: Sequence[str], tiles: str | None
) -> OfflineMap:
    """An empty map of the districts with calls; the script draws on it."""
    asked = set(codes)
    points = [each.at for each in areas if asked.intersection(each.districts)] or [(52.1, 5.3)]
    south, west = (min(point[axis] for point in points) for axis in (0, 1))
    north, east = (max(point[axis] for point in points) for axis in (0, 1))
    chart = OfflineMap(f"response_map_{number}", ((south + north) / 2, (west + east) / 2), tiles)
    chart.draw("frame", {
        "bounds": [[south, west], [north, east]], "zoomIn": words("map.zoom_in"), "zoomOut": words("map.zoom_out"),
        "close": words("map.close"), "attribution": " · ".join(sources),
    })  # fmt: skip
    return chart
