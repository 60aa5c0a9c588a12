"""The stops of a duty for other programs, with the travel that leads to each."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.domain.exported import ExportedStop
from optimiser.domain.instance import Instance
from optimiser.domain.plan import BREAK, Duty
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.legs import place_of, route_legs


def exported_stops(instance: Instance, travel: TravelMatrix, duty: Duty) -> Iterator[ExportedStop]:
    """The stops of all its segments, in order."""
    moment = instance.clock.moment_of
    for route in duty.routes:
        legs = iter(route_legs(instance, travel, duty, route))
        for order, stop in enumerate(route.stops, start=1):
            leg = None if stop.what == BREAK else next(legs)
            yield ExportedStop(
                duty=duty.id,
                nurse=duty.nurse,
                day=duty.day,
                segment=route.segment,
                order=order,
                what=stop.what,
                id=stop.id,
                part=stop.part,
                client=instance.visit_by_id[stop.id].client if stop.what == "visit" else None,
                place=place_of(instance, stop),
                arrival=moment(stop.arrival),
                start=moment(stop.start),
                end=moment(stop.end),
                travel_minutes=leg.minutes if leg else None,
                travel_metres=leg.metres if leg else None,
            )
