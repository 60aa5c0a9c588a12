"""The kernel's reading of a row and the checker's reading of the law find fault with the same rosters."""

from __future__ import annotations

import random
from collections import Counter as Tally
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from optimiser.check.checker import check
from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.people import Availability, Counter
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.work import Task
from optimiser.patterns.allowed import busy_intervals, duty_allowed
from optimiser.search.encode_rows import encode_rows
from optimiser.search.evaluate import count_terms
from optimiser.search.kernel.data import ROW_PRICE
from optimiser.search.kernel.rows import row_violations

Rooms = Callable[..., Any]
LAW = {"rest", "weekly_rest", "nights", "working_time", "on_call", "breaks", "workplace", "sundays", "pregnancy",
       "minors"}  # fmt: skip
NOT_OF_ROWS = {"workplace.length"}
"""Signals that planning does not avoid."""
PRICED = (
    "overtime", "undertime", "early_after_late", "few_days_after_nights", "long_row", "lone_day_off", "split_duty",
    "many_duties", "evening_before_leave", "few_free_weekends", "surplus_standby",
)  # fmt: skip
"""Terms that belong to the price of a row."""
MONDAYS = (date(2026, 12, 7), date(2026, 10, 19), date(2026, 3, 23))
"""Two of the horizons hold the night in which the clock changes."""
KINDS = (
    ("D", "07:00", "15:30", 30, {}),
    ("A", "15:00", "23:00", 30, {}),
    ("N", "23:00", "31:00", 30, {"category": "night"}),
    ("X", "18:00", "27:00", 30, {"category": "night"}),
    ("T", "07:00", "18:30", 45, {}),
    ("E", "06:00", "10:00", 0, {}),
    ("S", "23:00", "31:00", 0, {"category": "night", "lane": "standby", "expected_call_minutes": 30}),
    ("B", "08:00", "17:00", 0, {"lane": "standby", "expected_call_minutes": 120}),
    ("G", "07:00", "11:00", 0, {"category": "split", "second_start": "16:30", "second_end": "20:30"}),
    ("M", "11:00", "19:30", 30, {"category": "mid"}),
    ("L", "14:30", "23:30", 45, {"category": "evening"}),
    ("W", "22:00", "31:00", 30, {"category": "night", "lane": "standby", "at_workplace": True}),
    ("V", "08:30", "30:00", 45, {"lane": "standby", "at_workplace": True}),
    ("C", "17:00", "31:00", 0, {"lane": "standby", "consignatie": True, "expected_call_minutes": 20}),
)
"""Short and long, day and night, with gaps under 8 hours between some: what the law can be broken with."""


def random_rows(rooms: Rooms, seed: int) -> Any:
    """A room of two weeks of eight nurses, each with a past, some with a future, and a meeting for some."""
    dice = random.Random(seed)
    room = rooms(
        monday=dice.choice(MONDAYS),
        weeks=2,
        allow_planned_tokens=dice.random() < 0.3,
        rule_set=dice.choice(("atw", "atb_care", "cao_vvt_2025")),
        night_limit=dice.choice(("16_weeks", "52_weeks", "2_weeks")),
        series_of_eight=dice.random() < 0.3,
        rest_after_night_call=dice.random() < 0.3,
    )
    for name, start, end, pause, fields in KINDS:
        room.kind(name, start, end, pause, **fields)
    for number in range(8):
        nurse = f"N{number}"
        room.nurse(nurse, **_person(room, number, dice))
        dense = dice.choice((0.2, 0.5, 1.0))
        pasts = [("07:00", "18:00", 45)] if dense == 1.0 else [("07:00", "15:30", 30), ("15:00", "23:00", 30)]
        forms = dice.choice(("home", "home", "workplace", "consignatie"))
        for day in range(-28, 0):
            if dice.random() < dense and day % 7 < 5:
                room.past(day, *dice.choice(pasts), nurse, employer="x" if dice.random() < 0.05 else "")
            elif dense == 1.0 and day % 7 == 5:
                room.past(day, "07:00", "12:00", 0, nurse)
            elif dice.random() < 0.05:
                room.past(day, "23:00", "31:00", nurse=nurse)
            elif dice.random() < (0.05 if forms == "home" else 0.3):
                room.past(day, "23:00", "31:00", nurse=nurse, lane="standby", form=forms)
                called = dice.choice((0, 90, 480)) if forms == "home" else 450 if forms == "workplace" else 0
                # some calls, or on call at the workplace
                room.tables["context"][-1] = room.tables["context"][-1].model_copy(update={"work_minutes": called})
        _around(room, nurse, number, dice)
    return room


