"""``instance.toml`` from a sheet of settings, a sheet of organisations and the mapping; each key with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from instances.cells import Form
from instances.columns import flat_heading
from instances.import_grids import Grid
from instances.import_table import Found
from instances.mapping import Mapping, header_sections
from instances.rows import form_words
from instances.sheets import Faults
from instances.template_settings import PROVENANCE, provenance_value, setting_of
from optimiser.errors import Fault
from optimiser.texts import LANGUAGES, text


class Place(NamedTuple):
    """Where the value of a key stands, under which heading (or beside which key), and the text there."""

    grid: Grid
    row: int
    column: int
    heading: str
    text: str

    def fault(self, expected: str, got: str) -> Fault:
        """A fault about it."""
        return self.grid.fault(self.row, self.column, self.heading, expected, got)


@dataclass
class Said:
    """The content of ``instance.toml`` and where its keys stand."""

    content: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)


def said(grid: Grid | None, mapping: Mapping, organisations: Found | None, faults: Faults) -> Said:
    """All settings; what the sheet says goes before what the mapping says."""
    result = Said({name: _plain(section) for name, section in header_sections(mapping).items()})
    if grid is not None:
        _read_sheet(grid, result, faults)
    if organisations is not None and organisations.rows:
        rows = []
        for number, row in enumerate(organisations.rows, start=1):
            values = {}
            for name, cell in row.cells.items():
                result.places[f"organisations[{number}].{name}"] = Place(
                    row.grid, row.number, cell.column, cell.heading, cell.original
                )
                if cell.text:
                    place = result.places[f"organisations[{number}].{name}"]
                    values[name] = _read(organisations.table.by_field[name].form, cell.text, place, faults)
            rows.append(values)
        result.content["organisations"] = rows
    return result


def _plain(section: Any) -> Any:
    return [dict(each) for each in section] if isinstance(section, tuple) else dict(section)


def _read_sheet(grid: Grid, result: Said, faults: Faults) -> None:
    places = {}
    for part in ("key", "value"):
        names = {flat_heading(text(f"template.settings.{part}", language)) for language in LANGUAGES}
        row = grid.rows[0] if grid.rows else []
        found = [column for column, heading in enumerate(row, start=1) if flat_heading(heading) in names]
        if len(found) != 1:
            heading = text(f"template.settings.{part}", faults.language)
            faults.append(grid.fault(1, 0, heading, faults.say("expected.present"), faults.say("got.missing")))
            return
        places[part] = found[0]
    for number in range(2, len(grid.rows) + 1):
        key, cell = grid.cell(number, places["key"]), grid.cell(number, places["value"])
        trouble = grid.trouble(number, places["value"])
        if trouble:
            expected = text(f"import.expected.{trouble}", faults.language)
            got = cell or text(f"import.got.{trouble}", faults.language)
            faults.append(grid.fault(number, places["value"], key, expected, got))
        elif key and cell:
            _set(key, cell, grid, number, places, result, faults)
        elif cell:
            faults.append(grid.fault(number, places["key"], "", faults.say("expected.known_key"),
                                     faults.say("got.empty")))


def _set(
    key: str, cell: str, grid: Grid, number: int, places: dict[str, int], result: Said, faults: Faults
) -> None:
    section, *names = key.split(".")
    setting = setting_of(key)
    if (setting is None and section != PROVENANCE) or not names or not all(names):
        faults.append(grid.fault(number, places["key"], "", faults.say("expected.known_key"), key))
        return
    if key in result.places:
        faults.append(grid.fault(number, places["key"], "", faults.say("expected.once"), key))
        return
    place = result.places[key] = Place(grid, number, places["value"], key, cell)
    table = result.content.setdefault(section, {})
    for name in names[:-1]:
        inner = table.setdefault(name, {})
        table = inner if isinstance(inner, dict) else table
    table[names[-1]] = provenance_value(cell) if setting is None else _read(setting.form, cell, place, faults)


def _read(form: Form, cell: str, place: Place, faults: Faults) -> Any:
    """The value of a cell; with a fault its text where it is none, so that the key is not missing as well."""
    try:
        return form.read(cell)
    except (ValueError, OverflowError):
        faults.append(place.fault(form_words(form, faults), place.text))
        return cell


def placed(fault: Fault, result: Said, empty: str) -> Fault | None:
    """A fault of ``instance.toml`` at the cell that its key came from; None when it came from no cell."""
    place = result.places.get(fault.column)
    return place.fault(fault.expected, place.text or empty) if place else None
