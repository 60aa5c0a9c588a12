"""The tables of the comparison page: cells with their words and what they are sorted by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from optimiser.domain.comparison import Compared, Comparison, Spread
from optimiser.domain.figure import FigureKind
from optimiser.report.compare_numbers import bare, is_nothing, label, percent, plain, scenario_name, signed, unit_name
from optimiser.report.compare_sentences import pair_title
from optimiser.report.compare_told import Told, head_kinds, told, told_pairs
from optimiser.texts import Language, text


@dataclass(frozen=True)
class Cell:
    """``words`` with a quiet ``note`` behind them; ``value`` sorts (None last); ``verdict`` marks a difference."""

    words: str
    value: float | str | None = None
    note: str = ""
    verdict: str = ""
    verdict_words: str = ""


@dataclass(frozen=True)
class Table:
    """A table with a caption; the first cell of each row is its heading."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def figure_tables(
    comparison: Comparison, compared: Compared, kinds: Sequence[FigureKind], language: Language
) -> tuple[Table, ...]:
    """A table for each theme: a row for each figure, with each scenario and the differences that are told."""
    themes = list(dict.fromkeys(kind.theme for kind in kinds))
    tables = []
    for theme in themes:
        rows = [
            row
            for kind in kinds
            if kind.theme == theme and (row := _figure_row(comparison, compared, kind, language))
        ]  # fmt: skip
        if rows:
            headings = (text("compare.column.figure", language), *_scenario_headings(comparison, language),
                        *_pair_headings(comparison, language))  # fmt: skip
            tables.append(Table(text(f"compare.theme.{theme}", language), headings, tuple(rows)))
    return tuple(tables)


def _figure_row(
    comparison: Comparison, compared: Compared, kind: FigureKind, language: Language
) -> tuple[Cell, ...] | None:
    spreads = [compared.scenarios.get(name, {}).get(kind.name) for name in comparison.scenarios]
    if not any(each is not None and each.median is not None for each in spreads):
        return None
    tolds = (told(compared, kind, one, base) for one, base in told_pairs(comparison))
    return (
        _figure_cell(kind, language),
        *(spread_cell(each, kind, language) for each in spreads),
        *(told_cell(each, language) for each in tolds),
    )


def spread_cell(spread: Spread | None, kind: FigureKind, language: Language) -> Cell:
    """The median, with the range behind it."""
    if spread is None or spread.median is None:
        return Cell("–")
    words = plain(spread.median, kind, language)
    if spread.low is None or spread.high is None or spread.n < 2 or spread.low == spread.high:
        return Cell(words, spread.median)
    low, high = plain(spread.low, kind, language), plain(spread.high, kind, language)
    return Cell(words, spread.median, text("compare.range", language, low=low, high=high))


def told_cell(found: Told | None, language: Language) -> Cell:
    """The difference with its share, marked by its verdict."""
    if found is None:
        return Cell("–")
    words = signed(found.difference.median, found.kind, language)
    share = "" if found.percent is None or is_nothing(words) else percent(found.percent, language)
    return Cell(words, found.difference.median, share, found.verdict,
                text(f"compare.verdict.{found.verdict}", language))  # fmt: skip


def organisation_tables(
    comparison: Comparison, kinds: Sequence[FigureKind], names: Mapping[str, str], language: Language
) -> tuple[Table, ...]:
    """For each pair that is told a table with a row for each head figure, and of each organisation the base's value
    and the difference."""
    parts = comparison.organisations
    tables = []
    for one, base in told_pairs(comparison):
        rows = []
        for kind in head_kinds(kinds):
            tolds = [told(compared, kind, one, base) for compared in parts.values()]
            if any(tolds):
                cells = [cell for compared, found in zip(parts.values(), tolds, strict=True) for cell in (
                    _base_cell(compared, base, kind, language), told_cell(found, language))]  # fmt: skip
                rows.append((_figure_cell(kind, language), *cells))
        words = (scenario_name(base, language), text("compare.column.difference", language))
        titles = [f"{names[part]}: {word}" for part in parts for word in words]
        tables.append(
            Table(pair_title(one, base, language), (text("compare.column.figure", language), *titles), tuple(rows))
        )
    return tuple(tables)


