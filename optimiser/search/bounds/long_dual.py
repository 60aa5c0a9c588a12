"""What long rosters cost at least at some prices: cover, shares and counts of weeks are bought, rows are cheapest."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.problem import Problem
from optimiser.domain.row_rules import WindowSum
from optimiser.search.bounds.long_fair import FairShare
from optimiser.search.bounds.long_tables import SCALE, LongBoundTables
from optimiser.search.encode_duties import LABELS, encode_duties
from optimiser.search.encode_rules import price_of, says_something
from optimiser.search.kernel.duty_cost import FAIR
from optimiser.search.kernel.long_rows import FAR, Ints

THREADS = 2
WEEKEND = LABELS.index("weekend")
_NONE = np.zeros(0, dtype=np.int64)
HARD = 3000
"""The most that one above a hard number is priced at: prices may be anything from 0 up, this keeps steps near."""


@dataclass(frozen=True)
class Weeks:
    """A rule of one nurse: what ``counts`` [C] in days ``first`` to ``end`` is at most ``most``, or costs ``price``."""

    nurse: int
    first: int
    end: int
    counts: NDArray[np.bool_]
    most: int
    price: int


@dataclass(frozen=True)
class Priced:
    """The bound at some prices, in hundredths: of each part of the nurses, fairness last; slope of each price; what the
    rows cost, and the rows [N, D]."""

    parts: Ints
    slope: NDArray[np.float64]
    costs: int
    rows: Ints

    @property
    def value(self) -> int:
        """The bound."""
        return int(self.parts.sum())


class LongDual:
    """The function that is to be made as high as it can be. Prices are one vector: of cover rows, of rules of weeks, of
    each nurse's number of each label; ``part`` says for each to which nurses it belongs."""

    def __init__(self, problem: Problem, tables: LongBoundTables) -> None:
        self.tables = tables
        self.nurses, self.days, self.choices = tables.price.shape
        self._covers(problem)
        self.weeks = tuple(_weeks(problem, tables))
        self._labels(problem)
        self._split(problem)

    def _covers(self, problem: Problem) -> None:
        weights, rows = problem.instance.weights, problem.cover
        place, number = [], []
        for row, day, table in self.tables.counts:
            nurse, choice = np.nonzero(table)
            place.append((nurse * self.days + day) * self.choices + choice)
            number.append(np.full(len(nurse), row))
        self._place, self._number = (np.concatenate([_NONE, *each]).astype(np.int64) for each in (place, number))
        minimum = np.array([row.minimum for row in rows], dtype=np.int64)
        wanted = np.maximum(minimum, np.array([row.wanted for row in rows], dtype=np.int64))
        count = np.arange(int(wanted.max(initial=0)) + 1)
        lack = weights.uncovered_minimum * np.maximum(0, minimum[:, None] - count)
        lack += weights.uncovered_wanted * np.maximum(0, wanted[:, None] - np.maximum(minimum[:, None], count))
        self._lack, self._count = np.where(count > wanted[:, None], FAR, SCALE * lack), count
        surplus = np.array([weights.surplus_standby if row.standby else 0 for row in rows], dtype=np.int64)
        most = np.where(minimum > 0, weights.uncovered_minimum, np.where(wanted > 0, weights.uncovered_wanted, 0))
        self._limits = -SCALE * surplus, SCALE * np.maximum(most, 0)
        self.covers = len(rows)

    def _labels(self, problem: Problem) -> None:
        """[4, N, D, C] is large and alike for all nurses: [4, D, C] says which choices count."""
        duties = encode_duties(problem)
        kinds = [[duties.kind_class[kind] if kind >= 0 else 0 for kind in choice] for choice in self.tables.choices]
        held = np.array([[kind >= 0 for kind in choice] for choice in self.tables.choices])
        self._counted = np.zeros((len(LABELS), self.days, self.choices), dtype=np.int64)
        for label in range(2):
            self._counted[label] = (np.array(kinds) == label + 1).sum(axis=1)
        self._counted[WEEKEND, np.arange(self.days) % 7 >= 5] = held.any(axis=1)
        self._counted[3] = duties.holiday[:, None] * held.sum(axis=1)
        open_days = np.where(self.tables.price < FAR, 1, 0)
        most = np.stack([(open_days * counted).max(axis=2) for counted in self._counted])
        most[WEEKEND, :, 5::7] |= most[WEEKEND, :, 6::7]
        most[WEEKEND, :, 6::7] = 0
        self.fair = tuple(
            FairShare(duties, label, most[label].sum(axis=1), SCALE) for label in range(len(LABELS))
        ) if int(duties.weight[FAIR]) > 0 else ()  # fmt: skip
        self._sunday = np.arange(self.days) % 7 == 6

    def _split(self, problem: Problem) -> None:
        """Nurses who count for no common cover row stand apart."""
        part = np.arange(self.nurses)
        while True:
            before = part.copy()
            for row in problem.cover:
                together = sorted(row.nurses)
                part[together] = part[together].min(initial=self.nurses)
            if (part == before).all():
                break
        names, part = np.unique(part, return_inverse=True)
        first = [min(row.nurses, default=0) for row in problem.cover]
        shares = [each.shares for each in self.fair]
        of = [part[first], part[[each.nurse for each in self.weeks]], *(part[each] for each in shares)]
        self.parts, self._part_of = len(names) + 1, part
        self.part = np.concatenate([np.asarray(each, dtype=np.int64) for each in of])
        sizes = [self.covers, len(self.weeks), *(len(each) for each in shares)]
        self._cut = np.cumsum(sizes)[:-1]
        most = np.array([SCALE * (each.price or HARD) for each in self.weeks], dtype=np.int64)
        low = [self._limits[0], np.zeros_like(most), *(np.full(size, -FAR) for size in sizes[2:])]
        high = [self._limits[1], most, *(np.full(size, FAR) for size in sizes[2:])]
        place = np.arange(len(self.part))
        self.of_cover, self.of_shares = place < self.covers, place >= self.covers + len(self.weeks)
        self.limits = np.concatenate(low).astype(np.int64), np.concatenate(high).astype(np.int64)

    def at(self, prices: Ints, pool: ThreadPoolExecutor) -> Priced:
        """The bound at these prices."""
        worth, weeks, *shares = np.split(prices, self._cut)
        table = self._row_prices(worth, weeks, shares)
        rows, costs = np.zeros((self.nurses, self.days), dtype=np.int64), np.zeros(self.nurses, dtype=np.int64)

        def cheapest(thread: int) -> None:
            space = self.tables.space()
            for nurse in range(thread, self.nurses, THREADS):
                costs[nurse] = self.tables.cheapest(nurse, table[:, nurse], space, rows[nurse])

        list(pool.map(cheapest, range(THREADS)))
        parts = np.bincount(self._part_of, weights=costs, minlength=self.parts).astype(np.int64)
        chosen = np.zeros((self.nurses, self.days, self.choices), dtype=np.int64)
        np.put_along_axis(chosen, rows[:, :, None], 1, axis=2)
        lacks = self._lack + worth[:, None] * self._count
        counted = np.bincount(self._number, weights=chosen.reshape(-1)[self._place], minlength=self.covers)
        slope = [lacks.argmin(axis=1) - counted.astype(np.int64)]
        np.add.at(parts, self.part[: self.covers], lacks.min(axis=1))
        slope.append(self._over(weeks, chosen, parts))
        slope += self._fairly(shares, rows, parts)
        return Priced(parts, np.concatenate(slope), int(costs.sum()), rows)

    def _row_prices(self, worth: Ints, weeks: Ints, shares: list[Ints]) -> Ints:
        """[2, N, D, C]; the second where the day before is free."""
        less = np.bincount(self._place, weights=worth[self._number], minlength=self.tables.price.size)
        table = self.tables.price - less.astype(np.int64).reshape(self.tables.price.shape)
        for rule, price in zip(self.weeks, weeks, strict=True):
            if price:
                table[rule.nurse, rule.first : rule.end] += price * rule.counts
        both = np.stack([table, table])
        for label, (fair, price) in enumerate(zip(self.fair, shares, strict=True)):
            more = (price - fair.together(price))[:, None, None] * self._counted[label]
            both[1, fair.shares] += more
            # a Sunday after a Saturday with a duty is the same weekend
            both[0, fair.shares] += np.where(self._sunday[:, None] & (label == WEEKEND), 0, more)
        both[:, self.tables.price >= FAR] = FAR
        return both

    def _over(self, weeks: Ints, chosen: Ints, parts: Ints) -> Ints:
        """Slopes of rules of weeks; what their prices say of the numbers that are free comes off the parts."""
        slope = np.zeros(len(weeks), dtype=np.int64)
        for number, (rule, price) in enumerate(zip(self.weeks, weeks, strict=True)):
            slope[number] = chosen[rule.nurse, rule.first : rule.end, rule.counts].sum() - rule.most
            parts[self._part_of[rule.nurse]] -= price * rule.most
        return slope

    def _fairly(self, shares: list[Ints], rows: Ints, parts: Ints) -> Iterator[NDArray[np.float64]]:
        """Slopes of the labels; what fairness costs goes onto the last part."""
        for label, (fair, price) in enumerate(zip(self.fair, shares, strict=True)):
            had = self._counted[label][np.arange(self.days), rows[fair.shares]]
            if label == WEEKEND:
                had[:, 6::7] = np.maximum(0, had[:, 6::7] - had[:, 5::7])
            cost, slope = fair.least(price, had.sum(axis=1))
            parts[-1] += cost
            yield slope


def _weeks(problem: Problem, tables: LongBoundTables) -> Iterator[Weeks]:
    """Rules that count duties or standby of calendar weeks."""
    for rule in problem.rules:
        if not isinstance(rule, WindowSum) or rule.per != "weeks" or rule.when:
            continue
        if rule.counts not in ("duties", "standby"):
            continue
        price = price_of(problem.instance, rule)
        nurse = problem.nurse_number[rule.id.nurse]
        if price < 0 or not says_something(rule) or problem.instance.nurses[nurse].experience == "student":
            continue
        lane = int(rule.counts == "standby")
        counts = np.array([choice[lane] >= 0 for choice in tables.choices], dtype=np.bool_)
        # what known weeks alone hold too much of breaks no hard rule
        most = max(0, rule.most) if price == 0 else rule.most
        yield Weeks(nurse, 7 * rule.first_week, 7 * (rule.last_week + 1), counts, most, price)
