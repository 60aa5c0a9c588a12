"""Search, model tables and checker read one plan language: random teams, searched from nothing, judged by check."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from optimiser.check.checker import check
from optimiser.domain.objective import weigh
from optimiser.search.evaluate import count_terms
from optimiser.search.improve import Effort, improve, new_island
from optimiser.search.kernel.anneal import improve_slice
from optimiser.search.kernel.data import INFINITE, ROUTE_COUNT, STANDBY_SLOT, WHERE, State
from optimiser.search.kernel.fits import fits
from optimiser.search.kernel.insertion import try_position
from optimiser.search.kernel.random_state import below, seeded, unit
from optimiser.search.kernel.route import leg
from optimiser.search.settle import settle_checks
from optimiser.search.start import clear_broken_routes
from optimiser.search.students import add_students

Rooms = Callable[..., Any]
TEAMS = [*range(4), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(4, 12))]


def kernel_of(rooms: Rooms, small_kernel: dict[str, Any], seed: int) -> Any:
    """The kernel of a random team, without any duty."""
    room, matrix, contract = small_kernel["random_team"](rooms, seed)
    return small_kernel["Kernel"](room, contract=contract, matrix=matrix)


def searched(kernel: Any, seed: int, iterations: int = 1200) -> State:
    """The best state after a search from nothing; half of its iterations move duties."""
    effort = Effort(seed=seed, islands=1, duty_share=0.5, seconds=None, iterations=iterations)
    return improve(
        kernel.data, kernel.rows, kernel.duties, kernel.state, effort, lambda state, done: None, lambda: False
    )


def judged(kernel: Any, state: State) -> None:
    """Students and second checks settled, the plan of a state breaks nothing and costs what search says."""
    add_students(kernel.problem, kernel.data, kernel.rows, kernel.duties, state, frozenset())
    settle_checks(kernel.problem, kernel.data, state)
    clear_broken_routes(kernel.data, kernel.rows, state)
    plan = kernel.plan(state)
    report = check(kernel.instance, kernel.problem.contract, kernel.problem.travel, plan)
    assert [each.sentence("en") for each in report.violations] == []
    counts = count_terms(kernel.problem, plan)
    assert counts == report.counts


@pytest.mark.parametrize("seed", TEAMS)
def test_what_search_makes_the_checker_accepts(rooms_and_kernel: tuple[Rooms, dict[str, Any]], seed: int) -> None:
    """No violation, and every term counted alike, whatever the team."""
    kernel = kernel_of(*rooms_and_kernel, seed)
    judged(kernel, searched(kernel, seed))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 200))
def test_what_search_makes_the_checker_accepts_at_length(
    rooms_and_kernel: tuple[Rooms, dict[str, Any]], seed: int
) -> None:
    """A hundred more teams."""
    kernel = kernel_of(*rooms_and_kernel, seed)
    judged(kernel, searched(kernel, seed, 4000))


@pytest.mark.parametrize("seed", TEAMS)
def test_the_total_is_what_all_parts_cost(rooms_and_kernel: tuple[Rooms, dict[str, Any]], seed: int) -> None:
    """After many accepted and rejected changes the running total equals routes, prices and duties from scratch,
    and that is the objective of the plan."""
    kernel = kernel_of(*rooms_and_kernel, seed)
    island = new_island(kernel.data, kernel.rows, kernel.state, seed)
    for heat in (1000.0, 100.0, 1.0):
        improve_slice(kernel.data, kernel.rows, kernel.duties, island.state, island.best, island.journal,
                      island.random, 300, heat, heat, 0.5, 0.05, island.learned)  # fmt: skip
        for state in (island.state, island.best):
            assert int(state.total[0]) == kernel.recomputed(state)
    plan = kernel.plan(island.best)
    objective = weigh(count_terms(kernel.problem, plan), kernel.instance.weights, 0)
    assert int(island.best.total[0]) == objective.unserved + objective.rest


@pytest.mark.parametrize("seed", TEAMS)
def test_labels_say_what_the_exact_schedule_says(rooms_and_kernel: tuple[Rooms, dict[str, Any]], seed: int) -> None:
    """The constant-time test and the full schedule agree on every place of every route, for every job.

    Not compared: an empty route with a break (the block beside one stop is looked at by the schedule only), a place
    before a stop that has none (never tested by labels), and standby (the law may forbid more there).
    """
    kernel = kernel_of(*rooms_and_kernel, seed)
    data, rows = kernel.data, kernel.rows
    state = searched(kernel, seed, 600)
    dice, compared, possible = seeded(seed), 0, 0
    for slot in np.flatnonzero(state.slot[:, 0]):
        count = int(state.route[slot, ROUTE_COUNT])
        if slot % 3 == STANDBY_SLOT or (count == 0 and state.slot[slot, 4] > 0):
            continue
        for job in range(len(kernel.problem.jobs)):
            place, minutes = int(data.job[job, 1]), int(data.job[job, 0])
            if state.job[job, 0] == slot:
                continue
            # any window of at most two hours somewhere in the duty
            low = int(state.slot[slot, 2]) + below(dice, 600) - 60
            high = low + below(dice, 120)
            for position in range(count + 1):
                before = int(state.label[slot, position - 1, WHERE]) if position else int(state.slot[slot, 8])
                after = int(data.job[state.stops[slot, position], 1]) if position < count else int(state.slot[slot, 9])
                if place >= 0 > after:
                    continue
                to = leg(data, state, slot, before, place)
                onward = leg(data, state, slot, before if place < 0 else place, after)
                quick = fits(data, state, slot, position, low, high, minutes, to, onward)
                cost, start = try_position(data, rows, state, slot, position, job, low, high)
                assert quick == (cost < INFINITE), (slot, job, position, low, high)
                assert cost == INFINITE or low <= start <= high
                compared, possible = compared + 1, possible + quick
    assert compared > 100 and possible > 10


@pytest.mark.parametrize("seed", TEAMS)
def test_a_rejected_change_leaves_no_trace(rooms_and_kernel: tuple[Rooms, dict[str, Any]], seed: int) -> None:
    """At a temperature of almost nothing no worse state is kept: what differs from the start is cheaper."""
    kernel = kernel_of(*rooms_and_kernel, seed)
    island = new_island(kernel.data, kernel.rows, kernel.state, seed)
    totals = [int(island.state.total[0])]
    for _ in range(50):
        before = [array.copy() for array in (island.state.duty, island.state.slot, island.state.job)]
        accepted = improve_slice(kernel.data, kernel.rows, kernel.duties, island.state, island.best, island.journal,
                                 island.random, 1, 1e-9, 1e-9, 0.5, 0.1, island.learned)  # fmt: skip
        totals.append(int(island.state.total[0]))
        if accepted == 0:
            after = (island.state.duty, island.state.slot, island.state.job)
            placed = before[2][:, 0] >= 0
            assert np.array_equal(before[0], after[0]) and np.array_equal(before[1], after[1])
            assert np.array_equal(before[2][:, 0], after[2][:, 0])
            assert np.array_equal(before[2][placed], after[2][placed])
            assert kernel.recomputed(island.state) == totals[-1]
    assert totals == sorted(totals, reverse=True)


def test_equal_seeds_repeat_and_other_seeds_differ() -> None:
    """The random numbers are our own: the same on every machine and in every run."""
    one, two, other = seeded(7), seeded(7), seeded(8)
    first = [below(one, 1000) for _ in range(50)]
    assert first == [below(two, 1000) for _ in range(50)]
    assert first != [below(other, 1000) for _ in range(50)]
    numbers = [below(seeded(number), 6) for number in range(600)]
    # 600 throws of a fair die: about 100 of each
    assert all(70 < numbers.count(face) < 130 for face in range(6))
    assert all(0 <= unit(one) < 1 for _ in range(100))


def test_equal_seeds_give_equal_states(rooms_and_kernel: tuple[Rooms, dict[str, Any]]) -> None:
    """Iterations are counted, so a search repeats to the last stop."""
    first, second = (kernel_of(*rooms_and_kernel, 3) for _ in range(2))
    one, two = searched(first, 5), searched(second, 5)
    assert int(one.total[0]) == int(two.total[0])
    assert first.plan(one) == second.plan(two)
