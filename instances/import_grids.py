"""The sheets of a workbook, or the tables of a folder, as grids of text; knows nothing of what the cells mean."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from instances.import_sheets import sheets_of
from instances.sheets import Faults, read_text, records
from optimiser.errors import Fault, shortened
from optimiser.texts import text

TEXTS = (".csv", ".tsv", ".txt")
WORKBOOKS = (".xlsx", ".xlsm")
ENCODINGS = {"utf-8": "utf-8-sig", "windows-1252": "cp1252", "utf-16": "utf-16"}
ERROR_VALUES = frozenset({
    "#n/b", "#n/a", "#verw!", "#ref!", "#waarde!", "#value!", "#deel/0!", "#div/0!", "#naam?", "#name?", "#getal!",
    "#num!", "#leeg!", "#null!", "#overloop!", "#spill!", "#bereken!", "#calc!",
})  # fmt: skip
"""What Dutch and English spreadsheets show for a formula that failed."""


@dataclass(frozen=True)
class Grid:
    """One sheet or file: ``rows[0]`` is row 1 of the spreadsheet, cells are stripped text.

    ``file`` is empty for a workbook that is the whole source, ``sheet`` for a table in text. ``wrong`` says of cells
    (row, column, from 1) that hold no value what is the matter: ``formula`` or ``merged``.
    """

    file: str
    sheet: str
    rows: list[list[str]]
    hidden: bool = False
    wrong: dict[tuple[int, int], str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What a person calls it."""
        return self.sheet or self.file

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from the other grids of a source."""
        return self.file, self.sheet

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(any(row) for row in self.rows) and not self.wrong

    def cell(self, row: int, column: int) -> str:
        """The text of a cell; empty beyond the last."""
        cells = self.rows[row - 1] if row <= len(self.rows) else []
        return cells[column - 1] if column <= len(cells) else ""

    def trouble(self, row: int, column: int) -> str:
        """What is wrong with a cell: ``error``, ``formula``, ``merged``, or empty."""
        return "error" if self.cell(row, column).casefold() in ERROR_VALUES else self.wrong.get((row, column), "")

    def fault(self, row: int, column: int, heading: str, expected: str, got: str) -> Fault:
        """A fault about a cell of it; column 0 is the row as a whole, row 0 the sheet."""
        cell = address(row, column) if row and column else ""
        return Fault(self.file, row, shortened(heading), expected, got, self.sheet, cell)


def address(row: int, column: int) -> str:
    """A cell as the spreadsheet calls it: ``D7``."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def read_grids(source: Path, encoding: str, faults: Faults) -> list[Grid]:
    """All sheets of a workbook, of a table in text, or of all of these in a folder, with faults for what cannot be
    read. ``encoding`` is one of ``ENCODINGS``, of the tables in text."""
    if not source.is_dir():
        if not source.exists():
            faults.put(source.name, 0, "", faults.say("expected.file"), faults.say("got.missing"))
            return []
        return _grids(source, encoding, faults, alone=True)
    found: list[Grid] = []
    for path in sorted(source.iterdir()):
        if path.suffix.casefold() in (*TEXTS, *WORKBOOKS) and not path.name.startswith((".", "~")):
            found += _grids(path, encoding, faults, alone=False)
    if not found and not faults:
        faults.put(source.name, 0, "", text("import.expected.tables", faults.language), faults.say("got.nothing"))
    return found


def _grids(path: Path, encoding: str, faults: Faults, alone: bool) -> list[Grid]:
    kind = path.suffix.casefold()
    if kind in WORKBOOKS:
        name = "" if alone else path.name
        return [
            Grid(name, each.title, _stripped(each.rows), each.hidden, each.wrong) for each in sheets_of(path, faults)
        ]
    if kind not in TEXTS:
        faults.put(path.name, 0, "", text("import.expected.tables", faults.language), kind or path.name)
        return []
    content = read_text(path, faults, ENCODINGS[encoding])
    if content is None:
        return []
    rows = records(content, path.name, faults, delimiter_of(content))
    return [Grid(path.name, "", _stripped(rows))]


def delimiter_of(content: str) -> str:
    """Semicolon, comma or tab: the one that stands most often on one of the first lines; titles may stand above."""
    lines = content[:100_000].split("\n")[:20]
    return max((";", ",", "\t"), key=lambda each: max(line.count(each) for line in lines))


def _stripped(rows: Iterable[Iterable[str]]) -> list[list[str]]:
    """Cells without spaces around them (also those that do not break), and no empty rows at the end."""
    found = [[cell.strip() for cell in row] for row in rows]
    while found and not any(found[-1]):
        found.pop()
    return found


def same_file(grid: Grid, name: str) -> bool:
    """Whether a file is meant by its name, with or without extension, in any case."""
    meant = name.casefold()
    return meant in (grid.file.casefold(), os.path.splitext(grid.file.casefold())[0])
