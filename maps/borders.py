"""True borders of districts for the team map: polygons only, shaded by demand, with their source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from maps.words import Words

CODE_FIELDS = ("code", "buurtcode", "wijkcode", "wijk_code", "statcode")
NAME_FIELDS = ("naam", "name", "buurtnaam", "wijknaam", "statnaam")
YEAR_FIELDS = ("year", "jaar")


def shaded(words: Words, borders: Mapping[str, Any], counts: Counter[str]) -> tuple[dict[str, Any], str]:
    """The polygons of ``borders`` with name, words and shade (0 to 1) by the visits in ``counts`` (by district code),
    and the year of their source, empty when the file does not say. Coordinates are cut to five decimals (a metre)."""
    wijk_of = {each.id: each.wijk for each in words.instance.districts}
    by_code = Counter(counts)
    for code, visits in counts.items():
        if wijk_of.get(code) and wijk_of[code] != code:
            by_code[wijk_of[code]] += visits
    kept = [each for each in borders["features"] if (each.get("geometry") or {}).get("type", "").endswith("Polygon")]
    codes = [_field(each, CODE_FIELDS) for each in kept]
    most = max((by_code[code] for code in codes), default=0) or 1
    features = [
        {
            "type": "Feature",
            "geometry": {"type": each["geometry"]["type"], "coordinates": _cut(each["geometry"]["coordinates"])},
            "properties": {
                "name": _field(each, NAME_FIELDS) or code,
                "words": words.visits(by_code[code]),
                "shade": round(0.06 + 0.6 * by_code[code] / most, 2),
            },
        }
        for each, code in zip(kept, codes, strict=True)
    ]
    years = sorted({_field(each, YEAR_FIELDS) for each in kept} - {""})
    return {"type": "FeatureCollection", "features": features}, years[-1] if years else ""


def _field(feature: Mapping[str, Any], fields: tuple[str, ...]) -> str:
    properties = feature.get("properties") or {}
    return next((str(properties[name]) for name in fields if properties.get(name) not in (None, "")), "")


def _cut(coordinates: Any) -> Any:
    if isinstance(coordinates, (int, float)):
        return round(coordinates, 5)
    return [_cut(each) for each in coordinates]
