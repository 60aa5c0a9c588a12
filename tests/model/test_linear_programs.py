"""The small answer of linear programs, also when a solver gives up."""

from __future__ import annotations

from math import inf

import pytest
from ortools.math_opt.python import mathopt
from ortools.math_opt.python.errors import InternalMathOptError

from optimiser.model.lp import solve_whole


def program() -> mathopt.Model:
    """The least x + y with 2 x + y >= 3 in whole numbers: x = 1, y = 1, cost 2 (or x = 2, y = 0)."""
    model = mathopt.Model()
    x, y = (model.add_integer_variable(lb=0, ub=5, name=name) for name in "xy")
    model.add_linear_constraint(2 * x + y >= 3)
    model.minimize(x + y)
    return model


def test_a_small_program_is_proved() -> None:
    """Cost and bound are both 2."""
    answer = solve_whole(program(), 5)
    assert answer.proved and answer.cost == pytest.approx(2) and answer.bound == pytest.approx(2)


@pytest.mark.parametrize("own", [True, False])
def test_a_solver_that_gives_up_proves_nothing(monkeypatch: pytest.MonkeyPatch, own: bool) -> None:
    """An error of the solver, or OR-Tools' stumble over it, is an answer without bound and values; others stay."""

    class StatusNotOk(Exception):
        pass

    def gives_up(*_: object, **__: object) -> None:
        if own:
            raise InternalMathOptError("abnormal")
        try:
            raise StatusNotOk
        except StatusNotOk:
            raise AttributeError("'StatusNotOk' object has no attribute 'canonical_code'")  # noqa: B904

    monkeypatch.setattr(mathopt, "solve", gives_up)
    answer = solve_whole(program(), 5)
    assert not answer.proved and answer.bound == -inf and answer.cost is None and answer.values is None


def test_other_faults_are_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake of ours stays a mistake."""

    def mistake(*_: object, **__: object) -> None:
        raise AttributeError("no such thing")

    monkeypatch.setattr(mathopt, "solve", mistake)
    with pytest.raises(AttributeError, match="no such thing"):
        solve_whole(program(), 5)
