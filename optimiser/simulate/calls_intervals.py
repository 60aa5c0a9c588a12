"""Figures with 95 % intervals from independent rounds."""

from __future__ import annotations

from math import ceil, pi, sqrt, tan
from statistics import NormalDist

import numpy as np

from optimiser.domain.simulated_calls import Estimate
from optimiser.simulate.calls_arrivals import Counts, Numbers

LEVEL = 0.975
"""Upper end of a two-sided interval of 95 %."""


def student(freedom: int, level: float = LEVEL) -> float:
    """The quantile of Student's distribution: exact for 1 and 2 degrees, else the expansion of Fisher and Cornish
    (Abramowitz and Stegun 26.7.5), within 1 % from 3 on."""
    if freedom == 1:
        return tan(pi * (level - 0.5))
    if freedom == 2:
        return (2 * level - 1) / sqrt(2 * level * (1 - level))
    x = NormalDist().inv_cdf(level)
    terms = (
        x,
        (x**3 + x) / 4,
        (5 * x**5 + 16 * x**3 + 3 * x) / 96,
        (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
        (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92160,
    )
    return sum(term / freedom**power for power, term in enumerate(terms))


def mean_of(values: Numbers | Counts, scale: float = 1.0) -> Estimate:
    """The mean of a count over rounds, times ``scale``; its interval holds nothing below 0."""
    return _not_below_nothing(_around(float(values.mean()) * scale, np.asarray(values * scale, dtype=float)))


def ratio(above: Numbers | Counts, below: Numbers | Counts, scale: float = 1.0) -> Estimate:
    """The sum of one count over the sum of another times ``scale``, both by round (delta method); never below 0."""
    whole = float(below.sum())
    if not whole:
        return Estimate(value=None)
    value = float(above.sum()) / whole
    return _not_below_nothing(_around(value * scale, residuals(above, below) * scale))


def share(above: Numbers | Counts, below: Numbers | Counts) -> Estimate:
    """A ratio between 0 and 1. Where all or none are counted, rounds do not differ: Wilson's interval tells more."""
    found = ratio(above, below)
    if found.value is None or found.low is None or found.high is None:
        return found
    count = float(below.sum())
    room = student(10**6) ** 2 / (count + student(10**6) ** 2)
    if found.value in (0.0, 1.0):
        return Estimate(value=found.value, low=0.0 if not found.value else 1 - room, high=1.0 if found.value else room)
    return Estimate(value=found.value, low=max(0.0, found.low), high=min(1.0, found.high))


def residuals(above: Numbers | Counts, below: Numbers | Counts) -> Numbers:
    """What each round adds to the error of a ratio of sums; its mean is 0."""
    mean = float(below.mean())
    if not mean:
        return np.zeros(len(below))
    return np.asarray((above - float(above.sum()) / float(below.sum()) * below) / mean, dtype=float)


def quantile(values: Numbers, rounds: Counts, count: int, level: float) -> Estimate:
    """The value that a share ``level`` of all values does not exceed. The interval holds the values whose share cannot
    be told from ``level`` (Woodruff), with the error of that share over ``count`` rounds."""
    if not len(values):
        return Estimate(value=None)
    ordered = np.sort(values)

    def at(part: float) -> float:
        return float(ordered[min(len(ordered), max(1, ceil(part * len(ordered) - 1e-9))) - 1])

    value = at(level)
    if count < 2:
        return Estimate(value=value)
    below = np.bincount(rounds[values <= value], minlength=count)
    errors = residuals(below, np.bincount(rounds, minlength=count))
    reach = student(count - 1) * float(errors.std(ddof=1)) / sqrt(count)
    return Estimate(value=value, low=at(level - reach), high=at(level + reach))


def _around(value: float, values: Numbers) -> Estimate:
    if len(values) < 2:
        return Estimate(value=value)
    reach = student(len(values) - 1) * float(values.std(ddof=1)) / sqrt(len(values))
    return Estimate(value=value, low=value - reach, high=value + reach)


def paired(first: float, second: float, differences: Numbers) -> Estimate:
    """First less second; ``differences`` hold for each round what it adds to the difference, or to its error."""
    return _around(first - second, differences)


def _not_below_nothing(found: Estimate) -> Estimate:
    return found if found.low is None else found.model_copy(update={"low": max(0.0, found.low)})
