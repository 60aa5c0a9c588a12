"""What of a file of districts is handed to GDAL: a GeoPackage, or the features of a GeoJSON file, and nothing else.

GDAL asks the content of a file what it is, whatever its name. A file called ``.json`` may be a list of sources for it:
then it reads other files of this machine or asks a host for them (the drivers VRT, WFS and GDALG), and the member
``crs`` of GeoJSON may be an address that it fetches.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

GEOPACKAGE = b"SQLite format 3\0"
"""How a GeoPackage begins (OGC 12-128, requirement 1)."""
MOST_JSON = 256 * 1024**2
"""Bytes of a GeoJSON file: it is read as a whole, at some ten times its size; a GeoPackage is not."""
_SYSTEM = re.compile(r"urn:ogc:def:crs:[A-Za-z0-9]+:[0-9.]*:[A-Za-z0-9]+|EPSG:\d+")


def data_only(path: Path) -> Path | bytes:
    """The path of a GeoPackage, or a GeoJSON feature collection with its features only, written anew.

    Raises ``OSError`` when it cannot be read, ``ValueError`` and ``RecursionError`` when it is neither or too large.
    """
    if not path.is_file():  # a pipe or a device would never end
        raise ValueError("no file")
    with path.open("rb") as file:
        if path.suffix.lower() == ".gpkg":
            if file.read(len(GEOPACKAGE)) != GEOPACKAGE:
                raise ValueError("no GeoPackage")
            return path
        raw = file.read(MOST_JSON + 1)
    if len(raw) > MOST_JSON:
        raise ValueError("too large")
    content = json.loads(raw.decode("utf-8-sig"))
    if not isinstance(content, dict) or content.get("type") != "FeatureCollection":
        raise ValueError("no feature collection")
    collection = {"type": "FeatureCollection", **_system(content.get("crs")), "features": _features(content)}
    return json.dumps(collection, allow_nan=False).encode()


def _features(content: dict[str, Any]) -> list[dict[str, Any]]:
    features = content.get("features")
    if not isinstance(features, list) or not all(isinstance(each, dict) for each in features):
        raise ValueError("no features")
    return [
        {"type": "Feature", "properties": each.get("properties"), "geometry": each.get("geometry")} for each in features
    ]


def _system(crs: Any) -> dict[str, Any]:
    """The coordinate system where it is a name of the register; an address is left out."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str) or not _SYSTEM.fullmatch(name):
        return {}
    return {"crs": {"type": "name", "properties": {"name": name}}}
