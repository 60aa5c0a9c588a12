"""What the bound of a long roster is counted from: choices of a day, their prices, and what two days cost together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import gcd

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.duty_work import kind_blocks, minutes_by_week, segment_bounds
from optimiser.domain.problem import Problem
from optimiser.domain.row_rules import DayClass, RowRule
from optimiser.search.bounds.long_states import RowStates, row_states
from optimiser.search.encode_rows import encode_rows
from optimiser.search.kernel.long_rows import FAR, cheapest_row, reach
from optimiser.search.long_pairs import Trial, on_days, own_rules

Ints = NDArray[np.int64]
Counted = tuple[int, int, NDArray[np.bool_]]
SCALE = 100
"""Costs are counted in hundredths."""


@dataclass(frozen=True)
class LongBoundTables:
    """N nurses, D days, C choices. ``choices``: (work kind, standby kind), -1 for none; the first is nothing.

    ``price`` [N, D, C] in hundredths (FAR: impossible); ``states`` of each group of nurses under the same rules;
    ``group`` [N]; ``near`` and ``reached`` of each nurse (long_rows.py); ``minutes`` [D, C, 2] in units; ``hours``
    [N, weeks, U]; ``counts``: which choices count for which cover row.
    """

    problem: Problem
    choices: tuple[tuple[int, int], ...]
    price: Ints
    states: tuple[RowStates, ...]
    group: Ints
    near: tuple[Ints, ...]
    reached: tuple[tuple[Ints, Ints], ...]
    minutes: Ints
    hours: Ints
    counts: tuple[Counted, ...]
    unit: int
    """Minutes of one unit."""

    def space(self) -> Ints:
        """Working space for ``cheapest``, of one thread."""
        most = max(len(each.memory) for each in self.states)
        return np.empty((self.price.shape[1] + 1) * most * self.hours.shape[2], dtype=np.int64)

    def cheapest(self, nurse: int, price: Ints, space: Ints, row: Ints) -> int:
        """Cost of the nurse's cheapest row at prices [2, D, C]; ``row`` [D] gets its choices."""
        states, (low, high) = self.states[self.group[nurse]], self.reached[nurse]
        shape = (len(row) + 1, len(states.memory), self.hours.shape[2])
        return int(cheapest_row(
            price, self.near[nurse], states.idle, states.memory, states.after, low, high, self.minutes,
            self.hours[nurse], space[: shape[0] * shape[1] * shape[2]].reshape(shape), row,
        ))  # fmt: skip


def long_bound_tables(problem: Problem) -> LongBoundTables:
    """The tables of a problem without jobs."""
    choices = tuple(_choices(problem))
    minutes, unit = _minutes(problem, choices)
    keys = [own_rules(problem, nurse) for nurse in problem.instance.nurses]
    kinds = list(dict.fromkeys(keys))
    group = np.array([kinds.index(key) for key in keys])
    price, away, hours = _prices(problem, choices), _away(problem), _hours(problem, minutes, unit)
    weekdays = _weekdays(price)
    states = tuple(
        row_states(problem, choices, key, _together(problem, choices, key, weekdays), SCALE) for key in kinds
    )
    near = tuple(_near(states[kind], away[nurse]) for nurse, kind in enumerate(group))
    reached = tuple(
        reach(price[nurse], near[nurse], states[kind].memory, states[kind].after, minutes, hours.shape[2])
        for nurse, kind in enumerate(group)
    )
    return LongBoundTables(
        problem, choices, price, states, group, near, reached, minutes, hours, tuple(_counts(problem, choices)),
        unit,
    )


def _near(states: RowStates, away: NDArray[np.bool_]) -> Ints:
    """[D, M, C] of one nurse."""
    before = np.concatenate([[False], away[:-1]])
    return np.ascontiguousarray(np.where(before[:, None, None], states.near[1], states.near[0]))


def _choices(problem: Problem) -> Iterator[tuple[int, int]]:
    """Every pair of a work and a standby kind that somebody may have on one day without overlap."""
    instance = problem.instance
    used = problem.duty_allowed.any(axis=(0, 1))
    used[[kind for kind in problem.pinned.values()]] = True
    lanes: tuple[list[int], list[int]] = ([-1], [-1])
    for kind in np.flatnonzero(used):
        lanes[int(instance.shift_kinds[kind].lane == "standby")].append(int(kind))
    for work in lanes[0]:
        for standby in lanes[1]:
            held = [instance.shift_kinds[kind] for kind in (work, standby) if kind >= 0]
            spans = [segment_bounds(kind, instance.clock, 0) for kind in held]
            if len(spans) < 2 or spans[0][-1][1] <= spans[1][0][0] or spans[1][-1][1] <= spans[0][0][0]:
                yield work, standby


