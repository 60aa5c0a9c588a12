"""How many different nurses a client sees: continuity as a figure of a plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan

FACES_DAYS = 14


@dataclass(frozen=True)
class ClientFaces:
    """Different nurses that one client sees: ``here`` in the horizon (0 when not served), and the ``most`` in 14 days
    in a row that end in it (visits before the horizon included)."""

    here: int
    most: int


def client_faces(instance: Instance, plan: Plan) -> dict[str, ClientFaces]:
    """Client id -> faces, for the clients that are served or were in the days before."""
    seen: dict[str, set[tuple[int, str]]] = defaultdict(set)
    clock = instance.clock
    for duty in plan.duties:
        for stop in duty.stops:
            if stop.what == "visit":
                seen[instance.visit_by_id[stop.id].client].add((clock.day_of(stop.start), duty.nurse))
    here = {client: len({nurse for _, nurse in days}) for client, days in seen.items()}
    for past in instance.past_visits:
        seen[past.client].add((clock.day_number(past.day), past.nurse))
    return {
        client: ClientFaces(
            here.get(client, 0),
            max(
                len({nurse for day, nurse in days if last - FACES_DAYS < day <= last})
                for last in range(instance.days)
            ),
        )
        for client, days in seen.items()
    }  # fmt: skip


def mean_and_most(clients: Iterable[ClientFaces]) -> tuple[float, int]:
    """The mean over the served among these clients, and the most of any of them; zeros when none is served."""
    clients = tuple(clients)
    served = [each.here for each in clients if each.here]
    if not served:
        return 0.0, 0
    return round(sum(served) / len(served), 2), max(each.most for each in clients)


def faces(instance: Instance, plan: Plan) -> tuple[float, int]:
    """Different nurses of a client: the mean over served clients in the horizon, and the most that any client sees in
    14 days in a row that end in it (visits before the horizon included)."""
    return mean_and_most(client_faces(instance, plan).values())
