"""Fewer clients and fewer hands: an instance without some clients, with other contract hours, without some nurses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from optimiser.domain.instance import Instance
from optimiser.domain.people import Nurse
from optimiser.domain.work import Task

NURSE_TABLES = (
    "nurse_skills", "availability", "wishes", "client_nurses", "context", "duties_given", "cycles", "counters",
    "past_visits",
)  # fmt: skip
CLIENT_TABLES = ("client_nurses", "past_visits", "orders", "visits")
LEAST_HOLDERS = 2
"""So many nurses of an organisation keep each skill that its clients need (or as many as hold it today)."""


def without_clients(instance: Instance, gone: Collection[str]) -> Instance:
    """The instance without these clients, their orders and visits, and the tasks that are tied to their work alone."""
    if not gone:
        return instance
    lost = frozenset(gone)
    orders = {each.id for each in instance.orders if each.client in lost}
    works = orders | {each.id for each in instance.visits if each.client in lost}
    works |= {each.id for each in instance.edited_visits if each.client in lost or each.id.split("/")[0] in orders}

    def is_lost(name: str) -> bool:
        return name in works or name.split("/")[0] in orders

    partners: dict[str, list[str]] = defaultdict(list)
    for link in instance.links:
        for one, other in ((link.first, link.second), (link.second, link.first)):
            if one in instance.task_by_id:
                partners[one].append(other)
    idle = {task for task, tied in partners.items() if all(is_lost(each) for each in tied)}
    tables: dict[str, tuple[Any, ...]] = {
        name: tuple(each for each in getattr(instance, name) if each.client not in lost) for name in CLIENT_TABLES
    }
    tables["clients"] = tuple(each for each in instance.clients if each.id not in lost)
    tables["edited_visits"] = tuple(each for each in instance.edited_visits if not is_lost(each.id))
    tables["tasks"] = tuple(each for each in instance.tasks if each.id not in idle)
    for name in ("links", "work_links"):
        tables[name] = tuple(
            each
            for each in getattr(instance, name)
            if not {each.first, each.second} & idle and not is_lost(each.first) and not is_lost(each.second)
        )
    return changed(instance, tables)


def with_hours(instance: Instance, percent: float) -> Instance:
    """The instance in which each contract has ``percent`` of its minutes; leave, absence and tasks stay as they are.

    Students keep theirs: their hours serve nobody.
    """
    nurses = tuple(
        each
        if each.experience == "student"
        else each.model_copy(update={"contract_minutes": round(each.contract_minutes * percent / 100)})
        for each in instance.nurses
    )
    return changed(instance, {"nurses": nurses})


def without_nurses(instance: Instance, gone: Collection[str]) -> Instance:
    """The instance without these nurses; what a task in a route named one of them for, any colleague may do."""
    if not gone:
        return instance
    lost = frozenset(gone)
    tables: dict[str, tuple[Any, ...]] = {
        name: tuple(each for each in getattr(instance, name) if each.nurse not in lost) for name in NURSE_TABLES
    }
    tables["nurses"] = tuple(each for each in instance.nurses if each.id not in lost)
    tables["overrides"] = tuple(each for each in instance.overrides if each.nurse not in lost)
    tables["tasks"] = tuple(
        _for_anybody(each, lost) for each in instance.tasks if each.in_route or each.nurse not in lost
    )
    tables["slow_days"] = tuple(
        each.model_copy(update={"under_way": tuple(name for name in each.under_way if name not in lost)})
        for each in instance.slow_days
    )
    return changed(instance, tables)


def leaving(instance: Instance) -> tuple[str, ...]:
    """Nurses in the order in which they can be missed, the same for each scenario.

    Next is somebody of the organisation that has so far lost the smallest share of its contract hours: of its
    experienced nurses whom no student follows, the one whose skills are least needed: the minutes of its clients'
    visits that ask a skill, by the nurses of the organisation left who hold it, summed over hers and divided by her
    contract. Nobody leaves while a skill that is needed would have fewer than ``LEAST_HOLDERS`` left.
    """
    held, asked = _held(instance), _asked(instance)
    companions = {each.companion for each in instance.nurses}
    staff = [each for each in instance.nurses if each.experience == "experienced" and each.contract_minutes]
    left = {each.id: [nurse for nurse in staff if nurse.organisation == each.id] for each in instance.organisations}
    contracts = {name: sum(each.contract_minutes for each in nurses) for name, nurses in left.items()}
    lost = dict.fromkeys(contracts, 0)
    row: list[str] = []
    while True:
        able: dict[str, Nurse] = {}
        for name, nurses in left.items():
            needs = [
                (_need(each, nurses, held, asked[name]), each.id, each) for each in nurses if each.id not in companions
            ]
            free = [each for each in needs if each[0] is not None]
            if free and len(nurses) > 1:
                able[name] = min(free, key=lambda each: (each[0] or 0.0, each[1]))[2]
        if not able:
            return tuple(row)
        name = min(able, key=lambda each: (lost[each] + able[each].contract_minutes) / contracts[each])
        left[name].remove(able[name])
        lost[name] += able[name].contract_minutes
        row.append(able[name].id)


def changed(instance: Instance, tables: dict[str, tuple[Any, ...]]) -> Instance:
    """Made anew: a copy would keep what was worked out for the other instance."""
    fields: dict[str, Any] = {name: getattr(instance, name) for name in Instance.model_fields}
    return Instance(**fields | tables)


def _for_anybody(task: Task, lost: frozenset[str]) -> Task:
    return task.model_copy(update={"nurse": None}) if task.nurse in lost else task


def _held(instance: Instance) -> dict[str, set[str]]:
    """Nurse -> skills that she holds on the first day of the horizon and on its last."""
    last = instance.clock.date_of(instance.days - 1)
    held: dict[str, set[str]] = defaultdict(set)
    for row in instance.nurse_skills:
        if (row.valid_from is None or row.valid_from <= instance.first_monday) and (
            row.valid_until is None or last <= row.valid_until
        ):
            held[row.nurse].add(row.skill)
    return held


def _asked(instance: Instance) -> dict[str, dict[str, int]]:
    """Organisation -> skill -> minutes of its clients' visits that ask it."""
    asked: dict[str, dict[str, int]] = {each.id: defaultdict(int) for each in instance.organisations}
    for visit in instance.visits:
        for skill in visit.skills:
            asked[instance.client_by_id[visit.client].organisation][skill] += visit.minutes
    return asked


def _need(nurse: Nurse, nurses: list[Nurse], held: dict[str, set[str]], asked: dict[str, int]) -> float | None:
    """How much a nurse's skills are needed, by contract minute; None where too few would hold one without her."""
    need = 0.0
    for skill in held[nurse.id] & asked.keys():
        holders = sum(skill in held[each.id] for each in nurses)
        if holders <= LEAST_HOLDERS:
            return None
        need += asked[skill] / holders
    return need / nurse.contract_minutes
