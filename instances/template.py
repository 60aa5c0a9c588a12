"""One workbook with a sheet for each table, to fill in by hand; ``instances.importing`` reads it back.

Made from the tables of the format: headings, documentation and choices follow them. Equal content gives equal bytes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from instances.cells import MOMENT, Form
from instances.columns import Column, Table
from instances.names import Name
from instances.template_cells import cell_value, choices, number_format
from instances.template_explained import write_explanation
from instances.template_settings import PROVENANCE, Setting, provenance_rows, setting_of, settings, values_of
from instances.template_sheets import SETTINGS, SHEETS, column_doc, heading, sheet_title
from instances.write import nouns_of
from optimiser.domain.card import Bring
from optimiser.domain.instance import Instance
from optimiser.domain.noun import Noun
from optimiser.texts import Language, text

CREATED = datetime(2020, 1, 1)
"""Stands as the date of every workbook, so that equal content gives equal bytes."""
COMMENT_LETTERS = 40
"""Letters on a line of a comment, in Excel's own font."""
LAST_ROW = 2000
"""Choices are offered down to here, or to the last row when there are more."""


def template_workbook(
    instance: Instance | None, names: Mapping[str, Name], language: Language = "nl", bring: Sequence[Bring] = ()
) -> bytes:
    """An xlsx workbook with all tables, empty or filled with ``instance``, ``names`` and ``bring``.

    Titles, headings, comments and choices are in ``language``. Sharing contracts are not in it.
    """
    return _Workbook(language).made(instance, names, bring)


