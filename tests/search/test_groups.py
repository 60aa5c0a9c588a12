"""Searching in groups: what is cut out comes back as it was, nothing is lost or done twice, the whole stays lawful."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimiser.check.checker import check
from optimiser.domain.duty import Cover
from optimiser.domain.problem import Problem
from optimiser.domain.sharing import PRESETS
from optimiser.planning import PlanSettings, plan, prepare
from optimiser.search.cover_shares import cover_shares
from optimiser.search.cut import cut, whole_of
from optimiser.search.evaluate import count_terms
from optimiser.search.groups import group_number, improve_in_groups
from optimiser.search.improve import Effort, improve
from optimiser.search.kernel.data import JOB_UNIT, PLACED_SLOT, ROUTE_COUNT, State, copy_state
from optimiser.search.part import Part, put_back, recount, take_part
from optimiser.search.settle import settle_checks
from optimiser.search.share_out import share_out
from optimiser.search.start import clear_broken_routes
from optimiser.search.students import add_students

Rooms = Callable[..., Any]
Builders = tuple[Rooms, dict[str, Any]]
EFFORT = Effort(seconds=None, iterations=600, seed=0, duty_share=0.5, segments=4)


def kernel_of(builders: Builders, seed: int) -> Any:
    """The kernel of a random team of three to five, without any duty."""
    rooms, small_kernel = builders
    room, matrix, contract = small_kernel["random_team"](rooms, seed)
    return small_kernel["Kernel"](room, contract=contract, matrix=matrix)


def nothing(*_: object) -> None:
    """Nobody listens."""


def begun(kernel: Any, seed: int) -> State:
    """A state with duties and routes, some work still left out."""
    effort = replace(EFFORT, seed=seed, islands=1, iterations=300, segments=1)
    return improve(kernel.data, kernel.rows, kernel.duties, kernel.state, effort, nothing, lambda: False)


def parts_of(kernel: Any, state: State, seed: int, number: int = 2) -> list[Part]:
    """The parts of a state, cut in a direction of the seed."""
    random = np.random.default_rng(seed)
    whole = whole_of(kernel.data, kernel.rows, kernel.duties)
    groups = cut(whole, kernel.data, state, number, random)
    assert sorted(np.concatenate(groups)) == list(range(len(state.duty)))
    shares = share_out(whole, kernel.data, state, groups, random)
    assert sorted(np.concatenate([own for own, _, _ in shares])) == list(range(len(kernel.problem.jobs)))
    return [
        take_part(kernel.data, kernel.rows, kernel.duties, state, nurses, *work)
        for nurses, work in zip(groups, shares, strict=True)
    ]


@given(seed=st.integers(0, 10_000), number=st.integers(1, 3))
@settings(max_examples=12, deadline=None)
def test_what_is_cut_out_comes_back_as_it_was(rooms_and_kernel: Builders, seed: int, number: int) -> None:
    """A part that nobody searched changes nothing when it is put back."""
    kernel = kernel_of(rooms_and_kernel, seed % 40)
    state = begun(kernel, seed)
    for part in parts_of(kernel, state, seed, number):
        after = copy_state(state)
        put_back(kernel.data, part, part.state, after)
        recount(kernel.data, kernel.rows, kernel.duties, after)
        assert after.total[0] == state.total[0] == kernel.recomputed(state)
        placed = state.job[:, PLACED_SLOT] >= 0
        assert np.array_equal(after.duty, state.duty) and np.array_equal(after.slot, state.slot)
        assert np.array_equal(after.job[placed], state.job[placed]) and (after.job[~placed, PLACED_SLOT] < 0).all()
        for slot, count in enumerate(state.route[:, ROUTE_COUNT]):
            assert np.array_equal(after.stops[slot, :count], state.stops[slot, :count])
            assert np.array_equal(after.label[slot, :count], state.label[slot, :count])


@given(seed=st.integers(0, 10_000))
@settings(max_examples=12, deadline=None)
def test_a_part_prices_a_change_as_the_whole_does(rooms_and_kernel: Builders, seed: int) -> None:
    """What a part gains is what the whole gains, cover and hours included; fairness among others is left out."""
    kernel = kernel_of(rooms_and_kernel, seed % 40)
    kernel.duties.weight[3] = 0
    state = begun(kernel, seed)
    for part in parts_of(kernel, state, seed):
        effort = replace(EFFORT, seed=seed, islands=1, segments=1)
        found = improve(part.data, part.rows, part.duties, part.state, effort, nothing, lambda: False)
        after = copy_state(state)
        put_back(kernel.data, part, found, after)
        recount(kernel.data, kernel.rows, kernel.duties, after)
        assert after.total[0] - state.total[0] == found.total[0] - part.state.total[0]


def test_fairness_of_a_part_counts_all_others(rooms_and_kernel: Builders) -> None:
    """The share of each nurse in a part is the one in the whole: of all evenings, nights, weekends and holidays."""
    seen = 0
    for seed in range(10):
        kernel = kernel_of(rooms_and_kernel, seed)
        state = begun(kernel, seed)
        for part in parts_of(kernel, state, seed):
            for label in range(4):
                assert part.duties.contract[part.duties.fair[label, :, 0] == 1].sum() == (
                    kernel.duties.contract[kernel.duties.fair[label, :, 0] == 1].sum()
                )
            seen += int((part.duties.fair[:, len(part.nurses) :, 1] > 0).any())
    assert seen > 5


@pytest.mark.slow
@given(seed=st.integers(0, 10_000), islands=st.integers(1, 2))
@settings(max_examples=25, deadline=None)
def test_no_job_is_lost_or_done_twice(rooms_and_kernel: Builders, seed: int, islands: int) -> None:
    """After rounds of groups of about two: each job once, units whole, and a plan that breaks nothing and costs what
    search says."""
    kernel = kernel_of(rooms_and_kernel, seed % 40)
    effort = replace(EFFORT, seed=seed, islands=islands)
    state = improve_in_groups(
        kernel.data, kernel.rows, kernel.duties, kernel.state, effort, nothing, lambda: False, size=2
    )
    assert state.total[0] == kernel.recomputed(state)
    on_routes = [
        (slot, int(job)) for slot, count in enumerate(state.route[:, ROUTE_COUNT]) for job in state.stops[slot, :count]
    ]
    assert sorted(job for _, job in on_routes) == list(np.flatnonzero(state.job[:, PLACED_SLOT] >= 0))
    assert all(state.job[job, PLACED_SLOT] == slot for slot, job in on_routes)
    units = kernel.data.job[:-1, JOB_UNIT]
    for unit in np.unique(units):
        assert len(set(state.job[units == unit, PLACED_SLOT] >= 0)) == 1
    add_students(kernel.problem, kernel.data, kernel.rows, kernel.duties, state, frozenset())
    settle_checks(kernel.problem, kernel.data, state)
    clear_broken_routes(kernel.data, kernel.rows, state)
    made = kernel.plan(state)
    report = check(kernel.instance, kernel.problem.contract, kernel.problem.travel, made)
    assert [each.sentence("en") for each in report.violations] == []
    assert report.counts == count_terms(kernel.problem, made)


def test_tied_work_on_two_routes_stands_still(room: Rooms, small_kernel: dict[str, Any]) -> None:
    """A visit by two nurses of different groups: each part sees the other's start, and leaves its own where it is."""
    built = room().nurse("A").nurse("B").kind("D", "07:00", "15:30", 30, carries_route=True)
    built.visit("v", 0, "09:00", "12:00", nurses=2).visit("w", 0, "09:00", "12:00")
    kernel = small_kernel["Kernel"](built, [("A", "D", 0), ("B", "D", 0)])
    first = begun(kernel, 1)
    before = first.job[[kernel.job("v", 1), kernel.job("v", 2)]].copy()
    assert (before[:, PLACED_SLOT] >= 0).all()
    for part in parts_of(kernel, first, 0):
        assert len(part.nurses) == 1 and len(part.jobs) - part.own == 1
        found = improve(part.data, part.rows, part.duties, part.state, EFFORT, nothing, lambda: False)
        put_back(kernel.data, part, found, first)
    assert np.array_equal(first.job[[kernel.job("v", 1), kernel.job("v", 2)]], before)


