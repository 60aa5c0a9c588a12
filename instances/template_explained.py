"""The first sheet of the template workbook: what it is for, and a line with a link for each sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from instances.template_sheets import SETTINGS, SHEETS, sheet_title
from optimiser.texts import Language, text


def write_explanation(book: Any, counts: Mapping[str, int], with_contracts: bool, language: Language) -> None:
    """Add the sheet to an xlsxwriter workbook. ``counts`` are the rows of each table; ``with_contracts`` says that the
    instance has sharing contracts, which the workbook does not hold."""
    sheet = book.add_worksheet(sheet_title("explanation", language))
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for place, width in enumerate((26, 100, 9)):
        sheet.set_column(place, place, width)
    title = book.add_format({"bold": True, "font_size": 16})
    sheet.write_string(0, 0, text("template.explanation.title", language), title)
    parts = ["fill", "needed", "headings", "names", *(["contracts"] if with_contracts else [])]
    for row, part in enumerate(parts, start=1):
        sheet.merge_range(row, 0, row, 2, text(f"template.explanation.{part}", language), wrapped)
        sheet.set_row(row, 32)
    row = len(parts) + 2
    for place, part in enumerate(("sheet", "about", "rows")):
        sheet.write_string(row, place, text(f"template.explanation.{part}", language), bold)
    for field in (SETTINGS, *SHEETS):
        row += 1
        name = sheet_title(field, language)
        sheet.write_url(row, 0, f"internal:'{name}'!A1", string=name)
        sheet.write_string(row, 1, text(f"template.about.{field}", language), wrapped)
        if counts.get(field):
            sheet.write_number(row, 2, counts[field])
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
