"""Weekly rest: from each start of work one of two rests (RestBlocks)."""

from __future__ import annotations

from collections import defaultdict

from ortools.sat.python import cp_model

from optimiser.domain.row_rules import RestBlocks
from optimiser.model.blocks import Block
from optimiser.model.row import Row

Options = tuple[cp_model.IntVar, ...]


def add_rest_blocks(rule: RestBlocks, row: Row) -> None:
    """From each start of work a short rest in the short window, or long rests that sum up in the long one.

    Fixed work that breaks the rule by itself asks nothing (looser than the rule, which then judges what is added).
    """
    # After the last work all is rest: windows that reach that far ask nothing.
    horizon = row.last_end + rule.long_rest - rule.long_window
    anchors: dict[int, list[Block]] = defaultdict(list)
    for block in row.work:
        if block.start < horizon:
            anchors[block.start].append(block)
    levels = _levels(rule, row, list(anchors))
    made: dict[Options, cp_model.IntVar | None] = {}
    asked: dict[tuple[object, Options], list[Block]] = defaultdict(list)
    fixed_ends = {block.end for block in row.work if block.literal is None}
    for start, blocks in anchors.items():
        if start + rule.long_window < 0 or all(
            block.literal is None for block in row.within(start, start + rule.long_window)
        ):
            continue
        options, by_fixed = _options(rule, row, start, levels, made, fixed_ends)
        for block in blocks:
            if block.literal is not None or by_fixed:
                asked[block.group, options].append(block)
    for (_, options), blocks in asked.items():
        there = sum(1 if block.literal is None else block.literal for block in blocks)
        row.model.add(there <= sum(options))


def _options(
    rule: RestBlocks,
    row: Row,
    start: int,
    levels: list[int],
    made: dict[Options, cp_model.IntVar | None],
    fixed_ends: set[int],
) -> tuple[Options, bool]:
    """Literals of which one must hold for a window from ``start``, and whether fixed work alone keeps the rule."""
    shorts: list[cp_model.IntVar] = []
    sums: list[cp_model.LinearExprT] = []
    parts: list[cp_model.IntVar] = []
    by_fixed, fixed_sum = False, 0
    for end in row.ends(start, start + rule.long_window - min(levels)):
        if end + rule.short_rest <= start + rule.short_window:
            rest = row.rest_after(end, rule.short_rest)
            if rest is not None:
                shorts.append(rest)
                by_fixed = by_fixed or end in fixed_ends
        reached = 0
        for length in levels:
            rest = row.rest_after(end, length) if end + length <= start + rule.long_window else None
            if rest is not None:
                sums.append((length - reached) * rest)
                parts.append(rest)
                fixed_sum += (length - reached) * (end in fixed_ends)
                reached = length
    key = tuple(parts)
    if key not in made:
        made[key] = None
        if parts:
            enough = row.new(f"{rule.id.family}.{row.name}.{start}.long")
            row.model.add(sum(sums) >= rule.long_rest * enough)
            made[key] = enough
    long = made[key]
    return (*shorts, *(() if long is None else (long,))), by_fixed or fixed_sum >= rule.long_rest


def _levels(rule: RestBlocks, row: Row, starts: list[int]) -> list[int]:
    """The lengths at which long rests are told apart: every length that can be, as far as it decides whether two of
    them sum to the long rest (three blocks always do)."""
    top = rule.long_rest - rule.block
    if 3 * rule.block < rule.long_rest or top < rule.block:
        top = rule.long_rest
    ends = row.ends(-(10**9), 10**9)
    begins = sorted({block.start for block in row.work} | {start + rule.long_window for start in starts})
    found: set[int] = {rule.block}
    for end in ends:
        found |= {begin - end for begin in begins if rule.block <= begin - end < top}
    values = sorted(found | {top})
    partners: dict[int, int] = {}
    for value in values:
        partner = next((other for other in values if value + other >= rule.long_rest), 0)
        partners.setdefault(partner, value)
    return sorted({*partners.values(), top, rule.long_rest})