def _person(room: Any, number: int, dice: random.Random) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "contract_minutes": 60 * dice.choice((0, 8, 24, 32)), "sunday_consent": dice.random() < 0.3,
        "night_consent": dice.random() < 0.5, "free_weekends": dice.choice((None, None, 10, 30)),
        "weekends_only": dice.random() < 0.1,
    }  # fmt: skip
    if number == 6:
        fields["born"] = room.day(-17 * 365)
    if number == 7:
        fields[dice.choice(("due", "gave_birth"))] = room.day(dice.choice((-120, -60, 70, 150)))
    return fields


def _around(room: Any, nurse: str, number: int, dice: random.Random) -> None:
    """A meeting, work elsewhere in the horizon, duties after it, leave, and counters near their limits."""
    if dice.random() < 0.5:
        room.add("tasks", Task(id=f"M{number}", kind="meeting", organisation="a", nurse=nurse, minutes=150,
                 day=room.day(dice.randrange(14)), from_time=930, until_time=1080, in_route=False))  # fmt: skip
    if dice.random() < 0.3:
        room.past(dice.randrange(14), "09:00", "13:00", nurse=nurse, employer="x")
    if dice.random() < 0.3:
        for day in range(14, 14 + dice.randint(1, 4)):
            room.past(day, *dice.choice((("07:00", "15:30", 30), ("23:00", "31:00", 0))), nurse)
            if room.tables["context"][-2].end > room.tables["context"][-1].start and day > 14:
                room.tables["context"].pop()
    if dice.random() < 0.3:
        first = dice.randrange(14)
        last = first + dice.randrange(4)
        kind = dice.choice(("leave", "leave", "training"))
        room.add("availability", Availability(nurse=nurse, kind=kind, first=room.day(first), last=room.day(last),
                 minutes_per_day=dice.choice((0, 240))))  # fmt: skip
    for name, low, high in (
        ("nights_16_weeks", 30, 45), ("on_call_16_weeks", 20, 40), ("standby_nights_16_weeks", 10, 22),
        ("late_nights_52_weeks", 130, 150), ("workplace_26_weeks", 40, 60), ("free_sundays_52_weeks", 10, 20),
        ("free_weekends_52_weeks", 18, 30), ("work_minutes_15_weeks", 500 * 60, 760 * 60),
    ):  # fmt: skip
        if dice.random() < 0.15:
            room.add("counters", Counter(nurse=nurse, counter=name, value=dice.randint(low, high)))


def random_duties(room: Any, dice: random.Random) -> list[tuple[str, str, int]]:
    """Duties that do not overlap, with a taste per nurse."""
    chosen = []
    instance = room.instance()
    allowed, kind_number = duty_allowed(instance), {kind.id: number for number, kind in enumerate(instance.shift_kinds)}
    for row, nurse in enumerate(room.nurses):
        busy = busy_intervals(instance, nurse)
        taste = dice.choice(("D", "DA", "N", "NX", "DE", "TA", "DSB", "AS", "DANXTESB", "GM", "DL", "LEN", "DW", "WS",
                             "V", "C", "DC", "DGMLWC", "DE", "DM"))  # fmt: skip
        much = dice.choice((0.3, 0.5, 0.8))
        for day in range(14):
            for lane in ("work", "standby"):
                kinds = [name for name in taste if room.kinds[name].lane == lane]
                if not kinds or dice.random() > much:
                    continue
                kind = dice.choice(kinds)
                bounds = segment_bounds(room.kinds[kind], room.clock, day)
                low, high = bounds[0][0], bounds[-1][1]
                if allowed[row, day, kind_number[kind]] and all(high <= start or end <= low for start, end in busy):
                    busy.append((low, high))
                    chosen.append((nurse, kind, day))
    return chosen


def faults(room: Any, kernel: Any, duties: list[tuple[str, str, int]]) -> dict[str, set[str]]:
    """Nurse -> the rules of the law that the checker finds broken; what planning never uses counts as broken."""
    return broken_rules(report_of(room, kernel, duties)[1])


def report_of(room: Any, kernel: Any, duties: list[tuple[str, str, int]]) -> tuple[Plan, Any]:
    """The plan of some duties without routes, and what the checker says of it."""
    plan = Plan(
        instance="small", fingerprint="x", contract=kernel.problem.contract,
        duties=tuple(
            Duty(
                id=f"{nurse}/{room.day(day)}/{room.kinds[kind].lane}", nurse=nurse, kind=kind, day=room.day(day),
                lane=room.kinds[kind].lane, organisation="a",
                start=segment_bounds(room.kinds[kind], room.clock, day)[0][0],
                end=segment_bounds(room.kinds[kind], room.clock, day)[-1][1],
            )
            for nurse, kind, day in duties
        ),
    )  # fmt: skip
    return plan, check(kernel.instance, kernel.problem.contract, room.matrix(), plan)


