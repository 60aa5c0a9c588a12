"""The lower bound: never above a plan, equal to the optimum where a hand can count it, and a wrong one is seen."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from instances.plans import read_plan
from optimiser.check.checker import check
from optimiser.domain.duty import GivenDuty
from optimiser.domain.instance import Instance
from optimiser.domain.people import Wish
from optimiser.domain.problem import Problem
from optimiser.domain.sharing import PRESETS
from optimiser.planning import PlanSettings, plan, prepare
from optimiser.search.bounds.master import Master
from optimiser.search.bounds.prices import Prices, priced
from optimiser.search.bounds.proof import lower_bound
from optimiser.search.bounds.tables import BoundTables, tables_of
from optimiser.search.kernel.bounds.cheapest_route import INFINITE, MOST_STOPS, cheapest_routes

Rooms = Callable[..., Any]
STORED = Path(__file__).parents[1] / "instances" / "six_nurses_plan.json"


def problem_of(small: Any) -> Problem:
    """The joint problem of a room, with its even travel."""
    return replace(prepare(small.instance(), PRESETS["joint"]), travel=small.matrix())


def least(problem: Problem, **fields: Any) -> int:
    """The bound after counted rounds."""
    found = lower_bound(problem, None, **{"rounds": 40, **fields})
    assert found is not None
    return found.value


def one_duty(rooms: Rooms, **fields: Any) -> Any:
    """One nurse whose contract is exactly one duty of eight hours."""
    small = rooms(travel=10).nurse(contract_minutes=480, **fields)
    return small.kind("D", "07:00", "15:30", 30, carries_route=True)


def test_one_visit_is_there_and_back(room: Rooms) -> None:
    """10 minutes out and 10 back; 480 minutes of work are the contract: 20, and no plan is cheaper."""
    problem = problem_of(one_duty(room).visit("v", 0, "09:00", "12:00"))
    assert least(problem) == 20
    best = plan(problem, PlanSettings(time_limit_s=None, iterations=200)).plan
    assert best is not None and best.objective is not None and best.objective.scalar == 20


def test_two_clients_on_one_day(room: Rooms) -> None:
    """To the first, to the second, home: 10 + 10 + 10 = 30."""
    small = one_duty(room).client("c2").visit("v", 0, "09:00", "12:00")
    assert least(problem_of(small.visit("w", 0, "09:00", "12:00", client="c2"))) == 30


def test_who_nobody_can_serve_costs_the_penalty(room: Rooms) -> None:
    """A skill nobody has: 1000 for the visit. Her wish to work costs nothing: a duty within her contract meets it."""
    small = one_duty(room).visit("v", 0, "09:00", "12:00", skills=("iv",))
    assert least(problem_of(small)) == 1000
    small.add("wishes", Wish(nurse="N1", day=small.day(1), wish="work"))
    assert least(problem_of(small)) == 1000


def test_a_duty_beyond_the_contract_costs_its_hours(room: Rooms) -> None:
    """Contract 300, one visit of 1000 that only a duty of 480 can serve: 180 minutes over at 2 each, and 20: 380."""
    small = one_duty(room).visit("v", 0, "09:00", "12:00")
    small.nurses["N1"] = small.nurses["N1"].model_copy(update={"contract_minutes": 300})
    assert least(problem_of(small)) == 380


def test_what_was_entered_for_one_day_costs_its_price_there(room: Rooms) -> None:
    """Without a contract a duty costs 960: the base duty D is left for 120 and E, entered on another day, for 60. With
    hours for two both are kept; with E wished on the day of D one of them is left, at best for 60."""
    small = one_duty(room).kind("E", "08:00", "16:30", 30, carries_route=True)
    small.nurses["N1"] = small.nurses["N1"].model_copy(update={"contract_minutes": 0})
    small.add("duties_given", GivenDuty(nurse="N1", kind="D", day=small.day(1), status="base"))
    assert least(problem_of(small)) == 120
    small.add("duties_given", GivenDuty(nurse="N1", kind="E", day=small.day(2), status="own"))
    assert least(problem_of(small)) == 180
    small.nurses["N1"] = small.nurses["N1"].model_copy(update={"contract_minutes": 960})
    assert least(problem_of(small)) == 0
    small.add("duties_given", GivenDuty(nurse="N1", kind="E", day=small.day(1), status="wish"))
    assert least(problem_of(small)) == 60


@pytest.mark.parametrize("factor", [2, 3])
def test_travel_that_is_overstated_is_seen(room: Rooms, factor: int) -> None:
    """Were the bound's travel twice what it is, the optimum by hand (20) would lie below it, and check would say so."""
    problem = problem_of(one_duty(room).visit("v", 0, "09:00", "12:00"))
    travel = problem.travel
    wrong = replace(travel, minutes={key: factor * table for key, table in travel.minutes.items()})
    overstated = least(replace(problem, travel=wrong))
    assert overstated > 20
    best = plan(problem, PlanSettings(time_limit_s=None, iterations=200)).plan
    assert best is not None
    claimed = [best.model_copy(update={"lower_bound": value}) for value in (20, overstated)]
    rules = [[each.rule for each in check(problem.instance, problem.contract, travel, one).violations]
             for one in claimed]  # fmt: skip
    assert rules == [[], ["claims.bound"]]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 2, 3, 4, 5])
