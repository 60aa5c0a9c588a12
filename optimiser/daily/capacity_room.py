"""How many visits still fit into the idle time of a route while nothing moves, for each of several areas at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.explain.road import Road

Minutes = NDArray[np.int64]
"""A figure for each area."""


@dataclass(frozen=True)
class Ways:
    """Median travel by one mode in one day part: ``into`` and ``out`` [place, area] between a place and the places of
    an area, ``inside`` [area] between two of its places."""

    into: NDArray[np.int64]
    out: NDArray[np.int64]
    inside: Minutes


def ways_of(minutes: NDArray[np.int32], areas: list[list[int]]) -> Ways:
    """From a matrix of travel minutes and the rows of each area's places."""
    into = np.stack([np.median(minutes[:, rows], axis=1) for rows in areas], axis=1)
    out = np.stack([np.median(minutes[rows, :], axis=0) for rows in areas], axis=1)
    inside = np.array([_inside(minutes[np.ix_(rows, rows)]) for rows in areas])
    return Ways(*(np.ceil(each).astype(np.int64) for each in (into, out, inside)))


def _inside(square: NDArray[np.int32]) -> float:
    """Median between two different clients."""
    others = square[~np.eye(len(square), dtype=bool)]
    return float(np.median(others)) if others.size else 0.0


@dataclass(frozen=True)
class Gap:
    """Idle time from ``begin`` to ``end`` (horizon minutes). ``before`` and ``after`` are places; None where the duty
    begins or ends. A break lies from ``pause`` to ``pause_end`` (both None without one)."""

    begin: int
    end: int
    before: int | None
    after: int | None
    pause: int | None = None
    pause_end: int | None = None


def visits_that_fit(road: Road, ways: Ways, visit: int, at: int) -> Minutes:
    """Whole visits of ``visit`` minutes that fit into the gaps of a road after minute ``at``, in each area.

    What stands keeps its minute, the break too. Home legs count as far as they are duty time.
    """
    total = np.zeros(len(ways.inside), dtype=np.int64)
    for gap in gaps_of(road):
        begin = max(gap.begin, at)
        if gap.before is None:
            way_in = np.maximum(0, ways.into[road.start_place] - road.free_leg)
        else:
            way_in = ways.into[gap.before]
        if gap.after is None:
            way_out = np.maximum(0, ways.out[road.end_place] - road.free_leg)
        else:
            way_out = ways.out[gap.after] + road.slack
        step = visit + ways.inside + road.slack
        if gap.pause is None or gap.pause_end is None:
            total += _whole(gap.end - begin - way_in - way_out, visit, step)
            continue
        first, second = gap.pause - begin, gap.end - max(begin, gap.pause_end)
        # travel may be before, after or around the break; all visits lie on one side of it
        total += np.maximum(
            _whole(first - way_in - np.maximum(0, way_out - second), visit, step),
            _whole(second - way_out - np.maximum(0, way_in - first), visit, step),
        )
    return total


def _whole(left: Minutes, visit: int, step: Minutes) -> Minutes:
    """So many visits, with travel between them, in the minutes that are left."""
    return np.where(left >= visit, 1 + (left - visit) // step, 0)


def gaps_of(road: Road) -> Iterator[Gap]:
    """The idle times before, between and after the work of a road. A break that is due but not listed yet comes off
    every gap, since it must lie in one of them."""
    due = road.pause if road.now_break is None else 0
    pieces, place = road.pieces, None
    begin = road.opens
    for piece in pieces:
        start = piece.low if piece.now is None else piece.now
        yield _with_break(road, Gap(begin, start - due, place, piece.place if piece.place is not None else place))
        place = piece.place if piece.place is not None else place
        begin = start + piece.minutes + road.slack
    yield _with_break(road, Gap(begin, road.closes - due, place, None))


def _with_break(road: Road, gap: Gap) -> Gap:
    rest = road.now_break
    if rest is None or not gap.begin - road.slack <= rest.start <= gap.end:
        return gap
    return Gap(gap.begin, gap.end, gap.before, gap.after, rest.start, rest.end)
