"""What it is worth that a lender does a visit: how far it lies from its routes and from those of the others."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.plan import BREAK, Duty, Plan, Stop
from optimiser.domain.problem import FORBIDDEN, Problem
from optimiser.domain.travel_matrix import day_part_of
from optimiser.search.encode import day_places


@dataclass(frozen=True)
class Driven:
    """A duty with its places in order (numbers of the travel matrix; first and last are its start and end, which have
    no stop) and the travel table that it is driven by (minutes)."""

    duty: Duty
    nurse: int
    organisation: str
    places: tuple[tuple[int, Stop | None], ...]
    table: NDArray[np.int32]

    def detour(self, before: int, here: int, after: int) -> int:
        """Minutes more by way of ``here``."""
        return int(self.table[before, here]) + int(self.table[here, after]) - int(self.table[before, after])

    def detours(self, here: int | None, low: int, high: int, end: int) -> Iterator[int]:
        """Extra travel at each place in the duty whose time of day fits a start from ``low`` to ``high``, which ends at
        ``end`` at the earliest. Work without a place lies on every way."""
        for (one, before), (other, after) in zip(self.places, self.places[1:], strict=False):
            leaves = self.duty.start if before is None else before.end
            arrives = self.duty.end if after is None else after.start
            if leaves <= high and arrives >= end:
                yield 0 if here is None else self.detour(one, here, other)

    def saved(self, stop: Stop) -> int:
        """Minutes less without a stop."""
        for (before, _), (here, at), (after, _) in zip(self.places, self.places[1:], self.places[2:], strict=False):
            if at is not None and (at.id, at.part) == (stop.id, stop.part):
                return self.detour(before, here, after)
        return 0


class LentValue:
    """Worth in minute-equivalents, seen from the routes of one plan. ``lender`` lends; other organisations in
    ``capped`` are no help for what it does not do, since their hours may be full too.

    A place in a route is judged by its detour and its time of day alone; whether there is room shows in planning.
    """

    def __init__(self, problem: Problem, plan: Plan, lender: str, capped: Collection[str]) -> None:
        self.problem, self.plan, self.lender, self.capped = problem, plan, lender, capped

    def kept(self, job: int) -> int:
        """What it saves that the lender goes on doing a visit of its routes."""
        held = self._held[job]
        return self._elsewhere(job) - self._now(job, *held)

    def guessed(self, job: int, windows: Collection[int]) -> int:
        """What it might save that the lender does a visit that it does not do now, in one of these windows."""
        mine = self._cheapest(job, windows, by_lender=True)
        return 0 if mine is None else self._elsewhere(job) - mine

    def _elsewhere(self, job: int) -> int:
        """What it costs where others do it, or could do it, or when nobody does."""
        if job in self._held and self._helps(job, self._held[job][0], by_lender=False):
            return self._now(job, *self._held[job])
        each = self.problem.jobs[job]
        open_price = int(getattr(self.problem.instance.weights, each.unserved_term))
        cost = self._cheapest(job, range(len(each.windows)), by_lender=False)
        return open_price if cost is None else min(open_price, cost)

    def _now(self, job: int, driven: Driven, stop: Stop) -> int:
        """Faces, and the travel that the route has for this stop."""
        windows = enumerate(self.problem.jobs[job].windows)
        serving = [self._serve(job, number, driven.nurse) for number, (low, high, _) in windows
                   if low <= stop.start <= high]  # fmt: skip
        return min((cost for cost in serving if cost is not None), default=0) + self._weight * driven.saved(stop)

    def _cheapest(self, job: int, windows: Collection[int], by_lender: bool) -> int | None:
        """Faces and detour at the best place in the routes of the lender, or in those of who may help besides."""
        work, costs = self.problem.jobs[job], []
        here = self._index[work.place] if work.place is not None else None
        for window in windows:
            low, high, _ = work.windows[window]
            for driven in self._driven:
                if driven.duty.end < low or driven.duty.start > high:
                    continue
                serve = self._serve(job, window, driven.nurse)
                if serve is not None and self._helps(job, driven, by_lender):
                    detours = driven.detours(here, low, high, low + work.minutes)
                    costs += [serve + self._weight * detour for detour in detours]
        return min(costs, default=None)

    def _helps(self, job: int, driven: Driven, by_lender: bool) -> bool:
        """Whether a duty is the lender's, or else of the client's own organisation or of one without a cap."""
        if by_lender or driven.organisation == self.lender:
            return by_lender and driven.organisation == self.lender
        instance = self.problem.instance
        owner = instance.client_by_id[instance.visit_by_id[self.problem.jobs[job].id].client].organisation
        return driven.organisation == owner or driven.organisation not in self.capped

    def _serve(self, job: int, window: int, nurse: int) -> int | None:
        cost = int(self.problem.may_serve[job][window, nurse])
        return None if cost == FORBIDDEN else cost

    @property
    def _weight(self) -> int:
        return self.problem.instance.weights.travel

    @cached_property
    def _index(self) -> dict[str, int]:
        return self.problem.travel.index()

    @cached_property
    def _held(self) -> dict[int, tuple[Driven, Stop]]:
        """Job -> the duty that does it, and the stop."""
        return {
            self.problem.job_number[stop.id, stop.part]: (driven, stop)
            for driven in self._driven for stop in driven.duty.stops
            if (stop.id, stop.part) in self.problem.job_number
        }  # fmt: skip

    @cached_property
    def _driven(self) -> list[Driven]:
        """The duties that have or can have a route."""
        instance = self.problem.instance
        return [
            self._driven_of(duty) for duty in self.plan.duties
            if duty.routes or (duty.follows is None and instance.kind_by_id[duty.kind].carries_route)
        ]  # fmt: skip

    def _driven_of(self, duty: Duty) -> Driven:
        problem, instance = self.problem, self.problem.instance
        start, end, mode = day_places(instance, duty.nurse, instance.clock.day_number(duty.day))
        part = problem.travel.part(day_part_of(instance.kind_by_id[duty.kind].category), duty.day, duty.nurse)
        places: list[tuple[int, Stop | None]] = [(self._index[start], None)]
        for stop in duty.stops:
            number = problem.job_number.get((stop.id, stop.part)) if stop.what != BREAK else None
            place = None if number is None else problem.jobs[number].place
            if place is not None:
                places.append((self._index[place], stop))
        return Driven(
            duty, problem.nurse_number[duty.nurse], instance.nurse_by_id[duty.nurse].organisation,
            (*places, (self._index[end], None)), problem.travel.minutes[mode, part],  # type: ignore[index]
        )  # fmt: skip
