"""Remote second checks, once the duties stand."""

from __future__ import annotations

from optimiser.domain.problem import FORBIDDEN, Problem
from optimiser.search.decode import decode_stops
from optimiser.search.encode import encode, reachable
from optimiser.search.encode_duties import roster_of
from optimiser.search.kernel.data import PLACED_SLOT, PLACED_WINDOW, ROUTE_COST, SLOT_LOCKED, SLOTS, Data, State
from optimiser.search.kernel.route import UNDRIVABLE
from optimiser.search.start import take_unit


def settle_checks(problem: Problem, data: Data, state: State) -> Data:
    """Now that duties stand: work with a remote second check leaves places where nobody else has a duty then.

    The table that comes back closes windows that are not watched as a whole. Where a visit happens to be watched at its
    own time in such a window, its route keeps its stops.
    """
    roster = roster_of(problem, state)
    settled, watch = encode(problem, roster), reachable(problem, roster)

    def loose() -> list[int]:
        return [
            job for job in range(len(problem.jobs))
            if (slot := int(state.job[job, PLACED_SLOT])) >= 0
            and settled.may_serve[state.job[job, PLACED_WINDOW], slot // (data.days * SLOTS)] == FORBIDDEN
        ]  # fmt: skip

    while unseen := [job for job in loose() if not _seen(problem, data, state, watch, job)]:
        take_unit(data, state, unseen[0])
    for job in loose():
        state.slot[state.job[job, PLACED_SLOT], SLOT_LOCKED] = 1
    return settled


def _seen(problem: Problem, data: Data, state: State, watch: list[tuple[int, int, int]], job: int) -> bool:
    """Whether another experienced nurse has a duty during the whole visit."""
    slot = int(state.job[job, PLACED_SLOT])
    if state.route[slot, ROUTE_COST] >= UNDRIVABLE:
        return False
    key = (problem.jobs[job].id, problem.jobs[job].part)
    stop = next(each for each in decode_stops(problem, data, state, slot) if (each.id, each.part) == key)
    nurse = slot // (data.days * SLOTS)
    return any(other != nurse and low <= stop.start and stop.end <= high for other, low, high in watch)
