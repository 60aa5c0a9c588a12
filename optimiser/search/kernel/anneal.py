"""The loop: ruin, recreate, accept by simulated annealing, in slices that return to Python."""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.compiled import compiled
from optimiser.search.kernel.data import (
    ANY_START,
    JOB_PENALTY,
    NONE,
    PLACED_SLOT,
    ROW_ACCEPTED,
    ROW_PRICE,
    WIDE_BANK,
    Data,
    Duties,
    Random,
    Reals,
    Rows,
    State,
)
from optimiser.search.kernel.duty_cost import duty_cost
from optimiser.search.kernel.duty_moves import move_duties
from optimiser.search.kernel.learning import draw_kind, learn, note
from optimiser.search.kernel.places import forget_reach, measure_reach
from optimiser.search.kernel.random_state import below, unit
from optimiser.search.kernel.recreate import recreate
from optimiser.search.kernel.row_dp import move_row
from optimiser.search.kernel.rows import reprice, reprice_touched, row_violations, standby_lawful
from optimiser.search.kernel.ruin import ruin
from optimiser.search.kernel.undo import Journal, copy_all, open_journal, take_back

MOST_RETRIED = 8
"""Of the units left out before an iteration so many are tried again in it."""


@compiled
def left_out(data: Data, state: State, bank: np.ndarray) -> int:
    """Fill ``bank`` with the units that have a job outside every route; returns how many."""
    number = 0
    for unit_number in range(len(data.unit_from) - 1):
        if state.job[data.unit_jobs[data.unit_from[unit_number]], PLACED_SLOT] < 0:
            bank[number] = unit_number
            number += 1
    return number


@compiled
def fill(data: Data, rows: Rows, state: State, journal: Journal, random: Random) -> None:
    """Insert whatever is left out, once."""
    bank = state.wide[WIDE_BANK]
    number = left_out(data, state, bank)
    open_journal(journal, state)
    recreate(data, rows, state, journal, bank, number, random)
    reprice_touched(data, rows, state, journal)


@compiled
def price(data: Data, rows: Rows, duties: Duties, state: State) -> None:
    """Price all rows and duties from scratch; the total follows."""
    nurses = len(state.duty)
    for nurse in range(nurses):
        state.row[nurse, ROW_ACCEPTED] = row_violations(data, rows, state, nurse)
        reprice(data, rows, state, nurse)
    _reprice_duties(duties, state)


@compiled
def _reprice_duties(duties: Duties, state: State) -> None:
    """Price anew what duties cost together; the total follows."""
    last = len(state.duty)
    cost = duty_cost(duties, state)
    state.total[0] += cost - state.row[last, ROW_PRICE]
    state.row[last, ROW_PRICE] = cost


@compiled
def _retry(
    data: Data,
    rows: Rows,
    state: State,
    journal: Journal,
    bank: np.ndarray,
    waiting: int,
    number: int,
    random: Random,
) -> int:
    """Recreate what the ruin took out and a few of the ``waiting`` units that were left out before it."""
    skipped = max(NONE, waiting - MOST_RETRIED)
    for index in range(skipped):
        other = index + below(random, waiting - index)
        bank[index], bank[other] = bank[other], bank[index]
    left = recreate(data, rows, state, journal, bank[skipped:number], number - skipped, random)
    return skipped + left


@compiled
def _penalties(data: Data, bank: np.ndarray, number: int) -> int:
    """What leaving out the units ``bank[:number]`` costs."""
    cost = NONE
    for index in range(number):
        for entry in range(data.unit_from[bank[index]], data.unit_from[bank[index] + 1]):
            cost += data.job[data.unit_jobs[entry], JOB_PENALTY]
    return cost


@compiled
def _lawful(data: Data, rows: Rows, state: State, journal: Journal) -> bool:
    """Whether the standby work that this iteration touched keeps the row rules."""
    lawful = True
    for index in range(journal.sizes[0]):
        lawful = lawful and standby_lawful(data, rows, state, journal.slots[0, index])
    return lawful


@compiled
def improve_slice(
    data: Data,
    rows: Rows,
    duties: Duties,
    state: State,
    best: State,
    journal: Journal,
    random: Random,
    iterations: int,
    hot: float,
    cold: float,
    duty_share: float,
    row_share: float,
    learned: Reals,
) -> int:
    """Run ``iterations`` from temperature ``hot`` to ``cold``; ``best`` holds the cheapest state met.

    A share ``duty_share`` of the iterations moves duties with their routes, of which ``row_share`` (of all) gives one
    nurse her best week; ``learned`` are the weights of the kinds of ruin (learning.py). Returns how many changes were
    accepted.
    """
    bank = state.wide[WIDE_BANK]
    accepted = 0
    factor = (cold / hot) ** (1.0 / max(1, iterations))
    temperature = hot
    number = left_out(data, state, bank)
    measure_reach(data, state)
    for _ in range(iterations):
        temperature *= factor
        open_journal(journal, state)
        threshold = state.total[0] - temperature * np.log(max(unit(random), 1e-12))
        waiting, kind, moved = number, draw_kind(learned, random), False
        before = state.total[0]
        draw = unit(random)
        if draw < duty_share:
            if draw < row_share:
                room = np.int64(threshold) - before + 1
                number = move_row(data, rows, duties, state, journal, bank, number, room, random)
            else:
                number = move_duties(data, rows, duties, state, journal, bank, number, random)
            if number >= 0:
                _reprice_duties(duties, state)
                reprice_touched(data, rows, state, journal)
                if state.total[0] - _penalties(data, bank, number) > threshold:
                    # Even with all work put back for nothing this costs too much.
                    number = ANY_START
            if number < 0:
                take_back(journal, state)
                number = left_out(data, state, bank)
                continue
            moved = True
            if below(random, 2) == 0:
                number = ruin(data, state, journal, bank, number, kind, random)
        else:
            number = ruin(data, state, journal, bank, number, kind, random)
        removed = number - waiting
        number = _retry(data, rows, state, journal, bank, waiting, number, random)
        reprice_touched(data, rows, state, journal)
        taken = state.total[0] <= threshold and _lawful(data, rows, state, journal)
        if not moved:
            note(learned, kind, removed, taken and state.total[0] < before)
        if taken:
            accepted += 1
            if state.total[0] < best.total[0]:
                copy_all(best, state)
        else:
            take_back(journal, state)
            number = left_out(data, state, bank)
    forget_reach(state)
    learn(learned)
    return accepted
