"""How many are on duty for a coalition that is smaller than all: no more than its members have apart, and no more than
all have together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from optimiser.domain.duty import Cover
from optimiser.domain.instance import Instance
from optimiser.domain.noun import WEEKDAYS
from optimiser.domain.sharing import PooledNumber, SharingContract

Numbers = tuple[int, int]
"""Minimum and wanted."""


def coalition_numbers(instance: Instance, contract: SharingContract, members: Collection[str]) -> SharingContract:
    """The contract with numbers for ``members`` alone; itself where they are all who share, or one.

    A merged row of a coalition asks the smaller of the sum of its own rows and what all together have in that time:
    the contract's number (``pooled_to``, ``pooled_standby``, else the sum of all) and, beside it, the rows of the
    areas of its ``division`` that overlap it. What all have more than the sum of all rows (triage that nobody has
    apart) a coalition has as well. A coalition smaller than all divides no land: its duties answer for all
    its members. docs/explanation/gain_sharing.md.
    """
    inside = {each.id for each in instance.organisations if each.id in members}
    if len(inside) in (1, len(instance.organisations)):
        return contract
    divided = {each.id for each in instance.areas if each.division and each.division == contract.division}
    rows = [row for row in instance.cover if not _is_divided(instance, row)]
    numbers = []
    for group in _equal(row for row in rows if row.organisation in inside):
        alike, own = _like(rows, group[0]), _most_on_a_day(group)
        together = _all_numbers(contract, alike, [row for row in instance.cover if row.area in divided])
        apart = _most_on_a_day(alike)
        minimum, wanted = (
            together[each] if together[each] > apart[each] else min(own[each], together[each]) for each in (0, 1)
        )
        numbers.append(PooledNumber(cover=tuple(row.id for row in group), minimum=minimum, wanted=wanted))
    return contract.model_copy(update={"division": "", "pooled_standby": None, "pooled_to": tuple(numbers)})


def _is_divided(instance: Instance, row: Cover) -> bool:
    return bool(row.area) and bool(instance.area_by_id[row.area].division)


def _key(row: Cover) -> tuple[object, ...]:
    return row.from_time, row.until_time, row.lane, frozenset(row.skills), row.area, row.line


def _equal(rows: Iterable[Cover]) -> list[list[Cover]]:
    """Rows that pooling may merge, those of different days as well."""
    groups: defaultdict[tuple[object, ...], list[Cover]] = defaultdict(list)
    for row in rows:
        groups[_key(row)].append(row)
    return list(groups.values())


def _like(rows: Iterable[Cover], row: Cover) -> list[Cover]:
    return [each for each in rows if _key(each) == _key(row)]


def _all_numbers(contract: SharingContract, rows: list[Cover], of_areas: list[Cover]) -> Numbers:
    """What all together have in the time of equal rows."""
    names, low, high = {row.id for row in rows}, rows[0].from_time, rows[0].until_time
    number = next(((each.minimum, each.wanted) for each in contract.pooled_to if names.intersection(each.cover)), None)
    if number is None and rows[0].lane == "standby" and not rows[0].area and contract.pooled_standby is not None:
        number = contract.pooled_standby, contract.pooled_standby
    number = number or _most_on_a_day(rows)
    beside = [
        row for row in of_areas
        if row.lane == rows[0].lane and row.line == rows[0].line and set(row.skills) == set(rows[0].skills)
        and row.from_time < high and low < row.until_time
    ]  # fmt: skip
    areas = _largest(beside)
    return number[0] + areas[0], number[1] + areas[1]


def _most_on_a_day(rows: list[Cover]) -> Numbers:
    """The sums on the day of the week on which they are largest."""
    days: dict[object, list[Cover]] = {
        day: [row for row in rows if row.day is None and day in (row.weekdays or WEEKDAYS)] for day in WEEKDAYS
    }
    days |= {row.day: [each for each in rows if each.day == row.day] for row in rows if row.day is not None}
    return (
        max(sum(row.minimum for row in each) for each in days.values()),
        max(sum(row.wanted for row in each) for each in days.values()),
    )


def _largest(rows: list[Cover]) -> Numbers:
    """The sum over areas of what each asks at most at one time: rows of one area that follow each other are one."""
    most: dict[str, Numbers] = {}
    for row in rows:
        known = most.get(row.area, (0, 0))
        most[row.area] = max(known[0], row.minimum), max(known[1], row.wanted)
    return sum(each[0] for each in most.values()), sum(each[1] for each in most.values())