class _Workbook:
    def __init__(self, language: Language) -> None:
        from xlsxwriter import Workbook

        self.language = language
        self.content = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                   "strings_to_numbers": False}  # fmt: skip
        self.book = Workbook(self.content, options)
        self.book.set_properties({"created": CREATED, "title": "samenrooster"})
        self.formats: dict[str, Any] = {}

    def made(self, instance: Instance | None, names: Mapping[str, Name], bring: Sequence[Bring]) -> bytes:
        """The workbook of all sheets."""
        rows: dict[str, Sequence[Noun]] = {"names": [names[key] for key in sorted(names)], "bring": list(bring)}
        for field, table in SHEETS.items():
            if field not in rows:
                rows[field] = _rows(instance, table)
        counts = {field: len(rows[field]) for field in SHEETS}
        write_explanation(self.book, counts, bool(instance and instance.contracts), self.language)
        self._settings(instance)
        for field, table in SHEETS.items():
            self._table(table, rows[field], instance)
        self.book.close()
        return self.content.getvalue()

    def _format(self, number: str, **more: Any) -> Any:
        key = repr((number, sorted(more.items())))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"num_format": number, **more})
        return self.formats[key]

    def _head(self, required: bool) -> Any:
        colours = {"bg_color": "#1F4E5F", "font_color": "#FFFFFF"} if required else {"bg_color": "#DCE9EE"}
        return self._format("@", bold=required, bottom=1, **colours)

    def _table(self, table: Table, rows: Sequence[Noun], instance: Instance | None) -> None:
        sheet = self.book.add_worksheet(sheet_title(table.field, self.language))
        if table.needed or table.field == "orders":  # without care there is nothing to plan
            sheet.set_tab_color("#1F4E5F")
        sheet.freeze_panes(1, 1)
        for place, column in enumerate(table.columns):
            title = heading(column, self.language)
            number = number_format(column.form)
            sheet.set_column(place, place, max(11, len(title) + 3), self._format(number))
            sheet.write_string(0, place, title, self._head(table.required(column)))
            words = self._comment(table, column)
            lines = sum(len(line) // COMMENT_LETTERS + 1 for line in words.split("\n"))
            box = {"author": "samenrooster", "width": 280, "height": 12 + 15 * lines}
            sheet.write_comment(0, place, words, box)
            self._offer(sheet, place, column, max(LAST_ROW, len(rows)))
        for number_of_row, row in enumerate(rows, start=1):
            for place, column in enumerate(table.columns):
                value = getattr(row, column.field)
                if column.form is MOMENT and instance is not None:
                    value = instance.clock.moment_of(value)
                self._cell(sheet, number_of_row, place, column.form, value)
        sheet.autofilter(0, 0, max(1, len(rows)), len(table.columns) - 1)
        self._paper(sheet)

    def _paper(self, sheet: Any) -> None:
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _comment(self, table: Table, column: Column) -> str:
        parts = [column_doc(table.field, column, self.language)]
        if table.required(column):
            parts.insert(0, text("template.required", self.language))
        if words := choices(column.form, self.language):
            key = "template.several" if column.form.name == "choices" else "template.choices"
            parts.append(text(key, self.language, values=", ".join(words)))
        return "\n".join(parts)

    def _offer(self, sheet: Any, place: int, column: Column, last: int) -> None:
        """Offer the choices of a column, or the ids of the sheet that it refers to."""
        if column.form.name in ("choice", "yes_no"):
            sheet.data_validation(1, place, last, place, self._choice(column.form))
        elif column.form.name == "id" and len(column.refers) == 1 and column.refers[0] in SHEETS:
            title = sheet_title(column.refers[0], self.language)
            # a warning only: an id that is to be added to the other sheet later may be typed
            source = f"='{title}'!$A$2:$A${last + 1}"
            sheet.data_validation(1, place, last, place, {"validate": "list", "source": source,
                                                          "error_type": "warning"})  # fmt: skip

    def _choice(self, form: Form) -> dict[str, Any]:
        return {"validate": "list", "source": list(choices(form, self.language))}

    def _cell(self, sheet: Any, row: int, place: int, form: Form, value: Any) -> None:
        if value is None or value == () or value == "":
            return
        given, style = cell_value(form, value, self.language), self._format(number_format(form))
        if isinstance(given, str):
            sheet.write_string(row, place, given, style)
        elif isinstance(given, date):
            sheet.write_datetime(row, place, given, style)
        else:
            sheet.write_number(row, place, given, style)

    def _settings(self, instance: Instance | None) -> None:
        sheet = self.book.add_worksheet(sheet_title(SETTINGS, self.language))
        sheet.set_tab_color("#1F4E5F")
        sheet.freeze_panes(1, 2)
        for place, (part, width) in enumerate((("key", 34), ("value", 24), ("usual", 16), ("doc", 90))):
            sheet.set_column(place, place, width, self._format("@"))
            sheet.write_string(0, place, text(f"template.settings.{part}", self.language), self._head(part == "value"))
        values = values_of(instance)
        keys = {each.key: each for each in settings() if each.key != "money.wages"}
        keys |= {key: found for key in values if key not in keys and (found := setting_of(key))}
        for row, each in enumerate(keys.values(), start=1):
            self._setting(sheet, row, each, values.get(each.key))
        said = provenance_rows(instance.provenance if instance else {})
        for row, (key, value) in enumerate(said, start=len(keys) + 1):
            sheet.write_string(row, 0, key)
            (sheet.write_boolean if isinstance(value, bool) else sheet.write)(row, 1, value)
            sheet.write_string(row, 3, text(f"template.doc_{PROVENANCE}", self.language))
        self._paper(sheet)

    def _setting(self, sheet: Any, row: int, setting: Setting, value: Any) -> None:
        sheet.write_string(row, 0, setting.key, self._head(True) if setting.required else None)
        sheet.write_blank(row, 1, None, self._format(number_format(setting.form)))
        self._cell(sheet, row, 1, setting.form, value)
        self._cell(sheet, row, 2, setting.form, setting.usual)
        sheet.write_string(row, 3, setting.doc(self.language))
        if setting.form.name in ("choice", "yes_no"):
            sheet.data_validation(row, 1, row, 1, self._choice(setting.form))


def _rows(instance: Instance | None, table: Table) -> Sequence[Noun]:
    return [] if instance is None else nouns_of(instance, table)
