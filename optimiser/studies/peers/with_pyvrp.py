"""PyVRP: time windows, who may serve whom at which price, all waiting priced.

What it lacks, and what is done: it knows no breaks, so each route gets a client of its own as its break, reached at
once and left by the typical way to the next stop; it knows no ties, so tied work comes in narrow windows
(``windows.py``), and a unit of which one member is left out is taken out as a whole afterwards; work without a place
has a typical way (``matrices.py``).
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from optimiser.search.kernel.data import SLOT_BREAK, SLOT_BREAK_HIGH, SLOT_BREAK_LOW, SLOT_CLOSE, SLOT_OPEN
from optimiser.studies.peers.matrices import NEVER, Table, matrices
from optimiser.studies.peers.parts import Answer, Part, Shared

BREAK_PRIZE, OUTER_BREAK = 3000, 15
"""A missed break weighs like uncovered work; one at the ends of a route like some waiting."""


def solve_part(part: Part, shared: Shared, seconds: float, seed: int) -> Answer:
    """Routes of one day by its iterated local search."""
    import pyvrp

    deadline = time.process_time() + seconds
    rows = shared.state.slot[list(part.vehicles)]
    paused = [vehicle for vehicle, row in enumerate(rows) if row[SLOT_BREAK]]
    count, fleet = len(part.work), len(part.vehicles)
    works = [
        pyvrp.Client(
            node, service_duration=work.minutes, tw_early=work.low, tw_late=work.high,
            prize=work.penalty + work.minutes, required=False,
        )
        for node, work in enumerate(part.work)
    ]  # fmt: skip
    breaks = [
        pyvrp.Client(
            count + 2 * fleet + number, service_duration=int(rows[vehicle, SLOT_BREAK]),
            tw_early=int(rows[vehicle, SLOT_BREAK_LOW]), tw_late=int(rows[vehicle, SLOT_BREAK_HIGH]),
            prize=BREAK_PRIZE, required=False,
        )
        for number, vehicle in enumerate(paused)
    ]  # fmt: skip
    tables: list[tuple[Any, Any]] = [_tables(part, shared, vehicle, paused) for vehicle in range(fleet)]
    data = pyvrp.ProblemData(
        locations=[pyvrp.Location(0, 0) for _ in range(count + 2 * fleet + len(paused))],
        clients=[*works, *breaks],
        depots=[pyvrp.Depot(count + node) for node in range(2 * fleet)],
        vehicle_types=[
            pyvrp.VehicleType(
                start_depot=2 * vehicle, end_depot=2 * vehicle + 1, tw_early=int(row[SLOT_OPEN]),
                tw_late=int(row[SLOT_CLOSE]), unit_distance_cost=1, unit_duration_cost=1, profile=vehicle,
            )
            for vehicle, row in enumerate(rows)
        ],
        distance_matrices=[cost for cost, _ in tables],
        duration_matrices=[minutes for _, minutes in tables],
    )  # fmt: skip
    found = pyvrp.solve(
        data, stop=lambda _: time.process_time() > deadline, seed=seed, collect_stats=False, display=False
    )
    answer: Answer = {}
    for route in found.best.routes():
        order = [each.idx for each in route if each.is_client() and each.idx < count]
        if order:
            works_of = [part.work[node] for node in order]
            answer[part.vehicles[route.vehicle_type()]] = [(work.job, work.low, work.high) for work in works_of]
    return answer


def _tables(part: Part, shared: Shared, vehicle: int, paused: list[int]) -> tuple[Table, Table]:
    """(distance, duration) of one route with the breaks as further nodes.

    Duration costs 1 a minute, so that waiting is priced; distance holds what the objective asks beside the minutes.
    """
    plain = matrices(part, shared, vehicle)
    count, size = len(part.work), len(plain.minutes)
    minutes = np.zeros((size + len(paused),) * 2, dtype=np.int64)
    cost = minutes.copy()
    minutes[:size, :size] = plain.minutes
    cost[:size, :size] = np.maximum(0, plain.cost - plain.minutes)
    minutes[size:, :count] = plain.typical + shared.data.slack
    cost[:, size:] = NEVER
    if vehicle in paused:
        mine, start = size + paused.index(vehicle), count + 2 * vehicle
        cost[:, mine] = 0
        cost[start, mine] = cost[mine, start + 1] = OUTER_BREAK
    np.fill_diagonal(cost, 0)
    np.fill_diagonal(minutes, 0)
    return cost, minutes
