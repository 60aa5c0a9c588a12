"""The shift scheduling instances of Curtois and Qu (2014) in their text form.

Sections, one record a line, ``#`` begins a comment: horizon, shifts, staff, days off, requests, cover. All faults of a
file are named at once, with line, what was expected and what stood there.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from instances.adapters.curtois_rules import staff_rules
from instances.adapters.lines import Record, Section, sections
from instances.sheets import Faults, read_text
from optimiser.domain.letter_roster import LetterCover, LetterPerson, LetterProblem, LetterRequest, LetterShift
from optimiser.errors import InputError
from optimiser.texts import Language, text

HORIZON, SHIFTS, STAFF, DAYS_OFF, ON, OFF, COVER = (
    "SECTION_HORIZON", "SECTION_SHIFTS", "SECTION_STAFF", "SECTION_DAYS_OFF", "SECTION_SHIFT_ON_REQUESTS",
    "SECTION_SHIFT_OFF_REQUESTS", "SECTION_COVER",
)  # fmt: skip
SECTIONS = (HORIZON, SHIFTS, STAFF, DAYS_OFF, ON, OFF, COVER)
COLUMNS: dict[str, tuple[str, ...]] = {
    HORIZON: ("days",),
    SHIFTS: ("ShiftID", "Length", "CannotFollow"),
    STAFF: (
        "ID", "MaxShifts", "MaxTotalMinutes", "MinTotalMinutes", "MaxConsecutiveShifts", "MinConsecutiveShifts",
        "MinConsecutiveDaysOff", "MaxWeekends",
    ),
    DAYS_OFF: ("EmployeeID", "DayIndexes"),
    ON: ("EmployeeID", "Day", "ShiftID", "Weight"),
    OFF: ("EmployeeID", "Day", "ShiftID", "Weight"),
    COVER: ("Day", "ShiftID", "Requirement", "WeightUnder", "WeightOver"),
}  # fmt: skip
PREFIX, BEST = "Instance", "best.csv"
LONGEST = 366
"""Days of a horizon; the longest of the 24 instances has 364."""
DAY_MINUTES = 1440
DEAREST = 10_000
"""Weight of a request or of one person too few or too many; the published ones are up to 100."""


def read_curtois(path: Path, language: Language = "en") -> LetterProblem:
    """The problem of one file, with its rules. Raises ``InputError`` with all faults found."""
    faults = Faults(language)
    content = read_text(path, faults)
    found = sections(content, path.name, SECTIONS, faults) if content is not None else {}
    if faults:
        raise InputError(faults)
    problem = _Reader(path, found, faults).problem()
    if faults or problem is None:
        raise InputError(faults)
    return problem


class _Reader:
    """One file in the making: shifts and staff by their ids, and the length of the horizon."""

    def __init__(self, path: Path, found: dict[str, list[Record]], faults: Faults) -> None:
        self.name, self.found, self.faults = path.stem, found, faults
        self.by_section = {name: Section(path.name, faults, COLUMNS[name]) for name in SECTIONS}
        self.days = 0
        self.shift_number: dict[str, int] = {}
        self.person_number: dict[str, int] = {}

    def problem(self) -> LetterProblem | None:
        """The whole file; None, with faults, when the first sections leave nothing to read the others by."""
        self.days = self.horizon()
        if not self.days:
            return None
        for name in (SHIFTS, STAFF):
            if not self.found[name]:
                self.by_section[name].whole(Record(0, ("",)))
        shifts = self.shifts()
        off = self.days_off_of()
        staff = [person for record in self.found[STAFF] if (person := self.person(record, off)) is not None]
        self.person_number = {person.id: number for number, person in enumerate(staff)}
        if self.faults:
            return None
        self.check_days_off()
        requests = [*self.requests(ON, wanted=True), *self.requests(OFF, wanted=False)]
        cover = self.cover()
        rules = staff_rules(staff, shifts, self.days)
        return LetterProblem(self.name, self.days, tuple(shifts), tuple(staff), tuple(requests), tuple(cover), rules)

    def horizon(self) -> int:
        """The number of days; 0 with a fault when there is none, or more than one."""
        section, records = self.by_section[HORIZON], self.found[HORIZON] or [Record(0, ("",))]
        for record in records[1:]:
            section.put(record, 0, "once_days")
        return section.number(records[0], 0, 1, LONGEST) or 0 if section.whole(records[0]) else 0

    def shifts(self) -> list[LetterShift]:
        """The shifts; what may not follow must be a shift too."""
        section, made = self.by_section[SHIFTS], list[LetterShift]()
        names = {record.fields[0] for record in self.found[SHIFTS]}
        for record in self.found[SHIFTS]:
            if not section.whole(record) or not section.fresh(record, self.shift_number):
                continue
            self.shift_number[record.fields[0]] = len(made)
            minutes = section.number(record, 1, 1, DAY_MINUTES)
            not_next = tuple(each for each in record.fields[2].split("|") if each)
            if not set(not_next) <= names:
                section.put(record, 2, "shift")
            made.append(LetterShift(record.fields[0], minutes or 1, not_next))
        return made

    def days_off_of(self) -> dict[str, tuple[int, ...]]:
        """Id -> days off."""
        section, off = self.by_section[DAYS_OFF], dict[str, tuple[int, ...]]()
        for record in self.found[DAYS_OFF]:
            if section.whole(record, more=True):
                days = [section.parsed(Record(record.line, (record.fields[0], cell)), 1, cell, 0, self.days - 1)
                        for cell in record.fields[1:]]  # fmt: skip
                found = {day for day in days if day is not None}
                off[record.fields[0]] = tuple(sorted(found.union(off.get(record.fields[0], ()))))
        return off

    def check_days_off(self) -> None:
        """Days off are of people that there are."""
        for record in self.found[DAYS_OFF]:
            self.by_section[DAYS_OFF].known(record, 0, self.person_number, "person")

    def person(self, record: Record, off: dict[str, tuple[int, ...]]) -> LetterPerson | None:
        """A person, each limit read and each shift's maximum found."""
        section = self.by_section[STAFF]
        if not section.whole(record) or not section.fresh(record, self.person_number):
            return None
        self.person_number[record.fields[0]] = len(self.person_number)
        most: dict[str, int | None] = {}
        for part in record.fields[1].split("|"):
            shift, _, cell = part.partition("=")
            if shift not in self.shift_number or shift in most:
                section.put(record, 1, "most_of")
                return None
            most[shift] = section.parsed(record, 1, cell, 0, LONGEST)
        if set(most) != set(self.shift_number):
            section.put(record, 1, "most_of")
        limits = [section.number(record, column, low) for column, low in ((2, 0), (3, 0), (4, 1), (5, 1), (6, 1))]
        limits.append(section.number(record, 7, 0))
        if self.faults or any(each is None for each in (*limits, *most.values())):
            return None
        if (limits[1] or 0) > (limits[0] or 0):
            section.put(record, 3, "at_most", other=limits[0])
        if (limits[3] or 0) > (limits[2] or 0):
            section.put(record, 5, "at_most", other=limits[2])
        name = record.fields[0]
        numbers = tuple(most[shift] or 0 for shift in self.shift_number)
        top, least, run, short_run, free_run, weekends = (each or 0 for each in limits)
        return LetterPerson(name, numbers, top, least, run, short_run, free_run, weekends, off.get(name, ()))

    def requests(self, name: str, wanted: bool) -> list[LetterRequest]:
        """Requests to have or not to have a shift."""
        section, made = self.by_section[name], list[LetterRequest]()
        for record in self.found[name]:
            if section.whole(record):
                person = section.known(record, 0, self.person_number, "person")
                day = section.number(record, 1, 0, self.days - 1)
                shift = section.known(record, 2, self.shift_number, "shift")
                weight = section.number(record, 3, high=DEAREST)
                if person is not None and day is not None and shift is not None and weight is not None:
                    made.append(LetterRequest(person, day, shift, weight, wanted))
        return made

    def cover(self) -> list[LetterCover]:
        """Requirements, one for a day and shift."""
        section, made, seen = self.by_section[COVER], list[LetterCover](), set[tuple[int, int]]()
        for record in self.found[COVER]:
            if not section.whole(record):
                continue
            day = section.number(record, 0, 0, self.days - 1)
            shift = section.known(record, 1, self.shift_number, "shift")
            needed = section.number(record, 2)
            under, over = (section.number(record, column, high=DEAREST) for column in (3, 4))
            if day is None or shift is None or needed is None or under is None or over is None:
                continue
            if (day, shift) in seen:
                section.put(record, 1, "once")
            seen.add((day, shift))
            made.append(LetterCover(day, shift, needed, under, over))
        return made


