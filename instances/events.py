"""What happened to a published plan, applied to the tables: an Instance as it is on that day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from instances.expand import expanded
from optimiser.domain.events import (
    Absent,
    Accepted,
    Agreed,
    Cancelled,
    Event,
    Held,
    OtherMode,
    Referral,
    SlowTravel,
)
from optimiser.domain.instance import Instance
from optimiser.domain.people import Availability
from optimiser.domain.travel_matrix import SlowDay
from optimiser.domain.work import EditedVisit, Task


def with_events(instance: Instance, events: Iterable[Event]) -> Instance:
    """``instance`` with the events in its tables, visits expanded anew; the same instance when nothing happened.

    Given duties that fall away or change hands leave the tables too. The events must name what the tables hold.
    """
    events = tuple(events)
    if not events:
        return instance
    rows: dict[str, list[Any]] = {
        name: list(getattr(instance, name))
        for name in ("availability", "tasks", "edited_visits", "orders", "clients", "places", "duties_given")
    }
    slow = {each.day: each for each in instance.slow_days}
    for number, event in enumerate(events):
        if isinstance(event, Absent):
            rows["availability"] += absence_rows(event)
            lost = {tuple(name.split("/")[:2]) for name, _ in event.duties}
            rows["duties_given"] = [
                row for row in rows["duties_given"] if (row.nurse, row.day.isoformat()) not in lost
            ]
        elif isinstance(event, Held):
            if not _went_home(instance, event, events[number:]):
                rows["tasks"].append(held_task(instance, event))
        elif isinstance(event, OtherMode):
            rows["availability"].append(
                Availability(nurse=event.nurse, kind="travel", first=event.first, last=event.last, mode=event.mode)
            )
        elif isinstance(event, SlowTravel):
            slow[event.day] = SlowDay(day=event.day, percent=event.percent, under_way=event.under_way)
        elif isinstance(event, Cancelled):
            _cancel(rows["edited_visits"], event)
        elif isinstance(event, Agreed):
            rows["duties_given"] = [
                row for row in rows["duties_given"] if (row.nurse, row.day, row.kind) not in event.gone
            ]
        elif isinstance(event, Accepted):
            _accept(rows, event.referral)
    fields = {name: getattr(instance, name) for name in type(instance).model_fields}
    tables = {name: tuple(table) for name, table in rows.items()}
    return expanded(Instance(**(fields | tables | {"slow_days": tuple(slow[day] for day in sorted(slow))})))


def absence_rows(event: Absent) -> list[Availability]:
    """A row of sickness for each day; minutes only on days on which planned work is lost."""
    lost = dict(event.lost)
    days = [event.first + timedelta(days=number) for number in range((event.last - event.first).days + 1)]
    return [
        Availability(
            nurse=event.nurse, kind="sick", first=day, last=day, minutes_per_day=lost.get(day, 0),
            from_time=event.from_time if day == event.first else 0,
        )
        for day in days
    ]  # fmt: skip


def _went_home(instance: Instance, held: Held, later: Iterable[Event]) -> bool:
    """Whether a nurse who would be late was absent before that: nothing holds her any more."""
    clock, lane = instance.clock, f"{held.nurse}/{held.day.isoformat()}/work"
    return any(
        isinstance(event, Absent) and event.nurse == held.nurse
        and (lane in {name for name, _ in event.duties}
             or event.at <= held.start < clock.at(clock.day_number(event.first), event.from_time))
        for event in later
    )  # fmt: skip


def held_task(instance: Instance, event: Held) -> Task:
    """The task in her route during which a nurse can do nothing else."""
    clock, day = instance.clock, instance.clock.day_number(event.day)
    opens = event.start - clock.midnight(day)
    opens += event.start - clock.at(day, opens)
    return Task(
        id=event.id, kind="other", organisation=instance.nurse_by_id[event.nurse].organisation, nurse=event.nurse,
        day=event.day, from_time=opens, until_time=opens + event.slack + event.minutes, minutes=event.minutes,
        priority="critical",
    )  # fmt: skip


def _cancel(edits: list[EditedVisit], event: Cancelled) -> None:
    """A visit that has a row of its own keeps it, marked as cancelled."""
    for visit in event.visits:
        known = next((number for number, row in enumerate(edits) if row.id == visit), None)
        if known is None:
            edits.append(EditedVisit(id=visit, cancelled=True))
        else:
            edits[known] = edits[known].model_copy(update={"cancelled": True})


def _accept(rows: dict[str, list[Any]], referral: Referral) -> None:
    if referral.place is not None:
        rows["places"].append(referral.place)
    if referral.client is not None:
        rows["clients"].append(referral.client)
    rows["orders"].append(referral.order)
