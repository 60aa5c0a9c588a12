"""Urgent referrals: visits that come in after publication, made of acts and clients that the tables hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from optimiser.domain.instance import Instance
from optimiser.domain.people import Client
from optimiser.domain.work import Visit, Window
from optimiser.simulate.draws import happens, uniform
from optimiser.simulate.settings import ChanceSettings

LEAST_NOTICE = 60
MOST_LETTERS = 90
"""Of the id of a visit."""


@dataclass(frozen=True)
class Urgent:
    """A visit that is asked for at minute ``at`` (horizon minutes)."""

    at: int
    visit: Visit


def urgent_referrals(instance: Instance, settings: ChanceSettings, *seed: object) -> tuple[Urgent, ...]:
    """The referrals of the horizon in order of the call.

    Each visit of the tables brings one with the same probability. It has that visit's acts, skills and length, and the
    place and person of a client drawn from the same organisation and district; day and time are drawn too.
    """
    found = list(_drawn(instance, settings, seed)) if settings.urgent_percent else []
    return tuple(sorted(found, key=lambda each: (each.at, each.visit.id)))


def _drawn(instance: Instance, settings: ChanceSettings, seed: tuple[object, ...]) -> Iterator[Urgent]:
    near = _neighbours(instance)
    for visit in instance.visits:
        if not happens(settings.urgent_percent, *seed, "urgent", visit.id):
            continue
        of = instance.client_by_id[visit.client]
        client = min(near[_area(instance, of)], key=lambda each: uniform(*seed, "client", visit.id, each.id))
        day = int(uniform(*seed, "day", visit.id) * instance.days)
        share = uniform(*seed, "time", visit.id)
        clock_time = settings.urgent_from + int(share * max(0, settings.urgent_until - settings.urgent_from))
        at = instance.clock.at(day, clock_time)
        name = f"urgent/{visit.id}"[:MOST_LETTERS]
        today = day == instance.days - 1 or happens(settings.urgent_today_percent, *seed, "today", visit.id)
        yield Urgent(at, _visit(instance, settings, visit, client, name, day, at, today))


def _visit(
    instance: Instance, settings: ChanceSettings, like: Visit, client: Client, name: str, day: int, at: int, today: bool
) -> Visit:
    clock = instance.clock
    if today:
        last = at + max(LEAST_NOTICE, settings.urgent_within)
        window = Window(day=day, start=at + LEAST_NOTICE, end=last + like.minutes)
    else:
        opens = clock.at(day + 1, settings.tomorrow_from)
        closes = max(clock.at(day + 1, settings.tomorrow_until), opens + like.minutes)
        window = Window(day=day + 1, start=opens, end=closes)
    return Visit(
        id=name, client=client.id, acts=like.acts, windows=(window,), minutes=like.minutes,
        nurses=_nurses(instance, like, client), level=like.level, skills=like.skills, second_check=like.second_check,
        priority="high",
    )  # fmt: skip


def _nurses(instance: Instance, like: Visit, client: Client) -> Literal[1, 2]:
    """Two where the client is never visited alone, or where the work itself asks two."""
    alone = instance.client_by_id[like.client].unsafe and like.second_check != "on_site"
    acts = {act.id: act for act in instance.acts}
    asked = max(acts[act].nurses for act in like.acts)
    return 2 if client.unsafe or asked == 2 or (like.nurses == 2 and not alone) else 1


def _area(instance: Instance, client: Client) -> tuple[str, str]:
    return client.organisation, instance.place_by_id[client.place].district or ""


def _neighbours(instance: Instance) -> dict[tuple[str, str], list[Client]]:
    """Organisation and district -> its clients."""
    table: dict[tuple[str, str], list[Client]] = defaultdict(list)
    for client in instance.clients:
        table[_area(instance, client)].append(client)
    return table
