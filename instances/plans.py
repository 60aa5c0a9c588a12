"""``plan.json``: a plan with the fingerprint of the instance it was made for."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from instances.event_faults import event_faults
from instances.events import with_events
from instances.files import write_whole
from instances.rosters import duties_csv, read_duties, routes_csv
from instances.rows import limit_of, shown
from instances.sheets import Faults, read_text
from optimiser.domain.instance import Instance
from optimiser.domain.noun import Noun
from optimiser.domain.plan import BREAK, PLAN_FORMAT, Duty, Plan
from optimiser.errors import InputError
from optimiser.texts import Language, text

MARGIN_DAYS = 7
"""So far outside the horizon a plan may name times; the check judges those nearer by."""

MOST_DIFFERENCES = 8
"""So many changes of a table are named; the others are counted."""

__all__ = ["duties_csv", "read_duties", "read_plan", "routes_csv", "write_plan"]


def write_plan(plan: Plan, path: Path) -> None:
    """Write ``plan`` as JSON, whole or not at all, for its owner only: it says where each nurse is and who is cared
    for."""
    write_whole(path, plan.model_dump_json(indent=1) + "\n", private=True)


def read_plan(path: Path, instance: Instance, language: Language = "en") -> tuple[Plan, list[str]]:
    """The plan in ``path``, and what changed in the tables since it was made, row by row. What its events changed is
    no difference: ``instances.events.with_events`` gives those tables.

    Visits and tasks whose row has since gone are taken out of the plan, and named. Raises ``InputError`` when the file
    is no plan, of another version, of an instance with another name, or when it names what this instance never had.
    """
    faults = Faults(language)
    plan = _parse(path, faults)
    if plan is None:
        raise InputError(faults)
    if plan.instance != instance.name:
        faults.put(path.name, 0, "instance", faults.say("expected.same_instance", name=instance.name), plan.instance)
        raise InputError(faults)
    event_faults(instance, plan.events, path.name, faults)
    if faults:
        raise InputError(list(dict.fromkeys(faults)))
    instance = with_events(instance, plan.events)
    _outside(plan, instance, path.name, faults)
    gone = _gone(plan, instance, path.name, faults)
    if faults:
        raise InputError(list(dict.fromkeys(faults)))
    differences = row_differences(plan.row_hashes, instance.row_hashes, language)
    if gone:
        plan = _without(plan, gone)
        differences += [text("input.difference.gone", language, id=each) for each in sorted(gone)]
    return plan, differences


def _parse(path: Path, faults: Faults) -> Plan | None:
    content = read_text(path, faults)
    if content is None:
        return None
    try:
        raw: Any = json.loads(content)
    except (ValueError, RecursionError) as error:
        faults.put(path.name, getattr(error, "lineno", 0), "", faults.say("expected.plan"), str(error))
        return None
    if not isinstance(raw, dict) or raw.get("format") != PLAN_FORMAT:
        got = str(raw.get("format", faults.say("got.missing"))) if isinstance(raw, dict) else content[:80]
        faults.put(path.name, 0, "format", faults.say("expected.plan_format", version=PLAN_FORMAT), got)
        return None
    try:
        return Plan.model_validate(raw)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_context=True):
            column = ".".join(str(part) for part in detail["loc"])
            got = faults.say("got.missing") if detail["type"] == "missing" else shown(detail["input"])
            faults.put(path.name, 0, column, limit_of(detail, faults), got)
        return None


def _outside(plan: Plan, instance: Instance, file: str, faults: Faults) -> None:
    """A fault for each duty outside the horizon, for times that no duty of it has, and for an id used twice."""
    last = instance.clock.date_of(instance.days - 1)
    low, high = instance.clock.midnight(-MARGIN_DAYS), instance.clock.midnight(instance.days + MARGIN_DAYS)
    seen: set[str] = set()
    for duty in plan.duties:
        if not instance.first_monday <= duty.day <= last:
            expected = faults.say("expected.inside", first=instance.first_monday, last=last)
            faults.put(file, 0, "duties.day", expected, duty.day.isoformat())
        minutes = (duty.start, duty.end, *(m for stop in duty.stops for m in (stop.arrival, stop.start, stop.end)))
        for minute in minutes:
            if not low <= minute <= high:
                faults.put(file, 0, "duties.start", faults.say("expected.minute", low=low, high=high), shown(minute))
        if duty.id in seen:
            faults.put(file, 0, "duties.id", faults.say("expected.unique"), duty.id)
        seen.add(duty.id)


def _gone(plan: Plan, instance: Instance, file: str, faults: Faults) -> set[str]:
    """Ids of visits and tasks of the plan whose table row has gone since; a fault for every id never known."""
    work = instance.visit_by_id.keys() | instance.task_by_id.keys()
    known: dict[str, Mapping[str, Noun]] = {
        "nurse": instance.nurse_by_id, "kind": instance.kind_by_id, "organisation": instance.organisation_by_id,
    }
    for duty in plan.duties:
        for field, table in known.items():
            if getattr(duty, field) not in table:
                faults.put(file, 0, f"duties.{field}", faults.say("expected.known_id"), getattr(duty, field))
        if duty.follows is not None and duty.follows not in instance.nurse_by_id:
            faults.put(file, 0, "duties.follows", faults.say("expected.known_id"), duty.follows)
    named = {stop.id for duty in plan.duties for stop in duty.stops if stop.what != BREAK}
    absent = (named | {each.id for each in plan.unserved}) - work
    for each in sorted(absent):
        rows = (f"orders/{each.split('/')[0]}", f"edited_visits/{each}", f"tasks/{each}")
        if not any(row in plan.row_hashes for row in rows):
            faults.put(file, 0, "id", faults.say("expected.known_id"), each)
    return absent


def _without(plan: Plan, gone: set[str]) -> Plan:
    """The plan without some work; its claims about cost no longer hold and are dropped."""
    duties = tuple(_lighter(duty, gone) for duty in plan.duties)
    raw = {name: getattr(plan, name) for name in Plan.model_fields} | {
        "duties": duties,
        "unserved": tuple(each for each in plan.unserved if each.id not in gone),
        "objective": None, "objective_terms": {}, "lower_bound": None,
        "status": "feasible" if plan.status == "optimal" else plan.status,
    }
    return Plan.model_validate(raw)


def _lighter(duty: Duty, gone: set[str]) -> Duty:
    routes = tuple(
        route.model_copy(update={"stops": tuple(stop for stop in route.stops if stop.id not in gone)})
        for route in duty.routes
    )
    return duty.model_copy(update={"routes": routes})


def row_differences(old: dict[str, str], new: dict[str, str], language: Language = "en") -> list[str]:
    """Sentences about rows that changed, came or went, table by table.

    Rows without an id (their key ends in a number) are compared as a heap: the row number is today's. Of a table where
    many rows changed some are named and the others counted.
    """
    lines: list[str] = []
    for table in dict.fromkeys(key.split("/", 1)[0] for key in (*new, *old)):
        before, now = _of(old, table), _of(new, table)
        numbered = all(key.isdigit() for key in (*before, *now))
        found = (_heap if numbered else _named)(table, before, now, language)
        more = len(found) - MOST_DIFFERENCES
        if more > 1:
            found = found[:MOST_DIFFERENCES] + [text("input.difference.more", language, table=table, count=more)]
        lines += found
    return lines


def _named(table: str, before: dict[str, str], now: dict[str, str], language: Language) -> list[str]:
    changes = {
        key: "changed" if key in before else "added" for key, value in now.items() if before.get(key) != value
    } | {key: "removed" for key in before if key not in now}
    return [text(f"input.difference.{change}", language, table=table, row=key) for key, change in changes.items()]


def _of(hashes: dict[str, str], table: str) -> dict[str, str]:
    return {key.split("/", 1)[1]: value for key, value in hashes.items() if key.startswith(f"{table}/")}


def _heap(table: str, before: dict[str, str], now: dict[str, str], language: Language) -> list[str]:
    left = Counter(before.values())
    lines = []
    for key, value in now.items():
        if left[value]:
            left[value] -= 1
        else:
            row = int(key) + 2  # as the spreadsheet counts: the heading is row 1
            lines.append(text("input.difference.new_row", language, table=table, row=row))
    if count := left.total():
        lines.append(text("input.difference.lost_rows", language, table=table, count=count))
    return lines
