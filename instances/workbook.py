"""The first sheet of an xlsx file as rows of text."""

from __future__ import annotations

import warnings
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from instances.cells import MAX_TEXT, write_clock
from instances.columns import Table
from instances.sheets import MAX_BYTES, Faults, Sheet, sheet_of

MAX_ROWS = 100_000
MAX_COLUMNS = 200


def read_workbook(path: Path, table: Table, faults: Faults) -> Sheet | None:
    """The rows of the first sheet with the columns of ``table``; None, with a fault, when it is no workbook."""
    from openpyxl import load_workbook

    try:
        with ZipFile(path) as archive:
            unpacked = sum(each.file_size for each in archive.infolist())
        if unpacked > MAX_BYTES:
            limit = faults.say("expected.size", limit=MAX_BYTES // 1024**2)
            faults.put(path.name, 0, "", limit, faults.say("got.larger"))
            return None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns about styles and extensions that we do not use
            book = load_workbook(path, read_only=True, data_only=True)
            try:
                rows = book.worksheets[0].iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True)
                lines = [[_text(cell) for cell in row] for row in rows]
            finally:
                book.close()
    except OSError as error:
        faults.put(path.name, 0, "", faults.say("expected.file"), error.strerror or type(error).__name__)
        return None
    except Exception as error:  # openpyxl lets errors of zip, XML and its own through for a damaged file
        faults.put(path.name, 0, "", faults.say("expected.workbook"), type(error).__name__)
        return None
    while lines and not any(lines[-1]):
        lines.pop()
    return sheet_of(lines, path.name, table, faults)


def _text(cell: Any) -> str:
    """A cell as the text that its CSV would hold."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    if isinstance(cell, timedelta):
        return write_clock(round(cell.total_seconds() / 60))
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)[: MAX_TEXT + 1]
