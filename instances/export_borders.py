"""Borders of districts as RFC 7946 wants them: five decimals, closed rings, outer ones against the clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

CODE_FIELDS = ("code", "buurtcode", "wijkcode", "wijk_code", "statcode")
DECIMALS = 5
Ring = list[list[float]]


def borders_by_code(borders: Mapping[str, Any] | None) -> dict[str, dict[str, Any]]:
    """District code -> polygon or multipolygon, from a feature collection as ``instances.borders`` reads it; features
    without a code or with rings that vanish by the rounding are left out."""
    shapes: dict[str, dict[str, Any]] = {}
    for feature in (borders or {}).get("features", ()):
        properties = feature.get("properties") or {}
        code = next((str(properties[name]) for name in CODE_FIELDS if properties.get(name)), "")
        geometry = feature["geometry"]
        whole = geometry["type"] == "Polygon"
        polygons = [geometry["coordinates"]] if whole else geometry["coordinates"]
        turned = [made for each in polygons if (made := _polygon(each))]
        if code and turned:
            shapes[code] = {
                "type": "Polygon" if whole else "MultiPolygon", "coordinates": turned[0] if whole else turned,
            }  # fmt: skip
    return shapes


def _polygon(rings: Sequence[Sequence[Sequence[float]]]) -> list[Ring]:
    """Its rings in the right direction; empty when the outer one vanishes."""
    cut = [_cut(each) for each in rings]
    if not cut or not cut[0]:
        return []
    return [_turned(ring, outer=number == 0) for number, ring in enumerate(cut) if ring]


def _cut(ring: Sequence[Sequence[float]]) -> Ring:
    """Rounded, closed, without a position twice in a row; empty with fewer than four positions."""
    kept: Ring = []
    for each in (*ring, ring[0]):
        position = [round(float(each[0]), DECIMALS), round(float(each[1]), DECIMALS)]
        if not kept or position != kept[-1]:
            kept.append(position)
    return kept if len(kept) >= 4 else []


def _turned(ring: Ring, outer: bool) -> Ring:
    """Against the clock when ``outer``, else with it: twice the area by the shoelace is positive against the clock."""
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:], strict=False))
    return ring if (twice > 0) == outer else ring[::-1]
