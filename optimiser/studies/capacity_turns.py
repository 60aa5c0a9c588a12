"""Clients in turn: drawn per organisation in proportion to its demand, always in the same order for one seed.

Levels of demand are prefixes of such a row, so that a higher level holds all clients of a lower one, and every
scenario meets the same clients.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from optimiser.domain.instance import Instance


@dataclass(frozen=True)
class Turn:
    """A client whose turn it is; ``minutes`` are those of nurses at this client over the horizon."""

    client: str
    organisation: str
    minutes: int


def client_minutes(instance: Instance) -> dict[str, int]:
    """Client id -> minutes of nurses over the horizon, reporting included; clients with visits only."""
    minutes: dict[str, int] = defaultdict(int)
    for visit in instance.visits:
        minutes[visit.client] += visit.minutes * visit.nurses
    return dict(minutes)


def in_turn(instance: Instance, seed: int, again: bool, without: frozenset[str] = frozenset()) -> Iterator[Turn]:
    """Clients with visits, but those in ``without``, per organisation in an order of chance; the next is always of the
    organisation whose share so far is smallest. Each client comes once before any comes twice; with ``again`` the row
    has no end (there is one while any client is left), else each comes once."""
    minutes = client_minutes(instance)
    demand: dict[str, int] = defaultdict(int)
    clients: dict[str, list[str]] = defaultdict(list)
    for each in instance.clients:
        if each.id in minutes:
            demand[each.organisation] += minutes[each.id]
            if each.id not in without:
                clients[each.organisation].append(each.id)
    draws = {name: _draws(found, f"{seed}/{name}", again) for name, found in clients.items()}
    waiting = {name: next(draw) for name, draw in draws.items()}
    taken = dict.fromkeys(waiting, 0)
    while waiting:
        organisation = min(waiting, key=lambda name: (taken[name] + minutes[waiting[name]]) / demand[name])
        client = waiting[organisation]
        taken[organisation] += minutes[client]
        yield Turn(client, organisation, minutes[client])
        following = next(draws[organisation], None)
        if following is None:
            del waiting[organisation]
        else:
            waiting[organisation] = following


def _draws(clients: list[str], seed: str, again: bool) -> Iterator[str]:
    """The clients in an order of chance, over and over in new orders with ``again``."""
    chance = random.Random(seed)
    while True:
        shuffled = list(clients)
        chance.shuffle(shuffled)
        yield from shuffled
        if not again:
            return
