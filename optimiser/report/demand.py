"""Demand beside capacity before any solving: what ``samenrooster show`` prints.

Hours fall from gross contract to net (leave, absence, training, meetings); against the net hours stand the duty hours
that the work needs: at clients, travel (an estimate), without a client. Standby stands apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from statistics import mean

from optimiser.domain.instance import Instance
from optimiser.domain.people import Nurse
from optimiser.domain.travel_matrix import DayPart, TravelMatrix
from optimiser.report.demand_tables import demand_tables
from optimiser.report.travel_estimate import PARTS, PartLoad, part_loads, part_of
from optimiser.report.week_shape import WeekShape, week_shape

__all__ = ["Demand", "HoursAccount", "OrganisationLoad", "SkillLoad", "demand", "demand_tables"]


@dataclass(frozen=True)
class HoursAccount:
    """Minutes over the horizon. Students are left out: they add no capacity.

    ``gross - leave - absence - training - meetings`` is ``net``, but for nurses whose absence exceeds the contract.
    ``needed = visits + travel + nonclient + presence``; ``room = net - needed``.
    """

    gross: int
    leave: int
    absence: int
    training: int
    meetings: int
    net: int
    solo_net: int
    """Part of ``net`` of nurses who may work alone."""
    visits: int
    travel: int
    tasks: int
    handover: int
    presence: int
    """Hours of awake night duties beyond the planned work in them."""
    standby: int
    """Standby that cover asks for; not work but for its calls."""
    calls: int

    @property
    def nonclient(self) -> int:
        """In-route tasks and handovers."""
        return self.tasks + self.handover

    @property
    def needed(self) -> int:
        """Duty minutes that the planned work needs, waiting not counted."""
        return self.visits + self.travel + self.nonclient + self.presence

    @property
    def room(self) -> int:
        """What is left for waiting, calls and bad luck."""
        return self.net - self.needed


@dataclass(frozen=True)
class SkillLoad:
    """A skill: who holds it and how much work asks for it (nurse minutes of part 1), by part of the day.

    ``capacity`` is holders' net time, times the share of duty time spent at clients, divided over the parts of the
    day as all work is; holders who may not work a part add nothing to it.
    """

    skill: str
    holders: dict[str, int]
    """Organisation -> experienced nurses who hold it on some day of the horizon."""
    demand: dict[DayPart, int]
    capacity: dict[DayPart, int]


@dataclass(frozen=True)
class OrganisationLoad:
    """One organisation: its people and its own clients' work, in minutes."""

    organisation: str
    nurses: int
    gross: int
    net: int
    clients: int
    visits: int
    visit_minutes: int


@dataclass(frozen=True)
class Demand:
    """All of it. ``name``, ``weeks`` and ``provenance`` are the instance's."""

    name: str
    weeks: int
    provenance: dict[str, str]
    hours: HoursAccount
    parts: tuple[PartLoad, ...]
    part_nurses: dict[DayPart, int]
    """Experienced nurses who may work in a part of the day."""
    part_net: dict[DayPart, int]
    """Their net minutes."""
    skills: tuple[SkillLoad, ...]
    organisations: tuple[OrganisationLoad, ...]
    shape: WeekShape


def demand(instance: Instance, travel: TravelMatrix) -> Demand:
    """Demand and capacity of ``instance``; nothing is solved."""
    parts = part_loads(instance, travel)
    shape = week_shape(instance)
    hours = _hours(instance, parts, shape)
    able = {part: [each for each in _solo(instance) if may_work(instance, each, part)] for part in PARTS}
    return Demand(
        name=instance.name,
        weeks=instance.weeks,
        provenance={key: str(value) for key, value in instance.provenance.items()},
        hours=hours,
        parts=parts,
        part_nurses={part: len(able[part]) for part in PARTS},
        part_net={part: sum(_net(instance, each) for each in able[part]) for part in PARTS},
        skills=_skills(instance, parts, hours),
        organisations=tuple(_organisation(instance, each.id) for each in instance.organisations),
        shape=shape,
    )


def may_work(instance: Instance, nurse: Nurse, part: DayPart) -> bool:
    """Whether her categories and her age allow a part of the day; day holds the mid and split kinds."""
    wanted = {"day": {"day", "mid", "split"}, "evening": {"evening"}, "night": {"night"}}[part]
    if nurse.categories and not wanted & set(nurse.categories):
        return False
    age = instance.rules_of(nurse.id).senior_age.value
    birthday = nurse.born.replace(year=nurse.born.year + age, day=min(nurse.born.day, 28))
    senior = birthday <= instance.clock.date_of(instance.days - 1)
    return part != "night" or not senior or nurse.night_consent