def broken_rules(report: Any) -> dict[str, set[str]]:
    """Nurse -> the broken rules of the law in a report."""
    found: dict[str, set[str]] = {}
    for each in (*report.violations, *report.signals):
        if each.family in LAW and each.nurse is not None and each.rule not in NOT_OF_ROWS:
            found.setdefault(each.nurse, set()).add(each.rule)
    for nurse, used in report.tokens.items():
        # of the reductions that the setting allows, planning uses the daily rest's alone
        found.setdefault(nurse, set()).update(rule for rule, times in used.items() if times and rule != "rest.token")
    return found


def terms_apart(kernel: Any, plan: Plan, report: Any) -> dict[str, tuple[int, int]]:
    """Terms that search and check count differently, and the price of all rows where it is not their sum."""
    counts = count_terms(kernel.problem, plan)
    apart = {term: (counts[term], report.counts[term]) for term in PRICED if counts[term] != report.counts[term]}
    summed = sum(counts[term] * getattr(kernel.instance.weights, term) for term in PRICED)
    priced = int(kernel.state.row[:-1, ROW_PRICE].sum())
    return apart if summed == priced else {**apart, "rows": (priced, summed)}


def compare(rooms: Rooms, parts: dict[str, Any], seeds: range) -> tuple[Tally[str], list[Any]]:
    """How many rows were lawful, how many broke which rule or had which term; and on what the two disagree."""
    seen, apart = Tally[str](), []
    for seed in seeds:
        room = random_rows(rooms, seed)
        duties = random_duties(room, random.Random(seed + 1))
        kernel = parts["Kernel"](room, duties)
        plan, report = report_of(room, kernel, duties)
        found = broken_rules(report)
        for number, nurse in enumerate(room.nurses):
            count = int(row_violations(kernel.data, kernel.rows, kernel.state, number))
            rules = found.get(nurse, set())
            seen.update(rules or {"lawful"})
            if (count > 0) != bool(rules):
                apart.append((seed, nurse, count, rules, [each for each in duties if each[0] == nurse]))
        seen.update(term for term in PRICED if report.counts[term])
        if different := terms_apart(kernel, plan, report):
            apart.append((seed, different))
    return seen, apart


def test_the_same_rows_are_faulty(rooms_and_kernel: tuple[Rooms, dict[str, Any]]) -> None:
    """Random rows: none is clean for one and broken for the other, and the law is broken in many ways."""
    seen, apart = compare(*rooms_and_kernel, range(12))
    assert apart == []
    assert seen["lawful"] >= 10 and len(seen) >= 10


@pytest.mark.slow
def test_the_same_rows_are_faulty_at_length(rooms_and_kernel: tuple[Rooms, dict[str, Any]]) -> None:
    """More of them."""
    seen, apart = compare(*rooms_and_kernel, range(1000, 1080))
    assert apart == []
    assert set(seen) >= {
        "rest.daily", "rest.token", "weekly_rest.week", "nights.rest", "nights.series_rest", "nights.series_length",
        "working_time.week", "working_time.four_weeks", "on_call.week", "on_call.before_night", "on_call.after_night",
        "on_call.work_in_day", "breaks.length", "working_time.dienst",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("duties", "broken"),
    [
        # 23:00 to 07:00 and 15:00: 16 hours, and again within the law's 14 after a night
        ([("X", 0), ("D", 1)], True),  # ends 03:00, begins 07:00: 4 hours, one dienst of 16 hours
        ([("A", 0), ("D", 1)], True),  # 23:00 to 07:00: 8 hours where 11 are due
        ([("A", 0), ("A", 1), ("D", 2)], True),
        ([("D", 0), ("A", 1), ("A", 2)], False),
        ([("N", 0), ("N", 1), ("N", 2), ("D", 4)], True),  # Thursday 07:00 to Friday 07:00: 24 hours where 46 are due
        ([("N", 0), ("N", 1), ("N", 2), ("A", 5)], False),  # Thursday 07:00 to Saturday 15:00: 56 hours
        ([("S", 0), ("S", 1), ("S", 2)], False),
        ([("S", 0), ("S", 1), ("S", 2), ("S", 3)], True),  # three in seven days
        ([("N", 0), ("S", 1)], False),  # 07:00 to 23:00: 16 hours after the night, 14 are due
        ([("N", 0), ("B", 1)], True),  # one hour after it
    ],
)
def test_rows_by_hand(
    rooms_and_kernel: tuple[Rooms, dict[str, Any]], duties: list[tuple[str, int]], broken: bool
) -> None:
    """A row just inside and just outside each rule."""
    rooms, parts = rooms_and_kernel
    room = rooms().nurse("N1")
    for name, start, end, pause, fields in KINDS:
        room.kind(name, start, end, pause, **fields)
    kernel = parts["Kernel"](room, [("N1", kind, day) for kind, day in duties])
    assert bool(row_violations(kernel.data, kernel.rows, kernel.state, 0)) == broken
    assert bool(faults(room, kernel, [("N1", kind, day) for kind, day in duties])) == broken


