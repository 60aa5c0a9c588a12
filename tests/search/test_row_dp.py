"""The best week of one nurse: against every week, by hand, and with nothing else touched."""

from __future__ import annotations

import random
import runpy
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optimiser.search.encode_duties import roster_of, roster_state
from optimiser.search.kernel.anneal import _reprice_duties, left_out
from optimiser.search.kernel.cells import set_duty
from optimiser.search.kernel.data import (
    INFINITE,
    ROUTE_COUNT,
    ROW_ACCEPTED,
    ROW_PRICE,
    SCRATCH_ROW,
    SLOT_LOCKED,
    SLOT_WORK,
    WIDE_MINUTES,
    WIDE_PLANNED,
    WIDE_WORTH,
    State,
    copy_state,
)
from optimiser.search.kernel.duty_moves import overlaps
from optimiser.search.kernel.random_state import seeded
from optimiser.search.kernel.recreate import recreate
from optimiser.search.kernel.row_bound import UNIT, least_hours, list_minutes, take_cheapest
from optimiser.search.kernel.row_dp import FOUND, best_row, move_row
from optimiser.search.kernel.row_values import day_worth
from optimiser.search.kernel.rows import reprice, reprice_touched, row_violations
from optimiser.search.kernel.undo import new_journal, open_journal, take_back
from optimiser.search.part import recount
from optimiser.search.start import drop_violations

Builders = tuple[Callable[..., Any], dict[str, Any]]
ROWS = runpy.run_path(str(Path(__file__).with_name("test_rows_agree.py")), run_name="test_rows_agree")
MADE = runpy.run_path(str(Path(__file__).parents[1] / "agreement" / "random_problems.py"), run_name="random_problems")
ANY_ROOM = 10**7
"""More than any week can cost."""


def live(state: State) -> list[np.ndarray]:
    """All of a state that means something, copied."""
    inside = np.arange(state.stops.shape[1]) < state.route[:, ROUTE_COUNT, None]
    tables = (state.duty, state.slot, state.route, state.job, state.total, state.row)
    return [*(table.copy() for table in tables), state.stops * inside, state.label * inside[:, :, None]]


def same(one: list[np.ndarray], other: list[np.ndarray]) -> bool:
    """Whether two copies are equal."""
    return all(np.array_equal(first, second) for first, second in zip(one, other, strict=True))


def judged(kernel: Any, state: State, nurse: int) -> int:
    """Price of a row as it stands, by the functions that the search uses elsewhere; INFINITE when it may not be."""
    if any(overlaps(kernel.data, state, nurse, day) for day in range(kernel.data.days)):
        return int(INFINITE)
    if row_violations(kernel.data, kernel.rows, state, nurse) > state.row[nurse, ROW_ACCEPTED]:
        return int(INFINITE)
    reprice(kernel.data, kernel.rows, state, nurse)
    return int(state.row[nurse, ROW_PRICE])


def by_enumeration(kernel: Any, nurse: int, week: int, worth: np.ndarray) -> tuple[int, int]:
    """What the cheapest other lawful week costs more than the present one, and how many weeks there are."""
    state, first = copy_state(kernel.state), 7 * week
    journal = new_journal(kernel.data, state)
    present = tuple(int(kind) + 1 for kind in state.duty[nurse, first : first + 7, 0])
    now, best, number = judged(kernel, copy_state(state), nurse), int(INFINITE), 0
    own = kernel.rows.price[nurse, first : first + 7]
    for row in product(*[np.flatnonzero(day < INFINITE).tolist() for day in worth]):
        number += 1
        if row == present:
            continue
        open_journal(journal, state)
        for day, option in enumerate(row):
            if option != present[day]:
                set_duty(kernel.data, kernel.duties, state, journal, nurse, first + day, 0, option - 1)
        price = judged(kernel, state, nurse)
        if price < INFINITE:
            days = sum(int(worth[day, option]) for day, option in enumerate(row))
            days -= sum(int(own[day, option - 1]) for day, option in enumerate(row) if option > 0)
            best = min(best, days + price - now)
        take_back(journal, state)
    return best, number


def some_worth(kernel: Any, nurse: int, week: int, dice: random.Random, options: int) -> np.ndarray:
    """Random worth of the present duty and of a few others on each day."""
    kinds = len(kernel.duties.kind_lane)
    worth = np.full((7, kinds + 1), int(INFINITE))
    for index in range(7):
        day = 7 * week + index
        present = int(kernel.state.duty[nurse, day, 0])
        worth[index, present + 1] = kernel.rows.price[nurse, day, present] if present >= 0 else 0
        may = [0, *(1 + kind for kind in range(kinds)
                    if kernel.duties.kind_lane[kind] == 0 and kernel.duties.allowed[nurse, day, kind])]  # fmt: skip
        for option in dice.sample(may, min(len(may), options)):
            if option != present + 1 and not kernel.duties.pinned[nurse, day, 0]:
                worth[index, option] = dice.randint(-150, 250)
    return worth


