"""The parts that the sharing graph splits into, each as an instance of its own, and contracts among fewer."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from optimiser.domain.calls import Area
from optimiser.domain.duty import ShiftKind
from optimiser.domain.instance import Instance
from optimiser.domain.sharing import SharingContract
from optimiser.domain.work import Task

LONGEST_NAME = 60


def components(instance: Instance, contract: SharingContract) -> tuple[tuple[str, ...], ...]:
    """The parts of the sharing graph: organisations that share visits or cover with each other, in the instance's
    order; a part with one organisation shares with nobody.

    Who enters after the horizon stands alone. Other limits (skills, districts, consents, caps) make less shared, not
    more parts.
    """
    groups = _groups(instance, contract)
    group_of = {each: number for number, group in enumerate(groups) for each in group}
    parts: dict[int, list[str]] = {}
    for organisation in instance.organisations:
        parts.setdefault(group_of[organisation.id], []).append(organisation.id)
    return tuple(tuple(part) for part in parts.values())


def coalition(contract: SharingContract, members: Collection[str]) -> SharingContract:
    """The contract among ``members`` alone, named after them (``joint.aafje.laurens``); the others share with nobody.

    Groups that the contract has stay apart: each is cut to its members, and a member that is in none stays alone.
    """
    inside = tuple(sorted(set(members)))
    groups = tuple(cut for group in contract.groups if (cut := tuple(each for each in group if each in inside)))
    if not contract.groups:
        groups = (inside,)
    grouped = {each for group in groups for each in group}
    # an empty tuple would mean all, so that members without a group are written as groups of one
    groups += tuple((each,) for each in inside if each not in grouped)
    changed = {
        "name": _name(contract.name, inside), "groups": groups,
        "own_by_day": tuple(each for each in contract.own_by_day if each in inside),
        "most_lent": tuple(each for each in contract.most_lent if each.organisation in inside),
        "entries": tuple(each for each in contract.entries if each.organisation in inside),
    }  # fmt: skip
    return contract.model_copy(update=changed)


def part_of(instance: Instance, organisations: Collection[str]) -> Instance:
    """The instance with the people and work of these organisations only; the whole one when they are all of them.

    Every id in it refers to something in it. What ties two parts is in neither: relations and past visits between a
    client and another part's nurse, and links between works of two parts (so judge merged plans by the whole
    instance). A task with a name goes with its nurse; a student whose companion is elsewhere is left out. Places that
    nobody in any part uses stay in all; so do districts and acts. ``contracts`` are left out: they name the others.
    Raises ValueError for an organisation that is not there.
    """
    wanted = {each for each in organisations if each in instance.organisation_by_id}
    if not wanted or len(wanted) < len(set(organisations)):
        raise ValueError(f"organisations of this instance: {', '.join(instance.organisation_by_id)}")
    if len(wanted) == len(instance.organisations):
        return instance
    people = {each.id for each in instance.nurses if each.organisation in wanted}
    people -= {each.id for each in instance.nurses if each.companion is not None and each.companion not in people}
    tables = _people(instance, people) | _work(instance, wanted, people)
    tables["organisations"] = tuple(each for each in instance.organisations if each.id in wanted)
    tables |= _calls(instance, wanted)
    left = {each.id for each in instance.areas} - {each.id for each in _areas(instance, wanted)}
    kinds = tuple(each for each in _kinds(instance, wanted, people) if each.area not in left)
    tables["shift_kinds"], known = kinds, {each.id for each in kinds}
    for name in ("duties_given", "cycles"):  # what answers for others only, nobody here does
        tables[name] = tuple(each for each in getattr(instance, name) if each.nurse in people and each.kind in known)
    tables["cover"] = tuple(each for each in instance.cover if each.organisation in wanted and each.area not in left)
    tables["overrides"] = tuple(each for each in instance.overrides if each.nurse is None or each.nurse in people)
    tables["slow_days"] = tuple(
        each.model_copy(update={"under_way": tuple(nurse for nurse in each.under_way if nurse in people)})
        for each in instance.slow_days
    )
    tables["contracts"] = ()
    tables["name"] = _name(instance.name, sorted(wanted))
    return _with_places(instance, _changed(instance, tables))


def _groups(instance: Instance, contract: SharingContract) -> list[set[str]]:
    """Every organisation in one set; sets that overlap are joined."""
    last = instance.clock.date_of(instance.days - 1)
    everyone = [each.id for each in instance.organisations]
    alone = {each.organisation for each in contract.entries if each.from_date > last}
    named: Iterable[Collection[str]] = contract.groups or (everyone,)
    if contract.visits == "own" and contract.cover == "own":
        named = ()
    groups = [{each} for each in everyone]
    for group in named:
        members = set(group) & set(everyone) - alone
        touched = [each for each in groups if each & members]
        groups = [each for each in groups if not each & members]
        if touched:
            groups.append(set().union(*touched))
    return groups


def _people(instance: Instance, people: set[str]) -> dict[str, object]:
    """The tables whose rows are of one nurse."""
    names = ("nurse_skills", "availability", "wishes", "context", "duties_given", "cycles", "counters")
    tables: dict[str, object] = {
        name: tuple(each for each in getattr(instance, name) if each.nurse in people) for name in names
    }
    tables["nurses"] = tuple(each for each in instance.nurses if each.id in people)
    return tables


def _calls(instance: Instance, wanted: set[str]) -> dict[str, object]:
    """Where calls come from, and the areas; what a call asks and when is the same for all."""
    return {
        "areas": _areas(instance, wanted),
        "call_sources": tuple(each for each in instance.call_sources if each.organisation in wanted),
    }


def _areas(instance: Instance, wanted: set[str]) -> tuple[Area, ...]:
    """Areas cut to these organisations; without those that are others' only."""
    return tuple(
        each.model_copy(update={"organisations": tuple(name for name in each.organisations if name in wanted)})
        for each in instance.areas
        if not each.organisations or wanted.intersection(each.organisations)
    )


