"""Search for home care days: lawful, the cost that the referee counts, the same for the same seed, and it ends."""

from __future__ import annotations

from itertools import permutations, product
from random import Random

import numpy as np
import pytest

from optimiser.check.home_care import check_home_care
from optimiser.domain.home_care import (
    HomeCaregiver,
    HomeCareProblem,
    HomeCareSolution,
    HomePatient,
    HomeService,
    HomeStop,
)
from optimiser.search.home_care import HomeCareSettings, search_home_care
from optimiser.search.home_care_island import HomeIsland
from optimiser.search.kernel.home_care.anneal import anneal, change
from optimiser.search.kernel.home_care.data import CHEAPEST, encode, first_nodes, room_for, solution_of, state_of
from optimiser.search.kernel.random_state import seeded


def town(seed: int, patients: int, caregivers: int) -> HomeCareProblem:
    """Patients on a square of 60 minutes, a third of them double, half of these at once; services 0 to 3."""
    random = Random(seed)
    places = [(random.randrange(60_000), random.randrange(60_000)) for _ in range(patients + 1)]
    made = []
    for number in range(patients):
        opens = random.randrange(200) * 1000
        services = [HomeService(str(random.randrange(2)), random.randrange(5, 20) * 1000)]
        gap = (0, 0)
        if number % 3 == 0:
            services.append(HomeService(str(2 + random.randrange(2)), random.randrange(5, 20) * 1000))
            gap = (0, 0) if number % 6 == 0 else (random.randrange(30) * 1000, 40_000)
        made.append(HomePatient(f"p{number}", opens, opens + 60_000, tuple(services), *gap))
    staff = [HomeCaregiver("c0", frozenset("01")), HomeCaregiver("c1", frozenset("23"))]
    staff += [HomeCaregiver(f"c{each}", frozenset(random.sample("0123", 3))) for each in range(2, caregivers)]
    ways = tuple(tuple(abs(a - c) + abs(b - d) for c, d in places) for a, b in places)
    return HomeCareProblem("town", tuple(made), tuple(staff), ways)


def least(problem: HomeCareProblem) -> int:
    """The least cost over all orders of patients and all caregivers, each service as early as it can be."""
    costs = []
    able = [
        [number for number, each in enumerate(problem.caregivers) if service.ability in each.abilities]
        for patient in problem.patients
        for service in patient.services
    ]
    for order in permutations(range(len(problem.patients))):
        for chosen in product(*able):
            routes = in_order(problem, order, chosen)
            report = check_home_care(problem, HomeCareSolution(routes))
            costs += [] if report.violations else [report.ticks]
    return min(costs)


def in_order(
    problem: HomeCareProblem, order: tuple[int, ...], chosen: tuple[int, ...]
) -> tuple[tuple[HomeStop, ...], ...]:
    """Routes with patients one after another in one order."""
    routes: list[list[HomeStop]] = [[] for _ in problem.caregivers]
    firsts = np.cumsum([0, *(len(patient.services) for patient in problem.patients)])
    for at in order:
        patient = problem.patients[at]
        own = []
        for number in range(len(patient.services)):
            nurse = chosen[int(firsts[at]) + number]
            ready, place = 0, 0
            if routes[nurse]:
                last = routes[nurse][-1]
                place = last.patient + 1
                ready = last.start + problem.patients[last.patient].services[last.service].duration
            own.append(max(patient.opens, ready + problem.distances[place][at + 1]))
        if len(own) == 2:
            own[1] = max(own[1], own[0] + patient.least_gap)
            own[0] = max(own[0], own[1] - patient.most_gap)
        for number, start in enumerate(own):
            routes[chosen[int(firsts[at]) + number]].append(HomeStop(start, at, number))
    return tuple(tuple(route) for route in routes)


