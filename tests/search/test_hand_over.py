"""Duties that change hands take their routes along."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from optimiser.search.improve import Effort, improve
from optimiser.search.kernel.anneal import price
from optimiser.search.kernel.data import PLACED_SLOT, ROUTE_COUNT, State, copy_state
from optimiser.search.kernel.hand_over import hand_over
from optimiser.search.kernel.undo import new_journal, open_journal, take_back

Rooms = Callable[..., Any]


def handed_over(kernel: Any, state: State, cells: list[list[int]]) -> tuple[Any, int, np.ndarray]:
    """Hand over; returns the open journal, the size of the bank and the bank."""
    journal = new_journal(kernel.data, state)
    bank = np.zeros(len(kernel.data.unit_from), dtype=np.int64)
    table = np.zeros((4, 4), dtype=np.int64)
    table[: len(cells)] = cells
    open_journal(journal, state)
    number = hand_over(kernel.data, kernel.rows, kernel.duties, state, journal, table, len(cells), bank, 0)
    return journal, int(number), bank


def test_two_nurses_with_the_same_duty_exchange_their_routes(
    rooms_and_kernel: tuple[Rooms, dict[str, Any]],
) -> None:
    """N1 drives two visits and N2 one: after the exchange each has the other's stops, in their order."""
    rooms, small_kernel = rooms_and_kernel
    small = rooms().nurse().nurse("N2").kind("K", "07:00", "13:00", carries_route=True)
    for name, start, end in (("v", "07:00", "09:00"), ("w", "09:00", "11:00"), ("x", "08:00", "10:00")):
        small.visit(name, 0, start, end, 30)
    kernel = small_kernel["Kernel"](small, [("N1", "K", 0), ("N2", "K", 0)])
    first, second = kernel.slot("N1", 0), kernel.slot("N2", 0)
    kernel.put(first, "v", "w")
    kernel.put(second, "x")
    number, kind = kernel.problem.nurse_number, kernel.problem.kind_number["K"]
    cells = [[number["N1"], 0, 0, kind], [number["N2"], 0, 0, kind]]
    _, left, _ = handed_over(kernel, kernel.state, cells)
    assert left == 0
    assert [stop.id for stop in kernel.stops(second)] == ["v", "w"]
    assert [stop.id for stop in kernel.stops(first)] == ["x"]


@pytest.mark.parametrize("seed", [0, 1, 3, *(pytest.param(s, marks=pytest.mark.slow) for s in range(4, 13))])
def test_the_total_follows_and_everything_can_be_taken_back(
    rooms_and_kernel: tuple[Rooms, dict[str, Any]], seed: int
) -> None:
    """On random teams: the total is that of the changed state from scratch, each job is on a route or in the bank with
    its whole unit, and taking back restores all of it."""
    rooms, small_kernel = rooms_and_kernel
    room, matrix, contract = small_kernel["random_team"](rooms, seed)
    kernel = small_kernel["Kernel"](room, contract=contract, matrix=matrix)
    effort = Effort(seed=seed, islands=1, duty_share=0.5, seconds=None, iterations=600)
    found = improve(kernel.data, kernel.rows, kernel.duties, kernel.state, effort, lambda *_: None, lambda: False)
    nurses, days = found.duty.shape[:2]
    tried = 0
    for one in range(nurses):
        for other in range(one + 1, nurses):
            for day in range(days):
                first, second = int(found.duty[one, day, 0]), int(found.duty[other, day, 0])
                if max(first, second) < 0:
                    continue
                state = copy_state(found)
                journal, number, bank = handed_over(kernel, state, [[one, day, 0, second], [other, day, 0, first]])
                if number >= 0:
                    tried += 1
                    price(kernel.data, kernel.rows, kernel.duties, state)
                    assert int(state.total[0]) == kernel.recomputed(state)
                    for unit in bank[:number]:
                        members = kernel.data.unit_jobs[kernel.data.unit_from[unit] : kernel.data.unit_from[unit + 1]]
                        assert (state.job[members, PLACED_SLOT] < 0).all()
                    on_routes = int(state.route[:, ROUTE_COUNT].sum())
                    assert on_routes == int((state.job[:, PLACED_SLOT] >= 0).sum())
                take_back(journal, state)
                for before, after in zip(found[:7], state[:7], strict=True):
                    assert after.shape == before.shape
                assert (state.duty == found.duty).all() and (
                    state.job[:, PLACED_SLOT] == found.job[:, PLACED_SLOT]
                ).all()
                assert kernel.recomputed(state) == kernel.recomputed(found)
    assert tried > 0
