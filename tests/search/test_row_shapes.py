"""The kernel's row shapes by hand: just inside and just outside, and what a row costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from optimiser.domain.duty import Override
from optimiser.domain.people import Availability
from optimiser.domain.row_rules import (
    DayClass,
    DayWord,
    DutyClass,
    FreePeriods,
    GapCount,
    RestParts,
    RowRule,
    RuleId,
    Series,
    WindowSum,
    WordCount,
)
from optimiser.domain.work import Task
from optimiser.search.encode_days import day_letters, kind_letters
from optimiser.search.encode_rows import encode_rows
from optimiser.search.encode_rules import encode_rule, says_something
from optimiser.search.evaluate_livable import count_livable
from optimiser.search.kernel.anneal import price
from optimiser.search.kernel.data import ROW_PRICE, copy_state
from optimiser.search.kernel.rows import row_violations, standby_lawful
from optimiser.search.students import add_students

Rooms = Callable[..., Any]
Given = tuple[Rooms, dict[str, Any]]
HOUR, DAY = 60, 1440
NAME = RuleId("made", "by hand", "N1")
WORK, NIGHT, STANDBY = DutyClass.WORK, DutyClass.NIGHT, DutyClass.STANDBY
WORKPLACE, CONSIGNATIE = DutyClass.WORKPLACE, DutyClass.CONSIGNATIE


def kernel_of(given: Given, duties: str, weeks: int = 2, **person: Any) -> Any:
    """One nurse; each letter of ``duties`` is the kind of a day, a point is none."""
    rooms, parts = given
    room = rooms(weeks=weeks).nurse("N1", **person)
    room.kind("D", "07:00", "15:30", 30).kind("A", "15:00", "23:00", 30, category="evening")
    room.kind("N", "23:00", "31:00", category="night")
    room.kind("S", "23:00", "31:00", category="night", lane="standby")
    room.kind("W", "23:00", "31:00", category="night", lane="standby", at_workplace=True)
    room.kind("C", "17:00", "23:00", category="evening", lane="standby", consignatie=True)
    chosen = [("N1", kind, day) for day, kind in enumerate(duties) if kind != "."]
    return parts["Kernel"](room, chosen)


def judged(kernel: Any, rule: RowRule) -> int:
    """Violations of one rule."""
    return int(row_violations(kernel.data, encode_rows(replace(kernel.problem, rules=(rule,))), kernel.state, 0))


def priced(kernel: Any, *rules: RowRule) -> int:
    """What the row costs by these rules beyond what it costs without."""
    costs = []
    for chosen in ((), rules):
        rows = encode_rows(replace(kernel.problem, rules=chosen))
        state = copy_state(kernel.state)
        price(kernel.data, rows, kernel.duties, state)
        costs.append(int(state.row[0, ROW_PRICE]))
    return costs[1] - costs[0]


@pytest.mark.parametrize(
    ("rule", "duties", "broken"),
    [
        # N ends 07:00, A begins 15:00: 8 hours; D then ends 15:30, N begins 23:00: one dienst
        (GapCount(NAME, NIGHT, 0, 9 * HOUR), "NA", 1),
        (GapCount(NAME, NIGHT, 0, 9 * HOUR, but=NIGHT), "NA", 0),
        (GapCount(NAME, WORK, 0, 9 * HOUR, then=NIGHT), "NA", 0),
        (GapCount(NAME, WORK, 0, 17 * HOUR, then=NIGHT), "NN", 1),  # 07:00 to 23:00: 16 hours
        (GapCount(NAME, WORK, 0, 17 * HOUR, then=WORKPLACE), "NN", 0),
        (GapCount(NAME, WORK, 0, 17 * HOUR, then=WORKPLACE), "NW", 1),
        (WindowSum(NAME, "minutes", "dienst", 7 * HOUR), "W", 1),
        (WindowSum(NAME, "minutes", "dienst", 7 * HOUR, but=WORKPLACE), "W", 0),
        (WordCount(NAME, STANDBY, 2, 7 * DAY), "SWC", 1),
        (WordCount(NAME, CONSIGNATIE, 2, 7 * DAY), "SWC", 0),
        (WordCount(NAME, CONSIGNATIE, 2, 7 * DAY), "CCC", 1),
        # from 17:00: after three of 6 hours with 18 hours between, 7 x 24 h less 54 h leave 4 whole days, not 5
        (FreePeriods(NAME, CONSIGNATIE, CONSIGNATIE, 7 * DAY, DAY, 4), "CCC", 0),
        (FreePeriods(NAME, CONSIGNATIE, CONSIGNATIE, 7 * DAY, DAY, 5), "CCC", 1),
        # from Tuesday 17:00 five days, called on until 23:00: 114 hours; with Thursday's work 32 and 73.5 hours
        (FreePeriods(NAME, CONSIGNATIE, WORK | CONSIGNATIE, 5 * DAY, 2 * DAY, 2), ".C", 0),
        (FreePeriods(NAME, CONSIGNATIE, WORK | CONSIGNATIE, 5 * DAY, 2 * DAY, 2), ".C.D", 1),
        # from Monday 23:00: 8 hours, then 160 hours of rest: 24 and (160 - 24) // 11 = 12 parts
        (RestParts(NAME, WORKPLACE, 7 * DAY, DAY, 11 * HOUR, 12), "W", 0),
        (RestParts(NAME, WORKPLACE, 7 * DAY, DAY, 11 * HOUR, 13), "W", 1),
        (RestParts(NAME, WORKPLACE, 7 * DAY, DAY, 11 * HOUR, 13), "N", 0),
        # seven nights on end leave 16 hours between them and no time of 24
        (RestParts(NAME, WORKPLACE, 7 * DAY, DAY, 11 * HOUR, 1), "WWWWWWW", 1),
        (WindowSum(NAME, "sundays", "weeks", 0, 0, 0), "......D", 1),
        (WindowSum(NAME, "sundays", "weeks", 0, 0, 0), ".....N", 1),  # until Sunday 07:00
        (WindowSum(NAME, "sundays", "weeks", 0, 0, 0), ".....D", 0),
        (WindowSum(NAME, "night_minutes", "weeks", 6 * HOUR, 0, 0), "N", 0),
        (WindowSum(NAME, "night_minutes", "weeks", 6 * HOUR - 1, 0, 0), "N", 1),
        (WindowSum(NAME, "nights", "weeks", 1, 0, 0), "NN", 1),
        (WindowSum(NAME, "workplace", "weeks", 1, 0, 0), "WW", 1),
        (WindowSum(NAME, "workplace", "weeks", 1, 0, 0), "WS", 0),
        (WindowSum(NAME, "minutes", "weeks", 8 * HOUR, 0, 0, when="nights", at_least=2), "ND", 0),
        (WindowSum(NAME, "minutes", "weeks", 8 * HOUR, 0, 0, when="nights", at_least=1), "ND", 1),
        (WindowSum(NAME, "minutes", "weeks", 7 * HOUR, 0, 0, when="standby_nights", at_least=1), "DS", 1),
        (WindowSum(NAME, "minutes", "weeks", 7 * HOUR, 0, 0, when="standby_nights", at_least=1), "DC", 0),
        (DayWord(NAME, (DayClass.LATE, DayClass.EARLY)), "AD", 1),
        (DayWord(NAME, (DayClass.LATE, DayClass.EARLY)), "ND", 0),  # a night is not late
        (DayWord(NAME, (DayClass.STANDBY, DayClass.FREE)), "S.D.", 1),
        (DayWord(NAME, (DayClass.FREE, DayClass.DUTY)), "D", 1),  # the day before the horizon is free
        (DayWord(NAME, (DayClass.DUTY, DayClass.FREE)), ".............D", 0),  # nothing is known of the day after it
    ],
)
def test_shapes(rooms_and_kernel: Given, rule: RowRule, duties: str, broken: int) -> None:
    """Each shape with its new parameters."""
    assert judged(kernel_of(rooms_and_kernel, duties), rule) == broken


def test_a_rule_that_no_plan_breaks_is_left_out() -> None:
    """Two weeks hold two Sundays: three is no limit; with a condition that cannot come true neither is one."""
    assert not says_something(WindowSum(NAME, "sundays", "weeks", 2, 0, 1))
    assert says_something(WindowSum(NAME, "sundays", "weeks", 1, 0, 1))
    assert not says_something(WindowSum(NAME, "sundays", "weeks", 1, 0, 1, when="nights", at_least=17))
    assert encode_rule(DayWord(NAME, (1, 2)), 7, 5) == [10, 7, 5, 2, 0, 0, 0, 0, 0, 0]


def test_terms_cost_their_weight(rooms_and_kernel: Given) -> None:
    """Early after late 30, long row 30, single free day 10, days after nights 40, duties 20, weekends 60."""
    late = DayWord(NAME, (DayClass.LATE, DayClass.EARLY), "early_after_late")
    assert priced(kernel_of(rooms_and_kernel, "AD"), late) == 30
    row = DayWord(NAME, (DayClass.DUTY,) * 6, "long_row")
    assert priced(kernel_of(rooms_and_kernel, "DDDDDDD"), row) == 60  # two days beyond five
    alone = DayWord(NAME, (DayClass.DUTY, DayClass.FREE, DayClass.DUTY), "lone_day_off")
    assert priced(kernel_of(rooms_and_kernel, "D.D"), alone) == 10
    nights = Series(NAME, NIGHT, gap=2 * DAY, length=1, rest_after=2 * DAY, term="few_days_after_nights")
    assert priced(kernel_of(rooms_and_kernel, "N.D"), nights) == 40  # Tuesday 07:00 to Wednesday 07:00
    assert priced(kernel_of(rooms_and_kernel, "N..A"), nights) == 0  # to Thursday 15:00: 56 hours
    many = WindowSum(NAME, "duties", "weeks", 2, 0, 0, term="many_duties")
    assert priced(kernel_of(rooms_and_kernel, "DDD.D"), many) == 40
    weekends = WindowSum(NAME, "weekends", "weeks", 0, 0, 1, term="few_free_weekends")
    assert priced(kernel_of(rooms_and_kernel, ".....D.......D"), weekends) == 120
    # Friday until 23:00 and Monday from 07:00: 56 hours around the weekend, 60 are asked
    assert priced(kernel_of(rooms_and_kernel, "....A..D"), weekends) == 60
    assert priced(kernel_of(rooms_and_kernel, "....A..A"), weekends) == 0  # to 15:00: 64 hours


def test_a_duty_has_a_price_of_its_own(rooms_and_kernel: Given) -> None:
    """Three on Monday's duty of the second kind, at the weight of a split duty (20)."""
    kernel = kernel_of(rooms_and_kernel, "A")
    prices = np.zeros((1, 14, 6), dtype=np.int32)
    prices[0, 0, 1] = 3
    before = int(kernel.state.row[0, ROW_PRICE])
    rows = encode_rows(replace(kernel.problem, duty_prices={"split_duty": prices}))
    price(kernel.data, rows, kernel.duties, kernel.state)
    assert int(kernel.state.row[0, ROW_PRICE]) == before + 60


