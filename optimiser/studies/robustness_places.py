"""The place of new work in a duty with the least detour that can be driven: fewer tries than ``explain.insertion``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from optimiser.domain.plan import Duty, Stop
from optimiser.domain.work import Task, Visit
from optimiser.explain.present import Present
from optimiser.explain.road import Piece, Road, new_piece, roads_of
from optimiser.explain.schedule import earliest_starts, gaps_of, laid, latest_starts, with_stops

Placed = tuple[int, Duty]
"""Minutes of travel that it adds, and the duty with the work in it."""


def least_detour(
    present: Present, duty: Duty, work: Visit | Task, part: int, span: tuple[int, int], as_of: int,
    allowed: Callable[[Sequence[Stop]], bool] = lambda _: True,
) -> Placed | None:  # fmt: skip
    """The duty with the work begun within ``span`` (horizon minutes), where the way round for it is shortest.

    What starts before ``as_of`` stands; waiting is not looked at. None where it cannot be driven, or what can is not
    ``allowed``.
    """
    best: Placed | None = None
    for road in roads_of(present, duty, as_of, frozenset({work.id})):
        piece = new_piece(present, work, 2 if part == 2 else 1, *span)
        for detour, position in sorted(_places(road, piece)):
            if best is not None and detour >= best[0]:
                break
            pieces = (*road.pieces[:position], piece, *road.pieces[position:])
            tries = (laid(road, pieces, gap) for gap in gaps_of(road, pieces))
            stops = next((found for found in tries if found and allowed(found)), None)
            if stops is not None:
                best = (detour, with_stops(road, stops))
                break
    return best


def _places(road: Road, piece: Piece) -> Iterator[tuple[int, int]]:
    """Detour and position of each place that is not ruled out by travel and the times of the others, breaks apart."""
    old = road.pieces
    early = earliest_starts(road, old, None, strict=False) or []
    late = latest_starts(road, old, None)
    at = [road.start_place]
    for each in old:
        at.append(at[-1] if each.place is None else each.place)
    for position in range(road.first, len(old) + 1):
        here = at[position]
        there = next((each.place for each in old[position:] if each.place is not None), road.end_place)
        spot = here if piece.place is None else piece.place
        to, on = int(road.minutes[here, spot]), int(road.minutes[spot, there])
        if position:
            arrival = early[position - 1] + old[position - 1].minutes + road.slack + to
        else:
            arrival = road.opens + max(0, to - road.free_leg)
        start = max(arrival, piece.low)
        if position == len(old):
            fits = start + piece.minutes + max(0, on - road.free_leg) <= road.closes
        else:
            beside = 0 if old[position].place is None else on
            fits = start + piece.minutes + road.slack + beside <= late[position]
        # one stop alone keeps beside a break that is not listed; with two it is, and may lie elsewhere
        if (start <= piece.high and fits) or (len(old) == 1 and road.pause):
            yield to + on - int(road.minutes[here, there]), position
