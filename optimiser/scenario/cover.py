"""Whose cover row it is, and which duties count for it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from optimiser.domain.duty import Cover
from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.instance import Instance
from optimiser.domain.noun import WEEKDAYS
from optimiser.domain.problem import CoverDay
from optimiser.domain.sharing import SharingContract
from optimiser.scenario.may_serve import SkillTable
from optimiser.scenario.shared import has_agreed, has_entered, in_office_hours, same_group, shares_skills


def cover_days(instance: Instance, contract: SharingContract) -> tuple[CoverDay, ...]:
    """Every cover row on every day it holds; equal rows are merged where the contract pools them."""
    skills = SkillTable(instance)
    groups: dict[tuple[object, ...], list[Cover]] = defaultdict(list)
    sharing: dict[tuple[object, ...], tuple[str, ...]] = {}
    for row in (each for each in instance.cover if in_use(instance, contract, each.area)):
        for day in _days_of(instance, row):
            members = pooled_among(instance, contract, row, day)
            alone = row.id if len(members) == 1 else ""
            window = (row.from_time, row.until_time)
            key = (day, *window, row.lane, frozenset(row.skills), row.area, row.line, members, alone)
            groups[key].append(row)
            sharing[key] = members
    return tuple(
        _cover_day(instance, contract, skills, rows, int(str(key[0])), sharing[key]) for key, rows in groups.items()
    )


def in_use(instance: Instance, contract: SharingContract, area: str) -> bool:
    """Whether an area (by id) is in use under a contract; no area, or one that no table tells of, always is."""
    known = instance.area_by_id.get(area)
    return known is None or known.division in ("", contract.division)


def pooled_among(instance: Instance, contract: SharingContract, row: Cover, day: int) -> tuple[str, ...]:
    """The organisations whose nurses may fill a row on a day number; only the row's own where it is not pooled."""
    alone = (row.organisation,)
    date_of_day = instance.clock.date_of(day)
    if not _pools(instance, contract, row, day) or not has_entered(contract, row.organisation, date_of_day):
        return alone
    return tuple(
        each.id
        for each in instance.organisations
        if each.id == row.organisation
        or (same_group(contract, row.organisation, each.id) and has_entered(contract, each.id, date_of_day))
    )


def _pools(instance: Instance, contract: SharingContract, row: Cover, day: int) -> bool:
    """Whether the contract pools rows of this kind: by their hours, and by the skills that they name."""
    if contract.cover == "own" or (row.skills and not shares_skills(contract, row.skills)):
        return False
    return contract.cover == "pooled" or _is_anw(instance, row, day)


def _is_anw(instance: Instance, row: Cover, day: int) -> bool:
    """Whether no minute of the window lies in office hours."""
    clock = instance.clock
    low, high = clock.at(day, row.from_time), clock.at(day, row.until_time)
    # a window that holds no border of office hours lies inside or outside them as a whole, and so at its first minute
    borders = [low, *(clock.at(each, 7 * 60) for each in range(day, day + 3))]
    return not any(in_office_hours(clock, minute) for minute in borders if low <= minute < high)


def _days_of(instance: Instance, row: Cover) -> list[int]:
    if row.day is not None:
        return [day for day in range(instance.days) if instance.clock.date_of(day) == row.day]
    named = row.weekdays or WEEKDAYS
    return [day for day in range(instance.days) if WEEKDAYS[instance.clock.weekday(day)] in named]


def _cover_day(
    instance: Instance, contract: SharingContract, skills: SkillTable, rows: list[Cover], day: int,
    members: tuple[str, ...],
) -> CoverDay:  # fmt: skip
    row = rows[0]
    numbers = _set_numbers(contract, rows) if len(members) > 1 else None
    minimum, wanted = numbers or (sum(each.minimum for each in rows), sum(each.wanted for each in rows))
    # whoever did not agree keeps the places of her own organisation, but no place that stands for another's as well
    own = {each.organisation for each in rows} if numbers is None else set()
    nurses = _nurses(instance, contract, skills, row, instance.clock.date_of(day), members, own)
    name = "+".join(each.id for each in rows)
    return CoverDay(name, day, minimum, wanted, nurses, _duties(instance, row, day), row.lane == "standby")


def _set_numbers(contract: SharingContract, rows: list[Cover]) -> tuple[int, int] | None:
    """Minimum and wanted that the contract sets for a pooled row instead of the sums; None where it does not."""
    names = {each.id for each in rows}
    for each in contract.pooled_to:
        if names.intersection(each.cover):
            return each.minimum, each.wanted
    if rows[0].lane == "standby" and not rows[0].area and contract.pooled_standby is not None:
        return contract.pooled_standby, contract.pooled_standby
    return None


def _nurses(
    instance: Instance, contract: SharingContract, skills: SkillTable, row: Cover, day: date,
    members: tuple[str, ...], own: set[str],
) -> frozenset[int]:  # fmt: skip
    """Numbers of the nurses who count; who did not agree only where her organisation is in ``own``, or is alone."""
    return frozenset(
        number
        for number, nurse in enumerate(instance.nurses)
        if nurse.experience == "experienced"
        and nurse.organisation in members
        and (len(members) == 1 or nurse.organisation in own or has_agreed(contract, nurse.id))
        and skills.holds(nurse.id, row.skills, day)
    )


def _duties(instance: Instance, row: Cover, day: int) -> frozenset[tuple[int, int]]:
    """(start day, kind number) of the duties of the row's area and line that hold the whole window."""
    low, high = instance.clock.at(day, row.from_time), instance.clock.at(day, row.until_time)
    duties = set()
    for start_day in (day - 1, day):
        for number, kind in enumerate(instance.shift_kinds):
            if kind.area != row.area or row.line not in (None, kind.line):
                continue
            bounds = segment_bounds(kind, instance.clock, start_day)
            if start_day >= 0 and kind.lane == row.lane and bounds[0][0] <= low and high <= bounds[-1][1]:
                duties.add((start_day, number))
    return frozenset(duties)
