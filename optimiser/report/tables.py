"""Hours by nurse and by organisation: contract, planned, balance, and where the paid time goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from optimiser.domain.duty_work import planned_minutes_by_week
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.kpis import DutyTime, duty_time, outside_tasks


@dataclass(frozen=True)
class NurseHours:
    """One nurse over the horizon, in minutes.

    ``contract`` is gross, ``net`` less leave, absence and paid tasks outside routes; ``planned`` is work of her
    duties in each calendar week of the horizon; ``opening`` is the balance she brings along and ``balance`` what she
    leaves with: opening + planned - net. The weekly tuples hold one entry for each week.
    """

    nurse: str
    organisation: str
    contract: int
    net: int
    planned: int
    opening: int
    balance: int
    outside: int
    time: DutyTime
    net_by_week: tuple[int, ...]
    planned_by_week: tuple[int, ...]


def nurse_hours(instance: Instance, travel: TravelMatrix, plan: Plan) -> tuple[NurseHours, ...]:
    """A row for each nurse, in the instance's order."""
    opening = {each.nurse: each.value for each in instance.counters if each.counter == "balance_minutes"}
    rows = []
    for nurse in instance.nurses:
        duties = plan.duties_of.get(nurse.id, ())
        planned = _planned(instance, duties)
        net = tuple(instance.net_contract_minutes(nurse.id, week) for week in range(instance.weeks))
        time = sum((duty_time(instance, travel, duty) for duty in duties), DutyTime())
        brought = opening.get(nurse.id, 0)
        rows.append(
            NurseHours(
                nurse=nurse.id,
                organisation=nurse.organisation,
                contract=nurse.contract_minutes * instance.weeks,
                net=sum(net),
                planned=sum(planned),
                opening=brought,
                balance=brought + sum(planned) - sum(net),
                outside=outside_tasks(instance, nurse.id),
                time=time,
                net_by_week=net,
                planned_by_week=planned,
            )
        )
    return tuple(rows)


def _planned(instance: Instance, duties: Iterable[Duty]) -> tuple[int, ...]:
    weeks = [0] * instance.weeks
    for duty in duties:
        for week, minutes in planned_minutes_by_week(instance, duty).items():
            if 0 <= week < instance.weeks:
                weeks[week] += minutes
    return tuple(weeks)


@dataclass(frozen=True)
class OrganisationHours:
    """The sums of an organisation's nurses, in minutes; ``lent`` is visit time of theirs at others' clients."""

    organisation: str
    nurses: int
    contract: int
    net: int
    planned: int
    balance: int
    outside: int
    lent: int
    time: DutyTime


def organisation_hours(instance: Instance, plan: Plan, rows: Iterable[NurseHours]) -> tuple[OrganisationHours, ...]:
    """A row for each organisation, from the rows of ``nurse_hours``."""
    rows = tuple(rows)
    lent = _lent(instance, plan)
    table = []
    for organisation in instance.organisations:
        mine = [row for row in rows if row.organisation == organisation.id]
        table.append(
            OrganisationHours(
                organisation=organisation.id,
                nurses=len(mine),
                contract=sum(row.contract for row in mine),
                net=sum(row.net for row in mine),
                planned=sum(row.planned for row in mine),
                balance=sum(row.balance for row in mine),
                outside=sum(row.outside for row in mine),
                lent=lent[organisation.id],
                time=sum((row.time for row in mine), DutyTime()),
            )
        )
    return tuple(table)


def _lent(instance: Instance, plan: Plan) -> Counter[str]:
    lent: Counter[str] = Counter()
    for duty in plan.duties:
        home = instance.nurse_by_id[duty.nurse].organisation
        for stop in duty.stops:
            if stop.what == "visit":
                client = instance.client_by_id[instance.visit_by_id[stop.id].client]
                if client.organisation != home:
                    lent[home] += stop.end - stop.start
    return lent
