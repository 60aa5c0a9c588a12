"""What each visit asks and gets, for figures by district: demand, who serves it, what stays open, travel to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from optimiser.domain.instance import Instance
from optimiser.domain.plan import BREAK, Duty, Plan
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.domain.work import Visit
from optimiser.report.legs import Leg, route_legs


@dataclass(frozen=True)
class VisitWork:
    """One visit in a plan, in minutes of care (reporting included; a two-nurse visit counts both nurses).

    - ``district`` is the code of the client's place, empty when its place has none; ``organisation`` the client's.
    - ``day``: of the duty that serves it (the first nurse's); of an open visit the day its first window opens.
    - ``asked`` = ``own`` + ``other`` + what is open; ``own`` is served by nurses of the client's organisation,
      ``other`` by nurses of another one.
    - ``open``: not all the nurses it asks for come.
    - ``legs`` and ``travel``: how many legs between two stops lead to it, and their minutes together. Legs from home
      are no part of it: they depend on where nurses live.
    """

    visit: str
    district: str
    organisation: str
    day: date
    asked: int
    own: int
    other: int
    open: bool
    legs: int
    travel: int


@dataclass(frozen=True)
class DistrictWork:
    """The sum over visits: how many, how many of them open, and the minutes of ``VisitWork``."""

    visits: int = 0
    open: int = 0
    asked: int = 0
    own: int = 0
    other: int = 0
    legs: int = 0
    travel: int = 0

    @property
    def served(self) -> float | None:
        """Share of the asked minutes that any nurse serves; None without demand."""
        return (self.own + self.other) / self.asked if self.asked else None

    @property
    def by_other(self) -> float | None:
        """Share of the asked minutes that nurses of another organisation serve; None without demand."""
        return self.other / self.asked if self.asked else None

    @property
    def travel_per_visit(self) -> float | None:
        """Minutes of the legs between stops that lead here, each; None when every visit is the first of a route."""
        return self.travel / self.legs if self.legs else None


def visit_work(instance: Instance, travel: TravelMatrix, plan: Plan) -> tuple[VisitWork, ...]:
    """One row for each visit, in the instance's order."""
    served: dict[str, list[tuple[int, Duty, Leg]]] = {}
    for duty in plan.duties:
        for route in duty.routes:
            stops = [stop for stop in route.stops if stop.what != BREAK]
            for stop, leg in zip(stops, route_legs(instance, travel, duty, route), strict=False):
                if stop.what == "visit":
                    served.setdefault(stop.id, []).append((stop.part, duty, leg))
    return tuple(_work(instance, each, served.get(each.id, [])) for each in instance.visits)


def _work(instance: Instance, visit: Visit, served: list[tuple[int, Duty, Leg]]) -> VisitWork:
    client = instance.client_by_id[visit.client]
    parts = {part: (duty, leg) for part, duty, leg in sorted(served, key=lambda each: (-each[0], each[1].id))}
    own = sum(1 for duty, _ in parts.values() if _employer(instance, duty) == client.organisation)
    between = [leg for _, leg in parts.values() if leg.kind == "between"]
    first = parts[min(parts)][0].day if parts else instance.clock.date_of(visit.windows[0].day)
    return VisitWork(
        visit=visit.id,
        district=instance.place_by_id[client.place].district,
        organisation=client.organisation,
        day=first,
        asked=visit.minutes * visit.nurses,
        own=visit.minutes * own,
        other=visit.minutes * (len(parts) - own),
        open=len(parts) < visit.nurses,
        legs=len(between),
        travel=sum(leg.minutes for leg in between),
    )


def _employer(instance: Instance, duty: Duty) -> str:
    return instance.nurse_by_id[duty.nurse].organisation


def summed(rows: Iterable[VisitWork]) -> DistrictWork:
    """The figures of some visits together, for example those of a district or a day."""
    kept = tuple(rows)
    return DistrictWork(
        visits=len(kept),
        open=sum(1 for each in kept if each.open),
        asked=sum(each.asked for each in kept),
        own=sum(each.own for each in kept),
        other=sum(each.other for each in kept),
        legs=sum(each.legs for each in kept),
        travel=sum(each.travel for each in kept),
    )
