"""A CSV file as rows of text, with every fault in its form; knows nothing of what the cells mean."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from instances.columns import Column, Table, flat_heading
from optimiser.errors import Fault, shortened
from optimiser.texts import Language, text

MAX_BYTES = 64 * 1024 * 1024
csv.field_size_limit(MAX_BYTES)


@dataclass(frozen=True)
class Sheet:
    """The rows of one table: row number as the spreadsheet counts, and cells by field. ``headings`` are as written."""

    headings: dict[str, str]
    rows: tuple[tuple[int, dict[str, str]], ...]


class Faults(list[Fault]):
    """A growing list of faults with the language of their words."""

    def __init__(self, language: Language = "en") -> None:
        super().__init__()
        self.language: Language = language

    def say(self, key: str, **values: object) -> str:
        """The words of ``input.<key>``."""
        return text(f"input.{key}", self.language, **values)

    def put(self, file: str, row: int, column: str, expected: str, got: str) -> None:
        """Add one fault."""
        self.append(Fault(file, row, column, expected, got))


def near(name: str, names: Iterable[str]) -> str:
    """The name that ``name`` was probably meant to be; empty when there is none."""
    return next(iter(get_close_matches(name[:100], list(names), n=1, cutoff=0.6)), "")


def read_sheet(path: Path, table: Table, faults: Faults) -> Sheet | None:
    """The rows of ``path`` with the columns of ``table``; None, with faults, when it is no such table at all."""
    content = read_text(path, faults)
    return None if content is None else parse_sheet(content, path.name, table, faults)


def read_text(path: Path, faults: Faults, encoding: str = "utf-8-sig") -> str | None:
    """The text of a UTF-8 file with or without BOM, or in another ``encoding``; None, with a fault, when it is none or
    cannot be read."""
    try:
        if path.exists() and not path.is_file():  # a pipe or a device would never end
            faults.put(path.name, 0, "", faults.say("expected.file"), faults.say("got.no_file"))
            return None
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        faults.put(path.name, 0, "", faults.say("expected.file"), error.strerror or type(error).__name__)
        return None
    if len(raw) > MAX_BYTES:
        faults.put(path.name, 0, "", faults.say("expected.size", limit=MAX_BYTES // 1024**2), faults.say("got.larger"))
        return None
    try:
        content = raw.decode(encoding)
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        faults.put(path.name, row, "", faults.say("expected.utf8"), faults.say("got.byte", byte=raw[error.start]))
        return None
    if "\0" in content:
        faults.put(path.name, content[: content.index("\0")].count("\n") + 1, "", faults.say("expected.utf8"),
                   faults.say("got.binary"))
        return None
    return content


def parse_sheet(content: str, file: str, table: Table, faults: Faults) -> Sheet | None:
    """As ``read_sheet``, from text."""
    return sheet_of(records(content, file, faults), file, table, faults)


def sheet_of(lines: Sequence[Sequence[str]], file: str, table: Table, faults: Faults) -> Sheet | None:
    """As ``read_sheet``, from the cells of all lines, the headings first."""
    if not lines:
        faults.put(file, 0, "", faults.say("expected.headings"), faults.say("got.nothing"))
        return None
    columns, headings = _headings(lines[0], file, table, faults)
    rows = []
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[len(columns):]):
            faults.put(file, number, "", faults.say("expected.cells", count=len(columns)),
                       faults.say("got.cells", count=len(cells)))
            continue
        row = {}
        for place, column in enumerate(columns):
            cell = cells[place].strip() if place < len(cells) else ""
            if column is not None:
                row[column.field] = cell
        rows.append((number, row))
    return Sheet(headings, tuple(rows))


def records(content: str, file: str, faults: Faults, delimiter: str = "") -> list[list[str]]:
    """All records, the heading first, with the delimiter of the first line unless given. A broken quote ends the
    reading with a fault."""
    if content[:5].casefold().startswith("sep=") and "\n" in content:
        content = content[content.index("\n") + 1:]
    first = content.split("\n", 1)[0]
    delimiter = delimiter or (";" if first.count(";") >= first.count(",") else ",")
    records: list[list[str]] = []
    try:
        records.extend(csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        faults.put(file, len(records) + 1, "", faults.say("expected.quotes"), faults.say("got.broken_row"))
    return records


def _headings(
    cells: Sequence[str], file: str, table: Table, faults: Faults
) -> tuple[list[Column | None], dict[str, str]]:
    """The column of each cell of the heading (None where unknown), and field -> heading as written."""
    columns: list[Column | None] = []
    headings: dict[str, str] = {}
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    for cell in cells:
        heading = cell.strip()
        column = table.by_heading.get(flat_heading(heading))
        if column is None:
            meant = near(flat_heading(heading), table.by_heading)
            names = table.by_heading[meant].headings if meant else ", ".join(each.english for each in table.columns)
            faults.put(file, 1, shortened(heading), faults.say("expected.column", names=names), heading)
        elif column.field in headings:
            faults.put(file, 1, shortened(heading), faults.say("expected.once"), faults.say("got.twice"))
            column = None
        else:
            headings[column.field] = heading
        columns.append(column)
    for column in table.columns:
        if column.field not in headings and table.required(column):
            faults.put(file, 1, column.headings, faults.say("expected.present"), faults.say("got.missing"))
    return columns, headings
