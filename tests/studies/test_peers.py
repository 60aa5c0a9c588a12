"""Other tools on a roster of ours: what they are given, and that their answers are plans that the checker accepts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from instances.plans import read_plan
from optimiser.check.checker import check
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.problem import FORBIDDEN, Problem
from optimiser.domain.sharing import PRESETS
from optimiser.planning import prepare
from optimiser.search.evaluate import count_terms
from optimiser.search.kernel.data import SLOT_SLICE, SLOTS
from optimiser.studies.measure import travel_on_both
from optimiser.studies.peers import PEERS, is_installed, solve
from optimiser.studies.peers.decode import decode_answer
from optimiser.studies.peers.matrices import NEVER, matrices
from optimiser.studies.peers.parts import fits, shared_roster
from optimiser.studies.peers.windows import choices

JOINT = PRESETS["joint"]


@pytest.fixture(scope="module")
def problem(six: Instance) -> Problem:
    """six_nurses, together."""
    return prepare(six, JOINT)


@pytest.fixture(scope="module")
def roster(six: Instance) -> Plan:
    """The stored plan of six_nurses: its duties stand."""
    stored = Path(__file__).parents[1] / "instances" / "six_nurses_plan.json"
    return read_plan(stored, six)[0]


@pytest.mark.parametrize("peer", sorted(PEERS))
def test_a_peer_gives_a_plan_that_the_checker_agrees_with(
    six: Instance, problem: Problem, roster: Plan, peer: str
) -> None:
    """Same duties, no rule broken, terms as the checker counts them, and most work done."""
    if not is_installed(peer):
        pytest.skip(f"{PEERS[peer]} is not installed (extra peers)")
    found = solve(problem, roster, peer, 0.4, seed=1)
    report = check(six, JOINT, problem.travel, found.plan)
    assert not report.violations
    assert {(each.id, each.kind) for each in found.plan.duties} == {(each.id, each.kind) for each in roster.duties}
    assert found.plan.objective_terms == report.counts
    assert len(found.plan.unserved) <= len(six.visits) // 5
    assert found.left_out + found.lost + found.put_back <= 2 * len(problem.jobs)


def test_an_empty_answer_is_filled_by_our_insertion(problem: Problem, roster: Plan) -> None:
    """A peer that gives nothing leaves all jobs out; what the plan holds then was put back by us, and is counted so."""
    shared = shared_roster(problem, roster, 0, linked=False)
    found = decode_answer(shared, {}, 0)
    assert (found.left_out, found.lost) == (len(problem.jobs), 0)
    placed = sum(stop.what != "break" for duty in found.plan.duties for stop in duty.stops)
    assert 0 < placed == found.put_back


def test_every_job_is_offered_on_the_day_of_the_plan(problem: Problem, roster: Plan) -> None:
    """Parts hold each job once, on the roster day whose duty has it in the plan."""
    shared = shared_roster(problem, roster, 0, linked=False)
    offered = {work.job: part.day for part in shared.parts for work in part.work}
    assert len(offered) == sum(len(part.work) for part in shared.parts)
    clock = problem.instance.clock
    for duty in roster.duties:
        for stop in duty.stops:
            if stop.what != "break":
                assert offered[problem.job_number[stop.id, stop.part]] == clock.day_number(duty.day)


def test_narrow_windows_keep_every_tie(problem: Problem, roster: Plan) -> None:
    """Any two starts in the windows of tied jobs are as far apart as the tie asks."""
    shared = shared_roster(problem, roster, 0, linked=False)
    slots = {part.day: list(part.vehicles) for part in shared.parts}
    chosen = choices(problem, shared.data, shared.state.slot, roster, slots, linked=False)
    tied = [tie for tie in problem.ties if tie.first in chosen and tie.second in chosen]
    assert tied
    for tie in tied:
        first, second = chosen[tie.first], chosen[tie.second]
        assert first.low <= first.high and second.low <= second.high
        assert tie.gap_min <= second.low - first.high
        assert second.high - first.low <= tie.gap_max


def test_linked_parts_name_ties_of_a_day(problem: Problem, roster: Plan) -> None:
    """With ``linked`` the pair of one visit is a tie between two works of the part."""
    shared = shared_roster(problem, roster, 0, linked=True)
    named = {
        (part.work[first].job, part.work[second].job, low, high)
        for part in shared.parts
        for first, second, low, high in part.ties
    }
    pair = next(tie for tie in problem.ties if tie.nurse == "different")
    assert (pair.first, pair.second, 0, 0) in named


def test_matrices_hold_the_ways_of_the_nurse(problem: Problem, roster: Plan) -> None:
    """Minutes between two works are the table's; the way to work that she may not do costs more than any penalty."""
    shared = shared_roster(problem, roster, 0, linked=False)
    part = next(each for each in shared.parts if len(each.work) > 2 and (each.serve == FORBIDDEN).any())
    vehicle, barred = (int(each[0]) for each in np.nonzero(part.serve == FORBIDDEN))
    tables = matrices(part, shared, vehicle)
    assert tables.cost[(barred + 1) % len(part.work), barred] >= NEVER > max(work.penalty for work in part.work)
    slot = shared.state.slot[part.vehicles[vehicle]]
    one, other = (work.place for work in part.work[:2])
    assert tables.minutes[0, 1] == shared.data.travel[slot[SLOT_SLICE], one, other] + shared.data.slack
    assert part.vehicles[vehicle] // SLOTS % shared.data.days == part.day
    able = int(np.argmax(part.serve[vehicle] != FORBIDDEN))
    assert fits(slot, part.work[able])


def test_travel_is_compared_on_the_work_of_both(problem: Problem, roster: Plan) -> None:
    """A plan beside itself has its own travel; beside one without a stop the stop is gone from both, so equal again."""
    whole = count_terms(problem, roster)["travel"]
    assert travel_on_both(problem, roster, roster) == (whole, whole)
    duty = next(each for each in roster.duties if len(each.stops) > 2)
    shorter = duty.model_copy(update={"routes": (duty.routes[0].model_copy(update={"stops": duty.stops[1:]}),)})
    less = roster.model_copy(update={"duties": tuple(shorter if each is duty else each for each in roster.duties)})
    one, other = travel_on_both(problem, roster, less)
    assert one == other <= whole
