"""Planned work of a duty between calls: the stops of its routes, or pieces drawn where the plan has no routes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from optimiser.check.case import Case
from optimiser.domain.clock import HOUR
from optimiser.domain.plan import BREAK, Duty, Route, Stop
from optimiser.domain.work import Visit
from optimiser.simulate.calls_arrivals import generator
from optimiser.simulate.calls_settings import CallSettings

MOST = 0.9
"""No duty is taken to be fuller of planned work than this."""


@dataclass(frozen=True)
class Planned:
    """Work from ``start`` of ``minutes`` at ``place`` (row of the matrix; None: where she is). It begins on time up to
    ``last_start`` (None: whenever); ``pressing`` work is done before a call that would make it late."""

    start: float
    minutes: float
    last_start: float | None
    place: int | None
    pressing: bool = False
    visit: bool = True


def planned_of_route(case: Case, route: Route) -> tuple[Planned, ...]:
    """The stops of a route in order; breaks move freely."""
    return tuple(_planned(case, stop) for stop in route.stops)


def _planned(case: Case, stop: Stop) -> Planned:
    minutes = float(stop.end - stop.start)
    work = None if stop.what == BREAK else case.work_of(stop)
    if work is None:
        return Planned(stop.start, minutes, None, None, visit=False)
    there = case.place_of(stop)
    place = None if there is None else case.place_index[there]
    if not isinstance(work, Visit):
        return Planned(stop.start, minutes, None, place, visit=False)
    fitting = [each.end for each in work.windows if each.start <= stop.start and stop.end <= each.end]
    last = max(fitting) - minutes if fitting else float(stop.start)
    return Planned(stop.start, minutes, last, place, work.time_critical or work.priority == "critical")


def planned_shares(case: Case, settings: CallSettings) -> dict[str, float]:
    """Kind -> the share of its duties that planned work takes, where the plan has no routes (else nothing).

    A visit counts with its travel for the kinds on duty when its window opens, divided equally over the duties that
    carry a route then.
    """
    if case.plan.with_routes:
        return {}
    duties = [
        duty for duty in case.duties
        if case.kind_of(duty).carries_route and case.kind_of(duty).lane == "work" and duty.follows is None
    ]  # fmt: skip
    there: dict[str, float] = defaultdict(float)
    asked: dict[str, float] = defaultdict(float)
    by_hour: dict[int, list[Duty]] = defaultdict(list)
    for duty in duties:
        there[duty.kind] += duty.end - duty.start
        for hour in range(duty.start // HOUR, -(-duty.end // HOUR)):
            by_hour[hour].append(duty)
    if settings.planned_percent is not None:
        return dict.fromkeys(there, settings.planned_percent / 100)
    for visit in case.instance.visits:
        opens = visit.windows[0].start
        at_work = [duty for duty in by_hour[opens // HOUR] if duty.start <= opens < duty.end]
        for duty in at_work:
            asked[duty.kind] += (visit.minutes + settings.planned_travel_minutes) * visit.nurses / len(at_work)
    return {kind: min(MOST, asked[kind] / minutes) for kind, minutes in there.items() if minutes and asked[kind]}


def drawn_work(
    seed: int, play: int, duty: Duty, start: int, end: int, share: float, settings: CallSettings
) -> tuple[Planned, ...]:
    """Pieces of work of a duty in one play, by its nurse and day: exponential times between them, so that they take
    ``share`` of the time."""
    chance = generator(seed, "planned", duty.nurse, duty.day, start, play)
    length, free = settings.planned_block_minutes, settings.planned_block_minutes * (1 - share) / share
    # at a moment taken at random she is in a piece with probability ``share``
    moment = start - float(chance.random()) * length if chance.random() < share else start + chance.exponential(free)
    pieces = []
    while moment + length <= end:
        begin = max(moment, float(start))
        rest = length - (begin - moment)
        pieces.append(Planned(begin, rest, begin + settings.planned_room_minutes, None))
        moment += length + chance.exponential(free)
    return tuple(pieces)
