"""Conflicts of random teams with random published duties and demands are minimal, and the law agrees.

Each verdict is computed again by the roster model of the planner (``add_duties`` and ``add_rows``) from tables that
were changed accordingly: nothing of the conflict's own model is used.
"""

from __future__ import annotations

import random
import runpy
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pytest
from ortools.sat.python import cp_model

from optimiser.check.checker import check
from optimiser.check.registry import RULES
from optimiser.domain.problem import Problem
from optimiser.model.build import add_rows
from optimiser.model.conflict import find_conflict
from optimiser.model.conflict_parts import Conflict, Demand, Member
from optimiser.model.conflict_reasons import reasons_against
from optimiser.model.conflict_repairs import Repair, cheapest_repairs
from optimiser.model.conflict_rules import TITLES, limit_words, rule_title
from optimiser.model.conflict_words import conflict_lines, repair_words
from optimiser.model.variables import RosterModel, add_duties

MADE = runpy.run_path(
    str(Path(__file__).parents[1] / "agreement" / "random_rows.py"), run_name="random_rows"
)
Case, random_room = MADE["Case"], MADE["random_room"]
Stands = frozenset[tuple[int, int, int]]
LOOSER = {"nights.token", "rest.reductions", "working_time.week", "working_time.four_weeks"}
"""Where the model knows less than the checker (tests/agreement)."""


def questions(seed: int) -> Iterator[tuple[Any, Stands, Demand]]:
    """Random teams; a row of published duties for one nurse, mostly a legal one; cells asked beside it, mostly such as
    the tables allow; now and then a day free."""
    chance = random.Random(seed)
    while True:
        case = Case(random_room(chance))
        for row in case.rows(chance, 4):
            if not row:
                continue
            nurse, days, kinds = row[0][0], case.instance.days, len(case.instance.shift_kinds)
            while row and chance.random() < 0.8 and case.checked(row) is None:
                row = tuple(each for each in row if chance.random() < 0.8)
            taken = {day for _, day, _ in row}
            likely = [cell for cell in zip(*case.problem.duty_allowed[nurse].nonzero(), strict=True)
                      if cell[0] not in taken]  # fmt: skip
            asked = set()
            for _ in range(chance.choice((1, 1, 2))):
                plain = chance.choice(likely) if likely and chance.random() < 0.85 else None
                asked.add((chance.randrange(days), chance.randrange(kinds)) if plain is None else plain)
            free = {chance.randrange(days)} if chance.random() < 0.1 else set[int]()
            cells = frozenset((int(day), int(kind)) for day, kind in asked)
            yield case, frozenset(row), Demand(nurse, cells, frozenset(free))


def possible(problem: Problem, demand: Demand, stands: Stands, kept: Collection[Member], others: str) -> bool:
    """Whether the planner's own model lets the demand be with these members and no others."""
    instance, nurse = problem.instance, demand.nurse
    hers = {each[1:] for each in stands if each[0] == nurse}
    rows = {name: {each.row for each in kept if each.what == name} for name in ("known", "task")}
    context = tuple(each for number, each in enumerate(instance.context) if number in rows["known"])
    tasks = tuple(each for number, each in enumerate(instance.tasks) if number in rows["task"])
    allowed = problem.duty_allowed & (others == "open")
    pinned = {(nurse, day, kind) for day, kind in demand.work}
    pinned |= {each.cell for each in kept if each.what == "duty" and each.cell}
    for cell in (*demand.work, *hers):
        allowed[nurse, *cell] = True
    smaller = replace(
        problem,
        instance=instance.model_copy(update={"context": context, "tasks": tasks}),
        rules=tuple(each.rule for each in kept if each.rule),
        duty_allowed=allowed,
        pinned={},
    )
    frozen = dict.fromkeys(pinned, True)
    roster = RosterModel(smaller)
    add_duties(roster, frozen)
    for cell in demand.work - hers:
        barred = not set(kept).isdisjoint(reasons_against(problem, (nurse, *cell), stands))
        roster.model.add(roster.duty[nurse, *cell] == int(not barred))
    for key, literal in roster.duty.items():
        if key[0] == nurse and key[1] in demand.free:
            roster.model.add(literal == 0)
    roster.duty = {key: literal for key, literal in roster.duty.items() if key[0] == nurse}
    add_rows(roster, relaxed=True, closed=frozenset(range(len(instance.nurses))) - {nurse})
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(roster.model)
    assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE)
    return bool(status != cp_model.INFEASIBLE)


