"""Row rules as constraints over candidate blocks: the law in the model, from the same tables as the search.

``add_rule`` takes any shape. No translation excludes a row that the rule allows; where one is looser than the rule its
docstring says so. With a ``term`` nothing is forbidden: what breaks the rule is charged to ``row.charges``.
"""

from __future__ import annotations

from dataclasses import fields, replace
from functools import singledispatch
from typing import Any

from optimiser.domain.row_rules import (
    DayWord,
    DutyClass,
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
from optimiser.model.blocks import CONSIGNATIE, NIGHT, STANDBY, WORKPLACE
from optimiser.model.day_words import add_day_word
from optimiser.model.row import Row
from optimiser.model.rows_dienst import add_day_sum, add_dienst_sum, add_pauses
from optimiser.model.rows_gaps import add_gap_count
from optimiser.model.rows_rest import add_rest_blocks
from optimiser.model.rows_series import add_series
from optimiser.model.rows_watch import add_free_periods, add_rest_parts
from optimiser.model.rows_weeks import add_week_sum

WATCHES = STANDBY | CONSIGNATIE


def with_numbers(rule: RowRule) -> RowRule:
    """The rule with its classes as plain numbers: the same rule, read faster."""
    flags = {each.name: getattr(rule, each.name) for each in fields(rule)}
    numbers: dict[str, Any] = {name: int(value) for name, value in flags.items() if isinstance(value, DutyClass)}
    return replace(rule, **numbers) if numbers else rule


@singledispatch
def add_rule(rule: RowRule, row: Row) -> None:
    """Add one rule instance to the model for one row. Raises TypeError on a shape without a translation."""
    raise TypeError(f"no translation for {type(rule).__name__}")


@add_rule.register
def _gap_count(rule: GapCount, row: Row) -> None:
    add_gap_count(rule, row)


@add_rule.register
def _series(rule: Series, row: Row) -> None:
    add_series(rule, row)


@add_rule.register
def _window_sum(rule: WindowSum, row: Row) -> None:
    {"weeks": add_week_sum, "day": add_day_sum}.get(rule.per, add_dienst_sum)(rule, row)


@add_rule.register
def _rest_blocks(rule: RestBlocks, row: Row) -> None:
    add_rest_blocks(rule, row)


@add_rule.register
def _pauses(rule: Pauses, row: Row) -> None:
    add_pauses(rule, row)


@add_rule.register
def _free_periods(rule: FreePeriods, row: Row) -> None:
    add_free_periods(rule, row)


@add_rule.register
def _rest_parts(rule: RestParts, row: Row) -> None:
    add_rest_parts(rule, row)


@add_rule.register
def _day_word(rule: DayWord, row: Row) -> None:
    """Each occurrence of the word in the letters of the nurse's days."""
    if row.letters is None:
        return
    found = add_day_word(row.model, row.letters, rule.word, bool(rule.term), rule.id.family)
    row.charges += [(rule.term, occurs) for occurs in found]


@add_rule.register
def _word_count(rule: WordCount, row: Row) -> None:
    """At most so many duties of the class start in any rolling window."""
    blocks = row.standby if rule.member & WATCHES else row.work
    members = [block for block in blocks if block.duty_class & rule.member]
    for index, block in enumerate(members):
        inside = [each for each in members[index:] if each.start < block.start + rule.window]
        fixed = sum(each.literal is None for each in inside)
        literals = [each.literal for each in inside if each.literal is not None]
        if len(literals) + fixed > rule.most and literals:
            row.model.add(sum(literals) <= max(0, rule.most - fixed))


@add_rule.register
def _exclusion(rule: Exclusion, row: Row) -> None:
    """No standby from home around a night dienst; work of that standby itself is no such dienst."""
    watches = [block for block in row.standby if not block.duty_class & WORKPLACE]
    for chain in row.diensten if watches else ():
        if not any(block.duty_class & NIGHT for block in chain):
            continue
        start, end = chain[0].start, max(block.end for block in chain)
        plain = []
        for watch in watches:
            before = watch.start < start and watch.end > start - rule.before
            after = watch.end > end and watch.start < end + rule.after
            own = chain[0].kind is None and watch.start <= start and end <= watch.end
            if own or not (before or after):
                continue
            # what merges with it moves the borders of the dienst
            near = row.around(chain)
            unless = [each for each in near if (each.start <= watch.start if before else each.end >= watch.end)]
            if unless or len(chain) > 1:
                row.forbid((*chain, watch), unless)
            else:
                plain.append(watch)
        row.exclude(chain[0], plain)
