"""What a nurse does in one duty, line by line: the same in the roster's panel, on the map and on the route page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from maps.words import Names, Words, name_of
from optimiser.domain.events import Held
from optimiser.domain.instance import Instance
from optimiser.domain.plan import BREAK, Duty, Plan, Route, Stop
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.domain.work import Task, Visit
from optimiser.report.legs import Leg, journey_ends, place_of, route_legs


@dataclass(frozen=True)
class Line:
    """One stop in words. ``number`` is 0 for the break; ``leg``, ``metres`` and ``wait`` (minutes) come before it.

    ``partner`` is the id of the other nurse of a two-nurse visit; ``latitude`` is None without a place of its own.
    """

    number: int
    what: str
    start: str
    end: str
    minutes: int
    title: str
    client: str = ""
    person: str = ""
    address: str = ""
    window: str = ""
    leg: int = 0
    metres: int = 0
    home_leg: bool = False
    wait: int = 0
    partner: str = ""
    critical: bool = False
    latitude: float | None = None
    longitude: float | None = None
    place: str = ""
    """Id of the place; empty for a break and for what is done wherever she is."""


@dataclass(frozen=True)
class Itinerary:
    """The lines of one duty; ``back`` is the last leg home (minutes), ``companion`` whom a student follows.

    ``home`` is where the first leg begins, None where that is not hers to see; ``start_place`` and ``end_place`` are
    the ids of the places where her day begins and ends, empty likewise.
    """

    duty: Duty
    lines: tuple[Line, ...]
    back: int = 0
    companion: str = ""
    home: tuple[float, float] | None = None
    start_place: str = ""
    end_place: str = ""

    @property
    def visits(self) -> int:
        """How many visits it holds."""
        return sum(1 for each in self.lines if each.what == "visit")


def source_duty(plan: Plan, duty: Duty) -> Duty:
    """The duty whose route is driven: her own, or of a student that of her companion on that day."""
    if duty.follows is None:
        return duty
    options = (each for each in plan.duties_of.get(duty.follows, ()) if each.day == duty.day and each.kind == duty.kind)
    return next(options, duty)


def route_days(plan: Plan) -> tuple[tuple[str, date], ...]:
    """Every (nurse, date) that has a route to show, in order: these have a page."""
    pairs = {(duty.nurse, duty.day) for duty in plan.duties if source_duty(plan, duty).stops}
    return tuple(sorted(pairs, key=lambda pair: (pair[1], pair[0])))


def itinerary(words: Words, travel: TravelMatrix, plan: Plan, duty: Duty, names: Names, numbered: int = 0) -> Itinerary:
    """The lines of a duty, numbered from ``numbered`` + 1. Names are those of its own clients; a colleague is an id."""
    instance = words.instance
    source = source_duty(plan, duty)
    lines: list[Line] = []
    back = 0
    for route in source.routes:
        legs = route_legs(instance, travel, source, route)
        lines += _lines(words, plan, source, route, legs, names, numbered + sum(1 for each in lines if each.number))
        back = legs[-1].minutes if legs else back
    if source is not duty:
        return Itinerary(duty, tuple(lines), companion=source.nurse)
    ends = journey_ends(instance, duty.nurse, duty.day)
    home = instance.place_by_id[ends.start_place]
    return Itinerary(
        duty, tuple(lines), back=back, home=(home.latitude, home.longitude),
        start_place=ends.start_place, end_place=ends.end_place,
    )  # fmt: skip


def _lines(
    words: Words, plan: Plan, duty: Duty, route: Route, legs: tuple[Leg, ...], names: Names, numbered: int
) -> list[Line]:
    lines: list[Line] = []
    driven = iter(legs)
    for stop in route.stops:
        if stop.what == BREAK:
            lines.append(
                Line(0, BREAK, words.time(stop.start), words.time(stop.end), stop.end - stop.start, words("map.break"))
            )
            continue
        numbered += 1
        lines.append(_line(words, plan, duty, stop, next(driven), names, numbered))
    return lines


def _line(words: Words, plan: Plan, duty: Duty, stop: Stop, leg: Leg, names: Names, number: int) -> Line:
    instance = words.instance
    work = instance.visit_by_id[stop.id] if stop.what == "visit" else instance.task_by_id[stop.id]
    place = instance.place_by_id.get(place_of(instance, stop) or "")
    client = work.client if isinstance(work, Visit) else ""
    known = names.get(client)
    return Line(
        number=number,
        what=stop.what,
        start=words.time(stop.start),
        end=words.time(stop.end),
        minutes=stop.end - stop.start,
        title=title_of(words, work, plan),
        client=client,
        person=name_of(names, client) if known is not None else "",
        address=known.address if known is not None else "",
        window=window_of(words, work, stop),
        leg=leg.minutes,
        metres=leg.metres,
        home_leg=leg.kind == "home_out",
        wait=max(0, stop.start - stop.arrival),
        partner=_partner(plan, duty, stop) if isinstance(work, Visit) and work.nurses == 2 else "",
        critical=isinstance(work, Visit) and (work.time_critical or work.priority == "critical"),
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        place=place.id if place else "",
    )


def late_minutes(plan: Plan) -> frozenset[str]:
    """The ids of the tasks that stand for the minutes by which a nurse was late."""
    return frozenset(each.id for each in plan.events if isinstance(each, Held))


def title_of(words: Words, work: Visit | Task, plan: Plan | None = None) -> str:
    """The acts of a visit by name, or the kind of task. With ``plan``, minutes that a nurse was late say so."""
    if isinstance(work, Task):
        if plan is not None and work.id in late_minutes(plan):
            return words("map.task.held")
        return words(f"map.task.{work.kind}")
    acts = {each.id: each.name for each in words.instance.acts}
    return ", ".join(acts.get(each, each) for each in work.acts)


def window_of(words: Words, work: Visit | Task, stop: Stop) -> str:
    """The window in which the stop lies (of a visit on free days: the one that was used)."""
    instance = words.instance
    if isinstance(work, Task):
        day = instance.clock.day_number(work.day)
        return _between(words, instance.clock.at(day, work.from_time), instance.clock.at(day, work.until_time))
    used = next((each for each in work.windows if each.start <= stop.start and stop.end <= each.end), work.windows[0])
    return _between(words, used.start, used.end)


def _between(words: Words, start: int, end: int) -> str:
    return words("map.route.between", first=words.time(start), last=words.time(end))


def _partner(plan: Plan, duty: Duty, stop: Stop) -> str:
    for other in plan.duties:
        if other.nurse != duty.nurse and any(each.id == stop.id and each.part != stop.part for each in other.stops):
            return other.nurse
    return ""


def districts_near(
    instance: Instance, points: list[tuple[float, float]], margin: float = 0.02
) -> list[dict[str, object]]:
    """Districts whose centre lies within the points' box plus a margin (degrees of latitude), for the background."""
    if not points:
        return []
    south, north = min(p[0] for p in points) - margin, max(p[0] for p in points) + margin
    west, east = min(p[1] for p in points) - margin * 1.6, max(p[1] for p in points) + margin * 1.6
    return [
        {
            "lat": each.latitude, "lon": each.longitude, "name": each.name, "town": each.municipality,
            "radius": round((each.area_hectares * 10_000 / 3.1416) ** 0.5), "people": each.inhabitants,
        }
        for each in instance.districts
        if south <= each.latitude <= north and west <= each.longitude <= east
    ]  # fmt: skip
