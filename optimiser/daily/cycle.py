"""A cyclic base roster made of some weeks of a plan, and whether it may come back again and again.

The weeks are taken as they are: which weeks make a fair cycle is for the plan to say. docs/explanation/base_rosters.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from optimiser.check.checker import check
from optimiser.check.violation import Violation
from optimiser.domain.duty import CycleDuty
from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.instance import Instance
from optimiser.domain.noun import WEEKDAYS
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.errors import Fault, InputError
from optimiser.texts import Language, text

OF_WEEKS = (
    "availability", "wishes", "visits", "work_links", "links", "orders", "edited_visits", "tasks", "cover", "context",
    "overrides", "duties_given", "cycles", "counters", "past_visits", "call_sources", "call_hours",
)  # fmt: skip
"""Tables about the weeks of the plan, not about the people: a cycle is judged without them."""


@dataclass(frozen=True)
class Cycle:
    """The rows for ``cycles``, by nurse, week and day; and the rules that two rounds after each other would break
    (``violations``, in the horizon of the plan's first Monday), the border between them included."""

    rows: tuple[CycleDuty, ...]
    violations: tuple[Violation, ...]


def cycle_of(
    instance: Instance, travel: TravelMatrix, plan: Plan, weeks: int, skip: int = 0, first_monday: date | None = None,
    status: Literal["base", "wish"] = "base", language: Language = "nl",
) -> Cycle:  # fmt: skip
    """The base roster that repeats ``weeks`` weeks of ``plan``, from week ``skip`` (0 is its first) on.

    It begins on ``first_monday``, else on the Monday after the plan. Students go with their companions: no rows.
    Raises InputError when the plan does not hold these weeks, or the day is no Monday.
    """
    first = first_monday or instance.clock.date_of(instance.days)
    faults = []
    if weeks < 1 or skip < 0 or skip + weeks > instance.weeks:
        expected = text("cycle.expected.weeks", language, most=instance.weeks)
        faults.append(Fault("--weeks", 0, "", expected, str(skip + weeks)))
    if first.weekday() != 0:
        faults.append(Fault("--from", 0, "", text("cycle.expected.monday", language), first.isoformat()))
    if faults:
        raise InputError(faults)
    inside = [
        duty for duty in plan.duties
        if duty.follows is None and skip <= instance.clock.day_number(duty.day) // 7 < skip + weeks
    ]  # fmt: skip
    rows = [_row(instance, duty, weeks, skip, first, status) for duty in inside]
    ordered = sorted(rows, key=lambda row: (row.nurse, row.week, WEEKDAYS.index(row.weekday), row.kind))
    return Cycle(tuple(ordered), _twice(instance, travel, plan, inside, weeks, skip))


def _row(
    instance: Instance, duty: Duty, weeks: int, skip: int, first: date, status: Literal["base", "wish"]
) -> CycleDuty:
    day = instance.clock.day_number(duty.day) - 7 * skip
    return CycleDuty(
        nurse=duty.nurse, kind=duty.kind, weeks=weeks, week=day // 7 + 1, weekday=WEEKDAYS[day % 7],
        first_monday=first, status=status,
    )  # fmt: skip


def _twice(
    instance: Instance, travel: TravelMatrix, plan: Plan, inside: list[Duty], weeks: int, skip: int
) -> tuple[Violation, ...]:
    """What two rounds after each other break, of people with nothing else to do."""
    tables = instance.model_copy(update={"weeks": 2 * weeks} | dict.fromkeys(OF_WEEKS, ()))
    duties = tuple(_moved(tables, duty, 7 * (turn * weeks - skip)) for turn in (0, 1) for duty in inside)
    twice = plan.model_copy(
        update={
            "duties": duties, "with_routes": False, "unserved": (), "events": (), "overrides": (), "published": None,
            "objective": None, "objective_terms": {}, "fingerprint": tables.fingerprint, "row_hashes": {},
        }
    )  # fmt: skip
    return check(tables, plan.contract, travel, twice).violations


def _moved(tables: Instance, duty: Duty, days: int) -> Duty:
    day = duty.day + timedelta(days=days)
    bounds = segment_bounds(tables.kind_by_id[duty.kind], tables.clock, tables.clock.day_number(day))
    return duty.model_copy(
        update={
            "id": f"{duty.nurse}/{day}/{duty.lane}", "day": day, "start": bounds[0][0], "end": bounds[-1][1],
            "routes": (), "status": "free",
        }
    )  # fmt: skip
