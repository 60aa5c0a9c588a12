"""VROOM: time windows, who may serve whom at which price (as skills), breaks, urgent work first.

What it lacks, and what is done: it knows no ties, so tied work comes in narrow windows (``windows.py``), and a unit of
which one member is left out is taken out as a whole afterwards; it has no price for waiting; it prefers more work by
ten grades of urgency, not by our weights; work without a place has a typical way (``matrices.py``). It stops by itself
at its deepest exploration: what time is left goes to further runs on shuffled input, and the best of them counts. It
looks at the wall clock only, so that on a busy machine it is given more of it.
"""

from __future__ import annotations

import random
import time
from datetime import timedelta
from typing import Any

import numpy as np

from optimiser.domain.problem import FORBIDDEN
from optimiser.search.kernel.data import SLOT_BREAK, SLOT_BREAK_HIGH, SLOT_BREAK_LOW, SLOT_CLOSE, SLOT_OPEN
from optimiser.studies.peers.matrices import NEVER, Matrices, matrices
from optimiser.studies.peers.parts import Answer, Part, Shared

DEEPEST = 5
MOST_URGENT = 100


def solve_part(part: Part, shared: Shared, seconds: float, seed: int) -> Answer:
    """Routes of one day: the best of as many runs as the time allows."""
    deadline = time.process_time() + seconds
    mixer = random.Random(seed)
    tables = [matrices(part, shared, vehicle) for vehicle in range(len(part.vehicles))]
    best: tuple[int, Answer] | None = None
    while best is None or time.process_time() < deadline:
        began = time.process_time()
        found = _run(part, shared, tables, mixer, shared.wall_for(max(0.05, deadline - began)))
        if best is None or found[0] < best[0]:
            best = found
        if time.process_time() + (time.process_time() - began) / 2 > deadline:
            break
    return best[1]


def _run(
    part: Part, shared: Shared, tables: list[Matrices], mixer: random.Random, seconds: float
) -> tuple[int, Answer]:
    """One run: its cost with what is left out, and the routes."""
    import vroom

    model = vroom.Input()
    for vehicle, table in enumerate(tables):
        model.set_durations_matrix(f"route {vehicle}", table.minutes)
        model.set_costs_matrix(f"route {vehicle}", np.where(table.cost >= NEVER, 0, table.cost))
    order = list(range(len(part.work)))
    mixer.shuffle(order)
    for node in order:
        work = part.work[node]
        model.add_job(
            vroom.Job(
                node + 1, location=node, default_service=work.minutes, skills={node + 1},
                priority=min(MOST_URGENT, work.penalty * 10 // 1000),
                time_windows=[vroom.TimeWindow(work.low, work.high)],
            )
        )  # fmt: skip
    for vehicle in mixer.sample(range(len(part.vehicles)), len(part.vehicles)):
        model.add_vehicle(_vehicle(part, shared, vehicle))
    found = model.solve(exploration_level=DEEPEST, nb_threads=1, timeout=timedelta(seconds=seconds))
    answer: Answer = {}
    for step in found.to_dict()["routes"]:
        stops = [part.work[each["id"] - 1] for each in step["steps"] if each["type"] == "job"]
        if stops:
            answer[part.vehicles[step["vehicle"]]] = [(work.job, work.low, work.high) for work in stops]
    done = {job for stops in answer.values() for job, _, _ in stops}
    left = sum(work.penalty for work in part.work if work.job not in done)
    return int(found.summary.cost) + left, answer


def _vehicle(part: Part, shared: Shared, vehicle: int) -> Any:
    """One route with its hours, its break, and the work it may do."""
    import vroom

    row, start = shared.state.slot[part.vehicles[vehicle]], len(part.work) + 2 * vehicle
    pause = vroom.TimeWindow(int(row[SLOT_BREAK_LOW]), int(row[SLOT_BREAK_HIGH]))
    breaks = [vroom.Break(vehicle + 1, time_windows=[pause], service=int(row[SLOT_BREAK]))] if row[SLOT_BREAK] else []
    return vroom.Vehicle(
        vehicle, start=start, end=start + 1, profile=f"route {vehicle}", breaks=breaks,
        skills={int(node) + 1 for node in np.flatnonzero(part.serve[vehicle] != FORBIDDEN)},
        time_window=vroom.TimeWindow(int(row[SLOT_OPEN]), int(row[SLOT_CLOSE])),
    )  # fmt: skip
