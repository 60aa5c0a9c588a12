"""Plots of a comparison as plain SVG: scenarios with their ranges, and differences against a line at zero."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from optimiser.domain.comparison import Spread
from optimiser.domain.figure import FigureKind
from optimiser.report.compare_numbers import label, plain, scenario_name, signed, with_unit
from optimiser.report.compare_sentences import pair_title, sentence
from optimiser.report.compare_told import Told
from optimiser.texts import Language, text

WIDTH, EDGE, ROW, HEAD = 360, 8, 40, 24
SCENARIO_COLOURS = ("#6b7689", "#0b5c7a", "#3f7d20", "#7b3fa0", "#b3471d", "#7a5c00")
"""One for each scenario in the order asked, then again; all 4.5 : 1 on white."""
VERDICT_COLOURS = {
    "better": "#0f5c3a", "worse": "#a3231b", "unclear": "#556070", "same": "#556070", "other": "#0b5c7a",
}  # fmt: skip


def figure_plot(
    kind: FigureKind, rows: Sequence[tuple[str, Spread]], tolds: Sequence[Told], language: Language
) -> Markup:
    """One figure: a bar from zero for each scenario with its range, below it the differences with a line at zero."""
    unit = kind.unit
    bars, height = _bars(rows, kind, language)
    lines, below = _differences(tolds, height, language) if tolds else ("", height)
    told = "; ".join(
        f"{scenario_name(name, language)} {with_unit(plain(each.median, kind, language), unit, language)}"
        for name, each in rows
    )
    words = escape(f"{label(kind, language)}: {told}. {' '.join(sentence(each, language) for each in tolds)}")
    return Markup(  # noqa: S704 - every text in it is escaped
        f'<svg viewBox="0 0 {WIDTH} {below}" role="img" aria-label="{words}">{bars}{lines}</svg>'
    )


def _bars(rows: Sequence[tuple[str, Spread]], kind: FigureKind, language: Language) -> tuple[str, int]:
    ends = [end for _, each in rows for end in (each.low, each.high, each.median) if end is not None]
    left, right = min((0.0, *ends)), max((0.0, *ends))
    parts = []
    for number, (name, each) in enumerate(rows):
        top = number * ROW
        colour = SCENARIO_COLOURS[number % len(SCENARIO_COLOURS)]
        value = with_unit(plain(each.median, kind, language), kind.unit, language)
        parts.append(f'<text x="{EDGE}" y="{top + 14}">{escape(scenario_name(name, language))}</text>'
                     f'<text class="value" x="{WIDTH - EDGE}" y="{top + 14}">{escape(value)}</text>')  # fmt: skip
        if each.median is None:
            continue
        zero, end = sorted((_x(0.0, left, right), _x(each.median, left, right)))
        parts.append(
            f'<rect x="{zero:.1f}" y="{top + 20}" width="{max(end - zero, 1):.1f}" height="10" fill="{colour}"/>'
        )
        parts.append(_range(each.low, each.high, left, right, top + 25, "#18212f"))
    return "".join(parts), len(rows) * ROW + 2


def _differences(tolds: Sequence[Told], top: int, language: Language) -> tuple[str, int]:
    ends = [end for each in tolds for end in (each.difference.low, each.difference.high, each.difference.median)
            if end is not None]  # fmt: skip
    # a difference far below one percent is drawn at zero, not blown up to the width of the plot
    least = max(abs(each.base_spread.median or 0.0) for each in tolds) / 100
    reach = max(*(abs(end) for end in ends), least, 1e-9)
    left, right = -reach if min(ends) < 0 else -0.12 * reach, reach if max(ends) > 0 else 0.12 * reach
    parts = [
        f'<text class="head" x="{EDGE}" y="{top + 16}">{escape(text("compare.plot.differences", language))}</text>'
    ]
    below = top + HEAD
    for each in tolds:
        colour = VERDICT_COLOURS[each.verdict]
        names = pair_title(each.one, each.base, language, short=True)
        value = signed(each.difference.median, each.kind, language)
        parts.append(f'<text x="{EDGE}" y="{below + 14}">{escape(names)}</text>'
                     f'<text class="value" x="{WIDTH - EDGE}" y="{below + 14}">{escape(value)}</text>'
                     + _range(each.difference.low, each.difference.high, left, right, below + 25, colour))  # fmt: skip
        dot = _x(each.difference.median or 0.0, left, right)
        fill = "#fff" if each.verdict == "unclear" else colour
        parts.append(f'<circle cx="{dot:.1f}" cy="{below + 25}" r="5" fill="{fill}" stroke="{colour}"/>')
        below += ROW
    zero = _x(0.0, left, right)
    parts.insert(0, f'<line class="zero" x1="{zero:.1f}" x2="{zero:.1f}" y1="{top + HEAD + 17}" y2="{below - 4}"/>')
    anchor = "end" if zero > WIDTH - 30 else "start" if zero < 30 else "middle"
    parts.append(f'<text class="tick" x="{zero:.1f}" y="{below + 10}" text-anchor="{anchor}">0</text>')
    return "".join(parts), below + 16


def _range(low: float | None, high: float | None, left: float, right: float, y: int, colour: str) -> str:
    """A line from low to high with ends; nothing where there is no range."""
    if low is None or high is None:
        return ""
    start, end = _x(low, left, right), _x(high, left, right)
    ends = "".join(f"M{x:.1f} {y - 5}V{y + 5}" for x in (start, end))
    return f'<path class="range" d="M{start:.1f} {y}H{end:.1f}{ends}" stroke="{colour}"/>'


def _x(value: float, left: float, right: float) -> float:
    return EDGE + (value - left) / ((right - left) or 1.0) * (WIDTH - 2 * EDGE)
