"""The arrays of the letter search: what never changes (LetterData), what search changes (LetterState), and room to
work in (Scratch).

Letters that look the same to every limit but their own maximum are one *kind*: same minutes, the same letters barred
after and before. A *node* is where a row stands after a day: ``class * run + (days worked in a row) - 1``, or behind
these, days off in a row, counted up to the least number of days off.
"""

from __future__ import annotations

from math import gcd
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.letter_roster import FREE, LetterProblem, Letters

NO_LETTER = -1
"""A cell that is being chosen anew."""
MOST_UNITS, LEAST_UNITS, MOST_RUN, LEAST_RUN, LEAST_FREE, MOST_WEEKENDS = range(6)
"""Columns of LetterData.limits. A unit is the greatest common part of all lengths of shifts."""

Ints = NDArray[np.int64]
Reals = NDArray[np.float32]
Bits = NDArray[np.uint8]


class LetterData(NamedTuple):
    """``allowed[person, day, letter]``; ``wish``: what a letter there costs by requests; ``cover[day, letter, n]``:
    the cost of n people there; ``most_of[person, letter]``; ``kind_of[letter]`` (free: -1), of a kind its ``units``,
    its ``kind_class``, and ``bars[class, kind]``: may not follow the class. Kinds that may follow the same classes are
    a column (``column_of[kind]``): the classes of its parent (-1: none) and ``column_adds[column, class]``."""

    allowed: Bits
    wish: Ints
    cover: Ints
    limits: Ints
    most_of: Ints
    kind_of: Ints
    units: Ints
    kind_class: Ints
    bars: Bits
    column_of: Ints
    column_parent: Ints
    column_adds: Bits


class LetterState(NamedTuple):
    """``rows[person, day]`` letters, ``there[day, letter]`` how many people."""

    rows: Ints
    there: Ints


class Scratch(NamedTuple):
    """Room for one search over rows: ``cost`` in a row for each day of the window, node, weekends and units, and where
    the costs of columns lie in it (``source``); which nodes are ``alive``; ``between[day]`` least and most units and
    how many numbers of weekends; the cheapest letter of each kind (``letter``, ``least``), prices of one person's
    cells, copies of rows, and who is chosen."""

    cost: Reals
    alive: Bits
    between: Ints
    source: Ints
    letter: Ints
    least: Reals
    price: Reals
    old: Ints
    row: Ints
    chosen: Ints


def encode(problem: LetterProblem, apart: frozenset[int] = frozenset()) -> LetterData:
    """The arrays of a problem; letters ``apart`` are kinds of their own. Shifts are assumed to have at least one
    minute."""
    staff, days, letters = problem.staff, problem.days, len(problem.shifts) + 1
    allowed = np.zeros((len(staff), days, letters), dtype=np.uint8)
    for person, row in enumerate(problem.allowed):
        for day, some in enumerate(row):
            allowed[person, day, list(some)] = 1
    wish = np.zeros((len(staff), days, letters), dtype=np.int64)
    for request in problem.requests:
        if request.wanted:
            wish[request.person, request.day] += request.weight
        wish[request.person, request.day, request.shift + 1] += -request.weight if request.wanted else request.weight
    count = np.arange(len(staff) + 2)  # one more than there can be, which search asks the cost of
    cover = np.zeros((days, letters, len(count)), dtype=np.int64)
    for each in problem.cover:
        lacking = each.needed - count
        cover[each.day, each.shift + 1] += np.where(lacking > 0, each.under * lacking, -each.over * lacking)
    unit = gcd(*(shift.minutes for shift in problem.shifts)) or 1
    limits = [
        (each.most_minutes // unit, -(-each.least_minutes // unit), min(each.most_run, days), each.least_run,
         max(1, min(each.least_free_run, days)), each.most_weekends)
        for each in staff
    ]  # fmt: skip
    most_of = [(days, *(min(most, days) for most in each.most_of)) for each in staff]
    return LetterData(
        allowed, wish, cover, np.array(limits, dtype=np.int64), np.array(most_of, dtype=np.int64),
        *_kinds(problem, unit, apart),
    )  # fmt: skip


