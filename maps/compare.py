"""The comparison page that boards decide on: outcome in words with ranges, maps, plots, tables, method. It is one file,
asks nothing of a network and works without scripts; with them tables sort."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from maps.compare_plot import figure_plot
from maps.compare_tables import district_tables, figure_tables, nurse_table, organisation_tables, runs_table
from maps.page import asset, render
from optimiser.domain.comparison import Comparison
from optimiser.domain.figure import FigureKind
from optimiser.report.compare_contract import contract_sentences
from optimiser.report.compare_method import assumption_sentences, method_rows
from optimiser.report.compare_numbers import day_name, label, meaning, scenario_name
from optimiser.report.compare_sentences import (
    change,
    explanation_sentences,
    interval_sentence,
    pair_title,
    sentence,
    verdict_counts,
)
from optimiser.report.compare_sheets import place_name
from optimiser.report.compare_told import head_kinds, head_parts, headlines, told, told_pairs
from optimiser.texts import Language, text


def compare_page(
    comparison: Comparison,
    kinds: Sequence[FigureKind],
    language: Language = "nl",
    map_pair: Markup | None = None,
    names: Mapping[str, str] | None = None,
) -> str:
    """The page as HTML. Which organisation it is for stands in ``comparison.seen_by`` (``compare_openness.seen_by``).

    ``kinds``: all figures that may be told, in order of tables. ``map_pair``: what ``compare_map.map_pair`` drew.
    ``names``: id of an organisation, skill or area -> what people call it. It names no nurse, except an organisation's
    own in its own view.
    """
    called = dict(names or {})
    organisations = {each: called.get(each, each) for each in comparison.organisations}
    unsorted = {each: called.get(each) or place_name(each, language) for each in comparison.districts}
    areas = dict(sorted(unsorted.items(), key=lambda pair: (pair[0] == "other", pair[1])))
    return render(
        "compare.html.j2",
        scripts=(asset("sort.js"),),
        lang=language,
        t=lambda key, **values: text(key, language, **values),
        comparison=comparison,
        about=_about(comparison, language),
        owner=called.get(comparison.seen_by or "", comparison.seen_by),
        first=explanation_sentences(comparison, language),
        interval=interval_sentence(comparison, language),
        pairs=_pairs(comparison, kinds, language, called),
        map=map_pair,
        plots_of=called.get(comparison.seen_by, comparison.seen_by) if comparison.seen_by else "",
        plots=_plots(comparison, kinds, language),
        figures=figure_tables(comparison, comparison.total, kinds, language),
        organisations=organisation_tables(comparison, kinds, organisations, language) if organisations else (),
        each_organisation=[
            (organisations[name], figure_tables(comparison, each, kinds, language))
            for name, each in comparison.organisations.items()
        ],
        districts=district_tables(comparison, kinds, areas, language) if areas else (),
        nurses=nurse_table(comparison, kinds, language) if comparison.seen_by and comparison.nurses else None,
        contracts=_contracts(comparison, language, called),
        method=method_rows(comparison, language),
        assumptions=assumption_sentences(comparison, language),
        meanings=[(label(kind, language), meaning(kind, language)) for kind in kinds if _known(comparison, kind)],
        runs=runs_table(comparison, language) if comparison.runs else None,
    )  # fmt: skip


def _about(comparison: Comparison, language: Language) -> str:
    times = "repetitions" if comparison.demand == "calls" else "weeks"
    weeks, seeds = (
        text(f"compare.{key}.{'one' if count == 1 else 'more'}", language, count=count)
        for key, count in ((times, comparison.weeks), ("seeds", comparison.seeds))
    )
    return text("compare.about", language, instance=comparison.instance, weeks=weeks, seeds=seeds,
                day=day_name(comparison.first_monday, language))  # fmt: skip


def _pairs(
    comparison: Comparison, kinds: Sequence[FigureKind], language: Language, called: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The head figures of each pair that is told, in an organisation's own view its own before those of all."""
    pairs = []
    parts = head_parts(comparison)
    for part, compared in parts:
        who = called.get(part, part) or text("compare.all", language)
        for one, base in told_pairs(comparison):
            found = headlines(comparison, kinds, one, base, compared)
            cards = [
                {"label": label(each.kind, language), "change": change(each, language), "verdict": each.verdict,
                 "words": text(f"compare.verdict.{each.verdict}", language), "sentence": sentence(each, language)}
                for each in found
            ]  # fmt: skip
            title = pair_title(one, base, language)
            pairs.append({
                "title": text("compare.part_pair", language, part=who, pair=title) if len(parts) > 1 else title,
                "cards": cards, "counted": verdict_counts(found, language) if found else "",
            })  # fmt: skip
    return pairs


def _plots(comparison: Comparison, kinds: Sequence[FigureKind], language: Language) -> list[tuple[str, Markup]]:
    """A plot of each head figure that is known, in an organisation's own view of itself, else of all together."""
    _, compared = head_parts(comparison)[0]
    plots = []
    for kind in head_kinds(kinds):
        rows = [
            (name, spread) for name in comparison.scenarios
            if (spread := compared.scenarios.get(name, {}).get(kind.name)) is not None
        ]  # fmt: skip
        tolds = [found for one, base in told_pairs(comparison)
                 if (found := told(compared, kind, one, base, comparison.horizon_weeks))]  # fmt: skip
        if any(spread.median is not None for _, spread in rows):
            plots.append((label(kind, language), figure_plot(kind, rows, tolds, language)))
    return plots


def _contracts(
    comparison: Comparison, language: Language, called: Mapping[str, str]
) -> list[tuple[str, tuple[str, ...]]]:
    found = []
    for name in comparison.scenarios:
        contract = comparison.contracts.get(name)
        current = (text("compare.contract.current", language),) if name == "current" or contract is None else ()
        lines = contract_sentences(contract, language, called) if contract is not None else ()
        found.append((scenario_name(name, language), (*current, *lines)))
    return found


def _known(comparison: Comparison, kind: FigureKind) -> bool:
    parts = (comparison.total, *comparison.organisations.values(), *comparison.districts.values())
    return any(kind.name in row for part in parts for row in part.scenarios.values())
