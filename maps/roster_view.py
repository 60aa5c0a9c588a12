"""What stands in the cells of the roster: duties, absence, wishes, findings, and the panel behind each cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from maps.itinerary import Itinerary, itinerary, source_duty
from maps.words import Names, Words, name_of
from optimiser.domain.instance import Instance
from optimiser.domain.people import Availability, Wish
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.domain.work import Task
from optimiser.report.kpis import DutyTime, duty_time
from optimiser.report.signals import CheckReport, Violation, findings_by_kind, touches_day
from optimiser.report.tables import NurseHours, nurse_hours


@dataclass(frozen=True)
class Note:
    """A finding in words; ``kind`` is violation, inherited, signal or overridden."""

    kind: str
    words: str


@dataclass(frozen=True)
class Shift:
    """One duty in a cell and its panel."""

    code: str
    name: str
    category: str
    standby: bool
    span: str
    status: str
    organisation: str
    follows: str
    facts: str
    route: Itinerary | None


@dataclass(frozen=True)
class Cell:
    """One nurse on one day; ``label`` says it in a sentence for those who do not see it."""

    anchor: str
    day: date
    title: str
    label: str
    shifts: tuple[Shift, ...]
    away: str
    away_short: str
    wish: str
    wish_kept: bool
    notes: tuple[Note, ...]
    tasks: tuple[str, ...]
    page: str

    @property
    def worst(self) -> str:
        """The gravest kind of note, or empty."""
        kinds = [note.kind for note in self.notes]
        return next((kind for kind in ("violation", "inherited", "signal") if kind in kinds), "")

    @property
    def opens(self) -> bool:
        """Whether there is anything behind the cell."""
        return bool(self.shifts or self.away or self.wish or self.notes or self.tasks)


@dataclass(frozen=True)
class Row:
    """One nurse in one week. Minutes; ``time`` is where the paid time of the week's duties goes."""

    name: str
    identity: str
    tag: str
    contract: int
    net: int
    planned: int
    balance: int
    time: DutyTime
    outside: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Group:
    """The rows of one organisation in one week, with their sums."""

    name: str
    rows: tuple[Row, ...]

    def total(self, field: str) -> int:
        """The sum of a figure over the rows."""
        return sum(getattr(row, field) for row in self.rows)

    @property
    def time(self) -> DutyTime:
        """The account of all rows."""
        return sum((row.time for row in self.rows), DutyTime())


