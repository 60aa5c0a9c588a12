"""Ids: each once, and every reference to one that is there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from instances.gathered import Gathered
from instances.rows import Entry
from instances.sheets import Faults, near
from instances.tables import TABLE_OF, TABLES

_VISIT = re.compile(r"(.+)/(\d{4}-\d{2}-\d{2})/(\d+)")
SHARED_NAMES = (("nurses", "clients"), ("orders", "tasks", "edited_visits"))
"""Tables whose ids may not be equal: names.csv knows nurses and clients by id, links know all work by id."""


def check_ids(all_rows: Gathered, faults: Faults) -> None:
    """Faults for ids and keys that stand twice, in one table or in two that share their names."""
    for table in TABLES:
        if table.key:
            once(all_rows.good(table.field), table.key, faults)
    _files_apart(all_rows.good("nurses"), faults)
    for names in SHARED_NAMES:
        seen: dict[str, str] = {}
        for name in names:
            for entry in all_rows.good(name):
                if seen.setdefault(entry.noun.id, name) != name:
                    _twice(entry, ("id",), f"{TABLE_OF[seen[entry.noun.id]].file_name}: {entry.noun.id}", faults)


def check_given(all_rows: Gathered, faults: Faults) -> None:
    """A fault for a second fixed duty, or a second entry, of a nurse in one lane of a day: a plan holds only one."""
    lanes = {entry.noun.id: entry.noun.lane for entry in all_rows.good("shift_kinds")}
    seen: dict[tuple[Any, ...], int] = {}
    for entry in all_rows.good("duties_given"):
        row = entry.noun
        cell = (row.nurse, row.day, lanes.get(row.kind, row.kind), row.status in ("published", "base"))
        if cell in seen:
            got = f"{row.nurse} {row.day} ({faults.say('row', row=seen[cell])})"
            entry.fault(faults, "kind", faults.say("expected.one_duty"), got)
        seen.setdefault(cell, entry.row)


def once(entries: Iterable[Entry], key: tuple[str, ...], faults: Faults) -> None:
    """A fault for each row whose ``key`` fields are together equal to those of a row before it."""
    seen: dict[tuple[Any, ...], int] = {}
    for entry in entries:
        values = tuple(getattr(entry.noun, field) for field in key)
        if values in seen:
            got = " ".join(str(value) for value in values if value is not None)
            _twice(entry, key, f"{got} ({faults.say('row', row=seen[values])})", faults)
        seen.setdefault(values, entry.row)


def _files_apart(nurses: Iterable[Entry], faults: Faults) -> None:
    """A fault for an id that differs from another in capitals only: on Windows and Mac one nurse's card would take the
    place of the other's, under her name."""
    seen: dict[str, Entry] = {}
    for entry in nurses:
        first = seen.setdefault(entry.noun.id.casefold(), entry)
        if first.noun.id != entry.noun.id:
            got = f"{entry.noun.id}, {first.noun.id} ({faults.say('row', row=first.row)})"
            entry.fault(faults, "id", faults.say("expected.not_in_capitals"), got)


def _twice(entry: Entry, key: tuple[str, ...], got: str, faults: Faults) -> None:
    entry.fault(faults, key[0], faults.say("expected.unique"), got)


def check_references(all_rows: Gathered, faults: Faults) -> None:
    """Faults for ids that no row has, with the id that was probably meant; none about tables that are broken."""
    broken = broken_tables(all_rows, faults)
    known = {name: all_rows.ids(name) for name in (*TABLE_OF, "organisations")}
    for table in TABLES:
        for column in table.columns:
            if not column.refers or column.refers in (("work",), ("districts",)):
                continue
            if broken.intersection(column.refers):
                continue
            ids = set().union(*(known[name] for name in column.refers))
            for entry in all_rows.good(table.field):
                value = getattr(entry.noun, column.field)
                for one in value if isinstance(value, tuple) else (value,):
                    if one not in (None, "") and one not in ids:
                        _unknown(entry, column.field, one, ids, ", ".join(column.refers), faults)


def broken_tables(all_rows: Gathered, faults: Faults) -> set[str]:
    """Tables whose ids are not all known: files with a fault as a whole, needed tables without any id, and
    organisations when ``instance.toml`` names none."""
    files = {fault.file for fault in faults if not fault.column}
    broken = {name for name, table in TABLE_OF.items() if table.file_name in files}
    broken |= {name for name, table in TABLE_OF.items() if table.needed and not all_rows.ids(name)}
    return broken if all_rows.header.organisation_ids else broken | {"organisations"}


def _unknown(entry: Entry, field: str, value: str, ids: set[str], tables: str, faults: Faults) -> None:
    expected, meant = faults.say("expected.reference", tables=tables), near(value, ids)
    if meant:
        expected = faults.say("expected.near", expected=expected, near=meant)
    entry.fault(faults, field, expected, value)


def check_work_names(all_rows: Gathered, visits: set[str], expanded: set[str], faults: Faults) -> None:
    """Faults for links that name no visit, task or order; a visit outside the horizon is left alone.

    ``visits`` are the ids of all expanded visits, ``expanded`` those of the orders that could be expanded.
    """
    if broken_tables(all_rows, faults) & {"orders", "tasks", "edited_visits"}:
        return
    orders = all_rows.ids("orders")
    known = orders | all_rows.ids("tasks") | all_rows.ids("edited_visits") | visits
    for entry in all_rows.good("links"):
        for field in ("first", "second"):
            name = getattr(entry.noun, field)
            if name not in known and not _elsewhere(name, orders, expanded, all_rows):
                expected, meant = faults.say("expected.work"), near(name, known)
                if meant:
                    expected = faults.say("expected.near", expected=expected, near=meant)
                entry.fault(faults, field, expected, name)
        if entry.noun.first == entry.noun.second:
            entry.fault(faults, "second", faults.say("expected.other_work"))


def _elsewhere(name: str, orders: set[str], expanded: set[str], all_rows: Gathered) -> bool:
    """Whether ``name`` is a visit of a known order that cannot be judged: outside the horizon, or a faulty order."""
    match = _VISIT.fullmatch(name)
    if not match or match[1] not in orders:
        return False
    try:
        day = date.fromisoformat(match[2])
    except ValueError:
        return False
    return match[1] not in expanded or not all_rows.first <= day <= all_rows.last
