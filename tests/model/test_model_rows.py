"""Each row rule alone, over fixed literals: what it forbids and what it leaves, just inside and just outside."""

from __future__ import annotations

import pytest
from ortools.sat.python import cp_model

from optimiser.domain.row_rules import (
    DutyClass,
    Exclusion,
    GapCount,
    Pauses,
    RestBlocks,
    RowRule,
    RuleId,
    Series,
    WindowSum,
    WordCount,
)
from optimiser.model.blocks import Block
from optimiser.model.row import Calendar, Row
from optimiser.model.rows import add_rule

HOUR, DAY = 60, 1440
WORK, NIGHT, STANDBY = DutyClass.WORK, DutyClass.WORK | DutyClass.NIGHT | DutyClass.LATE_NIGHT, DutyClass.STANDBY
ID = RuleId("rule", "test")

REST = GapCount(ID, WORK, 0, 11 * HOUR, window=7 * DAY, within_day=True)
AFTER_NIGHT = GapCount(ID, DutyClass.LATE_NIGHT, 0, 14 * HOUR)
SERIES_REST = Series(ID, DutyClass.NIGHT, 46 * HOUR, 3, rest_after=46 * HOUR)
SERIES_LENGTH = Series(ID, WORK, 36 * HOUR, 7, holds=DutyClass.NIGHT)
WEEKLY = RestBlocks(ID, 7 * DAY, 36 * HOUR, 14 * DAY, 72 * HOUR, 32 * HOUR)
DIENST = WindowSum(ID, "minutes", "dienst", 10 * HOUR)
NIGHT_LENGTH = WindowSum(ID, "minutes", "night", 10 * HOUR)
WEEK = WindowSum(ID, "minutes", "weeks", 60 * HOUR, 0, 0)
CALLS = WindowSum(ID, "minutes", "day", 13 * HOUR)
ON_CALL = WordCount(ID, STANDBY, 3, 7 * DAY)
AROUND = Exclusion(ID, 11 * HOUR, 14 * HOUR)
BREAKS = Pauses(ID, 330, 30, 600, 45, 15)

Shape = tuple[float, float, DutyClass, int]
"""Start and end in hours, class, and break minutes (or expected calls of standby)."""


def allowed(rule: RowRule, *shapes: Shape) -> bool:
    """Whether the model lets all these blocks be there at once, with the one rule in it."""
    model = cp_model.CpModel()
    blocks = []
    for number, (start, end, kind, minutes) in enumerate(shapes):
        literal = model.new_bool_var(f"block.{number}")
        model.add(literal == 1)
        low, high = round(start * HOUR), round(end * HOUR)
        standby = kind == STANDBY
        blocks.append(
            Block(low, high, 0 if standby else high - low - minutes, kind, literal, minutes if standby else 0)
        )
    add_rule(rule, Row(model, blocks, Calendar([0, 7 * DAY, 14 * DAY]), 8 * HOUR, "n"))
    status = cp_model.CpSolver().solve(model)
    assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE)
    return bool(status != cp_model.INFEASIBLE)


def work(start: float, end: float, pause: int = 30) -> Shape:
    """A work block by the hours since Monday 00:00."""
    return start, end, WORK, pause


def night(day: int) -> Shape:
    """23:00 to 07:00."""
    return 24 * day + 23, 24 * day + 31, NIGHT, 30


def days(*numbers: int) -> tuple[Shape, ...]:
    """07:00 to 15:30 on these days."""
    return tuple(work(24 * day + 7, 24 * day + 15.5) for day in numbers)


def watch(start: float, end: float, calls: int = 0) -> Shape:
    """Standby from home."""
    return start, end, STANDBY, calls


