"""How a comparison was computed and what it assumes, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from optimiser.domain.comparison import Comparison
from optimiser.report.compare_numbers import bare, day_name, scenario_name
from optimiser.report.compare_sentences import interval_sentence
from optimiser.texts import Language, text

FEW_REPLAYS = 20
"""Fewer replays of a scenario in all say little about days and hours that are rare."""
ASSUMPTIONS = ("travel", "people", "law", "effort", "cover", "money", "faces", "year")


def method_rows(comparison: Comparison, language: Language) -> tuple[tuple[str, str], ...]:
    """(subject, words) about how it was made."""
    return tuple((text(f"compare.method.{key}", language), words) for key, words in _rows(comparison, language))


def _rows(comparison: Comparison, language: Language) -> Iterator[tuple[str, str]]:
    yield "instance", f"{comparison.instance} ({comparison.fingerprint})"
    yield "week", day_name(comparison.first_monday, language)
    yield "demand", text(f"compare.demand.{comparison.demand}", language, weeks=comparison.weeks)
    yield "seeds", text("compare.method.seeds.what", language, seeds=comparison.seeds)
    if comparison.replays is not None:
        yield "replays", _replays(comparison, language)
    yield "effort", _effort(comparison, language)
    yield "confidence", interval_sentence(comparison, language)
    if comparison.most_saved_percent is not None:
        yield "bound", text(
            "compare.method.bound.what", language, count=len(comparison.overlap),
            most=bare(comparison.most_saved_percent, 0, language),
        )  # fmt: skip
    if comparison.runs:
        yield "start", _starts(comparison, language)
    yield "version", comparison.version


def _replays(comparison: Comparison, language: Language) -> str:
    """How often the plans were replayed, and that few replays say little."""
    if not comparison.replays:
        return text("compare.method.replays.none", language)
    absence = bare(comparison.absence_percent, 0, language)
    said = text("compare.method.replays.what", language, replays=comparison.replays, absence=absence)
    all_weeks = comparison.replays * comparison.seeds * comparison.weeks * comparison.horizon_weeks
    few = f" {text('compare.method.replays.few', language)}" if all_weeks < FEW_REPLAYS else ""
    return said + few


def _effort(comparison: Comparison, language: Language) -> str:
    weeks = comparison.horizon_weeks
    if comparison.time_limit_s is not None:
        seconds = bare(comparison.time_limit_s, 0, language)
        return text("compare.method.effort.seconds", language, seconds=seconds, weeks=weeks)
    iterations = bare(comparison.iterations, 0, language)
    return text("compare.method.effort.iterations", language, iterations=iterations, weeks=weeks)


def _starts(comparison: Comparison, language: Language) -> str:
    """How often the merged plans of the parts were the start of the plan that won."""
    all_runs = Counter(run.scenario for run in comparison.runs if run.start != "given")
    from_parts = Counter(run.scenario for run in comparison.runs if run.start == "parts")
    return "; ".join(
        text("compare.method.start.what", language, scenario=scenario_name(name, language), won=from_parts[name],
             runs=count)
        for name, count in all_runs.items()
    )  # fmt: skip


def assumption_sentences(comparison: Comparison, language: Language) -> tuple[str, ...]:
    """What every comparison takes for granted."""
    weeks = comparison.horizon_weeks
    return tuple(text(f"compare.assumption.{each}", language, weeks=weeks) for each in ASSUMPTIONS)
