"""The mapping of a workbook whose sheets and headings are those of the template."""

from __future__ import annotations

from pathlib import Path

from instances.columns import flat_heading
from instances.import_grids import Grid
from instances.mapping import ColumnSource, Mapping, TableSource
from instances.sheets import Faults, near
from instances.template_sheets import SETTINGS, SHEETS, field_of_title, known_titles
from optimiser.errors import Fault
from optimiser.texts import LANGUAGES, text


def template_mapping(grids: list[Grid], faults: Faults) -> Mapping:
    """Each sheet by its title, each heading by itself. A sheet that is none of the template's is a fault, so that a
    title with a typing error is never ignored; a hidden one is left alone."""
    tables: dict[str, tuple[TableSource, ...]] = {}
    settings, ignored = "", []
    for grid in grids:
        field = field_of_title(grid.sheet or Path(grid.file).stem)
        if field in SHEETS:
            tables[field] = (*tables.get(field, ()), _source(grid, field))
        elif field == SETTINGS:
            settings = grid.title
        elif field is not None:
            ignored.append(grid.title)
        elif not grid.hidden:
            titles = [title for language in LANGUAGES for title in known_titles(language)]
            names = near(grid.title, titles) or ", ".join(known_titles(faults.language))
            expected = text("import.expected.sheet", faults.language, names=names)
            faults.append(Fault(grid.file, 0, "", expected, grid.title, grid.sheet))
    return Mapping(tables=tables, settings_sheet=settings, ignore_sheets=tuple(ignored))


def _source(grid: Grid, field: str) -> TableSource:
    table = SHEETS[field]
    known: dict[str, ColumnSource] = {}
    for heading in grid.rows[0] if grid.rows else []:
        column = table.by_heading.get(flat_heading(heading))
        if column is not None:
            known.setdefault(column.field, ColumnSource(column=heading))
    return TableSource(file=grid.file, sheet=grid.sheet, columns=known)
