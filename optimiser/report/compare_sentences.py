"""The differences of a comparison as sentences: saved, asked more, or that it cannot be told and why."""

from __future__ import annotations

from collections.abc import Sequence

from optimiser.domain.comparison import Comparison
from optimiser.report.compare_numbers import label, percent, plain, scenario_name, signed, unit_name, with_unit
from optimiser.report.compare_told import CURRENT, Told
from optimiser.texts import Language, catalogue, text


def sentence(found: Told, language: Language) -> str:
    """One difference in plain words, with its interval or the reason why nothing is sure."""
    weekly = found.kind.adds and found.kind.unit != "fte"
    one = scenario_name(found.one, language)
    names = {
        "one": one, "inside": _inside(one), "base": _inside(scenario_name(found.base, language)),
        "what": noun(found, language), "per": f" {text('compare.per_week', language)}" if weekly else "",
    }  # fmt: skip
    if found.verdict == "same":
        return text("compare.told.same", language, **names)
    unit, middle = found.kind.unit, found.difference.median or 0.0
    share = f" ({percent(found.percent, language)})" if found.percent is not None else ""
    if found.verdict == "unclear":
        measured = _amount(found, signed(middle, unit, language), language)
        why = text(f"compare.doubt.{found.doubt or 'few_weeks'}", language, **_doubt_values(found, language))
        return text("compare.told.unclear", language, **names, measured=measured, share=share, why=why)
    amount = _amount(found, plain(abs(middle), unit, language), language)
    low, high = sorted((abs(found.difference.low or 0.0), abs(found.difference.high or 0.0)))
    way = "less" if middle < 0 else "more"
    key = f"compare.told.{found.verdict}.{way}"
    return text(key, language, **names, amount=amount, share=share, low=plain(low, unit, language),
                high=plain(high, unit, language))  # fmt: skip


def noun(found: Told, language: Language) -> str:
    """What is counted, as it stands in a sentence: reistijd tussen cliënten; of exactly one its singular."""
    key = f"compare.noun.{found.kind.name}"
    if abs(found.difference.median or 0.0) == 1 and f"{key}.one" in catalogue():
        return text(f"{key}.one", language)
    return text(key, language) if key in catalogue() else _inside(label(found.kind, language))


def change(found: Told, language: Language) -> str:
    """The difference as a figure: −2.310 minuten (−20 %)."""
    share = f" ({percent(found.percent, language)})" if found.percent is not None else ""
    return f"{_amount(found, signed(found.difference.median, found.kind.unit, language), language)}{share}"


def explanation_sentences(comparison: Comparison, language: Language) -> tuple[str, ...]:
    """What must be known before the figures."""
    slow = [run for run in comparison.runs if run.levelled is False]
    values = {
        "runs": len(slow),
        "all_runs": sum(run.levelled is not None for run in comparison.runs),
        "scenarios": ", ".join(scenario_name(name, language) for name in dict.fromkeys(run.scenario for run in slow)),
        "most": plain(comparison.most_saved_percent, "percent", language),
        "organisations": len(comparison.overlap),
        "weeks": comparison.weeks,
        "open": _open_visits(comparison, language),
    }
    return tuple(text(key, language, **values) for key in comparison.explanations)


def _open_visits(comparison: Comparison, language: Language) -> str:
    """Apart 2, Samen 0: the visits left open by each scenario."""
    spreads = {name: row.get("unserved_visits") for name, row in comparison.total.scenarios.items()}
    return ", ".join(
        f"{scenario_name(name, language)} {plain(each.median, 'count', language)}"
        for name, each in spreads.items()
        if each is not None
    )


def interval_sentence(comparison: Comparison, language: Language) -> str:
    """What a range and the word clear mean here; that there is none with one week."""
    if comparison.weeks < 2:
        return text("compare.interval.none", language)
    return text("compare.interval.what", language, confidence=plain(comparison.confidence, "percent", language))


def verdict_counts(tolds: Sequence[Told], language: Language) -> str:
    """Of the head figures so many are clearly better, clearly worse, and so on."""
    counted = {verdict: sum(each.verdict == verdict for each in tolds) for verdict in ("better", "worse", "unclear")}
    return text("compare.counted", language, count=len(tolds), **counted)


def pair_title(one: str, base: str, language: Language) -> str:
    """Samen tegenover apart; what the step means where the base is the roster as it is."""
    key = "compare.pair.planning" if base == CURRENT else "compare.pair"
    return text(key, language, one=scenario_name(one, language), base=_inside(scenario_name(base, language)))


def _amount(found: Told, written: str, language: Language) -> str:
    """The number with its unit; in a sentence percents are points, since they are differences of shares."""
    if found.kind.unit == "percent":
        return f"{written}\u00a0{text('compare.points', language)}"
    return with_unit(written, found.kind.unit, language)


def _doubt_values(found: Told, language: Language) -> dict[str, str]:
    unit, each = found.kind.unit, found.difference
    return {
        "low": signed(each.low, unit, language), "high": signed(each.high, unit, language),
        "noise": plain(each.noise, unit, language), "unit": unit_name(unit, language), "weeks": str(each.n),
    }  # fmt: skip


def _inside(words: str) -> str:
    """A name inside a sentence: with a small first letter, unless it is an abbreviation or an id."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
