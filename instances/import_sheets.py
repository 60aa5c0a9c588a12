"""All sheets of an xlsx file as text, with what a plain reader would silently lose: merged cells, empty formulas."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element, iterparse
from zipfile import ZipFile

from instances.sheets import MAX_BYTES, Faults
from instances.workbook import MAX_COLUMNS, MAX_ROWS, cell_text, too_large
from optimiser.texts import text

MAX_SHEETS = 100
MAX_ALL_ROWS = 10 * MAX_ROWS
"""Rows of all sheets together, empty ones in between included: a small file can claim a hundred sheets full."""
MAX_MERGED = 100_000
"""Cells of a sheet that lie in merged ones: a small file can merge all cells a thousand times."""
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")


@dataclass(frozen=True)
class SheetText:
    """A sheet: its rows as text, whether it is hidden, and cells (row, column, from 1) that hold no value of their own:
    ``formula`` (nobody has computed it) or ``merged`` (a part of a cell that spans columns)."""

    title: str
    rows: list[list[str]]
    hidden: bool
    wrong: dict[tuple[int, int], str]


def sheets_of(path: Path, faults: Faults) -> list[SheetText]:
    """Every worksheet in order; formulas as the values that were saved with them, macros left alone.

    A cell merged over rows has its value in each of them. Nothing, with a fault, when it is no workbook or too large.
    """
    from openpyxl import load_workbook

    try:
        if too_large(path):
            faults.put(path.name, 0, "", faults.say("expected.size", limit=MAX_BYTES // 1024**2),
                       faults.say("got.larger"))
            return []
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns about styles and extensions that we do not use
            book = load_workbook(path, read_only=True, data_only=True)
            try:
                if len(book.worksheets) > MAX_SHEETS:
                    limit = text("import.expected.sheets", faults.language, limit=MAX_SHEETS)
                    faults.put(path.name, 0, "", limit, str(len(book.worksheets)))
                return _sheets(path, book.worksheets[:MAX_SHEETS], faults)
            finally:
                book.close()
    except OSError as error:
        faults.put(path.name, 0, "", faults.say("expected.file"), error.strerror or type(error).__name__)
    except Exception as error:  # openpyxl lets errors of zip, XML and its own through for a damaged file
        faults.put(path.name, 0, "", faults.say("expected.workbook"), type(error).__name__)
    return []


def _sheets(path: Path, sheets: list[object], faults: Faults) -> list[SheetText]:
    found: list[SheetText] = []
    for sheet in sheets:
        found.append(_sheet(path, sheet, faults))
        if sum(len(each.rows) for each in found) > MAX_ALL_ROWS:
            limit = text("import.expected.all_rows", faults.language, limit=MAX_ALL_ROWS)
            faults.put(path.name, 0, "", limit, faults.say("got.larger"))
            break
    return found


def _sheet(path: Path, sheet: object, faults: Faults) -> SheetText:
    title, marks = str(getattr(sheet, "title", "")), _marks(path, getattr(sheet, "_worksheet_path", ""))
    rows: list[list[str]] = []
    if marks.last_row and marks.last_column:
        cells = sheet.iter_rows(  # type: ignore[attr-defined]
            max_row=min(marks.last_row, MAX_ROWS + 1), max_col=min(marks.last_column, MAX_COLUMNS), values_only=True
        )
        rows = [_row(row) for row in cells]
    if len(rows) > MAX_ROWS and any(rows[MAX_ROWS]):
        limit = text("import.expected.rows", faults.language, limit=MAX_ROWS)
        faults.put(path.name, MAX_ROWS + 1, title, limit, faults.say("got.larger"))
    merged = marks.merged
    if sum(_extent(each, rows) for each in merged) > MAX_MERGED:
        limit = text("import.expected.merges", faults.language, limit=MAX_MERGED)
        faults.put(path.name, 0, title, limit, faults.say("got.larger"))
        merged = []
    wrong = dict.fromkeys(marks.formulas, "formula") | _spread(merged, rows)
    return SheetText(title, rows, getattr(sheet, "sheet_state", "visible") != "visible", wrong)


def _row(cells: Iterable[object]) -> list[str]:
    """The texts of a row without the empty ones at its end."""
    texts = [cell_text(cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _extent(merged: tuple[int, int, int, int], rows: list[list[str]]) -> int:
    """How many cells a merged one takes up among ``rows``; at least one."""
    top, left, bottom, right = merged
    return max(min(bottom, len(rows)) - top + 1, 1) * max(min(right, MAX_COLUMNS) - left + 1, 1)


@dataclass
class _Marks:
    """What openpyxl does not tell when it reads row by row: merged ranges (first row, first column, last row, last
    column), formulas without a value, and the last row and column in which something stands. A row of looks alone,
    such as a spreadsheet leaves at the very end, is none."""

    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    formulas: list[tuple[int, int]] = field(default_factory=list)
    last_row: int = 0
    last_column: int = 0


def _marks(path: Path, part: str) -> _Marks:
    marks = _Marks()
    with ZipFile(path) as archive, archive.open(part) as file:
        for _, element in iterparse(file):
            tag = element.tag.rpartition("}")[2]
            if tag == "c":
                _mark(marks, element)
            elif tag == "mergeCell" and (match := _RANGE.fullmatch(element.get("ref", ""))):
                marks.merged.append((int(match[2]), _number(match[1]), int(match[4]), _number(match[3])))
            if tag in ("c", "row", "mergeCell"):
                element.clear()
    return marks


def _mark(marks: _Marks, cell: Element) -> None:
    parts = {child.tag.rpartition("}")[2]: child.text for child in cell}
    match = _CELL.fullmatch(cell.get("r", ""))
    if not ({"v", "is", "f"} & set(parts)):
        return
    # a cell that does not say where it stands comes after the one before it: then all is read
    marks.last_row = max(marks.last_row, int(match[2]) if match else MAX_ROWS + 1)
    marks.last_column = max(marks.last_column, _number(match[1]) if match else MAX_COLUMNS)
    if "f" in parts and not parts.get("v") and cell.get("t") != "str" and match:
        marks.formulas.append((int(match[2]), _number(match[1])))


def _number(letters: str) -> int:
    """The number of a column from 1."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _spread(merged: list[tuple[int, int, int, int]], rows: list[list[str]]) -> dict[tuple[int, int], str]:
    """Give every row of a merged cell its value; the cells beside the first column, where the value is one that could
    be meant for them too, are marked."""
    wrong: dict[tuple[int, int], str] = {}
    for top, left, bottom, right in merged:
        value = rows[top - 1][left - 1] if top <= len(rows) and left <= len(rows[top - 1]) else ""
        if not value.strip():
            continue
        for row in range(top, min(bottom, len(rows)) + 1):
            cells = rows[row - 1]
            if row > top and left <= MAX_COLUMNS:
                cells.extend([""] * (left - len(cells)))
                cells[left - 1] = value
            wrong |= {(row, column): "merged" for column in range(left + 1, min(right, MAX_COLUMNS) + 1)}
    return wrong
