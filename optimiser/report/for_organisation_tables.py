"""The tables of one organisation, with what they need of others where care is shared."""

from __future__ import annotations

from typing import Any

from optimiser.check.case import Case
from optimiser.check.cover import shortfalls
from optimiser.domain.duty import Cover
from optimiser.domain.instance import Instance, Organisation
from optimiser.domain.people import Client, Nurse, NurseSkill
from optimiser.domain.plan import Plan
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.domain.work import Order
from optimiser.report.for_organisation_shared import Shared
from optimiser.report.for_organisation_told import own_overrides
from optimiser.scenario.cover import pooled_among

ANY_TIME = (0, 1440)
OF_NURSES = ("availability", "wishes", "context", "duties_given", "cycles", "counters", "nurse_skills")


def tables_of(instance: Instance, travel: TravelMatrix, plan: Plan, shared: Shared) -> dict[str, Any]:
    """Field of ``Instance`` -> what is seen of it. Colleagues' rows of ``nurses``, their kinds and their place are not
    in it yet."""
    work = _work(instance, shared)
    tables: dict[str, Any] = {
        name: tuple(each for each in getattr(instance, name) if each.nurse in shared.nurses) for name in OF_NURSES
    }
    tables["nurse_skills"] = (*tables["nurse_skills"], *_skills_on_call(instance, plan, shared))
    tables |= work
    tables["nurses"] = tuple(_nurse(each, shared) for each in instance.nurses if each.id in shared.nurses)
    tables["organisations"] = tuple(_organisations(instance, plan, shared))
    tables["shift_kinds"] = _kinds(instance, plan, shared, {each.kind for each in tables["duties_given"]})
    tables["cover"] = tuple(_cover(instance, travel, plan, shared))
    tables["call_sources"] = tuple(each for each in instance.call_sources if each.organisation == shared.organisation)
    tables["areas"] = _areas(instance, tables)
    tables["overrides"] = own_overrides(instance.overrides, shared)
    tables["contracts"] = ()
    tables["travel_table"] = ()
    tables["slow_days"] = tuple(
        each.model_copy(update={"under_way": tuple(name for name in each.under_way if name in shared.nurses)})
        for each in instance.slow_days
    )
    told = instance.provenance
    tables["provenance"] = {"synthetic": told["synthetic"]} if "synthetic" in told else {}
    tables["places"] = _places(instance, tables)
    return tables


def _nurse(nurse: Nurse, shared: Shared) -> Nurse:
    known = nurse.companion is None or nurse.companion in shared.nurses | shared.guests
    return nurse if known else nurse.model_copy(update={"companion": None})


def _work(instance: Instance, shared: Shared) -> dict[str, Any]:
    """Clients, what they get, and tasks. Of others' clients the visits that own nurses do."""
    own_orders = {each.id for each in instance.orders if each.client in shared.clients}
    visits = shared.own_visits | shared.met_visits
    met_orders = {each.split("/")[0] for each in shared.met_visits}
    tasks = shared.own_tasks | shared.met_tasks
    nurses = shared.nurses | shared.guests

    def inside(name: str) -> bool:
        return name in visits or name in tasks or name.split("/")[0] in own_orders

    return {
        "clients": tuple(_client(each, shared) for each in instance.clients
                         if each.id in shared.clients or each.id in shared.met_clients),
        "orders": tuple(each if each.id in own_orders else _bare(instance, each) for each in instance.orders
                        if each.id in own_orders or each.id in met_orders),
        "visits": tuple(each for each in instance.visits if each.id in visits),
        "edited_visits": tuple(each for each in instance.edited_visits
                               if each.client in shared.clients or each.id.split("/")[0] in own_orders),
        "tasks": tuple(each if each.nurse in nurses else each.model_copy(update={"nurse": None})
                       for each in instance.tasks if each.id in tasks),
        "links": tuple(each for each in instance.links if inside(each.first) and inside(each.second)),
        "work_links": tuple(each for each in instance.work_links if inside(each.first) and inside(each.second)),
        "client_nurses": tuple(each for each in instance.client_nurses
                               if each.client in shared.clients and each.nurse in nurses),
        "past_visits": tuple(each for each in instance.past_visits
                             if each.client in shared.clients and each.nurse in nurses),
    }  # fmt: skip


