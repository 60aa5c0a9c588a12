"""All that the roster page looks up, indexed once by nurse and date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from maps.itinerary import source_duty
from maps.roster_changes import RosterChanges
from maps.words import Names, Words, name_of
from optimiser.domain.duty import GivenDuty
from optimiser.domain.instance import Instance
from optimiser.domain.people import Availability, Wish
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.domain.work import Task
from optimiser.report.filled_cover import DutyKey, FilledCover, filled_cover
from optimiser.report.kpis import DutyTime, duty_time
from optimiser.report.signals import CheckReport, Violation, findings_by_kind, touches_day
from optimiser.report.tables import NurseHours, nurse_hours

Key = tuple[str, date]
"""Nurse and date."""
MOST_STOPS = 2500
"""Above so many stops their lists are left out of the panels: the page stays a few megabytes."""


@dataclass(frozen=True)
class Finding:
    """A finding in words. ``kind`` is violation, inherited, signal or overridden; ``days`` the horizon's days it
    touches, none when it is about more than a week."""

    kind: str
    words: str
    violation: Violation
    days: tuple[date, ...]


@dataclass(frozen=True)
class RosterSource:
    """The plan, what is said of it, and how it reads. ``beside_maps``: route pages lie in ``maps/routes``.
    ``guests`` are colleagues of whom only some duties are seen: their hours are nobody's to tell."""

    words: Words
    travel: TravelMatrix
    plan: Plan
    report: CheckReport
    names: Names
    changes: RosterChanges
    beside_maps: bool = True
    guests: frozenset[str] = frozenset()

    @property
    def instance(self) -> Instance:
        """The tables."""
        return self.words.instance

    def name(self, identity: str) -> str:
        """The name behind an id, else the id."""
        return name_of(self.names, identity)

    @cached_property
    def with_stops(self) -> bool:
        """Whether the panels list the stops."""
        return self.plan.with_routes and sum(len(duty.stops) for duty in self.plan.duties) <= MOST_STOPS

    @cached_property
    def duties(self) -> dict[Key, tuple[Duty, ...]]:
        """Duties by nurse and date, in the plan's order of time."""
        table: dict[Key, list[Duty]] = defaultdict(list)
        for nurse, duties in self.plan.duties_of.items():
            for duty in duties:
                table[nurse, duty.day].append(duty)
        return {key: tuple(duties) for key, duties in table.items()}

    @cached_property
    def times(self) -> dict[Key, DutyTime]:
        """Where the paid time of a day's duties goes."""
        zero = DutyTime()
        return {
            key: sum((duty_time(self.instance, self.travel, duty) for duty in duties), zero)
            for key, duties in self.duties.items()
        }

    @cached_property
    def hours(self) -> dict[str, NurseHours]:
        """Nurse id -> her hours."""
        return {row.nurse: row for row in nurse_hours(self.instance, self.travel, self.plan)}

    @cached_property
    def away(self) -> dict[Key, Availability]:
        """The first row that keeps a nurse from work on a date."""
        table: dict[Key, Availability] = {}
        for row in self.instance.availability:
            if row.kind != "travel":
                for day in self._days(row.first, row.last):
                    table.setdefault((row.nurse, day), row)
        return table

    def _days(self, first: date, last: date) -> Iterable[date]:
        clock = self.instance.clock
        low, high = clock.day_number(first), clock.day_number(last)
        return (clock.date_of(day) for day in range(max(0, low), min(self.instance.days - 1, high) + 1))

    @cached_property
    def wishes(self) -> dict[Key, Wish]:
        """Wishes by nurse and date."""
        return {(each.nurse, each.day): each for each in self.instance.wishes}

    @cached_property
    def given(self) -> dict[Key, tuple[GivenDuty, ...]]:
        """Duties that the tables name, by nurse and date."""
        table: dict[Key, tuple[GivenDuty, ...]] = {}
        for each in self.instance.duties_given:
            table[each.nurse, each.day] = (*table.get((each.nurse, each.day), ()), each)
        return table

    @cached_property
    def outside(self) -> dict[Key, tuple[Task, ...]]:
        """Tasks outside routes, by nurse and date."""
        table: dict[Key, tuple[Task, ...]] = {}
        for each in self.instance.tasks:
            if each.nurse is not None and not each.in_route:
                table[each.nurse, each.day] = (*table.get((each.nurse, each.day), ()), each)
        return table

    @cached_property
    def cover(self) -> dict[DutyKey, tuple[FilledCover, ...]]:
        """Duty -> the cover it counts for."""
        return filled_cover(self.instance, self.plan)

    @cached_property
    def pages(self) -> set[Key]:
        """Nurses and dates with a route page beside this one."""
        if not self.beside_maps:
            return set()
        return {(duty.nurse, duty.day) for duty in self.plan.duties if source_duty(self.plan, duty).stops}

    @cached_property
    def findings(self) -> dict[str, tuple[Finding, ...]]:
        """Nurse id -> what the check found about her, gravest first."""
        table: dict[str, tuple[Finding, ...]] = {}
        for kind, group in findings_by_kind(self.report):
            for each in group:
                if each.nurse is not None:
                    found = Finding(kind, each.sentence(self.words.language), each, self._touched(each))
                    table[each.nurse] = (*table.get(each.nurse, ()), found)
        return table

    def _touched(self, finding: Violation) -> tuple[date, ...]:
        clock, last = self.instance.clock, self.instance.days - 1
        low, high = clock.day_of(finding.start), clock.day_of(finding.end)
        days = range(max(0, low), min(last, high) + 1)
        return tuple(clock.date_of(day) for day in days if touches_day(self.instance, finding, day))

    @cached_property
    def notes(self) -> dict[Key, tuple[Finding, ...]]:
        """The findings that touch a cell."""
        table: dict[Key, tuple[Finding, ...]] = {}
        for nurse, findings in self.findings.items():
            for each in findings:
                for day in each.days:
                    table[nurse, day] = (*table.get((nurse, day), ()), each)
        return table
