"""``districts.geojson``: the true borders of districts, for maps only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from instances.sheets import Faults, read_text
from optimiser.errors import InputError
from optimiser.texts import Language

BORDERS_FILE = "districts.geojson"


def read_borders(folder: Path, language: Language = "en") -> dict[str, Any] | None:
    """The feature collection in ``folder``, its polygons only; None when there is none.

    Raises ``InputError`` when the file is no GeoJSON feature collection.
    """
    path = folder / BORDERS_FILE
    if not path.exists():
        return None
    faults = Faults(language)
    content = read_text(path, faults)
    if content is None:
        raise InputError(faults)
    try:
        borders: Any = json.loads(content)
        kept = [
            each for each in borders["features"]
            if each["geometry"] and each["geometry"]["type"] in ("Polygon", "MultiPolygon")
        ]
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        faults.put(path.name, getattr(error, "lineno", 0), "", faults.say("expected.geojson"), type(error).__name__)
        raise InputError(faults) from None
    return {"type": "FeatureCollection", "features": kept}
