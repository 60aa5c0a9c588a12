"""The formats of ``samenrooster export``: what each makes, a file or a folder, and what may be asked of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from instances.export_csv import csv_files
from instances.export_geojson import geojson_files
from instances.export_ics import calendar_files
from instances.export_json import json_files
from instances.export_material import ExportMaterial, Files
from instances.export_xlsx import roster_book


@dataclass(frozen=True)
class ExportFormat:
    """``suffix`` of the one file, empty for a folder; ``takes`` names the options that mean something to it."""

    suffix: str
    takes: frozenset[str]
    make: Callable[[ExportMaterial], Files]


EXPORTS = {
    "xlsx": ExportFormat(".xlsx", frozenset({"names"}), roster_book),
    "ics": ExportFormat("", frozenset({"nurse", "from"}), calendar_files),
    "geojson": ExportFormat(".geojson", frozenset({"nurse", "date", "roads"}), geojson_files),
    "json": ExportFormat(".json", frozenset({"nurse", "date", "from"}), json_files),
    "csv": ExportFormat("", frozenset(), csv_files),
}
"""Name of the format -> what it is; the order in which help shows them."""


def export_files(kind: str, material: ExportMaterial) -> Files:
    """The files of one format: path below ``--out`` -> content; the path is empty for the one file itself.

    Equal material gives equal bytes. Raises ``KeyError`` on an unknown format.
    """
    return EXPORTS[kind].make(material)
