"""Weekly rest: from each start of work one of two rests (RestBlocks)."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict

from ortools.sat.python import cp_model

from optimiser.domain.row_rules import RestBlocks
from optimiser.model.blocks import Block
from optimiser.model.row import Row

Options = tuple[cp_model.IntVar, ...]


def add_rest_blocks(rule: RestBlocks, row: Row) -> None:
    """From each start of work a short rest in the short window, or long rests that sum up in the long one.

    Fixed work that breaks the rule by itself asks nothing (looser than the rule, which then judges what is added).
    With ``row.coarse`` the starts of one day share the window of the latest, and long rests count rounded down.
    """
    # After the last work all is rest: windows that reach that far ask nothing.
    horizon = row.last_end + rule.long_rest - rule.long_window
    anchors: dict[object, list[Block]] = defaultdict(list)
    for block in row.work:
        if block.start < horizon and block.start + rule.long_window >= 0:
            anchors[block.group if row.coarse else block.start].append(block)
    if not anchors:
        return
    search = _Options(rule, row, [blocks[-1].start for blocks in anchors.values()])
    asked: dict[tuple[object, Options], list[Block]] = defaultdict(list)
    for blocks in anchors.values():
        options, by_fixed = search.of(blocks[0].start, blocks[-1].start)
        for block in blocks:
            if block.literal is not None or by_fixed:
                asked[block.group, options].append(block)
    for (_, options), blocks in asked.items():
        row.model.add(row.total(blocks) <= cp_model.LinearExpr.sum(options))


class _Options:
    """The rests that may keep the rule, for any window. ``made`` holds the sums of long rests that were asked."""

    def __init__(self, rule: RestBlocks, row: Row, starts: list[int]) -> None:
        self.rule, self.row = rule, row
        self.fixed_ends = {block.end for block in row.work if block.literal is None}
        self.ends = row.ends(min(starts), max(starts) + rule.long_window)
        self.levels = _coarse_levels(rule) if row.coarse else _levels(rule, row, starts)
        self.made: dict[tuple[int, ...], cp_model.IntVar] = {}

    def of(self, first: int, start: int) -> tuple[Options, bool]:
        """Literals of which one must hold for a window from ``start`` with work after ``first``, and whether fixed
        work alone keeps the rule."""
        rule, row = self.rule, self.row
        shorts: list[cp_model.IntVar] = []
        parts: list[cp_model.IntVar] = []
        sizes: list[int] = []
        by_fixed, fixed_sum = False, 0
        last = start + rule.long_window
        for end in self.ends[bisect_right(self.ends, first) :]:
            if end + self.levels[0] > last:
                break
            fits = end + rule.short_rest <= start + rule.short_window
            short = row.rest_after(end, rule.short_rest) if fits else None
            if short is not None:
                shorts.append(short)
                by_fixed = by_fixed or end in self.fixed_ends
            reached = 0
            for length in self.levels:
                if end + length > last or (rest := row.rest_after(end, length)) is None:
                    break
                parts.append(rest)
                sizes.append(length - reached)
                fixed_sum += (length - reached) * (end in self.fixed_ends)
                reached = length
        long = [self._enough(parts, sizes, start)] if parts else []
        return (*shorts, *long), by_fixed or fixed_sum >= rule.long_rest

    def _enough(self, parts: list[cp_model.IntVar], sizes: list[int], start: int) -> cp_model.IntVar:
        """A literal that is true only when the parts sum to the long rest."""
        key = tuple(part.index for part in parts)
        if key not in self.made:
            self.made[key] = self.row.new(f"{self.rule.id.family}.{self.row.name}.{start}.long")
            total = cp_model.LinearExpr.weighted_sum(parts, sizes)
            self.row.model.add(total >= self.rule.long_rest * self.made[key])
        return self.made[key]


def _coarse_levels(rule: RestBlocks) -> list[int]:
    """Four hours apart: enough for a first roster."""
    return sorted({min(rule.block + step, rule.long_rest) for step in (0, 240, 480, rule.long_rest)})


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
