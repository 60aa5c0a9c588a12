"""The loop: ruin, recreate, accept by simulated annealing, in slices that return to Python."""

from __future__ import annotations

import numpy as np
from numba import njit

from optimiser.search.kernel.data import PLACED_SLOT, Data, Rows, State
from optimiser.search.kernel.random_state import unit
from optimiser.search.kernel.recreate import recreate
from optimiser.search.kernel.ruin import ruin
from optimiser.search.kernel.undo import Journal, copy_all, open_journal, take_back


@njit(cache=True)
def left_out(data: Data, state: State, bank: np.ndarray) -> int:
    """Fill ``bank`` with the units that have a job outside every route; returns how many."""
    number = 0
    for unit_number in range(len(data.unit_from) - 1):
        if state.job[data.unit_jobs[data.unit_from[unit_number]], PLACED_SLOT] < 0:
            bank[number] = unit_number
            number += 1
    return number


@njit(cache=True)
def fill(data: Data, rows: Rows, state: State, journal: Journal, random: np.ndarray) -> None:
    """Insert whatever is left out, once."""
    bank = np.empty(len(data.unit_from), dtype=np.int64)
    number = left_out(data, state, bank)
    open_journal(journal, state)
    recreate(data, rows, state, journal, bank, number, random)


@njit(cache=True)
def improve_slice(
    data: Data, rows: Rows, state: State, best: State, journal: Journal, random: np.ndarray, iterations: int,
    hot: float, cold: float,
) -> int:
    """Run ``iterations`` from temperature ``hot`` to ``cold``; ``best`` holds the cheapest state met.

    Returns how many changes were accepted.
    """
    bank = np.empty(len(data.unit_from), dtype=np.int64)
    accepted = 0
    factor = (cold / hot) ** (1.0 / max(1, iterations))
    temperature = hot
    number = left_out(data, state, bank)
    for _ in range(iterations):
        temperature *= factor
        open_journal(journal, state)
        before = state.total[0]
        number = ruin(data, state, journal, bank, number, random)
        number = recreate(data, rows, state, journal, bank, number, random)
        threshold = before - temperature * np.log(max(unit(random), 1e-12))
        if state.total[0] <= threshold:
            accepted += 1
            if state.total[0] < best.total[0]:
                copy_all(best, state)
        else:
            take_back(journal, state)
            number = left_out(data, state, bank)
    return accepted
