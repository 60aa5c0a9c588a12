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
from optimiser.domain.duty import Cover, GivenDuty
from optimiser.domain.instance import Instance
from optimiser.domain.people import Wish
from optimiser.domain.problem import Problem
from optimiser.domain.sharing import PRESETS
from optimiser.planning import PlanSettings, plan, prepare
from optimiser.search.bounds.ascent import Ascent
from optimiser.search.bounds.master import Master
from optimiser.search.bounds.prices import priced
from optimiser.search.bounds.proof import lower_bound
from optimiser.search.bounds.routes import Prices, RouteSearch, least_cover
from optimiser.search.bounds.tables import BoundTables, tables_of
from optimiser.search.bounds.weeks import NurseRows
from optimiser.search.kernel.bounds.cheapest_route import COST, COUNT, EXACT, LEAST, MOST_STOPS, QUICK, cheapest_routes
from optimiser.search.kernel.bounds.ends import ends, least_of
from optimiser.search.kernel.bounds.labels import DONE, TOO_MANY, WORDS, cheapest, grow, near_sets, room_for
from optimiser.search.kernel.bounds.stops import Stops, following

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


def test_hours_that_no_duties_fit_are_in_the_bound(room: Rooms) -> None:
    """Contract 700, duties of 480 only. One: 220 under, 22 at 1 for each 10 minutes; two: 260 over, 520. Parts of
    duties would fit exactly. A visit of 1000 each on Tuesday and on Thursday: two duties, 20 each: 560; also one day
    free between two with duties, 10: 570. One visit left out would cost 1,042."""
    small = one_duty(room).visit("v", 1, "09:00", "12:00")
    small.nurses["N1"] = small.nurses["N1"].model_copy(update={"contract_minutes": 700})
    assert least(problem_of(small)) == 20 + 22
    assert least(problem_of(small.visit("w", 3, "09:00", "12:00"))) == 570


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
@pytest.mark.parametrize("seed", [3, 4, 5, 6])
def test_no_plan_of_a_random_team_lies_below(rooms_and_kernel: tuple[Rooms, dict[str, Any]], seed: int) -> None:
    """Everything that teams can have (splits, nights, pairs, inside home legs, slack): the bound is under the plan."""
    rooms, kernel = rooms_and_kernel
    room, travel, contract = kernel["random_team"](rooms, 300 + seed)
    problem = replace(prepare(room.instance(), PRESETS[contract]), travel=travel)
    found = plan(problem, PlanSettings(time_limit_s=None, iterations=200, seed=seed)).plan
    bound = least(problem, rounds=2)
    if found is not None:
        report = check(problem.instance, problem.contract, travel, found)
        assert report.objective.hard > 0 or 0 <= bound <= report.objective.scalar


def test_any_prices_bound_the_plan(six: Instance) -> None:
    """Whatever the prices, also senseless ones, the value is under a plan's price: no solver is trusted. Routes that
    remember give no less than routes that do work twice, and no more than real routes; rows of nurses no less than
    single days."""
    problem = prepare(six, PRESETS["joint"])
    found = check(six, PRESETS["joint"], problem.travel, read_plan(STORED, six)[0]).objective
    tables = tables_of(problem)
    assert tables is not None and found.hard == 0
    dice, search, rows, gained = np.random.default_rng(1), RouteSearch(tables), NurseRows(tables), False
    for most in (10, 3000, 20_000):
        prices = Prices(
            dice.integers(0, most, len(problem.jobs)),
            dice.integers(0, 100 * six.weights.overtime + 1, tables.targets.shape),
            np.maximum(least_cover(tables), dice.integers(-most, most, len(problem.cover))),
        )
        quick = priced(tables, prices, search.quick(prices))
        exact = priced(tables, prices, search.exact(prices, quick.routes))
        assert quick.value <= exact.value <= exact.quick <= quick.quick
        least = rows.least(prices, search.exact(prices, exact.routes, margin=4000))
        assert least is not None
        with_rows = exact.parts["work"] + exact.parts["cover"] + least
        assert exact.value <= with_rows <= 100 * found.scalar
        gained = gained or quick.value < exact.value < with_rows
    assert gained


