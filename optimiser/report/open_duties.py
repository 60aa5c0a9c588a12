"""Open duties (openstaande diensten): what nobody does, gathered so that one person could take it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from optimiser.check.cover import Shortfall
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Unserved
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


def open_cover(instance: Instance, shortfalls: Iterable[Shortfall]) -> tuple[OpenDuty, ...]:
    """What a check report found short of the minimum, and of the wanted number, as open duties."""
    rows_by_id = {each.id: each for each in instance.cover}
    open_rows = []
    for short in shortfalls:
        rows = [rows_by_id[name] for name in short.rows]
        for missing, must in ((short.below_minimum, True), (short.below_wanted, False)):
            if missing > 0:
                open_rows.append(
                    OpenDuty(
                        day=instance.clock.date_of(short.day),
                        start=short.start,
                        end=short.end,
                        minutes=short.end - short.start,
                        skills=tuple(sorted(rows[0].skills)),
                        area=rows[0].area,
                        organisations=tuple(sorted({each.organisation for each in rows})),
                        missing=missing,
                        cover=rows[0].id,
                        standby=rows[0].lane == "standby",
                        must=must,
                    )
                )
    return tuple(open_rows)
