"""A drawing of a route as plain SVG: what a page shows with scripts off, and on paper. Its colours are route.css's."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from markupsafe import Markup, escape

from maps.itinerary import Itinerary
from maps.road_lines import Ways
from optimiser.domain.plan import BREAK

WIDTH, HEIGHT, EDGE = 390, 260, 30
METRES_PER_DEGREE = 111_200
BESIDE = 17
"""Pixels between stops at one door."""
Spot = tuple[float, float]
Place = Callable[[float, float], Spot]


def picture(
    routes: Sequence[Itinerary], driven: Sequence[Ways], districts: Iterable[dict[str, Any]] = (), label: str = "",
    break_word: str = "",
) -> Markup:  # fmt: skip
    """The stops with their numbers, the ways between them and from home, breaks and districts, fitted to a small frame;
    empty without stops. ``driven`` are the ways of each route, ``districts`` as ``itinerary.districts_near`` gives."""
    points = [
        (line.latitude, line.longitude)
        for route in routes
        for line in route.lines
        if line.latitude is not None and line.longitude is not None
    ]
    if not points:
        return Markup("")
    place, scale = _projection(points)
    spots = _apart([(number, place(*point)) for number, point in enumerate(points)])
    body = [
        *_grounds(districts, place, scale, spots),
        *(_line(way, place, "way") for each in driven for way in each.between),
        *(_line(way, place, "home-way") for each in driven for way in each.home),
        *_homes(routes, place),
        *_marks(routes, spots, break_word),
        _scale_bar(scale),
    ]
    frame = f'<svg class="picture" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(label)}">'
    return Markup(frame + "".join(body) + "</svg>")  # noqa: S704 - numbers, and texts that were escaped


def _projection(points: list[Spot]) -> tuple[Place, float]:
    """From degrees to the frame, and pixels per degree of latitude."""
    south, north = min(p[0] for p in points), max(p[0] for p in points)
    west, east = min(p[1] for p in points), max(p[1] for p in points)
    narrow = math.cos(math.radians((south + north) / 2))
    scale = min(
        (WIDTH - 2 * EDGE) / max((east - west) * narrow, 0.004), (HEIGHT - 2 * EDGE) / max(north - south, 0.004)
    )

    def place(latitude: float, longitude: float) -> Spot:
        x = WIDTH / 2 + (longitude - (west + east) / 2) * narrow * scale
        return x, HEIGHT / 2 - (latitude - (south + north) / 2) * scale

    return place, scale


def _apart(spots: list[tuple[int, Spot]]) -> list[Spot]:
    """Stops at one door side by side, so that each number is seen."""
    seen: dict[tuple[int, int], int] = {}
    found = []
    for _, (x, y) in spots:
        key = (round(x), round(y))
        seen[key] = seen.get(key, -1) + 1
        found.append((x + BESIDE * seen[key], y))
    return found


def _inside(x: float, y: float) -> bool:
    return 0 <= x <= WIDTH and 0 <= y <= HEIGHT


def _grounds(districts: Iterable[dict[str, Any]], place: Place, scale: float, spots: list[Spot]) -> list[str]:
    """Districts as circles of their area, and the names of the largest where they hit nothing."""
    shapes, names = [], []
    taken = [(x - 12, y - 12, x + 12, y + 12) for x, y in spots]
    for each in sorted(districts, key=lambda one: -one["people"]):
        x, y = place(each["lat"], each["lon"])
        radius = each["radius"] / METRES_PER_DEGREE * scale
        if not (-radius < x < WIDTH + radius and -radius < y < HEIGHT + radius):
            continue
        shapes.append(f'<ellipse class="ground" cx="{x:.0f}" cy="{y:.0f}" rx="{radius:.0f}" ry="{radius:.0f}"/>')
        half = len(each["name"]) * 2.6 + 3
        box = (x - half, y - 7, x + half, y + 5)
        free = all(box[2] < o[0] or o[2] < box[0] or box[3] < o[1] or o[3] < box[1] for o in taken)
        if each["name"] and free and _inside(box[0], box[1]) and _inside(box[2], box[3]):
            taken.append(box)
            names.append(f'<text class="name" x="{x:.0f}" y="{y + 3:.0f}">{escape(each["name"])}</text>')
    return shapes + names


def _line(way: Iterable[Spot], place: Place, style: str) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(*point) for point in way))
    return f'<polyline class="{style}" points="{points}"/>'


def _homes(routes: Iterable[Itinerary], place: Place) -> list[str]:
    spots = {place(*route.home) for route in routes if route.home and route.lines}
    return [
        f'<rect class="house" x="{x - 7:.1f}" y="{y - 7:.1f}" width="14" height="14" rx="3"/>'
        f'<text class="house" x="{x:.1f}" y="{y + 4:.1f}">⌂</text>'
        for x, y in sorted(spots)
        if _inside(x, y)
    ]


def _marks(routes: Iterable[Itinerary], spots: list[Spot], break_word: str) -> list[str]:
    """Each stop as a circle with its number; a break as a word at the stop before it."""
    found, number = [], 0
    rests = []
    for route in routes:
        here: Spot | None = None
        for line in route.lines:
            if line.what == BREAK and here is not None:
                rests.append(_rest(here, break_word))
            elif line.latitude is not None and line.longitude is not None:
                here = spots[number]
                number += 1
                x, y = here
                style = f"{line.what}{' critical' if line.critical else ''}"
                found.append(
                    f'<circle class="{style}" cx="{x:.1f}" cy="{y:.1f}" r="11"/>'
                    f'<text class="number" x="{x:.1f}" y="{y + 4:.1f}">{line.number}</text>'
                )
    return found + rests


def _rest(spot: Spot, word: str) -> str:
    width = len(word) * 5.4 + 8
    x = min(max(spot[0] + 9, 0), WIDTH - width)
    y = spot[1] - 22 if spot[1] > 26 else spot[1] + 10
    return (
        f'<rect class="rest" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="14" rx="3"/>'
        f'<text class="rest" x="{x + width / 2:.1f}" y="{y + 10.5:.1f}">{escape(word)}</text>'
    )


def _scale_bar(scale: float) -> str:
    """The longest of 200 m to 10 km that takes at most a quarter of the width."""
    lengths = [each for each in (200, 500, 1000, 2000, 5000, 10_000) if each / METRES_PER_DEGREE * scale <= WIDTH / 4]
    if not lengths:
        return ""
    metres = lengths[-1]
    width = metres / METRES_PER_DEGREE * scale
    said = f"{metres // 1000} km" if metres >= 1000 else f"{metres} m"
    x, y = WIDTH - 8 - width, HEIGHT - 8
    return (
        f'<polyline class="bar" points="{x:.1f},{y - 4} {x:.1f},{y} {WIDTH - 8},{y} {WIDTH - 8},{y - 4}"/>'
        f'<text class="bar" x="{x + width / 2:.1f}" y="{y - 3}">{said}</text>'
    )
