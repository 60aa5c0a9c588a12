"""The phases of a run: roster, search, students, second checks; and the plan that comes out."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from optimiser.domain.objective import Objective, weigh
from optimiser.domain.plan import Phase, Plan
from optimiser.domain.problem import FORBIDDEN, Problem
from optimiser.domain.result import Result
from optimiser.model.build import RosterSettings, build, solve_roster
from optimiser.model.load import LoadSettings
from optimiser.search.decode import decode
from optimiser.search.encode import DutyKey, encode
from optimiser.search.encode_duties import encode_duties, roster_of, roster_state
from optimiser.search.encode_rows import encode_rows
from optimiser.search.evaluate import count_terms
from optimiser.search.groups import improve_in_groups
from optimiser.search.improve import Effort, compile_kernel, improve
from optimiser.search.kernel import is_compiled
from optimiser.search.kernel.anneal import price
from optimiser.search.kernel.data import (
    Data,
    Duties,
    Rows,
    State,
    copy_state,
)
from optimiser.search.kernel.rows import row_violations
from optimiser.search.kernel.undo import copy_all
from optimiser.search.reassign import reassignment
from optimiser.search.reassign_columns import Team
from optimiser.search.settings import Event, OnEvent, PlanSettings, ShouldStop
from optimiser.search.settle import settle_checks
from optimiser.search.start import (
    Cell,
    clear_broken_routes,
    drop_violations,
    duties_of_plan,
    frozen_cells,
    place_routes,
)
from optimiser.search.students import add_students, followed

ROSTER_SHARE, MOST_ROSTER_SECONDS = 0.12, 20.0
SHORT_SHARE, LEAST_ROSTER_SECONDS = 0.25, 5.0
FIXED_SHARE = 0.5
"""The first roster takes an eighth of the time (half, when its duties then stand), and no more seconds than the most;
in short runs a quarter, up to the least."""
ROSTER_EFFORT = 2.0
"""Deterministic effort of the first roster when iterations are counted."""
MOST_VISIT_CHOICES = 3000
"""Up to so many (window, nurse) pairs the first roster gives each visit a nurse; above, it counts the need of sets of
nurses. On the stored week (24,000 literals) visits by name were no better after 40 s than sets after 20."""
LAST_SHARE = 0.08
"""Of the search's effort so much goes to routes alone, after the duties are settled."""


@dataclass
class Run:
    """One run: the problem, its settings, and whom to tell."""

    problem: Problem
    settings: PlanSettings
    on_event: OnEvent
    should_stop: ShouldStop
    began: float = field(default_factory=time.monotonic)
    cpu_began: float = field(default_factory=time.process_time)
    phases: list[Phase] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """Wall time since the start."""
        return time.monotonic() - self.began

    @property
    def in_groups(self) -> bool:
        """Whether there are so many nurses that groups of them are searched."""
        return len(self.problem.instance.nurses) > self.settings.groups_above

    def tell(
        self,
        phase: Literal["roster", "compile", "search"],
        objective: Objective | None = None,
        unserved: int = 0,
        message: str = "",
    ) -> None:
        """Pass an event on."""
        self.on_event(Event(phase, self.seconds, objective, unserved, message))

    def note(self, name: str, iterations: int, objective: Objective, unserved: int, terms: dict[str, int]) -> None:
        """Keep an incumbent among the phases and tell of it."""
        self.phases.append(Phase(name=name, iterations=iterations, seconds=round(self.seconds, 2),
                                 objective=objective, terms=terms))  # fmt: skip
        self.tell("search", objective, unserved)


def run(
    problem: Problem,
    settings: PlanSettings,
    start: Plan | None = None,
    on_event: OnEvent | None = None,
    should_stop: ShouldStop | None = None,
) -> Result:
    """Plan a problem; ``start`` is an earlier plan to begin from. Ctrl-C (``should_stop``) keeps the best so far."""
    this = Run(problem, settings, on_event or (lambda _: None), should_stop or (lambda: False))
    locked: frozenset[Cell] = settings.frozen
    if start is not None and settings.freeze_until is not None:
        locked |= frozen_cells(problem, problem.instance.clock.day_number(settings.freeze_until))
    if start is not None and start.duties:
        roster = duties_of_plan(problem, start)
    elif settings.move_duties and (this.in_groups or not settings.first_roster):
        # Measured: for large teams groups find a better roster from nothing than the model in the same time.
        roster = published(problem)
    else:
        status, roster = _roster(this)
        if status == "infeasible":
            return Result(status="infeasible", reason="roster")
    plan = _search(this, roster, start, locked)
    if plan.objective is not None and plan.objective.hard > blocked_duties(problem):
        # Only published duties can leave violations: nothing was proved, and nothing legal was found.
        return Result(status="no_time", reason="hard")
    return Result(status="feasible", plan=plan)


