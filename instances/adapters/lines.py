"""A text file of sections with comma-separated records, and reading its fields one by one with every fault kept."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from instances.sheets import Faults
from optimiser.texts import text

NUMBER = re.compile(r"-?[0-9]{1,10}", re.ASCII)
"""Instance 15 writes -0."""
SMALLEST, LARGEST = 0, 10**9
"""Numbers outside cannot be meant."""


@dataclass(frozen=True)
class Record:
    """The fields of one line of a section, stripped. ``line`` counts from 1."""

    line: int
    fields: tuple[str, ...]


class Section:
    """Reads the records of a section: each method adds a fault and gives None for a field that is not as expected."""

    def __init__(self, file: str, faults: Faults, columns: Sequence[str]) -> None:
        self.file, self.faults, self.columns = file, faults, columns

    def put(self, record: Record, column: int, expected: str, **values: object) -> None:
        """A fault in a field."""
        words = text(f"bench.expected.{expected}", self.faults.language, **values)
        self.faults.put(self.file, record.line, self.columns[column], words, record.fields[column])

    def whole(self, record: Record, more: bool = False) -> bool:
        """Whether the record has one field for each column, or ``more`` of the last."""
        count, wanted = len(record.fields), len(self.columns)
        if count == wanted or (more and count > wanted):
            return True
        words = text("bench.expected.fields", self.faults.language, columns=", ".join(self.columns))
        self.faults.put(self.file, record.line, "", words, ",".join(record.fields))
        return False

    def number(self, record: Record, column: int, low: int = SMALLEST, high: int = LARGEST) -> int | None:
        """A whole number from ``low`` to ``high``."""
        return self.parsed(record, column, record.fields[column], low, high)

    def parsed(self, record: Record, column: int, cell: str, low: int, high: int) -> int | None:
        """``cell``, a part of a field, as a whole number from ``low`` to ``high``."""
        if NUMBER.fullmatch(cell) and low <= int(cell) <= high:
            return int(cell)
        self.put(record, column, "number", low=low, high=high)
        return None

    def known(self, record: Record, column: int, names: dict[str, int], what: str) -> int | None:
        """The number of an id that an earlier section gave."""
        if record.fields[column] in names:
            return names[record.fields[column]]
        self.put(record, column, what)
        return None

    def fresh(self, record: Record, names: Collection[str]) -> bool:
        """Whether the id in the first field is one, and not used before."""
        name = record.fields[0]
        if name and name not in names and name.isprintable() and not set(name) & set(" ,|=") and len(name) <= 60:
            return True
        self.put(record, 0, "fresh_id")
        return False


def sections(content: str, file: str, names: Collection[str], faults: Faults) -> dict[str, list[Record]]:
    """Section -> records; comments and empty lines go. Faults for unknown, repeated and missing sections."""
    found: dict[str, list[Record]] = {}
    current: list[Record] = []
    for number, line in enumerate(content.splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("SECTION_"):
            current = []
            if line not in names or line in found:
                words = text("bench.expected.section", faults.language, names=", ".join(names))
                faults.put(file, number, "", words, line)
            else:
                found[line] = current
        elif not found:
            faults.put(file, number, "", text("bench.expected.heading", faults.language), line)
            break
        else:
            current.append(Record(number, tuple(cell.strip() for cell in line.split(","))))
    for name in names:
        if name not in found and not faults:
            faults.put(file, 0, "", text("bench.expected.this_section", faults.language, name=name), "")
    return found
