"""What a replay asks of people: visits that move or stay open, calls to make, days that are not covered."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from optimiser.check.cover import Shortfall, shortfalls
from optimiser.domain.plan import BREAK, Plan
from optimiser.simulate.replay import Replayed
from optimiser.simulate.tables import rebuilt

MOVED = 15
"""A visit that starts so many minutes earlier or later is as it was (the objective's term ``changed_visit``)."""
Places = dict[tuple[str, int], tuple[str, int]]
"""(work, part) -> nurse and start (horizon minute)."""


@dataclass(frozen=True)
class Call:
    """Somebody to phone on a day number, of which organisation."""

    day: int
    who: str
    organisation: str


@dataclass(frozen=True)
class Consequences:
    """Of one replay, against the plan as it was published."""

    replayed: Replayed

    @cached_property
    def places(self) -> tuple[Places, Places]:
        """Who does what when, as published and as it became."""
        return _places(self.replayed.week.published), _places(self.replayed.plan)

    @cached_property
    def open_visits(self) -> dict[str, int]:
        """Visit id -> day number: planned before, or asked for since, and done by nobody (or by one of two)."""
        instance, (before, _) = self.replayed.instance, self.places
        found = {}
        for row in self.replayed.plan.unserved:
            visit = instance.visit_by_id.get(row.id)
            if visit is not None and (row.id in self.urgent or self._was_done(row.id)):
                start = before[row.id, 1][1] if (row.id, 1) in before else visit.windows[0].start
                found[row.id] = instance.clock.day_of(start)
        return found

    @cached_property
    def urgent(self) -> frozenset[str]:
        """Visits that came in after publication."""
        return frozenset(each.visit.id for each in self.replayed.week.happenings.urgent)

    @cached_property
    def moved(self) -> frozenset[str]:
        """Published visits with another nurse, or more than a quarter of an hour earlier or later."""
        before, after = self.places
        visits = self.replayed.instance.visit_by_id
        return frozenset(
            key[0] for key, place in after.items()
            if key[0] in visits and key in before and _differs(before[key], place) and key[0] not in self.open_visits
        )  # fmt: skip

    @cached_property
    def calls(self) -> frozenset[Call]:
        """People to phone, each once a day: who is asked to come, who gets or loses work or sees it move on a day on
        which she works, clients whose visit moves or falls away, and the agency for each duty that is hired."""
        instance, week = self.replayed.instance, self.replayed.week
        clock, nurses, clients = instance.clock, instance.nurse_by_id, instance.client_by_id
        found = {Call(day, nurse, nurses[nurse].organisation) for nurse, day in self.replayed.asked}
        for outcome in self.replayed.outcomes:
            if outcome.how == "hired":
                day, organisation = clock.day_number(outcome.duty.day), nurses[outcome.nurse].organisation
                found.add(Call(day, f"agency for {outcome.duty.id}", organisation))
        before, after = self.places
        for key in before.keys() | after.keys():
            old, new = before.get(key), after.get(key)
            if old is not None and new is not None and not _differs(old, new):
                continue
            for place in (old, new):
                if place is not None and not self._away(place):
                    found.add(Call(clock.day_of(place[1]), place[0], nurses[place[0]].organisation))
            visit = instance.visit_by_id.get(key[0])
            if visit is not None and old is not None and (new is None or abs(new[1] - old[1]) > MOVED):
                organisation = clients[visit.client].organisation
                found.add(Call(clock.day_of(old[1]), visit.client, organisation))
        return frozenset(each for each in found if each.who not in week.hire.values())

    @cached_property
    def gaps(self) -> tuple[Shortfall, ...]:
        """Cover rows that are shorter of their minimum than was published, people who were hired not counted."""
        replayed = self.replayed
        before = {(short.rows, short.day): short.below_minimum for short in shortfalls(replayed.published)}
        own = tuple(duty for duty in replayed.plan.duties if duty.nurse not in replayed.hired)
        after = shortfalls(type(replayed.case)(
            replayed.instance, replayed.week.contract, replayed.week.travel, rebuilt(replayed.plan, duties=own)
        ))  # fmt: skip
        return tuple(short for short in after if short.below_minimum > before.get((short.rows, short.day), 0))

    def uncovered_days(self, organisation: str | None = None) -> frozenset[int]:
        """Day numbers with a gap in cover, a visit that stays open, or somebody hired; of one organisation or all."""
        instance = self.replayed.instance
        rows = {row.id: row.organisation for row in instance.cover}
        of = {short: {rows[row] for row in short.rows} for short in self.gaps}
        found = {short.day for short in self.gaps if organisation is None or organisation in of[short]}
        for name, day in self.open_visits.items():
            if organisation in (None, instance.client_by_id[instance.visit_by_id[name].client].organisation):
                found.add(day)
        for outcome in self.replayed.outcomes:
            if outcome.how in ("hired", "open") and organisation in (None, self.employer(outcome.duty.nurse)):
                found.add(instance.clock.day_number(outcome.duty.day))
        return frozenset(day for day in found if day < instance.days)

    def employer(self, nurse: str) -> str:
        """Her organisation."""
        return self.replayed.instance.nurse_by_id[nurse].organisation

    def _was_done(self, visit: str) -> bool:
        before, nurses = self.places[0], self.replayed.instance.visit_by_id[visit].nurses
        return all((visit, part) in before for part in range(1, nurses + 1))

    def _away(self, place: tuple[str, int]) -> bool:
        """Whether she is ill that day: who called in sick need not hear more."""
        day = self.replayed.instance.clock.day_of(place[1])
        return self.replayed.week.happenings.is_ill(place[0], day)


def _places(plan: Plan) -> Places:
    return {
        (stop.id, stop.part): (duty.nurse, stop.start) for duty in plan.duties for stop in duty.stops
        if stop.what != BREAK
    }  # fmt: skip


def _differs(before: tuple[str, int], after: tuple[str, int]) -> bool:
    return before[0] != after[0] or abs(before[1] - after[1]) > MOVED
