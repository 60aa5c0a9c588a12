"""A number with its low and high: how amounts of a business case are carried along."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Range:
    """Low, expected and high, in order of size: low is the cautious end of a gain, high that of a cost."""

    low: float
    expected: float
    high: float

    def times(self, factor: float) -> Range:
        """All three times a factor; a negative one turns low and high round."""
        ends = sorted((self.low * factor, self.high * factor))
        return Range(ends[0], self.expected * factor, ends[1])

    def through(self, rule: Callable[[float], float]) -> Range:
        """All three through a rule that never falls."""
        return Range(rule(self.low), rule(self.expected), rule(self.high))

    def plus(self, other: Range) -> Range:
        """Both together: low with low, high with high."""
        return Range(self.low + other.low, self.expected + other.expected, self.high + other.high)

    def less(self, other: Range) -> Range:
        """This less another end by end: both move together."""
        return Range(self.low - other.low, self.expected - other.expected, self.high - other.high)


def exactly(value: float) -> Range:
    """A number without an interval."""
    return Range(value, value, value)


def sum_of(ranges: Iterable[Range]) -> Range:
    """All together; nothing is nought."""
    total = exactly(0.0)
    for each in ranges:
        total = total.plus(each)
    return total
