"""The scheduler of one route without a solver: when each piece starts, where the break lies, and what it costs.

The order is given. Work keeps its present start where it can and moves inside its window where it must; new work starts
as early as it can. All times are horizon minutes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from optimiser.domain.objective import ObjectiveWeights
from optimiser.domain.plan import BREAK, Duty, Route, Stop
from optimiser.explain.present import rebuilt
from optimiser.explain.road import Piece, Road, legs_of


@dataclass(frozen=True)
class Option:
    """New work at a place in a route: any start from ``earliest`` to ``latest`` can be driven.

    ``gap`` is the number of the piece that the break comes before, None without a break; ``price`` is what travel and
    waiting cost more than in the route as it stands.
    """

    road: Road
    pieces: tuple[Piece, ...]
    position: int
    gap: int | None
    earliest: int
    latest: int
    price: int

    def duty(self, start: int | None = None) -> Duty | None:
        """Her duty with the work in it, at ``start`` when given; None when that start cannot be driven."""
        pieces = self.pieces
        if start is not None:
            if not pieces[self.position].low <= start <= pieces[self.position].high:
                return None
            fixed = [*pieces]
            fixed[self.position] = moved(pieces[self.position], start)
            pieces = tuple(fixed)
        stops = laid(self.road, pieces, self.gap)
        return None if stops is None else with_stops(self.road, stops)


def moved(piece: Piece, start: int) -> Piece:
    """The piece at one start only."""
    return Piece(piece.what, piece.id, piece.part, piece.place, piece.minutes, start, start, piece.now)


def gaps_of(road: Road, pieces: Sequence[Piece]) -> Iterator[int | None]:
    """The places of the break that may be: before the piece of that number. None alone where none is listed."""
    if not road.pause or len(pieces) < 2:
        yield None
        return
    if road.begun is not None:
        before = sum(1 for piece in pieces if piece.now is not None and piece.now < road.begun.start)
        yield from (gap for gap in (before,) if 0 < gap < len(pieces))
        return
    yield from range(max(1, road.first), len(pieces))


def earliest_starts(road: Road, pieces: Sequence[Piece], gap: int | None, strict: bool = True) -> list[int] | None:
    """The earliest start of each piece; None when one comes too late. Not ``strict``: late ones stand as they come."""
    legs, starts = legs_of(road, pieces), list[int]()
    for number, piece in enumerate(pieces):
        if number == 0:
            arrival = road.opens + max(0, legs[0] - road.free_leg)
        else:
            end = starts[-1] + pieces[number - 1].minutes
            arrival = end + road.slack + legs[number]
            if number == gap:
                if strict and end > _last_break(road):
                    return None
                arrival = max(arrival, _first_break(road)) + road.pause
        if piece.now is None:
            arrival = max(arrival, road.depart + legs[number])
        start = max(arrival, piece.low)
        if len(pieces) == 1 and road.pause:
            start = _beside_break(road, piece, start)
        if strict and start > piece.high:
            return None
        starts.append(start)
    return None if strict and pieces and starts[-1] > _last_start(road, pieces[-1], legs[-1]) else starts


def latest_starts(road: Road, pieces: Sequence[Piece], gap: int | None) -> list[int]:
    """The latest start of each piece from which the rest can still be done; only for an order that can be driven."""
    legs, starts = legs_of(road, pieces), [0] * len(pieces)
    for number in range(len(pieces) - 1, -1, -1):
        piece = pieces[number]
        if number == len(pieces) - 1:
            latest = _last_start(road, piece, legs[-1])
        else:
            end = starts[number + 1] - road.slack - legs[number + 1]
            if number + 1 == gap:
                end = min(end - road.pause, _last_break(road))
            latest = end - piece.minutes
        starts[number] = min(piece.high, latest)
    if len(pieces) == 1 and road.pause and _beside_break(road, pieces[0], starts[0]) != starts[0]:
        starts[0] = min(starts[0], road.pause_high - road.pause - pieces[0].minutes)
    return starts


def laid(road: Road, pieces: Sequence[Piece], gap: int | None) -> tuple[Stop, ...] | None:
    """The stops in this order with the break in this place; None when it cannot be driven."""
    if not pieces:
        return ()
    first = earliest_starts(road, pieces, gap)
    if first is None:
        return None
    latest = latest_starts(road, pieces, gap)
    kept = [
        piece if piece.now is None else Piece(
            piece.what, piece.id, piece.part, piece.place, piece.minutes,
            max(piece.low, min(piece.now, last)), piece.high, piece.now,
        )
        for piece, last in zip(pieces, latest, strict=True)
    ]  # fmt: skip
    starts = earliest_starts(road, kept, gap)
    return stops_at(road, pieces, gap, first if starts is None else starts)


def stops_at(road: Road, pieces: Sequence[Piece], gap: int | None, starts: Sequence[int]) -> tuple[Stop, ...]:
    """The stops at these starts, the break as early as it may be or where it was."""
    legs, stops = legs_of(road, pieces), list[Stop]()
    for number, (piece, start) in enumerate(zip(pieces, starts, strict=True)):
        arrival = start
        if number:
            end = stops[-1].end
            arrival = end + road.slack + legs[number]
            if number == gap:
                begin = _break_start(road, end, start)
                stops.append(Stop(what="break", id=BREAK, arrival=begin, start=begin, end=begin + road.pause))
                arrival = max(arrival, begin) + road.pause
        stops.append(Stop(what=piece.what, id=piece.id, part=piece.part, arrival=arrival, start=start,
                          end=start + piece.minutes))  # fmt: skip
    return tuple(stops)


def route_price(
    road: Road, pieces: Sequence[Piece], stops: Sequence[Stop], waits: int, weights: ObjectiveWeights
) -> int:
    """Travel, home legs and waiting above ``waits`` minutes a gap, by their weights."""
    if not pieces:
        return 0
    legs, work = legs_of(road, pieces), [stop for stop in stops if stop.what != BREAK]
    after_break = {next_.id for stop, next_ in zip(stops, stops[1:], strict=False) if stop.what == BREAK}
    waiting = 0
    for number in range(1, len(work)):
        idle = work[number].start - work[number - 1].end - legs[number]
        waiting += max(0, idle - (road.pause if work[number].id in after_break else 0) - waits)
    return weights.home_leg * (legs[0] + legs[-1]) + weights.travel * sum(legs[1:-1]) + weights.waiting * waiting


def with_stops(road: Road, stops: tuple[Stop, ...]) -> Duty:
    """The duty of a road with these stops in its segment."""
    others = [route for route in road.duty.routes if route.segment != road.segment and route.stops]
    if stops:
        others.append(Route.model_construct(segment=road.segment, stops=stops))
    return rebuilt(road.duty, routes=tuple(sorted(others, key=lambda each: each.segment)))


def _first_break(road: Road) -> int:
    return road.pause_low if road.begun is None else road.begun.start


def _last_break(road: Road) -> int:
    return road.pause_high - road.pause if road.begun is None else road.begun.start


def _break_start(road: Road, end: int, start: int) -> int:
    """As it was where that can be, else as early as may be."""
    low, high = max(end, _first_break(road)), min(start - road.pause, _last_break(road))
    now = road.begun or road.now_break
    return now.start if now is not None and low <= now.start <= high else low


def last_start(road: Road, pieces: Sequence[Piece]) -> int:
    """The latest start of the last piece from which she is home in time."""
    return _last_start(road, pieces[-1], legs_of(road, pieces)[-1])


def _last_start(road: Road, piece: Piece, home: int) -> int:
    return road.closes - max(0, home - road.free_leg) - piece.minutes


def _beside_break(road: Road, piece: Piece, start: int) -> int:
    """The first start from ``start`` on that leaves room for the break before or after the one piece."""
    before, after = road.pause_low + road.pause, road.pause_high - road.pause - piece.minutes
    return start if start <= after or start >= before else before
