"""``toegangscodes.csv``: which phrase opens whose cards. It goes to the manager apart from the cards."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

from instances.cells import ID, TEXT, Form
from instances.check_ids import once
from instances.columns import Table, column
from instances.header import ANY_MONDAY
from instances.names import Name
from instances.rows import build_rows
from instances.sheets import Faults, read_sheet
from instances.write import table_text
from optimiser.domain.clock import Clock
from optimiser.domain.noun import Id, Noun
from optimiser.errors import Fault, InputError
from optimiser.texts import Language, text

OTHERS = 0o077
"""What others than the owner may do with a file."""


class Phrase(Noun):
    """A row: a nurse, what she is called so that the manager knows whom to give it, and what she types."""

    nurse: Id
    name: str = ""
    phrase: str


def _read(cell: str) -> str:
    if not re.fullmatch(r"[bcdfghjkmnpqrstvwxz]{18}", re.sub(r"[\s-]", "", cell.lower())):
        raise ValueError("not a generated phrase")
    return cell


PHRASES = Table(
    "toegangscodes", "phrases", Phrase,
    "What each nurse types to open her locked cards. Secret: hand out each row to its nurse alone.",
    (
        column("nurse", "medewerker", ID, "Nurse."),
        column("name", "naam", TEXT, "Her name, for handing out; not read back."),
        column("phrase", "toegangscode", Form("phrase", _read, str), "Six groups of three letters."),
    ),
    key=("nurse",),
)  # fmt: skip


def phrases_csv(phrases: Mapping[str, str], names: Mapping[str, Name]) -> str:
    """The table as CSV text, a row for each nurse in the order of her id."""
    rows = (
        Phrase(nurse=nurse, name=names[nurse].name if nurse in names else "", phrase=phrases[nurse])
        for nurse in sorted(phrases)
    )
    return table_text(PHRASES, rows, Clock(ANY_MONDAY))


def read_phrases(path: Path, language: Language = "en") -> dict[str, str]:
    """Nurse -> phrase, as the table that ``phrases_csv`` made says. Raises ``InputError`` with all faults, in which no
    cell of the file is repeated, and where others may read it or put phrases of their own in it."""
    faults = Faults(language)
    if os.name == "posix" and path.is_file() and (mode := stat.S_IMODE(path.stat().st_mode)) & OTHERS:
        raise InputError([Fault(path.name, 0, "", text("input.expected.own_codes", language), f"{mode:o}")])
    sheet = read_sheet(path, PHRASES, faults)
    entries = build_rows(sheet, PHRASES, Clock(ANY_MONDAY), faults, file=path.name) if sheet is not None else []
    once((entry for entry in entries if entry.noun is not None), PHRASES.key, faults)
    if faults:
        raise InputError([Fault(each.file, each.row, each.column, each.expected, "…") for each in faults])
    return {entry.noun.nurse: entry.noun.phrase for entry in entries}


def apart_from(path: Path, folder: Path, language: Language = "en") -> None:
    """Raises ``InputError`` when the table would lie in the folder of the cards, or below it, also by way of a link:
    whoever is sent that folder would get the keys with the locks."""
    # a link in the folder is no way out of it: a file that is written takes the place of the link
    places = (path.resolve(), path.parent.resolve() / path.name)
    if any(each.is_relative_to(folder.resolve()) for each in places):
        raise InputError([Fault(path.name, 0, "", text("input.expected.apart", language), "…")])
