"""A workbook, or another system's export with a mapping, as an instance folder: all of it, or nothing and all faults.

The tables are written and read by the reader of instances before they are kept, so that what it refuses never stays.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomlkit

from instances.bring import BRING, read_bring
from instances.files import write_whole
from instances.header import INSTANCE_FILE
from instances.import_grids import Grid, read_grids
from instances.import_settings import Said, said
from instances.import_table import Found, find_rows, grid_of, titled
from instances.import_where import Where
from instances.mapping import ColumnSource, Mapping, TableSource
from instances.mapping_template import template_mapping
from instances.names import NAMES, Name, may_be_named, read_names
from instances.oddities import instance_warnings
from instances.read import read_instance
from instances.sheets import Faults
from instances.template_sheets import ORGANISATIONS, SHEETS, flat_title, sheet_title
from instances.write import csv_text, write_instance
from optimiser.domain.card import Bring
from optimiser.domain.instance import Instance
from optimiser.errors import Fault, InputError
from optimiser.texts import Language, text

__all__ = ["ColumnSource", "Imported", "Mapping", "TableSource", "import_instance"]

PERSONAL = re.compile("naam|name|adres|address|telef|phone|mobi", re.IGNORECASE)
"""A heading of what tells who somebody is."""


@dataclass(frozen=True)
class Imported:
    """What came in: the instance, rows per table by the title of its sheet, and what is strange but no fault."""

    instance: Instance
    counts: dict[str, int]
    warnings: tuple[str, ...]


@dataclass
class _Read:
    """What the tables say when they are read back."""

    instance: Instance | None = None
    names: dict[str, Name] = field(default_factory=dict)
    bring: tuple[Bring, ...] = ()


def import_instance(source: Path, mapping: Mapping | None, out: Path, language: Language = "nl") -> Imported:
    """Read ``source`` (an xlsx file, a table in text, or a folder of these) and write the instance folder ``out``.

    Without a ``mapping`` the sheets and headings must be those of the template, in either language. Raises
    ``InputError`` with all faults, each at its sheet and cell, and then leaves nothing behind; ``OSError`` when ``out``
    cannot be written.
    """
    faults = Faults(language)
    if os.path.lexists(out) and (not out.is_dir() or any(out.iterdir())):
        faults.put(out.name, 0, "", text("import.expected.empty", language), text("import.got.full", language))
        raise InputError(faults)
    grids = [each for each in read_grids(source, mapping.encoding if mapping else "utf-8", faults) if not each.empty]
    if faults:
        raise InputError(faults)
    used = mapping or template_mapping(grids, faults)
    secret = _secret(used, grids)
    found, header = _gather(used, grids, secret, faults)
    where = Where(found, header, used.file, secret, faults)
    with tempfile.TemporaryDirectory() as folder:
        read = _read_back(Path(folder), found, header, where, faults)
    if faults or read.instance is None:
        raise InputError(_first_of_each_cell(faults))
    _keep(read.instance, read, out)
    counts = {sheet_title(name, language): len(each.rows) for name, each in found.items() if each.rows}
    warnings = [*_left(grids, found, used, language), *_of_nobody(found, read.instance, language),
                *instance_warnings(read.instance, language)]  # fmt: skip
    return Imported(read.instance, counts, tuple(warnings))


def _gather(
    mapping: Mapping, grids: list[Grid], secret: set[tuple[str, str]], faults: Faults
) -> tuple[dict[str, Found], Said]:
    found = {
        name: find_rows(SHEETS[name], sources, mapping, grids, secret, faults)
        for name, sources in mapping.tables.items()
    }
    grid = titled(mapping.settings_sheet, grids) if mapping.settings_sheet else None
    if mapping.settings_sheet and grid is None:
        names = ", ".join(each.title for each in grids)
        expected = text("import.expected.sheet", faults.language, names=names)
        faults.put(mapping.file, 0, "settings_sheet", expected, mapping.settings_sheet)
    return found, said(grid, mapping, found.get("organisations"), faults)


def _secret(mapping: Mapping, grids: list[Grid]) -> set[tuple[str, str]]:
    """The grids that hold names of people, mapped or not: of these no cell is repeated in a message."""
    found = set()
    for table in (NAMES.field, "nurses", "clients"):
        for source in mapping.tables.get(table, ()):
            grid = grid_of(source.sheet, source.file, grids)
            headings = grid.rows[source.header_row - 1 : source.header_row] if grid else []
            if grid and (table == NAMES.field or any(PERSONAL.search(cell) for row in headings for cell in row)):
                found.add(grid.key)
    return found


def _read_back(
    folder: Path, found: dict[str, Found], header: Said, where: Where, faults: Faults
) -> _Read:
    """Write the tables into a folder of our own and read them; faults are added at the places they came from."""
    write_whole(folder / INSTANCE_FILE, tomlkit.dumps(header.content))
    for each in found.values():
        if each.fields and each.table is not ORGANISATIONS:
            content = csv_text(
                [each.table.by_field[name].dutch for name in each.fields],
                ([row.cells[name].text if name in row.cells else "" for name in each.fields] for row in each.rows),
            )
            write_whole(folder / each.table.file_name, content, private=each.table is NAMES)
    read, language = _Read(), faults.language

    def attempt(action: Callable[[], Any]) -> Any:
        try:
            return action()
        except InputError as error:
            faults.extend(told for fault in error.faults if (told := where.of(fault)) is not None)
            return None

    read.instance = attempt(lambda: read_instance(folder, language))
    read.names = attempt(lambda: read_names(folder, language)) or {}
    if read.instance is not None and (folder / BRING.file_name).exists():
        instance = read.instance
        read.bring = attempt(lambda: read_bring(folder, instance, language)) or ()
    return read


def _first_of_each_cell(faults: Faults) -> list[Fault]:
    """The faults, for each cell only the first: what follows from a cell that cannot be read is no news."""
    seen: dict[tuple[str, str, str], Fault] = {}
    rest = []
    for fault in dict.fromkeys(faults):
        if fault.cell:
            seen.setdefault((fault.file, fault.sheet, fault.cell), fault)
        else:
            rest.append(fault)
    return [*seen.values(), *rest]


def _keep(instance: Instance, read: _Read, out: Path) -> None:
    """Write the folder beside its place and move it there whole."""
    out.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        write_instance(instance, staging / out.name, read.names or None, read.bring)
        if out.exists():
            out.rmdir()
        os.replace(staging / out.name, out)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _of_nobody(found: dict[str, Found], instance: Instance, language: Language) -> list[str]:
    """A sentence about the rows with a name whose id is nobody's, most often a typing error; no cell is repeated."""
    known, names = may_be_named(instance), found.get(NAMES.field)
    rows = [each for each in names.rows if each.cells["id"].text not in known] if names else []
    if not rows:
        return []
    shown = ", ".join(str(each.number) for each in rows[:10]) + (", …" if len(rows) > 10 else "")
    return [text("import.warning.of_nobody", language, sheet=rows[0].grid.title, count=len(rows), rows=shown)]


def _left(grids: list[Grid], found: dict[str, Found], mapping: Mapping, language: Language) -> list[str]:
    """Sentences about sheets that were not read, and about hidden ones that were."""
    used = {grid.key for each in found.values() for grid, _ in each.grids}
    ignored = {flat_title(each) for each in (*mapping.ignore_sheets, mapping.settings_sheet)}
    sentences = []
    for grid in grids:
        if grid.key in used:
            if grid.hidden:
                sentences.append(text("import.warning.hidden", language, sheet=grid.title))
        elif not ignored & {flat_title(grid.title), flat_title(Path(grid.title).stem)}:
            sentences.append(text("import.warning.not_read", language, sheet=grid.title))
    return sentences
