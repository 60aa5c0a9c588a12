"""From sheets to nouns: every cell read by its form, every row validated by its noun, faults named by cell."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from instances.cells import ID, MAX_TEXT, Form
from instances.columns import Column, Table
from instances.sheets import Faults, Sheet, read_sheet
from optimiser.domain.clock import Clock
from optimiser.domain.noun import Noun
from optimiser.errors import shortened

Values = dict[str, Any]
Fill = Callable[[Values, "Entry"], None]


@dataclass(frozen=True)
class Entry:
    """A row: its table, row number, headings as written, raw cells, its noun (None when a cell is wrong), and
    the name of its file when that is not the table's."""

    table: Table
    row: int
    headings: dict[str, str]
    cells: dict[str, str]
    noun: Any = None
    file: str = ""

    def heading(self, name: str) -> str:
        """The heading of a field as the file writes it; both headings when the file has no such column."""
        return self.headings.get(name) or self.table.by_field[name].headings

    def fault(self, faults: Faults, name: str, expected: str, got: str | None = None) -> None:
        """Add a fault about the cell of field ``name``; ``got`` is the cell unless given. Words in the place of an id
        may be a person's name, and are not repeated."""
        cell = shortened(self.cells.get(name, "")) if got is None else got
        if got is None and self.table.by_field[name].form is ID and len(cell.split()) > 1:
            cell = "…"
        file = self.file or self.table.file_name
        faults.put(file, self.row, self.heading(name), expected, cell or faults.say("got.empty"))


def read_rows(folder: Path, table: Table, clock: Clock, faults: Faults, fill: Fill | None = None) -> list[Entry]:
    """The rows of one table (none when an optional file is absent), with their faults."""
    path = folder / table.file_name
    if not os.path.lexists(path):
        if table.needed:
            faults.put(table.file_name, 0, "", faults.say("expected.file"), faults.say("got.missing"))
        return []
    sheet = read_sheet(path, table, faults)
    if sheet is None:
        return []
    if table.needed and not sheet.rows:
        faults.put(table.file_name, 0, "", faults.say("expected.rows"), faults.say("got.no_rows"))
    return build_rows(sheet, table, clock, faults, fill)


def build_rows(
    sheet: Sheet, table: Table, clock: Clock, faults: Faults, fill: Fill | None = None, file: str = ""
) -> list[Entry]:
    """The rows of a sheet as entries, with their faults; ``file`` is the file's name when not the table's."""
    entries = []
    for number, cells in sheet.rows:
        entry = Entry(table, number, sheet.headings, cells, file=file)
        before = len(faults)
        values = _values(entry, clock, faults)
        if fill is not None and len(faults) == before:
            fill(values, entry)
        noun = _noun(values, entry, faults, reported=len(faults) > before)
        entries.append(replace(entry, noun=noun))
    return entries


def _values(entry: Entry, clock: Clock, faults: Faults) -> Values:
    """Field -> value of every filled cell that its form can read."""
    values: Values = {}
    for name, cell in entry.cells.items():
        column = entry.table.by_field[name]
        if not cell:
            if entry.table.required(column):
                entry.fault(faults, name, expected_of(column, faults))
            continue
        if len(cell) > MAX_TEXT:
            entry.fault(faults, name, faults.say("expected.length", limit=MAX_TEXT))
            continue
        try:
            value = column.form.read(cell)
        except (ValueError, OverflowError):
            entry.fault(faults, name, expected_of(column, faults))
            continue
        values[name] = clock.minute_of(value) if isinstance(value, datetime) else value
    return values


def expected_of(column: Column, faults: Faults) -> str:
    """What a cell of the column must hold, in words."""
    return form_words(column.form, faults)


def form_words(form: Form, faults: Faults) -> str:
    """What a cell of a form must hold, in words."""
    words = form.words
    values = words.values() if faults.language == "nl" else words.keys()
    return faults.say(f"expected.{form.name}", values=", ".join(values))


def _noun(values: Values, entry: Entry, faults: Faults, reported: bool) -> Noun | None:
    """The noun of a row, or None with a fault for each field that breaks a limit of the noun."""
    try:
        noun = entry.table.noun.model_validate(values)
        return None if reported else noun
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_context=True, include_input=False):
            name = str(detail["loc"][0]) if detail["loc"] else ""
            if name in values and name in entry.table.by_field:
                entry.fault(faults, name, limit_of(detail, faults))
        return None


OTHER_TYPES = {
    "int": "whole", "float": "number", "finite": "number", "bool": "true_false", "string": "text", "date": "date",
    "tuple": "list", "model": "section", "dict": "section",
}
"""The start of a validator's error type -> the text of what it expected."""


def shown(value: object) -> str:
    """A value of TOML or JSON as text; numbers of thousands of digits have none."""
    try:
        return str(value)
    except ValueError:
        return type(value).__name__


def limit_of(detail: ErrorDetails, faults: Faults) -> str:
    """What a validation error expected, in words; the validator's own words for what has none here."""
    kind, context = detail["type"], detail.get("ctx", {})
    known = {
        "greater_than_equal": ("least", context.get("ge")),
        "less_than_equal": ("most", context.get("le")),
        "string_too_short": ("min_length", context.get("min_length")),
        "string_too_long": ("max_length", context.get("max_length")),
        "too_short": ("min_items", context.get("min_length")),
        "literal_error": ("one_of", context.get("expected")),
        "string_pattern_mismatch": ("pattern", context.get("pattern")),
        "extra_forbidden": ("known_key", ""),
        "missing": ("present", ""),
    }
    if kind not in known:
        form = next((form for start, form in OTHER_TYPES.items() if kind.startswith(start)), "")
        return faults.say(f"expected.{form}") if form else detail["msg"]
    key, value = known[kind]
    if key == "pattern":
        form = "rhythm" if "daily" in str(value) else "work_id" if "/" in str(value) else "id"
        return faults.say(f"expected.{form}")
    return faults.say(f"expected.{key}", value=value)
