"""What the columns of official district files are called: the names differ by year and by publisher.

Sources: CBS, Toelichting Wijk- en Buurtkaart 2018 to 2024 and Kerncijfers wijken en buurten; names are compared
without case, spaces and underscores.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Level = Literal["buurt", "wijk"]
LEVELS: tuple[Level, ...] = ("buurt", "wijk")

OWN: dict[Level, dict[str, tuple[str, ...]]] = {
    "buurt": {"code": ("buurtcode", "bucode"), "name": ("buurtnaam", "bunaam")},
    "wijk": {"code": ("wijkcode", "wkcode"), "name": ("wijknaam", "wknaam")},
}
"""Names that only a file of that level has for its own code and name; a file of buurten also names their wijk."""
COMMON: dict[str, tuple[str, ...]] = {
    "code": ("statcode", "gwbcode", "code"),
    "name": ("statnaam", "regio", "naam", "name"),
    "municipality": ("gemeentenaam", "gmnaam", "gemeente", "gmname"),
    "municipality_code": ("gemeentecode", "gmcode"),
    "wijk": ("wijkcode", "wkcode"),
    "inhabitants": ("aantalinwoners", "aantinw", "ainw", "inwoners", "population"),
    "inhabitants_65plus": ("inwoners65plus", "aantalpersonen65jaarenouder", "aant65eojr", "a65oo"),
    "percent_65plus": ("percentagepersonen65jaarenouder", "p65eojr", "p65oo", "pop65plus"),
    "area_hectares": ("oppervlaktelandinha", "oppervlakteland", "oppland", "alanha", "landha"),
    "water": ("water", "h2o"),
    "pc4": ("meestvoorkomendepostcode", "postcode", "pstmvp", "pc4"),
    "year": ("jaar", "year"),
    "year_code": ("jaarstatcode", "jrstatcode"),
}
"""Field -> names in order of preference."""
NEEDED = ("code", "name", "municipality")


@dataclass(frozen=True)
class DistrictColumns:
    """``level`` of the rows, and field -> the name that the file has for it."""

    level: Level
    names: Mapping[str, str]

    def value(self, row: Mapping[str, Any], field: str) -> Any:
        """The cell of ``field``; None where the file has no such column or says that it is missing."""
        return present(row.get(self.names.get(field, "")))


def columns_of(fields: Sequence[str], codes: Iterable[str]) -> DistrictColumns | None:
    """The columns of a file with ``fields``, given a column's values to tell the level by; None when no level fits."""
    flat = {re.sub(r"[\s_]", "", each).casefold(): each for each in fields}
    level = _level(flat, codes)
    if level is None:
        return None
    wanted = {field: (*OWN[level].get(field, ()), *names) for field, names in COMMON.items()}
    found = {field: next((flat[name] for name in names if name in flat), "") for field, names in wanted.items()}
    return DistrictColumns(level, {field: name for field, name in found.items() if name})


def code_field(fields: Sequence[str]) -> str:
    """The column whose values tell what the rows are, for files that call it code or statcode."""
    flat = {re.sub(r"[\s_]", "", each).casefold(): each for each in fields}
    return next((flat[name] for name in COMMON["code"] if name in flat), "")


def _level(flat: Mapping[str, str], codes: Iterable[str]) -> Level | None:
    starts = {str(each)[:2].upper() for each in codes}
    if starts in ({"BU"}, {"WK"}):
        return "buurt" if starts == {"BU"} else "wijk"
    # a file of buurten names their wijk too, so buurten are asked first
    return next((level for level in LEVELS if any(name in flat for name in OWN[level]["code"])), None)


def present(value: Any) -> Any:
    """A value, or None where it stands for "missing": empty, not a number, or negative (CBS: -99997, -99999999)."""
    if value is None or (isinstance(value, str) and value.strip() in ("", ".")):
        return None
    if isinstance(value, (int, float)) and not value >= 0:
        return None
    return value.strip() if isinstance(value, str) else value


def whole(value: Any) -> int | None:
    """A count as an integer; texts with spaces or a decimal comma too. None when it is missing or no number."""
    value = present(value)
    if value is None:
        return None
    try:
        number = float(str(value).replace(" ", "").replace(",", "."))
    except ValueError:
        return None
    return round(number) if 0 <= number < 1e9 else None
