"""The legs of a route: from the start place over the stops to the end place, with minutes and metres of travel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from optimiser.domain.instance import Instance
from optimiser.domain.place import Mode
from optimiser.domain.plan import BREAK, Duty, Plan, Route, Stop
from optimiser.domain.travel_matrix import Slice, TravelMatrix, day_part_of


@dataclass(frozen=True)
class Leg:
    """One piece of travel (minutes, metres) between two place ids.

    ``kind`` tells a home leg from one between stops; ``inside`` are the minutes of it that lie inside the duty: all
    of them between stops, of a home leg what is above the organisation's free home leg.
    """

    kind: Literal["home_out", "between", "home_back"]
    origin: str
    destination: str
    minutes: int
    metres: int
    inside: int


@dataclass(frozen=True)
class JourneyEnds:
    """Where and how a nurse travels on one date."""

    start_place: str
    end_place: str
    mode: Mode


def journey_ends(instance: Instance, nurse: str, day: date) -> JourneyEnds:
    """Start place, end place and mode of a nurse on a date: her own, unless ``availability`` of kind travel says so."""
    person = instance.nurse_by_id[nurse]
    start, end, mode = person.start_place or person.home, person.end_place or person.home, person.mode
    for row in instance.availability:
        if row.nurse == nurse and row.kind == "travel" and row.first <= day <= row.last:
            start, end, mode = row.start_place or start, row.end_place or end, row.mode or mode
    return JourneyEnds(start, end, mode)


def place_of(instance: Instance, stop: Stop) -> str | None:
    """The place of a stop; None for a break and for a task that is done where the nurse happens to be."""
    if stop.what == "visit":
        return instance.client_by_id[instance.visit_by_id[stop.id].client].place
    return instance.task_by_id[stop.id].place if stop.what == "task" else None


def travel_slice(instance: Instance, travel: TravelMatrix, duty: Duty) -> Slice:
    """The slice of the travel matrix that holds for a duty: mode of that date, day part of the kind's category."""
    part = day_part_of(instance.kind_by_id[duty.kind].category)
    return journey_ends(instance, duty.nurse, duty.day).mode, travel.part(part, duty.day, duty.nurse)


def route_legs(instance: Instance, travel: TravelMatrix, duty: Duty, route: Route) -> tuple[Leg, ...]:
    """The legs of one route: one before each stop that is not a break (the first one is the home leg), and the last
    leg home. Empty for a route without such stops. Raises ``KeyError`` on a place the matrix does not hold."""
    stops = [stop for stop in route.stops if stop.what != BREAK]
    if not stops:
        return ()
    ends = journey_ends(instance, duty.nurse, duty.day)
    free = instance.organisation_by_id[instance.nurse_by_id[duty.nurse].organisation].free_home_leg
    legs: list[Leg] = []
    here = ends.start_place
    for number, stop in enumerate(stops):
        there = place_of(instance, stop) or here
        kind: Literal["home_out", "between"] = "home_out" if number == 0 else "between"
        legs.append(_leg(instance, travel, duty, kind, here, there, free))
        here = there
    legs.append(_leg(instance, travel, duty, "home_back", here, ends.end_place, free))
    return tuple(legs)


def plan_ways(instance: Instance, travel: TravelMatrix, plan: Plan) -> set[tuple[str, str, Mode]]:
    """All ways that the routes of ``plan`` take, home legs included: (from place, to place, mode)."""
    return {
        (leg.origin, leg.destination, journey_ends(instance, duty.nurse, duty.day).mode)
        for duty in plan.duties
        for route in duty.routes
        for leg in route_legs(instance, travel, duty, route)
        if leg.origin != leg.destination
    }


def _leg(
    instance: Instance,
    travel: TravelMatrix,
    duty: Duty,
    kind: Literal["home_out", "between", "home_back"],
    origin: str,
    destination: str,
    free: int,
) -> Leg:
    number = _index(travel)
    part = travel_slice(instance, travel, duty)
    row, column = number[origin], number[destination]
    minutes = int(travel.minutes[part][row, column])
    metres = int(travel.metres[part][row, column])
    inside = minutes if kind == "between" else max(0, minutes - free)
    return Leg(kind, origin, destination, minutes, metres, inside)


@lru_cache(maxsize=4)
def _index_of(places: tuple[str, ...]) -> dict[str, int]:
    return {place: number for number, place in enumerate(places)}


def _index(travel: TravelMatrix) -> dict[str, int]:
    return _index_of(travel.places)
