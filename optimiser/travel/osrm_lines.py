"""Ways along roads, for drawing."""

from __future__ import annotations

from collections.abc import Iterable

from optimiser.domain.instance import Instance
from optimiser.domain.place import Mode
from optimiser.domain.road_lines import Point, RoadLines
from optimiser.travel.osrm_engine import Roads
from optimiser.travel.osrm_matrix import FARTHEST_METRES


def road_lines(roads: Roads, instance: Instance, ways: Iterable[tuple[str, str, Mode]]) -> RoadLines:
    """The lines of ``ways``: (from place, to place, mode); ``optimiser.report.legs.plan_ways`` gives those of a plan.

    Left out, and so drawn straight: walking, modes without a graph, ways at one point, and ways that no road leads
    along or that begin or end more than 500 m from one. Simplified, five decimals, so that a page stays small.
    """
    lines: dict[tuple[str, str, Mode], tuple[Point, ...]] = {}
    for origin, destination, mode in sorted(set(ways)):
        start, end = (_point(instance, place) for place in (origin, destination))
        if mode in roads.graphs and start != end:
            line = roads.line(mode, start, end, FARTHEST_METRES)
            if line:
                lines[origin, destination, mode] = line
    return lines


def _point(instance: Instance, place: str) -> Point:
    found = instance.place_by_id[place]
    return found.latitude, found.longitude
