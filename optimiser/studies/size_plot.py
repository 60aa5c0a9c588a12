"""Cost, processor time, work left out and memory against size, as a picture: a dot for each run, a line of medians."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import floor, log10
from statistics import median

from optimiser.studies.study import Row
from optimiser.texts import Language, text
from optimiser.texts import number as written

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 260, 70, 30, 34, 44
LEVELS = 4
COLOURS = ("#0b5c7a", "#c1432e")
PANELS = (
    ("size.plot.cost", ("scalar_per_visit",)),
    ("size.plot.cpu", ("cpu_per_visit", "until_cpu_per_visit")),
    ("size.plot.unserved", ("unserved_percent",)),
    ("size.plot.memory", ("peak_mib",)),
)
"""Title and columns of each panel, the second column with open dots."""

TEMPLATE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{ width }} {{ panels|length * height }}" role="img">
<style>text{font:12px sans-serif;fill:#333}.t{font-weight:700}.g{stroke:#ddd}.c{fill:none;stroke-width:2}</style>
<rect width="100%" height="100%" fill="#fff"/>
{% for panel in panels %}<g transform="translate(0 {{ loop.index0 * height }})">
<text class="t" x="{{ left }}" y="20">{{ panel.title }}</text>
{% for y, label in panel.levels %}<line class="g" x1="{{ left }}" x2="{{ edge }}" y1="{{ y }}" y2="{{ y }}"/>
<text x="{{ left - 8 }}" y="{{ y + 4 }}" text-anchor="end">{{ label }}</text>
{% endfor %}{% for x, label in panel.sizes %}<text x="{{ x }}" y="{{ floor + 16 }}" text-anchor="middle">{{ label }}
</text>
{% endfor %}<text x="{{ (left + edge) / 2 }}" y="{{ floor + 34 }}" text-anchor="middle">{{ axis }}</text>
{% for curve in panel.curves %}<polyline class="c" stroke="{{ curve.colour }}" points="{{ curve.line }}"/>
{% for x, y in curve.dots %}<circle cx="{{ x }}" cy="{{ y }}" r="4" stroke="{{ curve.colour }}"
fill="{{ curve.fill }}"/>
{% endfor %}{% endfor %}</g>
{% endfor %}</svg>
"""


def size_svg(rows: Sequence[Row], language: Language = "nl") -> str:
    """The picture of the rows of ``size.run_sizes``: panels below each other, all from zero."""
    from jinja2 import Environment

    template = Environment(autoescape=True).from_string(TEMPLATE)
    return template.render(
        panels=[_panel(text(title, language), rows, columns, language) for title, columns in PANELS],
        axis=text("size.plot.size", language), width=WIDTH, height=HEIGHT, left=LEFT, edge=WIDTH - RIGHT,
        floor=HEIGHT - BOTTOM,
    )  # fmt: skip


def _panel(title: str, rows: Sequence[Row], columns: tuple[str, ...], language: Language) -> dict[str, object]:
    found = {column: [(int(row["size"]), float(row[column])) for row in rows if row[column]] for column in columns}
    last = max((int(row["size"]) for row in rows), default=1)
    step = _step(max((value for points in found.values() for _, value in points), default=0.0) / LEVELS or 1.0)
    high, decimals = LEVELS * step, max(0, -floor(log10(step)))

    def place(size: float, value: float) -> tuple[float, float]:
        across, up = size / last, value / high
        return (
            round(LEFT + (WIDTH - LEFT - RIGHT) * across, 1),
            round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * up, 1),
        )

    levels = [step * number for number in range(LEVELS + 1)]
    return {
        "title": title,
        "levels": [(place(0, level)[1], written(level, language, decimals)) for level in levels],
        "sizes": [(place(size, 0)[0], f"{size} ×") for size in sorted({int(row["size"]) for row in rows})],
        "curves": [
            {
                "colour": COLOURS[number], "fill": COLOURS[number] if not number else "#fff",
                "dots": [place(*point) for point in points],
                "line": " ".join(f"{x},{y}" for x, y in (place(*point) for point in _medians(points))),
            }
            for number, points in enumerate(found.values())
        ],
    }  # fmt: skip


def _step(least: float) -> float:
    """The smallest of 1, 2 or 5 times a power of ten that is not below ``least``."""
    power = 10.0 ** floor(log10(least))
    return next(each * power for each in (1, 2, 5, 10) if each * power >= least * (1 - 1e-9))


def _medians(points: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    sizes: dict[int, list[float]] = defaultdict(list)
    for size, value in points:
        sizes[size].append(value)
    return [(size, median(values)) for size, values in sorted(sizes.items())]