def _solo(instance: Instance) -> list[Nurse]:
    return [each for each in instance.nurses if each.experience == "experienced"]


def _net(instance: Instance, nurse: Nurse) -> int:
    return sum(instance.net_contract_minutes(nurse.id, week) for week in range(instance.weeks))


def _hours(instance: Instance, parts: tuple[PartLoad, ...], shape: WeekShape) -> HoursAccount:
    staff = [each for each in instance.nurses if each.experience != "student"]
    away = _away(instance, {each.id for each in staff})
    visits, travel = sum(each.minutes for each in parts), sum(each.travel for each in parts)
    tasks = sum(each.minutes for each in instance.tasks if each.in_route)
    lengths = [
        sum(end - start for start, end in each.segments) - each.break_minutes
        for each in instance.shift_kinds
        if each.lane == "work"
    ]
    handover = instance.settings.handover_minutes
    # as many duties as the work fills, each as long as the kinds are on average
    duties = (visits + travel + tasks) / max(1.0, mean(lengths) - handover) if lengths else 0.0
    nights = [each for each in instance.shift_kinds if each.lane == "work" and each.category == "night"]
    awake = shape.awake_nights * max((each.last_end - each.start - each.break_minutes for each in nights), default=0)
    return HoursAccount(
        gross=instance.weeks * sum(each.contract_minutes for each in staff),
        leave=away["leave"], absence=away["sick"] + away["absent"], training=away["training"],
        meetings=away["meeting"], net=sum(_net(instance, each) for each in staff),
        solo_net=sum(_net(instance, each) for each in _solo(instance)),
        visits=visits, travel=travel, tasks=tasks, handover=round(duties * handover),
        presence=max(0, awake - sum(each.minutes + each.travel for each in parts if each.part == "night")),
        standby=_standby(instance), calls=shape.expected_call_minutes,
    )  # fmt: skip


def _away(instance: Instance, staff: set[str]) -> dict[str, int]:
    """Minutes off the contract by cause: rows of availability within the horizon, and paid tasks outside routes."""
    total = dict.fromkeys(("leave", "sick", "absent", "training", "meeting"), 0)
    first, last = instance.first_monday, instance.first_monday + timedelta(days=instance.days - 1)
    for row in instance.availability:
        if row.nurse in staff and row.kind in total:
            total[row.kind] += row.minutes_per_day * max(0, (min(last, row.last) - max(first, row.first)).days + 1)
    for task in instance.tasks:
        if not task.in_route and task.paid and task.nurse in staff and first <= task.day <= last:
            total["training" if task.kind == "training" else "meeting"] += task.minutes
    return total


def _standby(instance: Instance) -> int:
    return sum(
        row.minimum * (row.until_time - row.from_time) * (1 if row.day else instance.weeks * (len(row.weekdays) or 7))
        for row in instance.cover
        if row.lane == "standby"
    )


def _skills(instance: Instance, parts: tuple[PartLoad, ...], hours: HoursAccount) -> tuple[SkillLoad, ...]:
    first, last = instance.first_monday, instance.clock.date_of(instance.days - 1)
    work = max(1, sum(each.minutes + each.travel for each in parts))
    share = {each.part: (each.minutes + each.travel) / work for each in parts}
    at_client = hours.visits / max(1, hours.needed)
    valid = {
        (each.nurse, each.skill)
        for each in instance.nurse_skills
        if (each.valid_from or first) <= last and (each.valid_until or last) >= first
    }
    loads = []
    for skill in sorted({skill for visit in instance.visits for skill in visit.skills}):
        holders = [each for each in _solo(instance) if (each.id, skill) in valid]
        visits = [each for each in instance.visits if skill in each.skills]
        loads.append(
            SkillLoad(
                skill,
                {each.id: sum(n.organisation == each.id for n in holders) for each in instance.organisations},
                {part: sum(v.minutes for v in visits if part_of(instance, v) == part) for part in PARTS},
                {
                    part: round(
                        at_client * share[part]
                        * sum(_net(instance, each) for each in holders if may_work(instance, each, part))
                    )
                    for part in PARTS
                },
            )
        )  # fmt: skip
    return tuple(loads)


def _organisation(instance: Instance, name: str) -> OrganisationLoad:
    staff = [each for each in instance.nurses if each.organisation == name and each.experience != "student"]
    visits = [each for each in instance.visits if instance.client_by_id[each.client].organisation == name]
    return OrganisationLoad(
        organisation=name,
        nurses=len(staff),
        gross=instance.weeks * sum(each.contract_minutes for each in staff),
        net=sum(_net(instance, each) for each in staff),
        clients=sum(each.organisation == name for each in instance.clients),
        visits=len(visits),
        visit_minutes=sum(each.minutes * each.nurses for each in visits),
    )
