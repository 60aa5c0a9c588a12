"""What organisations deliver to each other in a plan: the ledger of visits and hours, clients, availability."""

from __future__ import annotations

from collections import Counter

from optimiser.domain.gains import Delivered, LedgerRow
from optimiser.domain.instance import Instance
from optimiser.domain.long_roster import plans_duties_only
from optimiser.domain.plan import Plan

PLAYS = 8
"""Plays of the horizon that a ledger of calls is the mean of."""


def delivered(instance: Instance, plan: Plan) -> Delivered:
    """The ledger by employer of the nurse and organisation of the client, in the instance's order; every pair of
    organisations with visits between them stands in it. A plan without routes has a ledger of visits for calls, as they
    are played on it; without calls nobody knows who served whom: no ledger."""
    visits: Counter[tuple[str, str]] = Counter()
    minutes: Counter[tuple[str, str]] = Counter()
    of_calls = plans_duties_only(instance) and bool(instance.call_sources)
    if of_calls:
        visits, minutes = visits_for_calls(instance, plan)
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
        of_calls=of_calls,
    )


def visits_for_calls(instance: Instance, plan: Plan) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """(employer of the nurse, organisation of the call) -> visits in the horizon and minutes at the client: the mean of
    some plays, rounded."""
    from optimiser.simulate.calls import drawn_calls, played_calls, prepare_calls
    from optimiser.travel.engine import travel_matrix

    prepared = prepare_calls(instance, plan.contract, travel_matrix(instance), plan)
    drawn = drawn_calls(instance, PLAYS * instance.weeks, 0)
    played = played_calls(prepared, drawn)
    visits: Counter[tuple[str, str]] = Counter()
    minutes: Counter[tuple[str, str]] = Counter()
    for unit, source, service in zip(played.unit, drawn.source, drawn.service, strict=True):
        if unit >= 0:
            giver = instance.nurse_by_id[prepared.units[unit].duty.nurse].organisation
            pair = giver, instance.call_sources[source].organisation
            visits[pair] += 1
            minutes[pair] += round(float(service))
    mean = [Counter({pair: round(count / PLAYS) for pair, count in each.items()}) for each in (visits, minutes)]
    return mean[0], mean[1]