def instances_of(folder: Path, language: Language = "en") -> dict[str, Path]:
    """Name -> file of the instances in a folder, ``6`` for ``Instance6.txt``, by number.

    Raises ``InputError`` when there is none.
    """
    found = {path.stem.removeprefix(PREFIX): path for path in folder.glob(f"{PREFIX}*.txt")}
    if not found:
        faults = Faults(language)
        faults.put(folder.name, 0, "", text("bench.expected.folder", language, pattern=f"{PREFIX}*.txt"), "")
        raise InputError(faults)
    return dict(sorted(found.items(), key=lambda each: (len(each[0]), each[0])))


def read_best(folder: Path, language: Language = "en") -> dict[str, int]:
    """Name -> best known cost, from ``best.csv`` beside the instances; empty without that file.

    Raises ``InputError`` when a row has no whole number.
    """
    path, faults = folder / BEST, Faults(language)
    if not path.exists():
        return {}
    best: dict[str, int] = {}
    for number, row in enumerate(csv.DictReader(io.StringIO(read_text(path, faults) or "")), start=2):
        name, cost = row.get("instance") or "", row.get("best_known") or ""
        if name and cost.isascii() and cost.isdigit():
            best[name] = int(cost)
        else:
            words = text("bench.expected.best", language)
            faults.put(path.name, number, "", words, ",".join(str(each) for each in row.values()))
    if faults:
        raise InputError(faults)
    return best
