"""Which rows of the other tables go on: what is past goes, what a rule still reads or what is to come stays."""

from __future__ import annotations

import re
from datetime import date, timedelta

from optimiser.check.timeline import AS_IF_WORKED
from optimiser.daily.next_week_past import Past
from optimiser.domain.duty import Cover
from optimiser.domain.events import Absent
from optimiser.domain.instance import Instance
from optimiser.domain.noun import Noun
from optimiser.domain.people import Availability, Nurse, PastVisit
from optimiser.domain.sharing import SharingContract
from optimiser.domain.work import EditedVisit, Link, Order

PAST_VISIT_DAYS = 14
"""Days of visits that known faces and the faces of a fortnight read."""
DUE_DAYS = 184
"""So long after a due date at most its limits hold while the birth is not known."""
OF_ORDER = re.compile(r"(.+)/(\d{4}-\d{2}-\d{2})/\d+")
"""The id of an expanded visit: its order, and the day from which it may be."""


def rows_by_day(past: Past) -> dict[str, tuple[Noun, ...]]:
    """Wishes, tasks, cover rows of one date and overrides that are not past, and contracts that name such cover."""
    instance, first = past.instance, past.first
    cover = tuple(row for row in instance.cover if row.day is None or row.day >= first)
    return {
        "contracts": contracts_with(instance, cover),
        "wishes": tuple(row for row in instance.wishes if row.day >= first),
        "tasks": tuple(row for row in instance.tasks if row.day >= first),
        "cover": cover,
        "overrides": tuple(row for row in instance.overrides if row.last >= first),
    }


def contracts_with(instance: Instance, cover: tuple[Cover, ...]) -> tuple[SharingContract, ...]:
    """The named contracts, their numbers of pooled cover without rows that are not in ``cover``."""
    known = {row.id for row in cover}
    contracts = []
    for contract in instance.contracts:
        numbers = (
            number.model_copy(update={"cover": kept})
            for number in contract.pooled_to
            if (kept := tuple(each for each in number.cover if each in known))
        )
        contracts.append(contract.model_copy(update={"pooled_to": tuple(numbers)}))
    return tuple(contracts)


def availability_of(past: Past) -> tuple[Availability, ...]:
    """Rows that are not past, and leave and absence that the averages (``Past.sums_weeks``) count as worked.

    An absence that the plan's events made and that lasts counts a fifth of the contract on each weekday to come, since
    no duty of hers is planned there that could be lost.
    """
    since = past.first - timedelta(weeks=past.sums_weeks)
    absent = {(event.nurse, event.first, event.last) for event in past.plan.events if isinstance(event, Absent)}
    rows = []
    for row in past.instance.availability:
        if row.last < past.first and (row.kind not in AS_IF_WORKED or row.last < since):
            continue
        lasts = any(nurse == row.nurse and low <= row.first <= high for nurse, low, high in absent)
        if lasts and row.kind == "sick" and row.first == row.last >= past.first and not row.minutes_per_day:
            usual = past.instance.nurse_by_id[row.nurse].contract_minutes // 5
            row = row.model_copy(update={"minutes_per_day": usual if row.first.weekday() < 5 else 0})
        rows.append(row)
    return tuple(rows)


def nurses_of(past: Past) -> tuple[Nurse, ...]:
    """The nurses; a due date too long ago for its limits, whose birth nobody entered, goes."""
    return tuple(
        nurse.model_copy(update={"due": None})
        if nurse.due is not None and nurse.gave_birth is None and nurse.due < past.first - timedelta(days=DUE_DAYS)
        else nurse
        for nurse in past.instance.nurses
    )


def orders_of(past: Past) -> tuple[Order, ...]:
    """Orders that have not ended; all of them when every one has, since tables without any care are none."""
    going = tuple(row for row in past.instance.orders if row.last is None or row.last >= past.first)
    return going or (() if edits_of(past) else past.instance.orders)


def edits_of(past: Past) -> tuple[EditedVisit, ...]:
    """Edited visits to come. One that was moved over the border is cancelled on the day from which it came, or stands
    by itself where it went."""
    rows = []
    for row in past.instance.edited_visits:
        named = day_named(past, row.id)
        now = row.day or named
        if now is None or (now < past.first and (named is None or named < past.first)):
            continue
        if now < past.first:
            row = EditedVisit(id=row.id, cancelled=True)
        elif named is not None and named < past.first:
            if row.cancelled:
                continue
            row = alone(past, row)
        rows.append(row)
    return tuple(rows)


def links_of(past: Past, orders: tuple[Order, ...], edits: tuple[EditedVisit, ...]) -> tuple[Link, ...]:
    """Links of which both ends go on."""
    going = {row.id for row in orders} | {row.id for row in edits}
    going |= {row.id for row in past.instance.tasks if row.day >= past.first}

    def goes_on(name: str) -> bool:
        found = OF_ORDER.fullmatch(name)
        if name in going or found is None:
            return name in going
        return found[1] in going and date.fromisoformat(found[2]) >= past.first

    return tuple(row for row in past.instance.links if goes_on(row.first) and goes_on(row.second))


def past_visits_of(past: Past) -> tuple[PastVisit, ...]:
    """Who saw whom in the days before the next horizon; a visit after its first midnight counts on the day before.
    Students are no known faces."""
    last, since = past.first - timedelta(days=1), past.first - timedelta(days=PAST_VISIT_DAYS)
    visits, nurses = past.instance.visit_by_id, past.instance.nurse_by_id
    rows = list(past.instance.past_visits)
    for duty in past.case.duties:
        if nurses[duty.nurse].experience == "student":
            continue
        for stop in duty.stops:
            if stop.what == "visit" and stop.id in visits:
                day = min(last, past.instance.clock.moment_of(stop.start).date())
                rows.append(PastVisit(client=visits[stop.id].client, nurse=duty.nurse, day=day))
    kept = {row for row in rows if since <= row.day <= last}
    return tuple(sorted(kept, key=lambda row: (row.client, row.day, row.nurse)))


def day_named(past: Past, name: str) -> date | None:
    """The day in the id of a visit of an order; None when it is no such id."""
    found = OF_ORDER.fullmatch(name)
    orders = {order.id for order in past.instance.orders}
    return date.fromisoformat(found[2]) if found is not None and found[1] in orders else None


def alone(past: Past, row: EditedVisit) -> EditedVisit:
    """An edited visit with all that its order gave it, for tables that do not expand that day."""
    visit = past.instance.visit_by_id[row.id]
    clock, window = past.instance.clock, visit.windows[0]
    start = clock.clock_time(window.start)
    return EditedVisit(
        id=row.id, client=visit.client, acts=visit.acts, day=row.day, from_time=start,
        until_time=start + window.end - window.start, minutes=visit.minutes - past.instance.settings.reporting_minutes,
        nurses=visit.nurses, priority=visit.priority, time_critical=visit.time_critical,
    )  # fmt: skip
