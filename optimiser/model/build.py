"""The whole roster model of a Problem, and solving it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Literal

from ortools.sat.python import cp_model

from optimiser.domain.problem import Problem
from optimiser.domain.row_rules import DayWord, RowRule, Series, WindowSum
from optimiser.model.blocks import Block, duty_blocks, fixed_blocks
from optimiser.model.day_letters import kind_letters, nurse_letters
from optimiser.model.load import LoadSettings, add_load, add_visits, travel_estimate, turnout_blocks
from optimiser.model.need import add_need
from optimiser.model.objective import (
    add_cover,
    add_duty_prices,
    add_fairness,
    add_hours,
    add_visit_costs,
    add_wishes,
)
from optimiser.model.row import Row, calendar_of
from optimiser.model.rows import add_rule, with_numbers
from optimiser.model.variables import DutyKey, RosterModel, add_duties

Status = Literal["optimal", "feasible", "no_time", "infeasible"]
EAR_SECONDS = 0.2
"""How often a waiting run asks whether it should stop."""


@dataclass(frozen=True)
class RosterSettings:
    """Effort of the solver: seconds (``time_limit_s``) or, for identical results, ``deterministic_limit``."""

    time_limit_s: float | None = 20.0
    deterministic_limit: float | None = None
    workers: int = 2
    seed: int = 0
    load: LoadSettings = LoadSettings()


@dataclass(frozen=True)
class Roster:
    """The solver's answer: duties as (nurse, day, kind), and its own objective and bound (never shown to users)."""

    status: Status
    duties: frozenset[DutyKey] = frozenset()
    objective: float = 0.0
    bound: float = 0.0


def build(
    problem: Problem, settings: LoadSettings, frozen: dict[DutyKey, bool] | None = None, visits: bool = True
) -> RosterModel:
    """Variables, row rules, load and objective. Without ``visits`` the load is the need of sets of nurses (need.py).

    With ``settings.relaxed`` no legal plan is excluded and none costs more here than it does to check: its bound is a
    bound of the problem. Otherwise loads and prices are a good guess of what routes will need (``proxy``).
    """
    roster = RosterModel(problem)
    add_duties(roster, frozen or {})
    estimates = [0] * len(problem.jobs) if settings.relaxed else travel_estimate(problem)
    if visits or settings.relaxed:
        add_visits(roster)
        add_load(roster, estimates, settings)
    else:
        add_need(roster, estimates, settings)
    add_rows(roster, settings.relaxed)
    add_cover(roster)
    add_visit_costs(roster, settings.relaxed)
    add_hours(roster, settings.relaxed)
    add_wishes(roster)
    add_duty_prices(roster)
    if not settings.relaxed:
        add_fairness(roster)
    # Without duties everything is short but nothing broken: a first answer as soon as presolve is done.
    for literal in roster.duty.values():
        roster.model.add_hint(literal, 0)
    weights, expressions = zip(*roster.penalties, strict=True) if roster.penalties else ((), ())
    roster.model.minimize(cp_model.LinearExpr.weighted_sum(expressions, weights))
    return roster


def add_rows(
    roster: RosterModel,
    relaxed: bool = False,
    turnouts: Mapping[int, list[Block]] | None = None,
    closed: frozenset[int] = frozenset(),
) -> None:
    """The row rules of every nurse; what priced rules count enters the objective. Only ``relaxed`` they are exact.

    ``turnouts``: candidate work in standby by nurse, where its times are known; nurses in ``closed`` have no rules.
    """
    problem, instance = roster.problem, roster.problem.instance
    calendar, table, duties = calendar_of(instance), kind_letters(instance), duty_blocks(roster)
    rules: dict[str, list[RowRule]] = defaultdict(list)
    for rule in problem.rules:
        rules[rule.id.nurse].append(with_numbers(rule))
    words = any(isinstance(rule, DayWord) for rule in problem.rules)
    for number, nurse in enumerate(instance.nurses):
        if number in closed:
            continue
        # where the moment of work in standby is open it is left out of what may exclude no legal plan
        open_work = [] if relaxed else turnout_blocks(roster, number)
        work = open_work if turnouts is None else turnouts.get(number, [])
        row = Row(
            roster.model,
            [*fixed_blocks(instance, nurse.id), *duties[number], *work],
            calendar,
            instance.rules.dienst_gap.value,
            nurse.id,
            nurse_letters(roster, number, table) if words else None,
            coarse=not relaxed,
        )
        for rule in (*rules[""], *rules[nurse.id]):
            priced = isinstance(rule, DayWord | Series | WindowSum) and rule.term
            if not (priced and nurse.experience == "student"):
                add_rule(rule, row)
        roster.penalties += [(int(getattr(instance.weights, term)), each) for term, each in row.charges]


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


def solved(
    solver: cp_model.CpSolver,
    model: cp_model.CpModel,
    watch: cp_model.CpSolverSolutionCallback | None,
    should_stop: Callable[[], bool] | None,
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
    # Measured: the relaxation leads, and neighbourhoods start seconds earlier without probing and symmetry.
    solver.parameters.subsolvers.append("max_lp")
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    if settings.deterministic_limit is not None:
        solver.parameters.max_deterministic_time = settings.deterministic_limit
        solver.parameters.interleave_search = True
    if settings.time_limit_s is not None:
        solver.parameters.max_time_in_seconds = settings.time_limit_s
    # its own handler would leave the process without ours: a later Ctrl-C would kill it
    solver.parameters.catch_sigint_signal = False
    status = solved(solver, roster.model, _Watch(on_objective, should_stop), should_stop)
    if status == cp_model.INFEASIBLE:
        return Roster("infeasible")
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Roster("no_time")
    duties = frozenset(key for key, literal in roster.duty.items() if solver.boolean_value(literal))
    name: Status = "optimal" if status == cp_model.OPTIMAL else "feasible"
    return Roster(name, duties, solver.objective_value, solver.best_objective_bound)
