"""``names.csv``: who people are. Read for pages and cards only; never by the engine, the check or a log."""

from __future__ import annotations

from pathlib import Path

from instances.cells import ID, TEXT
from instances.check_ids import once
from instances.columns import Table, column
from instances.header import ANY_MONDAY
from instances.rows import read_rows
from instances.sheets import Faults
from optimiser.domain.clock import Clock
from optimiser.domain.instance import Instance
from optimiser.domain.noun import Id, Noun
from optimiser.errors import Fault, InputError
from optimiser.texts import Language


class Name(Noun):
    """What a nurse or client is called and how to reach her; ``id`` is hers in the other tables.

    An organisation and a place such as a pharmacy or a depot may have a row too, for cards.
    """

    id: Id
    name: str
    address: str = ""
    phone: str = ""
    notes: str = ""
    key_box: str = ""
    parking: str = ""
    safety: str = ""


NAMES = Table(
    "names", "names", Name,
    "Names and addresses, for pages and cards only. The planner works without this file.",
    (
        column("id", "id", ID, "A nurse, a client, an organisation, or a place where things are fetched."),
        column("name", "naam", TEXT, "Name."),
        column("address", "adres", TEXT, "Street and number, postcode, town."),
        column("phone", "telefoon", TEXT, "Telephone number."),
        column("notes", "bijzonderheden", TEXT, "What a nurse at the door must know; on locked cards only, as it may "
               "tell how to get in."),
        column("key_box", "sleutelkluis", TEXT, "Code of the key box; on locked cards only."),
        column("parking", "parkeren", TEXT, "Where to leave the car or bicycle."),
        column("safety", "veiligheid", TEXT, "What to watch for: a dog, a smoker, a dark path."),
    ),
    key=("id",),
)


def may_be_named(instance: Instance) -> set[str]:
    """The ids that a row of ``names.csv`` may have: nurses, clients, organisations, and places that are no homes."""
    places = {each.id for each in instance.places if each.kind not in ("home", "client")}
    return {*instance.nurse_by_id, *instance.client_by_id, *instance.organisation_by_id, *places}


def read_names(folder: Path, language: Language = "en") -> dict[str, Name]:
    """Id -> name, from ``names.csv`` in ``folder``; empty when there is none. Raises ``InputError`` with all faults,
    in which no cell of the file is repeated."""
    faults = Faults(language)
    entries = read_rows(folder, NAMES, Clock(ANY_MONDAY), faults)
    once((entry for entry in entries if entry.noun is not None), NAMES.key, faults)
    if faults:
        raise InputError([Fault(each.file, each.row, each.column, each.expected, "…") for each in faults])
    return {entry.noun.id: entry.noun for entry in entries}
