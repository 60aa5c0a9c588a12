"""What a plan file says happened, judged by the tables: ids that are known, dates and minutes that can be."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from instances.rows import shown
from instances.sheets import Faults
from optimiser.domain.clock import DAY
from optimiser.domain.events import Absent, Accepted, Agreed, Cancelled, Event, Held, OtherMode, SlowTravel
from optimiser.domain.instance import Instance

MARGIN = timedelta(days=366)
"""So long before the first day and after the last one something may be known, or may an absence last."""


def event_faults(instance: Instance, events: tuple[Event, ...], file: str, faults: Faults) -> None:
    """A fault for each event that names what the tables do not hold, or a time that cannot be."""
    this = _Judge(instance, events, file, faults)
    taken = {each.id for rows in (instance.visits, instance.tasks) for each in rows}
    for number, event in enumerate(events):
        this.where = f"events.{number}"
        this.minute("at", event.at, *this.widest)
        if isinstance(event, Absent | Held | OtherMode):
            this.known("nurse", (event.nurse,), instance.nurse_by_id)
        if isinstance(event, Absent | OtherMode):
            this.inside("first", event.first, this.first - MARGIN, this.last + MARGIN)
            this.inside("last", event.last, event.first, this.last + MARGIN)
        if isinstance(event, Absent):
            this.lost(event)
        elif isinstance(event, Held):
            this.held(event, taken)
        elif isinstance(event, SlowTravel):
            this.inside("day", event.day, this.first - MARGIN, this.last + MARGIN)
            this.known("under_way", event.under_way, instance.nurse_by_id)
        elif isinstance(event, Agreed):
            for nurse, day, kind in (*event.gone, *event.new):
                this.known("nurse", (nurse,), instance.nurse_by_id)
                this.known("kind", (kind,), instance.kind_by_id)
                this.inside("day", day, this.first, this.last)
        elif isinstance(event, Accepted):
            this.referral(event)
        elif isinstance(event, Cancelled):
            this.cancelled(event)


class _Judge:
    """Judges the events of one file; ``where`` names the one at hand."""

    def __init__(self, instance: Instance, events: tuple[Event, ...], file: str, faults: Faults) -> None:
        self.instance, self.events, self.file, self.faults, self.where = instance, events, file, faults, ""
        clock = instance.clock
        self.first, self.last = instance.first_monday, clock.date_of(instance.days - 1)
        self.widest = clock.midnight(-MARGIN.days), clock.midnight(instance.days + MARGIN.days)
        self.orders = {each.id for each in instance.orders}
        self.clients, self.places = set(instance.client_by_id), set(instance.place_by_id)

    def put(self, column: str, key: str, got: Any, **values: Any) -> None:
        """One fault."""
        self.faults.put(self.file, 0, f"{self.where}.{column}", self.faults.say(key, **values), shown(got))

    def known(self, column: str, names: tuple[str, ...], table: Any) -> None:
        """A fault for each name that is not in the table."""
        for each in names:
            if each not in table:
                self.put(column, "expected.known_id", each)

    def minute(self, column: str, minute: int, low: int, high: int) -> None:
        """A fault for a minute outside."""
        if not low <= minute <= high:
            self.put(column, "expected.minute", minute, low=low, high=high)

    def inside(self, column: str, day: date, first: date, last: date) -> None:
        """A fault for a date outside."""
        if not first <= day <= last:
            self.put(column, "expected.inside", day.isoformat(), first=first, last=last)

    def lost(self, event: Absent) -> None:
        """Duties that fell away: hers, of a date of the horizon and a kind that is known."""
        for name, kind in event.duties:
            self.known("duties", (kind,), self.instance.kind_by_id)
            nurse, day = name.split("/")[0], _date_in(name)
            if nurse != event.nurse or day is None or not self.first <= day <= self.last:
                self.put("duties", "expected.own_duty", name, nurse=event.nurse)

    def held(self, event: Held, taken: set[str]) -> None:
        """A time within her day, under an id of its own."""
        clock = self.instance.clock
        before = len(self.faults)
        self.inside("day", event.day, self.first, self.last)
        if len(self.faults) == before:
            midnight = clock.midnight(clock.day_number(event.day))
            self.minute("start", event.start, midnight, midnight + 2 * DAY - event.minutes - event.slack)
        self.new("id", event.id, taken)

    def referral(self, event: Accepted) -> None:
        """An order, and a client and place where they are new, of what the tables and earlier referrals know."""
        order, client, place = event.referral.order, event.referral.client, event.referral.place
        if place is not None:
            self.new("referral.place.id", place.id, self.places)
        if client is not None:
            self.known("referral.client.organisation", (client.organisation,), self.instance.organisation_by_id)
            self.known("referral.client.place", (client.place,), self.places)
            self.new("referral.client.id", client.id, self.clients)
        self.known("referral.order.client", (order.client,), self.clients)
        self.known("referral.order.acts", order.acts, {each.id for each in self.instance.acts})
        self.new("referral.order.id", order.id, self.orders)

    def new(self, column: str, name: str, taken: set[str]) -> None:
        """A fault for an id that is there already; from now on it is."""
        if name in taken:
            self.put(column, "expected.unique", name)
        taken.add(name)

    def cancelled(self, event: Cancelled) -> None:
        """Visits of the tables; one of an order that came after publication is known by that order."""
        came = {each.referral.order.id for each in self.events if isinstance(each, Accepted)}
        for each in event.visits:
            if each not in self.instance.visit_by_id and each.split("/")[0] not in came:
                self.put("visits", "expected.known_id", each)


def _date_in(duty: str) -> date | None:
    """The date in ``nurse/date/lane``."""
    parts = duty.split("/")
    try:
        return date.fromisoformat(parts[1]) if len(parts) == 3 else None
    except ValueError:
        return None

