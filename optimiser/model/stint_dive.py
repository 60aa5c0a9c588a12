"""From the relaxed flow to a roster: people get whole rows one after another, the most settled first."""

from __future__ import annotations

from collections.abc import Callable

from ortools.sat.python import cp_model

from optimiser.domain.letter_roster import FREE, LetterProblem, Letters
from optimiser.model.letter_model import build_letters
from optimiser.model.lp import Answer, Relaxation
from optimiser.model.roster_neighbourhoods import refill
from optimiser.model.stint_flow import StintFlow

ROUNDS = 16
"""Relaxations that are solved at most; each settles an equal part of the people."""
TOGETHER = 4
"""The last people are chosen together by CP-SAT: alone each would have to take what is left."""
SCALE = 1000
ROW_EFFORT = 2.0


def dive(flow: StintFlow, relaxation: Relaxation, answer: Answer, seconds_left: Callable[[], float]) -> Letters | None:
    """A lawful roster near the relaxed optimum ``answer``; None when the time is over first or a row has no answer."""
    problem = flow.problem
    rows: list[tuple[int, ...]] = [(FREE,) * problem.days for _ in problem.staff]
    left = set(range(len(problem.staff)))
    step = max(1, len(left) // ROUNDS)
    while len(left) > TOGETHER:
        if answer.values is None or not answer.proved:
            return None
        unsettled = _unsettled(flow, answer)
        for person in sorted(left, key=lambda each: (unsettled[each], each))[:step]:
            row = _row_near(problem, person, flow, answer)
            if row is None or seconds_left() <= 0:
                return None
            rows[person] = row
            left.discard(person)
            for day in range(problem.days):
                for letter in problem.allowed[person][day]:
                    if letter != FREE:
                        variable = flow.letter[person, day, letter]
                        variable.lower_bound = variable.upper_bound = float(row[day] == letter)
        if len(left) > TOGETHER:
            answer = relaxation.solve(seconds_left())
    whole = frozenset(range(problem.days))
    return refill(problem, tuple(rows), dict.fromkeys(sorted(left), whole), seconds_left(), 0)[0]


def _unsettled(flow: StintFlow, answer: Answer) -> dict[int, float]:
    """How far each person's stints and letters are from whole numbers."""
    assert answer.values is not None
    total = dict.fromkeys(range(len(flow.problem.staff)), 0.0)
    for weight, variables in ((1.0, flow.arcs), (0.1, flow.letter)):
        for (person, _, _), variable in variables.items():
            value = answer.values[variable]
            total[person] += weight * min(value, 1 - value)
    return total


def _row_near(problem: LetterProblem, person: int, flow: StintFlow, answer: Answer) -> tuple[int, ...] | None:
    """The lawful row of one person that holds most of what the relaxation gives her."""
    assert answer.values is not None
    built = build_letters(problem, None, {person: frozenset(range(problem.days))}, priced=False)
    built.model.maximize(
        sum(
            round(SCALE * answer.values[flow.letter[person, day, letter]]) * literal
            for (_, day), cell in built.cells.items()
            for letter, literal in cell.items()
            if letter != FREE
        )
    )
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = ROW_EFFORT
    solver.parameters.catch_sigint_signal = False
    if solver.solve(built.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return built.letters(solver)[person]
