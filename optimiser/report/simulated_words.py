"""Calls that were played, in sentences: what a manager reads before the tables."""

from __future__ import annotations

from optimiser.domain.simulated_calls import Estimate, SimulatedCalls
from optimiser.texts import Language, number, text

FEW_ROUNDS = 10
PERCENT = 100


def amount(found: Estimate, decimals: int, language: Language, short: bool = False) -> str:
    """A figure with its range: ``12,3 (11,8 tot 12,8)``, with a dash between when ``short``; a dash where there is
    nothing to count."""
    if found.value is None:
        return "–"
    value = number(found.value, language, decimals)
    if found.low is None or found.high is None:
        return value
    low, high = (number(each, language, decimals) for each in (found.low, found.high))
    return f"{value} ({low}–{high})" if short else text("simulate.range", language, value=value, low=low, high=high)


def points(found: Estimate) -> Estimate:
    """A share as percent."""
    scaled = {name: None if value is None else PERCENT * value for name, value in found.model_dump().items()}
    return Estimate.model_validate(scaled)


def part(found: Estimate, language: Language) -> str:
    """A share as percent, with its range."""
    written = amount(points(found), 1, language)
    return written if found.value is None else f"{written}\u00a0%"


def simulated_sentences(found: SimulatedCalls, language: Language = "nl") -> list[str]:
    """What was played, what became of the calls, whether the norm is met, and what the ranges are."""
    total, outcomes = found.total, found.outcomes
    lines = [
        text("simulate.played", language, rounds=found.rounds, weeks=found.weeks, contract=found.contract),
        *([text(f"simulate.stress.{found.stress.replace('-', '_')}", language)] if found.stress != "none" else []),
    ]
    if not total.visits_per_week.value:
        return [*lines, text("simulate.no_calls", language)]
    lines += [
        text(
            "simulate.outcomes", language, calls=amount(outcomes["calls"], 1, language),
            phone=amount(outcomes["phone"], 1, language), first=amount(outcomes["first_line"], 1, language),
            passed=amount(outcomes["passed"], 1, language), lost=amount(outcomes["lost"], 1, language),
        ),
        text(
            f"simulate.norm.{_verdict(found)}", language, share=part(total.within_norm, language),
            norm=found.norm_minutes, target=found.target_percent,
        ),
        text(
            "simulate.response", language, mean=amount(total.mean_minutes, 1, language),
            median=amount(total.median_minutes, 0, language), p90=amount(total.p90_minutes, 0, language),
        ),
        text("simulate.waited", language, share=part(total.waited, language), busy=_not_alone(found, language)),
    ]  # fmt: skip
    if found.stressed is not None:
        lines.append(text("simulate.pairs", language, share=part(found.stressed.within_norm, language),
                          norm=found.norm_minutes))  # fmt: skip
    if found.phone_wait_minutes.value is not None:
        lines.append(text("simulate.phone_wait", language, minutes=amount(found.phone_wait_minutes, 1, language)))
    if found.planned.assumed_percent:
        lines.append(text("simulate.assumed", language))
    return [*lines, _range_sentence(found, language)]


def _verdict(found: SimulatedCalls) -> str:
    """Whether the share within the norm is surely above the target, surely below it, or neither."""
    inside, target = found.total.within_norm, found.target_percent / PERCENT
    low = inside.low if inside.low is not None else inside.value
    high = inside.high if inside.high is not None else inside.value
    if low is None or high is None:
        return "unclear"
    return "met" if low >= target else "missed" if high < target else "unclear"


def _not_alone(found: SimulatedCalls, language: Language) -> str:
    """Percent of the visits that find another call under way."""
    share = 1 - found.at_once[0] if found.at_once else 0.0
    return f"{number(PERCENT * share, language, 1)}\u00a0%"


def _range_sentence(found: SimulatedCalls, language: Language) -> str:
    if found.rounds == 1:
        return text("simulate.ranges.none", language)
    return text("simulate.ranges.few" if found.rounds < FEW_ROUNDS else "simulate.ranges.what", language,
                rounds=found.rounds)  # fmt: skip
