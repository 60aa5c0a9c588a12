"""A region for the generator: its districts, its hospitals, and which part belongs to which organisation."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Literal

from instances.places import distance_km
from optimiser.domain.place import District

REGIONS_FOLDER = Path(__file__).resolve().parent.parent / "data" / "regions"
METRES_PER_DEGREE = 111_195.0
STRIP_AXIS: dict[str, Literal["latitude", "longitude"]] = {
    "rijnmond": "latitude", "apeldoorn": "longitude", "friesland": "longitude",
}  # fmt: skip
"""Own areas are strips along this axis, so that the river or the region's length parts them."""

ISLANDS = ("Ameland", "Schiermonnikoog", "Terschelling", "Vlieland")
"""Municipalities behind a ferry: no regional team drives there."""


@dataclass(frozen=True)
class Site:
    """A fixed address that nurses go to: hospital, blood bank, pharmacy or depot."""

    id: str
    kind: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Region:
    """Districts with inhabitants, and the sites."""

    name: str
    districts: tuple[District, ...]
    sites: tuple[Site, ...]

    @property
    def served(self) -> tuple[District, ...]:
        """The districts that people are drawn from: all but the islands."""
        return tuple(each for each in self.districts if each.municipality not in ISLANDS)

    def nearest(self, site: Site) -> str:
        """The district whose centre lies nearest to a site."""
        here = (site.latitude, site.longitude)
        return min(self.districts, key=lambda each: distance_km(here, (each.latitude, each.longitude))).id

    def own_areas(self, shares: dict[str, float]) -> dict[str, tuple[District, ...]]:
        """Organisation -> its own districts: whole strips along the region's axis, cut by inhabitants of 65 and over.

        Each organisation has at least one district; every served district has one owner.
        """
        axis = STRIP_AXIS[self.name]
        ordered = sorted(self.served, key=lambda each: (-float(getattr(each, axis)), each.id))
        total = sum(each.inhabitants_65plus for each in ordered)
        areas: dict[str, list[District]] = {name: [] for name in shares}
        names, weight = list(shares), sum(shares.values())
        owner, passed, border = 0, 0, total * shares[names[0]] / weight
        for district in ordered:
            if passed >= border and owner < len(names) - 1:
                owner += 1
                border += total * shares[names[owner]] / weight
            areas[names[owner]].append(district)
            passed += district.inhabitants_65plus
        return {name: tuple(districts) for name, districts in areas.items()}


def regions() -> list[str]:
    """The names of the regions whose facts come along."""
    return sorted(path.parent.name for path in REGIONS_FOLDER.glob("*/districts.csv"))


def load_region(name: str) -> Region:
    """The facts of one region; ``KeyError`` when there is none of that name."""
    if name not in regions():
        raise KeyError(name)
    folder = REGIONS_FOLDER / name
    with (folder / "districts.csv").open(encoding="utf-8", newline="") as file:
        districts = tuple(District.model_validate(row) for row in csv.DictReader(file))
    with (folder / "sites.csv").open(encoding="utf-8", newline="") as file:
        sites = tuple(
            Site(row["id"], row["kind"], float(row["latitude"]), float(row["longitude"]))
            for row in csv.DictReader(file)
        )
    return Region(name, districts, sites)


def draw_district(random: Random, districts: tuple[District, ...], elderly: bool) -> District:
    """A district drawn by inhabitants (of 65 and over when ``elderly``)."""
    weights = [each.inhabitants_65plus if elderly else each.inhabitants for each in districts]
    return random.choices(districts, weights=weights if any(weights) else None)[0]


def draw_point(random: Random, district: District) -> tuple[float, float]:
    """A point in the inner part of a district: within half the radius of a circle of the same area."""
    radius = 0.5 * math.sqrt(district.area_hectares * 10_000 / math.pi)
    distance, angle = radius * math.sqrt(random.random()), 2 * math.pi * random.random()
    latitude = district.latitude + distance * math.cos(angle) / METRES_PER_DEGREE
    east = METRES_PER_DEGREE * math.cos(math.radians(district.latitude))
    return round(latitude, 5), round(district.longitude + distance * math.sin(angle) / east, 5)
