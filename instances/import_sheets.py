"""All sheets of an xlsx file as text, with what a plain reader would silently lose: merged cells, empty formulas."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import iterparse
from zipfile import ZipFile

from instances.sheets import MAX_BYTES, Faults
from instances.workbook import MAX_COLUMNS, MAX_ROWS, cell_text, too_large
from optimiser.texts import text

MAX_SHEETS = 100
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
                return [_sheet(path, sheet, faults) for sheet in book.worksheets[:MAX_SHEETS]]
            finally:
                book.close()
    except OSError as error:
        faults.put(path.name, 0, "", faults.say("expected.file"), error.strerror or type(error).__name__)
    except Exception as error:  # openpyxl lets errors of zip, XML and its own through for a damaged file
        faults.put(path.name, 0, "", faults.say("expected.workbook"), type(error).__name__)
    return []


def _sheet(path: Path, sheet: object, faults: Faults) -> SheetText:
    title = str(getattr(sheet, "title", ""))
    cells = sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS, values_only=True)  # type: ignore[attr-defined]
    rows = [[cell_text(cell) for cell in row] for row in cells]
    if len(rows) > MAX_ROWS and any(rows[MAX_ROWS]):
        limit = text("import.expected.rows", faults.language, limit=MAX_ROWS)
        faults.put(path.name, MAX_ROWS + 1, title, limit, faults.say("got.larger"))
    merged, formulas = _marks(path, getattr(sheet, "_worksheet_path", ""))
    wrong = dict.fromkeys(formulas, "formula") | _spread(merged, rows)
    return SheetText(title, rows, getattr(sheet, "sheet_state", "visible") != "visible", wrong)


def _marks(path: Path, part: str) -> tuple[list[tuple[int, int, int, int]], list[tuple[int, int]]]:
    """Merged ranges (first row, first column, last row, last column) and formulas without a value, which openpyxl does
    not tell when it reads row by row."""
    merged, formulas = [], []
    with ZipFile(path) as archive, archive.open(part) as file:
        for _, element in iterparse(file):
            tag = element.tag.rpartition("}")[2]
            if tag == "c":
                parts = {child.tag.rpartition("}")[2]: child.text for child in element}
                if "f" in parts and not parts.get("v") and element.get("t") != "str":
                    match = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", element.get("r", ""))
                    formulas += [(int(match[2]), _number(match[1]))] if match else []
            elif tag == "mergeCell" and (match := _RANGE.fullmatch(element.get("ref", ""))):
                merged.append((int(match[2]), _number(match[1]), int(match[4]), _number(match[3])))
            if tag in ("c", "row", "mergeCell"):
                element.clear()
    return merged, formulas


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
