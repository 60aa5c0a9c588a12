"""Which differences a comparison tells first, and whether each is better, worse, nothing or not to be told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from optimiser.domain.comparison import Compared, Comparison, Difference, Spread
from optimiser.domain.figure import FigureKind

CURRENT = "current"
HEADLINES = (
    "travel_minutes", "unserved_visits", "uncovered_shifts", "calls_in_norm_percent", "played_in_norm_percent",
    "played_lost_per_week", "paid_hours", "fte_gross", "employer_cost_eur", "faces_mean", "known_faces_percent",
    "wishes_refused", "robust_days_covered_percent", "robust_hired_hours", "co2_kg",
)  # fmt: skip
"""What a board reads first, in this order; a comparison tells those that it has."""
Verdict = Literal["better", "worse", "other", "same", "unclear"]
Doubt = Literal["", "one_week", "noise_unknown", "zero_inside", "within_noise", "few_weeks"]


@dataclass(frozen=True)
class Told:
    """A figure of scenario ``one`` against that of ``base``: ``percent`` of the base's median, ``doubt`` why not clear.

    ``other``: clearly different where neither way is better.
    """

    kind: FigureKind
    one: str
    base: str
    difference: Difference
    spread: Spread
    base_spread: Spread
    verdict: Verdict
    doubt: Doubt
    percent: float | None
    weeks: int = 1
    """Of how many weeks the amounts are, together."""


def told_pairs(comparison: Comparison) -> tuple[tuple[str, str], ...]:
    """Which scenarios are told against which: each against the first.

    Where the first is the roster as it is, better planning alone (the second against the first) is told apart from
    what sharing adds (the others against the second).
    """
    names = comparison.scenarios
    if len(names) > 2 and names[0] == CURRENT:
        return ((names[1], names[0]), *((name, names[1]) for name in names[2:]))
    return tuple((name, names[0]) for name in names[1:])


def told(compared: Compared, kind: FigureKind, one: str, base: str, weeks: int = 1) -> Told | None:
    """What is told of one figure of so many weeks; None where the two have no week in common that knows it."""
    difference = compared.differences.get(f"{one}-{base}", {}).get(kind.name)
    spreads = [compared.scenarios.get(name, {}).get(kind.name) for name in (one, base)]
    if difference is None or difference.median is None or spreads[0] is None or spreads[1] is None:
        return None
    whole = spreads[1].median
    doubt = doubt_of(difference)
    return Told(
        kind, one, base, difference, spreads[0], spreads[1],
        verdict=_verdict(kind, difference, doubt), doubt=doubt,
        percent=100 * difference.median / abs(whole) if whole and kind.unit != "percent" else None, weeks=weeks,
    )  # fmt: skip


def headlines(
    comparison: Comparison, kinds: Sequence[FigureKind], one: str, base: str, part: Compared | None = None
) -> tuple[Told, ...]:
    """The figures that a board reads first, as far as they are known, of all together or of ``part``."""
    compared = comparison.total if part is None else part
    weeks = comparison.horizon_weeks
    return tuple(found for kind in head_kinds(kinds) if (found := told(compared, kind, one, base, weeks)))


def head_parts(comparison: Comparison) -> tuple[tuple[str, Compared], ...]:
    """Of whom headlines are told: in an organisation's own view of itself (by its id) first, then of all (empty)."""
    own = comparison.organisations.get(comparison.seen_by or "")
    mine = () if own is None or comparison.seen_by is None else ((comparison.seen_by, own),)
    return (*mine, ("", comparison.total))


def head_kinds(kinds: Sequence[FigureKind]) -> Iterator[FigureKind]:
    """The kinds of ``HEADLINES`` in their order."""
    by_name = {kind.name: kind for kind in kinds}
    return (by_name[name] for name in HEADLINES if name in by_name)


def doubt_of(difference: Difference) -> Doubt:
    """Why a difference is not clear; empty where it is."""
    if difference.clear:
        return ""
    if difference.n < 2 or difference.low is None or difference.high is None or difference.median is None:
        return "one_week"
    if difference.low <= 0 <= difference.high:
        return "zero_inside"
    if difference.noise is None:
        return "noise_unknown"
    return "within_noise" if abs(difference.median) <= 2 * difference.noise else "few_weeks"


def _verdict(kind: FigureKind, difference: Difference, doubt: Doubt) -> Verdict:
    if difference.median == 0 and difference.low in (0, None) and difference.high in (0, None):
        return "same"
    if doubt or not difference.median:
        return "unclear"
    if kind.better == "neither":
        return "other"
    return "better" if (difference.median < 0) == (kind.better == "less") else "worse"
