"""The cap on hours that an organisation's nurses spend at others' clients, while a week is repaired."""

from __future__ import annotations

from collections.abc import Iterable

from optimiser.domain.clock import HOUR
from optimiser.domain.plan import Duty
from optimiser.domain.work import Visit
from optimiser.explain.present import Present


def room_to_lend(present: Present, duties: Iterable[Duty], visit: Visit, nurse: str, start: int) -> bool:
    """Whether a nurse may do one visit more, begun about ``start`` (horizon minute), under the caps of the contract.

    Always where the client is her own organisation's or no cap is named for it.
    """
    instance = present.instance
    lender = instance.nurse_by_id[nurse].organisation
    caps = [each.hours_per_week * HOUR for each in present.contract.most_lent if each.organisation == lender]
    if not caps or lender == instance.client_by_id[visit.client].organisation:
        return True
    week = instance.clock.day_of(start) // 7
    return lent_minutes(present, duties, lender, week) + visit.minutes <= min(caps)


def lent_minutes(present: Present, duties: Iterable[Duty], lender: str, week: int) -> int:
    """Minutes that an organisation's nurses spend at others' clients in a calendar week, by the start of the visit."""
    instance, total = present.instance, 0
    for duty in duties:
        if instance.nurse_by_id[duty.nurse].organisation != lender:
            continue
        for stop in duty.stops:
            visit = instance.visit_by_id.get(stop.id)
            lent = visit is not None and instance.client_by_id[visit.client].organisation != lender
            if lent and instance.clock.day_of(stop.start) // 7 == week:
                total += stop.end - stop.start
    return total
