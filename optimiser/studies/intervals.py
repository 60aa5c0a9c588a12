"""Intervals without assumptions about how figures are spread: between two of the sorted values lies the median.

Of n independent values the j-th smallest and j-th largest hold the median between them with probability
1 - 2 P(Binomial(n, 1/2) < j) (Conover, Practical Nonparametric Statistics, on quantiles).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import comb, sqrt
from statistics import fmean, median, variance

from optimiser.domain.comparison import Difference, Spread

ASKED = 90.0
"""An interval is as narrow as it can be while it holds the median at least so surely, in percent."""
BY_WEEK = Mapping[int, Sequence[float]]
"""Week -> the values of its seeds."""


def confidence(values: int, rank: int = 1) -> float:
    """How surely (percent) the ``rank``-th smallest and largest of so many values hold the median between them."""
    if values < 2 * rank:
        return 0.0
    return 100 * (1 - 2 * sum(comb(values, below) for below in range(rank)) / 2**values)


def rank_for(values: int) -> int:
    """The rank whose interval is the narrowest that is sure enough; 1 (smallest and largest) where none is."""
    ranks = [rank for rank in range(1, values // 2 + 1) if confidence(values, rank) >= ASKED]
    return max(ranks, default=1)


def interval(values: Sequence[float]) -> tuple[float, float, float]:
    """Median, low and high of some values, at least one."""
    ordered, rank = sorted(values), rank_for(len(values))
    return median(ordered), ordered[rank - 1], ordered[-rank]


def spread(weeks: BY_WEEK) -> Spread:
    """The spread over the weeks; each counts with the mean of its seeds."""
    means = [fmean(values) for values in weeks.values() if values]
    if not means:
        return Spread(median=None, low=None, high=None, n=0)
    middle, low, high = interval(means)
    return Spread(median=_short(middle), low=_short(low), high=_short(high), n=len(means))


def difference(one: BY_WEEK, other: BY_WEEK, repeated: bool = False) -> Difference:
    """``one`` less ``other``, week by week; clear when sure, without zero, and above twice the noise of search.

    ``repeated``: the weeks are the same ones planned anew with other seeds, so that what differs between them is the
    noise; else it is what differs between the seeds of a week.
    """
    both = [week for week in one if one[week] and other.get(week)]
    if not both:
        return Difference(median=None, low=None, high=None, n=0)
    apart = [fmean(one[week]) - fmean(other[week]) for week in both]
    middle, low, high = interval(apart)
    runs = [apart] if repeated else [*(one[week] for week in both), *(other[week] for week in both)]
    noise = standard_error(runs, 1 if repeated else len(both))
    sure = confidence(len(both), rank_for(len(both))) >= ASKED and noise is not None
    return Difference(
        median=_short(middle), low=_short(low), high=_short(high), n=len(both),
        noise=None if noise is None else _short(noise),
        clear=sure and (low > 0 or high < 0) and abs(middle) > 2 * (noise or 0.0),
    )  # fmt: skip


def standard_error(runs: Sequence[Sequence[float]], weeks: int) -> float | None:
    """What the search's chance leaves in a mean difference over ``weeks`` weeks: the variances between the seeds of
    each run, divided by how many seeds and weeks they are averaged over. None when a run has one seed."""
    if any(len(seeds) < 2 for seeds in runs):
        return None
    return sqrt(sum(variance(seeds) / len(seeds) for seeds in runs)) / weeks


def _short(value: float) -> float:
    return round(value, 4)
