"""Who should drive which route: duties with their routes as they stand, each given to a nurse, under all row rules.

The search says which duties there are, who could drive each and at what price (``Choice``); CP-SAT gives every one to
a nurse. Prices are those of the objective, as far as they depend on who does what.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import product

from ortools.sat.python import cp_model

from optimiser.domain.duty_work import WorkBlock, minutes_by_week
from optimiser.domain.problem import Problem
from optimiser.model.blocks import Block, classify, night_minutes
from optimiser.model.build import add_rows
from optimiser.model.fairness import add_exact_fairness
from optimiser.model.objective import add_cover, add_duty_prices, add_hours, add_wishes
from optimiser.model.variables import RosterModel, add_duties


@dataclass(frozen=True)
class Item:
    """A duty with its routes as it stands. One that holds no work may also be nobody's (``spare``)."""

    nurse: int
    day: int
    kind: int
    spare: bool


@dataclass(frozen=True)
class Column:
    """An item in the hands of a nurse: what its routes cost then, and what of them is work in standby from home."""

    item: int
    nurse: int
    cost: int
    turnouts: tuple[WorkBlock, ...] = ()


@dataclass(frozen=True)
class Choice:
    """What can be chosen. ``problem`` allows only what the columns ask for, and pins the cells that may not change.
    ``same`` and ``apart`` are pairs of items for one nurse and for two; rows in ``closed`` stay as they are."""

    problem: Problem
    items: tuple[Item, ...]
    columns: tuple[Column, ...]
    same: frozenset[tuple[int, int]] = frozenset()
    apart: frozenset[tuple[int, int]] = frozenset()
    closed: frozenset[int] = frozenset()


@dataclass
class ReassignModel:
    """The roster model over the duties of a choice, and a literal for each column."""

    choice: Choice
    roster: RosterModel
    literals: list[cp_model.IntVar] = field(default_factory=list)


def build_reassign(choice: Choice) -> ReassignModel:
    """All rules and prices over the columns of a choice."""
    roster = RosterModel(choice.problem)
    add_duties(roster, {})
    made = ReassignModel(choice, roster)
    _columns(made)
    turnouts, minutes = _turnouts(made)
    add_rows(roster, relaxed=True, turnouts=turnouts, closed=choice.closed)
    add_cover(roster)
    add_hours(roster, turnouts=minutes)
    add_wishes(roster)
    add_duty_prices(roster)
    add_exact_fairness(roster)
    _changes(roster)
    weights, expressions = zip(*roster.penalties, strict=True)
    roster.model.minimize(cp_model.LinearExpr.weighted_sum(expressions, weights))
    return made


def _columns(made: ReassignModel) -> None:
    """Each item goes to one nurse; her duties are the items that she gets; ties hold."""
    choice, model = made.choice, made.roster.model
    of_item: dict[int, dict[int, cp_model.IntVar]] = defaultdict(dict)
    of_duty: dict[tuple[int, int, int], list[cp_model.IntVar]] = defaultdict(list)
    for column in choice.columns:
        item = choice.items[column.item]
        literal = model.new_bool_var(f"column.{column.item}.{column.nurse}")
        made.literals.append(literal)
        of_item[column.item][column.nurse] = literal
        of_duty[column.nurse, item.day, item.kind].append(literal)
        if column.cost:
            made.roster.penalties.append((column.cost, literal))
    for number, item in enumerate(choice.items):
        if item.spare:
            model.add_at_most_one(of_item[number].values())
        else:
            model.add_exactly_one(of_item[number].values())
    for key, duty in made.roster.duty.items():
        model.add(cp_model.LinearExpr.sum(of_duty[key]) == duty)
    for one, other in sorted(choice.apart):
        for nurse in sorted(of_item[one].keys() & of_item[other].keys()):
            model.add_at_most_one([of_item[one][nurse], of_item[other][nurse]])
    for one, other in sorted(choice.same):
        for nurse in sorted(of_item[one].keys() | of_item[other].keys()):
            model.add(of_item[one].get(nurse, 0) == of_item[other].get(nurse, 0))


def _turnouts(
    made: ReassignModel,
) -> tuple[dict[int, list[Block]], dict[tuple[int, int], list[cp_model.LinearExprT]]]:
    """Work in standby from home: candidate blocks by nurse, and minutes by nurse and week."""
    instance = made.choice.problem.instance
    blocks: dict[int, list[Block]] = defaultdict(list)
    minutes: dict[tuple[int, int], list[cp_model.LinearExprT]] = defaultdict(list)
    for column, literal in zip(made.choice.columns, made.literals, strict=True):
        for each in column.turnouts:
            band = night_minutes(instance, each.start, each.end)
            duty_class = classify(instance, each.start, each.end)
            blocks[column.nurse].append(Block(each.start, each.end, each.minutes, duty_class, literal, band=band))
        for week, size in minutes_by_week(instance.clock, column.turnouts).items():
            minutes[column.nurse, week].append(size * literal)
    return blocks, minutes


def _changes(roster: RosterModel) -> None:
    """Cells that differ from the parent plan."""
    problem = roster.problem
    instance, weight = problem.instance, problem.instance.weights.changed_duty
    if problem.parent is None or not weight:
        return
    before = {
        (problem.nurse_number[duty.nurse], instance.clock.day_number(duty.day), int(duty.lane == "standby")):
        problem.kind_number[duty.kind] for duty in problem.parent.duties
    }  # fmt: skip
    for cell in product(range(len(instance.nurses)), range(instance.days), (0, 1)):
        now, old = roster.duties_on(*cell), before.get(cell)
        if old is None:
            roster.penalties += [(weight, literal) for literal in now.values()]
        elif old in now:
            roster.penalties.append((weight, 1 - now[old]))
