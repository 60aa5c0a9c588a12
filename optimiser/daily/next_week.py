"""The instance of the weeks after a plan: the same people and orders, with the plan as their past."""

from __future__ import annotations

import re
from collections.abc import Callable

from optimiser.daily.next_week_context import context_of, given_of
from optimiser.daily.next_week_counters import counters_of
from optimiser.daily.next_week_past import Past
from optimiser.daily.next_week_tables import (
    availability_of,
    edits_of,
    links_of,
    nurses_of,
    orders_of,
    past_visits_of,
    rows_by_day,
)
from optimiser.daily.next_week_ties import tied_edits
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan

LONGEST_NAME = 60
DATED = re.compile(r"-\d{4}-\d{2}-\d{2}$")


def next_week(
    instance: Instance, plan: Plan, expand: Callable[[Instance], Instance], weeks: int = 1
) -> Instance:
    """The instance whose horizon begins ``weeks`` weeks later and is as long; ``plan`` fills the weeks between.

    ``instance`` holds the plan's events already (``instances.events.with_events``); ``expand`` makes visits of orders
    (``instances.expand.expanded``). Duties of the plan after the new first Monday stand as published ones. Raises
    ValueError unless ``weeks`` is from 1 to the weeks of the plan.
    """
    if not 1 <= weeks <= instance.weeks:
        raise ValueError(f"a plan of {instance.weeks} weeks says nothing of {weeks}")
    past = Past(instance, plan, weeks)
    edits, orders = tied_edits(past, edits_of(past), expand), orders_of(past)
    changed = {
        "name": _name(past), "first_monday": past.first, "nurses": nurses_of(past), "orders": orders,
        "edited_visits": edits, "links": links_of(past, orders, edits), "availability": availability_of(past),
        "context": context_of(past), "duties_given": given_of(past), "counters": counters_of(past),
        "past_visits": past_visits_of(past), "slow_days": (), "visits": (), "work_links": (),
        # when the next roster is told is not known yet
        "settings": instance.settings.model_copy(update={"publish_on": None}),
        "provenance": _provenance(past),
        **rows_by_day(past),
    }  # fmt: skip
    fields = {name: getattr(instance, name) for name in type(instance).model_fields}
    return expand(Instance(**(fields | changed)))


def _name(past: Past) -> str:
    """The name with the first Monday, so that no plan of one week is taken for one of another."""
    day = f"-{past.first}"
    return DATED.sub("", past.instance.name)[: LONGEST_NAME - len(day)] + day


def _provenance(past: Past) -> dict[str, object]:
    return past.instance.provenance | {
        "after_instance": past.instance.name, "after_plan": past.plan.identity,
        "after_monday": past.instance.first_monday.isoformat(),
    }  # fmt: skip


__all__ = ["next_week"]
