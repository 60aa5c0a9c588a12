"""The bound of long rosters lies under every plan, and at the best one where nothing is relaxed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest

from optimiser.domain.duty import Cover
from optimiser.domain.row_rules import DayClass, DayWord, RuleId
from optimiser.planning import plan, prepare
from optimiser.search.bounds.long_ascent import Ascent, Effort
from optimiser.search.bounds.long_bound import columns_of, least_uncovered, long_bound, long_prices
from optimiser.search.bounds.long_dual import LongDual
from optimiser.search.bounds.long_fair import FairShare
from optimiser.search.bounds.long_states import RowStates, row_states
from optimiser.search.bounds.long_tables import SCALE, long_bound_tables
from optimiser.search.encode_duties import encode_duties
from optimiser.search.encode_long import encode_around
from optimiser.search.kernel.duty_cost import FAIR
from optimiser.search.kernel.long_rows import FAR, cheapest_row, reach
from optimiser.search.long_guide import guided_start
from optimiser.search.long_island import long_tables
from optimiser.search.long_pairs import clashes
from optimiser.search.long_run import of_duties
from optimiser.search.settings import PlanSettings

EVERY_DAY = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def evenings(room: Callable[..., Any], minutes: int, nurses: int = 4, weeks: int = 3) -> Any:
    """One evening of 4 h is asked each day."""
    made = room(weeks=weeks, rule_set="atw")
    for number in range(nurses):
        made.nurse(f"N{number}", contract_minutes=minutes)
    made.kind("E", "18:00", "22:00", category="evening")
    return made.add("cover", Cover(id="e", organisation="a", weekdays=EVERY_DAY, from_time=1080, until_time=1320))


def problem_of(made: Any) -> Any:
    """Without travel and work."""
    return of_duties(prepare(made.instance(), made.contract))


@pytest.mark.parametrize("minutes", [120, 420, 900])
def test_no_plan_costs_less_than_the_bound(room: Callable[..., Any], minutes: int) -> None:
    """For contracts too small, about right and too large; the plan is what it says it is."""
    problem = problem_of(evenings(room, minutes))
    made = plan(problem, PlanSettings(time_limit_s=None, iterations=10_000)).plan
    assert made is not None and made.objective is not None and made.lower_bound is not None
    found = long_bound(problem, None, rounds=300)
    assert found is not None
    assert 0 <= made.lower_bound <= made.objective.scalar and found.value <= made.objective.scalar


def test_hours_that_no_roster_can_keep_are_in_the_bound(room: Callable[..., Any]) -> None:
    """One nurse of 420 minutes: 240 is 180 under (18), 480 is 60 over (120). Alone she pays 18 a week for each week
    with one evening, and 3,000 for each evening that nobody has. Any number of evenings n a week costs 3,000 (7 - n)
    and 2 (240 n - 420) from n = 2 on; n = 7 would cost 2,520, and every one less at least 2,520 more: 3 x 2,520. Beyond
    one evening a week (7 h are one unit of 7.2) six are too many, 20 each: 3 x 120. Of 21 days in a row 16 lie beyond
    five, 30 each: 480. Together 8,400 (the rest of each week, which the bound leaves out, would forbid it)."""
    problem = problem_of(evenings(room, 420, nurses=1))
    found = long_bound(problem, None, rounds=400)
    assert found is not None and 0.99 * 8400 <= found.value <= 8400


def cheapest(price: np.ndarray, states: RowStates, minutes: np.ndarray, hours: np.ndarray) -> tuple[int, np.ndarray]:
    """Cost and choices of the cheapest row at prices [D, C]."""
    days = len(price)
    low, high = reach(price, states.near[0], states.memory, states.after, minutes, hours.shape[1])
    least = np.empty((days + 1, len(states.memory), hours.shape[1]), dtype=np.int64)
    row = np.zeros(days, dtype=np.int64)
    both = np.stack([price, price])
    near = states.near[0]
    cost = cheapest_row(both, near, states.idle, states.memory, states.after, low, high, minutes, hours, least, row)
    return int(cost), row


def test_the_cheapest_row_minds_weeks_and_neighbours() -> None:
    """Two choices, each worth 10 a day. One unit a week is free, two cost 5, three 100; two in a row cost 8 more.
    A week of 7 days has at best two apart: 20 - 5 = 15; two weeks: -30."""
    price = np.zeros((14, 2), dtype=np.int64)
    price[:, 1] = -10
    near = np.zeros((1, 14, 2, 2), dtype=np.int64)
    near[:, :, 1, 1] = 8
    each = np.arange(2)
    states = RowStates(each, np.array([[0, 1], [0, 1]]), near, 1 - each)
    minutes = np.zeros((14, 2, 2), dtype=np.int64)
    minutes[:, 1, 0] = 1
    hours = np.full((2, 9), 100, dtype=np.int64)
    hours[:, :3] = (0, 0, 5)
    cost, row = cheapest(price, states, minutes, hours)
    assert cost == -30 and row[:7].sum() == 2 and row[7:].sum() == 2 and not (row[1:] & row[:-1]).any()
    price[:, 0] = FAR  # every day must have the duty: three a week and more cost 100 each week, 13 neighbours 8 each
    assert cheapest(price, states, minutes, hours)[0] == 200 + 104 - 140


@pytest.mark.parametrize("seed", range(3))
def test_the_cheapest_row_is_the_cheapest_of_all(room: Callable[..., Any], seed: int) -> None:
    """All 3^7 rows of a week with two kinds: prices and hours by chance, what days cost together by chance too, and 30
    for a seventh day with work in a row (the rule says six here)."""
    made = evenings(room, 420, weeks=3)
    made.kind("D", "08:00", "12:00")
    made.add("cover", Cover(id="d", organisation="a", weekdays=EVERY_DAY, from_time=480, until_time=720))
    problem, chance = problem_of(made), np.random.default_rng(seed)
    choices = long_bound_tables(problem).choices
    assert len(choices) == 3
    word = DayWord(RuleId("long_row", "x"), (int(DayClass.DUTY),) * 4, term="long_row")
    together = chance.integers(0, 40, (2, 7, 3, 3))
    together[0, :, 0], together[0, :, :, 0] = 0, 0
    states = row_states(problem, choices, (word,), together, 1)
    weight = problem.instance.weights.long_row
    price, hours = chance.integers(-60, 40, (7, 3)), chance.integers(0, 60, (1, 20))
    minutes = np.zeros((7, 3, 2), dtype=np.int64)
    minutes[:, 1:, 0] = (1, 2)

    def cost(row: tuple[int, ...]) -> int:
        found = sum(int(price[day, choice]) for day, choice in enumerate(row)) + int(hours[0, minutes[0, row, 0].sum()])
        for day in range(1, 7):
            if row[day - 1]:
                found += int(together[0, day, row[day - 1], row[day]])
            elif day > 1 and row[day - 2] and row[day]:
                found += int(together[1, day, row[day - 2], row[day]])
        return found + weight * sum(all(row[day - 3 : day + 1]) for day in range(3, 7))

    found, row = cheapest(price, states, minutes, hours)
    assert found == min(cost(each) for each in product(range(3), repeat=7)) == cost(tuple(row))


@pytest.mark.parametrize("seed", range(3))
def test_any_prices_prove_a_bound(room: Callable[..., Any], seed: int) -> None:
    """Whatever the prices of cover, weeks and shares: no plan costs less. Contracts differ, so fairness and many duties
    are in the cost; a plan with all evenings at one nurse holds much of both."""
    made = evenings(room, 420, nurses=3)
    made.nurse("N3", contract_minutes=900)
    problem = problem_of(made)
    dual, chance = LongDual(problem, long_bound_tables(problem)), np.random.default_rng(seed)
    prices = np.where(dual.of_cover, 3000, np.where(dual.of_shares, 4000, 500)) * chance.uniform(-1, 2, len(dual.part))
    prices = np.clip(prices.astype(np.int64), *dual.limits)
    tables = long_tables(problem, frozenset())
    cheap = plan(problem, PlanSettings(time_limit_s=None, iterations=3000)).plan
    assert cheap is not None and cheap.objective is not None
    one = frozenset((seed, day, problem.kind_number["E"]) for day in range(21) if day % 7 < 6 and seed < 4)
    with ThreadPoolExecutor(1) as pool:
        for prices_tried in (prices, prices // 10, 0 * prices):
            bound = dual.at(np.clip(prices_tried, *dual.limits), pool).value
            assert bound <= SCALE * cheap.objective.scalar
            assert bound <= SCALE * int(tables.lawful_state(one).total[0])


def test_fairness_costs_no_less_than_its_prices_say(room: Callable[..., Any]) -> None:
    """For all numbers of evenings of three nurses from 0 to 4 and prices by chance: the squares are at least the least
    plus each number at its price, less the sum at what one of the sum is worth."""
    made = evenings(room, 420, nurses=2)
    made.nurse("N2", contract_minutes=900)
    duties = encode_duties(problem_of(made))
    fair, weight, chance = FairShare(duties, 0, np.full(3, 4), 1), int(duties.weight[FAIR]), np.random.default_rng(1)
    assert weight > 0
    for _ in range(5):
        price = chance.integers(-10, 60, 3)
        for numbers in product(range(5), repeat=3):
            had = np.array(numbers)
            target = [-(-int(had.sum()) * contract // 1740) for contract in (420, 420, 900)]
            cost = weight * sum(max(0, number - most) ** 2 for number, most in zip(numbers, target, strict=True))
            least = fair.least(price, had)[0]
            assert cost >= least + int((had * price).sum()) - fair.together(price) * int(had.sum())
    assert fair.least(np.zeros(3, dtype=np.int64), np.array([4, 0, 0]))[0] == 0


def test_unfair_weekends_are_in_the_bound(room: Callable[..., Any]) -> None:
    """Of two nurses of 1,800 minutes one works by day only, so the other has all three weekends; her share of three is
    two (1.5, rounded up), and one too many costs the weight of fairness. So do holidays: of h her share is half,
    rounded up. With that weight at 0 the bound is as much lower: all 21 evenings are hers either way."""
    made = evenings(room, 1800, nurses=1)
    made.nurse("N1", contract_minutes=1800, categories=("day",))
    problem = problem_of(made)
    weight = problem.instance.weights.fairness
    assert weight == 4
    free = problem.instance.weights.model_copy(update={"fairness": 0})
    without = replace(problem, instance=problem.instance.model_copy(update={"weights": free}))
    found = [long_bound(each, None, rounds=300) for each in (problem, without)]
    assert found[0] is not None and found[1] is not None
    holidays = int(encode_duties(problem).holiday.sum())
    assert found[0].value - found[1].value == weight * (1 + (holidays // 2) ** 2)


def test_steps_climb_and_stop_when_told(room: Callable[..., Any]) -> None:
    """Half of ten rounds are five; after them the bound is above that of the first prices, and it is theirs."""
    problem = problem_of(evenings(room, 420))
    dual = LongDual(problem, long_bound_tables(problem))
    first = np.where(dual.of_cover, 5000, 0)
    ascent, effort = Ascent(dual, first), Effort(10, None, lambda: False).part(0.5)
    with ThreadPoolExecutor(1) as pool:
        ascent.climb(effort, np.ones(len(first)), 1.0, True, pool)
        assert effort.spent and effort.used == 5 == len(ascent.latest)
        assert ascent.best > dual.at(first, pool).value
        assert ascent.best == dual.at(ascent.prices, pool).value
    assert Effort(10, None, lambda: True).spent


def test_columns_are_rows_of_each_nurse(room: Callable[..., Any]) -> None:
    """Arrays of kinds by day and lane, none twice."""
    problem = problem_of(evenings(room, 420, nurses=2))
    prices = long_prices(problem, None, rounds=20)
    assert prices is not None
    columns = columns_of(prices)
    assert len(columns) == 2 and all(row.shape == (21, 2) for rows in columns for row in rows)
    assert all(len({row.tobytes() for row in rows}) == len(rows) > 1 for rows in columns)
    assert {int(kind) for rows in columns for row in rows for kind in row.ravel()} <= {-1, problem.kind_number["E"]}


def test_what_the_law_forbids_of_two_days_is_known(room: Callable[..., Any]) -> None:
    """A night to 07:00 may not be followed by an evening from 18:00 (11 of the 14 hours of rest), an evening may."""
    made = evenings(room, 420)
    made.kind("N", "23:00", "31:00", 30, category="night", break_from="26:00", break_until="29:00")
    problem = problem_of(made)
    table, kind = clashes(problem), problem.kind_number
    assert table[8, kind["N"], kind["E"]] == 1 and table[8, kind["E"], kind["N"]] == 0
    tables = long_bound_tables(problem)
    night, evening = tables.choices.index((kind["N"], -1)), tables.choices.index((kind["E"], -1))
    states = tables.states[0]
    after_night, after_evening = states.memory[states.after[0, [night, evening]]]
    assert states.near[0, 8, after_night, evening] >= FAR and states.near[0, 8, after_evening, evening] == 0
    around = encode_around(problem, encode_duties(problem))
    assert around.minutes[6, kind["N"]].tolist() == [30, 420]  # Sunday's: an hour less the break, seven hours after


def test_the_guided_start_is_lawful_and_covers(room: Callable[..., Any]) -> None:
    """Four nurses of 420 minutes can cover every evening; prices lead there."""
    problem = problem_of(evenings(room, 420))
    prices = long_prices(problem, None, rounds=60)
    assert prices is not None
    tables = long_tables(problem, frozenset())
    start = guided_start(tables, prices, 1)
    assert len({day for _, day, _ in start}) >= 18
    assert int(tables.lawful_state(start).total[0]) < 3 * 3000


def test_what_nobody_can_cover_is_proved_so(room: Callable[..., Any]) -> None:
    """Three evenings are asked at once (equal rows of one and of two are one row) and there is one nurse: two of the
    three stay open on each of 21 days."""
    made = evenings(room, 420, nurses=1)
    made.add("cover", Cover(id="f", organisation="a", weekdays=EVERY_DAY, from_time=1080, until_time=1320, minimum=2))
    assert least_uncovered(problem_of(made), None, 300) == 42
    assert least_uncovered(problem_of(evenings(room, 420, nurses=2)), None, 300) == 0
