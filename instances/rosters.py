"""Duties and routes as tables: ``duties.csv`` out and in (also from a workbook), ``routes.csv`` out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field

from instances.cells import CLOCK, DATE, ID, TEXT, WHOLE, WORK, ZONED, choice
from instances.columns import Table, column
from instances.roster_times import duty_times, on_wall
from instances.rows import Entry, build_rows
from instances.sheets import Faults, read_sheet
from instances.tables_duties import LANE
from instances.write import table_text
from optimiser.domain.duty import DutyStatus, Lane, ShiftKind
from optimiser.domain.instance import Instance
from optimiser.domain.noun import ClockTime, Id, Noun
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.sharing import PRESETS, SharingContract
from optimiser.errors import InputError
from optimiser.texts import Language


class DutyRow(Noun):
    """A row of ``duties.csv``: who works which kind on which day; empty times are those of the kind."""

    nurse: Id
    day: date
    kind: Annotated[str, Field(min_length=1, max_length=60)]
    start: ClockTime | None = None
    end: ClockTime | None = None
    organisation: Id | None = None
    status: DutyStatus = "free"
    area: str = ""
    role: str = ""
    follows: Id | None = None


class TimedDutyRow(DutyRow):
    """A row of ``duties.csv`` as an export writes it: start and end once more, as moments (horizon minutes)."""

    start_moment: int | None = None
    end_moment: int | None = None


class StopRow(Noun):
    """A row of ``routes.csv``: one stop; clock times count on from the duty's day."""

    nurse: Id
    day: date
    lane: Lane
    segment: int
    order: int
    what: str
    id: str
    part: int
    arrival: ClockTime
    start: ClockTime
    end: ClockTime


DUTIES = Table(
    "duties", "duties", DutyRow,
    "A roster: written with every plan, and read by `check` when it was made elsewhere (also as the first sheet of an "
    "xlsx file).",
    (
        column("nurse", "medewerker", ID, "Nurse."),
        column("day", "datum", DATE, "Day on which the duty starts.", english="date"),
        column("kind", "dienst", TEXT, "Id or code of a shift kind."),
        column("start", "begin", CLOCK, "Start; empty means as the kind says."),
        column("end", "einde", CLOCK, "End, above 24:00 on the next day (07:00 will do for a kind that passes "
               "midnight); empty means as the kind says."),
        column("organisation", "organisatie", ID, "Organisation worked for; empty means the nurse's own."),
        column("status", "status", choice(
            free="vrij", published="gepubliceerd", base="basis", own="eigen", wish="wens",
        ), "How fixed it is."),
        column("area", "gebied", TEXT, "Area."),
        column("role", "rol", TEXT, "Role."),
        column("follows", "volgt", ID, "A student's companion."),
    ),
)

TIMED_DUTIES = Table(
    "duties", "duties", TimedDutyRow,
    "A roster for other programs; every roster is read by these columns.",
    (
        *DUTIES.columns,
        column("start_moment", "begin_moment", ZONED, "Start, with UTC offset; where it is filled it agrees with the "
               "clock time, and settles the hour that the clock shows twice."),
        column("end_moment", "einde_moment", ZONED, "End, likewise."),
    ),
)

STOPS = Table(
    "routes", "routes", StopRow, "The stops of all routes, written with every plan.",
    (
        column("nurse", "medewerker", ID, "Nurse."),
        column("day", "datum", DATE, "Day on which the duty starts.", english="date"),
        column("lane", "baan", LANE, "Work or standby."),
        column("segment", "deel", WHOLE, "0, or 1 for the second part of a split shift."),
        column("order", "volgorde", WHOLE, "Number of the stop in its route, from 1."),
        column("what", "soort", choice(visit="zorgmoment", task="taak", **{"break": "pauze"}), "What it is."),
        column("id", "id", WORK, "Visit or task."),
        column("part", "wie", WHOLE, "1, or 2 for the second nurse."),
        column("arrival", "aankomst", CLOCK, "At the door."),
        column("start", "begin", CLOCK, "Start."),
        column("end", "einde", CLOCK, "End."),
    ),
)


def duties_csv(plan: Plan, instance: Instance, timed: bool = False) -> str:
    """The duties of a plan as the text of ``duties.csv``, in order of nurse and start; ``timed`` with moments too."""
    table = TIMED_DUTIES if timed else DUTIES
    rows = [
        TimedDutyRow(
            nurse=duty.nurse, day=duty.day, kind=duty.kind, start=on_wall(instance.clock, duty.day, duty.start),
            end=on_wall(instance.clock, duty.day, duty.end), organisation=duty.organisation, status=duty.status,
            area=duty.area, role=duty.role, follows=duty.follows,
            start_moment=duty.start, end_moment=duty.end,
        )
        for duty in sorted(plan.duties, key=lambda each: (each.nurse, each.start, each.id))
    ]
    return table_text(table, rows, instance.clock)


