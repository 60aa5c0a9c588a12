"""What overruns do to routes: each stop begins when it was planned, or later when the nurse is not there yet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

from optimiser.check.case import Case
from optimiser.check.legs import Leg, ends_and_mode, legs
from optimiser.domain.plan import BREAK, Duty, Route, Stop
from optimiser.domain.work import Visit
from optimiser.simulate.chance import Happenings


@dataclass(frozen=True)
class RouteEnd:
    """How many minutes after the end of its segment the work of a route is done; 0 is on time."""

    duty: Duty
    segment: int
    late: int


@dataclass(frozen=True)
class Delays:
    """``late`` holds visit id -> minutes after the last start that its window allows; ``ends`` one for each route."""

    late: dict[str, int]
    ends: tuple[RouteEnd, ...]


@dataclass
class _Drive:
    """A nurse on her way through one route: when and where she was last done."""

    duty: Duty
    route: Route
    legs: dict[str, Leg]
    home: Leg
    places: dict[str, str]
    last: str
    end_place: str
    free_at: int | None = None


def delays(case: Case, happenings: Happenings) -> Delays:
    """Routes of a plan played forward in the order of planned starts. ``case.plan`` must keep the rules of routes.

    Nobody begins before the planned start. A nurse travels when she is done, takes the whole break, not before its
    planned start; two nurses of one visit wait for each other, and a linked visit for the least time after the first.
    Slack is there to be used up.
    """
    drives = [drive for duty in case.duties for route in duty.routes if (drive := _drive(case, duty, route))]
    queue = sorted(
        ((stop.start, stop.id, drive, number) for drive in drives for number, stop in enumerate(drive.route.stops)
         if stop.what != BREAK),
        key=lambda each: (each[0], each[1]),
    )  # fmt: skip
    after = defaultdict(list)
    for link in case.instance.work_links:
        after[link.second].append(link)
    begun: dict[str, int] = {}
    late: dict[str, int] = {}
    for (planned, name), group in groupby(queue, key=lambda each: (each[0], each[1])):
        parts = [(drive, number) for _, _, drive, number in group]
        waits = [begun[link.first] + link.gap_min for link in after[name] if link.gap_min > 0 and link.first in begun]
        start = max([planned, *waits, *(_arrival(case, happenings, drive, number) for drive, number in parts)])
        begun[name] = start
        for drive, number in parts:
            _do(happenings, drive, drive.route.stops[number], start)
        over = start - _last_start(case.instance.visit_by_id.get(name), planned)
        if over > 0 and name in case.instance.visit_by_id:
            late[name] = over
    return Delays(late, tuple(_end(case, happenings, drive) for drive in drives))


def _do(happenings: Happenings, drive: _Drive, stop: Stop, start: int) -> None:
    """Only visits take longer or shorter; tasks are as long as they are."""
    minutes = stop.end - stop.start
    drive.free_at = start + (happenings.visit_minutes(stop.id, minutes) if stop.what == "visit" else minutes)
    drive.last = drive.places[stop.id]


def _drive(case: Case, duty: Duty, route: Route) -> _Drive | None:
    trip = legs(case, duty, route)
    if not trip:
        return None
    start, end, _ = ends_and_mode(case, duty)
    places, here = {}, start
    for stop in route.stops:
        if stop.what != BREAK:
            here = case.place_of(stop) or here
            places[stop.id] = here
    by_stop = {leg.after.id: leg for leg in trip if leg.after is not None}
    return _Drive(duty, route, by_stop, trip[-1], places, start, end)


def _arrival(case: Case, happenings: Happenings, drive: _Drive, number: int) -> int:
    """When she is at the door. To the first stop she leaves in time."""
    stop = drive.route.stops[number]
    if drive.free_at is None:
        return stop.start
    leg = drive.legs[stop.id]
    day = case.clock.day_number(drive.duty.day)
    trip = happenings.travel_minutes(drive.last, drive.places[stop.id], day, leg.minutes)
    pause = _break_before(drive.route, number)
    if pause is None:
        return drive.free_at + trip
    length = pause.end - pause.start
    return max(drive.free_at + trip, pause.start) + length


def _break_before(route: Route, number: int) -> Stop | None:
    before = route.stops[number - 1]
    return before if before.what == BREAK else None


def _last_start(visit: Visit | None, planned: int) -> int:
    """The last start of the window in which it was planned; of a start outside all windows the planned one."""
    if visit is None:
        return planned
    spans = [(window.start, window.end - visit.minutes) for window in visit.windows]
    return next((last for first, last in spans if first <= planned <= last), planned)


def _end(case: Case, happenings: Happenings, drive: _Drive) -> RouteEnd:
    duty = drive.duty
    day = case.clock.day_number(duty.day)
    trip = happenings.travel_minutes(drive.last, drive.end_place, day, drive.home.minutes)
    free = case.instance.organisation_by_id[case.nurse_of(duty).organisation].free_home_leg
    done = (drive.free_at or duty.start) + max(0, trip - free)
    closes = case.segments(duty)[drive.route.segment][1]
    return RouteEnd(duty, drive.route.segment, max(0, done - closes))
