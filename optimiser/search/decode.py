"""A state of the kernel as a Plan in planners' words."""

from __future__ import annotations

import numpy as np

from optimiser.domain.duty import DutyStatus
from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.plan import BREAK, Duty, Plan, Route, Stop, Unserved
from optimiser.domain.problem import FORBIDDEN, Problem
from optimiser.search.encode import DutyKey
from optimiser.search.kernel.data import (
    INFINITE,
    MOST_STOPS,
    PLACED_HIGH,
    PLACED_LOW,
    PLACED_SLOT,
    ROUTE_COUNT,
    SLOT_BREAK,
    SLOT_BREAK_LOW,
    SLOTS,
    STANDBY_SLOT,
    Data,
    State,
)
from optimiser.search.kernel.route import after_break, legs_of, schedule


def decode_stops(problem: Problem, data: Data, state: State, slot: int) -> tuple[Stop, ...]:
    """The stops of one route with their times, the break among them."""
    count = int(state.route[slot, ROUTE_COUNT])
    if count == 0:
        return ()
    numbers = state.stops[slot]
    lows = np.array([state.job[job, PLACED_LOW] for job in numbers[:count]], dtype=np.int64)
    highs = np.array([state.job[job, PLACED_HIGH] for job in numbers[:count]], dtype=np.int64)
    starts = np.zeros(MOST_STOPS, dtype=np.int64)
    legs = np.zeros(MOST_STOPS + 1, dtype=np.int64)
    cost, _, gap = schedule(data, state, slot, numbers, count, lows, highs, starts)
    if cost >= INFINITE:
        raise ValueError(f"slot {slot} holds a route that cannot be driven")
    legs_of(data, state, slot, numbers, count, legs)
    stops: list[Stop] = []
    for position in range(count):
        job, start = problem.jobs[numbers[position]], int(starts[position])
        arrival = start
        if position:
            end = stops[-1].end
            arrival = end + data.slack + int(legs[position])
            if position == gap:
                pause = int(state.slot[slot, SLOT_BREAK])
                begin = max(end, int(state.slot[slot, SLOT_BREAK_LOW]))
                stops.append(Stop(what="break", id=BREAK, arrival=begin, start=begin, end=begin + pause))
                arrival = int(after_break(data, state, slot, end, int(legs[position])))
        stops.append(
            Stop(what=job.what, id=job.id, part=job.part, arrival=arrival, start=start, end=start + job.minutes)
        )
    return tuple(stops)


def decode(problem: Problem, duties: frozenset[DutyKey], data: Data, state: State) -> Plan:
    """The plan of a state, without its objective."""
    instance = problem.instance
    result: list[Duty] = []
    status: dict[DutyKey, DutyStatus] = {
        (problem.nurse_number[row.nurse], instance.clock.day_number(row.day), problem.kind_number[row.kind]): row.status
        for row in instance.duties_given
    }
    status |= {(nurse, day, kind): "published" for (nurse, day, _), kind in problem.pinned.items()}
    for nurse, day, kind in sorted(duties):
        each, person = instance.shift_kinds[kind], instance.nurses[nurse]
        bounds = segment_bounds(each, instance.clock, day)
        standby = each.lane == "standby"
        first = (nurse * instance.days + day) * SLOTS
        slots = [first + STANDBY_SLOT] if standby else [first + segment for segment in range(len(bounds))]
        routes = tuple(
            Route(segment=segment, stops=stops)
            for segment, slot in enumerate(slots)
            if (stops := decode_stops(problem, data, state, slot))
        )
        date = instance.clock.date_of(day)
        result.append(
            Duty(
                id=f"{person.id}/{date}/{each.lane}",
                nurse=person.id,
                kind=each.id,
                day=date,
                lane=each.lane,
                start=bounds[0][0],
                end=bounds[-1][1],
                organisation=person.organisation,
                status=status.get((nurse, day, kind), "free"),
                follows=person.companion if person.experience == "student" else None,
                routes=routes,
            )
        )
    return Plan(
        instance=instance.name,
        fingerprint=instance.fingerprint,
        row_hashes=instance.row_hashes,
        contract=problem.contract,
        duties=tuple(result),
        unserved=_unserved(problem, duties, state),
        overrides=instance.overrides,
    )


def _unserved(problem: Problem, duties: frozenset[DutyKey], state: State) -> tuple[Unserved, ...]:
    """What is left out, with the first reason that blocks it."""
    left: dict[str, Unserved] = {}
    for number, job in enumerate(problem.jobs):
        if state.job[number, PLACED_SLOT] >= 0 or job.id in left:
            continue
        table = problem.may_serve[number]
        able = {int(nurse) for nurse in np.flatnonzero((table != FORBIDDEN).any(axis=0))}
        if not able:
            left[job.id] = Unserved(id=job.id, reason="nobody_may_serve")
        elif not _on_duty(problem, duties, number, able):
            left[job.id] = Unserved(id=job.id, reason="nobody_on_duty")
        else:
            left[job.id] = Unserved(id=job.id, reason="no_room")
    return tuple(left.values())


def _on_duty(problem: Problem, duties: frozenset[DutyKey], number: int, able: set[int]) -> bool:
    """Whether anybody who may serve a job has a duty that meets one of its windows."""
    instance, job = problem.instance, problem.jobs[number]
    for nurse, day, kind in duties:
        if nurse in able and instance.shift_kinds[kind].carries_route:
            bounds = segment_bounds(instance.shift_kinds[kind], instance.clock, day)
            if any(bounds[0][0] <= high and low + job.minutes <= bounds[-1][1] for low, high, _ in job.windows):
                return True
    return False
