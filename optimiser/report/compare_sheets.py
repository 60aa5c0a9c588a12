"""A comparison as sheets of a workbook: numbers as numbers, one row for each figure, so that it can be filtered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from optimiser.domain.comparison import Compared, Comparison
from optimiser.domain.figure import FigureKind
from optimiser.domain.sheet import Cell, SheetContent
from optimiser.report.compare_contract import contract_sentences
from optimiser.report.compare_method import assumption_sentences, method_rows
from optimiser.report.compare_numbers import label, meaning, scenario_name
from optimiser.report.compare_sentences import explanation_sentences, pair_title, sentence
from optimiser.report.compare_told import Told, head_parts, headlines, told, told_pairs
from optimiser.texts import Language, text

SPREAD = ("median", "low", "high", "weeks")
TOLD = ("difference", "low", "high", "percent", "verdict", "weeks")


def compare_sheets(
    comparison: Comparison, kinds: Sequence[FigureKind], language: Language, names: Mapping[str, str] | None = None
) -> tuple[SheetContent, ...]:
    """Headlines, scenarios, differences, by organisation and area, nurses (in one organisation's own view only), runs,
    contracts, method and what each figure means. ``names``: id of an organisation or area -> what people call it."""
    called = names or {}
    sheets = [
        _head(comparison, kinds, language, called),
        _spreads("totals", {"": comparison.total}, comparison, kinds, language, {"": text("compare.all", language)}),
        _differences("differences", {"": comparison.total}, comparison, kinds, language,
                     {"": text("compare.all", language)}),
    ]  # fmt: skip
    levels = (("organisations", comparison.organisations), ("districts", comparison.districts))
    for level, parts in levels:
        if parts:
            words = {each: called.get(each) or place_name(each, language) for each in parts}
            sheets.append(_spreads(level, parts, comparison, kinds, language, words))
            sheets.append(_differences(f"{level}_differences", parts, comparison, kinds, language, words))
    if comparison.seen_by is not None and comparison.nurses:
        sheets.append(_nurses(comparison, kinds, language))
    return (*sheets, _runs(comparison, language), _words(comparison, kinds, language, called))


def place_name(code: str, language: Language) -> str:
    """The words for the areas that were put together; any other code is its own name."""
    return text("compare.district.other", language) if code == "other" else code


def _sheet(
    name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]], language: Language, widths: Sequence[int] = ()
) -> SheetContent:
    headings = [text(f"compare.column.{each}", language) for each in columns]
    return SheetContent(
        text(f"compare.sheet.{name}", language), headings, ["number"] * len(columns), tuple(rows), widths=widths
    )


def _head(
    comparison: Comparison, kinds: Sequence[FigureKind], language: Language, called: Mapping[str, str]
) -> SheetContent:
    columns = ("part", "compared", "figure", "unit", "base", "one", *TOLD, "words")
    rows: list[Sequence[Cell]] = []
    for part, compared in head_parts(comparison):
        who = called.get(part, part) or text("compare.all", language)
        for one, base in told_pairs(comparison):
            for each in headlines(comparison, kinds, one, base, compared):
                rows.append((
                    who, pair_title(one, base, language), label(each.kind, language),
                    text(f"unit.{each.kind.unit}", language), _number(each.base_spread.median),
                    _number(each.spread.median), *_told(each, language), sentence(each, language),
                ))  # fmt: skip
    sheet = _sheet("head", columns, rows, language, (24, 28, 34))
    return replace(sheet, notes=explanation_sentences(comparison, language))


def _told(each: Told, language: Language) -> tuple[Cell, ...]:
    found = each.difference
    share = None if each.percent is None else round(each.percent, 1)
    return (_number(found.median), _number(found.low), _number(found.high), _number(share),
            text(f"compare.verdict.{each.verdict}", language), found.n)  # fmt: skip


def _spreads(
    name: str, parts: Mapping[str, Compared], comparison: Comparison, kinds: Sequence[FigureKind],
    language: Language, words: Mapping[str, str],
) -> SheetContent:  # fmt: skip
    rows = [
        (words[part], text(f"compare.theme.{kind.theme}", language), kind.name, label(kind, language),
         text(f"unit.{kind.unit}", language), scenario_name(scenario, language),
         _number(spread.median), _number(spread.low), _number(spread.high), spread.n)
        for part, compared in parts.items()
        for kind in kinds
        for scenario in comparison.scenarios
        if (spread := compared.scenarios.get(scenario, {}).get(kind.name)) is not None
    ]  # fmt: skip
    columns = ("part", "theme", "name", "figure", "unit", "scenario", *SPREAD)
    return _sheet(name, columns, rows, language, (24, 14, 24, 34))


def _differences(
    name: str, parts: Mapping[str, Compared], comparison: Comparison, kinds: Sequence[FigureKind],
    language: Language, words: Mapping[str, str],
) -> SheetContent:  # fmt: skip
    rows: Iterator[Sequence[Cell]] = (
        (words[part], text(f"compare.theme.{kind.theme}", language), kind.name, label(kind, language),
         text(f"unit.{kind.unit}", language), scenario_name(one, language), scenario_name(base, language),
         *_told(found, language))
        for part, compared in parts.items()
        for one, base in told_pairs(comparison)
        for kind in kinds
        if (found := told(compared, kind, one, base, comparison.horizon_weeks)) is not None
    )  # fmt: skip
    columns = ("part", "theme", "name", "figure", "unit", "scenario", "base", *TOLD)
    return _sheet(name, columns, rows, language, (24, 14, 24, 34))


def _nurses(comparison: Comparison, kinds: Sequence[FigureKind], language: Language) -> SheetContent:
    rows = [
        (nurse, kind.name, label(kind, language), text(f"unit.{kind.unit}", language),
         scenario_name(scenario, language), _number(values[kind.name]))
        for nurse, scenarios in sorted(comparison.nurses.items())
        for kind in kinds
        for scenario, values in scenarios.items()
        if values.get(kind.name) is not None
    ]  # fmt: skip
    return _sheet("nurses", ("nurse", "name", "figure", "unit", "scenario", "value"), rows, language, (20, 24, 34))


def _runs(comparison: Comparison, language: Language) -> SheetContent:
    rows = [
        (scenario_name(run.scenario, language), run.week + 1, run.seed, _number(run.seconds), _number(run.cpu_s),
         text(f"compare.levelled.{_answer(run.levelled)}", language), _number(run.last_third_percent),
         text(f"compare.start.{run.start}", language), run.hard, run.unserved_visits, _number(run.travel_minutes))
        for run in comparison.runs
    ]  # fmt: skip
    columns = ("scenario", "week", "seed", "seconds", "cpu_s", "levelled", "last_third", "start", "hard", "unserved",
               "travel")  # fmt: skip
    return _sheet("runs", columns, rows, language, (24,))


def _answer(levelled: bool | None) -> str:
    return "unknown" if levelled is None else "yes" if levelled else "no"


def _words(
    comparison: Comparison, kinds: Sequence[FigureKind], language: Language, called: Mapping[str, str]
) -> SheetContent:
    rows: list[Sequence[Cell]] = [*method_rows(comparison, language)]
    for name in comparison.scenarios:
        contract = comparison.contracts.get(name)
        lines = contract_sentences(contract, language, called) if contract else ()
        rows += [(scenario_name(name, language), line) for line in lines]
    taken = assumption_sentences(comparison, language)
    rows += [(text("compare.section.assumptions", language), line) for line in taken]
    rows += [(label(kind, language), meaning(kind, language)) for kind in kinds]
    return _sheet("method", ("subject", "words"), rows, language, (34, 100))


def _number(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))
