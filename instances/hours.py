"""A table for the salary office as a file: CSV as all our files, a workbook, or JSON. Equal tables give equal bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from instances.export_book import fill_sheet, workbook
from instances.write import csv_text
from optimiser.domain.sheet import Cell, SheetContent


def hours_csv(headings: Iterable[str], rows: Iterable[Iterable[Cell]]) -> str:
    """CSV text with decimal commas; an unknown value is an empty cell."""
    return csv_text(headings, ([_csv_cell(cell) for cell in row] for row in rows))


def hours_json(keys: Sequence[str], rows: Iterable[Sequence[Cell]], about: Mapping[str, Any]) -> str:
    """JSON text: what is said ``about`` the table, then its ``rows`` as objects."""
    content = {**about, "rows": [dict(zip(keys, map(_json_cell, row), strict=True)) for row in rows]}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def hours_workbook(sheets: Iterable[SheetContent]) -> bytes:
    """An xlsx file with numbers as numbers; headings stay in sight, sums are bold, notes stand below the rows."""
    return workbook(*(partial(fill_sheet, content=each) for each in sheets))


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    return str(cell).replace(".", ",") if isinstance(cell, Decimal) else str(cell)


def _json_cell(cell: Cell) -> str | int | float | None:
    return float(cell) if isinstance(cell, Decimal) else cell
