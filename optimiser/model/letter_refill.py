"""Part of a roster of letters filled as well as can be while the rest stays, and what a roster costs."""

from __future__ import annotations

from collections import Counter

from ortools.sat.python import cp_model

from optimiser.domain.letter_roster import FREE, LetterProblem, Letters
from optimiser.model.letter_model import Free, build_letters
from optimiser.model.roster_solver import solver_of

EFFORT = 2.0
"""Deterministic seconds of CP-SAT for one part."""


def cover_cost(lacking: int, under: int, over: int) -> int:
    """The cost of one cover row."""
    return under * lacking if lacking > 0 else -over * lacking


def letter_cost(problem: LetterProblem, roster: Letters) -> int:
    """What a roster costs, for search; the referee counts by itself."""
    there = Counter((day, letter) for row in roster for day, letter in enumerate(row) if letter != FREE)
    cover = sum(cover_cost(each.needed - there[each.day, each.shift + 1], each.under, each.over)
                for each in problem.cover)  # fmt: skip
    return cover + sum(
        each.weight for each in problem.requests if (roster[each.person][each.day] == each.shift + 1) != each.wanted
    )


def refill(
    problem: LetterProblem, roster: Letters, free: Free, seconds: float, seed: int, effort: float = EFFORT
) -> tuple[Letters | None, bool]:
    """The roster with its free cells chosen as well as found, and whether that is proved best.

    None is nothing found; proved, that there is nothing.
    """
    built = build_letters(problem, roster, free)
    solver = solver_of(seconds, seed, effort)
    status = solver.solve(built.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None, status == cp_model.INFEASIBLE
    return built.letters(solver), status == cp_model.OPTIMAL
