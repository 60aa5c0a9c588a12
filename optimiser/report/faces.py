"""How many different nurses a client sees: continuity as a figure of a plan."""

from __future__ import annotations

from collections import defaultdict

from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan

FACES_DAYS = 14


def faces(instance: Instance, plan: Plan) -> tuple[float, int]:
    """Different nurses of a client: the mean over served clients in the horizon, and the most that any client sees in
    14 days in a row that end in it (visits before the horizon included)."""
    seen: dict[str, set[tuple[int, str]]] = defaultdict(set)
    clock = instance.clock
    for duty in plan.duties:
        for stop in duty.stops:
            if stop.what == "visit":
                seen[instance.visit_by_id[stop.id].client].add((clock.day_of(stop.start), duty.nurse))
    if not seen:
        return 0.0, 0
    mean = sum(len({nurse for _, nurse in days}) for days in seen.values()) / len(seen)
    for past in instance.past_visits:
        seen[past.client].add((clock.day_number(past.day), past.nurse))
    most = max(
        len({nurse for day, nurse in days if last - FACES_DAYS < day <= last})
        for days in seen.values()
        for last in range(instance.days)
    )
    return round(mean, 2), most
