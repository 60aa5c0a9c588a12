"""``columns.toml``: which sheet and column of another system's export is which of our columns, saved for the next time.

Described in docs/reference/import.md. A key that is not named there is refused.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping as Lookup
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError

from instances.columns import Table, flat_heading
from instances.rows import limit_of, shown
from instances.sheets import Faults, near, read_text
from instances.template_sheets import SHEETS, field_of_title
from optimiser.domain.noun import Noun
from optimiser.errors import InputError
from optimiser.texts import Language, text


def _as_text(value: Any) -> Any:
    """A value of TOML as the text of a cell, so that ``constant = 5`` and ``constant = true`` may be written."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, int | float) else value


CellText = Annotated[str, BeforeValidator(_as_text)]


class ColumnSource(Noun):
    """Where the cells of one of our columns come from: ``column``, ``columns``, ``constant`` or ``numbered``."""

    column: str = ""
    """The heading in the export."""
    columns: tuple[str, ...] = ()
    """Headings whose cells are joined by ``separator``, for a date and a time or two ends of a window."""
    separator: str = " "
    constant: CellText = ""
    """The same in every row."""
    numbered: str = ""
    """The beginning of an id that ends with the number of the row: ``o-`` gives ``o-1``, ``o-2``."""
    values: dict[str, CellText] = {}
    """What stands there -> what we call it, in any case; also each part of a list."""
    default: CellText = ""
    """Instead of an empty cell."""
    split: str = ""
    """What stands between the parts of a cell that gives a row for each part; one column of a table at most."""
    prefix: str = ""
    """Before every id of the cell."""
    unit: Literal["", "hours", "minutes"] = ""
    """What the export counts in, where that is not what our column holds."""
    next_day: str = ""
    """The heading of a time that this one comes after: when it is not later, it is of the next day."""
    date_format: str = ""
    """As ``%d.%m.%Y``; else what the table or the whole file says."""
    time_format: str = ""


class TableSource(Noun):
    """A sheet or file that gives rows of one of our tables. ``columns`` is our field -> where it comes from."""

    file: str = ""
    sheet: str = ""
    header_row: Annotated[int, Field(ge=1, le=1000)] = 1
    columns: dict[str, ColumnSource]
    ignore: tuple[str, ...] = ()
    """Headings that we leave alone; ``*`` is all others."""
    only: dict[str, tuple[CellText, ...]] = {}
    """Heading -> the values of the rows that count."""
    date_format: str = ""
    time_format: str = ""


class Mapping(Noun):
    """A whole ``columns.toml``. ``tables`` is by field of Instance; sections of ``instance.toml`` may stand in it."""

    encoding: Literal["utf-8", "windows-1252", "utf-16"] = "utf-8"
    date_format: str = ""
    time_format: str = ""
    ignore_sheets: tuple[str, ...] = ()
    settings_sheet: str = ""
    """A sheet with a key of ``instance.toml`` and its value in every row, as the template has it."""
    tables: dict[str, tuple[TableSource, ...]] = {}
    instance: dict[str, Any] = {}
    organisations: tuple[dict[str, Any], ...] = ()
    planning: dict[str, Any] = {}
    travel: dict[str, Any] = {}
    weights: dict[str, Any] = {}
    response: dict[str, Any] = {}
    money: dict[str, Any] = {}
    provenance: dict[str, Any] = {}
    file: str = ""
    """The name of the file, for messages; not a key of it."""


TWO_DIGITS = re.compile("%[yDxc]")
"""Years of two digits: 68 would be 2068, and nobody would see it."""
HEADER_SECTIONS = ("instance", "planning", "travel", "weights", "response", "money", "provenance", "organisations")


def read_mapping(path: Path, language: Language = "en") -> Mapping:
    """The mapping in ``path``. Raises ``InputError`` with all its faults, each at its key."""
    faults = Faults(language)
    content = read_text(path, faults)
    if content is None:
        raise InputError(faults)
    try:
        raw = tomllib.loads(content)
    except (ValueError, RecursionError) as error:
        row = re.search(r"line (\d+)", str(error))
        faults.put(path.name, int(row[1]) if row else 0, "", faults.say("expected.toml"), str(error))
        raise InputError(faults) from error
    if "file" in raw:
        faults.put(path.name, 0, "file", faults.say("expected.known_key"), "file")
    mapping = _checked(_with_lists(raw), path.name, faults)
    if mapping is None or faults:
        raise InputError(faults)
    return mapping


