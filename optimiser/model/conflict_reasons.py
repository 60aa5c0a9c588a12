"""Why the tables do not let a nurse work a duty: the reasons behind ``Problem.duty_allowed``, one by one."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterator
from datetime import date

from optimiser.domain.duty import ShiftKind
from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.instance import Instance
from optimiser.domain.noun import WEEKDAYS
from optimiser.domain.people import Nurse
from optimiser.domain.problem import Problem
from optimiser.model.blocks import classify
from optimiser.model.conflict_parts import Member, Reason
from optimiser.model.variables import DutyKey
from optimiser.patterns.allowed import has_skills
from optimiser.patterns.minors import is_minor, minor_may
from optimiser.patterns.pregnancy import days_around_birth, is_protected

Spans = tuple[tuple[int, int], ...]


def reasons_against(problem: Problem, key: DutyKey, stands: frozenset[DutyKey]) -> tuple[Member, ...]:
    """Members that each forbid the duty by themselves; none when the tables allow it.

    ``stands`` are duties of the whole team: of a student's companion they say whether she is there.
    """
    instance = problem.instance
    bounds = segment_bounds(instance.shift_kinds[key[2]], instance.clock, key[1])
    facts = (Member("reason", cell=key, reason=each) for each in _facts(problem, key, bounds, stands))
    return (*facts, *_busy(instance, instance.nurses[key[0]].id, bounds))


def _facts(problem: Problem, key: DutyKey, bounds: Spans, stands: frozenset[DutyKey]) -> Iterator[Reason]:
    """Of kind and person, and of what the law says of her alone."""
    instance = problem.instance
    nurse, kind = instance.nurses[key[0]], instance.shift_kinds[key[2]]
    protected = is_protected(instance, nurse) and not nurse.night_consent
    around = days_around_birth(instance, nurse)
    law = instance.rules_of(nurse.id)
    tests: tuple[tuple[Reason, bool], ...] = (
        ("organisation", bool(kind.organisations) and nurse.organisation not in kind.organisations),
        ("weekday", bool(kind.weekdays) and WEEKDAYS[instance.clock.weekday(key[1])] not in kind.weekdays),
        ("category", bool(nurse.categories) and kind.category not in nurse.categories
         or not has_skills(instance, nurse, kind, key[1])),
        ("experience", nurse.experience != "experienced" and kind.lane == "standby"),
        ("too_long", kind.lane == "standby" and bounds[-1][1] - bounds[0][0] > law.on_call_length.value),
        ("age", too_old(instance, nurse, bounds)),
        ("minor", is_minor(instance, nurse) and not minor_may(instance, kind, bounds)),
        ("pregnant_night", protected and _is_night(instance, kind, bounds)),
        ("birth", around is not None and _touches(bounds, *_whole_days(instance, *around))),
        ("companion", _alone(problem, key, stands)),
    )
    return (reason for reason, holds in tests if holds)


def _busy(instance: Instance, nurse: str, bounds: Spans) -> Iterator[Member]:
    """Rows of the tables that lie over the duty."""
    for row, known in enumerate(instance.context):
        if known.nurse == nurse and _touches(bounds, known.start, known.end):
            yield Member("known", row=row)
    for row, task in enumerate(instance.tasks):
        if task.nurse == nurse and not task.in_route and _touches(bounds, *task_span(instance, row)):
            yield Member("task", row=row)
    for row, away in enumerate(instance.availability):
        if away.nurse == nurse and away.kind != "travel" and any(
            _touches(bounds, low, high) for low, high in absence_spans(instance, row)
        ):  # fmt: skip
            yield Member("absence", row=row)


def task_span(instance: Instance, row: int) -> tuple[int, int]:
    """Begin and end of a task outside routes, in horizon minutes."""
    task, clock = instance.tasks[row], instance.clock
    day = clock.day_number(task.day)
    return clock.at(day, task.from_time), clock.at(day, task.until_time)


def absence_spans(instance: Instance, row: int) -> Iterator[tuple[int, int]]:
    """Begin and end on each date of a row of availability, in horizon minutes."""
    away, clock = instance.availability[row], instance.clock
    for day in range(clock.day_number(away.first), clock.day_number(away.last) + 1):
        yield clock.at(day, away.from_time), clock.at(day, away.until_time)


def too_old(instance: Instance, nurse: Nurse, bounds: Spans) -> bool:
    """Whether the duty lies in the agreement's night band after the birthday from which it asks her consent."""
    law, clock, born = instance.rules_of(nurse.id), instance.clock, nurse.born
    if nurse.night_consent:
        return False
    year = born.year + law.senior_age.value
    leap_day = (born.month, born.day) == (2, 29) and not isleap(year)
    since = clock.midnight(clock.day_number(date(year, 3, 1) if leap_day else born.replace(year=year)))
    return any(
        end > since
        and clock.overlap_with_band(max(start, since), end, law.senior_from.value, law.senior_until.value) > 0
        for start, end in bounds
    )


def _is_night(instance: Instance, kind: ShiftKind, bounds: Spans) -> bool:
    """Whether the duty alone is a night dienst, all its segments together."""
    law = instance.rules
    if kind.lane == "standby" and not kind.at_workplace:
        return False
    if len(bounds) == 1:
        return bool(classify(instance, *bounds[0]) & classify(instance, *bounds[0]).NIGHT)
    band = law.night_from.value, law.night_until.value
    return sum(instance.clock.overlap_with_band(*each, *band) for each in bounds) > law.night_threshold.value


def _alone(problem: Problem, key: DutyKey, stands: frozenset[DutyKey]) -> bool:
    """Whether a student's companion has other duties, and none of this kind on this day."""
    companion = problem.companions.get(key[0])
    theirs = {each for each in stands if each[0] == companion}
    return bool(theirs) and (companion, key[1], key[2]) not in theirs


def _whole_days(instance: Instance, first: date, last: date) -> tuple[int, int]:
    clock = instance.clock
    return clock.midnight(clock.day_number(first)), clock.midnight(clock.day_number(last) + 1)


def _touches(bounds: Spans, low: int, high: int) -> bool:
    return any(start < high and low < end for start, end in bounds)
