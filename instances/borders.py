"""``districts.geojson``: the true borders of districts, for maps only."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated, Any

from annotated_types import Ge, Le, Len
from pydantic import TypeAdapter

from instances.sheets import Faults, read_text
from optimiser.errors import InputError
from optimiser.texts import Language

BORDERS_FILE = "districts.geojson"
Degrees = Annotated[float, Ge(-180), Le(180)]
Ring = Annotated[list[Annotated[list[Degrees], Len(2, 3)]], Len(3)]
SHAPES: dict[str, TypeAdapter[Any]] = {
    "Polygon": TypeAdapter(list[Ring]), "MultiPolygon": TypeAdapter(list[list[Ring]]),
}  # fmt: skip
"""Kind of shape -> the form of its coordinates: longitude and latitude (an altitude may follow)."""


def read_borders(folder: Path, language: Language = "en") -> dict[str, Any] | None:
    """The feature collection in ``folder``, its polygons only; None when there is none.

    Raises ``InputError`` when the file is no GeoJSON feature collection in degrees.
    """
    path = folder / BORDERS_FILE
    if not os.path.lexists(path):
        return None
    faults = Faults(language)
    content = read_text(path, faults)
    if content is None:
        raise InputError(faults)
    try:
        borders: Any = json.loads(content)
        kept = [each for each in borders["features"] if each["geometry"] and each["geometry"]["type"] in SHAPES]
        for each in kept:
            SHAPES[each["geometry"]["type"]].validate_python(each["geometry"]["coordinates"])
            if not isinstance(each.get("properties") or {}, dict):
                raise TypeError("properties")
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        faults.put(path.name, getattr(error, "lineno", 0), "", faults.say("expected.geojson"), type(error).__name__)
        raise InputError(faults) from None
    return {"type": "FeatureCollection", "features": kept}
