"""The differences of a comparison as sentences: saved, asked more, or that it cannot be told and why."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

from optimiser.domain.comparison import Comparison
from optimiser.report.compare_numbers import bare, is_nothing, label, percent, plain, scenario_name, signed, with_unit
from optimiser.report.compare_told import CURRENT, Told
from optimiser.texts import Language, catalogue, text

NOT_LEVELLED, VIOLATIONS = "compare.explain.not_levelled", "compare.explain.violations"
SURE = 90.0
"""Below this certainty (percent) no difference is called clear."""


def sentence(found: Told, language: Language) -> str:
    """One difference in plain words, with its interval or the reason why nothing is sure."""
    weekly = found.kind.adds and found.kind.unit != "fte"
    one = scenario_name(found.one, language)
    names = {
        "one": one, "inside": _inside(one), "base": _inside(scenario_name(found.base, language)),
        "what": noun(found, language), "per": f" {_per(found.weeks, language)}" if weekly else "",
    }  # fmt: skip
    if found.verdict == "same":  # without the of that goes with an amount: of paid time
        return text("compare.told.same", language, **names | {"what": names["what"].removeprefix("of ")})
    kind, middle = found.kind, found.difference.median or 0.0
    share = _share(found, language)
    if found.verdict == "unclear":
        measured = _amount(found, signed(middle, kind, language), language)
        why = text(f"compare.doubt.{found.doubt or 'few_weeks'}", language, **_doubt_values(found, language))
        return text("compare.told.unclear", language, **names, measured=measured, share=share, why=why)
    amount = _amount(found, plain(abs(middle), kind, language), language)
    low, high = sorted((abs(found.difference.low or 0.0), abs(found.difference.high or 0.0)))
    way = "less" if middle < 0 else "more"
    key = f"compare.told.{found.verdict}.{way}"
    span = text("compare.told.constant" if low == high else "compare.told.range", language,
                low=plain(low, kind, language), high=plain(high, kind, language))  # fmt: skip
    return text(key, language, **names, amount=amount, share=share, span=span)


def _per(weeks: int, language: Language) -> str:
    """A week, or a period of so many."""
    return text("compare.per_week", language) if weeks == 1 else text("compare.per_period", language, weeks=weeks)


def noun(found: Told, language: Language) -> str:
    """What is counted, as it stands in a sentence: reistijd tussen cliënten; of exactly one its singular."""
    key = f"compare.noun.{found.kind.name}"
    if round(abs(found.difference.median or 0.0), 1) == 1 and f"{key}.one" in catalogue():
        return text(f"{key}.one", language)
    return text(key, language) if key in catalogue() else _inside(label(found.kind, language))


def change(found: Told, language: Language) -> str:
    """The difference as a figure: −2.310 minuten (−20 %)."""
    return f"{_amount(found, signed(found.difference.median, found.kind, language), language)}{_share(found, language)}"


def _share(found: Told, language: Language) -> str:
    """The difference as a share of the base's median; empty where it would be of nothing, or is written as nothing."""
    if found.percent is None or is_nothing(plain(abs(found.difference.median or 0.0), found.kind, language)):
        return ""
    return f" ({percent(found.percent, language)})"


def explanation_sentences(comparison: Comparison, language: Language) -> tuple[str, ...]:
    """What must be known before the figures."""
    slow = [run for run in comparison.runs if run.levelled is False]
    broken = [run for run in comparison.runs if run.hard]
    values = {
        "broken": len(broken),
        "plans": len(comparison.runs),
        "breaking": ", ".join(scenario_name(name, language) for name in dict.fromkeys(run.scenario for run in broken)),
        "runs": len(slow),
        "all_runs": sum(run.levelled is not None for run in comparison.runs),
        "scenarios": ", ".join(scenario_name(name, language) for name in dict.fromkeys(run.scenario for run in slow)),
        "weeks": comparison.weeks,
        "asked_weeks": comparison.asked_weeks,
        "open": _left_open(comparison, "unserved_visits", language),
        "open_shifts": _left_open(comparison, "uncovered_shifts", language),
    }
    hidden = {NOT_LEVELLED: not slow, VIOLATIONS: not broken}  # a view without the runs cannot say how many
    keys = (f"{key}.bare" if hidden.get(key) else key for key in comparison.explanations)
    return tuple(text(key, language, **values) for key in keys)


def _left_open(comparison: Comparison, figure: str, language: Language) -> str:
    """Apart 2, Samen 0: the visits or shifts left open by each scenario."""
    medians = {name: row[figure].median for name, row in comparison.total.scenarios.items() if figure in row}
    return ", ".join(
        f"{scenario_name(name, language)} {bare(median, 0 if round(median, 1).is_integer() else 1, language)}"
        for name, median in medians.items() if median is not None
    )  # fmt: skip


def interval_sentence(comparison: Comparison, language: Language) -> str:
    """What a range and the word clear mean here; that there is none with one week."""
    if comparison.weeks < 2:
        return text("compare.interval.none", language)
    if comparison.confidence < SURE:
        sure = floor(comparison.confidence)
        return text("compare.interval.weak", language, weeks=comparison.weeks, confidence=sure)
    return text("compare.interval.what", language, confidence=floor(comparison.confidence))


def verdict_counts(tolds: Sequence[Told], language: Language) -> str:
    """Of the head figures so many are clearly better, clearly worse, and so on."""
    counted = {
        verdict: sum(each.verdict == verdict for each in tolds) for verdict in ("better", "worse", "same", "unclear")
    }
    return text("compare.counted", language, count=len(tolds), **counted)


def pair_title(one: str, base: str, language: Language, short: bool = False) -> str:
    """Samen tegenover apart; unless ``short`` also what the step means where the base is the roster as it is."""
    key = "compare.pair.planning" if base == CURRENT and not short else "compare.pair"
    return text(key, language, one=scenario_name(one, language), base=_inside(scenario_name(base, language)))


def _amount(found: Told, written: str, language: Language) -> str:
    """The number with its unit; in a sentence percents are points, since they are differences of shares."""
    if found.kind.unit == "percent":
        return f"{written}\u00a0{text('compare.points', language)}"
    return with_unit(written, found.kind.unit, language)


def _doubt_values(found: Told, language: Language) -> dict[str, str]:
    kind, each = found.kind, found.difference
    return {
        "low": signed(each.low, kind, language), "high": signed(each.high, kind, language),
        "noise": plain(each.noise, kind, language), "weeks": str(each.n),
    }  # fmt: skip


def _inside(words: str) -> str:
    """A name inside a sentence: with a small first letter, unless it is an abbreviation or an id."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
