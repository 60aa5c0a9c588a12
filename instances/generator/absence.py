"""Leave, sickness, training, meetings outside routes, wishes and what clients and nurses are to each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from instances.generator.orders import Demand
from instances.generator.people import Team
from instances.generator.settings import GeneratorSettings
from optimiser.domain.people import Availability, ClientNurse, Nurse, Wish
from optimiser.domain.work import Task

LEAVE_SHARE = 0.065
"""Of the gross contract hours; a December week without school holidays (assumption)."""
DAY_OFF_MINUTES = 480
DAYS_OFF = (4, 1, 3, 0, 2)
TRAINING_MINUTES = 480
MEETING_MINUTES = 60
EVENING_CLASS_MINUTES = 120


@dataclass
class Away:
    """Rows of the tables ``availability``, ``wishes`` and ``tasks`` (outside routes)."""

    availability: list[Availability] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    whole_week: set[str] = field(default_factory=set)
    """Nurses who are away all week."""


def make_absence(random: Random, settings: GeneratorSettings, team: Team, tired: set[str]) -> Away:
    """The rows of each week of the horizon, for each organisation; ``tired`` nurses have no meeting."""
    away = Away()
    for week in range(settings.weeks):
        away.whole_week.clear()
        for organisation in settings.fte:
            group = random.sample(team.of(organisation), len(team.of(organisation)))
            _leave(settings, away, group, week)
            _single_days(random, settings, away, group, week, organisation == next(iter(settings.fte)))
            _meetings(settings, away, organisation, [each for each in group if each.id not in tired], week)
        _wishes(random, settings, away, team, week)
    return away


def _row(
    settings: GeneratorSettings, nurse: str, kind: str, week: int, first: int, last: int, minutes: int
) -> Availability:
    monday = settings.first_monday + timedelta(days=7 * week)
    return Availability.model_validate({
        "nurse": nurse, "kind": kind, "first": monday + timedelta(days=first), "last": monday + timedelta(days=last),
        "minutes_per_day": minutes,
    })  # fmt: skip


def _leave(settings: GeneratorSettings, away: Away, group: list[Nurse], week: int) -> None:
    """Nurses who have the week off, weekend too, and single days of others, until the share of leave is reached."""
    wanted = round(LEAVE_SHARE * sum(each.contract_minutes for each in group))
    for nurse in sorted(group, key=lambda each: (-each.contract_minutes, each.id)):
        if nurse.contract_minutes > wanted:
            continue
        wanted -= nurse.contract_minutes
        away.whole_week.add(nurse.id)
        away.availability.append(_row(settings, nurse.id, "leave", week, 0, 4, nurse.contract_minutes // 5))
        away.availability.append(_row(settings, nurse.id, "unavailable", week, 5, 6, 0))
    there = [each for each in group if each.id not in away.whole_week]
    for day, nurse in zip(DAYS_OFF, reversed(there), strict=False):
        if wanted < DAY_OFF_MINUTES // 2:
            return
        wanted -= DAY_OFF_MINUTES
        away.availability.append(_row(settings, nurse.id, "leave", week, day, day, DAY_OFF_MINUTES))


def _single_days(
    random: Random, settings: GeneratorSettings, away: Away, group: list[Nurse], week: int, leads: bool
) -> None:
    """Sickness (three days at the first organisation, else one), a day of training there, a fixed free half day."""
    gone = {each.nurse for each in away.availability}
    there = [each for each in group if each.id not in gone] + group
    last = 2 if leads else 0
    away.availability.append(_row(settings, there[0].id, "sick", week, 0, last, there[0].contract_minutes // 5))
    if leads:
        day = random.randint(1, 3)
        away.availability.append(_row(settings, there[1].id, "training", week, day, day, TRAINING_MINUTES))
    day = random.randint(0, 4)
    blocked = _row(settings, there[2].id, "unavailable", week, day, day, 0)
    away.availability.append(blocked.model_copy(update={"from_time": 0, "until_time": 780}))


def _meetings(settings: GeneratorSettings, away: Away, organisation: str, group: list[Nurse], week: int) -> None:
    """A working group of four meets on Tuesday at 16:15, after day duties; a fifth has an evening class."""
    gone = {each.nurse for each in away.availability}
    members = [each for each in group if each.id not in gone][:5]
    for number, nurse in enumerate(members):
        evening = number == 4
        away.tasks.append(Task.model_validate({
            "id": f"B-{organisation}-{week + 1}-{number + 1}", "kind": "training" if evening else "meeting",
            "organisation": organisation, "nurse": nurse.id, "in_route": False,
            "day": settings.first_monday + timedelta(days=7 * week + (3 if evening else 1)),
            "from_time": 1140 if evening else 975, "until_time": 1260 if evening else 1035,
            "minutes": EVENING_CLASS_MINUTES if evening else MEETING_MINUTES,
        }))  # fmt: skip


def _wishes(random: Random, settings: GeneratorSettings, away: Away, team: Team, week: int) -> None:
    """Fourteen wishes to be free and six to work, for twenty-five nurses; each nurse has at most one a week."""
    present = [each for each in team.nurses if each.experience == "experienced" and each.id not in away.whole_week]
    number = min(len(present), round(20 * len(team.nurses) / 27))
    for count, nurse in enumerate(random.sample(present, number)):
        day = settings.first_monday + timedelta(days=7 * week + random.randint(0, 6))
        works = count % 10 >= 7
        choices = [each for each in ("day", "evening") if not nurse.categories or each in nurse.categories]
        away.wishes.append(Wish.model_validate({
            "nurse": nurse.id, "day": day, "wish": "work" if works else "free",
            "category": random.choice(choices) if works else None, "weight": random.choice((1, 1, 1, 2)),
        }))  # fmt: skip


def make_relations(random: Random, team: Team, demand: Demand) -> list[ClientNurse]:
    """Daily clients often have a preferred nurse and known ones; three clients do not want a certain nurse."""
    rows: list[ClientNurse] = []
    daily = {each.client for each in demand.orders if each.rhythm == "daily" and each.last is None}
    banned = set(random.sample([each.id for each in demand.clients], min(3, len(demand.clients))))
    for client in demand.clients:
        group = team.of(client.organisation)
        chance = 0.5 if client.id in daily else 0.1
        faces = random.sample(group, min(4, len(group)))
        if random.random() < chance:
            rows.append(ClientNurse(client=client.id, nurse=faces[0].id, relation="preferred"))
        if random.random() < chance:
            rows += [ClientNurse(client=client.id, nurse=each.id, relation="known") for each in faces[1:3]]
        if client.id in banned:
            rows.append(ClientNurse(client=client.id, nurse=faces[3].id, relation="banned"))
    return rows
