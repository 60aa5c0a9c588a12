"""Borders of districts out of official files: read, brought to metres (RD), mended, thinned, and back to degrees.

Needs the extra ``districts`` (pyogrio, pyproj, shapely).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from instances.district_file import data_only
from instances.sheets import Faults

RD, DEGREES = "EPSG:28992", "EPSG:4326"
DECIMALS = 5


def read_layer(path: Path, level: str, faults: Faults) -> tuple[list[dict[str, Any]], list[Any], str] | None:
    """(rows, shapes, coordinate system) of the layer of ``level`` in a GeoPackage or GeoJSON file; None, with a
    fault, when it is none or the libraries are not there. Shapes are in the file's own coordinates."""
    try:
        import pyogrio
        import pyogrio.raw
        import shapely
    except ImportError as error:
        faults.put(path.name, 0, "", faults.say("expected.districts_extra"), error.name or "ImportError")
        return None
    if path.suffix.lower() not in (".gpkg", ".geojson", ".json"):
        faults.put(path.name, 0, "", faults.say("expected.districts_file"), path.suffix or faults.say("got.nothing"))
        return None
    try:
        data = data_only(path)
        # of GeoJSON the one layer has no name of its own, so a layer is asked for by its number
        layers = {place: str(name) for place, (name, kind) in enumerate(pyogrio.list_layers(data)) if kind}
        chosen = [place for place, name in layers.items() if len(layers) == 1 or level in name.casefold()]
        if not chosen:
            there = ", ".join(layers.values())
            faults.put(path.name, 0, "", faults.say("expected.districts_layer", level=level), there)
            return None
        meta, _, shapes, columns = pyogrio.raw.read(data, layer=chosen[0], force_2d=True)
        drawn = [None if each is None else shapely.from_wkb(each, on_invalid="raise") for each in shapes]
    except (OSError, ValueError, RuntimeError, shapely.errors.ShapelyError) as error:  # pyogrio raises the third
        faults.put(path.name, 0, "", faults.say("expected.districts_file"), type(error).__name__)
        return None
    names = [str(each) for each in meta["fields"]]
    rows = [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)]
    return rows, drawn, str(meta["crs"] or "")


def in_metres(shapes: Sequence[Any], system: str, file: str, faults: Faults) -> list[Any] | None:
    """The shapes in RD metres; None, with a fault, when the file's system is neither RD nor degrees.

    Coordinates that cannot be degrees and lie in the square of RD are RD, whatever the file says: GeoJSON of some
    services leaves the system out.
    """
    import shapely

    drawn = [each for each in shapes if each is not None and not each.is_empty]
    if not drawn:
        faults.put(file, 0, "", faults.say("expected.districts_shapes"), faults.say("got.nothing"))
        return None
    west, south, east, north = shapely.total_bounds(drawn)
    if west > -8_000 and east < 301_000 and south > 280_000 and north < 637_000:
        return list(shapes)
    if not (west >= 2 and east <= 9 and south >= 49 and north <= 55):
        seen = f"{system or '?'} {west:.5g} {south:.5g} {east:.5g} {north:.5g}"
        faults.put(file, 0, "", faults.say("expected.districts_system"), seen)
        return None
    move = _between(DEGREES, RD)
    return [None if each is None else shapely.transform(each, move, interleaved=False) for each in shapes]


@cache
def _between(start: str, end: str) -> Callable[[Any, Any], Any]:
    """The change of (x, y) from one system to another; no grid is fetched, which leaves an error under a metre."""
    import pyproj

    return pyproj.Transformer.from_crs(start, end, always_xy=True).transform


def polygons(shape: Any) -> Any:
    """The valid polygons of a shape, nothing else; None when it has none."""
    import shapely

    if shape is None or shape.is_empty:
        return None
    mended = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    parts = [each for each in shapely.get_parts(mended).tolist() if each.geom_type == "Polygon"]
    return shapely.multipolygons(parts) if parts else None


def thinned(shapes: Sequence[Any], metres: float) -> list[Any]:
    """The shapes with fewer points, moved by about ``metres`` at most; neighbours keep a common border."""
    import shapely

    return shapely.coverage_simplify(list(shapes), metres).tolist() if metres and len(shapes) else list(shapes)


def in_degrees(shapes: Iterable[Any]) -> list[dict[str, Any] | None]:
    """The shapes as GeoJSON geometry in degrees with five decimals (a metre), outer rings counter-clockwise (RFC
    7946); None for what the rounding leaves nothing of."""
    import shapely

    move = _between(RD, DEGREES)
    drawn: list[dict[str, Any] | None] = []
    for shape in shapes:
        moved = shapely.transform(shape, move, interleaved=False)
        kept = polygons(shapely.set_precision(moved, 10**-DECIMALS))
        if kept is None:
            drawn.append(None)
            continue
        parts = shapely.get_parts(shapely.orient_polygons(kept)).tolist()
        drawn.append({"type": "MultiPolygon", "coordinates": [_rings(each) for each in parts]})
    return drawn


def centre(shape: Any) -> tuple[float, float]:
    """(latitude, longitude) of the shape's middle, or of a point inside it where the middle is not."""
    point = shape.centroid if shape.contains(shape.centroid) else shape.representative_point()
    longitude, latitude = _between(RD, DEGREES)(point.x, point.y)
    return round(latitude, DECIMALS), round(longitude, DECIMALS)


def _rings(polygon: Any) -> list[list[list[float]]]:
    rings = [polygon.exterior, *polygon.interiors]
    return [[[round(x, DECIMALS), round(y, DECIMALS)] for x, y in ring.coords] for ring in rings]