def test_every_turn_moves_prices(six: Instance) -> None:
    """The mean over passes proves more than the first prices, and a pass that is cut short leaves it as it was."""
    tables = tables_of(prepare(six, PRESETS["joint"]))
    assert tables is not None
    search, turns = RouteSearch(tables), set()
    ascent = Ascent(tables, search)
    first = ascent.mean()
    for _ in range(8):
        assert ascent.run(lambda: False, lambda nurse, day, prices, routes: turns.add((nurse, day)))
    assert turns == set(tables.days)
    found = [priced(tables, each, search.exact(each, search.quick(each))).value for each in (first, ascent.mean())]
    assert found[0] < 0 < found[1]
    before = ascent.mean()
    assert not ascent.run(lambda: True, lambda *_: None)
    assert (ascent.mean().work == before.work).all() and (ascent.mean().hour == before.hour).all()


def test_what_nobody_can_serve_is_worth_its_penalty(room: Rooms) -> None:
    """Nobody has the skill: 1000 at once."""
    small = one_duty(room).visit("v", 0, "09:00", "12:00", skills=("iv",))
    tables = tables_of(problem_of(small))
    assert tables is not None
    assert Ascent(tables, RouteSearch(tables)).mean().work.tolist() == [100_000]


def test_without_time_the_bound_is_still_one(room: Rooms) -> None:
    """No second, or stopped at once: no rounds and no rows, and nothing above the 20 that a plan costs."""
    problem = problem_of(one_duty(room).visit("v", 0, "09:00", "12:00"))
    for found in (lower_bound(problem, 0.0), lower_bound(problem, None, should_stop=lambda: True)):
        assert found is not None and found.rounds == 0 and 0 <= found.value <= 20


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


WAITING, FREE = 100, 15


def brute(tables: BoundTables, worth: np.ndarray) -> int:
    """The cheapest route of segment 0 over all orders of its stops and all starts, minute by minute."""
    nurse, part, opening, close, handover, pause, begin, until, home, end, free, _ = tables.segment[0].tolist()
    way, best = tables.minutes[part], 0
    for length in range(1, 6):
        for order in permutations(range(len(tables.node)), length):
            rows = tables.node[list(order)]
            if len({*rows[:, 1].tolist()}) < length:
                continue
            places = [home, *rows[:, 5].tolist(), end]
            legs = [int(way[one, two]) for one, two in zip(places, places[1:], strict=False)]
            cost = 100 * sum(legs) + int(worth[nurse, list(order)].sum())
            first, last = opening + handover + max(0, legs[0] - free), close - max(0, legs[-1] - free)
            for at in range(1, length) if pause and length > 1 else [0]:
                best = min(best, cost + least_waiting(rows, legs, first, last, at, pause, begin, until))
    return best


def least_waiting(
    rows: np.ndarray, legs: list[int], first: int, last: int, at: int, pause: int, begin: int, until: int
) -> int:
    """Price of the least waiting over all starts; the break lies before stop ``at`` (0: none)."""
    far = 10**9
    starts = np.arange(rows[0, 2], rows[0, 3] + 1)
    cost = np.where(starts >= first, 0, far)
    for position in range(1, len(rows)):
        ready = starts + rows[position - 1, 4]
        then = np.arange(rows[position, 2], rows[position, 3] + 1)
        arrival = ready + legs[position]
        if position == at:
            arrival = np.maximum(arrival, np.maximum(ready, begin)) + pause
            arrival = np.where(np.maximum(ready, begin) + pause > until, far, arrival)
            arrival = np.maximum(arrival, begin + pause)
        idle = then[:, None] - (ready + legs[position] + (pause if position == at else 0))[None, :]
        paid = cost[None, :] + WAITING * np.maximum(0, idle - FREE)
        cost = np.where(then[:, None] >= arrival[None, :], paid, far).min(axis=1)
        starts = then
    return int(np.where(starts + rows[-1, 4] <= last, cost, far).min())


