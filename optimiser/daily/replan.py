"""A published plan repaired after something happened: few changes, each with its reason and price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from optimiser.daily.fallen import Candidate, FallenDuty, candidates, fallen_duties, new_duty
from optimiser.daily.replan_duties import duties_after, duties_problem
from optimiser.domain.events import Absent, Accepted, Agreed, Cancelled, Event, Held, OtherMode, SlowTravel
from optimiser.domain.instance import Instance
from optimiser.domain.plan import BREAK, Duty, Plan
from optimiser.domain.problem import Problem
from optimiser.explain.present import Present
from optimiser.explain.smallest_change import SmallestChange, smallest_change
from optimiser.planning import prepare
from optimiser.report.changes import Change, changed_visits, changes_between
from optimiser.scenario.may_serve import Familiarity
from optimiser.search.evaluate import count_route
from optimiser.search.repair import Repair, repair, with_claims

PRICES, DEAREST = (1, 8), 64
"""The price of a change in the tries, in times the instance's own: dearer changes are fewer; the last one where a
limit asks for it."""
MOST_OPEN = 12
"""For so much work left open the smallest change is sought: each takes up to a second."""
TRIED = 3
"""For so many of whom to ask the plan is made with her."""
MAIN_SHARE, ASK_SHARE = 0.7, 0.3
PRICED = ("travel", "home_leg", "unfamiliar", "not_preferred", "lending")
"""The terms of a route that one visit more or less changes by itself."""


@dataclass(frozen=True)
class ReplanSettings:
    """``time_limit_s`` of wall time for all, or ``iterations`` per try. ``most_changes``: visits that may get another
    nurse or start over 15 minutes earlier or later; None leaves it to their price."""

    time_limit_s: float = 20.0
    iterations: int | None = None
    most_changes: int | None = None
    seed: int = 0
    ask: bool = True


@dataclass(frozen=True)
class Try:
    """One plan with its figures: visits changed, work left open and its price, travel and home legs in minutes."""

    plan: Plan
    changed: int
    open_work: int
    unserved: int
    travel: int
    rest: int


@dataclass(frozen=True)
class Replan:
    """The repaired plan, what it changes, what other limits on changes would give, and whom to ask for what fell
    away."""

    plan: Plan
    changes: tuple[Change, ...]
    tries: tuple[Try, ...]
    to_ask: tuple[tuple[FallenDuty, tuple[Candidate, ...]], ...]
    smallest: dict[str, SmallestChange | None] = field(default_factory=dict)
    """Work left open -> the smallest change that would serve it (of the first few), None where none does."""


def replan(
    instance: Instance, parent: Plan, events: Sequence[Event], settings: ReplanSettings
) -> Replan | None:
    """Repair ``parent`` (published) after ``events``, which are in the tables of ``instance`` already.

    The past and all other duties stay. None when a rule is broken that no repair mends. A roster without routes has
    none to repair (``replan_duties``): what fell away, and whom to ask.
    """
    if not parent.with_routes:
        return _of_duties(instance, parent, events, settings)
    problem = prepare(instance, parent.contract, parent)
    base = changed_roster(problem, parent, events)
    what = freedom(instance, parent, events, settings)
    tries = _tries(problem, base, parent, what, settings)
    if not tries:
        return None
    chosen = min(tries, key=lambda each: (_over(each, settings.most_changes), each.unserved, each.unserved + each.rest))
    if _over(chosen, settings.most_changes):
        chosen = _limited(problem, base, parent, what, settings, chosen)
    chosen, smallest = _elsewhere(problem, parent, chosen, what, settings)
    changes = priced(problem, parent, chosen.plan)
    fallen = fallen_duties(chosen.plan.events) if settings.ask else ()
    return Replan(chosen.plan, changes, tries, _whom_to_ask(problem, parent, chosen, what, fallen), smallest)


def _of_duties(instance: Instance, parent: Plan, events: Sequence[Event], settings: ReplanSettings) -> Replan:
    """The roster of duties after the events, and whom to ask for each duty that fell away."""
    problem = duties_problem(instance, parent)
    plan = duties_after(problem, instance, parent, changed_roster(problem, parent, events))
    present = Present(problem.instance, parent.contract, problem.travel, plan)
    fallen = fallen_duties(plan.events) if settings.ask else ()
    asked = tuple((duty, candidates(present, duty)) for duty in fallen)
    return Replan(plan, (), (tried(problem, parent, plan),), asked)


def changed_roster(problem: Problem, parent: Plan, events: Sequence[Event]) -> Plan:
    """The parent with the events: lost duties away, agreed ones in other hands; routes as they were."""
    lost = {name for event in events if isinstance(event, Absent) for name, _ in event.duties}
    gone = {key for event in events if isinstance(event, Agreed) for key in event.gone}
    duties = [
        duty for duty in parent.duties
        if duty.id not in lost and (duty.nurse, duty.day, duty.kind) not in gone
    ]  # fmt: skip
    plan = parent.model_copy(update={"duties": tuple(duties), "events": (*parent.events, *events)})
    present = Present(problem.instance, problem.contract, problem.travel, plan)
    for event in events:
        if isinstance(event, Agreed):
            duties += [new_duty(present, nurse, FallenDuty(day, kind, "")) for nurse, day, kind in event.new]
    return plan.model_copy(update={"duties": tuple(duties)})


def freedom(instance: Instance, parent: Plan, events: Sequence[Event], settings: ReplanSettings) -> Repair:
    """What may change: routes of the days that the events touch, from the minute on at which they were known."""
    clock = instance.clock
    at = max(event.at for event in events)
    days: set[int] = set()
    unable = {
        (event.nurse, event.at, clock.at(clock.day_number(event.first), event.from_time))
        for event in (*parent.events, *events) if isinstance(event, Absent)
    }  # fmt: skip
    for event in events:
        if isinstance(event, Absent):
            hers = parent.duties_of.get(event.nurse, ())
            begun = {clock.day_number(duty.day) for duty in hers if duty.start < event.at < duty.end}
            days |= begun | {clock.day_number(day) for day, _ in event.lost}
        elif isinstance(event, Held | SlowTravel):
            days.add(clock.day_number(event.day))
        elif isinstance(event, OtherMode):
            days |= set(range(clock.day_number(event.first), clock.day_number(event.last) + 1))
        elif isinstance(event, Agreed):
            days |= {clock.day_number(day) for _, day, _ in (*event.gone, *event.new)}
        elif isinstance(event, Cancelled):
            days |= {clock.day_number(d.day) for d in parent.duties if {s.id for s in d.stops} & set(event.visits)}
        elif isinstance(event, Accepted):
            orders = {event.referral.order.id}
            days |= {w.day for visit in instance.visits if visit.order in orders for w in visit.windows}
    return Repair(
        at=at, days=frozenset(days), change_price=instance.weights.changed_visit, iterations=settings.iterations,
        time_limit_s=None if settings.iterations else settings.time_limit_s, seed=settings.seed,
        unable=frozenset(unable), held=frozenset(event.id for event in events if isinstance(event, Held)),
    )  # fmt: skip


def _tries(problem: Problem, base: Plan, parent: Plan, what: Repair, settings: ReplanSettings) -> tuple[Try, ...]:
    """A plan for each price of a change, cheapest first."""
    share = None if what.time_limit_s is None else MAIN_SHARE * what.time_limit_s / len(PRICES)
    found = []
    for times in PRICES:
        one = replace(what, change_price=times * what.change_price, time_limit_s=share)
        plan = repair(problem, base, parent, one)
        if plan is not None:
            found.append(tried(problem, parent, plan))
    return tuple(found)


def tried(problem: Problem, parent: Plan, plan: Plan) -> Try:
    """The figures of a plan."""
    terms, objective = plan.objective_terms, plan.objective
    assert objective is not None
    changed = changed_visits(changes_between(_clients(problem.instance), parent, plan))
    return Try(
        plan, len(changed), len(plan.unserved), objective.unserved, terms["travel"] + terms["home_leg"], objective.rest
    )


def _clients(instance: Instance) -> dict[str, str]:
    return {visit.id: visit.client for visit in instance.visits}


def _over(one: Try, limit: int | None) -> int:
    return 0 if limit is None else max(0, one.changed - limit)


def _limited(
    problem: Problem, base: Plan, parent: Plan, what: Repair, settings: ReplanSettings, fewest: Try
) -> Try:  # fmt: skip
    """Within the limit by leaving work open: visits that lost their nurse, least pressing first, until it is kept."""
    limit = settings.most_changes or 0
    closed: set[str] = set()
    best = fewest
    share = None if what.time_limit_s is None else 0.1 * what.time_limit_s
    for _ in range(4):
        changes = changes_between(_clients(problem.instance), parent, best.plan)
        names = sorted(changed_visits(changes), key=lambda name: _pressing(problem, name))
        closed |= set(names[: max(0, len(names) - limit)])
        one = replace(what, change_price=DEAREST * what.change_price, closed=frozenset(closed), time_limit_s=share)
        plan = repair(problem, base, parent, one)
        if plan is None:
            break
        best = tried(problem, parent, plan)
        if not _over(best, settings.most_changes):
            break
    return best


def _elsewhere(
    problem: Problem, parent: Plan, chosen: Try, what: Repair, settings: ReplanSettings
) -> tuple[Try, dict[str, SmallestChange | None]]:
    """Work left open that fits on another of its days in a route as it is goes there; for the rest what would help."""
    smallest: dict[str, SmallestChange | None] = {}
    for left in chosen.plan.unserved[:MOST_OPEN]:
        change = smallest_change(
            problem.instance, problem.contract, problem.travel, chosen.plan, left.id, as_of=what.at
        )
        if left.id not in what.closed and change is not None and _same_duties(change.plan, chosen.plan):
            assert change.plan is not None
            moved = tried(problem, parent, with_claims(replace(problem, parent=parent), change.plan))
            # the room it takes may move others too
            if not _over(moved, settings.most_changes):
                chosen = moved
                continue
        smallest[left.id] = change
    return chosen, smallest


def _same_duties(plan: Plan | None, before: Plan) -> bool:
    """Whether a plan asks nobody for a duty, and hands over no other visit."""
    if plan is None or {duty.id for duty in plan.duties} != {duty.id for duty in before.duties}:
        return False
    had = {(stop.id, stop.part): duty.nurse for duty in before.duties for stop in duty.stops}
    has = {(stop.id, stop.part): duty.nurse for duty in plan.duties for stop in duty.stops}
    return all(has.get(key) == nurse for key, nurse in had.items() if key[0] != BREAK)


def _pressing(problem: Problem, visit: str) -> tuple[int, str]:
    job = problem.jobs[problem.job_number[visit, 1]]
    return int(getattr(problem.instance.weights, job.unserved_term)), visit


def priced(problem: Problem, parent: Plan, plan: Plan) -> tuple[Change, ...]:
    """The changes with what each costs at its new place: travel, home legs, faces, lending and the change itself, as
    far as the route that holds it has less of them without it."""
    duties, familiarity = {duty.id: duty for duty in plan.duties}, Familiarity(problem.instance)
    weights = problem.instance.weights

    def paid(duty: Duty) -> int:
        counts = count_route(problem, duty, familiarity)
        return sum(counts[name] * int(getattr(weights, name)) for name in PRICED)

    found = []
    for change in changes_between(_clients(problem.instance), parent, plan):
        if change.after is not None:
            duty = duties[change.after.duty]
            own = weights.changed_visit if change.counted and change.before and change.client else 0
            change = replace(change, price=paid(duty) - paid(_without(duty, change.work)) + own)
        found.append(change)
    return tuple(found)


def _without(duty: Duty, work: str) -> Duty:
    routes = tuple(
        route.model_copy(update={"stops": tuple(stop for stop in route.stops if stop.id != work)})
        for route in duty.routes
    )
    return duty.model_copy(update={"routes": routes})


def _whom_to_ask(
    problem: Problem, parent: Plan, chosen: Try, what: Repair, fallen: Sequence[FallenDuty]
) -> tuple[tuple[FallenDuty, tuple[Candidate, ...]], ...]:
    """For each fallen duty the nurses in order; for the first few the plan is made with them."""
    present = Present(problem.instance, problem.contract, problem.travel, chosen.plan)
    legal = {duty: candidates(present, duty) for duty in fallen}
    runs = sum(min(TRIED, sum(each.answer.possible for each in those)) for those in legal.values())
    share = None if what.time_limit_s is None else ASK_SHARE * what.time_limit_s / max(1, runs)
    listed = []
    for duty, those in legal.items():
        known = []
        for place, each in enumerate(those):
            if place < TRIED and each.answer.possible:
                each = _with_her(problem, parent, chosen, replace(what, time_limit_s=share), duty, each, present)
            known.append(each)
        listed.append((duty, tuple(known)))
    return tuple(listed)


def _with_her(
    problem: Problem, parent: Plan, chosen: Try, what: Repair, duty: FallenDuty, one: Candidate, present: Present
) -> Candidate:
    """What would be served and travelled if she took the duty."""
    roster = chosen.plan.model_copy(update={"duties": (*chosen.plan.duties, new_duty(present, one.nurse, duty))})
    days = frozenset({problem.instance.clock.day_number(duty.day)})
    plan = repair(problem, roster, parent, replace(what, days=days))
    if plan is None:
        return one
    found = tried(problem, parent, plan)
    return replace(one, served=chosen.open_work - found.open_work, travel=found.travel - chosen.travel)