def test_no_plan_of_a_random_team_lies_below(rooms_and_kernel: tuple[Rooms, dict[str, Any]], seed: int) -> None:
    """Everything that teams can have (splits, nights, pairs, inside home legs, slack): the bound is under the plan."""
    rooms, kernel = rooms_and_kernel
    room, travel, contract = kernel["random_team"](rooms, 300 + seed)
    problem = replace(prepare(room.instance(), PRESETS[contract]), travel=travel)
    found = plan(problem, PlanSettings(time_limit_s=None, iterations=400, seed=seed)).plan
    bound = least(problem, rounds=25)
    if found is not None:
        report = check(problem.instance, problem.contract, travel, found)
        assert report.objective.hard > 0 or 0 <= bound <= report.objective.scalar


def test_any_prices_bound_the_plan(six: Instance) -> None:
    """Whatever the prices, also senseless ones, the value is under a plan's price: no solver is trusted."""
    problem = prepare(six, PRESETS["joint"])
    found = check(six, PRESETS["joint"], problem.travel, read_plan(STORED, six)[0]).objective
    tables = tables_of(problem)
    assert tables is not None and found.hard == 0
    dice = np.random.default_rng(1)
    for most in (10, 3000, 20_000):
        prices = Prices(
            dice.integers(0, most, len(problem.jobs)),
            dice.integers(0, 100 * six.weights.overtime + 1, tables.targets.shape),
            dice.integers(0, most, len(problem.cover)),
        )
        assert priced(tables, prices).value <= 100 * found.scalar


def test_six_nurses_bound_is_useful(six: Instance) -> None:
    """More than nothing in a few rounds, and the master's prices keep within what the bound allows."""
    problem = prepare(six, PRESETS["joint"])
    assert least(problem, rounds=25) > 0
    tables = tables_of(problem)
    assert tables is not None
    found = Master(tables).prices(10)
    assert found is not None
    hour = found[0].hour
    assert (hour >= 0).all() and (hour <= 100 * six.weights.overtime).all()


def brute(tables: BoundTables, worth: np.ndarray) -> int:
    """The cheapest route of segment 0 over all orders of at most four stops, by the clock."""
    nurse, part, opening, close, handover, pause, begin, until, home, end, free, _ = tables.segment[0].tolist()
    way, best = tables.minutes[part], 0
    for length in range(1, 5):
        for order in permutations(range(len(tables.node)), length):
            rows = tables.node[list(order)]
            if len({*rows[:, 1].tolist()}) < length:
                continue
            places = [home, *rows[:, 5].tolist(), end]
            legs = [int(way[one, two]) for one, two in zip(places, places[1:], strict=False)]
            cost = 100 * sum(legs) + int(worth[nurse, list(order)].sum())
            options = range(1, length) if pause and length > 1 else [0]
            if cost < best and any(
                _drivable(rows, legs, opening + handover, close, free, at, pause, begin, until) for at in options
            ):
                best = cost
    return best


def _drivable(
    rows: np.ndarray, legs: list[int], opening: int, close: int, free: int, at: int, pause: int, begin: int, until: int
) -> bool:
    moment = opening + max(0, legs[0] - free)
    for position, (_, _, low, high, minutes, _) in enumerate(rows.tolist()):
        rest = moment
        if position:
            moment += legs[position]
            if position == at:
                moment = max(moment + pause, max(rest, begin) + pause)
        moment = max(moment, low)
        if moment > high or (position == at and position and max(rest, begin) + pause > until):
            return False
        moment += minutes
    return moment + max(0, legs[-1] - free) <= close


@pytest.mark.parametrize(("seed", "pause"), [*product(range(4), (0, 30))])
def test_the_cheapest_route_is_never_dearer_than_one_by_hand(
    rooms_and_kernel: tuple[Rooms, dict[str, Any]], seed: int, pause: int
) -> None:
    """Five visits of random worth, all orders: exact at one minute a bucket but for what comes back, cheaper above."""
    rooms, kernel = rooms_and_kernel
    dice = random.Random(seed)
    fields = {"break_from": "11:00", "break_until": "14:00"} if pause else {}
    small = rooms().nurse(contract_minutes=480).kind("D", "07:00", "15:30", pause, carries_route=True, **fields)
    for number in range(5):
        start = dice.randrange(7, 13)
        small.client(f"c{number}")
        small.visit(f"v{number}", 0, f"{start:02}:00", f"{start + 2:02}:00", 25, client=f"c{number}")
    problem = replace(prepare(small.instance(), PRESETS["joint"]), travel=kernel["metric"](small, seed))
    values = []
    for bucket in (1, 5):
        tables = tables_of(problem, bucket)
        assert tables is not None
        worth = tables.price - np.array([dice.randrange(1000, 6000) for _ in range(5)])
        found, path = (np.zeros((len(tables.segment), width), dtype=np.int64) for width in (2, MOST_STOPS))
        cheapest_routes(tables.bucket, 0, 1, 1, tables.minutes, tables.node, worth, tables.segment, 100, found, path)
        values.append((int(found[0, 0]), brute(tables, worth)))
        assert (worth < INFINITE).all()
    assert all(value <= by_hand for value, by_hand in values)
    assert any(value < 0 for value, _ in values)