def _with_lists(raw: dict[str, Any]) -> dict[str, Any]:
    """A single ``[tables.nurses]`` as a list of one, and ``id = "Nr"`` as ``id = {column = "Nr"}``."""
    tables = raw.get("tables")
    if not isinstance(tables, dict):
        return raw
    return raw | {"tables": {
        name: [_with_columns(each) for each in (sources if isinstance(sources, list) else [sources])]
        for name, sources in tables.items()
    }}  # fmt: skip


def _with_columns(source: Any) -> Any:
    if not isinstance(source, dict) or not isinstance(source.get("columns"), dict):
        return source
    columns = {name: {"column": each} if isinstance(each, str) else each for name, each in source["columns"].items()}
    return source | {"columns": columns}


def _checked(raw: dict[str, Any], file: str, faults: Faults) -> Mapping | None:
    try:
        mapping = Mapping.model_validate(raw | {"file": file})
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_context=True):
            where = [str(part) for part in detail["loc"]]
            got = faults.say("got.missing") if detail["type"] == "missing" else shown(detail["input"])
            expected = limit_of(detail, faults)
            if detail["type"] == "extra_forbidden":
                got, meant = where[-1], near(where[-1], _keys(len(where)))
                expected = faults.say("expected.near", expected=expected, near=meant) if meant else expected
            faults.put(file, 0, ".".join(where), expected, got)
        return None
    tables: dict[str, tuple[TableSource, ...]] = {}
    for name, sources in mapping.tables.items():
        field = field_of_title(name)
        if field not in SHEETS:
            titles = faults.say("expected.known_file", names=near(name, SHEETS) or ", ".join(SHEETS))
            faults.put(file, 0, f"tables.{name}", titles, name)
            continue
        named = tuple(
            _named(source, SHEETS[field], f"tables.{name}.{number}", file, faults)
            for number, source in enumerate(sources)
        )
        tables[field] = (*tables.get(field, ()), *named)
    _check_formats(raw, "", file, faults)
    return mapping.model_copy(update={"tables": tables})


def _keys(depth: int) -> list[str]:
    """The keys that may stand at a depth of the file: 1 the top, 4 a table, more a column."""
    return list((Mapping if depth == 1 else TableSource if depth <= 4 else ColumnSource).model_fields)


def _named(source: TableSource, table: Table, where: str, file: str, faults: Faults) -> TableSource:
    """The source with our fields for keys of columns, which may be headings in either language."""
    columns: dict[str, ColumnSource] = {}
    for name, column in source.columns.items():
        ours = table.by_field.get(name) or table.by_heading.get(flat_heading(name))
        key = f"{where}.columns.{name}"
        if ours is None:
            headings = {each.english: "" for each in table.columns} | {each.dutch: "" for each in table.columns}
            names = near(name, headings) or ", ".join(each.english for each in table.columns)
            faults.put(file, 0, key, faults.say("expected.column", names=names), name)
            continue
        if ours.field in columns:
            faults.put(file, 0, key, faults.say("expected.once"), name)
        ways = [bool(column.column), bool(column.columns), bool(column.constant), bool(column.numbered)]
        if sum(ways) != 1:
            faults.put(file, 0, key, text("import.expected.one_way", faults.language), str(sum(ways)))
        if column.unit and ours.form.name not in ("hours", "whole"):
            faults.put(file, 0, f"{key}.unit", text("import.expected.no_unit", faults.language), column.unit)
        if column.next_day and ours.form.name not in ("clock", "windows"):
            faults.put(file, 0, f"{key}.next_day", text("import.expected.no_next_day", faults.language), name)
        if column.split and any(each.split for each in columns.values()):
            faults.put(file, 0, f"{key}.split", text("import.expected.one_split", faults.language), column.split)
        columns[ours.field] = column
    return source.model_copy(update={"columns": columns})


def _check_formats(raw: Any, where: str, file: str, faults: Faults) -> None:
    """A fault for each format of dates and times that is none."""
    for key, value in raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ():
        place = f"{where}.{key}" if where else str(key)
        if key in ("date_format", "time_format") and isinstance(value, str):
            try:
                datetime.strptime(datetime(2026, 12, 7, 13, 30).strftime(value), value)
                known = "%" in value and not TWO_DIGITS.search(value)
            except ValueError:
                known = False
            if not known:
                faults.put(file, 0, place, text(f"import.expected.{key}", faults.language), value)
        else:
            _check_formats(value, place, file, faults)


def header_sections(mapping: Mapping) -> Lookup[str, Any]:
    """What the mapping says of ``instance.toml``, without empty sections."""
    return {name: getattr(mapping, name) for name in HEADER_SECTIONS if getattr(mapping, name)}
