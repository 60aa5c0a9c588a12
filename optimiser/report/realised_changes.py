"""What changed after publication: counted against the published plan, as check counts against a parent."""

from __future__ import annotations

from collections import defaultdict

from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.realised import Realised
from optimiser.report.realised_ledger import Ledger, Side, who
from optimiser.report.realised_plan import RealisedCase, lane_of
from optimiser.report.realised_visits import NEAR_MINUTES, Parts, PlannedPart, planned_parts

Key = tuple[str, int, str]
"""Nurse, day number and lane."""
Shape = tuple[str | None, int, int]
"""Kind (None is by the clock alone), start and end."""


def add_changes(
    ledger: Ledger, instance: Instance, plan: Plan, published: Plan | None, realised: Realised, case: RealisedCase
) -> None:
    """Duties (nurse, kind, or over 15 minutes) and visits (nurse, or start over 15 minutes) that are not as published.

    Planned is the last plan, realised what was worked. Of what nobody wrote down nothing is known: it is no change.
    """
    if published is None:
        return
    told = _duties(instance, published, {})
    ledger.know("planned", ("changed_duties",))
    _count_duties(ledger, "planned", instance, told, _duties(instance, plan, {}))
    if realised.duties is not None:
        ledger.know("realised", ("changed_duties",))
        worked = _duties(instance, case.plan, case.base)
        unknown = set(_duties(instance, plan, {})) - _written(instance, realised)
        known = {key: shapes for key, shapes in told.items() if key not in unknown}
        _count_duties(ledger, "realised", instance, known, worked)
    if not published.with_routes:
        return
    before = planned_parts(published)
    if plan.with_routes:
        ledger.know("planned", ("changed_visits",))
        _count_visits(ledger, "planned", instance, before, planned_parts(plan))
    if realised.visits is not None:
        ledger.know("realised", ("changed_visits",))
        after: dict[str, Parts] = defaultdict(dict)
        for row in realised.visits:
            if row.done:
                after[row.id][row.part] = PlannedPart(row.nurse or "", row.start or 0, row.end or 0)
        _count_visits(ledger, "realised", instance, before, after)


def _written(instance: Instance, realised: Realised) -> set[Key]:
    return {(row.nurse, row.day, lane_of(instance, row)) for row in realised.duties or ()}


def _duties(instance: Instance, plan: Plan, base: dict[str, str | None]) -> dict[Key, list[Shape]]:
    table: dict[Key, list[Shape]] = defaultdict(list)
    for duty in sorted(plan.duties, key=lambda each: (each.start, each.id)):
        key = (duty.nurse, instance.clock.day_number(duty.day), duty.lane)
        table[key].append((base.get(duty.kind, duty.kind), duty.start, duty.end))
    return dict(table)


def _count_duties(
    ledger: Ledger, side: Side, instance: Instance, before: dict[Key, list[Shape]], after: dict[Key, list[Shape]]
) -> None:
    for key in sorted(before.keys() | after.keys()):
        if _differs(before.get(key, []), after.get(key, [])):
            ledger.add("changed_duties", side, key[1] // 7, **who(instance, key[0]))


def _differs(before: list[Shape], after: list[Shape]) -> bool:
    """Another number of duties, another kind, or a start or end that moved more than 15 minutes."""
    if len(before) != len(after):
        return True
    return any(
        (new[0] is not None and new[0] != old[0])
        or abs(new[1] - old[1]) > NEAR_MINUTES
        or abs(new[2] - old[2]) > NEAR_MINUTES
        for old, new in zip(before, after, strict=True)
    )


def _count_visits(
    ledger: Ledger, side: Side, instance: Instance, before: dict[str, Parts], after: dict[str, Parts]
) -> None:
    """A visit once for its organisation, and for each nurse who was to do a part of it that changed."""
    for visit, parts in before.items():
        now = after.get(visit, {})
        moved = [
            told.nurse
            for part, told in parts.items()
            if part in now and (now[part].nurse != told.nurse or abs(now[part].start - told.start) > NEAR_MINUTES)
        ]
        known = instance.visit_by_id.get(visit)
        if not moved or known is None:
            continue
        week = instance.clock.day_of(min(each.start for each in parts.values())) // 7
        organisation = instance.client_by_id[known.client].organisation
        ledger.add("changed_visits", side, week, organisation=organisation)
        for nurse in dict.fromkeys(moved):
            ledger.add("changed_visits", side, week, nurse=nurse)
