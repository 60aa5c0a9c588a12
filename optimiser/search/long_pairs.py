"""What two days with duties cost together, tried by the kernel on a plain nurse who has nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np

from optimiser.domain.clock import DAY
from optimiser.domain.people import Nurse
from optimiser.domain.problem import Problem
from optimiser.domain.row_rules import RowRule, WindowSum
from optimiser.search.encode import encode
from optimiser.search.encode_duties import encode_duties, roster_state
from optimiser.search.encode_rows import encode_rows
from optimiser.search.kernel.data import Ints
from optimiser.search.kernel.long_judge import judge_weeks

PLAIN_MONDAY = date(2026, 1, 5)
"""Two weeks without summer time begin here."""
MOST = 1000
Held = tuple[tuple[int, tuple[int, ...]], ...]
"""Days and the kinds on them."""


def own_rules(problem: Problem, nurse: Nurse) -> tuple[RowRule, ...]:
    """The rules that hold for a nurse, without her name; sums over weeks are left out."""
    return tuple(
        replace(rule, id=replace(rule.id, nurse=""))
        for rule in problem.rules
        if rule.id.nurse in ("", nurse.id) and not (isinstance(rule, WindowSum) and rule.per == "weeks")
    )


class Trial:
    """Rows of one plain nurse under some rules, in two plain weeks."""

    def __init__(self, problem: Problem, rules: tuple[RowRule, ...]) -> None:
        instance = problem.instance
        plain = instance.nurses[0].model_copy(update={"experience": "experienced", "companion": None})
        small = instance.model_copy(update={
            "weeks": 2, "first_monday": PLAIN_MONDAY, "nurses": (plain,), "context": (), "availability": (),
            "tasks": (), "wishes": (), "duties_given": (), "counters": (), "visits": (), "orders": (), "work_links": (),
        })  # fmt: skip
        shape = (1, 14, len(instance.shift_kinds))
        self.problem = replace(
            problem, instance=small, rules=rules, cover=(), pinned={}, entered={}, base={}, parent=None, jobs=(),
            ties=(), may_serve=(), duty_allowed=np.ones(shape, dtype=np.bool_), duty_prices={},
        )  # fmt: skip
        self.data, self.rows, self.duties = encode(self.problem), encode_rows(self.problem), encode_duties(self.problem)
        self._known: dict[Held, int] = {}

    def cost(self, *days: tuple[int, tuple[int, ...]]) -> int:
        """Price of the priced rules of a row with these kinds (-1: none) on these days; -1 when it breaks a rule."""
        if days not in self._known:
            roster = frozenset((0, day, kind) for day, kinds in days for kind in kinds if kind >= 0)
            state = roster_state(self.problem, self.data, self.duties, roster)
            found, price = judge_weeks(self.data, self.rows, state, 0, 0, 2, MOST)
            self._known[days] = -1 if found else int(price)
        return self._known[days]

    def more(self, day: int, one: tuple[int, ...], later: int, two: tuple[int, ...]) -> int:
        """What two days cost more together than each alone; -1 when only both together break a rule."""
        alone = self.cost((day, one)), self.cost((later, two))
        if min(alone) < 0:
            return 0
        both = self.cost((day, one), (later, two))
        return -1 if both < 0 else max(0, both - sum(alone))


def on_days(problem: Problem, apart: int, size: int, more: Callable[[int, int, int], int]) -> Ints:
    """[D, size, size] of ``more(day of the week before, one, two)``: what day D and the day ``apart`` before it cost
    together. Nothing is said where summer time begins or ends near them."""
    clock, days = problem.instance.clock, problem.instance.days
    plain = np.array(
        [[[more(day, one, two) for two in range(size)] for one in range(size)] for day in range(7)], dtype=np.int64
    )
    table = np.zeros((days, size, size), dtype=np.int64)
    for day in range(apart, days):
        if clock.midnight(day + 2) - clock.midnight(day - apart) == (apart + 2) * DAY:
            table[day] = plain[(day - apart) % 7]
    return table


def clashes(problem: Problem) -> Ints:
    """[D, K, K] 1 where a kind may follow a kind of the day before by no nurse's rules."""
    used = problem.duty_allowed.any(axis=(0, 1))
    kinds = len(problem.instance.shift_kinds)
    found = np.ones((problem.instance.days, kinds, kinds), dtype=np.int64)
    for rules in dict.fromkeys(own_rules(problem, nurse) for nurse in problem.instance.nurses):
        trial = Trial(problem, rules)

        def forbidden(day: int, one: int, two: int, trial: Trial = trial) -> int:
            return int(bool(used[one] and used[two]) and trial.more(day, (one,), day + 1, (two,)) < 0)

        found &= on_days(problem, 1, kinds, forbidden)
    return found