def five_visits(rooms_and_kernel: tuple[Rooms, dict[str, Any]], seed: int, pause: int) -> Problem:
    """Five visits of 25 minutes at five places on one day of one nurse."""
    rooms, kernel = rooms_and_kernel
    dice = random.Random(seed)
    fields = {"break_from": "11:00", "break_until": "14:00"} if pause else {}
    small = rooms().nurse(contract_minutes=480).kind("D", "07:00", "15:30", pause, carries_route=True, **fields)
    for number in range(5):
        start = dice.randrange(7, 13)
        small.client(f"c{number}")
        small.visit(f"v{number}", 0, f"{start:02}:00", f"{start + 2:02}:00", 25, client=f"c{number}")
    return replace(prepare(small.instance(), PRESETS["joint"]), travel=kernel["metric"](small, seed))


def routes_of(tables: BoundTables, worth: np.ndarray, effort: int, near: int) -> tuple[np.ndarray, np.ndarray]:
    """``found`` and ``path`` of all segments, without limits."""
    rows = len(tables.segment)
    found, path, memory = (
        np.zeros(shape, dtype=np.int64) for shape in ((rows, 3), (rows, MOST_STOPS), (rows, len(tables.node), WORDS))
    )
    memory[:, 0, 0] = -1
    efforts = np.full(rows, effort, dtype=np.int64)
    cheapest_routes(tables.bucket, 0, np.array([100, 100, WAITING, FREE]), near, tables.minutes, tables.node, worth,
                    tables.segment, np.zeros(rows, dtype=np.int64), efforts, memory, room_for(20_000), found,
                    path)  # fmt: skip
    return found, path


@pytest.mark.parametrize(("seed", "pause"), [*product(range(4), (0, 30))])
def test_the_cheapest_route_is_the_one_by_hand(
    rooms_and_kernel: tuple[Rooms, dict[str, Any]], seed: int, pause: int
) -> None:
    """Five visits of random worth, all orders and starts: exactly the cheapest of them, whatever is remembered at first
    and however long a bucket is; without routes never dearer, and a quick route never cheaper."""
    problem = five_visits(rooms_and_kernel, seed, pause)
    dice = np.random.default_rng(seed)
    worth_of = dice.integers(1000, 8000, 5)
    minutes = tables_of(problem, 1)
    assert minutes is not None
    by_hand = brute(minutes, minutes.price - worth_of)
    for bucket, near in ((1, 0), (5, 0), (5, 8)):
        tables = tables_of(problem, bucket)
        assert tables is not None
        worth = tables.price - worth_of
        least, quick, exact = (routes_of(tables, worth, effort, near)[0][0] for effort in (0, QUICK, EXACT))
        assert least[LEAST] == quick[LEAST] <= by_hand <= quick[COST] and least[COUNT] == 0
        assert exact[LEAST] == exact[COST] == by_hand < 0


def plain_stops(leg: list[list[int]], work: list[int], price: int) -> Stops:
    """Stops of 10 minutes that may start from 0 to 60, home at 100 away in cost, no time, no break."""
    size = len(work)
    full = {name: np.full(size, value, dtype=np.int64) for name, value in
            {"low": 0, "high": 60, "begin": 0, "final": 60, "leave": 60, "first": 100, "last": 100,
             "price": price}.items()}  # fmt: skip
    same = np.equal.outer(np.array(work), np.array(work))
    gap = np.where(same, -1, 10)
    then, thens = following(full["low"], full["high"], gap)
    return Stops(**full, work=np.array(work), leg=np.array(leg), gap=gap, then=then, thens=thens, idle=gap + FREE,
                 node=np.arange(size), pause=0, arrive=0, wait=WAITING)  # fmt: skip


