"""All that the families look up while they judge one plan: the tables, indexed, and the duties that can be judged."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from optimiser.check.registry import RULES
from optimiser.check.violation import Violation
from optimiser.domain.clock import Clock
from optimiser.domain.duty import ContextDuty, Override, ShiftKind
from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.instance import Instance
from optimiser.domain.labour import OUTSIDE_THE_LAW, LabourRules, article_as_norm
from optimiser.domain.people import Availability, Nurse
from optimiser.domain.plan import BREAK, Duty, Plan, Route, Stop
from optimiser.domain.sharing import SharingContract
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.domain.work import Task, Visit

MARGIN_DAYS = 400
"""Times further than this from the horizon are no times of a plan."""


@dataclass(frozen=True)
class Done:
    """One stop (not a break) with the duty and route that hold it."""

    duty: Duty
    route: Route
    stop: Stop


@dataclass(frozen=True)
class Case:
    """The plan before the referee. ``duties`` are those whose nurse and kind exist; the rest is reported once."""

    instance: Instance
    contract: SharingContract
    travel: TravelMatrix
    plan: Plan
    parent: Plan | None = None

    @cached_property
    def clock(self) -> Clock:
        """The calendar."""
        return self.instance.clock

    @cached_property
    def rules(self) -> LabourRules:
        """The limits that are the same for everybody (``labour.SHARED``); of one nurse, see ``rules_of``."""
        return self.instance.rules

    def rules_of(self, nurse: str) -> LabourRules:
        """The limits of law and agreement that hold for a nurse."""
        return self.instance.rules_of(nurse)

    def agreed(self, nurse: str) -> bool:
        """Whether an agreement holds for her, so that what the law leaves to one may be used."""
        return self.instance.agreement_of(nurse)

    @cached_property
    def overrides(self) -> tuple[Override, ...]:
        """What the manager set aside: the rows of the instance and those that the plan keeps."""
        return tuple(dict.fromkeys((*self.instance.overrides, *self.plan.overrides)))

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """Duties that can be judged, in order of start."""
        nurses, kinds = self.instance.nurse_by_id, self.instance.kind_by_id
        known = (
            each for each in self.plan.duties if each.nurse in nurses and each.kind in kinds and self.is_sane(each)
        )
        return tuple(sorted(known, key=lambda each: (each.start, each.id)))

    def has_begun(self, minute: int) -> bool:
        """Whether it lies before the last event: what began then can no longer be undone when its other half fails."""
        return any(minute < event.at for event in self.plan.events)

    def is_sane(self, duty: Duty) -> bool:
        """Whether every time of a duty lies within a year or so of the horizon, so that a calendar can hold it."""
        low, high = self.first_minute, self.last_minute
        times = (duty.start, duty.end, *(time for stop in duty.stops for time in (stop.arrival, stop.start, stop.end)))
        day = self.clock.day_number(duty.day)
        return -MARGIN_DAYS <= day < self.instance.days + MARGIN_DAYS and all(low <= time <= high for time in times)

    @cached_property
    def first_minute(self) -> int:
        """The earliest minute that a plan may name."""
        return self.clock.midnight(-MARGIN_DAYS)

    @cached_property
    def last_minute(self) -> int:
        """The latest minute that a plan may name."""
        return self.clock.midnight(self.instance.days + MARGIN_DAYS)

    @cached_property
    def duties_of(self) -> dict[str, list[Duty]]:
        """Nurse id -> her duties in order of start."""
        table: dict[str, list[Duty]] = defaultdict(list)
        for duty in self.duties:
            table[duty.nurse].append(duty)
        return table

    @cached_property
    def stops(self) -> tuple[Done, ...]:
        """Every stop that names existing work (a visit as visit, an in-route task as task)."""
        if not self.plan.with_routes:
            return ()
        return tuple(
            Done(duty, route, stop)
            for duty in self.duties
            for route in duty.routes
            for stop in route.stops
            if stop.what != BREAK and self.work_of(stop) is not None
        )

    @cached_property
    def served(self) -> dict[str, dict[int, Done]]:
        """Work id -> part -> who does it (the first, when a plan does it twice)."""
        table: dict[str, dict[int, Done]] = {}
        for done in self.stops:
            table.setdefault(done.stop.id, {}).setdefault(done.stop.part, done)
        return table

    @cached_property
    def experienced_periods(self) -> list[tuple[int, int, str]]:
        """Start, end and nurse of each duty segment of an experienced nurse, in order of start."""
        return sorted(
            (start, end, duty.nurse)
            for duty in self.duties
            if self.nurse_of(duty).experience == "experienced"
            for start, end in self.segments(duty)
        )

    @cached_property
    def context_of(self) -> dict[str, list[ContextDuty]]:
        """Nurse id -> her duties outside the plan."""
        table: dict[str, list[ContextDuty]] = defaultdict(list)
        for row in self.instance.context:
            table[row.nurse].append(row)
        return table

    @cached_property
    def fixed_tasks_of(self) -> dict[str, list[Task]]:
        """Nurse id -> her tasks outside routes."""
        table: dict[str, list[Task]] = defaultdict(list)
        for row in self.instance.tasks:
            if not row.in_route and row.nurse is not None:
                table[row.nurse].append(row)
        return table

    @cached_property
    def availability_of(self) -> dict[str, list[Availability]]:
        """Nurse id -> her rows."""
        table: dict[str, list[Availability]] = defaultdict(list)
        for row in self.instance.availability:
            table[row.nurse].append(row)
        return table

    @cached_property
    def counters(self) -> dict[tuple[str, str], int]:
        """(nurse, counter) -> value."""
        return {(row.nurse, row.counter): row.value for row in self.instance.counters}

    @cached_property
    def skills_of(self) -> dict[str, dict[str, list[tuple[date, date]]]]:
        """Nurse id -> skill -> first and last valid date of each row."""
        table: dict[str, dict[str, list[tuple[date, date]]]] = defaultdict(lambda: defaultdict(list))
        for row in self.instance.nurse_skills:
            table[row.nurse][row.skill].append((row.valid_from or date.min, row.valid_until or date.max))
        return table

    @cached_property
    def relations(self) -> dict[tuple[str, str], set[str]]:
        """(client, nurse) -> preferred, known, banned."""
        table: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in self.instance.client_nurses:
            table[row.client, row.nurse].add(row.relation)
        return table

    @cached_property
    def place_index(self) -> dict[str, int]:
        """Place id -> row of the travel matrix."""
        return self.travel.index()

    def work_of(self, stop: Stop) -> Visit | Task | None:
        """The visit or in-route task of a stop; None when there is no such work."""
        if stop.what == "visit":
            return self.instance.visit_by_id.get(stop.id)
        task = self.instance.task_by_id.get(stop.id)
        return task if task is not None and task.in_route else None

    def place_of(self, stop: Stop) -> str | None:
        """Where the work of a stop is; None for a task that is done where the nurse is."""
        work = self.work_of(stop)
        if isinstance(work, Visit):
            return self.instance.client_by_id[work.client].place
        return work.place if work is not None else None

    def has_skill(self, nurse: str, skill: str, day: date) -> bool:
        """Whether the skill is valid on that date."""
        return any(first <= day <= last for first, last in self.skills_of[nurse][skill])

    def fully_served(self, work: Visit | Task) -> bool:
        """Whether every part of the work is done."""
        parts = self.served.get(work.id, {})
        return all(part in parts for part in range(1, (work.nurses if isinstance(work, Visit) else 1) + 1))

    def nurse_of(self, duty: Duty) -> Nurse:
        """The nurse of a duty."""
        return self.instance.nurse_by_id[duty.nurse]

    def segments(self, duty: Duty) -> tuple[tuple[int, int], ...]:
        """Start and end minute of each segment: the kind's, but for the start and end that the duty itself names."""
        bounds = segment_bounds(self.kind_of(duty), self.clock, self.clock.day_number(duty.day))
        if len(bounds) == 1:
            return ((duty.start, duty.end),)
        return ((duty.start, bounds[0][1]), (bounds[1][0], duty.end))

    def kind_of(self, duty: Duty) -> ShiftKind:
        """The shift kind of a duty."""
        return self.instance.kind_by_id[duty.kind]

    def found(
        self, rule: str, start: int, end: int, *, nurse: str | None = None, client: str | None = None,
        required: int | str = "", found: int | str = "", subject: str = "", article: str = "", times: int = 0,
    ) -> Violation:  # fmt: skip
        """A finding of this plan; the article is the registry's unless a figure names a closer one.

        Of a nurse for whom the law on hours does not hold it is named as the norm that it is for her.
        """
        article = article or RULES[rule].article
        if nurse in self.instance.nurse_by_id and self.instance.rule_set_of(nurse) == OUTSIDE_THE_LAW:
            article = article_as_norm(article)
        return Violation(
            rule, start, end, self.clock.first_day, nurse, client, required, found, subject,
            article, times=times,
        )  # fmt: skip
