"""The tables of a week as it turned out: rows of sickness, urgent visits, people who may be hired."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from optimiser.domain.duty_work import planned_minutes_by_week
from optimiser.domain.instance import Instance
from optimiser.domain.people import Availability
from optimiser.domain.plan import Duty, Plan
from optimiser.simulate.chance import Happenings


def lost_duties(instance: Instance, plan: Plan, happenings: Happenings) -> tuple[Duty, ...]:
    """Duties that begin on a day on which their nurse is ill; students' too."""
    clock = instance.clock
    return tuple(duty for duty in plan.duties if happenings.is_ill(duty.nurse, clock.day_number(duty.day)))


def as_it_turned_out(
    instance: Instance, plan: Plan, happenings: Happenings, lost: Iterable[Duty]
) -> tuple[Instance, dict[str, str]]:
    """The instance with all that happens, and duty id -> the nurse who could be hired for it."""
    lost = tuple(lost)
    gone = {(duty.nurse, duty.day) for duty in lost}
    hire = {duty.id: _free_name(instance, number) for number, duty in enumerate(lost) if duty.follows is None}
    people = instance.nurse_by_id
    skills = defaultdict(list)
    for row in instance.nurse_skills:
        skills[row.nurse].append(row)
    hired, their_skills = [], []
    for duty in lost:
        if duty.id in hire:
            own = {"id": hire[duty.id], "contract_minutes": 0, "experience": "experienced", "companion": None}
            hired.append(people[duty.nurse].model_copy(update=own))
            their_skills += [row.model_copy(update={"nurse": hire[duty.id]}) for row in skills[duty.nurse]]
    return rebuilt(
        instance,
        nurses=(*instance.nurses, *hired),
        nurse_skills=(*instance.nurse_skills, *their_skills),
        visits=(*instance.visits, *(each.visit for each in happenings.urgent)),
        availability=(*instance.availability, *sick_rows(instance, plan.duties, happenings, lost)),
        duties_given=tuple(row for row in instance.duties_given if (row.nurse, row.day) not in gone),
    ), hire  # fmt: skip


def sick_rows(
    instance: Instance, duties: Iterable[Duty], happenings: Happenings, lost: Iterable[Duty]
) -> list[Availability]:
    """A row for each day of illness. What she would have worked counts as worked (ATW 5:2); a duty that began the day
    before is finished first, so the row begins at its end."""
    clock = instance.clock
    minutes: dict[tuple[str, int], int] = defaultdict(int)
    names = set()
    for duty in lost:
        minutes[duty.nurse, clock.day_number(duty.day)] += sum(planned_minutes_by_week(instance, duty).values())
        names.add(duty.id)
    ends: dict[str, list[int]] = defaultdict(list)
    for duty in duties:
        if duty.id not in names:
            ends[duty.nurse].append(duty.end)
    rows = []
    for nurse, days in happenings.ill.items():
        for day in sorted(days):
            midnight, noon = clock.midnight(day), clock.at(day, 720)
            late = max((end for end in ends[nurse] if midnight < end <= noon), default=midnight)
            when = instance.first_monday + timedelta(days=day)
            rows.append(Availability(
                nurse=nurse, kind="sick", first=when, last=when, minutes_per_day=minutes.get((nurse, day), 0),
                from_time=0 if late == midnight else clock.clock_time(late),
            ))  # fmt: skip
    return rows


def rebuilt[Record: (Instance, Plan)](record: Record, **fields: Any) -> Record:
    """A copy with other fields and nothing remembered; the fields come from valid ones and are not validated."""
    kept = {name: getattr(record, name) for name in type(record).model_fields}
    return type(record).model_construct(**{**kept, **fields})


def _free_name(instance: Instance, number: int) -> str:
    name = f"hired-{number}"
    while name in instance.nurse_by_id:
        name += "-"
    return name
