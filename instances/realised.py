"""What was really worked, read from two tables with all faults at once, and written the same way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from instances.cells import write_clock
from instances.columns import Table
from instances.realised_tables import REALISED_DUTIES, REALISED_VISITS, RealisedDutyRow, RealisedVisitRow
from instances.rows import Entry, build_rows
from instances.sheets import Faults, near, read_sheet
from instances.write import table_text
from optimiser.domain.clock import DAY, HOUR, Clock
from optimiser.domain.duty import ShiftKind
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.realised import Realised, RealisedDuty, RealisedVisit
from optimiser.errors import InputError
from optimiser.texts import Language, text

LONGEST_VISIT = 900
"""Minutes; no visit of the tables may be longer."""


def read_realised(
    duties: Path | None, visits: Path | None, instance: Instance, plan: Plan, language: Language = "en"
) -> Realised:
    """What was worked of ``plan``: two tables, each csv or the first sheet of an xlsx file; None is not known.

    ``instance`` holds all visits that rows may name (``counted_instance``). Raises ``InputError`` with all faults of
    both tables.
    """
    faults = Faults(language)
    reader = _Reader(instance, faults)
    worked = reader.rows(duties, REALISED_DUTIES, reader.duty) if duties is not None else None
    done = reader.rows(visits, REALISED_VISITS, reader.visit) if visits is not None else None
    if faults:
        raise InputError(faults)
    return Realised(instance=instance.name, plan=plan.identity, duties=worked, visits=done)


def realised_csv(realised: Realised, instance: Instance) -> tuple[str, str]:
    """The texts of ``gewerkte_diensten.csv`` and ``gewerkte_bezoeken.csv``; a table that is not known has no rows."""
    clock = instance.clock
    duties = table_text(REALISED_DUTIES, (_duty_row(each, clock) for each in realised.duties or ()), clock)
    visits = table_text(REALISED_VISITS, (_visit_row(each, clock) for each in realised.visits or ()), clock)
    return duties, visits


def _duty_row(duty: RealisedDuty, clock: Clock) -> RealisedDutyRow:
    day = clock.date_of(duty.day)
    return RealisedDutyRow(
        nurse=duty.nurse, day=day, kind=duty.kind, start=_on_wall(clock, day, duty.start),
        end=_on_wall(clock, day, duty.end), break_minutes=duty.break_minutes, reason=duty.reason,
    )  # fmt: skip


def _visit_row(visit: RealisedVisit, clock: Clock) -> RealisedVisitRow:
    first = visit.start if visit.arrival is None else visit.arrival
    day = None if first is None else clock.date_of(clock.day_of(first))
    times = {name: _on_wall(clock, day, getattr(visit, name)) for name in ("arrival", "start", "end")}
    same = ("id", "part", "nurse", "status", "cancelled_by", "cancelled_minutes_before", "handover", "reason")
    return RealisedVisitRow(day=day, **times, **{name: getattr(visit, name) for name in same})


def _on_wall(clock: Clock, day: date | None, minute: int | None) -> int | None:
    """The wall-clock time of ``minute``, counted on from midnight of ``day``."""
    if day is None or minute is None:
        return None
    moment = clock.moment_of(minute)
    return (moment.date() - day).days * DAY + moment.hour * HOUR + moment.minute


class _Reader:
    """Rows into nouns, with a fault for each cell that does not fit the instance."""

    def __init__(self, instance: Instance, faults: Faults) -> None:
        self.instance, self.clock, self.faults = instance, instance.clock, faults

    def rows[T](self, path: Path, table: Table, make: Callable[[Entry], T | None]) -> tuple[T, ...]:
        """The nouns of a file, each once."""
        if path.suffix.casefold() == ".xlsx":
            from instances.workbook import read_workbook

            sheet = read_workbook(path, table, self.faults)
        else:
            sheet = read_sheet(path, table, self.faults)
        if sheet is None:
            return ()
        if not sheet.rows:
            self.faults.put(path.name, 0, "", self.faults.say("expected.rows"), self.faults.say("got.no_rows"))
        entries = build_rows(sheet, table, self.clock, self.faults, file=path.name)
        made = [(entry, make(entry)) for entry in entries if entry.noun is not None]
        self._once((entry for entry, noun in made if noun is not None), table)
        return tuple(noun for _, noun in made if noun is not None)

    def _once(self, entries: Iterable[Entry], table: Table) -> None:
        key = ("id", "part") if table is REALISED_VISITS else ("nurse", "day", "kind", "start")
        seen: dict[tuple[object, ...], int] = {}
        for entry in entries:
            values = tuple(getattr(entry.noun, name) for name in key)
            if values in seen:
                got = self.faults.say("row", row=seen[values])
                entry.fault(self.faults, key[0], self.faults.say("expected.unique"), f"{values[0]} ({got})")
            seen.setdefault(values, entry.row)

    def say(self, key: str, **values: object) -> str:
        """The words of ``realised.expected.<key>``."""
        return text(f"realised.expected.{key}", self.faults.language, **values)

    def duty(self, entry: Entry) -> RealisedDuty | None:
        """The duty of a row, or None with its faults."""
        row, before = entry.noun, len(self.faults)
        self._known(entry, "nurse", self.instance.nurse_by_id, "nurses")
        self._inside(entry, self.instance.days - 1)
        kind = self._kind(entry) if row.kind is not None else None
        if row.start is None and row.end is None:
            if row.reason is None:
                entry.fault(self.faults, "reason", self.say("reason"))
        else:
            self._present(entry, "start", "end")
            if row.kind is None and row.break_minutes is None:
                entry.fault(self.faults, "break_minutes", self.say("break"))
        if len(self.faults) > before:
            return None
        kind_id = kind.id if kind is not None else None
        if row.start is None:
            number = self.clock.day_number(row.day)
            return RealisedDuty(nurse=row.nurse, day=number, kind=kind_id, reason=row.reason)
        return self._worked(entry, kind_id, passes=kind is None or kind.last_end > DAY)

    def _worked(self, entry: Entry, kind: str | None, passes: bool) -> RealisedDuty | None:
        """A duty with times; ``passes``: an end before the start is on the next day."""
        row, before = entry.noun, len(self.faults)
        day = self.clock.day_number(row.day)
        start_minute = self.clock.at(day, row.start)
        end_minute = self._end(day, row.end, start_minute, passes)
        if row.start >= DAY:
            entry.fault(self.faults, "start", self.say("same_day"))
        if end_minute <= start_minute:
            entry.fault(self.faults, "end", self.faults.say("expected.after", value=write_clock(row.start)))
        elif end_minute - start_minute > DAY:
            entry.fault(self.faults, "end", self.say("within_day", value=write_clock(row.start)))
        elif (row.break_minutes or 0) >= end_minute - start_minute:
            entry.fault(self.faults, "break_minutes", self.say("break_inside"))
        if len(self.faults) > before:
            return None
        return RealisedDuty(
            nurse=row.nurse, day=day, kind=kind, start=start_minute, end=end_minute,
            break_minutes=row.break_minutes, reason=row.reason,
        )  # fmt: skip

    def visit(self, entry: Entry) -> RealisedVisit | None:
        """The part of a visit of a row, or None with its faults."""
        row, before = entry.noun, len(self.faults)
        self._known(entry, "id", self.instance.visit_by_id, "visits")
        if row.nurse is not None:
            self._known(entry, "nurse", self.instance.nurse_by_id, "nurses")
        known = self.instance.visit_by_id.get(row.id)
        if known is not None and row.part > known.nurses:
            entry.fault(self.faults, "part", self.faults.say("expected.most", value=known.nurses))
        if row.status == "cancelled":
            self._present(entry, "cancelled_by")
        else:
            for name in ("cancelled_by", "cancelled_minutes_before"):
                if getattr(row, name) is not None:
                    entry.fault(self.faults, name, self.say("only_cancelled"))
        timed = row.status == "done" or (row.status == "moved" and (row.start is not None or row.end is not None))
        times = self._times(entry) if timed else {}
        if len(self.faults) > before:
            return None
        same = ("id", "part", "nurse", "status", "cancelled_by", "cancelled_minutes_before", "handover", "reason")
        return RealisedVisit(**times, **{name: getattr(row, name) for name in same})

    def _times(self, entry: Entry) -> dict[str, int | None]:
        """Arrival, start and end as horizon minutes; empty with faults."""
        row, before = entry.noun, len(self.faults)
        self._present(entry, "nurse", "day", "start", "end")
        if row.day is not None:
            self._inside(entry, self.instance.days)  # a duty of the last Sunday may go on after midnight
        if len(self.faults) > before:
            return {}
        day = self.clock.day_number(row.day)
        arrival = None if row.arrival is None else self.clock.at(day, row.arrival)
        start = self._at_or_after(day, row.start, arrival)
        end = self._end(day, row.end, start, passes=True)
        if arrival is not None and arrival > start:
            entry.fault(self.faults, "arrival", self.say("not_after", value=write_clock(row.start)))
        if not start < end <= start + LONGEST_VISIT:
            entry.fault(self.faults, "end", self.say("visit_end", value=write_clock(row.start), most=LONGEST_VISIT))
        return {"arrival": arrival, "start": start, "end": end}

    def _end(self, day: int, clock_time: int, start: int, passes: bool) -> int:
        """The minute of an end; with ``passes`` one that lies before the start is on the next day."""
        end = self._at_or_after(day, clock_time, start)
        return self.clock.at(day, clock_time + DAY) if end < start and clock_time < DAY and passes else end

    def _at_or_after(self, day: int, clock_time: int, least: int | None) -> int:
        """The minute of a clock time; in the hour that the clock shows twice the later one when ``least`` asks it."""
        minute = self.clock.at(day, clock_time)
        again = self.clock.clock_time(minute + HOUR) == clock_time % DAY
        return minute + HOUR if least is not None and minute < least and again else minute

    def _present(self, entry: Entry, *fields: str) -> None:
        for field in fields:
            if getattr(entry.noun, field) is None:
                entry.fault(self.faults, field, self.say(f"needed.{field}"))

    def _known(self, entry: Entry, field: str, known: Iterable[str], table: str) -> None:
        value, names = getattr(entry.noun, field), set(known)
        if value not in names:
            expected, meant = self.faults.say("expected.reference", tables=table), near(value, names)
            if meant:
                expected = self.faults.say("expected.near", expected=expected, near=meant)
            entry.fault(self.faults, field, expected)

    def _inside(self, entry: Entry, last: int) -> None:
        if not 0 <= self.clock.day_number(entry.noun.day) <= last:
            first, until = self.clock.date_of(0), self.clock.date_of(last)
            entry.fault(self.faults, "day", self.faults.say("expected.inside", first=first, last=until))

    def _kind(self, entry: Entry) -> ShiftKind | None:
        """The kind that a cell names by id, else by code; of several with that code the nurse's organisation's own."""
        name, kinds = entry.noun.kind, self.instance.shift_kinds
        if name in self.instance.kind_by_id:
            return self.instance.kind_by_id[name]
        nurse = self.instance.nurse_by_id.get(entry.noun.nurse)
        found = [each for each in kinds if each.code.casefold() == name.casefold()]
        if len(found) > 1 and nurse is not None:
            found = [each for each in found if not each.organisations or nurse.organisation in each.organisations]
        if len(found) == 1:
            return found[0]
        names = ", ".join(dict.fromkeys(each.code for each in kinds))
        entry.fault(self.faults, "kind", self.faults.say("expected.kind", names=names))
        return None
