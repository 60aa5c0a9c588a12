"""What a plan leaves behind, as the law reads it: the weeks that have passed when the next horizon begins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from optimiser.check.case import Case
from optimiser.check.timeline import Timeline, timelines
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.travel_matrix import TravelMatrix

LOOK_BACK_WEEKS = 52
"""No rule looks back further (free Sundays and weekends, nights and long nights in 52 weeks)."""
AVERAGE_WEEKS, WORKPLACE_WEEKS = 16, 26
"""Averages of hours and sums of rests look back no further."""
NO_TRAVEL = TravelMatrix(engine="none", places=(), minutes={}, metres={})
"""The law needs no travel times."""


@dataclass(frozen=True)
class Past:
    """The first ``weeks`` weeks of a plan, which are past when the horizon of the next instance begins."""

    instance: Instance
    plan: Plan
    weeks: int
    length: int | None = None
    """Weeks of the next horizon; None is as many as the old one has."""

    @property
    def end(self) -> int:
        """The minute of the old horizon at which the next horizon ends."""
        length = self.instance.weeks if self.length is None else self.length
        return self.instance.clock.midnight(7 * (self.weeks + length))

    @property
    def sums_weeks(self) -> int:
        """Over so many weeks hours are averaged: longer where there is standby at the workplace (ATB 4.8:1)."""
        return WORKPLACE_WEEKS if any(kind.at_workplace for kind in self.instance.shift_kinds) else AVERAGE_WEEKS

    @cached_property
    def first(self) -> date:
        """The Monday on which the next horizon begins."""
        return self.instance.first_monday + timedelta(weeks=self.weeks)

    @cached_property
    def border(self) -> int:
        """The minute at which it begins; what is before it has a lower minute."""
        return self.instance.clock.midnight(7 * self.weeks)

    @cached_property
    def case(self) -> Case:
        """The duties and fixed tasks that begin before the border, beside the tables."""
        duties = tuple(duty for duty in self.plan.duties if duty.day < self.first)
        tasks = tuple(task for task in self.instance.tasks if task.day < self.first)
        tables = {name: getattr(self.instance, name) for name in type(self.instance).model_fields}
        return Case(Instance(**(tables | {"tasks": tasks})), self.plan.contract, NO_TRAVEL, self.plan_of(duties))

    def plan_of(self, duties: Iterable[Duty]) -> Plan:
        """The plan with these duties only."""
        fields = {name: getattr(self.plan, name) for name in type(self.plan).model_fields}
        return Plan(**(fields | {"duties": tuple(duties)}))

    @cached_property
    def lines(self) -> dict[str, Timeline]:
        """Nurse id -> all of her work and standby by the clock, up to the border and what the tables know after it."""
        return timelines(self.case)

    @cached_property
    def earliest(self) -> dict[str, int]:
        """Nurse id -> the week of her first own duty in the table context (0 is the plan's first); 0 without any."""
        weeks = {each.id: 0 for each in self.instance.nurses}
        for row in self.instance.context:
            if not row.employer:
                weeks[row.nurse] = min(weeks[row.nurse], self.instance.clock.day_of(row.start) // 7)
        return weeks