def test_letters_of_days(rooms_and_kernel: Given) -> None:
    """Leave, another employer's day, and a duty known after the horizon: the day before it is known to be free."""
    rooms, _ = rooms_and_kernel
    room = rooms(weeks=1).nurse("N1").kind("D", "07:00", "15:30").past(1, "09:00", "12:00", employer="x")
    room.past(8, "15:00", "23:00")
    room.add("availability", Availability(nurse="N1", kind="leave", first=room.day(2), last=room.day(3)))
    letters = day_letters(room.instance(), 4)[0]
    free, away = DayClass.FREE, DayClass.AWAY
    evening = DayClass.DUTY | DayClass.LATE
    assert list(letters[:, 0]) == [free] * 4 + [0, away, away, free, free, free, free, evening, 0]
    assert list(letters[:, 1]) == [0] * 11 + [evening, 0]
    assert kind_letters(room.instance())[0, 0] == DayClass.DUTY | DayClass.EARLY


def test_turn_outs_are_overtime(rooms_and_kernel: Given) -> None:
    """A contract of one hour, 90 minutes of visits in standby: 30 minutes of overtime in the price of the row."""
    rooms, parts = rooms_and_kernel
    room = rooms(weeks=1).nurse("N1", contract_minutes=60, level=5)
    room.kind("S", "17:00", "23:00", lane="standby", category="evening", carries_route=True)
    room.visit("V1", 0, "18:00", "20:00", 60).visit("V2", 0, "21:30", "22:30", 30)
    kernel = parts["Kernel"](room, [("N1", "S", 0)])
    kernel.put(kernel.slot("N1", 0, lane="standby"), "V1", "V2")
    before = int(kernel.state.row[0, ROW_PRICE])
    price(kernel.data, kernel.rows, kernel.duties, kernel.state)
    weights = kernel.instance.weights
    # nobody asked for the standby
    assert before == 6 * weights.undertime + weights.surplus_standby
    assert int(kernel.state.row[0, ROW_PRICE]) == 30 * weights.overtime + weights.surplus_standby


