"""The bound of long rosters lies under every plan, and at the best one where nothing is relaxed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from optimiser.domain.duty import Cover
from optimiser.planning import plan, prepare
from optimiser.search.bounds.long_bound import least_uncovered, long_bound, long_prices
from optimiser.search.bounds.long_tables import long_bound_tables
from optimiser.search.encode_duties import encode_duties
from optimiser.search.encode_long import encode_around
from optimiser.search.kernel.long_rows import FAR, cheapest_row
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
    and 2 (240 n - 420) from n = 2 on; n = 7 would cost 2,520, and every one less at least 2,520 more: 3 x 2,520."""
    problem = problem_of(evenings(room, 420, nurses=1))
    found = long_bound(problem, None, rounds=400)
    assert found is not None and 0.97 * 7560 <= found.value <= 7560


def test_the_cheapest_row_minds_weeks_and_neighbours() -> None:
    """Two choices, each worth 10 a day. One unit a week is free, two cost 5, three 100; two in a row cost 8 more.
    A week of 7 days has at best two apart: 20 - 5 = 15; two weeks: -30."""
    price = np.zeros((14, 2), dtype=np.int64)
    price[:, 1] = -10
    next_day = np.zeros((14, 2, 2), dtype=np.int64)
    next_day[:, 1, 1] = 8
    minutes = np.zeros((14, 2, 2), dtype=np.int64)
    minutes[:, 1, 0] = 1
    hours = np.full((2, 9), 100, dtype=np.int64)
    hours[:, :3] = (0, 0, 5)
    least, row = np.empty((15, 4, 9), dtype=np.int64), np.zeros(14, dtype=np.int64)
    away = np.zeros(14, dtype=np.bool_)
    assert cheapest_row(price, next_day, np.zeros_like(next_day), away, minutes, hours, least, row) == -30
    assert row[:7].sum() == 2 and row[7:].sum() == 2 and not (row[1:] & row[:-1]).any()
    price[:, 0] = FAR  # every day must have the duty: three a week and more cost 100 each week, 13 neighbours 8 each
    assert cheapest_row(price, next_day, np.zeros_like(next_day), away, minutes, hours, least, row) == 200 + 104 - 140


def test_what_the_law_forbids_of_two_days_is_known(room: Callable[..., Any]) -> None:
    """A night to 07:00 may not be followed by an evening from 18:00 (11 of the 14 hours of rest), an evening may."""
    made = evenings(room, 420)
    made.kind("N", "23:00", "31:00", 30, category="night", break_from="26:00", break_until="29:00")
    problem = problem_of(made)
    table, kind = clashes(problem), problem.kind_number
    assert table[8, kind["N"], kind["E"]] == 1 and table[8, kind["E"], kind["N"]] == 0
    tables = long_bound_tables(problem)
    night, evening = tables.choices.index((kind["N"], -1)), tables.choices.index((kind["E"], -1))
    assert tables.together[0, 0, 8, night, evening] >= FAR and tables.together[0, 0, 8, evening, evening] == 0
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
