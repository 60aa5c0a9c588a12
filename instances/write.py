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
from instances.cycles import own_rows
from instances.files import write_whole
from instances.header import INSTANCE_FILE, SHARING_FILE
from instances.names import NAMES, Name
from instances.tables import TABLES
from instances.tables_duties import TravelRow
from optimiser.domain.calls import ResponseSettings
from optimiser.domain.card import Bring
from optimiser.domain.clock import Clock
from optimiser.domain.duty import GivenDuty
from optimiser.domain.instance import Instance
from optimiser.domain.money import DEFAULTS
from optimiser.domain.noun import Noun
from optimiser.domain.objective import ObjectiveWeights

CALL_TERMS = ("late_calls", "call_travel")
USUAL = ObjectiveWeights().model_dump()


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
    """The CSV text of a table, BOM included, with its columns under their Dutch headings; newer ones only where some
    row uses them, so that tables made before are written as they stand."""
    rows = list(rows)
    columns = [each for each in table.columns if not each.newer or any(_used(each, row) for row in rows)]
    return csv_text([each.dutch for each in columns], ([_cell(each, row, clock) for each in columns] for row in rows))


def csv_text(headings: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    """CSV text the way all our files are written: BOM, semicolons, CRLF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(lines)
    return "\ufeff" + out.getvalue()


def _used(column: Column, row: Noun) -> bool:
    return bool(getattr(row, column.field) != type(row).model_fields[column.field].default)


def _cell(column: Column, row: Noun, clock: Clock) -> str:
    value = getattr(row, column.field)
    if value is None or value == () or value == "":
        return ""
    return column.form.write(clock.moment_of(value) if column.form in (MOMENT, ZONED) else value)


def nouns_of(instance: Instance, table: Table) -> list[Noun]:
    """The rows of a table of the format; of given duties those that the cycles do not give again."""
    rows = own_rows(instance) if table.noun is GivenDuty else getattr(instance, table.field)
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
    response = {"response": _filled(instance.response)} if instance.response != ResponseSettings() else {}
    weights = _filled(instance.weights)
    if not instance.call_sources:  # prices of what does not happen here
        weights = {key: value for key, value in weights.items() if key not in CALL_TERMS or value != USUAL[key]}
    return {
        "instance": {"name": instance.name, "first_monday": instance.first_monday, "weeks": instance.weeks},
        "planning": _filled(instance.settings),
        "travel": _filled(instance.travel),
        "weights": weights,
        **response,
        **money,
        "provenance": instance.provenance,
        "organisations": [_filled(each) for each in instance.organisations],
    }