def routes_csv(plan: Plan, instance: Instance) -> str:
    """The stops of a plan as the text of ``routes.csv``, in order of nurse, start and stop."""
    rows = []
    for duty in sorted(plan.duties, key=lambda each: (each.nurse, each.start, each.id)):
        for route in duty.routes:
            for number, stop in enumerate(route.stops, start=1):
                arrival, start, end = (
                    on_wall(instance.clock, duty.day, minute) for minute in (stop.arrival, stop.start, stop.end)
                )
                rows.append(StopRow(
                    nurse=duty.nurse, day=duty.day, lane=duty.lane, segment=route.segment, order=number,
                    what=stop.what, id=stop.id, part=stop.part, arrival=arrival, start=start, end=end,
                ))
    return table_text(STOPS, rows, instance.clock)


def read_duties(
    path: Path, instance: Instance, contract: SharingContract = PRESETS["joint"], language: Language = "en"
) -> Plan:
    """A roster made elsewhere, as a plan without routes: ``duties.csv``, or the first sheet of an xlsx file.

    Raises ``InputError`` with all faults: nurses, kinds and organisations that the instance does not know, dates
    outside its horizon.
    """
    faults = Faults(language)
    duties = duties_of(path, instance, faults)
    if faults:
        raise InputError(faults)
    return roster_of(duties, instance, contract)


def duties_of(path: Path, instance: Instance, faults: Faults) -> tuple[Duty, ...]:
    """The duties of a roster made elsewhere, in the order of its rows; what is wrong goes to ``faults``."""
    if path.suffix.casefold() == ".xlsx":
        from instances.workbook import read_workbook

        sheet = read_workbook(path, TIMED_DUTIES, faults)
    else:
        sheet = read_sheet(path, TIMED_DUTIES, faults)
    entries = build_rows(sheet, TIMED_DUTIES, instance.clock, faults, file=path.name) if sheet else []
    duties: dict[str, Duty] = {}
    for entry in entries:
        duty = _duty(entry, instance, faults) if entry.noun is not None else None
        if duty is not None:
            name, number = duty.id, 2
            while name in duties:
                name, number = f"{duty.id}/{number}", number + 1
            duties[name] = duty.model_copy(update={"id": name})
    if sheet is not None and not sheet.rows:
        faults.put(path.name, 0, "", faults.say("expected.rows"), faults.say("got.no_rows"))
    return tuple(duties.values())


def roster_of(duties: tuple[Duty, ...], instance: Instance, contract: SharingContract = PRESETS["joint"]) -> Plan:
    """An imported plan of duties without routes."""
    return Plan(
        instance=instance.name, fingerprint=instance.fingerprint, row_hashes=instance.row_hashes, contract=contract,
        status="imported", duties=duties, with_routes=False,
    )


def _duty(entry: Entry, instance: Instance, faults: Faults) -> Duty | None:
    """The duty of a row, or None with its faults."""
    row, before = entry.noun, len(faults)
    nurse = instance.nurse_by_id.get(row.nurse)
    for field, table in (("nurse", "nurses"), ("follows", "nurses"), ("organisation", "organisations")):
        known = instance.nurse_by_id if table == "nurses" else instance.organisation_by_id
        if getattr(row, field) is not None and getattr(row, field) not in known:
            entry.fault(faults, field, faults.say("expected.reference", tables=table))
    day = instance.clock.day_number(row.day)
    if not 0 <= day < instance.days:
        last = instance.clock.date_of(instance.days - 1)
        entry.fault(faults, "day", faults.say("expected.inside", first=instance.first_monday, last=last))
    kind = _kind(entry, instance, row.organisation or (nurse.organisation if nurse else ""), faults)
    if kind is None or nurse is None or len(faults) > before:
        return None
    times = duty_times(entry, kind, instance.clock, faults)
    if times is None:
        return None
    return Duty(
        id=f"{nurse.id}/{row.day}/{kind.lane}", nurse=nurse.id, kind=kind.id, day=row.day, lane=kind.lane,
        start=times[0], end=times[1], organisation=row.organisation or nurse.organisation, area=row.area,
        role=row.role, status=row.status, follows=row.follows,
    )


def _kind(entry: Entry, instance: Instance, organisation: str, faults: Faults) -> ShiftKind | None:
    """The kind that a cell names by id, else by code; of several with that code the organisation's own."""
    name = entry.noun.kind
    if name in instance.kind_by_id:
        return instance.kind_by_id[name]
    found = [each for each in instance.shift_kinds if each.code.casefold() == name.casefold()]
    if len(found) > 1:
        found = [each for each in found if not each.organisations or organisation in each.organisations]
    if len(found) == 1:
        return found[0]
    names = ", ".join(dict.fromkeys(each.code for each in instance.shift_kinds))
    entry.fault(faults, "kind", faults.say("expected.kind", names=names))
    return None
