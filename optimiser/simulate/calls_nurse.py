"""One nurse during one duty of the play: where she is, when she is free, what of her planned work moves."""

from __future__ import annotations

from collections import deque

from optimiser.simulate.calls_planned import Planned
from optimiser.simulate.calls_settings import CallSettings
from optimiser.simulate.calls_units import Unit

Offer = tuple[float, float, int]
"""When she can leave, minutes from then to the door, and how many planned pieces she does first."""


class OnDuty:
    """State that moves forward only: times that are asked for never lie before earlier ones.

    ``free_at`` is when her last work ends, ``place`` where. ``out``: whether she has left her waiting place. Counts of
    planned work (``moved``, ``late``, ``late_minutes``, ``dropped``) and minutes (``called``: way out and visits of
    calls; ``phoned``; ``worked``: planned work) grow as she goes.
    """

    __slots__ = (
        "called", "done", "dropped", "earlier", "ends", "free_at", "late", "late_minutes", "log", "moved", "out",
        "phone_until", "phoned", "place", "planned", "settings", "unit", "visits", "worked",
    )  # fmt: skip

    def __init__(
        self, unit: Unit, planned: tuple[Planned, ...], settings: CallSettings, earlier: OnDuty | None = None
    ) -> None:
        self.unit, self.planned, self.settings, self.earlier = unit, planned, settings, earlier
        self.free_at = self.phone_until = float(unit.start)
        self.place, self.out, self.done = unit.home, False, 0
        self.called = self.phoned = self.worked = self.late_minutes = 0.0
        self.visits = self.moved = self.late = self.dropped = 0
        self.ends: deque[float] = deque()
        self.log: list[tuple[float, float]] = []
        """Work by calls: from leaving or lifting the telephone until she is back."""

    def advance(self, minute: float) -> None:
        """Begin all planned work that begins by a minute; what an earlier duty still asks of her comes first."""
        if self.earlier is not None and self.earlier.free_at > self.free_at:
            self.free_at = self.earlier.free_at
        while self.done < len(self.planned):
            begin = self._begin(self.planned[self.done], self.place, self.free_at)
            if begin > minute:
                return
            self._do(self.planned[self.done], begin)

    def offer(self, minute: float, to: int, expected: float) -> Offer | None:
        """What she can offer at a minute for a call at a place that is expected to take so long there; None when her
        duty is over before she is free. She finishes what she is at, and pressing work that could not wait."""
        unit = self.unit
        self.advance(minute)
        free = max(self.free_at, self.phone_until, minute)
        if free >= unit.end:
            return None
        if self.done == len(self.planned):
            return free, self._minutes_to(free, to), 0
        count, free, place = self._pressing_first(free, to, expected)
        if free >= unit.end:
            return None
        return free, (unit.ways[place][to] if count else self._minutes_to(free, to)), count

    def send(self, offer: Offer, to: int, service: float) -> None:
        """Send her as she offered, for a visit that takes so long."""
        free, way, first = offer
        for piece in self.planned[self.done : self.done + first]:
            self._do(piece, self._begin(piece, self.place, self.free_at))
        door = free + way
        self.free_at, self.place, self.out = door + service, to, True
        self.called += way + service
        self.ends.append(self.free_at)
        back = self.unit.ways[to][self.unit.home] if self.settings.way_back_is_work else 0.0
        self.log.append((free, self.free_at + back))

    def telephone(self, minute: float, minutes: float) -> None:
        """She takes the telephone: when she is at work, that work lasts so much longer."""
        self.phoned += minutes
        if self.free_at > minute:
            self.free_at += minutes
            if self.ends:
                self.ends[-1] += minutes
        else:
            self.phone_until = max(self.phone_until, minute) + minutes
        self.log.append((minute, minute + minutes))

    def at_work_for_calls(self, minute: float) -> int:
        """Visits for calls that she has been given and has not finished."""
        while self.ends and self.ends[0] <= minute:
            self.ends.popleft()
        return len(self.ends)

    def _begin(self, piece: Planned, place: int, free_at: float) -> float:
        way = 0.0 if piece.place is None else self.unit.ways[place][piece.place]
        return max(max(free_at, self.phone_until) + way, piece.start)

    def _do(self, piece: Planned, begin: float) -> None:
        self.done += 1
        over = 0.0 if piece.last_start is None else begin - piece.last_start
        if over > self.settings.drop_minutes:
            self.dropped += piece.visit
            return
        if piece.place is not None:
            self.place, self.out = piece.place, True
        elif self.out and self.free_at + self.unit.ways[self.place][self.unit.home] <= begin:
            self.place, self.out = self.unit.home, False
        self.free_at = begin + piece.minutes
        self.worked += piece.minutes
        if piece.visit:
            self.visits += 1
            self.moved += begin - piece.start > self.settings.moved_minutes
            self.late += over > 0
            self.late_minutes += max(0.0, over)

    def _pressing_first(self, free: float, to: int, expected: float) -> tuple[int, float, int]:
        """How many planned pieces come before the call, when she is free after them, and where."""
        count, place, now = 0, self.place, free
        at, ended = self.place, self.free_at
        ways = self.unit.ways
        for number, piece in enumerate(self.planned[self.done :], start=1):
            ended = self._begin(piece, at, ended) + piece.minutes
            at = at if piece.place is None else piece.place
            if not piece.pressing or piece.last_start is None:
                continue
            if now + ways[place][to] + expected + ways[to][at] <= piece.last_start:
                break
            count, now, place = number, ended, at
        return count, now, place

    def _minutes_to(self, minute: float, to: int) -> float:
        """From where she is at a minute at which she is free; under way to somewhere the mean of both ends."""
        unit, place = self.unit, self.place
        ways = unit.ways
        piece = self.planned[self.done] if self.done < len(self.planned) else None
        if piece is not None and piece.place is not None:
            goal = piece.place
            leaves = max(self.free_at, piece.start - ways[place][goal])
        elif self.out:
            goal, leaves = unit.home, self.free_at
        else:
            return unit.turn_out + ways[unit.home][to]
        way = ways[place][goal]
        if minute <= leaves:
            return ways[place][to] + (0 if self.out else unit.turn_out)
        gone = (minute - leaves) / way if way else 1.0
        if gone >= 1:
            return ways[goal][to] + (unit.turn_out if goal == unit.home and piece is None else 0)
        return (1 - gone) * ways[place][to] + gone * ways[goal][to]
