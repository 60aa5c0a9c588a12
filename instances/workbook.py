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
NO_DATE = datetime(1900, 1, 3)
"""Before it a date of Excel is a clock time up to 48:00."""


def read_workbook(path: Path, table: Table, faults: Faults) -> Sheet | None:
    """The rows of the first sheet with the columns of ``table``; None, with a fault, when it is no workbook."""
    from openpyxl import load_workbook

    try:
        if too_large(path):
            limit = faults.say("expected.size", limit=MAX_BYTES // 1024**2)
            faults.put(path.name, 0, "", limit, faults.say("got.larger"))
            return None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns about styles and extensions that we do not use
            book = load_workbook(path, read_only=True, data_only=True)
            try:
                rows = book.worksheets[0].iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True)
                lines = [[cell_text(cell) for cell in row] for row in rows]
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


def too_large(path: Path) -> bool:
    """Whether a workbook would unpack to more than ``MAX_BYTES``. Raises what a damaged zip raises."""
    with ZipFile(path) as archive:
        return sum(each.file_size for each in archive.infolist()) > MAX_BYTES


def cell_text(cell: Any) -> str:
    """A cell as the text that its CSV would hold. Excel keeps 15 digits of a number, and a clock time from 24:00 on
    that is not shown as elapsed time is a day of January 1900."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        if cell < NO_DATE:
            return _clock(cell - datetime(1899, 12, 31))
        return cell.date().isoformat() if cell.time() == time() else f"{cell.date()} {_of_day(cell.time())}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return _of_day(cell)
    if isinstance(cell, timedelta):
        return _clock(cell)
    if isinstance(cell, float):
        short = float(f"{cell:.15g}")
        return str(int(short)) if short.is_integer() else str(short)
    return str(cell)[: MAX_TEXT + 1]


def _of_day(clock: time) -> str:
    return clock.strftime("%H:%M:%S" if clock.second else "%H:%M")


def _clock(elapsed: timedelta) -> str:
    """Elapsed time as ``31:00``; seconds are told, so that they are refused and not lost."""
    seconds = round(elapsed.total_seconds())
    return write_clock(seconds // 60) + (f":{seconds % 60:02d}" if seconds % 60 else "")