def _client(client: Client, shared: Shared) -> Client:
    """Another organisation's client: where, and whether never alone."""
    if client.id in shared.clients:
        return client
    return Client(id=client.id, organisation=client.organisation, place=client.place, unsafe=client.unsafe)


def _bare(instance: Instance, order: Order) -> Order:
    """Whose order it is and which acts it asks; not its rhythm, times or how long it lasts."""
    return Order(
        id=order.id, client=order.client, acts=order.acts, rhythm="daily", windows=(ANY_TIME,),
        first=instance.first_monday,
    )  # fmt: skip


def _organisations(instance: Instance, plan: Plan, shared: Shared) -> list[Organisation]:
    """The own one; of others that are met the name alone."""
    met = {instance.nurse_by_id[each].organisation for each in shared.guests}
    met |= {each.organisation for each in instance.clients if each.id in shared.met_clients}
    met |= {duty.organisation for duty in plan.duties if duty.nurse in shared.nurses | shared.guests}
    met |= {each.organisation for each in instance.tasks if each.id in shared.met_tasks}
    return [
        each if each.id == shared.organisation else Organisation(id=each.id, name=each.name)
        for each in instance.organisations
        if each.id == shared.organisation or each.id in met
    ]


def _kinds(instance: Instance, plan: Plan, shared: Shared, given: set[str]) -> tuple[Any, ...]:
    used = given | {
        duty.kind for duty in plan.duties
        if duty.nurse in shared.nurses or duty.id in shared.followed or duty.id in shared.on_call
    }  # fmt: skip
    return tuple(
        each.model_copy(update={"organisations": (shared.organisation,) if each.organisations else ()})
        for each in instance.shift_kinds
        if each.id in used or not each.organisations or shared.organisation in each.organisations
    )


def _cover(instance: Instance, travel: TravelMatrix, plan: Plan, shared: Shared) -> list[Cover]:
    """Own rows. One for work that is pooled stays where it is short only: of others' nurses who fill it nothing is
    seen, and so nothing true could be said of how many fill it."""
    short = {name for each in shortfalls(Case(instance, plan.contract, travel, plan)) for name in each.rows}

    def pooled(row: Cover) -> bool:
        return any(len(pooled_among(instance, plan.contract, row, day)) > 1 for day in range(instance.days))

    return [
        row for row in instance.cover
        if row.organisation == shared.organisation and (row.lane == "standby" or row.id in short or not pooled(row))
    ]  # fmt: skip


def _areas(instance: Instance, tables: dict[str, Any]) -> tuple[Any, ...]:
    """Areas that seen kinds, cover rows or calls are of; which others' calls are in them is not said."""
    named = {each.area for name in ("shift_kinds", "cover") for each in tables[name]}
    known = {each.id for each in tables["organisations"]}
    return tuple(
        each.model_copy(update={"organisations": tuple(name for name in each.organisations if name in known)})
        for each in instance.areas
        if each.id in named
    )


def _skills_on_call(instance: Instance, plan: Plan, shared: Shared) -> list[NurseSkill]:
    """What own standby rows ask: who fills them has it."""
    asked = {skill for each in instance.cover if each.organisation == shared.organisation and each.lane == "standby"
             for skill in each.skills}  # fmt: skip
    nurses = sorted({duty.nurse for duty in plan.duties if duty.id in shared.on_call})
    held = {(each.nurse, each.skill) for each in instance.nurse_skills}
    return [NurseSkill(nurse=nurse, skill=each) for nurse in nurses for each in sorted(asked) if (nurse, each) in held]


def _places(instance: Instance, tables: dict[str, Any]) -> tuple[Any, ...]:
    """Places that the seen rows name, and those that are nobody's home: a pharmacy, a depot."""
    named: set[str | None] = {each.place for name in ("clients", "tasks") for each in tables[name]}
    named |= {each.place for each in tables["call_sources"]} | {each.waits_at for each in tables["shift_kinds"]}
    named |= {each.home for each in tables["nurses"]}
    named |= {place for name in ("nurses", "availability") for each in tables[name]
              for place in (each.start_place, each.end_place)}  # fmt: skip
    lived_in = {each.home for each in instance.nurses} | {each.place for each in instance.clients}
    public = {each.id for each in instance.places if each.kind not in ("home", "client", "base", "other")} - lived_in
    return tuple(each for each in instance.places if each.id in named or each.id in public)
