"""Three years of a business case, and after how many months it has paid for itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from optimiser.domain.business import BusinessInputs
from optimiser.report.business_lines import Line
from optimiser.report.business_range import Range, sum_of

MONTHS = 12


@dataclass(frozen=True)
class CaseYear:
    """One year in euros. ``net`` is gains less costs (the transition in the first year), low with low gains and high
    costs; ``total`` is what has added up by the end of it."""

    number: int
    percent: float
    gains: Range
    costs: Range
    once: Range
    net: Range
    total: Range


@dataclass(frozen=True)
class ThreeYears:
    """The years, and the months until the total reaches nought (None: not within them), low, expected and high."""

    years: tuple[CaseYear, ...]
    payback: tuple[int | None, int | None, int | None]


def three_years(gains: Sequence[Line], costs: Sequence[Line], inputs: BusinessInputs) -> ThreeYears | None:
    """Realisable gains that are known, against all costs; None while a cost, what a loss is worth, or the growth by
    year is not known.

    A gain that is not known counts as nothing: that is the careful side. A loss without a price would be nothing too,
    so there is no answer without it. Room never counts.
    """
    phase = inputs.case.phase_percent
    if phase is None or any(line.eur is None for line in costs) or any(map(_unpriced_loss, gains)):
        return None
    full = sum_of(line.eur for line in gains if line.mark == "realisable" and line.eur is not None and not line.part)
    yearly = sum_of(line.eur for line in costs if line.eur is not None and not line.once)
    once = sum_of(line.eur for line in costs if line.eur is not None and line.once)
    years: list[CaseYear] = []
    total = sum_of(())
    for number, percent in enumerate(phase, start=1):
        gain = full.times(percent / 100)
        first = once if number == 1 else once.times(0)
        net = _opposed(_opposed(gain, yearly), first)
        total = total.plus(net)
        years.append(CaseYear(number, percent, gain, yearly, first, net, total))
    low, expected, high = (
        payback([getattr(_opposed(year.gains, year.costs), end) for year in years], _other(once, end))
        for end in ("low", "expected", "high")
    )
    return ThreeYears(tuple(years), (low, expected, high))


def _unpriced_loss(line: Line) -> bool:
    """Whether it can be below nought, and nobody knows by how many euros."""
    can_lose = line.amount is not None and line.amount.low < 0
    return line.mark == "realisable" and not line.part and line.eur is None and can_lose


def _opposed(gain: Range, cost: Range) -> Range:
    return Range(gain.low - cost.high, gain.expected - cost.expected, gain.high - cost.low)


def _other(cost: Range, end: str) -> float:
    return {"low": cost.high, "expected": cost.expected, "high": cost.low}[end]


def payback(nets: Sequence[float], once: float) -> int | None:
    """Whole months until nets a year, spread evenly over its months, have paid ``once``; None if not within them.

    What was paid back and is lost again later does not count: from that month on it must stay at nought or above.
    """
    since, total = 0 if once <= 0 else None, -once
    for number, net in enumerate(nets):
        if total < 0 <= total + net:
            since = MONTHS * number + max(1, ceil(-total / net * MONTHS - 1e-9))
        total += net
        if total < 0:
            since = None
    return since
