"""The small map of a card on paper: numbered stops, the ways between them, and dotted ways from and to home."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from maps.card_nouns import CardStop
from maps.card_pdf_sheet import ACCENT, EDGE, GROUND, QUIET, WIDTH, Sheet, Words
from maps.road_lines import Ways

TALL, RIM, RADIUS = 62.0, 8.0, 2.7
"""Height of the frame, space between it and the outermost stop, and half a pin, in mm."""
LEAST_DEGREES = 0.004
"""Stops at one door still get a frame of some streets."""
Point = tuple[float, float]
Spot = tuple[str, float, float]


def draw_map(sheet: Sheet, stops: Sequence[CardStop], ways: Sequence[Ways]) -> None:
    """Draw the stops below what stands on the sheet, with straight lines where no ``ways`` are given; nothing without
    stops that lie somewhere."""
    pins = _pins(stops)
    if not pins:
        return
    sheet.room(TALL + 4)
    left, top, wide = EDGE, sheet.get_y(), WIDTH - 2 * EDGE
    place = projection([point for _, point in pins], left, top, wide, TALL)
    between = [line for each in ways for line in each.between] or [[point for _, point in pins]]
    # the context also puts back what colours fpdf takes for set
    with sheet.local_context(fill_color=GROUND), sheet.rect_clip(left, top, wide, TALL):
        sheet.rect(left, top, wide, TALL, style="F")
        _lines(sheet, [list(map(place, line)) for each in ways for line in each.home], QUIET, 0.4, dash=1.2)
        _lines(sheet, [list(map(place, line)) for line in between], ACCENT, 0.7)
        spots = [place(point) for _, point in pins]
        labels = [label for label, _ in pins]
        for label, true, seen in zip(labels, spots, apart(spots), strict=True):
            _lines(sheet, [[true, seen]], ACCENT, 0.25)
            _pin(sheet, label, seen)
    sheet.set_y(top + TALL + 2)


def projection(points: Sequence[Point], left: float, top: float, wide: float, tall: float) -> Callable[[Point], Point]:
    """From degrees to mm within the frame: north up, the same scale both ways."""
    south, north = min(p[0] for p in points), max(p[0] for p in points)
    west, east = min(p[1] for p in points), max(p[1] for p in points)
    narrow = math.cos(math.radians((south + north) / 2))
    across, up = max((east - west) * narrow, LEAST_DEGREES), max(north - south, LEAST_DEGREES)
    scale = min((wide - 2 * RIM) / across, (tall - 2 * RIM) / up)

    def place(point: Point) -> Point:
        x = left + wide / 2 + (point[1] - (west + east) / 2) * narrow * scale
        return x, top + tall / 2 - (point[0] - (south + north) / 2) * scale

    return place


def apart(spots: Sequence[Point], gap: float = 2 * RADIUS + 0.4, rounds: int = 40) -> list[Point]:
    """The spots pushed from each other until pins do not cover one another, or nearly so."""
    found = list(spots)
    for _ in range(rounds):
        for one in range(len(found)):
            for other in range(one):
                (ax, ay), (bx, by) = found[one], found[other]
                far = math.hypot(ax - bx, ay - by)
                if far < gap:
                    # two on one spot part along a direction of their own
                    dx, dy = ((ax - bx) / far, (ay - by) / far) if far > 1e-6 else (math.cos(one), math.sin(one))
                    step = (gap - far) / 2
                    found[one], found[other] = (ax + dx * step, ay + dy * step), (bx - dx * step, by - dy * step)
    return found


def _pins(stops: Sequence[CardStop]) -> list[tuple[str, Point]]:
    """The numbers at each point, in order of the first visit to it."""
    shared: dict[Point, list[str]] = {}
    for stop in stops:
        if stop.number and stop.latitude is not None and stop.longitude is not None:
            shared.setdefault((stop.latitude, stop.longitude), []).append(str(stop.number))
    return [("·".join(numbers), point) for point, numbers in shared.items()]


def _lines(sheet: Sheet, lines: Sequence[Sequence[Point]], colour: str, width: float, dash: float = 0) -> None:
    sheet.set_draw_color(colour)
    sheet.set_line_width(width)
    sheet.set_dash_pattern(dash=dash, gap=dash)
    for line in lines:
        sheet.polyline(list(line))
    sheet.set_dash_pattern()


def _pin(sheet: Sheet, label: str, spot: Point, radius: float = RADIUS) -> None:
    half = max(radius, 1.0 * len(label) + 0.8)
    sheet.set_fill_color(ACCENT)
    sheet.set_draw_color("#ffffff")
    sheet.set_line_width(0.3)
    x, y = spot
    sheet.ellipse(x - half, y - radius, 2 * half, 2 * radius, style="DF")
    sheet.write_centred(Words(label, 8, bold=True, colour="#ffffff"), x, y)
