"""An instance folder that plans with the travel times of its own table."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import tomlkit

from instances.files import write_whole
from instances.header import INSTANCE_FILE
from instances.tables_duties import TRAVEL, TravelRow
from instances.travel_rows import Row
from instances.write import table_text
from optimiser.domain.clock import Clock


def travel_csv(rows: Iterable[Row], clock: Clock) -> str:
    """The text of ``travel.csv`` with these rows of ``Instance.travel_table``."""
    nouns = (
        TravelRow(from_place=start, to_place=end, mode=mode, day_part=part or None, minutes=minutes, metres=metres)
        for start, end, mode, part, minutes, metres in rows
    )
    return table_text(TRAVEL, nouns, clock)


def write_with_table(source: Path, folder: Path, rows: Iterable[Row], clock: Clock, made_of: str) -> None:
    """Copy the instance in ``source`` to ``folder`` with ``rows`` as its ``travel.csv``, engine ``table``, and
    ``made_of`` as where they come from (``travel`` in ``[provenance]``). All else stays as written, comments too.

    ``folder`` may be ``source`` itself; otherwise it is not there yet. Raises ``OSError`` when it cannot be written.
    """
    if folder.resolve() != source.resolve():
        shutil.copytree(source, folder)
    write_whole(folder / TRAVEL.file_name, travel_csv(rows, clock))
    header = tomlkit.parse((folder / INSTANCE_FILE).read_text(encoding="utf-8-sig"))
    for section, key, value in (("travel", "engine", "table"), ("provenance", "travel", made_of)):
        if section not in header:
            header[section] = tomlkit.table()
        header[section][key] = value
    # last: until its table is there, the folder plans as before
    write_whole(folder / INSTANCE_FILE, tomlkit.dumps(header))
