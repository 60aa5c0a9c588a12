"""What a plan keeps of the base roster, for each nurse: duties of status ``base``, those of cyclic rosters too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan


@dataclass(frozen=True)
class BaseKept:
    """Of ``asked`` base duties in the horizon ``kept`` are in the plan; ``left`` are the others: day, kind that the
    base roster has, and kinds that she has instead that day (none: free)."""

    nurse: str
    asked: int
    kept: int
    left: tuple[tuple[date, str, tuple[str, ...]], ...]


def base_kept(instance: Instance, plan: Plan) -> dict[str, BaseKept]:
    """Nurse id -> her base roster and the plan, of nurses who have one, in the instance's order."""
    days = {instance.clock.date_of(number) for number in range(instance.days)}
    asked: dict[str, list[tuple[date, str]]] = {}
    for row in instance.duties_given:
        if row.status == "base" and row.day in days:
            asked.setdefault(row.nurse, []).append((row.day, row.kind))
    found = {}
    for nurse in instance.nurses:
        rows = sorted(set(asked.get(nurse.id, ())))
        held: dict[date, list[str]] = {}
        for duty in plan.duties_of.get(nurse.id, ()):
            held.setdefault(duty.day, []).append(duty.kind)
        left = tuple((day, kind, tuple(held.get(day, ()))) for day, kind in rows if kind not in held.get(day, ()))
        if rows:
            found[nurse.id] = BaseKept(nurse.id, len(rows), len(rows) - len(left), left)
    return found