def regions(room: Rooms) -> Problem:
    """Two organisations that share nothing, an hour apart, each with two nurses, cover on Tuesday and visits on two
    days; within a region places lie on a line, 3 minutes apart."""
    built = room().kind("D", "07:00", "15:30", 30, carries_route=True)
    for organisation in "ab":
        built.add("cover", Cover(id=organisation, organisation=organisation, from_time=480, until_time=780,
                                 weekdays=("tue",)))  # fmt: skip
        for number in range(2):
            built.nurse(f"{organisation}{number}", organisation=organisation, contract_minutes=480)
        for number in range(8):
            client = f"{organisation}{number * 3 % 8}"
            built.client(client, organisation=organisation)
            built.visit(f"v{organisation}{number}", 1 + number % 2, "08:00", "13:00", 40, client=client)
    matrix = built.matrix()
    north = np.array([place.startswith(("home-a", "at-a")) for place in matrix.places])
    line = 3 * np.arange(len(matrix.places))
    minutes = np.abs(line[:, None] - line[None, :]) + 60 * (north[:, None] != north[None, :])
    travel = replace(matrix, minutes={key: minutes.astype(np.int32) for key in matrix.minutes})
    return replace(prepare(built.instance(), PRESETS["single"]), travel=travel)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2))])
@pytest.mark.slow
def test_two_regions_cost_the_same_with_and_without_groups(room: Rooms, seed: int) -> None:
    """Where nothing is shared, cutting loses nothing: on one roster the same objective, all work done."""
    wanted = PlanSettings(time_limit_s=None, iterations=2000, seed=seed, move_duties=False)
    problem = regions(room)
    alone, grouped = (plan(problem, each).plan for each in (wanted, replace(wanted, groups_above=2, group_nurses=2)))
    assert alone is not None and grouped is not None
    assert alone.unserved == grouped.unserved == ()
    assert alone.objective == grouped.objective
    assert [phase.name for phase in grouped.phases][:2] == ["roster", "groups"]