def kernel_of(builders: Builders, seed: int) -> Any:
    """Two weeks of eight nurses with a past, rows as lawful as they can be."""
    rooms, parts = builders
    dice = random.Random(seed)
    room = ROWS["random_rows"](rooms, seed)
    kernel = parts["Kernel"](room, ROWS["random_duties"](room, dice))
    if seed % 2:
        # minutes that are not whole units
        work = kernel.duties.kind_slot[:, :, :, SLOT_WORK]
        work[work > 0] -= np.random.default_rng(seed).integers(0, 2 * UNIT, (work > 0).sum())
        kernel.state = roster_state(kernel.problem, kernel.data, kernel.duties, roster_of(kernel.problem, kernel.state))
    drop_violations(kernel.problem, kernel.data, kernel.rows, kernel.duties, kernel.state)
    recount(kernel.data, kernel.rows, kernel.duties, kernel.state)
    return kernel


def held_against_every_week(builders: Builders, seed: int) -> tuple[int, int]:
    """One nurse and week of a random problem; returns how many weeks there were, and whether one was found."""
    dice = random.Random(seed)
    kernel = kernel_of(builders, seed)
    nurse, week = dice.randrange(8), dice.randrange(2)
    worth = some_worth(kernel, nurse, week, dice, 2)
    expected, number = by_enumeration(kernel, nurse, week, worth)
    state, before = kernel.state, live(kernel.state)
    journal = new_journal(kernel.data, state)
    state.wide[WIDE_WORTH : WIDE_WORTH + 7, : worth.shape[1]] = worth
    found = int(best_row(kernel.data, kernel.rows, kernel.duties, state, journal, nurse, week, 7, ANY_ROOM))
    assert same(before, live(state))
    assert found == expected
    # with no room for it there is none
    again = int(best_row(kernel.data, kernel.rows, kernel.duties, state, journal, nurse, week, 7, expected))
    assert again == INFINITE
    return number, expected < INFINITE


@pytest.mark.slow
@pytest.mark.parametrize("seeds", [range(0, 3), range(8, 11)], ids=str)
def test_no_other_week_is_cheaper(rooms_and_kernel: Builders, seeds: range) -> None:
    """Every week of some options a day, judged and priced one by one: the cheapest lawful one is found. Rows with a
    past, standby, meetings and nights into the next week; the state is left as it was."""
    done = [held_against_every_week(rooms_and_kernel, seed) for seed in seeds]
    assert max(number for number, _ in done) > 200
    assert sum(found for _, found in done) >= 2


def test_where_no_other_week_is_lawful_none_is_found(rooms_and_kernel: Builders) -> None:
    """Not even with endless room: an unlawful week once came out as one that costs nearly the largest number."""
    number, found = held_against_every_week(rooms_and_kernel, 152)
    assert number > 200 and not found


@pytest.mark.slow
@pytest.mark.parametrize("seeds", [range(100, 108)], ids=str)
def test_no_other_week_is_cheaper_at_length(rooms_and_kernel: Builders, seeds: range) -> None:
    """Eight more."""
    for seed in seeds:
        held_against_every_week(rooms_and_kernel, seed)


def moved(kernel: Any, state: State, journal: Any, dice: np.ndarray) -> int:
    """Move a row as the search does, put work back and price; returns how many cells changed, -1 when none may."""
    bank = np.zeros(len(kernel.data.unit_from), dtype=np.int64)
    open_journal(journal, state)
    number = left_out(kernel.data, state, bank)
    number = move_row(kernel.data, kernel.rows, kernel.duties, state, journal, bank, number, ANY_ROOM, dice)
    if number < 0:
        return -1
    waiting = np.zeros_like(bank)
    assert set(bank[:number].tolist()) == set(waiting[: left_out(kernel.data, state, waiting)].tolist())
    _reprice_duties(kernel.duties, state)
    recreate(kernel.data, kernel.rows, state, journal, bank, number, dice)
    reprice_touched(kernel.data, kernel.rows, state, journal)
    return int(journal.sizes[3])


