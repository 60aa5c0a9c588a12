"""The lines of a route on a map: along the roads where a way is known, else straight."""

from __future__ import annotations

from typing import NamedTuple

from maps.itinerary import Itinerary
from optimiser.domain.place import Mode
from optimiser.domain.road_lines import Point, RoadLines

End = tuple[str, Point | None]
"""A place id, and where it lies."""


class Ways(NamedTuple):
    """What to draw of one route. Each way is a list of (latitude, longitude) from door to door, at least two points.

    ``between``: the ways between stops, in order. ``home``: the ways from where she starts to a first stop and from a
    last stop to where she ends (twice each in a split shift); empty where those are not hers to see.
    ``along_roads``: whether any way follows a road; the page then says whose roads they are (``map.roads.source``).
    """

    between: list[list[Point]]
    home: list[list[Point]]
    along_roads: bool


def ways(route: Itinerary, roads: RoadLines | None, mode: Mode) -> Ways:
    """The ways of ``route`` by ``mode``; straight where ``roads`` is None or does not hold a way.

    Stops at one point have no way between them. A way to an end of the day that lies elsewhere than its start is
    drawn when ``roads`` holds it: the route does not know the point.
    """
    between: list[list[Point]] = []
    home: list[list[Point]] = []
    found = 0
    for target, start, end in [(between, *pair) for pair in _between(route)] + [(home, *pair) for pair in _home(route)]:
        road = (roads or {}).get((start[0], end[0], mode))
        # the doors lie beside the road: the line begins and ends at them
        line = [each for each in (start[1], *(road or ()), end[1]) if each is not None]
        if start[1] != end[1] and len(line) > 1:
            target.append(line)
            found += road is not None
    return Ways(between, home, found > 0)


def _halves(route: Itinerary) -> list[list[End]]:
    """The stops with a point, for each segment of the duty."""
    halves: list[list[End]] = [[]]
    for line in route.lines:
        if line.home_leg and halves[-1]:
            halves.append([])
        if line.latitude is not None and line.longitude is not None:
            halves[-1].append((line.place, (line.latitude, line.longitude)))
    return [half for half in halves if half]


def _between(route: Itinerary) -> list[tuple[End, End]]:
    return [pair for half in _halves(route) for pair in zip(half, half[1:], strict=False)]


def _home(route: Itinerary) -> list[tuple[End, End]]:
    if route.home is None:
        return []
    start: End = (route.start_place, route.home)
    end: End = (route.end_place, route.home if route.end_place == route.start_place else None)
    return [pair for half in _halves(route) for pair in ((start, half[0]), (half[-1], end))]
