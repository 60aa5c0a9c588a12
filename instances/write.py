"""An Instance as a folder of tables, written one way that Dutch spreadsheets open properly.

UTF-8 with BOM, semicolons, decimal commas, Dutch headings and words, ISO dates, CRLF. Equal instances give equal bytes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import tomlkit

from instances.bring import BRING
from instances.cells import MOMENT, ZONED
from instances.columns import Column, Table
from instances.files import write_whole
from instances.header import INSTANCE_FILE, SHARING_FILE
from instances.names import NAMES, Name
from instances.tables import TABLES
from instances.tables_duties import TravelRow
from optimiser.domain.card import Bring
from optimiser.domain.clock import Clock
from optimiser.domain.instance import Instance
from optimiser.domain.money import DEFAULTS
from optimiser.domain.noun import Noun


def write_instance(
    instance: Instance, folder: Path, names: dict[str, Name] | None = None, bring: Sequence[Bring] = ()
) -> None:
    """Write the tables of ``instance`` into ``folder`` (made when absent), with ``names`` also ``names.csv`` (mode 600)
    and with ``bring`` also ``bring.csv``.

    Tables without rows are not written, and taken away where an older one stands; other files are left alone.
    Raises ``OSError`` when the folder cannot be written.
    """
    write_whole(folder / INSTANCE_FILE, tomlkit.dumps(_header(instance)))
    for table in TABLES:
        rows = nouns_of(instance, table)
        path = folder / table.file_name
        if rows:
            write_whole(path, table_text(table, rows, instance.clock))
        else:
            path.unlink(missing_ok=True)
    if instance.contracts:
        contracts = {"contracts": [each.model_dump(exclude_defaults=True) for each in instance.contracts]}
        write_whole(folder / SHARING_FILE, tomlkit.dumps(contracts))
    else:
        (folder / SHARING_FILE).unlink(missing_ok=True)
    if names is not None:
        rows = [names[key] for key in sorted(names)]
        write_whole(folder / NAMES.file_name, table_text(NAMES, rows, instance.clock), private=True)
    if bring:
        write_whole(folder / BRING.file_name, table_text(BRING, bring, instance.clock))


def table_text(table: Table, rows: Iterable[Noun], clock: Clock) -> str:
    """The CSV text of a table, BOM included, with all its columns under their Dutch headings."""
    lines = ([_cell(column, row, clock) for column in table.columns] for row in rows)
    return csv_text([column.dutch for column in table.columns], lines)


def csv_text(headings: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    """CSV text the way all our files are written: BOM, semicolons, CRLF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(lines)
    return "\ufeff" + out.getvalue()


def _cell(column: Column, row: Noun, clock: Clock) -> str:
    value = getattr(row, column.field)
    if value is None or value == () or value == "":
        return ""
    return column.form.write(clock.moment_of(value) if column.form in (MOMENT, ZONED) else value)


def nouns_of(instance: Instance, table: Table) -> list[Noun]:
    """The rows of a table of the format."""
    rows = getattr(instance, table.field)
    if table.noun is not TravelRow:
        return list(rows)
    return [
        TravelRow(from_place=start, to_place=end, mode=mode, day_part=part or None, minutes=minutes, metres=metres)
        for start, end, mode, part, minutes, metres in rows
    ]


def _filled(noun: Noun) -> dict[str, Any]:
    return {key: value for key, value in noun.model_dump().items() if value is not None}


def _header(instance: Instance) -> dict[str, Any]:
    money = {"money": _filled(instance.money)} if instance.money != DEFAULTS else {}
    return {
        "instance": {"name": instance.name, "first_monday": instance.first_monday, "weeks": instance.weeks},
        "planning": _filled(instance.settings),
        "travel": _filled(instance.travel),
        "weights": _filled(instance.weights),
        **money,
        "provenance": instance.provenance,
        "organisations": [_filled(each) for each in instance.organisations],
    }
