"""Which visits were done in which duty, in the order in which they were done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from optimiser.domain.plan import Duty, Route, Stop
from optimiser.domain.realised import RealisedVisit


def placed(
    duties: Iterable[Duty], visits: Iterable[RealisedVisit]
) -> tuple[dict[str, tuple[RealisedVisit, ...]], tuple[RealisedVisit, ...]]:
    """Duty id -> the visits done that start in it, in order (work before standby); and those that start in none."""
    duties_of: dict[str | None, list[Duty]] = defaultdict(list)
    for duty in duties:
        duties_of[duty.nurse].append(duty)
    lists: dict[str, list[RealisedVisit]] = defaultdict(list)
    loose: list[RealisedVisit] = []
    for visit in sorted((each for each in visits if each.done), key=lambda each: (each.start or 0, each.id)):
        start = visit.start or 0
        holding = [duty for duty in duties_of[visit.nurse] if duty.start <= start < duty.end]
        if holding:
            lists[min(holding, key=lambda each: (each.lane != "work", each.start)).id].append(visit)
        else:
            loose.append(visit)
    return {duty: tuple(each) for duty, each in lists.items()}, tuple(loose)


def stop_of(visit: RealisedVisit) -> Stop:
    """A visit that was done as a stop; an arrival that is not known is its start."""
    start, end = visit.start or 0, visit.end or 0
    arrival = start if visit.arrival is None else visit.arrival
    return Stop(what="visit", id=visit.id, part=visit.part, arrival=arrival, start=start, end=end)


def with_stops(duty: Duty, visits: Iterable[RealisedVisit], calls: Iterable[Stop]) -> Duty:
    """A duty with one route of what was done in it."""
    stops = sorted((*map(stop_of, visits), *calls), key=lambda each: (each.start, each.id))
    return duty.model_copy(update={"routes": (Route(stops=tuple(stops)),) if stops else ()})
