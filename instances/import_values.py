"""A cell of another system as the text that our own tables would hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from instances.cells import HOURS, Form, read_clock, write_clock
from instances.mapping import ColumnSource, TableSource
from instances.sheets import Faults
from optimiser.domain.clock import DAY
from optimiser.texts import text

LISTS = ("ids", "words", "choices")
WEEKDAYS = (
    ("ma", "maandag", "mon", "monday"), ("di", "dinsdag", "tue", "tuesday"), ("wo", "woensdag", "wed", "wednesday"),
    ("do", "donderdag", "thu", "thursday"), ("vr", "vrijdag", "fri", "friday"), ("za", "zaterdag", "sat", "saturday"),
    ("zo", "zondag", "sun", "sunday"),
)  # fmt: skip
TICKS = ("x", "v", "ja", "j", "yes", "y", "1", "true", "waar")
NO_TICKS = ("", "-", "nee", "n", "no", "0", "false", "onwaar")
_PARTS = re.compile(r"[;,\s]+")
TYPED_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
"""A date that a workbook holds as such."""
_TYPED_TIME = re.compile(r"\d{1,2}:\d{2}")


@dataclass(frozen=True)
class Formats:
    """How the export writes dates and times; empty where it does as we do."""

    date: str = ""
    time: str = ""

    @classmethod
    def of(cls, column: ColumnSource, table: TableSource, whole: Any) -> Formats:
        """The nearest that is said: of the column, of the table, of the whole mapping."""
        return cls(
            column.date_format or table.date_format or whole.date_format,
            column.time_format or table.time_format or whole.time_format,
        )

    def of_form(self, form: Form) -> Formats:
        """Only what a form has in it."""
        return Formats(
            self.date if form.name in ("date", "moment") else "",
            self.time if form.name in ("clock", "moment", "windows") else "",
        )

    def __bool__(self) -> bool:
        return bool(self.date or self.time)


class NotAsSaid(ValueError):
    """A cell that is not in the unit or format that the mapping names; the words say what was expected."""


def converted(parts: list[str], source: ColumnSource, form: Form, formats: Formats, faults: Faults) -> str:
    """The text for our table of the cells that ``source`` names. Raises ``NotAsSaid``."""
    used = formats.of_form(form)
    filled = [_translated(part, source, form) for part in parts]
    if used:
        filled = [_in_format(part, used, faults) for part in filled]
    cell = source.separator.join(filled) if all(filled) else "" if len(filled) > 1 else filled[0]
    if not cell:
        cell = source.default
    if cell and source.unit:
        cell = _in_unit(cell, source.unit, form, faults)
    if cell and source.prefix:
        cell = " ".join(source.prefix + part for part in (_PARTS.split(cell) if form.name in LISTS else [cell]) if part)
    return cell


def _translated(cell: str, source: ColumnSource, form: Form) -> str:
    values = {key.strip().casefold(): value for key, value in source.values.items()}
    if cell.casefold() in values:
        return values[cell.casefold()]
    parts = [values.get(part.casefold(), part) for part in _PARTS.split(cell) if part]
    if form.name == "rhythm":
        return _on_weekdays(parts) or cell
    return " ".join(parts) if values and form.name in LISTS else cell


def _on_weekdays(parts: list[str]) -> str:
    """The rhythm of a list of nothing but weekdays, as other systems write it; else empty."""
    known = {name: names[0] for names in WEEKDAYS for name in names}
    days = [known.get(part.strip(".").casefold(), "") for part in parts]
    return f"days:{'+'.join(days)}" if days and all(days) else ""


def ticked_days(headings: Sequence[str], cells: list[str], form: Form, faults: Faults) -> list[str]:
    """``cells``, or the weekdays that are ticked where each heading is a weekday and the column holds weekdays. Raises
    ``NotAsSaid`` on what is neither a tick nor none."""
    known = {name: names[0] for names in WEEKDAYS for name in names}
    days = [known.get(each.strip().casefold(), "") for each in headings]
    if form.name not in ("rhythm", "choices") or len(days) < 2 or not all(days):
        return cells
    if any(cell.casefold() not in (*TICKS, *NO_TICKS) for cell in cells):
        raise NotAsSaid(text("import.expected.tick", faults.language))
    return [" ".join(day for day, cell in zip(days, cells, strict=True) if cell.casefold() in TICKS)]


def on_next_day(cell: str, start: str) -> str:
    """``cell``, a time or a window, with an end that is not later than ``start`` counted on beyond 24:00; as it is
    where either is no time of one day."""
    before, dash, end = cell.rpartition("-")
    try:
        minutes, first = read_clock(end.strip()), read_clock(start)
    except ValueError:
        return cell
    return f"{before}{dash}{write_clock(minutes + DAY)}" if minutes <= first < DAY else cell


def _in_unit(cell: str, unit: str, form: Form, faults: Faults) -> str:
    """Minutes for a column of hours, or hours for one of whole minutes; else the cell."""
    if unit == "minutes" and form.name == "hours":
        if not re.fullmatch(r"\d{1,6}([.,]0+)?", cell):
            raise NotAsSaid(faults.say("expected.whole"))
        minutes = int(re.split("[.,]", cell)[0])
        return f"{minutes // 60}:{minutes % 60:02d}"
    if unit == "hours" and form.name == "whole":
        try:
            return str(HOURS.read(cell))
        except ValueError as error:
            raise NotAsSaid(faults.say("expected.hours")) from error
    return cell


def _in_format(cell: str, formats: Formats, faults: Faults) -> str:
    """A date, a time or both in the formats that are said; what a workbook holds as such is known by its form."""
    both = " ".join(part for part in (formats.date, formats.time) if part)
    ways = {both: "%Y-%m-%d %H:%M"} if formats.date and formats.time else {}
    ways |= {each: way for each, way in ((formats.date, "%Y-%m-%d"), (formats.time, "%H:%M")) if each}
    for pattern, way in ways.items():
        try:
            moment = datetime.strptime(cell, pattern)
        except ValueError:
            continue
        if not moment.second:  # we hold whole minutes, and lose nothing in silence
            return moment.strftime(way)
    if not cell or TYPED_DATE.match(cell) or _TYPED_TIME.fullmatch(cell):
        return cell
    raise NotAsSaid(text("import.expected.format", faults.language, format=both))
