"""What can be wrong with what a user gives: one type for one fault, one exception for all of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One fault in the input.

    ``row`` counts as the spreadsheet does (the heading is row 1); 0 means the whole file.
    Texts hold ids and headings, never a person's name or address. Of a workbook ``sheet`` is the sheet's title and
    ``file`` may be empty; ``cell`` is the cell's address (``D7``), of a workbook or of a table in text.
    """

    file: str
    row: int
    column: str
    expected: str
    got: str
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        where = [self.file] if self.file else []
        if self.sheet:
            where.append(f"sheet {self.sheet}")
        if self.cell:
            where.append(f"cell {self.cell} ({self.column})" if self.column else f"cell {self.cell}")
        else:
            where += [f"row {self.row}"] if self.row else []
            where += [f"column {self.column}"] if self.column else []
        return f"{', '.join(where)}: expected {self.expected}, got {shortened(self.got)}"


class InputError(Exception):
    """All faults of all files at once; the command line prints them and exits with 2."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: (fault.file, fault.sheet, fault))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def shortened(text: str, limit: int = 80) -> str:
    """``text`` on one line and at most ``limit`` characters, so that a huge cell cannot flood a screen."""
    flat = " ".join(text[: 4 * limit].split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
