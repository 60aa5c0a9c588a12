"""The sheets of the template workbook: which there are, in which order, under which titles; made from the tables."""

from __future__ import annotations

import unicodedata
from functools import cache

from instances.bring import BRING
from instances.cells import ID, TEXT, WHOLE, choice
from instances.columns import Column, Table, column, flat_heading
from instances.names import NAMES
from instances.tables import TABLES
from optimiser.domain.instance import Organisation
from optimiser.texts import LANGUAGES, Language, text

HOME_LEGS = choice(outside="buiten", inside="binnen", above="boven")
ORGANISATIONS = Table(
    "organisations", "organisations", Organisation, "The care organisations; `[[organisations]]` of `instance.toml`.",
    (
        column("id", "id", ID, "Id."),
        column("name", "naam", TEXT, "Name."),
        column("home_legs", "reistijd_van_huis", HOME_LEGS, "Travel from and to home."),
        column("home_leg_limit", "grens_minuten", WHOLE, "For `above`: minutes of a leg that are outside."),
    ),
    key=("id",), needed=True,
)  # fmt: skip
"""No file of the format: a sheet of what ``instance.toml`` says about organisations."""

_ALL = {table.field: table for table in (ORGANISATIONS, *TABLES, NAMES, BRING)}
_FIRST = (
    "organisations", "nurses", "names", "nurse_skills", "availability", "wishes", "clients", "client_nurses", "acts",
    "orders", "edited_visits", "links", "tasks", "shift_kinds", "cover", "duties_given", "cycles", "context",
    "overrides", "areas", "call_types", "call_hours", "call_sources", "counters", "past_visits", "bring", "places",
    "districts", "travel_table",
)  # fmt: skip
SHEETS: dict[str, Table] = {field: _ALL[field] for field in (*_FIRST, *(each for each in _ALL if each not in _FIRST))}
"""Field -> table, as a manager reads them: people, care, duties, and last what is technical."""
SETTINGS = "settings"
"""What stands for the sheet of settings where a field is asked."""


def sheet_title(field: str, language: Language) -> str:
    """The title of the sheet of a table, or of ``settings`` or ``explanation``."""
    return text(f"template.sheet.{field}", language)


def field_of_title(title: str) -> str | None:
    """The field that a sheet or file (without extension) is about, by a title, the name of our file or the field
    itself, in any language and case; None when unknown."""
    return _titles().get(flat_title(title))


def flat_title(title: str) -> str:
    """A title without case, spaces, dashes and accents."""
    plain = unicodedata.normalize("NFKD", title)
    return flat_heading("".join(each for each in plain if not unicodedata.combining(each)))


@cache
def _titles() -> dict[str, str]:
    found = {flat_title(name): field for field, table in SHEETS.items() for name in (field, table.file)}
    for field in (*SHEETS, SETTINGS, "explanation"):
        found |= {flat_title(sheet_title(field, language)): field for language in LANGUAGES}
    return found


def known_titles(language: Language) -> list[str]:
    """The titles of all sheets that may hold something."""
    return [sheet_title(field, language) for field in (SETTINGS, *SHEETS)]


def heading(each: Column, language: Language) -> str:
    """The heading of a column."""
    return each.dutch if language == "nl" else each.english


def column_doc(field: str, each: Column, language: Language) -> str:
    """The sentence about a column."""
    return text(f"template.doc.{field}.{each.field}", language)
