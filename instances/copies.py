"""Tables with some clients left out and others there several times, under ids of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from instances.units import Unit, work_key
from optimiser.domain.instance import Instance
from optimiser.domain.work import Link

LONGEST = 60
"""Characters of an id."""


class Copies:
    """The tables of an instance, each row as often as the unit that it belongs to.

    ``times`` is unit number -> how often; ``homes`` is (unit number, copy) -> the unit at whose addresses a copy lives,
    its own when none is named or when that has another number of clients. A row that belongs to no client stays.
    """

    def __init__(
        self, instance: Instance, units: list[Unit], times: Mapping[int, int], homes: Mapping[tuple[int, int], Unit]
    ) -> None:
        self.old, self.units, self.times, self.homes = instance, units, times, homes
        self.clients = {each: number for number, unit in enumerate(units) for each in unit.clients}
        self.work = {
            each: number for number, unit in enumerate(units) for each in (*unit.orders, *unit.tasks, *unit.edits)
        }
        self.suffixes = self._suffixes()

    def instance(self) -> Instance:
        """The instance with these tables; its visits are still to be expanded."""
        old = self.old
        tables: dict[str, tuple[Any, ...]] = {
            "clients": self._rows(old.clients, lambda row: self.clients[row.id], self._client),
            "client_nurses": self._rows(old.client_nurses, lambda row: self.clients[row.client], self._of_client),
            "past_visits": self._rows(old.past_visits, lambda row: self.clients[row.client], self._of_client),
            "orders": self._rows(old.orders, lambda row: self.clients[row.client], self._work),
            "edited_visits": self._rows(old.edited_visits, lambda row: self._unit(row.id), self._work),
            "tasks": self._rows(old.tasks, lambda row: self._unit(row.id), self._work),
            "links": self._rows(old.links, self._unit_of_link, self._link),
        }
        fields = {name: getattr(old, name) for name in Instance.model_fields}
        return Instance(**fields | tables | {"visits": (), "work_links": ()})

    def _suffixes(self) -> dict[tuple[int, int], str]:
        """Unit and copy -> what its ids get: nothing the first time, then ``-r2``, ``-r3``; ids in use are passed."""
        old = self.old
        used = {each.id for rows in (old.clients, old.orders, old.tasks, old.links) for each in rows}
        used |= {work_key(each.id, self.work) for each in old.edited_visits}
        links: dict[int | None, list[str]] = {}
        for link in old.links:
            links.setdefault(self._unit_of_link(link), []).append(link.id)
        suffixes = {}
        for number, unit in enumerate(self.units):
            names = [*unit.clients, *unit.orders, *unit.tasks, *unit.edits, *links.get(number, ())]
            at = 1
            for copy in range(1, self.times[number] + 1):
                suffix = ""
                while copy > 1 and (not suffix or used.intersection(longer(each, suffix) for each in names)):
                    suffix = f"-r{(at := at + 1)}"
                used.update(longer(each, suffix) for each in names)
                suffixes[number, copy] = suffix
        return suffixes

    def _rows(
        self, rows: Iterable[Any], unit: Callable[[Any], int | None], change: Callable[[Any, int, int], Any]
    ) -> tuple[Any, ...]:
        """Each row once for each copy of its unit; a row of no unit stays as it is."""
        made: list[Any] = []
        for row in rows:
            number = unit(row)
            if number is None:
                made.append(row)
            else:
                made += [change(row, number, copy) for copy in range(1, self.times[number] + 1)]
        return tuple(made)

    def _unit(self, name: str) -> int | None:
        return self.work.get(work_key(name, self.work))

    def _unit_of_link(self, link: Link) -> int | None:
        """The unit of either end that has one; a link between works of no client stays."""
        ends = (self._unit(link.first), self._unit(link.second))
        return next((each for each in ends if each is not None), None)

    def _client(self, row: Any, number: int, copy: int) -> Any:
        """A client's copy, at an address that is free."""
        changed = {"id": longer(row.id, self.suffixes[number, copy])}
        home, unit = self.homes.get((number, copy)), self.units[number]
        if home is not None and len(home.clients) == len(unit.clients):
            changed["place"] = self.old.client_by_id[home.clients[unit.clients.index(row.id)]].place
        return row.model_copy(update=changed)

    def _of_client(self, row: Any, number: int, copy: int) -> Any:
        return row.model_copy(update={"client": longer(row.client, self.suffixes[number, copy])})

    def _work(self, row: Any, number: int, copy: int) -> Any:
        """A copy of an order, visit or task; the first two name their client."""
        suffix = self.suffixes[number, copy]
        client = getattr(row, "client", None)
        named = {} if client is None else {"client": longer(client, suffix)}
        return row.model_copy(update={"id": self._renamed(row.id, suffix), **named})

    def _link(self, row: Link, number: int, copy: int) -> Link:
        suffix = self.suffixes[number, copy]
        return row.model_copy(update={
            "id": longer(row.id, suffix), "first": self._renamed(row.first, suffix),
            "second": self._renamed(row.second, suffix),
        })  # fmt: skip

    def _renamed(self, name: str, suffix: str) -> str:
        """``O-1/2026-12-07/1`` becomes ``O-1-r2/2026-12-07/1``; what belongs to no client keeps its name."""
        key = work_key(name, self.work)
        return longer(key, suffix) + name[len(key) :] if key in self.work else name


def longer(name: str, suffix: str) -> str:
    """An id with a suffix; a long one is cut to make room."""
    return f"{name[: LONGEST - len(suffix)]}{suffix}" if suffix else name
