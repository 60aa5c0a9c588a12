"""Every place in a route where new work can be done, and the nearest miss where there is none."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from optimiser.domain.plan import Duty, Stop
from optimiser.domain.work import Task, Visit
from optimiser.explain.present import Present
from optimiser.explain.road import Piece, Road, new_piece, roads_of, spans_of
from optimiser.explain.schedule import (
    Option,
    earliest_starts,
    gaps_of,
    laid,
    last_start,
    latest_starts,
    route_price,
    stops_at,
    with_stops,
)

Spans = Iterable[tuple[int, int]]


def insertions(
    present: Present, duty: Duty, work: Visit | Task, part: int = 1, spans: Spans | None = None,
    as_of: int | None = None, loose: Collection[str] = (),
) -> list[Option]:  # fmt: skip
    """The places in the routes of a duty where a part of work can be done, cheapest first.

    ``spans``: earliest and latest start of each time that may be; None is the work's windows. ``as_of`` (horizon
    minute): what starts before it stands, and new work is left for from then on. Ties with ``loose`` work hold nothing
    in place: whether they are kept is left to the checker.
    """
    found = [
        option
        for road in roads_of(present, duty, as_of, frozenset({work.id, *loose}))
        for low, high in _spans(present, work, spans)
        if low <= high and low + work.minutes <= road.closes and high >= road.opens
        for option in places_in(present, road, new_piece(present, work, 2 if part == 2 else 1, low, high))
    ]
    return sorted(found, key=lambda option: (option.price, option.earliest, option.position))


def removal(present: Present, duty: Duty, name: str, as_of: int | None = None) -> Duty | None:
    """The duty without a piece of work, at the least price; None when the rest cannot be driven any more.

    What starts before ``as_of`` is not taken out (None).
    """
    for road in roads_of(present, duty, as_of, frozenset({name})):
        number = next((each for each, piece in enumerate(road.pieces) if piece.id == name), None)
        if number is None:
            continue
        if number < road.first:
            return None
        rest = replace(road, pieces=(*road.pieces[:number], *road.pieces[number + 1 :]))
        return cheapest(present, rest)
    return None


def cheapest(present: Present, road: Road) -> Duty | None:
    """The duty of a road with its pieces in their order and the break where it costs least."""
    best: tuple[int, tuple[Stop, ...]] | None = None
    for gap in gaps_of(road, road.pieces):
        stops = laid(road, road.pieces, gap)
        if stops is not None:
            price = _price(present, road, road.pieces, stops)
            best = (price, stops) if best is None or price < best[0] else best
    return None if best is None else with_stops(road, best[1])


def nearest_miss(
    present: Present, duty: Duty, work: Visit | Task, part: int = 1, spans: Spans | None = None,
    as_of: int | None = None,
) -> tuple[int, Duty] | None:  # fmt: skip
    """Minutes too late in all, and the duty with the work at the place where that is least; borders are overstepped.

    None when the duty has no route to put it in.
    """
    best: tuple[int, Road, tuple[Piece, ...], int | None, list[int]] | None = None
    for road in roads_of(present, duty, as_of):
        for low, high in _spans(present, work, spans):
            piece = new_piece(present, work, 2 if part == 2 else 1, low, high)
            for position in range(road.first, len(road.pieces) + 1):
                pieces = (*road.pieces[:position], piece, *road.pieces[position:])
                # a break only makes it later
                if best is not None and _least_late(road, pieces) >= best[0]:
                    continue
                for gap in gaps_of(road, pieces):
                    starts = earliest_starts(road, pieces, gap, strict=False)
                    late = _lateness(road, pieces, gap, starts or [])
                    if best is None or late < best[0]:
                        best = (late, road, pieces, gap, starts or [])
    if best is None:
        return None
    late, road, pieces, gap, starts = best
    return late, with_stops(road, stops_at(road, pieces, gap, starts))


def _spans(present: Present, work: Visit | Task, spans: Spans | None) -> Spans:
    return spans_of(present, work) if spans is None else spans


def places_in(present: Present, road: Road, piece: Piece) -> list[Option]:
    """The places of a new piece in one road; prices are against the route of the road's duty."""
    old = road.pieces
    now = [stop for route in road.duty.routes if route.segment == road.segment for stop in route.stops]
    before = _price(present, road, old, now)
    early = earliest_starts(road, old, None, strict=False) or []
    late = latest_starts(road, old, None)
    found = []
    for position in range(road.first, len(old) + 1):
        if position and early[position - 1] + old[position - 1].minutes > piece.high:
            break
        if position < len(old) and late[position] < piece.low + piece.minutes:
            continue
        pieces = (*old[:position], piece, *old[position:])
        for gap in gaps_of(road, pieces):
            stops = laid(road, pieces, gap)
            if stops is None:
                continue
            first, last = earliest_starts(road, pieces, gap) or [], latest_starts(road, pieces, gap)
            price = _price(present, road, pieces, stops) - before
            found.append(Option(road, pieces, position, gap, first[position], last[position], price))
    return found


def _price(present: Present, road: Road, pieces: tuple[Piece, ...], stops: Iterable[Stop]) -> int:
    settings = present.instance.settings
    return route_price(road, pieces, tuple(stops), settings.waiting_free_minutes, present.instance.weights)


def _least_late(road: Road, pieces: tuple[Piece, ...]) -> int:
    return _lateness(road, pieces, None, earliest_starts(road, pieces, None, strict=False) or [])


def _lateness(road: Road, pieces: tuple[Piece, ...], gap: int | None, starts: list[int]) -> int:
    """How many minutes too late everything is together."""
    late = sum(max(0, start - piece.high) for start, piece in zip(starts, pieces, strict=True))
    late += max(0, starts[-1] - last_start(road, pieces))
    if gap is not None:
        end = starts[gap - 1] + pieces[gap - 1].minutes
        late += max(0, end + road.pause - road.pause_high)
    return late
