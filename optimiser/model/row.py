"""One nurse's candidate blocks in order, inside a model: what rule translations have in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ortools.sat.python import cp_model

from optimiser.domain.row_rules import DutyClass
from optimiser.model.blocks import Block


class Row:
    """One nurse's candidate blocks in order, inside a model."""

    def __init__(
        self, model: cp_model.CpModel, blocks: Sequence[Block], week_start: Sequence[int], dienst_gap: int, name: str
    ) -> None:
        self.model, self.week_start, self.dienst_gap, self.name = model, week_start, dienst_gap, name
        ordered = sorted(blocks, key=lambda block: (block.start, block.end))
        self.work = [block for block in ordered if block.duty_class & DutyClass.WORK]
        self.standby = [block for block in ordered if block.duty_class & DutyClass.STANDBY]
        self._rests: dict[tuple[int, int], cp_model.IntVar | None] = {}

    def not_all(self, blocks: Sequence[Block]) -> None:
        """The blocks are not all there, unless all are fixed (then nothing can be done about it)."""
        literals = [block.literal.negated() for block in blocks if block.literal is not None]
        if literals:
            self.model.add_bool_or(literals)

    def exclude(self, block: Block, others: Sequence[Block]) -> None:
        """The block goes with none of the others. Duties of one day exclude each other already: one clique a day."""
        cliques: dict[object, list[Block]] = defaultdict(list)
        for number, other in enumerate(others):
            cliques[other.kind[0] if other.kind else f"single {number}"].append(other)
        for clique in cliques.values():
            literals = [other.literal for other in clique if other.literal is not None]
            if block.literal is not None and len(literals) == len(clique):
                self.model.add_at_most_one([block.literal, *literals])
            else:
                for other in clique:
                    self.not_all((block, other))

    def rest_after(self, index: int, length: int) -> cp_model.IntVar | None:
        """A literal: work block ``index`` is there and nothing starts for ``length`` minutes after it; None: cannot."""
        key = (index, length)
        if key not in self._rests:
            self._rests[key] = self._new_rest(index, length)
        return self._rests[key]

    def _new_rest(self, index: int, length: int) -> cp_model.IntVar | None:
        block = self.work[index]
        others = [
            other
            for other in self.work
            if other is not block and other.end > block.end and other.start < block.end + length
        ]
        if any(other.literal is None for other in others):
            return None
        rest = self.model.new_bool_var(f"rest.{self.name}.{index}.{length}")
        self.exclude(Block(block.end, block.end, 0, DutyClass.WORK, rest), others)
        if block.literal is not None:
            self.model.add_implication(rest, block.literal)
        return rest
