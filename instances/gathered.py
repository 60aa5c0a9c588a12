"""All rows of all tables together, as the checks between tables see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from instances.header import ANY_MONDAY, Header
from instances.rows import Entry
from optimiser.domain.clock import Clock


@dataclass
class Gathered:
    """The header and the rows of each table, by the field of Instance."""

    header: Header
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    travel: tuple[tuple[str, str, str, str, int, int], ...] | None = None
    """The travel table where nothing is wrong with it; it then has no entries."""

    @property
    def first(self) -> date:
        """First day of the horizon."""
        return self.header.name.first_monday if self.header.name else ANY_MONDAY

    @property
    def days(self) -> int:
        """Length of the horizon in days."""
        return 7 * (self.header.name.weeks if self.header.name else 1)

    @property
    def last(self) -> date:
        """Last day of the horizon."""
        return self.first + timedelta(days=self.days - 1)

    @property
    def clock(self) -> Clock:
        """The calendar of the horizon."""
        return Clock(self.first)

    def good(self, table: str) -> list[Entry]:
        """The rows of a table that have a noun."""
        return [entry for entry in self.entries.get(table, []) if entry.noun is not None]

    def ids(self, table: str) -> set[str]:
        """The ids of all rows of a table, also of rows with a fault: a reference to those is no second fault."""
        if table == "organisations":
            return set(self.header.organisation_ids)
        return {entry.cells.get("id", "") for entry in self.entries.get(table, [])} - {""}