def _work(instance: Instance, wanted: set[str], people: set[str]) -> dict[str, object]:
    """Clients, their visits and what is tied to them, and tasks."""
    clients = {each.id for each in instance.clients if each.organisation in wanted}
    orders = {each.id for each in instance.orders if each.client in clients}
    visits = tuple(each for each in instance.visits if each.client in clients)
    tasks = tuple(_task(instance, each) for each in instance.tasks if _is_of(each, wanted, people))
    # a name of another part's work: of its orders, visits (also those outside the horizon) or tasks
    edited = {
        each.id for each in instance.edited_visits
        if each.client in clients or (each.client is None and each.id.split("/")[0] in orders)
    }  # fmt: skip
    work = orders | edited | {each.id for each in visits} | {each.id for each in tasks}

    def is_inside(name: str) -> bool:
        return name in work or name.split("/")[0] in orders

    return {
        "clients": tuple(each for each in instance.clients if each.id in clients),
        "orders": tuple(each for each in instance.orders if each.id in orders),
        "edited_visits": tuple(each for each in instance.edited_visits if each.id in edited),
        "visits": visits,
        "tasks": tasks,
        "links": tuple(each for each in instance.links if is_inside(each.first) and is_inside(each.second)),
        "work_links": tuple(each for each in instance.work_links if is_inside(each.first) and is_inside(each.second)),
        "client_nurses": tuple(
            each for each in instance.client_nurses if each.client in clients and each.nurse in people
        ),
        "past_visits": tuple(each for each in instance.past_visits if each.client in clients and each.nurse in people),
    }


def _is_of(task: Task, wanted: set[str], people: set[str]) -> bool:
    return task.nurse in people if task.nurse is not None else task.organisation in wanted


def _task(instance: Instance, task: Task) -> Task:
    """The task under the organisation of the nurse whom it names."""
    owner = task.organisation if task.nurse is None else instance.nurse_by_id[task.nurse].organisation
    return task if owner == task.organisation else task.model_copy(update={"organisation": owner})


def _kinds(instance: Instance, wanted: set[str], people: set[str]) -> Iterable[ShiftKind]:
    """Kinds that these organisations use, or that given duties of their nurses have all the same."""
    for kind in instance.shift_kinds:
        users = [each for each in kind.organisations if each in wanted]
        given = {each.nurse for each in instance.duties_given if each.kind == kind.id} & people
        users += sorted({instance.nurse_by_id[each].organisation for each in given} - set(users))
        if not kind.organisations:
            yield kind
        elif users:
            yield kind.model_copy(update={"organisations": tuple(users)})


def _used_places(instance: Instance) -> set[str]:
    """Places that rows name."""
    ends = [place for each in instance.nurses for place in (each.start_place, each.end_place)]
    ends += [place for each in instance.availability for place in (each.start_place, each.end_place)]
    return {
        *(each.home for each in instance.nurses), *(each.place for each in instance.clients),
        *(each.place for each in instance.tasks if each.place is not None),
        *(each.place for each in instance.call_sources),
        *(each.waits_at for each in instance.shift_kinds if each.waits_at is not None),
        *(each for each in ends if each is not None),
    }  # fmt: skip


def _with_places(instance: Instance, part: Instance) -> Instance:
    """The part without places that only others use, and with the rows of the travel table between those left."""
    others = _used_places(instance) - _used_places(part)
    places = tuple(each for each in instance.places if each.id not in others)
    rows = tuple(row for row in instance.travel_table if row[0] not in others and row[1] not in others)
    return _changed(part, {"places": places, "travel_table": rows})


def _changed(instance: Instance, tables: Mapping[str, object]) -> Instance:
    """Made anew: a copy would keep what was worked out for the other instance."""
    fields: dict[str, Any] = {name: getattr(instance, name) for name in Instance.model_fields}
    return Instance(**{**fields, **tables})


def _name(first: str, members: Collection[str]) -> str:
    """``first.one.other``, or with a hash of the members where that is too long for an id."""
    name = ".".join((first, *members))
    if len(name) <= LONGEST_NAME:
        return name
    digest = hashlib.sha256("/".join(members).encode()).hexdigest()[:10]
    return f"{first[: LONGEST_NAME - 11]}.{digest}"