@pytest.mark.parametrize("seed", range(8))
def test_the_total_follows_and_everything_can_be_taken_back(rooms_and_kernel: Builders, seed: int) -> None:
    """On random teams with frozen days, published duties and tied work: after a move the total is that of counting
    from nothing, rows are as lawful as before, pinned cells and locked routes are as they were; taken back, nothing is
    left of it."""
    recipe = MADE["Recipe"](
        seed=seed, nurses=5, days=7, visits=30, pairs=True, rings=1, links=3, tasks=2, standby=True, pauses=True,
        people=True, published=2, entered=2, frozen_days=seed % 3, parent=seed % 2 == 1,
        holidays=seed % 2 == 0,
    )  # fmt: skip
    kernel = MADE["begun"](recipe, *rooms_and_kernel)
    recount(kernel.data, kernel.rows, kernel.duties, kernel.state)
    state, dice, changed = kernel.state, seeded(seed), 0
    journal = new_journal(kernel.data, state)
    for step in range(12):
        before, locked = live(state), state.slot[:, SLOT_LOCKED] == 1
        held = state.stops * (np.arange(state.stops.shape[1]) < state.route[:, ROUTE_COUNT, None])
        pinned = kernel.duties.pinned
        done = moved(kernel, state, journal, dice)
        if done > 0:
            changed += done
            assert int(state.total[0]) == kernel.recomputed(state)
            after = state.stops * (np.arange(state.stops.shape[1]) < state.route[:, ROUTE_COUNT, None])
            frozen = locked & (before[2][:, ROUTE_COUNT] > 0)
            assert np.array_equal(held[frozen], after[frozen])
            assert np.array_equal(before[0][pinned], state.duty[pinned])
            assert (before[0] != state.duty)[:, :, 0].any(axis=1).sum() == 1
            assert np.array_equal(before[0][:, :, 1], state.duty[:, :, 1])
            rows = range(len(state.duty))
            assert all(int(row_violations(kernel.data, kernel.rows, state, row)) <= before[5][row, 0] for row in rows)
        if step % 2 == 0 or done < 0:
            take_back(journal, state)
            assert same(before, live(state))
    assert changed > 0


def test_the_worth_of_a_day_by_hand(rooms_and_kernel: Builders) -> None:
    """N1 has K, 08:00-13:00, with one visit at 09:00; another at 15:00 is left out. Trips take 10 minutes, also from
    and to her home. Without K the first is left out too: 1000 for it, less the 20 of its legs = 980. The long W,
    08:00-18:00, takes both: 10 minutes between them more, 15:00 - 9:30 - 10 - 15 free = 305 of waiting, 1000 less.
    The late A, 14:00-18:00, takes the second only: one is left out either way, its legs cost the same 20: 0."""
    rooms, parts = rooms_and_kernel
    small = rooms().nurse().kind("K", "08:00", "13:00", carries_route=True)
    small.kind("W", "08:00", "18:00", carries_route=True).kind("A", "14:00", "18:00", carries_route=True)
    small.visit("v", 0, "09:00", "09:30", 30).visit("w", 0, "15:00", "15:30", 30)
    kernel = parts["Kernel"](small, [("N1", "K", 0)])
    kernel.put(kernel.slot("N1", 0), "v")
    data, state, journal = kernel.data, kernel.state, new_journal(kernel.data, kernel.state)
    bank, worth = np.zeros(2, dtype=np.int64), np.zeros(state.wide.shape[1], dtype=np.int64)
    before = live(state)
    number = left_out(data, state, bank)
    day_worth(data, kernel.rows, kernel.duties, state, journal, 0, 0, bank, number, worth, seeded(1))
    assert same(before, live(state))
    kind = kernel.problem.kind_number
    assert [int(worth[0]), *(int(worth[kind[name] + 1]) for name in "KWA")] == [980, 0, -685, 0]


def test_undertime_and_a_visit_bring_a_duty(rooms_and_kernel: Builders) -> None:
    """A contract of 10 hours and one duty of 5, on Monday, with a visit; another on Tuesday is left out. The best week
    has K on both days: the visit costs 20 minutes of travel, and nothing is short: 300 / 10 of undertime and 1000
    less, 20 more. On any other day K would gain the 30 only."""
    rooms, parts = rooms_and_kernel
    small = rooms().nurse(contract_minutes=600).kind("K", "08:00", "13:00", carries_route=True)
    small.visit("u", 0, "09:00", "09:30", 30).visit("v", 1, "09:00", "09:30", 30)
    kernel = parts["Kernel"](small, [("N1", "K", 0)])
    kernel.put(kernel.slot("N1", 0), "u")
    state, journal, total = kernel.state, new_journal(kernel.data, kernel.state), int(kernel.state.total[0])
    assert moved(kernel, state, journal, seeded(1)) == 1
    assert np.flatnonzero(state.duty[0, :, 0] >= 0).tolist() == [0, 1]
    assert int(state.scratch[SCRATCH_ROW + FOUND, 1]) == 1
    assert int(state.total[0]) - total == 20 - 1000 - 30


