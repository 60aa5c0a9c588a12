"""Orders to visits with stable ids, edited visits over them, and links to ties between visits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from instances.ties import expand_links
from optimiser.domain.clock import Clock
from optimiser.domain.instance import Instance
from optimiser.domain.noun import WEEKDAYS
from optimiser.domain.people import Client
from optimiser.domain.work import Act, ClockWindow, EditedVisit, Order, Visit, Window

CHECKS = ("none", "remote", "on_site")


@dataclass(frozen=True)
class Draft:
    """A visit before its windows are put on the clock: the allowed days and the clock window on each of them."""

    id: str
    client: str
    acts: tuple[str, ...]
    days: tuple[int, ...]
    window: ClockWindow
    order: Order | None = None
    edit: EditedVisit | None = None


@dataclass(frozen=True)
class Care:
    """What visits are made of: the calendar, the horizon, and the tables by id."""

    clock: Clock
    days: int
    reporting: int
    acts: Mapping[str, Act]
    clients: Mapping[str, Client]

    def minutes(self, draft: Draft) -> int:
        """Length of a visit, reporting included: the edited length, else the order's, else the sum of its acts."""
        given = draft.edit.minutes if draft.edit else None
        own_acts = draft.edit is not None and bool(draft.edit.acts)
        if given is None and draft.order and not own_acts:
            given = draft.order.minutes
        return (given or sum(self.acts[act].minutes for act in draft.acts)) + self.reporting


def expanded(instance: Instance) -> Instance:
    """``instance`` with its ``visits`` and ``work_links`` made from the tables; what they held before is dropped.

    The tables must be without faults (``instances.read`` refuses them otherwise).
    """
    care = Care(
        instance.clock, instance.days, instance.settings.reporting_minutes,
        {each.id: each for each in instance.acts}, instance.client_by_id,
    )
    drafts = edited_drafts(order_drafts(instance.orders, care), instance.edited_visits, instance.orders, care)
    visits = tuple(visit_of(draft, care) for draft in drafts)
    ties = expand_links(instance.links, instance.orders, visits, instance.tasks, instance.clock)
    fields = {name: getattr(instance, name) for name in type(instance).model_fields}
    return Instance(**(fields | {"visits": visits, "work_links": ties}))


def order_drafts(orders: Iterable[Order], care: Care) -> list[Draft]:
    """The visits of all orders in the horizon, in the order of the table, then by day and number."""
    return [
        Draft(f"{order.id}/{care.clock.date_of(days[0])}/{number}", order.client, order.acts, days, window, order)
        for order in orders
        for days in allowed_days(order, care.clock, care.days)
        for number, window in enumerate(order.windows, start=1)
    ]


def allowed_days(order: Order, clock: Clock, horizon: int) -> list[tuple[int, ...]]:
    """For each occurrence of the order the day numbers that it may use, cut by its first and last date."""
    first = clock.day_number(order.first)
    last = horizon - 1 if order.last is None else min(horizon - 1, clock.day_number(order.last))
    within = range(max(0, first), last + 1)
    kind, _, detail = order.rhythm.partition(":")
    if kind == "free":
        return [run for run in _runs(int(detail), within, horizon) if run]
    if kind == "every":
        return [(day,) for day in within if (day - first) % int(detail) == 0]
    if kind == "days":
        return [(day,) for day in within if WEEKDAYS[clock.weekday(day)] in detail.split("+")]
    return [(day,) for day in within]


def _runs(count: int, within: range, horizon: int) -> Iterable[tuple[int, ...]]:
    """Each calendar week cut into ``count`` equal runs of days."""
    for monday in range(0, horizon, 7):
        for part in range(count):
            run = range(monday + 7 * part // count, monday + 7 * (part + 1) // count)
            yield tuple(day for day in run if day in within)


def edited_drafts(
    drafts: Sequence[Draft], edits: Iterable[EditedVisit], orders: Iterable[Order], care: Care
) -> list[Draft]:
    """The drafts with the rows of ``visits`` over them; visits by themselves come last."""
    by_id = {draft.id: draft for draft in drafts}
    order_by_id = {order.id: order for order in orders}
    for edit in edits:
        known = by_id.get(edit.id)
        if edit.cancelled:
            by_id.pop(edit.id, None)
        elif known is not None:
            by_id[edit.id] = apply_edit(known, edit, care.clock)
        else:
            by_id[edit.id] = alone(edit, order_by_id.get(edit.id.split("/")[0]), care.clock)
    return list(by_id.values())


def apply_edit(draft: Draft, edit: EditedVisit, clock: Clock) -> Draft:
    """The draft with the filled cells of a row of ``visits``; a day makes a free-day visit one of that day."""
    start = draft.window[0] if edit.from_time is None else edit.from_time
    end = draft.window[1] if edit.until_time is None else edit.until_time
    return replace(
        draft,
        acts=edit.acts or draft.acts,
        days=draft.days if edit.day is None else (clock.day_number(edit.day),),
        window=(start, end),
        edit=edit,
    )


def alone(edit: EditedVisit, order: Order | None, clock: Clock) -> Draft:
    """A visit by itself; under an order's id (``order/...``) client and acts may be the order's."""
    client = edit.client or (order.client if order else None)
    assert client and edit.day and edit.from_time is not None and edit.until_time is not None
    acts = edit.acts or (order.acts if order else ())
    return Draft(edit.id, client, acts, (clock.day_number(edit.day),), (edit.from_time, edit.until_time), order, edit)


def visit_of(draft: Draft, care: Care) -> Visit:
    """The visit of a draft: windows on the clock, and the sum of what its acts ask."""
    acts = [care.acts[act] for act in draft.acts]
    order, edit = draft.order, draft.edit
    second_check = max((act.second_check for act in acts), key=CHECKS.index)
    pair = second_check == "on_site" or care.clients[draft.client].unsafe
    nurses = (edit and edit.nurses) or (order and order.nurses) or max(act.nurses for act in acts)
    critical = edit.time_critical if edit and edit.time_critical is not None else bool(order and order.time_critical)
    form_from, form_until = _form(order)
    return Visit(
        id=draft.id,
        client=draft.client,
        acts=draft.acts,
        windows=tuple(
            Window(day=day, start=care.clock.at(day, draft.window[0]), end=care.clock.at(day, draft.window[1]))
            for day in draft.days
        ),
        minutes=care.minutes(draft),
        nurses=2 if pair else nurses,
        level=max(act.level for act in acts),
        skills=tuple(dict.fromkeys(skill for act in acts for skill in act.skills)),
        second_check=second_check,
        priority=(edit and edit.priority) or (order.priority if order else "normal"),
        time_critical=critical,
        order=order.id if order else None,
        order_form_from=form_from,
        order_form_until=form_until,
        order_form_needed=any(act.reserved for act in acts) and (form_from or form_until) is not None,
    )


def _form(order: Order | None) -> tuple[date | None, date | None]:
    return (order.order_form_from, order.order_form_until) if order else (None, None)
