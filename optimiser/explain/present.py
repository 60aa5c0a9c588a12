"""The plan as it stands, with what every question about it looks up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from optimiser.check.case import Case
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan, Route
from optimiser.domain.sharing import SharingContract
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.domain.work import Link, Task, Visit


@dataclass(frozen=True)
class Present:
    """An instance under a contract, its travel, and one plan. Make it once to ask many questions of one plan."""

    instance: Instance
    contract: SharingContract
    travel: TravelMatrix
    plan: Plan

    @cached_property
    def case(self) -> Case:
        """The plan before the referee; only its look-ups are used."""
        return Case(self.instance, self.contract, self.travel, self.plan)

    @cached_property
    def rows(self) -> dict[tuple[str, frozenset[str]], Any]:
        """What is remembered of a nurse's row without some duties (``why_duty``)."""
        return {}

    @cached_property
    def duty_by_id(self) -> dict[str, Duty]:
        """Duty id -> duty."""
        return {duty.id: duty for duty in self.case.duties}

    @cached_property
    def holders(self) -> dict[str, list[Duty]]:
        """Work id -> the duties that hold a part of it."""
        table: dict[str, list[Duty]] = defaultdict(list)
        for duty in self.case.duties:
            for name in {stop.id for stop in duty.stops}:
                table[name].append(duty)
        return table

    @cached_property
    def links_of(self) -> dict[str, list[Link]]:
        """Work id -> the links that name it."""
        table: dict[str, list[Link]] = defaultdict(list)
        for link in self.instance.work_links:
            for name in {link.first, link.second}:
                table[name].append(link)
        return table

    @cached_property
    def bare_duties(self) -> dict[str, Duty]:
        """Duty id -> duty without routes; standby keeps them, since what it does in them is its work."""
        return {duty.id: bare(duty) for duty in self.case.duties}

    def start_of(self, name: str) -> tuple[int | None, str]:
        """When work starts (its part 1, or a task outside routes), and the id of the duty that holds it."""
        done = self.case.served.get(name, {}).get(1)
        if done is not None:
            return done.stop.start, done.duty.id
        task = self.instance.task_by_id.get(name)
        if task is None or task.in_route:
            return None, ""
        return self.instance.clock.at(self.instance.clock.day_number(task.day), task.from_time), ""

    def reachable(self, nurse: str, start: int, end: int) -> list[Duty]:
        """Duties of other experienced nurses with a segment that holds these minutes, for a check from afar."""
        case = self.case
        return [
            duty
            for duty in case.duties
            if duty.nurse != nurse and case.nurse_of(duty).experience == "experienced"
            and any(low <= start and end <= high for low, high in case.segments(duty))
        ]  # fmt: skip

    def work(self, name: str) -> Visit | Task | None:
        """The visit or in-route task of that id."""
        visit = self.instance.visit_by_id.get(name)
        if visit is not None:
            return visit
        task = self.instance.task_by_id.get(name)
        return task if task is not None and task.in_route else None


def bare(duty: Duty) -> Duty:
    """A duty without its routes when it is no standby."""
    return duty if duty.lane == "standby" or not duty.routes else rebuilt(duty, routes=())


def rebuilt[Record: (Duty, Route, Plan, Instance)](record: Record, **fields: Any) -> Record:
    """A copy with other fields and nothing remembered; fields are not validated, since they come from valid ones."""
    kept = {name: getattr(record, name) for name in type(record).model_fields}
    return type(record).model_construct(**{**kept, **fields})


def changed_plan(plan: Plan, **fields: Any) -> Plan:
    """The plan with other fields, and without what it claimed of itself: that held before."""
    return rebuilt(plan, objective=None, objective_terms={}, lower_bound=None, status=plan.status, **fields)
