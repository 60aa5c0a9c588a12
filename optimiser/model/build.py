"""The whole roster model of a Problem, and solving it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Literal

from ortools.sat.python import cp_model

from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.problem import Problem
from optimiser.domain.row_rules import DutyClass
from optimiser.model.blocks import Block, classify, fixed_blocks
from optimiser.model.load import LoadSettings, add_load, add_visits, travel_estimate, turnout_blocks
from optimiser.model.need import add_need
from optimiser.model.objective import add_cover, add_fairness, add_hours, add_visit_costs, add_wishes
from optimiser.model.row import Row
from optimiser.model.rows import add_rule
from optimiser.model.variables import DutyKey, RosterModel, add_duties

Status = Literal["optimal", "feasible", "no_time", "infeasible"]
EAR_SECONDS = 0.2
"""How often a waiting run asks whether it should stop."""


@dataclass(frozen=True)
class RosterSettings:
    """Effort of the solver: seconds (``time_limit_s``) or, for identical results, ``deterministic_limit``."""

    time_limit_s: float | None = 20.0
    deterministic_limit: float | None = None
    workers: int = 8
    seed: int = 0
    load: LoadSettings = LoadSettings()


@dataclass(frozen=True)
class Roster:
    """The solver's answer: duties as (nurse, day, kind), and its own objective and bound (never shown to users)."""

    status: Status
    duties: frozenset[DutyKey] = frozenset()
    objective: float = 0.0
    bound: float = 0.0


def duty_blocks(problem: Problem, nurse: int, roster: RosterModel) -> list[Block]:
    """The candidate blocks of one nurse's duties."""
    instance = problem.instance
    blocks = []
    for (owner, day, kind), literal in roster.duty.items():
        if owner != nurse:
            continue
        each = instance.shift_kinds[kind]
        bounds = segment_bounds(each, instance.clock, day)
        start, end = bounds[0][0], bounds[-1][1]
        if each.lane == "standby":
            blocks.append(
                Block(start, end, 0, DutyClass.STANDBY, literal, each.expected_call_minutes, kind=(day, kind))
            )
        if each.lane == "work" or each.at_workplace:
            work = sum(high - low for low, high in bounds) - each.break_minutes
            blocks.append(Block(start, end, work, classify(instance, start, end), literal, kind=(day, kind)))
    return blocks


def build(
    problem: Problem, settings: LoadSettings, frozen: dict[DutyKey, bool] | None = None, visits: bool = True
) -> RosterModel:
    """Variables, row rules, load and objective. Without ``visits`` the load is the need of sets of nurses (need.py)."""
    roster = RosterModel(problem)
    add_duties(roster, frozen or {})
    estimates = travel_estimate(problem)
    if visits:
        add_visits(roster)
        add_load(roster, estimates, settings)
    else:
        add_need(roster, estimates, settings)
    instance = problem.instance
    week_start = [instance.clock.midnight(7 * week) for week in range(instance.weeks + 1)]
    for number, nurse in enumerate(instance.nurses):
        blocks = [
            *fixed_blocks(instance, nurse.id),
            *duty_blocks(problem, number, roster),
            *turnout_blocks(roster, number),
        ]
        row = Row(roster.model, blocks, week_start, instance.rules.dienst_gap.value, nurse.id)
        for rule in problem.rules:
            if rule.id.nurse in ("", nurse.id):
                add_rule(rule, row)
    add_cover(roster)
    add_visit_costs(roster, estimates)
    add_hours(roster)
    add_wishes(roster)
    add_fairness(roster)
    # Without duties everything is short but nothing broken: a first answer as soon as presolve is done.
    for literal in roster.duty.values():
        roster.model.add_hint(literal, 0)
    roster.model.minimize(sum(weight * expression for weight, expression in roster.penalties))
    return roster


class _Watch(cp_model.CpSolverSolutionCallback):
    """Stops the solver when asked, and passes each new objective on."""

    def __init__(self, on_objective: Callable[[float], None] | None, should_stop: Callable[[], bool] | None) -> None:
        super().__init__()
        self._on_objective, self._should_stop = on_objective, should_stop

    def on_solution_callback(self) -> None:
        """Called by the solver at each new roster."""
        if self._on_objective:
            self._on_objective(self.objective_value)
        if self._should_stop and self._should_stop():
            self.stop_search()


def _solved(
    solver: cp_model.CpSolver, model: cp_model.CpModel, watch: _Watch, should_stop: Callable[[], bool] | None
) -> cp_model.CpSolverStatus:
    """Solve in a thread of its own, so that the caller's hears Ctrl-C at once, not after the solver's last second."""
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(solver.solve, model, watch)
        try:
            while not wait([running], timeout=EAR_SECONDS).done:
                if should_stop and should_stop():
                    solver.stop_search()
        finally:
            solver.stop_search()
        return running.result()


def solve_roster(
    roster: RosterModel,
    settings: RosterSettings,
    on_objective: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Roster:
    """Solve the model. Four different answers: see ``Status``; literals are read only when there is a roster."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = settings.workers
    solver.parameters.random_seed = settings.seed
    if settings.deterministic_limit is not None:
        solver.parameters.max_deterministic_time = settings.deterministic_limit
        solver.parameters.interleave_search = True
    if settings.time_limit_s is not None:
        solver.parameters.max_time_in_seconds = settings.time_limit_s
    # its own handler would leave the process without ours: a later Ctrl-C would kill it
    solver.parameters.catch_sigint_signal = False
    status = _solved(solver, roster.model, _Watch(on_objective, should_stop), should_stop)
    if status == cp_model.INFEASIBLE:
        return Roster("infeasible")
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Roster("no_time")
    duties = frozenset(key for key, literal in roster.duty.items() if solver.boolean_value(literal))
    name: Status = "optimal" if status == cp_model.OPTIMAL else "feasible"
    return Roster(name, duties, solver.objective_value, solver.best_objective_bound)
