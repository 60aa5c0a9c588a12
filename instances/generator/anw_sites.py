"""Districts taken together, homes, care sites: where people live and where calls come from."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from instances.generator.region import Region, draw_district, draw_point
from instances.places import distance_km
from optimiser.domain.place import District, Place


@dataclass(frozen=True)
class CareSite:
    """A care site: its organisation, its number of beds, and the district at whose centre it is put."""

    organisation: str
    district: str
    beds: int


@dataclass(frozen=True)
class Core:
    """A district that stands for itself and for smaller ones around it; ``elderly``: 65 and over in all of them."""

    district: District
    elderly: int

    @property
    def place(self) -> str:
        """The id of the place at its centre."""
        return f"P-{self.district.id}"


def cores(region: Region, municipalities: tuple[str, ...], least: int) -> tuple[Core, ...]:
    """Districts with at least ``least`` people of 65 and over; each smaller one counts with the nearest such district
    of its municipality (the largest of the municipality where none is large enough)."""
    found: list[Core] = []
    for municipality in municipalities:
        own = [each for each in region.districts if each.municipality == municipality]
        largest = max(own, key=lambda each: (each.inhabitants_65plus, each.id))
        large = [each for each in own if each.inhabitants_65plus >= least] or [largest]
        elderly = {each.id: 0 for each in large}
        for district in own:
            elderly[_nearest(district, large).id] += district.inhabitants_65plus
        found += [Core(each, elderly[each.id]) for each in large]
    return tuple(found)


def _nearest(district: District, among: list[District]) -> District:
    here = (district.latitude, district.longitude)
    return min(among, key=lambda each: (distance_km(here, (each.latitude, each.longitude)), each.id))


def core_places(among: tuple[Core, ...]) -> list[Place]:
    """One place at the centre of each."""
    return [
        Place(id=each.place, kind="other", latitude=each.district.latitude, longitude=each.district.longitude,
              district=each.district.id)
        for each in among
    ]  # fmt: skip


def site_places(sites: tuple[tuple[str, CareSite], ...], region: Region) -> list[Place]:
    """One place for each care site (id, site), at its district's centre."""
    by_id = {each.id: each for each in region.districts}
    return [
        Place(id=name, kind="base", latitude=by_id[site.district].latitude, longitude=by_id[site.district].longitude,
              district=site.district)
        for name, site in sites
    ]  # fmt: skip


def home(random: Random, nurse: str, districts: tuple[District, ...]) -> Place:
    """Where a nurse lives: a district drawn by inhabitants, a point in it."""
    district = draw_district(random, districts, elderly=False)
    latitude, longitude = draw_point(random, district)
    return Place(id=f"T-{nurse}", kind="home", latitude=latitude, longitude=longitude, district=district.id)


def needed(region: Region, places: list[Place]) -> tuple[District, ...]:
    """The districts in which a place lies."""
    used = {each.district for each in places}
    return tuple(each for each in region.districts if each.id in used)
