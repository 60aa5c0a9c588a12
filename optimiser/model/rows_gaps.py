"""Rests between diensten that are too short: forbidden, or counted in a rolling window (GapCount)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable

from ortools.sat.python import cp_model

from optimiser.domain.clock import DAY
from optimiser.domain.row_rules import GapCount
from optimiser.model.blocks import WORK, Block
from optimiser.model.row import Row


def add_gap_count(rule: GapCount, row: Row) -> None:
    """Pairs of blocks with a forbidden rest exclude each other; counted rests get a literal and a sum per window.

    Looser than the rule: a merged dienst has a class only when one of its blocks has it by itself; of a counted rest
    the block before it.
    """
    if rule.most == 0 and rule.low == 0:
        _forbidden(rule, row)
    else:
        _counted(rule, row)


def _forbidden(rule: GapCount, row: Row) -> None:
    """Every rest below ``high``. Conflicts of two groups become cliques: all that end late against all that start soon.

    A block that extends the first dienst makes another rest of it; one of class ``but`` lifts the rule.
    """
    conflicts: dict[tuple[Hashable, Hashable], list[tuple[Block, list[Block]]]] = defaultdict(list)
    for block in row.work:
        if not block.duty_class & rule.after or block.duty_class & rule.but:
            continue
        extenders = row.extenders(block)
        found: dict[Hashable, list[Block]] = defaultdict(list)
        for other in row.within(block.start, block.end + rule.high):
            if other is block or not _too_near(rule, row, block, other):
                continue
            unless = _lets_through(rule, row, block, other, extenders)
            if unless or other.group == block.group or block.literal is None or other.literal is None:
                row.forbid((block, other), unless)
            else:
                found[other.group].append(other)
        for group, others in found.items():
            conflicts[block.group, group].append((block, others))
    for pairs in conflicts.values():
        _add_cliques(row, pairs)
    for chain in row.diensten:
        _forbid_chain(rule, row, chain)


def _forbid_chain(rule: GapCount, row: Row, chain: tuple[Block, ...]) -> None:
    """A dienst of one block, or of three and more, that leaves too little of its day; and rests beside merged work of
    which only the far end has the class."""
    first, last = chain[0], chain[-1]
    if any(block.duty_class & rule.but for block in chain):
        return
    if rule.within_day and len(chain) != 2 and last.end - first.start > DAY - rule.high:
        row.forbid(chain, _excuses(rule, row, first, last.end))
    if len(chain) > 1 and not first.duty_class & rule.then and any(each.duty_class & rule.then for each in chain):
        for block in row.overlapping(first.start - rule.high + 1, first.start - row.dienst_gap):
            rested = row.dienst_gap <= first.start - block.end < rule.high
            if rested and block.duty_class & rule.after and block.group != first.group:
                row.forbid((block, *chain), _lets_through(rule, row, block, first, row.extenders(block)))
    if len(chain) > 1 and rule.after != WORK and not last.duty_class & rule.after:
        if not any(block.duty_class & rule.after for block in chain) or last not in row.legal_extenders(chain[-2]):
            return
        for other in row.within(last.end + row.dienst_gap, last.end + rule.high):
            if other.duty_class & rule.then and other.group != last.group:
                row.forbid((*chain, other), _lets_through(rule, row, last, other, row.extenders(last)))


def _too_near(rule: GapCount, row: Row, block: Block, other: Block) -> bool:
    """Whether the rest from a block to a later one, or in their day when they merge, is below ``high``."""
    if other.group == block.group:
        # of one group only the segments of one duty are there together: those are in groups of their own
        return False
    gap = other.start - block.end
    if rule.within_day and other.start >= block.start + DAY:
        # the day ends before: what lacks of its rest lacks without the other too
        return False
    if gap >= row.dienst_gap:
        return gap < rule.high and bool(other.duty_class & rule.then)
    span = max(block.end, other.end) - min(block.start, other.start)
    return rule.within_day and span > DAY - rule.high and not other.duty_class & rule.but


def _lets_through(rule: GapCount, row: Row, block: Block, other: Block, extenders: list[Block]) -> list[Block]:
    """Blocks that make the rest between these two none of this rule's."""
    unless = [*_excuses(rule, row, block, other.start), *row.fixed_between(block, other)]
    if other.start - block.end < row.dienst_gap:
        return unless
    if rule.then != WORK or rule.low:
        return [*unless, *row.between(block, other)]
    return [*unless, *(each for each in extenders if each.start < other.start and each.group != other.group)]


