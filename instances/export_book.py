"""Workbooks with the same bytes whenever they hold the same: made at one fixed moment, no text runs as a formula.

Shared by every workbook that we write for people; ``instances.hours`` and ``instances.export_xlsx`` fill it.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

from optimiser.domain.sheet import SheetContent

NUMBERS = {
    "hours": "0.00", "euros": "#,##0.00", "km": "0.00", "whole": "0", "date": "{dates}", "moment": "{dates} hh:mm",
}  # fmt: skip
"""How a workbook shows each form of cell. A ``date`` or ``moment`` comes as ISO text, by the clock on the wall."""
BOOK_DATE = datetime(2026, 1, 1)
"""A workbook holds the moment of its making; ours always the same one, so that equal plans give equal bytes."""


def workbook(*fillers: Callable[[Any], object]) -> bytes:
    """The xlsx file of what ``fillers`` put into an xlsxwriter ``Workbook``, one after the other."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": BOOK_DATE, "author": "samenrooster"})
    for fill in fillers:
        fill(book)
    book.close()
    return out.getvalue()


def fill_sheet(book: Any, content: SheetContent) -> Any:
    """Add a sheet with numbers as numbers; headings stay in sight, sums are bold, notes stand below the rows."""
    sheet = book.add_worksheet(content.name)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    shown = {form: how.replace("{dates}", content.dates) for form, how in NUMBERS.items()}
    plain = {form: book.add_format({"num_format": how}) for form, how in shown.items()}
    strong = {form: book.add_format({"num_format": how, "bold": True}) for form, how in shown.items()}
    words = {False: book.add_format(), True: book.add_format({"bold": True})}
    sheet.write_row(0, 0, content.headings, bold)
    sheet.freeze_panes(1, 2)
    first_sum = len(content.rows) - content.sums
    for number, row in enumerate(content.rows):
        formats = strong if number >= first_sum else plain
        for column, (cell, form) in enumerate(zip(row, content.forms, strict=True)):
            style = formats.get(form, words[number >= first_sum])
            if form in ("date", "moment") and isinstance(cell, str) and cell:
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
    return sheet
