"""Curves of the study of capacity as plain SVG: a line for each scenario and part, its furthest level marked."""

from __future__ import annotations

import math
from collections.abc import Sequence

from markupsafe import Markup, escape

from maps.compare_plot import SCENARIO_COLOURS
from optimiser.domain.capacity import Capacity, CapacityCurve, CapacityPoint, Hours, Question
from optimiser.report.capacity_words import share
from optimiser.report.compare_numbers import percent, scenario_name
from optimiser.texts import Language, text

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 340, 56, 200, 56, 50
DASHES = ("", "7 4", "2 4", "10 3 2 3")
"""One for each part of a scenario, then again."""
LINE = 17
"""Height of a line of the legend."""
LONGEST = 24
"""So many letters of a name fit beside its line."""


def capacity_plot(found: Capacity, question: Question, hours: Hours, language: Language) -> Markup:
    """The curves of a question: what falls short (visits, or overtime within the contract hours) against the level."""
    curves = [
        (number, part, scenario.name, curve)
        for number, scenario in enumerate(found.scenarios)
        for part, curve in enumerate(scenario.of(question, hours))
    ]
    overtime = hours == "within"
    points = [each for _, _, _, curve in curves for each in curve.points]
    scale = _Scale(points, overtime, found.allowance_percent)
    name = "hands" if question == "hands" else "overtime" if overtime else "open"
    title = text(f"growth.chart.{name}", language)
    parts = [f'<text class="title" x="{LEFT}" y="18">{escape(title)}</text>', *_axes(scale, question, language)]
    if overtime:
        y = scale.y(found.allowance_percent)
        parts.append(f'<line class="allowed" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}"/>')
    told = []
    for place, (number, part, scenario, curve) in enumerate(curves):
        colour, dash = SCENARIO_COLOURS[number % len(SCENARIO_COLOURS)], DASHES[part % len(DASHES)]
        parts += _curve(curve, scale, colour, dash)
        words = _name(scenario, curve, len(found.client_hours), language)
        told.append(f"{words}: {_reached(curve, language)}")
        parts += _entry(place, words, _reached(curve, language), colour, dash)
    parts += _legend(2 * len(curves), overtime, language)
    words = escape(f"{title}. {'; '.join(told)}")
    height = max(HEIGHT, TOP + LINE * (2 * len(curves) + 5))
    return Markup(  # noqa: S704 - every text in it is escaped
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{words}">{"".join(parts)}</svg>'
    )


class _Scale:
    """From levels and what falls short to places in the picture."""

    def __init__(self, points: Sequence[CapacityPoint], overtime: bool, allowance: float) -> None:
        self.overtime = overtime
        shares = [each.percent for each in points] or [0.0]
        self.low, self.high = min(0.0, *shares), max(0.0, *shares)
        if self.low == self.high:
            self.high = self.low + 1.0
        self.top = max(1.0, *(self.value(each) for each in points), 1.3 * allowance if overtime else 1.0)

    def value(self, point: CapacityPoint) -> float:
        """What falls short."""
        return point.overtime_percent if self.overtime else float(point.unserved)

    def x(self, share: float) -> float:
        """From the left."""
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (share - self.low) / (self.high - self.low), 1)

    def y(self, value: float) -> float:
        """From the top."""
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / self.top, 1)


def _axes(scale: _Scale, question: Question, language: Language) -> list[str]:
    right, floor = WIDTH - RIGHT, HEIGHT - BOTTOM
    parts = []
    for value in _steps(0.0, scale.top):
        y = scale.y(value)
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{right}" y1="{y}" y2="{y}"/>'
                     f'<text class="end" x="{LEFT - 8}" y="{y + 4}">{value:g}</text>')  # fmt: skip
    for value in _steps(scale.low, scale.high):
        x = scale.x(value)
        kind, words = "today" if value == 0 else "grid", escape(percent(value, language))
        parts.append(f'<line class="{kind}" x1="{x}" x2="{x}" y1="{TOP}" y2="{floor}"/>'
                     f'<text class="middle" x="{x}" y="{floor + 18}">{words}</text>')  # fmt: skip
    across = text(f"growth.axis.{'contract' if question == 'hands' else 'care'}", language)
    upwards = text(f"growth.axis.{'overtime' if scale.overtime else 'visits'}", language)
    return [*parts, f'<text class="middle" x="{(LEFT + right) / 2:g}" y="{floor + 38}">{escape(across)}</text>',
            f'<text x="8" y="{TOP - 18}">{escape(upwards)}</text>']  # fmt: skip


