"""What a change of one nurse's row costs, in the minute-equivalents of the objective."""

from __future__ import annotations

from optimiser.domain.duty_work import kind_blocks, minutes_by_week
from optimiser.domain.problem import Problem
from optimiser.model.conflict_parts import Cell, Member
from optimiser.model.variables import DutyKey

Row = frozenset[Cell]
LEAVE_DAY_IN_WISHES = 10
"""The objective has no weight for leave that is asked back: a day of it counts as so many refused wishes."""


def row_cost(problem: Problem, nurse: int, before: Row, after: Row, stands: frozenset[DutyKey]) -> int:
    """Changed duties, lost entries, and what cover and hours lose; below zero when they gain more.

    ``stands`` holds the duties of the whole team; cover that nobody else of it gives is lost. Routes are not priced.
    """
    weights = problem.instance.weights
    lanes = {kind: int(each.lane == "standby") for kind, each in enumerate(problem.instance.shift_kinds)}
    was, now = ({(day, lanes[kind]): kind for day, kind in row} for row in (before, after))
    changed = sum(was.get(key) != now.get(key) for key in was.keys() | now.keys())
    left = sum(
        price
        for (who, day, _), kind, price in problem.priced_entries
        if who == nurse and (day, kind) in before - after
    )
    cover = _short(problem, nurse, after, stands) - _short(problem, nurse, before, stands)
    hours = _hours(problem, nurse, after) - _hours(problem, nurse, before)
    return changed * weights.changed_duty + left + cover + hours


def given_up_cost(problem: Problem, member: Member) -> int:
    """What it costs to do without a member that is no duty: leave asked back, a wish refused, a task moved.

    To set a rule aside costs nothing but its reason.
    """
    instance, weights = problem.instance, problem.instance.weights
    if member.what == "absence":
        row = instance.availability[member.row]
        days = [instance.clock.day_number(each) for each in (row.first, row.last)]
        inside = min(days[1], instance.days - 1) - max(days[0], 0) + 1
        return max(1, inside) * LEAVE_DAY_IN_WISHES * weights.wish_refused
    if member.what == "wish":
        return instance.wishes[member.row].weight * weights.wish_refused
    return weights.changed_duty if member.what == "task" else 0


def _short(problem: Problem, nurse: int, row: Row, stands: frozenset[DutyKey]) -> int:
    """Weighed shortfall of the cover rows in which she counts."""
    weights, total = problem.instance.weights, 0
    for cover in problem.cover:
        if nurse in cover.nurses:
            others = sum(
                each[0] != nurse and each[0] in cover.nurses and each[1:] in cover.duties for each in stands
            )
            counted = others + len(row & cover.duties)
            total += weights.uncovered_minimum * max(0, cover.minimum - counted)
            total += weights.uncovered_wanted * max(0, cover.wanted - max(cover.minimum, counted))
    return total


def _hours(problem: Problem, nurse: int, row: Row) -> int:
    """Weighed overtime and undertime of her weeks."""
    instance = problem.instance
    weights = instance.weights
    planned = [0] * instance.weeks
    for day, kind in row:
        blocks = kind_blocks(instance, instance.shift_kinds[kind], day)
        for week, minutes in minutes_by_week(instance.clock, blocks).items():
            if 0 <= week < instance.weeks:
                planned[week] += minutes
    total = 0
    for week, minutes in enumerate(planned):
        target = instance.target_minutes(instance.nurses[nurse].id, week)
        total += weights.overtime * max(0, minutes - target) + weights.undertime * (max(0, target - minutes) // 10)
    return total
