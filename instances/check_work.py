"""Work and people: visits that fit their windows, companions, edited visits, ties that can hold together."""

from __future__ import annotations

from instances.check_ids import broken_tables, check_work_names
from instances.expand import Care, Draft, alone, apply_edit, order_drafts, visit_of
from instances.gathered import Gathered
from instances.rows import Entry
from instances.sheets import Faults
from instances.ties import expand_links
from optimiser.domain.clock import DAY
from optimiser.domain.work import Link, Order

MAX_MINUTES = 900
"""Of a visit, reporting included (``Visit.minutes``)."""


def check_people(all_rows: Gathered, faults: Faults) -> None:
    """Faults for students without an experienced companion of their own, and companions of others."""
    nurses = {entry.noun.id: entry.noun for entry in all_rows.good("nurses")}
    followed: set[str] = set()
    for entry in all_rows.good("nurses"):
        nurse = entry.noun
        if nurse.experience == "student" and nurse.companion is None:
            entry.fault(faults, "companion", faults.say("expected.companion"))
        elif nurse.experience != "student" and nurse.companion is not None:
            entry.fault(faults, "companion", faults.say("expected.no_companion"))
        elif nurse.companion in nurses and nurses[nurse.companion].experience != "experienced":
            entry.fault(faults, "companion", faults.say("expected.experienced_companion"))
        elif nurse.companion in followed:
            entry.fault(faults, "companion", faults.say("expected.one_student"))
        if nurse.companion is not None:
            followed.add(nurse.companion)


def check_work(all_rows: Gathered, faults: Faults) -> None:
    """Faults of orders, edited visits and links that only show when the orders are expanded."""
    care_rows = all_rows.entries.get("orders") or all_rows.entries.get("edited_visits")
    # who only answers calls has no orders
    calls = bool(all_rows.entries.get("call_sources"))
    if not care_rows and not calls and not {"orders", "edited_visits"} & broken_tables(all_rows, faults):
        faults.put("orders.csv", 0, "", faults.say("expected.care"), faults.say("got.missing"))
    care = Care(
        all_rows.clock, all_rows.days, all_rows.header.settings.reporting_minutes,
        {entry.noun.id: entry.noun for entry in all_rows.good("acts")},
        {entry.noun.id: entry.noun for entry in all_rows.good("clients")},
    )
    orders = [entry for entry in all_rows.good("orders") if _whole(entry.noun, care)]
    for entry in all_rows.good("orders"):
        _order(entry, care, faults)
    drafts = {draft.id: draft for draft in order_drafts([entry.noun for entry in orders], care)}
    names = set(drafts)
    for entry in all_rows.good("edited_visits"):
        _edit(entry, drafts, all_rows, care, faults)
    check_work_names(all_rows, names, {entry.noun.id for entry in orders}, faults)
    _links(all_rows, [entry.noun for entry in orders], drafts, care, faults)


def _whole(order: Order, care: Care) -> bool:
    """Whether the client and all acts of an order are known and good, so that it can be expanded."""
    return order.client in care.clients and all(act in care.acts for act in order.acts)


def _order(entry: Entry, care: Care, faults: Faults) -> None:
    order = entry.noun
    if (order.gap_min is None) != (order.gap_max is None):
        empty, filled = ("gap_min", "gap_max") if order.gap_min is None else ("gap_max", "gap_min")
        entry.fault(faults, empty, faults.say("expected.pair", other=entry.heading(filled)))
    elif order.gap_min is not None and order.gap_max < order.gap_min:
        entry.fault(faults, "gap_max", faults.say("expected.least", value=order.gap_min))
    if not all(act in care.acts for act in order.acts):
        return
    minutes = care.minutes(Draft(order.id, order.client, order.acts, (0,), order.windows[0], order))
    for window in order.windows:
        if not _window(entry, window, minutes, "windows", care, faults):
            break


