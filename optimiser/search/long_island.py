"""One annealing search over a roster of duties alone: its own roster, counts and chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimiser.domain.problem import Problem
from optimiser.search.bounds.long_bound import long_prices
from optimiser.search.compile_lock import compiling_alone
from optimiser.search.encode import DutyKey, encode
from optimiser.search.encode_duties import encode_duties, roster_state
from optimiser.search.encode_long import count_tally, encode_around
from optimiser.search.encode_rows import encode_rows
from optimiser.search.kernel import cache_folder, is_compiled, remember_compiled
from optimiser.search.kernel.anneal import price
from optimiser.search.kernel.data import Data, Duties, Ints, Rows, State
from optimiser.search.kernel.long_anneal import anneal_long
from optimiser.search.kernel.long_data import TALLY_BEST, Around, Tally
from optimiser.search.kernel.long_judge import drop_broken
from optimiser.search.kernel.random_state import seeded
from optimiser.search.kernel.undo import new_journal
from optimiser.search.long_pairs import Trial

PART = "long"
"""Of the machine code, what long rosters need."""


@dataclass(frozen=True)
class LongTables:
    """The constants of the kernel for one problem without jobs."""

    problem: Problem
    data: Data
    rows: Rows
    duties: Duties
    around: Around

    def lawful_state(self, roster: frozenset[DutyKey]) -> State:
        """A priced state of a roster; free duties that break a rule are left out."""
        state = roster_state(self.problem, self.data, self.duties, roster)
        journal = new_journal(self.data, state)
        for nurse in range(len(state.duty)):
            drop_broken(self.data, self.rows, self.duties, state, journal, nurse)
        price(self.data, self.rows, self.duties, state)
        return state


def long_tables(problem: Problem, locked: frozenset[tuple[int, int, int]]) -> LongTables:
    """The tables of a problem; ``locked`` (nurse, day, lane) cells may not change."""
    duties = encode_duties(problem, locked)
    return LongTables(problem, encode(problem), encode_rows(problem), duties, encode_around(problem, duties))


class LongIsland:
    """A search that goes on from a priced state; with the same seed and steps it is the same every time."""

    def __init__(self, tables: LongTables, state: State, seed: int) -> None:
        self.tables, self._random = tables, seeded(seed)
        self._begin(state)

    def _begin(self, state: State) -> None:
        tables = self.tables
        self.state, self._journal = state, new_journal(tables.data, state)
        self._tally: Tally = count_tally(tables.data, tables.rows, tables.duties, tables.around, state)

    def anneal(self, steps: int, temperature: float) -> None:
        """Some steps at one temperature."""
        tables = self.tables
        anneal_long(
            tables.data, tables.rows, tables.duties, tables.around, self.state, self._tally, self._journal,
            self._random, steps, temperature,
        )  # fmt: skip

    @property
    def cost(self) -> int:
        """Of the roster that the search is at."""
        return int(self.state.total[0])

    @property
    def best_cost(self) -> int:
        """Of the cheapest roster met."""
        return int(self._tally.sums[TALLY_BEST])

    @property
    def best(self) -> frozenset[DutyKey]:
        """The cheapest roster met."""
        return keys_of(self._tally.best)

    def take(self, roster: frozenset[DutyKey]) -> None:
        """Go on from a lawful roster."""
        self._begin(self.tables.lawful_state(roster))


def keys_of(duty: Ints) -> frozenset[DutyKey]:
    """The duties of an array [N, D, 2] of kinds."""
    return frozenset((int(nurse), int(day), int(duty[nurse, day, lane])) for nurse, day, lane in np.argwhere(duty >= 0))


def compile_long(tables: LongTables) -> None:
    """Have all machine code ready before any clock runs; of several processes one compiles."""
    with compiling_alone(cache_folder()):
        island = LongIsland(tables, tables.lawful_state(frozenset()), 0)
        island.anneal(2, 1.0)
        long_prices(Trial(tables.problem, ()).problem, None, rounds=1)
        remember_compiled(PART)


def long_is_compiled() -> bool:
    """Whether this version has been compiled on this machine before."""
    return is_compiled(PART)
