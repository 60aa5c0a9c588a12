"""What organisations deliver to each other in a plan: the ledger of visits and hours, clients, availability."""

from __future__ import annotations

from collections import Counter

from optimiser.domain.gains import Delivered, LedgerRow
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan


def delivered(instance: Instance, plan: Plan) -> Delivered:
    """The ledger by employer of the nurse and organisation of the client, in the instance's order; every pair of
    organisations with visits between them stands in it. Without routes nobody knows who served whom: no ledger."""
    visits: Counter[tuple[str, str]] = Counter()
    minutes: Counter[tuple[str, str]] = Counter()
    standby: Counter[str] = Counter()
    duties: Counter[str] = Counter()
    for duty in plan.duties:
        employer = instance.nurse_by_id[duty.nurse].organisation
        duties[employer] += duty.end - duty.start
        if duty.lane == "standby" or instance.kind_by_id[duty.kind].category == "night":
            standby[employer] += duty.end - duty.start
        for stop in duty.stops:
            if stop.what == "visit":
                pair = employer, instance.client_by_id[instance.visit_by_id[stop.id].client].organisation
                visits[pair] += 1
                minutes[pair] += stop.end - stop.start
    organisations = [each.id for each in instance.organisations]
    clients = {instance.client_by_id[each.client] for each in instance.visits}
    available = standby or duties
    return Delivered(
        clients={each: sum(client.organisation == each for client in clients) for each in organisations},
        availability={each: available[each] for each in organisations},
        ledger=tuple(
            LedgerRow(giver=giver, receiver=receiver, visits=visits[giver, receiver], minutes=minutes[giver, receiver])
            for giver in organisations
            for receiver in organisations
            if visits[giver, receiver]
        ),
    )