@pytest.mark.parametrize(("calls", "broken"), [(30, False), (60, True)])
def test_any_24_hours_around_standby_count(
    rooms_and_kernel: tuple[Rooms, dict[str, Any]], calls: int, broken: bool
) -> None:
    """From 12:30 to 12:30: 7 hours, the calls, 5.5 hours. With 30 minutes of calls 780, the limit; with 60 too much."""
    rooms, parts = rooms_and_kernel
    room = rooms(rule_set="cao_vvt_2025").nurse("N1")
    room.kind("A", "12:30", "20:00", 30).kind("D", "07:00", "12:30", 0)
    room.kind("S", "20:00", "31:00", 0, category="night", lane="standby", expected_call_minutes=calls)
    duties = [("N1", "A", 0), ("N1", "S", 0), ("N1", "D", 1)]
    kernel = parts["Kernel"](room, duties)
    assert bool(row_violations(kernel.data, kernel.rows, kernel.state, 0)) == broken
    assert bool(faults(room, kernel, duties)) == broken


def test_the_past_counts(rooms_and_kernel: tuple[Rooms, dict[str, Any]]) -> None:
    """A night that ends on Monday at 07:00: a duty at 15:00 the same day is too early, on Tuesday it is not."""
    rooms, parts = rooms_and_kernel
    for day, broken in ((0, True), (1, False)):
        room = rooms().nurse("N1").past(-1, "23:00", "31:00", 30).kind("A", "15:00", "23:00", 30)
        kernel = parts["Kernel"](room, [("N1", "A", day)])
        assert bool(row_violations(kernel.data, kernel.rows, kernel.state, 0)) == broken


def test_what_the_past_alone_breaks_is_not_counted(rooms_and_kernel: tuple[Rooms, dict[str, Any]]) -> None:
    """Two duties of the week before with 8 hours between them are inherited."""
    rooms, parts = rooms_and_kernel
    room = rooms().nurse("N1").past(-5, "15:00", "23:00", 30).past(-4, "07:00", "15:30", 30).kind("D", "07:00", "15:30")
    kernel = parts["Kernel"](room, [])
    assert np.all(row_violations(kernel.data, kernel.rows, kernel.state, 0) == 0)


def test_a_long_day_of_the_past_is_not_blamed_on_the_next_duty(rooms_and_kernel: tuple[Rooms, dict[str, Any]]) -> None:
    """Last Monday 07:00 to 23:30 leaves 7.5 hours of its day, whatever follows a week later."""
    rooms, parts = rooms_and_kernel
    room = rooms().nurse("N1").past(-7, "07:00", "23:30", 60).kind("D", "07:00", "15:30", 30)
    kernel = parts["Kernel"](room, [("N1", "D", 0)])
    assert np.all(row_violations(kernel.data, kernel.rows, kernel.state, 0) == 0)
    assert faults(room, kernel, [("N1", "D", 0)]) == {}


def test_a_dienst_of_more_than_a_day_leaves_no_rest(rooms_and_kernel: tuple[Rooms, dict[str, Any]]) -> None:
    """Noon to 23:30 and 06:00 to 18:00 are one dienst of 30 hours: no rest in its 24 hours, not less than none."""
    rooms, parts = rooms_and_kernel
    room = rooms().nurse("N1").kind("Y", "12:00", "23:30", 45).kind("Z", "06:00", "18:00", 45)
    kernel = parts["Kernel"](room, [("N1", "Y", 0), ("N1", "Z", 1)])
    rest = tuple(rule for rule in kernel.problem.rules if rule.id.family == "rest_daily")
    rows = encode_rows(replace(kernel.problem, rules=rest))
    assert row_violations(kernel.data, rows, kernel.state, 0) == 1
