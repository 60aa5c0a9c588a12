"""OSRM in this process, over the graphs of ``travel build``."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.place import Mode
from optimiser.domain.road_lines import Point
from optimiser.errors import Fault, InputError
from optimiser.texts import Language, text
from optimiser.travel.roads import GRAPH, MANIFEST, RoadGraph, read_graphs

Matrix = NDArray[np.float64]
BLOCK = 250
"""Rows of a table that are asked for at once: bounds the memory of an answer."""


class RoadTable(NamedTuple):
    """``seconds`` (free flow) and ``metres`` of the ways between n points, n x n and directed, NaN where no way leads;
    ``to_road``: metres from each point to the road where its ways begin. OSRM takes any distance for granted."""

    seconds: Matrix
    metres: Matrix
    to_road: Matrix


class Roads:
    """The graphs of a folder, by mode; each is opened when first asked for."""

    def __init__(self, folder: Path, language: Language = "en") -> None:
        """Raises ``InputError`` as ``read_graphs`` does."""
        self.folder = folder
        self.language = language
        self.graphs: dict[Mode, RoadGraph] = read_graphs(folder, language)
        self._engines: dict[Mode, Any] = {}

    def engine(self, mode: Mode) -> Any:
        """The engine of a mode that has a graph. Raises ``InputError`` when its files are damaged."""
        if mode not in self._engines:
            import osrm

            try:
                path = str(self.folder / mode / GRAPH)
                self._engines[mode] = osrm.OSRM(storage_config=path, algorithm="CH", use_shared_memory=False)
            except RuntimeError as error:
                expected = text("travel.expected.manifest", self.language)
                raise InputError(
                    [Fault(f"{self.folder.name}/{mode}/{MANIFEST}", 0, "", expected, str(error))]
                ) from None
        return self._engines[mode]

    def table(self, mode: Mode, points: list[Point]) -> RoadTable:
        """The ways from each point to each other. Equal points are asked for once."""
        import osrm

        engine = self.engine(mode)
        distinct = list(dict.fromkeys(points))
        if len(distinct) == 1:
            distinct *= 2  # OSRM knows no table of one point
        places = [(longitude, latitude) for latitude, longitude in distinct]
        seconds = np.empty((len(places), len(places)))
        metres = np.empty_like(seconds)
        to_road = np.empty(len(places))
        for first in range(0, len(places), BLOCK):
            block = list(range(first, min(first + BLOCK, len(places))))
            parameters = osrm.TableParameters(
                coordinates=places, sources=block, annotations=["duration", "distance"], generate_hints=False
            )
            answer = engine.Table(parameters)
            seconds[block] = [list(row) for row in answer["durations"]]
            metres[block] = [list(row) for row in answer["distances"]]
            to_road[block] = [each["distance"] for each in answer["sources"]]
        index = {point: number for number, point in enumerate(distinct)}
        order = [index[point] for point in points]
        square = np.ix_(order, order)
        return RoadTable(seconds[square], metres[square], to_road[order])

    def line(self, mode: Mode, start: Point, end: Point, farthest: float) -> tuple[Point, ...]:
        """The way from one point to another, simplified, five decimals (a metre); empty where no way leads, or where
        a point lies more than ``farthest`` metres from a road."""
        import osrm

        parameters = osrm.RouteParameters(
            coordinates=[(start[1], start[0]), (end[1], end[0])],
            radiuses=[farthest, farthest],
            geometries="geojson",
            overview="simplified",
            generate_hints=False,
        )
        engine = self.engine(mode)
        try:
            answer = engine.Route(parameters)
        except RuntimeError:
            return ()
        way = answer["routes"][0]["geometry"]["coordinates"]
        return tuple((round(latitude, 5), round(longitude, 5)) for longitude, latitude in way)
