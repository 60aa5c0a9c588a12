"""Faults of the tables that an import wrote, told in terms of the sheets and cells that they came from."""

from __future__ import annotations

import re
from collections.abc import Mapping as Lookup

from instances.columns import Column, Table, flat_heading
from instances.header import INSTANCE_FILE
from instances.import_settings import Said, placed
from instances.import_table import Found, Row
from instances.sheets import Faults
from instances.template_sheets import SETTINGS, SHEETS, sheet_title
from optimiser.errors import Fault, shortened
from optimiser.texts import Language, text

_FILES = {table.file_name: field for field, table in SHEETS.items()}
_ROW = re.compile(r"\((?:rij|row) (\d+)\)$")


def cell_words(fault: Fault, language: Language) -> str:
    """Where a fault with a sheet or a cell is: ``blad Medewerkers, cel D7 (contracturen)``."""
    where = [fault.file] if fault.file else []
    if fault.sheet:
        where.append(text("import.where.sheet", language, sheet=fault.sheet))
    if fault.cell:
        column = f" ({fault.column})" if fault.column else ""
        return ", ".join([*where, text("import.where.cell", language, cell=fault.cell) + column])
    if fault.row:
        where.append(text("cli.fault.row", language, row=fault.row))
    if fault.column:
        where.append(text("cli.fault.column", language, column=fault.column))
    return ", ".join(where)


class Where:
    """Tells where faults come from."""

    def __init__(
        self, found: Lookup[str, Found], header: Said, mapping_file: str, secret: set[tuple[str, str]], faults: Faults
    ) -> None:
        """``mapping_file`` is empty when there is no mapping; ``secret`` are grids of which no cell is repeated."""
        self.found, self.header, self.mapping_file, self.secret = found, header, mapping_file, secret
        self.language, self.say = faults.language, faults.say

    def of(self, fault: Fault) -> Fault | None:
        """The fault at its sheet and cell; None when it only follows from a missing column that is told already."""
        field = _FILES.get(fault.file)
        if fault.file == INSTANCE_FILE:
            return self._header(fault)
        if field is None:
            return fault
        found = self.found.get(field)
        column = _column(fault.column, SHEETS[field])
        if found is None or not found.grids:
            return self._without_sheet(fault, field)
        if column and column.field in found.missing:
            return None
        if fault.row < 2:
            grid, row = found.grids[0]
            heading = column.dutch if column else fault.column
            return grid.fault(row if fault.row else 0, 0, heading, self._expected(fault, column), fault.got)
        return self._cell(fault, found, found.rows[fault.row - 2], column)

    def _cell(self, fault: Fault, found: Found, row: Row, column: Column | None) -> Fault:
        cell = row.cells.get(column.field) if column else None
        got = fault.got
        if cell and got == shortened(cell.text):
            got = cell.original or got
        if (match := _ROW.search(got)) and 0 <= int(match[1]) - 2 < len(found.rows):
            other = found.rows[int(match[1]) - 2]
            place = self.say("row", row=other.number)
            if other.grid is not row.grid:
                place = f"{other.grid.title}, {place}"
            got = f"{got[: match.start()]}({place})"
        if row.grid.key in self.secret:
            got = "…"
        heading = cell.heading if cell and cell.heading else column.dutch if column else fault.column
        return row.grid.fault(row.number, cell.column if cell else 0, heading, self._expected(fault, column), got)

    def _expected(self, fault: Fault, column: Column | None) -> str:
        """The words, with titles of sheets for names of tables."""
        if column is None or not column.refers:
            return fault.expected
        plain = self.say("expected.reference", tables=", ".join(column.refers))
        titles = ", ".join(sheet_title(each, self.language) for each in column.refers if each in SHEETS)
        if not titles:
            return fault.expected
        return fault.expected.replace(plain, self.say("expected.reference", tables=titles))

    def _without_sheet(self, fault: Fault, field: str) -> Fault:
        title = sheet_title(field, self.language)
        if self.mapping_file:
            key = f"tables.{field}"
            return Fault(self.mapping_file, 0, key, self.say("expected.table", name=key), fault.got)
        return Fault("", 0, fault.column, text("import.expected.table", self.language), fault.got, title)

    def _header(self, fault: Fault) -> Fault:
        told = placed(fault, self.header, self.say("got.empty"))
        if told is not None:
            return told
        match = re.fullmatch(r"organisations\[(\d+)\]\.(\w+)", fault.column)
        organisations = self.found.get("organisations")
        if match and organisations and len(organisations.rows) >= int(match[1]):
            row = organisations.rows[int(match[1]) - 1]
            column = organisations.table.by_field.get(match[2])
            return row.grid.fault(row.number, 0, column.dutch if column else match[2], fault.expected, fault.got)
        if self.mapping_file:
            return Fault(self.mapping_file, 0, fault.column, fault.expected, fault.got)
        where = "organisations" if fault.column.startswith("organisations") else SETTINGS
        key = "" if where == "organisations" else fault.column
        return Fault("", 0, key, fault.expected, fault.got, sheet_title(where, self.language))


def _column(heading: str, table: Table) -> Column | None:
    """The column of a heading in a message, which may be both headings."""
    return table.by_heading.get(flat_heading(heading.split(" / ")[0]))
