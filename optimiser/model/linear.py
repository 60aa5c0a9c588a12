"""Small linear programs in plain numbers, for rooms that do not know the solver."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

from ortools.math_opt.python import mathopt

from optimiser.model.lp import Relaxation


@dataclass(frozen=True)
class LinearRow:
    """``low <= sum of coefficient times variable <= high``; variables by their number."""

    coefficients: Mapping[int, float]
    low: float = -inf
    high: float = inf


@dataclass(frozen=True)
class LinearAnswer:
    """The least cost, a value for each variable, and for each row what one unit more of its side would cost."""

    cost: float
    values: tuple[float, ...]
    prices: tuple[float, ...]


def solve_linear(
    costs: Sequence[float], rows: Sequence[LinearRow], low: float = -inf, seconds: float = 60.0
) -> LinearAnswer | None:
    """The variables (one for each cost, all at least ``low``) that cost least and keep each row.

    None when there are none, when there is no least, or when the time is up before it is proved.
    """
    model = mathopt.Model()
    variables = [model.add_variable(lb=low) for _ in costs]
    model.minimize(mathopt.fast_sum(cost * each for cost, each in zip(costs, variables, strict=True)))
    kept = []
    for row in rows:
        constraint = model.add_linear_constraint(lb=row.low, ub=row.high)
        for number, coefficient in row.coefficients.items():
            constraint.set_coefficient(variables[number], coefficient)
        kept.append(constraint)
    answer = Relaxation(model).solve(seconds)
    if not answer.proved or answer.cost is None or answer.values is None or answer.prices is None:
        return None
    return LinearAnswer(
        answer.cost,
        tuple(answer.values[each] for each in variables),
        tuple(answer.prices[each] for each in kept),
    )
