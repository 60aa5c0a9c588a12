"""One of the known rows for each person, so that all together cost least: CP-SAT over columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ortools.sat.python import cp_model

from optimiser.domain.priced_roster import FREE, HARD, PricedRoster
from optimiser.model.priced_master import Row
from optimiser.model.roster_solver import solver_of


def combine_columns(
    problem: PricedRoster, rows: Sequence[dict[Row, int]], below: int | None, seconds: float, seed: int, effort: float
) -> list[Row] | None:
    """The cheapest rows found, one of ``rows[person]`` (row -> what it costs beside cover) each, that cost less than
    ``below`` with cover; None when none was found. ``effort`` is deterministic time of one worker."""
    if not all(rows):
        return None
    model = cp_model.CpModel()
    literals: list[dict[Row, cp_model.IntVar]] = [{row: model.new_bool_var("") for row in some} for some in rows]
    terms = [(literals[person][row], cost) for person, some in enumerate(rows) for row, cost in some.items()]
    there: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
    for some in literals:
        model.add_exactly_one(some.values())
        for row, literal in some.items():
            for day, letter in enumerate(row):
                if letter != FREE:
                    there[day, letter].append(literal)
    for cover in problem.cover:
        count, people = cp_model.LinearExpr.sum(there[cover.day, cover.letter]), len(rows)
        for most, price, side in (
            (cover.wanted - cover.minimum, cover.under, 1), (cover.minimum, cover.under_minimum, 1),
            (people, cover.over, -1),
        ):  # fmt: skip
            if most > 0 and price > 0:
                off = model.new_int_var(0, most, "")
                terms.append((off, price))
                count = count + side * off
        if cover.over in (0, HARD):
            model.add(count >= cover.wanted)
        if cover.over == HARD:
            model.add(cp_model.LinearExpr.sum(there[cover.day, cover.letter]) <= cover.wanted)
        elif cover.over > 0:
            model.add(count == cover.wanted)
    cost = cp_model.LinearExpr.weighted_sum([each for each, _ in terms], [price for _, price in terms])
    if below is not None:
        model.add(cost < below)
    model.minimize(cost)
    solver = solver_of(seconds, seed, effort)
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return [next(row for row, literal in some.items() if solver.boolean_value(literal)) for some in literals]