def _window(
    entry: Entry, window: tuple[int, int], minutes: int, field: str, care: Care, faults: Faults
) -> bool:
    if minutes > MAX_MINUTES:
        most = faults.say("expected.most", value=f"{MAX_MINUTES} min")
        entry.fault(faults, "minutes" if entry.noun.minutes else "acts", most, f"{minutes} min")
    elif window[0] >= DAY:
        entry.fault(faults, field, faults.say("expected.one_day"))
    elif window[1] - window[0] < minutes:
        entry.fault(faults, field, faults.say("expected.window", minutes=minutes, reporting=care.reporting))
    else:
        return True
    return False


def _edit(entry: Entry, drafts: dict[str, Draft], all_rows: Gathered, care: Care, faults: Faults) -> None:
    """Judge a row of ``visits`` and put its draft in the place of the expanded one."""
    edit = entry.noun
    name = edit.id.split("/")[0]
    order = next((each.noun for each in all_rows.good("orders") if each.noun.id == name), None)
    if "/" in edit.id and name in all_rows.ids("orders") and (order is None or not _whole(order, care)):
        return
    draft = drafts.get(edit.id)
    if draft is None and edit.cancelled:
        entry.fault(faults, "id", faults.say("expected.not_cancelled_alone"))
        return
    if order is not None and edit.client not in (None, order.client):
        entry.fault(faults, "client", faults.say("expected.same_order"))
    if edit.cancelled:
        del drafts[edit.id]
        return
    if draft is None:
        missing = [each for each in ("client", "acts") if order is None and not getattr(edit, each)]
        missing += [each for each in ("day", "from_time", "until_time") if getattr(edit, each) is None]
        for field in missing:
            entry.fault(faults, field, faults.say("expected.own_visit", column=entry.heading(field)))
        if missing:
            return
    made = alone(edit, order, care.clock) if draft is None else apply_edit(draft, edit, care.clock)
    if made.client not in care.clients or not all(act in care.acts for act in made.acts):
        drafts.pop(edit.id, None)
        return
    if _window(entry, made.window, care.minutes(made), "until_time", care, faults):
        drafts[edit.id] = made


def _links(all_rows: Gathered, orders: list[Order], drafts: dict[str, Draft], care: Care, faults: Faults) -> None:
    """Faults for links whose gaps cross, alone or around a ring with others."""
    crossed = False
    for entry in all_rows.good("links"):
        if entry.noun.gap_max < entry.noun.gap_min:
            entry.fault(faults, "gap_max", faults.say("expected.least", value=entry.noun.gap_min))
            crossed = True
    if faults or crossed:
        return
    rows = {entry.noun.id: entry for entry in all_rows.good("links")}
    visits = [visit_of(draft, care) for draft in drafts.values()]
    ties = expand_links(
        [entry.noun for entry in rows.values()], orders, visits, [each.noun for each in all_rows.good("tasks")],
        care.clock,
    )
    ring = impossible_ring(ties)
    at_fault = [rows[name] for name in {tie.id.split("/")[0] for tie in ring} if name in rows]
    if at_fault:
        path = " - ".join(dict.fromkeys(name for each in ring for name in (each.first, each.second)))
        last = max(at_fault, key=lambda entry: entry.row)
        last.fault(faults, "gap_max", faults.say("expected.possible_ties"), faults.say("got.sum", path=path))


def impossible_ring(ties: tuple[Link, ...]) -> list[Link]:
    """Ties around a ring whose gaps cannot all hold (a negative cycle, Bellman and Ford); empty when all can."""
    edges = [(tie.first, tie.second, tie.gap_max, tie) for tie in ties]
    edges += [(tie.second, tie.first, -tie.gap_min, tie) for tie in ties]
    latest = {name: 0 for edge in edges for name in edge[:2]}
    through: dict[str, tuple[str, Link]] = {}
    changed = ""
    for _ in range(len(latest) + 1):
        changed = ""
        for start, end, length, tie in edges:
            if latest[start] + length < latest[end]:
                latest[end], through[end], changed = latest[start] + length, (start, tie), end
        if not changed:
            return []
    for _ in range(len(latest)):
        changed = through[changed][0]
    ring, at = [], changed
    while True:
        at, tie = through[at]
        ring.append(tie)
        if at == changed:
            return ring