@pytest.mark.parametrize("stopped", [False, True])
@pytest.mark.slow
def test_counted_iterations_give_the_same_plan_again(rooms_and_kernel: Builders, stopped: bool) -> None:
    """Two threads, any order: the same plan; and stopped at once there is a lawful plan too."""
    kernel = kernel_of(rooms_and_kernel, 4)
    wanted = PlanSettings(time_limit_s=None, iterations=400, seed=5, groups_above=1, group_nurses=2)
    plans = [plan(kernel.problem, wanted, should_stop=lambda: stopped).plan for _ in range(2)]
    assert plans[0] is not None and plans[1] is not None
    assert plans[0].duties == plans[1].duties and plans[0].objective == plans[1].objective
    report = check(kernel.instance, kernel.problem.contract, kernel.problem.travel, plans[0])
    assert [each.sentence("en") for each in report.violations] == []


def test_groups_are_as_many_as_threads_or_a_multiple_and_never_small() -> None:
    """Groups of 26 may be no smaller than 23.4: of 270 nurses 11.5 would fit, so 10 for two threads, of 27 each; of 81
    two of 40, for four would have 20; of 50 two, since no thread may wait; three threads have nine groups of 30."""
    numbers = [group_number(nurses, 26, threads) for nurses, threads in ((270, 2), (81, 2), (50, 2), (270, 3))]
    assert numbers == [10, 2, 2, 9]


@pytest.mark.parametrize("seed", range(3))
def test_what_groups_are_asked_adds_up_to_the_cover(rooms_and_kernel: Builders, seed: int) -> None:
    """Of every row the least and the wanted numbers of two groups sum to those of the whole, whatever is short or too
    much; no group is asked for fewer wanted than least."""
    kernel = kernel_of(rooms_and_kernel, seed)
    state, duties = begun(kernel, seed), kernel.duties
    groups = [np.array([0, 1]), np.arange(2, len(state.duty))]
    shares = cover_shares(duties, state, groups, np.random.default_rng(seed))
    assert (sum(shares) == duties.cover[:, :2]).all()
    assert all((share[:, 0] >= 0).all() and (share[:, 0] <= share[:, 1]).all() for share in shares)
