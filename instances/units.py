"""Clients whose work hangs together, and what comes along with them."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field

from optimiser.domain.instance import Instance
from optimiser.domain.work import Link


@dataclass
class Unit:
    """Clients who are drawn together: one, or several whose work is tied; with the tasks tied to their visits."""

    clients: list[str] = field(default_factory=list)
    orders: list[str] = field(default_factory=list)
    tasks: list[str] = field(default_factory=list)
    edits: list[str] = field(default_factory=list)
    """Visits of the table that belong to no order."""


def units_of(instance: Instance) -> list[Unit]:
    """The clients in order of the table, those whose work is tied by links as one."""
    owner = _owners(instance)
    follow = {each.id for each in instance.tasks if each.in_route}
    group = {each.id: each.id for each in instance.clients} | {f"task {each}": f"task {each}" for each in follow}

    def root(name: str) -> str:
        while group[name] != name:
            name = group[name]
        return name

    def join(first: str, second: str) -> None:
        if first and second:
            group[root(second)] = root(first)

    for link in instance.links:
        ends = (f"task {name}" if name in follow else owner.get(work_key(name, owner), "") for name in _ends(link))
        join(*ends)
    units: dict[str, Unit] = {root(each.id): Unit() for each in instance.clients}
    for client in instance.clients:
        units[root(client.id)].clients.append(client.id)
    orders = {each.id for each in instance.orders}
    for name, client_id in owner.items():
        unit = units[root(client_id)]
        (unit.orders if name in orders else unit.edits).append(name)
    for task in sorted(follow):
        if (found := units.get(root(f"task {task}"))) is not None:
            found.tasks.append(task)
    return list(units.values())


def _owners(instance: Instance) -> dict[str, str]:
    """Order, or visit that belongs to no order -> client."""
    orders = {each.id: each.client for each in instance.orders}
    alone = {each.id: each.client for each in instance.edited_visits if work_key(each.id, orders) not in orders}
    return orders | {name: client for name, client in alone.items() if client is not None}


def work_key(name: str, known: Container[str]) -> str:
    """What a work id stands under: the order of ``order/date/n``, else all of it."""
    head = name.split("/", 1)[0]
    return head if head in known else name


def _ends(link: Link) -> tuple[str, str]:
    return link.first, link.second
