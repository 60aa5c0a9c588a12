"""Cyclic base rosters as given duties: each occurrence of a row of ``cycles`` in the horizon."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from optimiser.domain.clock import DAY
from optimiser.domain.duty import CycleDuty, GivenDuty, ShiftKind
from optimiser.domain.instance import Instance
from optimiser.domain.noun import WEEKDAYS
from optimiser.domain.people import Availability


def with_cycles(instance: Instance) -> Instance:
    """``instance`` with the occurrences of its cycles in ``duties_given``, after the rows of the table; doing it again
    changes nothing.

    A row of the table on that day in that lane goes before an occurrence, whatever its status. An occurrence that
    overlaps leave, sickness or other absence falls away, and so does one before the cycle's first Monday. A row that
    says what an occurrence says anyway counts as the occurrence. Called where tables are read; events that take given
    duties away come later, and are not undone by it.
    """
    if not instance.cycles:
        return instance
    own = own_rows(instance)
    fields = {name: getattr(instance, name) for name in type(instance).model_fields}
    return Instance(**(fields | {"duties_given": (*own, *_standing(instance, own))}))


def own_rows(instance: Instance) -> tuple[GivenDuty, ...]:
    """The given duties that no cycle gives: what a table of them must hold."""
    if not instance.cycles:
        return instance.duties_given
    given = set(occurrences(instance))
    return tuple(each for each in instance.duties_given if each not in given)


def occurrences(instance: Instance) -> tuple[GivenDuty, ...]:
    """All occurrences in the horizon outside absence, row by row of ``cycles``, each row's by day."""
    away: dict[str, list[Availability]] = defaultdict(list)
    for row in instance.availability:
        if row.kind != "travel":
            away[row.nurse].append(row)
    kinds = instance.kind_by_id
    return tuple(
        GivenDuty(nurse=row.nurse, kind=row.kind, day=instance.clock.date_of(day), status=row.status)
        for row in instance.cycles
        for day in cycle_days(row, instance)
        if not any(_overlaps(instance, kinds[row.kind], day, each) for each in away[row.nurse])
    )


def cycle_days(row: CycleDuty, instance: Instance) -> Iterator[int]:
    """Day numbers of the horizon on which a row of ``cycles`` has its duty."""
    begun = instance.clock.day_number(row.first_monday)
    for monday in range(0, instance.days, 7):
        if monday >= begun and (monday - begun) // 7 % row.weeks == row.week - 1:
            yield monday + WEEKDAYS.index(row.weekday)


def _standing(instance: Instance, own: tuple[GivenDuty, ...]) -> tuple[GivenDuty, ...]:
    """The occurrences in cells (nurse, day, lane) that no own row fills."""
    kinds = instance.kind_by_id
    filled = {(each.nurse, each.day, kinds[each.kind].lane) for each in own}
    return tuple(
        each for each in occurrences(instance) if (each.nurse, each.day, kinds[each.kind].lane) not in filled
    )


def _overlaps(instance: Instance, kind: ShiftKind, day: int, away: Availability) -> bool:
    """Whether a duty that starts on ``day`` has time in common with a row of absence, by the wall clock."""
    first, last = instance.clock.day_number(away.first), instance.clock.day_number(away.last)
    return any(
        first <= day + shift <= last
        and shift * DAY + away.from_time < kind.last_end
        and kind.start < shift * DAY + away.until_time
        for shift in (-1, 0, 1)
    )
