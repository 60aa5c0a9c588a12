"""Ways along roads, for drawing."""

from __future__ import annotations

from collections.abc import Mapping

from optimiser.domain.place import Mode

Point = tuple[float, float]
"""Latitude and longitude in WGS84 degrees."""

RoadLines = Mapping[tuple[str, str, Mode], tuple[Point, ...]]
"""(from place, to place, mode) -> the points of the way, first and last included. What is absent is drawn straight."""