def is_minimal(case: Any, conflict: Conflict, stands: Stands, others: str) -> None:
    """All of it impossible, without any one member possible; the checker finds the row illegal too."""
    problem, members = case.problem, conflict.members
    assert not possible(problem, conflict.demand, stands, members, others)
    for each in members:
        less = [other for other in members if other != each]
        assert possible(problem, conflict.demand, stands, less, others), each
    nurse = conflict.demand.nurse
    row = tuple(sorted(stands | {(nurse, *cell) for cell in conflict.demand.work}))
    if not any(day in conflict.demand.free for _, day, _ in row):
        assert case.checked(row) is None
    for language in ("nl", "en"):
        assert len(conflict_lines(problem, conflict, language)) > len(members)


def is_legal(case: Any, repair: Repair, demand: Demand) -> None:
    """The demand is met; the checker has nothing against the row but what was set aside, asked back or moved."""
    done = [step.member for step in repair.steps]
    assert demand.work <= repair.row and not any(day in demand.free for day, _ in repair.row)
    gone = {name: {each.row for each in done if each.what == name} for name in ("absence", "task")}
    tables = {
        name: tuple(each for number, each in enumerate(getattr(case.instance, name)) if number not in gone[what])
        for name, what in (("availability", "absence"), ("tasks", "task"))
    }
    plan = case.plan(tuple(sorted((demand.nurse, *cell) for cell in repair.row)))
    report = check(case.strict.model_copy(update=tables), case.room.contract, case.problem.travel, plan)
    assert {each.rule for each in report.violations} <= LOOSER | {step.override for step in repair.steps}
    assert all(RULES[step.override].overridable for step in repair.steps if step.override)
    assert repair_words(case.problem, repair, "nl") != repair_words(case.problem, repair, "en")


def judge(seed: int, wanted: int, others: Literal["empty", "open"], with_repairs: bool) -> None:
    """Ask until so many conflicts were found and judged. A demand that is possible in a row without others is legal."""
    found = 0
    for case, stands, demand in questions(seed):
        conflict = find_conflict(case.problem, demand, stands, 60.0, others)
        assert conflict != "no_time"
        if conflict is None:
            if others == "empty":
                agrees(case, stands, demand)
            continue
        is_minimal(case, conflict, stands, others)
        for repair in cheapest_repairs(case.problem, conflict, stands, 20.0) if with_repairs else ():
            is_legal(case, repair, demand)
        found += 1
        if found == wanted:
            break


def agrees(case: Any, stands: Stands, demand: Demand) -> None:
    """The checker accepts the row too."""
    before = case.hits.copy()
    row = tuple(sorted(stands | {(demand.nurse, *cell) for cell in demand.work}))
    assert case.checked(row) is not None or set(case.hits - before) <= LOOSER


def test_some_generated_conflicts() -> None:
    """Six conflicts of the first teams."""
    judge(1, 6, "empty", with_repairs=False)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 20))
def test_fifty_generated_conflicts(seed: int) -> None:
    """Ten times five conflicts, with their repairs."""
    judge(seed, 5, "empty", with_repairs=True)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20, 25))
def test_generated_conflicts_in_open_rows(seed: int) -> None:
    """The same where the other cells may be filled as they need to be: five times five."""
    judge(seed, 5, "open", with_repairs=False)


@pytest.mark.parametrize("seed", range(40, 46))
def test_reasons_are_those_of_the_tables(seed: int) -> None:
    """There is a reason against a duty just where the Problem does not allow it; each rule has its words."""
    case = Case(random_room(random.Random(seed)))
    allowed = case.problem.duty_allowed
    for nurse in range(allowed.shape[0]):
        for day in range(allowed.shape[1]):
            for kind in range(allowed.shape[2]):
                assert bool(allowed[nurse, day, kind]) is not bool(
                    reasons_against(case.problem, (nurse, day, kind), frozenset())
                )
    for rule in case.problem.rules:
        if not getattr(rule, "term", ""):
            assert TITLES[rule.id.family] in RULES
            assert rule_title(rule, "nl") and limit_words(rule, "en")
