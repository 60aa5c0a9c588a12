"""Tables of the next thirteen weeks judge a roster as one instance of half a year would."""

from __future__ import annotations

import random
import runpy
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from optimiser.check.checker import check
from optimiser.daily.next_week import next_week

Rooms = Callable[..., Any]
OF_A_WEEK = runpy.run_path(str(Path(__file__).with_name("test_next_week.py")), run_name="of_a_week")
one_week, with_duties, lawful = (OF_A_WEEK[name] for name in ("one_week", "with_duties", "lawful"))
PERIOD = 13


def half_a_year(rooms: Rooms, seed: int) -> Any:
    """Two nurses with nights, days and standby in blocks over 26 weeks, and sixteen weeks before; the clock changes."""
    dice = random.Random(seed)
    made = rooms(monday=dice.choice((date(2026, 9, 28), date(2026, 12, 28))), weeks=2 * PERIOD,
                 planned_work_in_standby="work")  # fmt: skip
    for name, start, end, pause, fields in OF_A_WEEK["SHAPES"]:
        made.kind(name, start, end, pause, **fields)
    for nurse in ("N1", "N2"):
        made.nurse(nurse, contract_minutes=1440)
        likely = dice.choice((0.5, 0.7, 0.95))
        for day in range(-112, 0):
            if dice.random() < likely:
                made.past(day, *dice.choice((("07:00", "15:30", 30), ("22:30", "31:00", 30))), nurse)
        kind = "M"
        for day in range(14 * PERIOD):
            if dice.random() < 0.3:
                kind = dice.choice("MXNNBP")
            if dice.random() < likely:
                made.duty(nurse, kind, day)
    return made


@pytest.mark.slow
def test_the_law_sees_the_same_over_the_border_of_two_periods(room: Rooms) -> None:
    """What the second period breaks of rests, averages over sixteen weeks, nights and free Sundays of the year is the
    same in one instance of 26 weeks as in the tables that follow thirteen."""
    broken = set()
    for seed in range(4):
        made = half_a_year(room, seed)
        instance, plan, travel = made.instance(), made.plan(), made.matrix()
        earlier = with_duties(plan, 0, 7 * PERIOD, made.monday)
        first = one_week(instance, PERIOD)
        whole = lawful(check(instance, made.contract, travel, plan))
        alone = lawful(check(instance, made.contract, travel, earlier))
        after = next_week(first, earlier, lambda each: each, weeks=PERIOD)
        assert after.weeks == PERIOD
        border = instance.clock.midnight(7 * PERIOD)
        later = with_duties(plan, 7 * PERIOD, 14 * PERIOD, made.monday, border)
        rolled = lawful(check(after, made.contract, travel, later), border)
        assert whole - alone == rolled, (seed, sorted(whole - alone ^ rolled)[:5])
        broken |= {each[0] for each in rolled}
    assert {"nights.sixteen_weeks", "working_time.sixteen_weeks", "on_call.sixteen_weeks"} <= broken, sorted(broken)
