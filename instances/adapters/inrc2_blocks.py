"""A text file of INRC-II: headings, each with the records below it, and the fields that only this family has."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from instances.adapters.lines import Record, Section
from instances.sheets import Faults, read_text
from optimiser.texts import text

HEADING = re.compile(r"([A-Z_]+)\s*(?:=\s*(\S*))?")
PAIR = re.compile(r"\(([0-9]{1,6}),([0-9]{1,6})\)", re.ASCII)


class Blocks:
    """One file: ``heads[heading]`` is its line with what stands after ``=`` (or nothing), ``found[heading]`` are the
    records below it."""

    def __init__(self, path: Path, headings: Collection[str], faults: Faults) -> None:
        self.file, self.faults = path.name, faults
        self.heads: dict[str, Record] = {}
        self.found: dict[str, list[Record]] = {name: [] for name in headings}
        content = read_text(path, faults)
        if content is not None:
            self._read(content, headings)

    def _read(self, content: str, headings: Collection[str]) -> None:
        """Lines by heading; unknown, repeated and missing headings are faults."""
        current = ""
        before = len(self.faults)
        for number, line in enumerate(content.splitlines(), start=1):
            line = re.sub(r"\s*,\s*", ",", line.strip())
            head = HEADING.fullmatch(line)
            if not line:
                continue
            if head and head[1] in headings:
                current = head[1]
                if current in self.heads:
                    self.put(number, line, "inrc2_once_heading")
                self.heads[current] = Record(number, (head[2] or "",))
            elif not current:
                self.put(number, line, "inrc2_heading", names=", ".join(headings))
                return
            else:
                self.found[current].append(Record(number, tuple(line.split())))
        for name in headings:
            if name not in self.heads and len(self.faults) == before:
                self.put(0, "", "inrc2_this_heading", name=name)

    def put(self, line: int, got: str, expected: str, **values: object) -> None:
        """A fault of a whole line."""
        self.faults.put(self.file, line, "", text(f"bench.expected.{expected}", self.faults.language, **values), got)

    def section(self, *columns: str) -> Section:
        """A reader of records with these columns."""
        return Section(self.file, self.faults, columns)

    def counted(self, heading: str, *columns: str) -> list[Record]:
        """The records below a heading that says how many there are; a fault when there are more or fewer."""
        head, records = self.heads[heading], self.found[heading]
        number = self.section(heading).number(head, 0)
        if number is not None and number != len(records):
            self.put(head.line, str(len(records)), "inrc2_count", number=number, columns=", ".join(columns))
        return records

    def value(self, heading: str) -> Record:
        """What stands after ``=``, or alone below the heading."""
        head, below = self.heads[heading], self.found[heading]
        if len(below) > (not head.fields[0]):
            self.put(below[-1].line, " ".join(below[-1].fields), "inrc2_one_line", name=heading)
        return below[0] if below and not head.fields[0] else head


def pair(section: Section, record: Record, column: int) -> tuple[int, int]:
    """Two numbers in brackets, the first not above the second; (0, 0) with a fault when it is none."""
    match = PAIR.fullmatch(record.fields[column])
    if match and int(match[1]) <= int(match[2]):
        return int(match[1]), int(match[2])
    words = text("bench.expected.inrc2_pair", section.faults.language)
    name = section.columns[min(column, len(section.columns) - 1)]
    section.faults.put(section.file, record.line, name, words, record.fields[column])
    return 0, 0