def test_work_that_goes_can_break_a_rule(rooms_and_kernel: Given) -> None:
    """A meeting until 17:15, an evening from 17:30 to 23:00, a visit in standby at 23:21: pauses of 15 and 21 minutes
    are the half hour that 7 hours at work ask. Without the visit there is one of 15 for 6.5 hours: taking it is
    refused, though the row was lawful and standby without work adds nothing to it."""
    rooms, parts = rooms_and_kernel
    room = rooms(weeks=1).nurse("N1", contract_minutes=1800, level=5)
    room.kind("A", "17:30", "23:00", category="evening", carries_route=True)
    room.kind("S", "23:00", "31:00", lane="standby", category="night", carries_route=True)
    room.visit("V1", 0, "23:21", "23:51", 30)
    room.add("tasks", Task(
        id="T1", kind="meeting", organisation="a", nurse="N1", day=room.day(0), from_time=975, until_time=1035,
        minutes=60, in_route=False,
    ))  # fmt: skip
    kernel = parts["Kernel"](room, [("N1", "A", 0), ("N1", "S", 0)])
    slot = kernel.slot("N1", 0, lane="standby")
    kernel.put(slot, "V1")
    price(kernel.data, kernel.rows, kernel.duties, kernel.state)
    assert row_violations(kernel.data, kernel.rows, kernel.state, 0) == 0
    assert standby_lawful(kernel.data, kernel.rows, kernel.state, slot)
    kernel.take("V1")
    assert row_violations(kernel.data, kernel.rows, kernel.state, 0) == 1
    assert not standby_lawful(kernel.data, kernel.rows, kernel.state, slot)


