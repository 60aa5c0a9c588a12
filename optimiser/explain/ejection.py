"""Make room for work in a route: one other visit moves within the route, or is handed over to another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from optimiser.domain.plan import Duty
from optimiser.domain.work import Visit
from optimiser.explain.asked import Asked
from optimiser.explain.change import Change
from optimiser.explain.in_route import duties_then
from optimiser.explain.insertion import insertions, places_in
from optimiser.explain.order import VISIT_ORDER, in_order
from optimiser.explain.present import Present
from optimiser.explain.road import Road, new_piece, roads_of
from optimiser.explain.schedule import Option

MOST_OUT, MOST_JUDGED = 24, 12
"""So many visits are taken out in turn, cheapest first, and so many whole exchanges are judged."""


@dataclass(frozen=True)
class Exchange:
    """``nurse`` does the work in ``duty`` when ``other`` goes to ``taker`` (the same nurse: it moves in time)."""

    nurse: str
    duty: str
    other: str
    taker: str
    start: int
    other_start: int
    change: Change


@dataclass(frozen=True)
class _Room:
    """A route in which the work fits once ``out`` is gone."""

    price: int
    duty: Duty
    start: int
    out: str


def cheapest_exchange(asked: Asked) -> Exchange | None:
    """The cheapest change of one other visit that lets the work be done and breaks nothing; None when none is found."""
    rooms = sorted(_rooms(asked), key=lambda room: (room.price, room.duty.id, room.out))[:MOST_OUT]
    found = sorted(
        ((room.price + price, number, room, duty) for number, room in enumerate(rooms)
         for price, duty in _elsewhere(asked.present, room, asked.as_of)),
        key=lambda each: (each[0], each[1], each[3].id),
    )  # fmt: skip
    for _, _, room, duty in found[:MOST_JUDGED]:
        same = duty.id == room.duty.id
        change = Change(asked.present, (duty,) if same else (room.duty, duty))
        if not in_order(asked.counted(change.difference.violations, room.duty), VISIT_ORDER):
            times = {stop.id: stop.start for each in change.duties for stop in each.stops}
            other = _most_moved(change) if same else room.out
            return Exchange(room.duty.nurse, room.duty.id, other, duty.nurse, times[asked.work.id], times[other],
                            change)  # fmt: skip
    return None


def _most_moved(change: Change) -> str:
    """Within one route the order changes: whichever was taken out, this is what the client notices."""
    shifts = [
        (abs(each.after[1] - each.before[1]), each.work)
        for each in change.moved
        if each.before is not None and each.after is not None
    ]
    return max(shifts)[1]


def _rooms(asked: Asked) -> Iterator[_Room]:
    present = asked.present
    for nurse in present.instance.nurses:
        times = asked.tied_times(nurse.id)
        if not times:
            continue
        for duty in duties_then(asked, nurse.id):
            for road in roads_of(present, duty, asked.as_of):
                yield from _rooms_in(asked, road, times)


def _rooms_in(asked: Asked, road: Road, times: list[tuple[int, int]]) -> Iterator[_Room]:
    """Each visit of one nurse taken out, where the work then fits."""
    present = asked.present
    for number in range(road.first, len(road.pieces)):
        work = present.work(road.pieces[number].id)
        if not isinstance(work, Visit) or work.nurses == 2:
            continue
        rest = replace(road, pieces=(*road.pieces[:number], *road.pieces[number + 1 :]))
        options: list[Option] = []
        for low, high in times:
            if low + asked.work.minutes <= road.closes and high >= road.opens:
                options += places_in(present, rest, new_piece(present, asked.work, asked.part, low, high))
        if options:
            best = min(options, key=lambda option: (option.price, option.earliest))
            duty = best.duty()
            if duty is not None:
                yield _Room(best.price, duty, best.earliest, work.id)


def _elsewhere(present: Present, room: _Room, as_of: int | None) -> Iterator[tuple[int, Duty]]:
    """Places for what was taken out: in the same duty, or in another as the plan has it."""
    work = present.work(room.out)
    done = present.case.served[room.out][1]
    if work is None:
        return
    asked = Asked(present, work, 1, as_of, done)
    for nurse in present.instance.nurses:
        times = asked.tied_times(nurse.id)
        for duty in duties_then(asked, nurse.id) if times else ():
            here = room.duty if duty.id == room.duty.id else duty
            for option in insertions(present, here, work, 1, times, as_of)[:1]:
                placed = option.duty()
                if placed is not None:
                    yield option.price, placed
