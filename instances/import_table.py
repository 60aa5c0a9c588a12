"""The rows that a mapping finds for one of our tables, each cell with the place it came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from instances.cells import CLOCK
from instances.columns import Column, Table, flat_heading
from instances.import_grids import Grid, same_file
from instances.import_values import TYPED_DATE, Formats, NotAsSaid, converted, on_next_day, ticked_days
from instances.mapping import ColumnSource, Mapping, TableSource
from instances.sheets import Faults, near
from instances.template_sheets import flat_title
from optimiser.errors import shortened
from optimiser.texts import text


@dataclass(frozen=True)
class Cell:
    """The text for our table; what stands in the source, under which heading, in which column (0: in none)."""

    text: str
    original: str = ""
    heading: str = ""
    column: int = 0


@dataclass(frozen=True)
class Row:
    """A row of a grid (counted as the spreadsheet does) as cells by field."""

    grid: Grid
    number: int
    cells: dict[str, Cell]


@dataclass
class Found:
    """All that is found for a table: its fields, its rows, the grids, and fields whose column is missing."""

    table: Table
    fields: dict[str, None] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    grids: list[tuple[Grid, int]] = field(default_factory=list)
    """With the row of the headings."""
    missing: set[str] = field(default_factory=set)


def find_rows(
    table: Table, sources: Iterable[TableSource], mapping: Mapping, grids: list[Grid], secret: set[tuple[str, str]],
    faults: Faults,
) -> Found:  # fmt: skip
    """Rows of all sources of a table, with faults for what is not there or cannot be converted.

    ``secret`` are the keys of grids with names of people, of which no cell is repeated.
    """
    found = Found(table)
    for source in sources:
        grid = grid_of(source.sheet, source.file, grids)
        if grid is None:
            titles = [each.title for each in grids]
            wanted = source.sheet or source.file or "-"
            expected = text("import.expected.sheet", faults.language, names=near(wanted, titles) or ", ".join(titles))
            faults.put(mapping.file, 0, f"tables.{table.field}", expected, wanted)
            continue
        _Reader(found, source, mapping, grid, grid.key in secret, faults).read()
    return found


def grid_of(sheet: str, file: str, grids: list[Grid]) -> Grid | None:
    """The grid that a mapping means: by file, by sheet, or by both; the only one when it names neither."""
    fitting = [
        each
        for each in grids
        if (not file or same_file(each, file)) and (not sheet or flat_title(each.sheet) == flat_title(sheet))
    ]
    return fitting[0] if len(fitting) == 1 or (fitting and (sheet or file)) else None


def titled(title: str, grids: list[Grid]) -> Grid | None:
    """The sheet, or the file with or without extension, that is called so; None when there is none."""
    return grid_of(title, "", grids) or next((each for each in grids if same_file(each, title)), None)


class _Reader:
    """Reads one source of one table."""

    def __init__(
        self, found: Found, source: TableSource, mapping: Mapping, grid: Grid, secret: bool, faults: Faults
    ) -> None:
        self.found, self.source, self.mapping, self.grid = found, source, mapping, grid
        self.secret, self.faults = secret, faults
        self.places: dict[str, int] = {}
        """Flat heading -> column."""

    def read(self) -> None:
        """Add the rows."""
        self.found.grids.append((self.grid, self.source.header_row))
        self._headings()
        used = {
            name: (self.found.table.by_field[name], column)
            for name, column in self.source.columns.items()
            if self._present(name, column)
        }
        self.found.fields |= dict.fromkeys(used)
        filters = {flat_heading(heading): {each.casefold() for each in values}
                   for heading, values in self.source.only.items() if self._known(heading)}  # fmt: skip
        headings = [each for _, column in used.values() for each in _headings_of(column)]
        for number in range(self.source.header_row + 1, len(self.grid.rows) + 1):
            if any(self._value(number, head).casefold() not in wanted for head, wanted in filters.items()):
                continue
            if any(self._value(number, each) or self._trouble(number, each) for each in headings):
                self._row(number, used)

    def _headings(self) -> None:
        """Find the headings; each is mapped, ignored, or a fault, and none that counts may stand twice."""
        row, grid, say = self.source.header_row, self.grid, self.faults.say
        ignored = {flat_heading(each) for each in self.source.ignore}
        asked = {flat_heading(each): each for column in self.source.columns.values() for each in _asked_by(column)}
        asked |= {flat_heading(each): each for each in self.source.only}
        for column in range(1, max(map(len, grid.rows), default=0) + 1):
            heading = grid.cell(row, column)
            flat = flat_heading(heading)
            if not heading:
                self._without_heading(column)
            elif flat in asked:
                if flat in self.places:
                    self._put(row, column, heading, say("expected.once"), say("got.twice"))
                self.places.setdefault(flat, column)
            elif flat not in ignored and "*" not in ignored:
                names = [each.headings for each in self.found.table.columns]
                meant = near(heading, {flat_heading(each): "" for each in asked.values()}) or near(heading, names)
                expected = say("expected.column", names=asked.get(meant, meant) or ", ".join(asked.values()) or "-")
                self._put(row, column, heading, expected, heading)

    def _without_heading(self, column: int) -> None:
        """A fault at the first cell under no heading; a remark there would be lost in silence."""
        if "*" in self.source.ignore:
            return
        start = self.source.header_row
        for number in range(start + 1, len(self.grid.rows) + 1):
            if cell := self.grid.cell(number, column):
                self._put(number, column, "", text("import.expected.heading", self.faults.language), cell)
                return

    def _present(self, name: str, column: ColumnSource) -> bool:
        """Whether all headings of a column are there; a fault for each that is not."""
        absent = [each for each in _asked_by(column) if not self._known(each)]
        if absent:
            self.found.missing.add(name)
        return not absent

    def _known(self, heading: str) -> bool:
        if flat_heading(heading) in self.places:
            return True
        row = self.source.header_row
        there = self.grid.rows[row - 1] if row <= len(self.grid.rows) else []
        meant = "" if self.secret else near(heading, there)
        got = meant or self.faults.say("got.missing")
        fault = self.grid.fault(row, 0, heading, self.faults.say("expected.present"), got)
        if fault not in self.faults:
            self.faults.append(fault)
        return False

    def _value(self, number: int, heading: str) -> str:
        return self.grid.cell(number, self.places.get(flat_heading(heading), 0) or 10**6)

    def _trouble(self, number: int, heading: str) -> str:
        return self.grid.trouble(number, self.places[flat_heading(heading)])

    def _row(self, number: int, used: dict[str, tuple[Column, ColumnSource]]) -> None:
        """Add the row, or one for each part of the cell that is split."""
        cells = {name: self._cells(number, ours, column) for name, (ours, column) in used.items()}
        for part in range(max(map(len, cells.values()), default=0)):
            chosen = {}
            for name, found in cells.items():
                cell = found[min(part, len(found) - 1)]
                numbered = self.source.columns[name].numbered
                chosen[name] = Cell(f"{numbered}{len(self.found.rows) + 1}", "", cell.heading) if numbered else cell
            self.found.rows.append(Row(self.grid, number, chosen))

    def _cells(self, number: int, ours: Column, column: ColumnSource) -> list[Cell]:
        """The cell of a column of ours in a row; several where the source splits it."""
        headings = _headings_of(column)
        place = self.places[flat_heading(headings[0])] if headings else 0
        heading = headings[0] if headings else ours.dutch
        if self._broken(number, headings):
            return [Cell("", "", heading, place)]
        parts = [self._value(number, each) for each in headings] or [column.constant]
        try:
            parts = ticked_days(headings, parts, ours.form, self.faults)
        except NotAsSaid as error:
            self._put(number, place, heading, str(error), " ".join(parts))
            return [Cell("", "", heading, place)]
        split = [each.strip() for each in parts[0].split(column.split)] if column.split else []
        formats = Formats.of(column, self.source, self.mapping)
        cells = []
        for each in [[part] for part in split if part] or [parts]:
            try:
                written = converted(each, column, ours.form, formats, self.faults)
            except NotAsSaid as error:
                self._put(number, place, heading, str(error), " ".join(parts))
                written = ""
            if self.grid.sheet and ours.form.name == "moment" and TYPED_DATE.fullmatch(written):
                written += " 00:00"  # in Excel a moment at midnight is a date
            if column.next_day and written:
                written = on_next_day(written, self._start(number, column, formats))
            cells.append(Cell(written, " ".join(each) if headings else "", heading, place))
        return cells

    def _start(self, number: int, column: ColumnSource, formats: Formats) -> str:
        """The time that ``next_day`` names; empty where it is none, which its own column tells."""
        try:
            return converted([self._value(number, column.next_day)], ColumnSource(), CLOCK, formats, self.faults)
        except NotAsSaid:
            return ""

    def _broken(self, number: int, headings: Iterable[str]) -> bool:
        """Whether a cell holds no value; each has its fault."""
        broken = False
        for heading in headings:
            if trouble := self._trouble(number, heading):
                broken = True
                place = self.places[flat_heading(heading)]
                got = self.grid.cell(number, place) or text(f"import.got.{trouble}", self.faults.language)
                self._put(number, place, heading, text(f"import.expected.{trouble}", self.faults.language), got)
        return broken

    def _put(self, row: int, column: int, heading: str, expected: str, got: str) -> None:
        """A fault at a cell, once; of a sheet with names the cell is not repeated."""
        hidden = self.secret and got != self.faults.say("got.twice")
        shown_heading = "" if self.secret and row == self.source.header_row else heading
        fault = self.grid.fault(row, column, shown_heading, expected, "…" if hidden else shortened(got))
        if fault not in self.faults:
            self.faults.append(fault)


def _asked_by(column: ColumnSource) -> tuple[str, ...]:
    """All headings that a column of ours needs."""
    return (*_headings_of(column), *((column.next_day,) if column.next_day else ()))


def _headings_of(column: ColumnSource) -> tuple[str, ...]:
    return column.columns or ((column.column,) if column.column else ())