def _kinds(
    problem: LetterProblem, unit: int, apart: frozenset[int]
) -> tuple[Ints, Ints, Ints, Bits, Ints, Ints, Bits]:
    """Kind of each letter; units and class of each kind; which kinds each class bars; the columns of kinds."""
    shifts = problem.shifts
    after = [tuple(other.id in shift.not_next for other in shifts) for shift in shifts]
    before = [tuple(shift.id in other.not_next for other in shifts) for shift in shifts]
    classes = sorted(set(after))
    marks = [(shift.minutes, after[at], before[at], at if at + 1 in apart else -1) for at, shift in enumerate(shifts)]
    kinds = sorted(set(marks))
    kind_of = np.array([-1, *(kinds.index(mark) for mark in marks)], dtype=np.int64)
    bars = np.zeros((len(classes), len(kinds)), dtype=np.uint8)
    for at, mark in enumerate(marks):
        for number, barred in enumerate(classes):
            bars[number, kinds.index(mark)] = barred[at]
    units = np.array([minutes // unit for minutes, *_ in kinds], dtype=np.int64)
    kind_class = np.array([classes.index(barred) for _, barred, *_ in kinds], dtype=np.int64)
    return kind_of, units, kind_class, bars, *_columns(bars)


def _columns(bars: Bits) -> tuple[Ints, Ints, Bits]:
    """Column of each kind; of each column the largest one before it whose classes are among its own, and the rest."""
    follows = [frozenset(np.flatnonzero(bars[:, kind] == 0).tolist()) for kind in range(bars.shape[1])]
    columns = sorted(set(follows), key=lambda each: (len(each), sorted(each)))
    parents = [max((at for at in range(number) if columns[at] < own), key=lambda at: len(columns[at]), default=-1)
               for number, own in enumerate(columns)]  # fmt: skip
    adds = np.zeros((len(columns), len(bars)), dtype=np.uint8)
    for number, own in enumerate(columns):
        adds[number, sorted(own - columns[parents[number]] if parents[number] >= 0 else own)] = 1
    column_of = np.array([columns.index(each) for each in follows], dtype=np.int64)
    return column_of, np.array(parents, dtype=np.int64), adds


def room_of(data: LetterData, scarce: int) -> int:
    """Costs that one search over rows keeps, with at most ``scarce`` of a kind counted."""
    _, days, _ = data.allowed.shape
    tallies = (min(int(data.limits[:, MOST_WEEKENDS].max()), (days + 1) // 7) + 1) * (scarce + 1)
    units = min(int(data.limits[:, MOST_UNITS].max()), days * int(data.units.max())) + 1
    return ((days + 1) * _nodes(data) + len(data.column_parent)) * tallies * units


def _nodes(data: LetterData) -> int:
    """Nodes of the person who has most of them."""
    return len(data.bars) * max(1, int(data.limits[:, MOST_RUN].max())) + int(data.limits[:, LEAST_FREE].max())


def scratch_for(data: LetterData, people: int, scarce: int = 0) -> Scratch:
    """Room for rows of this problem, ``people`` of them at once, with at most ``scarce`` of a kind counted."""
    _, days, letters = data.allowed.shape
    kinds, columns = len(data.units), len(data.column_parent)
    return Scratch(
        np.empty(room_of(data, scarce), dtype=np.float32),
        np.zeros((days + 1, _nodes(data)), dtype=np.uint8),
        np.zeros((days + 1, 3), dtype=np.int64),
        np.zeros(columns, dtype=np.int64),
        np.zeros((days, kinds), dtype=np.int64),
        np.zeros((days, kinds), dtype=np.float32),
        np.zeros((days, letters), dtype=np.float32),
        np.zeros((people, days), dtype=np.int64),
        np.zeros(days, dtype=np.int64),
        np.zeros(people, dtype=np.int64),
    )


def state_of(data: LetterData, roster: Letters) -> LetterState:
    """The state of a whole roster."""
    rows = np.array(roster, dtype=np.int64)
    _, days, letters = data.allowed.shape
    there = np.zeros((days, letters), dtype=np.int64)
    for day in range(days):
        there[day] = np.bincount(rows[:, day], minlength=letters)
    there[:, FREE] = 0
    return LetterState(rows, there)


def roster_of(state: LetterState) -> Letters:
    """The roster of a state."""
    return tuple(tuple(int(letter) for letter in row) for row in state.rows)


def full_cost(data: LetterData, state: LetterState) -> int:
    """What the roster costs, counted from its rows alone."""
    people, days, letters = data.allowed.shape
    total = 0
    for day in range(days):
        count = np.bincount(state.rows[:, day], minlength=letters)
        total += sum(int(data.cover[day, letter, count[letter]]) for letter in range(1, letters))
        total += sum(int(data.wish[person, day, state.rows[person, day]]) for person in range(people))
    return total
