"""The rows of people with the same limits on runs as walks through states: what was had so far, as far as it matters.

A state knows the shift type of the day before (or free), how many days in a row of it, and how many days in a row with
work, or free. Counts stop growing where they make no difference any more. What a run that is too short or too long
costs is paid on the step that ends or lengthens it, so that a run that is open at the end of the horizon costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from optimiser.domain.priced_roster import HARD, Before, PricedLimit, PricedPerson, PricedRoster

FORBIDDEN = 1 << 23
"""What a step costs that is not to be: more than any row of whole days."""
BEGIN = -1
"""The code before the first day of somebody of whom nothing is known."""


class RowState(NamedTuple):
    """``code``: 0 free, else 1 + shift type. ``same`` days of the type, ``run`` days of work or free; ``same_open`` and
    ``run_open``: it may have begun before day 0, so that it is never too short."""

    code: int
    same: int = 0
    run: int = 0
    same_open: bool = False
    run_open: bool = False


@dataclass
class RowStates:
    """``following[state, code]`` is the state after a day with the code, ``price`` what that step costs; ``works`` says
    whether the last day of a state had a shift. ``number`` leads from states to their numbers."""

    shifts: tuple[PricedLimit, ...]
    barred: tuple[frozenset[int], ...]
    work_run: PricedLimit
    free_run: PricedLimit
    longest: int
    number: dict[RowState, int] = field(default_factory=dict)
    following: np.ndarray = field(default_factory=lambda: np.zeros((0, 0), dtype=np.int32))
    price: np.ndarray = field(default_factory=lambda: np.zeros((0, 0)))
    works: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))

    def build(self, first: Iterable[RowState]) -> RowStates:
        """All states that can follow the first ones."""
        self.number = {state: number for number, state in enumerate(dict.fromkeys(first))}
        waiting, steps = list(self.number), list[list[tuple[int, int]]]()
        for state in waiting:  # grows on the way
            row = []
            for code in range(len(self.shifts) + 1):
                then, price = self.step(state, code)
                if then not in self.number:
                    self.number[then] = len(waiting)
                    waiting.append(then)
                row.append((self.number[then], price))
            steps.append(row)
        self.following = np.array([[then for then, _ in row] for row in steps], dtype=np.int32)
        self.price = np.array([[price for _, price in row] for row in steps], dtype=np.float64)
        self.works = np.array([state.code > 0 for state in waiting], dtype=np.bool_)
        return self

    def step(self, state: RowState, code: int) -> tuple[RowState, int]:
        """The state after a day with a code, and what the step costs."""
        same_limit = self.shifts[code - 1] if code else None
        run_limit = self.work_run if code else self.free_run
        price = 0
        if state.code > 0 and code > 0 and code - 1 in self.barred[state.code - 1]:
            price += FORBIDDEN
        goes_on = state.code != BEGIN and (state.code > 0) == (code > 0)
        border = state.code == BEGIN and state.run_open
        if state.code != BEGIN and not goes_on and not state.run_open:
            price += _short(self.work_run if state.code else self.free_run, state.run)
        run, run_open = (state.run + 1, state.run_open) if goes_on else (1, border)
        price += _long(run_limit, run)
        same, same_open = 0, False
        if state.code > 0 and code != state.code and not state.same_open:
            price += _short(self.shifts[state.code - 1], state.same)
        if same_limit is not None:
            same, same_open = (state.same + 1, state.same_open) if code == state.code else (1, border)
            price += _long(same_limit, same)
        return self._known(RowState(code, same, run, same_open, run_open)), min(FORBIDDEN, price)

    def first(self, before: Before | None) -> RowState:
        """The state before day 0."""
        if before is None:
            return RowState(BEGIN, run_open=True)
        if before.worked == before.free == 0:
            return RowState(BEGIN)
        if before.shift is None:
            return self._known(RowState(0, 0, before.free))
        return self._known(RowState(before.shift + 1, before.same, before.worked))

    def _known(self, state: RowState) -> RowState:
        """The state with counts cut where more makes no difference."""
        run = min(state.run, self._cap(self.work_run if state.code else self.free_run))
        run_open = state.run_open and run < (self.work_run if state.code else self.free_run).least
        if state.code == 0:
            return RowState(0, 0, run, False, run_open)
        limit = self.shifts[state.code - 1]
        same = min(state.same, self._cap(limit))
        return RowState(state.code, same, run, state.same_open and same < limit.least, run_open)

    def _cap(self, limit: PricedLimit) -> int:
        """The count from which on nothing changes."""
        over = limit.most if limit.over != 0 and limit.most < self.longest else 1
        return max(1, over, limit.least if limit.under != 0 else 1)


def _short(limit: PricedLimit, length: int) -> int:
    """What a run that ends costs."""
    missing = max(0, limit.least - length)
    return 0 if not missing else FORBIDDEN if limit.under == HARD else limit.under * missing


def _long(limit: PricedLimit, length: int) -> int:
    """What one more day costs that makes a run so long."""
    return 0 if length <= limit.most else FORBIDDEN if limit.over == HARD else limit.over


def row_states(problem: PricedRoster) -> dict[tuple[PricedLimit, PricedLimit], RowStates]:
    """Limits on work and free days in a row -> the states of all people who have them."""
    groups: dict[tuple[PricedLimit, PricedLimit], list[PricedPerson]] = {}
    for person in problem.staff:
        groups.setdefault((person.work_run, person.free_run), []).append(person)
    made = {}
    for (work, free), people in groups.items():
        longest = problem.days + max(max(each.before.worked, each.before.free) if each.before else 0 for each in people)
        states = RowStates(
            tuple(shift.run for shift in problem.shifts), tuple(shift.not_next for shift in problem.shifts),
            work, free, longest,
        )  # fmt: skip
        made[work, free] = states.build(states.first(each.before) for each in people)
    return made