def _minutes(problem: Problem, choices: tuple[tuple[int, int], ...]) -> tuple[Ints, int]:
    """Units [D, C, 2] and how many minutes one is: the greatest that divides all."""
    instance = problem.instance
    table = np.zeros((instance.days, len(choices), 2), dtype=np.int64)
    for day in range(instance.days):
        for number, choice in enumerate(choices):
            for kind in choice:
                if kind >= 0:
                    blocks = kind_blocks(instance, instance.shift_kinds[kind], day)
                    for week, minutes in minutes_by_week(instance.clock, blocks).items():
                        table[day, number, week - day // 7] += minutes
    unit = gcd(*(int(each) for each in np.unique(table))) or 1
    return table // unit, unit


def _hours(problem: Problem, minutes: Ints, unit: int) -> Ints:
    """[N, weeks, U] what so many units of work in a week cost her."""
    instance, weights = problem.instance, problem.instance.weights
    longest = minutes[:, :, 0].max(axis=1)
    most = int(max(longest[day : day + 7].sum() for day in range(0, instance.days, 7)) + minutes[:, :, 1].max() + 1)
    planned = unit * np.arange(most)
    table = np.zeros((len(instance.nurses), instance.weeks, most), dtype=np.int64)
    for number, nurse in enumerate(instance.nurses):
        for week in range(instance.weeks):
            excess = planned - instance.target_minutes(nurse.id, week)
            under = np.maximum(0, -excess) // 10 * weights.undertime
            table[number, week] = SCALE * (np.maximum(0, excess) * weights.overtime + under)
    return table


def _prices(problem: Problem, choices: tuple[tuple[int, int], ...]) -> Ints:
    """[N, D, C]: duties by themselves, wishes, entries, base duties and changes against a parent."""
    instance, weights = problem.instance, problem.instance.weights
    kinds, clock = instance.shift_kinds, instance.clock
    table = np.zeros((len(instance.nurses), instance.days, len(choices)), dtype=np.int64)
    students = [nurse.experience == "student" for nurse in instance.nurses]
    for number, choice in enumerate(choices):
        for lane, kind in enumerate(choice):
            free = np.ones(table.shape[:2], dtype=bool) if kind < 0 else problem.duty_allowed[:, :, kind].copy()
            free[students] = kind < 0
            for (nurse, day, where), pinned in problem.pinned.items():
                if where == lane:
                    free[nurse, day] = kind == pinned
            table[:, :, number][~free] = FAR
            if kind >= 0:
                for term, prices in problem.duty_prices.items():
                    table[:, :, number] += SCALE * int(getattr(weights, term)) * prices[:, :, kind].astype(np.int64)
        for wish in instance.wishes:
            met = choice == (-1, -1)
            if wish.wish == "work":
                met = choice[0] >= 0 and wish.category in (None, kinds[choice[0]].category)
            if not met:
                price = SCALE * weights.wish_refused * wish.weight
                table[problem.nurse_number[wish.nurse], clock.day_number(wish.day), number] += price
        for (nurse, day, lane), kind, price in problem.priced_entries:
            table[nurse, day, number] += SCALE * price * (choice[lane] != kind)
    return np.minimum(table, FAR)


def _weekdays(price: Ints) -> NDArray[np.bool_]:
    """[7, C] whether anybody may have a choice on a weekday."""
    return (price < FAR).any(axis=0).reshape(-1, 7, price.shape[2]).any(axis=0)


def _together(
    problem: Problem, choices: tuple[tuple[int, int], ...], rules: tuple[RowRule, ...], weekdays: NDArray[np.bool_]
) -> Ints:  # fmt: skip
    """[2, D, C, C]: what a choice costs more one day, and two days with a free day between, after another; FAR where
    the law forbids it."""
    trial = Trial(problem, rules)

    def table(apart: int) -> Ints:
        def more(day: int, one: int, two: int) -> int:
            both = one and two and weekdays[day, one] and weekdays[(day + apart) % 7, two]
            found = trial.more(day, choices[one], day + apart, choices[two]) if both else 0
            return int(FAR) if found < 0 else SCALE * found

        return on_days(problem, apart, len(choices), more)

    return np.stack([table(1), table(2)])


def _counts(problem: Problem, choices: tuple[tuple[int, int], ...]) -> Iterator[Counted]:
    """Row number, day and [N, C]: whether a choice of that day counts for a cover row."""
    for number, row in enumerate(problem.cover):
        for day in sorted({day for day, _ in row.duties}):
            table = np.zeros((len(problem.instance.nurses), len(choices)), dtype=np.bool_)
            kinds = {kind for start, kind in row.duties if start == day}
            table[sorted(row.nurses)] = [bool(kinds & set(choice)) for choice in choices]
            yield number, day, table


def _away(problem: Problem) -> NDArray[np.bool_]:
    """[N, D] days that are not free even without a duty of this plan."""
    letters = encode_rows(problem).day_letter
    margin = (letters.shape[1] - problem.instance.days) // 2
    return letters[:, margin : margin + problem.instance.days, 0] != int(DayClass.FREE)
