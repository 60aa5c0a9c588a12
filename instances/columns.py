"""What a column and a table of the instance format are; the tables themselves are in ``instances.tables``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from instances.cells import Form
from optimiser.domain.noun import Noun


@dataclass(frozen=True)
class Column:
    """One column: the noun's field, its two headings, its form, one sentence of documentation.

    ``refers`` names the tables (or ``organisations``) that hold the ids of the cell. ``fillable`` columns may be empty
    although the noun needs a value: the reader knows how to fill them. ``newer`` columns are written only where some
    row uses them, so that tables made before stay as they stand.
    """

    field: str
    english: str
    dutch: str
    form: Form
    doc: str
    refers: tuple[str, ...] = ()
    fillable: bool = False
    newer: bool = False

    @property
    def headings(self) -> str:
        """Both headings, for messages about a column that is not there."""
        return self.english if self.english == self.dutch else f"{self.english} / {self.dutch}"


@dataclass(frozen=True)
class Table:
    """One CSV file: ``file`` without extension, the ``field`` of Instance, the noun of a row, and its columns.

    ``needed`` tables must be there with at least one row. ``key`` fields may not occur twice together.
    """

    file: str
    field: str
    noun: type[Noun]
    doc: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    needed: bool = False

    @property
    def file_name(self) -> str:
        """The name of the file in the folder."""
        return f"{self.file}.csv"

    @cached_property
    def by_heading(self) -> dict[str, Column]:
        """Normalised heading -> column, both languages."""
        return {flat_heading(each): column for column in self.columns for each in (column.english, column.dutch)}

    @cached_property
    def by_field(self) -> dict[str, Column]:
        """Field of the noun -> column."""
        return {column.field: column for column in self.columns}

    def required(self, column: Column) -> bool:
        """Whether the column must be there and filled: its field has no default and the reader cannot fill it."""
        return self.noun.model_fields[column.field].is_required() and not column.fillable


def flat_heading(heading: str) -> str:
    """A heading without case, spaces, dashes and underscores, so that ``Contract uren`` is ``contracturen``."""
    return re.sub(r"[\s_\-]+", "", heading).casefold()


def column(
    field: str, dutch: str, form: Form, doc: str, *, english: str = "", refers: Iterable[str] = (),
    fillable: bool = False, newer: bool = False,
) -> Column:
    """A column whose English heading is the field's name unless given."""
    return Column(field, english or field, dutch, form, doc, tuple(refers), fillable, newer)
