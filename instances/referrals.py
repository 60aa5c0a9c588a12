"""A referral (aanmelding) as a TOML file: the order, a new client with a place, and what must be met first.

Keys are the columns of the tables ``orders``, ``clients`` and ``places``, Dutch or English: docs/reference/referral.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from instances.cells import DATE, WINDOWS
from instances.columns import flat_heading
from instances.expand import Care, Draft
from instances.places import Gazetteer
from instances.referral_keys import (
    BESIDE,
    CONDITIONS,
    MET,
    NOT_MET,
    both_names,
    cell_of,
    split_keys,
    tables_of,
    unknown_key,
)
from instances.rows import Entry, Fill, build_rows, shown
from instances.sheets import Faults, Sheet, near
from instances.tables import TABLE_OF
from optimiser.domain.clock import DAY
from optimiser.domain.events import Referral
from optimiser.domain.instance import Instance
from optimiser.domain.people import Client
from optimiser.domain.place import Place
from optimiser.domain.work import ClockWindow, Order
from optimiser.errors import InputError
from optimiser.texts import Language, text


def read_referral(path: Path, instance: Instance, language: Language = "en") -> Referral:
    """The referral in ``path`` for the tables of ``instance``. Raises ``InputError`` with all faults at once."""
    faults = Faults(language)
    tables = tables_of(path, faults)
    reader = _Reader(path.name, instance, faults)
    if tables is not None:
        order_keys, beside = split_keys(tables.get("order", {}), BESIDE)
        order = reader.order(order_keys, "order" in tables)
        client, place = reader.person(tables)
        if order is not None:
            reader.judge(order, client, known=not reader.client_at_fault)
        windows = reader.times(beside.get("times"), order)
        latest = reader.day("order.latest_start", beside.get("latest_start"))
        met = {key: reader.condition(key, value, order) for key, value in reader.conditions(tables).items()}
        if not faults and order is not None:
            return Referral(order=order, client=client, place=place, latest_start=latest, times=windows, **met)
    raise InputError(list(dict.fromkeys(faults)))


class _Reader:
    """Reads the tables of one file against one instance."""

    def __init__(self, file: str, instance: Instance, faults: Faults) -> None:
        self.file, self.instance, self.faults = file, instance, faults
        self.client_at_fault = False

    def order(self, keys: Mapping[str, Any], there: bool) -> Order | None:
        """The order; None with faults."""
        if not there:
            self.faults.put(self.file, 0, "order", self.faults.say("expected.table", name="order"),
                            self.faults.say("got.missing"))  # fmt: skip
            return None
        order = self._noun("order", "orders", keys)
        return order if isinstance(order, Order) else None

    def person(self, tables: Mapping[str, dict[str, Any]]) -> tuple[Client | None, Place | None]:
        """The new client and place, where the file has them; ids that are not given follow the order's client."""
        keys, where = tables.get("client"), tables.get("place")
        if keys is None:
            if where is not None:
                self.faults.put(self.file, 0, "client", self.faults.say("expected.table", name="client"),
                                self.faults.say("got.missing"))  # fmt: skip
            return None, None
        before = len(self.faults)
        order_keys, client_table = tables.get("order", {}), TABLE_OF["clients"]
        name = str(next((value for key, value in order_keys.items() if field_of("orders", key) == "client"), ""))
        place = None
        if where is not None:
            gazetteer = Gazetteer(self.instance.districts)
            fill: Fill = lambda values, entry: gazetteer.fill(values, entry, self.faults)  # noqa: E731
            place = self._noun("place", "places", {"id": f"P-{name}", "kind": "client", **where}, fill)
            self._new("place.id", place, {each.id for each in self.instance.places})
            keys = {**keys, "place": getattr(place, "id", f"P-{name}")}
        given = {client_table.by_heading[flat_heading(key)].field for key in keys
                 if flat_heading(key) in client_table.by_heading}  # fmt: skip
        client = self._noun("client", "clients", keys if "id" in given else {"id": name, **keys})
        if isinstance(client, Client):
            self._new("client.id", client, self.instance.client_by_id.keys() | self.instance.nurse_by_id.keys())
            known = self.instance.organisation_by_id
            self._known("client.organisation", (client.organisation,), known, "organisations")
            if where is None:
                self._known("client.place", (client.place,), self.instance.place_by_id, "places")
        self.client_at_fault = len(self.faults) > before
        return client, place

    def judge(self, order: Order, client: Client | None, known: bool) -> None:
        """Faults of an order that only the other tables show. ``known``: the client, when given, is without fault."""
        instance, faults = self.instance, self.faults
        taken = {each.id for rows in (instance.orders, instance.tasks, instance.edited_visits) for each in rows}
        self._new("order.id", order, taken)
        acts = {each.id: each for each in instance.acts}
        self._known("order.acts", order.acts, acts, "acts")
        clients = dict(instance.client_by_id) | ({} if client is None else {client.id: client})
        if known:
            self._known("order.client", (order.client,), clients, "clients")
        if (order.gap_min is None) != (order.gap_max is None):
            empty, other = ("gap_min", "gap_max") if order.gap_min is None else ("gap_max", "gap_min")
            faults.put(self.file, 0, f"order.{empty}", faults.say("expected.pair", other=f"order.{other}"),
                       faults.say("got.empty"))  # fmt: skip
        if order.last is not None and order.last < order.first:
            faults.put(self.file, 0, "order.last", faults.say("expected.not_before", value=order.first),
                       str(order.last))  # fmt: skip
        for window in order.windows:
            self.window("order.windows", window, order)

    def window(self, key: str, window: ClockWindow, order: Order) -> None:
        """A fault when a window cannot hold the visit or opens on the next day."""
        instance, faults = self.instance, self.faults
        acts = {each.id: each for each in instance.acts}
        if not all(act in acts for act in order.acts):
            return
        care = Care(instance.clock, instance.days, instance.settings.reporting_minutes, acts, {})
        minutes = care.minutes(Draft(order.id, order.client, order.acts, (0,), window, order))
        got = WINDOWS.write((window,))
        if window[0] >= DAY:
            faults.put(self.file, 0, key, faults.say("expected.one_day"), got)
        elif window[1] - window[0] < minutes:
            expected = faults.say("expected.window", minutes=minutes, reporting=care.reporting)
            faults.put(self.file, 0, key, expected, got)

    def times(self, value: Any, order: Order | None) -> tuple[ClockWindow, ...]:
        """The other windows that would do, for an order of one visit a day."""
        if value is None:
            return ()
        try:
            windows: tuple[ClockWindow, ...] = WINDOWS.read(cell_of(value))
        except ValueError:
            self.faults.put(self.file, 0, "order.times", self.faults.say("expected.windows"), shown(value))
            return ()
        if order is not None and len(order.windows) > 1:
            self.faults.put(self.file, 0, "order.times", text("offer.expected.one_visit", self.faults.language),
                            shown(value))  # fmt: skip
        if order is not None:
            for window in windows:
                self.window("order.times", window, order)
        return windows

    def conditions(self, tables: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
        """Condition -> what the file says of it; unknown keys are faults."""
        known, found = both_names(CONDITIONS), {}
        for key, value in tables.get("conditions", {}).items():
            name = known.get(flat_heading(key))
            if name is None:
                unknown_key(self.file, f"conditions.{key}", key, known, self.faults)
            else:
                found[name] = value
        return found

    def condition(self, key: str, value: Any, order: Order | None) -> date | None:
        """From when a condition is met: a date, yes (from the order's first day), or not yet (None)."""
        cell = cell_of(value).casefold()
        if cell in MET:
            return None if order is None else order.first
        return None if cell in NOT_MET else self.day(f"conditions.{key}", value)

    def day(self, key: str, value: Any) -> date | None:
        """A date of the file; None where it is absent or, with a fault, no date."""
        if value is None:
            return None
        try:
            found: date = DATE.read(cell_of(value))
        except ValueError:
            self.faults.put(self.file, 0, key, self.faults.say("expected.date"), shown(value))
            return None
        return found

    def _noun(self, section: str, name: str, keys: Mapping[str, Any], fill: Fill | None = None) -> Any:
        """The noun of a section, read as the one row of its table would be."""
        table = TABLE_OF[name]
        cells = {column.field: "" for column in table.columns if table.required(column)}
        headings = {column.field: f"{section}.{column.english}" for column in table.columns}
        for key, value in keys.items():
            column = table.by_heading.get(flat_heading(key))
            if column is None:
                unknown_key(self.file, f"{section}.{key}", key, table.by_heading, self.faults)
                continue
            cells[column.field], headings[column.field] = cell_of(value), f"{section}.{key}"
        rows: list[Entry] = build_rows(
            Sheet(headings, ((0, cells),)), table, self.instance.clock, self.faults, fill, self.file
        )
        return rows[0].noun

    def _new(self, key: str, noun: Any, taken: Iterable[str]) -> None:
        if noun is not None and noun.id in taken:
            self.faults.put(self.file, 0, key, text("offer.expected.new_id", self.faults.language), noun.id)

    def _known(self, key: str, values: Iterable[str], known: Iterable[str], tables: str) -> None:
        known = set(known)
        for value in values:
            if value not in known:
                expected, meant = self.faults.say("expected.reference", tables=tables), near(value, known)
                if meant:
                    expected = self.faults.say("expected.near", expected=expected, near=meant)
                self.faults.put(self.file, 0, key, expected, value)


def field_of(table: str, key: str) -> str:
    """The field that a heading of a table names; empty when it names none."""
    column = TABLE_OF[table].by_heading.get(flat_heading(key))
    return "" if column is None else column.field
