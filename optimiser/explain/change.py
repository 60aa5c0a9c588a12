"""A few duties as they would be: the plan with them, and what the checker says of the difference."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from optimiser.domain.plan import BREAK, Duty, Plan, Unserved
from optimiser.domain.work import Visit
from optimiser.explain.lent import RULE, beyond_caps
from optimiser.explain.present import Present, bare, changed_plan
from optimiser.explain.small_world import Difference, SmallWorld, difference
from optimiser.explain.whole import priced, whole_terms


@dataclass(frozen=True)
class Moved:
    """One part of work before and after: nurse and start (horizon minute), None where nobody does it."""

    work: str
    part: int
    before: tuple[str, int] | None
    after: tuple[str, int] | None


@dataclass(frozen=True)
class Change:
    """``duties`` replace those of the plan with the same ids; others are new."""

    present: Present
    duties: tuple[Duty, ...]

    @cached_property
    def moved(self) -> tuple[Moved, ...]:
        """What is done by somebody else or at another time, in order of the work's id."""
        before, after = _done(self._old), _done(self.duties)
        names = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
        return tuple(Moved(name, part, before.get((name, part)), after.get((name, part))) for name, part in names)

    @cached_property
    def difference(self) -> Difference:
        """Hard findings and signals that the change adds, and what it changes of each term (counts)."""
        present, names = self.present, {each.work for each in self.moved}
        new = [duty for duty in self.duties if duty.id not in present.duty_by_id]
        law = bool(new) or any(duty.lane == "standby" for duty in self.duties)
        beside = {duty.id: duty for name in self._tied(names) for duty in present.holders.get(name, ())}
        beside |= {duty.id: bare(duty) for duty in self._witnesses() if duty.id not in beside}
        if law:
            nurses = {duty.nurse for duty in self.duties}
            beside |= {
                duty.id: bare(duty) for duty in present.case.duties if duty.nurse in nurses and duty.id not in beside
            }
        for duty in self.duties:
            beside.pop(duty.id, None)
        before, after = [*beside.values(), *self._old], [*beside.values(), *self.duties]
        world = SmallWorld(present, [*before, *after], names, law)
        found = difference(world.report(before), world.report(after))
        # a small world does not see all that is lent
        broken = tuple(each for each in found.violations if each.rule != RULE)
        found = replace(found, violations=(*broken, *beyond_caps(present, self._old, self.duties)))
        if not new:
            return found
        whole = whole_terms(present, present.bare_duties.values(), [*present.bare_duties.values(), *new])
        return Difference(found.violations, found.signals, {**found.terms, **whole})

    @property
    def cost(self) -> int:
        """What the objective's scalar would be higher (minute-equivalents), violations and changes apart."""
        return priced(self.difference.terms, self.present.instance.weights)

    def plan(self) -> Plan:
        """The whole plan with the change, without claims about itself."""
        present, new = self.present, {duty.id: duty for duty in self.duties}
        duties = [new.pop(duty.id, duty) for duty in present.plan.duties]
        duties += new.values()
        parts: dict[str, set[int]] = {}
        for each in self.moved:
            parts.setdefault(each.work, {part for part in (1, 2) if part in present.case.served.get(each.work, {})})
            (parts[each.work].add if each.after is not None else parts[each.work].discard)(each.part)
        left = {row.id: row for row in present.plan.unserved}
        for name, done in parts.items():
            work = present.work(name)
            needed = {1, 2} if isinstance(work, Visit) and work.nurses == 2 else {1}
            if needed <= done:
                left.pop(name, None)
            else:
                left.setdefault(name, Unserved(id=name, reason="not_inserted"))
        return changed_plan(present.plan, duties=tuple(duties), unserved=tuple(left.values()))

    @cached_property
    def _old(self) -> list[Duty]:
        return [self.present.duty_by_id[duty.id] for duty in self.duties if duty.id in self.present.duty_by_id]

    def _tied(self, names: Collection[str]) -> set[str]:
        """The work itself, since its other part may lie elsewhere, and all that is tied to it."""
        links = (link for name in names for link in self.present.links_of.get(name, ()))
        return {*names, *(name for link in links for name in (link.first, link.second))}

    def _witnesses(self) -> list[Duty]:
        """For each remote check of moved work a colleague who is reachable, where there is one."""
        found = []
        for each in self.moved:
            work = self.present.work(each.work)
            if isinstance(work, Visit) and work.second_check == "remote":
                for done in (each.before, each.after):
                    if done is not None:
                        found += self.present.reachable(done[0], done[1], done[1] + work.minutes)[:1]
        return found


def _done(duties: Iterable[Duty]) -> dict[tuple[str, int], tuple[str, int]]:
    return {
        (stop.id, stop.part): (duty.nurse, stop.start) for duty in duties for stop in duty.stops if stop.what != BREAK
    }
