"""How the median over seeds falls with the seconds, as a picture: panels for each instance and time limit."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median

from optimiser.studies.study import Row

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 320, 70, 150, 34, 40
COLOURS = ("#0b5c7a", "#c1432e", "#5b7f2b", "#7a4fa3", "#b7791f", "#2d6cdf", "#8a3b62", "#4a4a4a")
Curve = list[tuple[float, float]]
Step = tuple[float, float, float]

TEMPLATE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{ width }} {{ panels|length * height }}" role="img">
<style>text{font:12px sans-serif;fill:#333}.t{font-weight:700}.g{stroke:#ddd}.c{fill:none;stroke-width:2}</style>
<rect width="100%" height="100%" fill="#fff"/>
{% for panel in panels %}<g transform="translate(0 {{ loop.index0 * height }})">
<text class="t" x="{{ left }}" y="20">{{ panel.title }}</text>
{% for y, label in panel.levels %}<line class="g" x1="{{ left }}" x2="{{ edge }}" y1="{{ y }}" y2="{{ y }}"/>
<text x="{{ left - 8 }}" y="{{ y + 4 }}" text-anchor="end">{{ label }}</text>
{% endfor %}{% for x, label in panel.times %}<line class="g" x1="{{ x }}" x2="{{ x }}" y1="{{ top }}" y2="{{ floor }}"/>
<text x="{{ x }}" y="{{ floor + 16 }}" text-anchor="middle">{{ label }}</text>
{% endfor %}<text x="{{ (left + edge) / 2 }}" y="{{ floor + 32 }}" text-anchor="middle">s</text>
{% for curve in panel.curves %}<polyline class="c" stroke="{{ curve.colour }}" points="{{ curve.points }}"/>
<line x1="{{ edge + 10 }}" x2="{{ edge + 26 }}" y1="{{ curve.y }}" y2="{{ curve.y }}" stroke="{{ curve.colour }}"
stroke-width="3"/><text x="{{ edge + 32 }}" y="{{ curve.y + 4 }}">{{ curve.name }}</text>
{% endfor %}</g>
{% endfor %}</svg>
"""


def convergence_svg(incumbents: Sequence[Row], figures: Mapping[str, str] | None = None) -> str:
    """The picture: below each other a panel for each of ``figures`` (column -> its name above the panel; without it
    the objective alone), where any incumbent has it. The objective's scale is logarithmic: work left out is dear."""
    from jinja2 import Environment

    groups: dict[str, list[Row]] = defaultdict(list)
    for row in incumbents:
        # at other weights the objective is another one
        limit = f"{row['time_limit_s']} s" if row["time_limit_s"] else ""
        words = (row["instance"], row["scenario"], row["roster"], row["weights"], limit)
        groups[" ".join(filter(None, words))].append(row)
    drawn = [
        _panel(" · ".join(filter(None, (title, name))), curves, figure == "scalar")
        for title, rows in groups.items()
        for figure, name in (figures or {"scalar": ""}).items()
        if (curves := _curves(rows, figure))
    ]
    template = Environment(autoescape=True).from_string(TEMPLATE)
    return template.render(
        panels=drawn, width=WIDTH, height=HEIGHT, left=LEFT, edge=WIDTH - RIGHT, top=TOP, floor=HEIGHT - BOTTOM
    )


def _curves(rows: Sequence[Row], figure: str) -> dict[str, Curve]:
    """Variant -> the median over the seeds of a figure."""
    runs: dict[str, dict[str, list[Step]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.get(figure):
            step = float(row["seconds"]), float(row["scalar"]), float(row[figure])
            runs[row["variant"]][row["seed"]].append(step)
    return {variant: median_curve([best_so_far(run) for run in seeds.values()]) for variant, seeds in runs.items()}


def best_so_far(run: Sequence[Step]) -> Curve:
    """(seconds, objective, figure) of the incumbents -> the figure of the best incumbent until each moment."""
    steps: Curve = []
    lowest = math.inf
    for seconds, scalar, value in sorted(run):
        if scalar <= lowest:
            lowest = scalar
            steps.append((seconds, value))
    return steps


def median_curve(runs: Sequence[Curve]) -> Curve:
    """The median of step functions, from the moment that every run has begun."""
    begin = max((steps[0][0] for steps in runs), default=0.0)
    moments = sorted({max(begin, seconds) for steps in runs for seconds, _ in steps})
    return [
        (moment, median(steps[bisect_right(steps, (moment, math.inf)) - 1][1] for steps in runs)) for moment in moments
    ]


def _panel(title: str, curves: dict[str, Curve], logarithmic: bool) -> dict[str, object]:
    values = [value for curve in curves.values() for _, value in curve]
    low, high = max(1.0 if logarithmic else 0.0, min(values)) / 1.03, max(2.0, max(values)) * 1.03
    last = max(seconds for curve in curves.values() for seconds, _ in curve) or 1.0

    def x(seconds: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * seconds / last, 1)

    def y(value: float) -> float:
        part = math.log(max(value, low) / low) / math.log(high / low) if logarithmic else (value - low) / (high - low)
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * part, 1)

    parts = [step / 5 for step in range(6)]
    levels = [low * (high / low) ** part if logarithmic else low + (high - low) * part for part in parts]
    return {
        "title": title,
        "levels": [(y(level), f"{float(f'{level:.3g}'):,.0f}".replace(",", " ")) for level in levels],
        "times": [(x(step), f"{step:g}") for step in _round_steps(last)],
        "curves": [
            {
                "name": name, "colour": COLOURS[number % len(COLOURS)], "y": TOP + 18 * number + 8,
                "points": " ".join(f"{px},{py}" for px, py in _stairs([(x(s), y(v)) for s, v in curve])),
            }
            for number, (name, curve) in enumerate(curves.items())
        ],
    }  # fmt: skip


def _round_steps(last: float) -> list[float]:
    """Four to ten round numbers from 0 to ``last``."""
    power = 10 ** math.floor(math.log10(last))
    size = next(power * part for part in (0.1, 0.2, 0.5, 1, 2) if last / (power * part) <= 10)
    return [round(size * number, 9) for number in range(int(last / size) + 1)]


def _stairs(points: Curve) -> Curve:
    """A step function as a line: level until the next point."""
    stairs = points[:1]
    for (_, before), (x, after) in pairwise(points):
        stairs += [(x, before), (x, after)]
    return stairs
