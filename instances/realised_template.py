"""The planned week as tables to fill in: planned times stand in them, so that only differences have to be typed."""

from __future__ import annotations

from instances.events import with_events
from instances.realised import realised_csv
from optimiser.domain.events import Cancelled
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.realised import Realised, RealisedDuty, RealisedVisit


def counted_instance(instance: Instance, plan: Plan) -> Instance:
    """The tables (as read, no events applied yet) with what happened to the plan, but with its cancelled visits.

    What is cancelled is counted as such, and a row must be able to name it.
    """
    return with_events(instance, (each for each in plan.events if not isinstance(each, Cancelled)))


def realised_template(plan: Plan, instance: Instance) -> tuple[str, str]:
    """The texts of ``gewerkte_diensten.csv`` and ``gewerkte_bezoeken.csv`` for ``plan``, to be filled in.

    Arrival and handover are left empty, since the plan does not know them. ``instance`` as ``counted_instance`` gives.
    """
    return realised_csv(as_planned(plan, instance), instance)


def as_planned(plan: Plan, instance: Instance) -> Realised:
    """What is realised when all goes as planned; visits in nobody's route are not done, or cancelled by an event.

    A plan without routes has no visits.
    """
    duties = tuple(
        RealisedDuty(
            nurse=duty.nurse, day=instance.clock.day_number(duty.day), kind=duty.kind, start=duty.start, end=duty.end,
            break_minutes=instance.kind_by_id[duty.kind].break_minutes,
        )
        for duty in sorted(plan.duties, key=lambda each: (each.nurse, each.start, each.id))
    )  # fmt: skip
    visits = (*_planned_visits(plan), *_open_visits(plan, instance)) if plan.with_routes else ()
    return Realised(instance=instance.name, plan=plan.identity, duties=duties, visits=visits)


def _planned_visits(plan: Plan) -> list[RealisedVisit]:
    rows = [
        RealisedVisit(id=stop.id, part=stop.part, nurse=duty.nurse, start=stop.start, end=stop.end)
        for duty in plan.duties
        for stop in duty.stops
        if stop.what == "visit"
    ]
    return sorted(rows, key=lambda each: (each.nurse or "", each.start or 0, each.id, each.part))


def _open_visits(plan: Plan, instance: Instance) -> list[RealisedVisit]:
    """A row for each part of a visit that nobody does in the plan."""
    held = {(stop.id, stop.part) for duty in plan.duties for stop in duty.stops if stop.what == "visit"}
    cancelled = {visit: event for event in plan.events if isinstance(event, Cancelled) for visit in event.visits}
    rows: list[RealisedVisit] = []
    for visit in instance.visits:
        event = cancelled.get(visit.id)
        for part in (1, 2)[: visit.nurses]:
            if (visit.id, part) in held:
                continue
            if event is None:
                rows.append(RealisedVisit(id=visit.id, part=part, status="not_done", reason="not_planned"))
            else:
                before = max(0, visit.windows[0].start - event.at)
                rows.append(RealisedVisit(
                    id=visit.id, part=part, status="cancelled", cancelled_by=event.by, cancelled_minutes_before=before
                ))  # fmt: skip
    return rows
