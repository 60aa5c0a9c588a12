"""Where a place is: coordinates, a district code or a postcode, filled from the bundled and the own districts."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache, cached_property
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

from instances.header import ANY_MONDAY
from instances.rows import Entry, build_rows
from instances.sheets import Faults, read_sheet
from instances.tables_people import DISTRICTS
from optimiser.domain.clock import Clock
from optimiser.domain.place import District
from optimiser.errors import InputError

REGIONS = Path(__file__).parent / "data" / "regions"
KM_PER_DEGREE = 111.2
FAR_KM = 10.0
"""Beyond this distance from every centre a place lies in no known district."""


@cache
def bundled_districts() -> dict[str, District]:
    """The district facts of all bundled regions by code. Raises ``InputError`` when their files are damaged."""
    faults = Faults()
    found: dict[str, District] = {}
    for path in sorted(REGIONS.glob("*/districts.csv")):
        sheet = read_sheet(path, DISTRICTS, faults)
        rows = build_rows(sheet, DISTRICTS, Clock(ANY_MONDAY), faults) if sheet else []
        found |= {row.noun.id: row.noun for row in rows if row.noun}
    if faults:
        raise InputError(faults)
    return found


@cache
def bundled_postcodes() -> dict[str, tuple[float, float]]:
    """Centres (latitude, longitude) of the PC4 areas of all bundled regions."""
    centres: dict[str, tuple[float, float]] = {}
    for path in sorted(REGIONS.glob("*/postcodes.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                centres[row["postcode"]] = (float(row["latitude"]), float(row["longitude"]))
    return centres


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance in kilometres between two (latitude, longitude) points, flat earth: right to 0.1 % within a region."""
    north = (one[0] - other[0]) * KM_PER_DEGREE
    east = (one[1] - other[1]) * KM_PER_DEGREE * cos(radians((one[0] + other[0]) / 2))
    return hypot(north, east)


class Gazetteer:
    """Districts to look places up in: the instance's own before the bundled ones."""

    def __init__(self, own: Iterable[District], codes: Iterable[str] = ()) -> None:
        """``codes`` are those of all rows, also of rows with a fault: a place that names one is not at fault."""
        self.codes = set(codes)
        self.own = {each.id: each for each in own}

    @cached_property
    def all(self) -> dict[str, District]:
        """All districts by code; the bundled ones are read only when a place asks for more than the own ones hold."""
        return bundled_districts() | self.own

    def by_postcode(self, pc4: str) -> tuple[float, float] | None:
        """The centre of a PC4: the mean of its districts weighted by inhabitants, else the bundled centre of the area
        (of a PC4 that is nowhere the most common one); None when unknown."""
        parts = [each for each in self.all.values() if pc4 and each.pc4 == pc4]
        total = sum(max(1, each.inhabitants) for each in parts)
        if not parts:
            return bundled_postcodes().get(pc4)
        return (
            sum(each.latitude * max(1, each.inhabitants) for each in parts) / total,
            sum(each.longitude * max(1, each.inhabitants) for each in parts) / total,
        )

    def nearest(self, point: tuple[float, float]) -> str:
        """The code of the district with the nearest centre; empty when none is within ``FAR_KM``."""
        near = min(
            ((distance_km(point, (each.latitude, each.longitude)), each.id) for each in self.all.values()),
            default=(FAR_KM, ""),
        )
        return near[1] if near[0] < FAR_KM else ""

    def fill(self, values: dict[str, Any], entry: Entry, faults: Faults) -> None:
        """Complete the values of a row of ``places``; a fault when they say no position."""
        if ("latitude" in values) != ("longitude" in values):
            absent = "longitude" if "latitude" in values else "latitude"
            other = "latitude" if absent == "longitude" else "longitude"
            entry.fault(faults, absent, faults.say("expected.pair", other=entry.heading(other)))
            return
        code = values.get("district", "")
        district = self.own.get(code) or (self.all.get(code) if code else None)
        if "district" in values and district is None:
            if values["district"] not in self.codes:
                entry.fault(faults, "district", faults.say("expected.reference", tables="districts"))
            return
        if "latitude" not in values:
            point = (district.latitude, district.longitude) if district else None
            point = point or self.by_postcode(values.get("postcode", "")[:4])
            if point is None:
                name = "postcode" if values.get("postcode") else "latitude"
                entry.fault(faults, name, faults.say("expected.position"))
                return
            values["latitude"], values["longitude"] = point
        if "district" not in values:
            values["district"] = self.nearest((values["latitude"], values["longitude"]))

    def with_used(self, codes: Iterable[str]) -> tuple[District, ...]:
        """The own districts and, by code, the bundled ones that ``codes`` name."""
        used = sorted({code for code in codes if code} - set(self.own))
        if not used:
            return tuple(self.own.values())
        return (*self.own.values(), *(self.all[code] for code in used if code in self.all))