def test_a_student_under_age_keeps_her_own_limits(rooms_and_kernel: Given) -> None:
    """Her companion works early, late and early: at 16 she goes along on the two early days only."""
    rooms, parts = rooms_and_kernel
    room = rooms(weeks=1).nurse("N0", contract_minutes=1800)
    room.nurse("N1", contract_minutes=1800, experience="student", companion="N0", born=date(2010, 6, 1))
    room.kind("D", "07:00", "15:30", 30).kind("A", "15:00", "23:30", 30, category="evening")
    kernel = parts["Kernel"](room, [("N0", "D", 0), ("N0", "A", 2), ("N0", "D", 4)])
    add_students(kernel.problem, kernel.data, kernel.rows, kernel.duties, kernel.state, frozenset())
    assert [int(kind) for kind in kernel.state.duty[1, :, 0]] == [0, -1, -1, -1, 0, -1, -1]
    assert row_violations(kernel.data, kernel.rows, kernel.state, 1) == 0


def test_a_plan_holds_what_was_set_aside(rooms_and_kernel: Given) -> None:
    """The overrides of the tables go into the plan; the livable terms of an empty plan are all nothing."""
    rooms, parts = rooms_and_kernel
    room = rooms(weeks=1).nurse("N1").kind("D", "07:00", "15:30", 30)
    row = Override(rule="seniors.night", first=room.day(0), last=room.day(6), reason="agreed with her")
    kernel = parts["Kernel"](room.add("overrides", row))
    plan = kernel.plan()
    assert plan.overrides == (row,)
    counts = dict.fromkeys(("early_after_late", "lone_day_off", "long_row", "few_days_after_nights", "split_duty",
                            "evening_before_leave", "many_duties", "few_free_weekends"), 0)  # fmt: skip
    count_livable(kernel.instance, plan, counts)
    assert not any(counts.values())
