"""One nurse's candidate blocks in order, inside a model: what rule translations have in common.

Rules speak of diensten: blocks merged while the gap is under ``dienst_gap``. Translations here are over blocks, with
``unless`` for the blocks that would make another dienst of it. They never exclude what the law allows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ortools.sat.python import cp_model

from optimiser.domain.clock import DAY, HOUR
from optimiser.domain.instance import Instance
from optimiser.model.blocks import STANDBY, WORK, WORKPLACE, Block
from optimiser.model.day_words import Letters

LONGEST_LEGAL = 16 * HOUR
"""A dienst that leaves 8 hours of its day: longer chains break the daily rest whatever else they do."""


@dataclass(frozen=True)
class Calendar:
    """Times that rules over weeks need, one for each week of the horizon (and the end of the last in ``weeks``)."""

    weeks: Sequence[int]
    sundays: Sequence[tuple[int, int]] = ()
    weekends: Sequence[tuple[int, int]] = ()
    weekend_rest: int = 0


def calendar_of(instance: Instance) -> Calendar:
    """The calendar of an instance's horizon."""
    clock, law, weeks = instance.clock, instance.rules, range(instance.weeks)
    return Calendar(
        [clock.midnight(7 * week) for week in range(instance.weeks + 1)],
        [(clock.midnight(7 * week + 6), clock.midnight(7 * week + 7)) for week in weeks],
        [(clock.midnight(7 * week + 5), clock.at(7 * week + 7, law.weekend_until.value)) for week in weeks],
        law.weekend_rest.value,
    )


