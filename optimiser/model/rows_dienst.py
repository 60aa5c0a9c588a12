"""Rules of one dienst and of 24 hours: longest work, breaks, work around standby."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator

from optimiser.domain.clock import DAY
from optimiser.domain.row_rules import Pauses, WindowSum
from optimiser.model.blocks import NIGHT, WORKPLACE, Block
from optimiser.model.row import Row


def add_dienst_sum(rule: WindowSum, row: Row) -> None:
    """Work minutes of each chain of blocks that is one dienst, or one night dienst.

    Looser than the rule: a merged dienst is a night only when one of its blocks is one.
    """
    for chain in row.diensten:
        classes = _classes(chain)
        excess = sum(block.work for block in chain) - rule.most
        if excess <= 0 or classes & rule.but or (rule.per == "night" and not classes & NIGHT):
            continue
        around = row.around(chain)
        unless = [each for each in around if each.duty_class & rule.but]
        if not rule.term:
            row.forbid(chain, unless)
        elif any(block.literal is not None for block in chain):
            over = row.new(f"{rule.id.family}.{row.name}.{chain[0].start}.{len(chain)}")
            row.forbid(chain, around, over)
            row.charges.append((rule.term, excess * over))


def add_pauses(rule: Pauses, row: Row) -> None:
    """A dienst with too little break: breaks inside blocks count, and gaps between them.

    Looser than the rule: diensten that span more than ``LONGEST_LEGAL`` are left to the daily rest.
    """
    for chain in row.diensten:
        work = sum(block.work for block in chain)
        if work <= rule.after:
            continue
        required = rule.long_length if work > rule.long_after else rule.length
        gaps = [later.start - before.end for before, later in zip(chain, chain[1:], strict=False)]
        inside = [block.end - block.start - block.work for block in chain]
        if sum(length for length in (*gaps, *inside) if length >= rule.part) < required:
            row.forbid(chain, row.around(chain))


def _classes(chain: tuple[Block, ...]) -> int:
    classes = 0
    for block in chain:
        classes |= block.duty_class
    return classes


def add_day_sum(rule: WindowSum, row: Row) -> None:
    """In each 24 hours that touch a standby: work that must lie inside, and calls by their share of the standby.

    The windows begin or end where the standby or a work block does; each is asked only when both are there.
    """
    for watch in row.standby:
        if watch.duty_class & WORKPLACE:
            continue
        near = row.overlapping(watch.start - DAY, watch.end + DAY)
        seen: set[tuple[int, int | None]] = set()
        for begin, anchor in _begins(watch, near):
            key = (begin, None if anchor is None or anchor.literal is None else anchor.literal.index)
            if begin < watch.end and begin + DAY > watch.start and key not in seen:
                seen.add(key)
                _one_day(rule, row, watch, begin, anchor)


def _begins(watch: Block, near: list[Block]) -> Iterator[tuple[int, Block | None]]:
    yield watch.start, None
    yield watch.end - DAY, None
    for block in near:
        yield block.start, block
        yield block.end - DAY, block


def _one_day(rule: WindowSum, row: Row, watch: Block, begin: int, anchor: Block | None) -> None:
    until = begin + DAY
    inside: list[tuple[int, Block]] = []
    for block in row.overlapping(begin, until):
        outside = (begin - block.start if block.start < begin else 0) + (block.end - until if block.end > until else 0)
        if block.work > outside:
            inside.append((block.work - outside, block))
    for other in row.standby:
        if other.calls and other.start < until and other.end > begin:
            shared = min(other.end, until) - max(other.start, begin)
            inside.append((other.calls * shared // (other.end - other.start), other))
    largest: dict[Hashable, int] = defaultdict(int)
    for size, block in inside:
        largest[block.group] = max(largest[block.group], size)
    if sum(largest.values()) <= rule.most:
        return
    planned = [size * block.literal for size, block in inside if block.literal is not None]
    literals = [each.literal for each in (watch, anchor) if each is not None and each.literal is not None]
    known = sum(size for size, block in inside if block.literal is None)
    if known > rule.most and watch.literal is not None:
        row.model.add_bool_or([literal.negated() for literal in literals])
    elif planned:
        # what is known anyway is inherited; nothing may be added to it
        row.model.add(sum(planned) <= max(0, rule.most - known)).only_enforce_if(literals)
