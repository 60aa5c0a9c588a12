"""Home health care routing and scheduling: one day of visits, some by two caregivers at once or after another.

The public problem of Mankowska, Meisel and Bierwirth (2014). Everything is in ticks, 1,000 a minute, so that costs are
whole numbers. Place 0 is the office where every route begins and ends; patient ``n`` is at place ``n + 1``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

TICKS = 1000
"""Ticks of a minute; the instances write three decimals."""
LONGEST_DAY = 2**30 - 1
"""Ticks within which everything must be able to end: about a million minutes, two years."""


@dataclass(frozen=True)
class HomeService:
    """What a patient needs of one caregiver: the ability and the ticks it takes (at least 1)."""

    ability: str
    duration: int


@dataclass(frozen=True)
class HomePatient:
    """A patient: the earliest and the latest start without tardiness, and one or two services by different caregivers.

    Of two services the second starts ``least_gap`` to ``most_gap`` ticks after the first; 0 and 0 is at once.
    """

    id: str
    opens: int
    closes: int
    services: tuple[HomeService, ...]
    least_gap: int = 0
    most_gap: int = 0


@dataclass(frozen=True)
class HomeCaregiver:
    """A caregiver and the services she is able to give."""

    id: str
    abilities: frozenset[str]


@dataclass(frozen=True)
class HomeCareProblem:
    """``distances[from][to]`` are ticks of travel between places, the office first."""

    name: str
    patients: tuple[HomePatient, ...]
    caregivers: tuple[HomeCaregiver, ...]
    distances: tuple[tuple[int, ...], ...]

    @cached_property
    def latest_end(self) -> int:
        """No sensible route lasts longer: all waiting first, then everything after another by the longest ways."""
        services = [each.duration for patient in self.patients for each in patient.services]
        waiting = max((each.opens for each in self.patients), default=0) + sum(each.least_gap for each in self.patients)
        return waiting + sum(services) + (len(services) + 1) * max(max(row) for row in self.distances)


@dataclass(frozen=True, order=True)
class HomeStop:
    """A start, in ticks, of a service: number ``service`` (0 or 1) of patient number ``patient``."""

    start: int
    patient: int
    service: int


@dataclass(frozen=True)
class HomeCareSolution:
    """The stops of each caregiver, in the order of her route."""

    routes: tuple[tuple[HomeStop, ...], ...]
