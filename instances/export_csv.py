"""The format ``csv``: tables for a planning system and the salary office, in the dialect of all our tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from instances.cells import harmless
from instances.export_material import ExportMaterial, Files
from instances.hours import hours_csv
from instances.rosters import duties_csv
from instances.write import csv_text
from optimiser.domain.exported import ExportedOpen, ExportedStop
from optimiser.texts import Language, text

STOPS = (
    "nurse", "day", "duty", "segment", "order", "what", "id", "part", "client", "place", "arrival", "start", "end",
    "travel_minutes", "travel_metres",
)  # fmt: skip
OPEN = (
    "what", "id", "client", "day", "start", "end", "minutes", "missing", "must", "standby", "skills", "organisations",
    "area", "reason",
)  # fmt: skip


def csv_files(material: ExportMaterial) -> Files:
    """``duties.csv`` (as ``read_duties`` reads it, with moments), ``hours.csv``, ``stops.csv`` and ``open.csv``."""
    content, language = material.content, material.language
    return {
        "duties.csv": duties_csv(material.plan, material.instance, timed=True),
        "hours.csv": hours_csv(*material.pay),
        "stops.csv": csv_text(_headings(STOPS, language), _rows(STOPS, content.stops, language)),
        "open.csv": csv_text(_headings(OPEN, language), _rows(OPEN, content.open, language)),
    }


def _headings(fields: tuple[str, ...], language: Language) -> list[str]:
    return [text(f"export.field.{field}", language) for field in fields]


def _rows(
    fields: tuple[str, ...], nouns: tuple[ExportedStop, ...] | tuple[ExportedOpen, ...], language: Language
) -> Iterator[list[str]]:
    for noun in nouns:
        yield [_cell(field, getattr(noun, field), language) for field in fields]


def _cell(field: str, value: object, language: Language) -> str:
    """Moments as ISO 8601 with offset; lists with spaces; words in the language; the text of tables made harmless."""
    if value is None:
        return ""
    if field == "what":
        return text(f"export.what.{value}", language)
    if isinstance(value, bool):
        return text("export.yes" if value else "export.no", language)
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return harmless(" ".join(value) if isinstance(value, tuple) else str(value))
