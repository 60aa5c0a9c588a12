"""Which nurses must hear that something on their route page is another than they were told."""

from __future__ import annotations

from datetime import date

from optimiser.domain.events import OtherMode, SlowTravel
from optimiser.domain.plan import Plan, Route
from optimiser.report.changes import touched_nurses


def told_nurses(parent: Plan, plan: Plan) -> tuple[str, ...]:
    """Those whose duties or routes differ, who does a two-nurse visit with another colleague, whose travel takes longer
    or goes another way, and the students who follow one of them. Every other route page keeps its bytes."""
    besides = {*other_partners(parent, plan), *other_travel(parent, plan)}
    students = {duty.nurse for duty in plan.duties if duty.follows in besides}
    return tuple(sorted({*touched_nurses(parent, plan), *besides, *students, *followers(parent, plan)}))


def followers(parent: Plan, plan: Plan) -> dict[str, str]:
    """Student -> companion, of students whose companion's route of one of their days changed."""
    before, after = _followed(parent), _followed(plan)
    changed = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
    return {student: companion for student, companion, _ in sorted(changed)}


def _followed(plan: Plan) -> dict[tuple[str, str, date], tuple[Route, ...]]:
    routes = {(duty.nurse, duty.day, duty.kind): duty.routes for duty in plan.duties}
    return {
        (duty.nurse, duty.follows, duty.day): routes.get((duty.follows, duty.day, duty.kind), ())
        for duty in plan.duties
        if duty.follows is not None
    }


def other_partners(parent: Plan, plan: Plan) -> dict[str, tuple[tuple[str, str], ...]]:
    """Nurse -> (visit, who comes with her now) of visits by two nurses that she keeps with another colleague."""
    before, after = _partners(parent), _partners(plan)
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for (nurse, visit), partner in sorted(after.items()):
        if before.get((nurse, visit), partner) != partner:
            found[nurse] = (*found.get(nurse, ()), (visit, partner))
    return found


def _partners(plan: Plan) -> dict[tuple[str, str], str]:
    doing: dict[str, dict[int, str]] = {}
    for duty in plan.duties:
        for stop in duty.stops:
            if stop.what == "visit":
                doing.setdefault(stop.id, {})[stop.part] = duty.nurse
    pairs = [(visit, parts[1], parts[2]) for visit, parts in doing.items() if len(parts) == 2]
    return {(one, visit): other for visit, one, other in pairs} | {(other, visit): one for visit, one, other in pairs}


def other_travel(parent: Plan, plan: Plan) -> tuple[str, ...]:
    """Nurses with a route to come whose travel takes longer or goes another way by an event since ``parent``."""
    with_route = [duty for duty in plan.duties if duty.stops]
    found: set[str] = set()
    for event in plan.events[len(parent.events):]:
        if isinstance(event, SlowTravel):
            found |= {duty.nurse for duty in with_route if duty.day == event.day} - set(event.under_way)
        elif isinstance(event, OtherMode):
            found |= {d.nurse for d in with_route if d.nurse == event.nurse and event.first <= d.day <= event.last}
    return tuple(sorted(found))