def district_tables(
    comparison: Comparison, kinds: Sequence[FigureKind], names: Mapping[str, str], language: Language
) -> tuple[Table, ...]:
    """For each pair that is told a table with a row for each area (in the order of ``names``), and of each head figure
    that is known there the base's value and the difference."""
    tables = []
    for one, base in told_pairs(comparison):
        parts = {name: comparison.districts[name] for name in names}
        known = [kind for kind in head_kinds(kinds) if "district" in kind.levels and any(
            told(each, kind, one, base) is not None for each in parts.values())]  # fmt: skip
        rows = []
        for part, compared in parts.items():
            pairs = ((_base_cell(compared, base, kind, language),
                      told_cell(told(compared, kind, one, base), language)) for kind in known)  # fmt: skip
            rows.append((Cell(names[part], names[part]), *(cell for pair in pairs for cell in pair)))
        difference, base_name = text("compare.column.difference", language), scenario_name(base, language)
        titles = [title for kind in known for title in (f"{_with_unit(kind, language)}: {base_name}", difference)]
        tables.append(
            Table(pair_title(one, base, language), (text("compare.column.area", language), *titles), tuple(rows))
        )
    return tuple(tables)


def _base_cell(compared: Compared, base: str, kind: FigureKind, language: Language) -> Cell:
    """The median of the scenario that is told against, without its range."""
    spread = compared.scenarios.get(base, {}).get(kind.name)
    if spread is None or spread.median is None:
        return Cell("–")
    return Cell(plain(spread.median, kind, language), spread.median)


def _figure_cell(kind: FigureKind, language: Language) -> Cell:
    name = label(kind, language)
    return Cell(name, name, unit_name(kind.unit, language))


def nurse_table(comparison: Comparison, kinds: Sequence[FigureKind], language: Language) -> Table:
    """A row for each nurse and scenario, in the own week: hours, travel and what weighs on her."""
    shown = ("paid_hours", "travel_minutes", "evenings", "nights", "weekends_worked", "wishes_refused")
    known = [kind for kind in kinds if kind.name in shown]
    rows = [
        (Cell(nurse, nurse), Cell(scenario_name(name, language), name),
         *(Cell(plain(values.get(kind.name), kind, language), values.get(kind.name)) for kind in known))
        for nurse, scenarios in sorted(comparison.nurses.items())
        for name, values in scenarios.items()
    ]  # fmt: skip
    headings = (text("compare.column.nurse", language), text("compare.column.scenario", language),
                *(_with_unit(kind, language) for kind in known))  # fmt: skip
    return Table(text("compare.nurses.caption", language), headings, tuple(rows))


def runs_table(comparison: Comparison, language: Language) -> Table:
    """A row for each plan that was made."""
    columns = ("scenario", "week", "seed", "seconds", "cpu_s", "levelled", "last_third", "start", "hard", "unserved",
               "travel")  # fmt: skip
    rows = []
    for run in comparison.runs:
        levelled = "unknown" if run.levelled is None else "yes" if run.levelled else "no"
        name = scenario_name(run.scenario, language)
        numbers = ((run.seconds, 0), (run.cpu_s, 0))
        rows.append((
            Cell(name, name), _count(run.week + 1, language), _count(run.seed, language),
            *(_count(round(value, digits), language) for value, digits in numbers),
            Cell(text(f"compare.levelled.{levelled}", language), levelled),
            Cell(bare(run.last_third_percent, 2, language), run.last_third_percent),
            Cell(text(f"compare.start.{run.start}", language), run.start),
            _count(run.hard, language), _count(run.unserved_visits, language), _count(run.travel_minutes, language),
        ))  # fmt: skip
    headings = tuple(text(f"compare.column.{each}", language) for each in columns)
    return Table(text("compare.runs.caption", language), headings, tuple(rows))


def _count(value: float | None, language: Language) -> Cell:
    return Cell(bare(value, 0, language), value)


def _scenario_headings(comparison: Comparison, language: Language) -> tuple[str, ...]:
    return tuple(scenario_name(name, language) for name in comparison.scenarios)


def _pair_headings(comparison: Comparison, language: Language) -> tuple[str, ...]:
    return tuple(
        text("compare.column.less", language, one=scenario_name(one, language), base=scenario_name(base, language))
        for one, base in told_pairs(comparison)
    )


def _with_unit(kind: FigureKind, language: Language) -> str:
    unit = unit_name(kind.unit, language)
    return f"{label(kind, language)} ({unit})" if unit else label(kind, language)
