"""Wishes for a date and given duties that have a price: what the plan refuses."""

from __future__ import annotations

from collections import Counter

from optimiser.check.case import Case
from optimiser.domain.people import Wish


def wishes(case: Case) -> dict[str, int]:
    """The counts ``wish_refused`` (sum of weights), ``own_entry_refused`` and ``base_changed``."""
    days = case.instance.days
    refused = sum(
        wish.weight
        for wish in case.instance.wishes
        if 0 <= case.clock.day_number(wish.day) < days and not is_met(case, wish)
    )
    held = {(duty.nurse, duty.kind, duty.day) for duty in case.duties}
    left = Counter(
        row.status
        for row in case.instance.duties_given
        if (row.nurse, row.kind, row.day) not in held and 0 <= case.clock.day_number(row.day) < days
    )
    return {
        "wish_refused": refused, "own_entry_refused": left["own"] + left["wish"], "base_changed": left["base"],
    }  # fmt: skip


def is_met(case: Case, wish: Wish) -> bool:
    """Free: no duty of either lane starts that day. Work: a work duty of the category does (any when none named)."""
    kinds = [case.kind_of(duty) for duty in case.duties_of.get(wish.nurse, ()) if duty.day == wish.day]
    if wish.wish == "free":
        return not kinds
    return any(kind.lane == "work" and wish.category in (None, kind.category) for kind in kinds)