@pytest.mark.parametrize(
    ("rule", "shapes", "expected"),
    [
        # 23:00 to 10:00 is 11 hours
        (REST, (work(15, 23), work(34, 40)), True),
        (REST, (work(15, 23), work(33.9, 40)), False),
        # a gap under 8 hours makes one dienst; 07:00 to 20:00 leaves 11 hours of its day, to 20:30 does not
        (REST, (work(7, 11, 0), work(16, 20, 0)), True),
        (REST, (work(7, 11, 0), work(16, 20.5, 0)), False),
        # a night until 07:00, then 21:00 (V9 of the labour rules) or a minute earlier
        (AFTER_NIGHT, (night(0), work(45, 53)), True),
        (AFTER_NIGHT, (night(0), work(45 - 1 / 60, 53)), False),
        (AFTER_NIGHT, (work(7, 15), work(23, 31)), True),  # no night before it
        # three nights, then 46 hours: Thursday 07:00 (79) to Saturday 05:00 (125)
        (SERIES_REST, (night(0), night(1), night(2), work(125, 133)), True),
        (SERIES_REST, (night(0), night(1), night(2), work(124.9, 133)), False),
        (SERIES_REST, (night(0), night(1), work(55 + 30, 55 + 38)), True),  # two nights: V8d
        # seven diensten in a row that hold a night, or eight
        (SERIES_LENGTH, tuple(night(day) for day in range(7)), True),
        (SERIES_LENGTH, tuple(night(day) for day in range(8)), False),
        (SERIES_LENGTH, (*days(0, 1, 2, 3, 4, 5), night(6)), True),
        (SERIES_LENGTH, (*days(0, 1, 2, 3, 4, 5, 6), night(7)), False),
        (SERIES_LENGTH, days(*range(9)), True),  # no night in it
        # eleven days, then free: 72 hours in 14 days (V10d); twelve: 64 (V10b)
        (WEEKLY, days(*range(11)), True),
        (WEEKLY, days(*range(12)), False),
        (WEEKLY, days(0, 1, 2, 3, 4, 7, 8, 9, 10, 11), True),
        # 10 hours of work and one minute more
        (DIENST, (work(7, 17.5, 30),), True),
        (DIENST, (work(7, 17.5, 29),), False),
        (DIENST, (work(7, 12, 0), work(14, 19, 0)), True),
        (DIENST, (work(7, 12, 0), work(14, 19.1, 0)), False),
        (DIENST, (work(7, 12, 0), work(20, 25.1, 0)), True),  # 8 hours between: two diensten
        (NIGHT_LENGTH, ((21, 31.5, NIGHT, 30),), True),
        (NIGHT_LENGTH, ((21, 31.5, NIGHT, 29),), False),
        (NIGHT_LENGTH, (work(7, 18, 0),), True),  # no night
        # five of 12 hours are 60
        (WEEK, tuple(work(24 * day + 7, 24 * day + 19, 0) for day in range(5)), True),
        (WEEK, (*(work(24 * day + 7, 24 * day + 19, 0) for day in range(5)), work(127, 127.1, 0)), False),
        # Sunday 23:00 to 07:00: one hour in this week
        (WEEK, (*(work(24 * day + 7, 24 * day + 18.8, 0) for day in range(5)), work(167, 175, 0)), True),
        # twelve hours of work and one of calls are 13
        (CALLS, (work(7, 19, 0), watch(19, 31, 60)), True),
        (CALLS, (work(7, 19, 0), watch(19, 31, 61)), False),
        (ON_CALL, tuple(watch(24 * day + 23, 24 * day + 31) for day in range(3)), True),
        (ON_CALL, tuple(watch(24 * day + 23, 24 * day + 31) for day in range(4)), False),
        (ON_CALL, tuple(watch(24 * day + 23, 24 * day + 31) for day in (0, 1, 2, 7)), True),
        # 11 hours before 23:00 is noon, 14 hours after 07:00 is 21:00
        (AROUND, (watch(8, 12), night(0)), True),
        (AROUND, (watch(8, 12.1), night(0)), False),
        (AROUND, (night(0), watch(45, 50)), True),
        (AROUND, (night(0), watch(44.9, 50)), False),
        # 3 hours and 3 hours with a quarter between them: 30 minutes are due
        (BREAKS, (work(7, 10, 0), work(10.5, 13.5, 0)), True),
        (BREAKS, (work(7, 10, 0), work(10.25, 13.25, 0)), False),
        (BREAKS, (work(7, 10, 0), work(10, 12.5, 0)), True),  # 5.5 hours need none
    ],
)
def test_one_rule(rule: RowRule, shapes: tuple[Shape, ...], expected: bool) -> None:
    """The rows above; minutes and hours in the comments."""
    assert allowed(rule, *shapes) is expected


def test_fixed_work_counts_and_never_makes_a_model_impossible() -> None:
    """What the tables alone break is inherited: without a duty the model stays possible; one more is refused."""
    for start, expected in ((34, True), (33.9, False)):
        model = cp_model.CpModel()
        literal = model.new_bool_var("duty")
        model.add(literal == 1)
        row = Row(
            model,
            [
                Block(-30 * HOUR, -20 * HOUR, 600, WORK, known=True),
                Block(-12 * HOUR, -4 * HOUR, 480, WORK, known=True),  # 8 hours after the one before: inherited
                Block(15 * HOUR, 23 * HOUR, 480, WORK, known=True),
                Block(round(start * HOUR), 40 * HOUR, 300, WORK, literal),
            ],
            Calendar([0, 7 * DAY]), 8 * HOUR, "n",
        )  # fmt: skip
        add_rule(REST, row)
        add_rule(WEEKLY, row)
        assert (cp_model.CpSolver().solve(model) != cp_model.INFEASIBLE) is expected


def test_an_unknown_shape_is_refused() -> None:
    """A new shape needs a translation here."""
    with pytest.raises(TypeError, match="no translation"):
        add_rule("a rule", Row(cp_model.CpModel(), [], Calendar([0]), 480, "n"))  # type: ignore[arg-type]
