"""What the generator of shared evenings, nights and weekends knows of a service: its organisations and its numbers.

Only names of places and inhabitants are facts; all numbers here are assumptions (docs/reference/anw_instances.md).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from instances.generator.anw_sites import CareSite


@dataclass(frozen=True)
class House:
    """An organisation: what it is called, the weekly contract hours of its people, and its care sites."""

    id: str
    name: str
    contracts: tuple[int, ...]
    day_wanted: int
    """Own day duties on each weekday."""
    sites: tuple[CareSite, ...] = ()


@dataclass(frozen=True)
class Service:
    """One instance's world. ``shares``: municipality -> organisation -> percentage of the people of 65 and over there
    whose calls it answers."""

    region: str
    houses: tuple[House, ...]
    shares: dict[str, dict[str, int]]
    least_elderly: int
    homes: tuple[str, ...] = field(default=())
    """Municipalities besides those of ``shares`` in which people live."""

    @property
    def sites(self) -> tuple[tuple[str, CareSite], ...]:
        """Place id and care site, in order."""
        return tuple(
            (f"L-{house.id}-{number}", site)
            for house in self.houses
            for number, site in enumerate(house.sites, start=1)
        )
