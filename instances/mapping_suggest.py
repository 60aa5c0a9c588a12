"""A first ``columns.toml`` for another system's export, by headings that are alike; a person reads it over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

import tomlkit

from instances.columns import Column, Table
from instances.import_grids import ENCODINGS, Grid, read_grids
from instances.sheets import Faults
from instances.template_sheets import SETTINGS, SHEETS, field_of_title, flat_title, sheet_title
from optimiser.errors import InputError
from optimiser.texts import LANGUAGES, Language, text

SYNONYMS: dict[str, tuple[str, ...]] = {
    "id": ("nr", "nummer", "number", "code", "personeelsnummer", "personeelsnr", "medewerkernummer", "staffno",
           "employeeno", "clientnummer", "clientnr", "clientno", "sleutel"),
    "contract_minutes": ("contract", "urenperweek", "hoursperweek", "weekuren", "dienstverband", "uren"),
    "born": ("geboortedatum", "dateofbirth", "birthdate", "geb", "geb.datum", "gebdatum"),
    "level": ("deskundigheid", "deskundigheidsniveau", "grade", "niv"),
    "nurse": ("personeelsnummer", "personeelsnr", "medewerkernummer", "employee", "staff", "staffno", "collega"),
    "client": ("clientnummer", "clientnr", "patient", "klant", "zorgvrager"),
    "skill": ("kwalificatie", "competentie", "diploma", "qualification"),
    "day": ("dag", "date"), "first": ("startdatum", "begindatum", "ingangsdatum", "startdate", "vanaf", "van"),
    "last": ("totenmet", "einddatum", "enddate", "t/m", "tm"),
    "from_time": ("begintijd", "starttijd", "start", "begin"),
    "until_time": ("eindtijd", "einde", "end"), "start": ("begintijd", "starttijd", "aanvang", "van", "vanaf"),
    "end": ("eindtijd", "tot"), "minutes": ("duur", "duration", "min"),
    "acts": ("handeling", "verrichting", "zorgactiviteit", "actie", "zorgsoort"),
    "postcode": ("postalcode", "zip", "pc"), "phone": ("mobiel", "mobile", "telefoonnummer", "tel"),
    "address": ("straat", "woonadres", "street"), "name": ("omschrijving", "fullname", "volledigenaam"),
    "organisation": ("werkgever", "afdeling", "team", "employer"), "mode": ("vervoermiddel", "transport"),
    "kind": ("dienstcode", "type", "reden"), "rhythm": ("frequentie", "frequency", "dagen"),
    "break_minutes": ("pauze", "break"), "category": ("dagsoort",),
}  # fmt: skip
"""Field -> what other systems call it, flat, the surest first; besides our two headings."""
TITLES: dict[str, tuple[str, ...]] = {
    "nurses": ("personeel", "personeelsleden", "staff", "employees", "zorgverleners", "teamleden"),
    "clients": ("patienten", "patients", "klanten", "zorgvragers"),
    "orders": ("zorg", "zorgplanning", "zorgplan", "zorgafspraken", "clientzorg", "care", "bezoeken", "indicaties",
               "careplan"),
    "shift_kinds": ("dienstsoorten", "dienstcodes", "shifts", "turns"),
    "acts": ("verrichtingen", "zorgactiviteiten", "procedures"),
    "availability": ("verlof", "afwezigheid", "leave", "absence"),
    "nurse_skills": ("competenties", "kwalificaties", "qualifications", "diplomas"),
}  # fmt: skip
"""Field -> what other systems call the sheet or file."""
ALIKE = 0.8
"""Headings at least so alike (0 to 1) are taken for the same."""
TITLE = 3.0
"""What a title that is alike counts for: more than all headings together."""
HEADER_ROWS = 15


@dataclass(frozen=True)
class _Guess:
    grid: Grid
    table: Table
    header_row: int
    columns: dict[str, str]
    rest: tuple[str, ...]
    score: float


def suggest_mapping(source: Path, language: Language = "nl") -> str:
    """The text of a mapping for ``source``: for each sheet the table that it is most like, the columns that are alike,
    the other headings under ``ignore``, and as a remark what is needed and was not found.

    Raises ``InputError`` when the source cannot be read. Cells below the headings are not looked at.
    """
    grids, encoding = _readable(source, language)
    content = tomlkit.document()
    content.add(tomlkit.comment(text("import.suggest.read_over", language)))
    if encoding != "utf-8":
        content["encoding"] = encoding
    settings = [grid.title for grid in grids if _field(grid) == SETTINGS]
    guesses = [guess for grid in grids if _field(grid) not in (SETTINGS, "explanation") for guess in _of_grid(grid)]
    used = {guess.grid.key for guess in guesses}
    if settings:
        content["settings_sheet"] = settings[0]
    if left := [grid.title for grid in grids if grid.key not in used and grid.title not in settings]:
        content["ignore_sheets"] = left
    if not settings:
        content.add("instance", _instance(language))
    content.add("tables", _tables(guesses, language))
    return tomlkit.dumps(content)


def _field(grid: Grid) -> str | None:
    return field_of_title(grid.sheet or Path(grid.file).stem)


def _readable(source: Path, language: Language) -> tuple[list[Grid], str]:
    """The grids in the first encoding in which all can be read."""
    first: Faults | None = None
    for encoding in ENCODINGS:
        faults = Faults(language)
        grids = [each for each in read_grids(source, encoding, faults) if not each.empty]
        if not faults:
            return grids, encoding
        first = first or faults
    raise InputError(first or [])


def _of_grid(grid: Grid) -> list[_Guess]:
    """The table that a grid is most like, with the names of people where it holds those too; none when neither its
    title nor two headings are alike."""
    row = max(range(1, min(HEADER_ROWS, len(grid.rows)) + 1), key=lambda each: (_filled(grid, each), -each))
    known = SHEETS.get(_field(grid) or "")
    guesses = [_guess(grid, table, row) for table in ([known] if known else SHEETS.values())]
    best = max(guesses, key=lambda each: each.score)
    if len(best.columns) < 2 and best.score < TITLE:
        return []
    names = _guess(grid, SHEETS["names"], row)
    if best.table.field not in ("nurses", "clients") or not {"id", "name"} <= names.columns.keys():
        return [best]
    taken = [heading for name, heading in names.columns.items() if name != "id"]
    return [replace(best, columns={name: each for name, each in best.columns.items() if each not in taken},
                    rest=tuple(dict.fromkeys([*best.rest, *taken]))), replace(names, rest=("*",))]  # fmt: skip


def _filled(grid: Grid, row: int) -> int:
    return sum(bool(cell) for cell in grid.rows[row - 1])


def _guess(grid: Grid, table: Table, row: int) -> _Guess:
    headings = [cell for cell in dict.fromkeys(grid.rows[row - 1]) if cell]
    pairs = sorted(
        ((*likeness, number, heading, column.field)
         for number, column in enumerate(table.columns) for heading in headings
         if (likeness := _likeness(heading, column))[0] >= ALIKE),
        # a number of a client is the row's own in few tables
        key=lambda each: (-each[0], each[4] == "id", each[2], each[1]),
    )  # fmt: skip
    found: dict[str, str] = {}
    for *_, heading, name in pairs:
        if name not in found and heading not in found.values():
            found[name] = heading
    needed = [each.field for each in table.columns if table.required(each)]
    share = sum(name in found for name in needed) / len(needed) if needed else 0.0
    called = flat_title(grid.sheet or Path(grid.file).stem)
    title = max(_alike(called, each) for each in _titles(table))
    score = len(found) / max(1, len(headings)) + share + (TITLE if title >= ALIKE else 0.0)
    rest = tuple(each for each in headings if each not in found.values())
    return _Guess(grid, table, row, found, rest, score)


def _titles(table: Table) -> Iterable[str]:
    ours = [flat_title(sheet_title(table.field, language)) for language in LANGUAGES]
    return [flat_title(table.file), *TITLES.get(table.field, ()), *ours]


def _likeness(heading: str, column: Column) -> tuple[float, int]:
    """How much a heading is like what a column may be called, from 0 to 1, and the place of that name: the lower the
    surer."""
    flat = flat_title(heading)
    names = [flat_title(each) for each in (column.dutch, column.english, *SYNONYMS.get(column.field, ()))]
    likeness = [1.0 if flat == each else 0.99 * _alike(flat, each) for each in names]
    return max(likeness), likeness.index(max(likeness))


@cache
def _alike(one: str, other: str) -> float:
    """Likeness of two words from 0 to 1; 0 where the cheap bounds are below ``ALIKE`` already."""
    matcher = SequenceMatcher(None, one, other)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE else 0.0


def _instance(language: Language) -> Any:
    section = tomlkit.table()
    section.add(tomlkit.comment(text("import.suggest.instance", language)))
    section.add(tomlkit.comment('name = "team"'))
    section.add(tomlkit.comment("first_monday = 2026-12-07"))
    section.add(tomlkit.comment("weeks = 1"))
    return section


def _tables(guesses: list[_Guess], language: Language) -> Any:
    tables = tomlkit.table(is_super_table=True)
    for field in dict.fromkeys(guess.table.field for guess in guesses):
        sources = tomlkit.aot()
        for guess in guesses:
            if guess.table.field == field:
                sources.append(_source(guess, language))
        tables.add(field, sources)
    return tables


def _source(guess: _Guess, language: Language) -> Any:
    source = tomlkit.table()
    if guess.grid.file:
        source["file"] = guess.grid.file
    if guess.grid.sheet:
        source["sheet"] = guess.grid.sheet
    if guess.header_row != 1:
        source["header_row"] = guess.header_row
    if guess.rest:
        source["ignore"] = list(guess.rest)
    columns = tomlkit.table()
    for name, heading in guess.columns.items():
        columns[name] = heading
    for each in guess.table.columns:
        if guess.table.required(each) and each.field not in guess.columns:
            columns.add(tomlkit.comment(text("import.suggest.needed", language, name=each.field, heading=each.dutch)))
    source["columns"] = columns
    return source