@dataclass(frozen=True)
class RosterView:
    """Builds the view of a plan."""

    words: Words
    travel: TravelMatrix
    plan: Plan
    report: CheckReport
    names: Names

    @property
    def instance(self) -> Instance:
        """The instance."""
        return self.words.instance

    @cached_property
    def hours(self) -> dict[str, NurseHours]:
        """Nurse id -> her hours."""
        return {row.nurse: row for row in nurse_hours(self.instance, self.travel, self.plan)}

    @cached_property
    def _pages(self) -> set[tuple[str, date]]:
        return {(duty.nurse, duty.day) for duty in self.plan.duties if source_duty(self.plan, duty).stops}

    @cached_property
    def _notes(self) -> dict[str, list[tuple[str, Violation, str]]]:
        table: dict[str, list[tuple[str, Violation, str]]] = {}
        for kind, findings in findings_by_kind(self.report):
            for each in findings:
                if each.nurse is not None:
                    words = each.sentence(self.words.language)
                    table.setdefault(each.nurse, []).append((kind, each, words))
        return table

    def week(self, week: int) -> tuple[Group, ...]:
        """The organisations of one week (0 is the first), each with its nurses in the instance's order."""
        return tuple(
            Group(
                organisation.name,
                tuple(
                    self._row(nurse.id, week) for nurse in self.instance.nurses if nurse.organisation == organisation.id
                ),
            )
            for organisation in self.instance.organisations
        )

    def _row(self, nurse: str, week: int) -> Row:
        person, hours = self.instance.nurse_by_id[nurse], self.hours[nurse]
        first, last = (self.instance.clock.date_of(7 * week + offset) for offset in (0, 6))
        duties = [each for each in self.plan.duties_of.get(nurse, ()) if first <= each.day <= last]
        so_far = sum(hours.planned_by_week[: week + 1]) - sum(hours.net_by_week[: week + 1])
        tag = "" if person.experience == "experienced" else self.words(f"roster.experience.{person.experience}")
        tasks = [each for each in self._outside(nurse) if first <= each.day <= last]
        return Row(
            name=name_of(self.names, nurse),
            identity=nurse,
            tag=tag,
            contract=person.contract_minutes,
            net=hours.net_by_week[week],
            planned=hours.planned_by_week[week],
            balance=hours.opening + so_far,
            time=sum((duty_time(self.instance, self.travel, each) for each in duties), DutyTime()),
            outside=sum(each.minutes for each in tasks if each.paid),
            cells=tuple(self._cell(nurse, 7 * week + offset, duties) for offset in range(7)),
        )

    def _outside(self, nurse: str) -> list[Task]:
        return [each for each in self.instance.tasks if each.nurse == nurse and not each.in_route]

    def _cell(self, nurse: str, number: int, duties: Sequence[Duty]) -> Cell:
        words, day = self.words, self.instance.clock.date_of(number)
        shifts = tuple(self._shift(each) for each in duties if each.day == day)
        away = next((each for each in self.instance.availability if _away(each, nurse, day)), None)
        wish = next((each for each in self.instance.wishes if each.nurse == nurse and each.day == day), None)
        notes = tuple(
            Note(kind, sentence)
            for kind, finding, sentence in self._notes.get(nurse, ())
            if touches_day(self.instance, finding, number)
        )
        kept = wish is not None and self._kept(wish, [each for each in duties if each.day == day])
        who, title = name_of(self.names, nurse), words.long_day(day)
        cell = Cell(
            anchor=f"c-{nurse}-{day}",
            day=day,
            title=title,
            label="",
            shifts=shifts,
            away=words(f"roster.away.{away.kind}") if away else "",
            away_short=words(f"roster.away.short.{away.kind}") if away else "",
            wish=words(f"roster.wish.{wish.wish}") if wish else "",
            wish_kept=kept,
            notes=notes,
            tasks=tuple(self._task(each) for each in self._outside(nurse) if each.day == day),
            page=f"maps/routes/{nurse}_{day}.html" if (nurse, day) in self._pages else "",
        )
        return Cell(**{**cell.__dict__, "label": words("roster.cell.opens", who=who, day=title, what=self._said(cell))})

    def _said(self, cell: Cell) -> str:
        said = [f"{shift.name} {shift.span}" for shift in cell.shifts]
        said += [each for each in (cell.away, cell.wish) if each]
        if cell.worst:
            said.append(self.words("roster.cell.has_signal" if cell.worst == "signal" else "roster.cell.has_violation"))
        return ", ".join(said) or self.words("roster.cell.free")

    def _kept(self, wish: Wish, duties: list[Duty]) -> bool:
        if wish.wish == "free":
            return not duties
        kinds = [self.instance.kind_by_id[each.kind] for each in duties if each.lane == "work"]
        return any(wish.category in (None, kind.category) for kind in kinds)

    def _task(self, task: Task) -> str:
        clock, day = self.instance.clock, self.instance.clock.day_number(task.day)
        kind = self.words(f"map.task.{task.kind}")
        said = self.words("roster.cell.outside", task=kind) if task.paid else kind
        return f"{self.words.span(clock.at(day, task.from_time), clock.at(day, task.until_time))} {said}"

    def _shift(self, duty: Duty) -> Shift:
        words, kind = self.words, self.instance.kind_by_id[duty.kind]
        route = itinerary(words, self.travel, self.plan, duty, self.names)
        time = duty_time(self.instance, self.travel, duty)
        facts = words(
            "roster.cell.facts",
            visits=words.visits(route.visits),
            client=words.duration(time.visits),
            travel=words.duration(time.travel),
            other=words.duration(time.nonclient),
            waiting=words.duration(time.waiting),
        )
        if time.home_legs:
            facts += " · " + words("roster.cell.home", minutes=time.home_legs)
        return Shift(
            code=kind.code,
            name=kind.name,
            category=kind.category,
            standby=kind.lane == "standby",
            span=words.span(duty.start, duty.end),
            status="" if duty.status == "free" else words(f"roster.status.{duty.status}"),
            organisation=self.instance.organisation_by_id[duty.organisation].name,
            follows=words("roster.cell.follows", nurse=name_of(self.names, duty.follows)) if duty.follows else "",
            facts=facts if self.plan.with_routes and not duty.follows else "",
            route=route if self.plan.with_routes else None,
        )


def _away(row: Availability, nurse: str, day: date) -> bool:
    return row.nurse == nurse and row.kind != "travel" and row.first <= day <= row.last
