"""A repaired plan in lines and in plain figures."""

from __future__ import annotations

from typing import Any

from optimiser.check.violation import day_and_month
from optimiser.daily.fallen import Candidate
from optimiser.daily.replan import Replan
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.report.changes import Change, Place, touched_nurses
from optimiser.texts import Language, text


def ask_lines(found: Replan, language: Language) -> tuple[str, ...]:
    """For each duty that fell away: how many may have it, and whom to call first."""
    lines = []
    for duty, those in found.to_ask:
        may = [each for each in those if each.answer.possible]
        key = "cli.replan.ask" if may else "cli.replan.nobody"
        first = ", ".join(each.nurse for each in may[:3])
        lines.append(text(key, language, kind=duty.kind, day=day_and_month(duty.day, language), number=len(may),
                          first=first))  # fmt: skip
    return tuple(lines)


def replan_figures(instance: Instance, parent: Plan, found: Replan) -> dict[str, Any]:
    """Changes, tries and whom to ask, with ids only; moments in ISO form."""
    return {
        "version": found.plan.version,
        "plan": found.plan.identity,
        "touched_nurses": touched_nurses(parent, found.plan),
        "open": [{"id": each.id, "reason": each.reason} for each in found.plan.unserved],
        "changes": [_change(instance, each) for each in found.changes],
        "tries": [
            {"changed": each.changed, "open": each.open_work, "travel_minutes": each.travel, "rest": each.rest}
            for each in found.tries
        ],
        "to_ask": [
            {"day": duty.day.isoformat(), "kind": duty.kind, "fell_from": duty.nurse,
             "nurses": [_candidate(each) for each in those]}
            for duty, those in found.to_ask
        ],
    }  # fmt: skip


def _change(instance: Instance, change: Change) -> dict[str, Any]:
    return {
        "work": change.work, "part": change.part, "client": change.client, "counted": change.counted,
        "reason": change.reason, "because": change.because, "price": change.price,
        "before": _place(instance, change.before), "after": _place(instance, change.after),
    }  # fmt: skip


def _place(instance: Instance, place: Place | None) -> dict[str, str] | None:
    if place is None:
        return None
    start = instance.clock.moment_of(place.start)
    return {"nurse": place.nurse, "duty": place.duty, "start": start.isoformat(timespec="minutes")}


def _candidate(one: Candidate) -> dict[str, Any]:
    blocking = one.answer.blocking
    return {
        "nurse": one.nurse, "possible": one.answer.possible, "rule": None if blocking is None else blocking.rule,
        "cost": one.answer.cost, "wished_free": one.wished_free, "on_free_day": one.on_free_day,
        "served": one.served, "travel_minutes": one.travel,
    }  # fmt: skip
