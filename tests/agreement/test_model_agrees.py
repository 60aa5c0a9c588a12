"""The roster model and the checker say the same of random rows: legal or not, and at what price.

Both ways: what the checker accepts the relaxed model accepts (no rule is too tight), and the other way round (none is
too loose). A rule with one figure changed is found out.
"""

from __future__ import annotations

import random
import runpy
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from optimiser.domain.row_rules import (
    DayWord,
    Exclusion,
    GapCount,
    Pauses,
    RestBlocks,
    RowRule,
    Series,
    WindowSum,
    WordCount,
)

MADE = runpy.run_path(str(Path(__file__).with_name("random_rows.py")), run_name="random_rows")
Case, random_room, KINDS = MADE["Case"], MADE["random_room"], MADE["KINDS"]


def differences(case: Any, rows: list[Any]) -> tuple[int, int, int]:
    """(too tight, too loose, another price) over rows."""
    tight = loose = other = 0
    for row in rows:
        modelled, checked = case.modelled(row), case.checked(row)
        tight += modelled is None and checked is not None
        loose += modelled is not None and checked is None
        other += None not in (modelled, checked) and modelled != checked
    return tight, loose, other


@pytest.mark.parametrize("seed", range(100, 105))
def test_random_rows(seed: int) -> None:
    """Six rows and the empty one in each random team: no rule too tight, none too loose, every price the same."""
    chance = random.Random(seed)
    case = Case(random_room(chance))
    assert differences(case, [(), *case.rows(chance, 6)]) == (0, 0, 0)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(189, 300))
def test_more_random_rows(seed: int) -> None:
    """The same with more teams and rows; what is looser is so by a rule of ``LOOSER`` alone."""
    chance = random.Random(seed)
    case = Case(random_room(chance))
    for row in [(), *case.rows(chance, 20)]:
        before = case.hits.copy()
        modelled, checked = case.modelled(row), case.checked(row)
        if modelled != checked:
            assert checked is None
            assert set(case.hits - before) <= LOOSER


LOOSER = {"nights.token", "rest.reductions", "working_time.week", "working_time.four_weeks"}
"""Where the model knows less than the checker: a night only by what merges with it, the start of merged work in a
window of counted rests, and calendar weeks after the horizon."""


MORE: tuple[tuple[str, str, str, int, dict[str, Any]], ...] = (
    ("W", "08:00", "14:00", 0, {}),  # six hours without a break
    ("Z", "06:30", "19:15", 45, {}),  # twelve hours of work
)


def plain(*names: str, **fields: Any) -> Any:
    """A room with these kinds and one nurse with a contract, without context."""
    room = MADE["Room"](weeks=2, rule_set="atw", **fields)
    for name, start, end, pause, more in (*KINDS, *MORE):
        if name in names:
            room.kind(name, start, end, pause, **more)
    return room.nurse(contract_minutes=2160)


def on(*cells: tuple[int, int]) -> Any:
    """A row of N1: (day, kind number) pairs."""
    return tuple(sorted((0, day, kind) for day, kind in cells))


Change = Callable[[Any], RowRule]
MUTANTS: list[tuple[str, tuple[str, ...], type, Change, Change, list[Any]]] = [
    # kinds in the order of KINDS; rows just inside and just outside the limit
    # a night until 07:15, then one at 23:00 (15:45 later), or at 21:00 (13:45)
    ("night_rest", ("N", "E"), GapCount, lambda rule: replace(rule, high=rule.high + 300),
     lambda rule: replace(rule, high=0), [on((0, 0), (1, 0)), on((0, 0), (1, 1))]),
    ("rest_daily", ("V", "L", "A"), GapCount, lambda rule: replace(rule, high=rule.high + 300),
     lambda rule: replace(rule, high=rule.high - 240), [on((0, 0), (1, 0)), on((0, 1), (1, 0))]),
    ("night_series_rest", ("V", "N"), Series, lambda rule: replace(rule, length=2),
     lambda rule: replace(rule, length=4), [on((0, 1), (1, 1), (3, 0)), on((0, 1), (1, 1), (2, 1), (4, 0))]),
    ("night_series_length", ("V", "N"), Series, lambda rule: replace(rule, length=6),
     lambda rule: replace(rule, length=8), [on(*((day, 1) for day in range(7))), on(*((day, 1) for day in range(8)))]),
    ("weekly_rest", ("V",), RestBlocks, lambda rule: replace(rule, long_rest=rule.long_rest + 60 * 24),
     lambda rule: replace(rule, block=rule.block - 24 * 60),
     [on(*((day, 0) for day in range(11))), on(*((day, 0) for day in range(12)))]),
    ("max_week", ("V", "T"), WindowSum, lambda rule: replace(rule, most=rule.most - 600),
     lambda rule: replace(rule, most=rule.most + 600),
     [on(*((day, 1) for day in range(5))), on(*((day, 1) for day in range(6)))]),
    ("on_call_week", ("B",), WordCount, lambda rule: replace(rule, most=rule.most - 1),
     lambda rule: replace(rule, most=rule.most + 1), [on((0, 0), (2, 0), (4, 0)), on((0, 0), (2, 0), (4, 0), (6, 0))]),
    ("on_call_around_night", ("E", "D"), Exclusion, lambda rule: replace(rule, before=rule.before + 960),
     lambda rule: replace(rule, after=0), [on((0, 0), (1, 1)), on((0, 1), (1, 0))]),
    # 11:30 and 12:00 of work and 1:30 of calls in the night after: 13:00 and 13:30
    ("on_call_work_day", ("T", "B", "Z"), WindowSum, lambda rule: replace(rule, most=rule.most - 60),
     lambda rule: replace(rule, most=rule.most + 60), [on((0, 0), (0, 1)), on((0, 2), (0, 1))]),
    ("breaks", ("V", "W"), Pauses, lambda rule: replace(rule, length=45),
     lambda rule: replace(rule, after=rule.after + 60), [on((0, 0)), on((0, 1))]),
    ("early_after_late", ("V", "L"), DayWord, lambda rule: replace(rule, word=rule.word[:1]),
     lambda rule: replace(rule, word=(1, 1, 1, 1, 1, 1)), [on((0, 1)), on((0, 1), (1, 0))]),
    ("many_duties", ("K",), WindowSum, lambda rule: replace(rule, most=rule.most - 1),
     lambda rule: replace(rule, most=rule.most + 1), [on(*((day, 0) for day in range(6)))]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("family", "kinds", "shape", "tighter", "looser", "rows"), MUTANTS, ids=[each[0] for each in MUTANTS]
)
def test_a_changed_figure_is_found_out(
    family: str, kinds: tuple[str, ...], shape: type, tighter: Change, looser: Change, rows: list[Any]
) -> None:
    """As it is both sides agree; one figure tighter and a legal row is refused (or costs more), one looser and an
    unlawful row passes (or costs less)."""

    def changed(how: Change) -> Any:
        def change(rule: RowRule) -> RowRule:
            return how(rule) if rule.id.family == family and isinstance(rule, shape) else rule

        return Case(plain(*kinds), change)

    assert differences(changed(lambda rule: rule), rows) == (0, 0, 0)
    tight = differences(changed(tighter), rows)
    loose = differences(changed(looser), rows)
    assert tight[0] + tight[2] > 0
    assert loose[1] + loose[2] > 0
