"""Both ways of agreement on six_nurses: the planner's plans pass the checker, a checker-clean plan fits the kernel."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from instances.plans import read_plan
from optimiser.check.checker import check
from optimiser.domain.duty import GivenDuty
from optimiser.domain.instance import Instance
from optimiser.domain.plan import BREAK, Plan
from optimiser.domain.problem import Problem
from optimiser.domain.sharing import PRESETS
from optimiser.planning import PlanSettings, plan, prepare
from optimiser.search.decode import decode
from optimiser.search.encode import encode
from optimiser.search.encode_duties import encode_duties, roster_of, roster_state
from optimiser.search.encode_rows import encode_rows
from optimiser.search.evaluate import count_terms
from optimiser.search.kernel.data import INFINITE, PLACED_SLOT, SLOTS, STANDBY_SLOT
from optimiser.search.kernel.fits import tie_bounds
from optimiser.search.kernel.route import schedule
from optimiser.search.kernel.rows import row_violations
from optimiser.search.start import duties_of_plan, place_routes

STORED = Path(__file__).parents[1] / "instances" / "six_nurses_plan.json"


@pytest.fixture(scope="module")
def stored(six: Instance) -> Plan:
    """A complete plan without violations, made by other means (tests/instances/test_six_nurses.py)."""
    return read_plan(STORED, six)[0]


def made(problem: Problem, start: Plan | None = None, iterations: int = 600, **fields: Any) -> Plan:
    """A plan by counted iterations."""
    settings = PlanSettings(time_limit_s=None, iterations=iterations, **fields)
    result = plan(problem, settings, start)
    assert result.status == "feasible" and result.plan is not None
    return result.plan


def judged(problem: Problem, found: Plan) -> None:
    """The plan breaks nothing, and everything it claims of itself is true."""
    report = check(problem.instance, problem.contract, problem.travel, found, problem.parent)
    assert [each.sentence("en") for each in report.violations] == []
    assert report.claims == ()
    assert report.counts == found.objective_terms
    assert report.objective == found.objective


def cells(found: Plan, until: date | None = None) -> set[tuple[str, date, str]]:
    """Nurse, day and kind of the duties (that start before a date)."""
    return {(duty.nurse, duty.day, duty.kind) for duty in found.duties if until is None or duty.day < until}


def same(one: Plan, two: Plan) -> bool:
    """Whether two plans are equal but for what the clock on the wall gives."""
    still = {"cpu_s": 0.0, "phases": ()}
    phases = [[each.model_copy(update={"seconds": 0.0}) for each in some.phases] for some in (one, two)]
    return phases[0] == phases[1] and one.model_copy(update=still) == two.model_copy(update=still)


@pytest.mark.slow
@pytest.mark.parametrize("contract", ["joint", "single"])
@pytest.mark.parametrize("seed", [1, 2])
def test_plans_pass_the_checker(six: Instance, contract: str, seed: int) -> None:
    """From the roster model on, with all that a plan claims; and next to nothing is left out."""
    problem = prepare(six, PRESETS[contract])
    found = made(problem, iterations=3000, seed=seed)
    judged(problem, found)
    assert len(found.unserved) <= 2


@pytest.mark.parametrize("contract", ["joint", "single", "anw"])
def test_a_plan_from_another_passes_the_checker(six: Instance, stored: Plan, contract: str) -> None:
    """From the stored plan: never worse than it, with every claim true."""
    problem = prepare(six, PRESETS[contract])
    found = made(problem, stored)
    judged(problem, found)
    before = check(six, PRESETS[contract], problem.travel, stored).objective
    assert found.objective is not None and found.objective.key() <= before.key()


def test_a_start_that_names_work_twice_is_no_trouble(six: Instance, stored: Plan) -> None:
    """Each route listed twice and each stop forty times over, as a damaged file may: taken once, the rest left."""
    duties = tuple(
        duty.model_copy(update={"routes": 2 * tuple(
            route.model_copy(update={"stops": 40 * route.stops}) for route in duty.routes
        )})
        for duty in stored.duties
    )  # fmt: skip
    problem = prepare(six, PRESETS["joint"])
    judged(problem, made(problem, stored.model_copy(update={"duties": duties}), iterations=20))


@pytest.mark.parametrize("contract", ["joint", "single"])
def test_a_clean_plan_is_accepted_by_the_kernel(six: Instance, stored: Plan, contract: str) -> None:
    """Every duty is lawful, every visit is placed, and each route can be driven with exactly the starts it has.

    Only this way a rule that is too tight is seen.
    """
    problem = prepare(six, PRESETS[contract])
    roster = duties_of_plan(problem, stored)
    assert len(roster) == len(stored.duties)
    data, rows, duties = encode(problem, roster), encode_rows(problem), encode_duties(problem)
    state = roster_state(problem, data, duties, roster)
    place_routes(problem, data, state, stored, frozenset())
    assert all(row_violations(data, rows, state, nurse) == 0 for nurse in range(len(six.nurses)))
    assert [job.id for number, job in enumerate(problem.jobs) if state.job[number, PLACED_SLOT] < 0] == []
    for duty in stored.duties:
        nurse, day = problem.nurse_number[duty.nurse], six.clock.day_number(duty.day)
        for route in duty.routes:
            slot = (nurse * data.days + day) * SLOTS + (STANDBY_SLOT if duty.lane == "standby" else route.segment)
            stops = [stop for stop in route.stops if stop.what != BREAK]
            jobs = np.array([problem.job_number[stop.id, stop.part] for stop in stops], dtype=np.int64)
            assert jobs.tolist() == state.stops[slot, : len(jobs)].tolist()
            starts = np.array([stop.start for stop in stops], dtype=np.int64)
            found = np.zeros(len(jobs), dtype=np.int64)
            cost, _, _ = schedule(data, state, slot, jobs, len(jobs), starts, starts, found)
            assert cost < INFINITE and found.tolist() == starts.tolist()
    for number, job in enumerate(problem.jobs):
        start = int(state.job[number, 1])
        assert tie_bounds(data, state, number, start, start) == (start, start), job.id
    judged_counts = check(six, PRESETS[contract], problem.travel, stored).counts
    assert count_terms(problem, stored) == judged_counts
    loaded = decode(problem, roster_of(problem, state), data, state)
    assert cells(loaded) == cells(stored) and loaded.unserved == ()
    assert check(six, PRESETS[contract], problem.travel, loaded).violations == ()


def test_equal_iterations_give_equal_plans(six: Instance, stored: Plan) -> None:
    """Two islands in threads, twice: the same plan to the last stop, and the same path to it."""
    problem = prepare(six, PRESETS["joint"])
    assert same(made(problem, stored, seed=4), made(problem, stored, seed=4))
    assert not same(made(problem, stored, seed=4), made(problem, stored, seed=5))


@pytest.mark.slow
def test_equal_iterations_give_equal_plans_from_the_first_roster_on(six: Instance) -> None:
    """The roster model has a deterministic limit."""
    problem = prepare(six, PRESETS["joint"])
    assert same(made(problem, seed=4), made(problem, seed=4))


def test_what_is_frozen_stays(six: Instance, stored: Plan) -> None:
    """Duties that start before Thursday and their routes are as they were; the plan knows its parent."""
    problem = prepare(six, PRESETS["joint"], parent=stored)
    thursday = six.first_monday + timedelta(days=3)
    found = made(problem, stored, freeze_until=thursday)
    judged(problem, found)
    old, new = (
        {duty.id: duty.routes for duty in some.duties if duty.day < thursday} for some in (stored, found)
    )  # fmt: skip
    assert cells(found, thursday) == cells(stored, thursday)
    for name, routes in old.items():
        assert [(stop.id, stop.part) for route in routes for stop in route.stops] == [
            (stop.id, stop.part) for route in new[name] for stop in route.stops
        ], name
    assert (found.parent, found.version) == (stored.identity, stored.version + 1)


def test_frozen_visits_keep_their_hour(six: Instance, stored: Plan) -> None:
    """Clients of a frozen day were told when: no start moves."""
    problem = prepare(six, PRESETS["joint"], parent=stored)
    thursday = six.first_monday + timedelta(days=3)
    found = made(problem, stored, freeze_until=thursday)
    old, new = (
        {(stop.id, stop.part): stop.start for duty in some.duties if duty.day < thursday for stop in duty.stops}
        for some in (stored, found)
    )  # fmt: skip
    assert {key: (start, new[key]) for key, start in old.items() if start != new[key] and key[0] != BREAK} == {}


def test_published_duties_are_obeyed(six: Instance, stored: Plan) -> None:
    """A published duty stands, also when the plan to begin from lacks it."""
    free = next(
        (nurse.id, day)
        for nurse in six.nurses
        for day in range(six.days)
        if not any(duty.nurse == nurse.id and duty.day == six.clock.date_of(day) for duty in stored.duties)
        and prepare(six, PRESETS["joint"]).duty_allowed[six.nurses.index(nurse), day, 1]
    )
    given = GivenDuty(nurse=free[0], kind="kort", day=six.clock.date_of(free[1]), status="published")
    problem = prepare(six.model_copy(update={"duties_given": (given,)}), PRESETS["joint"])
    found = made(problem, stored)
    cell = (given.nurse, given.day, given.kind)
    assert cell in cells(found)
    judged(problem, found)
    (duty,) = (each for each in found.duties if (each.nurse, each.day, each.kind) == cell)
    assert duty.status == "published"


def test_stopping_at_once_still_gives_a_plan(six: Instance, stored: Plan) -> None:
    """Ctrl-C before the first iteration: what the first insertion found."""
    problem = prepare(six, PRESETS["joint"])
    result = plan(problem, PlanSettings(time_limit_s=60, seed=1), stored, should_stop=lambda: True)
    assert result.status == "feasible" and result.plan is not None
    judged(problem, result.plan)


@pytest.mark.slow
def test_stopping_at_once_without_a_start(six: Instance) -> None:
    """The first roster that the model finds, and its first routes."""
    problem = prepare(six, PRESETS["joint"])
    result = plan(problem, PlanSettings(time_limit_s=60, seed=1), should_stop=lambda: True)
    assert result.status == "feasible" and result.plan is not None
    judged(problem, result.plan)


def test_progress_is_told(six: Instance, stored: Plan) -> None:
    """Events tell phase, objective and unserved; the objective never gets worse while searching."""
    events: list[Any] = []
    problem = prepare(six, PRESETS["joint"])
    settings = PlanSettings(time_limit_s=None, iterations=600, seed=2)
    result = plan(problem, settings, stored, on_event=events.append)
    told = [event.objective.scalar for event in events if event.objective is not None]
    assert told and all(event.seconds >= 0 for event in events)
    assert result.plan is not None and result.plan.objective is not None
    assert [phase.iterations for phase in result.plan.phases if phase.name == "search"]
