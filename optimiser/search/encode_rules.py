"""One row rule as a row of the kernel: shape, price and eight parameters."""

from __future__ import annotations

from collections.abc import Callable

from optimiser.domain.instance import Instance
from optimiser.domain.row_rules import (
    DayWord,
    Exclusion,
    FreePeriods,
    GapCount,
    Pauses,
    RestBlocks,
    RestParts,
    RowRule,
    Series,
    WindowSum,
    WordCount,
)

PARAMETERS = 8
COUNTS = {
    "minutes": 0, "late_nights": 1, "nights": 2, "standby": 3, "workplace": 4, "standby_nights": 5, "night_minutes": 6,
    "sundays": 7, "weekends": 8, "duties": 9,
}  # fmt: skip
MOST_A_WEEK = {
    "minutes": 7 * 24 * 60, "late_nights": 8, "nights": 8, "standby": 7, "workplace": 7, "standby_nights": 7,
    "night_minutes": 8 * 6 * 60, "sundays": 1, "weekends": 1, "duties": 7,
}  # fmt: skip
"""More than this no week of a plan can hold."""
ENCODE: dict[type, Callable[..., list[int]]] = {
    GapCount: lambda rule: [
        1, rule.after, rule.low, rule.high, rule.most, rule.window, rule.within_day, rule.then, rule.but,
    ],
    Series: lambda rule: [2, rule.member, rule.gap, rule.length, rule.rest_after, rule.holds],
    RestBlocks: lambda rule: [
        6, rule.short_window, rule.short_rest, rule.long_window, rule.long_rest, rule.block,
    ],
    WordCount: lambda rule: [7, rule.member, rule.most, rule.window],
    Exclusion: lambda rule: [8, rule.before, rule.after],
    Pauses: lambda rule: [9, rule.after, rule.length, rule.long_after, rule.long_length, rule.part],
    FreePeriods: lambda rule: [11, rule.after, rule.free_of, rule.window, rule.length, rule.count],
    RestParts: lambda rule: [12, rule.holds, rule.window, rule.long_part, rule.part, rule.count],
}  # fmt: skip


def price_of(instance: Instance, rule: RowRule) -> int:
    """Weight of the rule's term; 0 for a hard rule, -1 for a term that costs nothing."""
    term = getattr(rule, "term", "")
    return int(getattr(instance.weights, term)) or -1 if term else 0


def says_something(rule: RowRule) -> bool:
    """Whether any plan can break the rule: sums over weeks may leave more than weeks can hold."""
    if not isinstance(rule, WindowSum) or rule.per != "weeks":
        return True
    weeks = rule.last_week - rule.first_week + 1
    reached = not rule.when or rule.at_least <= weeks * MOST_A_WEEK[rule.when]
    return reached and rule.most < weeks * MOST_A_WEEK[rule.counts]


def encode_rule(rule: RowRule, price: int, first_mask: int) -> list[int]:
    """The row; a DayWord's masks begin at ``first_mask``. Raises KeyError on a shape the kernel does not know."""
    if isinstance(rule, DayWord):
        shape, *values = 10, first_mask, len(rule.word)
    elif isinstance(rule, WindowSum):
        shape, *values = _window_sum(rule)
    else:
        shape, *values = ENCODE[type(rule)](rule)
    return [shape, price, *(int(value) for value in values), *[0] * (PARAMETERS - len(values))]


def _window_sum(rule: WindowSum) -> list[int]:
    if rule.per == "weeks":
        condition = [COUNTS[rule.when], rule.at_least] if rule.when and rule.at_least > 0 else [0, 0]
        return [5, COUNTS[rule.counts], rule.most, rule.first_week, rule.last_week, *condition]
    if rule.per == "day":
        return [4, rule.most]
    return [3, int(rule.per == "night"), rule.most, int(rule.but)]