@pytest.mark.parametrize("seed", [1, 2])
def test_small_days_are_best_of_all(seed: int) -> None:
    """Four patients, six services, three caregivers: not dearer than the best of all orders and choices. It may be
    cheaper: search also interleaves two services of one patient with those of another."""
    problem = town(seed, 4, 3)
    result = search_home_care(problem, HomeCareSettings(iterations=20_000, threads=1, seed=1))
    report = check_home_care(problem, result.solution)
    assert report.violations == ()
    assert report.ticks == result.cost_ticks <= least(problem)


def test_every_change_leaves_a_lawful_day_with_a_true_cost() -> None:
    """2,000 accepted changes at high heat, each judged by the referee; refused ones leave the state as it was."""
    problem = town(3, 18, 5)
    data, nodes = encode(problem)
    state, room, random = state_of(data, first_nodes(problem, data, nodes)), room_for(nodes), seeded(5)
    seen = 0
    while seen < 2000:
        before = state.nodes.copy()
        limit = float((0, 2_000, 100_000)[seen % 3])
        added = change(state.nodes, tuple(data), tuple(room), state.sums, random, limit)
        if added > limit:
            assert np.array_equal(before, state.nodes)
            continue
        seen += 1
        if seen % 10 == 0:
            report = check_home_care(problem, solution_of(problem, data, state.nodes))
            assert report.violations == ()
            parts = (report.travel, report.total_tardiness, report.largest_tardiness)
            assert parts == tuple(int(each) for each in state.sums[:3])
        again = state_of(data, state.nodes)
        assert np.array_equal(again.sums[:3], state.sums[:3])


def test_the_best_is_kept() -> None:
    """After hot steps the copy still costs what it cost."""
    problem = town(4, 12, 4)
    data, nodes = encode(problem)
    state, room, random = state_of(data, first_nodes(problem, data, nodes)), room_for(nodes), seeded(1)
    for heat in (100.0, 1e7):
        anneal(state.nodes, state.sums, state.best, tuple(data), tuple(room), random, heat, 3000)
        report = check_home_care(problem, solution_of(problem, data, state.best))
        assert (report.violations, report.ticks) == ((), int(state.sums[CHEAPEST]))


def test_iterations_repeat_and_seeds_differ() -> None:
    """Two islands with exchange, whatever thread is first."""
    problem = town(5, 20, 5)
    settings = [HomeCareSettings(iterations=5000, threads=2, seed=seed) for seed in (1, 1, 2)]
    first, second, other = (search_home_care(problem, each) for each in settings)
    assert first == second
    assert first.iterations == 10_000
    assert first.solution != other.solution


def test_it_ends_when_told_and_in_time() -> None:
    """Asked to stop at once, the first routes are given; with a second, more is tried."""
    problem = town(6, 15, 4)
    stopped = search_home_care(problem, HomeCareSettings(time_limit_s=600), lambda: True)
    assert check_home_care(problem, stopped.solution).violations == ()
    timed = search_home_care(problem, HomeCareSettings(time_limit_s=0.3))
    assert timed.iterations > 0
    assert check_home_care(problem, timed.solution).ticks == timed.cost_ticks


def test_one_patient_alone() -> None:
    """Nothing to change, and nothing breaks: 2 x 10 of travel, no tardiness."""
    patient = HomePatient("p", 0, 60_000, (HomeService("a", 1000),))
    problem = HomeCareProblem("one", (patient,), (HomeCaregiver("c", frozenset("a")),), ((0, 10_000), (10_000, 0)))
    assert search_home_care(problem, HomeCareSettings(iterations=100)).cost_ticks == 20_000


def test_islands_go_on_from_the_best() -> None:
    """An island that takes another has its cost and its routes."""
    problem = town(7, 12, 4)
    first, second = HomeIsland(problem, 1), HomeIsland(problem, 2)
    first.cool(0.3, 0.01, (0.0, 1.0), 3000, lambda: False)
    second.take(first)
    assert (second.cost, second.solution) == (first.cost, first.solution)
