"""Calls that were played, as tables for the screen, a csv of the districts, and the paired differences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from optimiser.domain.instance import Instance
from optimiser.domain.response import PARTS
from optimiser.domain.simulated_calls import CallsDifference, Estimate, SimulatedCalls, SimulatedResponse
from optimiser.report.simulated_words import PERCENT, amount, part, points
from optimiser.texts import Language, number, text

Rows = list[list[str]]
RESPONSE = ("who", "visits", "within", "mean", "median", "p90", "waited")
LINES = ("kind", "line", "duties", "busy", "planned", "per_duty")
WORK = ("what", "per_week")
BARS = ("minutes", "share", "bar")
DISTRICTS = ("district", "part", "organisations", "visits", "within", "low", "high", "mean", "p90", "unanswered")
DIFFERENCES = ("figure", "difference")
WIDTH = 40
"""Characters of a bar of 100 %."""
SHARES = ("within_norm", "waited")


def simulated_tables(
    found: SimulatedCalls, instance: Instance, language: Language = "nl"
) -> list[tuple[str, Rows]]:  # fmt: skip
    """Title and rows (headings first) of each table: response, its spread, the duties, work by calls."""
    tables = [
        ("response", _headings(RESPONSE, language) + list(_responses(found, instance, language))),
        ("spread", _headings(BARS, language) + list(_bars(found, language))),
        ("lines", _headings(LINES, language) + list(_lines(found, instance, language))),
        ("work", _headings(WORK, language) + list(_work(found, language))),
    ]
    return [(text(f"simulate.table.{name}", language), rows) for name, rows in tables if len(rows) > 1]


def difference_rows(found: CallsDifference, instance: Instance, language: Language = "nl") -> Rows:
    """Headings, then a row for each figure: first less second, and the share within the norm of each part."""
    rows = _headings(DIFFERENCES, language)
    for name, value in found.differences.items():
        rows.append([text(f"simulate.difference.{name}", language),
                     amount(points(value) if name in SHARES else value, 2, language)])  # fmt: skip
    groups = {instance.organisation_by_id[name].name: each for name, each in found.organisations.items()}
    groups |= {part_name(name, language): found.parts[name] for name in PARTS if name in found.parts}
    for name, value in groups.items():
        rows.append([text("simulate.difference.within_of", language, who=name), amount(points(value), 2, language)])
    return rows


def district_rows(found: SimulatedCalls, language: Language = "nl") -> Rows:
    """Headings, then a row for each district and part of the week, for a csv: districts by code, shares in percent."""

    def percent(value: float | None) -> str:
        return "" if value is None else number(PERCENT * value, language, 1)

    def minutes(value: float | None) -> str:
        return "" if value is None else number(value, language, 1)

    return _headings(DISTRICTS, language) + [
        [
            row.district, part_name(row.part, language), " ".join(row.organisations),
            number(row.visits_per_week, language, 3), percent(row.within_norm), percent(row.low), percent(row.high),
            minutes(row.mean_minutes), minutes(row.p90_minutes), percent(row.unanswered),
        ]
        for row in found.districts
    ]  # fmt: skip


def part_name(name: str, language: Language) -> str:
    """A part of the week in words."""
    return text(f"simulate.part.{name}", language)


def _headings(names: Sequence[str], language: Language) -> Rows:
    return [[text(f"simulate.column.{name}", language) for name in names]]


def _responses(found: SimulatedCalls, instance: Instance, language: Language) -> Iterator[list[str]]:
    groups: dict[str, SimulatedResponse] = {text("simulate.all", language): found.total}
    groups |= {instance.organisation_by_id[name].name: each for name, each in found.organisations.items()}
    groups |= {part_name(name, language): found.parts[name] for name in PARTS if name in found.parts}
    if found.stressed is not None:
        groups[text("simulate.paired", language)] = found.stressed
    for name, row in groups.items():
        yield [
            name, _alone(row.visits_per_week, 1, language), amount(points(row.within_norm), 1, language, short=True),
            amount(row.mean_minutes, 1, language, short=True), _alone(row.median_minutes, 0, language),
            amount(row.p90_minutes, 0, language, short=True), _alone(points(row.waited), 1, language),
        ]  # fmt: skip


def _alone(found: Estimate, decimals: int, language: Language) -> str:
    """The figure without its range."""
    return "–" if found.value is None else number(found.value, language, decimals)


def _bars(found: SimulatedCalls, language: Language) -> Iterator[list[str]]:
    for bar in found.histogram:
        until = bar.until_minutes
        minutes = f"{bar.from_minutes}–{until}" if until is not None else f"≥ {bar.from_minutes}"
        yield [minutes, f"{number(PERCENT * bar.share, language, 1)}\u00a0%", "█" * round(WIDTH * bar.share)]
    nobody = 1 - sum(bar.share for bar in found.histogram)
    if found.histogram:
        yield [text("simulate.nobody", language), f"{number(PERCENT * nobody, language, 1)}\u00a0%",
               "█" * round(WIDTH * nobody)]  # fmt: skip


def _lines(found: SimulatedCalls, instance: Instance, language: Language) -> Iterator[list[str]]:
    for row in found.lines:
        kind = instance.kind_by_id[row.kind]
        yield [
            f"{kind.code} {kind.name}", text(f"simulate.line.{row.line}", language),
            number(row.duties_per_week, language, 1), amount(row.busy_percent, 1, language, short=True),
            _alone(row.planned_percent, 1, language), amount(row.visits_per_duty, 2, language, short=True),
        ]  # fmt: skip


def _work(found: SimulatedCalls, language: Language) -> Iterator[list[str]]:
    rest, planned = found.rest, found.planned
    moving = {"visits": planned.visits, "moved": planned.moved, "late": planned.late, "dropped": planned.dropped}
    figures = {
        "minutes": rest.minutes, "night_minutes": rest.night_minutes, "long_days": rest.long_days,
        "short_rest": rest.short_rest, "shortish_rest": rest.shortish_rest, **(moving if planned.visits.value else {}),
    }  # fmt: skip
    for name, value in figures.items():
        yield [text(f"simulate.work.{name}", language), amount(value, 1, language)]
    yield [text("simulate.work.disturbed", language), part(rest.disturbed_nights, language)]