def _steps(low: float, high: float) -> list[float]:
    """Three to nine round numbers between two."""
    span = high - low
    power = 10 ** math.floor(math.log10(span))
    size = next(power * part for part in (0.1, 0.2, 0.5, 1, 2) if span / (power * part) <= 8)
    return [round(size * number, 9) for number in range(math.ceil(low / size), math.floor(high / size) + 1)]


def _curve(curve: CapacityCurve, scale: _Scale, colour: str, dash: str) -> list[str]:
    """The line through all levels; full dots are complete, open ones are not, a square is the furthest."""
    points = sorted(curve.points, key=lambda each: each.percent)
    places = [(scale.x(each.percent), scale.y(scale.value(each))) for each in points]
    drawn = " ".join(f"{x},{y}" for x, y in places)
    parts = [f'<polyline class="curve" stroke="{colour}" stroke-dasharray="{dash}" points="{drawn}"/>']
    for point, (x, y) in zip(points, places, strict=True):
        if point.rung == curve.last:
            parts.append(f'<rect x="{x - 6:g}" y="{y - 6:g}" width="12" height="12" fill="{colour}"/>')
        else:
            fill = colour if point.complete else "#ffffff"
            parts.append(f'<circle cx="{x}" cy="{y}" r="4" fill="{fill}" stroke="{colour}" stroke-width="2"/>')
    return parts


def _entry(place: int, words: str, reached: str, colour: str, dash: str) -> list[str]:
    """A line of the legend, with how far it got below it."""
    x, y = WIDTH - RIGHT + 14, TOP + 2 * LINE * place
    return [
        f'<line class="curve" stroke="{colour}" stroke-dasharray="{dash}" x1="{x}" x2="{x + 24}" y1="{y}" y2="{y}"/>',
        f'<text x="{x + 30}" y="{y + 4}">{escape(words)}</text>',
        f'<text class="soft" x="{x + 30}" y="{y + 4 + LINE}">{escape(reached)}</text>',
    ]


def _legend(above: int, overtime: bool, language: Language) -> list[str]:
    """What the marks mean."""
    x, top = WIDTH - RIGHT + 26, TOP + LINE * above + 6
    marks = [
        ('<circle cx="{x}" cy="{y}" r="4" fill="#556070" stroke="#556070" stroke-width="2"/>', "complete"),
        ('<circle cx="{x}" cy="{y}" r="4" fill="#ffffff" stroke="#556070" stroke-width="2"/>', "not"),
        ('<rect x="{low}" y="{up}" width="12" height="12" fill="#556070"/>', "last"),
    ]
    if overtime:
        marks.append(('<line class="allowed" x1="{left}" x2="{right}" y1="{y}" y2="{y}"/>', "allowance"))
    parts = []
    for number, (mark, key) in enumerate(marks):
        y = top + LINE * number
        parts.append(mark.format(x=x, y=y, low=x - 6, up=y - 6, left=x - 12, right=x + 12))
        words = escape(text(f"growth.legend.{key}", language))
        parts.append(f'<text class="soft" x="{x + 18}" y="{y + 4}">{words}</text>')
    return parts


def _name(scenario: str, curve: CapacityCurve, organisations: int, language: Language) -> str:
    """The scenario, with the part where it is not all of it; cut where it would run out of the picture."""
    name = scenario_name(scenario, language)
    if len(curve.organisations) < organisations:
        name = f"{name}: {', '.join(curve.organisations)}"
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def _reached(curve: CapacityCurve, language: Language) -> str:
    if curve.reached is None:
        return text("growth.nothing_found", language)
    level = percent(curve.reached.percent, language)
    if curve.hours == "within":
        return level
    return f"{level}; {text('growth.why.overtime', language, overtime=share(curve.reached.overtime_percent, language))}"
