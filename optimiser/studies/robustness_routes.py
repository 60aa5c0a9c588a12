"""Routes as they stand while a week is repaired: work is taken out and put at the cheapest place that may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from optimiser.domain.plan import BREAK, Duty, Stop
from optimiser.domain.work import Task, Visit
from optimiser.explain.insertion import removal
from optimiser.explain.present import Present, rebuilt
from optimiser.explain.road import tied_span
from optimiser.studies.robustness_lent import room_to_lend
from optimiser.studies.robustness_people import Able
from optimiser.studies.robustness_places import Placed, least_detour

Part = Literal[1, 2]
Span = tuple[int, int]
Home = tuple[str, int]
"""Duty id and start of a part of work."""

MOST_TRIES = 20
"""So many visits are asked to give way for one piece of work."""
UNEVEN = 10
"""Minutes that a stop between two others may take off the travel between them."""
NEAR = 60
"""Minutes before and after the work in which visits may have to give way."""


@dataclass(frozen=True)
class Living(Present):
    """A present whose work moves: ``homes`` says where each part is now."""

    homes: dict[tuple[str, int], Home] = field(default_factory=dict)

    def start_of(self, name: str) -> tuple[int | None, str]:
        """When work starts now, and the duty that holds it."""
        home = self.homes.get((name, 1))
        if home is not None:
            return home[1], home[0]
        task = self.instance.task_by_id.get(name)
        clock = self.instance.clock
        start = None if task is None or task.in_route else clock.at(clock.day_number(task.day), task.from_time)
        return start, ""


class Routes:
    """The duties of a week, by id, with where each part of work is. ``able``: who may do what."""

    def __init__(self, present: Living, duties: Iterable[Duty], able: Able) -> None:
        self.present, self.able = present, able
        self.duties: dict[str, Duty] = {}
        self._idles: dict[int, tuple[Duty, int]] = {}
        present.homes.clear()
        for duty in duties:
            self.put(duty)

    def put(self, duty: Duty) -> None:
        """Add a duty, or replace the one of its id."""
        self.take(duty.id)
        self.duties[duty.id] = duty
        for stop in duty.stops:
            if stop.what != BREAK:
                self.present.homes[stop.id, stop.part] = (duty.id, stop.start)

    def take(self, name: str) -> None:
        """Take a duty away with its route."""
        old = self.duties.pop(name, None)
        for stop in old.stops if old is not None else ():
            self.present.homes.pop((stop.id, stop.part), None)

    def restore(self, duties: dict[str, Duty]) -> None:
        """Back to the duties as they were."""
        for name in self.duties.keys() - duties.keys():
            self.take(name)
        for name, duty in duties.items():
            if self.duties.get(name) is not duty:
                self.put(duty)

    def nurse_of(self, name: str, part: int) -> str | None:
        """Who does a part of work now."""
        home = self.present.homes.get((name, part))
        return None if home is None else self.duties[home[0]].nurse

    def place(
        self, name: str, part: Part, as_of: int, at: int | None = None, only: str | None = None
    ) -> bool:
        """Put a part of work at its cheapest place, at minute ``at`` when given, in the duty ``only`` when given.

        Standby duties take work only when they are named: the law reads what is done in them. False when nothing fits.
        """
        work = self.present.work(name)
        if work is None:
            return False
        best: tuple[int, str, Duty] | None = None
        for duty, span, cost in self._homes(work, part, as_of, at, only):
            placed = self._placed(duty, work, part, span, as_of)
            if placed is not None and (best is None or (placed[0] + cost, duty.id) < best[:2]):
                best = (placed[0] + cost, duty.id, placed[1])
        if best is None:
            return False
        self.put(best[2])
        return True

    def place_pair(self, visit: Visit, as_of: int) -> bool:
        """Both parts of a visit by two nurses, at one start; as it was when they cannot."""
        before = dict(self.duties)
        for duty, span, _ in sorted(self._homes(visit, 1, as_of, None, None), key=lambda each: (each[2], each[0].id)):
            placed = self._placed(duty, visit, 1, span, as_of)
            if placed is None:
                continue
            self.put(placed[1])
            if self.place(visit.id, 2, as_of, self.present.homes[visit.id, 1][1]):
                return True
            self.restore(before)
        return False

    def make_room(self, name: str, as_of: int) -> bool:
        """Put work for one nurse in the place of a visit that then goes elsewhere; nothing is left undone for it.

        Only visits that are tied to nothing give way, and that begin at ``as_of`` or later; so many tries at most.
        """
        work, before, tries = self.present.work(name), dict(self.duties), 0
        if work is None:
            return False
        homes = sorted(self._homes(work, 1, as_of, None, None), key=lambda each: (each[2], each[0].id))
        for duty, (low, high), _ in homes:
            for stop in work_stops(duty):
                near = stop.start < high + work.minutes + NEAR and stop.end > low - NEAR
                if not near or stop.start < as_of or not self._is_loose(stop):
                    continue
                tries += 1
                if tries > MOST_TRIES:
                    return False
                shorter = removal(self.present, duty, stop.id, as_of)
                if shorter is None:
                    continue
                self.put(shorter)
                if self.place(name, 1, as_of, None, duty.id) and self.place(stop.id, 1, as_of):
                    return True
                self.restore(before)
        return False

    def _is_loose(self, stop: Stop) -> bool:
        """Whether taking it out touches no other work."""
        visit = self.present.instance.visit_by_id.get(stop.id)
        return visit is not None and visit.nurses == 1 and not self.present.links_of.get(stop.id)

    def drop(self, name: str, as_of: int) -> None:
        """Leave work undone: its other part too, and what is tied to it together and did not begin before ``as_of``."""
        for part in (1, 2):
            home = self.present.homes.get((name, part))
            if home is not None:
                duty = self.duties[home[0]]
                self.put(removal(self.present, duty, name, as_of) or without(duty, name))
        for link in self.present.links_of.get(name, ()):
            other = link.second if link.first == name else link.first
            start, holder = self.present.start_of(other)
            if link.together and holder and start is not None and start >= as_of:
                self.drop(other, as_of)

    def watched(self, nurse: str, start: int, end: int) -> bool:
        """Whether another experienced nurse is on duty all the time, for a check from afar."""
        people, case = self.present.instance.nurse_by_id, self.present.case
        return any(
            duty.nurse != nurse and people[duty.nurse].experience == "experienced" and duty.start <= start
            and duty.end >= end and any(low <= start and end <= high for low, high in case.segments(duty))
            for duty in self.duties.values()
        )  # fmt: skip

    def _homes(
        self, work: Visit | Task, part: Part, as_of: int, at: int | None, only: str | None
    ) -> Iterator[tuple[Duty, Span, int]]:
        """Duties whose nurse may do the part, from when to when it may start there, and what she costs there."""
        tied = tied_span(self.present, work.id)
        low, high = max(as_of, tied[0]), tied[1]
        if at is not None:
            low, high = max(low, at), min(high, at)
        windows = [
            (number, max(low, first), min(high, last))
            for number, (first, last) in enumerate(self.able.windows(work.id)) if max(low, first) <= min(high, last)
        ]  # fmt: skip
        other = self.nurse_of(work.id, 3 - part)
        for duty in self.duties.values() if only is None else [self.duties[only]]:
            if duty.follows is not None or duty.nurse == other or (only is None and duty.lane == "standby"):
                continue
            for number, first, last in windows:
                if last < duty.start or first + work.minutes > duty.end or self.idle(duty) < work.minutes:
                    continue
                cost = self.able.cost(work.id, part, number, duty.nurse)
                if cost is not None and self._may_join(work, part, duty, first):
                    yield duty, (first, last), cost

    def _placed(self, duty: Duty, work: Visit | Task, part: Part, span: Span, as_of: int) -> Placed | None:
        """The work in a duty where its ties are kept: work that it is tied to may move beside it."""
        links = self.present.links_of.get(work.id, ())

        def kept(stops: Sequence[Stop]) -> bool:
            starts = {stop.id: stop.start for stop in stops} if links else {}
            for link in links:
                first, second = (starts.get(name, self.present.start_of(name)[0]) for name in (link.first, link.second))
                if first is not None and second is not None and not link.gap_min <= second - first <= link.gap_max:
                    return False
            return True

        return least_detour(self.present, duty, work, part, span, as_of, kept)

    def idle(self, duty: Duty) -> int:
        """Minutes of a duty without work, travel between stops or break; what takes longer need not be tried in it.

        Another stop may shorten the travel where the table of travel is uneven: so much is left for that.
        """
        known = self._idles.get(id(duty))
        if known is None or known[0] is not duty:
            instance = self.present.instance
            kind = instance.kind_by_id[duty.kind]
            free = sum(high - low for low, high in self.present.case.segments(duty)) - kind.break_minutes
            free -= instance.settings.handover_minutes if duty.lane == "work" else 0
            for route in duty.routes:
                free -= sum(stop.end - stop.start for stop in route.stops if stop.what != BREAK)
                pairs = zip(route.stops, route.stops[1:], strict=False)
                free -= sum(two.arrival - one.end for one, two in pairs if BREAK not in (one.what, two.what))
            known = self._idles[id(duty)] = (duty, free + UNEVEN)
        return known[1]

    def _may_join(self, work: Visit | Task, part: Part, duty: Duty, start: int) -> bool:
        """Whether ties let her do it, and whether her organisation may still lend so much that week."""
        for link in self.present.links_of.get(work.id, ()) if part == 1 else ():
            other = self.nurse_of(link.second if link.first == work.id else link.first, 1)
            if link.nurse != "any" and other is not None and (other == duty.nurse) != (link.nurse == "same"):
                return False
        return isinstance(work, Task) or room_to_lend(self.present, self.duties.values(), work, duty.nurse, start)


def without(duty: Duty, name: str) -> Duty:
    """The duty less a piece of work, nothing moved; a break with nothing beside it goes too."""
    routes = []
    for route in duty.routes:
        stops = tuple(stop for stop in route.stops if stop.id != name)
        work = [stop for stop in stops if stop.what != BREAK]
        if work:
            routes.append(rebuilt(route, stops=stops if len(work) > 1 else tuple(work)))
    return rebuilt(duty, routes=tuple(routes))


def work_stops(duty: Duty) -> list[Stop]:
    """The stops of a duty but its break."""
    return [stop for stop in duty.stops if stop.what != BREAK]
