"""A run over weeks to months: a roster of duties, without routes."""

from __future__ import annotations

import time
from dataclasses import replace

from optimiser.domain.objective import Objective, weigh
from optimiser.domain.plan import Phase, Plan
from optimiser.domain.problem import Problem
from optimiser.domain.result import Result
from optimiser.search.bounds.long_bound import LongPrices, long_prices
from optimiser.search.decode import decode
from optimiser.search.encode import DutyKey
from optimiser.search.encode_duties import roster_of
from optimiser.search.evaluate import count_terms
from optimiser.search.kernel.anneal import price
from optimiser.search.kernel.data import State
from optimiser.search.kernel.rows import row_violations
from optimiser.search.long_cooling import Cooling, cool
from optimiser.search.long_guide import guided_start
from optimiser.search.long_island import LongTables, compile_long, long_is_compiled, long_tables
from optimiser.search.run import Run, blocked_duties, claimed, published
from optimiser.search.settings import OnEvent, PlanSettings, ShouldStop
from optimiser.search.start import Cell, duties_of_plan, frozen_cells
from optimiser.search.students import add_students, followed

COLD = 1.0
"""Temperature at the end, in minute-equivalents."""
HOT, WARM = 150.0, 8.0
"""Temperature at the start: about the price of a duty that fits badly; less where the start is a good one."""
PRICES_SHARE, PRICES_ROUNDS, MOST_ROUNDS = 0.15, 80, 600
"""Of the time so much goes to prices of cover and the bound; so many rounds when iterations are counted."""
RESERVE_SECONDS = 1.0
"""Of the time, for students, the count of all terms and writing the plan."""


def of_duties(problem: Problem) -> Problem:
    """The problem without its work: who works when is all that is asked."""
    return replace(problem, jobs=(), ties=(), may_serve=())


def run_long(
    problem: Problem, settings: PlanSettings, start: Plan | None = None, on_event: OnEvent | None = None,
    should_stop: ShouldStop | None = None,
) -> Result:  # fmt: skip
    """A roster of duties (``with_routes`` False). ``start`` is an earlier plan to begin from; what is frozen stays.

    Published duties stand; a roster that only they keep from being lawful is told as ``no_time`` with reason ``hard``.
    """
    problem = of_duties(problem)
    this = Run(problem, settings, on_event or (lambda _: None), should_stop or (lambda: False))
    locked: frozenset[Cell] = settings.frozen
    if start is not None and settings.freeze_until is not None:
        locked |= frozen_cells(problem, problem.instance.clock.day_number(settings.freeze_until))
    tables = _compiled_tables(this, locked)
    prices = _prices(this)
    if start is not None and start.duties:
        roster = duties_of_plan(problem, start)
    else:
        roster = _known(problem) if prices is None else guided_start(tables, prices, settings.seed)
    warm = prices is not None or start is not None
    plan = _plan(this, tables, _searched(this, tables, roster, warm), start)
    if prices is not None:
        plan = plan.model_copy(update={"lower_bound": prices.bound.value})
    if plan.objective is not None and plan.objective.hard > blocked_duties(problem):
        return Result(status="no_time", reason="hard")
    return Result(status="feasible", plan=plan)


def _compiled_tables(this: Run, locked: frozenset[Cell]) -> LongTables:
    """The kernel's tables; the first run on a machine compiles, which is told and is no search time."""
    if long_is_compiled():
        return long_tables(this.problem, locked)
    paused = time.monotonic()
    this.tell("compile")
    tables = long_tables(this.problem, locked)
    compile_long(tables)
    this.began += time.monotonic() - paused
    return tables


def _known(problem: Problem) -> frozenset[DutyKey]:
    """Published duties, and those of the base roster beside them that may be: search begins there."""
    taken, students = set(problem.pinned), set(problem.companions)
    base = {
        (nurse, day, kind)
        for (nurse, day, lane), kind in problem.base.items()
        if (nurse, day, lane) not in taken and problem.duty_allowed[nurse, day, kind] and nurse not in students
    }
    return published(problem) | base


def _prices(this: Run) -> LongPrices | None:
    """What cover is worth, and the bound."""
    limit = this.settings.time_limit_s
    seconds = None if limit is None else PRICES_SHARE * limit
    rounds = MOST_ROUNDS if limit is not None else PRICES_ROUNDS
    prices = long_prices(this.problem, seconds, None, rounds, this.should_stop)
    if prices is not None:
        this.phases.append(Phase(name="bound", iterations=prices.bound.rounds, seconds=round(this.seconds, 2)))
    return prices


def _searched(this: Run, tables: LongTables, roster: frozenset[DutyKey], warm: bool) -> frozenset[DutyKey]:
    """The best roster that the effort gives."""
    settings = this.settings

    def on_best(best: frozenset[DutyKey], steps: int) -> None:
        if settings.log:
            plan = _decoded(tables, tables.lawful_state(best))
            this.note("search", steps, *_objective(tables, plan, 0))

    limit = settings.time_limit_s
    seconds = None if limit is None else max(0.5, limit - this.seconds - RESERVE_SECONDS)
    effort = Cooling(seconds, settings.iterations, settings.seed, settings.islands, WARM if warm else HOT, COLD)
    return cool(tables, roster, effort, on_best, this.should_stop)


def _decoded(tables: LongTables, state: State) -> Plan:
    """The plan of a state, without its claims."""
    made = decode(tables.problem, roster_of(tables.problem, state), tables.data, state)
    return made.model_copy(update={"with_routes": False, "unserved": ()})


def _objective(tables: LongTables, plan: Plan, hard: int) -> tuple[Objective, int, dict[str, int]]:
    """The objective vector, visits unserved (none is asked) and the count of each term."""
    counts = count_terms(tables.problem, plan)
    return weigh(counts, tables.problem.instance.weights, hard), 0, counts


def _plan(this: Run, tables: LongTables, roster: frozenset[DutyKey], start: Plan | None) -> Plan:
    """The plan of a roster with its students and its claims."""
    problem = this.problem
    state = tables.lawful_state(roster)
    add_students(problem, tables.data, tables.rows, tables.duties, state, followed(problem, start))
    price(tables.data, tables.rows, tables.duties, state)
    nurses = range(len(problem.instance.nurses))
    hard = sum(int(row_violations(tables.data, tables.rows, state, nurse)) for nurse in nurses)
    plan = _decoded(tables, state)
    objective, _, counts = _objective(tables, plan, hard + blocked_duties(problem))
    this.phases.append(Phase(name="roster", seconds=round(this.seconds, 2), objective=objective, terms=counts))
    return claimed(this, plan, counts, objective.hard)
