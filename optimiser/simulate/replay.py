"""One replay: a published week in which things happen, repaired moment by moment, then driven with its overruns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from optimiser.check.case import Case
from optimiser.domain.instance import Instance
from optimiser.domain.plan import BREAK, Duty, Plan, Unserved
from optimiser.domain.sharing import SharingContract
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.simulate.chance import Happenings
from optimiser.simulate.delays import Delays, delays
from optimiser.simulate.tables import as_it_turned_out, lost_duties, rebuilt, sick_rows
from optimiser.simulate.week import Moment, Outcome, Repair, Week


@dataclass(frozen=True)
class Replayed:
    """What became of the week. ``instance`` and ``plan`` hold what happened, hired people too, and can be checked.

    ``outcomes`` are of the duties that fell away (students' are not told), ``asked`` the nurses called to come, with
    the day number.
    """

    week: Week
    instance: Instance
    plan: Plan
    outcomes: tuple[Outcome, ...]
    asked: tuple[tuple[str, int], ...]

    @cached_property
    def published(self) -> Case:
        """The plan as it was told, before the tables as they turned out (hired people do nothing in it)."""
        return Case(self.week.instance, self.week.contract, self.week.travel, self.week.published)

    @cached_property
    def case(self) -> Case:
        """The plan as it became."""
        return Case(self.instance, self.week.contract, self.week.travel, self.plan)

    @cached_property
    def delays(self) -> Delays:
        """What overruns did to the routes as they were repaired."""
        return delays(self.case, self.week.happenings)

    @property
    def hired(self) -> frozenset[str]:
        """Nurses who were hired."""
        return frozenset(outcome.nurse for outcome in self.outcomes if outcome.how == "hired")


def replay(
    instance: Instance, contract: SharingContract, travel: TravelMatrix, plan: Plan, happenings: Happenings,
    repair: Repair,
) -> Replayed:  # fmt: skip
    """Play ``plan`` with what happens; ``repair`` decides what to do. The plan itself is not changed.

    Absence becomes known at the midnight with which its day begins; a duty under way is finished. Overruns come after
    the repairs: nobody replans because of them.
    """
    lost = lost_duties(instance, plan, happenings)
    tables, hire = as_it_turned_out(instance, plan, happenings, lost)
    week = Week(tables, contract, travel, plan, happenings, hire)
    duties, outcomes, asked = plan.duties, list[Outcome](), list[tuple[str, int]]()
    for moment in moments(instance, happenings, lost):
        mended = repair(week, moment, duties)
        duties = mended.duties
        outcomes += mended.outcomes
        asked += [(nurse, moment.day) for nurse in mended.asked]
    kept = [row for row in tables.availability if row.kind != "sick" or row in instance.availability]
    final = rebuilt(tables, availability=(*kept, *sick_rows(instance, duties, happenings, lost)))
    return Replayed(week, final, _plan_of(final, plan, duties), tuple(outcomes), tuple(asked))


def moments(instance: Instance, happenings: Happenings, lost: Iterable[Duty]) -> Iterator[Moment]:
    """Days on which duties fall away, and calls of referrals, in order of time."""
    clock = instance.clock
    by_day: dict[int, list[Duty]] = defaultdict(list)
    for duty in lost:
        by_day[clock.day_number(duty.day)].append(duty)
    found = [Moment(clock.midnight(day), day, tuple(duties)) for day, duties in by_day.items()]
    found += [Moment(each.at, clock.day_of(each.at), urgent=(each.visit,)) for each in happenings.urgent]
    yield from sorted(found, key=lambda each: (each.at, [visit.id for visit in each.urgent]))


def _plan_of(instance: Instance, plan: Plan, duties: tuple[Duty, ...]) -> Plan:
    """The plan with these duties and what they leave out; nothing is claimed of it."""
    done: dict[str, set[int]] = defaultdict(set)
    for duty in duties:
        for stop in duty.stops:
            if stop.what != BREAK:
                done[stop.id].add(stop.part)
    known = {row.id: row for row in plan.unserved}
    tasks = [task.id for task in instance.tasks if task.in_route]
    needed = {visit.id: visit.nurses for visit in instance.visits} | dict.fromkeys(tasks, 1)
    left = [
        known.get(name, Unserved(id=name, reason="not_inserted"))
        for name, parts in needed.items() if len(done[name]) < parts
    ]  # fmt: skip
    return rebuilt(
        plan, duties=duties, unserved=tuple(left), objective=None, objective_terms={}, lower_bound=None
    )  # fmt: skip
