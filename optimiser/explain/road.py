"""One segment of a duty as a road to drive: where it opens and closes, its pieces of work, its break and its travel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from optimiser.check.legs import ends_and_mode
from optimiser.domain.plan import BREAK, Duty, Stop
from optimiser.domain.travel_matrix import day_part_of
from optimiser.domain.work import Task, Visit
from optimiser.explain.present import Present

FAR = 10**9


@dataclass(frozen=True)
class Piece:
    """Work for one nurse in a route. It starts from ``low`` to ``high`` (horizon minutes); ``now`` is its present
    start, None when it is new. ``place`` is a row of the travel matrix, None where the nurse is."""

    what: Literal["visit", "task"]
    id: str
    part: Literal[1, 2]
    place: int | None
    minutes: int
    low: int
    high: int
    now: int | None = None


@dataclass(frozen=True)
class Road:
    """A segment in horizon minutes. ``opens`` is after the handover; ``free_leg`` minutes of a home leg are outside.

    ``pause`` minutes of break lie from ``pause_low`` to ``pause_high``; ``begun`` is a break that stands. Pieces before
    number ``first`` stand; new work departs at ``depart`` or later.
    """

    duty: Duty
    segment: Literal[0, 1]
    opens: int
    closes: int
    free_leg: int
    slack: int
    minutes: NDArray[np.int32]
    start_place: int
    end_place: int
    pause: int
    pause_low: int
    pause_high: int
    pieces: tuple[Piece, ...]
    first: int = 0
    depart: int = -FAR
    begun: Stop | None = None
    now_break: Stop | None = None


def roads_of(present: Present, duty: Duty, as_of: int | None = None, loose: frozenset[str] = frozenset()) -> list[Road]:
    """The roads of a duty, one for each segment; none when its kind carries no route or it follows a companion.

    ``as_of``: what starts before this minute stands. ``loose`` names work whose ties do not hold other work in place.
    """
    case, kind = present.case, present.instance.kind_by_id[duty.kind]
    start, end, mode = ends_and_mode(case, duty)
    part = (mode, case.travel.part(day_part_of(kind.category), duty.day, duty.nurse))
    if not kind.carries_route or duty.follows is not None or part not in case.travel.minutes:
        return []
    index, day = case.place_index, case.clock.day_number(duty.day)
    free = present.instance.organisation_by_id[present.instance.nurse_by_id[duty.nurse].organisation].free_home_leg
    roads = []
    for segment, (low, high) in enumerate(case.segments(duty)):
        stops = [stop for route in duty.routes if route.segment == segment for stop in route.stops]
        pause = kind.break_minutes if segment == 0 else 0
        begin = low if kind.break_from is None else max(low, case.clock.at(day, kind.break_from))
        until = high if kind.break_until is None else min(high, case.clock.at(day, kind.break_until))
        handover = present.instance.settings.handover_minutes if duty.lane == "work" and segment == 0 else 0
        work, rest = [each for each in stops if each.what != BREAK], [each for each in stops if each.what == BREAK]
        frozen = [each for each in work if as_of is not None and each.start < as_of]
        begun = rest[0] if rest and as_of is not None and rest[0].start < as_of else None
        roads.append(Road(
            duty, 1 if segment else 0, low + handover, high, free, present.instance.settings.slack_minutes,
            case.travel.minutes[part], index[start], index[end], pause,
            begin if as_of is None or begun is not None else max(begin, as_of), until,
            tuple(_piece(present, duty, stop, as_of, loose) for stop in work), len(frozen),
            -FAR if as_of is None else as_of, begun, rest[0] if rest else None,
        ))  # fmt: skip
    return roads


def spans_of(present: Present, work: Visit | Task) -> tuple[tuple[int, int], ...]:
    """Earliest and latest start of each window of the work."""
    if isinstance(work, Visit):
        return tuple((window.start, window.end - work.minutes) for window in work.windows)
    clock, day = present.instance.clock, present.instance.clock.day_number(work.day)
    return ((clock.at(day, work.from_time), clock.at(day, work.until_time) - work.minutes),)


def new_piece(present: Present, work: Visit | Task, part: Literal[1, 2], low: int, high: int) -> Piece:
    """Work that has no place in a route yet, to start from ``low`` to ``high``."""
    place = present.instance.client_by_id[work.client].place if isinstance(work, Visit) else work.place
    row = None if place is None else present.case.place_index[place]
    return Piece("visit" if isinstance(work, Visit) else "task", work.id, part, row, work.minutes, low, high)


def tied_span(
    present: Present, name: str, beside: Duty | None = None, loose: frozenset[str] = frozenset()
) -> tuple[int, int]:
    """From when to when links let work start, as the work it is tied to stands.

    Empty (the first above the second) when that work stands in ``beside``, the duty that is laid out anew.
    """
    low, high = -FAR, FAR
    for link in present.links_of.get(name, ()):
        other = link.second if link.first == name else link.first
        if other in loose or other == name:
            continue
        start, holder = present.start_of(other)
        if start is None:
            continue
        if beside is not None and holder == beside.id:
            return 1, 0
        if link.first == name:
            low, high = max(low, start - link.gap_max), min(high, start - link.gap_min)
        else:
            low, high = max(low, start + link.gap_min), min(high, start + link.gap_max)
    return low, high


def _piece(present: Present, duty: Duty, stop: Stop, as_of: int | None, loose: frozenset[str]) -> Piece:
    """A stop as it stands, and how far it may move: not at all when it is shared, tied within the duty or begun."""
    work = present.work(stop.id)
    place = present.case.place_of(stop)
    row = None if place is None else present.case.place_index[place]
    low = high = stop.start
    shared = isinstance(work, Visit) and work.nurses == 2
    if work is not None and not shared and (as_of is None or stop.start >= as_of):
        window = next((span for span in spans_of(present, work) if span[0] <= stop.start <= span[1]), None)
        tied = tied_span(present, stop.id, duty, loose)
        if window is not None:
            low, high = max(window[0], tied[0]), min(window[1], tied[1])
    if as_of is not None and stop.start >= as_of:
        low = max(low, as_of)
    low, high = (low, high) if low <= stop.start <= high else (stop.start, stop.start)
    what: Literal["visit", "task"] = "visit" if stop.what == "visit" else "task"
    return Piece(what, stop.id, stop.part, row, stop.end - stop.start, low, high, stop.start)


def legs_of(road: Road, pieces: Sequence[Piece]) -> list[int]:
    """Minutes of travel to each piece, and home from the last."""
    legs, place = [], road.start_place
    for piece in pieces:
        if piece.place is None:
            legs.append(0)
        else:
            legs.append(int(road.minutes[place, piece.place]))
            place = piece.place
    return [*legs, int(road.minutes[place, road.end_place])]
