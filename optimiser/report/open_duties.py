"""Open duties (openstaande diensten): what nobody does, gathered so that one person could take it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from optimiser.domain.duty import Cover
from optimiser.domain.instance import Instance
from optimiser.domain.noun import WEEKDAYS
from optimiser.domain.plan import Duty, Plan, Unserved
from optimiser.domain.work import Task, Visit


@dataclass(frozen=True)
class OpenDuty:
    """Work that nobody does, gathered so that one person could take it.

    ``start`` and ``end`` are horizon minutes, ``minutes`` the work in it (for cover: the length of the window),
    ``missing`` how many people; ``area`` the municipality; ``work`` the ids of
    visits and tasks, empty for a cover row, whose id is ``cover``.
    """

    day: date
    start: int
    end: int
    minutes: int
    skills: tuple[str, ...]
    area: str
    organisations: tuple[str, ...]
    missing: int = 1
    work: tuple[str, ...] = ()
    cover: str = ""
    standby: bool = False
    must: bool = True
    """False when only the wanted number is not reached."""


PART_OF_DAY = ((0, 420, "night"), (420, 960, "day"), (960, 1380, "evening"), (1380, 1440, "night"))
"""Clock bands in which open work is gathered, by the opening of its window."""


def open_work(instance: Instance, unserved: Iterable[Unserved]) -> tuple[OpenDuty, ...]:
    """Unserved visits and tasks gathered by day (of the first window), part of the day, skills and area."""
    groups: dict[tuple[int, str, tuple[str, ...], str], list[tuple[str, int, int, int, str]]] = {}
    for each in unserved:
        work = instance.visit_by_id.get(each.id) or instance.task_by_id.get(each.id)
        if work is None:
            continue
        start, end = first_window(instance, work)
        day = instance.clock.day_of(start)
        skills = tuple(sorted(work.skills))
        persons = work.nurses if isinstance(work, Visit) else 1
        entry = (each.id, start, end, work.minutes * persons, organisation_of(instance, work))
        groups.setdefault((day, _part(instance, start), skills, area_of(instance, work)), []).append(entry)
    rows = []
    ordered = sorted(groups.items(), key=lambda item: (item[0][0], min(entry[1] for entry in item[1]), item[0]))
    for (day, _, skills, area), entries in ordered:
        rows.append(
            OpenDuty(
                day=instance.clock.date_of(day),
                start=min(entry[1] for entry in entries),
                end=max(entry[2] for entry in entries),
                minutes=sum(entry[3] for entry in entries),
                skills=skills,
                area=area,
                organisations=tuple(sorted({entry[4] for entry in entries})),
                work=tuple(entry[0] for entry in entries),
            )
        )
    return tuple(rows)


def first_window(instance: Instance, work: Visit | Task) -> tuple[int, int]:
    """Start and end minute of the first window of a visit, or of a task's only one."""
    if isinstance(work, Visit):
        return work.windows[0].start, work.windows[0].end
    day = instance.clock.day_number(work.day)
    return instance.clock.at(day, work.from_time), instance.clock.at(day, work.until_time)


def organisation_of(instance: Instance, work: Visit | Task) -> str:
    """The organisation whose client or task it is."""
    return instance.client_by_id[work.client].organisation if isinstance(work, Visit) else work.organisation


def area_of(instance: Instance, work: Visit | Task) -> str:
    """The municipality of the work's place, or empty when it is not known."""
    place_id = instance.client_by_id[work.client].place if isinstance(work, Visit) else work.place
    if place_id is None:
        return ""
    code = instance.place_by_id[place_id].district
    return next((each.municipality for each in instance.districts if each.id == code), "")


def _part(instance: Instance, start: int) -> str:
    time = instance.clock.clock_time(start)
    return next(name for low, high, name in PART_OF_DAY if low <= time < high)


def open_cover(instance: Instance, plan: Plan) -> tuple[OpenDuty, ...]:
    """Cover rows and days where fewer duties count than the minimum or the wanted number (plan language 17)."""
    rows = []
    for day in range(instance.days):
        for cover, organisations in merged_cover(instance, plan, day):
            start, end = instance.clock.at(day, cover.from_time), instance.clock.at(day, cover.until_time)
            counted = sum(_counts(instance, plan, duty, cover, organisations, start, end) for duty in plan.duties)
            for missing, must in (
                (cover.minimum - counted, True),
                (cover.wanted - max(cover.minimum, counted), False),
            ):
                if missing > 0:
                    rows.append(
                        OpenDuty(
                            day=instance.clock.date_of(day),
                            start=start,
                            end=end,
                            minutes=end - start,
                            skills=tuple(sorted(cover.skills)),
                            area=cover.area,
                            organisations=organisations,
                            missing=missing,
                            cover=cover.id,
                            standby=cover.lane == "standby",
                            must=must,
                        )  # fmt: skip
                    )
    return tuple(rows)


def merged_cover(instance: Instance, plan: Plan, day: int) -> list[tuple[Cover, tuple[str, ...]]]:
    """The cover rows of one day with the organisations that own them; equal pooled rows are one, their counts added."""
    weekday = WEEKDAYS[instance.clock.weekday(day)]
    today = instance.clock.date_of(day)
    rows = [
        each for each in instance.cover
        if (each.day == today if each.day is not None else not each.weekdays or weekday in each.weekdays)
    ]  # fmt: skip
    if plan.contract.cover == "own":
        return [(each, (each.organisation,)) for each in rows]
    groups: dict[tuple[object, ...], list[Cover]] = {}
    for each in rows:
        skills = tuple(sorted(each.skills))
        same = (each.day, each.weekdays, each.from_time, each.until_time, each.lane, skills, each.area)
        groups.setdefault(same, []).append(each)
    merged = []
    for group in groups.values():
        counts = {"minimum": sum(e.minimum for e in group), "wanted": sum(e.wanted for e in group)}
        if group[0].lane == "standby" and plan.contract.pooled_standby is not None:
            counts = dict.fromkeys(counts, plan.contract.pooled_standby)
        merged.append((group[0].model_copy(update=counts), tuple(sorted({e.organisation for e in group}))))
    return merged


def _counts(
    instance: Instance, plan: Plan, duty: Duty, cover: Cover, organisations: tuple[str, ...], start: int, end: int
) -> bool:
    nurse = instance.nurse_by_id[duty.nurse]
    own = plan.contract.cover == "pooled" or nurse.organisation in organisations
    if duty.lane != cover.lane or nurse.experience != "experienced" or not own:
        return False
    if duty.start > start or duty.end < end:
        return False
    today = instance.clock.date_of(instance.clock.day_of(start))
    valid = {
        each.skill for each in instance.nurse_skills
        if each.nurse == nurse.id
        and (each.valid_from is None or each.valid_from <= today)
        and (each.valid_until is None or today <= each.valid_until)
    }  # fmt: skip
    return set(cover.skills) <= valid
