"""More clients: copies of an instance's own clients, with their orders, visits and ties, at other addresses."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from optimiser.domain.instance import Instance
from optimiser.domain.place import Place
from optimiser.domain.work import EditedVisit, Link, Order, Task, Visit
from optimiser.studies.capacity_turns import client_minutes, in_turn

TABLES = ("places", "clients", "orders", "edited_visits", "tasks", "links", "visits", "work_links")


@dataclass(frozen=True)
class ExtraClient:
    """A client like ``donor``, of the same organisation, near the place ``near``: that of another client of the same
    district (her own where there is no other). ``minutes`` are those of nurses at this client over the horizon."""

    id: str
    donor: str
    organisation: str
    near: str
    minutes: int


def with_extra(instance: Instance, share_percent: float, seed: int) -> Instance:
    """The instance with extra clients that together ask at most ``share_percent`` of today's minutes at clients.

    A larger share holds all extra clients of a smaller one of the same seed.
    """
    return with_clients(instance, extra_clients(instance, share_percent, seed))


def extra_clients(
    instance: Instance, share_percent: float, seed: int, without: frozenset[str] = frozenset()
) -> tuple[ExtraClient, ...]:
    """The extra clients up to a share, in the order in which they come; nobody in ``without`` is copied."""
    limit = share_percent * sum(client_minutes(instance).values()) / 100
    districts: dict[str, list[str]] = defaultdict(list)
    for client in instance.clients:
        districts[instance.place_by_id[client.place].district].append(client.place)
    prefix = _free_prefix(instance)
    found: list[ExtraClient] = []
    total = 0
    for number, turn in enumerate(in_turn(instance, seed, True, without), start=1):
        total += turn.minutes
        if total > limit:
            break
        home = instance.client_by_id[turn.client].place
        district = instance.place_by_id[home].district
        others = sorted(set(districts[district]) - {home}) if district else []
        near = random.Random(f"{seed}/{number}").choice(others) if others else home
        found.append(ExtraClient(f"{prefix}-{number:04d}", turn.client, turn.organisation, near, turn.minutes))
    return tuple(found)


def with_clients(instance: Instance, extras: Sequence[ExtraClient]) -> Instance:
    """The instance with these extra clients; every table and the expanded visits and ties hold together.

    An extra client has a place of her own on the same spot as ``near`` (between the two lies the usual way within a
    district), but with a table of travel times she lives at ``near`` itself, since a new place has no rows in it. She
    knows no nurse yet. Work tied to a task has a task of its own; ties to other clients' work are not copied.
    """
    if not extras:
        return instance
    rows: dict[str, list[Any]] = {name: [] for name in TABLES}
    books = _Books(instance)
    for extra in extras:
        _Copy(books, extra).into(rows)
    fields: dict[str, Any] = {name: getattr(instance, name) for name in Instance.model_fields}
    return Instance(**fields | {name: (*fields[name], *new) for name, new in rows.items()})


class _Books:
    """The tables by client."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.orders: dict[str, list[Order]] = defaultdict(list)
        self.visits: dict[str, list[Visit]] = defaultdict(list)
        self.edited: dict[str, list[EditedVisit]] = defaultdict(list)
        for order in instance.orders:
            self.orders[order.client].append(order)
        for visit in instance.visits:
            self.visits[visit.client].append(visit)
        owner = {order.id: order.client for order in instance.orders}
        for edited in instance.edited_visits:
            client = edited.client or owner.get(edited.id.split("/")[0])
            if client is not None:
                self.edited[client].append(edited)
        self.tasks = instance.task_by_id


class _Copy:
    """One extra client: the new name of each piece of the donor's work."""

    def __init__(self, books: _Books, extra: ExtraClient) -> None:
        self.books, self.extra = books, extra
        donor = extra.donor
        self.orders = {each.id: f"{extra.id}.{n}" for n, each in enumerate(books.orders[donor], start=1)}
        own = [each.id for each in books.edited[donor]] + [each.id for each in books.visits[donor]]
        loose = dict.fromkeys(each for each in own if each.split("/")[0] not in self.orders)
        self.loose = {name: f"{extra.id}.v{n}" for n, name in enumerate(loose, start=1)}
        ends = [(link.first, link.second) for link in books.instance.links]
        tied = [
            other for pair in ends for one, other in (pair, pair[::-1]) if other in books.tasks and self.is_own(one)
        ]
        self.tasks = {name: f"{extra.id}.t{n}" for n, name in enumerate(dict.fromkeys(tied), start=1)}

    def is_own(self, work: str) -> bool:
        """Whether a name is of the donor's own work."""
        return work.split("/")[0] in self.orders or work in self.loose

    def renamed(self, work: str) -> str | None:
        """The copy's name of a piece of work; None for somebody else's."""
        order, slash, rest = work.partition("/")
        if order in self.orders:
            return self.orders[order] + slash + rest
        return self.loose.get(work) or self.tasks.get(work)

    def into(self, rows: dict[str, list[Any]]) -> None:
        """Add the rows of the copy."""
        instance, extra, donor = self.books.instance, self.extra, self.extra.donor
        place = self._place()
        if place.id not in instance.place_by_id:
            rows["places"].append(place)
        rows["clients"].append(instance.client_by_id[donor].model_copy(update={"id": extra.id, "place": place.id}))
        rows["orders"] += [_as(each, self.orders[each.id], client=extra.id) for each in self.books.orders[donor]]
        for edited in self.books.edited[donor]:
            client = None if edited.client is None else extra.id
            rows["edited_visits"].append(_as(edited, self.renamed(edited.id), client=client))
        for visit in self.books.visits[donor]:
            order = None if visit.order is None else self.orders[visit.order]
            rows["visits"].append(_as(visit, self.renamed(visit.id), client=extra.id, order=order))
        rows["tasks"] += [_as(self.books.tasks[name], new) for name, new in self.tasks.items()]
        links = self._links(instance.links)
        named = {old.id: f"{extra.id}.l{n}" for n, (old, _, _) in enumerate(links, start=1)}
        rows["links"] += [_as(old, named[old.id], first=first, second=second) for old, first, second in links]
        for tie, first, second in self._links(instance.work_links):
            head, slash, _ = tie.id.partition("/")
            # a tie of a link is called link/first, or link alone; one of a chain within an order first/next
            new = named[head] + (f"/{first}" if slash else "") if head in named else f"{first}/next"
            rows["work_links"].append(_as(tie, new, first=first, second=second))

    def _links(self, links: Iterable[Link]) -> list[tuple[Link, str, str]]:
        """Links with both ends in the copy, with the new names of these."""
        found = []
        for link in links:
            first, second = self.renamed(link.first), self.renamed(link.second)
            if first is not None and second is not None and (self.is_own(link.first) or self.is_own(link.second)):
                found.append((link, first, second))
        return found

    def _place(self) -> Place:
        instance, near = self.books.instance, self.books.instance.place_by_id[self.extra.near]
        if instance.travel.engine == "table":
            return near
        return near.model_copy(update={"id": self.extra.id, "kind": "client"})


def _as[Row: (Order, EditedVisit, Visit, Task, Link)](row: Row, name: str | None, **fields: Any) -> Row:
    return row.model_copy(update={"id": name, **fields})


def _free_prefix(instance: Instance) -> str:
    """``extra``, or with a number where an id begins so already."""
    used = {key.partition("/")[2] for key in instance.row_hashes}
    number = 1
    while any(each.startswith(_prefix(number) + "-") for each in used):
        number += 1
    return _prefix(number)


def _prefix(number: int) -> str:
    return "extra" if number == 1 else f"extra{number}"
