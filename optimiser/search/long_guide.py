"""A first roster from prices of cover: one nurse after another takes her cheapest row at what is still short."""

from __future__ import annotations

import numpy as np

from optimiser.search.bounds.long_bound import LongPrices
from optimiser.search.bounds.long_tables import SCALE
from optimiser.search.encode import DutyKey
from optimiser.search.kernel.long_rows import FAR, Ints
from optimiser.search.long_island import LongTables

URGENT = (1.0, 3.0, 10.0, 30.0)
"""How much more than its price a duty below the minimum is worth when the last nurse is asked; each is tried."""


def guided_start(tables: LongTables, prices: LongPrices, seed: int) -> frozenset[DutyKey]:
    """The cheapest of a few rosters made so, what breaks the law left out."""
    chance = np.random.default_rng(seed)
    nurses = len(tables.problem.instance.nurses)
    made = [_asked(tables, prices, chance.permutation(nurses), urgent) for urgent in URGENT]
    return min(made, key=lambda roster: int(tables.lawful_state(roster).total[0]))


def _asked(tables: LongTables, prices: LongPrices, order: Ints, urgent: float) -> frozenset[DutyKey]:
    """A roster: nurses in this order, each her cheapest row by the dynamic program of the bound."""
    problem, found = tables.problem, prices.tables
    weights = problem.instance.weights
    minimum = np.array([row.minimum for row in problem.cover], dtype=np.int64)
    wanted = np.maximum(minimum, np.array([row.wanted for row in problem.cover], dtype=np.int64))
    surplus = np.array([-SCALE * weights.surplus_standby if row.standby else 0 for row in problem.cover])
    counted = np.zeros(len(problem.cover), dtype=np.int64)
    days = found.price.shape[1]
    space = found.space()
    roster: set[DutyKey] = set()
    for asked, nurse in enumerate(order):
        more = np.where(counted < minimum, 1 + urgent * (asked / len(order)) ** 2, 1.0)
        most = SCALE * np.where(counted < minimum, weights.uncovered_minimum, weights.uncovered_wanted)
        worth = np.where(counted < wanted, np.minimum(prices.worth * more, most), surplus).astype(np.int64)
        price = found.price[nurse].copy()
        for number, day, table in found.counts:
            price[day] -= worth[number] * table[nurse]
        price[found.price[nurse] >= FAR] = FAR
        row = np.zeros(days, dtype=np.int64)
        found.cheapest(int(nurse), np.stack([price, price]), space, row)
        for number, day, table in found.counts:
            counted[number] += table[nurse, row[day]]
        roster |= {(int(nurse), day, kind) for day in range(days) for kind in found.choices[row[day]] if kind >= 0}
    students = set(problem.companions)
    return frozenset(key for key in roster if key[0] not in students)
