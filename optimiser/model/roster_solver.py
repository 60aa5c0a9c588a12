"""CP-SAT as all parts of public rosters use it."""

from __future__ import annotations

from ortools.sat.python import cp_model


def solver_of(seconds: float, seed: int, effort: float) -> cp_model.CpSolver:
    """One worker, for so long by the clock and so much ``effort`` (deterministic time), guided by the relaxation of run
    rules: without it the same time finds rosters half as good."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.linearization_level = 2
    solver.parameters.max_deterministic_time = effort
    solver.parameters.max_time_in_seconds = max(0.01, seconds)
    solver.parameters.catch_sigint_signal = False
    return solver