def _roster(this: Run) -> tuple[str, frozenset[DutyKey]]:
    """The first roster by CP-SAT: duties under all row rules with a travel-aware load."""
    settings = this.settings
    this.tell("roster")
    limit = None if settings.time_limit_s is None else _roster_seconds(settings)
    choices = sum(int((table != FORBIDDEN).sum()) for table in this.problem.may_serve)
    model = build(this.problem, LoadSettings(settings.fill_percent), visits=choices <= MOST_VISIT_CHOICES)
    answer = solve_roster(
        model,
        RosterSettings(limit, ROSTER_EFFORT if limit is None else None, seed=settings.seed),
        should_stop=this.should_stop,
    )
    this.phases.append(Phase(name="roster", seconds=round(this.seconds, 2)))
    if answer.status == "no_time":
        # Search begins from the published duties alone; it finds a roster, only later.
        return answer.status, published(this.problem)
    students = set(this.problem.companions)
    return answer.status, frozenset(key for key in answer.duties if key[0] not in students)


def _roster_seconds(settings: PlanSettings) -> float:
    """How long the first roster may take."""
    assert settings.time_limit_s is not None
    if not settings.move_duties:
        return min(MOST_ROSTER_SECONDS, FIXED_SHARE * settings.time_limit_s)
    least = min(LEAST_ROSTER_SECONDS, SHORT_SHARE * settings.time_limit_s)
    return min(MOST_ROSTER_SECONDS, max(least, ROSTER_SHARE * settings.time_limit_s))


def _search(this: Run, roster: frozenset[DutyKey], start: Plan | None, locked: frozenset[Cell]) -> Plan:
    """Improve duties and routes, settle students and second checks, and write the plan."""
    problem, settings = this.problem, this.settings
    paused, compiled = time.monotonic(), is_compiled()
    if not compiled:
        # The first run on a machine compiles; that is no search time, and the user hears why it takes long.
        this.tell("compile")
    data, rows, duties = encode(problem), encode_rows(problem), encode_duties(problem, locked)
    state = roster_state(problem, data, duties, roster)
    if not compiled:
        compile_kernel(data, rows, duties, state)
        this.began += time.monotonic() - paused
    drop_violations(problem, data, rows, duties, state)
    if start is not None:
        place_routes(problem, data, state, start, locked)
    price(data, rows, duties, state)
    clean = copy_state(state)

    def on_best(best: State, iterations: int) -> None:
        if not settings.log:
            if _violations(problem, data, rows, best) <= blocked_duties(problem):
                copy_all(clean, best)
            return
        found = _objective(problem, data, rows, best)
        this.note("groups" if this.in_groups else "search", iterations, *found)
        if found[0].hard <= blocked_duties(problem):
            copy_all(clean, best)

    def on_reassigned(best: State, iterations: int) -> None:
        this.note("reassign", iterations, *_objective(problem, data, rows, best))

    search = partial(improve_in_groups, size=settings.group_nurses) if this.in_groups else improve
    first = _effort(this, 1 - LAST_SHARE, settings.seed, duty_share=Effort.duty_share if settings.move_duties else 0.0,
                    heat=(settings.hot, Effort.cold))  # fmt: skip
    if settings.reassign and not this.in_groups:
        team = Team(problem, data, rows, duties, fixed=not settings.move_duties)
        search = partial(improve, reassignment=reassignment(team, on_reassigned, this.should_stop))
    best = search(data, rows, duties, state, first, on_best, this.should_stop)
    settled, done = _settled(this, data, rows, duties, best, start)
    broken = _violations(problem, settled, rows, done)
    if broken > blocked_duties(problem):
        # A rule was broken on the way: settle the last plan that broke none, and take the better of the two.
        this.phases.append(Phase(name="again", seconds=round(this.seconds, 2)))
        other, again = _settled(this, data, rows, duties, clean, start)
        if _violations(problem, other, rows, again) < broken:
            settled, done = other, again
    return _plan(this, settled, rows, done)


