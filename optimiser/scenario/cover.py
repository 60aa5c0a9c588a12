"""Whose cover row it is, and which duties count for it."""

from __future__ import annotations

from collections import defaultdict

from optimiser.domain.duty import Cover
from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.instance import Instance
from optimiser.domain.noun import WEEKDAYS
from optimiser.domain.problem import CoverDay
from optimiser.domain.sharing import SharingContract
from optimiser.scenario.may_serve import SkillTable


def cover_days(instance: Instance, contract: SharingContract) -> tuple[CoverDay, ...]:
    """Every cover row on every day it holds; equal rows are merged when the contract pools them."""
    skills = SkillTable(instance)
    groups: dict[tuple[object, ...], list[Cover]] = defaultdict(list)
    for row in instance.cover:
        for day in _days_of(instance, row):
            owner = row.organisation if contract.cover == "own" else ""
            alone = row.id if contract.cover == "own" else ""
            groups[day, row.from_time, row.until_time, row.lane, row.skills, row.area, owner, alone].append(row)
    return tuple(_cover_day(instance, contract, skills, rows, key) for key, rows in groups.items())


def _days_of(instance: Instance, row: Cover) -> list[int]:
    if row.day is not None:
        return [instance.clock.day_number(row.day)]
    named = row.weekdays or WEEKDAYS
    return [day for day in range(instance.days) if WEEKDAYS[instance.clock.weekday(day)] in named]


def _cover_day(
    instance: Instance, contract: SharingContract, skills: SkillTable, rows: list[Cover], key: tuple[object, ...]
) -> CoverDay:
    row, day, owner = rows[0], int(str(key[0])), str(key[6])
    low, high = instance.clock.at(day, row.from_time), instance.clock.at(day, row.until_time)
    duties = set()
    for start_day in (day - 1, day):
        for number, kind in enumerate(instance.shift_kinds):
            bounds = segment_bounds(kind, instance.clock, start_day)
            if start_day >= 0 and kind.lane == row.lane and bounds[0][0] <= low and high <= bounds[-1][1]:
                duties.add((start_day, number))
    date_of_day = instance.clock.date_of(day)
    nurses = frozenset(
        number
        for number, nurse in enumerate(instance.nurses)
        if nurse.experience == "experienced"
        and (not owner or nurse.organisation == owner)
        and skills.holds(nurse.id, row.skills, date_of_day)
    )
    minimum, wanted = sum(each.minimum for each in rows), sum(each.wanted for each in rows)
    if contract.cover == "pooled" and row.lane == "standby" and contract.pooled_standby is not None:
        minimum = wanted = contract.pooled_standby
    return CoverDay("+".join(each.id for each in rows), day, minimum, wanted, nurses, frozenset(duties))
