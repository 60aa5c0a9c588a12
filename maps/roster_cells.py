"""What stands in one cell of the roster, and the panel behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from maps.itinerary import Itinerary, itinerary
from maps.roster_changes import SIGNS, ChangeLine
from maps.roster_source import Finding, RosterSource
from maps.roster_why import entry_lines, why_lines, wish_kept
from optimiser.domain.duty_work import planned_minutes_by_week
from optimiser.domain.people import Wish
from optimiser.domain.plan import Duty
from optimiser.domain.work import Task
from optimiser.report.kpis import duty_time

GRAVE = ("violation", "inherited", "signal")


@dataclass(frozen=True)
class Shift:
    """One duty in a cell and its panel. ``work`` is in minutes; ``why`` says where it comes from."""

    code: str
    name: str
    category: str
    standby: bool
    span: str
    organisation: str
    why: tuple[str, ...]
    work: str
    facts: str
    route: Itinerary | None


@dataclass(frozen=True)
class Chip:
    """The sign of a duty in its cell; ``count`` duties after each other that have the same one share it."""

    code: str
    look: str
    count: int


@dataclass(frozen=True)
class Cell:
    """One nurse on one day; ``label`` says it in a sentence for those who do not see it.

    ``worst`` is the gravest finding that is marked here: a signal only on the first of its days.
    """

    anchor: str
    who: str
    day: date
    title: str
    label: str
    shifts: tuple[Shift, ...]
    before: tuple[str, ...]
    away: str
    away_short: str
    away_letter: str
    wish: str
    wish_kept: bool
    notes: tuple[Finding, ...]
    entries: tuple[str, ...]
    tasks: tuple[str, ...]
    changes: tuple[ChangeLine, ...]
    worst: str
    hours: str
    page: str

    @property
    def opens(self) -> bool:
        """Whether there is anything behind the cell."""
        return bool(
            self.shifts or self.away or self.wish or self.notes or self.tasks or self.entries or self.changes
        )  # fmt: skip

    @property
    def chips(self) -> tuple[Chip, ...]:
        """The signs of the duties, in their order."""
        looks = ((each.code, f"{each.category} standby" if each.standby else each.category) for each in self.shifts)
        return tuple(Chip(*look, len(list(same))) for look, same in groupby(looks))

    @property
    def sign(self) -> str:
        """The sign of the greatest change, or empty."""
        kinds = {line.what for line in self.changes}
        return next((sign for what, sign in SIGNS.items() if what in kinds), "")


def cell(source: RosterSource, nurse: str, number: int) -> Cell:
    """The cell of a nurse on day number ``number``."""
    words, day = source.words, source.instance.clock.date_of(number)
    key = (nurse, day)
    duties, away, wish = source.duties.get(key, ()), source.away.get(key), source.wishes.get(key)
    shifts = tuple(_shift(source, each) for each in duties)
    kept, notes = wish is not None and wish_kept(source, wish, duties), source.notes.get(key, ())
    changes, worst = source.changes.by_cell.get(key, ()), _worst(notes, day)
    said = [f"{shift.name} {shift.span}" for shift in shifts] or [words("roster.cell.free")]
    said += [words(f"roster.away.{away.kind}")] if away else []
    said += [_wish(source, wish, kept)] if wish else []
    said += [words("roster.cell.has_signal" if worst == "signal" else "roster.cell.has_violation")] if worst else []
    said += [words("roster.cell.changed")] if changes else []
    return Cell(
        anchor=f"c-{nurse}-{day}",
        who=source.name(nurse),
        day=day,
        title=words.long_day(day),
        label=words("roster.cell.opens", who=source.name(nurse), day=words.long_day(day), what=", ".join(said)),
        shifts=shifts,
        before=source.changes.codes_before.get(key, ()),
        away=words(f"roster.away.{away.kind}") if away else "",
        away_short=words(f"roster.away.short.{away.kind}") if away else "",
        away_letter=words(f"roster.away.letter.{away.kind}") if away else "",
        wish=_wish(source, wish, kept) if wish else "",
        wish_kept=kept,
        notes=notes,
        entries=tuple(entry_lines(source, nurse, duties, source.given.get(key, ()))),
        tasks=tuple(_task(source, each) for each in source.outside.get(key, ())),
        changes=changes,
        worst=worst,
        hours="" if nurse in source.guests else _hours(source, nurse, number // 7),
        page=f"maps/routes/{nurse}_{day}.html" if key in source.pages else "",
    )


def _worst(notes: tuple[Finding, ...], day: date) -> str:
    """A violation marks each of its days, a signal its first one: else three lone days off mark a whole week."""
    kinds = {note.kind for note in notes if note.kind != "signal" or note.days[0] == day}
    return next((kind for kind in GRAVE if kind in kinds), "")


def _hours(source: RosterSource, nurse: str, week: int) -> str:
    words, planned = source.words, source.hours[nurse].planned_by_week[week]
    target = source.instance.target_minutes(nurse, week)
    return words("roster.cell.hours", planned=words.hours(planned), target=words.hours(target))


def _wish(source: RosterSource, wish: Wish, kept: bool) -> str:
    said = source.words(f"roster.wish.{wish.wish}")
    if wish.category is not None:
        said = f"{said} ({source.words(f'roster.category.{wish.category}').lower()})"
    return f"{said}, {source.words('roster.wish.kept' if kept else 'roster.wish.refused')}"


def _task(source: RosterSource, task: Task) -> str:
    clock, words = source.instance.clock, source.words
    day, kind = clock.day_number(task.day), words(f"map.task.{task.kind}")
    said = words("roster.cell.outside", task=kind) if task.paid else kind
    return f"{words.span(clock.at(day, task.from_time), clock.at(day, task.until_time))} {said}"


def _shift(source: RosterSource, duty: Duty) -> Shift:
    words, kind = source.words, source.instance.kind_by_id[duty.kind]
    worked = sum(planned_minutes_by_week(source.instance, duty).values())
    return Shift(
        code=kind.code,
        name=kind.name,
        category=kind.category,
        standby=kind.lane == "standby",
        span=words.span(duty.start, duty.end),
        organisation=source.instance.organisation_by_id[duty.organisation].name,
        why=why_lines(source, duty),
        work=words("roster.cell.work", hours=words.hours(worked)),
        facts=_facts(source, duty) if source.plan.with_routes and not duty.follows else "",
        route=itinerary(words, source.travel, source.plan, duty, source.names) if source.with_stops else None,
    )


def _facts(source: RosterSource, duty: Duty) -> str:
    words, time = source.words, duty_time(source.instance, source.travel, duty)
    facts = words(
        "roster.cell.facts",
        visits=words.visits(sum(1 for stop in duty.stops if stop.what == "visit")),
        client=words.duration(time.visits),
        travel=words.duration(time.travel),
        other=words.duration(time.nonclient),
        waiting=words.duration(time.waiting),
    )
    return facts + (" · " + words("roster.cell.home", minutes=time.home_legs) if time.home_legs else "")