def _settled(this: Run, data: Data, rows: Rows, duties: Duties, best: State, start: Plan | None) -> tuple[Data, State]:
    """Students follow, remote second checks are settled, routes alone are improved: the tables then, and the state."""
    problem, settings = this.problem, this.settings
    best = copy_state(best)
    add_students(problem, data, rows, duties, best, followed(problem, start))
    data = settle_checks(problem, data, best)
    clear_broken_routes(data, rows, best)
    price(data, rows, duties, best)

    def on_best(state: State, iterations: int) -> None:
        if settings.log:
            name = "groups" if this.in_groups else "search"
            this.note(name, iterations, *_objective(problem, data, rows, state))

    plain = partial(improve_in_groups, size=settings.group_nurses) if this.in_groups else improve
    last = _effort(this, LAST_SHARE, settings.seed + 1, duty_share=0.0, heat=(3.0, 0.5), segments=2)
    return data, plain(data, rows, duties, best, last, on_best, this.should_stop)


def _effort(
    this: Run,
    share: float,
    seed: int,
    duty_share: float,
    heat: tuple[float, float] = (Effort.hot, Effort.cold),
    segments: int = Effort.segments,
) -> Effort:
    """A share of the run's search effort; the last share takes the time that is left."""
    settings = this.settings
    seconds = None
    if settings.time_limit_s is not None:
        left = max(0.5, settings.time_limit_s - this.seconds)
        seconds = left if share == LAST_SHARE else left * share
    iterations = None if settings.iterations is None else max(1, int(settings.iterations * share))
    return Effort(
        seconds, iterations, seed, settings.islands, duty_share, *heat, segments,
        row_share=Effort.row_share if settings.row_dp else 0.0,
    )  # fmt: skip


def published(problem: Problem) -> frozenset[DutyKey]:
    """The published duties."""
    return frozenset((nurse, day, kind) for (nurse, day, _), kind in problem.pinned.items())


def blocked_duties(problem: Problem) -> int:
    """Published duties that may not be, such as one during leave: they stand, and each is a violation that is told."""
    return sum(not problem.duty_allowed[nurse, day, kind] for (nurse, day, _), kind in problem.pinned.items())


def _violations(problem: Problem, data: Data, rows: Rows, state: State) -> int:
    rows_broken = sum(row_violations(data, rows, state, nurse) for nurse in range(len(problem.instance.nurses)))
    return int(rows_broken) + blocked_duties(problem)


def _objective(problem: Problem, data: Data, rows: Rows, state: State) -> tuple[Objective, int, dict[str, int]]:
    """The objective vector of a state, how many visits are unserved, and the count of each term."""
    plan = decode(problem, roster_of(problem, state), data, state)
    counts = count_terms(problem, plan)
    visits = {visit.id for visit in problem.instance.visits}
    unserved = sum(each.id in visits for each in plan.unserved)
    return weigh(counts, problem.instance.weights, _violations(problem, data, rows, state)), unserved, counts


def _plan(this: Run, data: Data, rows: Rows, state: State) -> Plan:
    """The plan of the best state with its claims."""
    problem = this.problem
    plan = decode(problem, roster_of(problem, state), data, state)
    return claimed(this, plan, count_terms(problem, plan), _violations(problem, data, rows, state))


def claimed(this: Run, plan: Plan, counts: dict[str, int], hard: int) -> Plan:
    """A plan with what it claims of itself: counts of terms, objective, effort, and the plan that it changes."""
    problem, settings, parent = this.problem, this.settings, this.problem.parent
    if parent is not None:
        plan = plan.model_copy(update={"published": parent.published, "events": parent.events})
    return plan.model_copy(
        update={
            "seed": settings.seed,
            "time_limit_s": settings.time_limit_s,
            "iterations": settings.iterations,
            "parent": None if parent is None else parent.identity,
            "version": 1 if parent is None else parent.version + 1,
            "cpu_s": round(time.process_time() - this.cpu_began, 2),
            "phases": tuple(this.phases),
            "objective": weigh(counts, problem.instance.weights, hard),
            "objective_terms": counts,
        }
    )
