"""The hundreds of thousands of rows of a travel table, read at once where nothing is wrong with them."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable
from pathlib import Path

from instances.columns import flat_heading
from instances.sheets import MAX_BYTES
from instances.tables_duties import TRAVEL

Row = tuple[str, str, str, str, int, int]
DIGITS = 9
"""Of a number of minutes or metres; longer ones are read by the reader of all tables."""


def quick_travel(path: Path, places: Collection[str]) -> tuple[Row, ...] | None:
    """The rows of ``travel.csv`` as ``Instance.travel_table`` holds them, or None when anything in it is not plain:
    the reader of all tables then reads it row by row, and says what is wrong. ``places``: the ids that rows may name.
    """
    try:
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            return None
        content = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
    heading = content.split("\n", 1)[0]
    records = csv.reader(io.StringIO(content, newline=""), delimiter=";" if ";" in heading else ",", strict=True)
    columns = [TRAVEL.by_heading.get(flat_heading(cell)) for cell in next(records, [])]
    if [column.field if column else "" for column in columns] != [column.field for column in TRAVEL.columns]:
        return None
    try:
        return _rows(records, {each: each for each in places})
    except (csv.Error, KeyError, ValueError):
        return None


def _rows(records: Iterable[list[str]], ids: dict[str, str]) -> tuple[Row, ...]:
    """Raises ``KeyError`` on a word that is none of ours and ``ValueError`` on all else that is not plain."""
    modes, parts = (_words(field) for field in ("mode", "day_part"))
    rows: dict[tuple[str, str, str, str], Row] = {}
    count = 0
    for start, end, mode, part, minutes, metres in records:
        if not (minutes + metres).isascii() or not minutes.isdigit() or not metres.isdigit():
            raise ValueError
        if max(len(minutes), len(metres)) > DIGITS:
            raise ValueError
        # one string for each id, however many rows name it
        key = ids[start], ids[end], modes[mode], parts[part] if part else ""
        rows[key] = (*key, int(minutes), int(metres))
        count += 1
    if count != len(rows):
        raise ValueError
    return tuple(rows.values())


def _words(field: str) -> dict[str, str]:
    words = TRAVEL.by_field[field].form.words
    return {each: english for english, dutch in words.items() for each in (english, dutch)}
