"""What was set aside and what happened, as far as it is about one organisation's people and work."""

from __future__ import annotations

from collections.abc import Iterable

from optimiser.domain.duty import Override
from optimiser.domain.events import Absent, Accepted, Agreed, Cancelled, Event, Held, OtherMode, SlowTravel
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.report.for_organisation_shared import Shared
from optimiser.report.pseudonyms import LEFT_OUT


def own_overrides(overrides: Iterable[Override], shared: Shared) -> tuple[Override, ...]:
    """Those of own nurses; of one for everybody the reason, in which anybody may be named, is left out."""
    return tuple(
        each if each.nurse is not None else each.model_copy(update={"reason": LEFT_OUT})
        for each in overrides
        if each.nurse is None or each.nurse in shared.nurses
    )


def own_events(instance: Instance, plan: Plan, shared: Shared) -> tuple[Event, ...]:
    """Events of own nurses and clients; of those that are about more people the own part."""
    cut = (_own(instance, each, shared) for each in plan.events)
    return tuple(each for each in cut if each is not None)


def _own(instance: Instance, event: Event, shared: Shared) -> Event | None:
    match event:
        case Absent() | Held() | OtherMode():
            return event if event.nurse in shared.nurses else None
        case SlowTravel():
            under_way = tuple(each for each in event.under_way if each in shared.nurses)
            return event.model_copy(update={"under_way": under_way, "reason": ""})
        case Cancelled():
            own = tuple(each for each in event.visits if each in shared.own_visits or _is_own(instance, each, shared))
            seen = tuple(each for each in event.visits if each in own or each in shared.met_visits)
            reason = event.reason if own == event.visits else ""
            return event.model_copy(update={"visits": seen, "reason": reason}) if seen else None
        case Accepted():
            return event if event.referral.order.client in shared.clients else None
        case Agreed():
            gone, new = (tuple(row for row in rows if row[0] in shared.nurses) for rows in (event.gone, event.new))
            return event.model_copy(update={"gone": gone, "new": new, "reason": ""}) if gone or new else None


def _is_own(instance: Instance, visit: str, shared: Shared) -> bool:
    """Whether a visit that was cancelled before anybody was told it is of an own client, by its row or its order."""
    orders = {each.id: each.client for each in instance.orders}
    edited = {each.id: each.client for each in instance.edited_visits}
    return (edited.get(visit) or orders.get(visit.split("/")[0])) in shared.clients
