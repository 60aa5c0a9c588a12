"""A start made for real: routes repaired with the order's visits in them, and what that brings and pushes."""

from __future__ import annotations

from dataclasses import dataclass

from optimiser.daily.offer_candidates import Apply, Candidate, able_nurses
from optimiser.daily.offer_insert import few_faces, inserted, preferring
from optimiser.daily.offer_nouns import Extra, OfferedVisit, OfferSettings, Start
from optimiser.domain.events import Accepted
from optimiser.domain.instance import Instance
from optimiser.domain.objective import TERMS
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.problem import Problem
from optimiser.domain.work import Visit
from optimiser.explain.asked import Asked
from optimiser.explain.present import Present
from optimiser.planning import prepare
from optimiser.report.changes import changed_visits, changes_between
from optimiser.report.kpis import DutyTime, duty_time
from optimiser.scenario.jobs import unserved_term
from optimiser.search.evaluate import count_terms
from optimiser.search.repair import Repair, repair

EARLY = 7 * 60
"""What opens before this clock time may be work for a duty of the day before."""
OPEN = ("unserved_critical", "unserved_high", "unserved_normal")


@dataclass(frozen=True)
class Making:
    """What all starts share: the tables and plan as they are, how events get into the tables, from when on routes may
    change (horizon minute ``ready``), and the effort for each."""

    instance: Instance
    parent: Plan
    apply: Apply
    at: int
    ready: int
    settings: OfferSettings
    share: float


def made(making: Making, candidate: Candidate) -> Start | None:
    """The start with its plan and figures; None when its rules cannot be kept (a broken plan to begin with)."""
    event = Accepted(at=making.at, referral=candidate.referral)
    world = making.apply(making.instance, [event])
    parent = making.parent
    problem = prepare(world, parent.contract, parent)
    base = parent.model_copy(update={"events": (*parent.events, event)})
    settings = making.settings
    what = Repair(
        at=making.ready, days=touched_days(world, candidate.visits), seed=settings.seed,
        change_price=settings.change_times * world.weights.changed_visit, iterations=settings.iterations,
        time_limit_s=None if settings.iterations else making.share,
    )  # fmt: skip
    faces = few_faces(problem, parent, candidate.visits, making.ready)
    begun = inserted(problem, base, candidate.visits, making.ready, faces)
    plan = repair(preferring(problem, candidate.visits, faces), begun, parent, what)
    return None if plan is None else start_of(problem, base, plan, candidate, event, making.ready)


def touched_days(instance: Instance, visits: tuple[Visit, ...]) -> frozenset[int]:
    """The days of duties that may serve these visits."""
    days: set[int] = set()
    for window in (window for visit in visits for window in visit.windows):
        days |= {window.day}
        if instance.clock.clock_time(window.start) < EARLY and window.day > 0:
            days |= {window.day - 1}
    return frozenset(days)


def start_of(
    problem: Problem, base: Plan, plan: Plan, candidate: Candidate, event: Accepted, ready: int
) -> Start:  # fmt: skip
    """The figures of a plan that holds the order, against the one before it."""
    instance, order = problem.instance, event.referral.order.id
    clients = {visit.id: visit.client for visit in instance.visits}
    changes = changes_between(clients, base, plan)
    counted = changed_visits(changes)
    pushed = tuple(each for each in changes if each.work in counted)
    gone = dict.fromkeys(each.work for each in changes if each.after is None)
    opened = tuple((name, _term(instance, name)) for name in gone)
    present = Present(instance, problem.contract, problem.travel, plan)
    visits = tuple(_offered(present, visit, ready) for visit in candidate.visits)
    pairs = changed_duties(base, plan)
    times = [(duty_time(instance, problem.travel, old), duty_time(instance, problem.travel, new)) for old, new in pairs]
    touched = [time.waiting for (_, time), (_, new) in zip(times, pairs, strict=True)
               if any(stop.id.split("/")[0] == order for stop in new.stops)]  # fmt: skip
    return Start(
        min(visit.day for visit in visits), event.referral.order.windows, event, plan, visits, pushed, opened,
        extra(problem, base, plan, opened, times), min(touched, default=0),
    )  # fmt: skip


def extra(
    problem: Problem, base: Plan, plan: Plan, opened: tuple[tuple[str, str], ...],
    times: list[tuple[DutyTime, DutyTime]],
) -> Extra:  # fmt: skip
    """What the plan has more than the one before it."""
    before, after = count_terms(problem, base), count_terms(problem, plan)
    more = {term.name: after[term.name] - before[term.name] for term in TERMS}
    weights = problem.instance.weights
    price = sum(count * int(getattr(weights, name)) for name, count in more.items() if name not in OPEN)
    price += sum(int(getattr(weights, term)) for _, term in opened)
    return Extra(
        travel=more["travel"], home_legs=more["home_leg"],
        paid=sum(new.paid - old.paid for old, new in times), overtime=more["overtime"],
        waiting_used=sum(old.waiting - new.waiting for old, new in times), price=price,
    )  # fmt: skip


def _term(instance: Instance, name: str) -> str:
    work = instance.visit_by_id.get(name) or instance.task_by_id[name]
    return unserved_term(work)


def changed_duties(base: Plan, plan: Plan) -> list[tuple[Duty, Duty]]:
    """Before and after of each duty whose route differs; both plans hold the same duties."""
    before = {duty.id: duty for duty in base.duties}
    return [(before[duty.id], duty) for duty in plan.duties if before[duty.id].routes != duty.routes]


def _offered(present: Present, visit: Visit, ready: int) -> OfferedVisit:
    """One occurrence as the plan has it, with how many could do it then."""
    asked = Asked(present, visit, 1, ready)
    able = able_nurses(asked)
    parts = present.case.served.get(visit.id, {})
    whole = len(parts) == visit.nurses
    start = parts[1].stop.start if whole else None
    spans = [(start, start)] if start is not None else list(asked.windows)
    there = {
        duty.nurse for duty in present.case.duties
        if duty.nurse in able and duty.follows is None and present.instance.kind_by_id[duty.kind].carries_route
        and any(max(low, first) <= min(high - visit.minutes, last)
                for low, high in present.case.segments(duty) for first, last in spans)
    }  # fmt: skip
    day = present.instance.clock.date_of(visit.windows[0].day)
    if start is not None:
        day = present.instance.clock.date_of(present.instance.clock.day_of(start))
    return OfferedVisit(
        visit.id, day, start, None if start is None else start + visit.minutes,
        tuple(parts[part].duty.nurse for part in sorted(parts)) if whole else (), visit.nurses, len(able), len(there),
    )  # fmt: skip