def test_memory_ends_going_round() -> None:
    """Three stops, 1 from each other, each worth 50, home 100 away. Round and round seven times earns 7 x 50 - 200 - 6
    = 144; two-cycles are seen at once, so that is 0 1 2 0 1 2 0. Once each: 3 x 50 - 200 - 2: a loss of 52, 150 - 202.
    At 80 each once is worth 240 - 202 = 38."""
    ways = [[0, 1, 1], [1, 0, 1], [1, 1, 0]]
    each = plain_stops(ways, [0, 1, 2], -80)
    values, nexts = ends(each, 5, 13)
    assert least_of(each, 5, values) == 200 + 6 - 7 * 80
    sets, path, labels = np.zeros((3, WORDS), dtype=np.int64), np.zeros(MOST_STOPS, dtype=np.int64), room_for(500)
    limit = np.int64(0)
    status, cost, count = cheapest(each, 5, sets, 1, values, nexts, limit, labels, path)
    # nothing is remembered but the stop itself, and ends know of two-cycles only
    assert status == DONE and cost < -38 and len(set(path[:count])) < count
    grown = 0
    while grow(each, path, count, sets):
        grown += 1
        status, cost, count = cheapest(each, 5, sets, 1, values, nexts, limit, labels, path)
    assert grown > 0 and (status, cost, count) == (DONE, -38, 3)
    near_sets(each, 8, sets)
    assert cheapest(each, 5, sets, 1, values, nexts, limit, labels, path)[:2] == (DONE, -38)
    assert cheapest(each, 5, sets, 0, values, nexts, limit, labels, path)[:2] == (DONE, -38)
    assert cheapest(each, 5, sets, 1, values, nexts, np.int64(-38), labels, path) == (DONE, -38, 0)
    assert cheapest(each, 5, sets, 1, values, nexts, limit, room_for(2), path)[0] == TOO_MANY
    # the first and the last stop may be the same piece of work (another window of it)
    twice = plain_stops(ways, [0, 1, 0], -80)
    values, nexts = ends(twice, 5, 13)
    near_sets(twice, 8, sets)
    assert cheapest(twice, 5, sets, 1, values, nexts, limit, labels, path)[1:] == (0, 0)


def test_one_standby_too_many_costs_its_price(room: Rooms) -> None:
    """Two visits at once in one night, and one duty of standby is asked: 20 of travel each, and 60 for a second duty
    (1000 for a visit left out is more). The half hour of each visit is all that each contract asks."""
    small = room(travel=10).nurse(contract_minutes=30).nurse("N2", contract_minutes=30).client("c2")
    small.kind("B", "23:00", "31:00", 0, lane="standby", category="night", carries_route=True)
    small.add("cover", Cover(id="b", organisation="a", weekdays=("mon",), lane="standby", from_time=1380,
                             until_time=1860))  # fmt: skip
    small.visit("v", 1, "02:00", "02:30").visit("w", 1, "02:00", "02:30", client="c2")
    problem = problem_of(small)
    assert least(problem) == 100
    best = plan(problem, PlanSettings(time_limit_s=None, iterations=400)).plan
    assert best is not None and best.objective is not None and best.objective.scalar >= 100


def test_waiting_is_paid_where_no_start_avoids_it(room: Rooms) -> None:
    """The first client until 09:30 at the latest, 10 minutes on the way, a break of 30, and the second at 11:00: 50
    minutes of waiting of which 15 are free, and 30 of travel: 65. With an hour more for the first it is 30."""
    small = one_duty(room).client("c2").visit("v", 0, "08:00", "09:30").visit("w", 0, "11:00", "11:30", client="c2")
    assert least(problem_of(small)) == 65
    small = one_duty(room).client("c2").visit("v", 0, "08:00", "10:30").visit("w", 0, "11:00", "11:30", client="c2")
    assert least(problem_of(small)) == 30
