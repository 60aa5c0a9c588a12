"""Whom a manager calls after a plan was repaired: to fill a duty, to tell of changes, and what stays open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from optimiser.domain.duty_work import planned_minutes_by_week, segment_bounds
from optimiser.domain.events import Absent, Cancelled, Event, Held
from optimiser.domain.instance import Instance
from optimiser.domain.plan import BREAK, Duty, Plan
from optimiser.domain.work import Priority, Task, Visit
from optimiser.report.calls import (
    PRIORITIES,
    Ask,
    CallList,
    ClientCall,
    Limit,
    StillOpen,
    ToFill,
    ToTell,
    VisitCall,
)
from optimiser.report.changes import Change, Place, changed_visits
from optimiser.report.open_duties import first_window, organisation_of
from optimiser.report.replanned import Candidate, Fallen, Replanned
from optimiser.report.told import followers, other_partners, other_travel, told_nurses


def call_list(instance: Instance, parent: Plan, found: Replanned) -> CallList:
    """The list for a repaired plan. ``instance`` has the events in its tables; ``parent`` is what was told."""
    happened = found.plan.events[len(parent.events) :]
    at = max((event.at for event in happened), default=0)
    return CallList(
        at=at,
        happened=happened,
        to_fill=tuple(_to_fill(instance, found.plan, duty, those) for duty, those in found.to_ask),
        to_tell=_to_tell(parent, found, happened),
        to_call=_to_call(instance, parent, found),
        still_open=_still_open(instance, parent, found.plan, at),
        limits=_limits(found),
    )


def client_of(instance: Instance, work: str) -> str:
    """The client of a visit, also of one that is no longer in the tables; empty for a task."""
    visit = instance.visit_by_id.get(work)
    if visit is not None:
        return visit.client
    orders = {order.id: order.client for order in instance.orders}
    edited = {row.id: row.client for row in instance.edited_visits if row.client}
    return edited.get(work) or orders.get(work.split("/")[0], "")


def _to_fill(instance: Instance, plan: Plan, duty: Fallen, those: Sequence[Candidate]) -> ToFill:
    segments = segment_bounds(instance.kind_by_id[duty.kind], instance.clock, instance.clock.day_number(duty.day))
    asks = tuple(
        Ask(each.nurse, each.answer.possible, each.answer.blocking, tuple(each.answer.signals),
            _over(instance, plan, each.answer.duty), each.wished_free, each.on_free_day, each.served, each.travel)
        for each in those
    )  # fmt: skip
    return ToFill(duty.day, duty.kind, duty.nurse, segments[0][0], segments[-1][1], asks)


def _over(instance: Instance, plan: Plan, new: Duty) -> int:
    """Minutes above the net contract of the week in which ``new`` starts."""
    week = instance.clock.day_number(new.day) // 7
    hers = (*plan.duties_of.get(new.nurse, ()), new)
    planned = sum(planned_minutes_by_week(instance, duty).get(week, 0) for duty in hers)
    return planned - instance.net_contract_minutes(new.nurse, week)


def _to_tell(parent: Plan, found: Replanned, happened: Sequence[Event]) -> tuple[ToTell, ...]:
    """Who must be called by the time of her first change, then those for whom a message is enough."""
    known = {event.id for event in happened if isinstance(event, Held)}
    changes = [each for each in found.changes if each.work not in known]
    absent = {event.nurse for event in happened if isinstance(event, Absent)}
    with_others, companions = other_partners(parent, found.plan), followers(parent, found.plan)
    travelling = other_travel(parent, found.plan)
    rows = [
        replace(
            _of_nurse(nurse, parent, found.plan, changes),
            partners=with_others.get(nurse, ()), follows=companions.get(nurse, ""), travel=nurse in travelling,
        )
        for nurse in told_nurses(parent, found.plan)
    ]  # fmt: skip
    # who called in sick need not hear that she is free
    heard = [row for row in rows if row.nurse not in absent or row.comes or row.moves or row.gets]
    return tuple(sorted(heard, key=lambda row: (not row.to_call, _first(row, parent, found.plan), row.nurse)))


def _of_nurse(nurse: str, parent: Plan, plan: Plan, changes: Sequence[Change]) -> ToTell:
    comes, goes, moves, small = [], [], [], 0
    for each in changes:
        had = each.before is not None and each.before.nurse == nurse
        has = each.after is not None and each.after.nurse == nurse
        if had and has:
            if each.counted:
                moves.append(each)
            else:
                small += 1
        elif has:
            comes.append(each)
        elif had:
            goes.append(each)
    before = {(duty.start, duty.kind): duty for duty in parent.duties_of.get(nurse, ())}
    after = {(duty.start, duty.kind): duty for duty in plan.duties_of.get(nurse, ())}
    return ToTell(
        nurse, tuple(comes), tuple(goes), tuple(moves), small,
        gets=tuple(after[key] for key in sorted(after.keys() - before.keys())),
        loses=tuple(before[key] for key in sorted(before.keys() - after.keys())),
    )  # fmt: skip


def _first(row: ToTell, parent: Plan, plan: Plan) -> int:
    changes = (*row.comes, *row.goes, *row.moves)
    starts = [place.start for each in changes for place in (each.before, each.after) if place]
    starts += [duty.start for duty in (*row.gets, *row.loses)]
    own = (duty.start for some in (plan, parent) for duty in some.duties_of.get(row.nurse, ()))
    return min(starts, default=min(own, default=0))


def _to_call(instance: Instance, parent: Plan, found: Replanned) -> tuple[ClientCall, ...]:
    """Clients by the day of their first change, then critical first, then by time."""
    before, after = _places(parent), _places(found.plan)
    team = {v for event in found.plan.events if isinstance(event, Cancelled) and event.by == "team"
            for v in event.visits}  # fmt: skip
    calls: dict[str, dict[str, VisitCall]] = {}
    for each in found.changes:
        client = client_of(instance, each.work)
        if client and (each.counted or (each.reason == "cancelled" and each.work in team)):
            calls.setdefault(client, {}).setdefault(each.work, VisitCall(
                each.work, _priority(instance, each.work), before.get(each.work, ()), after.get(each.work, ()), each,
            ))  # fmt: skip
    made = [
        ClientCall(client, instance.client_by_id[client].organisation, tuple(sorted(v.values(), key=lambda x: x.start)))
        for client, v in calls.items()
    ]
    clock = instance.clock

    def order(call: ClientCall) -> tuple[int, int, int, str]:
        start = call.visits[0].start
        return clock.day_of(start), PRIORITIES.index(call.priority), start, call.client

    return tuple(sorted(made, key=order))


def _places(plan: Plan) -> dict[str, tuple[Place, ...]]:
    """Who does each visit or task and when, first part first."""
    found: dict[str, list[tuple[int, Place]]] = {}
    for duty in plan.duties:
        for stop in duty.stops:
            if stop.what != BREAK:
                place = Place(duty.nurse, stop.start, stop.end, duty.id)
                found.setdefault(stop.id, []).append((stop.part, place))
    return {work: tuple(place for _, place in sorted(parts, key=lambda x: x[0])) for work, parts in found.items()}


def _priority(instance: Instance, work: str) -> Priority:
    """A time-critical visit presses as much as a critical one."""
    one = instance.visit_by_id.get(work) or instance.task_by_id.get(work)
    if one is None:
        return "normal"
    return "critical" if isinstance(one, Visit) and one.time_critical else one.priority


def _still_open(instance: Instance, parent: Plan, plan: Plan, at: int) -> tuple[StillOpen, ...]:
    """What fell open since first, then what was open before and still could be done; critical first, then by time."""
    was = {each.id for each in parent.unserved}
    rows = []
    for each in plan.unserved:
        work = instance.visit_by_id.get(each.id) or instance.task_by_id.get(each.id)
        if work is None:
            continue
        windows = _windows(instance, work)
        start, end = next((one for one in windows if one[1] > at), windows[-1])
        row = StillOpen(
            each.id, client_of(instance, each.id), organisation_of(instance, work), _priority(instance, each.id),
            start, end, windows[-1][1], work.minutes, each, each.id not in was,
        )  # fmt: skip
        if row.new or row.last > at:
            rows.append(row)
    return tuple(sorted(rows, key=lambda row: (not row.new, PRIORITIES.index(row.priority), row.start, row.work)))


def _windows(instance: Instance, work: Visit | Task) -> list[tuple[int, int]]:
    if isinstance(work, Visit):
        return sorted((window.start, window.end) for window in work.windows)
    return [first_window(instance, work)]


def _limits(found: Replanned) -> tuple[Limit, ...]:
    """Every different plan that was tried, most changes first; the chosen one is always among them."""
    terms = found.plan.objective_terms
    chosen = (len(changed_visits(tuple(found.changes))), len(found.plan.unserved),
              terms.get("travel", 0) + terms.get("home_leg", 0))  # fmt: skip
    figures = {chosen, *((each.changed, each.open_work, each.travel) for each in found.tries)}
    return tuple(Limit(*each, chosen=each == chosen) for each in sorted(figures, reverse=True))
