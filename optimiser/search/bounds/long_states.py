"""What of the days before matters to a row of a long roster: the states of the dynamic program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optimiser.domain.problem import Problem
from optimiser.domain.row_rules import DayClass, DayWord, RowRule
from optimiser.search.encode_rules import price_of
from optimiser.search.kernel.long_rows import FAR, Ints

Choices = Sequence[tuple[int, int]]
Past = tuple[int, int]
"""Memory of two days; days with work in a row, as far as they count.

The memory is the choice of the day before (0 to C - 1), or C + the choice of two days before when the day between was
free."""


@dataclass(frozen=True)
class RowStates:
    """S states, M memories. ``memory`` [S]; ``after`` [S, C] the state that a choice leads to;
    ``near`` [2, D, M, C] what a choice costs more after a memory: where the day before is free, and where it is away;
    ``idle`` [M] 1 for memories of a day without duty.
    """

    memory: Ints
    after: Ints
    near: Ints
    idle: Ints


def row_states(problem: Problem, choices: Choices, rules: Sequence[RowRule], together: Ints, scale: int) -> RowStates:
    """The states of a nurse under these rules; ``together`` [2, D, C, C] is what two days cost together, in hundredths
    (``scale``), and with a free day between."""
    size = len(choices)
    second = np.stack([together[1], np.where(together[1] >= FAR, together[1], 0)])
    second[:, :, :, 0] = 0
    near = np.concatenate([np.broadcast_to(together[0], second.shape), second], axis=2)
    flat = near.transpose(2, 0, 1, 3).reshape(2 * size, -1)
    # the day before was free after choice 0 and where the memory is of two days before
    idle = np.array([number == 0 or number >= size for number in range(2 * size)], dtype=np.int64)
    flat = np.concatenate([idle[:, None], flat], axis=1)
    _, kept, of = np.unique(flat, axis=0, return_index=True, return_inverse=True)
    near = near[:, :, kept]
    row, more = _long_row(problem, rules)
    pasts, after = _reached(choices, row)
    long = scale * more * np.array([work >= 0 for work, _ in choices], dtype=np.int64)
    memory = np.array([of.reshape(-1)[before] + len(kept) * (row > 0 and worked == row) for before, worked in pasts])
    memory, after = _merged(memory, after)
    near = np.ascontiguousarray(np.concatenate([near, near + long], axis=2))
    return RowStates(memory, after, near, np.tile(idle[kept], 2))


def _long_row(problem: Problem, rules: Sequence[RowRule]) -> tuple[int, int]:
    """After so many days with work each further one costs so much; (0, 0) where no rule says so."""
    for rule in rules:
        if isinstance(rule, DayWord) and len(rule.word) > 2 and set(rule.word) == {int(DayClass.DUTY)}:
            price = price_of(problem.instance, rule)
            if price > 0:
                return len(rule.word) - 1, price
    return 0, 0


def _reached(choices: Choices, row: int) -> tuple[list[Past], Ints]:
    """All pasts that choices lead to, from nothing, and [S, C] where each leads."""
    size, first = len(choices), (0, 0)
    number: dict[Past, int] = {first: 0}
    pasts: list[Past] = [first]
    after: list[list[int]] = []
    for memory, worked in pasts:
        leads = []
        for choice in range(size):
            later = (
                size + memory if choice == 0 and 0 < memory < size else choice,
                min(row, worked + 1) if choices[choice][0] >= 0 else 0,
            )
            if later not in number:
                number[later] = len(pasts)
                pasts.append(later)
            leads.append(number[later])
        after.append(leads)
    return pasts, np.array(after, dtype=np.int64)


def _merged(memory: Ints, after: Ints) -> tuple[Ints, Ints]:
    """The same with states as one that cost and lead alike (Moore); the first stays the first."""
    kinds = memory
    while True:
        _, first, merged = np.unique(
            np.concatenate([kinds[:, None], kinds[after]], axis=1), axis=0, return_index=True, return_inverse=True
        )
        merged = merged.reshape(-1)
        if len(first) == len(np.unique(kinds)):
            break
        kinds = merged
    order = np.argsort(first)
    place = np.argsort(order)
    return memory[first[order]], place[merged][after[first[order]]]
