"""A drawing of a route as plain SVG, for a page whose scripts are off."""

from __future__ import annotations

import math
from collections.abc import Callable

from markupsafe import Markup, escape

from maps.itinerary import Itinerary

WIDTH, HEIGHT, EDGE = 390, 260, 30


def picture(routes: list[Itinerary]) -> Markup:
    """The stops of the routes with their numbers and straight lines, fitted to a small frame; empty without stops."""
    pins = [
        (line.latitude, line.longitude, line.number)
        for route in routes
        for line in route.lines
        if line.latitude is not None and line.longitude is not None
    ]
    if not pins:
        return Markup("")
    place = _projection([(latitude, longitude) for latitude, longitude, _ in pins])
    spots = [(*place(latitude, longitude), number) for latitude, longitude, number in pins]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in spots)
    marks = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="11"/><text x="{x:.1f}" y="{y + 4:.1f}">{escape(number)}</text>'
        for x, y, number in spots
    )
    return Markup(  # noqa: S704 - numbers only
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        "<style>circle{fill:#0b5c7a;stroke:#fff;stroke-width:2}"
        "text{fill:#fff;font:700 11px sans-serif;text-anchor:middle}"
        "polyline{fill:none;stroke:#0b5c7a;stroke-width:2.5}</style>"
        f'<polyline points="{path}"/>{marks}</svg>'
    )


def _projection(points: list[tuple[float, float]]) -> Callable[[float, float], tuple[float, float]]:
    south, north = min(p[0] for p in points), max(p[0] for p in points)
    west, east = min(p[1] for p in points), max(p[1] for p in points)
    narrow = math.cos(math.radians((south + north) / 2))
    scale = min(
        (WIDTH - 2 * EDGE) / max((east - west) * narrow, 0.002), (HEIGHT - 2 * EDGE) / max(north - south, 0.002)
    )

    def place(latitude: float, longitude: float) -> tuple[float, float]:
        x = WIDTH / 2 + (longitude - (west + east) / 2) * narrow * scale
        return x, HEIGHT / 2 - (latitude - (south + north) / 2) * scale

    return place
