"""Linear and whole-number programs by the solvers inside OR-Tools, behind one small answer.

GLOP solves relaxations, and again after small changes from where it stood; HiGHS solves whole-number programs. The
package highspy is not used: it cannot be loaded beside ortools.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import inf

from ortools.math_opt.python import mathopt
from ortools.math_opt.python.errors import InternalMathOptError
from ortools.util.python.solve_interrupter import SolveInterrupter

LEAST_SECONDS = 0.05


@dataclass(frozen=True)
class Answer:
    """``proved``: solved to the end, ``impossible``: proved that there is no solution. ``bound``: no solution costs
    less (minus infinity when unknown). ``cost`` and ``values`` are of the best solution found, None when there is none;
    ``prices`` are what one unit more of the right side of each constraint would cost (relaxations only)."""

    proved: bool
    bound: float
    cost: float | None = None
    values: Mapping[mathopt.Variable, float] | None = None
    prices: Mapping[mathopt.LinearConstraint, float] | None = None
    impossible: bool = False


class Relaxation:
    """A linear relaxation that is solved again and again while its variables get fixed."""

    def __init__(self, model: mathopt.Model) -> None:
        self._solver = mathopt.IncrementalSolver(model, mathopt.SolverType.GLOP)

    def solve(self, seconds: float, interrupter: SolveInterrupter | None = None) -> Answer:
        """The optimum, or what is known after ``seconds``."""
        limit = timedelta(seconds=max(LEAST_SECONDS, seconds))
        parameters = mathopt.SolveParameters(time_limit=limit)
        return _answer(lambda: self._solver.solve(params=parameters, interrupter=interrupter))


def solve_whole(model: mathopt.Model, seconds: float, gap: float = 0.0) -> Answer:
    """The best solution in whole numbers within ``seconds``; done when it is within ``gap`` (absolute) of the bound.
    HiGHS cannot be interrupted: who may want to stop it gives it little time, and more the next time."""
    limit = timedelta(seconds=max(LEAST_SECONDS, seconds))
    parameters = mathopt.SolveParameters(time_limit=limit, absolute_gap_tolerance=gap, relative_gap_tolerance=0.0)
    return _answer(lambda: mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters))


def _answer(solve: Callable[[], mathopt.SolveResult]) -> Answer:
    """What either solver says. A bound counts only when the solver proved something; of a solver that gives up with an
    error of its own nothing is known."""
    try:
        result = solve()
    except InternalMathOptError:
        return Answer(proved=False, bound=-inf)
    except AttributeError as fault:
        # OR-Tools 9.15 stumbles where it should raise the solver's own error: pybind's status has no canonical_code.
        if type(fault.__context__).__name__ != "StatusNotOk":
            raise
        return Answer(proved=False, bound=-inf)
    proved = result.termination.reason == mathopt.TerminationReason.OPTIMAL
    bound = result.termination.objective_bounds.dual_bound
    if not result.has_primal_feasible_solution():
        impossible = result.termination.reason == mathopt.TerminationReason.INFEASIBLE
        return Answer(proved, bound, impossible=impossible)
    prices = result.dual_values() if result.has_dual_feasible_solution() else None
    return Answer(proved, bound, result.objective_value(), result.variable_values(), prices)
