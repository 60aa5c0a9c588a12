"""The answer of a peer as a Plan: its order of work, our schedule, our break, and whatever then fits.

A route that cannot be driven as the peer left it (its tool knows no breaks, or no work without a place) gives up
work: stops are put back from the dearest to leave out down to the cheapest, in the peer's order, while the route can be
driven. Then our own cheapest insertion fills in, wherever it fits, whatever the peer or this translation left out: a
help that no peer asked for, so that nothing is held against a tool that only the translation lost.
"""

from __future__ import annotations

from dataclasses import dataclass

from optimiser.domain.objective import weigh
from optimiser.domain.plan import BREAK, Plan, Route
from optimiser.search.decode import decode, decode_stops
from optimiser.search.encode_duties import roster_of
from optimiser.search.evaluate import count_terms
from optimiser.search.improve import new_island
from optimiser.search.kernel.data import (
    FIRST_WINDOW,
    JOB_PENALTY,
    JOB_UNIT,
    MOST_STOPS,
    PLACED_SLOT,
    ROUTE_COST,
    ROUTE_COUNT,
    SLOTS,
    STANDBY_SLOT,
    WINDOW_HIGH,
    WINDOW_LOW,
    Data,
    State,
    copy_state,
)
from optimiser.search.kernel.labels import refresh
from optimiser.search.kernel.route import UNDRIVABLE
from optimiser.search.kernel.rows import row_violations
from optimiser.search.start import clear_broken_routes, place_routes
from optimiser.search.students import add_students
from optimiser.studies.peers.parts import Answer, Shared

Stops = list[tuple[int, int, int]]


@dataclass(frozen=True)
class PeerResult:
    """The plan, and of how many jobs (second nurses counted apart): ``left_out`` by the peer, ``lost`` in translation
    and ``put_back`` by our insertion."""

    plan: Plan
    left_out: int
    lost: int
    put_back: int


def decode_answer(shared: Shared, answer: Answer, seed: int) -> PeerResult:
    """The plan of an answer with its claims, judged by the evaluator that all plans have."""
    problem, data, state, trial = shared.problem, shared.data, copy_state(shared.state), copy_state(shared.state)
    routes = {slot: _drivable(data, trial, slot, stops[:MOST_STOPS]) for slot, stops in answer.items()}
    skeleton = decode(problem, roster_of(problem, state), data, state)
    place_routes(problem, data, state, _with_routes(shared, trial, skeleton, routes), frozenset())
    clear_broken_routes(data, shared.rows, state)
    placed = _placed(state)
    state = new_island(data, shared.rows, state, seed).state
    filled = _placed(state)
    add_students(problem, data, shared.rows, shared.duties, state, _students(shared))
    clear_broken_routes(data, shared.rows, state)
    served = sum(len(stops) for stops in answer.values())
    return PeerResult(_plan(shared, state, seed), len(problem.jobs) - served, served - placed, filled - placed)


def _placed(state: State) -> int:
    return int((state.job[:, PLACED_SLOT] >= 0).sum())


def _plan(shared: Shared, state: State, seed: int) -> Plan:
    problem, data = shared.problem, shared.data
    plan = decode(problem, roster_of(problem, state), data, state)
    counts = count_terms(problem, plan)
    hard = sum(row_violations(data, shared.rows, state, nurse) for nurse in range(len(problem.instance.nurses)))
    return plan.model_copy(
        update={
            "seed": seed,
            "objective": weigh(counts, problem.instance.weights, int(hard)),
            "objective_terms": counts,
        }
    )


def _students(shared: Shared) -> frozenset[tuple[int, int, int]]:
    """The duties of students in the plan."""
    problem = shared.problem
    day = problem.instance.clock.day_number
    return frozenset(
        (problem.nurse_number[duty.nurse], day(duty.day), problem.kind_number[duty.kind])
        for duty in shared.plan.duties
        if duty.follows
    )


def _drivable(data: Data, state: State, slot: int, stops: Stops) -> Stops:
    """The stops that the route can hold."""
    if _can_drive(data, state, slot, stops):
        return stops
    kept: list[int] = []
    for position in sorted(range(len(stops)), key=lambda each: (-_price(data, stops[each][0]), each)):
        trial = sorted([*kept, position])
        if _can_drive(data, state, slot, [stops[each] for each in trial]):
            kept = trial
    return [stops[each] for each in kept]


def _price(data: Data, job: int) -> int:
    unit = int(data.job[job, JOB_UNIT])
    return int(data.job[data.unit_jobs[data.unit_from[unit] : data.unit_from[unit + 1]], JOB_PENALTY].max())


def _can_drive(data: Data, state: State, slot: int, stops: Stops) -> bool:
    """Whether a route of these stops can be driven; it is left in ``state``, which is a place to try things."""
    for position, (job, low, high) in enumerate(stops):
        state.stops[slot, position] = job
        state.job[job] = (slot, low, high, _window(data, job, low))
    state.route[slot, ROUTE_COUNT] = len(stops)
    refresh(data, state, slot)
    return bool(state.route[slot, ROUTE_COST] < UNDRIVABLE)


def _window(data: Data, job: int, start: int) -> int:
    for window in range(int(data.job[job, FIRST_WINDOW]), int(data.job[job + 1, FIRST_WINDOW])):
        if data.window[window, WINDOW_LOW] <= start <= data.window[window, WINDOW_HIGH]:
            return window
    return int(data.job[job, FIRST_WINDOW])


def _with_routes(shared: Shared, trial: State, skeleton: Plan, routes: Answer) -> Plan:
    """The skeleton's duties with their stops and times."""
    problem, data = shared.problem, shared.data
    duties = []
    for duty in skeleton.duties:
        nurse, day = problem.nurse_number[duty.nurse], problem.instance.clock.day_number(duty.day)
        first = (nurse * data.days + day) * SLOTS
        slots = [first + STANDBY_SLOT] if duty.lane == "standby" else [first, first + 1]
        made = []
        for segment, slot in enumerate(slots):
            stops = routes.get(slot)
            if stops and _can_drive(data, trial, slot, stops):
                timed = tuple(stop for stop in decode_stops(problem, data, trial, slot) if stop.what != BREAK)
                made.append(Route(segment=segment, stops=timed))
        duties.append(duty.model_copy(update={"routes": tuple(made)}))
    return skeleton.model_copy(update={"duties": tuple(duties)})
