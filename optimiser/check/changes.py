"""What a plan changes against its parent."""

from __future__ import annotations

from datetime import date

from optimiser.check.case import Case
from optimiser.domain.plan import Plan

TOLERATED_MINUTES = 15


def changes(case: Case) -> dict[str, int]:
    """The counts ``changed_duty`` and ``changed_visit``; zero for a plan that changes no other.

    Of a plan that names a parent which is not at hand, its own claim is taken over (the report notes it).
    """
    if case.parent is None:
        claimed = case.plan.objective_terms if case.plan.parent is not None else {}
        return {name: claimed.get(name, 0) for name in ("changed_duty", "changed_visit")}
    before, after = _duties(case.parent), _duties(case.plan)
    changed = sum(1 for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    starts, moved = _visits(case.plan), 0
    for visit, parts in _visits(case.parent).items():
        now = starts.get(visit, {})
        same_nurses = {nurse for nurse, _ in parts.values()} == {nurse for nurse, _ in now.values()}
        old, new = (min((start for _, start in each.values()), default=0) for each in (parts, now))
        moved += not same_nurses or abs(new - old) > TOLERATED_MINUTES
    return {"changed_duty": changed, "changed_visit": moved}


def _duties(plan: Plan) -> dict[tuple[str, date, str], list[str]]:
    """Nurse, day and lane -> kinds."""
    table: dict[tuple[str, date, str], list[str]] = {}
    for duty in sorted(plan.duties, key=lambda each: (each.start, each.id)):
        table.setdefault((duty.nurse, duty.day, duty.lane), []).append(duty.kind)
    return table


def _visits(plan: Plan) -> dict[str, dict[int, tuple[str, int]]]:
    """Visit -> part -> nurse and start."""
    table: dict[str, dict[int, tuple[str, int]]] = {}
    if plan.with_routes:
        for duty in plan.duties:
            for stop in duty.stops:
                if stop.what == "visit":
                    table.setdefault(stop.id, {})[stop.part] = (duty.nurse, stop.start)
    return table