class Row:
    """One nurse's candidate blocks in order of start. ``charges`` are (term, expression) pairs of priced rules;
    ``coarse`` rows may refuse a little of what is legal, for speed."""

    def __init__(
        self,
        model: cp_model.CpModel,
        blocks: Iterable[Block],
        calendar: Calendar,
        dienst_gap: int,
        name: str,
        letters: Letters | None = None,
        coarse: bool = False,
    ) -> None:
        self.model, self.calendar, self.dienst_gap, self.name = model, calendar, dienst_gap, name
        self.letters, self.coarse = letters, coarse
        self.blocks = sorted(blocks, key=lambda block: (block.start, block.end))
        self.work = [block for block in self.blocks if block.duty_class & WORK]
        self.standby = [block for block in self.blocks if block.duty_class & STANDBY]
        self.charges: list[tuple[str, cp_model.LinearExprT]] = []
        self.last_end = max((block.end for block in self.blocks), default=0)
        self._ending: dict[int, list[Block]] = defaultdict(list)
        for block in self.work:
            self._ending[block.end].append(block)
        self._fixed = [block for block in self.work if block.literal is None]
        self._starts = [block.start for block in self.work]
        self._longest = max((block.end - block.start for block in self.work), default=0)
        self._rests: dict[tuple[int, int, int], cp_model.IntVar | None] = {}

    def total(self, blocks: Iterable[Block]) -> Any:
        """How many of the blocks are there, as an expression."""
        literals = [block.literal for block in blocks]
        planned = [literal for literal in literals if literal is not None]
        return cp_model.LinearExpr.sum(planned) + (len(literals) - len(planned))

    def new(self, name: str) -> cp_model.IntVar:
        """A new literal."""
        return self.model.new_bool_var(name)

    def within(self, low: int, high: int) -> list[Block]:
        """Work blocks that start at or after ``low`` and before ``high``, in order."""
        return self.work[bisect_left(self._starts, low) : bisect_left(self._starts, high)]

    def overlapping(self, low: int, high: int) -> list[Block]:
        """Work blocks that end after ``low`` and start before ``high``."""
        return [block for block in self.within(low - self._longest, high) if block.end > low]

    def merges(self, one: Block, other: Block) -> bool:
        """Whether two blocks are part of one dienst when nothing else is there."""
        return max(one.start, other.start) - min(one.end, other.end) < self.dienst_gap

    def near(self, block: Block) -> list[Block]:
        """Other blocks that would merge with this one, in other groups."""
        around = self.overlapping(block.start - self.dienst_gap + 1, block.end + self.dienst_gap)
        return [other for other in around if other is not block and other.group != block.group]

    def between(self, one: Block, other: Block) -> list[Block]:
        """Work blocks of other groups that lie at least partly between two blocks."""
        groups = (one.group, other.group)
        inside = self.overlapping(one.end, other.start)
        return [each for each in inside if each.group not in groups and each.start >= one.start]

    def fixed_between(self, one: Block, other: Block) -> list[Block]:
        """Fixed work that is a dienst of its own between two blocks: the rest is judged there, whatever comes later."""
        return [each for each in self._fixed if one.end + self.dienst_gap <= each.start < other.start]

    def forbid(
        self, present: Sequence[Block], unless: Iterable[Block] = (), counted: cp_model.IntVar | None = None
    ) -> None:
        """Not all of these blocks without any of ``unless``; or they are ``counted``.

        Blocks that are all fixed are inherited: nothing is asked, but they count.
        """
        clause = {block.literal.index: block.literal for block in present if block.literal is not None}
        if not clause and counted is None:
            return
        others: list[cp_model.IntVar] = []
        for block in unless:
            if block.literal is None or block.literal.index in clause:
                return
            others.append(block.literal)
        others += [] if counted is None else [counted]
        self.model.add_bool_or([*(each.negated() for each in clause.values()), *others])

    def exclude(self, block: Block, others: Iterable[Block]) -> None:
        """The block goes with none of the others; those of one group exclude each other already: one clique each."""
        for clique in self.grouped(others):
            literals = [other.literal for other in clique if other.literal is not None]
            if block.literal is not None and len(literals) == len(clique):
                if any(literal.index == block.literal.index for literal in literals):
                    self.model.add_bool_or([block.literal.negated()])
                else:
                    self.model.add_at_most_one([block.literal, *literals])
            else:
                for other in clique:
                    self.forbid((block, other))

    def grouped(self, blocks: Iterable[Block]) -> list[list[Block]]:
        """The blocks by group, in order of first appearance."""
        groups: dict[Hashable, list[Block]] = defaultdict(list)
        for block in blocks:
            groups[block.group].append(block)
        return list(groups.values())

    @cached_property
    def diensten(self) -> list[tuple[Block, ...]]:
        """Chains of work blocks that merge, one block at least, in order. A chain that spans more than
        ``LONGEST_LEGAL`` (two days with a duty at the workplace) is not made longer."""
        chains: list[tuple[Block, ...]] = [(block,) for block in self.work]
        for chain in chains:
            end = max(block.end for block in chain)
            workplace = any(block.duty_class & WORKPLACE for block in chain)
            if end - chain[0].start <= (2 * DAY if workplace else LONGEST_LEGAL):
                chains += [(*chain, other) for other in self._next(chain, end)]
        return chains

    def _next(self, chain: tuple[Block, ...], end: int) -> list[Block]:
        """Blocks that can come next in a chain: of other groups, and not over what is there."""
        groups = {block.group for block in chain}
        return [other for other in self.within(end, end + self.dienst_gap) if other.group not in groups]

    def around(self, chain: Sequence[Block]) -> list[Block]:
        """Blocks of other groups that would make this dienst larger."""
        groups = {block.group for block in chain}
        low, high = chain[0].start - self.dienst_gap + 1, max(block.end for block in chain) + self.dienst_gap
        return [each for each in self.overlapping(low, high) if each.group not in groups]

    def extenders(self, block: Block) -> list[Block]:
        """Blocks of other groups that would make the dienst of this block end later."""
        around = self.within(block.start, block.end + self.dienst_gap)
        return [each for each in around if each.end > block.end and each.group != block.group]

    def legal_extenders(self, block: Block) -> list[Block]:
        """Of those the ones that leave eight hours of the day, or any with a duty at the workplace."""
        return [
            each
            for each in self.extenders(block)
            if each.start >= block.end
            and (each.end - block.start <= LONGEST_LEGAL or (each.duty_class | block.duty_class) & WORKPLACE)
        ]

    def rest_after(self, end: int, length: int, classes: int = WORK) -> cp_model.IntVar | None:
        """A literal: a block of these classes ends at ``end``, and none is there for ``length``; None: cannot."""
        key = (end, length, classes)
        if key not in self._rests:
            self._rests[key] = self._new_rest(end, length, classes)
        return self._rests[key]

    def _new_rest(self, end: int, length: int, classes: int) -> cp_model.IntVar | None:
        if classes == WORK:
            others = self.overlapping(end, end + length)
            before = self._ending.get(end, [])
        else:
            pool = [block for block in self.blocks if block.duty_class & classes]
            others = [block for block in pool if block.end > end and block.start < end + length]
            before = [block for block in pool if block.end == end]
        if any(other.literal is None for other in others):
            return None
        rest = self.new(f"rest.{self.name}.{end}.{length}.{classes}")
        for clique in self.grouped(others):
            self.model.add_at_most_one([rest, *(each.literal for each in clique if each.literal is not None)])
        if all(block.literal is not None for block in before):
            self.model.add(rest <= self.total(before))
        return rest

    def ends(self, low: int, high: int, classes: int = WORK) -> list[int]:
        """The different ends of blocks of these classes after ``low`` and at or before ``high``, in order."""
        if classes == WORK:
            return sorted(end for end in self._ending if low < end <= high)
        return sorted({block.end for block in self.blocks if block.duty_class & classes and low < block.end <= high})
