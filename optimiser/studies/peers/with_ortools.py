"""OR-Tools routing: time windows, who may serve whom, breaks, and ties in time within a day.

What it lacks, and what is done: the activity of two nodes must not be tied (it then finds no first solution), so ties
bind times only, and a unit of which one member is left out is taken out as a whole afterwards; a break may lie before
the first stop or after the last, where ours may not; waiting is priced from the first minute, ours above a free limit;
work without a place has a typical way (``matrices.py``). Ties between two days are kept by narrow windows
(``windows.py``); in the peer ``ortools-fixed`` all ties are.
"""

from __future__ import annotations

import time
import warnings
from typing import Any

import numpy as np

from optimiser.domain.problem import FORBIDDEN
from optimiser.search.kernel.data import SLOT_BREAK, SLOT_BREAK_HIGH, SLOT_BREAK_LOW, SLOT_CLOSE, SLOT_OPEN
from optimiser.studies.peers.matrices import NEVER, matrices
from optimiser.studies.peers.parts import Answer, Part, Shared

WALL_FACTOR = 5
"""The wall clock stops a run at so many times its processor time, where the machine is busy."""


def solve_part(part: Part, shared: Shared, seconds: float, seed: int) -> Answer:
    """Routes of one day; guided local search from the cheapest parallel insertion. It has no seed: the order of the
    work is shuffled instead."""
    deadline = time.process_time() + seconds
    with warnings.catch_warnings():
        # its generated module speaks to Python in a way that Python will drop
        warnings.simplefilter("ignore", DeprecationWarning)
        from ortools.constraint_solver import pywrapcp, routing_enums_pb2
    count, fleet = len(part.work), len(part.vehicles)
    starts = [count + 2 * vehicle for vehicle in range(fleet)]
    manager = pywrapcp.RoutingIndexManager(count + 2 * fleet, fleet, starts, [start + 1 for start in starts])
    routing = pywrapcp.RoutingModel(manager)
    clock = _ways(part, shared, routing)
    _windows(part, shared, manager, routing, clock)
    _breaks(part, shared, manager, routing, clock)
    solver = routing.solver()
    for first, second, low, high in part.ties:
        gap = clock.CumulVar(manager.NodeToIndex(second)) - clock.CumulVar(manager.NodeToIndex(first))
        solver.Add(gap >= low)
        solver.Add(gap <= high)
    settings = pywrapcp.DefaultRoutingSearchParameters()
    settings.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    settings.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    settings.time_limit.FromMilliseconds(int(1000 * WALL_FACTOR * seconds))
    routing.AddSearchMonitor(solver.CustomLimit(lambda: time.process_time() > deadline))
    found = routing.SolveWithParameters(settings)
    return {} if found is None else _answer(part, manager, routing, clock, found)


def _ways(part: Part, shared: Shared, routing: Any) -> Any:
    """Costs and the clock of each route; returns the dimension of the clock."""
    service = np.array([each.minutes for each in part.work], dtype=np.int64)
    transits = []
    for vehicle in range(len(part.vehicles)):
        tables = matrices(part, shared, vehicle)
        routing.SetArcCostEvaluatorOfVehicle(
            routing.RegisterTransitMatrix(np.minimum(tables.cost, NEVER).tolist()), vehicle
        )
        minutes = tables.minutes
        minutes[: len(service)] += service[:, None]
        transits.append(routing.RegisterTransitMatrix(minutes.tolist()))
    latest = int(max(shared.state.slot[slot, SLOT_CLOSE] for slot in part.vehicles))
    routing.AddDimensionWithVehicleTransits(transits, latest, latest, False, "clock")
    clock = routing.GetDimensionOrDie("clock")
    if shared.data.weight_waiting:
        clock.SetSlackCostCoefficientForAllVehicles(shared.data.weight_waiting)
    return clock


def _windows(part: Part, shared: Shared, manager: Any, routing: Any, clock: Any) -> None:
    """Hours of routes, windows of work, who may serve it, and what leaving it out costs."""
    for vehicle, slot in enumerate(part.vehicles):
        row = shared.state.slot[slot]
        for index in (routing.Start(vehicle), routing.End(vehicle)):
            clock.CumulVar(index).SetRange(int(row[SLOT_OPEN]), int(row[SLOT_CLOSE]))
    for node, work in enumerate(part.work):
        index = manager.NodeToIndex(node)
        clock.CumulVar(index).SetRange(work.low, work.high)
        able = [int(vehicle) for vehicle in np.flatnonzero(part.serve[:, node] != FORBIDDEN)]
        # SetAllowedVehiclesForIndex is broken in OR-Tools 9.15 for Python
        routing.VehicleVar(index).SetValues([-1, *able])
        routing.AddDisjunction([index], work.penalty)


def _breaks(part: Part, shared: Shared, manager: Any, routing: Any, clock: Any) -> None:
    """A break of each route in its window; it may interrupt the way, never the service."""
    service = [0] * routing.Size()
    for node, work in enumerate(part.work):
        service[manager.NodeToIndex(node)] = work.minutes
    for vehicle, slot in enumerate(part.vehicles):
        row = shared.state.slot[slot]
        if row[SLOT_BREAK]:
            low, high, length = int(row[SLOT_BREAK_LOW]), int(row[SLOT_BREAK_HIGH]), int(row[SLOT_BREAK])
            pause = routing.solver().FixedDurationIntervalVar(low, high, length, False, f"break {vehicle}")
            clock.SetBreakIntervalsOfVehicle([pause], vehicle, service)


def _answer(part: Part, manager: Any, routing: Any, clock: Any, found: Any) -> Answer:
    """Its order of work; members of a tie keep the start it gave them."""
    tied = {number for tie in part.ties for number in tie[:2]}
    answer: Answer = {}
    for vehicle, slot in enumerate(part.vehicles):
        stops = []
        index = found.Value(routing.NextVar(routing.Start(vehicle)))
        while not routing.IsEnd(index):
            node = manager.IndexToNode(index)
            work, start = part.work[node], found.Min(clock.CumulVar(index))
            stops.append((work.job, start, start) if node in tied else (work.job, work.low, work.high))
            index = found.Value(routing.NextVar(index))
        if stops:
            answer[slot] = stops
    return answer
