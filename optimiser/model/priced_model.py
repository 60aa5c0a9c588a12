"""A roster with prices in CP-SAT, whole or around what stays fixed, and the best way to fill what is free."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from ortools.sat.python import cp_model

from optimiser.domain.priced_roster import FREE, HARD, Letters, PricedCover, PricedLimit, PricedRoster
from optimiser.model.priced_row import Priced, PricedRow
from optimiser.model.roster_solver import solver_of

Free = Mapping[int, frozenset[int]]
"""Person -> the days whose letters are to be chosen anew; all others keep the letter of the roster given."""
EFFORT = 2.0
"""Deterministic seconds of CP-SAT for one neighbourhood."""


def build_priced(problem: PricedRoster, roster: Letters | None = None, free: Free | None = None) -> Priced:
    """The model of all cells, or of the ``free`` cells of a roster, with that roster as a complete hint. People who are
    not in ``free`` count for cover as the roster has them, and their rows cost nothing.

    Raises ``ValueError`` when somebody below a minimum costs less than one below what is wanted.
    """
    built = Priced(problem, roster, free is not None)
    whole = frozenset(range(problem.days))
    chosen = free if free is not None else dict.fromkeys(range(len(problem.staff)), whole)
    for person, days in chosen.items():
        PricedRow(built, person, days).add()
    _requests(built, chosen)
    _cover(built)
    variables, prices = [each for each, _ in built.costs], [price for _, price in built.costs]
    built.model.minimize(cp_model.LinearExpr.weighted_sum(variables, prices) + built.constant)
    if roster is not None:
        for index, value in built.hinted.items():
            built.model.add_hint(built.model.get_int_var_from_proto_index(index), value)
    return built


def _requests(built: Priced, chosen: Free) -> None:
    """Requests of the people who are chosen anew."""
    for request in built.problem.requests:
        if request.person not in chosen:
            continue
        cell = built.cells.get((request.person, request.day))
        if cell is None:
            had = (built.roster or ())[request.person][request.day]
            missed = (had in request.letters) != request.wanted
            built.constant += max(0, request.price) if missed else 0
            continue
        unwanted = [literal for letter, literal in cell.items() if (letter in request.letters) != request.wanted]
        for literal in unwanted:
            if request.price == HARD:
                built.model.add_bool_or([literal.negated()])
            else:
                built.cost(literal, request.price)


def _cover(built: Priced) -> None:
    """Too few and too many people of each letter on each day."""
    there: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
    for (_, day), cell in built.cells.items():
        for letter, literal in cell.items():
            if letter != FREE:
                there[day, letter].append(literal)
    fixed = Counter(
        (day, letter) for person, row in enumerate(built.roster or ()) for day, letter in enumerate(row)
        if (person, day) not in built.cells
    )  # fmt: skip
    for each in built.problem.cover:
        key = (each.day, each.letter)
        literals = [(literal, 1) for literal in there[key]]
        for limit in _limits(each, len(built.problem.staff)):
            built.limit(literals, fixed[key], limit)


def _limits(cover: PricedCover, people: int) -> tuple[PricedLimit, ...]:
    """Cover as two limits: who lacks below the minimum costs the difference more, so that prices only grow."""
    wanted = PricedLimit(cover.wanted, cover.wanted, cover.under, cover.over)
    if cover.under_minimum == HARD:
        return (PricedLimit(cover.minimum, people, HARD, 0), wanted)
    if cover.minimum > 0 and (cover.under == HARD or cover.under_minimum < cover.under):
        raise ValueError("one below the minimum costs at least as much as one below what is wanted")
    return (PricedLimit(cover.minimum, people, max(0, cover.under_minimum - cover.under), 0), wanted)


def letters_of(built: Priced, solver: cp_model.CpSolver) -> Letters:
    """The roster of a solution."""
    old = built.roster or ((FREE,) * built.problem.days,) * len(built.problem.staff)
    rows = [list(row) for row in old]
    for (person, day), cell in built.cells.items():
        rows[person][day] = next(letter for letter, literal in cell.items() if solver.boolean_value(literal))
    return tuple(tuple(row) for row in rows)


def refill_priced(
    problem: PricedRoster, roster: Letters, free: Free, seconds: float, seed: int, effort: float = EFFORT
) -> tuple[Letters | None, bool]:
    """The roster with its free cells chosen as well as found, and whether that is proved best.

    None is nothing found; proved, that there is nothing. One worker; ``effort`` is its deterministic time.
    """
    built = build_priced(problem, roster, free)
    solver = solver_of(seconds, seed, effort)
    status = solver.solve(built.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None, status == cp_model.INFEASIBLE
    return letters_of(built, solver), status == cp_model.OPTIMAL
