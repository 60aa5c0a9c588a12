"""The work of one moment of a replay: duties fall away, their visits go elsewhere, urgent visits come in."""

from __future__ import annotations

from dataclasses import dataclass

from optimiser.domain.plan import Duty, Stop
from optimiser.domain.work import Visit
from optimiser.explain.present import rebuilt
from optimiser.explain.road import tied_span
from optimiser.simulate.week import Moment, Week
from optimiser.studies.robustness_people import duty_for
from optimiser.studies.robustness_routes import Routes, without, work_stops

HALF_DONE = 10_000
"""Price of work whose other half is done already: a pump that hangs must come off."""


@dataclass(frozen=True)
class Work:
    """The routes at one moment of a week, and what can be done with them."""

    week: Week
    moment: Moment
    routes: Routes

    def fallen(self) -> list[Duty]:
        """The duties that fall away now, out of the routes, the fullest first; students' go and are not told."""
        gone = {duty.id for duty in self.moment.lost}
        lost = [duty for duty in self.moment.lost if duty.follows is None]
        pairs = {(duty.nurse, duty.day) for duty in lost}
        for duty in list(self.routes.duties.values()):
            if duty.id in gone or (duty.follows, duty.day) in pairs:
                self.routes.take(duty.id)
        return sorted(lost, key=lambda duty: (-len(duty.stops), duty.id))

    def price(self, name: str) -> int:
        """What work costs when it stays undone."""
        for link in self.routes.present.links_of.get(name, ()):
            start, _ = self.routes.present.start_of(link.first)
            if link.together and link.second == name and start is not None and start < self.moment.at:
                return HALF_DONE
        return self.routes.able.price(name)

    def fit(self, visit: Visit) -> bool:
        """A new visit at its cheapest place, or at one that another visit leaves for it."""
        if visit.nurses == 2:
            return self.routes.place_pair(visit, self.moment.at)
        return self.routes.place(visit.id, 1, self.moment.at) or self._in_place_of_another(visit.id)

    def settle(self) -> None:
        """No half visits: where two nurses who fell away did a visit together, or work that is tied, somebody is found
        for the other half, or none is done; nor is what must be checked from afar while nobody can be reached."""
        for stop in (stop for duty in self.moment.lost for stop in work_stops(duty)):
            if self._is_pair(stop.id) and self._has_somebody(stop):
                other = stop.model_copy(update={"part": 3 - stop.part})
                if not self._elsewhere(other):
                    self.routes.drop(stop.id, self.moment.at)
            for link in self.routes.present.links_of.get(stop.id, ()):
                if link.together:
                    self._both_or_none(link.first, link.second)
        self._watch()

    def _both_or_none(self, first: str, second: str) -> None:
        """Of two pieces of work that belong together, what is still to come is not done when the other is not."""
        for name, other in ((first, second), (second, first)):
            start, holder = self.routes.present.start_of(name)
            to_come = holder and start is not None and start >= self.moment.at
            if to_come and not self._is_done(other) and not self._found_for(other):
                self.routes.drop(name, self.moment.at)

    def _found_for(self, name: str) -> bool:
        return not self._is_pair(name) and self.routes.place(name, 1, self.moment.at)

    def _is_done(self, name: str) -> bool:
        """Whether somebody does its first part, or it is no work of routes."""
        task = self.week.instance.task_by_id.get(name)
        return (task is not None and not task.in_route) or self.routes.nurse_of(name, 1) is not None

    def _watch(self) -> None:
        visits = self.week.instance.visit_by_id
        for duty in list(self.routes.duties.values()):
            for stop in work_stops(duty):
                visit = visits.get(stop.id)
                if visit is None or visit.second_check != "remote" or stop.start < self.moment.at:
                    continue
                if not self.routes.watched(duty.nurse, stop.start, stop.end):
                    self.routes.drop(stop.id, self.moment.at)

    def absorbed(self, lost: Duty) -> bool:
        """All its work in the routes of the others, or nothing changed."""
        before = dict(self.routes.duties)
        for stop in self._pressing_first(lost):
            if not self._elsewhere(stop):
                self.routes.restore(before)
                return False
        return True

    def spread(self, lost: Duty) -> None:
        """What fits elsewhere is done there, the rest is left."""
        for stop in self._pressing_first(lost):
            self._elsewhere_or_left(stop)

    def take_over(self, lost: Duty, new: Duty) -> None:
        """A colleague drives the route as far as she may and can; the rest goes elsewhere or is left."""
        self.routes.put(new)
        for stop in sorted(work_stops(lost), key=lambda each: each.start):
            if self._has_somebody(stop):
                continue
            placed = self.routes.place(stop.id, stop.part, self.moment.at, stop.start, new.id)
            if not placed and new.lane == "work" and not self._is_pair(stop.id):
                self.routes.place(stop.id, stop.part, self.moment.at, None, new.id)
        for stop in self._pressing_first(lost):
            self._elsewhere_or_left(stop)

    def hired(self, lost: Duty) -> str:
        """Somebody with the same skills takes duty and route; work that only the nurse herself could do is left."""
        nurse, left = self.week.hire[lost.id], []
        new = duty_for(self.week.instance, nurse, lost, f"{nurse}/{lost.day}/{lost.lane}")
        new = rebuilt(new, routes=lost.routes)
        for stop in work_stops(lost):
            low, high = tied_span(self.routes.present, stop.id)
            if self._has_somebody(stop):
                new = without(new, stop.id)
            elif not low <= stop.start <= high or self._hers_alone(stop.id, lost.nurse, nurse):
                new = without(new, stop.id)
                left.append(stop)
        self.routes.put(new)
        for stop in left:
            self._elsewhere_or_left(stop)
        return nurse

    def _elsewhere_or_left(self, stop: Stop) -> None:
        if not self._elsewhere(stop) and not self._in_place_of_another(stop.id):
            self.routes.drop(stop.id, self.moment.at)

    def _elsewhere(self, stop: Stop) -> bool:
        """Place a part that nobody has now; of a visit by two the other part stays where it is, or both go together."""
        visit = self.week.instance.visit_by_id.get(stop.id)
        if self._has_somebody(stop):
            return True
        if visit is None or visit.nurses == 1:
            return self.routes.place(stop.id, 1, self.moment.at)
        if self.routes.nurse_of(stop.id, 3 - stop.part) is not None:
            return self.routes.place(stop.id, stop.part, self.moment.at, stop.start)
        return self.routes.place_pair(visit, self.moment.at)

    def _in_place_of_another(self, name: str) -> bool:
        """Work for one nurse where a visit that presses no more makes room, if that finds another place itself."""
        return not self._is_pair(name) and self.routes.make_room(name, self.moment.at)

    def _has_somebody(self, stop: Stop) -> bool:
        return self.routes.nurse_of(stop.id, stop.part) is not None

    def _is_pair(self, name: str) -> bool:
        visit = self.week.instance.visit_by_id.get(name)
        return visit is not None and visit.nurses == 2

    def _hers_alone(self, name: str, nurse: str, hired: str) -> bool:
        """A task that names her, or work tied to other work that the same nurse must do and another one has."""
        task = self.week.instance.task_by_id.get(name)
        if task is not None and task.nurse == nurse:
            return True
        links = [link for link in self.routes.present.links_of.get(name, ()) if link.nurse == "same"]
        others = [self.routes.nurse_of(link.second if link.first == name else link.first, 1) for link in links]
        return any(other not in (None, hired) for other in others)

    def _pressing_first(self, lost: Duty) -> list[Stop]:
        """Its work, what costs most when it stays undone first."""
        return sorted(work_stops(lost), key=lambda stop: (-self.price(stop.id), stop.start, stop.id))
