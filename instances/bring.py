"""``bring.csv``: what to bring to an act or an order, and where it is fetched. Read for cards only."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from instances.cells import ID, TEXT
from instances.check_ids import once
from instances.columns import Table, column
from instances.header import ANY_MONDAY
from instances.rows import Entry, read_rows
from instances.sheets import Faults, near
from optimiser.domain.card import Bring
from optimiser.domain.clock import Clock
from optimiser.domain.instance import Instance
from optimiser.errors import InputError
from optimiser.texts import Language

BRING = Table(
    "bring", "bring", Bring,
    "What to bring, for cards only; the planner works without this file. An act may have several rows.",
    (
        column("work", "werk", ID, "An act (for everyone who gets it) or an order (for one client).",
               refers=("acts", "orders")),
        column("items", "meenemen", TEXT, "What to bring, in words."),
        column("fetch", "ophalen_bij", ID, "Where it is fetched: nobody's home. Empty: the team has it, or it lies "
               "at the client's.", refers=("places",)),
    ),
    key=("work", "items"),
)  # fmt: skip


def read_bring(folder: Path, instance: Instance, language: Language = "en") -> tuple[Bring, ...]:
    """The rows of ``bring.csv`` in ``folder``; empty when there is none. Raises ``InputError`` with all faults: unknown
    acts, orders and places, places that are somebody's home, rows that stand twice. Only ids are repeated in them."""
    faults = Faults(language)
    entries = read_rows(folder, BRING, Clock(ANY_MONDAY), faults)
    good = [entry for entry in entries if entry.noun is not None]
    once(good, BRING.key, faults)
    # a cell may tell of somebody's care, and is not repeated
    hidden = [replace(each, got="…") if each.row > 1 else each for each in faults]
    unknown = Faults(language)
    work = {each.id for each in instance.acts} | {each.id for each in instance.orders}
    # what lies at one client's home must not stand on the card of another
    places = {each.id for each in instance.places if each.kind not in ("home", "client")}
    for entry in good:
        _known(entry, "work", work, unknown)
        if entry.noun.fetch is not None:
            _known(entry, "fetch", places, unknown)
    if hidden or unknown:
        raise InputError(list(dict.fromkeys([*hidden, *unknown])))
    return tuple(entry.noun for entry in good)


def _known(entry: Entry, field: str, ids: set[str], faults: Faults) -> None:
    value = getattr(entry.noun, field)
    if value in ids:
        return
    expected = faults.say("expected.reference", tables=", ".join(BRING.by_field[field].refers))
    if meant := near(value, ids):
        expected = faults.say("expected.near", expected=expected, near=meant)
    entry.fault(faults, field, expected, value)
