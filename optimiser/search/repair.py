"""Routes repaired around what happened: duties stand, what began stays, and each change of a visit has its price."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from optimiser.domain.events import Event, OtherMode, SlowTravel
from optimiser.domain.objective import weigh
from optimiser.domain.plan import BREAK, Duty, Plan
from optimiser.domain.problem import Problem
from optimiser.domain.row_rules import RowRule
from optimiser.model.conflict_instead import instead_of
from optimiser.search.begun import cut_short, ill_duties, loosened, over_jobs
from optimiser.search.evaluate import count_terms
from optimiser.search.late_nurses import late_nurses
from optimiser.search.lending import within_caps
from optimiser.search.narrowed import Repair, narrowed_problem
from optimiser.search.run import run
from optimiser.search.settings import OnEvent, PlanSettings, ShouldStop
from optimiser.search.start import Cell

SIGNALLED = ("rest_daily", "night_rest", "max_night_dienst")
"""Families of row rules that are stricter than what is a violation."""


def repair(
    problem: Problem, plan: Plan, parent: Plan, what: Repair, on_event: OnEvent | None = None,
    should_stop: ShouldStop | None = None,
) -> Plan | None:  # fmt: skip
    """The duties of ``plan`` with routes that are repaired; ``parent`` is the plan that changes are counted against.

    ``problem`` is that of the tables as they are now. Routes with the same visits as before keep their times where they
    may. None when a rule is broken that only other duties would mend.
    """
    pinned = cells_of(problem, plan)
    problem = replace(problem, parent=parent, pinned=pinned, rules=_by_consent(problem))
    ill, what = ill_duties(parent, plan.events), replace(what, late=late_nurses(problem, plan.events, what.at))
    narrowed = loosened(narrowed_problem(problem, parent, what), parent, what.at, over_jobs(ill))
    # what is lent already may stay lent; what more would be beyond a cap is closed
    narrowed = within_caps(narrowed, plan, {duty.id for duty in plan.duties})
    settings = PlanSettings(
        time_limit_s=what.time_limit_s, iterations=what.iterations, seed=what.seed, move_duties=False, reassign=False,
        frozen=frozen_cells(problem, plan, what), hot=what.hot, groups_above=10_000, log=False,
    )  # fmt: skip
    found = run(narrowed, settings, plan, on_event, should_stop).plan
    if found is None:
        return None
    found = restored(cut_short(found, ill), parent, problem, plan.events)
    return with_claims(problem, found.model_copy(update={"events": plan.events, "published": plan.published}))


def _by_consent(problem: Problem) -> tuple[RowRule, ...]:
    """The row rules without what only keeps a planner from planning it: a reduced rest or a long night that the law
    knows is a nurse's to agree to, and ``check`` signals it."""
    return tuple(
        each for rule in problem.rules
        for each in ((rule.id.family in SIGNALLED and instead_of(problem.instance, rule)) or (rule,))
    )  # fmt: skip


def cells_of(problem: Problem, plan: Plan) -> dict[Cell, int]:
    """(nurse, day, lane number) -> kind number of all duties of a plan but those of students."""
    clock = problem.instance.clock
    return {
        (problem.nurse_number[duty.nurse], clock.day_number(duty.day), int(duty.lane == "standby")):
            problem.kind_number[duty.kind]
        for duty in plan.duties if duty.follows is None
    }  # fmt: skip


def frozen_cells(problem: Problem, plan: Plan, what: Repair) -> frozenset[Cell]:
    """Cells of other days, and of duties that were over by then."""
    clock, nurses = problem.instance.clock, range(len(problem.instance.nurses))
    others = {
        (nurse, day, lane)
        for nurse in nurses for day in range(problem.instance.days) for lane in (0, 1) if day not in what.days
    }  # fmt: skip
    over = {
        (problem.nurse_number[duty.nurse], clock.day_number(duty.day), int(duty.lane == "standby"))
        for duty in plan.duties if duty.end <= what.at
    }  # fmt: skip
    return frozenset(others | over)


def restored(found: Plan, parent: Plan, problem: Problem, events: Iterable[Event] = ()) -> Plan:
    """Routes with the same visits as in the parent get their times of before, where every tie still holds.

    What nobody's call list names should not differ by a minute either. Where ``events`` that are new since then change
    her travel, they may not.
    """
    before = {duty.id: duty for duty in parent.duties}
    new = [event for event in events if event not in parent.events]
    back = {
        duty.id for duty in found.duties
        if (old := before.get(duty.id)) is not None and (old.kind, _work(old)) == (duty.kind, _work(duty))
        and not any(_travels_otherwise(duty, event) for event in new)
    }  # fmt: skip
    while True:
        duties = tuple(
            before[duty.id].model_copy(update={"status": duty.status}) if duty.id in back else duty
            for duty in found.duties
        )
        loose = _untied(problem, duties) & back
        if not loose:
            return found.model_copy(update={"duties": duties})
        back -= loose


def _travels_otherwise(duty: Duty, event: Event) -> bool:
    """Whether an event changes the travel of a duty."""
    if isinstance(event, OtherMode):
        return event.nurse == duty.nurse and event.first <= duty.day <= event.last
    return isinstance(event, SlowTravel) and event.day == duty.day


def _untied(problem: Problem, duties: tuple[Duty, ...]) -> set[str]:
    """Ids of the duties whose work is in a tie that does not hold."""
    where = {
        (stop.id, stop.part): (duty.id, stop.start) for duty in duties for stop in duty.stops if stop.what != BREAK
    }
    broken: set[str] = set()
    for tie in problem.ties:
        jobs = problem.jobs[tie.first], problem.jobs[tie.second]
        first, second = (where.get((job.id, job.part)) for job in jobs)
        if first and second and not tie.gap_min <= second[1] - first[1] <= tie.gap_max:
            broken |= {first[0], second[0]}
    return broken


def _work(duty: Duty) -> set[tuple[str, int]]:
    return {(stop.id, stop.part) for stop in duty.stops if stop.what != BREAK}


def with_claims(problem: Problem, plan: Plan) -> Plan:
    """The plan with its cost counted anew."""
    counts = count_terms(problem, plan)
    hard = plan.objective.hard if plan.objective is not None else 0
    return plan.model_copy(
        update={"objective_terms": counts, "objective": weigh(counts, problem.instance.weights, hard)}
    )


__all__ = ["Repair", "narrowed_problem", "repair", "with_claims"]
