"""Series of diensten: rest after so many, and how many there may be in a row (Series)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ortools.sat.python import cp_model

from optimiser.domain.clock import DAY
from optimiser.domain.row_rules import Series
from optimiser.model.blocks import Block
from optimiser.model.row import Row


@dataclass
class _Group:
    """Member blocks that exclude each other. ``levels[n]``: one of them is there, at least the n + 1st of its chain;
    ``holds``: the chain up to here holds the class asked for; ``planned``: a planned duty. ``level`` and ``held``: what
    fixed work makes of it by itself."""

    blocks: list[Block]
    levels: list[cp_model.IntVar] = field(default_factory=list)
    holds: cp_model.IntVar | None = None
    planned: cp_model.IntVar | None = None
    level: int = 0
    held: bool = False

    @property
    def fixed(self) -> bool:
        """Whether it is one fixed block."""
        return self.blocks[0].literal is None

    @property
    def there(self) -> Any:
        """1 when one of the blocks is there."""
        return sum(1 if block.literal is None else block.literal for block in self.blocks)


def add_series(rule: Series, row: Row) -> None:
    """Levels of a chain, group by group; a chain that is long enough asks for rest, or is too long.

    Looser than the rule: a merged dienst is a member only when one of its blocks is one.
    """
    if rule.rest_after == 0 and not any(block.duty_class & rule.holds for block in row.work):
        return
    groups = [_Group(blocks) for blocks in row.grouped(each for each in row.work if each.duty_class & rule.member)]
    wanted = rule.length if rule.rest_after else rule.length + 1
    if not groups or (len(groups) < wanted):
        return
    for number, group in enumerate(groups):
        _start(rule, row, group, wanted, number)
        earliest = min(block.start for block in group.blocks)
        for before in groups[:number]:
            if max(block.end for block in before.blocks) > earliest - rule.gap - 2 * DAY:
                _link(rule, row, before, group, wanted)
    for group in groups:
        if rule.rest_after:
            _ask_rest(rule, row, group, wanted)
        else:
            _ask_length(rule, row, group, wanted)


def _start(rule: Series, row: Row, group: _Group, wanted: int, number: int) -> None:
    name = f"{rule.id.family}.{row.name}.{number}"
    group.levels = [row.new(f"{name}.{level}") for level in range(wanted)]
    row.model.add(group.there <= group.levels[0])
    group.level = int(group.fixed)
    if group.fixed:
        group.planned = row.new(f"{name}.planned")
    if rule.rest_after == 0:
        group.holds = row.new(f"{name}.holds")
        holding = [block for block in group.blocks if block.duty_class & rule.holds]
        group.held = group.fixed and bool(holding)
        if holding:
            row.model.add(sum(1 if each.literal is None else each.literal for each in holding) <= group.holds)


def _link(rule: Series, row: Row, before: _Group, group: _Group, wanted: int) -> None:
    """Where two groups follow each other in a chain the levels step; where they merge to one dienst they are equal."""
    merging = [(one, two) for one in before.blocks for two in group.blocks if row.merges(one, two)]
    chained = [
        (one, two) for one in before.blocks for two in group.blocks if row.dienst_gap <= two.start - one.end < rule.gap
    ]
    for pairs, step in ((chained, 1), (merging, 0)):
        link = _link_literal(rule, row, pairs) if pairs else None
        if link is None:
            continue
        sure = link is True
        active: Any = 1 if sure else link
        for level in range(wanted):
            source = min(level + step, wanted - 1)
            row.model.add(before.levels[level] + active <= 1 + group.levels[source])
        if before.holds is not None and group.holds is not None:
            row.model.add(before.holds + active <= 1 + group.holds)
        if group.planned is not None:
            origin: Any = before.there if before.planned is None else before.planned
            row.model.add(origin + active <= 1 + group.planned)
        if sure:
            group.level = max(group.level, min(wanted, before.level + step))
            group.held = group.held or before.held


def _link_literal(rule: Series, row: Row, pairs: Sequence[tuple[Block, Block]]) -> cp_model.IntVar | bool | None:
    """A literal forced true when one of the pairs is there and nothing between breaks or merges the chain; True when
    both are fixed, None when that cannot be."""
    simple: dict[int, tuple[Block, list[Block]]] = {}
    link: cp_model.IntVar | None = None
    for one, two in pairs:
        unless = _breakers(rule, row, one, two)
        if one.literal is None and two.literal is None and not unless:
            return True
        if link is None:
            link = row.new(f"link.{rule.id.family}.{row.name}.{one.end}.{two.start}")
        if unless:
            row.forbid((one, two), unless, link)
        else:
            simple.setdefault(id(two), (two, []))[1].append(one)
    starts = sorted((two.start, key) for key, (two, _) in simple.items())
    done: set[frozenset[int]] = set()
    for _, key in starts:
        ones = {id(each) for each in simple[key][1]}
        same = [two for two, others in simple.values() if ones <= {id(each) for each in others}]
        identity = frozenset(ones | {id(two) for two in same})
        if identity in done or link is None:
            continue
        done.add(identity)
        row.model.add(_sum(simple[key][1]) + _sum(same) <= 1 + link)
    return link


def _sum(blocks: Sequence[Block]) -> Any:
    return sum(1 if block.literal is None else block.literal for block in blocks)


def _breakers(rule: Series, row: Row, one: Block, two: Block) -> list[Block]:
    """Blocks between two members that make one dienst of both, or end the chain as a dienst of another class."""
    if two.start - one.end < row.dienst_gap:
        return []
    found: list[Block] = []
    groups = (one.group, two.group)
    for each in row.between(one, two):
        first, second = row.merges(one, each), row.merges(each, two)
        if first == second:
            # of a chain of members each is a link itself
            found += [each] if first or not each.duty_class & rule.member else []
        else:
            # with one more it can make one dienst of both
            rest = two if first else one
            found += [other for other in row.near(each) if other.group not in groups and row.merges(other, rest)]
    return found


def _ask_rest(rule: Series, row: Row, group: _Group, wanted: int) -> None:
    """After a long chain no dienst of another class begins too soon; priced: one for each chain."""
    top = group.levels[wanted - 1]
    broken: cp_model.IntVar | None = row.new(f"broken.{top.name}") if rule.term else None
    asked = False
    for one in group.blocks:
        for more in (None, *(each for each in row.legal_extenders(one) if not each.duty_class & rule.member)):
            end = one.end if more is None else more.end
            for other in row.within(end + row.dienst_gap, end + rule.rest_after):
                # what merges with known work makes its dienst a planned one
                known = one.literal is None and other.literal is None
                asked_before = more is not None and not known and other.start - one.end < rule.rest_after
                if other.duty_class & rule.member or asked_before:
                    continue
                asked = _no_rest(rule, group, one, more, other, row, top, broken) or asked
    if asked and broken is not None:
        row.charges.append((rule.term, broken))


def _no_rest(
    rule: Series,
    group: _Group,
    one: Block,
    more: Block | None,
    other: Block,
    row: Row,
    top: cp_model.IntVar,
    broken: cp_model.IntVar | None,
) -> bool:
    """Not a chain that ends with ``one`` (and ``more`` in its dienst) and then ``other``; whether that can be asked."""
    present = [each for each in (one, more, other) if each is not None]
    groups = {each.group for each in present}
    last = one if more is None else more
    unless = [
        each
        for each in row.within(one.start, other.end + row.dienst_gap)
        if each.group not in groups
        and (each.duty_class & rule.member or (row.merges(last, each) and row.merges(each, other)))
    ]
    if any(each.literal is None for each in unless) or row.fixed_between(last, other):
        return False
    clause = [top.negated(), *(each.literal for each in unless if each.literal is not None)]
    clause += [each.literal.negated() for each in present if each.literal is not None]
    known = all(each.literal is None for each in present)
    if broken is not None:
        if known and group.planned is not None:
            clause.append(group.planned.negated())
        row.model.add_bool_or([*clause, broken])
    elif not (known and group.level >= len(group.levels)):
        row.model.add_bool_or(clause)
    return True


def _ask_length(rule: Series, row: Row, group: _Group, wanted: int) -> None:
    """A chain with the class asked for is not this long; what fixed work holds by itself is inherited."""
    if group.holds is None or (group.fixed and group.level >= wanted and group.held):
        return
    top = group.levels[wanted - 1]
    if rule.term:
        broken = row.new(f"broken.{top.name}")
        row.model.add(top + group.holds <= 1 + broken)
        row.charges.append((rule.term, broken))
    else:
        row.model.add_bool_or([top.negated(), group.holds.negated()])