def _excuses(rule: GapCount, row: Row, block: Block, until: int) -> list[Block]:
    """Blocks of class ``but`` that could be of the same dienst."""
    if not rule.but:
        return []
    around = row.overlapping(block.start - DAY, until + row.dienst_gap)
    return [each for each in around if each.duty_class & rule.but and each.group != block.group]


def _add_cliques(row: Row, pairs: list[tuple[Block, list[Block]]]) -> None:
    """At most one of: blocks of one group that conflict with all of these, and these of another group."""
    sets = [(block, {id(other) for other in others}, others) for block, others in pairs]
    done: set[tuple[frozenset[int], frozenset[int]]] = set()
    for _, wanted, others in sets:
        left = [block for block, has, _ in sets if wanted <= has]
        key = (frozenset(id(block) for block in left), frozenset(wanted))
        if key in done:
            continue
        done.add(key)
        literals = {each.literal.index: each.literal for each in (*left, *others) if each.literal is not None}
        if len(literals) == len(left) + len(others):
            row.model.add_at_most_one(literals.values())
        else:
            for block in left:
                for other in others:
                    row.forbid((block, other))


def _counted(rule: GapCount, row: Row) -> None:
    """A literal for each block after which such a rest can come, and at most so many in any window.

    Looser than the rule where blocks can merge: the start of a dienst is then taken a day early.
    """
    short: list[tuple[Block, cp_model.IntVar | None, bool]] = []
    chains: dict[int, list[tuple[Block, ...]]] = defaultdict(list)
    for chain in row.diensten:
        chains[id(chain[-1])].append(chain)
    for block in row.work:
        if not block.duty_class & rule.after or block.duty_class & rule.but:
            continue
        counted = row.new(f"{rule.id.family}.{row.name}.{block.start}.{block.end}") if rule.most else None
        cases = _short_rests(rule, row, block, chains)
        for present, unless in cases:
            row.forbid(present, unless, counted)
        # with a planned block that would lift it too: what is known by itself is inherited
        sure = any(all(each.literal is None for each in present) for present, _ in cases)
        if cases:
            short.append((block, counted, sure))
    if not rule.most:
        return
    for index, (block, _, _) in enumerate(short):
        begin = block.start - (DAY if row.near(block) else 0)
        window = [each for each in short[index:] if each[0].start < begin + rule.window]
        literals = [literal for _, literal, _ in window if literal is not None]
        known = sum(sure for _, _, sure in window)
        if len(literals) > max(rule.most, known):
            row.model.add(sum(literals) <= max(rule.most, known))


def _short_rests(
    rule: GapCount, row: Row, block: Block, chains: dict[int, list[tuple[Block, ...]]]
) -> list[tuple[tuple[Block, ...], list[Block]]]:
    """(blocks, unless): ways in which the rest after the dienst that ends with this block is in ``[low, high)``."""
    extenders = row.extenders(block)
    loose = [*extenders, *_excuses(rule, row, block, block.end), *(row.near(block) if rule.low else ())]
    ways: list[tuple[tuple[Block, ...], list[Block]]] = []
    if rule.within_day:
        for chain in chains.get(id(block), ()):
            if rule.low <= max(0, DAY - (block.end - chain[0].start)) < rule.high:
                ways.append((chain, [*loose, *(row.near(chain[0]) if rule.low else ())]))
    for other in row.within(block.end + max(row.dienst_gap, rule.low), block.end + rule.high):
        in_day = not rule.within_day or other.start < block.start + DAY
        if other.group != block.group and other.duty_class & rule.then and in_day:
            unless = _lets_through(rule, row, block, other, extenders)
            ways.append(((block, other), [*unless, *(row.near(block) if rule.low and rule.within_day else ())]))
    return ways
