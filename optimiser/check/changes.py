"""What a plan changes against its parent."""

from __future__ import annotations

from datetime import date

from optimiser.check.case import Case
from optimiser.domain.plan import Plan

TOLERATED_MINUTES = 15
Parts = dict[int, tuple[str, int]]
"""Part of a visit -> nurse and start."""


def changes(case: Case) -> dict[str, int]:
    """The counts ``changed_duty`` and ``changed_visit``; zero for a plan that changes no other.

    Of a plan that names a parent which is not at hand, its own claim is taken over (the report notes it).
    """
    if case.parent is None:
        claimed = case.plan.objective_terms if case.plan.parent is not None else {}
        return {name: claimed.get(name, 0) for name in ("changed_duty", "changed_visit")}
    before, after = _duties(case.parent), _duties(case.plan)
    changed = sum(1 for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    now = _visits(case.plan)
    moved = sum(_is_moved(parts, now[visit]) for visit, parts in _visits(case.parent).items() if visit in now)
    return {"changed_duty": changed, "changed_visit": moved}


def _is_moved(before: Parts, after: Parts) -> bool:
    """Another nurse for a part, or another start. (A visit that nobody does any more is unserved, not changed.)"""
    return any(
        after[part][0] != nurse or abs(after[part][1] - start) > TOLERATED_MINUTES
        for part, (nurse, start) in before.items()
        if part in after
    )


def _duties(plan: Plan) -> dict[tuple[str, date, str], list[str]]:
    """Nurse, day and lane -> kinds."""
    table: dict[tuple[str, date, str], list[str]] = {}
    for duty in sorted(plan.duties, key=lambda each: (each.start, each.id)):
        table.setdefault((duty.nurse, duty.day, duty.lane), []).append(duty.kind)
    return table


def _visits(plan: Plan) -> dict[str, Parts]:
    """Visit -> its parts that are done."""
    table: dict[str, Parts] = {}
    if plan.with_routes:
        for duty in plan.duties:
            for stop in duty.stops:
                if stop.what == "visit":
                    table.setdefault(stop.id, {})[stop.part] = (duty.nurse, stop.start)
    return table
