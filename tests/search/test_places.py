"""Where a job may fit: what the search keeps of how late routes last rules out no place."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from optimiser.search.improve import Effort, improve
from optimiser.search.kernel.cells import set_duty
from optimiser.search.kernel.data import ANY_START, INFINITE, PLACED_SLOT, SLOT_CLOSE, WIDE_REACH, copy_state
from optimiser.search.kernel.insertion import best_insertion, take_job
from optimiser.search.kernel.places import forget_reach, measure_reach
from optimiser.search.kernel.random_state import seeded
from optimiser.search.kernel.undo import new_journal, open_journal


def test_how_late_the_routes_of_a_day_last_is_kept(rooms_and_kernel: Any) -> None:
    """N1 works until 13:00 and N2 until 15:00 on the first day: 13:00 while N2 is free, 15:00 from when she gets her
    duty; on the second day there is no route, and a minute rules out all of the first. Zero when nothing is kept."""
    rooms, small_kernel = rooms_and_kernel
    room = rooms().nurse().nurse("N2").visit("v", 0, "08:00", "10:00", 30)
    for kind, end in (("K", "13:00"), ("L", "15:00")):
        room.kind(kind, "07:00", end, carries_route=True)
    kernel = small_kernel["Kernel"](room, [("N1", "K", 0)])
    state, journal = kernel.state, new_journal(kernel.data, kernel.state)
    measure_reach(kernel.data, state)
    first = int(state.slot[kernel.slot("N1", 0), SLOT_CLOSE])
    assert state.wide[WIDE_REACH, :2].tolist() == [first, 1]
    open_journal(journal, state)
    kind = kernel.problem.kind_number["L"]
    set_duty(kernel.data, kernel.duties, state, journal, kernel.problem.nurse_number["N2"], 0, 0, kind)
    assert state.wide[WIDE_REACH, 0] == first + 120
    forget_reach(state)
    assert not state.wide[WIDE_REACH].any()


@pytest.mark.parametrize("seed", range(4))
def test_the_best_place_is_the_same(rooms_and_kernel: Any, seed: int) -> None:
    """On random teams, with night duties: every placed job is taken out, and its best place is the same, after as many
    random numbers, whether the day before may be ruled out or not."""
    rooms, small_kernel = rooms_and_kernel
    room, matrix, contract = small_kernel["random_team"](rooms, seed)
    kernel = small_kernel["Kernel"](room, contract=contract, matrix=matrix)
    effort = Effort(seed=seed, islands=1, duty_share=0.5, seconds=None, iterations=300)
    found = improve(kernel.data, kernel.rows, kernel.duties, kernel.state, effort, lambda *_: None, lambda: False)
    placed = np.flatnonzero(found.job[:, PLACED_SLOT] >= 0)
    assert len(placed) > 0 and not found.wide[WIDE_REACH].any()
    for job in placed:
        answers = []
        for kept in (False, True):
            state, random = copy_state(found), seeded(seed)
            take_job(kernel.data, state, int(job))
            if kept:
                measure_reach(kernel.data, state)
            answers.append(
                (
                    best_insertion(kernel.data, kernel.rows, state, int(job), int(ANY_START), int(INFINITE), random),
                    random[0],
                )
            )
        assert answers[0] == answers[1]
