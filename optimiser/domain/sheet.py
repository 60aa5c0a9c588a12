"""A table for people to open in a spreadsheet, before it is a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

Cell = str | int | Decimal | None
"""What a cell holds; None is not known."""


@dataclass(frozen=True)
class SheetContent:
    """A sheet of a workbook: name, headings, forms of the columns, rows, and how many of the last rows are sums.

    Forms are ``words``, ``hours``, ``euros``, ``km``, ``whole``, ``date`` or ``moment``
    (``instances.export_book.NUMBERS``); any other form shows its cells as they are.
    """

    name: str
    headings: Sequence[str]
    forms: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    sums: int = 0
    notes: Sequence[str] = ()
    widths: Sequence[int] = ()
    """Of the first columns, in characters; the others are 13 wide."""
    dates: str = "yyyy-mm-dd"
    """How dates are shown."""