def test_pinned_days_have_one_option(rooms_and_kernel: Builders) -> None:
    """A published duty is worth its own price, everything else is impossible."""
    rooms, parts = rooms_and_kernel
    kernel = kernel_of((rooms, parts), 3)
    kernel.duties.pinned[:] = True
    kinds, state = len(kernel.duties.kind_lane), kernel.state
    journal, bank = new_journal(kernel.data, state), np.zeros(1, dtype=np.int64)
    for nurse in range(8):
        for day in range(7):
            worth, present = np.zeros(state.wide.shape[1], dtype=np.int64), int(state.duty[nurse, day, 0])
            day_worth(kernel.data, kernel.rows, kernel.duties, state, journal, nurse, day, bank, 0, worth, seeded(0))
            own = 0 if present < 0 else int(kernel.rows.price[nurse, day, present])
            assert [(option, int(cost)) for option, cost in enumerate(worth[: kinds + 1]) if cost < INFINITE] == [
                (present + 1, own)
            ]


def test_the_least_price_of_hours_between_two_bounds(rooms_and_kernel: Builders) -> None:
    """No price when the target lies between; else that of the nearer bound, which for equal bounds is the price."""
    kernel = kernel_of(rooms_and_kernel, 1)
    rows, goal = kernel.rows, int(kernel.rows.target[0, 1])
    assert least_hours(rows, 0, 1, goal - 60, goal + 60) == 0
    assert least_hours(rows, 0, 1, goal + 30, goal + 90) == 30 * rows.overtime
    assert least_hours(rows, 0, 1, goal - 300, goal - 65) == 6 * rows.undertime
    assert least_hours(rows, 0, 2, 0, 0) == 0


def test_units_of_work_by_week(rooms_and_kernel: Builders) -> None:
    """N, 23:00-31:00 with a break of 30: 450 minutes are 90 units; on Sunday 420 lie in the week after, 30 are left: 6
    units. X, 18:00-27:00, 510 minutes: on Sunday 180 after, so 330: 66 units. At most 7 hours fall into the week after.
    Her present duties are taken off what is planned: N on Sunday leaves 100 - 30 and 500 - 420. With 3 minutes less,
    7 x 2 are lost by rounding. A duty of a day and night has too many units, and is no option."""
    rooms, parts = rooms_and_kernel
    small = rooms(weeks=2).nurse().kind("N", "23:00", "31:00", 30).kind("X", "18:00", "27:00", 30)
    small.kind("Z", "00:00", "23:59", 0)
    kernel = parts["Kernel"](small, [("N1", "N", 6)])
    state, number = kernel.state, kernel.problem.kind_number

    def listed() -> tuple[int, int, int]:
        state.wide[WIDE_PLANNED, :2] = 100, 500
        state.wide[WIDE_WORTH : WIDE_WORTH + 7, :4] = 0
        answer = list_minutes(kernel.rows, kernel.duties, state, 0, 0, 7)
        return tuple(int(each) for each in answer)  # type: ignore[return-value]

    assert listed() == (6 * 102 + 66, 0, 420)
    table = state.wide[WIDE_MINUTES : WIDE_MINUTES + 7]
    assert [int(table[0, number[name] + 1]) for name in "NX"] == [90, 102]
    assert [int(table[6, number[name] + 1]) for name in "NX"] == [6, 66]
    assert state.wide[WIDE_PLANNED, :2].tolist() == [70, 80]
    assert (state.wide[WIDE_WORTH : WIDE_WORTH + 7, number["Z"] + 1] == INFINITE).all()
    kernel.duties.kind_slot[:, number["X"], 0, SLOT_WORK] -= 3
    assert listed() == (6 * 101 + 65, 7 * 2, 420)


def test_the_cheapest_open_week_comes_last() -> None:
    """Of open weeks the one with the smallest key is put last, with all that is known of it; the rest stays open."""
    weeks = np.array([[5, 3, 9, 4], [50, 30, 90, 40], [1, 2, 3, 4], [0, 0, 0, 0]])
    order = []
    for used in range(4, 0, -1):
        assert take_cheapest(weeks, used) == used - 1
        order.append((int(weeks[0, used - 1]), int(weeks[1, used - 1])))
    assert order == [(3, 30), (4, 40), (5, 50), (9, 90)]
