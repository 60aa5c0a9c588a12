"""The legs of a route: from the start place past every stop to the end place."""

from __future__ import annotations

from dataclasses import dataclass

from optimiser.check.case import Case
from optimiser.domain.place import Mode
from optimiser.domain.plan import BREAK, Duty, Route, Stop
from optimiser.domain.travel_matrix import day_part_of


@dataclass(frozen=True)
class Leg:
    """Travel between two stops; ``before`` None is the start place, ``after`` None the end place.

    ``break_minutes`` is the length of the breaks listed between the two. ``metres`` is directed, as ``minutes``.
    """

    before: Stop | None
    after: Stop | None
    minutes: int
    metres: int
    break_minutes: int


def ends_and_mode(case: Case, duty: Duty) -> tuple[str, str, Mode]:
    """Start place, end place and mode of a nurse on the date of a duty."""
    nurse = case.nurse_of(duty)
    start, end, mode = nurse.start_place or nurse.home, nurse.end_place or nurse.home, nurse.mode
    for row in case.availability_of.get(nurse.id, ()):
        if row.kind == "travel" and row.first <= duty.day <= row.last:
            start, end, mode = row.start_place or start, row.end_place or end, row.mode or mode
    return start, end, mode


def legs(case: Case, duty: Duty, route: Route) -> tuple[Leg, ...]:
    """The legs in order; none when the route has no stop but breaks. Work without a place needs no travel to it."""
    place, end, mode = ends_and_mode(case, duty)
    part = (mode, case.travel.part(day_part_of(case.kind_of(duty).category), duty.day, duty.nurse))
    if part not in case.travel.minutes:
        # The matrix holds the day parts of kinds that carry a route; of another kind only routes.carries speaks.
        return ()
    minutes, metres, index = case.travel.minutes[part], case.travel.metres[part], case.place_index
    result: list[Leg] = []
    before: Stop | None = None
    resting = 0
    for stop in route.stops:
        if stop.what == BREAK:
            resting += stop.end - stop.start
            continue
        there = case.place_of(stop)
        if there is None:
            result.append(Leg(before, stop, 0, 0, resting))
        else:
            pair = index[place], index[there]
            result.append(Leg(before, stop, int(minutes[pair]), int(metres[pair]), resting))
            place = there
        before, resting = stop, 0
    if before is not None:
        pair = index[place], index[end]
        result.append(Leg(before, None, int(minutes[pair]), int(metres[pair]), resting))
    return tuple(result)
