"""A table for the salary office as a file: CSV as all our files, a workbook, or JSON. Equal tables give equal bytes."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from instances.write import csv_text

Cell = str | int | Decimal | None
NUMBERS = {"hours": "0.00", "euros": "#,##0.00", "km": "0.00", "whole": "0", "date": "yyyy-mm-dd"}
"""How a workbook shows each form of cell."""
BOOK_DATE = datetime(2026, 1, 1)
"""A workbook holds the moment of its making; ours always the same one, so that equal plans give equal bytes."""


@dataclass(frozen=True)
class SheetContent:
    """A sheet of a workbook: name, headings, forms of the columns, rows, and how many of the last rows are sums."""

    name: str
    headings: Sequence[str]
    forms: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    sums: int = 0
    notes: Sequence[str] = ()
    widths: Sequence[int] = ()
    """Of the first columns, in characters; the others are 13 wide."""


def hours_csv(headings: Iterable[str], rows: Iterable[Iterable[Cell]]) -> str:
    """CSV text with decimal commas; an unknown value is an empty cell."""
    return csv_text(headings, ([_csv_cell(cell) for cell in row] for row in rows))


def hours_json(keys: Sequence[str], rows: Iterable[Sequence[Cell]], about: Mapping[str, Any]) -> str:
    """JSON text: what is said ``about`` the table, then its ``rows`` as objects."""
    content = {**about, "rows": [dict(zip(keys, map(_json_cell, row), strict=True)) for row in rows]}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def hours_workbook(sheets: Iterable[SheetContent]) -> bytes:
    """An xlsx file with numbers as numbers; headings stay in sight, sums are bold, notes stand below the rows."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": BOOK_DATE, "author": "samenrooster"})
    for content in sheets:
        _fill(book, content)
    book.close()
    return out.getvalue()


def _fill(book: Any, content: SheetContent) -> None:
    sheet = book.add_worksheet(content.name)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    plain = {form: book.add_format({"num_format": shown}) for form, shown in NUMBERS.items()}
    strong = {form: book.add_format({"num_format": shown, "bold": True}) for form, shown in NUMBERS.items()}
    words = {False: book.add_format(), True: book.add_format({"bold": True})}
    sheet.write_row(0, 0, content.headings, bold)
    sheet.freeze_panes(1, 2)
    first_sum = len(content.rows) - content.sums
    for number, row in enumerate(content.rows):
        formats = strong if number >= first_sum else plain
        for column, (cell, form) in enumerate(zip(row, content.forms, strict=True)):
            style = formats.get(form, words[number >= first_sum])
            if form == "date" and isinstance(cell, str) and cell:
                sheet.write_datetime(number + 1, column, datetime.fromisoformat(cell), style)
            elif isinstance(cell, str):
                sheet.write_string(number + 1, column, cell, style)
            elif cell is not None:
                sheet.write_number(number + 1, column, float(cell), style)
    for number, note in enumerate(content.notes):
        sheet.write_string(len(content.rows) + 2 + number, 0, note)
    sheet.set_column(0, len(content.headings) - 1, 13)
    for column, width in enumerate(content.widths):
        sheet.set_column(column, column, width)
    if content.rows:
        sheet.autofilter(0, 0, len(content.rows), len(content.headings) - 1)


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    return str(cell).replace(".", ",") if isinstance(cell, Decimal) else str(cell)


def _json_cell(cell: Cell) -> str | int | float | None:
    return float(cell) if isinstance(cell, Decimal) else cell
