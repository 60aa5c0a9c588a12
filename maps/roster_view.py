"""The rows of the roster: nurses by organisation, in a week, in a month and over the whole horizon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from maps.roster_calendar import RosterMonth, RosterWeek
from maps.roster_cells import Cell, cell
from maps.roster_changes import ChangeLine
from maps.roster_source import Finding, RosterSource
from optimiser.domain.people import Nurse
from optimiser.report.kpis import DutyTime


@dataclass(frozen=True)
class Person:
    """One nurse: what stands in front of her rows. ``loose`` is the gravest finding about her that no cell shows."""

    id: str
    name: str
    tag: str
    organisation: str
    skills: tuple[str, ...]
    guest: bool
    loose: str
    notes: tuple[Finding, ...]
    changes: tuple[ChangeLine, ...]


@dataclass(frozen=True)
class Row:
    """One nurse over some days, in minutes; ``balance`` is what she has at the end of them."""

    person: Person
    contract: int
    net: int
    planned: int
    balance: int
    cells: tuple[Cell, ...]

    @property
    def has(self) -> str:
        """What filters ask for: changed, violation, signal; an inherited finding counts as a violation."""
        found = {"changed" for each in self.cells if each.changes} | {
            "signal" if note.kind == "signal" else "violation"
            for each in self.cells
            for note in each.notes
            if note.kind != "overridden"
        }
        return " ".join(sorted(found | ({self.person.loose} if self.person.loose else set())))


@dataclass(frozen=True)
class Hours:
    """One nurse, or the sum of some, over the horizon, in minutes.

    ``target`` is net contract less what she works off of her balance; ``added`` is planned - net, so that ``opening`` +
    ``added`` = ``closing``. ``weeks`` holds (planned, target) of each week.
    """

    contract: int
    net: int
    target: int
    planned: int
    opening: int
    outside: int
    time: DutyTime
    weeks: tuple[tuple[int, int], ...]

    @property
    def added(self) -> int:
        """What this plan adds to the balance."""
        return self.planned - self.net

    @property
    def closing(self) -> int:
        """The balance she leaves with."""
        return self.opening + self.added

    def __add__(self, other: Hours) -> Hours:
        """Both together."""
        return Hours(
            self.contract + other.contract, self.net + other.net, self.target + other.target,
            self.planned + other.planned, self.opening + other.opening, self.outside + other.outside,
            self.time + other.time,
            tuple((a + c, b + d) for (a, b), (c, d) in zip(self.weeks, other.weeks, strict=True)),
        )  # fmt: skip


@dataclass(frozen=True)
class Group[Member]:
    """The rows of one organisation; ``guests``: all are of colleagues whose hours are not told."""

    id: str
    name: str
    rows: tuple[Member, ...]
    guests: bool = False

    def total(self, field: str) -> int:
        """The sum of a figure over the rows."""
        return sum(getattr(row, field) for row in self.rows)


@dataclass(frozen=True)
class RosterView:
    """Builds the rows of a plan; cells are made once and shown in week and month."""

    source: RosterSource

    @cached_property
    def people(self) -> dict[str, Person]:
        """Nurse id -> what is shown of her."""
        skills: dict[str, list[str]] = {}
        for row in self.source.instance.nurse_skills:
            skills.setdefault(row.nurse, []).append(row.skill)
        return {each.id: self._person(each, tuple(skills.get(each.id, ()))) for each in self.source.instance.nurses}

    def _person(self, nurse: Nurse, skills: tuple[str, ...]) -> Person:
        notes = self.source.findings.get(nurse.id, ())
        loose = [note.kind for note in notes if not note.days and note.kind != "overridden"]
        tag = "" if nurse.experience == "experienced" else self.source.words(f"roster.experience.{nurse.experience}")
        changes = tuple(line for line in self.source.changes.duty_lines if nurse.id in line.nurses)
        return Person(nurse.id, self.source.name(nurse.id), tag, nurse.organisation, skills,
                      nurse.id in self.source.guests, loose[0] if loose else "", notes, changes)  # fmt: skip

    @cached_property
    def cells(self) -> dict[tuple[str, int], Cell]:
        """Nurse id and day number -> cell."""
        instance = self.source.instance
        return {
            (nurse.id, day): cell(self.source, nurse.id, day)
            for nurse in instance.nurses
            for day in range(instance.days)
        }

    def week(self, week: RosterWeek) -> tuple[Group[Row], ...]:
        """The organisations of one week, each with its nurses in the instance's order."""
        return self._groups((week,))

    def month(self, month: RosterMonth) -> tuple[Group[Row], ...]:
        """The same over the weeks of a month."""
        return self._groups(month.weeks)

    def _groups(self, weeks: tuple[RosterWeek, ...]) -> tuple[Group[Row], ...]:
        groups = (
            (each, tuple(self._row(nurse, weeks) for nurse in self._nurses(each.id)))
            for each in self.source.instance.organisations
        )
        return tuple(
            Group(each.id, each.name, rows, bool(rows) and all(row.person.guest for row in rows))
            for each, rows in groups
        )

    def _nurses(self, organisation: str) -> Iterator[Nurse]:
        return (nurse for nurse in self.source.instance.nurses if nurse.organisation == organisation)

    def _row(self, nurse: Nurse, weeks: tuple[RosterWeek, ...]) -> Row:
        hours, first, last = self.source.hours[nurse.id], weeks[0].number, weeks[-1].number + 1
        return Row(
            person=self.people[nurse.id],
            contract=nurse.contract_minutes * len(weeks),
            net=sum(hours.net_by_week[first:last]),
            planned=sum(hours.planned_by_week[first:last]),
            balance=hours.opening + sum(hours.planned_by_week[:last]) - sum(hours.net_by_week[:last]),
            cells=tuple(self.cells[nurse.id, day.number] for week in weeks for day in week.days),
        )

    def hours(self) -> tuple[Group[tuple[Person, Hours]], ...]:
        """Each nurse over the horizon, without guests."""
        groups = (
            (each, [one for one in self._nurses(each.id) if one.id not in self.source.guests])
            for each in self.source.instance.organisations
        )
        return tuple(
            Group(each.id, each.name, tuple((self.people[one.id], self._hours(one)) for one in nurses))
            for each, nurses in groups
            if nurses or not self.source.guests
        )

    def _hours(self, nurse: Nurse) -> Hours:
        row, instance = self.source.hours[nurse.id], self.source.instance
        targets = [instance.target_minutes(nurse.id, week) for week in range(instance.weeks)]
        return Hours(row.contract, row.net, sum(targets), row.planned, row.opening, row.outside, row.time,
                     tuple(zip(row.planned_by_week, targets, strict=True)))  # fmt: skip
