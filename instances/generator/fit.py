"""Fit the lengths of ordinary orders to the visit hours that a team of this size has."""

from __future__ import annotations

from instances.expand import expanded
from optimiser.domain.instance import Instance

VISIT_SHARE = 0.448
"""Visit hours (nurse hours at clients, reporting included) for each contract hour: 322 on 720 (assumption: 45 to 50 %
of the gross contract hours of a regional technical team are at clients)."""
STEP = 5
SHORTEST = 10


def fit_minutes(instance: Instance, varying: set[str]) -> Instance:
    """The instance with the minutes of some ``varying`` orders changed by five, so that visit hours near the share.

    Orders are taken in turn, the most spread ones first, each once; windows move along so that the spread of starts
    stays.
    """
    whole = expanded(instance)
    contract = sum(each.contract_minutes for each in instance.nurses if each.experience != "student")
    excess = sum(each.minutes * each.nurses for each in whole.visits) - VISIT_SHARE * contract * instance.weeks
    count: dict[str, int] = {}
    for visit in whole.visits:
        count[visit.order or ""] = count.get(visit.order or "", 0) + visit.nurses
    acts = {each.id: each.minutes for each in instance.acts}
    step = -STEP if excess > 0 else STEP
    orders = list(instance.orders)
    for _ in range(3):
        for place, order in enumerate(orders):
            gain = STEP * count.get(order.id, 0)
            minutes = order.minutes or sum(acts[act] for act in order.acts)
            if order.id not in varying or not gain or abs(excess) < gain or not SHORTEST <= minutes + step <= 60:
                continue
            windows = tuple((start, end + step) for start, end in order.windows)
            orders[place] = order.model_copy(update={"minutes": minutes + step, "windows": windows})
            excess += gain if step > 0 else -gain
    return instance.model_copy(update={"orders": tuple(orders)})
